"""``jtextkit build sansu``: word problems with worked solutions, generated or imported."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from rich.table import Table

from jtextkit.builders.sansu import SansuImportRecipe, SansuRecipe, build, build_import
from jtextkit.cli.output import json_text, progress_bar, stdout
from jtextkit.cli.paths import LocalPath
from jtextkit.cli.streams import say
from jtextkit.core.errors import UsageError, printable
from jtextkit.core.processes import available_cores
from jtextkit.core.rows import refuse_faults
from jtextkit.metrics.solutions import STYLES

_SHOWN_BAD = 20

_OF_GENERATION = ("size", "families", "workers")
_OF_IMPORT = (
    "teacher",
    "terms",
    "license",
    "min_problem_chars",
    "min_solution_chars",
    "style",
    "keep_flagged",
    "problem_field",
    "solution_field",
    "answer_field",
)


@click.command("sansu")
@click.option("--size", type=click.IntRange(1), default=3189, show_default=True, help="Rows.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Decides numbers, splits and order."
)
@click.option(
    "--family",
    "families",
    multiple=True,
    metavar="NAME",
    help="A family such as 植木算 (or ueki); repeatable.  [all]",
)
@click.option(
    "--max-similarity",
    type=float,
    default=0.8,
    show_default=True,
    help="From which on a problem nearly repeats another (Jaccard, 5-character shingles).",
)
@click.option(
    "--from",
    "source",
    type=LocalPath(path_type=Path),
    metavar="FILE",
    help="Import problems instead: JSONL (also .gz, .zst) or Parquet.",
)
@click.option("--teacher", metavar="NAME", help="Import: who or what wrote the solutions.")
@click.option("--terms", metavar="TEXT|URL", help="Import: terms under which they may be used.")
@click.option(
    "--license", default="other", show_default=True, metavar="ID", help="Import: for card and rows."
)
@click.option(
    "--min-problem-chars",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Import: drop shorter problems.",
)
@click.option(
    "--min-solution-chars",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Import: drop shorter solutions.",
)
@click.option(
    "--style",
    type=click.Choice((*STYLES, "none")),
    default="strict",
    show_default=True,
    help="Import: the style to audit by.",
)
@click.option("--keep-flagged", is_flag=True, help="Import: keep faulty rows, with their flags.")
@click.option(
    "--problem-field", default="problem", show_default=True, metavar="NAME", help="In FILE."
)
@click.option(
    "--solution-field", default="solution", show_default=True, metavar="NAME", help="In FILE."
)
@click.option(
    "--answer-field", default="answer", show_default=True, metavar="NAME", help="In FILE."
)
@click.option(
    "-o",
    "--output",
    type=LocalPath(path_type=Path),
    default="sansu",
    show_default=True,
    metavar="DIR",
    help="Where to write the set.",
)
@click.option("--force", is_flag=True, help="Replace the output of another recipe.")
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes.  [default: all cores]"
)
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
@click.pass_context
def sansu_command(
    context: click.Context,
    /,
    size: int,
    seed: int,
    families: tuple[str, ...],
    max_similarity: float,
    source: Path | None,
    output: Path,
    force: bool,
    workers: int | None,
    as_json: bool,
    **of_import: Any,
) -> None:
    """Generate 算数 problems whose answers two solvers confirm, or import and audit a teacher's.

    Generated: families of 特殊算 and three grades get equal shares. The folder receives train,
    validation and test as Parquet, a card (README.md), and a receipt. The same seed gives the same
    bytes with any number of workers.

    Imported with --from: rows with problem, solution and answer, or chats with messages. Extremely
    short records and repetitions are dropped, every equation is recomputed, answers and style are
    judged; what fails is dropped, or kept with its flags. Each drop is counted with its reason.

    \b
    Examples:
      jtextkit build sansu --size 3189 --seed 1
      jtextkit build sansu --family つるかめ算 --family 旅人算 --size 200 -o two-families
      jtextkit build sansu --from solved.jsonl --teacher "Model X" --terms https://example.org/terms
    """
    started = time.monotonic()
    _refuse(context, _OF_IMPORT if source is None else _OF_GENERATION, source)
    with progress_bar() as report:
        if source is None:
            receipt = build(
                output,
                SansuRecipe(seed=seed, size=size, families=families, max_similarity=max_similarity),
                workers=workers or available_cores(),
                force=force,
                report=report,
            )
        else:
            recipe = _import_recipe(seed=seed, max_similarity=max_similarity, **of_import)
            receipt = build_import(output, source, recipe, force=force, report=report)
    for bad in receipt.get("bad_lines", ())[:_SHOWN_BAD]:
        say(printable(f"{source}:{bad['line']}: {bad['problem']}; left out"))
    if receipt.get("bad_rows", 0) > _SHOWN_BAD:
        say(f"and {receipt['bad_rows'] - _SHOWN_BAD:,} more rows left out")
    if as_json:
        click.echo(json_text(receipt, indent=1, sort_keys=True))
    else:
        _print(receipt)
    say(f"{output} written in {time.monotonic() - started:.1f} s")
    refuse_faults(receipt.get("faults", 0), str(source))


def _refuse(context: click.Context, names: tuple[str, ...], source: Path | None) -> None:
    """Refuse options that have no meaning here."""
    for name in names:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = next(one.opts[0] for one in context.command.params if one.name == name)
            why = "is for an import" if source is None else "has no meaning with --from"
            raise UsageError(
                f"{option} {why}",
                cure="add --from FILE, or leave it out" if source is None else "leave it out",
            )


def _import_recipe(**values: Any) -> SansuImportRecipe:
    for name in ("teacher", "terms"):
        if values[name] is None:
            raise UsageError(
                f"--from needs --{name}", cure="card and receipt say whose solutions these are"
            )
    style = values.pop("style")
    return SansuImportRecipe(style="" if style == "none" else style, **values)


def _print(receipt: dict[str, Any]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("split")
    table.add_column("rows", justify="right")
    for name in ("train", "validation", "test"):
        table.add_row(name, f"{receipt['rows'][name]:,}")
    table.add_row("all", f"{sum(receipt['rows'].values()):,}", style="bold")
    stdout().print(table)
    if "read" not in receipt:
        return
    why = Table(box=None, pad_edge=False, header_style="bold")
    why.add_column("left out of " + f"{receipt['read']:,}")
    why.add_column("rows", justify="right")
    for reason, count in receipt["dropped"].items():
        why.add_row(reason, f"{count:,}")
    why.add_row("cannot be read", f"{receipt['bad_rows']:,}")
    stdout().print()
    stdout().print(why)
    if receipt["flagged"]:
        stdout().print(f"{receipt['flagged']:,} rows with flags were kept")
