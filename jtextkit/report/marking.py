"""A text with its sentences shaded by weight and its words marked in one of three views.

A sentence is shaded by how much harder it is than the rest of its text: its weight
(:mod:`jtextkit.metrics.readability.explanation`) times the number of sentences, in levels of the formula,
each of which is 1.0 wide. Words are marked by origin, by part of speech, or by what the second opinion
sees (kanji and rare words). Beside colour every mark has a form (line, weight, frame, number). Every
character of the text stands on the page, white space too.

Not handled: words that a mark of their own would need (UniDic's smaller classes are left unmarked).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, escape, tag
from jtextkit.core.text import check_text
from jtextkit.metrics.kanji import KANJI_FOUND, kanji_classes
from jtextkit.metrics.morphology.analysis import END_MARKS
from jtextkit.metrics.morphology.classes import CLOSING, COMMAS, common_words
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.explanation import weight_of
from jtextkit.metrics.readability.formula import Readability, SentenceRule
from jtextkit.metrics.readability.profiles import ProfiledWord, tokens


class Mark(NamedTuple):
    """A row of ``marks.tsv``: in which view what UniDic says, or we, has which class, and its legend."""

    view: str
    key: str
    kind: str
    name: str
    meaning: str


_ROWS = resources.files("jtextkit.report").joinpath("marks.tsv").read_text("utf-8").splitlines()
MARKS = [Mark(*row.split("\t")) for row in _ROWS[1:]]

VIEWS = {
    "plain": "Sentences",
    "origin": "Words by 語種",
    "part": "Words by part of speech",
    "rarity": "Kanji and rare words",
}
"""What may be marked beside the sentences' shades, the last being what the second opinion sees."""

SHADES = (0.3, 1.0, 2.0, 3.0)
"""Levels harder than the rest from which on a sentence has the second, third, … shade."""

_BLOCK = 20
_LONGEST_BLOCK = 200
"""Sentences after which a block ends at the next line break, or anyhow: a browser lays out the blocks
that are on screen, so a megabyte opens at once. A line of more sentences is broken where it is not."""


_CLOSING = set(CLOSING)

_KINDS = {(mark.view, mark.key): mark.kind for mark in MARKS}


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence: words, each with the white space before it that the analyser skips.

    ``"".join(gap + word.surface …)`` over all sentences, and what follows the last word, is the text.
    """

    words: tuple[tuple[str, ProfiledWord], ...]

    @property
    def length(self) -> int:
        """Words, punctuation included."""
        return len(self.words)

    def levels_harder(self, result: Readability) -> float:
        """By how many levels it is harder than the rest of the text; 0 for an only sentence."""
        words = [word for _, word in self.words]
        weight = weight_of(words, result.counts, result.sentence_rule) or 0.0
        return round(weight * result.sentences, 1)  # as it is shown


def sentences_of(
    text: str, *, rule: SentenceRule = "punct", dictionary: str = DEFAULT_DICTIONARY
) -> tuple[list[MarkedSentence], str]:
    """The sentences of ``text``, and the white space after the last.

    Args:
        rule: where a sentence ends; where line breaks end one too, closing brackets after an end
            mark belong to the sentence that it ends.

    Raises:
        TextError, DictionaryError: as :func:`jtextkit.metrics.readability.formula.score`.
    """
    check_text(text)
    sentences: list[list[tuple[str, ProfiledWord]]] = [[]]
    at = 0
    line_ended = False
    mark = ""
    for word in tokens(text, dictionary):
        found = text.find(word.surface, at) if word.surface else -1
        if found < 0:
            continue  # a last 　 whose surface the analyser lost: it stays in what follows
        gap = text[at:found]
        at = found + len(word.surface)
        line_ended |= rule != "punct" and "\n" in gap
        if word.surface.strip():
            if line_ended and sentences[-1] and not (rule == "site" and mark in COMMAS):
                sentences.append([])
            line_ended, mark = False, word.surface
        belongs = word.surface in _CLOSING or not word.surface.strip()
        if rule != "punct" and not sentences[-1] and len(sentences) > 1 and belongs:
            sentences[-2].append((gap, word))
            continue
        sentences[-1].append((gap, word))
        if word.surface in END_MARKS:
            sentences.append([])
    return [MarkedSentence(tuple(words)) for words in sentences if words], text[at:]


def marked(
    sentences: list[MarkedSentence],
    rest: str,
    result: Readability,
    *,
    name: str = "a",
    places: Mapping[int, Sequence[tuple[int, bool]]] | None = None,
    changed: Collection[int] = (),
) -> Markup:
    """The text, its legends, and the choice of what is marked; the choice needs no script.

    Args:
        sentences, rest: as :func:`sentences_of` gives them.
        name: of the text, where a page shows two.
        places: where remarks stand, in characters → number of each remark there, and whether it is
            about the whole sentence.
        changed: numbers of the words, from 0, that the other text lacks.
    """
    views = []
    for view, title in VIEWS.items():
        key = f"{view}-{name}"
        choice = {"name": f"view-{name}", "value": view, "class_": "choice"}
        checked = view == "plain" or None
        views.append(tag("input", type="radio", id=key, checked=checked, **choice))
        views.append(tag("label", translated(title), for_=key))
    harder = [sentence.levels_harder(result) for sentence in sentences]
    blocks = _blocks(sentences, rest, harder, name, places or {}, changed)
    text = tag("div", *(tag("div", Markup(block)) for block in blocks), class_="text", lang="ja")
    legends = _legends(sentences, harder, len(changed))
    what = translated("Marks")
    return tag("div", *views, *legends, text, class_="marked", role="group", aria_label=what)


def _legends(
    sentences: list[MarkedSentence], harder: list[float], changed: int
) -> Iterator[Markup]:
    """What each mark means, with how many words or sentences have it."""
    words = Counter(_classes(word) for sentence in sentences for _, word in sentence.words)
    total = words.total()
    shades = Counter(map(_shade, harder))
    names = ["as hard as the rest", "a little harder"]
    names += [f"{limit:.0f} or more levels harder" for limit in SHADES[1:]]
    items = [
        tag("li", tag("span", translated(name), class_=f"q q{number}"), f" {shades[number]:,}")
        for number, name in enumerate(names, 1)
        if shades[number]
    ]
    if changed:
        items.append(tag("li", tag("mark", translated("changed words")), f" {changed:,}"))
    yield tag("ul", *items, class_="key plain", aria_label=translated("Sentences by weight"))
    for view in [*VIEWS][1:]:
        items = []
        for kind, name, meaning in dict.fromkeys(one[2:] for one in MARKS if one.view == view):
            found = sum(number for classes, number in words.items() if kind in classes.split())
            said = translated(meaning)
            told = " " if said in name else f" {said}: "
            share = f"{found:,} ({100 * found / (total or 1):.1f} %)"
            mark = tag("span", name, class_=f"q {kind}", lang="ja")
            items.append(tag("li", mark, told, share))
        label = translated(VIEWS[view])
        yield tag("ul", *items, class_=f"key {view}", aria_label=label)


def _shade(levels_harder: float) -> int:
    return 1 + sum(levels_harder >= limit for limit in SHADES)


@lru_cache(maxsize=50_000)
def _classes(word: ProfiledWord) -> str:
    grades = set(_grades(word))
    keys = [
        ("origin", word.goshu),
        ("part", word.pos2 if (word.pos1, word.pos2) == ("動詞", "非自立可能") else word.pos1),
        ("rarity", "beyond" if grades & set("JX") else "grade5" if grades & set("56") else ""),
    ]
    if word.is_content:
        keys.append(("rarity", "common" if word.lemma in common_words() else "uncommon"))
    return " ".join(_KINDS[key] for key in keys if key in _KINDS)


@lru_cache(maxsize=50_000)
def _grades(word: ProfiledWord) -> str:
    """A character for each kanji: its grade, J (常用, after grade 6) or X (beyond)."""
    names = (kanji_classes().get(kanji, "X") for kanji in KANJI_FOUND.findall(word.surface))
    return "".join("J" if name == "jouyou" else name for name in names)


def _blocks(
    sentences: list[MarkedSentence],
    rest: str,
    harder: list[float],
    name: str,
    places: Mapping[int, Sequence[tuple[int, bool]]],
    changed: Collection[int],
) -> Iterator[str]:
    block: list[str] = []
    since = number = at = 0
    for sentence, weight in zip(sentences, harder, strict=True):
        before, line_end, first = sentence.words[0][0].rpartition("\n")
        # White space before a sentence is not of it: a line break inside would be shaded.
        block.append(escape(before + line_end))
        if since >= _LONGEST_BLOCK or (line_end and since >= _BLOCK):
            yield "".join(block)
            block, since = [], 0
        since += 1
        inner = []
        badges = ""
        for position, (gap, word) in enumerate(sentence.words):
            at += len(gap)
            inner.append(escape(gap) if gap and position else "")
            for remark, whole in places.get(at, ()):
                badge = f'<i id="{name}-r{remark}" data-r="{remark}"></i>'
                if whole:
                    badges += badge
                else:
                    inner.append(badge)
            grades = _grades(word)
            known = f' data-k="{grades}"' if grades else ""
            shown = f'<span class="{_classes(word)}"{known}>{escape(word.surface)}</span>'
            inner.append(f"<mark>{shown}</mark>" if number in changed else shown)
            number, at = number + 1, at + len(word.surface)
        shade = _shade(weight)
        more = f' data-w="{weight:+.1f}"' if shade > 1 else ""
        block.append(
            f'{escape(first)}{badges}<span class="q q{shade}" data-n="{sentence.length}"{more}>'
            f"{''.join(inner)}</span>"
        )
    yield "".join(block) + escape(rest)
