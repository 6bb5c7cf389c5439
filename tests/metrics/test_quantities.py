"""Values that were misread once, and the short cuts of reading against the long way."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.answers import find_values
from jtextkit.metrics.quantities import finding
from jtextkit.metrics.quantities.folding import fold

NEVER = re.compile(r"(?!)")
PIECES = st.sampled_from(
    [
        *"0123456789.,、・ 分点円本%％/×-+=()*^²½の乗とkKe一二十百千万億\n約第より以上前後{}\\",
        *("1,200", "3.5", "12", "km", "毎分", "時", "あまり", "3分の1", "10^3", "は", "です"),
    ]
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("24㎝²", 24, "cm²"),
        ("30㎜³", 30, "mm³"),
        ("０・０５ｍ", Fraction(1, 20), "m"),
        ("一万五千億円", 15 * 10**11, "円"),
        ("1万2000億円", 12 * 10**11, "円"),
        ("8時15分前", 7 * 60 + 45, "時"),
        ("8時15分", 8 * 60 + 15, "時"),
        ("700円/冊", 700, "円/冊"),
        ("30 minutes", 30, "分"),
        (r"120 \, \text{m}^3", 120, "m³"),
    ],
)
def test_values_once_misread(text: str, value: Fraction | int, unit: str) -> None:
    (found,) = find_values(text)
    assert (found.value, found.unit, found.text) == (value, unit, text)


@pytest.mark.parametrize("text", ["3・11", "1・2年生", "5万、3億"])
def test_two_values_stay_two(text: str) -> None:
    assert len(find_values(text)) == 2


@given(st.lists(PIECES, max_size=30).map("".join))
def test_plain_numbers_are_read_as_all_others_are(text: str) -> None:
    """Values between characters that change nothing take a short cut: it may change nothing."""
    quick = find_values(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(finding, "_COMMON", NEVER)
        assert find_values(text) == quick


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
