"""What the readers look for (``patterns.tsv``: name, what it is, how it is written in a folded text)."""

from jtextkit.metrics.patterns import compiled, table

PATTERNS = compiled(table(__file__, "patterns.tsv"))
