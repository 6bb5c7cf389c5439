"""Which values of a text an expression can hold.

:func:`~jtextkit.metrics.answers.find_values` reads values for answers. In a sum a ratio is its terms
(「手順1: 5 - 3」), the a of 30a may be a letter and no アール, the 1 of t_1 belongs to a name, and
3時間80分 is one length of time.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.patterns import PATTERNS

_COMPOSITE = ("ratio", "range", "parts", "order", "remainder")
_SCALES = {"K": 10**3, "k": 10**3, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}
_MINUTE = 60  # seconds
_HIGHEST = 170  # what has more digits is no arithmetic of a solution


def counted(folded: str) -> Iterator[Value]:
    """₅C₂, 5P2, C(5, 2) and 4! as the numbers that they are."""
    for match in PATTERNS["counted"].finditer(folded):
        digits = "".join(str(unicodedata.digit(c, " ")) for c in match[0])
        n, *some = map(int, digits.split())
        if n <= _HIGHEST:
            combined = "C" in match[0] or "binom" in match[0]
            ways = Fraction(math.comb(n, *some) if combined else math.perm(n, *some))
            yield Value("integer", ways, match.span(), match[0], number=ways, form="counted")


def operands(values: Iterable[Value], folded: str, letters: frozenset[str]) -> Iterator[Value]:
    """The values of sums, in order; of two that overlap the first counts."""
    waiting: Value | None = None
    scalars = [part for value in values for part in _scalars(value, folded)]
    found = [*counted(folded), *without_marks(scalars, folded)]
    for scalar in sorted(found, key=lambda value: (value.span[0], -value.span[1])):
        at = scalar.span[0]
        named = folded[at - 1 : at] in ("_", "{", "[") and PATTERNS["index"].search(
            folded, max(0, at - 12), at
        )
        if scalar.form == "counted" or not named:
            value = _without_letter(scalar, folded, letters)
            joined = waiting and _time_joined(waiting, value)
            if waiting is not None and joined is None:
                yield waiting
            waiting = joined or value
    if waiting is not None:
        yield waiting


def _scalars(value: Value, folded: str) -> Iterator[Value]:
    """A value that an expression can hold, or the parts of one that it cannot."""
    if value.kind in SCALAR_KINDS or (value.kind == "remainder" and _divides(value, folded)):
        yield value
    elif value.kind in _COMPOSITE:
        for part in value.parts:
            yield from _scalars(part, folded)


def _divides(value: Value, folded: str) -> bool:
    """Whether a remainder is one: 7…2 is; 0.63…, a remark behind … , and 残りは100－54 are not."""
    whole = all(part.form == "integer" for part in value.parts)
    dotted = PATTERNS["dotted"].search(value.text)
    fine = not dotted or (whole and not PATTERNS["apart"].search(value.text))
    return fine and not PATTERNS["sign"].match(folded, value.span[1])


def _without_letter(value: Value, folded: str, letters: frozenset[str]) -> Value:
    """30a without its a where a is a letter of the text, and 30k without its k."""
    start, end = value.span
    plain, last = folded[start : end - 1].rstrip(" ~"), folded[end - 1]
    scale = _SCALES.get(last, 1) if value.unit is None else 1
    if value.number is None or not plain[-1:].isdigit() or not (last in letters or scale > 1):
        return value
    number = value.number / scale
    return replace(
        value, kind=value.form, value=number, number=number,
        span=(start, start + len(plain)), text=value.text[: len(plain)], unit=None, measure=None,
    )  # fmt: skip


def _time_joined(a: Value, b: Value) -> Value | None:
    """3時間80分, which answers do not know: a step of a sum before it is carried over."""
    first, second = a.measure, b.measure
    if a.span[1] != b.span[0] or second is None or second.dimension != "time":
        return None
    span, text = (a.span[0], b.span[1]), a.text + b.text
    if a.kind == "clock" and second.factor == _MINUTE and a.text.endswith("時"):  # 11時90分
        return replace(a, value=a.value + b.value, span=span, text=text)
    if first is None or first.dimension != "time" or first.factor <= second.factor:
        return None
    total = a.value * first.factor / second.factor + b.value
    return replace(
        b, kind="compound", value=total, number=total, form="compound", span=span, text=text
    )


def with_rest(quotient: Value, rest: Value) -> Value:
    """「商は3、余りは2」 as one value."""
    return replace(
        quotient, kind="remainder", value=(quotient.value, rest.value),
        span=(quotient.span[0], rest.span[1]), text=f"{quotient.text}あまり{rest.text}",
    )  # fmt: skip


def without_marks(values: list[Value], folded: str) -> list[Value]:
    """The values of a text, where ``- 3個`` at the head of an item is 3個."""
    return [
        unsigned(value, folded)
        if folded[value.span[0]] in "+-"
        and isinstance(value.value, Fraction)
        and opens_item(folded, value.span[0])
        else value
        for value in values
    ]


def unsigned(value: Value, folded: str) -> Value:
    """A value without the sign that it begins with."""
    start, end = value.span
    start += 1 + (folded[start + 1] in " \u3000")
    number = value.number if value.number is None else abs(value.number)
    return replace(
        value, value=abs(value.value), number=number, span=(start, end), text=folded[start:end]
    )


def opens_item(folded: str, at: int) -> bool:
    """Whether the sign at ``at`` is the mark of an item in a list: first on its line, then a blank."""
    line = folded.rfind("\n", 0, at) + 1
    if folded[at + 1 : at + 2] not in (" ", "\u3000") or folded[line:at].strip(" \u3000>"):
        return False
    return not PATTERNS["sum-by-lines"].match(folded, at)
