"""Numerals in every spelling, read exactly: 1,200, 二千五百, 3億5千万, 三分の一, 2と1/3, ½, \\frac13.

Everything works on folded text (:func:`~jtextkit.metrics.quantities.folding.fold`) from a position on,
and gives the position behind. Nothing here knows about signs, units or the words around.

Limits: numerals of more than 300 digits and powers beyond 10³⁰⁰ are not read (their cost is not
linear, and nobody means them). Roots and π have no exact value and are not read either.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from unicodedata import numeric

DIGITS = dict(zip("〇一二三四五六七八九零壱壹弌弐貳弍参參弎肆伍陸漆捌玖",
                  map(int, "01234567890111222333456789"), strict=True))  # fmt: skip
SMALL = dict.fromkeys("十拾", 10) | {"廿": 20, "卅": 30}
SMALL |= dict.fromkeys("百佰陌", 100) | dict.fromkeys("千仟阡", 1000)
BIG = {sign: 10 ** (4 * i) for i, sign in enumerate("万億兆京垓秭穣", 1)} | {"萬": 10**4}
KANJI_NUMERALS = frozenset(DIGITS) | frozenset(SMALL)
"""Characters with which a numeral written in kanji begins (it may go on with 万, 億, …)."""

VULGAR = {sign: Fraction(numeric(sign)).limit_denominator(10) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒↉"}

MAX_DIGITS = 300

_SUPERSCRIPT = {c: i for i, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_SUFFIX = {"K": 10**3, "k": 10**3, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}

# Every branch begins with what the others cannot have eaten: no super-linear backtracking.
_SEPARATOR = r"(?:,|\{,\}|\\,)"
_ARABIC = re.compile(
    rf"[0-9]{{1,3}}(?:{_SEPARATOR}[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9.,/:])(?! ?[-+×÷=*])(?:\.[0-9]+)?"
    r"|0・[0-9]+(?![0-9年月日])|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"  # ０・０５
)
_NOT_DIGITS = re.compile(r"[^0-9.]+")
_POWER = re.compile(
    r" ?\^ ?(?:\{ ?([-+]?[0-9]{1,4}) ?\}|\( ?([-+]?[0-9]{1,4}) ?\)|([-+]?[0-9]{1,4}))"
)
_STARS = re.compile(r"\*\*([0-9]{1,4})(?![0-9.])")
_LISTED = re.compile(
    r"・[〇一二三四五六七八九]|(?:年生|学年|年|月|日|組|号|番|丁目|位|等|級|班|次|期|章|問)"
)
_EXPONENT = re.compile(r"[eE]([-+]?[0-9]{1,3})(?![0-9A-Za-z])")
_SCIENTIFIC = re.compile(
    r" ?(?:[×x*·・]|\\times) ?10(?: ?\^ ?\{?([-+]?[0-9]{1,3})\}?|の([0-9]{1,3})乗|(-?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))"
)
_SUPERSCRIPTS = re.compile("-[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}")
_OF_POWER = re.compile(r"の(-|マイナス|)(?=[0-9一二三四五六七八九十])")
_OVER = re.compile(r" ?(?:分|ぶん) ?[の之] ?")
_SLASH = re.compile(r" ?/ ?(?=[0-9一二三四五六七八九十百千])")
_FRAC = re.compile(
    r"\\[dtc]?frac ?(?:\{ ?([^{}\\]{1,40}) ?\}|([0-9])) ?(?:\{ ?([^{}\\]{1,40}) ?\}|([0-9]))"
)
_JOIN = re.compile(r" ?と ?| |\\[ ,;!]")


_Power: TypeAlias = tuple[Fraction, int]


class Numeral(NamedTuple):
    """One numeral."""

    value: Fraction  # exact
    end: int  # the position behind it
    form: str  # ``integer``, ``decimal``, ``fraction``, ``mixed`` or ``power``
    kanji: bool = False  # no Arabic digit in it
    reduced: bool = True  # False for a fraction such as 2/4
    improper: bool = False  # a fraction of one or more that is not mixed: 5/3
    plain: bool = False  # one run of Arabic digits: the 15 of 15:20 can be a clock


def _arabic(s: str, i: int) -> tuple[Fraction | int, int, bool] | None:
    match = _ARABIC.match(s, i)
    if match is None:
        return None
    raw = match.group()
    if not raw.isdigit():
        raw = _NOT_DIGITS.sub("", raw.replace("・", "."))
    if len(raw) > MAX_DIGITS:
        return None
    if "." in raw:
        whole, _, part = raw.partition(".")
        return Fraction(int(whole + part), 10 ** len(part)), match.end(), True
    return int(raw), match.end(), False


_KANJI_DIGITS = re.compile(
    "[{0}]{{1,300}}(?:[,、][{0}]{{3}}(?![{0}])){{0,99}}".format("".join(DIGITS))
)
"""A run of kanji digits read by position: 二〇二六, 一,二〇〇, 一、二〇〇."""


def _kanji_digits(s: str, i: int) -> tuple[int, int]:
    match = _KANJI_DIGITS.match(s, i)
    assert match is not None  # a digit stands there
    return int("".join(str(DIGITS[c]) for c in match[0] if c in DIGITS)), match.end()


def _decimals(s: str, i: int) -> tuple[Fraction, int] | None:
    """What follows a kanji numeral's decimal point: ・一四, 点一四, 点14."""
    if s[i : i + 1] not in ("点", "・", ".", "･") or i + 1 >= len(s):
        return None
    j = i + 1
    digits = 0
    while j < len(s) and j - i <= MAX_DIGITS:
        c = s[j]
        digit = DIGITS.get(c)
        if digit is None:
            if s[i] == "点" and "0" <= c <= "9":
                digit = int(c)
            else:
                break
        digits = digits * 10 + digit
        j += 1
    if j == i + 1 or s[j : j + 1] in SMALL:  # 八・十: two numbers
        return None
    if s[i] in "・･" and j == i + 2 and _LISTED.match(s, j):  # 二・三年生, 一・二・三
        return None
    return Fraction(digits, 10 ** (j - i - 1)), j


def read_integer(  # noqa: PLR0915 - one automaton, one loop
    s: str, i: int
) -> tuple[Fraction | int, int, bool, bool] | None:
    """A numeral without fraction bar or power: (value, end, decimal, kanji), or None.

    It may have decimals (3.5, 三点五, 1.2億) and mix scripts (1万2000, 3億5千万).
    """
    total: Fraction | int = 0
    section: Fraction | int = 0
    coef: Fraction | int | None = None
    coef_start = i
    small_limit, big_limit = 10**4, 10**40
    decimal, kanji, started = False, True, False
    j = i
    n = len(s)
    while j < n:
        c = s[j]
        if "0" <= c <= "9" or (c == "." and not started and "0" <= s[j + 1 : j + 2] <= "9"):
            if coef is not None:
                break
            arabic = _arabic(s, j)
            if arabic is None:
                break
            coef_start, (coef, j, point) = j, arabic
            decimal = decimal or point
            kanji = False
            if s[j : j + 1] == " " and s[j + 1 : j + 2] in BIG and s[j + 1 : j + 2] != "京":
                j += 1
        elif c in DIGITS:
            if coef is not None:
                break
            coef_start = j
            coef, j = _kanji_digits(s, j)
        elif c in SMALL:
            unit = SMALL[c]
            if unit >= small_limit or (
                coef is not None and coef >= 10 and unit <= 100 and s[j - 1] in DIGITS
            ):
                break
            section += unit if coef is None else coef * unit
            small_limit = 10 if unit < 100 else unit
            coef = None
            j += 1
        elif c in BIG and not (c == "京" and s.startswith("都", j + 1)):
            unit = BIG[c]
            amount = section + (coef or 0)
            if not started and s.startswith("分の", j + 1):  # 万分の一
                amount = 1
            if unit > big_limit == 10**4 and amount >= 100 and s[j - 1] not in BIG:
                amount += total  # 一万五千億
                total = 0
            elif not amount or unit >= big_limit:
                break
            total += amount * unit
            big_limit, small_limit, section, coef = unit, 10**4, 0, None
            j += 1
        elif started and kanji and coef is None and s.startswith(("飛んで", "飛び", "とんで"), j):
            behind = j + (2 if s[j + 1] == "び" else 3)  # 百飛んで五
            if s[behind : behind + 1] not in DIGITS and s[behind : behind + 1] not in SMALL:
                break
            j = behind
        else:
            break
        started = True
    if not started:
        return None
    if coef is not None and (section or total):
        # A remnant that does not fit under what stands before is a number of its own: 百二百.
        crowded = (section and coef >= small_limit) or (total and coef >= big_limit)
        if crowded or (j < n and (s[j] in SMALL or (s[j] in BIG and total))):
            j, coef = coef_start, None
    value = total + section + (coef or 0)
    point_after = _decimals(s, j) if kanji or s[j : j + 1] == "点" else None
    if point_after is not None and isinstance(value, int) and (kanji or not decimal):
        value += point_after[0]
        j, decimal = point_after[1], True
        if not total and (unit := BIG.get(s[j : j + 1], 0)):  # 一・二億
            value, j = value * unit, j + 1
    return value, j, decimal, kanji


def _power(base: Fraction, exponent: int, end: int, times: Fraction | int = 1) -> _Power | None:
    """``times`` · ``base`` to ``exponent``, and the position behind it; None if it is too large."""
    if abs(exponent) > 300 or (base == 0 and exponent < 0):
        return None
    bits = max(base.numerator.bit_length(), base.denominator.bit_length()) * abs(exponent)
    return (times * base**exponent, end) if bits <= 1100 else None


def _raised(s: str, value: Fraction, j: int) -> _Power | None:
    """A power behind a numeral: 10², 2^5, 2の5乗, 1e5, 3×10^4."""
    c = s[j : j + 1]
    if c in "eE" and (match := _EXPONENT.match(s, j)):
        return _power(Fraction(10), int(match[1]), match.end(), value)
    if match := _SUPERSCRIPTS.match(s, j):
        return _power(value, _superscript(match[0]), match.end())
    if c == "*" and (match := _STARS.match(s, j)) and "**" not in s[max(0, j - 60) : j]:
        return _power(value, int(match[1]), match.end())  # 2**8, but not the end of **bold**
    if c in " ^" and (match := _POWER.match(s, j)):
        return _power(value, int(match[1] or match[2] or match[3]), match.end())
    if c == "の" and (match := _OF_POWER.match(s, j)):
        read = read_integer(s, match.end())
        if read and s[read[1] : read[1] + 1] == "乗":
            exponent = int(read[0])
            whole = exponent == read[0]
            return (
                _power(value, -exponent if match[1] else exponent, read[1] + 1) if whole else None
            )
    if c in " ×x*·・\\" and (match := _SCIENTIFIC.match(s, j)):
        written = match[1] or match[2]
        exponent = int(written) if written else _superscript(match[3])
        return _power(Fraction(10), exponent, match.end(), value)
    return None


def _superscript(raw: str) -> int:
    digits = "".join(str(_SUPERSCRIPT[c]) for c in raw.lstrip("-"))
    return -int(digits) if raw[0] == "-" else int(digits)


def _fraction(top: Fraction, bottom: Fraction, end: int, *, kanji: bool) -> Numeral | None:
    if bottom == 0:
        return None
    value = top / bottom
    whole = top.denominator == bottom.denominator == 1
    reduced = not whole or value.denominator == bottom.numerator
    return Numeral(value, end, "fraction", kanji, reduced, improper=abs(value) >= 1)


def _simple_fraction(s: str, i: int) -> Numeral | None:
    """A fraction that begins here and has no whole part: ½, \\frac13, 1/3, 3分の1."""
    if i >= len(s):
        return None
    c = s[i]
    if c in VULGAR:
        return Numeral(VULGAR[c], i + 1, "fraction")
    if c == "\\":
        match = _FRAC.match(s, i)
        if match is None:
            return None
        parts = []
        for braced in (match[1] or match[2], match[3] or match[4]):
            raw = braced.strip()
            read = read_integer(raw, 0)
            if read is None or read[1] != len(raw):
                return None
            parts.append(Fraction(read[0]))
        return _fraction(parts[0], parts[1], match.end(), kanji=False)
    first = read_integer(s, i)
    return None if first is None else _bar(s, first)


def _bar(s: str, first: tuple[Fraction | int, int, bool, bool]) -> Numeral | None:
    """The fraction whose first numeral was read, or None."""
    value, j, _, kanji = first
    over = _OVER.match(s, j)
    match = over or _SLASH.match(s, j)
    other = read_integer(s, match.end()) if match else None
    if other is None or (over is None and s[other[1] : other[1] + 1] == "/"):  # a date
        return None
    top, bottom = (other[0], value) if over else (value, other[0])
    return _fraction(Fraction(top), Fraction(bottom), other[1], kanji=kanji and other[3])


_ALONE = re.compile(
    rf"""[0-9]{{1,9}}(?![0-9 .,・{{\\点/eE^*·x⁰¹²³⁴⁵⁶⁷⁸⁹{"".join((*SMALL, *BIG, *VULGAR))}]
    |-[⁰¹²³⁴⁵⁶⁷⁸⁹]|×\ ?1|[KkMGBT](?![A-Za-z0-9])        # powers
    |(?:分|ぶん)\ ?[の之]|の[-マ0-9一二三四五六七八九十]  # 3分の1, 2の5乗
    |と(?!\ ?[ぁ-ん、。]))                               # 2と1/3
    """,
    re.VERBOSE,
)
"""A run of digits with nothing behind it that a number could go on with: most numbers are such."""


@lru_cache(maxsize=1024)
def _whole(digits: str) -> Fraction:
    return Fraction(digits)


def read_number(s: str, i: int) -> Numeral | None:
    """The longest number that begins at ``i``, without sign and unit, or None."""
    if alone := _ALONE.match(s, i):
        return Numeral(_whole(alone[0]), alone.end(), "integer", plain=True)
    c = s[i : i + 1]
    if c in VULGAR or c == "\\":
        return _simple_fraction(s, i)
    first = read_integer(s, i)
    if first is None:
        return None
    value, j, decimal, kanji = first
    form, follow = "decimal" if decimal else "integer", s[j : j + 1]
    if follow:
        if follow in " 分ぶ/" and s[i - 1 : i] != "/" and (fraction := _bar(s, first)):
            return fraction
        may_be_mixed = (follow in " と\\" or follow in VULGAR) and not decimal
        if may_be_mixed and (mixed := _mixed(s, first)):
            return mixed
        if raised := _raised(s, Fraction(value), j):
            return Numeral(raised[0], raised[1], "power", kanji)
        beyond = s[j + 1 : j + 2]
        if follow in _SUFFIX and not (kanji or "A" <= beyond <= "z" or beyond.isdigit()):
            return Numeral(Fraction(value) * _SUFFIX[follow], j + 1, form)
    plain = not kanji and not decimal and s[i:j].isdigit()
    return Numeral(Fraction(value), j, form, kanji, plain=plain)


def _mixed(s: str, first: tuple[Fraction | int, int, bool, bool]) -> Numeral | None:
    value, j, _, kanji = first
    match = _JOIN.match(s, j)
    start = match.end() if match else j
    if start >= len(s):
        return None
    part = _simple_fraction(s, start)
    if part is None or (match is None and s[start] not in VULGAR and s[start] != "\\"):
        return None
    if match is not None and match.group() == " " and part.improper:  # 3 5/2: a list
        return None
    return Numeral(
        value + part.value, part.end, "mixed", kanji and part.kanji, part.reduced, part.improper
    )
