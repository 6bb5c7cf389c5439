"""UniDic words and their classes: dictionaries, analysers, counts."""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
