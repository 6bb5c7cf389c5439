"""What an audit of a solution finds, each with its place."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jtextkit.metrics.patterns import table
from jtextkit.metrics.solutions.arithmetic import decimals

KINDS = dict(table(__file__, "kinds.tsv"))
"""Kinds of findings, with what they mean."""

STEPS = frozenset({"false-step", "running-on", "remainder", "conversion"})
"""The kinds that say that a step is false; the others are about the answer."""

_LONG = 2000  # bits; Python refuses to print whole numbers of more than 4,300 digits


@dataclass(frozen=True, slots=True)
class SolutionFinding:
    """One finding.

    Attributes:
        kind: one of :data:`KINDS`.
        line: the line of the solution, from 1.
        start, end: offsets in the solution.
        text: what stands there.
        stated: what the solution says the value is.
        computed: what it is.
    """

    kind: str
    line: int
    start: int
    end: int
    text: str
    stated: str = ""
    computed: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it fails nothing."""
        return self.kind == "rounded"


def place_of(text: str, start: int, end: int, at: int | None = None) -> tuple[int, int, int, str]:
    """The middle of a finding: its line (that of ``at``, or of ``start``), start, end and text."""
    end = max(end, start)
    return text.count("\n", 0, start if at is None else at) + 1, start, end, text[start:end]


def shown(value: Fraction | float | None) -> str:
    """A number for people: whole, as a decimal where it is one, otherwise as a fraction.

    >>> shown(Fraction(7)), shown(Fraction(1, 8)), shown(Fraction(-4, 3))
    ('7', '0.125', '-4/3')
    """
    if not isinstance(value, Fraction):
        return "" if value is None else f"{value:.6g}"
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LONG:
        return "a number of hundreds of digits"
    places = decimals(value)
    if not places or places > 12:
        return str(value)
    return f"{Decimal(f'{value * 10**places}E-{places}'):f}"
