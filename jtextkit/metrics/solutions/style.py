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

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from jtextkit.core.registry import Registry
from jtextkit.metrics.answers import Extraction, Value, find_values
from jtextkit.metrics.patterns import compiled, table
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.solutions.findings import place_of

METHODS = compiled(table(__file__, "methods.tsv"))
"""The methods by name, with what gives them away where they are not named."""

_NAMES = {"鶴亀算": "つるかめ算", "ツルカメ算": "つるかめ算", "差集算": "差集め算"}
_NAMED = re.compile("|".join((*METHODS, *_NAMES)))
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
        named |= {name for name, sign in METHODS.items() if sign.search(text)}
    return tuple(name for name in METHODS if name in named)


_RULES = table(__file__, "style.tsv")
RULES = {rule: what for rule, what, _ in _RULES if what}
"""What a profile may forbid, with what it means."""
_PATTERNS = compiled(row for row in _RULES if row[-1])


STYLES: Registry[frozenset[str]] = Registry("style")
"""The profiles by name: for each the letters that may stand for a number."""
STYLES.register("strict", frozenset())
STYLES.register("grade6", frozenset("ax"))


@dataclass(frozen=True, slots=True)
class StyleFinding:
    """A rule of a profile that a solution breaks: which, on which line (from 1), by what."""

    rule: str
    line: int
    start: int
    end: int
    text: str


Span: TypeAlias = tuple[int, int]

_NUMBERS = frozenset({"integer", "decimal", "fraction", "mixed"})


def judge_style(
    solution: str,
    values: list[Value],
    stated: Extraction,
    style: str,
    problem: str,
    golds: list[str] | None,
) -> Iterator[StyleFinding]:
    """What the profile called ``style`` finds in a solution, in the order of the rules.

    Its values and its answer (``stated``) were found before. The answer wants a unit where the
    references (``golds``) have one; where there are none, if the problem asks for a quantity.
    """
    folded = fold(solution)
    spans = {rule: _spans(rule, folded) for rule in ("latex", "algebra", "root", "negative")}
    spans["unknown"] = _unknowns(folded, values, STYLES[style])
    broken = ((rule, span) for rule in RULES for span in spans.get(rule, ()))
    unit_expected = not problem or asks_for_quantity(problem)
    if golds is not None:
        unit_expected = any(one.unit is not None for gold in golds for one in find_values(gold))
    answered = _answer(folded, stated, unit_expected=unit_expected)
    for rule, span in (*broken, *_steps(folded), *answered):
        yield StyleFinding(rule, *place_of(solution, *span))


def _spans(name: str, folded: str) -> Iterator[Span]:
    return (match.span() for match in _PATTERNS[name].finditer(folded))


def asks_for_quantity(problem: str) -> bool:
    """Whether a problem's question asks for something that has a unit.

    >>> asks_for_quantity("りんごは何個ですか。"), asks_for_quantity("ある数はいくつですか。")
    (True, False)
    """
    question = problem.rstrip("。\n ").rpartition("。")[2]
    return _PATTERNS["asks-number"].search(question) is None


def _unknowns(folded: str, values: list[Value], allowed: frozenset[str]) -> Iterator[Span]:
    starts = [value.span[0] for value in values]
    for match in _PATTERNS["unknown"].finditer(folded):
        at, letter = match.start(), match[0]
        index = bisect_left(starts, at + 1) - 1
        a_unit = index >= 0 and values[index].span[1] > at
        if not (a_unit or letter.lower() in allowed or _is_name(folded, at, letter)):
            yield match.span()


def _is_name(folded: str, at: int, letter: str) -> bool:
    """Whether a letter that belongs to no value is a unit or a name, and stands for no number."""
    before, behind = folded[max(0, at - 6) : at], folded[at + 1 : at + 5]
    left, right = before.rstrip(" ")[-1:], behind.lstrip(" ")[:1]
    counted = before[-1:].isdigit()
    if letter in "mgLlts" and (counted or before[-1:] == "(" or behind[:1] in ("²", "³")):
        return True  # of a number that is no value by itself: A19g; of a result: (m²)
    times = letter in "xX" and left.isdigit() and right.isdigit()  # 3 x 4
    if times or _PATTERNS["before-name"].search(before):
        return True
    signed = _PATTERNS["sign"].search(left + right) is not None or counted or behind[:1].isdigit()
    if letter.lower() in "xyz":
        named = _PATTERNS["behind-name"].match(behind) is not None
        return named and letter.isupper() and not signed
    # A＋B＝24 is a way to write sums with names; 2A or A÷3 is reckoned with.
    return not (counted if letter.isupper() else signed)


def _steps(folded: str) -> Iterator[tuple[str, Span]]:
    found = list(_PATTERNS["no-steps"].finditer(folded))
    if not found:
        yield "no-steps", (0, 0)
    for wanted, match in enumerate(found, start=1):
        written = match[str(match.lastgroup)]
        if (int(written) if written.isdecimal() else unicodedata.numeric(written)) != wanted:
            yield "steps-order", match.span()
            return


def _answer(folded: str, stated: Extraction, *, unit_expected: bool) -> Iterator[tuple[str, Span]]:
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
