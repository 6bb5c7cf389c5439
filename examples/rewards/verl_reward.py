"""The answer as verl's reward: ``custom_reward_function.path=examples/rewards/verl_reward.py``."""

from __future__ import annotations

from typing import Any

from jtextkit.rewards import answer_reward


def compute_score(*, solution_str: str, ground_truth: str, **_: Any) -> float:
    """1.0 for the right answer, 0.0 for any other; ``data_source`` and ``extra_info`` are not looked at."""
    return answer_reward.one(solution_str, answer=ground_truth)
