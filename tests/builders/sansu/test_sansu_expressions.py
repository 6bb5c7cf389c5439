"""Sums that show themselves: the text, read by Python, has the value."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.builders.sansu.expressions import Expression, n, number_text

numbers = st.one_of(
    st.integers(0, 500),
    st.fractions(0, 20, max_denominator=12),
    st.decimals(0, 9, places=2).map(str),
).map(n)


def operate(left: Expression, sign: str, right: Expression) -> Expression:
    if sign == "/" and right.value == 0:
        return left
    return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[sign](
        right
    )


expressions = st.recursive(
    numbers, lambda inner: st.builds(operate, inner, st.sampled_from("+-*/"), inner), max_leaves=8
)


def read(text: str) -> Fraction:
    """The value of the text by Python's own rules, a fraction being a number of its own."""
    marked = text.translate(str.maketrans("＋－×÷（）", "+-*:()"))
    python = re.sub(r"\d+(?:\.\d+|/\d+)?", lambda m: f"Fraction('{m[0]}')", marked)
    return eval(python.replace(":", "/"), {"Fraction": Fraction})


@given(expressions)
def test_the_text_has_the_value(expression: Expression) -> None:
    assert read(expression.text) == expression.value


@given(expressions)
def test_results_are_written_exactly(expression: Expression) -> None:
    if expression.value >= 0:
        assert Fraction(str(expression.result)) == expression.value
        assert expression.equation("本") == f"{expression}＝{expression.result}（本）"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (n(270) / n(9) + n(1), "270÷9＋1"),
        ((n(3) + n(4)) * n(2), "（3＋4）×2"),
        (n(10) - (n(3) - n(2)), "10－（3－2）"),
        (n(12) / (n(3) * n(2)), "12÷（3×2）"),
        (n(6) / n("1/3"), "6÷（1/3）"),
        (n(6) * n("1/3"), "6×1/3"),
        (n("0.25") + n("1.5"), "0.25＋1.5"),
        ((n(1) - n(Fraction(3, 5))).result, "2/5"),
        ((n(1) - n("0.6")).result, "0.4"),
        ((n(7) / n(2)).result, "3.5"),
        ((n(7) / n(3)).result, "7/3"),
    ],
)
def test_as_a_teacher_writes_it(expression: Expression, text: str) -> None:
    assert str(expression) == text


def test_plain_numbers_on_the_right_are_sums_too() -> None:
    assert n(270) / 9 + 1 == n(270) / n(9) + n(1)
    assert (n(8) - 3) * Fraction(1, 5) == (n(8) - n(3)) * n(Fraction(1, 5))
    assert str(n(6) / Fraction(1, 3)) == "6÷（1/3）"
    with pytest.raises(ValueError, match="negative"):
        _ = n(6) + -1


def test_in_a_sentence() -> None:
    trees = n(270) / 9 + 1
    assert f"{trees}、{trees:本}、{trees:=}" == "270÷9＋1、270÷9＋1＝31（本）、270÷9＋1＝31"


@pytest.mark.parametrize(
    ("value", "text", "mixed"),
    [
        ("3", "3", "3"),
        ("5/2", "2.5", "2.5"),
        ("7/3", "7/3", "2と1/3"),
        ("1/3", "1/3", "1/3"),
        ("1/1000", "0.001", "0.001"),
        ("1/16", "1/16", "1/16"),
    ],
)
def test_numbers(value: str, text: str, mixed: str) -> None:
    assert number_text(Fraction(value)) == text
    assert number_text(Fraction(value), mixed=True) == mixed


def test_negative_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        n(-1)
    assert (n(1) - n(2)).value == -1  # an expression may; its result may not go on
    with pytest.raises(ValueError, match="negative"):
        _ = (n(1) - n(2)).result
