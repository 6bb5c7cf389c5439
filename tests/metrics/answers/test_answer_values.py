"""Values in running text: the golden cases, spans, exactness, and what must never happen."""

from __future__ import annotations

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.answers import KINDS, SCALAR_KINDS, Value, find_values
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import UNITS, read_unit

GOLDEN = json.loads((Path(__file__).parent / "golden_values.json").read_text(encoding="utf-8"))


def plain(value: object) -> object:
    return [str(term) for term in value] if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['group']}: {case['text']}")
def test_golden(case: dict[str, object]) -> None:
    found = find_values(str(case["text"]))
    assert [plain(value.value) for value in found] == case["values"]
    if "units" in case:
        assert [value.unit for value in found] == case["units"]


def test_the_golden_set_is_large_and_says_where_it_comes_from() -> None:
    assert len(GOLDEN) >= 400
    assert all(case["source"] and case["group"] for case in GOLDEN)
    assert len({case["text"] for case in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("31", "integer"), ("三点一四", "decimal"), ("三分の一", "fraction"), ("2と1/3", "mixed"),
        ("2の5乗", "power"), ("3割5分", "percent"), ("30％", "percent"), ("3時間20分", "compound"),
        ("午後3時20分", "clock"), ("3番目", "ordinal"), ("第3章", "ordinal"), ("1:4", "ratio"),
        ("5あまり3", "remainder"), ("3〜5個", "range"), ("①", "label"),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    (value,) = find_values(text)
    assert value.kind == kind
    assert kind in KINDS


def test_scalars_are_exact_fractions_and_floats() -> None:
    for text, number in (("30％", 0.3), ("3割", 0.3), ("三分の一", 1 / 3), ("3.14", 3.14)):
        (value,) = find_values(text)
        assert isinstance(value.value, Fraction)
        assert float(value) == float(value.value) == number
    third = find_values("1/3")[0].value
    assert third * 3 == 1


def test_what_is_not_one_number_has_no_float() -> None:
    (ratio,) = find_values("2:3:5")
    with pytest.raises(TypeError, match="ratio"):
        float(ratio)


def test_offsets_are_those_of_the_original_text() -> None:
    text = "値段は，　￥１，２００　です（½個で㎡あたり３０％）"
    found = find_values(text)
    assert [value.text for value in found] == ["￥１，２００", "½個", "３０％"]
    for value in found:
        assert text[slice(*value.span)] == value.text


@pytest.mark.parametrize(("text", "wrong"), [("2½", 21), ("10²", 102), ("3〜5個", 35)])
def test_normalisation_destroys_nothing(text: str, wrong: int) -> None:
    assert all(value.value != wrong for value in find_values(text))


def test_circled_numbers_are_labels_and_no_ratio() -> None:
    assert [value.kind for value in find_values("①：②")] == ["label", "label"]


def test_both_readings_of_what_can_be_a_clock_or_a_ratio() -> None:
    (value,) = find_values("15:20")
    kinds = {value.kind, *(reading.kind for reading in value.readings)}
    assert kinds == {"clock", "ratio"}


def test_a_range_knows_its_bounds() -> None:
    (closed,) = find_values("3〜5個")
    (half_open,) = find_values("3以上5未満")
    (below,) = find_values("5未満")
    assert (closed.bound, half_open.bound, below.bound) == (">=,<=", ">=,<", "<")
    assert closed.parts[0].unit == "個"


def test_about_is_told() -> None:
    for text in ("約30人", "30人くらい", "およそ30人", "30人ほど", "≒30"):
        assert find_values(text)[0].approximate, text
    assert not find_values("30人")[0].approximate


def test_form_of_fractions() -> None:
    (unreduced,), (improper,), (mixed,) = map(find_values, ("2/4", "5/3", "1と2/3"))
    assert (unreduced.reduced, improper.reduced) == (False, True)
    assert (improper.improper, mixed.improper) == (True, False)
    assert improper.value == mixed.value


@pytest.mark.parametrize("spelling", sorted(UNITS))
def test_every_unit_is_read_behind_a_number(spelling: str) -> None:
    read = read_unit(fold(f"3{spelling}"), 1)
    assert read is not None
    assert read[1] <= len(spelling) + 1


def test_counters_do_not_convert() -> None:
    for counter in (one for one, unit in UNITS.items() if unit.dimension == "count"):
        assert UNITS[counter].factor == 1 or UNITS[counter].dimension != "count"


def test_enormous_numerals_are_left_alone() -> None:
    assert find_values("9" * 5000) == []
    assert find_values("10^999999") != []  # the base is still a number
    assert find_values("1" * 300)[0].value == int("1" * 300)


TOKENS = st.sampled_from(
    [*"0123456789一二三十百千万億兆〇零.,:/~-ー+−％%分の割厘あまり余半時間秒後cm²m③①½(){}\\$ \n\u3000と対点",
     "午前", "午後", "以上", "未満", "約", "第", "毎", "分速", "本", "個", "人", "\\frac", "ダース", "分の", "か月",
     "マイナス", "十分", "一番", "\\sqrt", "π", "√", "乗", "^", "e5", "ゼロ", "ひとつ", "\ud800", "A", "答え"]
)  # fmt: skip
NUMBERISH = st.lists(TOKENS, max_size=30).map("".join)


def sound(text: str, values: list[Value]) -> None:
    last = 0
    for value in values:
        start, end = value.span
        assert last <= start < end <= len(text)
        assert text[start:end] == value.text
        assert value.kind in KINDS
        if value.kind in SCALAR_KINDS:
            assert isinstance(value.value, Fraction)
        last = end


@given(NUMBERISH)
def test_any_mixture_of_numbers_and_signs_is_read(text: str) -> None:
    sound(text, find_values(text))


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    sound(text, find_values(text))


@given(st.integers(0, 10**12), st.sampled_from(["", "本", "円", "cm", "人"]))
def test_digits_with_any_separator_are_the_same_number(number: int, unit: str) -> None:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    for text in (str(number), f"{number:,}", f"{number:,}".translate(wide)):
        (value,) = find_values(f"全部で{text}{unit}です")
        assert value.value == number
        assert value.unit == (unit or None)


ADVERSARIAL = [
    "1", "一", "(", "の", "分の", "1,", "1 ", "1,111", "十", "百", "万", "億一", "1/", "1:", "3~", "1あまり", "-",
    "\\frac{", "$1", "半", "第", "割", "3割5分", "1分の", "①", "ー", "√", "½", "一番", "1時", "1.", "午後", "2の",
    "3m", "約", " ", "ア", "1^", "1×10", "二、", "1 000", "1{,}000", "点", "一・", "(1)", "1…", "3以上",
]  # fmt: skip


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        find_values(text)
        return time.process_time() - start

    small, large = seconds(1_000), min(seconds(8_000), seconds(8_000))
    assert large < 0.05 or large < 24 * small, (small, large)  # quadratic would be 64 times
