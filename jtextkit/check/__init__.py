"""Proving a set sound: checks of every promise, the shortcut audit, verification, differences.

:func:`check_set` takes a built set, :func:`check_columns` anybody's, :func:`audit` a frame too.
"""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
