"""Question answering scored by named definitions.

"JSQuAD F1" means four different numbers in four tools, so a definition is always named:

================  ========================================================================
``jglue``         JGLUE's own script: lower case, trailing 。 off; F1 over characters
``lm-harness-jp`` Stability-AI's jp-stable branch: emoji off, neologdn; F1 over MeCab's words
``rouge-2``       the same branch's XL-Sum: normalised so, F1 over pairs of MeCab's words
``llm-jp-eval``   NFKC; similarity ``token_sort_ratio`` of fuzzywuzzy, under the name char_f1
``flexeval``      text as it is; similarity ``ratio`` of fuzzywuzzy, under the name char_f1
``aio``           AI王's normalisation, then as flexeval does
================  ========================================================================

All take every gold answer and keep the best value; all values lie from 0 to 1, higher is better.
"""

from jtextkit.metrics.qa.definitions import DEFINITIONS, Definition, measure

__all__ = ["DEFINITIONS", "Definition", "measure"]
