"""difficulty-2level: a balanced set of Simple and Complex texts from real sources.

Works and sentences become scored passages (:mod:`.passages`, :mod:`.candidates`, :mod:`.blocks`),
passages become pairs (:mod:`.pairs`), pairs are chosen and split (:mod:`.selection`), and the
choice is written with its lock, card and receipt (:mod:`.building`).
"""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
