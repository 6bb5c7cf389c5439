"""State that a later run believes: every flipped bit is noticed or changes nothing, and so is every odd
value that somebody sealed.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jtextkit.builders.difficulty import DifficultyRecipe
from jtextkit.builders.difficulty.building import DifficultySources, build, rebuild
from jtextkit.builders.difficulty.lock import LOCK, read_lock
from jtextkit.builders.sets.reading import verified_receipt
from jtextkit.check import check_set
from jtextkit.check.verify import verify_files
from jtextkit.cli.sources import sample_sources
from jtextkit.core import receipts
from jtextkit.core.cache import Cache, Request
from jtextkit.core.errors import IntegrityError, JtextkitError
from jtextkit.core.receipts import RECEIPT, canonical_json, read_receipt, write_receipt, write_state
from jtextkit.corpus import Options, annotate_shards, merge
from jtextkit.corpus.annotate import receipt_in
from jtextkit.corpus.storage import LocalFolder
from jtextkit.hub.folder import read_folder
from jtextkit.metrics.morphology import image
from jtextkit.train import run
from jtextkit.train.folder import METRICS, RUN, finished

NOTICED = "noticed"
Case = tuple[list[Path], Callable[[], object]]


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> DifficultySources:
    return sample_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="session")
def small_set(sources: DifficultySources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "set"
    build(out, DifficultyRecipe(size=6), sources)
    return out


def a_set(small_set: Path, folder: Path, _: pytest.MonkeyPatch) -> Case:
    out = shutil.copytree(small_set, folder / "set")
    return [out / RECEIPT, out / LOCK], lambda: (verified_receipt(out), read_lock(out / LOCK))


def shards(_: Path, folder: Path, __: pytest.MonkeyPatch) -> Case:
    shard = folder / "a.jsonl"
    shard.write_text('{"text": "犬が走る。"}\n{"text": ""}\n', encoding="utf-8")
    out = folder / "out"
    assert [one.error for one in annotate_shards([shard], out, Options())] == [None]
    return [*out.iterdir()], lambda: merge(out, [shard], verify=True).to_dict()


def cache(_: Path, folder: Path, __: pytest.MonkeyPatch) -> Case:
    kept = Cache(folder / "cache", offline=True)
    url = "https://example.org/a.txt"
    path = kept.keep(Request(url, 1000), "本".encode() * 40)

    def fetch() -> object:
        found = kept.fetch(url, max_bytes=1000)
        return found, found.read_bytes()

    return [path, path.parent / ".entry.json"], fetch


def a_run(_: Path, folder: Path, __: pytest.MonkeyPatch) -> Case:
    out = folder / "run"
    out.mkdir()
    write_state(out / RUN, {"task": "stx", "config": {"seed": 1}})
    (out / METRICS).write_text('{"summary": {"last loss": 0.25}}')
    write_receipt(out, {"builder": "train/stx"})

    def resume() -> object:
        begun = receipts.read_state(out / RUN, dict, "a run", "-")
        return begun, finished(out, resume=True)

    return [*out.iterdir()], resume


def a_checkpoint(_: Path, folder: Path, patch: pytest.MonkeyPatch) -> Case:
    made = folder / "checkpoints" / "checkpoint-4"
    made.mkdir(parents=True)
    (made / "adapter_model.safetensors").write_bytes(random.Random(1).randbytes(200))
    write_receipt(made, {"builder": "train/checkpoint"})
    patch.setattr("jtextkit.train.run.shutil.rmtree", lambda *_, **__: None)
    return [*made.iterdir()], lambda: run.last_checkpoint(made.parent, lambda _: None) or NOTICED


def a_digest(_: Path, folder: Path, patch: pytest.MonkeyPatch) -> Case:
    patch.setenv("JTEXTKIT_CACHE", str(folder / "cache"))
    patch.setattr(image, "_SETTLED", -(1 << 62))
    dictionary = folder / "dictionary"
    dictionary.mkdir()
    (dictionary / "sys.dic").write_bytes(b"words")
    first = image.dictionary_digest(dictionary)
    assert first == hashlib.sha256(f"sys.dic {hashlib.sha256(b'words').hexdigest()}\n".encode()).hexdigest()  # fmt: skip
    (record,) = (folder / "cache").rglob("*.json")
    return [record], lambda: image.dictionary_digest(dictionary)


def flipped(file: Path, step: int) -> Iterator[int]:
    """Every ``step``-th bit of a file, flipped while it is in hand."""
    whole = file.read_bytes()
    for bit in range(0, 8 * len(whole), step):
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        file.write_bytes(data)
        yield bit
    file.write_bytes(whole)


CASES = [a_set, shards, cache, a_run, a_checkpoint, a_digest]


@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.slow), 61])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_flipped_bit(case, step, small_set, tmp_path, monkeypatch) -> None:
    files, read = case(small_set, tmp_path, monkeypatch)
    right = read()
    assert right != NOTICED
    noticed = 0
    for file in files:
        for bit in flipped(file, step):
            try:
                found = read()
            except JtextkitError:
                noticed += 1
            else:
                noticed += found == NOTICED
                assert found in (right, NOTICED), (file.name, bit)
    assert read() == right
    assert noticed or case is a_digest  # which makes a damaged record anew


ODD: list[Any] = [
    None,
    [],
    {},
    "nan",
    "\ud800",
    -1,
    1.5,
    True,
    10**30,
    float("nan"),
    ["a"],
    {"a": 1},
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where values stand; of a list the first two."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()  # fmt: skip
    for name, one in inside:
        yield from places(one, (*path, name))


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


def sealed_by_another(content: Any) -> bytes:
    """Sealed as by a program that escapes what ours refuses to write."""
    digest = hashlib.sha256(canonical_json(content).encode(errors="surrogatepass")).hexdigest()
    return json.dumps({**content, "sealed_sha256": digest} if isinstance(content, dict) else content).encode()  # fmt: skip


def mistyped(content: Any, number: int | None) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """All odd contents, or ``number`` of them by chance, always the same ones."""
    every = [(path, odd) for path in places(content) for odd in ODD]
    return iter(every if number is None else random.Random(1).sample(every, number))


some_or_all = pytest.mark.parametrize("number", [pytest.param(None, marks=pytest.mark.slow), 40])


@pytest.mark.parametrize("number", [pytest.param(300, marks=pytest.mark.slow), 8])
def test_odd_values_of_a_sets_receipt_end_in_one_line(number, small_set, sources, tmp_path) -> None:
    out = shutil.copytree(small_set, tmp_path / "set")
    right = json.loads((out / RECEIPT).read_text(encoding="utf-8"))
    del right["sealed_sha256"]
    for path, odd in mistyped(right, number):
        (out / RECEIPT).write_bytes(sealed_by_another(replaced(right, path, odd)))
        for use in (verify_files, read_folder, check_set, lambda out: rebuild(tmp_path / "again", out, sources, force=True)):  # fmt: skip
            one_line_or_nothing(use, out)


@some_or_all
def test_odd_values_of_a_lock_end_in_one_line(number, small_set, sources, tmp_path) -> None:
    out = shutil.copytree(small_set, tmp_path / "set")
    receipt = read_receipt(out)
    first, *others = (out / LOCK).read_text(encoding="utf-8").splitlines()
    for path, odd in mistyped(json.loads(first), number):
        changed = json.dumps(replaced(json.loads(first), path, odd))
        (out / LOCK).write_text("\n".join([changed, *others, ""]), encoding="utf-8")
        write_receipt(out, receipt)
        one_line_or_nothing(lambda out: rebuild(tmp_path / "again", out, sources, force=True), out)


@some_or_all
def test_odd_values_of_a_shards_receipt_end_in_one_line(number, tmp_path, monkeypatch) -> None:
    (file, *_), _ = shards(tmp_path, tmp_path, monkeypatch)
    file = file.parent / "a.jsonl.receipt.json"
    right = receipt_in(LocalFolder(file.parent), "a.jsonl")
    noticed = 0
    for path, odd in mistyped(right, number):
        file.write_bytes(sealed_by_another(replaced(right, path, odd)))
        noticed += one_line_or_nothing(lambda out: merge(out, verify=True).to_dict(), file.parent)
    assert noticed


def one_line_or_nothing(use: Callable[[Path], object], out: Path) -> bool:
    """Whether it was noticed; any error that is none of ours fails the test."""
    try:
        use(out)
    except JtextkitError as error:
        said = str(error)
    else:
        return False
    assert "\n" not in said
    return True


def test_what_is_wrong_is_named(tmp_path) -> None:
    write_receipt(tmp_path, {"builder": 3})
    with pytest.raises(IntegrityError, match=r"it\.builder is '3', not str"):
        read_receipt(tmp_path)
    write_state(tmp_path / RECEIPT, {"builder": "stx"})
    with pytest.raises(IntegrityError, match="it has no files"):
        read_receipt(tmp_path)
