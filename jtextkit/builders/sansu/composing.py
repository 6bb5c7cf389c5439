"""A problem is composed: a story's facts, clues that hide some of them, parts, asides, and an order.

The story gives the question and how it is solved once all its facts are known. Clues
(:mod:`~jtextkit.builders.sansu.clues`) tell some facts by relations instead of values, so that they
must be found first; a grade is a range of steps, and clues are added until a solution has that many.
A 大問 asks for what is found on the way too, and may go on from the answer
(:mod:`~jtextkit.builders.sansu.sequels`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from jtextkit.builders.sansu.checking import second_answers
from jtextkit.builders.sansu.clues import DOUBLE, SINGLE, Clue, Known, Trees, difference, times
from jtextkit.builders.sansu.expressions import plan_of, written
from jtextkit.builders.sansu.problems import STEPS, Answer, Problem, Solution
from jtextkit.builders.sansu.quantities import Quantity, after
from jtextkit.builders.sansu.sequels import Sequel, sequel_to
from jtextkit.builders.sansu.stories import (
    Dice,
    Story,
    Topic,
    Wording,
    Words,
    quantities_of,
)

_WANTED = ((2, 3, 3, 3), (4, 5, 5, 6), (7, 7, 8, 8))
"""Steps that a solution is to have, by grade; one of them is drawn."""

_PARTS = (0.0, 0.2, 0.35)
"""How often a problem whose solution allows it asks in parts, by grade."""

_ASIDES = (0.0, 0.25, 0.35)
_MARKS = "①②③④"
_EASY = 3
_ROUNDS = 24
_DRAWS = 200
_RANGE = re.compile(r"\{(\d+)-(\d+)\}")
_NAMES = ("ひかりさん", "ゆうとさん", "さくらさん", "りくさん", "めいさん", "そうたさん")
_REFERENCES = {
    "分速": [f"{name}の歩く速さ" for name in _NAMES],
    "円": [
        "消しゴム1個のねだん", "ノート1冊のねだん", "電車の料金", "コップ1個のねだん",
        "ハンカチ1枚のねだん", "パン1個のねだん",
    ],
    "m": ["校庭のまわりの長さ", "商店街の長さ", "公園のまわりの長さ"],
    "才": ["いとこの年れい", "かなさんの年れい", "ゆうじさんの年れい", "山口さんの年れい"],
}  # fmt: skip


@dataclass
class _Draft:
    """A problem while it is composed."""

    story: Story
    words: Words
    rng: random.Random
    known: dict[str, Known]
    clues: list[Clue] = field(default_factory=list)

    @property
    def hidden(self) -> set[str]:
        return {key for clue in self.clues for key in clue.hides}

    def depends(self, key: str, on: str) -> bool:
        """Whether ``key`` cannot be known before ``on``."""
        if key == on:
            return True
        needs = next((clue.needs for clue in self.clues if key in clue.hides), ())
        return any(self.depends(need, on) for need in needs)

    def in_order(self) -> Iterator[Clue]:
        """The clues, each behind those that it needs."""
        done = set(self.known) - self.hidden
        left = list(self.clues)
        while left:
            clue = next(clue for clue in left if set(clue.needs) <= done)
            left.remove(clue)
            done |= set(clue.hides)
            yield clue


def compose(
    topic: Topic,
    grade: int,
    rng: random.Random,
    wanted: Callable[[str], bool] = lambda _plan: True,
) -> Problem | str:
    """A problem of ``grade``, or why what was drawn made none.

    Args:
        wanted: whether a plan will do.

    Raises:
        AssertionError: the two solvers differ.
    """
    kind = rng.choice(topic.stories)
    draft = _drawn(kind, grade, rng)
    if isinstance(draft, str):
        return draft
    solution, _ = _solved(draft, topic.name, None, parts=False)
    low, high = STEPS[grade]
    own = len(solution.steps)
    if own > high or (grade == 0 and own > _EASY and rng.random() < 0.85):
        return "too many steps"
    wanted_steps = rng.choice(_WANTED[grade])
    used = _hide(draft, max(wanted_steps - own, rng.randint(0, min(1, high - own))))
    steps = own + used
    one_answer = len(solution.answer.values) == 1 and not solution.answer.text.isdecimal()
    wording = _wording(draft)
    if wording is None:
        return "no wording"
    sequel = None
    parts = one_answer and bool(draft.clues) and rng.random() < _PARTS[grade]
    if one_answer and steps < high and (steps < low or (parts and rng.random() < 0.5)):
        goods = draft.story.goods.format(**draft.words)
        sequel = sequel_to(solution.answer, wording.ask, goods, high - steps, rng)
        parts = parts or sequel is not None
        steps += sequel.count if sequel else 0
    if not low <= steps <= high:
        return "too few steps"
    solution, plan = _solved(draft, topic.name, sequel, parts=parts)
    if not wanted(plan):
        return "another plan"
    text = _told(draft, wording, grade, _questions(draft, wording, sequel, parts=parts))
    given = {key: one.value for key, one in draft.known.items() if key not in draft.hidden}
    found = {
        tuple(map(Fraction, values))
        for values in second_answers(draft.story, given, draft.clues, sequel)
    }
    values = solution.answer.values
    if parts:  # what is asked for on the way is not the search's to find
        values = values[-1 - (sequel is not None) :]
    if len(found) != 1:
        return "no answer" if not found else "several answers"
    if found != {values}:
        raise AssertionError(f"{topic.name}, {kind.name}: the two solvers differ on {text}")
    return Problem(topic.name, kind.name, grade, text, solution, plan)


def _drawn(kind: type[Story], grade: int, rng: random.Random) -> _Draft | str:
    dice = Dice(rng, grade)
    for _ in range(_DRAWS):
        story = kind()
        if story.draw(dice) is not False:
            break
    else:
        return "no numbers"
    words = rng.choice(kind.tables.situations)
    known = {
        key: Known(quantity, getattr(story, key))
        for key, quantity in quantities_of(story, words).items()
    }
    return _Draft(story, words, rng, known)


# Hiding facts behind clues


def _hide(draft: _Draft, budget: int) -> int:
    """Add clues that take ``budget`` steps in all, or as nearly as can be; gives how many."""
    left = budget
    openly = {fact.key for fact in draft.story.tables.facts if fact.open}
    free = min(
        (wording.holds for wording in draft.story.tables.wordings), key=len, default=frozenset()
    )
    openly -= free
    for _ in range(_ROUNDS):
        if left <= 0:
            break
        clue = _clue(draft, openly, left)
        if clue is not None and clue.count <= left:
            draft.clues.append(clue)
            left -= clue.count
    return budget - left


def _clue(draft: _Draft, openly: set[str], budget: int) -> Clue | None:
    rng = draft.rng
    told = sorted(openly - draft.hidden)
    if not told:
        return None
    target = draft.known[rng.choice(told)]
    like = [
        other
        for other in draft.known.values()
        if target.quantity.like
        and other.quantity.like == target.quantity.like
        and other.quantity.unit == target.quantity.unit
        and not draft.depends(other.key, target.key)
    ]
    free = [other for other in like if other.key not in draft.hidden and other.key in openly]
    if budget > 2 and free and rng.random() < 0.35:
        return rng.choice(DOUBLE)(target, rng.choice(free), rng)
    if like and rng.random() < 0.6:
        return rng.choice(SINGLE)(target, rng.choice(like), rng)
    if budget > (target.quantity.unit != "才") and rng.random() < 0.4:
        reference = _reference(draft, target)
        if reference is not None:
            return _by_reference(draft, target, reference, budget)
    return rng.choice(SINGLE)(target, None, rng)


def _by_reference(draft: _Draft, target: Known, reference: Known, budget: int) -> Clue | None:
    """A clue from another quantity, which a clue of its own hides."""
    rng = draft.rng
    named = reference.quantity.unit != ""
    own = None if named and rng.random() < 0.4 else rng.choice(SINGLE)(reference, None, rng)
    clue = rng.choice((times, difference) if reference.quantity.unit else (times,))(
        target, reference, rng
    )
    if clue is not None and own is not None and clue.count + own.count > budget:
        own = None
    if clue is None or (own is None and not named):
        return None
    draft.known[reference.key] = reference
    if own is None:
        return clue
    draft.clues.append(own)
    return replace(clue, count=clue.count + own.count)


def _reference(draft: _Draft, target: Known) -> Known | None:
    """Another quantity of the same kind, outside the story, to compare with."""
    rng, unit = draft.rng, target.quantity.unit
    if target.quantity.sort in ("数", "人数", "日数", "面積") and unit:
        rate = rng.randint(2, 5)
        used = any(not known.quantity.unit for known in draft.known.values())
        if used or target.value % rate or target.value // rate < 6:
            return None
        return Known(Quantity(f"reference{len(draft.known)}", "", "ある数"), target.value // rate)
    names = [
        name
        for name in _REFERENCES.get(unit, ())
        if name not in {known.quantity.name for known in draft.known.values()}
        and not any(word in name for word in draft.words.values())
    ]
    value = Fraction(target.value) * Fraction(
        rng.choice(("1/3", "1/2", "2/3", "3/4", "4/5", "5/4", "3/2", "2"))
    )
    if rng.random() < 0.4:
        value = target.value + rng.choice((-1, 1)) * Fraction(
            max(1, target.value // 10) * rng.randint(1, 4)
        )
    if not names or not target.quantity.neat(value):
        return None
    if unit == "分速" and not 40 <= value <= 100:
        return None
    if unit == "m" and not 100 <= value <= 3000:
        return None
    if unit == "円" and not (30 <= value <= 600 and target.quantity.is_price):
        return None
    key = f"reference{len(draft.known)}"
    return Known(Quantity(key, unit, rng.choice(names), like=-1), int(value))


# Words


def _wording(draft: _Draft) -> Wording | None:
    """A wording that tells nothing that a clue hides."""
    hidden = draft.hidden
    fitting = [one for one in draft.story.tables.wordings if not one.holds & hidden]
    return draft.rng.choice(fitting) if fitting else None


def _told(draft: _Draft, wording: Wording, grade: int, questions: Sequence[str]) -> str:
    """The whole problem in words."""
    values = {**draft.words, **vars(draft.story), **draft.story.tell(draft.words)}
    sentences = _fact_sentences(draft, wording)
    asides = draft.story.tables.asides
    if asides and draft.rng.random() < _ASIDES[grade]:
        line = _RANGE.sub(
            lambda found: str(draft.rng.randint(int(found[1]), int(found[2]))),
            draft.rng.choice(asides),
        )
        sentences.insert(draft.rng.randint(0, len(sentences)), line.format(**values))
    scene = wording.scene.format(**values)
    text = _placed(draft, scene, "".join(f"{sentence}。" for sentence in sentences))
    if len(questions) == 1:
        return text + questions[0]
    return text + "".join(f"\n{_MARKS[i]} {question}" for i, question in enumerate(questions))


def _placed(draft: _Draft, scene: str, facts: str) -> str:
    """Scene and facts in an order in which a reader meets nothing unknown."""
    first, dot, rest = scene.partition("。")
    at_home = any(
        len(word) > 1 and word in facts.partition("は")[0] for word in draft.words.values()
    )
    choice = draft.rng.random()
    if choice < 0.35 and at_home:
        return facts + scene
    if choice < 0.65 and rest:
        return first + dot + facts + rest
    return scene + facts


def _fact_sentences(draft: _Draft, wording: Wording) -> list[str]:
    """Every fact that the wording does not tell, directly or by its clue; like ones together."""
    rng = draft.rng
    plain: list[tuple[str, str]] = []
    told: list[str] = []
    for key, known in draft.known.items():
        if key in wording.holds or key in draft.hidden:
            continue
        plain.append((known.quantity.name, known.quantity.told(known.value)))
    while plain:
        together = plain[: 2 if rng.random() < 0.7 else 1]
        told.append(_together(together))
        plain = plain[len(together) :]
    clues = [clue.says for clue in draft.in_order()]
    if rng.random() < 0.3:
        rng.shuffle(told)
    return clues + told if clues and rng.random() < 0.25 else told + clues


def _together(facts: Sequence[tuple[str, str]]) -> str:
    """One or two facts in a sentence; what their names share is said once."""
    if len(facts) == 1:
        return f"{facts[0][0]}は{facts[0][1]}です"
    (one, first), (two, second) = facts
    rest = after(one, two)
    if rest != two:
        shared = two[: len(two) - len(rest)]
        return f"{shared[:-1]}は、{one[len(shared) :]}が{first}、{rest}が{second}です"
    return f"{one}は{first}、{two}は{second}です"


def _questions(draft: _Draft, wording: Wording, sequel: Sequel | None, *, parts: bool) -> list[str]:
    asks = []
    if parts:
        for clue in _asked(draft):
            quantity = draft.known[clue.hides[-1]].quantity
            plain = draft.rng.random() < 0.5
            asks.append(
                f"{quantity.name}は{quantity.question}ですか。"
                if plain
                else f"{quantity.name}を求めなさい。"
            )
    asks.append(wording.ask.format(**draft.words, **vars(draft.story)))
    if sequel:
        asks.append(sequel.ask.format(number=_MARKS[len(asks) - 1]))
    return asks


def _asked(draft: _Draft) -> list[Clue]:
    """The clues whose results a 大問 asks for."""
    return list(draft.in_order())[-1:]


# The solution


def _solved(
    draft: _Draft, topic: str, sequel: Sequel | None, *, parts: bool
) -> tuple[Solution, str]:
    """The worked solution, and its plan."""
    trees: Trees = {key: known.quantity.unit for key, known in draft.known.items()}
    steps: list[str] = []
    answers: list[tuple[str, Fraction]] = []
    with written() as equations:
        for clue in draft.in_order():
            steps += clue.steps(trees)
            if parts and clue in _asked(draft):
                known = draft.known[clue.hides[-1]]
                answers.append((known.quantity.told(known.value), Fraction(known.value)))
        solving = draft.story.tracked(trees).solve(draft.words)
        while True:
            try:
                steps.append(next(solving))
            except StopIteration as end:
                answer: Answer = end.value
                break
        answers += [(answer.text, value) for value in answer.values]
        if sequel:
            steps += sequel.steps()
            answers.append((sequel.answer, sequel.value))
    if len(answers) > len(answer.values):
        text = "、".join(f"{_MARKS[i]}{told}" for i, (told, _) in enumerate(answers))
        answer = Answer(tuple(value for _, value in answers), text)
    method = tuple((draft.story.method or topic).split())
    return Solution(tuple(steps), answer, method), plan_of(equations)
