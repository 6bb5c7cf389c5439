"""Reports as one self-contained HTML page, with plots as inline SVG.

:func:`page` puts :class:`Section` into a page; the plots are :func:`histogram`, :func:`bars`,
:func:`intervals` and :func:`scatter`. The other functions make the pages that the commands write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names
from jtextkit.report.page import Section, grid, page

if TYPE_CHECKING:
    from jtextkit.report.accuracy import accuracy_page
    from jtextkit.report.difficulty import write_report
    from jtextkit.report.fertility import extension_page, fertility_page
    from jtextkit.report.plots import Estimate, Point, bars, histogram, intervals, scatter
    from jtextkit.report.text import text_page
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".accuracy": "accuracy_page",
            ".difficulty": "write_report",
            ".fertility": "extension_page fertility_page",
            ".plots": "Estimate Point bars histogram intervals scatter",
            ".text": "text_page",
        },
    )

__all__ = [
    "Estimate", "Point", "Section", "accuracy_page", "bars", "extension_page", "fertility_page",
    "grid", "histogram", "intervals", "page", "scatter", "text_page", "write_report",
]  # fmt: skip
