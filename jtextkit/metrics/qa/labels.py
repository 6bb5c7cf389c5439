"""Labels read from free text, and the scores of a classification.

A label is read from what stands behind the last answer mark, if there is one, otherwise from the
whole text: the only label that is stated, or the last. A label that is denied (「矛盾ではない」,
not entailment) is not stated.

Not handled: labels implied without their words, degrees (「やや肯定的」 is positive).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean

from jtextkit.metrics.quantities.folding import fold

_UNREAD = "\0unread"  # no label is called that

_MARK = re.compile(
    r"答え|解答|回答|正解|ラベル|判定|関係|分類|結論|評価|感情|answer|label|relation|sentiment",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:的|関係|とは?|で|ラベル|」|\"|'|\*)*(?:では?(?:な[くい]|ありま|あり得|なかっ)|じゃな|とは(?:言え|いえ)な|"
    r"しな[いくか]|しませ|せず|していな|していませ|でもな[くい]|は(?:含ま|見られ)な)"
)
_NOT = re.compile(r"\b(?:not|no|neither|nor|isn't|never)\W+(?:an?\W+)?\Z", re.IGNORECASE)


class LabelSet:
    """The labels of a task and the words for each.

    Args:
        words: label to the words that state it, the label itself first.
    """

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self.labels = tuple(words)
        self._label_of = {
            word.lower(): label for label, spellings in words.items() for word in spellings
        }
        # The longest first; Latin words stand alone.
        ordered = sorted(self._label_of, key=len, reverse=True)
        self._stated = re.compile(
            "|".join(
                rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
                for word in ordered
            )
        )

    def read(self, text: str) -> str | None:
        """The label that ``text`` states, or None."""
        folded = fold(text).lower()
        marks = list(_MARK.finditer(folded))
        if marks and (behind := self._in(folded, marks[-1].end())):
            return behind[0]
        stated = self._in(folded, 0)
        return stated[-1] if stated else None

    def known(self, gold: object) -> str | None:
        """The label that a gold means, or None if it is none."""
        return self._label_of.get(str(gold).strip().lower())

    def _in(self, folded: str, start: int) -> list[str]:
        return [
            self._label_of[found.group()]
            for found in self._stated.finditer(folded, start)
            if not _DENIED.match(folded, found.end())
            and not _NOT.search(folded, max(0, found.start() - 16), found.start())
        ]


def classification_scores(golds: Sequence[str], read: Sequence[str | None]) -> dict[str, float]:
    """Balanced accuracy, macro F1 and MCC; what could not be read counts as a wrong answer.

    Balanced accuracy and macro F1 are means over the labels that the golds have; MCC takes
    "nothing read" for a label of its own, and is 0 where it has no meaning.
    """
    guesses = [label if label is not None else _UNREAD for label in read]
    given, guessed = Counter(golds), Counter(guesses)
    right = Counter(gold for gold, guess in zip(golds, guesses, strict=True) if gold == guess)
    n = len(golds)
    agreed = sum(given[label] * guessed[label] for label in given)
    spread = math.sqrt(
        (n * n - sum(count**2 for count in given.values()))
        * (n * n - sum(count**2 for count in guessed.values()))
    )
    return {
        "balanced_accuracy": fmean(right[label] / given[label] for label in given),
        "macro_f1": fmean(2 * right[label] / (given[label] + guessed[label]) for label in given),
        # R_k of Gorodkin (2004), which for two labels is Matthews' coefficient.
        "mcc": (n * right.total() - agreed) / spread if spread else 0.0,
    }
