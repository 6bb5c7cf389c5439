"""The expressions that tell answers and what speaks for them: ``patterns.tsv``, one a row.

Its first column says where each is looked for: what a sentence ``says`` somewhere, what stands right
``behind`` a candidate or else ``around`` it, with what the ``next`` sentence begins, what stands in a
``slot`` where Japanese puts a name, what in a sentence means yes or no (``truth``), a ``choice``, or a
``value`` where one of its kind is looked for, what marks a stretch of it as the answer (``mark``; such
a statement is ``over`` before its sentence is where it gives reasons), what short statements of an
``answer`` are made of, and what counts ``beside`` the value. The second column is the name of that, and
of the evidence that it gives. A ``part`` stands in later rows as ``@its name@``; rows of one name are ways to say one thing.

Alternatives that all begin with a plain character (他の|ほかの) are searched for five times as fast.
"""

from jtextkit.metrics.patterns import grouped, table

PATTERNS = grouped(table(__file__, "patterns.tsv"))
"""Place, then name, then expression."""
