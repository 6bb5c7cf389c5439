"""Spans: rule by rule, and against the fast reader on anything."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.builders.aozora import SPAN_KINDS, SourceSpan, read_text, render, spans
from jtextkit.builders.aozora.segments import Edit, Segment, revise
from jtextkit.builders.aozora.targets import base_start

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads((HERE / "span_cases.json").read_text(encoding="utf-8"))
RULES: list[dict[str, Any]] = json.loads((HERE / "notation_cases.json").read_text(encoding="utf-8"))
HEADER = "題\n作者\n\n"
FOOTER = "\n\n底本：「本」\n"


def check(source: str) -> list[SourceSpan]:
    """The spans of a file, which must cover it and render as the fast reader reads it."""
    found = spans(source)
    assert [span.start for span in found] == [0, *(span.end for span in found)][:-1]
    assert all(span.start < span.end for span in found)
    assert (found[-1].end if found else 0) == len(source)
    assert {span.kind for span in found} <= set(SPAN_KINDS)
    assert render(found) == read_text(source).text
    for span in found:
        if span.kind in ("text", "ruby_base"):
            assert span.text == source[span.start : span.end]
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_rule(case: dict[str, Any]) -> None:
    source = f"{HEADER}{case['source']}{FOOTER}"
    header, *found, footer = check(source)
    assert (header.kind, footer.kind) == ("header", "footer")
    if found[-1].kind == "blank":
        found.pop()
    shown = [[span.kind, source[span.start : span.end], span.text] for span in found]
    assert shown == [[*one, one[1]][:3] for one in case["spans"]]


@pytest.mark.parametrize("case", RULES, ids=[case["rule"] for case in RULES])
def test_rules_of_the_fast_reader(case: dict[str, Any]) -> None:
    source = f"{HEADER}前\n{case['source']}\n\n後{FOOTER}"
    found = check(source)
    counts = Counter(span.kind for span in found)
    notation = read_text(source).notation
    for kind in SPAN_KINDS:
        if kind.startswith("note_") or kind in ("heading", "left_ruby"):
            assert counts[kind] == notation.get(kind, 0)


def test_the_parts_of_a_file() -> None:
    rule = "-" * 55
    header = "題\n作者\n\n"
    symbols = f"{rule}\n【テキスト中に現れる記号について】\n\n《》：ルビ\n{rule}"
    footer = "\n底本：「本」\n"
    source = f"{header}{symbols}\n\n　本文\n{footer}"
    assert [(span.kind, source[span.start : span.end]) for span in check(source)] == [
        ("header", header),
        ("symbols", symbols),
        ("blank", "\n\n"),
        ("text", "　本文"),
        ("blank", "\n"),
        ("footer", footer),
    ]


@pytest.mark.parametrize("source", ["", "\n", "\n\n\n", "一行", "題\n\n", "題\n\n底本：「本」"])
def test_hardly_anything(source: str) -> None:
    check(source)


def test_the_kinds_are_named_as_they_are_counted() -> None:
    source = HEADER + "\n".join(case["source"] for case in RULES)
    plain = read_text(source)
    assert set(plain.notation) <= set(SPAN_KINDS)
    assert set(plain.notation) | {"header", "symbols", "text", "blank", "ruby_base", "footer"} == (
        set(SPAN_KINDS)
    )
    assert len(set(SPAN_KINDS)) == len(SPAN_KINDS)


# --- any notation --------------------------------------------------------------------------------

NOTATION = st.sampled_from(
    [
        *"《》｜［］＃※〔〕「」（）／＼″゛\n　、は山",
        "［＃",
        "※［＃",
        "］",
        "かな",
        "e'",
        "《ルビ》",
        "〔e'〕",
        "［＃「山」に傍点］",
        "［＃「山」は返り点］",
        "［＃「ビ」は返り点］",
        "［＃「山」は割り注］",
        "［＃割り注］",
        "［＃割り注終わり］",
        "［＃「山」はローマ数字、1-13-21］",
        "※［＃「てへん＋劣」、第3水準1-84-77］",
        "※［＃「身＋応」、42-5］",
        "※［＃始め二重山括弧、1-1-52］",
        "※［＃米印、1-2-8］",
        "※［＃和字間隔、1-1-1］",
        "※［「虚／八」、498-15］",
        "［＃改ページ］\n",
        "底本：",
        "-" * 12,
        "【テキスト中に現れる記号について】",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(NOTATION, max_size=50).map("".join))
def test_any_notation(source: str) -> None:
    check(source)
    check(HEADER + source)
    read_text(HEADER + source, gaiji="describe", ruby="keep")


WORST = {
    "rubies": "山《さん》",
    "unclosed rubies": "山《",
    "one base": "山",
    "bars": "｜",
    "unclosed notes": "［＃",
    "notes": "［＃改行］",
    "notes in notes": "［＃あ［＃い］］",
    "closing": "］",
    "kunten": "二［＃「二」は返り点］",
    "warichu": "村［＃「村」は割り注］",
    "gaiji": "※［＃「身＋応」、42-5］",
    "signs": "※",
    "missing signs": "※［「虚」、1-1］",
    "accents": "〔e'〕",
    "open accents": "〔e'",
    "empty lines": "\n",
    "lines": "山\n\n",
    "lines of notes": "［＃改行］　\n",
    "repeat marks": "／＼",
}


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = f"{HEADER}{piece * (size // len(piece))}《さん》{FOOTER}"
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            found = spans(text)
            best = min(best, time.process_time() - start)
        assert render(found) == read_text(text).text
        return best

    # Ten times the input takes a hundred times as long where time is quadratic; a loaded machine
    # may spoil an attempt, what is not linear spoils all.
    assert any(seconds(60_000) <= 40 * max(seconds(6_000), 0.005) for _ in range(5))


# --- bases and segments --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "base"),
    [
        ("今日は青空", "青空"),
        ("第〓章", "第〓章"),
        ("お茶ノ水", "水"),
        ("アイヌ語", "語"),
        ("三十ヶ月", "三十ヶ月"),
        ("あいヴァイオリン", "ヴァイオリン"),
        ("はDon't", "Don't"),
        ("(été", "été"),
        ("はΑλφα", "Αλφα"),
        ("はМир", "Мир"),
        ("１２ab", "ab"),
        ("あ！", "！"),
        ("𠀋𠮟", "𠀋𠮟"),
    ],
)
def test_bases(before: str, base: str) -> None:
    start = base_start(before, len(before), 0)
    assert before[start:] == base


def test_a_base_does_not_reach_over_what_was_read() -> None:
    assert base_start("山川", 2, 1) == 1
    assert base_start("山川", 2, 2) == 2


SOURCE = "abcdefghij"


def shown(live: list[Segment]) -> str:
    return "".join(SOURCE[s:e] if text is None else text for s, e, _, text in live)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_revising_is_editing_the_text(data: st.DataObject) -> None:
    live: list[Segment] = [(n, n + 1, "x", None) for n in range(4)]
    live += [(4, 6, "y", "XYZ"), (6, 10, "x", None)]
    dead: list[Segment] = []
    for _ in range(3):
        text = shown(live)
        if not text:
            return
        places = sorted(
            data.draw(st.sets(st.integers(0, len(text)), max_size=6).filter(lambda s: len(s) > 1))
        )
        new = st.sampled_from(["", "p", "qrs", None])
        pairs = list(zip(places[::2], places[1::2], strict=False))
        edits: list[Edit] = [(a, b, "z", data.draw(new)) for a, b in pairs]
        expected = text
        for a, b, _, inserted in reversed(edits):
            if inserted is not None:
                expected = expected[:a] + inserted + expected[b:]
        live = revise(live, edits, dead)
        assert shown(live) == expected
        everything = sorted(live + dead)
        assert [one[0] for one in everything] == [0, *(one[1] for one in everything)][:-1]
        assert everything[-1][1] == len(SOURCE)
        assert all(one[3] != "" for one in live)
        assert all(one[3] == "" for one in dead)
