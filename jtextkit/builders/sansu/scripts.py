"""What a story's text says in formulas: how numbers are drawn, the answer is found, the solution told.

Formulas are Python's expressions over the story's numbers. In a draw they are whole numbers, in an
equation exact fractions, in a solution sums that show themselves
(:mod:`~jtextkit.builders.sansu.expressions`). They are part of the package: nobody else's text comes here.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import takewhile
from types import CodeType
from typing import Any

from jtextkit.builders.sansu.expressions import Expression, Told, n, number_text
from jtextkit.builders.sansu.functions import FUNCTIONS
from jtextkit.builders.sansu.problems import Answer

Steps = Generator[str, None, Answer]
"""The sentences of a worked solution with their sums, in order; it returns the answer."""

Found = Iterator[int | Fraction | tuple[int | Fraction, ...]]
"""Every answer that fits: a number, or several in the order of the answer."""

_RANGE = re.compile(r"\b(\d+)-(\d+)\b")
_EQUATION = re.compile(r"(?:(.+) by )?(\w+): (.+) = (.+)")
_NAMED = re.compile(r"\{(\w+) = ([^{}:]+)")


@dataclass(frozen=True, slots=True)
class Script:
    """Lines of a story's text; ``topics/README.md`` says what they look like.

    Attributes:
        numbers: ``tell``, ``draw`` and ``if``.
        says: ``say``.
        find: how the answer is found.
        solution: ``>``, ``>if``, ``>for`` to ``>next``, ``let`` and, at the end, ``=``.
    """

    numbers: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    find: str = ""
    solution: tuple[str, ...] = ()

    def drawn(self, dice: object) -> dict[str, Any] | None:
        """Numbers that the problem tells, by name; None where the dice gave bad ones."""
        names: dict[str, Any] = {**FUNCTIONS, "dice": dice}
        told: dict[str, Any] = {}
        for line in self.numbers:
            kind, keys, formula = _drawing(line)
            value = _value(formula, names)
            if kind == "if":
                if not value:
                    return None
                continue
            given = _named(keys, value)
            names |= given
            if kind == "tell":
                told |= given
        return told

    def said(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """What wordings hold beside facts and words, from both."""
        lines = map(_drawing, self.says)
        return {key: _value(formula, {**FUNCTIONS, **facts}) for _, (key,), formula in lines}

    def found(self, facts: Mapping[str, Any]) -> Found:
        """Every answer that fits the facts."""
        parts = _EQUATION.fullmatch(self.find)
        if parts is None:
            formula = self.find.removeprefix("every ")
            value = _value(formula, {**FUNCTIONS, **facts})
            yield from [value] if formula == self.find else value
            return
        answer, unknown, left, right = parts.groups()
        exact = {name: Fraction(one) if type(one) is int else one for name, one in facts.items()}
        names = {**FUNCTIONS, **exact}

        def lack(number: Fraction) -> Fraction:
            names[unknown] = number
            return Fraction(_value(left, names) - _value(right, names))

        names[unknown] = _linear_root(lack, self.find)
        if names[unknown] is not None:
            yield _value(answer or unknown, names)

    def solved(self, facts: Mapping[str, Any]) -> Steps:
        """The worked solution, from facts and words by name."""
        numbers = _Numbers(facts)
        yield from _sentences(self.solution[:-1], {**FUNCTIONS, **facts}, numbers)
        return _answer(self.solution[-1].removeprefix("= "), numbers)


def _sentences(
    lines: Iterable[str], names: dict[str, Any], numbers: dict[str, Any]
) -> Iterator[str]:
    """The steps that lines tell; conditions and loops know the facts alone, sums also results."""
    left = iter(lines)
    for line in left:
        kind, _, text = line.partition(" ")
        if kind == ">for":
            keys, _, formula = text.partition(" in ")
            block = tuple(takewhile(">next".__ne__, left))
            for value in _value(formula, names):
                names |= _named(keys.split(", "), value)
                yield from _sentences(block, names, numbers)
            continue
        if kind == ">if":
            condition, _, text = text.partition(": ")
            if not _value(condition, names):
                continue
        if kind == "let":
            name, _, formula = text.partition(" = ")
            numbers[name] = _value(formula, names, numbers)
        else:
            yield eval(_sentence(text), names, numbers)  # noqa: S307 - as in _value


@cache
def _drawing(line: str) -> tuple[str, list[str], str]:
    """A line on numbers: what it is, the names that it gives, and its formula."""
    kind, _, rest = line.partition(" ")
    if kind == "if":
        return kind, [], rest
    keys, _, formula = rest.partition(" = ")
    return kind, keys.split(", "), formula


def _named(keys: list[str], value: Any) -> dict[str, Any]:
    return dict(zip(keys, value if len(keys) > 1 else (value,), strict=True))


_TOLD = (int, Told, Fraction)  # isinstance is slow with abstract classes


class _Numbers(dict[str, Any]):
    """Names in a solution: facts to reckon with, words, and results of the sums before."""

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        if type(value) in _TOLD:
            value = n(value)
            super().__setitem__(name, value)
        return value

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value.result if isinstance(value, Expression) else value)


def _answer(template: str, numbers: Mapping[str, Any]) -> Answer:
    """Numbers in the template, or before its `` by ``, are the values; words are words."""
    other, _, written = template.rpartition(" by ")
    if other:
        return Answer(_answer(other, numbers).values, _answer(written, numbers).text)
    values, text = [], ""
    for literal, name, _, _ in string.Formatter().parse(written):
        given = numbers[name] if name else ""
        if isinstance(given, Expression):
            values.append(given.value)
            given = number_text(given.value, mixed=True)
        text += f"{literal}{given}"
    return Answer(tuple(values), text)


def _linear_root(lack: Callable[[Fraction], int | Fraction], what: str) -> Fraction | None:
    """The number at which ``lack``, of the first degree, is 0; None where it is constant.

    Raises:
        AssertionError: it is not of the first degree: its values do not lie on a line.
    """
    at_0, at_1, at_2 = (Fraction(lack(Fraction(number))) for number in (0, 1, 2))
    slope = at_1 - at_0
    if at_2 - at_1 != slope:
        raise AssertionError(f"{what}: the relation is not linear")
    return -at_0 / slope if slope else None


def _value(formula: str, names: dict[str, Any], numbers: Mapping[str, Any] | None = None) -> Any:
    return eval(_code(formula), names, numbers)  # noqa: S307 - the package's own text


@cache
def _code(formula: str) -> CodeType:
    """``3-20`` in a formula is a range: from 3 to 20."""
    return compile(_RANGE.sub(r"(\1, \2)", formula), formula, "eval")


@cache
def _sentence(text: str) -> CodeType:
    """A sentence as an f-string, in which ``{name = formula:unit}`` names a sum."""
    sums = _NAMED.sub(r"{(\1 := \2)", text)
    return compile(f'f"""{sums}"""', text, "eval")
