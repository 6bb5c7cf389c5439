"""Rewards for reinforcement learning on Japanese text: is the answer right, do the steps hold, is the
text as hard as was asked for.

A reward is called as TRL's ``reward_funcs`` are, with a batch of completions and the data set's columns
by name, and gives a float from 0.0 to 1.0 for each. It keeps nothing between calls, pickles, and raises
for wrong use alone, never for what a model wrote. :meth:`Reward.one` judges one completion, for engines
that ask so (verl's ``compute_score``, a ``@reward`` of verifiers, a scorer of inspect); docs/rewards.md
has each.

Whatever the reward, a completion earns 0.0 that is empty, refuses, repeats itself, copies its prompt or
goes on with the conversation. Text up to ``</think>`` is thought, and not judged.

Not handled: the sense of a text. A story of the right difficulty may be dull, and a solution may reach
the right answer by steps that hold and do not follow from each other.

>>> answer_reward(["4×3＝12。答えは12個です。", "たぶん12個か13個です。"], answer=["12個", "12個"])
[1.0, 0.0]
>>> both = combine({answer_reward: 3, steps_reward: 1})
>>> both(["4×3＝12、12−2＝9。答え　12個"], answer=["12個"])
[0.875]
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from jtextkit.core.chat import Completion, last_text
from jtextkit.core.errors import TextError, UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.accuracy.copies import Copies
from jtextkit.metrics.accuracy.flags import RARE_SHARE, rare_pair_share, repetition, text_flags
from jtextkit.metrics.accuracy.ranges import TWO_LEVELS, Ranges
from jtextkit.metrics.answers import check_answer, compare, find_values, read_answer
from jtextkit.metrics.quantities import Value
from jtextkit.metrics.readability.formula import difficulty_of
from jtextkit.metrics.readability.profiles import MIDDLE, profile
from jtextkit.metrics.solutions import STYLES, audit_solution

__all__ = [
    "AnswerReward", "CombinedReward", "Completion", "DifficultyReward", "Reward", "StepsReward", "StyleReward",
    "answer_reward", "combine", "difficulty_reward", "steps_reward", "style_reward",
]  # fmt: skip

_WORTHLESS = frozenset({"empty", "refused", "turn-markers", "repetition"})
"""Flags of :data:`jtextkit.metrics.accuracy.FLAGS` with which nothing earns anything."""

_NO_PROSE = _WORTHLESS | {"task-talk", "not-japanese", "truncated"}
"""And with which no text of a wanted difficulty does."""

_TRICKS = frozenset(
    {"katakana-script", "classical-grammar", "parted-words", "markup", "half-width-ends"}
    | {"foreign-words", "many-unknown-words", "sentence-rule"}
)
"""Cautions of a score that a text was written for the score."""

_ENDLESS = 120
"""Words a sentence from which on there are no full stops to speak of; of 1,196 passages of Aozora
Bunko, old ones too, 99 % have under 105."""

_COPIED = 0.5
"""Share of a completion's 20-character runs that may stand in the prompt; a solution may restate its
problem, and a simplified text may keep a sentence."""

_THOUGHT = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL)
_OPERATOR = re.compile(r"[+＋×xX*÷/／−－–-]")
_OPERATES = re.compile(r"\s*[+＋×xX*÷/／−－–-]\s*[0-9０-９]")
_STOP = re.compile(r"[=＝≒\n。]")
"""An equals sign, or what ends its left side."""
_BLANK = re.compile(r"\s*")
_NO_NUMBERS = frozenset(("weekday", "clock", "choice", "order", "truth", "none", "text"))
"""Kinds of answers to which no equality can come."""
_AWAY = 0.25
"""Beyond a target by how much difficulty a text earns nothing: one and a half of six levels."""


class Reward:
    """What all rewards share; a subclass judges one text in ``_judge``."""

    needs: ClassVar[tuple[str, ...]] = ()
    """Columns that must be there."""
    heeds: ClassVar[tuple[str, ...]] = ()
    """Columns that help where they are."""

    @property
    def reads(self) -> tuple[str, ...]:
        """Columns that are looked at."""
        return self.needs + self.heeds

    def __call__(
        self,
        completions: Sequence[Completion],
        *,
        prompts: Sequence[Completion] | None = None,
        **columns: Any,
    ) -> list[float]:
        """The reward of each completion, in their order.

        Args:
            completions: what the model wrote.
            prompts: what it was asked.
            columns: the data set's, each as long as ``completions``; others are not looked at.

        Raises:
            UsageError: a column that the reward needs is not there, or has another length.
        """
        given = {"prompt": prompts} | {name: columns.get(name) for name in self.reads}
        rows: dict[str, Sequence[Any]] = {}
        for name, values in given.items():
            if values is None:
                continue
            if isinstance(values, str) or len(values) != len(completions):
                raise UsageError(
                    f"{name} needs a value for each of the {len(completions)} completions",
                    cure="or judge one with one()",
                )
            rows[name] = values
        return [
            self.one(completion, **{name: values[number] for name, values in rows.items()})
            for number, completion in enumerate(completions)
        ]

    def one(self, completion: Completion, *, prompt: Completion | None = None, **row: Any) -> float:
        """The reward of one completion, whose row's values are given by their columns' names.

        Raises:
            UsageError: a value that the reward needs is not given.
        """
        for name in self.needs:
            if row.get(name) is None:
                raise UsageError(
                    f"{type(self).__name__} needs {name}", cure=f"give the data a column {name}"
                )
        return self._judge(_text(completion), "" if prompt is None else _text(prompt), row)

    def _judge(self, text: str, prompt: str, row: Mapping[str, Any]) -> float:
        raise NotImplementedError


@dataclass(frozen=True)
class AnswerReward(Reward):
    """1.0 where the final answer is the one in the column ``answer``, in the mode ``reward`` of
    :func:`~jtextkit.metrics.answers.check_answer`: hedges, several answers and none earn nothing.

    The columns ``question`` and ``choices`` help where they are given.
    """

    needs: ClassVar = ("answer",)
    heeds: ClassVar = ("question", "choices")

    def _judge(self, text: str, prompt: str, row: Mapping[str, Any]) -> float:
        if _flags(text, prompt) & _WORTHLESS:
            return 0.0
        helpful = {name: row.get(name) for name in self.heeds}
        return float(check_answer(text, row["answer"], mode="reward", **helpful).correct)


@dataclass(frozen=True)
class StepsReward(Reward):
    """The share of a worked solution's equalities that hold, where its answer is the one in the column
    ``answer`` and one of its equalities comes to it, to one of its amounts, or to each of its digits
    (1201 in base 3), or checks it (805×9＝7245); 0.0 otherwise. To an answer that is no amount, such as a
    weekday or a time of day, no equality need come.
    """

    needs: ClassVar = ("answer",)

    def _judge(self, text: str, prompt: str, row: Mapping[str, Any]) -> float:
        if not answer_reward.one(text, prompt=prompt, answer=row["answer"]):
            return 0.0
        golds = row["answer"] if isinstance(row["answer"], list) else [row["answer"]]
        wanted = [
            part
            for gold in map(read_answer, map(str, golds))
            for part in (gold.parts if gold.kind == "parts" and gold.form != "date" else (gold,))
        ]
        values = find_values(text)
        results, terms = _in_sums(text, values)
        reached = any(compare(value, gold).correct for value in results + terms for gold in wanted)
        digits = {str(part.value) for value in results for part in value.parts or (value,)}
        composed = any(len(gold.text) > 1 and digits.issuperset(gold.text) for gold in wanted)
        if not (reached or composed or all(gold.kind in _NO_NUMBERS for gold in wanted)):
            return 0.0
        return audit_solution(text).share_holding or 0.0


@dataclass(frozen=True)
class StyleReward(Reward):
    """1.0 for a worked solution that keeps a style of 算数 (no algebra, no LaTeX, numbered steps, a unit),
    a quarter less for each rule that it breaks; 0.0 where there is nothing to recompute.

    Attributes:
        style: one of :data:`~jtextkit.metrics.solutions.STYLES`.

    Raises:
        UsageError: there is no such style.
    """

    style: str = "strict"

    def __post_init__(self) -> None:
        if self.style not in STYLES:
            raise unknown_name("style", self.style, STYLES)

    def _judge(self, text: str, prompt: str, row: Mapping[str, Any]) -> float:  # noqa: ARG002
        if _flags(text, prompt) & _WORTHLESS:
            return 0.0
        found = audit_solution(text, style=self.style, problem=prompt)
        broken = {finding.rule for finding in found.style}
        return max(0.0, 1.0 - len(broken) / 4) if found.equalities else 0.0


@dataclass(frozen=True)
class DifficultyReward(Reward):
    """1.0 for a text of the wanted difficulty, less the further it lies beside it, 0.0 from a quarter
    of the scale on.

    Attributes:
        target: a target of ``ranges``; None for that in the column ``target``.
        by: whose opinion counts: the ``formula``'s, the ``second`` one's (two levels only), or ``both``,
            the lower of the two.
        ranges: what targets mean; see :func:`~jtextkit.metrics.accuracy.ranges_of`.
        least, most: characters that a text must have at least and may have at most.

    Raises:
        UsageError: the second opinion is asked about more than two levels, or there is no such target.
    """

    heeds: ClassVar = ("target",)
    target: str | None = None
    by: Literal["formula", "second", "both"] = "both"
    ranges: Ranges = TWO_LEVELS
    least: int = 100
    most: int = 4_000

    def __post_init__(self) -> None:
        if self.by not in ("formula", "second", "both"):
            raise unknown_name("opinion", self.by, ("formula", "second", "both"))
        if self.by != "formula" and self.ranges is not TWO_LEVELS:
            raise UsageError(
                "the second opinion knows two levels only", cure='ask with by="formula"'
            )
        if self.target is not None:
            self._name(self.target)

    def _name(self, target: str) -> str:
        name = self.ranges.name(target)
        if name is None:
            raise unknown_name("target", target, self.ranges.names)
        return name

    def _judge(self, text: str, prompt: str, row: Mapping[str, Any]) -> float:
        target = row.get("target", self.target)
        if target is None:
            raise UsageError("there is no target", cure="give one, or a column target")
        name = self._name(str(target))
        if not self.least <= len(text) <= self.most or _flags(text, prompt) & _NO_PROSE:
            return 0.0
        try:
            found = profile(text)
        except TextError:
            return 0.0
        tricks = {caution.code for caution in found.warnings} & _TRICKS
        if tricks or found.score.words_per_sentence > _ENDLESS:
            return 0.0
        if (rare_pair_share(text) or 0.0) >= RARE_SHARE:
            return 0.0
        away = [0.0]
        if self.by != "second":
            wanted = next(one for one in self.ranges.all if one.name == name)
            difficulty = difficulty_of(found.readability)
            away += [wanted.low - difficulty, difficulty - wanted.high]
        if self.by != "formula":
            beyond = (found.harder_than_percent - MIDDLE) / 100.0
            away.append(-beyond if name == self.ranges.names[1] else beyond)
        return max(0.0, 1.0 - max(away) / _AWAY)


@dataclass(frozen=True)
class CombinedReward(Reward):
    """The mean of several rewards, weighted; made by :func:`combine`."""

    parts: tuple[tuple[Reward, float], ...]

    @property
    def reads(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part, _ in self.parts for name in part.reads))

    def _judge(self, text: str, prompt: str, row: Mapping[str, Any]) -> float:
        whole = sum(weight for _, weight in self.parts)
        earned = (weight * part.one(text, prompt=prompt, **row) for part, weight in self.parts)
        return sum(earned) / whole


def combine(weights: Mapping[Reward, float]) -> CombinedReward:
    """One reward out of several.

    Args:
        weights: what each counts; positive.

    Raises:
        UsageError: none are given, or a weight is not positive.
    """
    if not weights or not all(weight > 0 for weight in weights.values()):
        raise UsageError("rewards are combined by positive weights", cure="leave out what is none")
    return CombinedReward(tuple(weights.items()))


def _in_sums(text: str, values: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """The values to which a sum comes (or a remainder), and those after which one goes on to its ``=``.

    The text is passed over once: a line of it may hold thousands of sums.
    """
    stops = list(_STOP.finditer(text))
    results, operated, last = set[int](), False, 0
    for stop in stops:
        operated = operated or _OPERATOR.search(text, last, stop.start()) is not None
        last = stop.end()
        if operated and stop[0] in "=＝≒" and (blank := _BLANK.match(text, last)):
            results.add(blank.end())
        operated = operated and stop[0] == "≒"
    places = [stop.start() for stop in stops]
    remainders = ("(あまり", "（あまり")

    def goes_on(value: Value) -> bool:
        sign = _OPERATES.match(text, value.span[1])
        at = bisect_left(places, sign.end()) if sign is not None else len(stops)
        return at < len(stops) and stops[at][0] in "=＝≒"

    ends = [
        v for v in values if (i := v.span[0]) in results or text[max(0, i - 4) : i] in remainders
    ]
    return ends, [value for value in values if goes_on(value)]


def _text(completion: Completion) -> str:
    """What is judged of a completion."""
    return _THOUGHT.sub("", last_text(completion))


def _flags(text: str, prompt: str) -> set[str]:
    found = set(text_flags(text, repetition(text)))
    if prompt and (text.strip() == prompt.strip() or Copies([prompt]).share(text) >= _COPIED):
        found.add("empty")  # nothing of its own
    return found


answer_reward = AnswerReward()
"""The :class:`AnswerReward`."""

steps_reward = StepsReward()
"""The :class:`StepsReward`."""

style_reward = StyleReward()
"""The :class:`StyleReward` of the style ``strict``."""

difficulty_reward = DifficultyReward()
"""The :class:`DifficultyReward` of the column ``target``, two levels, both opinions."""
