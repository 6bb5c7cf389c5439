"""What a task is, and the tasks by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from jtextkit.core.errors import FormatError, first_line
from jtextkit.core.registry import unknown_name
from jtextkit.core.text import read_text
from jtextkit.metrics.qa.judging import (
    Gold,
    Judge,
    LabelSet,
    by_choice,
    by_definition,
    by_label,
    by_overlap,
    by_value,
    gold_of,
    no_choice,
)  # fmt: skip
from jtextkit.tasks.reading import Values, shaped_rows

TASKS = (
    "jsquad", "jcommonsenseqa", "jnli", "marc_ja", "jaqket", "xlsum", "xwinograd", "mgsm",
    "difficulty", "stx", "sansu",
)  # fmt: skip
"""The names, each of a TOML file of this package."""

_JUDGES = {
    "value": by_value, "definition": by_definition, "overlap": by_overlap, "choice": by_choice,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PromptWording:
    """One published wording of a prompt.

    Attributes:
        ask: a question's template, which names columns in braces.
        head: what stands before the examples, its line breaks included.
        words: what is written for a label, where that is not the label itself.
        system: of a chat; "" for a prompt that is one text.
    """

    ask: str = ""
    head: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    system: str = ""


@dataclass(frozen=True, slots=True)
class TaskQuestion:
    """One question: the id and values of its row, and what is right."""

    id: str
    values: Values
    gold: Gold

    @property
    def answer(self) -> str:
        """The gold as an example shows it: a choice's text, or the first answer."""
        answer = self.gold.answers[0]
        return self.gold.choices.get(answer, answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task, as its file says.

    Attributes:
        name: what the user types.
        title: what it is, in a line.
        published: the name and version that stand before a wording's: ``jsquad-1.1``.
        wordings: by version, the one taken without a version first.
        judge: ``value``, ``definition``, ``overlap``, ``choice`` or ``label``.
        form: of its data, where that is not rows with what the wordings name.
        ids: the columns that may hold a row's id.
        gold: the columns that may hold what is right.
        labels: those to choose from, the same for each question, with the words that state each.
        metrics: the definitions measured by default, of tasks that compare texts.
        shots: examples in the prompt by default.
        hub: where the questions lie on the Hub, the train rows beside them; "" for data of one's own.
        max_tokens: of a reply.
        stop: where a reply to a prompt that is one text ends.
        sampling: settings of ``generate`` that differ from the likeliest token each time.
        columns: of a row, kept beside its reply.
    """

    name: str
    title: str
    published: str
    wordings: Mapping[str, PromptWording]
    judge: str
    form: str = ""
    ids: tuple[str, ...] = ("id",)
    gold: tuple[str, ...] = ("answer",)
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    metrics: tuple[str, ...] = ()
    shots: int = 0
    hub: str = ""
    max_tokens: int = 64
    stop: tuple[str, ...] = ("\n",)
    sampling: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    @property
    def judged(self) -> Judge:
        """What judges a reply."""
        return by_label(LabelSet(self.labels)) if self.labels else _JUDGES[self.judge]

    def gold_of(self, values: Values) -> Gold | None:
        """What is right for a row, or None."""
        given = next((values[name] for name in self.gold if values.get(name) is not None), None)
        return gold_of(given, values.get("choices"))

    def problem_of(self, gold: Gold) -> str:
        """Why a gold is none for this task, or ""."""
        if self.labels and LabelSet(self.labels).known(gold.answers[0]) is None:
            return f"{gold.answers[0]!r} is none of the labels {', '.join(self.labels)}"
        return no_choice(gold) if self.judge == "choice" else ""

    def questions(self, files: list[Path]) -> dict[str, TaskQuestion]:
        """The questions in files as they are published, or in rows with "id" and "answer".

        Raises:
            InputError: a file cannot be read, has an id twice, or is not of this task.
        """
        found: dict[str, TaskQuestion] = {}
        for path in files:
            for name, values in shaped_rows(path, self.form, self.ids):
                gold = self.gold_of(values)
                problem = "no answer or label" if gold is None else self.problem_of(gold)
                problem = f"the id {name!r} comes twice" if name in found else problem
                if gold is None or problem:
                    cure = f"is this a file of {self.name}?"
                    raise FormatError(problem, where=f"{path}: {name}", cure=cure)
                found[name] = TaskQuestion(name, values, gold)
        if not found:
            where = ", ".join(map(str, files))
            raise FormatError("no golds", where=where, cure=f"name a gold file of {self.name}")
        return found


def task_named(name: str) -> tuple[Task, str]:
    """The task that ``name`` stands for, and the version of its wording; or of a TOML file.

    >>> task, version = task_named("jsquad-1.1-0.3")
    >>> task.title, version
    ('JSQuAD: the answer to a question, out of a passage', '0.3')

    Raises:
        UsageError: there is no such task, or it has no such wording.
        FormatError: the file describes no task.
    """
    if name.endswith(".toml"):
        task = _read(Path(name).stem, read_text(name), name)
        return task, next(iter(task.wordings))
    begun = (one for one in TASKS if name == one or name.startswith((f"{one}-", f"{one}_")))
    known = next(begun, None)
    if known is None:
        raise unknown_name("task", name, TASKS)
    file = resources.files(__package__) / f"{known}.toml"
    task = _read(known, file.read_text(encoding="utf-8"), f"{known}.toml")
    names = {f"{task.published}-{version}": version for version in task.wordings}
    if name != known and name not in names:
        raise unknown_name("task", name, [known, *names])
    return task, names.get(name, next(iter(task.wordings)))


def _read(name: str, text: str, where: str) -> Task:
    try:
        content: dict[str, Any] = tomllib.loads(text)
        content["wordings"] = {
            key: PromptWording(**one) for key, one in content["wordings"].items()
        }
        for key, one in content.items():
            content[key] = tuple(one) if isinstance(one, list) else one
        known = content["judge"] in _JUDGES or (content["judge"] == "label" and content["labels"])
        problem = "" if known else "no judge is called so, or it has no labels"
        task = Task(name=name, **content)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        problem = first_line(error)
    if problem:
        raise FormatError(f"no task ({problem})", where=where, cure="see docs/tasks.md")
    return task
