"""STX: simplification, closed question answering and summarisation in Japanese, equal parts."""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
