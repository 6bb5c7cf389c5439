"""``jtextkit train`` and ``export``: models on sets, what such a run would be, and another trainer's files."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from jtextkit.cli.group import group, help_of
from jtextkit.cli.output import answer, grid, json_text, progress_bar, say, stdout
from jtextkit.cli.parameters import Folder, Local, argument, command, option
from jtextkit.core.errors import UsageError
from jtextkit.core.language import translated
from jtextkit.core.progress import silent


@group("train")
def train_group() -> None:
    """Train a model on a built set, on rows of your own, or on a set of the Hub."""


_CONFIG: Final[Any] = option("YAML over the preset; see jtextkit show.", flag="--config")
_SET: Final[Any] = option(
    "One value over those, such as learning_rate=2e-5; may be repeated.",
    flag="--set",
    metavar="KEY=VALUE",
)


def _train(
    task: str,
    *,
    of: str = option(
        "text, difficulty, jnli, jcommonsenseqa, marc_ja, jsts, jcola, or YAML of your own.",
        flag="--task",
        metavar="NAME|FILE",
    ),
    data: Local = option(
        "A built set, whose receipt is checked first; your own rows, or USER/NAME of the Hub.",
        metavar="SET",
    ),
    model: Local = option("A model of the Hub, or its folder.", metavar="ID|PATH"),
    output: Folder | None = option("The folder of the run.", short="-o", metavar="OUT"),
    config_file: Path | None = _CONFIG,
    settings: tuple[str, ...] = _SET,
    dry_run: bool = option("Say what the run will be; needs no weights."),
    resume: bool = option("Go on where a run in OUT was interrupted."),
    as_json: bool = option("One JSON object on stdout."),
) -> None:
    from jtextkit.train.presets import configuration
    from jtextkit.train.processes import is_first

    config = configuration(f"train/{task}", config_file, settings, task=of)
    if dry_run:
        plan = _planned(task, data, model, config)
        answer(as_json, plan, lambda: _print_plan(plan))
        return
    if output is None:
        raise UsageError("there is no place for the run", cure="name it with -o, or use --dry-run")
    with progress_bar() if is_first() else nullcontext(silent) as report:
        if task == "encoder":
            from jtextkit.train.encoder import train_encoder as train
        else:
            from jtextkit.train.run import train

        tell = say if is_first() else lambda _: None
        metrics = train(
            of or task, data, model, config, output, resume=resume, say=tell, report=report
        )
    if not is_first():
        return
    answer(as_json, metrics, lambda: _print_metrics(metrics, output))


_TASKS: Final = {
    "difficulty": "Texts of an asked-for difficulty (LoRA).",
    "stx": "Simplify, answer and summarise (QLoRA).",
    "sansu": "Worked solutions of 算数 (QLoRA).",
    "encoder": "Classes, pairs, choices or numbers (an encoder).",
}
"""A command each; the encoder's own task is an option, which the others lack."""

for _name, _summary in _TASKS.items():
    _fixed: dict[str, Any] = {} if _name == "encoder" else {"of": ""}
    _settings = {"short_help": _summary, "help": help_of(f"train {_name}", "")}
    command(f"train {_name}", train_group, **_settings)(partial(_train, _name, **_fixed))


def _planned(task: str, data: str, model: str, config: dict[str, Any]) -> dict[str, Any]:
    if task == "encoder":
        from jtextkit.train.encoder import plan_encoder

        return plan_encoder(data, model, config).to_dict()
    from jtextkit.train.run import prepare

    return prepare(task, data, model, config, for_plan=True).plan.to_dict()


def _print_plan(plan: dict[str, Any]) -> None:
    from jtextkit.train.models import gibibytes

    guess = " (estimated)" if plan["tokens_estimated"] else ""
    lines = {
        "parameters": f"{plan['total_parameters']:,}",
        "embeddings": f"{plan['embedding_parameters']:,}",
        "elsewhere": f"{plan['other_parameters']:,}",
        "trainable": f"{plan['trainable_parameters']:,} ({plan['trainable_percent']:.2f} %)",
        "rows": f"{plan['rows']['train']['used']:,}",
        "runs": f"{plan['runs']:,}",
        "steps": f"{plan['steps']:,} of {plan['rows_per_step']:,} rows",
        "of warm-up": f"{plan['warmup_steps']:,}",
        "tokens per epoch": f"{plan['tokens_per_epoch']:,}{guess}",
        "memory, about": gibibytes(plan["memory_bytes"]),
    }
    if plan["runs"] == 1:
        del lines["runs"]
    parts = ("embeddings", "elsewhere", "of warm-up")  # each of the line above
    told = ((f"{'  ' * (one in parts)}{translated(one)}", value) for one, value in lines.items())
    stdout().print(grid(told, figures=True))
    for warning in plan["warnings"]:
        say(f"warning: {warning}")


def _print_metrics(metrics: dict[str, Any], output: Path) -> None:
    rows = metrics["summary"].items()
    shown = ((k, f"{v:,.4f}" if isinstance(v, float) else f"{v}") for k, v in rows)
    stdout().print(grid(shown, figures=True))
    say(f"{output} written")


@group("export")
def export_group() -> None:
    """Write a set as another program's own files."""


@command("export sft", export_group)
def sft_command(
    *,
    data: Local = argument("SET"),
    engine: str = option(
        "Whose files.", flag="--format", type=click.Choice(["trl", "axolotl", "llama-factory"])
    ),
    task: str | None = option(
        "Of rows of your own.", type=click.Choice(["difficulty", "stx", "sansu"])
    ),
    model: Local = option("The base model, for the file.", "MODEL", metavar="ID|PATH"),
    config_file: Path | None = _CONFIG,
    settings: tuple[str, ...] = _SET,
    output: Folder = option("A new folder.", short="-o", metavar="OUT"),
    as_json: bool = option("One JSON object on stdout."),
) -> None:
    """Write rows, class weights and preset for supervised fine-tuning with another trainer."""
    from jtextkit.builders.sets.reading import open_set
    from jtextkit.train.exporting import export_sft, task_of_set
    from jtextkit.train.presets import configuration

    chosen = task or task_of_set(open_set(data))
    config = configuration(f"train/{chosen}", config_file, settings)
    done = export_sft(data, engine, output, config, task=chosen, model=model)
    if as_json:
        click.echo(json_text(done, indent=2))
    for name, number in done["copies"].items():
        if number > 1:
            say(f"{name}: each row stands there {number} times")
    say(f"{output} written; {engine}.yaml says how to run it")
