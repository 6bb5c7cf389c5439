"""Whether words stand in an order that Japanese has: a test of fluency that needs no model.

Some parts of speech hardly ever follow each other: two case particles, a particle after a full stop.
``rare_pairs.tsv`` lists the pairs that stand less than a tenth as often as chance would have it in
passages of 3,323 works of Aozora Bunko (made by ``benchmarks/profile_data.py``). Of 400 passages by
other writers none had more than 3.5 % of such pairs; of the same with their words shuffled, none less
than 9 %, whether all words were or those of each sentence.

Not handled: fluent nonsense, and texts of a few words.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

LIMIT = 0.06
"""Share of rare pairs from which on the order is no order."""

_FEW = 20

PartOfSpeech = tuple[str, str]


def rare_pair_share(text: str, *, dictionary: str = DEFAULT_DICTIONARY) -> float | None:
    """Rare pairs of parts of speech as a share of all pairs of words; None for under 20 words.

    Raises:
        TextError, DictionaryError: as :func:`~jtextkit.metrics.readability.formula.score`.
    """
    classes = [(word.pos1, word.pos2) for word in analyser(dictionary).words(text)]
    if len(classes) < _FEW:
        return None
    rare = _rare_pairs()
    return sum(pair in rare for pair in pairwise(classes)) / (len(classes) - 1)


@cache
def _rare_pairs() -> frozenset[tuple[PartOfSpeech, PartOfSpeech]]:
    table = (Path(__file__).parent / "rare_pairs.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return frozenset(((a, b), (c, d)) for a, b, c, d in rows)
