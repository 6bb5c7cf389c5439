"""``jtextkit evaluate``: what a model wrote, judged; one module a kind of judgement."""

from __future__ import annotations

from typing import ClassVar

import click

from jtextkit.cli.group import LazyGroup


class _EvaluateCommands(LazyGroup):
    lazy: ClassVar = {
        "answers": (
            ".evaluate_answers:answers_command",
            "Find the answers in a model's texts and compare them.",
        ),
        "average": (
            ".evaluate_average:average_command",
            "Average eight tasks, and say what the mean mixes.",
        ),
        "difficulty": (
            ".evaluate_difficulty:difficulty_command",
            "Did texts hit the difficulty that was asked for?",
        ),
    }


@click.group("evaluate", cls=_EvaluateCommands)
def evaluate_group() -> None:
    """Judge texts and answers that a model wrote."""
