"""Passages are whole paragraphs of prose; what is dropped is dropped by a named rule."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.builders.aozora import PlainText, read_text
from jtextkit.builders.difficulty.passages import Measured, cut, judge
from jtextkit.builders.difficulty.recipe import DifficultyRecipe

RECIPE = DifficultyRecipe(min_chars=20, max_chars=40)
PARAGRAPH = "　犬が走る。猫も走る。"  # 11 characters


def plain(*lines: str, kinds: str = "", gaps: frozenset[int] = frozenset()) -> PlainText:
    return PlainText(
        lines=lines, kinds=kinds or "p" * len(lines), gaps=gaps, notation={}, unresolved={}
    )


def cuts(text: PlainText, recipe: DifficultyRecipe = RECIPE) -> tuple[list[str], dict[str, int]]:
    tally = Counter[str]()
    found = list(cut(text, recipe, tally))
    for start, end, passage in found:
        assert text.text[start:end] == passage
    return [passage for _, _, passage in found], dict(tally)


def test_a_passage_ends_at_the_first_border_after_the_minimum() -> None:
    assert cuts(plain(*[PARAGRAPH] * 5)) == ([f"{PARAGRAPH}\n{PARAGRAPH}"] * 2, {})


def test_a_passage_holds_no_heading_and_no_layout() -> None:
    lines = [PARAGRAPH, "二", PARAGRAPH, PARAGRAPH, "　　詩の一行", PARAGRAPH]
    assert cuts(plain(*lines, kinds="phppbp"))[0] == [f"{PARAGRAPH}\n{PARAGRAPH}"]


def test_lines_indented_by_spaces_are_layout() -> None:
    lines = [PARAGRAPH, "　　　　　＊", PARAGRAPH, PARAGRAPH]
    assert cuts(plain(*lines))[0] == [f"{PARAGRAPH}\n{PARAGRAPH}"]


def test_a_passage_does_not_end_inside_a_sentence() -> None:
    lines = [PARAGRAPH, "　彼は静かに言った、", "「おはよう」", PARAGRAPH]
    assert cuts(plain(*lines))[0] == ["\n".join(lines[:3])]


def test_a_gap_lets_a_passage_start_after_an_open_line() -> None:
    lines = ["　彼は走り、" * 8, PARAGRAPH, PARAGRAPH]  # the first is too long, and open
    assert cuts(plain(*lines))[0] == []
    assert cuts(plain(*lines, gaps=frozenset({1})))[0] == [f"{PARAGRAPH}\n{PARAGRAPH}"]


def test_a_passage_does_not_start_inside_a_sentence() -> None:
    lines = ["二", "　彼は言った、", "「おはよう」", PARAGRAPH, PARAGRAPH]
    passages, _ = cuts(plain(*lines, kinds="hpppp"), DifficultyRecipe(min_chars=20, max_chars=24))
    assert all(not passage.startswith("「おはよう") for passage in passages)


def test_a_paragraph_that_is_too_long_is_counted() -> None:
    assert cuts(plain("　" + "あ" * 60 + "。"))[1] == {"length": 1}


def test_verse_is_dropped() -> None:
    assert cuts(plain(*["春の色", "夏の音"] * 3, "終わり。"))[1] == {"open-lines": 1}


def test_unresolved_characters_are_dropped_unless_asked_for() -> None:
    lines = ["　犬が〓る。猫も走る。", PARAGRAPH]
    assert cuts(plain(*lines)) == ([], {"unresolved": 1})
    assert len(cuts(plain(*lines), replace(RECIPE, max_unresolved=1))[0]) == 1


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [PARAGRAPH, "「はい。」", "　行った、", "　　一", "歌", "　" + "長" * 50 + "。"]
        )
    ),
    st.data(),
)
def test_whatever_the_lines(lines: list[str], data: st.DataObject) -> None:
    kinds = data.draw(st.text("phb", min_size=len(lines), max_size=len(lines)))
    text = plain(*lines, kinds=kinds)
    last = -1
    for start, end, passage in cut(text, RECIPE, Counter()):
        assert start > last, "passages overlap"
        last = end
        assert RECIPE.min_chars <= len(passage) <= RECIPE.max_chars
        assert passage == text.text[start:end]


@pytest.mark.parametrize(
    "end", ["。", "！", "…", "」", "”", '"', ")", "。 ", "」\u3000\t", "。\u2028\x1f"]
)
def test_a_passage_may_end_with(end: str) -> None:
    lines = ["　" + "犬" * 20, "　猫" + end, "　鳥" * 3, "　花。"]
    assert cuts(plain(*lines), replace(RECIPE, max_open_lines=0.5))[0] == ["\n".join(lines[:2])]


@pytest.mark.parametrize("end", ["", "、", "。犬", "」と", "。\u200b", "\u3000"])
def test_a_passage_does_not_end_with(end: str) -> None:
    lines = ["　" + "犬" * 20, "　猫" + end, "　鳥" * 3, "　花。"]
    assert cuts(plain(*lines), replace(RECIPE, max_open_lines=1.0))[0] == ["\n".join(lines)]


def by_the_rules(text: PlainText, recipe: DifficultyRecipe) -> tuple[list[str], dict[str, int]]:
    """The passages as the module describes them, each question asked of the lines anew."""
    lines, tally = text.lines, Counter[str]()

    def prose(line: int) -> bool:
        return (
            text.kinds[line] == "p"
            and not lines[line].startswith("　　")
            and re.search(r"[^\W_]", lines[line]) is not None
        )

    def closed(line: int) -> bool:
        return re.search(r"[。？！．…‥―」』）】〕］》〉”’\")]\s*\Z", lines[line]) is not None

    found, first = [], 0
    while first < len(lines):
        starts = prose(first) and (
            first == 0 or not prose(first - 1) or first in text.gaps or closed(first - 1)
        )
        stop = first
        while starts and stop < len(lines) and prose(stop):
            stop += 1
        ends = [
            after
            for after in range(first + 1, stop + 1)
            if recipe.min_chars <= len("\n".join(lines[first:after])) <= recipe.max_chars
            and closed(after - 1)
        ]
        if not starts or not ends:
            tally["length"] += starts and len("\n".join(lines[first:stop])) >= recipe.min_chars
            first += 1
            continue
        chosen = range(first, ends[0])
        passage = "\n".join(lines[line] for line in chosen)
        open_lines = [n for n in chosen if not closed(n) and not lines[n].endswith("、")]
        if len(open_lines) > recipe.max_open_lines * len(chosen):
            tally["open-lines"] += 1
        elif passage.count("〓") > recipe.max_unresolved:
            tally["unresolved"] += 1
        else:
            found.append(passage)
        first = ends[0]
    return found, {rule: number for rule, number in tally.items() if number}


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                PARAGRAPH,
                "「はい。」 ",
                "　行った、",
                "　　一",
                "＊",
                "歌",
                "〓だ。",
                "　" + "長" * 50 + "。",
            ]
        ),
        max_size=12,
    ),
    st.data(),
    st.integers(1, 30),
    st.sampled_from([0.0, 0.3, 1.0]),
)
def test_the_passages_are_those_of_the_rules(
    lines: list[str], data: st.DataObject, shortest: int, open_lines: float
) -> None:
    kinds = data.draw(st.text("pph", min_size=len(lines), max_size=len(lines)))
    gaps = data.draw(st.frozensets(st.integers(0, 12)))
    text = plain(*lines, kinds=kinds, gaps=gaps)
    recipe = DifficultyRecipe(min_chars=shortest, max_chars=40, max_open_lines=open_lines)
    assert cuts(text, recipe) == by_the_rules(text, recipe)


def test_a_note_of_the_source_reaches_no_passage() -> None:
    source = (
        "題\n名\n\n"
        + "　犬《いぬ》が走る［＃「走る」に傍点］。猫も走る。\n" * 4
        + "\n底本：「本」\n"
    )
    passages, _ = cuts(read_text(source))
    assert passages == [f"{PARAGRAPH}\n{PARAGRAPH}"] * 2


EASY = "犬が走る。猫も走る。鳥が鳴く。花が咲く。雨が降る。風が吹く。"
ANY = DifficultyRecipe(simple_below=100, complex_above=0)
HARD = "当該事業者は所管行政庁の認可申請書類を提出する義務を負担することになる。" * 6


@pytest.mark.parametrize(
    ("text", "recipe", "rule"),
    [
        ("犬が走る。猫も走る。", DifficultyRecipe(), "few-sentences"),
        ("あのね。" * 9, DifficultyRecipe(), "off-scale"),
        (
            "わたしの家の犬は白い\n" * 34 + "はい、そうです。" * 5,
            DifficultyRecipe(),
            "sentence-rules",
        ),
        ("、".join(["犬が走り"] * 70) + "。" + EASY * 9, ANY, "long-sentence"),
    ],
)
def test_each_rule_drops_by_its_name(text: str, recipe: DifficultyRecipe, rule: str) -> None:
    assert judge(text, recipe) == rule


def test_the_margin_is_kept_from_the_border() -> None:
    found = judged(EASY, ANY)
    assert found.label == "Simple"
    difficulty = found.difficulty
    close = replace(ANY, threshold=difficulty + 0.01, margin=0.02)
    assert judge(EASY, close) == "margin"
    assert judged(EASY, replace(close, margin=0.005)).label == "Simple"
    assert judged(EASY, replace(close, threshold=difficulty - 0.03)).label == "Complex"


def test_six_levels_have_the_formulas_names() -> None:
    six = DifficultyRecipe(levels="six", pairs=False)
    assert six.labels[0] == "lower-elementary"
    assert six.labels[-1] == "upper-advanced"
    assert six.borders == pytest.approx([1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6])
    assert judged(HARD, six).label in six.labels[3:]


def judged(text: str, recipe: DifficultyRecipe) -> Measured:
    verdict = judge(text, recipe)
    assert not isinstance(verdict, str), verdict
    return verdict
