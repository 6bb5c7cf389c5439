"""Blocks: texts made of Kyoto University's basic sentences, one a line.

Sentences are sorted by their own difficulty and cut into blocks of like length, so that texts of
both levels arise; random blocks would nearly all be Simple. Each gets the 。 that the source leaves
out (without it the formula sees one endless sentence). These texts are lists of sentences, not
discourse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jtextkit.builders.difficulty.passages import Passage, Tally, judge
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.jec import BasicSentence
from jtextkit.builders.sets.splits import hash_order
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.readability.formula import readability_of

_END_MARKS = "。？！．"


@dataclass(slots=True)
class Blocks:
    """The blocks that keep the recipe's rules, and what became of all sentences."""

    passages: list[Passage] = field(default_factory=list)
    sentences: Tally = field(default_factory=Tally)
    dropped: Tally = field(default_factory=Tally)


def block_text(sentences: Sequence[BasicSentence]) -> str:
    """The text of a block: each sentence with its final mark, a line each."""
    return "\n".join(_closed(sentence.japanese) for sentence in sentences)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith(tuple(_END_MARKS)) else f"{sentence}。"


def make_blocks(
    sentences: Sequence[BasicSentence], cells_sha256: str, recipe: DifficultyRecipe
) -> Blocks:
    """Cut all sentences without a placeholder into blocks of ``min_chars`` and a little more.

    Args:
        sentences: in any order.
        cells_sha256: hash of the cells they come from, which each block remembers.
    """
    words = analyser(recipe.dictionary)
    blocks = Blocks()
    usable = {}
    for sentence in sentences:
        if sentence.has_placeholder:
            blocks.sentences["placeholder"] += 1
        else:
            usable[sentence.sentence_id] = sentence
            ended = sentence.japanese.endswith(tuple(_END_MARKS))
            blocks.sentences["mark-present" if ended else "mark-added"] += 1
    # Hash order first: the sort is stable, so equally difficult sentences stay in that order.
    ids = hash_order(recipe.seed, usable)
    ids.sort(key=lambda name: -readability_of(words.count(_closed(usable[name].japanese))))
    block: list[BasicSentence] = []
    for name in ids:
        block.append(usable[name])
        if len(block_text(block)) >= recipe.min_chars:
            _judge(block, cells_sha256, blocks, recipe)
            block = []
    blocks.sentences["left-over"] = len(block)
    return blocks


def _judge(
    block: list[BasicSentence], cells_sha256: str, blocks: Blocks, recipe: DifficultyRecipe
) -> None:
    by_id = {sentence.sentence_id: sentence for sentence in block}
    items = tuple(hash_order(recipe.seed, by_id))  # not by difficulty: a text is no ladder
    text = block_text([by_id[item] for item in items])
    verdict = judge(text, analyser(recipe.dictionary), recipe)
    if len(text) > recipe.max_chars:
        verdict = "length"
    if isinstance(verdict, str):
        blocks.dropped[verdict] += 1
        return
    counts, label = verdict
    blocks.passages.append(
        Passage("jec", text, counts, label, member_sha256=cells_sha256, items=items)
    )
