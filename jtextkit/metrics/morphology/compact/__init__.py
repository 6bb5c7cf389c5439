"""Compact copies of UniDic dictionaries, for speed alone: see :mod:`~jtextkit.metrics.morphology.compact.copy`."""
