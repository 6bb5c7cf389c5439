"""The data set card: what the set is, how it was made, what it can and cannot claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jtextkit.builders.difficulty.recipe import Recipe
from jtextkit.builders.difficulty.rows import ALIASES, DESCRIPTIONS
from jtextkit.builders.jec import PAGE as JEC_PAGE
from jtextkit.builders.splits import SPLITS

__all__ = ["card_text"]

_SAMPLE = """
> **This is a sample.** Its texts were written for jtextkit by invented authors, to show and test the
> builder without a network. It is far too small to train or judge a model with.
"""

_REBUILD = {
    True: "jtextkit build difficulty-2level --sample",
    False: "jtextkit build difficulty-2level --lock THIS_FOLDER --aozora DIR --jec FILE",
}


def card_text(
    splits: Mapping[str, Sequence[Mapping[str, Any]]], recipe: Recipe, receipt: Mapping[str, Any]
) -> str:
    """The whole ``README.md``; a function of rows, recipe and receipt alone."""
    rows = [row for split in SPLITS for row in splits[split]]
    parts = [
        _front_matter(rows, receipt),
        f"# difficulty-2level: {' and '.join(_names(recipe))} Japanese texts\n",
        _SAMPLE if receipt["sample"] else "",
        _summary(rows, recipe),
        _sizes(splits, recipe, receipt),
        _making(recipe, receipt),
        _columns(recipe),
        _limits(recipe, receipt),
        _sources(receipt),
        _rebuilding(receipt),
    ]
    return "\n".join(part for part in parts if part)


def _names(recipe: Recipe) -> tuple[str, ...]:
    return recipe.labels if recipe.levels == "two" else ("six levels of",)


def _front_matter(rows: Sequence[Mapping[str, Any]], receipt: Mapping[str, Any]) -> str:
    size = next(
        name
        for limit, name in ((1_000, "n<1K"), (10_000, "1K<n<10K"), (10**9, "10K<n<100K"))
        if len(rows) < limit
    )
    sources = sorted({row["source"] for row in rows})
    files = "".join(f"  - split: {name}\n    path: {name}.parquet\n" for name in SPLITS)
    licence = "apache-2.0" if receipt["sample"] else "other"
    name = "" if receipt["sample"] else "license_name: public-domain-in-japan-and-cc-by-3.0\n"
    return (
        "---\n"
        "language:\n- ja\n"
        f"license: {licence}\n{name}"
        "pretty_name: Japanese text difficulty, two levels\n"
        "annotations_creators:\n- machine-generated\n"
        "task_categories:\n- text-classification\n- text-generation\n"
        f"size_categories:\n- {size}\n"
        "source_datasets:\n- original\n"
        f"tags:\n- readability\n- jreadability\n{''.join(f'- {name}{chr(10)}' for name in sources)}"
        "configs:\n- config_name: default\n  data_files:\n"
        f"{files}---\n"
    )


def _summary(rows: Sequence[Mapping[str, Any]], recipe: Recipe) -> str:
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
    splits: Mapping[str, Sequence[Mapping[str, Any]]], recipe: Recipe, receipt: Mapping[str, Any]
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


def _making(recipe: Recipe, receipt: Mapping[str, Any]) -> str:
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


def _columns(recipe: Recipe) -> str:
    lines = ["## Columns\n", "| column | type | meaning |", "|---|---|---|"]
    for name, (kind, meaning) in DESCRIPTIONS.items():
        shown = f"ClassLabel ({', '.join(recipe.labels)})" if kind == "label" else kind
        lines.append(f"| `{name}` | {shown} | {meaning} |")
    if recipe.aliases:
        lines += [f"| `{name}` | {kind} | alias |" for name, kind in ALIASES.items()]
    return "\n".join(lines) + "\n"


def _limits(recipe: Recipe, receipt: Mapping[str, Any]) -> str:
    limits = [
        "The score sees sentence length, word origin, verbs and particles. It does not see rare "
        "kanji, old words, or hard thoughts in easy words.",
        "Most texts are literature of before 1960; they are no measure of today's web or news.",
        "Texts are stretches of longer works and may begin in the middle of a story.",
    ]
    if "jec" in receipt["sources"]:
        limits.append(
            "Texts from Kyoto's sentences (`source` = `jec`) are lists of sentences without "
            "connection, not discourse."
        )
    if "aozora" in receipt["sources"] and not receipt["sample"] and recipe.public_domain == "japan":
        limits.append(
            "Public domain *in Japan*: an author who died in 1956 or later may be protected where "
            "protection lasts 70 years after death. `author_died` tells (null: not known); `--public-domain life+70` "
            "builds a set without them."
        )
    return "## Limits\n\n" + "".join(f"- {limit}\n" for limit in limits)


def _sources(receipt: Mapping[str, Any]) -> str:
    if receipt["sample"]:
        return "## Sources\n\n- Texts and sentences written for jtextkit (Apache-2.0).\n"
    lines = ["## Sources and thanks\n"]
    if "aozora" in receipt["sources"]:
        lines.append(
            "- [Aozora Bunko](https://www.aozora.gr.jp/): works in the public domain in Japan, "
            "typed and proofread by the volunteers whom `input_by` and `proofread_by` name, from the "
            "books in `edition`; catalogue CC BY 4.0. Keep these columns when you pass the texts on."
        )
    if "jec" in receipt["sources"]:
        lines.append(
            f"- [日英中基本文データ]({JEC_PAGE}) v1-3: © Kurohashi-Kawahara laboratory, Kyoto "
            "University, CC BY 3.0. Sentences were joined into texts, and 。 was added to each."
        )
    lines.append(
        "- The formula: Jae-ho Lee and Yoichiro Hasebe, “Readability measurement of Japanese texts "
        "based on levelled corpora”."
    )
    return "\n".join(lines) + "\n"


def _rebuilding(receipt: Mapping[str, Any]) -> str:
    return (
        "## Rebuilding\n\n"
        f"```bash\n{_REBUILD[receipt['sample']]}\n```\n\n"
        "gives these files to the byte (with the version of pyarrow that `receipt.json` names; with "
        "another, the same rows: `rows_sha256`). `lock.jsonl` says where each text lies.\n"
    )
