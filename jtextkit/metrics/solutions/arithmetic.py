"""What stands between two equals signs, and what it is worth: exact but for roots and π, floats.

A percentage or 割 has two readings (15％ is 0.15, and 15 where the solution multiplied by 100), and a
dozen, too; an expression is computed once in each. Letters get numbers from the caller: two
expressions that agree wherever one looks are one.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import Unit
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.patterns import PATTERNS
from jtextkit.metrics.solutions.tokens import CIRCLE, PI, Token

Number: TypeAlias = Fraction | float
READINGS = ("worth", "written")
"""Of 15％ 0.15 and 15, of 3割引 0.7 and 0.3, of 3ダース 36 and 3."""

_SIGNS = frozenset(("op", "prefix", "postfix", "ratio"))
_BITS = 1000  # longer numbers are no arithmetic of a solution, and no floats
_HIGHEST = 170  # of a power


def size(number: Number) -> Number:
    """The number without its sign."""
    return number if number >= 0 else -number


def number_of(value: Value, letters: Mapping[str, Number], reading: str) -> Number | None:
    """What a value counts as where letters, ① and π stand for these; None for what is no number.

    A reading is one of :data:`READINGS`; or ``minutes``, of clocks and times; or ``base``, with every
    unit counted in its base unit (30cm is 0.3, of metres).
    """
    number, measure = value.value, value.measure
    if not isinstance(number, Fraction) or value.kind in {"ordinal", "remainder"}:
        return None
    if reading == "minutes" and measure is not None and measure.dimension == "time":
        return number * measure.factor / 60
    if reading == "base" and measure is not None and measure.dimension != "rate":
        return number * measure.factor
    if value.kind == "label":
        return number * letters[CIRCLE]
    if value.unit is not None and value.unit.startswith(PI):
        return number * letters[PI]
    if reading == "written" and value.kind == "percent" and not value.direction:
        return value.number
    if reading == "written":
        return next((one.value for one in value.readings if one.unit == "ダース"), number)
    sign = {"引": -1, "増": 1}.get(value.direction)
    return number if sign is None else 1 + sign * number


def _power(a: Number, b: Number) -> Number:
    if b != int(b) or size(b) > _HIGHEST:
        raise OverflowError
    return a ** int(b)


def _gcd(a: Fraction, b: Fraction) -> Fraction:
    scale = a.denominator * b.denominator
    return Fraction(math.gcd(int(a * scale), int(b * scale)), scale)


# Each operator with how strongly it binds. ``.`` multiplies without a sign: 2x, 3(4+5).
_OPERATORS: dict[str, tuple[int, Callable[..., Number]]] = {
    "mod": (0, operator.mod),
    "gcd": (0, _gcd),
    "lcm": (0, lambda a, b: a * b / _gcd(a, b)),
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, operator.mul),
    ".": (2, operator.mul),
    "/": (2, operator.truediv),
    "√": (3, math.sqrt),
    "^": (4, _power),
    "over": (5, operator.truediv),
}
_OPENING: dict[str, Callable[..., Number]] = {"(": operator.pos, "|": size}


def _bits(n: Fraction) -> int:
    return max(n.numerator.bit_length(), n.denominator.bit_length())


def evaluate(tokens: Iterable[Number | str | None]) -> Number | None:
    """What an expression of operands, operators and brackets is; None if it is none.

    Two stacks instead of recursion: no depth of brackets is too deep. Operators are
    ``+ - * / ^ mod``, ``.`` (a product without a sign), ``over`` (a fraction's bar), ``√`` before and
    ``%`` behind an operand; brackets ``( )`` and ``| )`` for an absolute value.
    """
    operands: list[Number] = []
    waiting: list[str] = []
    wanted = True  # whether an operand comes next
    try:
        for item in tokens:
            if not isinstance(item, str):
                if item is None or not wanted:
                    return None
                operands.append(item)
                wanted = False
            elif wanted and item in "+-":
                operands.append(Fraction(0))  # a sign: 0 − x
                waiting.append(item)
            elif wanted != (item in "(|√"):
                return None
            elif wanted:
                waiting.append(item)
            elif item == ")":
                _reduce(operands, waiting, 0)
                operands[-1] = _OPENING[waiting.pop()](operands[-1])
            elif item == "%":  # (100−22−24)％
                operands[-1] /= 100
            else:
                _reduce(operands, waiting, _OPERATORS[item][0])
                waiting.append(item)
                wanted = True
        if not wanted:
            _reduce(operands, waiting, 0)
    except (ArithmeticError, LookupError, ValueError):  # 5÷0, a bracket not opened, a word
        return None
    return None if wanted or waiting else operands[0]


def _reduce(operands: list[Number], waiting: list[str], binds: int) -> None:
    """Apply the operators that wait and bind as strongly, back to the last open bracket."""
    while waiting and waiting[-1] not in _OPENING:
        strength, apply = _OPERATORS[waiting[-1]]
        if strength < binds:
            return
        sides = 1 if waiting.pop() == "√" else 2
        made = apply(*operands[-sides:])
        if not math.isfinite(made) if isinstance(made, float) else _bits(made) > _BITS:
            raise OverflowError
        operands[-sides:] = [made]


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


@dataclass
class Part:
    """What stands between two equals signs."""

    tokens: list[Token] = field(default_factory=list)  # operands, operators and brackets
    about: bool = False  # the sign before it is ≒
    known: bool = True  # whether all of it was read; False where words or □ stand for a number
    dots: bool = False  # it ends with … (its decimals go on)

    @classmethod
    def of(cls, *items: Value | str) -> Part:
        """An expression of values and signs."""
        at = next(item.span[0] for item in items if isinstance(item, Value))
        return cls([
            Token("value", *item.span, item.text, item) if isinstance(item, Value)
            else Token({"(": "open", "|": "open", ")": "close"}.get(item, "op"), at, at, item)
            for item in items
        ])  # fmt: skip

    @property
    def start(self) -> int:
        return min((token.start for token in self.tokens), default=0)

    @property
    def end(self) -> int:
        return max((token.end for token in self.tokens), default=0)

    @property
    def operators(self) -> list[str]:
        return [token.text for token in self.tokens if token.kind in _SIGNS]

    @property
    def values(self) -> list[Value]:
        return [token.value for token in self.tokens if token.value is not None]

    @property
    def units(self) -> list[Unit]:
        return [value.measure for value in self.values if value.measure is not None]

    @cached_property
    def names(self) -> frozenset[str]:
        """The letters in it; ① and π are two."""
        names = {token.text for token in self.tokens if token.kind == "name"}
        names |= {CIRCLE for value in self.values if value.kind == "label"}
        names |= {PI for value in self.values if value.unit and value.unit.startswith(PI)}
        return frozenset(names)

    @property
    def single(self) -> Value | None:
        """Its value where it is one value and nothing else, brackets apart."""
        operands = [token for token in self.tokens if token.kind not in {"open", "close"}]
        return operands[0].value if len(operands) == 1 else None

    @property
    def about_to(self) -> bool:
        """Whether it is written as approximate."""
        return self.about or self.dots or any(value.approximate for value in self.values)

    @property
    def terms(self) -> list[Part]:
        """What stands between the colons of a ratio; all of it where it is none."""
        colons = [at for at, token in enumerate(self.tokens) if token.text == ":"]
        bounds = pairwise([-1, *colons, len(self.tokens)])
        return [Part(self.tokens[a + 1 : b], known=self.known) for a, b in bounds]

    def shares(self, letters: Mapping[str, Number]) -> list[Number]:
        """What each term of a ratio is of the first; nothing if one of them cannot be computed."""
        first, *others = [term.at(letters) for term in self.terms]
        return [one / first for one in others if one] if first else []

    @cached_property
    def numbers(self) -> list[Number]:
        """All that it can be; nothing if it cannot be computed, or not without its letters."""
        return [] if self.names else self.all_at({})

    def all_at(self, letters: Mapping[str, Number]) -> list[Number]:
        """All that it can be where the letters are these numbers."""
        twice = any(value.kind == "percent" or value.readings for value in self.values)
        readings = READINGS if twice or "%" in self.operators else READINGS[:1]
        found = (self.at(letters, reading) for reading in readings)
        return [number for number in found if number is not None]

    def at(self, letters: Mapping[str, Number], reading: str = READINGS[0]) -> Number | None:
        """What it is in one reading where the letters are these numbers."""
        signs = "".join(self.operators)
        if not self.known or ":" in signs or "///" in signs:  # 0/10/20/30 counts nothing
            return None
        if any(value.kind == "clock" for value in self.values):
            reading = "minutes"
        return evaluate(
            letters[token.text] if token.kind == "name"
            else token.text if token.value is None
            else number_of(token.value, letters, reading)
            for token in self.tokens if token.kind != "postfix" or reading != "written"
        )  # fmt: skip

    @property
    def of_the_whole(self) -> Part:
        """What some mean whose last sign is for all before it: 20x + 8 ÷ 4, 1000円 − 20％."""
        *before, sign, last = self.tokens
        if last.value is not None and last.value.kind == "percent":
            change = {"+": "増", "-": "引"}.get(sign.text, "")
            last = last._replace(value=replace(last.value, direction=change))
            sign = sign._replace(text="*")
        return Part([Token("open", 0, 0, "("), *before, Token("close", 0, 0, ")"), sign, last])

    @property
    def divisor(self) -> Fraction | None:
        """What it divides by, where it is one division of two values."""
        if self.single is not None and self.single.form == "fraction":
            written = PATTERNS["denominator"].search(fold(self.single.text))
            return Fraction(written[1]) if written else None
        divides = self.operators in (["/"], ["over"]) and len(self.values) == 2
        return self.values[-1].value if divides else None


@dataclass(frozen=True, slots=True)
class EqualityChain:
    """Parts that are said to be equal, in order."""

    parts: tuple[Part, ...]  # two or more
    name: str = ""  # before the first equals sign, if it is no number: 合計
    start: int = 0  # where that name begins
