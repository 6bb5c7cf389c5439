"""What descriptions without a code name, and what they must not name."""

from __future__ import annotations

import os
import runpy
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.builders.aozora import SPAN_KINDS, read_text
from jtextkit.builders.aozora.composition import composed, key
from jtextkit.builders.aozora.described import CONFIDENCE, described
from jtextkit.builders.aozora.gaiji import resolve

DESCRIBED = {
    "感嘆符三つ、365-下-18": "！！！",
    "感嘆符二つ": "‼",
    "疑問符二つ感嘆符一つ": "？？！",
    "疑問符一つ感嘆符一つ": "⁈",
    "小書き片仮名ヰ、165-上-4": "𛅤",
    "小書き平仮名ゐ": "𛅐",
    "小書き平仮名こ": "\U0001b132",
    "小書き片仮名ワ": "ヮ",
    "小書き片仮名プ": "ㇷ゚",
    "小書き片仮名ガ": "ヵ\u3099",
    "濁点付き小書き片仮名カ": "ヵ\u3099",
    "小書き濁点付き片仮名カ、21-3": "ヵ\u3099",
    "半濁点付き平仮名と": "と\u309a",
    "濁点付き片仮名ウ": "ヴ",
    "濁点付き二の字点": "〻\u3099",
    "ローマ数字12": "Ⅻ",
    "ローマ数字13": "ⅩⅢ",
    "ローマ数字24小文字": "ⅹⅹⅳ",
    "ローマ数字100": "Ⅽ",
    "ローマ数字1909": "ⅯⅭⅯⅨ",
    "丸B大文字": "Ⓑ",
    "丸Ａ小文字": "ⓐ",
    "丸付き「印」": "㊞",
    "丸23": "㉓",
    "「◯」の中に「十」、屋号を示す記号、4-5": "㊉",
    "5分の4、26-上-8": "⅘",
    "上バー付きE小文字": "ē",
    "下ダイエレシス付きO小文字": "o\u0324",
    "白ゴマ点": "﹆",
    "コト、1-2": "ヿ",
    "二重かっこ閉じ": "⦆",
    "「※」は二の字点": "〻",
}
COMPOSED = {
    "「口＋斗」、64-下-18": "呌",
    "「※」は「口へん＋斗」、読みは「さけ」、329-4": "呌",
    "「※」は底本では「はばへん＋白」、179-5": "帕",
    "「てへん＋纔のつくり」": "攙",
    "「赤＋報のつくり」": "赧",
    "「激」の「さんずい」に代えて「石」": "礉",
    "「※」は「「褞」で「ころもへん」のかわりに「いとへん」をあてる」、11-6": "緼",
    "「※」は「減」の「さんずい」の部分が「にすい」、341-45": "减",
    "「姉」の正字、「女＋柹のつくり」、225-7": "姊",
    "「※」は「木へん＋解」209-11": "檞",
}
SIMILAR = {
    "小書き平仮名ん、148-10": "ん",
    "「参らせ候」のくずし字、13-9": "参らせ候",
    "「かしく」の草書体文字": "かしく",
    "変体仮名く": "く",
    "「耳」を崩した変体仮名「に」、136-11": "に",
    "トキ、33-6": "トキ",
}
NOTHING = [
    "",
    "、12-3",
    "身、12-3",
    "「身＋応」、42-5",
    "「くさかんむり＋渠」、128-2",
    "「仝」の「工」に代えて「久」、屋号を示す記号",
    "「口＋斗」、屋号を示す記号",
    "「（「Γ」を左右反転したもの）＜甚」",
    "「口＋斗」、「口＋世」",
    "「口＋斗",
    "ローマ数字0",
    "ローマ数字5000",
    "丸大",
    "丸い",
    "上バー付きで",
    "3分の7",
    "感嘆符十つ",
    "判読不可",
    "二重四角",
    "アステリズム",
    "フォルテ、189-8",
]


@pytest.mark.parametrize("description", DESCRIBED)
def test_words_that_say_it_all(description: str) -> None:
    assert described(description) == ("gaiji_described", DESCRIBED[description])


@pytest.mark.parametrize("description", COMPOSED)
def test_parts_of_one_character(description: str) -> None:
    assert described(description) == ("gaiji_composed", COMPOSED[description])


@pytest.mark.parametrize("description", SIMILAR)
def test_what_stands_for_a_character_that_unicode_lacks(description: str) -> None:
    assert described(description) == ("gaiji_similar", SIMILAR[description])


@pytest.mark.parametrize("description", NOTHING)
def test_what_names_nothing_for_certain(description: str) -> None:
    assert described(description) is None
    assert resolve(f"{description}、1-2") == ("gaiji_unresolved", None)


@pytest.mark.parametrize(
    ("gaiji", "text"),
    [("name", "呌ぶ〓！！！"), ("geta", "〓ぶ〓〓"), ("describe", "呌ぶ［「身＋応」、2-1］！！！")],
)
def test_who_wants_codes_alone_gets_codes_alone(gaiji, text) -> None:
    source = "題\n\n※［＃「口＋斗」、1-1］ぶ※［＃「身＋応」、2-1］※［＃感嘆符三つ、1-2］"
    plain = read_text(source, gaiji=gaiji)
    assert plain.text == text
    unnamed = plain.notation["gaiji_unresolved"]
    assert unnamed == sum(plain.unresolved.values()) == (3 if gaiji == "geta" else 1)
    old = read_text("題\n\n琅※《かん》［＃「※」は「口＋斗」、1-2］", gaiji=gaiji)
    assert old.text == ("琅〓" if gaiji == "geta" else "琅呌")


def test_every_kind_of_gaiji_says_how_sure_it_is() -> None:
    assert [kind for kind in SPAN_KINDS if kind.startswith("gaiji")] == list(CONFIDENCE)


@pytest.mark.parametrize(
    "forms",
    [
        ("「言＋虚」", "「ごんべん＋虚」", "「言+虚」", "「言へん＋虚」", "「言偏＋虚」"),
        ("「宀／婁」", "「うかんむり／婁」", "「（うかんむり／婁）」", "「宀/婁」"),
        ("「女＋保」", "「おんなへん＋保」", "「女へん＋保」"),
        ("「愍」の「民」に代えて「求」", "「「愍」で「民」のかわりに「求」をあてる」"),
    ],
)
def test_old_and_new_forms_meet(forms: tuple[str, ...]) -> None:
    assert len({key(form) for form in forms}) == 1
    assert key(forms[0])


def entries(table: str) -> dict[str, str]:
    found = {}
    for line in table.splitlines():
        head, *cells = line.split("\t")
        found |= {head + cell.rsplit(" ", 1)[0]: cell.rsplit(" ", 1)[1] for cell in cells}
    return found


@pytest.mark.parametrize("name", ["composition.tsv", "composition_own.tsv"])
def test_the_tables_hold_single_kanji_by_parts(root: Path, name: str) -> None:
    table = (root / "jtextkit/builders/aozora" / name).read_text(encoding="utf-8")
    heads = [line.split("\t")[0] for line in table.splitlines()]
    assert heads == sorted(set(heads))
    for parts, char in entries(table).items():
        assert parts
        assert char in ("", "〻", "飠", "𠬝") or unicodedata.name(char).startswith("CJK"), parts


def test_the_table_is_what_the_library_says(root: Path, shared: Path) -> None:
    """The shared works are half of those that it was made from, so they give a part of it."""
    made = runpy.run_path(str(root / "benchmarks/gaiji_data.py"))["table"]
    part = entries(made(shared / "sources" / "aozora"))
    kept = root / "jtextkit/builders/aozora/composition.tsv"
    whole = entries(kept.read_text(encoding="utf-8"))
    assert len(part) > 1_000
    assert {parts: char for parts, char in part.items() if whole.get(parts, char) != char} == {}
    assert len(part.keys() - whole.keys()) <= 3, "those that other works give another code"


def test_the_table_is_rebuilt_to_the_byte(root: Path) -> None:
    library = Path(os.environ.get("JTEXTKIT_LIBRARY", "no-library"))
    if not (library / "cards").is_dir():
        pytest.skip("the whole library is not here: set JTEXTKIT_LIBRARY to its folder")
    made = runpy.run_path(str(root / "benchmarks/gaiji_data.py"))["table"]
    kept = root / "jtextkit/builders/aozora/composition.tsv"
    assert made(library) == kept.read_text(encoding="utf-8")


@given(
    st.text("「」、＋／＜−口斗丸小書き片仮名ヲローマ数字12感嘆符三つ代えてのつくり（）※は濁点付")
)
def test_any_description(description: str) -> None:
    found = described(description)
    assert found is None or (found.char and found.kind in CONFIDENCE)
    assert composed(description) in (None, *(found or ())) or found is None
