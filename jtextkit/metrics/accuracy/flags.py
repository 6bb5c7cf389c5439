"""What accuracy does not see: texts that hit their level without being what was asked for.

Each flag is a rule of thumb that a program can count and a person must judge; docs/evaluating.md
says for each when it misleads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jtextkit.metrics.accuracy.copies import RUN, Copies, distinct, longest_repeat
from jtextkit.metrics.accuracy.talk import has_turn_markers, is_refusal, talks_about_the_task
from jtextkit.metrics.morphology.classes import CLOSING

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

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_KANJI = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")
_NO_KANA_FROM = 10  # letters; a title may do without kana
_PROMPT_LEAST = 8  # characters of a prompt that can be copied at all

_ENDS = frozenset("。．.!?！？…‥♪〜～―—w")
_CLOSING = f"{CLOSING}＞> \t\n\r\u3000"


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
    if has_turn_markers(text):
        yield "turn-markers"
    if _not_japanese(text):
        yield "not-japanese"
    if _repeats(text, repeats):
        yield "repetition"
    bare = text.rstrip(_CLOSING)
    if not bare or bare[-1] not in _ENDS:
        yield "truncated"


def _not_japanese(text: str) -> bool:
    kana, kanji = len(_KANA.findall(text)), len(_KANJI.findall(text))
    letters = len(_LETTER.findall(text))
    return 2 * (kana + kanji) < max(letters, 1) or (kana == 0 and letters >= _NO_KANA_FROM)


def _repeats(text: str, repeats: Repetition) -> bool:
    few = repeats.distinct_4 is not None and len(text) >= 40 and repeats.distinct_4 < 0.5
    # Twice the same stretch of a sentence's length; a refrain in a long text does not count.
    return few or 0.1 * len(text) <= repeats.longest >= 30
