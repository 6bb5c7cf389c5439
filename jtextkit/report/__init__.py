"""Reports as one self-contained HTML page, with plots as inline SVG.

:func:`page` puts :class:`Section` into a page; the plots are :func:`histogram`, :func:`bars`,
:func:`intervals` and :func:`scatter`. The other functions make the pages that the commands write.
"""

from jtextkit.core.lazy import lazy_names
from jtextkit.report.page import page  # noqa: F401 - now, or its module would take its place

__getattr__, __dir__, __all__ = lazy_names(__name__)
