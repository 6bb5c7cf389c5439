"""The ground that everything stands on: errors, strict text, atomic files, downloads, receipts, signatures."""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
