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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from jtextkit.builders.sansu.checking import second_answers
from jtextkit.builders.sansu.clues import CLUES, COMPARED, DOUBLE, SINGLE, Clue, Known, Trees
from jtextkit.builders.sansu.drawings import drawing_of
from jtextkit.builders.sansu.expressions import Told, plan_of, written
from jtextkit.builders.sansu.problems import STEPS, Answer, Problem, Solution
from jtextkit.builders.sansu.quantities import Quantity, after
from jtextkit.builders.sansu.sequels import Sequel, sequels_to
from jtextkit.builders.sansu.stories import Dice, Story, Topic, Wording, Words

_WANTED = ((2, 3, 3, 3), (4, 5, 5, 6), (7, 7, 8, 8))
"""Steps that a solution is to have, by grade; one of them is drawn."""

_PARTS = (0.0, 0.2, 0.35)
"""How often a problem whose solution allows it asks in parts, by grade."""

_OWN = (2, 3, 4)
"""Steps that a problem has itself, before a 大問 goes on from its answer."""

_GOES_ON = (0.1, 0.15, 0.3)
"""How often one goes on from the answer, though it has steps enough."""

_ASIDES = (0.0, 0.25, 0.35)
_MARKS = "①②③④"
_EASY = 3
_ROUNDS = 24
_DRAWS = 200
_RANGE = re.compile(r"\{(\d+)-(\d+)\}")
_OTHERS = {False: ("いとこ", "かなさん", "ゆうじさん"), True: ("山田さん", "中村さん", "コーチ")}
"""Whose age children's and adults' may be compared with."""


@dataclass
class _Draft:
    """A problem while it is composed."""

    story: Story
    drawn: Mapping[str, Any]
    words: Words
    rng: random.Random
    known: dict[str, Known]
    clues: list[Clue] = field(default_factory=list)
    fixed: set[str] = field(default_factory=set)
    """What no clue may hide any more."""

    @property
    def values(self) -> dict[str, Any]:
        """Words and numbers."""
        return {**self.words, **self.drawn}

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

    @property
    def asked(self) -> Known:
        """What the last clue tells: a 大問 asks for it."""
        return self.known[list(self.in_order())[-1].hides[-1]]


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
    solution, _ = _solved(draft, topic.name, (), parts=False)
    low, high = STEPS[grade]
    own = len(solution.steps)
    if own > high or (grade == 0 and own > _EASY and rng.random() < 0.85):
        return "too many steps"
    wanted_steps = rng.choice(_WANTED[grade])
    used = _hide(draft, max(wanted_steps - own, rng.randint(0, min(1, high - own))))
    steps = own + used
    wording = _wording(draft)
    if wording is None:
        return "no wording"
    sequels: list[Sequel] = []
    one_answer = len(solution.answer.values) == 1 and not solution.answer.text.isdecimal()
    parts = one_answer and bool(draft.clues) and rng.random() < _PARTS[grade]
    if steps >= _OWN[grade] and steps < high and (steps < low or rng.random() < _GOES_ON[grade]):
        after = [one.format(**draft.values) for one in draft.story.sequels]
        sequels = sequels_to(solution.answer, wording.ask, after, high - steps, rng)
        steps += sum(sequel.count for sequel in sequels)
    if not low <= steps <= high:
        return "too few steps"
    solution, plan = _solved(draft, topic.name, sequels, parts=parts)
    if not wanted(plan):
        return "another plan"
    text = _told(draft, wording, grade, _questions(draft, wording, sequels, parts=parts))
    given = {key: one.value for key, one in draft.known.items() if key not in draft.hidden}
    found = {
        tuple(map(Fraction, values))
        for values in second_answers(draft.story, draft.drawn, given, draft.clues, sequels)
    }
    values = solution.answer.values[int(parts) :]  # what is asked on the way is not the search's
    if len(found) != 1:
        return "no answer" if not found else "several answers"
    if found != {values}:
        raise AssertionError(f"{topic.name}, {kind.name}: the two solvers differ on {text}")
    figure = drawing_of(kind.name, draft.drawn)
    return Problem(topic.name, kind.name, grade, text, solution, plan, figure)


def _drawn(story: Story, grade: int, rng: random.Random) -> _Draft | str:
    tries = (story.script.drawn(Dice(rng, grade)) for _ in range(_DRAWS))
    drawn = next((one for one in tries if one is not None), None)
    if drawn is None:
        return "no numbers"
    words = rng.choice(story.situations)
    quantities = story.quantities({**words, **drawn})
    known = {key: Known(quantity, drawn[key]) for key, quantity in quantities.items()}
    return _Draft(story, drawn, words, rng, known)


# Hiding facts behind clues


def _hide(draft: _Draft, budget: int) -> int:
    """Add clues that take ``budget`` steps in all, or as nearly as can be; gives how many."""
    left = budget
    openly = {fact.key for fact in draft.story.facts if fact.open}
    free = min((wording.holds for wording in draft.story.wordings), key=len, default=frozenset())
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
    """A clue to one of the facts that are still told; None where what was drawn gives none."""
    rng = draft.rng
    told = sorted(openly - draft.hidden - draft.fixed)
    if not told:
        return None
    target = draft.known[rng.choice(told)]
    if target.quantity.unit == "%" and rng.random() < 0.5:
        return _strength(draft, target)
    like = [
        other
        for other in draft.known.values()
        if target.quantity.like
        and other.quantity.like == target.quantity.like
        and other.quantity.unit == target.quantity.unit
        and not draft.depends(other.key, target.key)
    ]
    free = [other for other in like if other.key in told]
    if budget > 2 and free and rng.random() < 0.4:
        return rng.choice(DOUBLE)(rng, target, rng.choice(free))
    if target.quantity.unit == "才" and rng.random() < 0.3:
        like = [_somebody(draft, target)]
    if like and rng.random() < 0.5:
        other = rng.choice(like)
        make = rng.choice(COMPARED) if other.key in draft.known else CLUES["difference"]
        clue = make(rng, target, other)
        if clue:
            draft.known.setdefault(other.key, other)
        return clue
    made = (make(rng, target) for make in rng.sample(SINGLE, len(SINGLE)))
    return next((clue for clue in made if clue), None)


def _strength(draft: _Draft, target: Known) -> Clue | None:
    """How strong a solution is, from what is dissolved in it."""
    weight = target.quantity.name.replace("のこさ", "の重さ")
    for known in draft.known.values():
        if known.quantity.name == weight and known.key not in draft.hidden:
            clue = CLUES["dissolved"](draft.rng, target, known)
            draft.fixed |= {known.key} if clue else set()
            return clue
    return None


def _somebody(draft: _Draft, target: Known) -> Known:
    """Somebody else of about that age."""
    rng = draft.rng
    grown = target.value >= 20
    age = target.value + rng.choice((-1, 1)) * rng.randint(1, 9 if grown else 4)
    name = f"今の{rng.choice(_OTHERS[grown])}の年れい"
    return Known(
        Quantity(f"other{len(draft.known)}", "才", name, like=-1), max(age, 22 if grown else 3)
    )


# Words


def _wording(draft: _Draft) -> Wording | None:
    """A wording that tells nothing that a clue hides; oftener one that tells the more."""
    fitting = [one for one in draft.story.wordings if not one.holds & draft.hidden]
    if not fitting:
        return None
    most = max(len(one.holds) for one in fitting)
    fullest = [one for one in fitting if len(one.holds) == most]
    return draft.rng.choice(fullest if draft.rng.random() < 0.5 else fitting)


def _told(draft: _Draft, wording: Wording, grade: int, questions: Sequence[str]) -> str:
    """The whole problem in words: the scene, what is known, the questions."""
    values = {**draft.values, **draft.story.script.said(draft.values)}
    sentences = _fact_sentences(draft, wording)
    asides = draft.story.asides
    if asides and draft.rng.random() < _ASIDES[grade]:
        line = _RANGE.sub(
            lambda found: str(draft.rng.randint(int(found[1]), int(found[2]))),
            draft.rng.choice(asides),
        )
        sentences.insert(draft.rng.randint(0, len(sentences) // 2), line.format(**values))
    text = wording.scene.format(**values) + "".join(f"{sentence}。" for sentence in sentences)
    if len(questions) == 1:
        return text + questions[0]
    return text + "".join(f"\n{_MARKS[i]} {question}" for i, question in enumerate(questions))


def _fact_sentences(draft: _Draft, wording: Wording) -> list[str]:
    """Every fact that the wording does not tell, directly or by its clue, behind what it needs."""
    rng, known = draft.rng, set(wording.holds)
    left: list[Clue | Known] = [
        one for key, one in draft.known.items() if key not in known | draft.hidden
    ]
    left += draft.clues
    order = {key: place for place, key in enumerate(draft.known)}
    left.sort(key=lambda one: order[one.hides[0] if isinstance(one, Clue) else one.key])
    if rng.random() < 0.3:
        rng.shuffle(left)
    told: list[str] = []
    plain: list[Known] = []
    while left:
        one = next(x for x in left if isinstance(x, Known) or set(x.needs) <= known)
        left.remove(one)
        known |= set(one.hides) if isinstance(one, Clue) else {one.key}
        if isinstance(one, Known):
            plain.append(one)
        if plain and (isinstance(one, Clue) or not left or len(plain) == 2 or rng.random() < 0.3):
            told.append(_together([(x.quantity.name, x.quantity.told(x.value)) for x in plain]))
            plain = []
        if isinstance(one, Clue):
            told.append(one.says)
    return told


def _together(facts: Sequence[tuple[str, str]]) -> str:
    """One or two facts in a sentence; what their names share is said once."""
    if len(facts) == 1:
        return f"{facts[0][0]}は{facts[0][1]}です"
    (one, first), (two, second) = facts
    rest = after(one, two)
    if rest != two and not two.startswith("今の"):
        shared = two[: len(two) - len(rest)]
        return f"{shared[:-1]}は、{one[len(shared) :]}が{first}、{rest}が{second}です"
    return f"{one}は{first}、{two}は{second}です"


def _questions(
    draft: _Draft, wording: Wording, sequels: Sequence[Sequel], *, parts: bool
) -> list[str]:
    asks = []
    if parts:
        quantity, plain = draft.asked.quantity, draft.rng.random() < 0.5
        ends = f"は{quantity.question}ですか。" if plain else "を求めなさい。"
        asks.append(quantity.name + ends)
    asks.append(wording.ask.format(**draft.values))
    for sequel in sequels:
        asks.append(sequel.ask.format(number=_MARKS[len(asks) - 1]))
    return asks


# The solution


def _solved(
    draft: _Draft, topic: str, sequels: Sequence[Sequel], *, parts: bool
) -> tuple[Solution, str]:
    """The worked solution, and its plan."""
    trees: Trees = {key: known.quantity.unit for key, known in draft.known.items()}
    steps: list[str] = []
    with written() as equations:
        for clue in draft.in_order():
            steps += clue.steps(trees)
        facts = {
            name: Told(value, trees.get(name, "数")) if type(value) is int else value
            for name, value in draft.drawn.items()
        }
        more, answer = draft.story.script.solved({**draft.words, **facts})
        steps += more
        for sequel in sequels:
            steps += sequel.script.solved(sequel.facts)[0]
    asked = [(answer.text, answer.values)]
    if parts:
        value = draft.asked.value
        asked.insert(0, (draft.asked.quantity.told(value), (Fraction(value),)))
    asked += [(sequel.answer.text, sequel.answer.values) for sequel in sequels]
    if len(asked) > 1:
        text = "、".join(f"{_MARKS[i]}{told}" for i, (told, _) in enumerate(asked))
        answer = Answer(tuple(value for _, values in asked for value in values), text)
    method = tuple((draft.story.method or topic).split())
    return Solution(tuple(steps), answer, method), plan_of(equations)
