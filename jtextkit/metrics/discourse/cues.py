"""The words by which a sentence says what it does: check, note, step, conclusion, answer, ….

``cues.tsv`` lists what such a sentence begins with or ends in, the role before the words; ``_`` is a blank.
"""

from __future__ import annotations

import re
from pathlib import Path

ROLES = (
    "thinking", "check", "note", "question", "step", "breakdown", "conclusion", "answer", "offer", "refusal", "statement",
)  # fmt: skip
"""What a sentence or a line does in its text; ``statement`` is any that does nothing else."""


def beginning(text: str, at: int) -> str | None:
    """The role of the word that stands at ``at``, or None where it is none of the list."""
    for word, role in _BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            return role
    return None


def ending(text: str, end: int) -> str | None:
    """The role of the word that ends just before ``end``, or None."""
    for word, role in _BY_LAST.get(text[end - 1 : end], ()):
        if text.endswith(word, 0, end):
            return role
    return None


def _grouped(place: str, at: int) -> dict[str, list[tuple[str, str]]]:
    """Words with their roles by one of their characters, the longest first."""
    rows = (line.split("\t") for line in _CUES.splitlines())
    pairs = (
        (word, role) for where, role, words in rows if where == place for word in words.split(" ")
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    for word, role in sorted(pairs, key=lambda pair: -len(pair[0])):
        groups.setdefault(word[at], []).append((word.replace("_", " "), role))
    return groups


_CUES = Path(__file__).with_name("cues.tsv").read_text(encoding="utf-8")
_BY_FIRST, _BY_LAST = _grouped("begins", 0), _grouped("ends", -1)

ASKS = re.compile(
    r"[?？]$|(?:でしょう|です|ます|しょう|ません|る|た|の)か$|(?:求めよ|答えよ|なさい)$"
)
"""How a question ends, brackets and 。 behind it left out."""

MENTIONS_ANSWER = re.compile(r"答|こたえ|正解|結論|選択肢|\\boxed|[Aa]nswer")
"""Without one of these there is no marker; it saves looking for one."""

ANSWERS = re.compile(
    r"(?<!この)(?<!この解)(?:答え?|こたえ|正解|解答|回答|結論|正答|選択肢)(?:として)?(?:は|が|[:：=＝→])"
    r"|(?:が|は|こそ)(?:最終的な|正しい|求める)?(?:答え?|こたえ|正解|解答)(?:です|だ|である|に|と|。|$)"
    r"|\\boxed|<answer>|[Aa]nswer(?: is|:)"
)
"""A marker of the answer anywhere in a sentence: 「…ので、答えは」, 「…が答えです」."""
