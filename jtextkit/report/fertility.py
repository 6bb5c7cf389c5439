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
    rows = [
        [
            labels[r.tokenizer],
            r.vocabulary_size,
            r.characters_per_token,
            r.tokens_per_word,
            r.boundary_f1,
            r.words_kept,
            r.tokens_crossing,
            r.byte_fallback,
            r.round_trip,
        ]
        for r in results
    ]
    columns = (
        "tokenizer", "vocabulary", "characters/token", "tokens/word", "boundary F1", "words kept",
        "tokens crossing", "byte fallback", "round trip",
    )  # fmt: skip
    points = [
        Point(labels[r.tokenizer], r.tokens_per_word, r.boundary_f1)
        for r in results
        if r.boundary_f1 is not None
    ]
    sections = [
        Section("Figures", [table(columns, rows, caption="tokenizers side by side", digits=3)]),
        Section(
            "Fewer tokens, and where they are cut",
            [
                scatter(
                    "Tokens per word and boundary F1",
                    points,
                    x="tokens per word; left is cheaper",
                    y="boundary F1; up is nearer to words",
                ),
                "Below about one token a word, fewer tokens mean tokens that run over words.",
                table(
                    ("tokenizer", *first.by_unit),
                    (
                        [labels[r.tokenizer], *(r.by_unit[u]["tokens_per_word"] for u in r.by_unit)]
                        for r in results
                    ),
                    caption="tokens per word by word unit",
                    digits=3,
                ),
                intervals(
                    "Characters per token",
                    [_interval(r, labels[r.tokenizer], "characters_per_token") for r in results],
                    x="characters per token, 95 % interval",
                ),
            ],
        ),
        Section(
            "By script",
            [
                bars(
                    "Characters per token by script",
                    _SCRIPTS,
                    {
                        labels[r.tokenizer]: [
                            r.by_script.get(script, {}).get("characters_per_token")
                            for script in _SCRIPTS
                        ]
                        for r in results
                    },
                    x="characters per token",
                )
            ],
        ),
        Section("How they cut", [_cuts(text, results, labels) for text in samples]),
        Section(
            "How this was made",
            [
                f"{first.documents:,} documents, {first.characters:,} characters, {first.words:,} words.",
                *(r.signature for r in results),
            ],
        ),
    ]
    return page("What tokenizers cost Japanese", sections, style=_STYLE)


def _interval(result: Fertility, label: str, name: str) -> Estimate:
    ends = result.intervals[name] or (None, None)
    return Estimate(label, getattr(result, name), *ends)


def _cuts(text: str, results: Sequence[Fertility], labels: Mapping[str, str]) -> Markup:
    unit = results[0].word_unit
    words = segment([unit], [text])[unit].surfaces
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
    rows = [
        ["held-out text", found.before, found.after, found.ratio],
        [
            "English",
            found.english_before,
            found.english_after,
            found.english_after / found.english_before,
        ],
    ]
    each = found.hidden_size
    return page(
        "What more Japanese pieces bring",
        [
            Section(
                "Characters per token",
                [
                    table(
                        ("text", "before", "after", "ratio"),
                        rows,
                        caption="characters per token",
                        digits=4,
                    ),
                    f"{100 * found.english_same:.1f} % of the English texts are cut exactly as before.",
                ],
            ),
            Section(
                "Gain against pieces added",
                [
                    bars(
                        "Characters per token on held-out text",
                        ["0", *(f"{gain.added:,}" for gain in found.curve)],
                        {"": [found.before, *(gain.characters_per_token for gain in found.curve)]},
                        x="characters per token, by pieces added",
                        digits=3,
                    )
                ],
            ),
            Section(
                "Cost",
                [
                    f"{found.added:,} pieces × {each:,} = {found.parameters['input']:,} parameters in "
                    "the embedding, and as many in the output layer unless the two share theirs."
                ],
            ),
            Section("How this was made", [found.signature]),
        ],
    )
