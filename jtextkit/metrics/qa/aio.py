"""AI王, the quiz competition: its normalisation, then exact match and flexeval's similarity.

Source of the normalisation: cl-tohoku/aio4-bpr-baseline, ``compute_score.py`` (the official script),
as flexeval 0.18 has it in ``core/string_processor/aio.py``: ～ to 〜, NFKC, lower case, 「」 and 『』
opened, ・ = - and white space dropped, what stands in parentheses dropped. The competition counts
exact matches; the similarity is flexeval's addition.

>>> normal("「蛹化(ようか)」"), normal("ジョン・スミス")
('蛹化', 'ジョンスミス')
"""

from __future__ import annotations

import re
import unicodedata

from jtextkit.metrics.qa.definition import Definition
from jtextkit.metrics.qa.similarity import ratio

# A bracket without its partner is looked for once, not from each opening one: linear on any text.
_BRACKETS = (("「", "」"), ("『", "』"))
_SPACES = re.compile(r"\s+")


def normal(text: str) -> str:
    """The form in which AI王 compares answers."""
    text = unicodedata.normalize("NFKC", text.replace("～", "〜")).lower()
    for opening, closing in _BRACKETS:
        text = _without(text, opening, closing, keep=True)
    for dropped in "・=-":
        text = text.replace(dropped, "")
    return _without(_SPACES.sub("", text), "(", ")", keep=False)


def _without(text: str, opening: str, closing: str, *, keep: bool) -> str:
    """``text`` with each pair's brackets dropped, and what they hold too unless ``keep``.

    A pair is an opening bracket and the next closing one on its line, as a lazy expression finds it.
    """
    parts = []
    position = 0
    while (start := text.find(opening, position)) >= 0:
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        end = text.find(closing, start, line_end)
        if end < 0:  # nor has any other bracket on this line a partner
            parts.append(text[position:line_end])
            position = line_end
            continue
        parts.append(text[position:start])
        if keep:
            parts.append(text[start + 1 : end])
        position = end + 1
    parts.append(text[position:])
    return "".join(parts)


def _pair(prediction: str, gold: str) -> tuple[float, float]:
    a, b = normal(prediction), normal(gold)
    return float(a == b), ratio(a, b) / 100


AIO = Definition(
    "aio",
    ("exact_match", "char_f1"),
    "github.com/cl-tohoku/aio4-bpr-baseline, compute_score.py; flexeval 0.18, preset aio",
    _pair,
    lambda: (("similarity", "indel"),),
)
