"""No text breaks out of the markup, and every drawing is well-formed."""

from __future__ import annotations

import math
import re
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.markup import Markup, escape, japanese, joined, tag
from jtextkit.metrics.morphology import SENTENCE_RULES
from jtextkit.metrics.readability import profile, score
from jtextkit.report.drawing import fitted, nice_scale, width_of
from jtextkit.report.marking import sentences_of
from jtextkit.report.page import Section, grid, page
from jtextkit.report.plots import (
    Estimate,
    Point,
    bars,
    histogram,
    intervals,
    scatter,
)
from jtextkit.report.tables import shown, table
from jtextkit.report.text import text_page

NASTY = (
    "</title><script>alert(1)</script>",
    "\"' onload='x' a=\"",
    "]]><!-- --> <![CDATA[",
    "&lt;script&gt;&#x3c;",
    "\u202e\u2066rtl אבג\u200f",
    "\x00\x01\x1f\x7f\x85\ufffe\uffff",
    "\ud800\udfff",
    "𠮟る\u3000が゙\u200b",
    "</style></svg></table>",
)
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(), max_size=40),
    st.text("<>&\"'/!-=\ud800", max_size=12),
)
NUMBERS = st.one_of(
    st.floats(),
    st.integers(-(10**18), 10**18).map(float),
    st.floats(0, 1),
    st.none(),
    st.just(1e-300),
)
VOID = {"meta", "link", "br"}


class Tree(HTMLParser):
    """The elements of a page, and whether every one is closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def tree(html: str) -> Tree:
    html.encode()  # no lone surrogates
    parsed = Tree()
    parsed.feed(html)
    parsed.close()
    assert parsed.open == []
    assert "script" not in parsed.seen
    assert not [name for name, _ in parsed.attributes if name.startswith("on")]
    return parsed


def drawings(html: str) -> list[ET.Element]:
    """Every SVG of a page, read as XML."""
    return [ET.fromstring(found) for found in re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)]


@given(TEXTS)
def test_text_stays_text(text: str) -> None:
    parsed = tree(
        page(text, [Section(text, [text, table([text], [[text]], caption=text)])], lead=[text])
    )
    plain = tree(page("x", [Section("x", ["x", table(["x"], [["x"]], caption="x")])], lead=["x"]))
    captions = 0 if text else 1  # an empty one is left out
    assert [n for n in parsed.seen if n != "caption"] == [n for n in plain.seen if n != "caption"]
    assert plain.seen.count("caption") - parsed.seen.count("caption") == captions
    assert "".join(parsed.words).count(clean(text)) >= (6 if text.strip() else 0)


def clean(text: str) -> str:
    """What a page shows of a text: characters that XML forbids as �, line ends as LF."""
    allowed = "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    return re.sub(allowed, "\ufffd", text).replace("\r", "\n")


@given(TEXTS, st.dictionaries(TEXTS, st.lists(NUMBERS, max_size=8), max_size=8), TEXTS)
def test_plots_stay_well_formed(title: str, values: dict[str, list[Any]], name: str) -> None:
    names = list(values)
    longest = max(map(len, values.values()), default=0)
    columns = {key: [*part, *[None] * (longest - len(part))] for key, part in values.items()}
    pairs = {
        k: [(a, b) for a, b in pairwise(v) if a is not None and b is not None]
        for k, v in values.items()
    }
    ends = [(*v, None, None, None)[:3] for v in values.values()]
    made = [
        histogram(title, {name: values, "": values}, x=name, note=name),
        bars(title, [f"{name}{i}" for i in range(longest)], columns, x=name),
        bars(title, [name] * longest, columns, x=name, stacked=True),
        intervals(title, [Estimate(n, *e, n) for n, e in zip(names, ends, strict=True)], x=name),
        scatter(title, [Point(k, a, b, k) for k, v in pairs.items() for a, b in v], x=name, y=name),
    ]
    html = page(title, [Section(title, [grid(*made)])])
    tree(html)
    for svg in drawings(html):
        for element in svg.iter():
            for key in ("x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy"):
                value = element.get(key)
                assert value is None or math.isfinite(float(value)), element.attrib
            assert element.tag.rpartition("}")[2] != "script"
    assert html == page(title, [Section(title, [grid(*made)])])


@given(st.lists(st.floats(-1e14, 1e14), max_size=6), st.integers(1, 30))
def test_a_scale_holds_its_values_and_a_readable_number_of_ticks(
    values: list[float], count: int
) -> None:
    scale = nice_scale(values, 0.0, 100.0, count=count)
    assert 2 <= len(scale.ticks) <= 2.6 * count + 3
    assert scale.ticks == sorted(set(scale.ticks))
    for value in values:
        slack = 1e-6 * max(1, abs(value), scale.step / 1000)
        assert scale.low - slack <= value <= scale.high + slack
        assert 0 <= scale(value) <= 100


def test_ticks_are_round() -> None:
    assert nice_scale([0.31, 0.97], 0, 1).ticks == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert nice_scale([3, 1203], 0, 1).ticks == [0, 500, 1000, 1500]
    assert nice_scale([-0.1, 0.1], 0, 1, count=2).ticks == [-0.1, 0.0, 0.1]
    assert nice_scale([], 0, 1).ticks[0] == 0


def test_what_a_plot_draws_stands_in_its_table() -> None:
    made = bars("Hits", ["easy", "hard"], {"model": [61.5, None], "base": [48.25, 12]}, x="%")
    words = tree(made).words
    for cell in ("61.50", "48.25", "12.00", "–"):
        assert cell in words
    assert "1 of 4 values are missing and not drawn." in words
    counted = histogram("H", {"g": {"s": [0.5, 1.5, 1.6, float("nan")]}}, x="v", bins=2)
    head, *body = re.findall(r"<tr>(.*?)</tr>", re.findall(r"<table>.*?</table>", counted)[1])
    assert "g s" in head
    assert [re.findall(r">([^<]+)<", row) for row in body] == [["0", "1"], ["1", "2"]]
    assert "1 of 4 values are missing" in counted


def test_bars_are_as_long_as_their_values() -> None:
    made = bars("B", ["a", "b"], {"": [10, 5]}, x="n")
    widths = [float(w) for w in re.findall(r'width="([\d.]+)" height="[\d.]+" class="b1"', made)]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)


def test_every_label_of_a_plane_has_room_or_is_left_out() -> None:
    crowd = [Point(f"tokenizer-{i}", 1.0, 0.8) for i in range(30)]
    made = scatter("S", crowd, x="x", y="y")
    assert made.count('class="label"') < 30
    assert made.count("tokenizer-29") >= 1  # the table has it
    apart = [Point(f"t{i}", i, i) for i in range(5)]
    assert scatter("S", apart, x="x", y="y").count('class="label"') == 5


def test_a_label_is_cut_only_where_it_must_be() -> None:
    assert fitted("short", 100) == "short"
    assert fitted("", 0) == ""
    assert fitted("語" * 100, 50) == "語語語…"
    assert width_of(fitted("a" * 10**6, 80)) <= 80


def test_cells_and_markup() -> None:
    assert [shown(v) for v in (1275, 0.314, None, float("nan"), True, "x", 1e20)] == [
        "1,275", "0.31", "–", "–", "yes", "x", "1e+20",
    ]  # fmt: skip
    assert escape(Markup("<b>")) == "<b>"
    assert joined("<", Markup("<i>")) == "&lt;<i>"
    assert (
        tag("a", "x", href='"><', hidden=True, title=None)
        == '<a href="&quot;&gt;&lt;" hidden="">x</a>'
    )
    assert japanese("語") == '<span lang="ja">語</span>'


def test_series_stand_out_from_paper_and_card() -> None:
    """3 : 1 at least (WCAG for graphics), in the light and the dark."""
    sheet = resources.files("jtextkit.report").joinpath("style.css").read_text("utf-8")
    schemes = [dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in sheet.split("@media")[:2]]
    assert len(schemes) == 2
    for colours in schemes:
        for number in range(1, 7):
            for ground in ("paper", "card"):
                assert contrast(colours[f"s{number}"], colours[ground]) >= 3, (number, ground)


def contrast(a: str, b: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, bright = sorted((light(a), light(b)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_page_forbids_every_request_and_has_no_time() -> None:
    html = page("x", [Section(str(n)) for n in range(3)])
    assert "default-src &#x27;none&#x27;" in html
    assert html == page("x", [Section(str(n)) for n in range(3)])
    assert html.count("<nav") == 1
    assert "<nav" not in page("x", [Section("1")])
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", html)


SENTENCES = (
    "朝です。ぼくは行く！\n「そうか？」と言う。",
    "題名\n\n本文です。\n　終わり　",
    "「行く。」\n彼は来た\n。",
    "  前の空白。後の空白。  \n",
    "朝が来て、\n　\n鳥が鳴く\n「帰ろう、」\n夜、\n」\n海，\n。山、\n",
)


@pytest.mark.parametrize("rule", SENTENCE_RULES)
@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_those_that_are_counted(text: str, rule: Any) -> None:
    found, rest = sentences_of(text, rule=rule)
    assert "".join(gap + w.surface for s in found for gap, w in s.words) + rest == text
    assert len(found) == score(text, sentences=rule).sentences


@given(
    TEXTS.filter(lambda t: not re.search("[\x00\ud800-\udfff]", t)), st.sampled_from(SENTENCE_RULES)
)
def test_any_text_is_shown_whole(text: str, rule: Any) -> None:
    text = f"{text}語。{text}"
    result = profile(text, sentences=rule)
    parsed = tree(text_page(text, text, result))
    assert clean(text) in "".join(parsed.words)
    assert any(name == "lang" and value == "ja" for name, value in parsed.attributes)


@pytest.mark.parametrize(("between", "blocks"), [("", 3), ("\n", 20), ("\n\n　", 20)])
def test_a_long_text_stands_in_blocks_and_stays_whole(between: str, blocks: int) -> None:
    text = f"朝です。{between}" * 400
    html = text_page("t", text, profile(text))
    body = html.partition('<div class="text" lang="ja">')[2].partition("</div></section>")[0]
    assert body.count("<div>") == pytest.approx(blocks, abs=1)
    assert "".join(tree(f"<div>{body}").words) == text


def test_marks_follow_the_words() -> None:
    html = text_page("t", "友だちと経済を学んだ。", profile("友だちと経済を学んだ。"))
    marks = {
        word: (kinds, grades)
        for kinds, grades, word in re.findall(
            r'<span class="([a-z ]*)"(?: data-k="(\w+)")?>([^<]+)</span>',
            html.partition('class="text"')[2],
        )
    }
    assert marks["経済"] == ("k n f u", "56")  # 済 is of grade 6
    assert marks["学ん"] == ("w v u", "1")
    assert marks["と"] == ("w j", "")
    assert 'class="q q1" data-n="8"' in html or 'data-n="7"' in html
