"""The second solver: what a problem tells, as equations, without the worked solution.

Hidden facts come from their clues' equations, all at once, by exact elimination; then the story's
own search gives every answer: by trying, simulating, or a relation that the steps do not use. Where
one relation is all there is (an area, a rebound), the two ways lie close together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from jtextkit.builders.sansu.clues import Clue, Equation
from jtextkit.builders.sansu.sequels import Sequel
from jtextkit.builders.sansu.stories import Story


def second_answers(
    story: Story,
    drawn: Mapping[str, Any],
    given: Mapping[str, int],
    clues: Sequence[Clue],
    sequels: Sequence[Sequel],
) -> Iterator[tuple[Fraction, ...]]:
    """Every answer that fits what is told.

    Args:
        drawn: gives the facts that no clue can hide; of the others nothing is read.
        given: the values of the other quantities that the problem tells.
    """
    hidden = sorted({key for clue in clues for key in clue.hides})
    known = {key: Fraction(value) for key, value in given.items()}
    found = eliminate(hidden, known, [one for clue in clues for one in clue.equations])
    if found is None or any(value.denominator > 1 or value <= 0 for value in found.values()):
        return
    facts = {**drawn, **{key: int(value) for key, value in found.items()}}
    for answer in story.script.found(facts):
        values = [Fraction(one) for one in (answer if isinstance(answer, tuple) else (answer,))]
        for sequel in sequels:
            values.append(sequel.again(values))
        yield tuple(values)


def eliminate(
    unknown: Sequence[str], known: Mapping[str, Fraction], equations: Sequence[Equation]
) -> dict[str, Fraction] | None:
    """The one solution of linear equations, or None where there is none or more than one.

    >>> equations = [({"a": 1, "b": 1}, 12), ({"a": 1, "b": -1}, 2)]
    >>> eliminate(["a", "b"], {}, equations)
    {'a': Fraction(7, 1), 'b': Fraction(5, 1)}
    """
    rows = []
    for factors, total in equations:
        told = sum(known[key] * factor for key, factor in factors.items() if key in known)
        rows.append([*(Fraction(factors.get(key, 0)) for key in unknown), Fraction(total - told)])
    for column in range(len(unknown)):
        pivot = next((row for row in rows[column:] if row[column]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [
            [mine - row[column] * theirs for mine, theirs in zip(row, pivot, strict=True)]
            for row in rows
        ]
        rows.insert(column, pivot)
    if any(any(row) for row in rows[len(unknown) :]):
        return None
    return {key: row[-1] for key, row in zip(unknown, rows, strict=False)}
