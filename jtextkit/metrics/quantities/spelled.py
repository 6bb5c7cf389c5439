"""Values that are words or single signs: ①, 半分, ひとつ, 正午, 金曜日, ゼロ."""

from __future__ import annotations

from fractions import Fraction

from jtextkit.metrics.quantities.units import UNITS, read_unit
from jtextkit.metrics.quantities.values import Value

_CIRCLES = (
    (0x2460, 1, 20),
    (0x2474, 1, 20),
    (0x2488, 1, 20),
    (0x2776, 1, 10),
    (0x3251, 21, 15),
    (0x32B1, 36, 15),
)
CIRCLED = {chr(code + i): one + i for code, one, size in _CIRCLES for i in range(size)}
"""① ⑴ ⒈ ❶ ㉑ ㊱ and those behind them."""
_KANA_COUNTS = {
    word: (number, "つ")
    for number, word in enumerate("ひとつ ふたつ みっつ よっつ いつつ むっつ ななつ やっつ ここのつ".split(), 1)  # noqa: SIM905
} | {"ひとり": (1, "人"), "ふたり": (2, "人")}  # fmt: skip
_WORDS = {
    "ゼロ": Fraction(0),
    "半分": Fraction(1, 2), "半数": Fraction(1, 2), "半額": Fraction(1, 2),
    "半値": Fraction(1, 2), "半ダース": Fraction(6), "半日": Fraction(1, 2), "半年": Fraction(1, 2),
    "半時間": Fraction(1, 2), "半月": Fraction(1, 2), "半周": Fraction(1, 2),
}  # fmt: skip
_HALF_UNITS = {"半日": "日", "半年": "年", "半時間": "時間", "半月": "か月", "半周": "周"}
SPELLED = (*_WORDS, *_KANA_COUNTS)
"""The words that are values, 正午 and the weekdays apart."""


def read_word(s: str, text: str, i: int, head: str) -> tuple[Value | None, int] | None:
    """The value that the sign or word ``head`` at ``i`` is, and where to look on; None for a numeral."""
    c = s[i]
    if c in CIRCLED:
        value = Fraction(CIRCLED[c])
        return Value("label", value, (i, i + 1), text[i : i + 1], number=value), i + 1
    if head == "正午":
        noon = Fraction(720)
        return Value("clock", noon, (i, i + 2), text[i : i + 2], number=noon), i + 2
    if head[1:] == "曜":
        end = i + 3 if s.startswith("日", i + 2) else i + 2
        return Value("weekday", c, (i, end), text[i:end], form="weekday"), end
    if head == "半数" and s[i - 1 : i] == "過":  # 過半数
        return None, i + 2
    if head in _WORDS:
        return _word(s, text, i, head)
    if head in _KANA_COUNTS and s.startswith(("まみ", "かみ", "き"), i + 3):  # ひとつまみ
        return None, i + 3
    if head in _KANA_COUNTS:
        number, counter = _KANA_COUNTS[head]
        value, end, unit = Fraction(number), i + len(head), UNITS[counter]
        return Value("integer", value, (i, end), text[i:end], unit.symbol, unit, value), end
    return None


def _word(s: str, text: str, i: int, head: str) -> tuple[Value | None, int]:
    end = i + len(head)
    if head == "ゼロ" and ("ァ" <= s[i - 1 : i] <= "ヺ" or "ァ" <= s[end : end + 1] <= "ヺ"):
        read = read_unit(s, end, gap=False)
        if read is None or read[0].symbol not in UNITS:  # ゼロコンマ
            return None, end
    value = _WORDS[head]
    unit = UNITS.get(_HALF_UNITS.get(head, ""))
    form = "fraction" if value.denominator == 2 else "integer"
    if head == "ゼロ":
        read = read_unit(s, end)
        if read is not None:
            unit, end = read
    elif head in ("半額", "半値"):
        half = Value("percent", value, (i, end), text[i:end], number=value, direction="引")
        return half, end
    symbol = unit.symbol if unit else None
    return Value(form, value, (i, end), text[i:end], symbol, unit, value, form=form), end
