"""Question answering scored by named definitions.

"JSQuAD F1" means four different numbers in four tools, so a definition is always named:

================  ========================================================================
``jglue``         JGLUE's own script: lower case, trailing 。 off; F1 over characters
``lm-harness-jp`` Stability-AI's jp-stable branch: emoji off, neologdn; F1 over MeCab's words
``llm-jp-eval``   NFKC; similarity ``token_sort_ratio`` of fuzzywuzzy, under the name char_f1
``flexeval``      text as it is; similarity ``ratio`` of fuzzywuzzy, under the name char_f1
``aio``           AI王's normalisation, then as flexeval does
================  ========================================================================

All take every gold answer and keep the best value; all values lie from 0 to 1, higher is better.

>>> measure("jglue", "東アジア。", ["東アジアの広範囲", "東アジア"])
{'exact_match': 1.0, 'f1': 1.0}
"""

from __future__ import annotations

from jtextkit.core.registry import Registry
from jtextkit.metrics.qa.aio import AIO
from jtextkit.metrics.qa.definition import Definition
from jtextkit.metrics.qa.harness import LM_HARNESS_JP
from jtextkit.metrics.qa.jglue import JGLUE
from jtextkit.metrics.qa.results import QAResult, evaluate
from jtextkit.metrics.qa.similarity import FLEXEVAL, LLM_JP_EVAL

__all__ = ["DEFINITIONS", "Definition", "QAResult", "evaluate", "measure"]

DEFINITIONS: Registry[Definition] = Registry("QA metric")
"""The definitions by name."""

for _definition in (JGLUE, LM_HARNESS_JP, LLM_JP_EVAL, FLEXEVAL, AIO):
    DEFINITIONS.register(_definition.name, _definition)


def measure(name: str, prediction: str, golds: list[str]) -> dict[str, float]:
    """One prediction against all its golds, by the definition called ``name``.

    Raises:
        UsageError: there is no such definition, there are no golds, or the definition needs a
            library that is not installed (``python -m pip install "jtextkit[qa]"``).
    """
    return DEFINITIONS[name].best(prediction, golds)
