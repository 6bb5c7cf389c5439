"""Is a model's answer right? Extraction, reading and comparison in one call."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from jtextkit.core.display import Displayed
from jtextkit.core.errors import UsageError
from jtextkit.core.text import check_is_text
from jtextkit.metrics.answers.candidates import Choices, Target, labelled, wanted_for
from jtextkit.metrics.answers.comparison import RELATIONS, Tolerance, ValueComparison, compare
from jtextkit.metrics.answers.extraction import Extraction, Mode, Table, extract_parts, find
from jtextkit.metrics.answers.patterns import PATTERNS
from jtextkit.metrics.answers.statements import choice_label, read_answer
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import Value

_BESIDE = PATTERNS["beside"]
_UNPARSED = ValueComparison("unparsed", correct=False)

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
        verdict = {"correct": self.correct, "relation": self.relation, "flags": self.flags}
        return verdict | {"answer": self.extracted.text, "gold": self.gold}

    def __bool__(self) -> bool:
        """Whether the prediction is right."""
        return self.correct


def check_answer(
    prediction: str,
    gold: Gold | Iterable[Gold],
    *,
    choices: Choices | None = None,
    tolerance: Tolerance | None = None,
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
    golds = [gold] if isinstance(gold, str) or not isinstance(gold, Iterable) else list(gold)
    if None in golds:  # read as text it would be an answer called None
        raise UsageError("the gold answer is None", cure="leave out what has no gold answer")
    rights = [(each, value) for each in golds for value in _meanings(each, choices, question or "")]
    values = tuple(value for _, value in rights)
    target = Target(wanted_for(values[0]), values) if values else Target()
    if choices is not None:
        target = Target("choice", values, labelled(choices))
    found = find(prediction, target, question=question, mode=mode, table=table)
    best, closest = _UNPARSED, golds[0] if golds else ""
    for each, right in rights:
        said = each.text if isinstance(each, Value) else str(each)
        comparison = _compared(prediction, found.value, right, said, question or "", tolerance)
        if not comparison.correct and right.kind == "parts" and all(right.labels):
            parts = extract_parts(prediction, right.labels)  # each part with an answer of its own
            if parts is not None and (other := _one_sided(parts.value, right, tolerance)).correct:
                found, comparison = parts, other
        if _distance(comparison) < _distance(best):
            best, closest = comparison, each
    return Verdict(best.correct, best.relation, best.flags, found, closest)


def _distance(comparison: ValueComparison) -> tuple[bool, int]:
    return not comparison.correct, RELATIONS.index(comparison.relation)


def _meanings(gold: Gold, choices: Choices | None, question: str) -> Iterator[Value]:
    """A gold as a value, and what else is right then: 辰 for 辰(たつ), 28.8km for 時速28.8km."""
    value = gold if isinstance(gold, Value) else read_answer(str(gold))
    if choices is not None and not isinstance(gold, Value):
        names, text = labelled(choices), fold(str(gold))
        label = choice_label(text.strip(" \u3000()"))
        if label not in names:
            label = next((name for name, body in names.items() if body == text), label)
        value = Value.said("choice", label, (0, len(text)), str(gold))
    yield value
    if value.kind == "text" and (read := _BESIDE["with_reading"].fullmatch(fold(value.text))):
        yield read_answer(read[1])
    is_length = value.measure is not None and value.measure.dimension == "length"
    if is_length and (rate := _BESIDE["rate_asked"].search(fold(question))):
        yield read_answer(rate[1] + value.text)


def _one_sided(said: Value | None, gold: Value, tolerance: Tolerance | None) -> ValueComparison:
    """The comparison, without the flags that the gold deserves and not the prediction."""
    if said is None:
        return _UNPARSED
    if tolerance is None and gold.approximate and isinstance(gold.value, Fraction):
        tolerance = _precision(gold.value)
    comparison = compare(said, gold, tolerance=tolerance)
    drop = {
        "not_reduced": said.reduced and said.kind != "ratio",
        "improper": not said.improper,
        "unit_missing": said.unit is not None and gold.unit is None and not said.parts,
    }
    flags = tuple(flag for flag in comparison.flags if not drop.get(flag))
    return ValueComparison(comparison.relation, comparison.correct, flags)


def _precision(about: Fraction) -> Fraction:
    """How far what a rounded gold stands for may be from it: half of its last digit, 2 % at most."""
    digits = (Fraction(10) ** n for n in range(18, -10, -1))
    last = next((digit for digit in digits if about and about % digit == 0), Fraction(0))
    return min(last / 2, abs(about) / 50)


def _compared(
    text: str, found: Value | None, gold: Value, said: str, question: str, tolerance: Tolerance | None
) -> ValueComparison:  # fmt: skip
    """The comparison, false where a value alone is right and what is said around it is not."""
    if found is not None and found.bound and not gold.bound:
        word = re.escape(found.text.rstrip()[-2:])
        if re.search(rf"何[^。、\s]{{0,6}}{word}", question):
            found = replace(found, bound="")  # 6歳未満 answers 「何歳未満」 as 6歳 does
    comparison = _one_sided(found, gold, tolerance)
    if found is None or not comparison.correct:
        return comparison
    asking = _BESIDE["asking"].search(question, max(0, len(question) - 200))
    asked, (start, end) = asking[1] if asking else "", found.span
    wrong = (
        _says_the_opposite(text, found.span, f"{said}\n{asked}")
        or (asked.endswith("なり") and _BESIDE["changes"].match(text, end) is not None)
        or _turns_round(text[:start], question)
        or (gold.form == "date" and _lacks_a_field(found, gold))
        or ("not_reduced" in comparison.flags and _BESIDE["simplest"].search(question) is not None)
    )
    return ValueComparison("unequal", correct=False) if wrong else comparison


_OPPOSITES = re.findall(
    r"(\w+)/(\w+)",
    "多/少 増/減 東/西 南/北 左/右 男子/女子 男性/女性 利益/損失 もうけ/損 速/遅 早/遅 長/短 重/軽 高/低 大き/小さ 上が/下が",
)
"""Words of which an answer must not say the other one: 3個多い is not 3個少ない."""
_BOTH_WAYS = (*_OPPOSITES, *(pair[::-1] for pair in _OPPOSITES))
_AROUND = 8  # characters before and behind a value in which such a word belongs to it


def _says_the_opposite(text: str, span: tuple[int, int], gold: str) -> bool:
    """Whether the words at the answer are the opposite of what is asked: 男子12人 for 女子12人."""
    asked = [(word, other) for word, other in _BOTH_WAYS if word in gold and other not in gold]
    if not asked:
        return False
    start, end = span
    before = _BESIDE["clause"].split(text[max(0, start - _AROUND) : start])[-1]
    near = before + text[start:end] + _BESIDE["clause"].split(text[end : end + _AROUND])[0]
    return any(other in near and word not in near for word, other in asked)


def _turns_round(before: str, question: str) -> bool:
    """Whether two things are compared the other way: 図鑑は小説より for 「小説は図鑑より何冊」."""
    if (asked := _BESIDE["compared"].search(question)) is None:
        return False
    turned = f"{re.escape(asked[2])}は{re.escape(asked[1])}より[^、。]*$"
    return re.search(turned, before) is not None


def _lacks_a_field(found: Value, gold: Value) -> bool:
    """Whether a date says less than it must: 31日 for 10月31日, 3月31日 for 2年後の3月31日.

    A calendar year may be left out, as it mostly is; more than the gold says does no harm.
    """
    wanted, said = ({part.unit for part in each.parts or (each,)} for each in (gold, found))
    no_month = "月" in wanted and "日" in said and "月" not in said
    return no_month or ("年" not in said and re.search(r"年[後前]", fold(gold.text)) is not None)
