"""Scores for corpora of any size: batches, shards, many machines."""

from jtextkit.core.lazy import lazy_names
from jtextkit.corpus.merge import merge  # noqa: F401 - now, or its module would take its place

__getattr__, __dir__, __all__ = lazy_names(__name__)
