"""What a 大問 may ask next (``sequels.txt``): questions that start from the answer before."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jtextkit.builders.sansu.functions import names_with
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.scripts import Script, draw, sentence
from jtextkit.builders.sansu.texts import sections, starting

_ONES_OWN = re.compile("[がは]出発してから|を出てから")
"""Who is asked about started at another time than others."""

_FUNCTIONS = names_with(
    {
        "lasts": re.compile("かかりま|終わ|なくなりますか|いっぱいになるまで").search,
        "is_way": re.compile("道のり|きょり|のところ|何mありますか").search,
    }
)
_TEXTS = dict(sections("sequels.txt"))


@dataclass(frozen=True, slots=True)
class Sequel:
    """A question that goes on from an answer.

    Attributes:
        ask: the question; ``{number}`` is the part that it starts from.
        script: how it is solved, and its answer found again by other means.
        facts: its numbers and words.
        count: how many steps.
        answer: the answer, one value.
    """

    ask: str
    script: Script
    facts: Mapping[str, Any]
    count: int
    answer: Answer

    def again(self, values: Sequence[Fraction]) -> Fraction:
        """The answer from the values before, by other means."""
        (found,) = self.script.found({**self.facts, "one": values[0], "value": values[-1]})
        assert not isinstance(found, tuple)
        return Fraction(found)


def sequels_to(
    answer: Answer, ask: str, after: Sequence[str], most: int, rng: random.Random
) -> list[Sequel]:
    """Up to two questions, of at most ``most`` steps, that start from ``answer``.

    Args:
        ask: how the answer was asked for.
        after: what the story offers: ``price THING LOW-HIGH`` (of one of what the answer counts, the
            last of several), ``times QUESTION UNIT LOW-HIGH``, ``even ONE TWO`` (two amounts).
    """
    values = answer.values
    if any(value.denominator > 1 or value <= 0 for value in values):
        return []
    unit = answer.text.rpartition(str(values[-1]))[2]
    facts = {"one": int(values[0]), "value": int(values[-1]), "unit": unit, "question": ask}
    if after:
        kind, *words = rng.choice(after).split()
        first = _made((kind,), {**facts, "words": words}, rng)
    elif len(values) > 1 or _ONES_OWN.search(ask):
        return []
    else:
        first = _made(("clock", "walk"), facts, rng)
    if first is None or first.count > most:
        return []
    paid = first.answer.text.endswith("円") and ("代金" in first.ask or "費用" in first.ask)
    facts = {"value": int(first.answer.values[0])}
    second = _made(("change", "reduced"), facts, rng) if paid else None
    return [first, second] if second and second.count + first.count <= most else [first]


def _made(kinds: Sequence[str], given: Mapping[str, Any], rng: random.Random) -> Sequel | None:
    """The first of these kinds that fits."""
    for kind in kinds:
        lines, facts = _TEXTS[kind], {**_FUNCTIONS, **given, "rng": rng}
        if draw(starting(lines, "draw", "if"), facts) is None:
            continue
        (ask,), (find,) = starting(lines, "ask"), starting(lines, "find")
        script = Script(find=find.removeprefix("find "), solution=starting(lines, ">", "="))
        steps, answer = script.solved(facts)
        asked = eval(sentence(ask.removeprefix("ask ")), facts)  # noqa: S307 - the package's own text
        return Sequel(asked, script, facts, len(steps), answer)
    return None
