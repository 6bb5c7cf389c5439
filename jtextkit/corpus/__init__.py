"""Scores for corpora of any size: batches, shards, many machines."""

from jtextkit.corpus.batches import Options, annotate_batch
from jtextkit.corpus.merge import Summary, merge
from jtextkit.corpus.run import Outcome, annotate_shards, find_shards, on_this_machine

__all__ = [
    "Options",
    "Outcome",
    "Summary",
    "annotate_batch",
    "annotate_shards",
    "find_shards",
    "merge",
    "on_this_machine",
]
