"""Arithmetic on what a solution writes: numbers, letters, multiples of a circled ①.

A form is ``plain`` + a sum of letters (a circled number counts as the letter ①): 3 + 2x − ab². It
is exact but for roots and π, which are floats. A percentage or 割 has two readings (15％ is 0.15, and
15 where the solution multiplied by 100), so an operand is a few forms, and an expression as many as
they make, at most :data:`MOST`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from jtextkit.metrics.quantities.values import Value

MOST = 8
_BITS = 1000  # longer numbers are no arithmetic of a solution, and no floats
_MOST_TERMS, _MOST_FACTORS = 24, 12
_HIGHEST = 170  # of a power

Number: TypeAlias = Fraction | float
Terms: TypeAlias = tuple[tuple[tuple[str, ...], Number], ...]
CIRCLE, PI = "①", "π"


class Form(NamedTuple):
    """``plain`` + letters: each term a product of names, sorted, with its coefficient."""

    plain: Number
    letters: Terms = ()

    @property
    def circled(self) -> Number:
        """How many ① it holds."""
        return dict(self.letters).get((CIRCLE,), Fraction(0))


Forms: TypeAlias = tuple[Form, ...]


def size(number: Number) -> Number:
    """The number without its sign."""
    return number if number >= 0 else -number


def letter(name: str) -> Forms:
    """A letter by itself."""
    return (Form(Fraction(0), (((name,), Fraction(1)),)),)


def number(value: Number) -> Forms:
    """A number by itself."""
    return (Form(value),)


def forms_of(value: Value, *, minutes: bool = False) -> Forms:
    """The readings of one value, clocks and times in ``minutes``; none for what is no number."""
    if not isinstance(value.value, Fraction):
        return ()
    if value.kind == "clock" or (minutes and value.measure and value.measure.dimension == "time"):
        factor = value.measure.factor / 60 if value.measure and value.kind != "clock" else 1
        return (Form(value.value * factor),) if minutes else ()
    if value.kind in {"ordinal", "remainder"}:
        return ()
    if value.kind == "label":
        return (Form(Fraction(0), (((CIRCLE,), value.value),)),)
    if value.kind == "percent":
        if value.direction == "引":
            return (Form(1 - value.value), Form(value.value))
        if value.direction == "増":
            return (Form(1 + value.value), Form(value.value))
        numbers = (value.value, value.value if value.number is None else value.number)
        return tuple(Form(each) for each in dict.fromkeys(numbers))
    if value.unit is not None and value.unit.startswith("π"):
        return (Form(Fraction(0), (((PI,), value.value),)),)
    others = [Form(other.value) for other in value.readings if other.unit == "ダース"]
    return (Form(value.value), *others)


def _made(plain: Number, terms: dict[tuple[str, ...], Number]) -> Form | None:
    kept = tuple(sorted((names, n) for names, n in terms.items() if n))
    small = len(kept) <= _MOST_TERMS and all(len(names) <= _MOST_FACTORS for names, _ in kept)
    return Form(plain, kept) if small else None


def _add(a: Form, b: Form, sign: int = 1) -> Form | None:
    if not b.letters:
        return Form(a.plain + sign * b.plain, a.letters)
    terms = dict(a.letters)
    for names, n in b.letters:
        terms[names] = terms.get(names, Fraction(0)) + sign * n
    return _made(a.plain + sign * b.plain, terms)


def _multiply(a: Form, b: Form) -> Form | None:
    if not a.letters and not b.letters:
        return Form(a.plain * b.plain)
    terms: dict[tuple[str, ...], Number] = {}
    for names, n in (((), a.plain), *a.letters):
        for more, m in (((), b.plain), *b.letters):
            both = tuple(sorted(names + more))
            terms[both] = terms.get(both, Fraction(0)) + n * m
    if any(names.count(CIRCLE) > 1 for names in terms):
        return None
    return _made(terms.pop(()), terms)


def _divide(a: Form, b: Form) -> Form | None:
    if not b.letters:
        if not b.plain:
            return None
        return Form(a.plain / b.plain, tuple((names, n / b.plain) for names, n in a.letters))
    if len(b.letters) == 1 and not b.plain and not a.plain and len(a.letters) == 1:
        (top, n), (bottom, m) = a.letters[0], b.letters[0]
        if top == bottom:
            return Form(n / m)
    return None


def _modulo(a: Form, b: Form) -> Form | None:
    return None if a.letters or b.letters or not b.plain else Form(a.plain % b.plain)


def _raise(a: Form, b: Form) -> Form | None:
    if b.letters or b.plain != int(b.plain) or size(b.plain) > _HIGHEST:
        return None
    if a.letters:
        result: Form | None = a
        for _ in range(int(b.plain) - 1):
            result = result and _multiply(result, a)
        return result if b.plain >= 1 else None
    bits = _bits(a.plain) if isinstance(a.plain, Fraction) else 1
    if (not a.plain and b.plain < 0) or bits * size(b.plain) > _BITS:
        return None
    return Form(a.plain ** int(b.plain))


def _root(a: Form) -> Form | None:
    if a.letters or a.plain < 0:
        return None
    if isinstance(a.plain, Fraction):
        top, bottom = math.isqrt(a.plain.numerator), math.isqrt(a.plain.denominator)
        if (top * top, bottom * bottom) == (a.plain.numerator, a.plain.denominator):
            return Form(Fraction(top, bottom))
    return Form(math.sqrt(a.plain))


# Each operator with how strongly it binds. ``.`` multiplies without a sign: 2x, 3(4+5).
_OPERATORS: dict[str, tuple[int, Callable[..., Form | None]]] = {
    "mod": (0, _modulo),
    "+": (1, _add),
    "-": (1, lambda a, b: _add(a, b, -1)),
    "*": (2, _multiply),
    ".": (2, _multiply),
    "/": (2, _divide),
    "√": (3, _root),
    "^": (4, _raise),
}
_PREFIX = "√"
_OPENING: dict[str, Callable[[Form], Form | None] | None] = {
    "(": None,
    "|": lambda a: None if a.letters else Form(size(a.plain)),
}


def _applied(apply: Callable[..., Form | None], left: Forms, right: Forms | None = None) -> Forms:
    found: dict[Form, None] = {}
    try:
        for a in left:
            for form in [apply(a)] if right is None else [apply(a, b) for b in right]:
                if form is not None and all(map(_fits, (form.plain, *dict(form.letters).values()))):
                    found[form] = None
    except (OverflowError, ValueError):  # floats have an end
        return ()
    return tuple(found)[:MOST]


def _bits(n: Fraction) -> int:
    return max(n.numerator.bit_length(), n.denominator.bit_length())


def _fits(n: Number) -> bool:
    return math.isfinite(n) if isinstance(n, float) else _bits(n) < _BITS


def evaluate(tokens: Iterable[Forms | str], *, in_order: bool = False) -> Forms:
    """The forms of an expression of operands, operators and brackets; none if it is none.

    Two stacks instead of recursion: no depth of brackets is too deep. Operators are
    ``+ - * / ^ mod``, ``.`` (a product without a sign), ``√`` before and ``%`` behind an operand;
    brackets ``( )`` and ``| )`` for an absolute value.

    Args:
        tokens: the expression.
        in_order: work from left to right, no operator before another.
    """
    operands: list[Forms] = []
    waiting: list[str] = []
    expects_operand = True
    for item in tokens:
        if not isinstance(item, str):
            if not expects_operand:
                return ()
            operands.append(item)
            expects_operand = False
        elif item in _OPENING or item == _PREFIX:
            if not expects_operand:
                return ()
            waiting.append(item)
        elif item == ")":
            if expects_operand or not _reduced(operands, waiting, 0) or not waiting:
                return ()
            within = _OPENING[waiting.pop()]
            if within is not None:
                operands[-1] = _applied(within, operands[-1])
        elif item == "%":  # (100−22−24)％: of one, or of a hundred
            if expects_operand:
                return ()
            of_one = _applied(_divide, operands[-1], number(Fraction(100)))
            operands[-1] = (*of_one, *operands[-1])[:MOST]
        elif expects_operand:
            if item not in "+-":
                return ()
            operands.append(number(Fraction(0)))  # a sign: 0 − x
            waiting.append(item)
        else:
            if not _reduced(operands, waiting, 0 if in_order else _OPERATORS[item][0]):
                return ()
            waiting.append(item)
            expects_operand = True
    if expects_operand or not _reduced(operands, waiting, 0) or waiting:
        return ()
    return operands[0]


def _reduced(operands: list[Forms], waiting: list[str], binds: int) -> bool:
    while waiting and waiting[-1] not in _OPENING:
        strength, apply = _OPERATORS[waiting[-1]]
        if strength < binds:
            break
        right = None if waiting.pop() == _PREFIX else operands.pop()
        operands[-1] = _applied(apply, operands[-1], right)
        if not operands[-1]:
            return False
    return True


def as_fraction(forms: Forms) -> Number | None:
    """The first plain reading, for messages; None where there is none."""
    return next((form.plain for form in forms if not form.letters), None)


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
    noughts = 0
    while not written and noughts < 15 and abs(number.numerator) % 10 ** (noughts + 1) == 0:
        noughts += 1
    return scale * Fraction(10**noughts, 10**written)


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
