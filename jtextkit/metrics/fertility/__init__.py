"""What a tokenizer costs Japanese: where it cuts, measured against words, scripts and bytes.

>>> from jtextkit.metrics.fertility import Document, measure
>>> found = measure(["bytes"], [Document("朝です。")], units=["unidic"])
>>> found.results[0].characters_per_token
0.3333333333333333

Modules: :mod:`.loading` (a tokenizer by name), :mod:`.adapters` and :mod:`.formats` (what every one is),
:mod:`.words` (word units), :mod:`.scripts`, :mod:`.documents`, :mod:`.counting`, :mod:`.counts` (additive),
:mod:`.measures` (pure functions of counts), :mod:`.measurement`, :mod:`.extension` (more pieces).
"""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
