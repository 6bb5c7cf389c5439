"""The part of the card that says what the set cannot claim, and whom it owes what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.jec import PAGE as JEC_PAGE

_AOZORA_RULES = "https://www.aozora.gr.jp/guide/kijyunn.html"
_CC_BY = "https://creativecommons.org/licenses/by/"

_NAMES = {"aozora": "public-domain-in-japan", "jec": "cc-by-3.0"}


def licence_lines(receipt: Mapping[str, Any]) -> str:
    """The licence in the card's YAML: the sources' own, joined where they differ."""
    if receipt["sample"]:
        return "license: apache-2.0\n"
    names = [name for source, name in _NAMES.items() if source in receipt["sources"]]
    if names == ["cc-by-3.0"]:
        return "license: cc-by-3.0\n"
    return f"license: other\nlicense_name: {'-and-'.join(names)}\nlicense_link: {_AOZORA_RULES}\n"


def limits(recipe: DifficultyRecipe, receipt: Mapping[str, Any]) -> str:
    """What the set cannot claim."""
    lines = [
        "The score sees sentence length, word origin, verbs and particles. It does not see rare "
        "kanji, old words, grammar, or hard thoughts in easy words. No reader was asked.",
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


def sources(receipt: Mapping[str, Any]) -> str:
    """Sources, their terms, and the thanks that they ask for."""
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
