"""What an answer must say beside its value to count: the month of a date, the side of a comparison.

:func:`~jtextkit.metrics.answers.compare` weighs two values alone and is symmetric; these rules hold
for a prediction against a gold, and look at the words around what was found.
"""

from __future__ import annotations

import re

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
