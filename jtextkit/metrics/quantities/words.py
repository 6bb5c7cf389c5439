"""Numbers that are words (半分, ひとつ, 正午, 金曜日, さんじゅう), and words that are no numbers (三角形).

A numeral of Arabic digits is always a number. One written in kanji is taken for one

- if it is none of the words in ``words.txt``, found where the numeral stands; and
- if a unit or counter follows; or it has two characters or more; or else it stands free, with no
  kanji before it that is not on a short list and none behind it.

何百, 数十, 幾千 are no numbers, as nobody can say which. Numerals in hiragana look like words (せんせい,
じゅうぶん, さんぽ): one is read only where it has a multiplier, begins behind something that is no hiragana
(or behind は), and ends at a counter, at punctuation or at the end.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from jtextkit.metrics.quantities.numerals import read_integer
from jtextkit.metrics.quantities.units import UNITS, read_unit
from jtextkit.metrics.quantities.values import Value

_HERE = Path(__file__).parent
_BY_FIRST: dict[str, list[str]] = {}
for _word in (_HERE / "words.txt").read_text(encoding="utf-8").split():
    _BY_FIRST.setdefault(_word[0], []).append(_word)
_AFTERS = (_HERE / "words_after.tsv").read_text(encoding="utf-8").splitlines()
_EXCEPT = {word: tuple(after.split(" ")) for word, after in (row.split("\t") for row in _AFTERS)}
"""What makes such a word a quantity after all: 一番目, 十分後."""
_NUMERALS = "〇一二三四五六七八九十百千万億兆零"
_BEFORE = frozenset(
    "約計第各毎全合数答値差和積商金残他上下前後翌満年月日時分秒円個本人枚回倍割度歳第式正負正解案号"
)
"""Kanji after which a free numeral may stand: 合計三, 答五."""
_AFTER = frozenset("以未超強弱余位台目未個本人枚")
"""Kanji that may stand behind one: 三以上."""
_PREFIXES = ("万が", "日本", "世界", "天下", "今", "いま", "もう", "ここ")
"""What makes a word with 一 behind it: 万が一, 日本一, もう一度."""
_ENDS_IN_ONE = frozenset("統同均画専純逐不準健浩誠賢憲孝裕洋晃光真敬栄")
"""Kanji that end a word with 一, so that 統一人 is not one man."""
_FROM_ZERO = re.compile("(?:から|、|と|・)[一二三四五六七八九十]")
"""What tells a lone 〇 that is zero from one that is a blank."""
_NEVER_BEFORE = frozenset("数何幾統唯均随択単")


def word_end(s: str, start: int, end: int, *, joined: bool) -> int:
    """Where the word ends that the kanji numeral ``s[start:end]`` only begins; 0 if there is none."""
    if s.startswith("の位", end) and end - start <= 2:  # 十の位
        return end + 2
    for word in _BY_FIRST.get(s[start], ()):
        if not s.startswith(word, start) or _goes_on(word, end - start):
            continue
        after = _EXCEPT.get(word)
        if not joined and not (after and s.startswith(after, start + len(word))):
            return start + len(word)
    return end if s[start] == "一" and s[max(0, start - 2) : start].endswith(_PREFIXES) else 0


def is_number(s: str, start: int, end: int, *, unit: int, joined: bool) -> bool:
    """Whether the kanji numeral ``s[start:end]``, which begins no word, is a number.

    ``unit`` characters of a unit follow it; ``joined``: a value, a sign, 約 or 第 ends where it begins.
    """
    before, after = s[start - 1 : start], s[end : end + 1]
    if (before and before in _NEVER_BEFORE) or after in ("数", "々"):  # 十数人, 三々五々
        return False
    if joined or end - start >= 2:
        return True
    if unit:
        # 統一人 is not one man: 一 after a kanji word needs a reason.
        return s[start] != "一" or unit > 1 or before not in _ENDS_IN_ONE
    if s[start] == "〇" and _FROM_ZERO.match(s, end):
        return True
    if s[start] in "〇陸漆伍捌玖肆拾参" or ("一" <= after <= "鿿" and after not in _AFTER):
        return False
    return not "一" <= before <= "鿿" or before in _BEFORE


def _goes_on(word: str, size: int) -> bool:
    """Whether the numeral in the text is longer than the one the word begins with."""
    return size > len(word) - len(word.lstrip(_NUMERALS))


_CIRCLES = ("①⑳", 1), ("⑴⒇", 1), ("⒈⒛", 1), ("❶❿", 1), ("㉑㉟", 21), ("㊱㊿", 36)
CIRCLED = {
    chr(code): Fraction(code - ord(ends[0]) + one)
    for ends, one in _CIRCLES
    for code in range(ord(ends[0]), ord(ends[1]) + 1)
}
"""① ⑴ ⒈ ❶ ㉑ ㊱ and those behind them."""
_KANA_COUNTS = "ひとつ ふたつ みっつ よっつ いつつ むっつ ななつ やっつ ここのつ"
_HALF = Fraction(1, 2)
_SPELLED: dict[str, tuple[Fraction, str]] = {
    **{word: (Fraction(n), "つ") for n, word in enumerate(_KANA_COUNTS.split(), 1)},
    "ひとり": (Fraction(1), "人"), "ふたり": (Fraction(2), "人"), "ゼロ": (Fraction(0), ""), "半ダース": (Fraction(6), ""),
    "半分": (_HALF, ""), "半数": (_HALF, ""), "半額": (_HALF, ""), "半値": (_HALF, ""), "半日": (_HALF, "日"),
    "半年": (_HALF, "年"), "半時間": (_HALF, "時間"), "半月": (_HALF, "か月"), "半周": (_HALF, "周"),
}  # fmt: skip
SPELLED = tuple(_SPELLED)
"""The words that are values, 正午 and the weekdays apart."""


def read_word(s: str, text: str, i: int, head: str) -> tuple[Value | None, int] | None:
    """The value that the sign or word ``head`` at ``i`` is, and where to look on; None for a numeral."""
    end = i + len(head)
    if (circled := CIRCLED.get(s[i])) is not None:
        return Value("label", circled, (i, i + 1), text[i], number=circled), i + 1
    if head == "正午":
        noon = Fraction(720)
        return Value("clock", noon, (i, end), text[i:end], number=noon), end
    if head[1:] == "曜":
        end += s.startswith("日", end)
        return Value("weekday", s[i], (i, end), text[i:end], form="weekday"), end
    if head not in _SPELLED:
        return None
    (value, counter), unit = _SPELLED[head], None
    if head == "ゼロ":
        within = "ァ" <= s[i - 1 : i] <= "ヺ" or "ァ" <= s[end : end + 1] <= "ヺ"
        read = read_unit(s, end, gap=not within)
        if within and (read is None or read[0].symbol not in UNITS):  # ゼロコンマ
            return None, end
        unit, end = read or (None, end)
    elif (head == "半数" and s[i - 1 : i] == "過") or (  # 過半数, ひとつまみ
        counter in ("つ", "人") and s.startswith(("まみ", "かみ", "き"), end)
    ):
        return None, end
    if head in ("半額", "半値"):
        half = Value("percent", value, (i, end), text[i:end], number=value, direction="引")
        return half, end
    unit = unit or UNITS.get(counter)
    form = "integer" if value.denominator == 1 else "fraction"
    symbol = unit.symbol if unit else None
    return Value(form, value, (i, end), text[i:end], symbol, unit, value, form=form), end


_KANA = dict(zip(
    "いち いっ に さん よん し ご ろく ろっ なな しち はち はっ きゅう く じゅう じゅっ じっ ひゃく びゃく ぴゃく ひゃっ せん ぜん まん おく".split(),  # noqa: SIM905
    "一一二三四四五六六七七八八九九十十十百百百百千千万億", strict=True,
))  # fmt: skip
_WORD = "|".join(sorted(_KANA, key=len, reverse=True))
_COUNTS = "こ|ほん|ぽん|ぼん|にん|えん|まい|さい|ど|ふん|ぷん|びょう|じかん|にち|さつ|ひき|ぴき|びき|とう|だい|かい|ばん|ページ|てん|ばい"
_SAYS = r"(?:です|だ|になる|となる|と|で|に|は|が|を)(?:[。、 \n]|$)"
HIRAGANA_NUMERAL = re.compile(
    rf"(?:(?<![ぁ-んー])|(?<=は))(?:(?:じゅう|ひゃく|せん)(?=えん|まい)|(?:{_WORD}){{2,16}}(?={_COUNTS}|[^ぁ-んー]|{_SAYS}|$))"
)
"""Finds a numeral; group 0 is all of it."""
HINT = re.compile("じゅう|ひゃく|びゃく|ぴゃく|せん(?<!ません)|ぜん|まん")
"""What every such numeral has in it; most texts have none of it."""
_IN_KANA = re.compile(_WORD)
_BY_PLACES = re.compile("(?!.*[一二三四五六七八九]{2}).*[十百千万億]")


def read_hiragana(numeral: str) -> Fraction | None:
    """The number that a run of numeral words makes, or None where it makes none.

    >>> [str(read_hiragana(each)) for each in ("さんじゅう", "にせんごひゃくいち", "いちに")]
    ['30', '2501', 'None']
    """
    kanji = "".join(_KANA[word] for word in _IN_KANA.findall(numeral))
    read = read_integer(kanji, 0) if _BY_PLACES.match(kanji) else None
    return read.value if read is not None and read.end == len(kanji) else None
