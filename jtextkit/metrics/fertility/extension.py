"""What N Japanese pieces more would bring a vocabulary, by making the larger one.

Pieces are trained on the corpus on its stretches of Japanese characters alone, so that no piece can
touch text in another script. They follow the base's pieces, whose ids stay: how, by the kind of the
base, in :mod:`.growth`.

Not handled: other kinds of tokenizers; corpora beyond memory, which the trainers hold.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jtextkit.core.errors import InputError, TokenizerError, UsageError
from jtextkit.core.files import replacing_file
from jtextkit.core.progress import Progress, silent
from jtextkit.core.signatures import signature
from jtextkit.core.text import read_bytes
from jtextkit.metrics.fertility import growth
from jtextkit.metrics.fertility.adapters import Adapter, digest

ENGLISH = tuple(json.loads((Path(__file__).parent / "english.json").read_text(encoding="utf-8")))
"""A little English, for those who give none of their own."""

_RUN = 1000  # characters; a trainer leaves out what is longer than its limit
_STEPS = (0.125, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class GainAt:
    """Characters per token on held-out text with so many pieces added."""

    added: int
    characters_per_token: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Extension:
    """What an extension brought.

    Attributes:
        base: the base model's name.
        added: pieces added.
        vocabulary_before, vocabulary_after: pieces in all.
        training_characters: Japanese characters trained on.
        held_out_characters: of the text measured on, which was not trained on.
        before, after: characters per token on it.
        ratio: ``after`` over ``before``.
        english_before, english_after: characters per token on English.
        english_same: the share of English texts that are cut exactly as before.
        round_trip: the share of held-out texts that come back exactly.
        curve: the gain with fewer pieces, then with all.
        parameters: embedding parameters that the new pieces add for ``hidden_size``, as
            ``input``, and ``output`` if the output layer has its own.
        signature: how it was made.
    """

    base: str
    added: int
    vocabulary_before: int
    vocabulary_after: int
    training_characters: int
    held_out_characters: int
    before: float
    after: float
    ratio: float
    english_before: float
    english_after: float
    english_same: float
    round_trip: float
    curve: list[GainAt]
    hidden_size: int
    parameters: dict[str, int]
    signature: str

    to_dict = asdict


def extend(
    base: str | Path,
    output: Path,
    *,
    training: Sequence[str],
    held_out: Sequence[str],
    english: Sequence[str] = ENGLISH,
    add: int,
    hidden_size: int = 4096,
    prune: bool = False,
    report: Progress = silent,
) -> Extension:
    """Train ``add`` pieces on texts, merge them into ``base``, measure, and write the new model.

    With ``prune``, pieces that none of all these texts uses are left out of it, and ids move up; these
    texts are cut as they would be with them. Special tokens, single bytes and, of SentencePiece,
    single characters stay.

    Raises:
        TokenizerError: the base is neither a SentencePiece model (BPE or unigram) nor a tokenizer.json
            of byte-level BPE, or the new one does not keep its promises (which would be our mistake).
        InputError: the texts hold no Japanese, or too little for so many pieces.
        OutputError: ``output`` cannot be written.
    """
    data = read_bytes(base)
    opened = growth.ByteLevelBase if data.lstrip()[:1] == b"{" else growth.SentencePieceBase
    old = opened(str(base), data)
    runs = [
        run[start : start + _RUN]
        for text in old.normalised(training)
        for run in growth.JAPANESE.findall(text)
        for start in range(0, len(run), _RUN)
    ]
    if add < 1 or hidden_size < 1:
        raise UsageError("the pieces to add and the hidden size must be at least 1")
    if not runs:
        raise InputError("no Japanese in the training text", cure="check the files")
    if not held_out or not english:
        raise InputError(
            "no text to measure on", cure="give more text, or name some with --held-out"
        )
    report("training pieces", 0, 0)
    fresh = old.grown(runs, add)
    if len(fresh) < add:
        raise InputError(
            f"the text gives {len(fresh):,} new pieces, not {add:,}",
            cure=f"give more text, or --add {len(fresh)}" if fresh else "give more text",
        )
    before = old.adapter
    old_rate = _rate(before, held_out)
    curve = []
    for number in sorted({max(1, round(add * step)) for step in _STEPS}):
        report("measuring the gain", number, add)
        merged = old.written(fresh[:number])
        after = old.opened(merged)
        rate = _rate(after, held_out)
        curve.append(GainAt(number, rate, rate / old_rate))
    if [*after.surfaces[: before.vocabulary_size]] != [*before.surfaces]:
        raise TokenizerError("the new vocabulary does not begin with the old one", where=str(base))
    if prune:
        used, _ = after.encode([*training, *held_out, *english])
        merged = old.written(fresh[:add], set(used.tolist()))
        after = old.opened(merged)
    same = [[*before.cut([text]).ends] == [*after.cut([text]).ends] for text in english]
    lost = after.decodings(held_out, *after.encode(held_out))
    with replacing_file(output) as temporary:
        temporary.write_bytes(merged)
    trained = "\n".join(runs).encode()
    made = {
        "base": f"{Path(base).name}-{digest(data)}",
        "added": str(add),
        "trained": f"{old.kind}-{digest(trained)}",
        **old.library,
        **({"pruned": "yes"} if prune else {}),
    }
    return Extension(
        base=str(base),
        added=add,
        vocabulary_before=before.vocabulary_size,
        vocabulary_after=after.vocabulary_size,
        training_characters=sum(map(len, runs)),
        held_out_characters=sum(map(len, held_out)),
        before=old_rate,
        after=curve[-1].characters_per_token,
        ratio=curve[-1].ratio,
        english_before=_rate(before, english),
        english_after=_rate(after, english),
        english_same=sum(same) / len(same),
        round_trip=1 - len(lost) / len(held_out),
        curve=curve,
        hidden_size=hidden_size,
        parameters={"input": add * hidden_size, "output": add * hidden_size},
        signature=signature("extension", **made),
    )


def _rate(tokenizer: Adapter, texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / max(1, len(tokenizer.encode(texts)[0]))
