"""Pairs: one Simple and one Complex text of the same writer and of nearly the same length.

Within a writer (and within Kyoto's blocks) the fittest pair that keeps the rules is taken first,
then the fittest of what is left; the second opinion must order the two as the formula does. Fit weighs
how distinct they are by the recipe's ranking against how much the lengths differ: paragraphs of hard
texts are longer, so a passage that ends at a paragraph border is longer too, and length would tell the
label if only its limit were kept.

Ranked by the formula alone, so large a library gives the shortest and the longest sentences there are,
and their length tells the label. Weight on kanji and words, and against length, gives up some
difference in difficulty for labels that two opinions share: see :func:`frontier`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

import numpy as np

from jtextkit.builders.difficulty.passages import Passage
from jtextkit.builders.difficulty.recipe import RANKINGS, DifficultyRecipe
from jtextkit.builders.sets.splits import hash_order
from jtextkit.metrics.shortcuts.auc import auc

_UNLIMITED = 10**9


@dataclass(frozen=True, slots=True)
class Pair:
    """A Simple and a Complex text that belong together."""

    simple: Passage
    complex: Passage

    def fit(self, recipe: DifficultyRecipe) -> float:
        """Distance by the ranking less the share of the length gap that is used up."""
        gap = abs(len(self.simple.text) - len(self.complex.text))
        distance = self.complex.standing(recipe.ranking) - self.simple.standing(recipe.ranking)
        return distance - gap / max(1, recipe.max_length_gap)

    @property
    def group(self) -> str:
        """What must stay in one split: writers who are linked; each pair of Kyoto's blocks alone."""
        return self.simple.group or self.simple.id


def make_pairs(passages: Iterable[Passage], recipe: DifficultyRecipe) -> list[Pair]:
    """All pairs that the rules allow, the fittest first.

    At most ``max_per_writer`` pairs of a writer and ``max_per_work`` texts of a work; Kyoto's blocks
    have neither writer nor work and are bound by their sentences alone, each used once.
    """
    by_writer: dict[str | None, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_writer[passage.writer_id].append(passage)
    pairs = []
    for writer, texts in by_writer.items():
        most = _UNLIMITED if writer is None else recipe.max_per_writer
        pairs += _pairs_of_writer(texts, recipe, most)
    rank = {name: i for i, name in enumerate(hash_order(recipe.seed, (p.simple.id for p in pairs)))}
    return sorted(pairs, key=lambda pair: (-pair.fit(recipe), rank[pair.simple.id]))


def _pairs_of_writer(texts: Sequence[Passage], recipe: DifficultyRecipe, most: int) -> list[Pair]:
    of_label = [[text for text in texts if text.label == label] for label in recipe.labels]
    if not all(of_label):
        return []
    simple, complex_ = (by_hash(some, recipe.seed) for some in of_label)
    length_gap = np.abs(_differences(simple, complex_, lambda text: len(text.text)))
    fit = -_differences(simple, complex_, lambda text: text.standing(recipe.ranking))
    fit -= length_gap / max(1, recipe.max_length_gap)
    fit[length_gap > recipe.max_length_gap] = -np.inf
    fit[_differences(simple, complex_, lambda text: text.measured.percentile) >= 0] = -np.inf
    works = Counter[str]()
    pairs: list[Pair] = []
    while len(pairs) < most:
        best = int(np.argmax(fit))  # the first of equals, that is by hash
        row, column = divmod(best, len(complex_))
        if fit[row, column] == -np.inf:
            break
        pair = Pair(simple[row], complex_[column])
        names = [name for name in (pair.simple.work_id, pair.complex.work_id) if name]
        if len(set(names)) == 1 and works[names[0]] + 2 > recipe.max_per_work:
            fit[row, column] = -np.inf  # the work has room for one of the two only
            continue
        pairs.append(pair)
        fit[row, :] = -np.inf
        fit[:, column] = -np.inf
        for name in names:
            works[name] += 1
            if works[name] == recipe.max_per_work:
                fit[[text.work_id == name for text in simple], :] = -np.inf
                fit[:, [text.work_id == name for text in complex_]] = -np.inf
    return pairs


def by_hash(texts: Sequence[Passage], seed: int) -> list[Passage]:
    """The texts in the seed's order, whatever order they come in."""
    by_id = {text.id: text for text in texts}
    return [by_id[name] for name in hash_order(seed, by_id)]


def _differences(
    ones: Sequence[Passage], others: Sequence[Passage], value: Callable[[Passage], float]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """A row for each of ``ones``, a column for each of ``others``."""
    values = (np.array([value(text) for text in texts], dtype=float) for texts in (ones, others))
    found: np.ndarray[tuple[int, int], np.dtype[np.float64]] = np.subtract.outer(*values)
    return found


def frontier(passages: Sequence[Passage], recipe: DifficultyRecipe) -> dict[str, dict[str, float]]:
    """What the best ``recipe.size`` pairs by each ranking give.

    Returns:
        For each ranking the number of pairs, the mean difficulty of both labels, the medians of words
        per sentence, and how well words per sentence and the lexical part alone tell the labels (AUC).
    """
    found = {}
    for ranking in RANKINGS:
        best = make_pairs(passages, replace(recipe, ranking=ranking))[: recipe.size]
        simple, complex_ = [pair.simple for pair in best], [pair.complex for pair in best]
        row: dict[str, float] = {"pairs": len(best)}
        for label, some in (("simple", simple), ("complex", complex_)):
            row[f"mean_{label}"] = fmean(text.difficulty for text in some)
            row[f"words_per_sentence_{label}"] = median(text.words_per_sentence for text in some)
        ids = [text.id for text in simple + complex_]
        truth = [False] * len(simple) + [True] * len(complex_)
        lengths = [text.words_per_sentence for text in simple + complex_]
        lexical = [text.measured.lexical for text in simple + complex_]
        for name, values in (("words_per_sentence", lengths), ("lexical", lexical)):
            area = auc(values, truth, ids)
            row[f"auc_{name}"] = area.auc if area else 0.5
        found[ranking] = {name: round(value, 4) for name, value in row.items()}
    return found
