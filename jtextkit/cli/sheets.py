"""Tables that lose nothing: where columns would be cut, each row is written as a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.table import Column, Table
from rich.text import Text

from jtextkit.core.language import translated

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

_FOLDED = 24
"""Cells to which prose may be folded before the table turns into records."""


class Sheet(Table):
    """A table whose figures and names stay whole; only columns of prose fold.

    Prose is what stands at the left and may wrap.
    """

    def add_column(self, header: Any = "", *more: Any, **style: Any) -> None:
        super().add_column(translated(str(header)), *more, **style)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for column in self.columns:
            column.no_wrap = column.no_wrap or column.justify == "right"
            column.overflow = "fold"
        needed = sum(map(_needed, self.columns)) + 2 * (len(self.columns) - 1)
        if not self.show_header or needed <= options.max_width:
            yield from super().__rich_console__(console, options)
        else:
            yield from self._records()

    def _records(self) -> Iterator[Text | Table]:
        first, *others = self.columns
        rows = zip(*(column.cells for column in self.columns), strict=True)
        for row, (title, *values) in zip(self.rows, rows, strict=True):
            name = f"{first.header} {title}" if first.justify == "right" else str(title)
            yield Text(name, style=row.style or "bold", overflow="fold")
            record = Table.grid(padding=(0, 2))
            record.add_column(no_wrap=True)
            record.add_column(overflow="fold")
            for column, value in zip(others, values, strict=True):
                if str(value):
                    record.add_row(f"  {column.header}", value)
            yield record


def _needed(column: Column) -> int:
    widest = max(cell_len(str(cell)) for cell in (column.header, *column.cells))
    return widest if column.no_wrap else min(widest, _FOLDED)
