"""What accuracy does not see: texts that hit their level without being what was asked for.

Each flag is a rule of thumb that a program can count and a person must judge; docs/evaluating.md
says for each when it misleads.

Refusals, talk about the task, and marks of a conversation are looked for outside quotations, where a story's
people may say such things, and refusals and talk only at the edges of a text, where models put them.

The order of words is a test of fluency that needs no model: some parts of speech hardly ever follow each
other, such as two case particles, or a particle after a full stop. ``rare_pairs.tsv`` lists the pairs that
stand less than a tenth as often as chance would have it in passages of 3,323 works of Aozora Bunko (made by
``benchmarks/profile_data.py``). Of 400 passages by other writers none had more than 3.5 % of such pairs; of
the same with their words shuffled, none less than 9 %, whether all words were or those of each sentence.

Not handled: a refusal that only hints, a text that is an essay about the task, fluent nonsense, and the order
of a few words.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from jtextkit.metrics.accuracy.copies import RUN, Copies, distinct, longest_repeat
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.classes import CLOSING
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

FLAGS = {
    "empty": "no text, or white space alone",
    "unscorable": "holds NUL or a lone surrogate, so it cannot be scored",
    "refused": "says that it will not be written",
    "task-talk": "talks about the task before or after the text",
    "turn-markers": "holds special tokens or turns of a conversation",
    "word-order": "its words stand in no order that Japanese has",
    "classical": "classical grammar, where the easiest level was asked for",
    "not-japanese": "less than half of the letters are kana or kanji, or there is no kana",
    "repetition": "repeats itself",
    "prompt-copied": f"repeats {RUN} characters of its prompt, or all of a shorter one",
    "train-copied": "a tenth or more stands in the training set",
    "truncated": "does not end at the end of a sentence",
    "too-short": "shorter than --min-chars",
}
"""Flag to what it says."""

TRAIN_SHARE = 0.1
"""Share of a text's 20-character runs in the training set from which on it is a copy."""

RARE_SHARE = 0.06
"""Share of rare pairs from which on the order is no order."""

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_KANJI = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")
_NO_KANA_FROM = 10  # letters; a title may do without kana
_PROMPT_LEAST = 8  # characters of a prompt that can be copied at all

_ENDS = frozenset("。．.!?！？…‥♪〜～―—w")
_CLOSING = f"{CLOSING}＞> \t\n\r\u3000"
_FEW = 20  # words, in whose order nothing can be told

_OPENING, _ENDING = 160, 120
"""Characters at the beginning and the end in which models talk."""

_QUOTED = re.compile("「[^「」]*」|『[^『』]*』")
_SENTENCES = re.compile(r"[^。！？!?\n]+[。！？!?]?")


def _patterns() -> dict[str, str]:
    """The kinds of talk in ``talk.tsv``, each the alternatives on its lines."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "talk.tsv").read_text(encoding="utf-8").splitlines():
        kind, _, pattern = line.partition("\t")
        found.setdefault(kind, []).append(pattern)
    return {kind: "|".join(patterns) for kind, patterns in found.items()}


_TALK = _patterns()
_CANNOT, _TASK, _SORRY, _CLOSED = (
    re.compile(_TALK[kind]) for kind in ("cannot", "task", "sorry", "closed")
)
_REFUSED_IN_ENGLISH = re.compile(rf"\b(?:{_TALK['refused-in-english']})\b", re.IGNORECASE)
_OPENED = re.compile(rf"^\s*(?:{_TALK['opened']})")
_MARKERS = re.compile(_TALK["markers"], re.MULTILINE | re.IGNORECASE)


class Repetition(NamedTuple):
    """How much a text repeats itself.

    Attributes:
        distinct_2: different pairs of characters as a share of all; None for shorter texts.
        distinct_4: the same for four characters.
        longest: characters of the longest stretch that comes twice.
    """

    distinct_2: float | None
    distinct_4: float | None
    longest: int


def repetition(text: str) -> Repetition:
    """Distinct 2-grams and 4-grams of characters as shares, and the longest repeat."""
    return Repetition(distinct(text, 2), distinct(text, 4), longest_repeat(text))


def is_prompt_copied(text: str, prompt: str) -> bool:
    """Whether a run of the prompt stands in ``text``, white space aside."""
    bare = "".join(prompt.split())
    if len(bare) < RUN:
        return len(bare) >= _PROMPT_LEAST and bare in "".join(text.split())
    return Copies([prompt]).share(text) > 0


def text_flags(text: str, repeats: Repetition) -> Iterator[str]:
    """The flags that a text earns by itself.

    Args:
        repeats: what :func:`repetition` says of it.
    """
    if not text or text.isspace():
        yield "empty"
        return
    if is_refusal(text):
        yield "refused"
    elif talks_about_the_task(text):
        yield "task-talk"
    if _MARKERS.search(text):
        yield "turn-markers"
    kana, kanji = len(_KANA.findall(text)), len(_KANJI.findall(text))
    letters = len(_LETTER.findall(text))
    if 2 * (kana + kanji) < max(letters, 1) or (kana == 0 and letters >= _NO_KANA_FROM):
        yield "not-japanese"
    few = repeats.distinct_4 is not None and len(text) >= 40 and repeats.distinct_4 < 0.5
    # Twice the same stretch of a sentence's length; a refrain in a long text does not count.
    if few or 0.1 * len(text) <= repeats.longest >= 30:
        yield "repetition"
    bare = text.rstrip(_CLOSING)
    if not bare or bare[-1] not in _ENDS:
        yield "truncated"


def is_refusal(text: str) -> bool:
    """Whether one of the first sentences says that the text will not be written."""
    opening = _QUOTED.sub("", text)[:_OPENING]
    if _REFUSED_IN_ENGLISH.search(opening):
        return True
    sorry = False
    for sentence in _SENTENCES.findall(opening):
        sorry = sorry or _SORRY.search(sentence) is not None
        if _CANNOT.search(sentence) and (sorry or _TASK.search(sentence)):
            return True
    return False


def talks_about_the_task(text: str) -> bool:
    """Whether the first words announce a text or the last ones ask for the reader's opinion of it."""
    bare = _QUOTED.sub("", text)
    return bool(_OPENED.search(bare[:_OPENING]) or _CLOSED.search(bare[-_ENDING:]))


def rare_pair_share(text: str, *, dictionary: str = DEFAULT_DICTIONARY) -> float | None:
    """Rare pairs of parts of speech as a share of all pairs of words; None for under 20 words.

    Raises:
        TextError, DictionaryError: as :func:`~jtextkit.metrics.readability.formula.score`.
    """
    classes = [(word.pos1, word.pos2) for word in analyser(dictionary).words(text)]
    if len(classes) < _FEW:
        return None
    rare = _rare_pairs()
    return sum(pair in rare for pair in pairwise(classes)) / (len(classes) - 1)


@cache
def _rare_pairs() -> frozenset[tuple[tuple[str, str], tuple[str, str]]]:
    table = (Path(__file__).parent / "rare_pairs.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return frozenset(((a, b), (c, d)) for a, b, c, d in rows)
