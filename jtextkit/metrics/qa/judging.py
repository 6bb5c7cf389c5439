"""One prediction judged against its golds: by value, by definition, by choice, or by label.

A label is read from what stands behind the last answer mark, if there is one, otherwise from the
whole text: the only label that is stated, or the last. A label that is denied (「矛盾ではない」,
not entailment) is not stated.

Not handled: labels implied without their words, degrees (「やや肯定的」 is positive).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from jtextkit.metrics.answers import check_answer
from jtextkit.metrics.qa.definitions import Definition
from jtextkit.metrics.quantities.folding import fold


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right for one id.

    Attributes:
        answers: one or more right answers, as text.
        choices: the texts to choose from, by label; empty where the task has none.
    """

    answers: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One prediction judged.

    Attributes:
        correct: whether it is right; None for tasks without right and wrong, such as summaries.
        parsed: whether an answer was found in it.
        read: the answer as found.
        gold: the gold that it was compared with.
        relation: of value to gold (sansu, mgsm), or "".
        flags: of form.
        values: the metrics of this one answer.
    """

    correct: bool | None
    parsed: bool
    read: str
    gold: str
    relation: str = ""
    flags: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "flags": list(self.flags)}


Judge = Callable[[str, Gold, tuple[Definition, ...]], Judged]
"""Judges a prediction; the definitions are those asked for, of tasks that compare texts."""


def gold_of(answer: object, choices: object = None) -> Gold | None:
    """The gold of a row's "answer" (one or a list) and "choices"; None if it is none."""
    answers = answer if isinstance(answer, list) else [answer]
    if not answers or not all(
        isinstance(one, str | int | float) and not isinstance(one, bool) for one in answers
    ):
        return None
    options: dict[str, str] = {}
    if isinstance(choices, list) and all(isinstance(one, str) for one in choices):
        options = {str(index): one for index, one in enumerate(choices)}
    return Gold(tuple(str(one) for one in answers), options)


def by_value(prediction: str, gold: Gold, _definitions: tuple[Definition, ...]) -> Judged:
    """Right is the value of the final answer."""
    verdict = check_answer(prediction, list(gold.answers))
    return Judged(
        correct=verdict.correct,
        parsed=verdict.extracted.found,
        read=verdict.extracted.text,
        gold=str(verdict.gold),
        relation=verdict.relation,
        flags=verdict.flags,
    )


def by_definition(prediction: str, gold: Gold, definitions: tuple[Definition, ...]) -> Judged:
    """Right is the first value of the first definition, an exact match."""
    values = {
        f"{definition.name}:{name}": value
        for definition in definitions
        for name, value in definition.best(prediction, gold.answers).items()
    }
    principal = definitions[0]
    correct = values[f"{principal.name}:{principal.values[0]}"] == 1.0
    read = prediction.strip()
    return Judged(
        correct=correct, parsed=bool(read), read=read, gold=gold.answers[0], values=values
    )


def by_overlap(prediction: str, gold: Gold, definitions: tuple[Definition, ...]) -> Judged:
    """The definitions' values, and no right and wrong."""
    return replace(by_definition(prediction, gold, definitions), correct=None)


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


def by_label(labels: LabelSet) -> Judge:
    """Right is the label that the words of ``labels`` state."""

    def judge(prediction: str, gold: Gold, _definitions: tuple[Definition, ...]) -> Judged:
        read, wanted = labels.read(prediction), labels.known(gold.answers[0])
        found = read is not None
        right = found and read == wanted
        return Judged(correct=right, parsed=found, read=read or "", gold=str(wanted))

    return judge


_LETTERS = "ABCDEFGHIJ"


def by_choice(prediction: str, gold: Gold, _definitions: tuple[Definition, ...]) -> Judged:
    """Right is the choice, by its label (0, A) or its text."""
    wanted = _choice_label(gold.answers[0], gold.choices)
    named = [label for label, text in gold.choices.items() if text == prediction.strip()]
    if named:  # the text itself, as the likeliest of the choices is written
        found, right = gold.choices[named[0]], named[0] == wanted
        relation = "equal" if right else "unequal"
        return Judged(correct=right, parsed=True, read=found, gold=wanted, relation=relation)
    letters = dict(zip(_LETTERS, gold.choices.values(), strict=False))
    for choices in (gold.choices, letters):
        label = list(choices)[list(gold.choices).index(wanted)]
        verdict = check_answer(prediction, label, choices=choices)
        if verdict.extracted.value is not None and verdict.extracted.value.value in choices:
            break
    value = verdict.extracted.value
    parsed = value is not None and value.value in choices
    return Judged(
        correct=verdict.correct,
        parsed=parsed,
        read=verdict.extracted.text if parsed else "",
        gold=wanted,
        relation=verdict.relation if parsed else "unparsed",
    )


def _choice_label(answer: str, choices: Mapping[str, str]) -> str:
    """The label of a gold that is a label or the choice's text."""
    return next((label for label, text in choices.items() if text == answer), answer)


def no_choice(gold: Gold) -> str:
    """Why a gold is none of its choices, or ""."""
    if not gold.choices:
        return "no 'choices'"
    if _choice_label(gold.answers[0], gold.choices) in gold.choices:
        return ""
    return f"the answer {gold.answers[0]!r} is none of the choices"
