"""The answer as a scorer of inspect: ``Task(…, scorer=japanese_answer())``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_ai.scorer import Score, Scorer, Target, accuracy, scorer, stderr

from jtextkit import check_answer

if TYPE_CHECKING:
    from inspect_ai.solver import TaskState


@scorer(metrics=[accuracy(), stderr()])
def japanese_answer() -> Scorer:
    """Correct where the final answer is one of the targets."""

    async def score(state: TaskState, target: Target) -> Score:
        text = state.output.completion
        found = [check_answer(text, one, question=state.input_text) for one in target]
        read = found[0].extracted
        return Score(
            value=float(any(one.correct for one in found)), answer=read.text if read else None
        )

    return score
