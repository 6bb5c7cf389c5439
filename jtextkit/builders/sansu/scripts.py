"""What a story's text says in formulas: how numbers are drawn, the answer is found, the solution told.

Formulas are Python's expressions over the story's numbers. In a draw they are whole numbers, in an
equation exact fractions, in a solution sums that show themselves
(:mod:`~jtextkit.builders.sansu.expressions`). They are part of the package: nobody else's text comes here.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import takewhile
from types import CodeType
from typing import Any

from jtextkit.builders.sansu.expressions import Expression, Told, n, number_text
from jtextkit.builders.sansu.functions import FUNCTIONS
from jtextkit.builders.sansu.problems import Answer

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
        return draw(self.numbers, {**FUNCTIONS, "dice": dice})

    def said(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """What wordings hold beside facts and words, from both."""
        lines = (line.removeprefix("say ").partition(" = ") for line in self.says)
        return {key: value(formula, {**FUNCTIONS, **facts}) for key, _, formula in lines}

    def found(self, facts: Mapping[str, Any]) -> Found:
        """Every answer that fits the facts."""
        parts = _EQUATION.fullmatch(self.find)
        if parts is None:
            formula = self.find.removeprefix("every ")
            found = value(formula, {**FUNCTIONS, **facts})
            yield from [found] if formula == self.find else found
            return
        answer, unknown, left, right = parts.groups()
        exact = {name: Fraction(one) if type(one) is int else one for name, one in facts.items()}
        names = {**FUNCTIONS, **exact}

        def lack(number: Fraction) -> Fraction:
            names[unknown] = number
            return Fraction(value(left, names) - value(right, names))

        names[unknown] = _linear_root(lack, self.find)
        if names[unknown] is not None:
            yield value(answer or unknown, names)

    def solved(self, facts: Mapping[str, Any]) -> tuple[list[str], Answer]:
        """The sentences of the worked solution, from facts and words by name, and the answer."""
        numbers = Numbers(facts)
        steps = list(sentences(self.solution[:-1], {**FUNCTIONS, **facts}, numbers))
        return steps, _answer(self.solution[-1].removeprefix("= "), numbers)


def draw(lines: tuple[str, ...], names: dict[str, Any]) -> dict[str, Any] | None:
    """Add what ``draw`` and ``tell`` draw to ``names``; give what is told; None where an ``if`` fails."""
    program, told = _drawing(lines)
    exec(program, names)  # noqa: S102 - as in value
    return {name: names[name] for name in told} if names["fine"] else None


@cache
def _drawing(lines: tuple[str, ...]) -> tuple[CodeType, list[str]]:
    """Lines on numbers as a program that ends with the first bad one, and the names that they tell."""
    program, told = "for fine in (False,):\n", []
    for line in lines:
        kind, _, rest = line.partition(" ")
        program += f" if not ({rest}): break\n" if kind == "if" else f" {rest}\n"
        told += rest.partition(" = ")[0].split(", ") if kind == "tell" else []
    return compile(_ranges(f"{program} fine = True"), "numbers", "exec"), told


def sentences(
    lines: Iterable[str], names: dict[str, Any], numbers: dict[str, Any]
) -> Iterator[str]:
    """The steps that lines tell; conditions and loops know the facts alone, sums also results."""
    left = iter(lines)
    for line in left:
        _, kind, text = _parts(line)
        if not holds(line, names):
            continue
        if kind == ">":
            yield eval(sentence(text), names, numbers)  # noqa: S307 - as in value
        elif kind == "let":
            name, _, formula = text.partition(" = ")
            numbers[name] = value(formula, names, numbers)
        elif kind == ">for":
            keys, _, formula = text.partition(" in ")
            block = tuple(takewhile(">next".__ne__, left))
            for one in value(formula, names):
                several = "," in keys
                names |= zip(keys.split(", "), one if several else (one,), strict=True)
                yield from sentences(block, names, numbers)


def holds(line: str, names: dict[str, Any]) -> bool:
    """Whether a line of a solution stands, by its ``>if``."""
    condition = _parts(line)[0]
    return not condition or bool(value(condition, names))


@cache
def _parts(line: str) -> tuple[str, str, str]:
    """Condition, kind and text of a line of a solution."""
    kind, _, text = line.partition(" ")
    condition, _, told = text.partition(": ")
    return (condition, ">", told) if kind == ">if" else ("", kind, text)


_TOLD = (int, Told, Fraction)  # isinstance is slow with abstract classes


class Numbers(dict[str, Any]):
    """Names in a solution: facts to reckon with, words, and results of the sums before."""

    def __getitem__(self, name: str) -> Any:
        held = super().__getitem__(name)
        if type(held) in _TOLD:
            held = n(held)
            super().__setitem__(name, held)
        return held

    def __setitem__(self, name: str, given: Any) -> None:
        super().__setitem__(name, given.result if isinstance(given, Expression) else given)


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


def value(formula: str, names: dict[str, Any], numbers: Mapping[str, Any] | None = None) -> Any:
    """What a formula gives."""
    return eval(_code(formula), names, numbers)  # noqa: S307 - the package's own text


def _ranges(formulas: str) -> str:
    """``3-20`` in a formula is a range: from 3 to 20."""
    return _RANGE.sub(r"(\1, \2)", formulas)


@cache
def _code(formula: str) -> CodeType:
    return compile(_ranges(formula), formula, "eval")


@cache
def sentence(text: str) -> CodeType:
    """A sentence as an f-string, in which ``{name = formula:unit}`` names a sum."""
    sums = _NAMED.sub(r"{(\1 := \2)", text)
    return compile(f'f"""{sums}"""', text, "eval")
