"""What speaks for a candidate, and what against it: evidence, each piece with a name.

Nothing here knows what a piece is worth: ``weights.json`` does, by its name. Evidence comes from four places: the sentence, the words around the candidate, the other
candidates, and what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jtextkit.metrics.answers.candidates import Candidate
from jtextkit.metrics.answers.patterns import PATTERNS
from jtextkit.metrics.discourse import Discourse

_ADDS = re.compile(r"(?:もし|仮に|このとき|そのとき|1週間|もう一方|[(（][^()（）]*[)）]$)")
"""How a sentence begins that adds to what was said before it."""
_SUPPOSES = re.compile("(?:この|その)場合|例えば|たとえば|仮に|もし")
"""How a sentence begins that says, behind a refusal, what would be if more were known."""
_NEXT_QUESTION = ("質問:", "問題:", "問:", "Q:", "Question:", "User:", "ユーザー:")
"""How a model begins that, its answer given, goes on with another question."""
_BREAKS_OFF = re.compile(r"(?:[はがをにへとのや、,]|[^です]で|から|まで|[+×÷(「『])$")
"""How a text ends that was cut off in the middle of a sentence."""
_POLITE_END = re.compile(
    r"(?:です|でした|だ|である|(?:と|に)な(?:ります|る))(?:ね|よ)?[。.!！]*\s*$"
)
_CLOSERS = frozenset("」』）)*_`'’\"”]}$\\】》> \u3000\n\t\r")
_LAND = re.compile(
    r"日本|アメリカ|米国|イギリス|英国|ドイツ|フランス|中国|韓国|カナダ|他の国|外国|諸国|各国|海外|世界|多くの国|部の国"
)
"""A question asked in Japanese is about Japan, if it is about one country."""
_OR = ("または", "もしくは", "あるいは", "又は", "とも", "、か")
_OPENERS = ' \u3000*_「『（([$`"“【\\{'
_LEADS = {
    "は": "after_topic", "が": "after_ga", "も": "after_mo", ":": "after_colon", "=": "after_equals",
    "、": "after_comma", "→": "after_arrow", "⇒": "after_arrow", "≈": "after_equals", "≒": "after_equals",
    "で": "after_de", "と": "after_and", **dict.fromkeys("+-×÷*/", "after_operator"),
}  # fmt: skip
_MAX_SAID = 400
_LOOP, _LOOPS = 16, 4
_FAR, _ROUNDS = 60, 3
"""Characters at the end of a text that, said so often before, show that it ran in circles."""
_SIDE_ROLES = ("thinking", "check", "note", "question", "offer")


def holding(**evidence: bool) -> list[str]:
    """The names of what holds."""
    return [name for name, holds in evidence.items() if holds]


def _matched(place: str, said: str) -> list[str]:
    return [name for name, pattern in PATTERNS[place].items() if pattern.search(said)]


def sentence_evidence(
    found: Discourse, folded: str, wanted: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """For each of these sentences, what holds for every candidate in it."""
    sentences, lines = found.sentences, found.lines
    main = [i for i, one in enumerate(sentences) if one.role not in _SIDE_ROLES]
    main = main or [i for i, one in enumerate(sentences) if one.role != "thinking"] or [0]
    while len(main) > 1 and _ADDS.match(folded, sentences[main[-1]].start, sentences[main[-1]].end):
        main.pop()
    first, last = main[0], main[-1]
    refused = min(
        (i for i, one in enumerate(sentences) if one.role == "refusal"), default=len(sentences)
    )
    asks = (
        i for i in range(1, len(sentences)) if folded.startswith(_NEXT_QUESTION, sentences[i].start)
    )
    asked_again = next(asks, len(sentences))
    out: dict[int, tuple[str, ...]] = {}
    for i in wanted:
        one = sentences[i]
        line = lines[one.line]
        said = folded[one.start : min(one.end, one.start + _MAX_SAID)]
        # a step that ends the text is its result
        role = "statement" if one.role == "step" and i == last else one.role
        here = [f"in_{role}", f"in_{line.block}"]
        if line.section:
            here.append(f"under_{line.section}")
        here += holding(
            first_sentence=i == first and not found.start,
            first_line=one.line == sentences[first].line and not found.start,
            last_sentence=i == last,
            last_line=one.line == sentences[last].line,
            after_refusal=i > refused,
            next_question=i >= asked_again,
            supposed=i > refused and _SUPPOSES.match(said) is not None,
        )
        if i + 1 < len(sentences):
            after = sentences[i + 1]
            here += _matched("next", folded[after.start : min(after.end, after.start + _MAX_SAID)])
            listed = i == first and lines[after.line].block == "item"
            here += holding(explained_after=after.role == "breakdown" or listed)
        here += _matched("says", said)
        out[i] = tuple(here)
    return out


def surroundings(folded: str, candidate: Candidate, start: int, end: int) -> list[str]:
    """What the characters right before and behind a candidate say."""
    a, b = candidate.value.span
    if candidate.value.direction in ("後", "前") and folded[b : b + 1] in "後前":
        b += 1  # 3年後ではありません
    behind = _behind_closers(folded, b, end)
    close = folded.find(")", behind, min(end, behind + 40))
    if close > 0 and folded[behind] == "(":
        behind = _behind_closers(folded, close + 1, end)
    here = [
        name for name, pattern in PATTERNS["behind"].items() if pattern.match(folded, behind, end)
    ]
    at = a
    while at > start and folded[at - 1] in _OPENERS:
        at -= 1
    if folded.endswith(_OR, start, at):
        here.append("alternative")
    here.append("begins" if at == start else _LEADS.get(folded[at - 1], "after_other"))
    if "ends" in here and "begins" in here:
        here.append("whole")
    elif "begins" in here and _POLITE_END.match(folded, behind, end):
        here.append("whole_sentence")
    if candidate.value.kind != "truth" and (lands := _LAND.findall(folded, start, a)):
        here.append("of_japan" if lands[-1] == "日本" else "of_abroad")
    opening = folded.rfind("(", start, a)
    inside = opening >= 0 and folded.rfind(")", start, a) < opening
    here += holding(
        in_parentheses=inside and not folded.endswith(("\\", "年"), start, opening),
        quoted=a > start and folded[a - 1] in "「『",
    )
    if folded[a - 2 : a] == "**" or folded[b : b + 2] == "**":
        here.append("in_bold" if folded.find("**", b, end) >= 0 else "cut_off")
    return here


def _behind_closers(folded: str, at: int, end: int) -> int:
    while at < end and folded[at] in _CLOSERS:
        at += 1
    return at


def silence(found: Discourse, folded: str, number: int) -> list[str]:
    """What speaks for there being no answer at all."""
    shown = [one for one in found.sentences if one.role != "thinking"]
    if not shown:
        return ["no_answer"]
    refusals = [one.role == "refusal" for one in shown]
    last = shown[-1]
    cut = _BREAKS_OFF.search(folded, max(0, last.end - 12), last.end) is not None
    cut = cut and found.lines[last.line].block != "heading"
    meant = [one for one in shown if one.role != "offer"] or shown
    tail = folded[shown[-min(3, len(shown))].start : last.end]
    meant_tail = folded[meant[-min(3, len(meant))].start : meant[-1].end]
    end = folded[max(0, last.end - _LOOP) : last.end]
    repeats = folded.count(end, max(0, last.end - 30 * _LOOP), last.end)
    return holding(
        no_answer=True,
        refuses_late=any(refusals[-4:]),
        refuses_first=refusals[0],
        refuses=any(refusals),
        breaks_off=cut,
        breaks_off_long=cut and len(shown) > 12,
        left_open=bool(PATTERNS["says"]["open_end"].search(tail)),
        undecided=bool(PATTERNS["says"]["undecided"].search(meant_tail)),
        hedged_end=bool(PATTERNS["says"]["hedged"].search(tail)),
        ends_in_question=last.role == "question",
        loops_far=last.end > _FAR * _ROUNDS
        and folded.count(folded[last.end - _FAR : last.end]) >= _ROUNDS,
        loops=len(end) == _LOOP and repeats >= _LOOPS,
        many_candidates=number > 12,
        one_candidate=number == 1,
    )
