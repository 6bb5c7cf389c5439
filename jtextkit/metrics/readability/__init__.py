"""How hard a text is: the jReadability formula, the second opinion, and what stands beside them.

>>> from jtextkit.metrics.readability import score
>>> score("おはようございます！今日は天気がいいですね。").level
'lower-elementary'

Modules: :mod:`.formula`, :mod:`.profiles` (the second opinion), :mod:`.explanation` (what a score is made of, and
what would make a text easier), :mod:`.frames` (polars and pandas), :mod:`.cautions` (when a score says little),
:mod:`.jlpt` (word lists of the JLPT).
"""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
