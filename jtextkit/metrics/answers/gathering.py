"""All candidates of a text with their evidence: what the weights are fitted on and applied to.

Evidence from beside a candidate is told here: what the other candidates say, and what is looked for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from jtextkit.metrics.answers.asking import Asked, about, asked_by
from jtextkit.metrics.answers.candidates import Candidate, Target, candidates_in
from jtextkit.metrics.answers.comparison import NEAR
from jtextkit.metrics.answers.evidence import holding, sentence_evidence, silence, surroundings
from jtextkit.metrics.discourse import Discourse, Sentence, segment
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import Unit
from jtextkit.metrics.quantities.values import Value

Key = tuple[object, ...]

ASIDE_ROLES = ("thinking", "check", "note", "question", "offer", "breakdown", "refusal")
_BESIDE = frozenset({"extends", "hypothesis", "example", "aside"})
"""Evidence that a sentence only adds to what was said."""
_STATED = frozenset({"picked", "marked", "reversed", "boxed", "bold", "in_bold"})
"""Evidence that a value is stated, beside what stands behind it."""
_SUMS_UP = re.compile("合計|全体|全部|合わせ|総|残り|答え|求める|結果|差[はが]")
_TOPICAL = frozenset("はが:")
_CONCLUDING = ("conclusion", "answer")


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


def _bare(value: Value) -> object:
    """A number without its unit, as it stands in a calculation."""
    number = value.value if value.number is None else value.number
    if isinstance(number, Fraction):
        return number.numerator, number.denominator
    return key_of(value)


def evidence_for(
    found: Discourse, folded: str, candidates: Sequence[Candidate], target: Target, asked: Asked
) -> tuple[list[list[str]], list[Key]]:
    """The evidence of every candidate, in their order, and the key of each."""
    sentences = found.sentences
    given = {key_of(value) for value in asked.given}
    whole = sentence_evidence(found, folded, {each.sentence for each in candidates})
    keys = [key_of(each.value) for each in candidates]
    near = [surroundings(folded, each, *sentences[each.sentence][:2]) for each in candidates]
    saying: dict[Key, set[int]] = {}  # sentences by what they say
    beside: dict[int, list[int]] = {}  # candidates by their sentence
    for n, each in enumerate(candidates):
        saying.setdefault(keys[n], set()).add(each.sentence)
        beside.setdefault(each.sentence, []).append(n)
    topics, summed = _topics(folded, candidates, beside, sentences)
    varied = {i for i, members in beside.items() if len({keys[n] for n in members}) > 1}
    used, computed = _in_sums(candidates, near, whole)
    last_conclusion = max((i for i in beside if sentences[i].role in _CONCLUDING), default=-1)
    main = (i for i in beside if sentences[i].role not in ASIDE_ROLES)
    last_main = max((i for i in main if not _BESIDE.intersection(whole[i])), default=-1)
    by_others = _by_others(candidates, near, whole)
    out: list[list[str]] = []
    for n, candidate in enumerate(candidates):
        i, bare, members = candidate.sentence, _bare(candidate.value), beside[candidate.sentence]
        others = saying[keys[n]] - {i}
        here = [*whole[i], *candidate.found, *near[n]]
        if "alternative" in here:
            at = members.index(n)
            if any(keys[m] == keys[n] for m in members[max(0, at - 1) : at + 2] if m != n):
                here = [name for name in here if name != "alternative"]  # 4/5または80％
        states = "copula" in here or "ends" in here
        own, end = topics.get(i, []), candidate.value.span[1]
        shares = n in own and folded.startswith("、", end)  # かめは6匹、つるは4匹です
        here += holding(
            only_one=i not in varied,
            first_topic=i in varied and n in own[:1] and len(own) > 1,
            sums_up=i in varied and n in summed,
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
            given=keys[n] in given,
        )
        if n in by_others:
            here.append(by_others[n])
        if asked.question:
            here += about(folded, candidate.value, sentences[i][:2], asked)
        out.append(here + _fit(candidate.value, target, asked))
    return out, keys


def _topics(
    folded: str,
    candidates: Sequence[Candidate],
    beside: dict[int, list[int]],
    sentences: Sequence[Sentence],
) -> tuple[dict[int, list[int]], set[int]]:
    """Of the candidates of each sentence, in order, those with a topic (Aは3個、Bは5個), and sums."""
    topics: dict[int, list[int]] = {}
    summed: set[int] = set()
    for i, members in beside.items():
        members.sort(key=lambda n: candidates[n].value.span)
        behind = sentences[i].start
        for n in members if len(members) > 1 else ():
            value = candidates[n].value
            before = folded[behind : value.span[0]]
            if not _TOPICAL.isdisjoint(before):
                topics.setdefault(i, []).append(n)
            if _SUMS_UP.search(before):
                summed.add(n)
            behind = behind if value.kind == "parts" else value.span[1]
    return topics, summed


def _by_others(
    candidates: Sequence[Candidate], near: list[list[str]], whole: dict[int, tuple[str, ...]]
) -> dict[int, str]:
    """What other candidates make of one: the only choice that none rules out, 約16.7% beside 1/6."""
    out: dict[int, str] = {}
    ruled_out, choices = set[object](), set[object]()
    for each, names in zip(candidates, near, strict=True):
        if each.value.kind == "choice":
            choices.add(each.value.value)
            alone = not {"subject", "after_colon", "begins"}.isdisjoint(names)
            against = alone and "eliminates" in whole[each.sentence]
            if against or "denied" in names or "in_row" in each.found:
                ruled_out.add(each.value.value)
    left = choices - ruled_out
    exact = [
        (n, each.value.value) for n, each in enumerate(candidates) if each.value.form == "fraction"
    ]
    if not left and not exact:
        return out
    for n, each in enumerate(candidates):
        value = each.value
        if len(left) == 1 < len(ruled_out) and value.value in left:
            out[n] = "left_over"
        if not exact or value.form != "decimal" or not isinstance(value.value, Fraction):
            continue
        for m, number in exact:
            if isinstance(number, Fraction) and 0 < abs(value.value - number) < _CLOSE:
                out[n], out[m] = "approximates", "approximated"
    return out


_CLOSE = Fraction(1, 1000)


def _in_sums(
    candidates: Sequence[Candidate], near: list[list[str]], whole: dict[int, tuple[str, ...]]
) -> tuple[dict[object, set[int]], set[object]]:
    """The numbers that sums go on with, each with the sentences that do, and those they come to."""
    used: dict[object, set[int]] = {}
    computed: set[object] = set()
    for each, names in zip(candidates, near, strict=True):
        if "in_check" in whole[each.sentence]:
            continue  # a check uses what was found
        if "operand" in names or "after_operator" in names:
            used.setdefault(_bare(each.value), set()).add(each.sentence)
        elif "after_equals" in names:
            computed.add(_bare(each.value))
    return used, computed


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
    """A text's candidates; of each its evidence, and a key that those share which say the same.

    ``nothing`` is what speaks for there being no answer at all.
    """

    candidates: list[Candidate]
    evidence: list[list[str]]
    keys: list[Key]
    nothing: list[str]


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
    evidence, keys = evidence_for(found, folded, candidates, target, asked)
    return Gathered(candidates, evidence, keys, silence(found, folded, len(candidates)))
