"""Blocks: texts made of Kyoto University's basic sentences, one a line.

Sentences are sorted by their own difficulty and cut into blocks of like length, so that texts of
both levels arise; random blocks would nearly all be Simple. No two sentences of a block begin with the
same two characters: a third of all begin with 彼が, 彼は, それ or 私が. Each gets the 。 that the source
leaves out (without it the formula sees one endless sentence). These texts are lists of sentences, not
discourse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jtextkit.builders.difficulty.passages import Passage, Tally, judge
from jtextkit.builders.difficulty.recipe import RANKINGS, DifficultyRecipe
from jtextkit.builders.jec import BasicSentence
from jtextkit.builders.sets.splits import hash_order
from jtextkit.metrics.readability.profiles import profile

_END_MARKS = "。？！．"
_OPENING = 2


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
    ids.sort(key=lambda name: _standing(usable[name], recipe))
    block: list[BasicSentence] = []
    openings: set[str] = set()
    for name in ids:
        opening = usable[name].japanese[:_OPENING]
        if opening in openings:
            blocks.sentences["opening"] += 1
            continue
        openings.add(opening)
        block.append(usable[name])
        if len(block_text(block)) >= recipe.min_chars:
            _judge(block, cells_sha256, blocks, recipe)
            block, openings = [], set()
    blocks.sentences["left-over"] = len(block)
    return blocks


def _standing(sentence: BasicSentence, recipe: DifficultyRecipe) -> float:
    """How hard a sentence is to the recipe's ranking, length aside; to the formula for six levels."""
    found = profile(_closed(sentence.japanese), dictionary=recipe.dictionary)
    lexical = RANKINGS[recipe.ranking][0] if recipe.levels == "two" else 0.0
    return found.score.difficulty + lexical * found.lexical


def _judge(
    block: list[BasicSentence], cells_sha256: str, blocks: Blocks, recipe: DifficultyRecipe
) -> None:
    by_id = {sentence.sentence_id: sentence for sentence in block}
    items = tuple(hash_order(recipe.seed, by_id))  # not by difficulty: a text is no ladder
    text = block_text([by_id[item] for item in items])
    verdict = judge(text, recipe, source="jec")
    if len(text) > recipe.max_chars:
        verdict = "length"
    if isinstance(verdict, str):
        blocks.dropped[verdict] += 1
        return
    blocks.passages.append(Passage("jec", text, verdict, member_sha256=cells_sha256, items=items))
