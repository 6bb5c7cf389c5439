"""``jtextkit prompts``: what a task asks, as files that other programs take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jtextkit.cli.options import any_of
from jtextkit.cli.output import json_text, print_table, say
from jtextkit.cli.parameters import argument, command, option, rules
from jtextkit.cli.rows import line_writer
from jtextkit.core.errors import UsageError
from jtextkit.tasks.requests import Selection, requests_of
from jtextkit.tasks.task import TASKS, task_named


@command("prompts")
def prompts_command(
    *,
    task: str | None = argument("[TASK]", shell_complete=any_of(TASKS)),
    selection: dict[str, Any] = rules(Selection),
    batch: bool = option(
        "Write rows of OpenAI's Batch API; evaluate reads what comes back, by id."
    ),
    model_name: str | None = option("The model that a batch asks.", metavar="NAME"),
    output: Path | None = option("JSONL.  [default: standard output]", short="-o"),
) -> None:
    """Write the prompts of a task, with its examples, for any program that runs models."""
    if task is None:
        _list()
        return
    if batch != bool(model_name):
        raise UsageError("--batch and --model-name go together", cure="give both, or neither")
    requests, source = requests_of(task, Selection(**selection))
    sampling = {"temperature": 0.0, **task_named(task)[0].sampling}
    body = {name: value for name, value in sampling.items() if name in ("temperature", "top_p")}
    rows = [one.to_batch(str(model_name), body) if batch else one.to_dict() for one in requests]
    if output is None:
        for row in rows:
            click.echo(json_text(row))
        return
    with line_writer(output, "-o") as write:
        for row in rows:
            write(row)
    say(
        f"{output}: {len(rows):,} prompts of {requests[0].task}"
        + (f" ({source})" if source else "")
    )


def _list() -> None:
    rows = []
    for name in TASKS:
        task, _ = task_named(name)
        wordings = ", ".join(f"{task.published}-{version}" for version in task.wordings)
        rows.append((name, task.shots, wordings))
    print_table(["task", "shots", "wordings"], rows, words=(0, 2))
