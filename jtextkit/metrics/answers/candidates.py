"""Everything in a text that could be its answer, typed, with its place.

What is looked for depends on what is wanted: values for a number or a date, labels and texts of the
choices, はい and いいえ and the statements that mean them, names where a name is asked for, 「解なし」.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from jtextkit.metrics.answers.names import (
    Found,
    glued,
    is_alternative,
    names_in,
    places,
    polarity_of,
)
from jtextkit.metrics.answers.patterns import PATTERNS
from jtextkit.metrics.answers.statements import choice_label, read_answer, read_both
from jtextkit.metrics.discourse import Discourse, Sentence
from jtextkit.metrics.quantities.finding import find_in_folded
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import read_unit
from jtextkit.metrics.quantities.values import Value

MAX_SENTENCE = 500
"""Characters of a sentence that are read, counted from its end."""

Choices = Mapping[str, str] | Sequence[str]


Key = tuple[object, ...]


def key_of(value: Value) -> Key:
    """The same for values that say the same, so that their weights add up."""
    if isinstance(value.value, Fraction) and value.kind != "clock":
        unit = value.measure
        number, dimension = value.value, "number"
        if unit is not None and unit.dimension not in ("count", "rate"):
            number, dimension = number * unit.factor, unit.dimension
        return dimension, number.numerator, number.denominator  # a Fraction's hash is slow
    if value.kind == "parts":
        return "parts", tuple(key_of(part) for part in value.parts), value.labels
    return value.kind, value.value


@dataclass(slots=True, eq=False)
class Candidate:
    """A value that the text may mean as its answer.

    Attributes:
        value: with its span in the text.
        evidence: what speaks for it and against it, by name; at first what the search itself saw.
        sentence: the index of its sentence.
        key: of what it says.
    """

    value: Value
    evidence: set[str]
    sentence: int
    key: Key = field(init=False)

    def __post_init__(self) -> None:
        self.key = key_of(self.value)


@dataclass(frozen=True, slots=True)
class Target:
    """What is looked for.

    Attributes:
        wanted: ``number``, ``calendar``, ``choice``, ``truth``, ``name``, ``list``, ``none``, or
            ``any`` where neither gold, choices nor question tells it.
        golds: right answers, of which kinds, units and names count.
        choices: label to folded text.
        person: whether a name is a person's.
    """

    wanted: str = "any"
    golds: tuple[Value, ...] = ()
    choices: Mapping[str, str] | None = None
    person: bool = False


def wanted_for(gold: Value) -> str:
    """The kind of answer that a gold calls for."""
    if gold.form == "date" or gold.kind == "weekday" or gold.unit in ("月", "日"):
        return "calendar"
    if gold.kind in ("truth", "choice", "none"):
        return gold.kind
    if gold.kind == "text":
        return "name"
    return "list" if gold.kind in ("parts", "order") else "number"


_MARK = PATTERNS["mark"]
_MARKER_HINT = re.compile("答|こたえ|コタエ|正解|結論|nswer|ANSWER|####|求める|解|A")
"""Without one of these there is no marker; it saves looking for one."""
_NOT_MARKER = re.compile(r"(?:に|応|返|名|即|口|この|回)$")
_WORDS = ("truth", "none", "text")
_MISFITS = {
    "number": ("label", *_WORDS),
    "calendar": ("label", *_WORDS),
    "list": _WORDS,
    "choice": _WORDS,
}
"""Kinds of values that cannot be what is wanted."""


def candidates_in(found: Discourse, folded: str, index: int, target: Target) -> list[Candidate]:
    """The candidates of one sentence, in order; no two with the same place and kind."""
    text, sentence = found.text, found.sentences[index]
    sentence = sentence._replace(start=max(sentence.start, sentence.end - MAX_SENTENCE))
    if target.choices is not None:
        said = _chosen(folded, text, sentence, target.choices)
    elif target.wanted == "truth":
        said = polarity_of(folded, text, sentence)
    elif target.wanted == "name":
        golds = [str(gold.value) for gold in target.golds]
        said = names_in(folded, text, sentence, golds, person=target.person)
    else:
        said = _typed(folded, text, sentence, target)
    return [Candidate(value, set(how), index) for value, how in said]


def _typed(s: str, text: str, sentence: Sentence, target: Target) -> Iterator[Found]:
    """The values of a sentence that can be of the kind that is looked for."""
    out: dict[tuple[int, str], Found] = {}
    for found, how in _values(s, text, sentence):
        value = _united(s, text, found, sentence.end)
        if not _may_be_meant(value, sentence, target):
            continue
        if (
            value.kind == "remainder"
            and target.wanted == "number"
            and target.golds[0].kind != "remainder"
        ):
            out[value.span[1], "rest"] = value.parts[-1], (*how, "rest")
        key = value.span[1], "parts" if value.kind == "parts" else ""
        first, before = out.get(key, (value, ()))
        out[key] = first, (*before, *how)
    for value in _others(s, text, sentence.start, sentence.end, target):
        out[value.span[1], value.form] = value, ()
    yield from out.values()


def _may_be_meant(value: Value, sentence: Sentence, target: Target) -> bool:
    if value.kind in _MISFITS.get(target.wanted, ()):
        return False
    if value.kind == "none":  # 「計算できません」 is no answer, not the answer 「できない」
        return sentence.role != "refusal"
    if target.wanted != "calendar":
        return True
    gold = target.golds[0]
    if gold.kind == "weekday":
        return value.kind in ("weekday", "parts")
    return gold.form != "date" or value.unit in (None, "年", "月", "日")


def _values(s: str, text: str, sentence: Sentence) -> Iterator[Found]:
    """The values of a sentence: first those that its marked places state, then all the others."""
    start, end = sentence.start, sentence.end
    line, rest, marked = s[start:end], [(start, end)], False
    lettered = line[:1] == "A" and s[end : end + 4].lstrip().startswith("B")  # A: 3, B: 5
    for a, b, how in _places(line):
        at, stop, marked = start + a, start + b, how == "marked" and not lettered
        if how == "marked" and lettered:
            continue
        stated, values = read_both(s[at:stop], text[at:stop])
        hows = (how, "picked") if stated and how in _SAID else (how,)
        named = marked and not values and b - a <= 60 and sentence.role != "question"
        if stated is None and (named or how == "boxed"):
            stated = read_answer(text[at:stop])
        if stated and (stated.kind != "text" or stated.value):
            yield stated.moved(at, text), hows
        if marked:
            yield from ((value.moved(at, text), (how,)) for value in values)
            rest = [(start, at), (stop, end)]
    for at, stop in rest:
        part = s[at:stop], text[at:stop]
        stated, values = (None, find_in_folded(*part)) if marked else read_both(*part)
        if stated:
            yield stated.moved(at, text), ("picked",)
        yield from ((value.moved(at, text), ()) for value in values)


_SAID = ("marked", "reversed")
_MATH_OVER = re.compile(r" ?(?:\\\)|\$|\*\*) ?")


def _united(s: str, text: str, value: Value, end: int) -> Value:
    """A bare number with the unit behind its formula or its bold print: \\(15\\) 羽, **15**羽."""
    bare = value.measure is None and isinstance(value.value, Fraction)
    over = _MATH_OVER.match(s, value.span[1], end) if bare else None
    unit = over and read_unit(s, over.end(), gap=False)
    if unit is None or unit[0].dimension in ("rate", "clock"):
        return value
    span = (value.span[0], unit[1])
    return replace(value, unit=unit[0].symbol, measure=unit[0], span=span, text=text[slice(*span)])


def _places(line: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a sentence that state a value of their own: from, to, and by what."""
    for how, hints in (("boxed", ("boxed",)), ("bold", ("**", "__", "<"))):
        if any(hint in line for hint in hints):
            for match in _MARK[how].finditer(line):
                yield *match.span(match.lastindex or 0), how
    if not _MARKER_HINT.search(line):
        return
    if before := _MARK["reversed"].search(line):
        yield 0, before.start(), "reversed"
    if behind := marker_end(line):
        over = _MARK["over"].search(line, behind)
        yield behind, over.start() if over else len(line), "marked"


_VALUE = PATTERNS["value"]


def _others(s: str, text: str, start: int, end: int, target: Target) -> Iterator[Value]:
    """What is a value only because one of its kind is looked for: 「水」, 7/21, 15√2."""
    if target.wanted == "number" and ("√" in s or "sqrt" in s):
        for root in _VALUE["root"].finditer(s, start, end):
            said = Value.said("text", root[0].replace(" ", ""), root.span(), text)
            yield replace(said, form="root")
    elif target.wanted == "calendar" and target.golds[0].kind == "weekday":
        for day in _VALUE["day"].finditer(s, start, end):
            yield Value.said("weekday", day[1], day.span(1), text)
    elif target.wanted == "calendar":
        for date in _VALUE["slashed"].finditer(s, start, end):
            said, span = read_answer("{}月{}日".format(*date.groups())), date.span()
            yield replace(said, span=span, text=text[slice(*span)])


def marker_end(line: str) -> int:
    """Where a folded sentence goes on behind its last marker of an answer; 0 without one."""
    end = 0
    for match in _MARK["marked"].finditer(line):
        if not _NOT_MARKER.search(line[max(0, match.start() - 2) : match.start()]):
            end = match.end()
    return end if end < len(line) else 0


# ------------------------------------------------------------------------------------- choices


def labelled(choices: Choices) -> dict[str, str]:
    """Choices as label to folded text, labels in one spelling."""
    if isinstance(choices, Mapping):
        return {choice_label(fold(label).strip()): fold(body) for label, body in choices.items()}
    return {str(i): fold(body) for i, body in enumerate(choices, 1)}


_CHOICE = PATTERNS["choice"]
_TOGETHER = ("か", "と", "や", "も", "および", "と、")
"""What stands between two choices that are named as one answer."""
_ROW = ("、", ",", "・", ", ")
"""What stands between choices that are named one after the other."""


def _chosen(s: str, text: str, sentence: Sentence, choices: Mapping[str, str]) -> Iterator[Found]:
    """The choices that a sentence names, by label, by text, or by both."""
    start, end = sentence.start, sentence.end
    marked = start + (marker_end(s[start:end]) or end - start)
    taken: list[tuple[int, int, str]] = []
    for at, stop, label in _named(s, start, end, marked, choices):
        if not any(a < stop and at < b for a, b, _ in taken):
            taken.append((at, stop, label))
    named: list[tuple[int, int, str, int]] = []  # and where it ends with its text: C) 円柱
    for at, stop, label in sorted(taken):
        if named and named[-1][2] == label and at - named[-1][3] <= 4:
            named[-1] = *named[-1][:3], stop
        else:
            named.append((at, stop, label, stop))
    between = [s[a[3] : b[0]].strip("「『」』*()") for a, b in itertools.pairwise(named)]
    between = ["", *between, ""]  # two choices
    for i, (at, stop, label, _) in enumerate(named):
        glues = set(between[i : i + 2])
        in_row = not glues.isdisjoint(_ROW)
        of_all = in_row and _CHOICE["of_all"].search(s, stop, end) is not None
        together = of_all or not glues.isdisjoint(_TOGETHER)
        evidence = {
            "in_row": in_row,
            "marked": at >= marked,
            "boxed": "boxed" in s[max(start, at - 24) : at],
            "alternative": together or is_alternative(s, at, stop, start),
        }
        hows = tuple(name for name, holds in evidence.items() if holds)
        yield Value.said("choice", label, (at, stop), text), hows


def _named(
    s: str, start: int, end: int, marked: int, choices: Mapping[str, str]
) -> Iterator[tuple[int, int, str]]:
    """Where choices are named, the surest first: from, to, and label."""
    for label, body in sorted(choices.items(), key=lambda pair: -len(pair[1])):
        for at, stop in places(s, body, start, end):
            # a word of its own: not 車 in 車輪, 東 in 東京, 円 in 円柱
            part = glued(s[at - 1 : at], s[at]) or glued(s[stop - 1], s[stop : stop + 1])
            if stop - at > 2 or not part:
                yield at, stop, label
    for quoted in _CHOICE["quoted"].finditer(s, start, end):
        holding = [label for label, body in choices.items() if quoted[1] in body]
        if len(holding) == 1:
            yield *quoted.span(1), holding[0]
    for label in choices:
        for at in _label_places(s, label, start, end, marked):
            yield at, at + len(label), label


def _label_places(s: str, label: str, start: int, end: int, marked: int) -> Iterator[int]:
    names = [label]
    if label.isdecimal() and 1 <= int(label) <= 20:
        names.append(chr(0x245F + int(label)))
    elif label.isascii():
        names.append(label.lower())
    for name in names:
        plain = name.isascii() and not name.isupper()
        for at, stop in places(s, name, start, end):
            before, after = s[max(start, at - 6) : at], s[stop : min(end, stop + 3)]
            clear = not any(c.isascii() and c.isalnum() for c in before[-1:] + after[:1])
            numbered = name.isdecimal() and after.startswith("番")
            likely = not plain or numbered or at == marked or _CHOICE["before"].search(before)
            if clear and likely and not glued(before[-1:], name) and _CHOICE["after"].match(after):
                yield at
