"""Pairs, near-duplicates and splits keep every promise that the card makes."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.builders.difficulty.pairs import frontier, make_pairs
from jtextkit.builders.difficulty.passages import Measured, Passage
from jtextkit.builders.difficulty.recipe import RANKINGS, DifficultyRecipe
from jtextkit.builders.difficulty.selection import DifficultySelection, select
from jtextkit.builders.sets import near_duplicates
from jtextkit.builders.sets.near_duplicates import NearDuplicates, apart, similarity
from jtextkit.core.errors import QuotaError
from jtextkit.metrics.morphology.analysis import Counts
from jtextkit.metrics.readability.formula import difficulty_of, readability_of
from jtextkit.metrics.readability.profiles import ProfileCounts

KANJI = "春夏秋冬東西南北山川草木花鳥風月日光雨雪空海森林石土金銀銅鉄糸竹米豆"


def passage(
    number: int,
    difficulty: float,
    *,
    writer: int | None = 0,
    work: int | None = None,
    length: int = 650,
    lexical: float = 0.0,
    percentile: float | None = None,
) -> Passage:
    """A passage of any wanted difficulty: words of one sentence decide the formula's value."""
    words = 1000
    kango = round((6.5 - 6.0 * difficulty - 11.724 + 0.56 * 0.1) / -0.126 * 10)
    counts = Counts(length, words, 1000, 1000, kango, 0, 0, 0)
    letters = random.Random(number)
    text = "".join(letters.choice(KANJI) for _ in range(length))
    label = "Simple" if difficulty < 0.5 else "Complex"
    exact = difficulty_of(readability_of(counts))
    measured = Measured(ProfileCounts(counts), label, exact, lexical, percentile or 100 * exact)
    if writer is None:
        return Passage("jec", text, measured, source_items=(f"#{number:04d}",))
    return Passage(
        "aozora",
        text,
        measured,
        work_id=f"{number if work is None else work:06d}",
        writer_id=f"{writer:06d}",
        group=f"{writer:06d}",
        char_start=number,
        char_end=number + length,
    )


def test_the_maker_of_passages_makes_what_it_is_asked_for() -> None:
    assert passage(1, 0.3).difficulty == pytest.approx(0.3, abs=0.002)
    assert passage(1, 0.8).difficulty == pytest.approx(0.8, abs=0.002)


def test_the_most_distinct_pair_comes_first() -> None:
    texts = [passage(1, 0.1), passage(2, 0.4), passage(3, 0.6), passage(4, 0.9)]
    pairs = make_pairs(texts, DifficultyRecipe())
    assert [(pair.simple.char_start, pair.complex.char_start) for pair in pairs] == [(1, 4), (2, 3)]


def test_the_second_opinion_orders_every_pair_too() -> None:
    texts = [passage(1, 0.1, percentile=40.0), passage(2, 0.9, percentile=30.0)]
    assert make_pairs(texts, DifficultyRecipe()) == []
    assert len(make_pairs([*texts, passage(3, 0.9, percentile=41.0)], DifficultyRecipe())) == 1


def test_rankings_weigh_words_and_kanji_against_the_formula() -> None:
    texts = [passage(1, 0.1, lexical=-2.0), passage(2, 0.8, lexical=2.0), passage(3, 0.9)]
    taken = {
        ranking: make_pairs(texts, DifficultyRecipe(ranking=ranking))[0].complex.char_start
        for ranking in RANKINGS
    }
    assert taken == {name: 3 if name == "formula" else 2 for name in RANKINGS}


def test_the_frontier_tells_what_each_ranking_gives() -> None:
    table = frontier(library(25), DifficultyRecipe(size=20))
    assert list(table) == list(RANKINGS)
    for row in table.values():
        assert row["pairs"] == 20
        assert row["mean_simple"] < 0.4 < 0.6 < row["mean_complex"]
        assert row["auc_lexical"] == 0.5  # all alike here


def test_like_lengths_are_worth_more_than_distance() -> None:
    texts = [passage(1, 0.1), passage(2, 0.9, length=730), passage(3, 0.7, length=651)]
    pairs = make_pairs(texts, DifficultyRecipe())
    assert [(pair.simple.char_start, pair.complex.char_start) for pair in pairs] == [(1, 3)]


def test_length_does_not_tell_the_label() -> None:
    """Hard passages are longer, as in the real sources; chosen pairs must not be."""
    letters = random.Random(5)
    texts = [
        passage(
            number,
            0.1 + letters.random() * 0.3 + 0.5 * (number % 2),
            writer=number // 40,
            length=600 + round(letters.random() ** 2 * 200) + 25 * (number % 2),
        )
        for number in range(1200)
    ]
    pairs = make_pairs(texts, DifficultyRecipe(max_per_writer=6))
    gaps = [len(pair.complex.text) - len(pair.simple.text) for pair in pairs]
    assert len(pairs) == 30 * 6
    assert abs(sum(gaps)) / len(gaps) < 2  # 25 in the texts


def test_a_pair_has_one_writer() -> None:
    assert (
        make_pairs([passage(1, 0.1, writer=1), passage(2, 0.9, writer=2)], DifficultyRecipe()) == []
    )


def test_a_pair_has_like_lengths() -> None:
    texts = [passage(1, 0.1, length=600), passage(2, 0.9, length=701)]
    assert make_pairs(texts, DifficultyRecipe()) == []
    assert len(make_pairs(texts, DifficultyRecipe(max_length_gap=101))) == 1


def test_kyoto_pairs_with_kyoto_without_a_cap() -> None:
    texts = [passage(n, 0.1 if n % 2 else 0.9, writer=None) for n in range(40)]
    assert len(make_pairs(texts, DifficultyRecipe())) == 20
    assert make_pairs([texts[0], passage(99, 0.1)], DifficultyRecipe()) == []


WORLDS = st.lists(
    st.tuples(
        st.floats(0.02, 0.98).filter(lambda d: abs(d - 0.5) > 0.03),
        st.integers(0, 4),
        st.integers(0, 2),
        st.integers(600, 900),
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=50)
@given(WORLDS, st.randoms())
def test_pairs_keep_the_rules_whatever_the_texts(world: list[Any], shuffler: random.Random) -> None:
    texts = [
        passage(number, difficulty, writer=writer, work=writer * 10 + work, length=length)
        for number, (difficulty, writer, work, length) in enumerate(world)
    ]
    recipe = DifficultyRecipe()
    pairs = make_pairs(texts, recipe)
    members = [text for pair in pairs for text in (pair.simple, pair.complex)]
    assert len({text.id for text in members}) == len(members)
    works = Counter(text.work_id for text in members)
    writers = Counter(pair.simple.writer_id for pair in pairs)
    assert max(works.values(), default=0) <= recipe.max_per_work
    assert max(writers.values(), default=0) <= recipe.max_per_writer
    for pair in pairs:
        assert pair.simple.writer_id == pair.complex.writer_id
        assert (pair.simple.label, pair.complex.label) == ("Simple", "Complex")
        assert abs(len(pair.simple.text) - len(pair.complex.text)) <= recipe.max_length_gap
    shuffler.shuffle(texts)
    assert make_pairs(texts, recipe) == pairs


def test_near_duplicates_are_found_and_others_are_not() -> None:
    letters = random.Random(7)
    text = "".join(letters.choice(KANJI) for _ in range(700))
    edited = list(text)
    for position in letters.sample(range(700), 20):
        edited[position] = "変"
    other = "".join(letters.choice(KANJI) for _ in range(700))
    known = NearDuplicates(0.5)
    known.add("first", text)
    assert known.twin("".join(edited)) == "first"
    assert known.twin("\n　".join(text[i : i + 70] for i in range(0, 700, 70))) == "first"
    assert known.twin(other) is None
    assert known.twin(text[:200] + other[200:]) is None


def variants() -> st.SearchStrategy[list[str]]:
    """Texts of few characters that take over stretches of each other."""
    stretch = st.text("あい漢𠮟 \n", max_size=12) | st.sampled_from(
        ["あれこれそれどれ", "漢字仮名交じり文"]
    )
    return st.lists(st.lists(stretch, max_size=4).map("".join), max_size=10)


@given(variants(), st.sampled_from([0.0, 0.3, 0.5, 0.7, 1.0]), st.sampled_from([3, 6, 24]))
def test_texts_that_stand_apart_are_near_duplicates_of_none(texts, threshold, bits) -> None:
    """Nor does a hash of few bits, whose collisions are many, call any apart that is not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near_duplicates, "_HASH_BITS", bits)
        found = apart(texts, threshold)
    for text in found:
        place = texts.index(text)
        others = texts[:place] + texts[place + 1 :]
        assert all(similarity(text, other) < threshold for other in others)


@pytest.mark.slow
@given(variants())
def test_texts_that_stand_apart_change_no_twin(texts) -> None:
    def twins(known: NearDuplicates) -> list[str | None]:
        found = []
        for number, text in enumerate(texts):
            found.append(known.twin(text))
            known.add(f"{number:02d}", text)
        return found

    assert twins(NearDuplicates(0.5, apart(texts, 0.5))) == twins(NearDuplicates(0.5))


def test_most_texts_stand_apart_and_repeated_ones_do_not() -> None:
    texts = [passage(number, 0.3).text for number in range(30)]
    assert apart(texts, 0.5) == set(texts)
    assert apart([*texts, texts[3]], 0.5) == set(texts) - {texts[3]}
    half = texts[0][:325] + texts[1][:325]  # of the 646 runs 4 are its own
    assert apart([*texts, half], 0.9) == set(texts)
    assert apart([*texts, half], 0.4) == set(texts[2:])
    assert apart(["短い", "短い", "", " \n"], 0.5) == set()
    assert apart([], 0.5) == set()


@given(st.text(), st.text())
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1
    assert similarity(one, one) == 1


def library(writers: int, kyoto: int = 8) -> list[Passage]:
    texts = []
    for writer in range(writers):
        for n in range(2 * (1 + writer % 6)):
            number = writer * 100 + n
            difficulty = (
                (0.05 + 0.4 * (number % 7) / 7) if n % 2 else (0.55 + 0.4 * (number % 5) / 5)
            )
            texts.append(passage(number, difficulty, writer=writer))
    blocks = range(90_000, 90_000 + 2 * kyoto)
    texts += [passage(number, 0.2 if number % 2 else 0.8, writer=None) for number in blocks]
    return texts


def check(selection: DifficultySelection, recipe: DifficultyRecipe) -> dict[str, Counter[str]]:
    """The promises of every selection; gives the labels of each split."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    splits_of_writer = defaultdict(set)
    for row in selection.rows:
        labels[row.split][row.passage.label] += 1
        if row.passage.group:
            splits_of_writer[row.passage.group].add(row.split)
    assert all(len(splits) == 1 for splits in splits_of_writer.values())
    ids = [row.passage.id for row in selection.rows]
    assert len(set(ids)) == len(ids) == recipe.size * len(recipe.labels)
    return labels


@pytest.mark.parametrize("size", [5, 12, 40, 47])
def test_pairs_fill_every_split(size: int) -> None:
    recipe = DifficultyRecipe(size=size)
    selection = select(library(25), recipe)
    labels = check(selection, recipe)
    test_size, validation = -(-2 * size // 10), 2 * size // 10
    assert sum(labels["test"].values()) == test_size
    assert sum(labels["validation"].values()) == validation
    pairs = defaultdict(list)
    for row in selection.rows:
        pairs[row.pair_id].append(row)
    parted = [name for name, rows in pairs.items() if len({row.split for row in rows}) > 1]
    assert parted == ([selection.parted_pair] if selection.parted_pair else [])
    assert bool(parted) == bool(test_size % 2 or validation % 2)
    for name in parted:
        assert {row.passage.source for row in pairs[name]} == {"jec"}
    for rows in pairs.values():
        assert sorted(row.passage.label for row in rows) == ["Complex", "Simple"]


def test_every_split_has_its_share_of_kyoto() -> None:
    recipe = DifficultyRecipe(size=60)
    selection = select(library(25, kyoto=30), recipe)
    found = Counter(row.split for row in selection.rows if row.passage.source == "jec")
    assert found["train"] > found["test"] >= 2
    assert found["validation"] >= 2


def test_without_kyoto_no_pair_is_parted() -> None:
    recipe = DifficultyRecipe(size=47)
    selection = select(library(25, kyoto=0), recipe)
    labels = check(selection, recipe)
    assert selection.parted_pair is None
    for counts in labels.values():
        assert counts["Simple"] == counts["Complex"]


def test_writers_who_are_linked_stay_together() -> None:
    texts = [replace(text, group="one") if text.group else text for text in library(6, kyoto=0)]
    with pytest.raises(QuotaError, match="whole groups"):
        select(texts, DifficultyRecipe(size=20))


def test_the_choice_does_not_depend_on_order_but_on_the_seed() -> None:
    texts = library(25)
    recipe = DifficultyRecipe(size=30)
    rows = select(texts, recipe).rows
    assert select(list(reversed(texts)), recipe).rows == rows
    assert select(texts, DifficultyRecipe(size=30, seed=2)).rows != rows


def test_near_duplicates_never_stand_together() -> None:
    texts = library(25)
    twin = texts[0]
    copy = Passage(
        "aozora",
        twin.text,
        twin.measured,
        work_id="777777",
        writer_id="777777",
        group="777777",
        char_start=0,
        char_end=9,
    )
    mate = passage(5_000_000, 0.3 if twin.label == "Complex" else 0.9, writer=777777)
    selection = select([*texts, copy, mate], DifficultyRecipe(size=60))
    chosen = {row.passage.id for row in selection.rows}
    assert len(selection.near_duplicates) == 1
    assert not {copy.id, twin.id} <= chosen


def test_a_quota_that_cannot_be_filled_names_the_rules() -> None:
    with pytest.raises(QuotaError, match=r"give \d+ pairs, 500 are asked for") as caught:
        select(library(25), DifficultyRecipe(size=500))
    assert "--simple-below" in str(caught.value)
    assert caught.value.exit_code == 1


def test_without_pairs_labels_are_balanced_in_every_split() -> None:
    recipe = DifficultyRecipe(size=40, pairs=False)
    labels = check(select(library(40), recipe), recipe)
    assert labels["train"] == {"Simple": 32, "Complex": 32}
    assert labels["test"] == {"Simple": 4, "Complex": 4}


def test_without_pairs_caps_hold_too() -> None:
    texts = [passage(n, 0.1 if n % 2 else 0.9, writer=n % 30, work=n // 40) for n in range(400)]
    recipe = DifficultyRecipe(size=10, pairs=False, max_per_work=6, max_per_writer=1)
    rows = select(texts, recipe).rows
    assert max(Counter(row.passage.work_id for row in rows).values()) <= 6
    assert max(Counter(row.passage.writer_id for row in rows).values()) <= 2
    with pytest.raises(QuotaError, match="--max-per-work"):
        select(texts, replace(recipe, size=100))


def test_a_text_that_repeats_itself_may_still_be_a_near_duplicate() -> None:
    shared = "".join(map(chr, range(0x4E00, 0x4E40)))
    assert apart(["あいうえお" * 100 + shared, shared], 0.5) == frozenset()
