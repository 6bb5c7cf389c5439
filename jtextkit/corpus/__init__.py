"""Scores for corpora of any size: batches, shards, many machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names
from jtextkit.corpus.batches import Options, annotate_batch
from jtextkit.corpus.merge import Summary, merge
from jtextkit.corpus.run import Outcome, annotate_shards, find_shards, on_this_machine

if TYPE_CHECKING:
    from jtextkit.corpus.cluster import AnnotateShards
else:  # needs the extra cluster
    __getattr__, __dir__ = lazy_names(__name__, {".cluster": "AnnotateShards"})

__all__ = [
    "AnnotateShards", "Options", "Outcome", "Summary", "annotate_batch", "annotate_shards",
    "find_shards", "merge", "on_this_machine",
]  # fmt: skip
