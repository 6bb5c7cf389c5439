"""What a model is asked, one request a question, built from a task.

Examples are drawn as the harness draws them: the questions are shuffled with the seed, and each in turn
draws from the train rows with the same generator, so that equal rows and seed 42 give its prompts, and
``limit`` the first of a longer run. Where there are no train rows, they come from the questions
themselves, the one that is asked left out.
"""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.core.errors import FormatError, UsageError
from jtextkit.tasks.reading import HELD_OUT, TRAIN, Values, data_files
from jtextkit.tasks.task import PromptWording, Task, TaskQuestion, task_named

STYLES = {"Simple": "基本的な語彙と簡単な文法を使用", "Complex": "複雑な語彙と高度な文法"}
"""What difficulty's prompt says of each level, word for word as the published card."""

Prompt = str | list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class TaskRequest:
    """One thing that is asked.

    Attributes:
        id: of its question.
        task: with the version of its wording.
        prompt: one text, or the messages of a chat.
        row: what is kept beside the reply: answer, target, choices.
        max_tokens: of the reply.
        stop: where it ends.
    """

    id: str
    task: str
    prompt: Prompt
    row: Values = field(default_factory=dict)
    max_tokens: int = 256
    stop: tuple[str, ...] = ()

    @property
    def choices(self) -> list[str]:
        """What the likeliest is chosen of, as it would be written; empty for other tasks."""
        return list(self.row.get("choices") or ())

    @property
    def messages(self) -> list[dict[str, str]]:
        """The prompt as a chat."""
        given = self.prompt
        return [{"role": "user", "content": given}] if isinstance(given, str) else given

    def to_dict(self) -> dict[str, Any]:
        """A row of requests, whose golds ``evaluate`` reads."""
        limits = {"max_tokens": self.max_tokens, "stop": list(self.stop)}
        return {"id": self.id, "task": self.task, "prompt": self.prompt, **self.row, **limits}

    def to_batch(self, model: str, body: Values) -> dict[str, Any]:
        """A row of OpenAI's Batch API: a chat."""
        asked = {"model": model, "messages": self.messages, "max_tokens": self.max_tokens, **body}
        line = {"custom_id": self.id, "method": "POST", "url": "/v1/chat/completions"}
        return {**line, "body": asked}

    def reply(self, found: Values, model: str, metadata: Values) -> dict[str, Any]:
        """A row of replies: what was asked, what was ``found``, and what is right."""
        asked = {"id": self.id, "task": self.task, "prompt": self.prompt}
        return {**asked, **found, **self.row, "model": model, "metadata": metadata}


@dataclass(frozen=True, slots=True)
class Selection(Recipe):
    """What of a task is asked, and with which examples."""

    data: str | None = rule(
        "The questions: a file as published, a folder, or USER/NAME@REVISION:FILES on the Hub."
        "  [default: the task's set on the Hub]",
        None,
        metavar="PLACE",
    )
    examples: str | None = rule(
        "Where examples are drawn from.  [default: the train rows beside the data, or the data]",
        None,
        metavar="PLACE",
    )
    shots: int = rule("Examples in a prompt; -1: as published.", -1, at_least=-1, metavar="N")
    shot_seed: int = rule("Of the order, and the drawing of examples.", 42, at_least=0)
    limit: int = rule("Only the first N, in that order; 0: all.", 0, at_least=0, metavar="N")
    per_level: int = rule("For difficulty: texts of each level.", 100, at_least=1, metavar="N")


def requests_of(name: str, selection: Selection | None = None) -> tuple[list[TaskRequest], str]:
    """The requests of the task ``name``, and what its data is.

    Raises:
        UsageError: there is no such task, or it takes or lacks data or examples.
        InputError: the data is not of this task.
    """
    given = selection or Selection()
    task, version = task_named(name)
    wording = task.wordings[version]
    shots = task.shots if given.shots < 0 else given.shots
    if shots and (wording.system or not wording.ask or task.form == "difficulty"):
        raise UsageError(f"{name} takes no examples", cure="leave out --shots")
    rng = random.Random(given.shot_seed)  # noqa: S311 - the harness's own
    pool: list[TaskQuestion] = []
    if task.form == "difficulty":
        if given.data or given.limit:
            raise UsageError("difficulty has no data", cure="see --per-level")
        order, source = _levels(task, given.per_level), ""
    else:
        order, pool, source = _read(task, given, shots)
        rng.shuffle(order)
    drawn = shots + any(one is pool[0] for one in order if shots)  # one more, to leave itself out
    if shots and drawn > len(pool):
        cure = "give fewer --shots"
        raise UsageError(f"{shots} examples cannot be drawn from {len(pool)} rows", cure=cure)
    full, made = f"{task.published}-{version}", []
    for question in order[: given.limit or None]:
        shown = [one for one in rng.sample(pool, drawn) if one is not question] if shots else []
        made.append(_request(task, wording, full, question, shown[:shots]))
    return made, source


def _levels(task: Task, per_level: int) -> list[TaskQuestion]:
    found = []
    for level, style in STYLES.items():
        values = {"target": level, "style": style}
        gold = task.gold_of(values)
        assert gold is not None
        found += [TaskQuestion(f"{level}-{at:05d}", values, gold) for at in range(per_level)]
    return found


def _read(
    task: Task, given: Selection, shots: int
) -> tuple[list[TaskQuestion], list[TaskQuestion], str]:
    """The questions, the rows to draw examples from, and what the data is."""
    data, examples = given.data or task.hub, given.examples
    if not data:
        raise UsageError(f"{task.name} has no data of its own", cure="name a file with --data")
    files, source = data_files(data, HELD_OUT)
    questions = list(task.questions(files).values())
    if examples is None and (given.data is None or Path(data).is_dir()):
        examples = given.data or re.sub("validation|test", "train", task.hub)
    if not (examples and shots):
        return [*questions], questions, source
    files, known = data_files(examples, TRAIN)
    return questions, list(task.questions(files).values()), f"{source}, examples from {known}"


def _request(
    task: Task, wording: PromptWording, name: str, question: TaskQuestion, shown: list[TaskQuestion]
) -> TaskRequest:
    said = wording.words
    examples = ""
    for one in shown:
        values = {**_values(task, wording, one), **(one.values.get("example") or {})}
        reply = str(one.values.get("reply", one.answer))
        examples += f"{wording.ask.format_map(values)}{said.get(reply, reply)}\n\n"
    asked = wording.ask.format_map(_values(task, wording, question))
    prompt: Prompt = f"{wording.head}{examples}{asked}"
    if wording.system:
        system = {"role": "system", "content": wording.system}
        prompt = [system, {"role": "user", "content": asked}]
    row: dict[str, Any] = {key: question.values.get(key) for key in task.columns}
    choices = question.gold.choices.values() or task.labels
    if task.form != "difficulty":
        golds = question.gold.answers
        row["answer"] = question.answer if choices or len(golds) == 1 else list(golds)
    if choices:
        row["choices"] = [said.get(one, one) for one in choices]
    stop = () if wording.system else task.stop
    return TaskRequest(question.id, name, prompt, row, task.max_tokens, stop)


def _values(task: Task, wording: PromptWording, question: TaskQuestion) -> Values:
    """The row of a question, which has what the wording names."""
    names = [name for _, name, _, _ in string.Formatter().parse(wording.ask) if name]
    lacking = [name for name in names if question.values.get(name) in (None, "")]
    if lacking:
        problem = f"no {lacking[0]!r} to ask with"
        cure = "golds alone make no prompts: name the task's data as published"
        raise FormatError(problem, where=f"{task.name}, {question.id}", cure=cure)
    return question.values
