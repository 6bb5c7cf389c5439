"""A page to paste texts into, and one to look through a built set, on this machine.

:func:`make_app` is the ASGI application of both; ``jtextkit serve`` runs it.
"""

from jtextkit.serve.app import LOOPBACK, make_app
from jtextkit.serve.browsing import browse

__all__ = ["LOOPBACK", "browse", "make_app"]
