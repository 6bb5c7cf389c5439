"""Target ranges: where on the scale a text of each target should lie.

Three kinds, by what :func:`ranges_of` is given:

``two-levels``   ``Simple`` 0.0 ≤ difficulty < 0.5, ``Complex`` 0.5 ≤ difficulty ≤ 1.0
``levels``       the six levels of :data:`~jtextkit.metrics.readability.formula.LEVELS`
own cut points   ``easy=0:0.33,middle=0.33:0.66,hard=0.66:1``: from the first number (included) to
                 the second (excluded; the highest end of all is included)

>>> own = ranges_of("easy=0:0.4,hard=0.4:1")
>>> own.name("EASY"), own.holds("easy", 4.5), own.holds("hard", 0.5), own.holds("hard", 0.0)
('easy', True, True, False)
"""

import math
from dataclasses import dataclass

from jtextkit.core.errors import UsageError
from jtextkit.metrics.readability.formula import LEVELS, SCALE, difficulty_of, level_of

_EXAMPLE = "two-levels, levels, or cut points such as easy=0:0.33,middle=0.33:0.66,hard=0.66:1"


@dataclass(frozen=True, slots=True)
class Range:
    """A target's name and the normalised difficulty that it means, ``low`` to ``high``."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Ranges:
    """The targets that are told apart, easiest first, and the name that signatures give them."""

    name_of_all: str
    all: tuple[Range, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.all)

    def name(self, given: str) -> str | None:
        """The target that ``given`` names in any case, or None."""
        wanted = given.strip().casefold()
        return next((one.name for one in self.all if one.name.casefold() == wanted), None)

    def position(self, name: str) -> int:
        """The target's place from 0, the easiest."""
        return self.names.index(name)

    def holds(self, name: str, readability: float, *, clipped: bool = False) -> bool:
        """Whether a text of this readability hits the target.

        Args:
            clipped: let a text off the scale count for the outermost range on its side.
        """
        one = self.all[self.position(name)]
        difficulty = difficulty_of(readability)
        if clipped:
            if difficulty < 0 and one.low == min(other.low for other in self.all):
                return True
            if difficulty > 1 and one.high == max(other.high for other in self.all):
                return True
        if self is SIX_LEVELS:  # half-open the other way round, so that no rounding comes between
            at_border = clipped and readability == SCALE[1] and self.position(name) == 0
            return level_of(readability) == name or at_border
        top = max(other.high for other in self.all)
        return one.low <= difficulty and (difficulty < one.high or difficulty == one.high == top)

    def where(self, readability: float) -> str | None:
        """The first range that a text of this readability lies in, clipped; None in a gap."""
        held = (name for name in self.names if self.holds(name, readability, clipped=True))
        return next(held, None)


TWO_LEVELS = Ranges("two-levels", (Range("Simple", 0.0, 0.5), Range("Complex", 0.5, 1.0)))
"""The seed's two levels; exactly 0.5 is Complex."""

SIX_LEVELS = Ranges(
    "levels",
    tuple(
        Range(name, difficulty_of(lowest + 1.0), difficulty_of(lowest))
        for name, lowest in reversed(LEVELS)
    ),
)
"""The formula's six levels, easiest first."""


def ranges_of(given: str) -> Ranges:
    """The ranges that ``two-levels``, ``levels`` or own cut points name.

    Raises:
        UsageError: it is none of them, a name comes twice, or a range is empty.
    """
    for known in (TWO_LEVELS, SIX_LEVELS):
        if given.strip() == known.name_of_all:
            return known
    found: list[Range] = []
    for part in given.split(","):
        name, equals, borders = part.partition("=")
        ends = borders.split(":")
        name = name.strip()
        try:
            low, high = map(float, ends)
        except ValueError:
            low = high = math.nan
        if not (
            name.isprintable() and name and equals and math.isfinite(low) and math.isfinite(high)
        ):
            raise UsageError(f"no range: {part!r}", where="--ranges", cure=f"give {_EXAMPLE}")
        if low >= high:
            raise UsageError(
                f"the range {name} is empty: {low:g} to {high:g}",
                where="--ranges",
                cure="give the lower difficulty first, as in easy=0:0.33",
            )
        if any(one.name.casefold() == name.casefold() for one in found):
            raise UsageError(f"the range {name} comes twice", where="--ranges")
        found.append(Range(name, low, high))
    ordered = tuple(sorted(found, key=lambda one: (one.low, one.high, one.name)))
    return Ranges(",".join(f"{r.name}={r.low:g}:{r.high:g}" for r in ordered), ordered)
