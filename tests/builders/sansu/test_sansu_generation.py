"""The engine: a wrong solver never passes, unclear numbers are drawn again, families run out."""

from __future__ import annotations

import dataclasses
import random

import pytest

from jtextkit.builders.sansu.families import FAMILIES
from jtextkit.builders.sansu.generation import generate
from jtextkit.builders.sansu.problems import Family, numbers_in
from jtextkit.core.errors import QuotaError

UEKI = next(family for family in FAMILIES if family.slug == "ueki")


def changed(**parts: object) -> Family:
    kind = dataclasses.replace(UEKI.kinds[0], **parts)
    return Family("試し算", "trial", (kind,))


def test_two_solvers_that_differ_stop_everything() -> None:
    with pytest.raises(AssertionError, match="the two solvers differ"):
        generate(changed(search=lambda facts: [(facts.length,)]), [1, 0, 0], 1)


@pytest.mark.parametrize("answers", [[], [(1,), (2,)]])
def test_numbers_without_one_answer_are_never_used(answers: list[tuple[int]]) -> None:
    with pytest.raises(QuotaError, match="only 0 of 1"):
        generate(changed(search=lambda _facts: answers), [1, 0, 0], 1)


def test_a_family_that_runs_out_says_so() -> None:
    few = changed(draw=lambda _dice, grade: UEKI.kinds[0].draw(random.Random(1), grade))
    with pytest.raises(QuotaError, match=r"試し算 \(基礎\): only 1 of 2"):
        generate(few, [2, 0, 0], 1)


def test_what_is_thrown_away_is_counted() -> None:
    dice = iter([True, False] * 1000)
    draw = UEKI.kinds[0].draw
    some = changed(draw=lambda d, grade: draw(d, grade) if next(dice) else None)
    assert generate(some, [20, 0, 0], 1).dropped["drawn again"] >= 19


def test_numbers_in_words() -> None:
    assert numbers_in("1/3と0.5と20こ") == ("0.5", "1/3", "20")
