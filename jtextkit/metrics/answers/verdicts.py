"""Is a model's answer right? Extraction, reading and comparison in one call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jtextkit.core.display import Displayed
from jtextkit.core.errors import UsageError
from jtextkit.core.text import check_is_text
from jtextkit.metrics.answers.candidates import Choices, Target, labelled, wanted_for
from jtextkit.metrics.answers.comparison import RELATIONS, ValueComparison, compare
from jtextkit.metrics.answers.extraction import (
    Extraction,
    Mode,
    Table,
    extract_parts,
    find,
    folded_choices,
)
from jtextkit.metrics.answers.statements import choice_label, read_answer
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import Value

_OPPOSITES = (
    ("多", "少"), ("増", "減"), ("東", "西"), ("南", "北"), ("左", "右"), ("男子", "女子"), ("男性", "女性"),
    ("利益", "損失"), ("もうけ", "損"), ("速", "遅"), ("早", "遅"), ("長", "短"), ("重", "軽"), ("高", "低"),
    ("大き", "小さ"), ("上が", "下が"),
)  # fmt: skip
"""Words of which an answer must not say the other one: 3個多い is not 3個少ない."""

_AROUND = 8
"""Characters before and behind a value in which such a word belongs to it."""

_CLAUSE = re.compile(r"[。、,\n!！?？]")


def says_the_opposite(text: str, found: Value, gold: str) -> bool:
    """Whether the words at the answer are the opposite of the gold's: 男子12人 for 女子12人."""
    both = (*_OPPOSITES, *(pair[::-1] for pair in _OPPOSITES))
    asked = [pair for pair in both if pair[0] in gold and pair[1] not in gold]
    if not asked:
        return False
    start, end = found.span
    before = _CLAUSE.split(text[max(0, start - _AROUND) : start])[-1]
    behind = _CLAUSE.split(text[end : end + _AROUND])[0]
    said = before + text[start:end] + behind
    return any(other in said and word not in said for word, other in asked)


def lacks_a_field(found: Value, gold: Value) -> bool:
    """Whether a date says less than it must: 31日 for 10月31日, 3月31日 for 2年後の3月31日.

    A calendar year may be left out, as it mostly is; more than the gold says does no harm.
    """
    if gold.form != "date":
        return False
    wanted, said = _units(gold), _units(found)
    if "月" in wanted and "日" in said and "月" not in said:
        return True
    return bool(re.search(r"年[後前]", fold(gold.text))) and "年" not in said


def _units(value: Value) -> set[str]:
    return {part.unit for part in value.parts or (value,) if part.unit is not None}


Gold = str | int | float | Fraction | Value


@dataclass(frozen=True, slots=True, repr=False)
class Verdict(Displayed):
    """Whether a prediction is right, and apart from that how it is written.

    Attributes:
        correct: it says what the gold says; form does not matter.
        relation: one of :data:`~jtextkit.metrics.answers.RELATIONS`; ``unparsed`` where no answer was
            found, or one that cannot be read.
        flags: form, some of :data:`~jtextkit.metrics.answers.FLAGS`.
        extracted: what was found, where, and by which rule.
        gold: the gold answer that came closest.
    """

    correct: bool
    relation: str
    flags: tuple[str, ...]
    extracted: Extraction
    gold: Gold

    def _facts(self) -> dict[str, Any]:
        return {
            "correct": self.correct,
            "relation": self.relation,
            "flags": self.flags,
            "answer": self.extracted.text,
            "gold": self.gold,
        }

    def __bool__(self) -> bool:
        """Whether the prediction is right."""
        return self.correct


def check_answer(
    prediction: str,
    gold: Gold | Iterable[Gold],
    *,
    choices: Choices | None = None,
    tolerance: Fraction | float | str | None = None,
    question: str | None = None,
    mode: Mode = "score",
    table: Table | None = None,
) -> Verdict:
    """Judge a free-text prediction by its final answer.

    Args:
        prediction: the model's whole text.
        gold: the right answer, or several of which the closest counts.
        choices: see :func:`~jtextkit.metrics.answers.extract_answer`; ``gold`` may then be a label or a text.
        tolerance: see :func:`~jtextkit.metrics.answers.compare`; None allows no difference.
        question: what was asked, where it is known; it helps to tell the answer from what was given.
        mode: see :func:`~jtextkit.metrics.answers.extract_answer`: ``reward`` accepts only what is certain.
        table: other weights than the shipped ones.

    Raises:
        UsageError: ``prediction`` is no ``str``, or a gold answer is None.

    >>> verdict = check_answer("9×2＝18なので、答えは18ドルです。", "18")
    >>> verdict.correct, verdict.relation, verdict.extracted.text
    (True, 'unit_missing', '18ドル')
    """
    check_is_text(prediction, "check_answer", "for many, call it for each prediction and its gold")
    golds = list(gold) if isinstance(gold, Iterable) and not isinstance(gold, str) else [gold]
    if any(each is None for each in golds):  # read as text it would be an answer called None
        raise UsageError("the gold answer is None", cure="leave out what has no gold answer")
    values = [_value(each, choices) for each in golds]
    first: Gold = golds[0] if golds else ""
    found = find(prediction, _target(values, choices), question=question, mode=mode, table=table)
    best: tuple[ValueComparison, Gold] | None = None
    for each, right in zip(golds, values, strict=True):
        comparison, said = _UNPARSED, each.text if isinstance(each, Value) else str(each)
        if found.value is not None:
            comparison = _one_sided(found.value, right, tolerance)
            if comparison.correct and (
                lacks_a_field(found.value, right)
                or says_the_opposite(prediction, found.value, said)
            ):
                comparison = _UNEQUAL
        if not comparison.correct and right.kind == "parts" and all(right.labels):
            parts = extract_parts(prediction, right.labels)  # each part with an answer of its own
            if parts is not None and parts.value is not None:
                other = _one_sided(parts.value, right, tolerance)
                found, comparison = (parts, other) if other.correct else (found, comparison)
        if best is None or _rank(comparison) < _rank(best[0]):
            best = comparison, each
    if best is None:
        return Verdict(correct=False, relation="unparsed", flags=(), extracted=found, gold=first)
    return Verdict(best[0].correct, best[0].relation, best[0].flags, found, best[1])


_UNPARSED = ValueComparison("unparsed", correct=False)
_UNEQUAL = ValueComparison("unequal", correct=False)


def _target(golds: list[Value], choices: Choices | None) -> Target:
    """What is looked for, by what the golds are."""
    if choices is not None:
        return Target("choice", tuple(golds), folded_choices(choices))
    return Target(wanted_for(golds[0]), tuple(golds)) if golds else Target()


def _value(gold: Gold, choices: Choices | None) -> Value:
    if isinstance(gold, Value):
        return gold
    text = str(gold)
    if choices is not None:
        names = labelled(choices)
        label = choice_label(fold(text).strip(" \u3000()"))
        if label not in names:
            label = next((name for name, body in names.items() if body == text), label)
        return Value("choice", label, (0, len(text)), text, form="choice")
    return read_answer(text)


def _one_sided(
    prediction: Value, gold: Value, tolerance: Fraction | float | str | None
) -> ValueComparison:
    """The comparison, without the flags that the gold deserves and not the prediction."""
    comparison = compare(prediction, gold, tolerance=tolerance)
    drop = set()
    if prediction.reduced and prediction.kind != "ratio":
        drop.add("not_reduced")
    if not prediction.improper:
        drop.add("improper")
    if prediction.unit is not None and gold.unit is None and not prediction.parts:
        drop.add("unit_missing")
    if not drop & set(comparison.flags):
        return comparison
    flags = tuple(flag for flag in comparison.flags if flag not in drop)
    return ValueComparison(comparison.relation, comparison.correct, flags)


def _rank(comparison: ValueComparison) -> tuple[bool, int]:
    return not comparison.correct, RELATIONS.index(comparison.relation)
