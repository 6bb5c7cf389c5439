"""``report.html`` of difficulty-2level: what the set looks like, from its rows and receipt alone.

The page is a function of the Parquet files, of what the receipt says and of the audit: the same rows
give the same bytes, however many processes built them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
"""A row of the set, with its ``split``."""

Rows = Sequence[Row]


def write_report(
    folder: Path, receipt: Mapping[str, Any], audit: ShortcutAudit | None = None
) -> None:
    """Write ``report.html`` beside the Parquet files in ``folder``.

    Raises:
        InputError: a file of the set cannot be read.
    """
    splits = {split: [*_read(folder / f"{split}.parquet")] for split in SPLITS}
    text = report_text(splits, receipt, audit)
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
    rows = [{**row, "split": split} for split in SPLITS for row in splits[split]]
    sources = sorted({row["source"] for row in rows})
    how = "Each row is drawn to its own tallest bar; the dashed line is its median."

    def spread(measures: Mapping[str, tuple[str, str, int]]) -> Markup:
        return grid(*_histograms(rows, labels, sources, measures))

    sections = [
        Section("Texts", [*_texts(rows, labels)]),
        Section("Sizes", [*_sizes(rows, labels, sources)]),
        Section("Difficulty and features", [how, spread(MEASURES)]),
        Section("Lengths", [spread(LENGTHS)]),
        Section("Writers and years", [*_writers(rows, labels)]),
        *([Section("Shortcut audit", [*_audit(audit)])] if audit else []),
        Section("How it came about", [_made(receipt)]),
    ]
    if rows and OPINIONS.keys() <= rows[0].keys():
        sections.insert(3, Section("Second opinion", [how, spread(OPINIONS)]))
    return page(f"{receipt['builder']}: report", sections, lead=[*_lead(rows, receipt, audit)])


def _read(file: Path) -> Iterator[Row]:
    for row in read_rows(file):
        if row.problem:
            raise InputError(row.problem, where=row.place, cure="build the set anew")
        yield row.values


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


def _histograms(
    rows: Rows,
    labels: Sequence[str],
    sources: Sequence[str],
    measures: Mapping[str, tuple[str, str, int]],
) -> Iterator[Markup]:
    """A measure's values by label, in all groups that are compared: labels, splits, sources."""
    groups: dict[str, dict[str, list[Row]]] = {
        group: {label: [] for label in labels} for group in (*labels, *SPLITS, *sources)
    }
    for row in rows:
        label = labels[row["label"]]
        for group in (label, row["split"], row["source"]):
            groups[group][label].append(row)
    for measure, (title, unit, digits) in measures.items():
        values = {
            group: {label: [row[measure] for row in part] for label, part in parts.items()}
            for group, parts in groups.items()
        }
        yield histogram(title, values, x=unit, digits=digits)


def _sizes(rows: Rows, labels: Sequence[str], sources: Sequence[str]) -> Iterator[Markup]:
    cells = []
    for split in (*SPLITS, "all"):
        part = [row for row in rows if split in (row["split"], "all")]
        by_label = Counter(row["label"] for row in part)
        by_source = Counter(row["source"] for row in part)
        known = (len({row[name] for row in part} - {None}) for name in ("writer_id", "work_id"))
        numbers = [by_label[at] for at in range(len(labels))] + [by_source[one] for one in sources]
        cells.append([split, len(part), *numbers, *known])
    heads = ["split", "texts", *labels, *sources, "writers", "works"]
    yield table(heads, cells, caption="Texts by split")
    levels = [name for name, _ in reversed(LEVELS)]
    found = Counter((row["split"], row["level"]) for row in rows)
    by_level = {split: [found[split, level] for level in levels] for split in SPLITS}
    title = "Texts on each of the formula's six levels"
    by_sources = _counts("Labels by source", rows, labels, "source", sources, stacked=False)
    yield grid(bars(title, levels, by_level, x="texts", stacked=True), by_sources)


def _counts(
    title: str,
    rows: Rows,
    labels: Sequence[str],
    column: str,
    order: Sequence[Any],
    *,
    stacked: bool = True,
    names: Mapping[Any, str] | None = None,
) -> Markup:
    """Bars of how many texts of each label have each value of ``order``."""
    counts = Counter((row["label"], row[column]) for row in rows)
    values = {label: [counts[number, one] for one in order] for number, label in enumerate(labels)}
    shown_names = [(names or {}).get(one, one) for one in order]
    return bars(title, shown_names, values, x="texts", stacked=stacked)


def _writers(rows: Rows, labels: Sequence[str]) -> Iterator[Markup]:
    names: dict[str, str] = {}
    for row in rows:
        if row["writer_id"] is not None:
            names.setdefault(row["writer_id"], row["translator"] or row["author"] or "unknown")
    texts = Counter(row["writer_id"] for row in rows if row["writer_id"] is not None)
    first = sorted(texts, key=lambda writer: (-texts[writer], writer))[:_WRITERS]
    figures = []
    if first:
        title = f"The {len(first)} writers with most texts"
        figures.append(_counts(title, rows, labels, "writer_id", first, names=names))
        sizes = sorted(Counter(texts.values()).items())
        figures.append(
            bars(
                "How many texts writers gave",
                [f"{size} texts" if size > 1 else "one text" for size, _ in sizes],
                {"": [writers for _, writers in sizes]},
                x="writers",
                note="A translator counts as the writer of the Japanese. Kyoto's sentences name none.",
            )
        )
    decades = {
        "First published, where the catalogue says": [_decade(year_of(row)) for row in rows],
        "Died: the last of those named": [_decade(row["author_died"]) for row in rows],
    }
    for title, found in decades.items():
        dated = [{**row, "decade": one} for row, one in zip(rows, found, strict=True)]
        order = [*sorted({*found} - {_UNKNOWN}), _UNKNOWN]
        figures.append(_counts(title, dated, labels, "decade", order))
    yield grid(*figures)


_UNKNOWN = "not known"


def _decade(year: int | None) -> str:
    return _UNKNOWN if year is None else f"{year // 10 * 10}s"


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
        readings = {"cross-validated": row.cross_validated, "train to test": row.train_to_test}
        for how, one in readings.items() if row.shortcut == shortcuts else ():
            auc, low, high = (one.auc, one.low, one.high) if one else (None, None, None)
            rows.append(Estimate(row.predictor, auc, low, high, how))
    return intervals(title, rows, x="AUC", band=BAND, domain=(0.0, 1.0), digits=3)


def _texts(rows: Rows, labels: Sequence[str]) -> Iterator[object]:
    yield f"Of each level {TEXTS_A_LEVEL} texts, evenly spaced from its easiest to its hardest."
    columns = ("id", "split", "difficulty", "readability", "level", *MEASURES_SHORT)
    heads = [MEASURES_SHORT.get(name, name) for name in columns]
    for number, label in enumerate(labels):
        of_label = [row for row in rows if row["label"] == number]
        ordered = sorted(of_label, key=lambda row: (row["difficulty"], row["id"]))
        number_shown = min(len(ordered), TEXTS_A_LEVEL)
        step = (len(ordered) - 1) / max(1, number_shown - 1)
        chosen = [ordered[round(at * step)] for at in range(number_shown)]
        cells = [[row[name] for name in columns] for row in chosen]
        yield tag("h3", label)
        yield table(heads, cells, caption=f"Scores of the texts below ({label})")
        yield joined(*map(_text, chosen))


MEASURES_SHORT = {
    "words_per_sentence": "words per sentence",
    "kango_percent": "漢語 %",
    "wago_percent": "和語 %",
    "verb_percent": "verbs %",
    "particle_percent": "particles %",
    "characters": "characters",
}


_CREDITS = {
    "edition": "edition",
    "typed by": "input_by",
    "proofread by": "proofread_by",
    "licence": "license",
}


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
    known = {name: row[column] for name, column in _CREDITS.items() if row[column]}
    credit = "; ".join(f"{translated(name)}: {value}" for name, value in known.items())
    return tag(
        "details",
        tag("summary", head),
        japanese(row["text"], "blockquote"),
        tag("p", japanese(credit), tag("br") if link else "", link, class_="note"),
    )
