"""A whole generated set: same bytes, equal shares, splits without shared plans, numbers or words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jtextkit.builders.sansu import SansuRecipe, build
from jtextkit.builders.sansu.problems import GRADES
from jtextkit.builders.sansu.recipe import SansuImportRecipe, recipe_of
from jtextkit.builders.sansu.topics import TOPICS
from jtextkit.builders.sets.near_duplicates import similarity
from jtextkit.builders.sets.splits import SPLITS, split_sizes
from jtextkit.check import check_set
from jtextkit.core.errors import OutputError, QuotaError, UsageError

SIZE = 170


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sansu") / "set"
    build(folder, SansuRecipe(size=SIZE, seed=5))
    return folder


def rows_of(folder: Path) -> dict[str, list[dict]]:
    return {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in SPLITS}


def test_sizes_and_shares(made: Path) -> None:
    parts = rows_of(made)
    assert {name: len(rows) for name, rows in parts.items()} == split_sizes(SIZE)
    rows = [row for part in parts.values() for row in part]
    topics = Counter(row["topic"] for row in rows)
    assert set(topics) == {topic.name for topic in TOPICS}
    assert max(topics.values()) - min(topics.values()) <= 1
    grades = Counter(row["grade"] for row in rows)
    assert set(grades) == set(GRADES)
    assert max(grades.values()) - min(grades.values()) <= 2


@pytest.mark.parametrize("size", [1, 7, 28, 30, 59, 280])
def test_odd_sizes_are_balanced_too(size: int, tmp_path: Path) -> None:
    topics = () if size == 280 else ("ueki", "hi", "hojin", "tabibito")
    receipt = build(tmp_path / "set", SansuRecipe(size=size, topics=topics, seed=1))
    assert sum(receipt["topics"].values()) == sum(receipt["grades"].values()) == size
    assert "balance" not in check_set(tmp_path / "set").failed


def test_the_same_bytes_on_any_number_of_workers(made: Path, tmp_path: Path) -> None:
    build(tmp_path / "again", SansuRecipe(size=SIZE, seed=5), workers=2)
    for file in made.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_no_plans_or_numbers_in_two_splits_and_nothing_nearly_alike(made: Path) -> None:
    parts = rows_of(made)
    plans = {name: {row["plan"] for row in rows} for name, rows in parts.items()}
    assert not plans["train"] & (plans["test"] | plans["validation"])
    assert not plans["test"] & plans["validation"]
    numbers = {name: {(r["topic"], *r["numbers"]) for r in rows} for name, rows in parts.items()}
    assert not numbers["train"] & (numbers["test"] | numbers["validation"])
    rows = [row for part in parts.values() for row in part]
    for i, one in enumerate(rows):
        for other in rows[:i]:
            if one["kind"] == other["kind"]:
                assert similarity(one["problem"], other["problem"]) < 0.8


def test_a_set_too_alike_says_so(tmp_path: Path) -> None:
    with pytest.raises(QuotaError, match="repeat each other"):
        build(tmp_path / "set", SansuRecipe(size=60, topics=("ueki",), max_similarity=0.05))
    assert not (tmp_path / "set").exists()


def test_another_recipe_is_not_written_over(made: Path) -> None:
    with pytest.raises(OutputError, match="another recipe"):
        build(made, SansuRecipe(size=SIZE, seed=6))


def test_recipes_are_read_back() -> None:
    for recipe in (
        SansuRecipe(topics=("ueki",)),
        SansuImportRecipe("Model X", "none", keep_flagged=True),
    ):
        assert recipe_of(recipe.to_dict()) == recipe


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 0}, "at least 1"),
        ({"topics": ("鶴亀",)}, "topic"),
        ({"max_similarity": 0.0}, "above 0 and at most 1"),
    ],
)
def test_recipes_that_are_none(options: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        SansuRecipe(**options)
