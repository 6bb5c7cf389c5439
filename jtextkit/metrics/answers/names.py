"""Names and short spans in the places where Japanese puts an answer.

「最も古いのは松本城です」, 「松本城が最も古い」, 「**松本城**」, 「答え：松本城」, 「城の名前：松本城」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jtextkit.metrics.discourse import Sentence
from jtextkit.metrics.quantities.values import Value

_NAME = r"[^\s。、,は:()「」『』【】*]{1,24}?"
_SLOTS = {
    "bold": re.compile(r"\*\*「?([^*\n]{1,40}?)」?\*\*"),
    "quoted": re.compile(r"[「『]([^「」『』\n]{1,40})[」』]"),
    "copula": re.compile(
        rf"(?:は|が|、|:|\bis) ?[*「『]*({_NAME})[*」』]*(?: ?\([^()]*\))?[*」』]*"
        r"(?:です|でした|であり|で、|である|だ。|だと|になり|となり|に(?:あ|位置|所在)|と呼ば|といい|という|。|,|$)"
    ),
    "subject": re.compile(rf"(?:^|、|は) ?[*「『]*({_NAME})[*」』]*(?:が|こそ)(?!.*は)"),
    "field": re.compile(r"^[^:。\n]{1,20}: ?[*「『]*([^。\n:*]{1,30})"),
    "marked": re.compile(
        r"(?:答え?|こたえ|正解|解答|回答|結論|[Aa]nswer(?: is)?)[*】」)]* ?(?:は|が|[:=→])?[ *「『【]*([^\s。、は()「」『』*:]{1,30}?)"
        r"[*」』】]*(?:です|だ|である|でした|となり|になり|[。(、.]|$)"
    ),
    "whole": re.compile(r"^[*「『【 ]*([^。、:は\n]{1,30}?)[*」』】 ]*(?:です|だ|である)?[。.!]?$"),
}
_PARENTHESES = re.compile(r"\([^()]*\)[*」』】 ]*$")
_EDGE = " \u3000*_「」『』【】()（）。、.,:：`\"'"
_NOT_A_NAME = re.compile(
    r"以下|次の|上記|下記|それ|これ|この|その|通り|とおり|ため|から|ので|こと|もの|よう|可能性|理由|場合|です|ます|ください|した|する|しい$|ない$"
)
_PLACE_END = "県都府道市区町村国郡人日語"


def names_in(
    s: str, text: str, sentence: Sentence, golds: Sequence[str]
) -> Iterator[tuple[Value, tuple[str, ...]]]:
    """The names of a sentence in such places; and every mention of a gold name, wherever it is.

    A place that holds more than the gold name (警視正（けいしせい）, 長野県松本市) counts as the name.
    """
    start, end = sentence.start, sentence.end
    line = s[start:end]
    numbers = any(gold[:1].isdigit() for gold in golds)
    found: dict[tuple[int, int], list[str]] = {}
    for gold in golds:
        for at, stop in places(line, gold, 0, len(line)):
            if _is_word(line, at, stop):
                found[at, stop] = ["mentioned"]
    for how, slot in _SLOTS.items():
        for match in slot.finditer(line):
            a, b = match.span(1)
            held = (
                said
                for (x, y), said in found.items()
                if a <= x
                and y <= b
                and "mentioned" in said
                and (b <= a + y - x + 8 or "は" in line[a:x])
            )
            if said := next(held, None):
                said.append(how)
                continue
            a, b = _trimmed(line, max(a, line.rfind("は", a, b) + 1), b)
            counts = line[a:b][:1].isdigit() and not numbers
            if a < b and not counts and not _NOT_A_NAME.search(line, a, b):
                found.setdefault((a, b), []).append(how)
    for (a, b), how_found in sorted(found.items()):
        span = (start + a, start + b)
        value = Value("text", line[a:b], span, text[slice(*span)], form="text")
        if is_alternative(s, *span, start):
            how_found.append("alternative")
        yield value, tuple(dict.fromkeys(how_found))


def _trimmed(line: str, a: int, b: int) -> tuple[int, int]:
    if tail := _PARENTHESES.search(line, a, b):
        b = tail.start()
    while a < b and line[a] in _EDGE:
        a += 1
    while a < b and line[b - 1] in _EDGE:
        b -= 1
    return a, b


def _is_word(line: str, a: int, b: int) -> bool:
    """Whether the name is not a part of a longer one: 警視 in 警視総監."""
    if a and glued(line[a - 1], line[a]):
        return False
    return line[b - 1] in _PLACE_END or not glued(line[b - 1], line[b : b + 1])


def glued(x: str, y: str) -> bool:
    """Whether two characters side by side belong to one word: kanji, katakana, Latin."""
    if not x or not y:
        return False
    alike = any(low <= x <= high and low <= y <= high for low, high in ("一鿿", "ァヿ"))
    return alike or (x.isascii() and y.isascii() and x.isalnum() and y.isalnum())


def places(s: str, word: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a word stands in ``s[start:end]``, from and to; nowhere if it is empty."""
    at = s.find(word, start, end) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = s.find(word, at + len(word), end)


_OR = ("または", "もしくは", "あるいは", "又は", "か、", "か「")


def is_alternative(s: str, a: int, b: int, start: int) -> bool:
    """Whether 「または」 or the like stands beside ``s[a:b]``, of what begins at ``start``."""
    return s.startswith(_OR, b) or s.startswith(_OR, b + 1) or s.endswith(_OR, start, a)
