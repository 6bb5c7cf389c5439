"""Numerals in every spelling, read exactly: 1,200, 二千五百, 3億5千万, 三分の一, 2と1/3, ½, \\frac13.

Everything works on folded text (:func:`~jtextkit.metrics.quantities.folding.fold`) from a position on,
and gives the position behind. Nothing here knows about signs, units or the words around.

Limits: numerals of more than 300 digits and powers beyond 10³⁰⁰ are not read (their cost is not
linear, and nobody means them). Roots and π have no exact value and are not read either.
"""

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple
from unicodedata import numeric

DIGITS = dict(zip("〇一二三四五六七八九零壱壹弌弐貳弍参參弎肆伍陸漆捌玖",
                  map(int, "01234567890111222333456789"), strict=True))  # fmt: skip
SMALL = dict.fromkeys("十拾", 10) | {"廿": 20, "卅": 30}
SMALL |= dict.fromkeys("百佰陌", 100) | dict.fromkeys("千仟阡", 1000)
BIG = {sign: 10 ** (4 * i) for i, sign in enumerate("万億兆京垓秭穣", 1)} | {"萬": 10**4}
KANJI_NUMERALS = frozenset(DIGITS) | frozenset(SMALL)
"""Characters with which a numeral written in kanji begins (it may go on with 万, 億, …)."""

VULGAR = {sign: Fraction(numeric(sign)).limit_denominator(10) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒↉"}

SIGNS = "".join(("0123456789", *sorted(KANJI_NUMERALS), *VULGAR))
"""Characters with which a number begins."""

ZERO = Fraction(0)
MAX_DIGITS = 300
MAX_EXPONENT = 300
MAX_BITS = 1100

_D, _S = "".join(DIGITS), "".join(SMALL)
_LISTED = "・[〇一二三四五六七八九]|年生|学年|丁目|[年月日組号番位等級班次期章問]"
"""What makes 二・三 two numbers: 二・三年生, 一・二・三."""
# Every branch begins with what the others cannot have eaten: no super-linear backtracking.
_TOKEN = re.compile(
    rf"""(?P<arabic>
         [0-9]{{1,3}}(?:(?:,|\{{,\}}|\\,)[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?            # 1,200.5
        |[0-9]{{1,3}}(?:\ [0-9]{{3}})+(?![0-9.,/:])(?!\ ?[-+×÷=*])                    # 1 200
        |0・[0-9]+(?![0-9年月日])|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)                       # ０・０５
    |(?P<run>[{_D}]{{1,{MAX_DIGITS}}}(?:[,、][{_D}]{{3}}(?![{_D}])){{0,99}})          # 二〇二六, 一、二〇〇
    |(?P<small>[{_S}])
    |(?P<big>(?<=[0-9])\ [万億兆垓秭穣萬]|[万億兆垓秭穣萬]|京(?!都))
    |(?P<point>(?:点[0-9{_D}]{{1,{MAX_DIGITS}}}+|[.・･](?:[{_D}]{{2,{MAX_DIGITS}}}+|[{_D}](?!{_LISTED})))(?![{_S}]))
    |(?P<naught>(?:飛んで|飛び|とんで)(?=[{_D}{_S}]))                                   # 百飛んで五
    """,
    re.VERBOSE,
)
_NOT_DIGITS = re.compile(r"[^0-9.]+")
_N = "[-+]?[0-9]{1,4}"
_RAISED = re.compile(
    rf"""[eE](?P<e>[-+]?[0-9]{{1,3}})(?![0-9A-Za-z])                                  # 3e5
    |(?P<ten>\ ?(?:[×x*·・]|\\times)\ ?10)?(?:                                         # 3×10^4
        \ ?\^\ ?(?:\{{\ ?(?P<braced>{_N})\ ?\}}|\(\ ?(?P<round>{_N})\ ?\)|(?P<bare>{_N}))
        |(?P<high>-?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,4}})
        |の(?P<said>(?:-|マイナス)?[0-9一二三四五六七八九十]{{1,4}})乗)
    |\*\*(?P<stars>[0-9]{{1,4}})(?![0-9.])""",
    re.VERBOSE,
)
_PLAIN_EXPONENT = str.maketrans({**dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)), "マ": "-"})
_BAR = re.compile(r"(?P<of> ?(?:分|ぶん) ?[の之] ?)| ?/ ?(?=[0-9一二三四五六七八九十百千])")
_FRAC = re.compile(r"\\[dtc]?frac ?(\{[^{}\\]{1,40}\}|[0-9]) ?(\{[^{}\\]{1,40}\}|[0-9])")
_AND = re.compile(rf" ?と ?| |\\[ ,;!]|(?=[{''.join(VULGAR)}\\])")
_SUFFIX = {"K": 10**3, "k": 10**3, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}


class Numeral(NamedTuple):
    """One numeral."""

    value: Fraction  # exact
    end: int  # the position behind it
    form: str  # ``integer``, ``decimal``, ``fraction``, ``mixed`` or ``power``
    kanji: bool = False  # no Arabic digit in it
    reduced: bool = True  # False for a fraction such as 2/4
    improper: bool = False  # a fraction of one or more that is not mixed: 5/3


@lru_cache(maxsize=1024)
def _exact(digits: str) -> Fraction:
    return Fraction(digits)


def read_integer(s: str, i: int) -> Numeral | None:
    """A numeral without fraction bar or power, or None.

    It may have decimals (3.5, 三点五, 1.2億) and mix scripts (1万2000, 3億5千万).
    """
    total = section = ZERO  # the section is what stands below the next 万, 億, …
    coef: Fraction | None = None  # before the next multiplier
    limit = big_limit = 10**40  # what comes next must be less than these
    form, kanji, j, coef_start = "integer", True, i, i
    while token := _TOKEN.match(s, j):
        kind, written = token.lastgroup, token[0]
        if kind in ("arabic", "run"):
            if coef is not None or (j > i and written[0] == "."):
                break
            if kind == "run":
                coef = _exact("".join(str(DIGITS[c]) for c in written if c in DIGITS))
            elif len(written) <= MAX_DIGITS:
                coef, kanji = _exact(_NOT_DIGITS.sub("", written.replace("・", "."))), False
                form = "decimal" if "." in written or "・" in written else form
            else:
                break
            coef_start = j
        elif kind == "small":
            unit = SMALL[written]
            by_places = coef is not None and coef >= 10 and s[j - 1] in DIGITS  # 二〇十
            if unit >= limit or (by_places and unit <= 100):
                break
            section += unit if coef is None else coef * unit
            limit, coef = 10 if unit < 100 else unit, None
        elif kind == "big":
            unit = BIG[written[-1]]
            bare = j == i and s.startswith("分の", j + 1)  # 万分の一
            amount = section + (coef or int(bare))
            if unit > big_limit == 10**4 and amount >= 100 and s[j - 1] not in BIG:
                amount, total = amount + total, ZERO  # 一万五千億
            elif not amount or unit >= big_limit:
                break
            total += amount * unit
            limit = big_limit = unit
            section, coef = ZERO, None
        elif kind == "point":  # 三・一四, 三点一四, 3点14
            if j == i or form == "decimal" or not (kanji or written[0] == "点"):
                break
            coef_start = j if coef is None else coef_start
            digits = "".join(str(DIGITS.get(c, c)) for c in written[1:])
            coef, form = (coef or 0) + Fraction(int(digits), 10 ** len(digits)), "decimal"
        elif j == i or not kanji or coef is not None:
            break
        j = token.end()
    if j == i:
        return None
    follow = s[j : j + 1]
    if coef is not None and coef_start > i and (coef >= limit or follow in SMALL or follow in BIG):
        # A remnant that does not fit under what stands before is a number of its own: 百二百.
        j, coef = coef_start, None
    value = coef if coef is not None and coef_start == i else total + section + (coef or 0)
    return Numeral(value, j, form, kanji)


def _raised(s: str, base: Numeral) -> Numeral | None:
    """A numeral with the power behind it: 10², 2^5, 2の5乗, 1e5, 3×10^4."""
    match = _RAISED.match(s, base.end)
    if match is None:
        return None
    times = Fraction(1)
    value, written = base.value, match[match.lastgroup or 0].translate(_PLAIN_EXPONENT)
    if match["stars"] and "**" in s[max(0, base.end - 60) : base.end]:  # the end of **bold**
        return None
    if match["e"] or match["ten"]:
        times, value = value, Fraction(10)
    read = read_integer(written.lstrip("+-イナス"), 0)
    exponent = int(read.value) if read is not None else MAX_EXPONENT + 1
    exponent = -exponent if written[0] == "-" else exponent
    bits = max(value.numerator.bit_length(), value.denominator.bit_length()) * abs(exponent)
    if abs(exponent) > MAX_EXPONENT or bits > MAX_BITS or (value == 0 and exponent < 0):
        return None
    return Numeral(times * value**exponent, match.end(), "power", base.kanji)


def _all_of(s: str) -> Numeral | None:
    read = read_integer(s, 0)
    return read if read is not None and read.end == len(s) else None


def _over(top: Numeral, bottom: Numeral, end: int) -> Numeral | None:
    if bottom.value == 0:
        return None
    value = top.value / bottom.value
    whole = top.value.denominator == bottom.value.denominator == 1
    reduced = not whole or value.denominator == bottom.value
    return Numeral(value, end, "fraction", top.kanji and bottom.kanji, reduced, abs(value) >= 1)


def _bar(s: str, first: Numeral) -> Numeral | None:
    """The fraction whose first numeral was read, or None: 1/3, 3分の1."""
    match = _BAR.match(s, first.end)
    other = read_integer(s, match.end()) if match else None
    if match is None or other is None:
        return None
    if match["of"]:
        return _over(other, first, other.end)
    return None if s.startswith("/", other.end) else _over(first, other, other.end)  # 7/20/2026


def _fraction(s: str, i: int) -> Numeral | None:
    """A fraction that begins here and has no whole part: ½, \\frac13, 1/3, 3分の1."""
    if s[i : i + 1] in VULGAR:
        return Numeral(VULGAR[s[i]], i + 1, "fraction")
    if match := _FRAC.match(s, i):
        top, bottom = (_all_of(raw.strip("{} \n")) for raw in match.groups())
        return None if top is None or bottom is None else _over(top, bottom, match.end())
    first = read_integer(s, i)
    return None if first is None else _bar(s, first)


def _mixed(s: str, first: Numeral) -> Numeral | None:
    """A whole number with a fraction: 2と1/3, 2 1/3, 2½."""
    match = _AND.match(s, first.end)
    part = _fraction(s, match.end()) if match else None
    if match is None or part is None or (match[0] == " " and part.improper):  # 3 5/2: a list
        return None
    value, kanji = first.value + part.value, first.kanji and part.kanji
    return part._replace(value=value, form="mixed", kanji=kanji)


_ALONE = re.compile(
    rf"[0-9]{{1,9}}(?![0-9 .,・{{\\点/eE^*·x×分ぶのとKkMGBT⁰¹²³⁴⁵⁶⁷⁸⁹{''.join((*SMALL, *BIG, *VULGAR))}-])"
)
"""A run of digits with nothing behind it that a number could go on with: most numbers are such."""


def read_number(s: str, i: int) -> Numeral | None:
    """The longest number that begins at ``i``, without sign and unit, or None."""
    if alone := _ALONE.match(s, i):
        return Numeral(_exact(alone[0]), alone.end(), "integer")
    if s.startswith("ゼロ", i):
        return Numeral(ZERO, i + 2, "integer", kanji=True)
    first = None if s[i : i + 1] == "\\" else read_integer(s, i)
    if first is None:
        return _fraction(s, i)
    follow, beyond = s[first.end : first.end + 1], s[first.end + 1 : first.end + 2]
    if follow and follow in " 分ぶ/" and s[i - 1 : i] != "/" and (fraction := _bar(s, first)):
        return fraction
    if first.form == "integer" and (mixed := _mixed(s, first)):
        return mixed
    if raised := _raised(s, first):
        return raised
    if follow in _SUFFIX and not (first.kanji or "A" <= beyond <= "z" or beyond.isdigit()):
        return first._replace(value=first.value * _SUFFIX[follow], end=first.end + 1)
    return first
