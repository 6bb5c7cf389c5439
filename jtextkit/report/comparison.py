"""Two texts side by side, such as one before and after it was made easier: what changed, and how far."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from math import hypot

from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, tag
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.explanation import FEATURES
from jtextkit.metrics.readability.profiles import Profile, profile
from jtextkit.report.gauge import gauge, level_name
from jtextkit.report.marking import MarkedSentence, sentences_of
from jtextkit.report.tables import table
from jtextkit.report.text import text_parts

_MOST = 4_000_000
"""Pairs of words that are compared; a longer stretch without an equal sentence is changed as a whole."""

_ROWS = {
    "readability": "readability",
    "harder_than_percent": "Aozora passages that are easier, %",
    "kanji_above_grade4_percent": "kanji above grade 4, %",
    "uncommon_words_percent": "uncommon words, %",
    **FEATURES,
    "characters": "characters",
    "sentences": "sentences",
}


def comparison(before: str, after: str, *, dictionary: str = DEFAULT_DICTIONARY) -> Markup:
    """What changed from one text to the other, then both with the words that only they have marked.

    Raises:
        TextError, DictionaryError: as :func:`~jtextkit.metrics.readability.profiles.profile`.
    """
    names = [translated("Before"), translated("After")]
    found = [profile(text, dictionary=dictionary) for text in (before, after)]
    parts = [sentences_of(text, dictionary=dictionary)[0] for text in (before, after)]
    changed = _changed(*parts)
    sides = zip((before, after), found, "ab", names, changed, strict=True)
    texts = (
        text_parts(
            text, one, name=name, title=title, alone=False, changed=words, dictionary=dictionary
        )
        for text, one, name, title, words in sides
    )
    said = _said(*found)
    content = (
        tag("h2", translated("What changed")),
        tag("p", tag("strong", said), class_="changed"),
        tag("div", gauge(dict(zip(names, found, strict=True))), _table(names, found), class_="two"),
    )
    summary = tag("section", *content, class_="change")
    return tag("div", summary, tag("div", *texts, class_="two"), class_="compared", data_said=said)


def _said(before: Profile, after: Profile) -> str:
    gain = after.readability - before.readability
    levels = [" ".join(filter(None, level_name(one.score.level))) for one in (before, after)]
    error = hypot(before.readability_se or 0.0, after.readability_se or 0.0)
    known = before.readability_se is not None and after.readability_se is not None
    if known and abs(gain) < 1.96 * error:
        verdict = translated("no difference beyond the error")
    else:
        verdict = translated("easier" if gain > 0 else "harder" if gain < 0 else "as hard")
    step = f"{gain:+.2f}" + (f" ± {error:.2f}" if known else "")
    return f"{levels[0]} → {levels[1]} · {translated('readability')} {step}: {verdict}"


def _table(names: list[str], found: list[Profile]) -> Markup:
    rows = []
    for column, label in _ROWS.items():
        values = [one[column] for one in found]
        change = None if None in values else values[1] - values[0]
        digits = 0 if isinstance(values[0], int) else 2 if column == "readability" else 1
        moved = "–" if change is None else f"{change:+.{digits}f}"
        shown = ["–" if value is None else f"{value:,.{digits}f}" for value in values]
        rows.append([translated(label), *shown, moved])
    return table([translated("value"), *names, translated("change")], rows)


def _changed(
    before: list[MarkedSentence], after: list[MarkedSentence]
) -> tuple[set[int], set[int]]:
    """The numbers of the words of each text that the other lacks at their place.

    Sentence by sentence first: word by word alone takes the square of the length.
    """
    words = [[tuple(w.surface for _, w in one.words) for one in text] for text in (before, after)]
    changed: tuple[set[int], set[int]] = set(), set()
    starts = [[*accumulate(map(len, text), initial=0)] for text in words]
    for _, a1, a2, b1, b2 in _differences(*words):
        a, b = starts[0][a1], starts[1][b1]
        old = [word for sentence in words[0][a1:a2] for word in sentence]
        new = [word for sentence in words[1][b1:b2] for word in sentence]
        if len(old) * len(new) > _MOST:
            changed[0].update(range(a, a + len(old)))
            changed[1].update(range(b, b + len(new)))
            continue
        for _, i1, i2, j1, j2 in _differences(old, new):
            changed[0].update(range(a + i1, a + i2))
            changed[1].update(range(b + j1, b + j2))
    return changed


def _differences(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> Iterator[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, old, new)
    return (one for one in matcher.get_opcodes() if one[0] != "equal")
