"""``report.html`` of difficulty-2level: what the set looks like, from its rows and receipt alone.

The page is a function of the Parquet files, of what the receipt says and of the audit: the same rows
give the same bytes, however many processes built them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.difficulty.shortcuts import year_of
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.core.errors import InputError
from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, japanese, joined, tag
from jtextkit.core.rows import read_rows
from jtextkit.metrics.readability.formula import LEVELS
from jtextkit.metrics.shortcuts.audit import BAND, METHOD, ShortcutAudit
from jtextkit.report.page import Section, grid, page
from jtextkit.report.plots import Estimate, bars, histogram, intervals
from jtextkit.report.tables import shown, table

REPORT = "report.html"

TEXTS_A_LEVEL = 5

MEASURES = {
    "difficulty": ("Difficulty", "difficulty, 0 easiest to 1 hardest", 2),
    "words_per_sentence": ("Words per sentence", "words, mean of the text", 1),
    "kango_percent": ("漢語, words of Chinese origin", "% of words", 1),
    "wago_percent": ("和語, words of Japanese origin", "% of words", 1),
    "verb_percent": ("Verbs (動詞)", "% of words", 1),
    "particle_percent": ("Particles (助詞)", "% of words", 1),
}
"""The score and its five features: column, title, unit, decimals."""

OPINIONS = {
    "harder_than_percent": ("Second opinion", "harder than % of Aozora Bunko's fiction", 0),
    "kanji_above_grade4_percent": ("Kanji above grade 4", "% of characters", 1),
    "uncommon_words_percent": ("Uncommon words", "% of content words", 1),
}
"""What sets have from the second edition on."""

LENGTHS = {
    "characters": ("Characters", "characters of a text", 0),
    "words": ("Words", "words of a text", 0),
    "sentences": ("Sentences", "sentences of a text", 0),
}

_WRITERS = 20

Row = Mapping[str, Any]


def write_report(
    folder: Path, receipt: Mapping[str, Any], audit: ShortcutAudit | None = None
) -> None:
    """Write ``report.html`` beside the Parquet files in ``folder``.

    Raises:
        InputError: a file of the set cannot be read.
    """
    text = report_text(_read(folder), receipt, audit)
    (folder / REPORT).write_text(text, encoding="utf-8", newline="\n")


def report_text(
    splits: Mapping[str, Sequence[Row]],
    receipt: Mapping[str, Any],
    audit: ShortcutAudit | None = None,
) -> str:
    """The page as text.

    Args:
        splits: the rows of each split, in order.
        receipt: its recipe, signature and whether the set is the sample.
        audit: of :func:`jtextkit.metrics.shortcuts.audit`; None leaves its section out.
    """
    labels = DifficultyRecipe.from_dict(receipt["recipe"]).labels
    rows = [row for split in SPLITS for row in splits[split]]
    facets = _facets(splits, labels)
    how = "Each row is drawn to its own tallest bar; the dashed line is its median."
    sections = [
        Section("Texts", [*_texts(splits, labels)]),
        Section("Sizes", [*_sizes(splits, labels)]),
        Section("Difficulty and features", [how, grid(*_histograms(facets, labels, MEASURES))]),
        *(
            [Section("Second opinion", [how, grid(*_histograms(facets, labels, OPINIONS))])]
            if rows and OPINIONS.keys() <= rows[0].keys()
            else []
        ),
        Section("Lengths", [grid(*_histograms(facets, labels, LENGTHS))]),
        Section("Writers and years", [*_writers(rows, labels)]),
        *([Section("Shortcut audit", [*_audit(audit)])] if audit else []),
        Section("How it came about", [_made(receipt)]),
    ]
    return page(f"{receipt['builder']}: report", sections, lead=[*_lead(rows, receipt, audit)])


def _read(folder: Path) -> dict[str, list[Row]]:
    splits: dict[str, list[Row]] = {}
    for split in SPLITS:
        rows = list(read_rows(folder / f"{split}.parquet"))
        for row in rows:
            if row.problem:
                raise InputError(row.problem, where=row.place, cure="build the set anew")
        splits[split] = [row.values for row in rows]
    return splits


def _lead(
    rows: Sequence[Row], receipt: Mapping[str, Any], audit: ShortcutAudit | None
) -> Iterator[object]:
    if receipt.get("sample"):
        said = "This is a sample: its texts were written for jtextkit to show and test the builder."
        yield tag("p", translated(said), class_="bad")
    if audit:
        yield _verdict(audit)
    lengths = [row["characters"] for row in rows] or [0]
    yield (
        f"{len(rows):,} texts of {min(lengths):,} to {max(lengths):,} characters. Labels follow from "
        "the readability formula alone; how they were chosen stands in README.md, what each rule "
        "dropped in receipt.json."
    )


def _made(receipt: Mapping[str, Any]) -> Markup:
    hashes = (tag("code", receipt[name]) for name in ("signature", "recipe_sha256"))
    return tag("p", *(joined(one, tag("br")) for one in hashes), class_="soft")


def _verdict(audit: ShortcutAudit) -> Markup:
    bad = ", ".join(row.predictor for row in audit.rows if row.bad)
    said = f"✗ These tell the label: {bad}." if bad else "✓ No shortcut tells the label."
    return tag("p", translated(said), class_="bad" if bad else "ok")


def _facets(splits: Mapping[str, Sequence[Row]], labels: Sequence[str]) -> dict[str, list[Row]]:
    """The groups that are compared: each label, each split, each source."""
    rows = [row for split in SPLITS for row in splits[split]]
    groups: dict[str, list[Row]] = {
        label: [row for row in rows if row["label"] == number]
        for number, label in enumerate(labels)
    }
    groups |= {split: list(splits[split]) for split in SPLITS}
    for source in sorted({row["source"] for row in rows}):
        groups[source] = [row for row in rows if row["source"] == source]
    return groups


def _histograms(
    facets: Mapping[str, Sequence[Row]],
    labels: Sequence[str],
    measures: Mapping[str, tuple[str, str, int]],
) -> Iterator[Markup]:
    for column, (title, unit, digits) in measures.items():
        yield histogram(
            title,
            {group: _by_label(rows, labels, column) for group, rows in facets.items()},
            x=unit,
            digits=digits,
        )


def _by_label(
    rows: Sequence[Row], labels: Sequence[str], column: str
) -> dict[str, list[float | None]]:
    return {
        label: [row[column] for row in rows if row["label"] == number]
        for number, label in enumerate(labels)
    }


def _sizes(splits: Mapping[str, Sequence[Row]], labels: Sequence[str]) -> Iterator[Markup]:
    rows = [row for split in SPLITS for row in splits[split]]
    sources = sorted({row["source"] for row in rows})
    cells = []
    for split, part in {**splits, "all": rows}.items():
        by_label = Counter(row["label"] for row in part)
        by_source = Counter(row["source"] for row in part)
        numbers = [
            *(by_label[at] for at in range(len(labels))),
            *(by_source[one] for one in sources),
        ]
        known = [len({row[name] for row in part} - {None}) for name in ("writer_id", "work_id")]
        cells.append([split, len(part), *numbers, *known])
    heads = ["split", "texts", *labels, *sources, "writers", "works"]
    yield table(heads, cells, caption="Texts by split")
    levels = [name for name, _ in reversed(LEVELS)]
    found = {split: Counter(row["level"] for row in splits[split]) for split in SPLITS}
    yield grid(
        bars(
            "Texts on each of the formula's six levels",
            levels,
            {split: [found[split][level] for level in levels] for split in SPLITS},
            x="texts",
            stacked=True,
        ),
        bars(
            "Labels by source",
            sources,
            _counted(rows, labels, lambda row: row["source"], sources),
            x="texts",
        ),
    )


def _writers(rows: Sequence[Row], labels: Sequence[str]) -> Iterator[Markup]:
    names: dict[str, str] = {}
    for row in rows:
        if row["writer_id"] is not None:
            names.setdefault(row["writer_id"], row["translator"] or row["author"] or "unknown")
    texts = Counter(row["writer_id"] for row in rows if row["writer_id"] is not None)
    first = sorted(texts, key=lambda writer: (-texts[writer], writer))[:_WRITERS]
    figures = []
    if first:
        figures.append(
            bars(
                f"The {len(first)} writers with most texts",
                [names[writer] for writer in first],
                _counted(rows, labels, lambda row: row["writer_id"], first),
                x="texts",
                stacked=True,
            )
        )
        sizes = Counter(texts.values())
        figures.append(
            bars(
                "How many texts writers gave",
                [f"{size} texts" if size > 1 else "one text" for size in sorted(sizes)],
                {"": [sizes[size] for size in sorted(sizes)]},
                x="writers",
                note="A translator counts as the writer of the Japanese. Kyoto's sentences name none.",
            )
        )
    decades: tuple[tuple[str, Callable[[Row], str]], ...] = (
        ("First published, where the catalogue says", lambda row: _decade(year_of(row))),
        ("Died: the last of those named", lambda row: _decade(row["author_died"])),
    )
    for title, decade in decades:
        order = [*sorted({decade(row) for row in rows} - {_UNKNOWN}), _UNKNOWN]
        figures.append(
            bars(title, order, _counted(rows, labels, decade, order), x="texts", stacked=True)
        )
    yield grid(*figures)


_UNKNOWN = "not known"


def _decade(year: int | None) -> str:
    return _UNKNOWN if year is None else f"{year // 10 * 10}s"


def _counted(
    rows: Sequence[Row], labels: Sequence[str], of: Callable[[Row], Any], order: Sequence[Any]
) -> dict[str, list[int]]:
    counts = Counter((row["label"], of(row)) for row in rows)
    return {label: [counts[number, name] for name in order] for number, label in enumerate(labels)}


def _audit(audit: ShortcutAudit) -> Iterator[object]:
    yield f"{METHOD}. At 0.5 a thing tells nothing; the AUC of a shortcut should lie in the shaded band."
    for name, part in {"the whole set": audit, **audit.parts}.items():
        yield grid(
            _audit_plot(f"Shortcuts in {name} ({part.texts:,} texts)", part, shortcuts=True),
            _audit_plot(f"Beside them, no shortcuts ({name})", part, shortcuts=False),
        )


def _audit_plot(title: str, audit: ShortcutAudit, *, shortcuts: bool) -> Markup:
    rows = []
    for row in audit.rows:
        if row.shortcut == shortcuts:
            readings = {
                "cross-validated": row.cross_validated,
                "train to test": row.train_to_test,
            }
            for how, one in readings.items():
                auc, low, high = (one.auc, one.low, one.high) if one else (None, None, None)
                rows.append(Estimate(row.predictor, auc, low, high, how))
    return intervals(title, rows, x="AUC", band=BAND, domain=(0.0, 1.0), digits=3)


def _texts(splits: Mapping[str, Sequence[Row]], labels: Sequence[str]) -> Iterator[object]:
    yield (f"Of each level {TEXTS_A_LEVEL} texts, evenly spaced from its easiest to its hardest.")
    placed = [(split, row) for split in SPLITS for row in splits[split]]
    for number, label in enumerate(labels):
        ordered = sorted(
            ((split, row) for split, row in placed if row["label"] == number),
            key=lambda one: (one[1]["difficulty"], one[1]["id"]),
        )
        chosen = _spaced(ordered, TEXTS_A_LEVEL)
        scores = ("difficulty", "readability", "level", *MEASURES_SHORT)
        yield tag("h3", label)
        yield table(
            ["id", "split", *scores[:3], *MEASURES_SHORT.values()],
            [[row["id"], split, *(row[name] for name in scores)] for split, row in chosen],
            caption=f"Scores of the texts below ({label})",
        )
        yield joined(*(_text(row) for _, row in chosen))


MEASURES_SHORT = {
    "words_per_sentence": "words per sentence",
    "kango_percent": "漢語 %",
    "wago_percent": "和語 %",
    "verb_percent": "verbs %",
    "particle_percent": "particles %",
    "characters": "characters",
}


def _spaced(ordered: Sequence[Any], number: int) -> list[Any]:
    """``number`` of them, first and last among them; all where there are no more."""
    if len(ordered) <= number:
        return list(ordered)
    last = len(ordered) - 1
    return [ordered[round(at * last / (number - 1))] for at in range(number)]


_CREDITS = (
    ("edition", "edition"),
    ("typed by", "input_by"),
    ("proofread by", "proofread_by"),
    ("licence", "license"),
)


def _text(row: Row) -> Markup:
    writers = "、".join(row[name] for name in ("author", "translator") if row[name])
    head = joined(
        tag("strong", shown(row["difficulty"])),
        " ",
        japanese(f"{writers}「{row['title']}」" if writers else row["title"] or ""),
        " ",
        tag("span", row["id"], class_="soft"),
    )
    source = row["source_url"] or ""
    link = tag("a", source, href=source) if re.match(r"https?://", source) else Markup("")
    credit = "; ".join(
        f"{translated(name)}: {row[column]}" for name, column in _CREDITS if row[column]
    )
    return tag(
        "details",
        tag("summary", head),
        japanese(row["text"], "blockquote"),
        tag("p", japanese(credit), tag("br") if link else "", link, class_="note"),
    )
