"""Characters without a code whose description says all that there is to know.

Source: the wordings met in the library (小書き片仮名ヲ, 感嘆符三つ, ローマ数字17, 丸B大文字); what they are in
Unicode is asked of :mod:`unicodedata` wherever it knows: circled characters, fractions, letters with
marks. Where a description names no character but what stands for one, the text gets that: a small kana
that Unicode lacks becomes a large one, a ligature the words that it writes.

Not handled: marks of shops, drawings, and kanji that are neither in the table of
:mod:`~jtextkit.builders.aozora.composition` nor unambiguous there. They stay 〓.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from jtextkit.builders.aozora.composition import composed
from jtextkit.builders.aozora.tables import words

CONFIDENCE: Final = {
    "gaiji_code": "named",
    "gaiji_unicode": "named",
    "gaiji_described": "described",
    "gaiji_composed": "composed",
    "gaiji_similar": "similar",
    "gaiji_unresolved": "none",
}
"""How sure it is what a gaiji is: the typist ``named`` it by a code; the words ``describe`` it and fit
nothing else; its parts are those of one character, which is ``composed`` of them; what stands for it is
``similar`` and lacks its size or its hand; or ``none``."""

_MARKS: Final = {word: chr(int(code, 16)) for word, code in words("mark").items()}
_SIGNS: Final = words("sign")
_LONGEST: Final = 200  # real descriptions stay below 100 characters
_NUMBERS: Final = "一二三四五六七八九"
_PAIRS: Final = {"！！": "‼", "？？": "⁇", "？！": "⁈", "！？": "⁉"}
_ROMAN: Final = (
    *((1000, "Ⅿ"), (900, "ⅭⅯ"), (500, "Ⅾ"), (400, "ⅭⅮ"), (100, "Ⅽ"), (90, "ⅩⅭ"), (50, "Ⅼ")),
    *((40, "ⅩⅬ"), (10, "Ⅹ")),
)
# Unicode 15 has them; the tables of Python 3.11 are older.
_SMALL: Final = {"こ": "\U0001b132", "コ": "\U0001b155"}

_FORM: Final = re.compile("^「※」は、?(?:[2-9２-９]字とも)?(?:底本では)?")
_PAGE: Final = re.compile("[^「」、]*[0-9０-９]+(?:[-－][^-－「」、]+)+")
_SHOP: Final = "屋号を示す記号"
_MARKED: Final = re.compile(f"({'|'.join(sorted(_MARKS, key=len, reverse=True))})付き(.+)")
_KANA: Final = re.compile("(小書き)?(?:片仮名|平仮名)「?([ぁ-ヺ])」?")
_SHOUTS: Final = re.compile("(?:(?:感嘆符|疑問符)[一二三四五六七八九]つ)+")
_SHOUT: Final = re.compile("(感嘆符|疑問符)(.)つ")
_ROMAN_WORDS: Final = re.compile("ローマ数字([1-9][0-9]{0,2}|[12][0-9]{3})(小文字)?")
_LETTER: Final = re.compile("([A-Za-zＡ-Ｚａ-ｚ])(大文字|小文字)?")
_CIRCLED: Final = re.compile(
    "丸(?:付き)?(?:漢数字)?「?([^「」]+?)」?|[「]?[○◯]」?の中に「([^「」]+)」"
)
_FRACTION: Final = re.compile("([0-9０-９]{1,2})分の([0-9０-９]{1,2})")
_LIGATURE: Final = re.compile(
    "「([ぁ-ヺ一-鿿]+)」の(?:草書体|くずし字|崩し字|合字)(?:文字)?"
    "|(まいらせそろ|まいらせそうろう|かしく|こと|トキ|トモ|ドモ|シテ)"
    "|(?:.*を崩した)?変体仮名「?([ぁ-ヺ])」?"
)


class Gaiji(NamedTuple):
    """A gaiji note that was read."""

    kind: str
    """One of :data:`CONFIDENCE`."""
    char: str | None
    """The character, which may be several code points, or what stands for it; None if there is none."""


@lru_cache(maxsize=1 << 13)
def described(description: str) -> Gaiji | None:
    """What a description without a code names; None where it names nothing for certain.

    >>> described("感嘆符三つ、365-下-18")
    Gaiji(kind='gaiji_described', char='！！！')
    """
    if len(description) > _LONGEST:
        return None
    parts = [part for part in _parts(_FORM.sub("", description)) if not _PAGE.fullmatch(part)]
    if not parts:
        return None
    words = parts[0]
    if exact := _circled(words) or ("" if _SHOP in parts else _exact(words)):
        return Gaiji("gaiji_described", exact)
    if _SHOP in parts:
        return None
    kanji = {char for part in parts if (char := composed(part))}
    if kanji:
        return Gaiji("gaiji_composed", kanji.pop()) if len(kanji) == 1 else None
    similar = _similar(words)
    return Gaiji("gaiji_similar", similar) if similar else None


def _parts(description: str) -> list[str]:
    """The parts between the 、 that nothing quotes, without the page right after a 」."""
    parts = [""]
    depth = 0
    for char in description:
        depth += (char in "「（") - (char in "」）")
        if char == "、" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return [re.sub("(?<=」)[0-9]+(?:-[0-9]+)+$", "", part) for part in parts]


def _exact(words: str) -> str:
    """What the words describe to the letter; empty where they do not."""
    if words in _SIGNS:
        return _SIGNS[words]
    if _SHOUTS.fullmatch(words):
        signs = "".join(
            ("！" if sign == "感嘆符" else "？") * (_NUMBERS.index(number) + 1)
            for sign, number in _SHOUT.findall(words)
        )
        return _PAIRS.get(signs, signs)
    if roman := _ROMAN_WORDS.fullmatch(words):
        numeral = _roman(int(roman[1]))
        return numeral.lower() if roman[2] else numeral
    if fraction := _FRACTION.fullmatch(words):
        below, above = map(int, fraction.groups())
        return _decomposed("<fraction>").get(f"{above}⁄{below}", "")
    if kana := _KANA.fullmatch(words):
        return _small(kana[2]) if kana[1] else kana[2]
    if marked := _MARKED.fullmatch(words.replace("小書き", "", 1)):
        small = "小書き" if "小書き" in words else ""
        letter = _LETTER.fullmatch(marked[2])
        base = _cased(*letter.groups()) if letter else _exact(small + marked[2])
        return unicodedata.normalize("NFC", base + _MARKS[marked[1]]) if base else ""
    return ""


def _roman(number: int) -> str:
    if number <= 12:
        return chr(ord("Ⅰ") + number - 1)
    numeral = ""
    for value, sign in _ROMAN:
        numeral += sign * (number // value)
        number %= value
    return numeral + (chr(ord("Ⅰ") + number - 1) if number else "")


def _cased(letter: str, case: str | None) -> str:
    letter = unicodedata.normalize("NFKC", letter)
    return letter.lower() if case == "小文字" else letter.upper() if case else letter


def _circled(words: str) -> str:
    match = _CIRCLED.fullmatch(words)
    if match is None:
        return ""
    inner = match[1] or match[2]
    letter = _LETTER.fullmatch(inner)
    inner = _cased(*letter.groups()) if letter else unicodedata.normalize("NFKC", inner)
    return _decomposed("<circle>").get(inner, "")


@lru_cache(maxsize=4)
def _decomposed(form: str) -> dict[str, str]:
    """By what is in it, each character of the BMP that is something else in this form."""
    found = {}
    for char in map(chr, range(0x10000)):
        words = unicodedata.decomposition(char).split()
        if words and words[0] == form:
            found["".join(chr(int(word, 16)) for word in words[1:])] = char
    return found


def _small(kana: str) -> str:
    """The small form of a kana, a voiced one in two characters; empty where Unicode has none."""
    whole = unicodedata.normalize("NFD", kana)
    base, marks = whole[0], whole[1:]
    script, _, sound = unicodedata.name(base).partition(" LETTER ")
    try:
        small = _SMALL.get(base) or unicodedata.lookup(f"{script} LETTER SMALL {sound}")
    except KeyError:
        return ""
    return small + marks


def _similar(words: str) -> str:
    """What stands for a character that Unicode does not have."""
    if small := _KANA.fullmatch(words):
        return small[2]
    ligature = _LIGATURE.fullmatch(words)
    return next(filter(None, ligature.groups()), "") if ligature else ""
