"""A whole generated set: same bytes, equal shares, splits without shared numbers or wordings."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jtextkit.builders.sansu import SansuRecipe, build
from jtextkit.builders.sansu.families import FAMILIES
from jtextkit.builders.sansu.generation import generate, reserve
from jtextkit.builders.sansu.problems import GRADES, Family
from jtextkit.builders.sansu.recipe import SansuImportRecipe, recipe_of
from jtextkit.builders.sets.near_duplicates import similarity
from jtextkit.builders.sets.splits import SPLITS, split_sizes
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
    families = Counter(row["family"] for row in rows)
    assert set(families) == {family.name for family in FAMILIES}
    assert set(families.values()) == {6, 7}
    grades = Counter(row["grade"] for row in rows)
    assert set(grades) == set(GRADES)
    assert max(grades.values()) - min(grades.values()) <= 1


@pytest.mark.parametrize("size", [1, 7, 28, 30, 59])
def test_what_is_left_over_goes_to_no_grade_alone(size: int, tmp_path: Path) -> None:
    receipt = build(
        tmp_path / "set", SansuRecipe(size=size, families=("ueki", "hi", "hojin", "baai"))
    )
    assert max(receipt["grades"].values()) - min(receipt["grades"].values()) <= 1
    assert sum(receipt["families"].values()) == size


def test_the_same_bytes_on_any_number_of_workers(made: Path, tmp_path: Path) -> None:
    build(tmp_path / "again", SansuRecipe(size=SIZE, seed=5), workers=2)
    for file in made.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_no_numbers_in_two_splits_and_nothing_nearly_alike(made: Path) -> None:
    rows = [row for part in rows_of(made).values() for row in part]
    assert len({(row["family"], *row["numbers"]) for row in rows}) == len(rows)
    for i, one in enumerate(rows):
        for other in rows[:i]:
            if one["kind"] == other["kind"]:
                assert similarity(one["problem"], other["problem"]) < 0.8


def one_wording() -> Family:
    """Cards with digits in one wording: few of its problems are clearly different."""
    whole = next(family for family in FAMILIES if family.slug == "baai")
    kind = dataclasses.replace(
        whole.kinds[0],
        wordings=whole.kinds[0].wordings[:1],
        situations=whole.kinds[0].situations[:1],
    )
    return Family("試し算", "trial", (kind,))


def test_near_duplicates_come_last_and_leave_the_reserved_alone() -> None:
    generated = generate(one_wording(), [60, 0, 0], 1)
    assert len(generated.problems) == 60
    assert generated.near_duplicates > 0
    for one in generated.problems[: reserve(60)]:
        for other in generated.problems:
            if one is not other:
                assert similarity(one.text, other.text) < 0.8


def test_too_alike_even_for_what_is_held_out() -> None:
    with pytest.raises(QuotaError, match="problems with different numbers"):
        generate(one_wording(), [60, 0, 0], 1, max_similarity=0.2)


def test_another_recipe_is_not_written_over(made: Path) -> None:
    with pytest.raises(OutputError, match="another recipe"):
        build(made, SansuRecipe(size=SIZE, seed=6))


def test_recipes_are_read_back() -> None:
    for recipe in (
        SansuRecipe(families=("ueki",)),
        SansuImportRecipe("Model X", "none", keep_flagged=True),
    ):
        assert recipe_of(recipe.to_dict()) == recipe


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 0}, "at least 1"),
        ({"families": ("鶴亀",)}, "family"),
        ({"max_similarity": 0.0}, "above 0 and at most 1"),
    ],
)
def test_recipes_that_are_none(options: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        SansuRecipe(**options)
