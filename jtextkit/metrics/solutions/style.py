"""Is a solution written as 算数 is: numbered steps, no algebra, one answer line with its unit?

Two profiles, because grade 6 introduces letters as placeholders:

===========  ==============================================================================
``strict``   as for the entrance of a middle school: □ △ ○ and circled ① only
``grade6``   the same, but the letters a and x may stand for a number
===========  ==============================================================================

Both forbid LaTeX, 方程式 and its words (連立, 移項, …), roots and negative numbers; both want steps
numbered in order, one line with the answer at the end, and a unit with it where the question asks
for a quantity. Letters that are units (m, 2a of a field), names (Aさん), points and figures (点P,
三角形ABC, 辺AB), places (A地点) and titles of columns are no unknowns.

Style is never correctness: what is forbidden here may be right.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from jtextkit.core.registry import Registry
from jtextkit.metrics.answers import Extraction, Value
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.solutions.findings import Lines


def _table(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


METHODS = dict(_table("methods.tsv"))
"""The methods by name, with what gives them away where they are not named."""

_NAMES = {
    "濃度": "濃度算", "損益": "損益算", "比例配分": "比と割合", "過不足": "過不足算",
    "鶴亀算": "つるかめ算", "ツルカメ算": "つるかめ算", "差集算": "差集め算", "平均": "平均算",
}  # fmt: skip
_SIGNS = {name: re.compile(sign) for name, sign in METHODS.items()}
_NAMED = re.compile(rf"{'|'.join(METHODS)}|鶴亀算|ツルカメ算|差集算")
# Words of the everyday, too: a solution that says 場合の数 may still be a 集合算.
_PLAIN = frozenset({"場合の数", "比と割合", "平面図形の面積"})
_LONGEST = 20_000


def methods_of(problem: str, solution: str) -> tuple[str, ...]:
    """The methods, named ones alone where there are any; otherwise those that words give away.

    >>> methods_of("", "旅人算で考えると、2人は5分後に出会います。")
    ('旅人算',)
    """
    text = f"{problem[:_LONGEST]}\n{solution[:_LONGEST]}"
    named = {_NAMES.get(found, found) for found in _NAMED.findall(text)}
    if not named - _PLAIN:
        named |= {name for name, sign in _SIGNS.items() if sign.search(text)}
    return tuple(name for name in METHODS if name in named)


_RULES = _table("style.tsv")
RULES = {rule: what for rule, what, _ in _RULES if what}
"""What a profile may forbid, with what it means."""
_PATTERNS = {name: re.compile(pattern, re.MULTILINE) for name, _, pattern in _RULES if pattern}
_FORBIDDEN = ("latex", "algebra", "root")  # wherever they stand


@dataclass(frozen=True, slots=True)
class Style:
    """A profile: the letters that may stand for a number."""

    name: str
    letters: frozenset[str]


STYLES: Registry[Style] = Registry("style")
"""The profiles by name."""
STYLES.register("strict", Style("strict", frozenset()))
STYLES.register("grade6", Style("grade6", frozenset("ax")))


@dataclass(frozen=True, slots=True)
class StyleFinding:
    """A rule of a profile that a solution breaks: which, on which line (from 1), by what."""

    rule: str
    line: int
    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


Broken: TypeAlias = tuple[str, tuple[int, int]]

_UNIT_LETTERS = frozenset("mgLlts")
_SIGNED = re.compile(r"[=+\-×÷*/<>≦≧]")
_NUMBERS = frozenset({"integer", "decimal", "fraction", "mixed"})
_CIRCLED_ONE = ord("①")


def judge_style(
    solution: str,
    values: list[Value],
    stated: Extraction,
    style: str,
    *,
    unit_expected: bool = True,
) -> Iterator[StyleFinding]:
    """What the profile called ``style`` finds in a solution, in the order of the rules.

    Args:
        solution: the text.
        values: its values, found before.
        stated: its answer, found before.
        style: ``strict`` or ``grade6``.
        unit_expected: whether the question asks for a quantity.

    Raises:
        UsageError: there is no such profile.
    """
    lines, folded = Lines(solution), fold(solution)
    spans = {rule: _spans(rule, folded) for rule in _FORBIDDEN}
    spans["unknown"] = _unknowns(folded, values, STYLES[style].letters)
    spans["negative"] = _negatives(folded, values)
    broken = [(rule, span) for rule in RULES for span in spans.get(rule, ())]
    more = _answer(folded, stated, unit_expected=unit_expected)
    for rule, span in (*broken, *_steps(folded), *more):
        found = lines.finding(rule, *span)
        yield StyleFinding(rule, found.line, found.start, found.end, found.text)


def _spans(name: str, folded: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _PATTERNS[name].finditer(folded))


def has_answer_line(folded: str, values: list[Value]) -> bool:
    """Whether a value stands on a line that begins with 答え."""
    starts = [value.span[0] for value in values]
    for _, end in _spans("no-answer-line", folded):
        index, stop = bisect_left(starts, end), folded.find("\n", end)
        if index < len(starts) and (stop < 0 or starts[index] < stop):
            return True
    return False


def asks_for_quantity(problem: str) -> bool:
    """Whether a problem's question asks for something that has a unit.

    >>> asks_for_quantity("りんごは何個ですか。"), asks_for_quantity("ある数はいくつですか。")
    (True, False)
    """
    question = problem.rstrip("。\n ").rpartition("。")[2]
    return _PATTERNS["asks-number"].search(question) is None


def _unknowns(
    folded: str, values: list[Value], allowed: frozenset[str]
) -> Iterator[tuple[int, int]]:
    starts = [value.span[0] for value in values]
    for match in _PATTERNS["unknown"].finditer(folded):
        at = match.start()
        index = bisect_left(starts, at + 1) - 1
        if index >= 0 and values[index].span[1] > at:
            continue  # a unit
        letter = match.group()
        beside = folded[at - 1 : at].isdigit() or folded[max(0, at - 1) : at] == "("
        if letter in _UNIT_LETTERS and (beside or folded[at + 1 : at + 2] in ("²", "³")):
            continue  # of a number that is no value by itself: A19g; of a result: (m²)
        if letter.lower() in allowed or _is_name(folded, at, letter):
            continue
        yield match.span()


def _is_name(folded: str, at: int, letter: str) -> bool:
    before, behind = folded[max(0, at - 6) : at], folded[at + 1 : at + 5]
    if _PATTERNS["before-name"].search(before):
        return True
    near = (before.rstrip(" ")[-1:] or "\n") + (behind.lstrip(" ")[:1] or "\n")
    signed = _SIGNED.search(near) is not None or before[-1:].isdigit() or behind[:1].isdigit()
    if letter in "xX" and before.rstrip(" ")[-1:].isdigit() and behind.lstrip(" ")[:1].isdigit():
        return True  # 3 x 4
    if letter.lower() in "xyz":
        return (
            _PATTERNS["behind-name"].match(behind) is not None and letter.isupper() and not signed
        )
    if letter.isupper():
        # A＋B＝24 is a way to write sums with names; 2A or A÷3 is reckoned with.
        return not before[-1:].isdigit()
    return not signed and not before[-1:].isdigit()


def _negatives(folded: str, values: list[Value]) -> Iterator[tuple[int, int]]:
    for value in values:
        start, end = value.span
        before = folded[max(0, start - 9) : start].rstrip(" ")[-1:]
        if folded[start] == "-" and isinstance(value.value, Fraction) and before in "=(、,:はが\n":
            yield start, end
    yield from _spans("negative", folded)


def _steps(folded: str) -> Iterator[Broken]:
    found = []
    for match in _PATTERNS["no-steps"].finditer(folded):
        digits = match["named"] or match["dotted"] or match["bracketed"]
        number = int(digits) if digits else ord(match["circled"]) - _CIRCLED_ONE + 1
        found.append((number, match.span()))
    if not found:
        yield "no-steps", (0, 0)
    for wanted, (number, span) in enumerate(found, start=1):
        if number != wanted:
            yield "steps-order", span
            return


def _answer(folded: str, stated: Extraction, *, unit_expected: bool) -> Iterator[Broken]:
    found = list(_spans("no-answer-line", folded))
    if not found:
        yield "no-answer-line", (len(folded), len(folded))
    elif len(found) > 1:
        yield "answer-lines", found[1]
    else:
        line_end = folded.find("\n", found[0][1])
        if line_end >= 0 and folded[line_end:].strip():
            yield "answer-not-at-end", (line_end + 1, len(folded))
    value = stated.value
    bare = value is not None and value.unit is None and value.kind in _NUMBERS
    if bare and unit_expected and stated.span:
        yield "no-unit", stated.span
