"""Answers in Japanese: find the final one in free text, read it as a value, compare it with a gold.

:func:`find_values` reads every value of a text, :func:`extract_answer` finds the final answer,
:func:`compare` compares two values, :func:`check_answer` does all of it.
"""

from jtextkit.metrics.answers.comparison import FLAGS, RELATIONS, ValueComparison, compare
from jtextkit.metrics.answers.extraction import RULES, Extraction, extract_answer
from jtextkit.metrics.answers.statements import read_answer
from jtextkit.metrics.answers.verdicts import Verdict, check_answer
from jtextkit.metrics.quantities.finding import find_values
from jtextkit.metrics.quantities.units import Unit
from jtextkit.metrics.quantities.values import KINDS, SCALAR_KINDS, Value

__all__ = [
    "FLAGS", "KINDS", "RELATIONS", "RULES", "SCALAR_KINDS", "Extraction", "Unit", "Value", "ValueComparison",
    "Verdict", "check_answer", "compare", "extract_answer", "find_values", "read_answer",
]  # fmt: skip
