"""Answers that are words: names and short spans where Japanese puts an answer, and はい or いいえ.

「最も古いのは松本城です」, 「松本城が最も古い」, 「**松本城**」, 「答え：松本城」, 「城の名前：松本城」; yes and no are
said outright, by a judgement (正しい, 誤り), or by stating or denying the matter.
"""

import re
from collections.abc import Iterator, Sequence

from jtextkit.metrics.answers.patterns import PATTERNS
from jtextkit.metrics.discourse import Sentence
from jtextkit.metrics.quantities.values import Value

Found = tuple[Value, tuple[str, ...]]
"""A value in its place, and the evidence that finding it there gave."""

_PARENTHESES = re.compile(r"\([^()]*\)[*」』】。 ]*$")
_EDGE = " \u3000*_「」『』【】()（）。、.,:：`\"'"
_NOT_A_NAME = PATTERNS["around"]["no_name"]
_PLACE_END = "県都府道市区町村国郡人日語"


def names_in(
    s: str, text: str, sentence: Sentence, golds: Sequence[str], *, person: bool = False
) -> Iterator[Found]:
    """The names of a sentence in such places; and every mention of a gold name, wherever it is.

    A place that holds more than the gold name (警視正（けいしせい）, 長野県松本市) counts as the name.
    """
    start, end = sentence.start, sentence.end
    line = s[start:end]
    numbers = any(gold[:1].isdigit() for gold in golds)
    found: dict[tuple[int, int], list[str]] = {}
    named: dict[tuple[int, int], str] = {}
    for gold in golds:
        for at, stop in _mentions(line, gold, person=person):
            first, last = line[at], line[stop - 1]
            within = at > 0 and glued(line[at - 1], first)  # not 警視 in 警視総監
            if not within and (last in _PLACE_END or not glued(last, line[stop : stop + 1])):
                found[at, stop] = []
                named[at, stop] = gold
    for how, slot in PATTERNS["slot"].items():
        for match in slot.finditer(line):
            a, b = match.span(1)
            if _cuts_quotation(line, a, b):
                continue
            held = (
                found[x, y]
                for x, y in named
                if a <= x and y <= b and (b <= a + y - x + 8 or "は" in line[a:x])
            )
            if (said := next(held, None)) is not None:
                said.append(how)
                continue
            a, b = _trimmed(line, max(a, line.rfind("は", a, b) + 1), b)
            counts = line[a:b][:1].isdigit() and not numbers
            if a < b and not counts and not _NOT_A_NAME.search(line, a, b):
                found.setdefault((a, b), []).append(how)
    for (a, b), how_found in sorted(found.items()):
        span = (start + a, start + b)
        value = Value.said("text", named.get((a, b), line[a:b]), span, text)
        if is_alternative(s, *span, start):
            how_found.append("alternative")
        yield value, tuple(how_found)


def _mentions(line: str, gold: str, *, person: bool) -> Iterator[tuple[int, int]]:
    """Where a name stands, also as 夏目 漱石 for 夏目漱石, and a foreign one by its last part."""
    last = gold.rpartition("・")[2]
    if last == gold and person and len(gold) > 3:
        last = gold[2:]  # 漱石 for 夏目漱石
    if not gold or not (gold in line or " " in line or last in line):
        return
    whole = " ?・? ?".join(re.escape(letter) for letter in gold.replace("・", "").replace(" ", ""))
    alone = rf"|(?<![ァ-ヺー・]){re.escape(last)}(?![ァ-ヺー・])" if last != gold else ""
    for match in re.finditer(whole + alone, line):
        yield match.span()


def _cuts_quotation(line: str, a: int, b: int) -> bool:
    """Whether a stretch is a part of what stands in quotation marks: 猫 in 『吾輩は猫である』."""
    opened, closed = (max(line.rfind(mark, 0, a) for mark in marks) for marks in ("「『(", "」』)"))
    whole = not line[opened + 1 : a].strip("* ") and line[b:].lstrip("* ")[:1] in ("」", "』", ")")
    return opened > closed and not whole


def _trimmed(line: str, a: int, b: int) -> tuple[int, int]:
    if tail := _PARENTHESES.search(line, a, b):
        b = tail.start()
    while a < b and line[a] in _EDGE:
        a += 1
    while a < b and line[b - 1] in _EDGE:
        b -= 1
    return a, b


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


_EDGES = " \u3000*_「『【(（\"'`"
_STOPS = ("", *"、。,.!！*（(）)」』 \n:")
_TRUTH = PATTERNS["truth"]


def polarity_of(s: str, text: str, sentence: Sentence) -> Iterator[Found]:
    """What a sentence says to a yes-no question: at most its first word and its last predicate."""
    start, end = sentence.start, sentence.end
    at = start
    while at < end and s[at] in _EDGES:
        at += 1
    for word in _TRUTH["outright"].finditer(s, at, end):
        first, before, behind = word.start() == at, s[word.start() - 1], s[word.end() : end][:1]
        if first and s.startswith(("、とは", "とは"), word.end()):
            return  # 「いいえ、とは言い切れません」
        if s.startswith("ではな", word.end()):
            continue  # 「いいえ」ではなく
        stops = behind in _STOPS or s.startswith(("です", "で、"), word.end())
        if stops if first else before in "「『*:はが、 (【{" and behind in "」』*。、】)}で":
            yield Value.said("truth", word["yes"] is not None, word.span(), text), ("outright",)
            if _TRUTH["no_more"].match(s[word.end() : end]):
                return
            at = word.end() if first else at
            break
    if tail := _PARENTHESES.search(s, at, end):
        end = max(tail.start(), at)
    if denied := _TRUTH["denied_before"].search(s, at, end):
        yield Value.said("truth", value=False, span=denied.span(), text=text), ("denied_before",)
    last = s.rfind("、", at, end) + 1
    maybe = ("possibly",) if _TRUTH["possibly"].search(s, last or at, end) else ()
    judged = next(reversed(list(_TRUTH["judged"].finditer(s, at, end))), None)
    denial = _TRUTH["denied_matter"].search(s, judged.end() if judged else max(at, end - 18), end)
    if judged is not None and judged.start() >= min(last or at, end - 24):
        holds = (judged["wrong"] is None) == (denial is None)
        span, how = (judged.start(), (denial or judged).end()), "judged"
    elif denial is not None:  # 「違うわけではありません」 denies twice
        again = re.match("い?(?:とは|わけ)", s[denial.end() : end])
        holds = (
            again is not None and _TRUTH["denied_matter"].search(s, denial.end(), end) is not None
        )
        span, how = denial.span(), "denied_matter"
    elif end - at >= 4 and _affirms(s[at:end]):
        holds, span, how = True, (max(at, end - 6), end), "stated_matter"
    else:
        return
    yield Value.said("truth", holds, span, text), (how, *maybe)


def _affirms(said: str) -> bool:
    return _TRUTH["stated_matter"].search(said) is not None and not _TRUTH["beside"].search(said)
