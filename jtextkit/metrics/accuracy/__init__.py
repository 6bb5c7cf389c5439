"""Did texts hit the difficulty that was asked for, and how sure may one be of that?

>>> from jtextkit.metrics.accuracy import judge_texts
>>> found = judge_texts(["朝です。学校へ行きます。歌を歌いました。"] * 2, ["Simple", "Complex"])
>>> found.accuracy.accuracy, found.accuracy.targets["Simple"].interval
(0.5, Interval(low=0.206..., high=1.0))

From counts, :func:`accuracy_of` and :func:`compare_counts`; from texts, :func:`judge_texts`; from
frames, :func:`judge_frame`. Accuracy says whether the *score* lies in the target's range, nothing of
whether the text is any good: read :attr:`DifficultyAccuracy.flags` with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.metrics.accuracy.comparison import (
        AccuracyDifference,
        compare_counts,
        compare_instances,
        paired,
    )
    from jtextkit.metrics.accuracy.copies import Copies
    from jtextkit.metrics.accuracy.counts import Accuracy, Hits, Proportion, accuracy_of, added
    from jtextkit.metrics.accuracy.flags import FLAGS
    from jtextkit.metrics.accuracy.frames import judge_frame, judge_row, judge_texts
    from jtextkit.metrics.accuracy.instances import Instance, Judge
    from jtextkit.metrics.accuracy.ranges import SIX_LEVELS, TWO_LEVELS, Range, Ranges, ranges_of
    from jtextkit.metrics.accuracy.result import (
        CONFUSION,
        LENGTHS,
        DifficultyAccuracy,
        Distribution,
        LengthBand,
    )
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".comparison": "AccuracyDifference compare_counts compare_instances paired",
            ".copies": "Copies",
            ".counts": "Accuracy Hits Proportion accuracy_of added",
            ".flags": "FLAGS",
            ".frames": "judge_frame judge_row judge_texts",
            ".instances": "Instance Judge",
            ".ranges": "SIX_LEVELS TWO_LEVELS Range Ranges ranges_of",
            ".result": "CONFUSION LENGTHS DifficultyAccuracy Distribution LengthBand",
        },
    )

__all__ = [
    "CONFUSION", "FLAGS", "LENGTHS", "SIX_LEVELS", "TWO_LEVELS", "Accuracy",
    "AccuracyDifference", "Copies", "DifficultyAccuracy", "Distribution", "Hits", "Instance",
    "Judge", "LengthBand", "Proportion", "Range", "Ranges", "accuracy_of", "added",
    "compare_counts", "compare_instances", "judge_frame", "judge_row", "judge_texts", "paired",
    "ranges_of",
]  # fmt: skip
