"""How well anything but the text predicts the label: the audit of shortcuts."""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
