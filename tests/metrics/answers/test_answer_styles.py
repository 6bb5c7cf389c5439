"""One number in three dozen manners of answering: found in each, and a wrong one accepted in none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from answer_styles import STYLES

from jtextkit.metrics.answers import check_answer

UNITS = "ドル 個 人 円 本 枚 分 時間 メートル % 歳 匹 カップ ポンド 回 冊".split()  # noqa: SIM905
NUMBERS = [
    1,
    2,
    7,
    10,
    18,
    31,
    40,
    100,
    105,
    366,
    1000,
    1210,
    6277,
    12000,
    70000,
    276000,
    3_050_000,
]


@pytest.mark.parametrize("style", STYLES)
def test_numbers_in_every_style(style: str) -> None:
    render = STYLES[style]
    for i, number in enumerate(NUMBERS):
        unit = UNITS[i % len(UNITS)]
        assert check_answer(render(number, unit), str(number)).correct, render(number, unit)
        for wrong in (number + 1, number * 10, number + 100):
            assert not check_answer(render(wrong, unit), str(number)).correct, render(wrong, unit)


def test_mgsm_in_every_style(shared: Path) -> None:
    lines = (shared / "eval" / "mgsm_ja.tsv").read_text(encoding="utf-8").splitlines()
    golds = [line.split("\t")[1] for line in lines]
    assert len(golds) == 250
    right = wrong = 0
    for k, render in enumerate(STYLES.values()):
        for i, gold in enumerate(golds):
            number, unit = int(gold.replace(",", "")), UNITS[(i + k) % len(UNITS)]
            right += check_answer(render(number, unit), gold).correct
            wrong += check_answer(render(number + 1 + i % 9, unit), gold).correct
    assert right >= 0.995 * len(golds) * len(STYLES)
    assert wrong == 0


MANNERS = json.loads((Path(__file__).parent / "manners.json").read_text(encoding="utf-8"))
"""Ends of solutions whose answer is 18, as people and models write them."""
OTHER = str.maketrans({"8": "7", "８": "７", "八": "七"})


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("before", ["", "1日に16個の卵を産みます。\n16－3－4＝9。\n"])
def test_manners_of_ending(manner: str, before: str) -> None:
    assert check_answer(before + manner, "18").correct
    assert not check_answer(before + manner.translate(OTHER), "18").correct
