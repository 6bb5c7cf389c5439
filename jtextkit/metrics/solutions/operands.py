"""Which values of a text an expression can hold, and which letters stand for numbers.

:func:`~jtextkit.metrics.answers.find_values` reads values for answers. In a sum a ratio is its terms
(「手順1: 5 - 3」), the a of 30a may be a letter and no アール, the 1 of t_1 belongs to a name, and
3時間80分 is one length of time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from jtextkit.metrics.quantities.numerals import read_integer
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value

_COMPOSITE = ("ratio", "range", "parts", "order", "remainder")
_DOTTED = re.compile(r"…|\.\.|・・")
_TERM = re.compile(
    r"[^=\n]{0,80}(?:\n *[+\-×*/÷][^=\n]{0,80}){0,8}\n *="
)  # of a sum set line by line
_SIGN = re.compile(r" ?(?:[+\-×÷*/]|\\times|\\div)")
_APART = re.compile(r"\n|[ \u3000]{2}|…[ \u3000]|[ \u3000]…")
# A letter with an operator beside it and no number before it: x in ``2 + x``, not m in ``3 m + 2 m``.
_BEHIND_SIGN = re.compile(r"[=+\-×÷*<>] ?([A-Za-z])(?![A-Za-z])")
_BEFORE_SIGN = re.compile(
    r"(?<![A-Za-z0-9{/(])(?<![0-9] )([A-Za-z])(?:_\w)? ?(?:[=+\-×÷*^<>]|\\times|とする|とおく|とし)"
)
_IN_SUM = re.compile(r"\(([A-Za-z]) ?[+\-×*÷] ?[A-Za-z0-9(]")
_IN_RATIO = re.compile(r"(?<![A-Za-z])[A-Za-z](?: ?: ?[A-Za-z])+(?![A-Za-z])")
_INDEXED = re.compile(r"[A-Za-z](?:\[\w{1,3}\])*\[\Z")
_N = "[0-9₀-₉⁰¹²³⁴-⁹]{1,3}"
# ₅C₂ and 5P2, C(5, 2), \binom{5}{2}, and 4! before a sign or an equals sign; 12!= is likelier ≠.
_COUNTED = (
    rf"(?<![0-9A-Za-z₀-₉⁰¹²³⁴-⁹]){_N}\}}?(?:\\rm|\\mathrm)? ?\{{?[CP]\}}? ?_?\{{?{_N}\}}?(?![0-9A-Za-z])",
    rf"(?<![A-Za-z])[CP]\( ?{_N} ?, ?{_N} ?\)(?= ?[=+\-*/×÷}}])",
    rf"\\[dt]?binom ?\{{ ?{_N} ?\}} ?\{{ ?{_N} ?\}}",
    r"(?<![0-9.,])(?:[0-9]|10)!(?==)",
    r"(?<![0-9.,])[0-9]{1,3}!(?= [=≒]| ?[+\-*/×÷(){}]| ?\\(?:times|div|cdot)|[0-9]{1,3}!)",
)
_COUNTS = tuple(re.compile(pattern) for pattern in _COUNTED)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789" * 2)
_MINUTE = 60  # seconds
_HIGHEST = 170  # what has more digits is no arithmetic of a solution


def variables(folded: str) -> frozenset[str]:
    """The letters that stand for numbers somewhere in the text, so that N in 3N is no newton."""
    signed = (*_BEHIND_SIGN.findall(folded), *_BEFORE_SIGN.findall(folded))
    return frozenset("".join((*signed, *_IN_SUM.findall(folded), *_IN_RATIO.findall(folded)))) - {
        " ",
        ":",
    }


def counted(folded: str) -> Iterator[Value]:
    """₅C₂, 5P2, C(5, 2) and 4! as the numbers that they are."""
    for pattern in _COUNTS if any(sign in folded for sign in ("C", "P", "!", "binom")) else ():
        for match in pattern.finditer(folded):
            n, *some = map(int, re.findall("[0-9]+", match[0].translate(_SUBSCRIPTS)))
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
        if scalar.form != "counted" and _in_name(folded, scalar.span[0]):
            continue
        value = _without_letter(scalar, folded, letters)
        joined = None if waiting is None else _time_joined(waiting, value)
        if waiting is not None and joined is None:
            yield waiting
        waiting = joined or value
    if waiting is not None:
        yield waiting


def _in_name(folded: str, at: int) -> bool:
    """Whether a number at ``at`` belongs to a letter: t_1, a_{10}, A[8]."""
    if folded.endswith(("_", "_{"), 0, at):
        return True
    return folded[at - 1 : at] == "[" and _INDEXED.search(folded, max(0, at - 12), at) is not None


def _scalars(value: Value, folded: str) -> Iterator[Value]:
    """A value that an expression can hold, or the parts of one that it cannot."""
    if value.kind in SCALAR_KINDS or (value.kind == "remainder" and _divides(value, folded)):
        yield value
    elif value.kind in _COMPOSITE:
        for part in value.parts:
            yield from _scalars(part, folded)


def _divides(value: Value, folded: str) -> bool:
    """Whether a remainder is one: 7…2 is; 0.63…, a remark behind … , and 残りは100－54 are not."""
    if _SIGN.match(folded, value.span[1]):
        return False
    if not _DOTTED.search(value.text):
        return True
    whole = all(part.value == int(part.value) for part in value.parts if part.kind in SCALAR_KINDS)
    return whole and not _APART.search(value.text)


def _without_letter(value: Value, folded: str, letters: frozenset[str]) -> Value:
    """30a without its a where a is a letter of the text, and 30k without its k."""
    start, end = value.span
    last = folded[end - 1 : end]
    thousand = value.unit is None and last in ("K", "k", "M", "G", "B", "T")
    if not (last in letters or thousand) or value.form == "counted" or value.kind in _COMPOSITE:
        return value
    digits = start
    while digits < end and folded[digits] in "+- ":
        digits += 1
    number = read_integer(folded, digits)
    if number is None or folded[number.end : end - 1].strip(" ~"):
        return value
    plain = number.value * (-1 if value.value < 0 else 1)
    return replace(
        value, kind=number.form, value=plain, number=plain,
        span=(start, number.end), text=value.text[: number.end - start], unit=None, measure=None,
    )  # fmt: skip


def _time_joined(a: Value, b: Value) -> Value | None:
    """3時間80分, which answers do not know: a step of a sum before it is carried over."""
    first, second = a.measure, b.measure
    if a.span[1] != b.span[0] or second is None or second.dimension != "time":
        return None
    if not (isinstance(a.value, Fraction) and isinstance(b.value, Fraction)):
        return None
    span, text = (a.span[0], b.span[1]), a.text + b.text
    if a.kind == "clock":  # 11時90分
        minutes = a.text.endswith("時") and second.factor == _MINUTE
        return replace(a, value=a.value + b.value, span=span, text=text) if minutes else None
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
    return not _TERM.match(folded, at)
