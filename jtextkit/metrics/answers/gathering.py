"""All candidates of a text with their evidence: what the weights are fitted on and applied to.

Evidence from beside a candidate is told here: what the other candidates say, and what is looked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from jtextkit.metrics.answers.asking import Asked, about, asked_by
from jtextkit.metrics.answers.candidates import Candidate, Key, Target, candidates_in, key_of
from jtextkit.metrics.answers.comparison import NEAR
from jtextkit.metrics.answers.evidence import ADDS, sentence_evidence, silence, surroundings, tell
from jtextkit.metrics.discourse import Discourse, segment
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import Unit
from jtextkit.metrics.quantities.values import Value

ASIDE_ROLES = ("thinking", "check", "note", "question", "offer", "breakdown", "refusal")
_STATED = frozenset({"picked", "marked", "reversed", "boxed", "bold", "in_bold"})
"""Evidence that a value is stated, beside what stands behind it."""
_TOPICAL = frozenset("はが:")
_CONCLUDING = ("conclusion", "answer")
_CLOSE = Fraction(1, 1000)


def _add_evidence(
    found: Discourse, folded: str, candidates: Sequence[Candidate], target: Target, asked: Asked
) -> None:
    """Tell every candidate what speaks for it and against it."""
    sentences = found.sentences
    whole = sentence_evidence(found, folded, {each.sentence for each in candidates})
    saying: dict[Key, set[int]] = {}  # sentences by what they say
    beside: dict[int, list[Candidate]] = {}  # candidates by their sentence
    for each in candidates:
        i = each.sentence
        each.evidence.update(whole[i], surroundings(folded, each.value, *sentences[i][:2]))
        saying.setdefault(each.key, set()).add(i)
        beside.setdefault(i, []).append(each)
    _compare_others(candidates)
    used, computed = _in_sums(candidates)
    last_conclusion = max((i for i in beside if sentences[i].role in _CONCLUDING), default=-1)
    main = (i for i in beside if sentences[i].role not in ASIDE_ROLES)
    last_main = max((i for i in main if ADDS.isdisjoint(whole[i])), default=-1)
    given = {key_of(value) for value in asked.given}
    for i, members in beside.items():
        varied = len({each.key for each in members}) > 1
        members.sort(key=lambda each: each.value.span)
        for a, b in itertools.pairwise(members):
            if a.key == b.key:  # 4/5または80％
                a.evidence.discard("alternative")
                b.evidence.discard("alternative")
        topical = _topical(folded, sentences[i].start, members)
        for each in members:
            here, end = each.evidence, each.value.span[1]
            others, bare = saying[each.key] - {i}, _bare(each.value)
            states = "copula" in here or "ends" in here
            shares = each in topical and folded.startswith("、", end)  # かめは6匹、つるは4匹です
            tell(
                here,
                only_one=not varied,
                first_topic=varied and each in topical[:1] and len(topical) > 1,
                said_twice=len(others) == 1,
                said_often=len(others) > 1,
                confirmed=i < last_main and last_main in others,
                concludes_last=i == last_conclusion,
                last_said=i == last_main,
                overtaken=i < last_main and last_main not in others,
                used_elsewhere=bool(used.get(bare, set()) - {i}),
                computed=bare in computed,
                states_first=states and "first_sentence" in here,
                in_passing=not (states or shares) and _STATED.isdisjoint(here),
                states_last=states and i == last_main,
                leads="explained_after" in here and "first_line" in here,
                last_clause=folded.find("、", end, sentences[i].end) < 0,
                given=each.key in given,
            )
            if asked.question:
                here.update(about(folded, each.value, sentences[i][:2], asked))
            here.update(_fit(each.value, target, asked))


def _topical(folded: str, start: int, members: list[Candidate]) -> list[Candidate]:
    """The candidates of a sentence that have topics of their own: Aは3個、Bは5個."""
    topical = []
    for each in members:
        if not _TOPICAL.isdisjoint(folded[start : each.value.span[0]]):
            topical.append(each)
        start = start if each.value.kind == "parts" else each.value.span[1]
    return topical


def _compare_others(candidates: Sequence[Candidate]) -> None:
    """What others make of a candidate: the only choice that none rules out, 約16.7% beside 1/6."""
    choices = [each for each in candidates if each.value.kind == "choice"]
    ruled_out = {each.value.value for each in choices if _ruled_out(each.evidence)}
    left = [each for each in choices if each.value.value not in ruled_out]
    if len({each.value.value for each in left}) == 1 < len(ruled_out):
        for each in left:
            each.evidence.add("left_over")
    exact = [each for each in candidates if each.value.form == "fraction"]
    for each in candidates if exact else ():
        if each.value.form == "decimal" and isinstance(each.value.value, Fraction):
            for one in exact:
                number = one.value.value
                if isinstance(number, Fraction) and 0 < abs(each.value.value - number) < _CLOSE:
                    each.evidence.add("approximates")
                    one.evidence.add("approximated")


def _ruled_out(evidence: set[str]) -> bool:
    alone = not evidence.isdisjoint(("subject", "after_colon", "begins"))
    return (alone and "eliminates" in evidence) or not evidence.isdisjoint(("denied", "in_row"))


def _in_sums(candidates: Sequence[Candidate]) -> tuple[dict[object, set[int]], set[object]]:
    """The numbers that sums go on with, each with the sentences that do, and those they come to."""
    used: dict[object, set[int]] = {}
    computed: set[object] = set()
    for each in candidates:
        if "in_check" in each.evidence:
            continue  # a check uses what was found
        if not each.evidence.isdisjoint(("operand", "after_operator")):
            used.setdefault(_bare(each.value), set()).add(each.sentence)
        elif "after_equals" in each.evidence:
            computed.add(_bare(each.value))
    return used, computed


def _bare(value: Value) -> object:
    """A number without its unit, as it stands in a calculation."""
    number = value.value if value.number is None else value.number
    if isinstance(number, Fraction):
        return number.numerator, number.denominator
    return key_of(value)


def _fit(value: Value, target: Target, asked: Asked) -> list[str]:
    no_year_asked = "何年" not in asked.question and all(g.unit != "年" for g in target.golds)
    here = ["a_year"] if value.unit == "年" and no_year_asked else []
    if not target.golds or target.wanted not in ("number", "calendar", "list"):
        return here
    readings = (target.golds[0], *target.golds[0].readings)
    gold = next((one for one in readings if one.kind == value.kind), readings[0])
    if value.form == "root":
        return ["unit_fits" if gold.measure is None else "unit_missing"]
    if gold.form == "date" and value.unit == "日":
        here.append("day_alone")
    scalar = isinstance(gold.value, Fraction)
    if scalar != isinstance(value.value, Fraction) or not scalar:
        here.append("same_kind" if value.kind == gold.kind else "other_kind")
    elif gold.kind == "percent" and value.kind in ("decimal", "fraction"):
        here.append("unit_fits")  # 0.47 for 47%
    elif gold.measure is None:
        here.append("gold_without_unit" if value.measure is not None else "unit_fits")
    elif value.measure is None:
        here.append("unit_missing")
    else:
        measured = ([one.measure for one in (each, *each.readings)] for each in (value, gold))
        fits = any(a and b and _agree(a, b) for a, b in itertools.product(*measured))
        here.append("unit_fits" if fits else "unit_differs")
    return here


def _agree(a: Unit, b: Unit) -> bool:
    if a.dimension != b.dimension:
        return frozenset({a.dimension, b.dimension}) in NEAR
    return a.symbol == b.symbol or a.dimension != "count"


MAX_TEXT = 20_000
"""Characters that are read, counted from the end."""

MAX_SENTENCES = 60
"""Sentences that are read: a quarter from the beginning, the others from the end."""

END = 120
"""Characters at the end that are read first."""

_REACHES_ON = ("検算", "確かめ", "確認", "</", "<|", "```", "[/", "】")
"""What may make the end of a text a check, a thought, or code."""


class Gathered(NamedTuple):
    """A text's candidates with their evidence, and what speaks for there being no answer at all."""

    candidates: list[Candidate]
    nothing: set[str]


class Reading(NamedTuple):
    """A text segmented, and the same text folded."""

    found: Discourse
    folded: str

    @classmethod
    def of(cls, text: str, start: int | None = None) -> Reading:
        """Segment and fold a text, or what stands in it from ``start`` on."""
        start = max(0, len(text) - MAX_TEXT) if start is None else start
        return cls(segment(text, start), text[:start] + fold(text[start:]))

    @classmethod
    def of_end(cls, text: str) -> Reading:
        """The last lines of a long text; all of it where what they are depends on those before."""
        cut = text.rfind("\n", 0, len(text) - END) + 1
        alone = cut >= END and not any(word in text for word in _REACHES_ON)
        return cls.of(text, cut if alone else None)

    @property
    def whole(self) -> bool:
        """Whether nothing was left out before it that could be read."""
        return self.found.start == max(0, len(self.folded) - MAX_TEXT)

    def worth_reading(self) -> list[int]:
        """The sentences that are read for candidates, as indices."""
        sentences = self.found.sentences
        shown = [i for i, one in enumerate(sentences) if one.role != "thinking"]
        if len(shown) > MAX_SENTENCES:
            head = MAX_SENTENCES // 4
            shown = shown[:head] + shown[head - MAX_SENTENCES :]
        if len(shown) < 4:
            return shown
        return [i for i in shown if self.found.lines[sentences[i].line].block != "code"]

    def at_first_sight(self) -> list[int]:
        """The last few sentences that matter: enough where the answer is said outright at the end.

        Reading values costs more than all else, and most solutions end in 「答え：18個」.
        """
        sentences = self.found.sentences
        main = [i for i, one in enumerate(sentences) if one.role not in ASIDE_ROLES][:-5:-1]
        if not main:
            return []
        answers = [i for i in main if sentences[i].role == "answer"]
        last = sentences[main[0]]
        plain = not answers and "**" not in self.folded[last.start : last.end]
        return sorted({main[0], *answers[:1], *(main[1:2] if plain else ())})


def gather(
    reading: Reading, target: Target, question: str | None = None, only: Sequence[int] | None = None
) -> Gathered:
    """Read a text for candidates of what is looked for; ``only``: in these sentences."""
    found, folded = reading
    asked = Asked() if question is None else asked_by(question)
    if target.wanted == "name" and asked.person:
        target = replace(target, person=True)
    candidates = [
        candidate
        for i in (reading.worth_reading() if only is None else only)
        for candidate in candidates_in(found, folded, i, target)
    ]
    _add_evidence(found, folded, candidates, target, asked)
    nothing = silence(found, folded, len(candidates))
    return Gathered(candidates, tell(nothing, named_together=_named_together(candidates)))


def _named_together(candidates: Sequence[Candidate]) -> bool:
    """Whether two choices are stated as one answer: 答えはBとDです."""
    choices = (each for each in candidates if each.value.kind == "choice")
    joined = [each for each in choices if "alternative" in each.evidence]
    return any(
        a.sentence == b.sentence
        and a.key != b.key
        and not b.evidence.isdisjoint(("copula", "ends"))
        for a, b in itertools.pairwise(joined)
    )
