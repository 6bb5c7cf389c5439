"""Arithmetic on what a solution writes, exact but for roots and π, which are floats.

A percentage or 割 has two readings (15％ is 0.15, and 15 where the solution multiplied by 100), so an
operand is a few numbers, and an expression as many as they make, at most :data:`MOST`. Letters get
numbers from the caller: two expressions that agree wherever one looks are one.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from jtextkit.metrics.quantities.values import Value

MOST = 8
_BITS = 1000  # longer numbers are no arithmetic of a solution, and no floats
_HIGHEST = 170  # of a power

Number: TypeAlias = Fraction | float
Numbers: TypeAlias = tuple[Number, ...]
CIRCLE, PI = "①", "π"


def size(number: Number) -> Number:
    """The number without its sign."""
    return number if number >= 0 else -number


def numbers_of(
    value: Value, letters: Mapping[str, Number], *, minutes: bool = False, base: bool = False
) -> Numbers:
    """The readings of one value; none for what is no number.

    Args:
        value: what was read.
        letters: what ① and π stand for.
        minutes: clocks and times are to be counted in minutes.
        base: every unit is to be counted in its base unit (30cm is 0.3, of metres).
    """
    if not isinstance(value.value, Fraction) or value.kind in {"ordinal", "remainder"}:
        return ()
    if value.kind == "clock":
        return (value.value,) if minutes else ()
    if minutes and value.measure is not None and value.measure.dimension == "time":
        return (value.value * value.measure.factor / 60,)
    if base and value.measure is not None and value.measure.dimension != "rate":
        return (value.value * value.measure.factor,)
    if value.kind == "label":
        return (value.value * letters[CIRCLE],)
    if value.unit is not None and value.unit.startswith(PI):
        return (value.value * letters[PI],)
    read: list[Number] = [
        value.value,
        *(other.value for other in value.readings if other.unit == "ダース"),
    ]
    if value.kind == "percent":
        change = {"引": 1 - value.value, "増": 1 + value.value}.get(value.direction)
        whole = value.value if value.number is None else value.number
        read = [value.value, whole] if change is None else [change, value.value]
    return _different(read)


def _power(a: Number, b: Number) -> Number | None:
    bits = _bits(a) if isinstance(a, Fraction) else 1
    possible = b == int(b) and size(b) <= _HIGHEST and bits * size(b) <= _BITS and (a or b >= 0)
    return a ** int(b) if possible else None


def _divided(a: Number, b: Number) -> Number | None:
    return a / b if b else None


def _root(a: Number) -> Number | None:
    if isinstance(a, Fraction) and a >= 0:
        top, bottom = math.isqrt(a.numerator), math.isqrt(a.denominator)
        if (top * top, bottom * bottom) == (a.numerator, a.denominator):
            return Fraction(top, bottom)
    return math.sqrt(a) if a >= 0 else None


def _whole(apply: Callable[[int, int], int], a: Number, b: Number) -> Number | None:
    return Fraction(apply(int(a), int(b))) if a == int(a) and b == int(b) else None


# Each operator with how strongly it binds. ``.`` multiplies without a sign: 2x, 3(4+5).
_OPERATORS: dict[str, tuple[int, Callable[..., Number | None]]] = {
    "mod": (0, lambda a, b: a % b if b else None),
    "gcd": (0, lambda a, b: _whole(math.gcd, a, b)),
    "lcm": (0, lambda a, b: _whole(math.lcm, a, b)),
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, operator.mul),
    ".": (2, operator.mul),
    "/": (2, _divided),
    "√": (3, _root),
    "^": (4, _power),
    "over": (5, _divided),
}
_OPENING: dict[str, Callable[..., Number | None]] = {"(": operator.pos, "|": abs}


def _applied(apply: Callable[..., Number | None], *sides: Numbers) -> Numbers:
    try:
        made = [apply(*each) for each in product(*sides)]
    except (OverflowError, ValueError):  # floats have an end
        return ()
    return _different([number for number in made if number is not None and _fits(number)])


def _different(numbers: list[Number]) -> Numbers:
    """The numbers without those that come again; most operands are one, and hashing takes time."""
    return tuple(numbers if len(numbers) < 2 else dict.fromkeys(numbers))[:MOST]


def _bits(n: Fraction) -> int:
    return max(n.numerator.bit_length(), n.denominator.bit_length())


def _fits(n: Number) -> bool:
    return math.isfinite(n) if isinstance(n, float) else _bits(n) < _BITS


def evaluate(tokens: Iterable[Numbers | str]) -> Numbers:
    """What an expression of operands, operators and brackets can be; nothing if it is none.

    Two stacks instead of recursion: no depth of brackets is too deep. Operators are
    ``+ - * / ^ mod``, ``.`` (a product without a sign), ``over`` (a fraction's bar), ``√`` before and ``%`` behind an operand;
    brackets ``( )`` and ``| )`` for an absolute value.
    """
    operands: list[Numbers] = []
    waiting: list[str] = []
    wanted = True  # whether an operand comes next
    for item in tokens:
        opens = isinstance(item, str) and (item in _OPENING or item == "√")
        if wanted and isinstance(item, str) and item in "+-":
            operands.append((Fraction(0),))  # a sign: 0 − x
            waiting.append(item)
        elif wanted != (opens or not isinstance(item, str)):
            return ()
        elif not isinstance(item, str):
            operands.append(item)
            wanted = False
        elif opens:
            waiting.append(item)
        elif item == ")":
            if not _reduced(operands, waiting, 0) or not waiting:
                return ()
            operands[-1] = _applied(_OPENING[waiting.pop()], operands[-1])
        elif item == "%":  # (100−22−24)％: of one, or of a hundred
            of_one = _applied(operator.truediv, operands[-1], (Fraction(100),))
            operands[-1] = (*of_one, *operands[-1])[:MOST]
        else:
            if not _reduced(operands, waiting, _OPERATORS[item][0]):
                return ()
            waiting.append(item)
            wanted = True
    if wanted or not _reduced(operands, waiting, 0) or waiting:
        return ()
    return operands[0]


def _reduced(operands: list[Numbers], waiting: list[str], binds: int) -> bool:
    while waiting and waiting[-1] not in _OPENING:
        strength, apply = _OPERATORS[waiting[-1]]
        if strength < binds:
            break
        sides = 1 if waiting.pop() == "√" else 2
        operands[-sides:] = [_applied(apply, *operands[-sides:])]
        if not operands[-1]:
            return False
    return True


def alike(a: Number, b: Number) -> bool:
    """Whether two numbers are one, of which roots or π may have made floats."""
    return a == b or (float in (type(a), type(b)) and math.isclose(a, b, rel_tol=1e-9))


def off_by(stated: Value, a: Number, b: Number) -> Number:
    """By how many units of the last digit that is written in ``stated`` two numbers differ.

    670 is written to the tens, 0.64 to the hundredths: what is rounded, up or down, is off by less
    than one, and the nearest by one half at most.
    """
    return size(a - b) / max(_last_digit(stated, a), _last_digit(stated, b))


def _last_digit(stated: Value, counted: Number) -> Fraction:
    """One unit of the last digit written, in the reading ``counted``: of 55.7％ 0.1, or 0.001."""
    number = stated.number if stated.number is not None else stated.value
    if not isinstance(number, Fraction) or not number or not isinstance(stated.value, Fraction):
        return Fraction(1)
    scale = Fraction(1) if counted == number else abs(stated.value / number)
    written = decimals(number)
    if written is None:
        return scale / number.denominator
    digits = str(abs(number.numerator)) if not written and abs(number) < 10**15 else "1"
    return scale * Fraction(10 ** (len(digits) - len(digits.rstrip("0"))), 10**written)


def decimals(number: Number) -> int | None:
    """How many decimals write ``number`` exactly; None if none do, or more than 15."""
    if isinstance(number, float):
        return None
    return next((n for n in range(16) if 10**n % number.denominator == 0), None)


def rounds(stated: Value, exact: Number, value: Number) -> bool:
    """Whether a decimal rounds, up, down or to the nearest, a value that needs more decimals."""
    if stated.form != "decimal" or stated.kind not in {"decimal", "percent"}:
        return False
    written, needed = decimals(value), decimals(exact)
    if written is None or (needed is not None and needed <= written + 1):
        return False
    return size(exact - value) < Fraction(1, 10**written)
