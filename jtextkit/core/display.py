"""How results show themselves: one short line in a shell, a small table in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jtextkit.core.errors import printable
from jtextkit.core.markup import tag

LONGEST = 60
"""Characters of a value in ``repr``; a tail that does not fit is cut."""

LONGEST_IN_TABLE = 300
ROWS = 40
"""Rows of a table; those after them are counted."""


class Displayed:
    """A result with a ``repr`` of one line and a table for notebooks, both made from :meth:`_facts`.

    Texts are never shown whole. For dataclasses with ``repr=False``.
    """

    __slots__ = ()

    def _facts(self) -> Mapping[str, Any]:
        """The few values that matter, by names that are attributes or say what they are."""
        raise NotImplementedError

    def _rows(self) -> Iterable[tuple[str, Any]]:
        """Name and value of each row of the table; the facts, where nothing else is said."""
        return self._facts().items()

    def __repr__(self) -> str:
        facts = ", ".join(f"{name}={_brief(value)}" for name, value in self._facts().items())
        return f"{type(self).__name__}({facts})"

    def _repr_html_(self) -> str:
        rows = list(self._rows())
        body = [
            tag("tr", tag("th", name, scope="row"), tag("td", _cell(value)))
            for name, value in rows[:ROWS]
        ]
        if len(rows) > ROWS:
            body.append(tag("tr", tag("td", f"… and {len(rows) - ROWS:,} more", colspan=2)))
        return tag("table", tag("caption", type(self).__name__), tag("tbody", *body))


def _brief(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, str):  # cut first, so that its quotes and escapes stay whole
        return repr(cut(value, LONGEST))
    return cut(printable(_written(value, repr)), LONGEST)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, tuple | list):
        value = ", ".join(map(str, value))
    return cut(_written(value, str), LONGEST_IN_TABLE)


def _written(value: object, how: Callable[[object], str]) -> str:
    try:
        return how(value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return "a number of thousands of digits"


def cut(text: str, longest: int = LONGEST) -> str:
    """``text``, or its first ``longest`` characters and …."""
    return text if len(text) <= longest else f"{text[:longest]}…"
