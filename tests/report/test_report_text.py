"""What the page of a text says of its sentences, and what a comparison marks."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.readability import advice, profile
from jtextkit.metrics.readability.explanation import explain
from jtextkit.report.comparison import comparison
from jtextkit.report.gauge import gauge
from jtextkit.report.text import text_page


def words_of(html: str) -> str:
    return unescape(re.sub("<[^>]+>", "", html))


HEAVY = "朝です。犬がいる。国際的な制度改革は統計的手法の発展とともに急速に進展した。ねこもいる。"


def test_a_sentence_is_shaded_by_how_much_harder_it_is_than_the_rest() -> None:
    html = text_page("t", HEAVY, profile(HEAVY))
    shades = re.findall(r'class="q q(\d)" data-n="\d+"(?: data-w="\+([\d.]+)")?', html)
    assert [int(shade) for shade, _ in shades] == [1, 1, 5, 1]
    assert [weight for _, weight in shades[:2]] == ["", ""]
    weights = explain(HEAVY).sentences
    assert float(shades[2][1]) == round(4 * weights[0].weight, 1) > 3


def test_each_remark_leads_to_its_place() -> None:
    html = text_page("t", HEAVY, profile(HEAVY))
    links = re.findall(r'href="#(a-r\d)"', html)
    assert len(links) == len(advice(HEAVY)) > 2
    for link in links:
        assert html.count(f'id="{link}"') == 1


WORDS = st.lists(st.sampled_from(["犬が走る。", "学校へ行く。", "経済、"]), min_size=1, max_size=9)


@given(WORDS, WORDS)
def test_what_changed_is_marked_and_no_text_is_lost(before: list[str], after: list[str]) -> None:
    old, new = "".join(before), "".join(after)
    html = comparison(old, new)
    texts = html.split('<div class="text" lang="ja">')[1:]
    for text, shown in zip((old, new), texts, strict=True):
        assert words_of(shown.partition("</section>")[0]) == text
    assert ("<mark>" in html) == (old != new)


def test_the_words_of_one_changed_sentence_alone_are_marked() -> None:
    html = comparison("犬が走る。学校へ行く。", "犬が走る。学校へは歩いて行く。")
    marked = re.findall(r"<mark><span[^>]*>([^<]+)</span></mark>", html)
    assert marked == ["は", "歩い", "て"]


@pytest.mark.parametrize(
    ("text", "hit"),
    [("あ。い。", ""), (HEAVY, "lower"), ("経済政策。" * 9, "upper")],
)
def test_the_gauge_says_its_level_and_marks_it(text: str, hit: str) -> None:
    found = profile(text)
    html = gauge({"": found})
    assert f"{found.readability:.2f}" in html
    assert html.count('class="needle"') == 2
    bold = re.findall(r'class="row">(lower|upper)<', html)
    assert bold == ([hit] if hit else [])


def test_of_two_texts_the_gauge_names_both_and_draws_the_first_hollow() -> None:
    html = gauge({"x": profile(HEAVY), "y": profile("朝です。犬がいる。")})
    assert html.count("needle hollow") == 2
    assert html.count(">x</text>") == html.count(">y</text>") == 2


def test_a_change_within_the_error_is_not_called_one() -> None:
    easy, hard = "朝です。犬がいる。ねこもいる。" * 9, HEAVY * 9
    assert "easier" in comparison(hard, easy)
    assert "harder" in comparison(easy, hard).partition("</p>")[0]
    assert "no difference beyond the error" in comparison(HEAVY, HEAVY.replace("犬", "ねこ"))
