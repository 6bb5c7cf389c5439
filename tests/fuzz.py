"""Throw changed inputs at everything that reads what others wrote, for so many seconds.

    python tests/fuzz.py SECONDS [SEED] [TARGET...]

Every target must give a result or raise a JtextkitError, whatever it is given; and twice the text may take
three times as long, not four. ``tests/fuzz_corpus.json`` holds the inputs to begin with: what is usual, and
what once broke something. Prints how often each target was called; names the input that broke one.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import io
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jtextkit.core.errors import JtextkitError

CORPUS = Path(__file__).with_name("fuzz_corpus.json")

PIECES = (
    "［＃「あ」に傍点］", "《", "》", "｜", "※［＃", "］", "〔", "〳〵", "ゝ", "\n", "　", "答え", "＝", "÷", "×", "（", "）",
    "−", "1/3", "３．５", "千二百", "%", "\\frac{1}{2}", "$", "**", "円", "人", "<0x00>", "\0", "\ud800", "\U0010ffff",
    "\u3099", "\u200d", "\ufeff", "9" * 400, "(" * 50, "あ" * 300, "{", "}", '"', "[", "- ", "---\n", ",", "null", "1e999",
)  # fmt: skip


def text_target(name: str) -> Callable[[str], object]:
    from jtextkit.builders import aozora
    from jtextkit.metrics.answers import check_answer, extract_answer, find_values
    from jtextkit.metrics.readability import score
    from jtextkit.metrics.solutions import audit_solution

    return {
        "read_text": lambda text: (aozora.read_text(text), aozora.read_text(text, gaiji="code")),
        "spans": lambda text: aozora.render(aozora.spans(text)),
        "find_values": find_values,
        "extract": lambda text: (extract_answer(text), check_answer(text, "3個")),
        "audit": lambda text: audit_solution(text, answer="4個", problem=text),
        "score": lambda text: score(text).to_dict(),
    }[name]


def card(text: str) -> object:
    from jtextkit.hub.folder import front_matter, with_configs_of

    with contextlib.suppress(JtextkitError):
        front_matter(text, where="card")
    return with_configs_of("---\nlicense: mit\n---\nOurs.\n", text)


@cache
def scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="jtextkit-fuzz-"))


def in_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    def target(data: bytes) -> object:
        path = scratch() / name
        path.write_bytes(data)
        return read(path)

    return target


def shard(path: Path) -> object:
    from jtextkit.core.rows import read_rows
    from jtextkit.corpus import Options
    from jtextkit.corpus.shards import transcribe

    with contextlib.suppress(JtextkitError):
        transcribe(path, scratch() / f"out-{path.name}", Options(), map, lambda _: None)
    return sum(bool(row.problem) for row in read_rows(path))


def catalogue(path: Path) -> object:
    from jtextkit.builders.aozora import read_catalogue

    return read_catalogue(path)


def tokenizer(path: Path) -> object:
    """In this process: a parser that dies takes the fuzzer along, and is seen."""
    from jtextkit.metrics.fertility import loading

    loading.load_tokenizer.cache_clear()
    return loading.load_tokenizer(str(path)).cut(["吾輩は猫である。 A cat."])


TEXTS = ("read_text", "spans", "find_values", "extract", "audit", "score")
TARGETS: dict[str, Callable[[Any], object]] = {
    "card": card,
    "shards": in_file("a.jsonl", shard),
    "shards.gz": in_file("a.jsonl.gz", shard),
    "shards.parquet": in_file("a.parquet", shard),
    "catalogue": in_file("a.csv", catalogue),
    "tokenizers": in_file("t.json", tokenizer),
    "tokenizers.model": in_file("t.model", tokenizer),
}


def seeds() -> dict[str, list[Any]]:
    """The kept inputs: texts, and bytes where a target reads a file."""
    kept: dict[str, list[Any]] = json.loads(CORPUS.read_text(encoding="utf-8"))
    for name in ("shards", "catalogue", "tokenizers"):
        kept[name] = [text.encode(errors="surrogatepass") for text in kept[name]]
    kept["shards.gz"] = [gzip.compress(one, mtime=0) for one in kept["shards"]]
    kept["tokenizers.model"] = [base64.b64decode(one) for one in kept["tokenizers.model"]]
    with contextlib.suppress(ModuleNotFoundError):
        kept["shards.parquet"] = list(map(parquet, ({"text": ["犬が走る。", None, ""]}, {"text": [["a"], []], "label": [1, 2]})))  # fmt: skip
    return kept


def parquet(columns: dict[str, list[Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def changed(chance: random.Random, whole: Any, others: list[Any]) -> Any:
    """A few changes: pieces taken out, put in, doubled, or another's; of bytes also flipped bits."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(whole) + 1)
        end = min(len(whole), at + chance.choice((1, 1, 3, 20)))
        kind = chance.random()
        if kind < 0.25:
            whole = whole[:at] + whole[end:]
        elif kind < 0.35:
            whole = whole[:end] + whole[at:]
        elif kind < 0.45:
            other = chance.choice(others)
            whole = whole[:at] + other[chance.randrange(len(other) + 1) :]
        elif isinstance(whole, str):
            whole = whole[:at] + chance.choice(PIECES) + whole[at:]
        elif kind < 0.75:
            whole = whole[:at] + chance.choice(PIECES).encode(errors="surrogatepass") + whole[at:]
        elif whole:
            at = min(at, len(whole) - 1)
            whole = whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]
    return whole[:20_000]


def target_of(name: str) -> Callable[[Any], object]:
    return TARGETS[name] if name in TARGETS else text_target(name)


def attempt(name: str, given: Any) -> None:
    """Call a target; whatever it raises that is no JtextkitError names the input."""
    try:
        target_of(name)(given)
    except JtextkitError:
        pass
    except BaseException as error:
        error.add_note(f"{name} was given {given!r}")
        raise


def times(name: str, chance: random.Random, kept: list[str]) -> float:
    """How many times as long twice a text takes, at best of three; the text is a piece, repeated."""
    source = changed(chance, chance.choice(kept), kept)
    at = chance.randrange(len(source) + 1)
    piece = source[at : at + chance.randint(1, 30)] or "あ"
    once = (piece * 20_000)[:20_000]
    taken = {}
    for text in (once, once * 2):
        best = []
        for _ in range(3):
            before = time.process_time()
            attempt(name, text)
            best.append(time.process_time() - before)
        taken[len(text)] = min(best)
    short, long = taken[len(once)], taken[2 * len(once)]
    return long / short if long > 0.05 else 1.0


def main() -> None:
    seconds = float(sys.argv[1])
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    kept = {
        name: some for name, some in seeds().items() if not sys.argv[3:] or name in sys.argv[3:]
    }
    tried: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for name, some in kept.items():
            for _ in range(1 if name.startswith("tokenizers") else 20):  # each starts a process
                attempt(name, changed(chance, chance.choice(some), some))
                tried[name] += 1
            if name in TEXTS:
                ratio = times(name, chance, some)
                assert ratio < 3, f"{name}: twice the text took {ratio:.1f} times as long"
                tried["times"] += 1
    print(dict(tried))


if __name__ == "__main__":
    main()
