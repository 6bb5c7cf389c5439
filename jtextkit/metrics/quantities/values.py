"""What a value is: its number, exactly, with its unit, its place in the text and how it was written.

Kinds (closed list, :data:`KINDS`):

================  ==========================================  ==============================
``kind``          examples                                    ``value``
================  ==========================================  ==============================
``integer``       31, 三十一, 1万2000, 12cm, 5本              Fraction
``decimal``       3.14, 三点一四, 1.2億                        Fraction
``fraction``      1/3, 三分の一, ⅓, \\frac13                    Fraction
``mixed``         2と1/3, 2½                                   Fraction
``power``         2の5乗, 10²                                  Fraction
``percent``       30％, 3割5分, 2割引                          Fraction: 3/10, 7/20, 1/5
``compound``      3時間20分, 3m20cm                            Fraction, in the last unit: 200, 320
``clock``         午後3時20分, 15:20                           Fraction: minutes after midnight
``ordinal``       第3, 3番目                                   Fraction
``weekday``       金曜日, 日曜                                 ``金`` (str)
``ratio``         1:4, 2対3, 2:3:5                             tuple of Fractions
``remainder``     5あまり3                                     (quotient, remainder)
``range``         3〜5個, 3以上5未満                           (low, high)
``label``         ①, (2) and 1. at the head of a line or part  Fraction
``choice``        ア, (A), ③ as an answer                      the folded label (str)
``order``         A>B>C                                        tuple of names
``truth``         はい, いいえ, 正しい                         bool
``none``          解なし, できない                             None
``parts``         ア 3 イ 5, (1)…(2)…                          tuple of the parts' values
``text``          anything else, in comparison only            the folded text (str)
================  ==========================================  ==============================
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, make_dataclass
from fractions import Fraction
from typing import Any, cast

from jtextkit.core.display import Displayed
from jtextkit.metrics.quantities.units import Unit

SCALAR_KINDS = (
    "integer", "decimal", "fraction", "mixed", "power", "percent", "compound", "clock", "ordinal", "label",
)  # fmt: skip
"""Kinds whose ``value`` is one number."""

KINDS = (
    *SCALAR_KINDS, "weekday", "ratio", "remainder", "range", "choice", "order", "truth", "none", "parts", "text",
)  # fmt: skip
"""Every kind."""


@dataclass(frozen=True, slots=True, repr=False)
class Value(Displayed):
    """One value and where it stands.

    Attributes:
        kind: one of :data:`KINDS`; the module's table says what ``value`` is for each.
        value: exact; ``float(value)`` of a scalar kind works on this object itself, too.
        span: offsets (from, to) in the text that was read, sign and unit included.
        text: what stands there.
        unit: the unit's or counter's symbol (``cm``, ``m/分``, ``本``, ``%``, ``割``, ``円``), or None.
        measure: the unit with its dimension and factor, or None.
        number: as written before the unit: 30 for 30％, whose value is 3/10.
        approximate: 約, およそ, ほど, ≒ stands with it.
        bound: ``>=``, ``<=``, ``>`` or ``<`` with 以上, 以下, 超, 未満; for a range two of them; or "".
        form: ``integer``, ``decimal``, ``fraction``, ``mixed`` or ``power`` of the number itself.
        reduced: False for a fraction such as 2/4.
        improper: True for a fraction such as 5/3.
        direction: ``引`` or ``増`` with 割引, 引き, 増し; ``利益`` or ``損失`` behind money; ``後`` or ``前``
            behind a time; or "".
        half_of_day: for a clock, whether 午前, 午後 or an hour from 13 on settles it.
        parts: the values that a ratio, remainder, range or ``parts`` is made of.
        labels: the names of ``parts``, in order.
        readings: what else it can be (15:20 is a clock and a ratio; 3ダース is 36 and 3 of a kind).
    """

    kind: str
    value: Any
    span: tuple[int, int] = (0, 0)
    text: str = ""
    unit: str | None = None
    measure: Unit | None = None
    number: Fraction | None = None
    approximate: bool = False
    bound: str = ""
    form: str = ""
    reduced: bool = True
    improper: bool = False
    direction: str = ""
    half_of_day: bool = True
    parts: tuple[Value, ...] = ()
    labels: tuple[str, ...] = ()
    readings: tuple[Value, ...] = ()

    @staticmethod
    def said(kind: str, value: Any, span: tuple[int, int], text: str) -> Value:
        """A value that is a word or several: a name, a choice, a judgement."""
        return make_value(kind, value, span, text[slice(*span)], form=kind)

    def _facts(self) -> dict[str, Any]:
        return {"kind": self.kind, "value": self.value, "unit": self.unit, "text": self.text}

    def __float__(self) -> float:
        """The value of a scalar kind; TypeError for the others."""
        if not isinstance(self.value, Fraction):
            raise TypeError(f"a value of kind {self.kind} is not one number")
        return float(self.value)

    def moved(self, offset: int, text: str) -> Value:
        """The same, with its span counted from another start, and its text taken from there."""
        start, end = self.span[0] + offset, self.span[1] + offset
        return make_value(
            self.kind, self.value, (start, end), text[start:end], self.unit, self.measure,
            self.number, self.approximate, self.bound, self.form, self.reduced, self.improper,
            self.direction, self.half_of_day,
            tuple(part.moved(offset, text) for part in self.parts) if self.parts else (),
            self.labels, self.readings,
        )  # fmt: skip


def _seal(value: Value) -> None:
    value.__class__ = Value


make_value = cast("type[Value]", make_dataclass(
    "_Draft", [(each.name, each.type, field(default=each.default)) for each in fields(Value)],
    bases=(Displayed,), namespace={"__post_init__": _seal}, slots=True, eq=False, repr=False,
))  # fmt: skip
"""Makes a :class:`Value` in a fifth of the time, as texts are full of them.

The fields of a frozen dataclass are set by calls, one each; a draft's are simply set, and then it is
made a value: the same slots, and as frozen as any other.
"""


def composite(kind: str, text: str, *parts: Value, **facts: Any) -> Value:
    """A ratio, remainder or range of the parts, which stand in ``text`` one behind the other."""
    span = (parts[0].span[0], parts[-1].span[1])
    numbers = tuple(part.value for part in parts)
    return Value(kind, numbers, span, text[slice(*span)], form=kind, parts=parts, **facts)
