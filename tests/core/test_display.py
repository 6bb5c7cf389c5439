"""What a result shows of itself: one short line, and a table that nothing breaks out of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jtextkit
from jtextkit.builders.aozora import read_text
from jtextkit.builders.sets import CheckReport, CheckResult
from jtextkit.core.display import Displayed
from jtextkit.metrics.accuracy import judge_texts
from jtextkit.metrics.fertility import Document, measure
from jtextkit.metrics.shortcuts import ShortcutAudit, ShortcutResult

LONG = "朝です。ぼくは学校へ行きます。<b>改行</b>\n" * 500

RESULTS: dict[str, Callable[[str], Any]] = {
    "score": jtextkit.score,
    "profile": jtextkit.profile,
    "extract_answer": lambda text: jtextkit.extract_answer(f"答え：{text}"),
    "check_answer": lambda text: jtextkit.check_answer(text, text),
    "find_values": lambda text: jtextkit.find_values(f"{text}3本")[-1],
    "audit_solution": lambda text: jtextkit.audit_solution(f"{text}3×4＝13\n答え：13本"),
    "judge_texts": lambda text: judge_texts([text], ["Simple"]),
    "measure": lambda text: measure(["bytes"], [Document(text)], units=["unidic"]),
    "fertility": lambda text: measure(["bytes"], [Document(text)], units=["unidic"]).results[0],
    "check_set": lambda text: CheckReport(text, text, text, 9, (CheckResult(text, text, 2),)),
    "shortcuts": lambda text: ShortcutAudit((ShortcutResult(text, True, None, None),), 9, 9, ()),
    "aozora": read_text,
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_repr_is_one_short_line(name: str) -> None:
    shown = repr(RESULTS[name](LONG))
    assert len(shown.splitlines()) == 1
    assert len(shown) <= 400
    assert LONG[:100] not in shown


@pytest.mark.parametrize("name", RESULTS)
def test_a_table_shows_text_as_text(name: str) -> None:
    html = RESULTS[name](LONG)._repr_html_()
    assert "<b>" not in html
    assert len(html) < 20_000
    assert "<table>" in html


@dataclass(frozen=True, slots=True, repr=False)
class Anything(Displayed):
    values: dict[str, Any]

    def _facts(self) -> dict[str, Any]:
        return self.values


class Cells(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@given(st.text(max_size=100), st.one_of(st.text(max_size=100), st.tuples(st.text(), st.text())))
def test_whatever_a_text_holds(name: str, value: Any) -> None:
    result = Anything({name: value})
    html = result._repr_html_()
    html.encode()  # lone surrogates are shown as �
    cells = Cells()
    cells.feed(html)
    cells.close()
    assert cells.tags == ["table", "caption", "tbody", "tr", "th", "td"]
    assert len(repr(Anything({"value": value})).splitlines()) == 1


def test_many_rows_are_counted() -> None:
    html = Anything({f"row {number}": number for number in range(100)})._repr_html_()
    assert html.count("<tr>") == 41
    assert "… and 60 more" in html


def test_a_number_too_long_to_write() -> None:
    assert (
        repr(Anything({"n": Fraction(10**5000)})) == "Anything(n=a number of thousands of digits)"
    )
    assert "thousands of digits" in Anything({"n": 10**5000})._repr_html_()


def test_values_as_people_read_them() -> None:
    result = Anything({"a": 0.123456, "b": None, "c": ("x", "y"), "d": "3本"})
    assert repr(result) == "Anything(a=0.1235, b=None, c=('x', 'y'), d='3本')"
    assert ">0.1235<" in result._repr_html_()
    assert ">–<" in result._repr_html_()
    assert ">x, y<" in result._repr_html_()
