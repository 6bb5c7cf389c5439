"""Numbers that are words (半分, ひとつ, 正午, 金曜日, さんじゅう), and words that are no numbers (三角形).

A numeral of Arabic digits is always a number. One written in kanji is taken for one

- if it is none of the words in ``words.txt``, found where the numeral stands; and
- if a unit or counter follows; or it has two characters or more; or else it stands free, with no
  kanji before it that is not on a short list and none behind it.

何百, 数十, 幾千 are no numbers, as nobody can say which. Numerals in hiragana look like words (せんせい,
じゅうぶん, さんぽ): one is read only where it has a multiplier, begins behind something that is no hiragana
(or behind は), and ends at a counter, at punctuation or at the end.
"""

import re
from fractions import Fraction
from unicodedata import numeric

from jtextkit.metrics.quantities.numerals import read_integer
from jtextkit.metrics.quantities.units import UNITS, by_first, read_unit, table
from jtextkit.metrics.quantities.values import Value

_AFTERS = {word: after.replace(" ", "|") for word, after in table("words_after.tsv")}
"""What makes such a word a quantity after all: 一番目, 十分後."""
_WORDS = by_first({
    word: word + (f"(?!{_AFTERS[word]})" if word in _AFTERS else "")
    for row in table("words.txt") for word in row[0].split()
})  # fmt: skip
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
_KATAKANA = re.compile("[ァ-ヺ]")
_NEVER_BEFORE = frozenset("数何幾統唯均随択単")


def word_end(s: str, start: int, end: int, *, joined: bool) -> int:
    """Where the word ends that the kanji numeral ``s[start:end]`` only begins; 0 if there is none."""
    if s.startswith("の位", end) and end - start <= 2:  # 十の位
        return end + 2
    word = None if joined or s[start] not in _WORDS else _WORDS[s[start]].match(s, start)
    if word is not None and word.end() >= end:
        return word.end()
    return end if s[start] == "一" and s[max(0, start - 2) : start].endswith(_PREFIXES) else 0


def is_number(s: str, start: int, end: int, *, unit: int, joined: bool) -> bool:
    """Whether the kanji numeral ``s[start:end]``, which begins no word, is a number.

    ``unit`` characters of a unit follow it; ``joined``: a value, a sign, 約 or 第 ends where it begins.
    """
    # ゼロコンマ
    if s[start] == "ゼ" and _KATAKANA.search(s[max(0, start - 1) : start] + s[end : end + 1]):
        read = read_unit(s, end, gap=False)
        return read is not None and read[0].symbol in UNITS
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


def _spelled(
    word: str, kind: str, form: str, written: str, symbol: str = "", direction: str = ""
) -> Value:
    number = Fraction(written) if kind != "weekday" else None
    return Value(
        kind, written if number is None else number, (0, len(word)), word, symbol or None,
        UNITS.get(symbol), number, form=form, direction=direction,
    )  # fmt: skip


SIGNS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛❶❷❸❹❺❻❼❽❾❿㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
"""Signs that number the parts of something."""
SPELLED = {row[0]: _spelled(*row) if row[1:] else None for row in table("spelled.tsv")}
SPELLED |= {sign: _spelled(sign, "label", "", str(int(numeric(sign)))) for sign in SIGNS}
"""The words and signs that are values, and some that begin with one and are none."""


_KANA = dict(table("kana.tsv"))
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
