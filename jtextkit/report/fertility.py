"""Pages about tokenizers: what they cost side by side, and what an extension brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jtextkit.core.errors import JtextkitError
from jtextkit.core.markup import Markup, joined, tag
from jtextkit.metrics.fertility import Fertility, load_tokenizer
from jtextkit.metrics.fertility.extension import Extension
from jtextkit.metrics.fertility.words import segment
from jtextkit.report.page import Section, page
from jtextkit.report.plots import Estimate, Point, bars, intervals, scatter
from jtextkit.report.tables import table

_FIGURES = {
    "vocabulary": "vocabulary_size",
    "characters/token": "characters_per_token",
    "tokens/word": "tokens_per_word",
    "boundary F1": "boundary_f1",
    "words kept": "words_kept",
    "tokens crossing": "tokens_crossing",
    "byte fallback": "byte_fallback",
    "round trip": "round_trip",
    "unknown": "unknown",
}
_SCRIPTS = ("kanji", "hiragana", "katakana", "latin", "digits", "symbols")

_STYLE = """
.cut { line-height: 2; word-break: break-all; }
.cut span { padding: .1em .05em; border-radius: .2em; }
.cut span.a { background: #f6c9a0; color: #222; }
.cut span.b { background: #a9d3ea; color: #222; }
.cut span.c { background: #c9e3b0; color: #222; }
"""


def fertility_page(
    results: Sequence[Fertility], labels: Mapping[str, str], samples: Sequence[str]
) -> str:
    """A page that compares tokenizers.

    Args:
        results: of the tokenizers, in the order to show them in.
        labels: short names by tokenizer.
        samples: sentences to show each tokenizer's cuts of.
    """
    first = results[0]
    named = [(labels[result.tokenizer], result) for result in results]
    able = [(name, r) for name, r in named if not r.ignorant] or named  # the plots are of these
    figures = [[name, *(getattr(r, figure) for figure in _FIGURES.values())] for name, r in named]
    plane = scatter(
        "Tokens per word and boundary F1",
        [Point(n, r.tokens_per_word, r.boundary_f1) for n, r in able if r.boundary_f1 is not None],
        x="tokens per word; left is cheaper",
        y="boundary F1; up is nearer to words",
    )
    by_unit = ([name, *(row["tokens_per_word"] for row in r.by_unit.values())] for name, r in named)
    caption = "tokens per word by word unit"
    units = table(("tokenizer", *first.by_unit), by_unit, caption=caption, digits=3)
    rate = "characters_per_token"
    estimates = [
        Estimate(name, getattr(r, rate), *(r.intervals[rate] or (None, None))) for name, r in able
    ]
    rates = intervals("Characters per token", estimates, x="characters per token, 95 % interval")
    by_script = {n: [r.by_script.get(one, {}).get(rate) for one in _SCRIPTS] for n, r in named}
    below_one = "Below about one token a word, fewer tokens mean tokens that run over words."
    without = [
        f"{name} has no piece for {100 * r.unknown:.1f} % of its tokens: few tokens are no merit of it."
        for name, r in named
        if r.ignorant
    ]
    size = f"{first.documents:,} documents, {first.characters:,} characters, {first.words:,} words."
    caption, title = "tokenizers side by side", "Characters per token by script"
    sections = [
        Section("Figures", [table(("tokenizer", *_FIGURES), figures, caption=caption, digits=3)]),
        Section("Fewer tokens, and where they are cut", [plane, below_one, *without, units, rates]),
        Section("By script", [bars(title, _SCRIPTS, by_script, x="characters per token")]),
        Section("How they cut", [_cuts(text, results, labels) for text in samples]),
        Section("How this was made", [size, *(r.signature for r in results)]),
    ]
    return page("What tokenizers cost Japanese", sections, style=_STYLE)


def _cuts(text: str, results: Sequence[Fertility], labels: Mapping[str, str]) -> Markup:
    unit = results[0].word_unit
    words = segment([unit], [text])[unit][0]
    rows: list[list[object]] = [[f"words ({unit})", _coloured(words)]]
    for result in results:
        try:
            pieces = load_tokenizer(result.tokenizer).pieces(text)
        except JtextkitError as error:
            rows.append([labels[result.tokenizer], str(error)])
        else:
            rows.append([f"{labels[result.tokenizer]} ({len(pieces)})", _coloured(pieces)])
    return table(("tokenizer (tokens)", "cut"), rows, caption=text)


def _coloured(pieces: Sequence[str]) -> Markup:
    spans = (tag("span", piece, class_="abc"[at % 3]) for at, piece in enumerate(pieces))
    return tag("div", joined(*spans), class_="cut", lang="ja")


def extension_page(found: Extension) -> str:
    """A page about what more pieces bring."""
    english = (found.english_before, found.english_after)
    rows = [
        ["held-out text", found.before, found.after, found.ratio],
        ["English", *english, english[1] / english[0]],
    ]
    heads = ("text", "before", "after", "ratio")
    rates = table(heads, rows, caption="characters per token", digits=4)
    same = f"{100 * found.english_same:.1f} % of the English texts are cut exactly as before."
    gain = bars(
        "Characters per token on held-out text",
        ["0", *(f"{gain.added:,}" for gain in found.curve)],
        {"": [found.before, *(gain.characters_per_token for gain in found.curve)]},
        x="characters per token, by pieces added",
        digits=3,
    )
    cost = (
        f"{found.added:,} pieces × {found.hidden_size:,} = {found.parameters['input']:,} parameters in "
        "the embedding, and as many in the output layer unless the two share theirs."
    )
    sections = [
        Section("Characters per token", [rates, same]),
        Section("Gain against pieces added", [gain]),
        Section("Cost", [cost]),
        Section("How this was made", [found.signature]),
    ]
    return page("What more Japanese pieces bring", sections)
