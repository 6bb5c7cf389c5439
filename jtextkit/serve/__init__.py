"""A page to paste texts into, and one to look through a set, on this machine.

:func:`make_app` is the ASGI application of both; ``jtextkit serve`` runs it.
"""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
