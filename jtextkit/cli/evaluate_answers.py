"""``jtextkit evaluate answers``: the answers in a model's texts, found and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from jtextkit.cli.options import any_of
from jtextkit.cli.output import json_text, print_table, progress_bar, refuse_shared, tell
from jtextkit.cli.parameters import Existing, Local, argument, command, option
from jtextkit.cli.rows import (
    judged,
    line_writer,
    nothing_to_judge,
    places_of,
    report_bad_rows,
    report_missing,
)
from jtextkit.core.errors import InputError, UsageError, printable
from jtextkit.core.language import translated
from jtextkit.core.rows import Row, read_rows, refuse_faults
from jtextkit.core.signatures import signature
from jtextkit.metrics.intervals import Interval
from jtextkit.metrics.qa import DEFINITIONS, Definition
from jtextkit.metrics.qa.judging import Gold, Judged
from jtextkit.metrics.qa.systems import System, SystemComparison, compare_systems
from jtextkit.tasks import TASKS, Task, task_named
from jtextkit.tasks.reading import HELD_OUT, data_files
from jtextkit.tasks.replies import rejoined

_REPORT_EVERY = 200
_NO_GOLD = "no --gold, and no 'answer' that is a text, a number or a list of them"


@dataclass
class _Read:
    """What a file of predictions held.

    Attributes:
        judged: by id.
        numbers: the line of each id.
        bad: rows left out, with the reason.
        missing: ids of golds without a prediction.
    """

    judged: dict[str, Judged] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    bad: list[Row] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@command("evaluate answers")
def answers_command(
    *,
    file: Local = argument("PREDS"),
    task_name: str | None = option(
        "What was asked: a name that jtextkit prompts lists.  [default: as the rows say]",
        flag="--task",
        metavar="NAME",
        shell_complete=any_of(TASKS),
    ),
    gold_file: Existing | None = option(
        "The golds: data as published, what jtextkit prompts wrote, or rows with id and answer.",
        flag="--gold",
        metavar="FILE",
    ),
    against: Local | None = option(
        "Another system's predictions, to compare with.", metavar="PREDS"
    ),
    metric_names: tuple[str, ...] = option(
        "Of tasks that compare texts: definitions to measure by; accuracy is the first's exact match."
        "  [default: the task's]",
        flag="--metric",
        type=click.Choice(tuple(DEFINITIONS)),
    ),
    instances: Path | None = option(
        "Write a line of JSON for each answer: what was read, compared, and found.", metavar="OUT"
    ),
    as_json: bool = option("One JSON object; shares are 0 to 1."),
) -> None:
    """Find the final answer in each of a model's texts, and say whether it is right."""
    task, _ = task_named(task_name or _task_of(file))
    if task.form == "difficulty":
        raise UsageError("this is no task with answers", cure="use evaluate difficulty")
    if metric_names and not task.metrics:
        raise UsageError(f"--metric is not for {task.name}", cure="leave it out")
    metrics = dict.fromkeys(metric_names or task.metrics)
    definitions = tuple(DEFINITIONS[name] for name in metrics)
    if file == against == "-":
        raise UsageError("both files are standard input", cure="name one of them")
    refuse_shared({"--instances": instances}, file, against, gold_file)
    asked: Mapping[str, Mapping[str, Any]] | None = None
    if gold_file is not None:
        questions = task.questions(data_files(str(gold_file), HELD_OUT)[0])
        asked = {name: {"gold": one.gold} for name, one in questions.items()}
    files = [file] if against is None else [file, against]
    reads = [_judge(name, task, asked, definitions) for name in files]
    read = reads[0]
    this, *others = (System(one.judged, bool(task.labels)) for one in reads)
    comparison = compare_systems(this, *others) if others else None
    if others and comparison is None:
        cure = "give both systems the same ids"
        raise InputError(f"no id of {file} is in it", where=files[1], cure=cure)
    with line_writer(instances, "--instances") as write:
        for name, answer in read.judged.items():
            write({"id": name, "line": read.numbers[name], **answer.to_dict()})
    for one in reads:
        report_bad_rows(one.bad)
        report_missing(one.missing)
    signature = _signature(task, definitions)
    if as_json:
        content = {
            "task": task_name or task.name,
            **this.to_dict(),
            "bad_rows": places_of(read.bad),
            "missing": len(read.missing),
            "missing_ids": read.missing,
            **({"against": comparison.to_dict()} if comparison else {}),
            "signature": signature,
        }
        click.echo(json_text(content, indent=2))
    else:
        _print(task.name, this, read)
        if comparison:
            _print_comparison(comparison, str(against), of_shares=this.accuracy is not None)
        tell(signature, "dim")
    refuse_faults(sum(row.fault for one in reads for row in one.bad), file)


def _task_of(file: str) -> str:
    """The task that the rows name."""
    rows = () if file == "-" else read_rows(file)
    named = next((row.values["task"] for row in rows if row.values.get("task")), None)
    if not isinstance(named, str):
        raise UsageError("the rows name no task", where=file, cure="name it with --task")
    return named


def _judge(
    file: str,
    task: Task,
    asked: Mapping[str, Mapping[str, Any]] | None,
    definitions: tuple[Definition, ...],
) -> _Read:
    found = _Read()

    def judge(values: Mapping[str, Any]) -> Judged | str:
        gold: Gold | None = values["gold"] if asked is not None else task.gold_of(values)
        if gold is None:
            return _NO_GOLD
        return task.problem_of(gold) or task.judged(values["text"], gold, definitions)

    with progress_bar() as report:
        for name, row in rejoined(read_rows(file), asked, found.missing):
            if len(found.judged) % _REPORT_EVERY == 0:
                report("judging", len(found.judged), len(asked or ()))
            one = judged(row, judge, found.bad)
            if one is not None:
                found.judged[name] = one
                found.numbers[name] = row.number
    if not found.judged:
        example = '{"id": "1", "prediction": "...", "answer": "..."}'
        raise nothing_to_judge(file, "row that can be judged", found.bad, example)
    return found


def _signature(task: Task, definitions: tuple[Definition, ...]) -> str:
    choices = {f"{one.name}.{key}": value for one in definitions for key, value in one.making()}
    names = "+".join(one.name for one in definitions)
    metric = {"metric": names} if names else {}
    return signature(f"answers-{task.name}", **metric, **choices)


def _print(task: str, this: System, read: _Read) -> None:
    found = this.metrics().items()
    rows = [(name, f"{one['value']:.4f}", _shown(one["interval"])) for name, one in found]
    if this.accuracy is not None:
        rows.insert(0, ("accuracy", f"{this.accuracy:.2%}", _shown(this.interval, ".2%")))
    rows.append(("unparsed", f"{this.unparsed:.2%}", ""))
    print_table([task, "value", "95 % interval"], rows, words=(0, 2), told=(0,))
    right = f"{this.n:,} judged" if this.accuracy is None else f"{this.right:,} of {this.n:,} right"
    said = [right, f"{len(read.bad):,} rows left out"]
    if read.missing:
        said.append(f"{len(read.missing):,} golds without a prediction (not counted)")
    tell("; ".join(map(translated, said)))
    for title, counts in (("relations", this.relations()), ("form", this.flags())):
        if counts:
            shown = ", ".join(f"{name} {number:,}" for name, number in counts.most_common())
            tell(f"{title}: {shown}")


def _print_comparison(found: SystemComparison, against: str, *, of_shares: bool) -> None:
    tell("")
    if of_shares:
        said = (
            f"against {against}, on {found.n:,} questions of both: {found.accuracy:.2%} and "
            f"{found.other:.2%}, difference {100 * found.difference:+.2f} points"
        )
        tell(printable(said))
        tell(
            f"only here right {found.only_this:,}, only there {found.only_other:,}: "
            f"p = {found.p:.3g} (McNemar, exact)"
        )
    for name, (value, interval) in found.differences.items():
        tell(f"{name}: {value:+.4f}  {_shown(interval)} (paired bootstrap)")


def _shown(interval: Interval | None, form: str = ".4f") -> str:
    return "" if interval is None else f"{interval.low:{form}} to {interval.high:{form}}"
