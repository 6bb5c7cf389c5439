"""Every form of note in the official list (青空文庫「注記一覧」, 2010), and what it is read as."""

from __future__ import annotations

import pytest

from jtextkit.builders.aozora import read_text
from jtextkit.builders.aozora.notes import read_note

OFFICIAL: dict[str, list[str]] = {
    "note_layout": [
        # pages and columns
        "改丁",
        "改ページ",
        "改見開き",
        "改段",
        "ページの左右中央",
        # indents
        "３字下げ",
        "ここから２字下げ",
        "ここから２字下げ、折り返して３字下げ",
        "ここから改行天付き、折り返して１字下げ",
        "改行天付き、折り返して１字下げ",
        "ここで字下げ終わり",
        "地付き",
        "ここから地付き",
        "ここで地付き終わり",
        "地から３字上げ",
        "ここから地から３字上げ",
        "ここで字上げ終わり",
        "ここから２０字詰め",
        "ここで字詰め終わり",
        # boxes, columns, horizontal setting
        "「甲」は罫囲み",
        "罫囲み",
        "罫囲み終わり",
        "ここから罫囲み",
        "ここで罫囲み終わり",
        "「甲」は横組み",
        "横組み",
        "横組み終わり",
        "ここから横組み",
        "ここで横組み終わり",
        "ここから２段組み",
        "ここから２段組み、段間に罫",
        "ここで段組み終わり",
        # captions
        "「甲」はキャプション",
        "キャプション",
        "キャプション終わり",
        "ここからキャプション",
        "ここでキャプション終わり",
        # sizes and faces of blocks
        "ここから２段階大きな文字",
        "ここで大きな文字終わり",
        "ここから１段階小さな文字",
        "ここで小さな文字終わり",
        "ここから太字",
        "ここで太字終わり",
        "ここから斜体",
        "ここで斜体終わり",
        "改行",
    ],
    "heading": [
        f"{form}"
        for size in ("大", "中", "小")
        for form in (
            f"「甲」は{size}見出し",
            f"「甲」は同行{size}見出し",
            f"「甲」は窓{size}見出し",
            f"{size}見出し",
            f"{size}見出し終わり",
            f"同行{size}見出し",
            f"窓{size}見出し終わり",
            f"ここから{size}見出し",
            f"ここで{size}見出し終わり",
        )
    ],
    "kunten": [
        *"一二三上中下甲乙丙丁天地人レ",
        "一レ",
        "上レ",
        "甲レ",
        "天レ",
        "（ノ）",
        "（ントスル）",
        "「二」は返り点",
        "「ハ」は訓点送り仮名",
    ],
    "note_typography": [
        *(
            f"「甲」{where}に{mark}"
            for mark in (
                *("傍点", "白ゴマ傍点", "丸傍点", "白丸傍点", "黒三角傍点", "白三角傍点"),
                *("二重丸傍点", "蛇の目傍点", "ばつ傍点"),
                *("傍線", "二重傍線", "鎖線", "破線", "波線"),
            )
            for where in ("", "の左")
        ),
        "傍点",
        "傍点終わり",
        "左に白丸傍点",
        "左に白丸傍点終わり",
        "二重傍線",
        "波線終わり",
        "「甲」は太字",
        "太字",
        "太字終わり",
        "「甲」は斜体",
        "斜体終わり",
        "「甲」に取消線",
        "「12」は縦中横",
        "縦中横",
        "縦中横終わり",
        "「甲」は行右小書き",
        "行左小書き",
        "行右小書き終わり",
        "「2」は上付き小文字",
        "「2」は下付き小文字",
        "上付き小文字終わり",
        "「甲」は２段階大きな文字",
        "１段階小さな文字",
        "小さな文字終わり",
        "「1／2」は分数",
        "「甲」は篆書体の活字",
    ],
    "note_image": [
        "「街の図」のキャプション付きの図（fig1_1.png、横321×縦123）入る",
        "街の図（fig1_1.png、横321×縦123）入る",
        "挿絵（fig1_1.png）入る",
        "石鏃二つの図（fig42154_01.png）入る",
    ],
    "note_edition": [
        "「甲」は底本では「乙」",
        "「甲」はママ",
        "ルビの「こう」は底本では「おつ」",
        "ルビの「こう」はママ",
        "「甲」の右のルビ「こう」は底本では「おつ」",
        "底本では１行アキ",
    ],
    "left_ruby": [
        "「甲」の左に「こう」のルビ",
        "左にルビ付き",
        "左に「こう」のルビ付き終わり",
        "「甲」の左に「ママ」の注記",
        "左に注記付き",
        "左に「こう」の注記付き終わり",
    ],
    "note_ruby": ["「甲」に「乙」の注記", "注記付き", "「乙」の注記付き終わり"],
    "warichu": ["割り注", "割り注終わり", "ここから割り注", "ここで割り注終わり", "「甲」は割り注"],
}
FORMS = [(kind, content) for kind, contents in OFFICIAL.items() for content in contents]


@pytest.mark.parametrize(("kind", "content"), FORMS, ids=[content for _, content in FORMS])
def test_every_official_form(kind: str, content: str) -> None:
    assert read_note(content).kind == kind


@pytest.mark.parametrize(("kind", "content"), FORMS, ids=[content for _, content in FORMS])
def test_none_leaves_notation_or_takes_text(kind: str, content: str) -> None:
    plain = read_text(f"題\n\n前の文。甲［＃{content}］乙\n後の文。")
    assert plain.notation == {kind: 1}
    allowed = ("target not found", "unclosed block")
    assert all(what.startswith(allowed) for what in plain.unresolved)
    said = plain.text.replace("（", "").replace("）", "")
    assert said == "前の文。甲乙\n後の文。"


def test_the_list_has_every_kind_of_note_that_has_a_name() -> None:
    assert len(FORMS) > 120
    assert len({content for _, content in FORMS}) == len(FORMS)
