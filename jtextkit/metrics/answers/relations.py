"""Evidence from beside a candidate: what the other candidates say, and what is looked for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from jtextkit.metrics.answers.candidates import Candidate, Target
from jtextkit.metrics.answers.comparison import NEAR
from jtextkit.metrics.answers.evidence import holding, sentence_evidence, surroundings
from jtextkit.metrics.discourse import Discourse
from jtextkit.metrics.quantities.finding import find_values
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import Unit, read_unit
from jtextkit.metrics.quantities.values import Value

Key = tuple[object, ...]

ASIDE_ROLES = ("thinking", "check", "note", "question", "offer", "breakdown", "refusal")
_BESIDE = frozenset({"extends", "hypothesis", "example", "aside"})
"""Evidence that a sentence only adds to what was said."""
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


class Asked(NamedTuple):
    """What a question asks for and gives.

    Attributes:
        units: the units that it asks for (何個: 個).
        thing: what it asks to count or measure (りんごは何個: りんご), or "".
        given: keys of the values that it gives.
    """

    units: frozenset[str] = frozenset()
    thing: str = ""
    given: frozenset[Key] = frozenset()


_HOW_MANY = re.compile("何|いくら|いくつ")
_THING = re.compile(
    r"(?:^|[、。のはが\s])([^、。のはが\s]{1,10})は(?:何|いくつ|いくら)|何[^\s。、のは]{1,3}の([^、。のはがを\s]{1,10})[をが]"
)


def asked_by(question: str) -> Asked:
    """What a question asks for, and what it gives."""
    folded, units = fold(question), set[str]()
    for match in _HOW_MANY.finditer(folded):
        if match[0] != "何":
            units |= {"円"} if match[0] == "いくら" else {"個", "つ"}
        elif unit := read_unit(folded, match.end(), gap=False):
            units.add(unit[0].symbol)
    thing = next((match[1] or match[2] for match in _THING.finditer(question)), "")
    given = find_values(question[-MAX_QUESTION:])
    return Asked(frozenset(units), thing, frozenset(key_of(value) for value in given))


class _Overview:
    """What all candidates of a text have to do with each other."""

    def __init__(
        self,
        found: Discourse,
        folded: str,
        candidates: Sequence[Candidate],
        whole: dict[int, tuple[str, ...]],
    ) -> None:
        self.keys = [key_of(each.value) for each in candidates]
        self.near = [
            surroundings(folded, each, *found.sentences[each.sentence][:2]) for each in candidates
        ]
        self.sentences: dict[Key, set[int]] = {}
        self.of_sentence: dict[int, list[int]] = {}
        self.used: dict[object, set[int]] = {}
        self.computed: set[object] = set()
        for n, (key, each) in enumerate(zip(self.keys, candidates, strict=True)):
            self.sentences.setdefault(key, set()).add(each.sentence)
            self.of_sentence.setdefault(each.sentence, []).append(n)
            if "in_check" in whole[each.sentence]:
                continue  # a check uses what was found
            if "operand" in self.near[n] or "after_operator" in self.near[n]:
                self.used.setdefault(_bare(each.value), set()).add(each.sentence)
            elif "after_equals" in self.near[n]:
                self.computed.add(_bare(each.value))
        for members in self.of_sentence.values():
            members.sort(key=lambda n: candidates[n].value.span)
        said = {i: found.sentences[i].role for i in self.of_sentence}
        concluding = (i for i, role in said.items() if role in _CONCLUDING)
        self.last_conclusion = max(concluding, default=-1)
        main = (i for i, role in said.items() if role not in ASIDE_ROLES)
        self.last_main = max((i for i in main if not _BESIDE.intersection(whole[i])), default=-1)

    def agrees_with_neighbour(self, n: int, sentence: int) -> bool:
        """Whether the value before or behind in its sentence is the same, said in another way."""
        members = self.of_sentence[sentence]
        at = members.index(n)
        beside = members[max(0, at - 1) : at] + members[at + 1 : at + 2]
        return any(self.keys[m] == self.keys[n] for m in beside)


def evidence_for(
    found: Discourse,
    folded: str,
    candidates: Sequence[Candidate],
    target: Target,
    asked: Asked,
) -> tuple[list[list[str]], list[Key]]:
    """The evidence of every candidate, in their order, and the key of each.

    Args:
        found: the text, segmented.
        folded: the same text, folded.
        candidates: all of them.
        target: what is looked for.
        asked: what the question asks for and gives.
    """
    whole = sentence_evidence(found, folded, {each.sentence for each in candidates})
    view = _Overview(found, folded, candidates, whole)
    out: list[list[str]] = []
    for n, candidate in enumerate(candidates):
        i = candidate.sentence
        here = [*whole[i], *candidate.found, *view.near[n]]
        if "alternative" in here and view.agrees_with_neighbour(n, candidate.sentence):
            here = [name for name in here if name != "alternative"]  # 4/5または80％
        here += _in_its_sentence(n, candidate, view)
        here += _elsewhere(n, candidate, view, whole)
        concludes = found.sentences[i].role in _CONCLUDING
        states = "copula" in here or "ends" in here
        comma = folded.find("、", candidate.value.span[1], found.sentences[i].end)
        here += holding(
            concludes_last=concludes and i == view.last_conclusion,
            concludes_early=concludes and i != view.last_conclusion,
            more_said_after=concludes and i < view.last_main,
            states_conclusion=concludes and states,
            last_clause=comma < 0,
            states_first=states and "first_sentence" in here,
            states_last=states and i == view.last_main,
            leads="explained_after" in here and "first_line" in here,
            given=view.keys[n] in asked.given,
        )
        if asked.thing:
            here += _of_thing(folded, n, candidates, view, asked.thing)
        out.append(here + _fit(candidate.value, target, asked.units))
    return out, view.keys


def _of_thing(
    folded: str, n: int, candidates: Sequence[Candidate], view: _Overview, thing: str
) -> list[str]:
    """Whether it is said of what was asked, or another value of its sentence is."""
    members = view.of_sentence[candidates[n].sentence]
    said = [m for m in members if thing in _clause(folded, candidates[m].value.span)]
    return holding(thing_asked=n in said, other_thing=bool(said) and n not in said)


def _clause(folded: str, span: tuple[int, int]) -> str:
    """What stands around a value between commas or ends of sentences, a few words at most."""
    before = _COMMA.split(folded[max(0, span[0] - _WORDS) : span[0]])[-1]
    return before + _COMMA.split(folded[span[1] : span[1] + _WORDS])[0]


_COMMA = re.compile(r"[、。,\n]|で(?=[^すし])|と(?=[0-9])")
_WORDS = 16
MAX_QUESTION = 20_000


def _in_its_sentence(n: int, candidate: Candidate, view: _Overview) -> list[str]:
    members = view.of_sentence[candidate.sentence]
    if len({view.keys[m] for m in members}) == 1:
        return ["only_one"]
    stated = "picked" in candidate.found
    return holding(
        stated_of_several=stated,
        not_stated=not stated,
        last_of_several=n == members[-1],
        first_of_several=n == members[0],
        one_of_many=len(members) >= 3,
    )


def _elsewhere(
    n: int, candidate: Candidate, view: _Overview, whole: dict[int, tuple[str, ...]]
) -> list[str]:
    i, bare = candidate.sentence, _bare(candidate.value)
    others = view.sentences[view.keys[n]] - {i}
    there = {name for j in others for name in whole[j]}
    return holding(
        said_twice=len(others) == 1,
        said_often=len(others) > 1,
        also_first="first_sentence" in there,
        also_concluded="last_sentence" in there or "in_conclusion" in there,
        last_said=i == view.last_main,
        confirmed=i < view.last_main and view.last_main in others,
        overtaken=i < view.last_main and view.last_main not in others,
        used_elsewhere=bool(view.used.get(bare, set()) - {i}),
        computed=bare in view.computed,
    )


def _fit(value: Value, target: Target, asked: frozenset[str]) -> list[str]:
    here = []
    if asked and value.unit is not None:
        here.append("unit_asked" if value.unit in asked else "unit_not_asked")
    if not target.golds or target.wanted not in ("number", "calendar", "list"):
        return here
    readings = (target.golds[0], *target.golds[0].readings)
    gold = next((one for one in readings if one.kind == value.kind), readings[0])
    if value.form == "root":
        return ["unit_fits" if gold.measure is None else "unit_missing"]
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
