"""The data set card: what the set is, how it was made, what it can and cannot claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jtextkit.builders.difficulty.card_terms import licence_lines, limits, sources
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.difficulty.rows import ALIASES, DESCRIPTIONS
from jtextkit.builders.sets.splits import SPLITS

_SAMPLE = """
> **This is a sample.** Its texts were written for jtextkit by invented authors, to show and test the
> builder without a network. It is far too small to train or judge a model with.
"""

_OPTIONS = {"aozora": "--aozora DIR", "jec": "--jec FILE"}

_AUDIT_BEFORE = "## Limits\n"
"""The heading before which :func:`with_audit` puts its section."""

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10**12, "n>1M"),
)

_LISTED, _SHORT = 6, 30
"""Values of a column are listed where there are no more, of no more characters."""

_UNITS = {
    "readability": "points of the formula",
    "difficulty": "share of the scale",
    "words_per_sentence": "words",
    "kango_percent": "% of words",
    "wago_percent": "% of words",
    "verb_percent": "% of words",
    "particle_percent": "% of words",
    "characters": "characters",
    "words": "words",
    "sentences": "sentences",
    "readability_newline": "points of the formula",
    "char_start": "characters",
    "char_end": "characters",
    "author_died": "year",
    "overall_difficulty": "share of the scale",
}


def card_text(
    splits: Mapping[str, Sequence[Mapping[str, Any]]],
    recipe: DifficultyRecipe,
    receipt: Mapping[str, Any],
    files: Mapping[str, str],
) -> str:
    """The whole ``README.md``; a function of these alone.

    The audit's section is put in by whoever audits the set: see :func:`with_audit`.

    Args:
        receipt: all of it but ``files``.
        files: SHA-256 of the files written so far, by name.
    """
    rows = [row for split in SPLITS for row in splits[split]]
    parts = [
        _front_matter(rows, recipe, receipt),
        f"# difficulty-2level: {_title(recipe)}\n",
        _SAMPLE if receipt["sample"] else "",
        _summary(rows, recipe),
        _loading(recipe),
        _sizes(splits, recipe, receipt),
        _making(recipe, receipt),
        _columns(rows, recipe),
        limits(recipe, receipt),
        sources(receipt),
        _recipe(recipe, receipt),
        _hashes(receipt, files),
        _rebuilding(recipe, receipt),
        _citation(recipe, receipt),
    ]
    return "\n".join(part for part in parts if part)


def with_audit(card: str, section: str) -> str:
    """The card with the audit's section, which ends with a line break, before its limits.

    The audit reads the finished set and lies in a layer above the builders, so it comes after.

    >>> with_audit("# Set\\n\\n## Limits\\n", "## Audit\\n\\nall well\\n")
    '# Set\\n\\n## Audit\\n\\nall well\\n\\n## Limits\\n'
    """
    before, found, after = card.partition(_AUDIT_BEFORE)
    assert found, "not a card of this builder"
    return f"{before}{section}\n{found}{after}"


def _title(recipe: DifficultyRecipe) -> str:
    return f"{' and '.join(_names(recipe))} Japanese texts"


def _names(recipe: DifficultyRecipe) -> tuple[str, ...]:
    return recipe.labels if recipe.levels == "two" else ("six levels of",)


def _front_matter(
    rows: Sequence[Mapping[str, Any]], recipe: DifficultyRecipe, receipt: Mapping[str, Any]
) -> str:
    size = next(name for limit, name in _SIZES if len(rows) < limit)
    names = ["readability", "jreadability", "text-difficulty", *sorted(receipt["sources"])]
    tags = "".join(f"- {name}\n" for name in names)
    files = "".join(f"  - split: {name}\n    path: {name}.parquet\n" for name in SPLITS)
    levels = "two levels" if recipe.levels == "two" else "six levels"
    return (
        "---\n"
        "language:\n- ja\n"
        f"{licence_lines(receipt)}"
        f"pretty_name: Japanese text difficulty, {levels}\n"
        "annotations_creators:\n- machine-generated\n"
        "language_creators:\n- found\n"
        "multilinguality:\n- monolingual\n"
        "task_categories:\n- text-classification\n- text-generation\n"
        f"size_categories:\n- {size}\n"
        "source_datasets:\n- original\n"
        f"tags:\n{tags}"
        "configs:\n- config_name: default\n  data_files:\n"
        f"{files}---\n"
    )


def _summary(rows: Sequence[Mapping[str, Any]], recipe: DifficultyRecipe) -> str:
    lengths = [row["characters"] for row in rows]
    pairs = (
        "Texts come in pairs: one Simple and one Complex text by the same writer (of a\n"
        "translation: the translator) or both from Kyoto's sentences, of nearly the same length, in\n"
        "the same split. So source, writer and length say nothing about the label.\n"
        if recipe.pairs
        else "Texts are not paired: writer, source and length may tell something about the label.\n"
    )
    return (
        f"{len(rows):,} Japanese texts of {min(lengths):,} to {max(lengths):,} characters, labelled "
        "by the jReadability\nformula. " + pairs
    )


def _sizes(
    splits: Mapping[str, Sequence[Mapping[str, Any]]],
    recipe: DifficultyRecipe,
    receipt: Mapping[str, Any],
) -> str:
    labels = recipe.labels
    lines = [
        "## Sizes\n",
        f"| split | texts | {' | '.join(labels)} | from Aozora Bunko | from Kyoto |",
        f"|---|{'---:|' * (len(labels) + 3)}",
    ]
    for split in SPLITS:
        content = splits[split]
        by_label = list(receipt["rows"][split].values())
        aozora = sum(row["source"] == "aozora" for row in content)
        cells = [len(content), *by_label, aozora, len(content) - aozora]
        lines.append(f"| {split} | {' | '.join(f'{cell:,}' for cell in cells)} |")
    means = ", ".join(f"{label} {value:.2f}" for label, value in receipt["mean_difficulty"].items())
    writers = {row["writer_id"] for content in splits.values() for row in content} - {None}
    lines.append(f"\nMean difficulty: {means}. Writers: {len(writers):,}, each in one split only.")
    parted = receipt["selection"]["parted_pair"]
    if parted:
        lines.append(
            f"The odd sizes part one pair ({parted}, of Kyoto's sentences) between two splits."
        )
    return "\n".join(lines) + "\n"


def _making(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    borders = " and ".join(f"{border:.3g}" for border in recipe.borders)
    steps = [
        "Works of Aozora Bunko: public domain "
        + ("in Japan" if recipe.public_domain == "japan" else "and life + 70 years")
        + f", written in {'、'.join(recipe.orthographies)}. Ruby, notes and 訓点 are taken out.",
        f"Passages of whole paragraphs of prose that end at the first paragraph border after "
        f"{recipe.min_chars:,} characters (at most {recipe.max_chars:,}), with at least "
        f"{recipe.min_sentences} sentences and none over {recipe.max_sentence_words} words.",
        "Kyoto's sentences without placeholders, each with 。 added, sorted by their own difficulty "
        "and cut into blocks of like length, each sentence used once.",
        "A text must lie on the scale, keep a distance of "
        f"{recipe.margin:g} from every border (difficulty {borders}), and have the same label "
        "whether or not line breaks end sentences.",
    ]
    if recipe.pairs:
        steps.append(
            f"Pairs: same writer, lengths within {recipe.max_length_gap} characters, the most "
            f"distinct and closest in length first; at most {recipe.max_per_work} texts of a work and "
            f"{recipe.max_per_writer} pairs of a writer."
        )
    steps.append(
        "Near-duplicates (Jaccard similarity of 5-character shingles of "
        f"{recipe.max_similarity:g} or more) are left out, and whole writers, with "
        "those who wrote works with them, are given to a split "
        f"(seed {recipe.seed})."
    )
    numbered = "".join(f"{number}. {step}\n" for number, step in enumerate(steps, 1))
    return (
        "## How it was made\n\n"
        "Every label follows from the score alone, never from the source.\n\n"
        f"{numbered}\n"
        f"Signature of all scores: `{receipt['signature']}`. What each rule dropped is counted in "
        "`receipt.json`.\n"
    )


def _columns(rows: Sequence[Mapping[str, Any]], recipe: DifficultyRecipe) -> str:
    lines = [
        "## Columns\n",
        "| column | type | unit | range here | meaning |",
        "|---|---|---|---|---|",
    ]
    described = {**DESCRIPTIONS}
    if recipe.aliases:
        described |= {name: (kind, "alias") for name, kind in ALIASES.items()}
    for name, (kind, meaning) in described.items():
        shown = "ClassLabel" if kind == "label" else kind
        values = [row[name] for row in rows]
        span = ", ".join(recipe.labels) if kind == "label" else _range(values)
        lines.append(f"| `{name}` | {shown} | {_UNITS.get(name, '–')} | {span} | {meaning} |")
    return "\n".join(lines) + "\n"


def _range(values: Sequence[Any]) -> str:
    """Least and most of numbers, or how many different texts, and how many are null."""
    known = [value for value in values if value is not None]
    parts = []
    if known and isinstance(known[0], (int, float)):
        parts.append(f"{_number(min(known))} to {_number(max(known))}")
    elif known and isinstance(known[0], str):
        different = sorted(set(known))
        several = len(different) > _LISTED or max(map(len, different)) > _SHORT
        parts.append(f"{len(different):,} different" if several else ", ".join(different))
    if len(known) < len(values):
        parts.append(f"{len(values) - len(known):,} null" if known else "all null")
    return "; ".join(parts) or "–"


def _number(value: float) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _recipe(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    lines = ["## Recipe\n", "| rule | value |", "|---|---|"]
    for name, value in recipe.to_dict().items():
        shown = "、".join(value) or "all" if isinstance(value, list) else value
        lines.append(f"| `{name}` | {str(shown).lower() if isinstance(value, bool) else shown} |")
    lines.append(f"\nSHA-256 of the recipe: `{receipt['recipe_sha256']}`.")
    return "\n".join(lines) + "\n"


def _hashes(receipt: Mapping[str, Any], files: Mapping[str, str]) -> str:
    lines = [
        "## Hashes\n",
        "| file | SHA-256 of its bytes | SHA-256 of its rows |",
        "|---|---|---|",
    ]
    for name, sha256 in sorted(files.items()):
        rows = receipt["rows_sha256"].get(name.removesuffix(".parquet"))
        lines.append(f"| `{name}` | `{sha256}` | {f'`{rows}`' if rows else '–'} |")
    for source, facts in sorted(receipt["sources"].items()):
        for name, value in sorted(facts.items()):
            if name.endswith("sha256"):
                lines.append(f"| source `{source}`: {name.replace('_', ' ')} | `{value}` | – |")
    lines.append("\n`receipt.json` holds the hash of every file, this card's too.")
    return "\n".join(lines) + "\n"


def _loading(recipe: DifficultyRecipe) -> str:
    return (
        "## Loading\n\n"
        "```python\nfrom datasets import load_dataset\n\n"
        'data = load_dataset("USER/NAME", revision="TAG")  # or the folder itself\n'
        f'data["train"].features["label"].names  # {list(recipe.labels)}\n```\n'
    )


def _rebuilding(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    return (
        "## Rebuilding\n\n"
        f"```bash\npip install jtextkit=={receipt['jtextkit']}\n{_command(recipe, receipt)}\n```\n\n"
        f"gives these files to the byte with {_versions(receipt['written_with'])}; with others, the "
        "same rows (`rows_sha256`). `lock.jsonl` says where each text lies, and holds "
        "no text.\n"
    )


def _versions(written_with: Mapping[str, str]) -> str:
    named = [f"{name} {version}" for name, version in written_with.items()]
    return f"{', '.join(named[:-1])} and {named[-1]}" if named[1:] else named[0]


def _command(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    command = "jtextkit build difficulty-2level"
    if receipt["sample"] and recipe == DifficultyRecipe(size=recipe.size):
        return f"{command} --sample --size {recipe.size}"
    if receipt["sample"]:
        return f"{command} --sample --lock THIS_FOLDER"
    given = [option for source, option in _OPTIONS.items() if source in receipt["sources"]]
    return f"{command} --lock THIS_FOLDER {' '.join(given)}"


def _citation(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    return (
        "## Citation\n\n"
        f"> {_title(recipe)} (difficulty-2level), built by jtextkit {receipt['jtextkit']}, recipe "
        f"{receipt['recipe_sha256'][:12]}. Scores: {receipt['signature']}.\n\n"
        "Cite the sources and the formula above with it.\n"
    )
