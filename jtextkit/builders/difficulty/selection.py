"""The choice: which passages make the set, and in which split each stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from jtextkit.builders.difficulty.pairs import Pair, by_hash, make_pairs
from jtextkit.builders.difficulty.passages import Passage
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.sets.near_duplicates import NearDuplicates, apart
from jtextkit.builders.sets.splits import assign_closely, assign_roughly, hash_order, label_quotas
from jtextkit.core.errors import QuotaError

_MORE = "lower --size, add sources, or loosen a rule ({})"


@dataclass(frozen=True, slots=True)
class ChosenPassage:
    """A passage of the set, its split, and its pair (None in sets without pairs)."""

    passage: Passage
    split: str
    pair_id: str | None


@dataclass(slots=True)
class DifficultySelection:
    """The set in the order of its rows, and what the choice dropped.

    Attributes:
        rows: all texts in hash order; a split's rows keep that order.
        offered: pairs (or texts, without pairs) that the rules allowed.
        near_duplicates: dropped text to the text it nearly repeats.
        parted_pair: the pair whose texts stand in two splits, because the splits have odd sizes.
    """

    rows: list[ChosenPassage]
    offered: int
    near_duplicates: dict[str, str] = field(default_factory=dict)
    parted_pair: str | None = None


def select(passages: Sequence[Passage], recipe: DifficultyRecipe) -> DifficultySelection:
    """Choose ``recipe.size`` texts of each label and split them.

    Raises:
        QuotaError: the passages do not suffice.
    """
    selection = _select_pairs(passages, recipe) if recipe.pairs else _select_texts(passages, recipe)
    by_id = {row.passage.id: row for row in selection.rows}
    selection.rows = [by_id[name] for name in hash_order(recipe.seed, by_id)]
    return selection


def _select_pairs(passages: Sequence[Passage], recipe: DifficultyRecipe) -> DifficultySelection:
    offered = make_pairs(passages, recipe)
    selection = DifficultySelection([], len(offered))
    pairs = _without_near_duplicates(offered, selection, recipe)
    usable = len(pairs)
    simple, complex_ = recipe.labels
    quotas = label_quotas(recipe.size, recipe.labels)
    whole = {split: min(labels.values()) for split, labels in quotas.items()}
    # The two splits of odd size, the one with more Simple texts first.
    odd = sorted(
        (split for split, labels in quotas.items() if labels[simple] != labels[complex_]),
        key=lambda split: quotas[split][simple] < quotas[split][complex_],
    )
    parted: Pair | None = None
    by_id = {pair.simple.id: pair for pair in pairs if pair.simple.writer_id is None}
    kyoto = [by_id[name] for name in hash_order(recipe.seed, by_id)]
    if odd:
        # Two splits of odd size share a pair, its Simple text in the first. Only one of Kyoto's
        # can be parted, since any other would part its writer; without one, a split grows by one.
        if kyoto:
            parted = kyoto.pop(0)
        else:
            whole[max(odd, key=lambda split: whole[split])] += 1
    placed = [] if parted is None else [(parted, odd[0], odd[1])]
    # Every split has its share of Kyoto's: by fit alone a small one would have none.
    shares = {split: number * len(kyoto) // usable for split, number in whole.items() if usable}
    slots = [split for split, share in shares.items() for _ in range(share)]
    placed += [(pair, split, split) for pair, split in zip(kyoto, slots, strict=False)]
    taken = {pair.simple.id for pair, _, _ in placed}
    pairs = [pair for pair in pairs if pair.simple.id not in taken]
    left = {split: number - slots.count(split) for split, number in whole.items()}
    try:
        assigned = assign_closely(Counter(pair.group for pair in pairs), left, recipe.seed)
    except QuotaError as error:
        raise QuotaError(
            f"the sources give {usable:,} pairs, {recipe.size:,} are asked for: {error.problem}",
            cure=_MORE.format("--simple-below, --complex-above, --max-per-writer, --max-per-work"),
        ) from None
    for pair in pairs:  # the fittest first
        split = assigned[pair.group]
        if left[split] > 0:
            left[split] -= 1
            placed.append((pair, split, split))
    for number, (pair, split_of_simple, split_of_complex) in enumerate(placed, 1):
        name = f"pair-{number:04d}"
        selection.rows.append(ChosenPassage(pair.simple, split_of_simple, name))
        selection.rows.append(ChosenPassage(pair.complex, split_of_complex, name))
    if parted:
        selection.parted_pair = "pair-0001"  # it was placed first
    return selection


def _without_near_duplicates(
    offered: Sequence[Pair], selection: DifficultySelection, recipe: DifficultyRecipe
) -> list[Pair]:
    limit = recipe.max_similarity
    texts = [text.text for pair in offered for text in (pair.simple, pair.complex)]
    known = NearDuplicates(limit, apart(texts, limit))
    pairs = []
    for pair in offered:
        both = (pair.simple, pair.complex)
        twins = {text.id: known.twin(text.text) for text in both}
        selection.near_duplicates |= {text: twin for text, twin in twins.items() if twin}
        if not any(twins.values()):
            pairs.append(pair)
            for text in both:
                known.add(text.id, text.text)
    return pairs


def _select_texts(passages: Sequence[Passage], recipe: DifficultyRecipe) -> DifficultySelection:
    ranked = _by_distinctness(passages, recipe)
    works, writers = Counter[str](), Counter[str]()
    known = NearDuplicates(recipe.max_similarity)
    selection = DifficultySelection([], len(ranked))
    groups: dict[str, list[Passage]] = defaultdict(list)
    for text in ranked:
        if text.work_id and works[text.work_id] == recipe.max_per_work:
            continue
        if text.writer_id and writers[text.writer_id] == 2 * recipe.max_per_writer:
            continue
        if twin := known.twin(text.text):
            selection.near_duplicates[text.id] = twin
            continue
        known.add(text.id, text.text)
        works[text.work_id or ""] += 1
        writers[text.writer_id or ""] += 1
        groups[text.group or text.id].append(text)
    quotas = label_quotas(recipe.size, recipe.labels)
    offered = {name: Counter(text.label for text in texts) for name, texts in groups.items()}
    assigned = assign_roughly(offered, quotas, recipe.seed)
    left = {split: Counter(labels) for split, labels in quotas.items()}
    split_of = {text.id: assigned[name] for name, texts in groups.items() for text in texts}
    for text in ranked:
        split = split_of.get(text.id)
        if split is not None and left[split][text.label] > 0:
            left[split][text.label] -= 1
            selection.rows.append(ChosenPassage(text, split, None))
    missing = sum(left.values(), Counter[str]())
    if missing:
        lacks = ", ".join(f"{number:,} {label}" for label, number in sorted(missing.items()))
        raise QuotaError(
            f"the sources lack {lacks} texts of the {recipe.size:,} asked for of each label",
            cure=_MORE.format("--max-per-writer, --max-per-work"),
        )
    return selection


def _by_distinctness(passages: Sequence[Passage], recipe: DifficultyRecipe) -> list[Passage]:
    """The texts farthest from a border first, the labels in turn.

    In turn, because a cap on works or writers that one label exhausts would starve the other.
    """
    ranked = by_hash(passages, recipe.seed)
    ranked.sort(key=lambda text: -min(abs(text.difficulty - border) for border in recipe.borders))
    of_label = ([text for text in ranked if text.label == label] for label in recipe.labels)
    return [text for turn in zip_longest(*of_label) for text in turn if text]
