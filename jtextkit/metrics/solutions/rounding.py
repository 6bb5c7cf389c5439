"""How far a stated number may be from the exact one, by the digits that it is written with."""

from __future__ import annotations

from fractions import Fraction

from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.forms import Number, size


def in_last_digit(stated: Value, a: Number, b: Number) -> bool:
    """Whether ``a`` and ``b`` differ by less than one unit of the last digit written in ``stated``.

    670 is written to the tens, 0.64 to the hundredths: rounding, up, down or to the nearest, all pass.
    """
    return size(a - b) < max(_last_digit(stated, a), _last_digit(stated, b))


def nearest(stated: Value, a: Number, b: Number) -> bool:
    """Whether the decimal ``stated`` is the nearest of its length: what is cut off must be told."""
    return size(a - b) * 2 <= max(_last_digit(stated, a), _last_digit(stated, b))


def far_apart(a: Number, b: Number) -> bool:
    """Whether two numbers are so far apart that no rounding of operands explains it."""
    return a * b <= 0 or not Fraction(2, 3) < a / b < Fraction(3, 2)


def _last_digit(stated: Value, counted: Number) -> Fraction:
    """One unit of the last digit written, in the reading ``counted``: of 55.7％ 0.1, or 0.001."""
    number = stated.number if stated.number is not None else stated.value
    if not isinstance(number, Fraction) or not number or not isinstance(stated.value, Fraction):
        return Fraction(1)
    scale = Fraction(1) if counted == number else Fraction(abs(stated.value / number))
    written = decimals(number)
    if written is None:
        return scale / number.denominator
    if written:
        return scale * Fraction(1, 10**written)
    whole, unit = abs(number.numerator), 1
    while whole % 10 == 0 and unit < 10**15:
        whole //= 10
        unit *= 10
    return scale * unit


def decimals(number: Number) -> int | None:
    """How many decimals write ``number`` exactly; None if none do, or more than 15."""
    if isinstance(number, float):
        return None
    for places in range(16):
        if 10**places % number.denominator == 0:
            return places
    return None


def rounds(stated: Value, exact: Number, value: Number) -> bool:
    """Whether a decimal rounds, up, down or to the nearest, a value that needs more decimals."""
    if stated.form != "decimal" or stated.kind not in {"decimal", "percent"}:
        return False
    written, needed = decimals(value), decimals(exact)
    if written is None or (needed is not None and needed <= written + 1):
        return False
    return size(exact - value) < Fraction(1, 10**written)
