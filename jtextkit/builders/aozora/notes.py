"""What a note ［＃…］ of Aozora Bunko means.

Source: 青空文庫「注記一覧」 (2010) and the shapes met in 17,436 texts. Notes are told apart by their
wording once everything quoted in 「 」 is taken out, so that a quoted word never decides.

Not handled: what a note says about the look of the page (widths, sizes, positions) is not kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from jtextkit.builders.aozora.gaiji import code_in, resolve

Mark = Literal["", "heading", "heading-begin", "heading-end", "line", "begin", "end", "gap"]
Effect = Literal["", "delete", "replace", "warichu", "warichu-begin", "warichu-end"]


class Note(NamedTuple):
    """A note, read."""

    kind: str
    """The name under which it is counted; ``note_unknown`` where the wording is not known."""
    mark: Mark = ""
    """What it says about its line, or about the lines from here on."""
    blocks: frozenset[str] = frozenset()
    """The layout blocks that it opens or closes."""
    effect: Effect = ""
    """What it does to the text."""
    target: str = ""
    """The text before the note that the effect is on."""
    char: str = ""
    """What the target is replaced by; empty where it is a gaiji that nothing names."""


_LONGEST: Final = 2000  # real notes stay below 200 characters
_DEPTH: Final = 4  # quotes in quotes

_QUOTED: Final = re.compile("「[^「」]*」")
# What is quoted first; only where its quotes do not match, as much as can be.
_FIRST: Final = re.compile("「((?:[^「」]|「(?:[^「」]|「[^「」]*」)*」)+)」[はに]")
_ANY: Final = re.compile("「(.+)」[はに]")
_DIGITS: Final = "0-9０-９一二三四五六七八九十"

_BLOCKS: Final = (
    "字下げ", "字上げ", "地付き", "字詰め", "囲み", "横組み", "横書き", "段組み", "表", "数式", "キャプション",
    "太字", "斜体", "ゴシック体", "小さな文字", "大きな文字", "中央", "天付き",
)  # fmt: skip
_CLOSED_AS: Final = {"字上げ": "地付き", "天付き": "字下げ"}

_KUNTEN: Final = re.compile(
    "[一二三四五六七八九十レ上中下甲乙丙丁天地人]+|（[^（）]+）|[^「」]*返り点[^「」]*"
)
_EDITION: Final = (
    "底本|ママ|誤[記植字]|脱落|脱字|欠[落字]|欠け|初出|入力者|校正者|のまま|訂正|原文|版では|版「|自注|伏字|伏せ字"
    "|重複|略$|不明|[はの]ルビ"
)
# What notes say that leave the text as it is. The first that fits decides; a heading with 同行 or 窓
# shares its line with running text.
_SAYINGS: Final = tuple(
    (re.compile(words), note)
    for words, note in (
        ("見出し.*(?:同行|窓)|(?:同行|窓).*見出し", Note("heading")),
        ("^ここから.*見出し", Note("heading", "heading-begin")),
        ("^ここで.*見出し", Note("heading", "heading-end")),
        ("見出し", Note("heading", "heading")),
        ("^(?:ここから|以下|これより)|折り返して", Note("note_layout", "begin")),
        ("^(?:ここで|ここまで|字[下上]げ終わり$)", Note("note_layout", "end")),
        ("^改(?:ページ|頁|丁|見開き|段)", Note("note_layout", "gap")),
        ("入る$|入る（|fig[0-9_]+|^図|^挿絵|^写真", Note("note_image")),
        (
            f"^(?!.*(?:{_EDITION})).*(?:[{_DIGITS}]字(?:下げ|上げ)|[地天](?:から|より)|地付き|天付き"
            "|左右中央|センター|中央揃え|折り返して|字詰め|キャプション)",
            Note("note_layout", "line"),
        ),
        ("左[^左]*(?:ルビ|注記)", Note("left_ruby")),
        (_EDITION, Note("note_edition")),
        ("の(?:ルビ|注記|傍記)|注記付き|ルビ付き|ルビは|ルビの|ルビが", Note("note_ruby")),
        (
            "傍点|傍線|[破波鎖]線|太字|斜体|イタリック|文字|縦中横|小書き|大書き|ゴシック|下付き|上付き|分数|取消線"
            "|取り消し線|圏点|ボールド|傍記|傍注|横一列|活字|ポイント|アクサン|ドット|アクセント|マクロン|抹消",
            Note("note_typography"),
        ),
        (
            "改行|行アキ|行空き|空き|段組み|罫線|横書き|横組み|縦組み|罫囲み|枠囲み|区切り線|表組",
            Note("note_layout"),
        ),
    )
)


@lru_cache(maxsize=1 << 14)
def read_note(content: str) -> Note:
    """The meaning of what stands between ［＃ and ］, its own notation already resolved."""
    if len(content) > _LONGEST:
        return Note("note_unknown")
    wording = _wording(content)
    return _text_note(content, wording) or _note_that_says(wording)


@lru_cache(maxsize=1 << 12)
def _note_that_says(wording: str) -> Note:
    """Notes that leave the text as it is: what they quote does not matter."""
    for words, note in _SAYINGS:
        if words.search(wording):
            if note.mark not in ("begin", "end"):
                return note
            if names := [name for name in _BLOCKS if name in wording]:
                blocks = frozenset(_CLOSED_AS.get(name, name) for name in names)
                return note._replace(blocks=blocks)
    return Note("note_unknown")


def _wording(content: str) -> str:
    """What a note says, without what it quotes."""
    wording = content
    for _ in range(_DEPTH):
        shorter = _QUOTED.sub("", wording)
        if not shorter or shorter == wording:
            break
        wording = shorter
    return wording


def is_forward(content: str) -> bool:
    """Whether a note right after ※ is about the text before it, and no description of a gaiji.

    A description ends in a code or in the page and line of the edition, and so in a digit.
    """
    return (
        content.startswith("「")
        and not content[-1:].isdecimal()
        and read_note(content).kind in ("note_typography", "note_ruby", "left_ruby", "heading")
    )


def _target(content: str) -> str:
    found = _FIRST.match(content) or _ANY.match(content)
    return found[1] if found else ""


def _text_note(content: str, wording: str) -> Note | None:
    """Notes that change the text."""
    if "割り注" in wording:
        if wording.endswith("終わり"):
            return Note("warichu", effect="warichu-end")
        target = _target(content)
        if target:
            return Note("warichu", effect="warichu", target=target)
        return Note("warichu", effect="warichu-begin")
    target = _target(content)
    if target and ("返り点" in wording or "訓点" in wording):
        return Note("kunten", effect="delete", target=target)
    if target and wording.startswith("は") and "底本" not in wording:
        code = code_in(wording) or (resolve(content) if target == "※" else None)
        if code:
            return Note(code[0], effect="replace", target=target, char=code[1] or "")
    if _KUNTEN.fullmatch(content):
        return Note("kunten")
    return None
