"""Did texts hit the difficulty that was asked for, and how sure may one be of that?

>>> from jtextkit.metrics.accuracy import judge_texts
>>> found = judge_texts(["朝です。学校へ行きます。歌を歌いました。"] * 2, ["Simple", "Complex"])
>>> found.accuracy.accuracy, found.accuracy.targets["Simple"].interval
(0.5, Interval(low=0.206..., high=1.0))

From counts, :func:`accuracy_of` and :func:`compare_counts`; from texts, :func:`judge_texts`; from
frames, :func:`judge_frame`. Accuracy says whether the *score* lies in the target's range, nothing of
whether the text is any good: read :attr:`DifficultyAccuracy.flags` with it.
"""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
