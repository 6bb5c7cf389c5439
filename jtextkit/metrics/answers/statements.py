"""A short statement of an answer read as one value: 31本, 「ウ」, A＞B＞C, はい, 解なし, ア3、イ5.

What an extraction found, and what a gold answer is, both go through :func:`read_answer`.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from jtextkit.metrics.answers.patterns import PATTERNS
from jtextkit.metrics.quantities.finding import find_in_folded
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.numerals import KANJI_NUMERALS, read_number
from jtextkit.metrics.quantities.units import read_unit
from jtextkit.metrics.quantities.values import Value

MAX_LENGTH = 2000

_SAYS = PATTERNS["answer"]
_EDGE = " \u3000\t\n。.、,「」『』【】()[]{}*_`$\\|\"'!;:="
_YES = "はい うん ええ そうです 正しい 正 合っている 真 ○ 〇 ◯ まる yes Yes YES true True TRUE 可能 できる あてはまる 含意"
_NO = "いいえ いや ちがう 違う 正しくない 誤り 誤っている 間違い 誤 偽 × ✕ ✗ ばつ no No NO false False FALSE あてはまらない"
_TRUTH = dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)
MAX_ORDER = 120
# \( and \) are no parentheses: they stand around LaTeX, which may be all that is said.
_PARENTHESIS = re.compile(r"(?<!\\)\((?:[^()]|(?<=\\)[()]){0,200}(?<!\\)\)")
_DAY_GLUE = re.compile(r"[ \u3000]?[(、の]?[ \u3000]?")
_LABEL_OUTSIDE = " \u3000…—、,。.;:・(){}[]【】「」『』=|*→\n\t$\\"
_LABEL_STRIP = _LABEL_OUTSIDE + "はがのもをでと"
_SAME_NAMES = {
    "縦": "タテ", "横": "ヨコ", "鶴": "ツル", "亀": "カメ", "子供": "子ドモ", "大人": "オトナ",
}  # fmt: skip
_KATAKANA = {i: i + 0x60 for i in range(0x3041, 0x3097)}
_TITLES = ("さん", "くん", "君", "ちゃん", "氏", "様")


def choice_label(raw: str) -> str:
    """One spelling of a choice's label: ③ is 3, （ウ） is ウ, c is C.

    >>> choice_label("③"), choice_label("c"), choice_label("ウ")
    ('3', 'C', 'ウ')
    """
    if len(raw) == 1 and "①" <= raw <= "⑳":
        return str(ord(raw) - 0x245F)
    return raw.upper()


def read_answer(text: str) -> Value:
    """The one value that a short answer is; kind ``text`` if it is none of the others.

    Of a long text the first 2,000 characters are read.

    >>> read_answer("A＞B＞C").value
    ('A', 'B', 'C')
    >>> read_answer("5あまり3").value == (5, 3)
    True
    """
    return _cached(text) if len(text) <= 100 else _read(text)


def _read(text: str) -> Value:
    s, said = fold(text), text[:MAX_LENGTH]
    value = read_both(s[:MAX_LENGTH], said)[0]
    return value or Value("text", _core(s), (0, len(text)), text, form="text")


_cached = lru_cache(maxsize=4096)(_read)
"""Gold answers come again and again; long texts do not, and would fill the memory."""


def _core(s: str) -> str:
    s = s.strip(_EDGE)
    match = _SAYS["polite"].search(s, max(0, len(s) - 24))
    return s[: match.start()].strip(_EDGE) if match is not None else s


def read_both(s: str, text: str) -> tuple[Value | None, list[Value]]:
    """The value that a statement makes, if it makes one, and every value in it.

    Several values are read so: behind the last ``=``; without what stands in parentheses behind a
    value, and without 1人あたり; as parts where each has a short label or they form a bare list;
    otherwise the last one.

    Args:
        s: the folded text.
        text: as written; spans are of it.
    """
    core = _core(s)
    if not core:
        return None, []
    values = find_in_folded(s, text)
    if match := _SAYS["says_choice"].search(s, max(0, len(s) - 24)):
        return _choice_at(text, match.start(1), match[1]), values
    wordy = not values or len(core) <= 4 or "<" in s or ">" in s or "順" in s
    word = (_word(core, s, text, values) if wordy else None) or _choice(core, s, text, values)
    return word or (_pick(s, text, values) if values else _whole(core, s, text)), values


def _whole(core: str, s: str, text: str) -> Value | None:
    """A kanji numeral with its unit that is the whole answer: 「十分です」 answers how many minutes."""
    number = read_number(core, 0) if core[0] in KANJI_NUMERALS else None
    read = read_unit(core, number.end) if number is not None else None
    if number is None or read is None or read[1] != len(core):
        return None
    unit, whole = read[0], _spanned(number.form, number.value, core, s, text)
    value = number.value * unit.factor if unit.dimension == "rate" else number.value
    return replace(whole, value=value, unit=unit.symbol, measure=unit, number=number.value)


def _spanned(kind: str, value: object, core: str, s: str, text: str) -> Value:
    start = max(0, s.find(core))
    return Value.said(kind, value, (start, start + len(core)), text)


def _word(core: str, s: str, text: str, values: list[Value]) -> Value | None:
    truth = _TRUTH.get(core)
    if truth is None and not values:
        truth = _TRUTH.get(_core(re.split(r"[、,。. ]", core, maxsplit=1)[0]))
    if truth is not None:
        return _spanned("truth", truth, core, s, text)
    if not values and (match := _SAYS["none"].search(core)):
        return _spanned("none", None, match.group(), s, text)
    if _SAYS["choices"].fullmatch(core):
        found = [_choice_at(text, m.start(), m.group()) for m in _SAYS["one_choice"].finditer(s)]
        return parts_of(text, found)
    order = _order(core)
    return _spanned("order", order, core, s, text) if order else None


def _choice_at(text: str, at: int, raw: str) -> Value:
    return Value.said("choice", choice_label(raw), (at, at + 1), text)


def _order(core: str) -> tuple[str, ...] | None:
    if "<" in core or ">" in core:
        core = core.rpartition("は、")[2]
        names = [name.strip(_EDGE) for name in re.split("[<>]", core)]
        if not _SAYS["order"].fullmatch(core) or ("<" in core and ">" in core) or "" in names:
            return None
        return tuple(names[:: -1 if "<" in core else 1])
    if "順" not in core:
        return None
    listed = (
        _SAYS["in_order"]
        .sub("", _SAYS["order_of"].sub("", core[:MAX_ORDER], count=1), count=1)
        .strip(_EDGE)
    )
    names = [name.strip(_EDGE) for name in re.split("[、,→・]", listed)]
    short = all(0 < len(name) <= 10 for name in names)
    return tuple(names) if short and len(names) > 1 else None


def _choice(core: str, s: str, text: str, values: list[Value]) -> Value | None:
    match = _SAYS["choice"].match(core) or _SAYS["digit_choice"].match(core)
    if match is None:
        return None
    at = max(0, s.find(core)) + match.start(1)
    choice = _choice_at(text, at, match[1])
    others = [value for value in values if value.kind != "label" and value.span[0] > at]
    if _SAYS["leading_label"].search(core, match.end()):
        return None  # several labels: parts
    if not others:
        return choice
    value = _pick(s, text, others)
    # ① 5cm: the circle numbers the part. イ 5cm can also be the choice イ, whose text is 5cm.
    also = () if choice.value.isdecimal() else (choice,)
    return replace(value, readings=(*value.readings, *also))


def _pick(s: str, text: str, values: list[Value]) -> Value:
    if len(values) > 1 and ("月" in s or "組" in s or "曜" in s):
        values = _dates(s, text, values)
    if len(values) == 1:
        return values[0]
    real = [value for value in values if value.kind != "label"]
    if not real or (len(real) == 1 and len(values) == 2 and values[0].kind == "label"):
        return values[-1]
    first = len(real)
    while first and _SAYS["named"].search(
        s[max(0, real[first - 1].span[0] - 8) : real[first - 1].span[0]]
    ):
        first -= 1
    if len(named := real[first:]) > 1:  # ア＝3、イ＝5
        start = real[first - 1].span[1] if first else 0
        start = max(start, s.rfind("、", start, named[0].span[0]) + 1)
        if parts := _parts(s, text, named, start):
            return parts
    # what stands in parentheses behind the first value is blanked: 3時間20分（200分）
    outside = _PARENTHESIS.sub(
        lambda m: m[0] if m.start() < real[0].span[0] or len(m[0]) < 5 else "\0" * len(m[0]), s
    ) if "(" in s else s  # fmt: skip
    real = [v for v in real if outside[v.span[0]] != "\0"] or real
    equals = outside.rfind("=")
    behind = [value for value in real if value.span[0] > equals]
    real, start = (behind, equals + 1) if behind else (real, 0)
    real = [v for v in real if not _SAYS["names_next"].match(s, v.span[0])] or real
    counted = [value for value in real if not _SAYS["per"].match(s, value.span[1])] or real
    if len(counted) == 1:
        return counted[0]
    return _from_to(s, text, counted) or _parts(outside, text, counted, start) or counted[-1]


_CALENDAR = {"年": 0, "月": 1, "日": 2, "組": 1}


def _dates(s: str, text: str, values: list[Value]) -> list[Value]:
    """The values with 1964年(昭和39年)10月10日, 12月15日(金曜日) and 第3土曜日 made one each."""
    values = [v.readings[-1] if v.unit == "年" and v.readings else v for v in values]
    out, behind = [values[0]], values[0].span[1]
    for value in values[1:]:
        before = out[-1]
        glue, behind = s[behind : value.span[0]], value.span[1]
        last = before.parts[-1] if before.form == "date" else before
        same_year = last.unit == value.unit == "年" and last.value == value.value
        if same_year and glue.strip() == "(" and s[behind : behind + 1] == ")":
            behind += 1
            continue
        step = _CALENDAR.get(value.unit or "", 0) - 1
        later = last.unit == "年" and glue in ("後の", "前の")  # 2年後の3月31日
        joins = _CALENDAR.get(last.unit or "") == step and (glue in ("", " ") or later)
        if value.kind == "weekday":
            of_day = last.unit == "日" and _DAY_GLUE.fullmatch(glue) is not None
            joins = of_day or (last.kind == "ordinal" and not glue)
        if joins:
            parts = (*(before.parts if before.form == "date" else (before,)), value)
            out[-1] = parts_of(text, parts, form="date")
        else:
            out.append(value)
    return out


def _from_to(s: str, text: str, values: list[Value]) -> Value | None:
    """3から5まで as a range."""
    if len(values) != 2 or s[values[0].span[1] : values[1].span[0]] != "から":
        return None
    joined = find_in_folded("~".join(s[slice(*value.span)] for value in values), text)
    if len(joined) != 1 or joined[0].kind != "range":
        return None
    span = (values[0].span[0], values[1].span[1])
    return replace(joined[0], span=span, text=text[slice(*span)])


def _label_of(raw: str) -> str | None:
    """The label in front of a part's value, or None where it cannot be one."""
    outside = raw.strip(_LABEL_OUTSIDE)
    label = raw.strip(_LABEL_STRIP) or (outside if len(outside) == 2 else "")  # はと
    if _SAYS["names_part"].fullmatch(label):  # 10円玉, 2組
        return label
    if "。" in raw.strip() and label:
        label = raw.rpartition("。")[2].strip(_LABEL_STRIP)
    for title in _TITLES:
        label = label.removesuffix(title)
    if len(label) > 10 or _SAYS["no_label"].search(label):
        return None
    label = choice_label(label)
    return _SAME_NAMES.get(label, label).translate(_KATAKANA)


def _parts(s: str, text: str, values: list[Value], start: int) -> Value | None:
    labels: list[str] = []
    behind = start
    for value in values:
        raw = s[behind : value.span[0]]
        label = _label_of(raw.replace("(", "").replace(")", "") if len(raw) < 40 else raw)
        if number := _SAYS["numbered"].search(raw):
            label = number[1] or choice_label(number[2])
        elif labels and _SAYS["or"].fullmatch(raw.strip(" \u3000、,")):
            label = ""
        if label is None:
            return None
        labels.append(label)
        behind = value.span[1]
        behind += s[behind : behind + 2] in ("後、", "前、")  # 16分後、同じ向き52分後
    glues = [s[a.span[1] : b.span[0]] for a, b in itertools.pairwise(values)]
    bare = not any(labels) and all(_SAYS["list"].fullmatch(glue) for glue in glues)
    if not bare and not (all(labels) and all(_SAYS["next_part"].match(glue) for glue in glues)):
        return None
    if any(_SAYS["again"].search(glue) for glue in glues):
        return None
    sizes = {value.value * (value.measure.factor if value.measure else 1)
             for value in values if isinstance(value.value, Fraction)}  # fmt: skip
    if len(sizes) == 1 and any(_SAYS["or"].search(glue) for glue in glues):
        return None  # 60分または1時間
    head = s[start : values[0].span[0]]
    # with the first part's label, as with the others'
    first = start + len(head) - len(head.lstrip(" ")) if labels[0] else None
    return parts_of(text, values, labels, start=first)


def parts_of(
    text: str,
    values: Sequence[Value],
    labels: Sequence[str] = (),
    *,
    start: int | None = None,
    form: str = "parts",
) -> Value:
    """Several values as one, from the first (or ``start``) to the last."""
    span = (values[0].span[0] if start is None else start, values[-1].span[1])
    return Value("parts", tuple(value.value for value in values), span, text[slice(*span)],
                 form=form, parts=tuple(values), labels=tuple(labels or [""] * len(values)))  # fmt: skip
