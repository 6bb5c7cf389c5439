"""Exact arithmetic on what a solution writes: numbers, and multiples of a circled ①.

A form is ``plain + circled × ①``. A percentage or 割 has two readings (15％ is 0.15, and 15 where
the solution multiplied by 100), so an operand is a few forms, and an expression as many as they
make, at most :data:`MOST`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple

from jtextkit.metrics.quantities.values import Value

MOST = 8
_BITS = 2048  # longer numbers are no arithmetic of a solution, and cost time


class Form(NamedTuple):
    """``plain + circled × ①``."""

    plain: Fraction
    circled: Fraction = Fraction(0)


Forms = tuple[Form, ...]


def forms_of(value: Value) -> Forms:
    """The readings of one value; none for one that is no number to count with."""
    if value.kind in {"clock", "ordinal", "remainder"} or not isinstance(value.value, Fraction):
        return ()
    if value.kind == "label":
        return (Form(Fraction(0), value.value),)
    if value.kind == "percent":
        if value.direction == "引":
            return (Form(1 - value.value), Form(value.value))
        if value.direction == "増":
            return (Form(1 + value.value), Form(value.value))
        readings = {Form(value.value): None}
        if value.number is not None:
            readings[Form(value.number)] = None
        return tuple(readings)
    return (Form(value.value),)


def _add(a: Form, b: Form) -> Form | None:
    return Form(a.plain + b.plain, a.circled + b.circled)


def _subtract(a: Form, b: Form) -> Form | None:
    return Form(a.plain - b.plain, a.circled - b.circled)


def _multiply(a: Form, b: Form) -> Form | None:
    if a.circled and b.circled:
        return None
    return Form(a.plain * b.plain, a.plain * b.circled + a.circled * b.plain)


def _divide(a: Form, b: Form) -> Form | None:
    if b.circled:
        return None if b.plain or a.plain else Form(a.circled / b.circled)
    return Form(a.plain / b.plain, a.circled / b.plain) if b.plain else None


_APPLY: dict[str, Callable[[Form, Form], Form | None]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}


def _applied(operator: str, left: Forms, right: Forms) -> Forms:
    found: dict[Form, None] = {}
    for a in left:
        for b in right:
            form = _APPLY[operator](a, b)
            if form is not None and _small(form):
                found[form] = None
    return tuple(found)[:MOST]


def _small(form: Form) -> bool:
    return (
        max(form.plain.numerator.bit_length(), form.plain.denominator.bit_length()) < _BITS
        and max(form.circled.numerator.bit_length(), form.circled.denominator.bit_length()) < _BITS
    )


def evaluate(tokens: Iterable[Forms | str]) -> Forms:
    """The forms of an expression of operands, operators and brackets; none if it is none.

    Two stacks instead of recursion: no depth of brackets is too deep.
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
        elif item == "(":
            if not expects_operand:
                return ()
            waiting.append(item)
        elif item == ")":
            if expects_operand or not _reduced(operands, waiting, 0):
                return ()
            if not waiting:
                return ()
            waiting.pop()
        elif expects_operand:
            if item not in "+-":
                return ()
            operands.append((Form(Fraction(0)),))  # a sign: 0 − x
            waiting.append(item)
        else:
            if not _reduced(operands, waiting, _BINDS[item]):
                return ()
            waiting.append(item)
            expects_operand = True
    if expects_operand or not _reduced(operands, waiting, 0) or waiting:
        return ()
    return operands[0]


def _reduced(operands: list[Forms], waiting: list[str], binds: int) -> bool:
    while waiting and waiting[-1] != "(" and _BINDS[waiting[-1]] >= binds:
        right, left = operands.pop(), operands.pop()
        result = _applied(waiting.pop(), left, right)
        if not result:
            return False
        operands.append(result)
    return True
