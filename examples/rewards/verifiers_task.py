"""The answer and its steps as rewards of a task of verifiers."""

from __future__ import annotations

import verifiers.v1 as vf

from jtextkit.rewards import answer_reward, steps_reward


class ProblemData(vf.TaskData):
    """A problem, and what comes out."""

    answer: str


class ProblemTask(vf.Task[ProblemData]):
    """Judged by its answer, and half as much by the steps to it."""

    @vf.reward
    async def right(self, trace: vf.Trace) -> float:
        return answer_reward.one(trace.last_reply, answer=self.data.answer)

    @vf.reward(weight=0.5)
    async def stepwise(self, trace: vf.Trace) -> float:
        return steps_reward.one(trace.last_reply, answer=self.data.answer)
