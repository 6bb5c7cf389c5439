"""What a tokenizer costs Japanese: where it cuts, measured against words, scripts and bytes.

>>> from jtextkit.metrics.fertility import Document, measure
>>> found = measure(["bytes"], [Document("朝です。")], units=["unidic"])
>>> found.results[0].characters_per_token
0.3333333333333333

Modules: :mod:`.loading` (a tokenizer by name), :mod:`.adapters` (what every one is), :mod:`.words` (word units), :mod:`.scripts`, :mod:`.documents`,
:mod:`.counting`, :mod:`.counts` (additive), :mod:`.measures` (pure functions of counts), :mod:`.measurement`,
:mod:`.comparison` (two tokenizers), :mod:`.extension` (more pieces).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.metrics.fertility.counting import count_batch
    from jtextkit.metrics.fertility.counts import CountingPlan, Document, Totals
    from jtextkit.metrics.fertility.documents import parallel, read_documents
    from jtextkit.metrics.fertility.loading import load_tokenizer
    from jtextkit.metrics.fertility.measurement import Fertility, Measurement, measure, parity
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".loading": "load_tokenizer",
            ".counting": "count_batch",
            ".counts": "CountingPlan Document Totals",
            ".documents": "parallel read_documents",
            ".measurement": "Fertility Measurement measure parity",
        },
    )

__all__ = [
    "CountingPlan", "Document", "Fertility", "Measurement", "Totals", "count_batch",
    "load_tokenizer", "measure", "parallel", "parity", "read_documents",
]  # fmt: skip
