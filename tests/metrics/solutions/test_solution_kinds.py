"""Steps as chat models write them, kind by kind, and what no text may do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.solutions import audit_solution
from jtextkit.metrics.solutions.findings import STEPS

KINDS = json.loads(Path(__file__).with_name("kinds.json").read_text(encoding="utf-8"))["kinds"]
TRUE = [(kind, text) for kind, texts in KINDS.items() for text in texts["true"]]
FALSE = [(kind, *case) for kind, texts in KINDS.items() for case in texts["false"]]
TWINS = json.loads(Path(__file__).with_name("twins.json").read_text(encoding="utf-8"))
PAIRS = [(kind, *pair) for kind, pairs in TWINS["twins"].items() for pair in pairs]
PIECES = st.sampled_from(
    [
        *"0123456789+-×÷=().,、。 \n\\|!%^_[]{}xyNt√²₂πC→:：",
        *(
            r"\frac{",
            "}{",
            r"\sqrt{",
            r"\times ",
            r"\left|",
            r"\right|",
            r"\text{m}^2",
            r"\mod ",
            r"\\ ",
        ),
        *(
            "v_A",
            "t_{1}",
            "5C2",
            "4!",
            "3時間80分",
            "9時45分",
            "1階",
            "余り",
            "つまり",
            "を解くと",
            "万円",
            "\\frac{",
            "\\binom{5}{2}",
            "C(5, 2)",
            "11時90分",
            "3:4",
            "を4で割ると",
            "余り2",
            "9あまり99",
            "そこから",
            "の逆数は",
            "?",
            "\n合計：",
            "\n- 赤：",
            "～4",
            "3個（",
            "2本",
            "に直すと",
        ),
        *("12÷3は", "= ", "\n- ", "(3)", "合計", "km/時", "ダース", "7/0"),
    ]
)


def steps(text: str) -> list:
    return [one for one in audit_solution(text).findings if one.kind in STEPS]


@pytest.mark.parametrize(("kind", "text"), TRUE)
def test_right_steps_raise_nothing(kind: str, text: str) -> None:
    assert steps(text) == []


@pytest.mark.parametrize(("kind", "text", "stated", "computed"), FALSE)
def test_false_steps_are_found(kind: str, text: str, stated: str, computed: str) -> None:
    assert (stated, computed) in [(one.stated.strip("≈≒ *"), one.computed) for one in steps(text)]


@pytest.mark.parametrize(("kind", "sound", "false"), PAIRS)
def test_of_two_that_are_nearly_alike_only_the_false_one_alarms(
    kind: str, sound: str, false: str
) -> None:
    assert steps(sound) == []
    assert steps(false)


@pytest.mark.parametrize("text", TWINS["missed"])
@pytest.mark.xfail(strict=True, reason="a known miss")
def test_known_misses(text: str) -> None:
    assert steps(text)


@given(st.lists(PIECES, max_size=50).map("".join))
def test_no_text_is_an_error(text: str) -> None:
    found = audit_solution(text)
    assert all(0 <= one.start <= one.end <= len(text) for one in found.findings)
    assert len(steps(text)) <= found.equalities
    assert 0 <= found.holding <= found.equalities


def test_a_quotient_with_its_rest_is_no_operand() -> None:
    assert steps("82 + 24%9あまり99 = 58") == []


def test_a_weekday_alone_behind_a_label_is_no_error() -> None:
    assert steps("答えは（土曜①日）です。") == []


def test_a_solution_cut_off_is_no_error() -> None:
    assert steps("12÷3は") == []


@pytest.mark.parametrize(
    ("solution", "equalities", "holding", "share"),
    [
        ("3×4＝12\n12＋5＝17", 2, 2, 1.0),
        ("3×4＝12\n12＋5＝18", 2, 1, 0.5),
        ("2(x＋1)＝2x＋2、7/0＝1", 2, 1, 0.5),
        ("1200 + 40x = 2000\n40x = 70", 1, 0, 0.0),
        ("2(x＋1)＝2x＋1、3×4＝12", 2, 1, 0.5),
        ("2:3＝4:7、3×4＝12", 2, 1, 0.5),
        ("x＋3＝5、3×4＝12", 1, 1, 1.0),
        ("よくわかりません", 0, 0, None),
    ],
)
def test_the_share_of_steps_that_hold(
    solution: str, equalities: int, holding: int, share: float | None
) -> None:
    found = audit_solution(solution)
    assert (found.equalities, found.holding, found.share_holding) == (equalities, holding, share)


@given(st.integers(1, 999), st.integers(1, 999), st.integers(-9, 9))
def test_letters_and_numbers_agree(a: int, b: int, off: int) -> None:
    """What is false of numbers is false of letters with the same coefficients."""
    assert bool(steps(f"{a}×{b}＝{a * b + off}")) == (off != 0)
    assert bool(steps(f"{a}k + {b}k = {a + b + off}k")) == (off != 0)
