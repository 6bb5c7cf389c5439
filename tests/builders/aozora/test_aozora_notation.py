"""Aozora notation, rule by rule, and what must hold for any text."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.builders.aozora import PlainText, read_text
from jtextkit.builders.aozora.accents import ACCENTS
from jtextkit.builders.aozora.gaiji import RESERVED, men_ku_ten
from jtextkit.builders.aozora.notes import read_note
from jtextkit.core.errors import UsageError

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "notation_cases.json").read_text(encoding="utf-8")
)


def body(source: str) -> PlainText:
    return read_text(f"題\n作者\n\n{source}\n")


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_rule(case: dict[str, Any]) -> None:
    plain = body(case["source"])
    assert list(plain.lines) == case["lines"]
    assert len(plain.kinds) == len(plain.lines)
    for name in ("kinds", "notation", "unresolved"):
        if name in case:
            assert getattr(plain, name) == case[name]
    if "gaps" in case:
        assert sorted(plain.gaps) == case["gaps"]
    if "notation" not in case and "unresolved" not in case:
        assert not plain.unresolved
    assert plain.alarms == case.get("alarms", {})


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_rules_do_not_reach_over_lines(case: dict[str, Any]) -> None:
    plain = body(f"前の行\n{case['source']}\n\n後の行")
    assert plain.lines[0] == "前の行"
    assert plain.lines[-1] == "後の行"
    assert list(plain.lines[1:-1]) == case["lines"]
    assert len(plain.lines) - 1 in plain.gaps


def test_rules_are_named_once() -> None:
    names = [case["rule"] for case in CASES]
    assert len(set(names)) == len(names)


def test_text_is_lines_without_an_end() -> None:
    assert body("一\n\n二").text == "一\n二"


def test_no_body_at_all() -> None:
    plain = read_text("")
    assert plain == PlainText((), "", frozenset(), {}, {})
    assert plain.text == ""


def test_counts_add_up_over_kinds_of_notation() -> None:
    plain = body("山《やま》［＃「山」に傍点］\n" * 7)
    assert plain.notation == {"ruby": 7, "note_typography": 7}


# --- gaiji and accents ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "char"),
    [
        ((1, 1, 1), "　"),
        ((1, 16, 1), "亜"),
        ((1, 14, 1), "俱"),
        ((2, 94, 87), None),
        ((2, 94, 86), "𪚲"),
        ((2, 2, 1), None),
        ((1, 0, 1), None),
        ((1, 95, 1), None),
        ((2, 1, 99), None),
    ],
)
def test_men_ku_ten(place: tuple[int, int, int], char: str | None) -> None:
    assert men_ku_ten(*place) == char


@pytest.mark.parametrize("code", ["U+110000", "U+D800", "U+DFFF"])
def test_code_points_that_are_no_characters(code: str) -> None:
    plain = body(f"※［＃「何か」、{code}、1-1］")
    assert plain.lines == ("〓",)
    assert plain.notation == {"gaiji_unresolved": 1}


def test_the_accent_table_is_the_converters() -> None:
    assert len(ACCENTS) == 72
    assert all(len(char) == 1 for char in ACCENTS.values())
    assert len(set(ACCENTS.values())) == 72


@pytest.mark.parametrize("pair", sorted(ACCENTS))
def test_every_accent(pair: str) -> None:
    assert body(f"〔x{pair}x〕").lines == (f"x{ACCENTS[pair]}x",)


@pytest.mark.parametrize("char", sorted(set(RESERVED) - {"／", "＼"}))
def test_every_reserved_character_survives(char: str) -> None:
    row, cell = (byte - 0xA0 for byte in char.encode("euc_jis_2004"))
    note = f"※［＃記号、1-{row}-{cell}］"
    assert body(f"山{note}川《かわ》{note}").lines == (f"山{char}川{char}",)


# --- notes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "「これは底本では誤りと見える」に傍点",
        "「ここから２字下げ」に傍点",
        "「見出し」に傍線",
        "「割り注」に傍点",
        "「改ページ」は太字",
        "「「左」の「右」」に白丸傍点",
    ],
)
def test_quoted_words_never_decide(content: str) -> None:
    note = read_note(content)
    assert (note.kind, note.mark, note.effect) == ("note_typography", "", "")


def test_endless_notes_are_not_read() -> None:
    assert read_note("傍点" * 5000).kind == "note_unknown"


# --- where the body is ---------------------------------------------------------------------------

SYMBOLS = "【テキスト中に現れる記号について】\n\n《》：ルビ\n（例）山《やま》\n"
RULE = "-" * 55
EDITION = "底本：「書名」書店\n　　　1950年\n入力：某\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"題\n作者\n\n{RULE}\n{SYMBOLS}{RULE}\n\n本文\n\n\n{EDITION}", ["本文"]),
        (f"題\n作者\n\n\n{RULE}\n{SYMBOLS}{RULE}\n本文\n{EDITION}", ["本文"]),
        (f"題\n作者\n\n{RULE[:40]}\n{SYMBOLS}{RULE}{RULE}\n本文\n{EDITION}", ["本文"]),
        (f"題\nTITLE\n作者\n訳者訳\n\n本文\n{EDITION}", ["本文"]),
        (f"題\n\n{SYMBOLS}{RULE}\n本文\n{EDITION}", ["本文"]),
        (f"題\n\n［表記について］\n●ルビは「《ルビ》」\n{RULE}\n本文\n{EDITION}", ["本文"]),
        (f"題\n\n{RULE}\n【表記について】\n・旧字を用いた\n{RULE}\n本文\n", ["本文"]),
        (
            f"題\n\n{RULE}\n一つめの話\n{RULE}\n二つめの話\n{EDITION}",
            [RULE, "一つめの話", RULE, "二つめの話"],
        ),
        (f"題\n\n一つめの話\n{RULE}\n二つめの話\n{EDITION}", ["一つめの話", RULE, "二つめの話"]),
        (f"題\n\n{RULE}\n{SYMBOLS}\n閉じない罫の後の本文", None),
        (f"題\n\n本文\n［＃本文終わり］\n後書き\n{EDITION}", ["本文"]),
        (f"題\n\n本文\n{EDITION}［＃本文終わり］\n", ["本文"]),
        ("題\n\n本文\n底本「書名」書店", ["本文"]),
        ("題\n\n本文\n底本:「書名」書店", ["本文"]),
        ("題\n\n本文\n底本・初出：「雑誌」", ["本文"]),
        ("題\n\n本文\n定本：「書名」", ["本文"]),
        ("題\n\n本文\n====底本：「書名」", ["本文"]),
        ("題\n\n本文\n\n入力者注\n・誤りを直した。", ["本文"]),
        (f"題\n\n本文\n{RULE}\n●入力者注\n※１　馬の種類。\n{RULE}\n{EDITION}", ["本文"]),
        (f"題\n\n本文\n{RULE}\n{EDITION}", ["本文"]),
        ("題\n\n本文だけ", ["本文だけ"]),
        ("空行のない一行だけの本文", ["空行のない一行だけの本文"]),
        ("\n\n題\n\n本文", ["本文"]),
        (
            "題\n\n　底本：は行頭でなければ本文\n底本と書いても本文",
            ["　底本：は行頭でなければ本文", "底本と書いても本文"],
        ),
        ("\n".join(f"{n}行めの詩" for n in range(20)) + "\n\n終わり", None),
    ],
)
def test_the_body(text: str, lines: list[str] | None) -> None:
    plain = read_text(text)
    if lines is not None:
        assert list(plain.lines) == lines
    else:
        assert plain.lines[-1] == text.rsplit("\n", 1)[-1]
        assert len(plain.lines) > 3


def test_no_gap_before_the_first_line() -> None:
    plain = read_text(f"題\n\n{RULE}\n{SYMBOLS}{RULE}\n\n\n［＃改ページ］\n一\n\n二\n{EDITION}")
    assert plain.lines == ("一", "二")
    assert plain.gaps == {1}


def test_an_edition_right_after_the_header() -> None:
    assert read_text(f"題\n\n{EDITION}").lines == ()


# --- what holds for any text ---------------------------------------------------------------------

NOTATION = st.sampled_from(
    [
        *"《》｜［］＃※〔〕「」（）／＼″゛\n　、は",
        "［＃",
        "※［＃",
        "］",
        "山",
        "かな",
        "e'",
        "「山」に傍点",
        "「山」は返り点",
        "「山」は割り注",
        "割り注",
        "割り注終わり",
        "「山」はローマ数字、1-13-21",
        "第3水準1-84-77",
        "U+6F75",
        "始め二重山括弧、1-1-52",
        "始め角括弧、1-1-46",
        "ここから２字下げ",
        "ここで字下げ終わり",
        "「山」は中見出し",
        "ここから中見出し",
        "改ページ",
        "底本：",
        "-" * 12,
        "【テキスト中に現れる記号について】",
    ]
)
SOUP = st.lists(NOTATION, max_size=60).map("".join)


def check(plain: PlainText) -> None:
    assert len(plain.kinds) == len(plain.lines)
    assert set(plain.kinds) <= set("phb")
    assert all(plain.lines)
    assert not any("\n" in line for line in plain.lines)
    assert all(0 < gap < len(plain.lines) for gap in plain.gaps)
    assert all(count > 0 for count in plain.notation.values())
    assert all(count > 0 for count in plain.unresolved.values())
    assert plain.text.split("\n") == list(plain.lines or [""])
    assert not set(plain.text) & set(RESERVED.values())


@settings(max_examples=400, deadline=None)
@given(SOUP)
def test_any_notation(source: str) -> None:
    check(body(source))
    check(read_text(source))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200).filter(lambda text: not re.search("[\ufdd0-\ufdef]", text)))
def test_any_text(source: str) -> None:
    check(read_text(source))


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_whatever_is_left_of_notation_is_reported(source: str) -> None:
    plain = body(source)
    for sign in ("［＃", "｜"):
        if sign in plain.text and not plain.notation.get("gaiji_code"):
            assert plain.unresolved


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("山川かなカナ、。「」ー々"), max_size=80).map("".join))
def test_text_without_notation_is_untouched(source: str) -> None:
    assert body(source).text == source


MARKED = {
    "山《ルビ》": "山",
    "か［＃「か」に傍点］": "か",
    "々［＃「々」に傍点］《ルビ》": "々",
    "｜上の家《ルビ》": "上の家",
    "［＃太字］ア［＃太字終わり］": "ア",
    "［＃割り注］注［＃割り注終わり］": "（注）",
    "※［＃「てへん＋劣」、第3水準1-84-77］": "挘",
    "いろ／＼": "いろ〳〵",
    "不［＃レ］": "不",
    "、": "、",
    "\n": "\n",
}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(sorted(MARKED)), max_size=60))
def test_marked_text_leaves_exactly_its_plain_text(pieces: list[str]) -> None:
    plain = body("".join(pieces))
    expected = "".join(MARKED[piece] for piece in pieces)
    assert list(plain.lines) == [line for line in expected.split("\n") if line]
    assert not plain.unresolved


HOSTILE: list[tuple[str, Callable[[int], str]]] = [
    ("unclosed ruby", lambda n: "山《" * n),
    ("unclosed ruby, long", lambda n: "《" + "か" * n),
    ("bars", lambda n: "｜" * n),
    ("bars and unclosed ruby", lambda n: "｜山《" * n),
    ("unclosed notes", lambda n: "［＃" * n),
    ("unclosed notes, lines", lambda n: "［＃あ\n" * n),
    ("deep notes", lambda n: "［＃" * n + "］" * n),
    ("deep gaiji", lambda n: "※［＃" * n + "］" * n),
    ("nested notes", lambda n: "［＃" + "［＃あ］" * n + "］"),
    ("closing only", lambda n: "［＃あ" + "］" * n),
    ("deep quotes", lambda n: "［＃" + "「" * n + "」" * n + "に傍点］"),
    ("left", lambda n: "［＃" + "左" * n + "］"),
    ("kunten targets", lambda n: "あ" * n + "［＃「あ」は返り点］" * n),
    ("lost targets", lambda n: "い" * n + "［＃「あ」は返り点］" * n),
    ("lost warichu", lambda n: "［＃「あ」は割り注］" * n),
    ("open accents", lambda n: "〔e'" * n),
    ("accents", lambda n: "〔" + "e'" * n + "〕"),
    ("sign missing", lambda n: "※［「" + "、" * n),
    ("signs missing", lambda n: "※［「" * n),
    ("unclosed blocks", lambda n: "［＃ここから太字］\n" * n),
    ("closed blocks", lambda n: "［＃ここで斜体終わり］\n" * n),
    ("blocks", lambda n: "［＃ここから２字下げ］\nあ\n［＃ここから罫囲み］\n" * n),
    ("heading blocks", lambda n: "［＃ここから中見出し］\nあ\n" * n),
    ("page breaks", lambda n: "あ［＃改ページ］\n" * n),
    ("empty lines", lambda n: "\n" * n),
    ("blank lines", lambda n: "　\n" * n),
    ("spaces", lambda n: "題\n" + " " * n + "x"),
    ("rules", lambda n: f"題\n\n{RULE}\n" * n),
    ("equal signs", lambda n: "=" * n),
    ("repeat marks", lambda n: "／" * n + "＼" * n),
    ("closing ruby", lambda n: "か" * n + "》"),
    ("number signs", lambda n: "＃" * n),
]


@pytest.mark.parametrize("make", [make for _, make in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_time_is_linear(make: Callable[[int], str]) -> None:
    def seconds(size: int) -> float:
        text = f"題\n\n{make(size)}\n\n底本：「無」\n"
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            check(read_text(text))
            best = min(best, time.process_time() - start)
        return best

    # Ten times the input, at most twenty times the time; short runs are noise.
    # A noisy machine may spoil one attempt; what is not linear spoils all.
    assert any(seconds(30_000) <= 20 * max(seconds(3_000), 0.005) for _ in range(5))


# --- ways to read --------------------------------------------------------------------------------

LOST = "※［＃「身＋応」、42-5］"
OTHER = "※［＃「虚／八」、498-15］"


@pytest.mark.parametrize(
    ("source", "described"),
    [
        (f"名は{LOST}。", "名は［「身＋応」、42-5］。"),
        (f"{LOST}{OTHER}{LOST}", "［「身＋応」、42-5］［「虚／八」、498-15］［「身＋応」、42-5］"),
        ("※［＃「てへん＋劣」、第3水準1-84-77］", "挘"),
        (f"｜{LOST}《まま》", "［「身＋応」、42-5］"),
        (f"山《{LOST}》", "山"),
        (f"二{LOST}［＃「二{LOST}」は返り点］山", "山"),
        (f"{LOST}［＃「{LOST}」に傍点］", "［「身＋応」、42-5］"),
        ("※［＃「《／＼｜〔e'〕》」、1-1］", "［「《／＼｜〔e'〕》」、1-1］"),
        ("※［＃「女＋※［＃「甲」、1-1］」、80-6］", "［「女＋〓」、80-6］"),
    ],
)
def test_descriptions(source: str, described: str) -> None:
    plain = read_text(f"題\n\n{source}", gaiji="describe")
    assert plain.text == described
    usual = read_text(f"題\n\n{source}")
    assert (plain.notation, plain.kinds, plain.gaps) == (usual.notation, usual.kinds, usual.gaps)
    assert sum(plain.unresolved.values()) == sum(usual.unresolved.values())


def test_descriptions_of_thousands(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [f"※［＃「{n}」、1-1］" for n in range(300)]
    shown = [f"［「{n}」、1-1］" for n in range(300)]
    assert read_text("題\n\n" + "".join(notes), gaiji="describe").text == "".join(shown)
    monkeypatch.setattr("jtextkit.builders.aozora.reader._DESCRIBED", sys.maxunicode - 99)
    plain = read_text("題\n\n" + "".join(notes), gaiji="describe")
    assert plain.text == "".join(shown[:100]) + "〓" * 200


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("山《やま》と｜上の家《いえ》", "山《やま》と｜上の家《いえ》"),
        ("青空［＃「青空」に傍点］《あおぞら》", "青空《あおぞら》"),
        ("魚《ト※［＃小書き片仮名ト、1-6-81］》を", "魚《トㇳ》を"),
        ("様々《さま／″＼》", "様々《さま〴〵》"),
        ("〔Poe^te〕《ポエト》", "Poête《ポエト》"),
        ("｜石と《標題》", "｜石と《標題》"),
    ],
)
def test_ruby_that_is_kept(source: str, kept: str) -> None:
    plain = read_text(f"題\n\n{source}", ruby="keep")
    assert plain.text == kept
    usual = read_text(f"題\n\n{source}")
    assert (plain.kinds, plain.gaps) == (usual.kinds, usual.gaps)
    assert plain.unresolved == usual.unresolved
    assert plain.notation["ruby"] == usual.notation["ruby"]


@pytest.mark.parametrize("wrong", [{"gaiji": "drop"}, {"ruby": True}, {"gaiji": ""}])
def test_other_ways_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="gaiji is name, geta or describe, ruby is drop or keep"):
        read_text("題\n\n山", **wrong)


def test_gaps_are_written_as_empty_lines() -> None:
    plain = body("一\n\n二\n三\n［＃改ページ］\n四")
    assert plain.spaced == "一\n\n二\n三\n\n四"
    assert plain.text == "一\n二\n三\n四"
    assert body("").spaced == ""


def test_a_long_note_is_reported() -> None:
    content = "「" + "あ" * 150 + "」に傍点"
    plain = body(f"山［＃{content}］")
    assert plain.lines == ("山",)
    assert plain.alarms == {f"long note: {content[:40]}": 1}
    assert not plain.unresolved
