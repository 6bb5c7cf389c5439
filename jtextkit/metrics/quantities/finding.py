"""Every value in a text, in order: first single numbers with sign and unit, then what they form.

One pass over the folded text finds *atoms* (a number with its sign, its unit and the words that
belong to it), a second joins neighbours: 3割5分, 3m20cm, 午後3時20分, 2:3:5, 3〜5個, 5あまり3.
Each step looks at a few characters around, so time grows with the length of the text and no more.
"""

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from jtextkit.core.text import check_is_text
from jtextkit.metrics.quantities import joining, words
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.numerals import DIGITS, SIGNS, Numeral, read_number
from jtextkit.metrics.quantities.units import UNITS, Unit, per, read_unit, time_unit
from jtextkit.metrics.quantities.values import Value, composite, make_value

_WORDS = (
    *sorted(words.SPELLED.keys() - set(words.SIGNS), key=len, reverse=True), "ゼロ",
    *(f"{big}分の" for big in "万億兆"), "√", r"\sqrt", r"\frac", r"\dfrac", r"\tfrac", r"\cfrac",
)  # fmt: skip
_START = re.compile(
    # One set of characters in front, as a search for any of a set is the fastest there is.
    "[{0}.{1}](?:(?<=[{0}])|(?<![0-9A-Za-zァ-ヶ)]\\.)(?<=\\.)[0-9]|{2})".format(
        SIGNS + words.SIGNS,
        re.escape("".join({word[0] for word in _WORDS})),
        "|".join(f"(?<={re.escape(word[0])}){re.escape(word[1:])}" for word in _WORDS),
    )
)
_COMMON = re.compile(
    r"""(?<![速時分秒日週年月][はがを:])                       # not 時速は60km
    (?:(?<=[\n、。,:=×÷はがをにでとらの(「])|(?<=[0-9)][-+])|(?<=[=×÷]\ ))
    [0-9]{1,9}(?:\.[0-9]{1,6})?                             # the number
    (?:(?=[\n、。=÷+(はがを]|×(?!\ ?1)|-[0-9(]|\ [-+=÷]|とな|だ)  # what cannot belong to it, or
    |[一-鿿ァ-ヺA-Za-z%]{1,4}(?=[\n、。=÷+はがをでにかずだ)」]))        # its unit, and then that""",
    re.VERBOSE,
)
"""A value between characters that change nothing about it, as most values stand."""
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_DIGIT_AGAIN = re.compile(r"\.[0-9]")
_UNNAMED = re.compile(  # 5R3, W120×D60×H72cm, \times3, USD5
    r"(?:[0-9] ?[Rr]|[×x][WDHL]|\\[A-Za-z]+|(?<![A-Za-z])(?:USD|JPY|AM|PM|am|pm))\Z"
)
_SIZE = re.compile(r"[WDHL][0-9]{1,5} ?[×x]")
_INTEREST = re.compile(r"(?:[0-9一二三四五六七八九]厘)?の(?:利[息子率益回]|金利|手数料)")
_HUNDREDTH = Unit("分", "rate", Fraction(1, 100))
_ROOT = re.compile(
    r" ?[×*]? ?(?:√|\\sqrt)(?: ?(?:\{[^{}]{0,40}\}|[0-9.]+)(?: ?/ ?[0-9]{1,9})?)?"
    r"|\\[dtc]?frac ?\{[^{}\\]{0,20}\\sqrt ?(?:\{[^{}]{0,20}\}|[0-9])[^{}]{0,20}\} ?\{[^{}]{0,20}\}"
)
_PAIRS = ("一二", "二三", "三四", "四五", "五六", "六七", "七八", "八九")
"""Two or three, three or four, …: 二三人, 二十五六人."""
_JOINED = ("約", "およそ", "マイナス", "プラス", "第", "分速", "時速", "秒速", "¥", "午前", "午後")
"""Behind one of these a kanji numeral begins no word: 約十分."""
_ORDINAL_UNITS = frozenset(
    "番 番目 位 号 級 等 等賞 丁目 号車 号室 番地 番線 年生 学年 世紀 限目 時限 校時 合目".split()  # noqa: SIM905 - a list to be read
)
_FRONT = re.compile(
    r"""(?:第\ ?|(?:(?P<speed>[時分秒日])速|毎(?P<each>[時分秒日週年月]))\ ?(?:[はがを:]\ ?)?)?
    (?P<about>(?:約|おおよそ|およそ|ほぼ|だいたい|大体|おおむね|≒|≈|\\approx|\\fallingdotseq)\ ?)?
    (?:(?P<outer>\\?[¥$]|[€£])?(?P<sign>(?:マイナス|負の|氷点下|零下|プラス)\ ?|[-+ー▲△]\ ?))?
    (?P<money>\\?[¥$]|[€£])?\Z""",
    re.VERBOSE,
)
_MONEY = {"¥": UNITS["円"], "$": UNITS["ドル"], "€": UNITS["ユーロ"]}
_MONEY["£"] = Unit("ポンド", "money:ポンド")  # after a number ポンド is a mass
_LOSS = re.compile(r"[0-9][0-9.,]{0,20}[百千万億兆]{0,2}(?:円|%|ドル|ポイント|ユーロ)")
"""What △ is a minus before, as in accounts; elsewhere it is a blank."""
_DAY_OF_YEAR = re.compile(r"[0-9]{1,2}月")
"""Behind 毎年 a date and no rate: 毎年7月20日."""
_MATH_CLOSE = re.compile(r"[^$\n]{0,40}\$(?![0-9])")
_LAST = re.compile(r"(?:[-$¥€£△ー▲+ス下約そぼい体ね≒≈xqt第速]|毎.|負の|[速毎].{0,2}[はがを:]) *\Z")
"""What the words of ``_FRONT`` end in."""
_BEHIND = re.compile(
    r"""(?:円|人)?(?:(?P<least>以上)|(?P<most>以下)|(?P<less>未満)|(?P<more>超[え過]?)
        |(?P<under>(?=よりも?(?:小さ|少な|短|低|軽)))|(?P<over>(?=よりも?(?:大き|多|長|高|重))))
    |(?P<about>くらい|ぐらい|ほど|程度|前後|弱(?![い点火])|強(?![いさく火]))""",
    re.VERBOSE,
)
_BEHIND_FIRST = frozenset("円人以未超よくぐほ程前弱強")
_BOUNDS = {"least": ">=", "most": "<=", "less": "<", "more": ">", "under": "<", "over": ">"}
_WORD_OF_HALF = ("径", "円", "分", "数", "額")
_LABEL = re.compile(
    r"""(?<=問)[0-9]{1,2}+(?=[^中目])
    |(?<=\()(?<![-+×÷*/^=·A-Za-z0-9]\()[0-9]{1,2}+\)(?![-+×÷*/^=])
    |(?P<listed>[0-9]{1,2}+[.)](?![0-9])[ \u3000*。]{0,10}[^\n \u3000*。])""",
    re.VERBOSE,
)
_LINE_HEAD = re.compile(r"(?:\A|\n)[ \u3000*#>\-・]{0,8}\Z")


def find_values(text: str) -> list[Value]:
    """Every value in the text, in order; their spans do not overlap.

    Kanji numerals inside words (一般, 三角形, 十分) are not values; 何百 and 数十 are none either.

    >>> [(v.text, str(v.value), v.unit) for v in find_values("定価の3割引は千二百円、残りは5本。")]
    [('3割引', '3/10', '割'), ('千二百円', '1200', '円'), ('5本', '5', '本')]
    """
    check_is_text(text, "find_values", "for many, [find_values(text) for text in texts]")
    return find_in_folded(fold(text), text)


def find_in_folded(s: str, text: str) -> list[Value]:
    """:func:`find_values` for text that is folded already."""
    return joining.join(s, text, _atoms(s, text))


def _atoms(s: str, text: str) -> list[Value]:
    atoms: list[Value] = []
    position, last_end = 0, 0
    search = _START.search
    while (match := search(s, position)) is not None:
        start = match.start()
        if (common := _COMMON.match(s, start)) and (known := _known(common[0])) is not None:
            atoms.append(known.moved(start, text))
            last_end = position = common.end()
            continue
        found, behind = _atom(s, text, start, match.group(), last_end)
        if found is not None:
            atoms.append(found)
            last_end = behind
        position = max(behind, start + 1)
    return _with_hiragana(s, text, atoms) if words.HINT.search(s) else atoms


def _with_hiragana(s: str, text: str, atoms: list[Value]) -> list[Value]:
    found = [
        _finished(s, text, match.start(), Numeral(number, match.end(), "integer", kanji=True), match.start())[0]
        for match in words.HIRAGANA_NUMERAL.finditer(s)
        if (number := words.read_hiragana(match.group())) is not None
    ]  # fmt: skip
    return sorted((*atoms, *found), key=lambda value: value.span) if found else atoms


@lru_cache(maxsize=4096)
def _known(s: str) -> Value | None:
    """The one value that is all of ``s``, or None."""
    found, behind = _atom(s, s, 0, s[0], 0)
    return found if behind == len(s) else None


def _atom(s: str, text: str, i: int, head: str, last_end: int) -> tuple[Value | None, int]:
    """The value whose number begins at ``i``, or None, and where to look on."""
    c = s[i]
    if c in "√\\" and (root := _ROOT.match(s, i)):
        return None, root.end()
    if head in words.SPELLED:
        word = words.SPELLED[head]
        return None if word is None else word.moved(i, text), i + len(head)
    adjacent = i == last_end and i > 0 and s[i - 1] not in words.SIGNS  # ①三角形 is no 3角形
    lettered = "0" <= c <= "9" and "A" <= s[i - 1 : i] <= "z" and s[i - 1].isalpha()
    free = (
        not lettered or adjacent or _UNNAMED.search(s, max(0, i - 12), i) or _SIZE.match(s, i - 1)
    )
    number = read_number(s, i) if free else None
    if number is None or (number.form == "decimal" and _DIGIT_AGAIN.match(s, number.end)):
        digits = _DIGITS.match(s, i)  # A4, B12, 192.168.1.1
        return None, digits.end() if digits else i + 1
    end = number.end
    if s[end : end + 1] in ("√", "\\", " ", "×", "*") and (root := _ROOT.match(s, end)):
        return None, root.end()  # 2√3 is not 2
    if number.kanji:
        joined = adjacent or s.endswith(_JOINED, 0, i) or s[max(0, i - 2) : i - 1] == "毎"
        if behind := words.word_end(s, i, end, joined=joined):
            return None, behind
        units = end if s[end - 1] == "十" else i
        pair = s[units : units + 2] in _PAIRS and end in (units, units + 2)
        if pair and read_unit(s, units + 2, gap=False) is not None:
            return _either(s, text, i, units, number.value if units == end else Fraction(0))
        unit = read_unit(s, end, lone=end - i == 1, gap=False)
        if not words.is_number(s, i, end, unit=unit[1] - end if unit else 0, joined=joined):
            return None, end
    return _finished(s, text, i, number, last_end)


def _either(s: str, text: str, i: int, units: int, tens: Fraction) -> tuple[Value, int]:
    """二三人 and 二十五六人: the range of two numbers that its last two digits make."""
    number, span = tens + DIGITS[s[units]], (i, units + 1)
    behind = Numeral(number + 1, units + 2, "integer", kanji=True)
    high, end = _finished(s, text, units + 1, behind, units + 1)
    low = replace(high, value=number, number=number, span=span, text=text[slice(*span)])
    return composite("range", text, low, high, unit=high.unit, measure=high.measure,
                     approximate=True, bound=">=,<="), end  # fmt: skip


def _finished(s: str, text: str, i: int, number: Numeral, last_end: int) -> tuple[Value, int]:
    """A number with its sign, its unit and what else belongs to it."""
    value, end = number.value, number.end
    if end - i <= 2 and _is_label(s, i):
        return Value("label", value, (i, end), text[i:end], number=value, form=number.form), end
    start, negative, money, each, approximate, ordinal = _front(s, i, last_end)
    value = -value if negative else value
    own, behind = _unit_behind(s, number, i)
    unit = own
    if money is not None:  # ¥1,200円 happens; the second unit says the same
        unit, end = money, behind if own == money else end
    elif each is not None and own is None:  # 毎分 of something else
        start = i
    else:
        unit, end = own if each is None or own is None else per(own, each), behind
    readings: tuple[Value, ...] = ()
    if unit is not None and s[end : end + 1] == "半" and s[end + 1 : end + 2] not in _WORD_OF_HALF:
        value += Fraction(-1 if negative else 1, 2)
        end += 1
    if unit is not None and unit.symbol == "ダース":  # 3ダース is 36, and three of a kind
        readings = (Value("integer", value, (start, end), text[start:end], "ダース", unit, value),)
        value, unit = value * 12, None
    written, direction = value, ""
    kind = form = number.form
    if unit is not None:
        if unit.dimension == "count" and s.startswith("目", end):
            end += 1
        ordinal = ordinal or unit.symbol in _ORDINAL_UNITS or s[end - 1] == "目"
        direction, behind = joining.direction_of(s, end, unit)
        if unit.dimension == "rate":
            value *= unit.factor
            kind, end = (kind if unit.symbol == "倍" else "percent"), behind
        elif unit.dimension == "clock":
            kind, value = "clock", value * 60
    if ordinal and kind == form == "integer":
        kind = "ordinal"
    bound = ""
    if s[end : end + 1] in _BEHIND_FIRST and (match := _BEHIND.match(s, end)):
        bound, end = _BOUNDS.get(match.lastgroup or "", ""), match.end()
        approximate = approximate or not bound
    made = make_value(
        kind, value, (start, end), text[start:end], unit.symbol if unit else None, unit, written,
        approximate, bound, form, number.reduced, number.improper, direction, readings=readings,
    )  # fmt: skip
    if each is not None and own is not None and own.dimension not in ("length", "kilo"):
        # 毎日18ドル answers how many dollars, too
        bare = replace(made, span=(i, end), text=text[i:end], unit=own.symbol, measure=own)
        made = replace(made, readings=(bare,))
    if kind == "clock":
        made = joining.clocked(s, text, made)
    elif made.unit == "年":
        made = joining.dated(s, text, made)
    return made, made.span[1]


class _Front(NamedTuple):
    start: int  # where the first of it begins
    negative: bool = False  # a minus
    unit: Unit | None = None  # a currency
    per: Unit | None = None  # of a speed, what it is per (毎分, 時速)
    approximate: bool = False  # 約 and the like
    ordinal: bool = False  # 第


def _front(s: str, i: int, last_end: int) -> _Front:
    """What belongs to the number at ``i`` before it, in text that no value before has taken."""
    if i == last_end or not _LAST.search(s, max(last_end, i - 6), i):
        return _Front(i)
    match = _FRONT.search(s, max(last_end, i - 12), i)
    if match is None or (match["money"] == "$" and _MATH_CLOSE.match(s, i)):  # $5 + 3$
        return _Front(i)
    sign, money = (match["sign"] or "")[:1], match["money"] or match["outer"]
    unit = _MONEY[money[-1]] if money else None
    if sign == "△":
        return _Front(match.start("sign"), negative=True) if _LOSS.match(s, i) else _Front(i)
    if sign and not _is_sign(s, match.start("sign"), sign, last_end):
        return _Front(match.end("sign"), unit=unit if match["money"] else None)
    if match["each"] == "年" and _DAY_OF_YEAR.match(s, i):
        return _Front(match.end("each"))
    per = match["speed"] or match["each"]
    return _Front(
        match.start(), sign not in ("", "+", "プ"), unit, time_unit(per) if per else None,
        match["about"] is not None, s[match.start()] == "第",
    )  # fmt: skip


def _is_sign(s: str, at: int, sign: str, last_end: int) -> bool:
    """Whether a minus or plus before a number is its sign and no operator or long vowel."""
    if sign not in "-+ー▲":  # マイナス, 負の
        return at == 0 or not (at == last_end or "ァ" <= s[at - 1] <= "ヺ")
    j = at
    while j > 0 and s[j - 1] in " \u3000":
        j -= 1
    if j in (0, last_end):  # behind a value it is an operator
        return j == 0
    before = s[j - 1]
    if sign == "ー":
        return not before.isalpha() or "ぁ" <= before < "ァ"
    if before in "-+":
        return j < at
    return not (before.isascii() and before.isalnum()) and before not in ")）]}」】□△○〇◯ァ"


def _unit_behind(s: str, number: Numeral, i: int) -> tuple[Unit | None, int]:
    """The unit behind the number that begins at ``i``, and where it ends."""
    end = number.end
    if s.startswith(("π", "\\pi"), end):
        end += 1 if s[end] == "π" else 3
        base, end = read_unit(s, end) or (Unit("", "number"), end)
        return Unit(f"π{base.symbol}", f"π{base.dimension}", base.factor), end
    unit, behind = read_unit(s, end, lone=number.kanji and end - i == 1) or (None, end)
    if unit is not None and unit.symbol == "分" and _INTEREST.match(s, behind):
        return _HUNDREDTH, behind  # 年5分の利息
    if unit is not None and unit.symbol == "対" and s.startswith(tuple(SIGNS), behind):
        return None, end  # no counter where a ratio goes on: 1対4
    return unit, behind


def _is_label(s: str, i: int) -> bool:
    """Whether the plain number is a label: (1) in front of a part, 1. or 1) at a line's head."""
    match = _LABEL.match(s, i)
    listed = match is not None and match["listed"]
    return match is not None and not (listed and _LINE_HEAD.search(s, max(0, i - 9), i) is None)
