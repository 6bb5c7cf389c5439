"""One text as a page, or as the part of one: what it scores, what would make it easier, and the text itself.

``score --html`` writes the page; ``serve`` shows the same part beside the box that the text is typed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from importlib import resources

from jtextkit.core.display import cut
from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, joined, tag
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.explanation import FEATURES, Remark, advice
from jtextkit.metrics.readability.formula import COEFFICIENTS, INTERCEPT, Readability
from jtextkit.metrics.readability.profiles import Profile
from jtextkit.report.gauge import gauge, level_name
from jtextkit.report.marking import MarkedSentence, marked, sentences_of
from jtextkit.report.page import page
from jtextkit.report.plots import histogram
from jtextkit.report.tables import table


def text_page(name: str, text: str, found: Profile, *, dictionary: str = DEFAULT_DICTIONARY) -> str:
    """The page of a text that was scored.

    Args:
        name: its heading, such as a file name.
        text: exactly what was scored.
        found: its profile; the sentence rule is taken from it.
    """
    parts = text_parts(text, found, dictionary=dictionary)
    return page(name, [], lead=[parts], style=text_style())


def text_style() -> str:
    """The CSS that :func:`text_parts` needs, after the page's own."""
    return resources.files("jtextkit.report").joinpath("text.css").read_text(encoding="utf-8")


def text_parts(
    text: str,
    found: Profile,
    *,
    name: str = "a",
    title: str = "",
    alone: bool = True,
    changed: Collection[int] = (),
    dictionary: str = DEFAULT_DICTIONARY,
) -> Markup:
    """What is to be said of a text: verdict, advice, the text, and why it scores so.

    Args:
        text: exactly what was scored.
        found: its profile; the sentence rule is taken from it.
        name: what tells its ids from another text's on the same page.
        title: a heading, where there are two texts.
        alone: with gauge and terms, which a comparison shows for both texts together.
        changed: numbers of its words, from 0, that the other text lacks.
    """
    result = found.score
    sentences, rest = sentences_of(text, rule=result.sentence_rule, dictionary=dictionary)
    remarks = advice(text, dictionary=dictionary)
    places: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for number, remark in enumerate(remarks, 1):
        places[remark.start].append((number, remark.kind == "long-sentence"))
    shown_text = marked(sentences, rest, result, name=name, places=places, changed=changed)
    parts = [
        tag("section", *_verdict(found, title, alone), class_="verdict"),
        _section("shown", "Text", shown_text),
        _section("advice", "What would make it easier", _cards(remarks, name)),
    ]
    if alone:
        signature = tag("p", tag("code", found.signature), class_="soft signature")
        why = (_terms(result), _lengths(sentences), signature)
        parts.append(_section("why", "Why it scores so", *why))
    return tag("article", *parts, class_="result", data_said=_said(found))


def _section(kind: str, title: str, *content: Markup) -> Markup:
    return tag("section", tag("h2", translated(title)), *content, class_=kind)


def _said(found: Profile) -> str:
    """The verdict in one line, for those who hear the page."""
    level = " ".join(filter(None, level_name(found.score.level)))
    return translated(f"{level}; harder than {found.harder_than_percent:.0f} % of Aozora passages")


def _verdict(found: Profile, title: str, alone: bool) -> Iterator[Markup]:
    result = found.score
    level, word = level_name(result.level)
    if title:
        yield tag("h2", title)
    yield tag("p", tag("strong", level), tag("span", word) if word else "", class_="level")
    error = "" if found.readability_se is None else f" ± {found.readability_se:.2f}"
    readability = tag("strong", f"{result.readability:.2f}")
    difficulty = tag("strong", f"{result.difficulty:.2f}")
    first = joined(translated("readability"), " ", readability, error)
    second = joined(translated("difficulty"), " ", difficulty, f" {result.label}")
    yield tag("p", first, " · ", second, class_="score")
    if alone:
        yield gauge({"": found})
    if found.disagreement:
        said = tag("strong", translated(f"The opinions disagree: {found.disagreement}."))
        yield tag("p", said, class_="opinions apart")
    else:
        yield tag("p", translated("Both opinions agree."), class_="opinions")
    if alone:
        yield _facts(found)
    if found.warnings:
        cautions = (tag("li", translated(caution.message)) for caution in found.warnings)
        yield tag("ul", *cautions, class_="cautions")


def _facts(found: Profile) -> Markup:
    result, uncommon = found.score, found.uncommon_words_percent
    facts = {
        "Aozora passages that are easier": f"{found.harder_than_percent:.0f} %",
        "kanji above grade 4": f"{found.kanji_above_grade4_percent:.1f} %",
        "uncommon words": "–" if uncommon is None else f"{uncommon:.0f} %",
        "words per sentence": f"{result.words_per_sentence:.1f}",
        "characters": f"{result.characters:,}",
        "sentences": f"{result.sentences:,}",
    }
    terms = ((tag("dt", translated(name)), tag("dd", value)) for name, value in facts.items())
    return tag("dl", *(tag("div", *term) for term in terms), class_="facts")


def _cards(remarks: tuple[Remark, ...], name: str) -> Markup:
    """The advice, each remark a link to its place in the text."""
    if not remarks:
        return tag("p", translated("Nothing stands out."), class_="soft")
    cards = []
    for number, one in enumerate(remarks, 1):
        times = translated(f" ({one.times} times)") if one.times > 1 else ""
        gains = [
            (one.readability, translated(f"readability {one.readability:+.2f}")),
            (one.harder_than_percent, translated(f"percentile {-one.harder_than_percent:+.1f}")),
        ]
        gain = " · ".join(said for by, said in gains if abs(by) >= 0.05)
        words: list[object] = [tag("span", translated(one.message), times, class_="what")]
        if one.kind == "long-sentence":
            words.append(tag("q", cut(one.text, 48), lang="ja"))
        words.append(tag("small", gain) if gain else "")
        link = tag("a", tag("b", number), tag("span", *words), href=f"#{name}-r{number}")
        cards.append(tag("li", link))
    note = translated("How far the scores would move if that one thing were mended")
    return joined(tag("ol", *cards, class_="cards"), tag("p", note, class_="note"))


def _terms(result: Readability) -> Markup:
    rows: list[list[object]] = [[translated("constant"), None, None, INTERCEPT]]
    for feature, coefficient in COEFFICIENTS.items():
        name, value = translated(FEATURES[feature]), getattr(result, feature)
        rows.append([name, value, f"{coefficient:+.3f}", coefficient * value])
    rows.append([translated("readability"), None, None, result.readability])
    heads = [*map(translated, ("term", "value", "coefficient", "adds"))]
    return table(heads, rows, caption=translated("Higher is easier"), digits=2)


def _lengths(sentences: list[MarkedSentence]) -> Markup:
    lengths = {translated("sentences"): [float(sentence.length) for sentence in sentences]}
    title, x = translated("How long the sentences are"), translated("words of a sentence")
    return histogram(title, {"": lengths}, x=x, digits=0)
