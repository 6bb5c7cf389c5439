"""算数: problems with worked solutions, composed, as a set or an environment; or imported."""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
