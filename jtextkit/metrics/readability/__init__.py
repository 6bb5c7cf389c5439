"""How hard a text is: the jReadability formula, the second opinion, and what stands beside them.

>>> from jtextkit.metrics.readability import score
>>> score("おはようございます！今日は天気がいいですね。").level
'lower-elementary'

Modules: :mod:`.formula`, :mod:`.profiles` (the second opinion), :mod:`.advising` (what would make a
text easier), :mod:`.frames` (polars and pandas), :mod:`.cautions` (when a score says little), :mod:`.jlpt` (word lists of the JLPT),
:mod:`.explanation` (what a score is made of).
"""

from jtextkit.metrics.readability.advising import Remark, advice
from jtextkit.metrics.readability.formula import (
    COEFFICIENTS,
    COLUMNS,
    INTERCEPT,
    LEVELS,
    Readability,
    difficulty_of,
    label_of,
    level_of,
    score,
    score_counts,
)
from jtextkit.metrics.readability.frames import score_frame
from jtextkit.metrics.readability.jlpt import JLPTCoverage, jlpt_coverage
from jtextkit.metrics.readability.profiles import (
    PROFILE_COLUMNS,
    Profile,
    ProfileCounts,
    count_profile,
    profile,
    profile_counts,
)

__all__ = [
    "COEFFICIENTS", "COLUMNS", "INTERCEPT", "LEVELS", "PROFILE_COLUMNS", "JLPTCoverage",
    "Profile", "ProfileCounts", "Readability", "Remark", "advice", "count_profile",
    "difficulty_of", "jlpt_coverage", "label_of", "level_of", "profile", "profile_counts",
    "score", "score_counts", "score_frame",
]  # fmt: skip
