"""The data set card: what the set is, how it was made, what it can and cannot claim."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from jtextkit.builders.difficulty.lock import LOCK
from jtextkit.builders.difficulty.opinion_card import contents_text, opinions_text
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.difficulty.rows import described
from jtextkit.builders.jec import PAGE as JEC_PAGE
from jtextkit.builders.sets.card import front_matter, rebuilding
from jtextkit.builders.sets.splits import SPLITS

_SAMPLE = """
> **This is a sample.** Its texts were written for jtextkit by invented authors, to show and test the
> builder without a network. It is far too small to train or judge a model with.
"""

_AOZORA_RULES = "https://www.aozora.gr.jp/guide/kijyunn.html"
_CC_BY = "https://creativecommons.org/licenses/by/"

_NAMES = {"aozora": "public-domain-in-japan", "jec": "cc-by-3.0"}

_CONFIGS = {"aozora": "aozora", "kyoto": "jec"}
"""Parts that can be loaded by name, and their ``source``."""

_OPTIONS = {"aozora": "--aozora DIR", "jec": "--jec FILE"}

_AUDIT_BEFORE = "## Limits\n"
"""The heading before which :func:`with_audit` puts its section."""

_LISTED, _SHORT = 6, 30
"""Values of a column are listed where there are no more, of no more characters."""

_UNITS = {
    name: unit
    for unit, names in {
        "points of the formula": "readability readability_se readability_newline",
        "share of the scale": "difficulty overall_difficulty",
        "words": "words_per_sentence words",
        "% of words": "kango_percent wago_percent verb_percent particle_percent classical_percent",
        "% of content words": "uncommon_words_percent",
        "% of characters": "kanji_above_grade4_percent",
        "percentile": "harder_than_percent",
        "percentage points": "harder_se",
        "characters": "characters char_start char_end",
        "sentences": "sentences",
        "year": "author_died",
    }.items()
    for name in names.split()
}


def card_text(
    splits: Mapping[str, Sequence[Mapping[str, Any]]],
    recipe: DifficultyRecipe,
    receipt: Mapping[str, Any],
    lock: str,
) -> str:
    """The whole ``README.md``; a function of these alone.

    The audit's section is put in by whoever audits the set: see :func:`with_audit`.

    Args:
        receipt: all of it but ``files``.
        lock: the text of ``lock.jsonl``.
    """
    rows = [row for split in SPLITS for row in splits[split]]
    parts = [
        _front_matter(splits, recipe, receipt),
        f"# difficulty-2level: {_title(recipe)}\n",
        _SAMPLE if receipt["sample"] else "",
        _summary(rows, recipe),
        _loading(recipe, receipt),
        _sizes(splits, recipe, receipt),
        _making(recipe, receipt),
        opinions_text(rows, recipe, receipt) if recipe.second else "",
        contents_text(rows, recipe, receipt) if recipe.second else "",
        _columns(rows, recipe),
        _limits(recipe, receipt),
        _sources(receipt),
        _recipe(recipe, receipt),
        _hashes(receipt, lock),
        rebuilding(_command(recipe, receipt), receipt),
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
    names = recipe.labels if recipe.levels == "two" else ("six levels of",)
    return f"{' and '.join(names)} Japanese texts"


def _front_matter(
    splits: Mapping[str, Sequence[Mapping[str, Any]]],
    recipe: DifficultyRecipe,
    receipt: Mapping[str, Any],
) -> str:
    sources = {split: {row["source"] for row in rows} for split, rows in splits.items()}
    levels = "two levels" if recipe.levels == "two" else "six levels"
    return front_matter(
        sum(map(len, splits.values())),
        licence_lines(receipt),
        f"Japanese text difficulty, {levels}",
        {
            "annotations_creators": ["machine-generated"],
            "language_creators": ["found"],
            "multilinguality": ["monolingual"],
            "task_categories": ["text-classification", "text-generation"],
            "source_datasets": ["original"],
            "tags": ["readability", "jreadability", "text-difficulty", *sorted(receipt["sources"])],
        },
        {
            name: (source, [split for split in SPLITS if source in sources[split]])
            for name, source in _parts(recipe, receipt).items()
        },
    )


def _parts(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> Mapping[str, str]:
    return _CONFIGS if recipe.second and len(receipt["sources"]) == len(_CONFIGS) else {}


def licence_lines(receipt: Mapping[str, Any]) -> str:
    """The licence in the card's YAML: the sources' own, joined where they differ."""
    if receipt["sample"]:
        return "license: apache-2.0\n"
    names = [name for source, name in _NAMES.items() if source in receipt["sources"]]
    if names == ["cc-by-3.0"]:
        return "license: cc-by-3.0\n"
    return f"license: other\nlicense_name: {'-and-'.join(names)}\nlicense_link: {_AOZORA_RULES}\n"


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
        "and cut into blocks of like length, each sentence used once"
        + (", no two of a block with the same beginning." if recipe.second else "."),
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
    for name, (kind, meaning) in described(recipe).items():
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
        ends = (
            f"{end:.4g}" if isinstance(end, float) else str(end) for end in (min(known), max(known))
        )
        parts.append(" to ".join(ends))
    elif known and isinstance(known[0], str):
        different = sorted(set(known))
        several = len(different) > _LISTED or max(map(len, different)) > _SHORT
        parts.append(f"{len(different):,} different" if several else ", ".join(different))
    if len(known) < len(values):
        parts.append(f"{len(values) - len(known):,} null" if known else "all null")
    return "; ".join(parts) or "–"


def _limits(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    seen = (
        "The score sees sentence length, word origin, verbs and particles. It does not see rare "
        "kanji, old words, grammar, or hard thoughts in easy words. No reader was asked."
    )
    if recipe.second:
        seen = (
            "The formula sees sentence length, word origin, verbs and particles, the second opinion kanji "
            "and words too. Neither sees grammar, or hard thoughts in easy words. No learner was asked."
        )
    lines = [
        seen,
        "The label is a function of the text that a model can learn without understanding it: "
        "report a baseline of one number (sentences, kanji) beside any model.",
        "Sentences end at 。？！． alone. Under the other rule, where line breaks end them too, the "
        "value differs (`readability_newline`); only texts whose label is the same under both are "
        "here, so texts with many short lines are rarer than in nature.",
        f"The score of a short text is noisy: labels are for texts of {recipe.min_chars:,} "
        "characters and more, not for single sentences cut out of them.",
        f"Texts near a border (closer than {recipe.margin:g} in difficulty) are left out"
        + (", and pairs were chosen for a large difference." if recipe.pairs else "."),
        "Most texts are literature of before 1960; they are no measure of today's web or news.",
        "Texts are stretches of longer works and may begin in the middle of a story.",
    ]
    if "jec" in receipt["sources"]:
        lines.append(
            "Texts from Kyoto's sentences (`source` = `jec`) are lists of sentences without "
            "connection, not discourse."
        )
    if "aozora" in receipt["sources"] and not receipt["sample"] and recipe.public_domain == "japan":
        lines.append(
            "Public domain *in Japan*: an author who died in 1956 or later may be protected where "
            "protection lasts 70 years after death. `author_died` tells (null: not known); `--public-domain life+70` "
            "builds a set without them."
        )
    return "## Limits\n\n" + "".join(f"- {line}\n" for line in lines)


def _sources(receipt: Mapping[str, Any]) -> str:
    if receipt["sample"]:
        return "## Sources\n\n- Texts and sentences written for jtextkit (Apache-2.0).\n"
    lines = ["## Sources and thanks\n"]
    if "aozora" in receipt["sources"]:
        lines.append(
            "- [Aozora Bunko](https://www.aozora.gr.jp/): works in the public domain in Japan, "
            "typed and proofread by the volunteers whom `input_by` and `proofread_by` name, from the "
            f"books in `edition`; catalogue [CC BY 4.0]({_CC_BY}4.0/). Changed: passages were cut out, "
            f"ruby and notes taken out. Its [rules]({_AOZORA_RULES}) ask those who pass texts on to "
            "keep title, author, edition and these names: keep these columns."
        )
    if "jec" in receipt["sources"]:
        lines.append(
            f"- [日英中基本文データ]({JEC_PAGE}) v1-3 (JEC Basic Sentence Data): © Kurohashi-Kawahara "
            f"laboratory, Kyoto University, [CC BY 3.0]({_CC_BY}3.0/). Changed: sentences were joined "
            "into texts, and 。 was added to each."
        )
    lines.append(
        "- The formula: Jae-ho Lee and Yoichiro Hasebe, “Readability measurement of Japanese texts "
        "based on levelled corpora”; Hasebe and Lee, “Introducing a readability evaluation system "
        "for Japanese language education” (CASTEL/J 2015)."
    )
    return "\n".join(lines) + "\n"


def _recipe(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    lines = ["## Recipe\n", "| rule | value |", "|---|---|"]
    for name, value in recipe.to_dict().items():
        if name not in receipt["recipe"]:  # a rule that the first edition did not have
            continue
        shown = "、".join(value) or "all" if isinstance(value, list) else value
        lines.append(f"| `{name}` | {str(shown).lower() if isinstance(value, bool) else shown} |")
    lines.append(f"\nSHA-256 of the recipe: `{receipt['recipe_sha256']}`.")
    return "\n".join(lines) + "\n"


def _hashes(receipt: Mapping[str, Any], lock: str) -> str:
    lines = ["## Hashes\n", "| what | SHA-256 |", "|---|---|"]
    lines += [f"| rows of `{name}` | `{receipt['rows_sha256'][name]}` |" for name in SPLITS]
    lines.append(f"| `{LOCK}` | `{hashlib.sha256(lock.encode()).hexdigest()}` |")
    for source, facts in sorted(receipt["sources"].items()):
        for name, value in sorted(facts.items()):
            if name.endswith("sha256"):
                lines.append(f"| source `{source}`: {name.replace('_', ' ')} | `{value}` |")
    lines.append(
        "\n`lock.jsonl` says where each text lies, and holds no text. `receipt.json` holds the hash of "
        "every file,\nthis card's too."
    )
    return "\n".join(lines) + "\n"


def _loading(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    names = " or ".join(f'"{name}"' for name in _parts(recipe, receipt))
    part = f"\nA name behind the place loads that part alone: {names}.\n" if names else ""
    return (
        "## Loading\n\n"
        "```python\nfrom datasets import load_dataset\n\n"
        'data = load_dataset("USER/NAME", revision="TAG")  # or the folder itself\n'
        f'data["train"].features["label"].names  # {list(recipe.labels)}\n```\n{part}'
    )


def _command(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    command = f"pip install jtextkit=={receipt['jtextkit']}\njtextkit build difficulty-2level"
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
