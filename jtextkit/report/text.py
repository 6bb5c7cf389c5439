"""One text as a page: its sentences shaded by length, its words marked by 語種 and part of speech.

Shades step by ten words, which is about half a level of the formula (0.056 a word). Beside colour every
mark has a form (line, weight, frame), and every sentence shows its length. Every character of the text
stands on the page, white space too.

Not handled: words that a mark of their own would need (UniDic's smaller classes are left unmarked).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from jtextkit.core.language import language, translated
from jtextkit.core.markup import Markup, escape, joined, tag
from jtextkit.metrics.morphology.analysis import Word, analyser
from jtextkit.metrics.morphology.classes import CLOSING, COMMAS
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.advising import advice
from jtextkit.metrics.readability.explanation import FEATURES
from jtextkit.metrics.readability.formula import COEFFICIENTS, INTERCEPT, Readability, SentenceRule
from jtextkit.metrics.readability.profiles import Profile
from jtextkit.report.drawing import fitted
from jtextkit.report.page import Section, page
from jtextkit.report.plots import histogram
from jtextkit.report.tables import shown, table

ORIGINS = {
    "和": ("w", "和語", "Japanese origin"),
    "漢": ("k", "漢語", "Chinese origin"),
    "外": ("g", "外来語", "other languages"),
    "混": ("x", "混種語", "of mixed origin"),
    "固": ("p", "固有名", "proper names"),
}
"""語種: what UniDic says, class of the mark, name, meaning."""

PARTS = {
    "verb": ("v", "動詞", "verbs"),
    "adjective": ("a", "形容詞・形状詞", "adjectives"),
    "adverb": ("d", "副詞", "adverbs"),
    "particle": ("j", "助詞", "particles"),
    "auxiliary": ("h", "助動詞・非自立", "auxiliaries, and verbs that the formula does not count"),
    "noun": ("n", "名詞・代名詞", "nouns and pronouns (no mark)"),
}
"""Parts of speech: class of the mark, name, meaning."""

SHADES = (10, 20, 30, 40)
"""Words up to which a sentence has the first, second, … shade; the fifth is for longer ones."""

_BLOCK = 20
_LONGEST_BLOCK = 200
"""Sentences after which a block ends at the next line break, or anyhow: a browser lays out the blocks
that are on screen, so a megabyte opens at once. A line of more sentences is broken where it is not."""

_CLOSING = set(CLOSING)

_PART_OF = {
    "動詞": "verb",
    "形容詞": "adjective",
    "形状詞": "adjective",
    "副詞": "adverb",
    "助詞": "particle",
    "助動詞": "auxiliary",
    "名詞": "noun",
    "代名詞": "noun",
}


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence: words, each with the white space before it that the analyser skips.

    ``"".join(gap + word.surface …)`` over all sentences, and what follows the last word, is the text.
    """

    words: tuple[tuple[str, Word], ...]

    @property
    def length(self) -> int:
        """Words, punctuation included."""
        return len(self.words)


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
    sentences: list[MarkedSentence] = []
    open_words: list[tuple[str, Word]] = []
    at = 0
    line_ended = False
    mark = ""
    for word in analyser(dictionary).words(text):
        found = text.find(word.surface, at) if word.surface else -1
        if found < 0:
            continue  # a last 　 whose surface the analyser lost: it stays in what follows
        gap = text[at:found]
        at = found + len(word.surface)
        line_ended |= rule != "punct" and "\n" in gap
        if word.surface.strip():
            if line_ended and open_words and not (rule == "site" and mark in COMMAS):
                sentences.append(MarkedSentence(tuple(open_words)))
                open_words = []
            line_ended, mark = False, word.surface
        belongs = word.surface in _CLOSING or not word.surface.strip()
        if rule != "punct" and not open_words and sentences and belongs:
            sentences[-1] = MarkedSentence((*sentences[-1].words, (gap, word)))
            continue
        open_words.append((gap, word))
        if word.ends_sentence:
            sentences.append(MarkedSentence(tuple(open_words)))
            open_words = []
    if open_words:
        sentences.append(MarkedSentence(tuple(open_words)))
    return sentences, text[at:]


def text_page(name: str, text: str, found: Profile, *, dictionary: str = DEFAULT_DICTIONARY) -> str:
    """The page of a text that was scored.

    Args:
        name: its heading, such as a file name.
        text: exactly what was scored.
        found: its profile; the sentence rule is taken from it.
    """
    result = found.score
    sentences, rest = sentences_of(text, rule=result.sentence_rule, dictionary=dictionary)
    style = resources.files("jtextkit.report").joinpath("text.css").read_text(encoding="utf-8")
    sections = [
        Section(translated("Text"), [*_legend(sentences), _marked(sentences, rest)]),
        Section(translated("What would make it easier"), [_advice(text, dictionary)]),
        Section(translated("Why it scores so"), [_terms(result), _lengths(sentences)]),
    ]
    return page(name, sections, lead=[*_lead(found)], style=style, language=language())


def _lead(found: Profile) -> Iterator[Markup]:
    result = found.score
    yield tag(
        "p",
        tag("strong", f"{result.readability:.2f}"),
        "" if found.readability_se is None else f" ± {found.readability_se:.2f}",
        translated(f" readability, {result.level or 'off the scale'} · difficulty "),
        tag("strong", f"{result.difficulty:.2f}"),
        f", {result.label}",
        class_="score",
    )
    yield tag(
        "p",
        translated(
            f"Second opinion: harder than {found.harder_than_percent:.0f} % of Aozora passages. Kanji "
            f"above grade 4: {found.kanji_above_grade4_percent:.1f} % of the characters; uncommon "
            f"words: {_percent(found.uncommon_words_percent)} of the content words."
        ),
    )
    if found.disagreement:
        yield tag("p", tag("strong", translated(f"The opinions disagree: {found.disagreement}.")))
    yield tag(
        "p",
        translated(
            f"{result.characters:,} characters, {result.words:,} words, {result.sentences:,} "
            f"sentence{'s' if result.sentences != 1 else ''}"
        ),
    )
    if found.warnings:
        yield tag(
            "ul",
            *(tag("li", f"⚠ {translated(caution.message)}") for caution in found.warnings),
            class_="cautions",
        )
    yield tag("p", tag("code", found.signature), class_="soft")


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f} %"


def _advice(text: str, dictionary: str) -> Markup:
    remarks = advice(text, dictionary=dictionary)
    if not remarks:
        return tag("p", translated("Nothing stands out."))
    return table(
        [*map(translated, ("readability", "harder than, %", "line", "what", "where"))],
        [
            [
                f"{one.readability:+.2f}",
                f"{-one.harder_than_percent:+.1f}",
                one.line(text),
                translated(one.message),
                fitted(one.text, 400),
            ]
            for one in remarks
        ],
        caption=translated("How far the scores would move if that one thing were mended"),
    )


def _legend(sentences: list[MarkedSentence]) -> Iterator[Markup]:
    """What each mark means, with how many words or sentences have it."""
    words = Counter(_classes(word) for sentence in sentences for _, word in sentence.words)
    total = words.total()
    shades = Counter(_shade(sentence.length) for sentence in sentences)
    names = [f"to {SHADES[0]} words", *(f"{a + 1}–{b} words" for a, b in pairwise(SHADES))]
    names.append(f"over {SHADES[-1]} words")
    yield tag(
        "ul",
        *(
            tag("li", tag("span", translated(name), class_=f"q q{number}"), f" {shades[number]:,}")
            for number, name in enumerate(names, 1)
        ),
        class_="key",
        aria_label=translated("Sentences by length"),
    )
    for title, entries in (("Words by 語種", ORIGINS), ("Words by part of speech", PARTS)):
        yield tag(
            "ul",
            *(
                tag(
                    "li",
                    tag("span", japanese_name, class_=f"q {kind}", lang="ja"),
                    f" {translated(meaning)}: {_share(words, kind, total)}",
                )
                for kind, japanese_name, meaning in entries.values()
            ),
            class_="key",
            aria_label=translated(title),
        )


def _share(words: Counter[str], kind: str, total: int) -> str:
    found = sum(number for classes, number in words.items() if kind in classes.split())
    return f"{found:,} ({100 * found / (total or 1):.1f} %)"


def _shade(length: int) -> int:
    return 1 + sum(length > limit for limit in SHADES)


def _classes(word: Word) -> str:
    part = _PART_OF.get(word.pos1)
    if part == "verb" and word.pos2 == "非自立可能":
        part = "auxiliary"
    origin = ORIGINS.get(word.goshu)
    return " ".join(
        kind for kind in (origin[0] if origin else "", PARTS[part][0] if part else "") if kind
    )


def _marked(sentences: list[MarkedSentence], rest: str) -> Markup:
    @lru_cache(maxsize=100_000)
    def marked(word: Word) -> str:
        classes = _classes(word)
        shown_word = escape(word.surface)
        return f'<span class="{classes}">{shown_word}</span>' if classes else shown_word

    blocks: list[list[str]] = [[]]
    since = 0
    for sentence in sentences:
        before, line_end, first = sentence.words[0][0].rpartition("\n")
        # White space before a sentence is not of it: a line break inside would be shaded.
        blocks[-1].append(escape(before + line_end))
        if since >= _LONGEST_BLOCK or (line_end and since >= _BLOCK):
            blocks.append([])
            since = 0
        since += 1
        inner = "".join(
            (escape(gap) if gap and number else "") + marked(word)
            for number, (gap, word) in enumerate(sentence.words)
        )
        length = sentence.length
        blocks[-1].append(
            f'{escape(first)}<span class="q q{_shade(length)}" data-n="{length}">{inner}</span>'
        )
    blocks[-1].append(escape(rest))
    return tag(
        "div", *(tag("div", Markup("".join(block))) for block in blocks), class_="text", lang="ja"
    )


def _terms(result: Readability) -> Markup:
    rows: list[list[object]] = [[translated("constant"), None, None, INTERCEPT]]
    for feature, coefficient in COEFFICIENTS.items():
        name, value = translated(FEATURES[feature]), getattr(result, feature)
        rows.append([name, value, f"{coefficient:+.3f}", coefficient * value])
    rows.append([translated("readability"), None, None, result.readability])
    heads = [*map(translated, ("term", "value", "coefficient", "adds"))]
    return table(heads, rows, caption=translated("Higher is easier"), digits=2)


def _lengths(sentences: list[MarkedSentence]) -> Markup:
    longest = sorted(sentences, key=lambda sentence: -sentence.length)[:5]
    return joined(
        histogram(
            translated("How long the sentences are"),
            {"": {translated("sentences"): [float(sentence.length) for sentence in sentences]}},
            x=translated("words of a sentence"),
            digits=0,
        ),
        table(
            [*map(translated, ("words", "begins with"))],
            [
                [shown(sentence.length), fitted("".join(w.surface for _, w in sentence.words), 400)]
                for sentence in longest
            ],
            caption=translated("The longest sentences"),
        ),
    )
