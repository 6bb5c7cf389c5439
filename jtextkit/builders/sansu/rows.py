"""Rows of the 算数 set: the columns, and a problem as one of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from jtextkit.builders.sansu.problems import GRADES, Problem, numbers_in
from jtextkit.builders.sansu.recipe import GENERATED, IMPORTED, SansuImportRecipe
from jtextkit.builders.sansu.stories import Topic
from jtextkit.builders.sets.described import read_columns
from jtextkit.metrics.readability.formula import score
from jtextkit.metrics.solutions import methods_of

SYSTEM_PROMPT = (
    "あなたは中学受験算数を教える先生です。"
    "問題文を読み、小学生にもわかるように、算数の手法(つるかめ算・差集め算・"
    "面積図・線分図・比など)を使って段階的に解説してください。"
    "文字式・方程式・代数(x, y などの未知数を立てる方法)は使わないでください。"
)
"""The published system prompt of llm-jp-4-8b-instruct-sansu, which models of this style are asked with."""

COLUMNS = read_columns(__package__)
"""What a row holds, in order."""

LICENSE = "Apache-2.0"
"""Of generated rows."""

_STEP = re.compile(
    r"^[ \u3000]*(?:\d+[.．)）、]|[(（]\d+[)）]|[①-⑳]|(?:手順|ステップ)[ \u3000]*\d+)"
)


def generated_row(topic: Topic, problem: Problem, dictionary: str) -> dict[str, Any]:
    """A row for a generated problem."""
    solution = problem.solution.text
    steps = problem.solution.steps
    return {
        "id": f"{topic.slug}-{hashlib.sha256(problem.text.encode()).hexdigest()[:12]}",
        "topic": topic.name,
        "kind": problem.kind,
        "grade": GRADES[problem.grade],
        "problem": problem.text,
        "solution": solution,
        "answer": problem.solution.answer.text,
        "plan": problem.plan,
        "methods": list(problem.solution.method),
        "numbers": list(numbers_in(problem.text)),
        "steps": len(steps),
        "messages": messages_of(problem.text, solution),
        **readabilities(problem.text, steps, dictionary),
        "source": GENERATED,
        "teacher": None,
        "flags": [],
        "license": LICENSE,
    }


def imported_row(
    name: str,
    problem: str,
    solution: str,
    answer: str,
    flags: Sequence[str],
    recipe: SansuImportRecipe,
) -> dict[str, Any]:
    """A row for a problem that somebody else solved.

    Raises:
        TextError: a text that cannot be scored.
    """
    methods = methods_of(problem, solution)
    return {
        "id": name,
        "topic": methods[0] if methods else None,
        "kind": None,
        "grade": None,
        "problem": problem,
        "solution": solution,
        "answer": answer,
        "plan": None,
        "methods": list(methods),
        "numbers": list(numbers_in(problem)),
        "steps": sum(_STEP.match(line) is not None for line in solution.splitlines()),
        "messages": messages_of(problem, solution),
        **readabilities(problem, steps_of(solution), recipe.dictionary),
        "source": IMPORTED,
        "teacher": recipe.teacher,
        "flags": list(flags),
        "license": recipe.license,
    }


def steps_of(solution: str) -> list[str]:
    """The lines of a solution without their numbers, the answer's line left out.

    All lines, where there is no other.
    """
    lines = [line.strip() for line in solution.splitlines() if line.strip()]
    steps = [line for line in lines if not line.startswith(("答え", "【答え"))] or lines
    return [_STEP.sub("", step, count=1).strip() or step for step in steps]


def messages_of(problem: str, solution: str) -> list[dict[str, str]]:
    """The row as a chat."""
    return [
        {"role": "system", "content": SYSTEM_PROMPT},
        {"role": "user", "content": problem},
        {"role": "assistant", "content": solution},
    ]


def readabilities(problem: str, steps: Sequence[str], dictionary: str) -> dict[str, float]:
    """The two scores of a row.

    A step ends where its sum ends, so a full stop is put there before it is scored.
    """
    text = "".join(step if step.endswith("。") else f"{step}。" for step in steps)
    return {
        "problem_readability": score(problem, dictionary=dictionary).readability,
        "solution_readability": score(text, dictionary=dictionary).readability,
    }
