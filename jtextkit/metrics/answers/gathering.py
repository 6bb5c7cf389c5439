"""All candidates of a text with their evidence: what the weights are fitted on and applied to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jtextkit.metrics.answers.candidates import Candidate, Target, candidates_in
from jtextkit.metrics.answers.evidence import silence
from jtextkit.metrics.answers.relations import ASIDE_ROLES, Asked, Key, asked_by, evidence_for
from jtextkit.metrics.discourse import Discourse, segment
from jtextkit.metrics.quantities.folding import fold

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
    def of(cls, text: str) -> Reading:
        """Segment and fold a text."""
        return cls(segment(text, max(0, len(text) - MAX_TEXT)), fold(text))

    @classmethod
    def of_end(cls, text: str) -> Reading | None:
        """The last lines of a long text alone; None where what they are depends on those before."""
        cut = text.rfind("\n", 0, len(text) - END) + 1
        if cut < END or any(word in text for word in _REACHES_ON):
            return None
        return cls(segment(text, cut), text[:cut] + fold(text[cut:]))

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
    candidates = [
        candidate
        for i in (reading.worth_reading() if only is None else only)
        for candidate in candidates_in(found, folded, i, target)
    ]
    asked = Asked() if question is None else asked_by(question)
    evidence, keys = evidence_for(found, folded, candidates, target, asked)
    return Gathered(candidates, evidence, keys, silence(found, folded, len(candidates)))
