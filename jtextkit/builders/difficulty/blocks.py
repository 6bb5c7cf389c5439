"""Blocks: texts made of Kyoto University's basic sentences, one a line.

Sentences are sorted by their own difficulty and cut into blocks of like length, so that texts of
both levels arise; random blocks would nearly all be Simple. No two sentences of a block begin with the
same two characters: a third of all begin with 彼が, 彼は, それ or 私が. Each gets the 。 that the source
leaves out (without it the formula sees one endless sentence). These texts are lists of sentences, not
discourse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jtextkit.builders.difficulty.passages import Passage, Tally, judge
from jtextkit.builders.difficulty.recipe import RANKINGS, DifficultyRecipe
from jtextkit.builders.jec import BasicSentence
from jtextkit.builders.sets.splits import hash_order
from jtextkit.metrics.readability.profiles import profile

_END_MARKS = tuple("。？！．")
_OPENING = 2


def block_text(sentences: Sequence[BasicSentence]) -> str:
    """The text of a block: each sentence with its final mark, a line each."""
    return "\n".join(_closed(sentence.japanese) for sentence in sentences)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith(_END_MARKS) else f"{sentence}。"


def make_blocks(
    sentences: Sequence[BasicSentence], cells_sha256: str, recipe: DifficultyRecipe
) -> tuple[list[Passage], dict[str, Any]]:
    """Cut all sentences without a placeholder into blocks of ``min_chars`` and a little more.

    Args:
        sentences: in any order.
        cells_sha256: hash of the cells they come from, which each block remembers.

    Returns:
        The blocks that keep the recipe's rules, and how many sentences and blocks became what.
    """
    passages: list[Passage] = []
    tally, dropped = Tally(), Tally()
    usable = {}
    for sentence in sentences:
        if sentence.has_placeholder:
            tally["placeholder"] += 1
        else:
            usable[sentence.sentence_id] = sentence
            ended = sentence.japanese.endswith(_END_MARKS)
            tally["mark-present" if ended else "mark-added"] += 1
    # Hash order first: the sort is stable, so equally difficult sentences stay in that order.
    ids = hash_order(recipe.seed, usable)
    ids.sort(key=lambda name: _standing(usable[name], recipe))
    block: list[str] = []
    openings: set[str] = set()
    for name in ids:
        opening = usable[name].japanese[:_OPENING]
        if opening in openings:
            tally["opening"] += 1
            continue
        openings.add(opening)
        block.append(name)
        if len(block_text([usable[item] for item in block])) < recipe.min_chars:
            continue
        items = tuple(hash_order(recipe.seed, block))  # not by difficulty: a text is no ladder
        text = block_text([usable[item] for item in items])
        verdict = judge(text, recipe, source="jec")
        if len(text) > recipe.max_chars:
            verdict = "length"
        if isinstance(verdict, str):
            dropped[verdict] += 1
        else:
            passages.append(Passage("jec", text, verdict, sha256=cells_sha256, source_items=items))
        block, openings = [], set()
    tally["left-over"] = len(block)
    return passages, {"sentences": tally, "blocks_dropped": dropped, "blocks": len(passages)}


def _standing(sentence: BasicSentence, recipe: DifficultyRecipe) -> float:
    """How hard a sentence is to the recipe's ranking, length aside; to the formula for six levels."""
    found = profile(_closed(sentence.japanese), dictionary=recipe.dictionary)
    lexical = RANKINGS[recipe.ranking][0] if recipe.levels == "two" else 0.0
    return found.score.difficulty + lexical * found.lexical
