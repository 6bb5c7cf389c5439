"""A page to paste texts into, and one to look through a set, on this machine.

:func:`make_app` is the ASGI application of both; ``jtextkit serve`` runs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.serve.app import LOOPBACK, make_app
    from jtextkit.serve.browsing import browse
else:
    __getattr__, __dir__ = lazy_names(
        __name__, {".app": "LOOPBACK make_app", ".browsing": "browse"}
    )

__all__ = ["LOOPBACK", "browse", "make_app"]
