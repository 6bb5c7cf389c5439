"""Units: every spelling reads back, conversions are exact, and relations tell what is the same."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.answers import FLAGS, RELATIONS, compare, find_values
from jtextkit.metrics.quantities.units import UNITS

FAMILIES = {
    "length": {"km": "1000", "m": "1", "cm": "1/100", "mm": "1/1000"},
    "mass": {"t": "1000000", "kg": "1000", "g": "1", "mg": "1/1000"},
    "volume": {"kL": "1000", "L": "1", "dL": "1/10", "mL": "1/1000", "m³": "1000", "cm³": "1/1000"},
    "area": {"km²": "1000000", "ha": "10000", "a": "100", "m²": "1", "cm²": "1/10000"},
    "time": {"日": "86400", "時間": "3600", "分": "60", "秒": "1"},
}
PAIRS = [
    (family, one, other)
    for family, units in FAMILIES.items()
    for one, other in itertools.permutations(units, 2)
]
SPELLINGS = {
    "cm²": ("㎠", "cm^2", "平方センチメートル", "cm2"),
    "m²": ("㎡", "m^2", "平方メートル"),
    "cm³": ("㎤", "立方センチメートル", "cm^3"),
    "km": ("㎞", "キロメートル"),
    "kg": ("㎏", "キログラム"),
    "mL": ("ml", "㎖", "ミリリットル"),
    "%": ("％", "パーセント"),
    "円": ("えん",),
    "歳": ("才", "さい"),
    "個": ("こ",),
    "本": ("ほん", "ぽん"),
    "匹": ("ひき", "ぴき"),
    "℃": ("°C",),
}


@pytest.mark.parametrize(("family", "one", "other"), PAIRS)
def test_units_of_one_family_convert_exactly(family: str, one: str, other: str) -> None:
    ratio = Fraction(FAMILIES[family][one]) / Fraction(FAMILIES[family][other])
    result = compare(f"3{one}", f"{3 * ratio}{other}")
    assert (result.relation, result.correct) == ("equal_converted", True)
    assert "converted" in result.flags
    assert not compare(f"3{one}", f"{3 * ratio + 1}{other}").correct
    assert compare(f"3{one}", f"3{other}").correct == (ratio == 1)


@pytest.mark.parametrize(
    ("symbol", "spelling"), [(s, each) for s, spellings in SPELLINGS.items() for each in spellings]
)
def test_spellings_of_one_unit_are_the_same(symbol: str, spelling: str) -> None:
    (value,) = find_values(f"7{spelling}")
    assert value.unit == symbol
    assert compare(f"7{spelling}", f"7{symbol}").relation == "equal"
    assert not compare(f"8{spelling}", f"7{symbol}").correct


def test_units_of_different_families_are_not_mixed() -> None:
    for (family, units), (other, others) in itertools.combinations(FAMILIES.items(), 2):
        one, two = next(iter(units)), next(iter(others))
        result = compare(f"5{one}", f"5{two}")
        assert (result.relation, result.correct) == ("unit_other", False), (family, other)


def test_every_symbol_is_a_spelling_of_itself() -> None:
    for unit in set(UNITS.values()):
        if unit.symbol in UNITS:
            assert UNITS[unit.symbol].dimension == unit.dimension


SPEEDS = [("分速", "分", 60), ("時速", "時", 3600), ("秒速", "秒", 1)]


@pytest.mark.parametrize(("name", "base", "seconds"), SPEEDS)
@pytest.mark.parametrize("number", [1, 80, 4.5])
def test_speeds_in_all_three_manners(name: str, base: str, seconds: int, number: float) -> None:
    manners = [f"{name}{number}m", f"毎{base}{number}m", f"{number}m/{base}"]
    for one, other in itertools.combinations(manners, 2):
        assert compare(one, other).relation == "equal", (one, other)
    hourly = Fraction(str(number)) * 3600 / seconds
    assert compare(manners[0], f"時速{hourly}m").correct
    assert not compare(manners[0], f"時速{hourly + 1}m").correct


@pytest.mark.parametrize(
    ("a", "b", "relation", "correct", "flags"),
    [
        ("31本", "31本", "equal", True, ()),
        ("60分", "1時間", "equal_converted", True, ("converted",)),
        ("31", "31本", "unit_missing", True, ("unit_missing",)),
        ("31個", "31本", "unit_other", True, ("wrong_counter",)),
        ("12cm", "12g", "unit_other", False, ("unit_other",)),
        ("12cm", "12m", "unequal", False, ()),
        ("金曜日", "土曜日", "unequal", False, ()),
        ("金曜日", "金曜", "equal", True, ()),
        ("金曜日", "5", "unequal", False, ()),
        ("2/4", "1/2", "equal", True, ("not_reduced",)),
        ("2:4", "1:2", "equal", True, ("not_reduced",)),
        ("7/3", "2と1/3", "equal", True, ("improper",)),
        ("約5", "5", "equal", True, ("approximate",)),
        ("0.33", "1/3", "unequal", False, ("rounding",)),
        ("3時20分", "15:20", "equal", True, ("half_of_day",)),
        ("3割", "3割引", "equal", True, ("discount",)),
        ("ア3、イ5", "イ5、ア3", "equal", True, ("order_of_parts",)),
        ("15歳以上", "15歳", "equal", True, ("bound",)),
        ("15歳以上", "15羽", "unequal", False, ()),
        ("青", "12", "unparsed", False, ()),
    ],
)
def test_relations_and_flags(
    a: str, b: str, relation: str, correct: bool, flags: tuple[str, ...]
) -> None:
    result = compare(a, b)
    assert (result.relation, result.correct, result.flags) == (relation, correct, flags)
    assert compare(b, a) == result
    assert relation in RELATIONS
    assert set(flags) <= set(FLAGS)


@given(st.integers(0, 9), st.integers(0, 59), st.integers(0, 9), st.integers(0, 59))
def test_durations_are_equal_when_their_minutes_are(h: int, m: int, k: int, n: int) -> None:
    same = 60 * h + m == 60 * k + n
    assert compare(f"{h}時間{m}分", f"{k}時間{n}分").correct == same
    assert compare(f"{h}時間{m}分", f"{60 * k + n}分").correct == same


@given(st.fractions(0, 1000, max_denominator=60), st.fractions(0, 1000, max_denominator=60))
def test_numbers_are_equal_when_they_are_the_same(x: Fraction, y: Fraction) -> None:
    assert compare(f"{x}", f"{y}").correct == (x == y)
    assert compare(f"{x}L", f"{y}L").correct == (x == y)
    assert compare(f"−{x}", f"{x}").correct == (x == 0)
