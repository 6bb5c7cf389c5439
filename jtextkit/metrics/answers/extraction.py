"""Where the final answer stands in free text: every candidate is weighed, the likeliest is taken.

Nothing is decided by a first match. A text is segmented once (:mod:`jtextkit.metrics.discourse`),
each value, choice, name or judgement in it becomes a candidate, and each candidate is told what
speaks for it and against it (:data:`RULES`). A small table of weights turns that into probabilities.

Limits: of a very long text the last 20,000 characters are read, and 60 of its sentences.
"""

import itertools
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from jtextkit.core.display import Displayed
from jtextkit.core.text import check_is_text
from jtextkit.metrics.answers.candidates import Choices, Key, Target, labelled
from jtextkit.metrics.answers.gathering import MAX_TEXT, Gathered, Reading, gather
from jtextkit.metrics.answers.statements import parts_of
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import Value


@dataclass(frozen=True)
class Table:
    """Fitted weights and how far they are to be trusted."""

    weights: Mapping[str, float]  # ``name@choice`` adds to ``name`` for a choice
    calibration: tuple[float, float] = (1.0, 0.0)  # slope and offset of log odds
    thresholds: Mapping[str, float] = field(default_factory=dict)  # by mode
    _by_wanted: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)

    def weights_for(self, wanted: str) -> Mapping[str, float]:
        """The weights for one kind of answer."""
        if wanted not in self._by_wanted:
            own: dict[str, float] = {}
            for name, weight in self.weights.items():
                head, _, kind = name.partition("@")
                if kind in ("", wanted):
                    own[head] = own.get(head, 0.0) + weight
            self._by_wanted[wanted] = own
        return self._by_wanted[wanted]

    def probabilities(
        self,
        evidence: Sequence[Collection[str]],
        nothing: Collection[str],
        weights: Mapping[str, float],
    ) -> tuple[list[float], float]:
        """The probability of each candidate, and that of there being no answer; together 1."""
        # An exact sum: one that depends on the order of a set would decide ties by chance.
        get, none, all_of = weights.get, itertools.repeat(0.0), (*evidence, nothing)
        scores = [math.fsum(map(get, each, none)) for each in all_of]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers[:-1]], powers[-1] / total

    def calibrated(self, share: float) -> float:
        """A probability as it was measured on questions outside the fit."""
        share = min(max(share, 1e-9), 1 - 1e-9)
        slope, offset = self.calibration
        return 1 / (1 + math.exp(-(slope * math.log(share / (1 - share)) + offset)))


@lru_cache(maxsize=1)
def shipped_table() -> Table:
    """The table that comes with the package."""
    read = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    slope, offset = read["calibration"]
    return Table(read["weights"], (slope, offset), read["thresholds"])


Mode = Literal["score", "reward"]

RULES = tuple(dict.fromkeys(name.partition("@")[0] for name in shipped_table().weights))
"""The name of every kind of evidence."""


@dataclass(frozen=True, slots=True, repr=False)
class Extraction(Displayed):
    """What was found as the answer.

    Attributes:
        verdict: ``found`` or ``nothing found``.
        span: offsets (from, to) of the answer in the text, or None.
        text: what stands there, or "".
        rule: one of :data:`RULES`, the evidence that weighed most for it; or None.
        value: what it was read as, or None.
        confidence: how likely this is what the text means, from 0 to 1, as measured on questions
            that the weights were not fitted on; 0.0 where nothing was found.
        evidence: what spoke for it (positive) and against it (negative), the heaviest first.
    """

    verdict: str
    span: tuple[int, int] | None = None
    text: str = ""
    rule: str | None = None
    value: Value | None = None
    confidence: float = 0.0
    evidence: tuple[tuple[str, float], ...] = ()

    def _facts(self) -> dict[str, Any]:
        return {"text": self.text, "rule": self.rule, "confidence": self.confidence}

    @property
    def found(self) -> bool:
        return self.value is not None

    def __bool__(self) -> bool:
        """Whether an answer was found."""
        return self.value is not None


NOTHING = Extraction("nothing found")


def extract_answer(
    text: str, *, choices: Choices | None = None, question: str | None = None, mode: Mode = "score"
) -> Extraction:
    """The final answer of a free text.

    Args:
        text: anything; an answer alone is fine too.
        choices: the choices of the question, as label to text, or as texts (labelled 1, 2, …); the
            text of a choice is then an answer too, and its value the label.
        question: what was asked, where it is known: it tells which value is said of what is asked,
            and which values were only given.
        mode: ``score`` takes the likeliest answer; ``reward`` only one that is all but certain.

    >>> found = extract_answer("16－3－4＝9、9×2＝18。\\n答え：１８ドル\\n検算：18÷2＝9")
    >>> found.text, found.span
    ('１８ドル', (20, 24))
    """
    check_is_text(text, "extract_answer", "for many, [extract_answer(text) for text in texts]")
    target = Target() if choices is None else Target("choice", (), labelled(choices))
    return find(text, target, question=question, mode=mode)


def find(
    text: str,
    target: Target,
    *,
    question: str | None = None,
    mode: Mode = "score",
    table: Table | None = None,
) -> Extraction:
    """The answer of the kind that is looked for; ``table`` stands in for the shipped weights."""
    table = table or shipped_table()
    least = table.thresholds.get(mode, 0.0)
    reading = Reading.of_end(text)
    if target.wanted not in _READ_AT_ONCE and len(reading.found.sentences) > 1:
        brief = gather(reading, target, question, reading.at_first_sight())
        found = _likeliest(brief, target.wanted, table)
        doubtful = any(name in _DOUBTFUL for name, _ in found.evidence)
        rounded = found.value is not None and found.value.approximate  # of what may stand before it
        if found.confidence >= max(_PLAIN, least) and not rounded and not doubtful:
            return found
    reading = reading if reading.whole else Reading.of(text)
    found = _likeliest(gather(reading, target, question), target.wanted, table)
    return found if found.confidence >= least else NOTHING


_READ_AT_ONCE = ("choice", "truth", "name", "list")
_PLAIN = 0.95
"""A long text is read at its end first, and no further where that is as sure as this."""
_DOUBTFUL = ("of_something_else", "more_than_asked", "counterfactual")
"""Evidence in spite of which something plainer may stand before it."""


def _likeliest(gathered: Gathered, wanted: str, table: Table) -> Extraction:
    """The answer that is likeliest, if it is likelier than none."""
    candidates, nothing = gathered
    if not candidates:
        return NOTHING
    weights = table.weights_for(wanted)
    shares, none = table.probabilities([each.evidence for each in candidates], nothing, weights)
    mass: dict[Key, float] = {}
    for each, share in zip(candidates, shares, strict=True):
        mass[each.key] = mass.get(each.key, 0.0) + share
    likeliest = max(mass, key=mass.__getitem__)
    if mass[likeliest] <= none:
        return NOTHING
    saying = (n for n, each in enumerate(candidates) if each.key == likeliest)
    best = candidates[max(saying, key=shares.__getitem__)]
    weighty = [(-abs(w), name, round(w, 2)) for name in best.evidence if (w := weights.get(name))]
    spoke = [(name, weight) for _, name, weight in sorted(weighty)]
    rule = next((name for name, weight in spoke if weight > 0), None)
    value, confidence = best.value, table.calibrated(mass[likeliest])
    return Extraction("found", value.span, value.text, rule, value, confidence, tuple(spoke))


def extract_parts(text: str, labels: Sequence[str]) -> Extraction | None:
    """The answers of a text that solves its parts one by one, each under its label.

    None unless every label stands in the text, in order, and an answer behind each.
    """
    offset = max(0, len(text) - MAX_TEXT)
    s, starts = fold(text[offset:]), [-1]
    for label in labels:
        starts.append(_label_place(s, label, starts[-1] + 1))
        if starts[-1] < 0:
            return None
    found, sure = [], 1.0
    for label, start, end in zip(labels, starts[1:], (*starts[2:], len(s)), strict=True):
        begin = offset + start + len(label)
        part = extract_answer(text[begin : offset + end].rstrip("(（ \n"))
        if part.value is None:
            return None
        sure *= part.confidence
        found.append(part.value.moved(begin, text))
    value = parts_of(text, found, labels)
    return Extraction("found", value.span, value.text, "only_one", value, sure)


_HIRAGANA = {i + 0x60: i for i in range(0x3041, 0x3097)}


def _label_place(s: str, label: str, start: int) -> int:
    """Where a part's label stands from ``start`` on, or -1."""
    spellings = [label, label.translate(_HIRAGANA)]
    if label.isdecimal():
        circled = len(label) < 3 and 1 <= int(label) <= 20
        spellings = [f"({label})", chr(0x245F + int(label)) if circled else "\0"]
    places = [s.find(spelling, start) for spelling in spellings]
    return min((place for place in places if place >= 0), default=-1)
