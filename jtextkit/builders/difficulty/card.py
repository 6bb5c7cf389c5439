"""The data set card: what the set is, how it was made, what it can and cannot claim (``card.md``)."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jtextkit.builders.difficulty.flags import WORDS
from jtextkit.builders.difficulty.lock import LOCK
from jtextkit.builders.difficulty.recipe import PROSE_RULES, RANKINGS, DifficultyRecipe
from jtextkit.builders.difficulty.rows import described
from jtextkit.builders.jec import PAGE as JEC_PAGE
from jtextkit.builders.sets.card import filled, front_matter, rebuilding, table
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.metrics.readability.cautions import old_forms
from jtextkit.metrics.readability.profiles import MIDDLE

Rows = Sequence[Mapping[str, Any]]
Receipt = Mapping[str, Any]

_AOZORA_RULES = "https://www.aozora.gr.jp/guide/kijyunn.html"

_NAMES = {"aozora": "public-domain-in-japan", "jec": "cc-by-3.0"}

_CONFIGS = {"aozora": "aozora", "kyoto": "jec"}
"""Parts that can be loaded by name, and their ``source``."""

_OPTIONS = {"aozora": "--aozora DIR", "jec": "--jec FILE"}

_AUDIT_BEFORE = "## Limits\n"
"""The heading before which :func:`with_audit` puts its section."""

_LISTED, _SHORT = 6, 30
"""Values of a column are listed where there are no more, of no more characters."""

_OFFERS = {
    "pairs": "{pairs:,}",
    "mean difficulty": "{mean_simple:.3f}, {mean_complex:.3f}",
    "words per sentence, medians": "{words_per_sentence_simple:.0f}, {words_per_sentence_complex:.0f}",
    "AUC of words per sentence": "{auc_words_per_sentence:.3f}",
    "AUC of kanji and words": "{auc_lexical:.3f}",
}
"""What the best pairs by a ranking give: columns, and how their cells are written."""

_REPEAT_MARK = re.compile("[ゝゞヽヾ〳〴〵〱〲]")


def card_text(
    splits: Mapping[str, Rows], recipe: DifficultyRecipe, receipt: Receipt, lock: str
) -> str:
    """The whole ``README.md``; a function of these alone.

    The audit's section is put in by whoever audits the set: see :func:`with_audit`.

    Args:
        receipt: all of it but ``files``.
        lock: the text of ``lock.jsonl``.
    """
    rows = [row for split in SPLITS for row in splits[split]]
    lengths = [row["characters"] for row in rows]
    two, in_japan = recipe.levels == "two", recipe.public_domain == "japan"
    names = recipe.labels if two else ("six levels of",)
    means = receipt["mean_difficulty"].items()
    of_aozora = "aozora" in receipt["sources"]
    values = {
        "recipe": recipe,
        "receipt": receipt,
        "second": recipe.second,
        "pairs": recipe.pairs,
        "two": two,
        "sample": receipt["sample"],
        "aozora": of_aozora,
        "jec": "jec" in receipt["sources"],
        "protected": of_aozora and not receipt["sample"] and in_japan,
        "front": _front_matter(splits, recipe, receipt),
        "title": f"{' and '.join(names)} Japanese texts",
        "count": len(rows),
        "shortest": min(lengths),
        "longest": max(lengths),
        "labels": list(recipe.labels),
        "parts": " or ".join(f'"{name}"' for name in _parts(recipe, receipt)),
        "sizes": _sizes(splits, recipe, receipt),
        "means": ", ".join(f"{label} {value:.2f}" for label, value in means),
        "writers": len({row["writer_id"] for row in rows} - {None}),
        "parted_pair": receipt["selection"]["parted_pair"],
        "where_free": "in Japan" if in_japan else "and life + 70 years",
        "orthographies": "、".join(recipe.orthographies),
        "borders": " and ".join(f"{border:.3g}" for border in recipe.borders),
        "last": 6 if recipe.pairs else 5,
        "columns": _columns(rows, recipe),
        "jec_page": JEC_PAGE,
        "rules": _rules(recipe, receipt),
        "hashes": _hashes(receipt, lock),
        "rebuilding": rebuilding(_command(recipe, receipt), receipt),
    }
    if recipe.second:
        values |= _of_second_edition(rows, recipe, receipt)
    return filled(__package__, "card.md", values)


def with_audit(card: str, section: str) -> str:
    """The card with the audit's section, which ends with a line break, before its limits.

    The audit reads the finished set and lies in a layer above the builders, so it comes after.

    >>> with_audit("# Set\\n\\n## Limits\\n", "## Audit\\n\\nall well\\n")
    '# Set\\n\\n## Audit\\n\\nall well\\n\\n## Limits\\n'
    """
    before, found, after = card.partition(_AUDIT_BEFORE)
    assert found, "not a card of this builder"
    return f"{before}{section}\n{found}{after}"


def _front_matter(splits: Mapping[str, Rows], recipe: DifficultyRecipe, receipt: Receipt) -> str:
    sources = {split: {row["source"] for row in rows} for split, rows in splits.items()}
    return front_matter(
        sum(map(len, splits.values())),
        licence_lines(receipt),
        f"Japanese text difficulty, {recipe.levels} levels",
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


def _parts(recipe: DifficultyRecipe, receipt: Receipt) -> Mapping[str, str]:
    return _CONFIGS if recipe.second and len(receipt["sources"]) == len(_CONFIGS) else {}


def licence_lines(receipt: Receipt) -> str:
    """The licence in the card's YAML: the sources' own, joined where they differ."""
    if receipt["sample"]:
        return "license: apache-2.0\n"
    names = [name for source, name in _NAMES.items() if source in receipt["sources"]]
    if names == ["cc-by-3.0"]:
        return "license: cc-by-3.0\n"
    return f"license: other\nlicense_name: {'-and-'.join(names)}\nlicense_link: {_AOZORA_RULES}\n"


def _sizes(splits: Mapping[str, Rows], recipe: DifficultyRecipe, receipt: Receipt) -> str:
    rows = []
    for split in SPLITS:
        content = splits[split]
        aozora = sum(row["source"] == "aozora" for row in content)
        counts = [len(content), *receipt["rows"][split].values(), aozora, len(content) - aozora]
        rows.append((split, *(f"{count:,}" for count in counts)))
    return table(("split", "texts", *recipe.labels, "from Aozora Bunko", "from Kyoto"), rows)


def _of_second_edition(rows: Rows, recipe: DifficultyRecipe, receipt: Receipt) -> dict[str, Any]:
    """What is said of two opinions, prose, flags and marks of old print."""
    selection = receipt["selection"]
    dropped = selection.get("aozora", {}).get("passages_dropped", {})
    allowed = f" (allowed: {', '.join(recipe.allow)})" if recipe.allow else ""
    offers = selection.get("frontier") or {}
    rankings = (
        (name, *(shape.format(**offers[name]) for shape in _OFFERS.values())) for name in RANKINGS
    )
    return {
        "middle": MIDDLE,
        "firm": sum(row["label_firm"] for row in rows) / len(rows),
        "rankings": offers and table(("ranking", *_OFFERS), rankings),
        "left_out": ", ".join(f"{name} {dropped.get(name, 0):,}" for name in PROSE_RULES) + allowed,
        "contents": _contents(rows, recipe),
    }


def _contents(rows: Rows, recipe: DifficultyRecipe) -> str:
    held = {
        f"content flag `{flag}`": [flag in row["content_flags"] for row in rows] for flag in WORDS
    }
    held["repeat marks (ゝ 〳〵)"] = [bool(_REPEAT_MARK.search(row["text"])) for row in rows]
    held["an old form or spelling"] = [bool(old_forms(row["text"])) for row in rows]
    lines = []
    for name, found in held.items():
        counts = Counter(row["label"] for row, holds in zip(rows, found, strict=True) if holds)
        lines.append((name, *(f"{counts[number]:,}" for number in range(len(recipe.labels)))))
    return table(("texts with", *recipe.labels), lines)


def _columns(rows: Rows, recipe: DifficultyRecipe) -> str:
    lines = []
    for name, column in described(recipe).items():
        shown, span = column.kind, _range([row[name] for row in rows])
        if shown == "label":
            shown, span = "ClassLabel", ", ".join(recipe.labels)
        lines.append((f"`{name}`", shown, column.unit, span, column.meaning))
    return table(("column", "type", "unit", "range here", "meaning"), lines, words=5)


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


def _rules(recipe: DifficultyRecipe, receipt: Receipt) -> str:
    rows = []
    for name, value in recipe.to_dict().items():
        if name not in receipt["recipe"]:  # a rule that the first edition did not have
            continue
        shown = "、".join(value) or "all" if isinstance(value, list) else value
        rows.append((f"`{name}`", str(shown).lower() if isinstance(value, bool) else shown))
    return table(("rule", "value"), rows, words=2)


def _hashes(receipt: Receipt, lock: str) -> str:
    found = {f"rows of `{name}`": receipt["rows_sha256"][name] for name in SPLITS}
    found[f"`{LOCK}`"] = hashlib.sha256(lock.encode()).hexdigest()
    for source, facts in sorted(receipt["sources"].items()):
        for name, value in sorted(facts.items()):
            if name.endswith("sha256"):
                found[f"source `{source}`: {name.replace('_', ' ')}"] = value
    rows = ((what, f"`{value}`") for what, value in found.items())
    return table(("what", "SHA-256"), rows, words=2)


def _command(recipe: DifficultyRecipe, receipt: Receipt) -> str:
    command = f"pip install jtextkit=={receipt['jtextkit']}\njtextkit build difficulty-2level"
    if receipt["sample"] and recipe == DifficultyRecipe(size=recipe.size):
        return f"{command} --sample --size {recipe.size}"
    if receipt["sample"]:
        return f"{command} --sample --lock THIS_FOLDER"
    given = [option for source, option in _OPTIONS.items() if source in receipt["sources"]]
    return f"{command} --lock THIS_FOLDER {' '.join(given)}"
