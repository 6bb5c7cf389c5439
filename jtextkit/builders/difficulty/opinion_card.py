"""What the card says of the second edition: two opinions, prose, flags, marks of old print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jtextkit.builders.difficulty.flags import WORDS
from jtextkit.builders.difficulty.recipe import PROSE_RULES, RANKINGS, DifficultyRecipe
from jtextkit.metrics.readability.cautions import old_forms
from jtextkit.metrics.readability.profiles import MIDDLE

Rows = Sequence[Mapping[str, Any]]

_REPEAT_MARK = re.compile("[ゝゞヽヾ〳〴〵〱〲]")


def opinions_text(rows: Rows, recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    """The section on the second opinion, and what pairs by each ranking would be."""
    firm = sum(row["label_firm"] for row in rows) / len(rows)
    lines = ["## Two opinions\n"]
    if recipe.levels == "two":
        lines.append(
            "A second opinion adds kanji above grade 4 and uncommon words to the formula "
            f"(`harder_than_percent`). It puts every Simple text under the {recipe.simple_below:g}th "
            f"percentile of Aozora Bunko's fiction and every Complex one above the "
            f"{recipe.complex_above:g}th; Kyoto's sentences, whose words are those of news and business, "
            f"under and above the {MIDDLE:g}th."
        )
    lines.append(
        f"`label_firm` holds for {firm:.0%} of the texts: another page of the same work would have the "
        "label too, with a probability of 95 % (1.25 times the standard error of the text's sentences)."
    )
    if frontier := receipt["selection"].get("frontier"):
        lines += [
            f"\nPairs are ranked by `{recipe.ranking}`, which gives up some difference in difficulty so that "
            "labels are not sentence length in disguise. The best pairs that these sources offer, by "
            "each `--ranking`:\n",
            "| ranking | pairs | mean difficulty | words per sentence, medians | AUC of words per sentence "
            "| AUC of kanji and words |",
            "|---|---:|---:|---:|---:|---:|",
        ]
        for name in RANKINGS:
            row = frontier[name]
            lines.append(
                f"| {name} | {row['pairs']:,} | {row['mean_simple']:.3f}, {row['mean_complex']:.3f} "
                f"| {row['words_per_sentence_simple']:.0f}, {row['words_per_sentence_complex']:.0f} "
                f"| {row['auc_words_per_sentence']:.3f} | {row['auc_lexical']:.3f} |"
            )
    return "\n".join(lines) + "\n"


def contents_text(rows: Rows, recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    """The section on what stands in the texts, and what was left out for what stood in it."""
    dropped = receipt["selection"].get("aozora", {}).get("passages_dropped", {})
    left_out = ", ".join(f"{name} {dropped.get(name, 0):,}" for name in PROSE_RULES)
    lines = [
        "## What stands in the texts\n",
        f"Prose only. Passages left out by kind: {left_out}"
        + (f" (allowed: {', '.join(recipe.allow)})" if recipe.allow else "")
        + ".\n",
        f"| texts with | {' | '.join(recipe.labels)} |",
        f"|---|{'---:|' * len(recipe.labels)}",
    ]
    held = [
        (f"content flag `{flag}`", [flag in row["content_flags"] for row in rows]) for flag in WORDS
    ]
    held.append(
        ("repeat marks (ゝ 〳〵)", [bool(_REPEAT_MARK.search(row["text"])) for row in rows])
    )
    held.append(("an old form or spelling", [bool(old_forms(row["text"])) for row in rows]))
    for name, found in held:
        counts = Counter(row["label"] for row, holds in zip(rows, found, strict=True) if holds)
        cells = (f"{counts[number]:,}" for number in range(len(recipe.labels)))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines.append(
        "\nFlags are lists of words, no judgement: most of these works were printed before 1950. "
        "`--exclude-flagged` builds a set without them."
    )
    return "\n".join(lines) + "\n"
