"""How a text of a model is built: its channels, lines and sentences, and what each one does.

:func:`segment` reads a text once; answers and solutions both work on what it returns.
"""

from jtextkit.metrics.discourse.segments import BLOCKS, ROLES, Discourse, Line, Sentence, segment

__all__ = ["BLOCKS", "ROLES", "Discourse", "Line", "Sentence", "segment"]
