"""What formulas in texts may call (:func:`names_with`), beside a few of Python's own."""

from __future__ import annotations

import builtins
import functools
import itertools
import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from jtextkit.builders.sansu.expressions import Expression, n, number_text, percent

_PYTHON = "abs divmod enumerate int len map max min next range reversed sorted str sum tuple zip"
_PLACES = ("一の位", "十の位", "百の位", "千の位", "一万の位")
_KANA = "アイウエオカキ"
_WEEK = "月火水木金土日"
_COMMON_YEAR = 2026
_OPERATIONS: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "＋": (operator.add, operator.sub),
    "－": (operator.sub, operator.add),
    "×": (operator.mul, operator.truediv),
    "÷": (operator.floordiv, operator.mul),
}
"""Each sign: what it does to a whole number, and what undoes it in a sum."""


def _whole(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of whole numbers, for sums too."""
    return lambda *given: function(
        *(int(one.value) if isinstance(one, Expression) else int(one) for one in given)
    )


def _of_kind(value: Expression | Fraction | int | str, kind: str = "") -> Expression:
    """A number of that kind, whatever it was made from."""
    return n(value.value if isinstance(value, Expression) else value, kind)


def _difference(one: Expression, other: Expression) -> Expression:
    """The larger less the smaller."""
    return one - other if one.value > other.value else other - one


def _added(parts: Sequence[Expression]) -> Expression:
    return functools.reduce(operator.add, parts)


def _mixed(value: Expression) -> str:
    """``2と1/3``; never a decimal."""
    return number_text(value.value, mixed=True, decimals=False)


def _tenths(value: int) -> str:
    """Tenths in words of trade: 25 (per cent) is 2割5分."""
    tens, ones = divmod(value, 10)
    return f"{f'{tens}割' if tens else ''}{f'{ones}分' if ones else ''}"


def _in_base(number: int, base: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, base)
        digits = f"{digit}{digits}"
    return digits


# Calendars


def _days_from(month: int, day: int, last_month: int, last_day: int) -> int:
    """Days from one date to another of a common year, both counted."""
    return (date(_COMMON_YEAR, last_month, last_day) - date(_COMMON_YEAR, month, day)).days + 1


def _days_in(month: int) -> int:
    return _days_from(month, 1, month + 1, 1) - 1 if month < 12 else 31


def _months_between(month: int, last_month: int) -> list[int]:
    """The lengths of the whole months between two."""
    return [_days_in(one) for one in range(month + 1, last_month)]


def _weekdays(first: int, number: int = 1) -> str:
    """So many days of the week, from the ``first`` (0 is Monday)."""
    return "".join(_WEEK[(first + i) % 7] for i in range(number))


# Calculations to be undone, and signs by agreement


def _calculations(dice: Any) -> tuple[int, str, tuple[tuple[str, int], ...]] | None:
    """The end of a chain of calculations from □, how it is written, its signs with their numbers;
    None where the dice gave bad ones.
    """
    value, shown, last = dice((3, 30), (4, 40)), "□", ""
    signs: list[tuple[str, int]] = []
    for _ in range(dice.pick(3, 5, 7)):
        sign = dice.rng.choice([one for one in _OPERATIONS if one != last])
        number = dice.rng.randint(2, 9) if sign == "×" else dice.rng.randint(3, 40)
        if sign == "÷":
            divisors = [d for d in range(2, 10) if value % d == 0]
            if not divisors:
                return None
            number = dice.rng.choice(divisors)
        if (sign == "－" and number >= value) or number in dict(signs).values():
            return None
        value = _OPERATIONS[sign][0](value, number)
        if sign in "×÷" and last in ("＋", "－"):
            simple = shown[0] != "（" or "）" not in shown
            shown = f"（{shown}）" if simple else f"｛{shown}｝"
        shown += f"{sign}{number}"
        signs.append((sign, number))
        last = sign
    if value >= 400 or shown.count("｛") > 1:
        return None
    return value, shown, tuple(signs)


def _reckoned(value: int, signs: Sequence[tuple[str, int]]) -> int | None:
    """The end of the chain from ``value``; None where a division leaves something."""
    for sign, number in signs:
        if sign == "÷" and value % number:
            return None
        value = _OPERATIONS[sign][0](value, number)
    return value


def _undone(value: Expression, sign: str, number: int) -> Any:
    return _OPERATIONS[sign][1](value, n(number, sign))


def _ruled(rule: str, a: Any, b: Any, p: Any, q: Any) -> Any:
    """What ``rule`` gives, such as ``（{a}＋{b}）×{p}``, of whole numbers as of sums."""
    formula = rule.translate(str.maketrans("＋－×（）", "+-*()", "{}"))
    return eval(formula, {"a": a, "b": b, "p": p, "q": q})  # noqa: S307 - the package's own text


# Digits that are missing; ``holes`` says for each place from the right, of which number


def _with_gaps(numbers: Sequence[int], holes: Sequence[int]) -> Iterator[str]:
    """The numbers, with kana for the digits that are missing."""
    kana = iter(_KANA)
    for row, number in enumerate(numbers):
        places = zip(str(number), reversed(holes), strict=True)
        yield "".join(next(kana) if hole == row else digit for digit, hole in places)


def _columns(one: int, two: int, holes: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Each column of a sum from the right: its place, the row of its gap, the digits of both numbers,
    what is carried into it, and the digit that is missing.
    """
    carry = 0
    for place, hole, x, y in zip(
        _PLACES, holes, *(map(int, reversed(str(number))) for number in (one, two)), strict=False
    ):
        whole = x + y + carry
        yield place, hole, x, y, carry, (x, y, whole % 10)[hole]
        carry = whole // 10


def _sums_of_gaps(one: int, two: int, holes: Sequence[int]) -> Iterator[int]:
    """Column by column from the right: every digit that fits, with what it carries over."""
    ways = [(0, 0)]  # what is carried, and the sum of the digits found
    for place, hole in enumerate(holes):
        column = [number // 10**place % 10 for number in (one, two, one + two)]
        first = int(place == len(holes) - 1)  # no number begins with 0
        columns = [(*column[:hole], digit, *column[hole + 1 :]) for digit in range(first, 10)]
        ways = [
            ((a + b + carry) // 10, total + (a, b, c)[hole])
            for carry, total in ways
            for a, b, c in columns
            if (a + b + carry) % 10 == c
        ]
    yield from (total for carry, total in ways if not carry)


_FUNCTIONS: Mapping[str, Any] = {
    **{name: getattr(builtins, name) for name in _PYTHON.split()},
    "Fraction": Fraction,
    "PLACES": _PLACES,
    "accumulate": itertools.accumulate,
    "added": _added,
    "calculations": _calculations,
    "columns": _columns,
    "combinations": itertools.combinations,
    "days_from": _days_from,
    "days_in": _whole(_days_in),
    "difference": _difference,
    "gcd": _whole(math.gcd),
    "in_base": _whole(_in_base),
    "islice": itertools.islice,
    "lcm": _whole(math.lcm),
    "mixed": _mixed,
    "months_between": _whole(_months_between),
    "n": _of_kind,
    "percent": percent,
    "product": itertools.product,
    "reckoned": _reckoned,
    "ruled": _ruled,
    "sums_of_gaps": _sums_of_gaps,
    "tenths": _tenths,
    "undone": _undone,
    "weekdays": _whole(_weekdays),
    "with_gaps": _with_gaps,
}


def names_with(more: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """Names for formulas: the functions, and nothing else of Python's than they and ``more`` hold."""
    return {"__builtins__": {**_FUNCTIONS, **(more or {})}}


FUNCTIONS = names_with()
