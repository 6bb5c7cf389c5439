"""Values that were misread once, and the short cuts of reading against the long way."""

from __future__ import annotations

import pickle
import re
from copy import copy
from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.answers import find_values
from jtextkit.metrics.quantities import finding, joining, numerals
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.numerals import read_number
from jtextkit.metrics.quantities.units import UNITS, read_unit
from jtextkit.metrics.quantities.values import Value, make_value

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


@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_run_of_digits_alone_is_the_number_it_would_be_anyhow(behind: str) -> None:
    quick = read_number(f"7{behind}", 0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(numerals, "_ALONE", NEVER)
        assert read_number(f"7{behind}", 0) == quick


REMAINS = st.sampled_from(
    [*"余残…rR13、がはでと 個。", "あまり", "あまる", "なので", "...", "だけ"]
)


@given(st.lists(REMAINS, max_size=20).map("".join))
def test_remainders_are_looked_for_wherever_one_could_be(text: str) -> None:
    quick = find_values(f"7余り1 {text}")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(joining, "_LEFT", re.compile(""))
        assert find_values(f"7余り1 {text}") == quick


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(["", "。", "、", "="]))
def test_every_unit_is_found_whole(spelling: str, behind: str) -> None:
    assert read_unit(spelling + behind, 0, gap=False) == (UNITS[spelling], len(spelling))


def test_a_value_made_quickly_is_one_like_any_other() -> None:
    facts = ("integer", Fraction(3), (0, 2), "3個", "個", UNITS["個"])
    quick = make_value(*facts, bound=">=")
    assert quick == Value(*facts, bound=">=")
    assert hash(quick) == hash(Value(*facts, bound=">="))
    assert pickle.loads(pickle.dumps(quick)) == replace(quick, bound=">=") == copy(quick)
    with pytest.raises(FrozenInstanceError):
        quick.bound = ""  # type: ignore[misc]


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
