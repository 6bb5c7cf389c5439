"""What every built set is: recipe, columns, writing, card, promises, reading, splits."""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
