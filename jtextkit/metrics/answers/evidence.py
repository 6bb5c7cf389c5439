"""What speaks for a candidate, and what against it: evidence, each piece with a name.

Nothing here knows what a piece is worth: ``weights.json`` does, by its name.
"""

from collections.abc import Iterable

from jtextkit.metrics.answers.patterns import PATTERNS
from jtextkit.metrics.discourse import Discourse
from jtextkit.metrics.quantities.values import Value

_AROUND = PATTERNS["around"]
_SEARCHES = {
    place: [
        (name, pattern.search if place == "says" else pattern.match)
        for name, pattern in rows.items()
    ]
    for place, rows in PATTERNS.items()
}
ADDS = frozenset({"extends", "hypothesis", "example", "aside", "adds"})
"""Evidence that a sentence only adds to what was said, or supposes something else."""
_NEXT_QUESTION = ("質問:", "問題:", "問:", "Q:", "Question:", "User:", "ユーザー:")
"""How a model begins that, its answer given, goes on with another question."""
_CLOSERS = frozenset("」』）)*_`'’\"”]}$\\】》> \u3000\n\t\r")
_OR = ("または", "もしくは", "あるいは", "又は", "とも", "、か")
_OPENERS = ' \u3000*_「『（([$`"“【\\{'
_LEADS = {
    "は": "after_topic", "が": "after_ga", "も": "after_mo", ":": "after_colon", "=": "after_equals",
    "、": "after_comma", "→": "after_arrow", "⇒": "after_arrow", "≈": "after_equals", "≒": "after_equals",
    "で": "after_de", "と": "after_and", **dict.fromkeys("+-×÷*/", "after_operator"),
}  # fmt: skip
_MAX_SAID = 400
_LOOP, _LOOPS, _LATELY = 16, 4, 20
"""Characters of the end that were said so often just before, or sentences: the text runs in circles."""
_SIDE_ROLES = ("thinking", "check", "note", "question", "offer")


def tell(here: set[str], **evidence: bool) -> set[str]:
    """Add the names of what holds."""
    here.update([name for name, holds in evidence.items() if holds])
    return here


def _matched(place: str, said: str) -> list[str]:
    return [name for name, search in _SEARCHES[place] if search(said)]


def sentence_evidence(found: Discourse, folded: str, wanted: Iterable[int]) -> dict[int, set[str]]:
    """For each of these sentences, what holds for every candidate in it."""
    sentences, lines = found.sentences, found.lines
    said = [folded[one.start : one.end][:_MAX_SAID] for one in sentences]
    main = [i for i, one in enumerate(sentences) if one.role not in _SIDE_ROLES]
    main = main or [i for i, one in enumerate(sentences) if one.role != "thinking"] or [0]
    while len(main) > 1 and PATTERNS["says"]["adds"].search(said[main[-1]]):
        main.pop()
    first, last = main[0], main[-1]
    refused = next((i for i, one in enumerate(sentences) if one.role == "refusal"), len(sentences))
    asks = (i for i in range(1, len(sentences)) if said[i].startswith(_NEXT_QUESTION))
    asked_again = next(asks, len(sentences))
    out: dict[int, set[str]] = {}
    for i in wanted:
        one, here = sentences[i], set(_matched("says", said[i]))
        line = lines[one.line]
        # a step that ends the text is its result
        role = "statement" if one.role == "step" and i == last else one.role
        here.update((f"in_{role}", f"in_{line.block}"))
        tell(
            here,
            first_sentence=i == first and not found.start,
            first_line=one.line == sentences[first].line and not found.start,
            last_sentence=i == last,
            last_line=one.line == sentences[last].line,
            after_refusal=i > refused,
            next_question=i >= asked_again,
            supposed=i > refused and "supposes" in here,
        )
        if line.section:
            here.add(f"under_{line.section}")
        if i + 1 < len(sentences):
            after = lines[sentences[i + 1].line]
            breakdown = sentences[i + 1].role == "breakdown"
            here.update(_matched("next", said[i + 1]))
            tell(here, explained_after=breakdown or (i == first and after.block == "item"))
        out[i] = here
    return out


def surroundings(folded: str, value: Value, start: int, end: int) -> set[str]:
    """What the characters right before and behind a value say."""
    a, b = value.span
    if value.direction in ("後", "前") and folded[b : b + 1] in "後前":
        b += 1  # 3年後ではありません
    behind = _behind_closers(folded, b, end)
    close = folded.find(")", behind, min(end, behind + 40))
    if close > 0 and folded[behind] == "(":
        behind = _behind_closers(folded, close + 1, end)
    here = {name for name, match in _SEARCHES["behind"] if match(folded, behind, end)}
    if value.kind == "text":
        here.discard("operand")  # 警部補 - 4番目
    at = a
    while at > start and folded[at - 1] in _OPENERS and not folded.startswith(" * ", at - 2):
        at -= 1
    here.add("begins" if at == start else _LEADS.get(folded[at - 1], "after_other"))
    begins = "begins" in here
    if value.kind != "truth" and (lands := _AROUND["land"].findall(folded, start, a)):
        here.add("of_japan" if lands[-1] == "日本" else "of_abroad")
    opening = folded.rfind("(", start, a)
    inside = opening >= 0 and folded.rfind(")", start, a) < opening
    tell(
        here,
        alternative=folded.endswith(_OR, start, at),
        whole=begins and "ends" in here,
        whole_sentence=begins
        and "ends" not in here
        and _AROUND["polite_end"].match(folded, behind, end) is not None,
        in_parentheses=inside and not folded.endswith(("\\", "年"), start, opening),
        quoted=a > start and folded[a - 1] in "「『",
    )
    if folded[a - 2 : a] == "**" or folded[b : b + 2] == "**":
        here.add("in_bold" if folded.find("**", b, end) >= 0 else "cut_off")
    return here


def _behind_closers(folded: str, at: int, end: int) -> int:
    while at < end and folded[at] in _CLOSERS and not folded.startswith(" * ", at - 1):
        at += 1
    return at


def silence(found: Discourse, folded: str, number: int) -> set[str]:
    """What speaks for there being no answer at all."""
    shown = [one for one in found.sentences if one.role != "thinking"]
    if not shown:
        return {"no_answer"}
    refusals = [one.role == "refusal" for one in shown]
    last = shown[-1]
    cut = _AROUND["breaks_off"].search(folded, max(0, last.end - 12), last.end) is not None
    cut = cut and found.lines[last.line].block != "heading"
    meant = [one for one in shown if one.role != "offer"] or shown
    tail = folded[shown[-min(3, len(shown))].start : last.end]
    meant_tail = folded[meant[-min(3, len(meant))].start : meant[-1].end]
    late = shown[-_LATELY:] if len(shown) > _LATELY else []
    long = [one[:2] for one in late if one.end - one.start > _LOOP]
    lately = [folded[a:b] for a, b in long]
    again = max(map(lately.count, lately), default=0) >= _LOOPS - 1
    end = folded[max(0, last.end - _LOOP) : last.end]
    repeats = folded.count(end, max(0, last.end - 30 * _LOOP), last.end)
    return tell(
        set(),
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
        loops=again or (len(end) == _LOOP and repeats >= _LOOPS),
        many_candidates=number > 12,
        one_candidate=number == 1,
    )
