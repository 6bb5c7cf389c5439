"""``jtextkit build sansu``: word problems with worked solutions, generated or imported."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe
from jtextkit.cli.options import WORKERS
from jtextkit.cli.output import print_table, progress_bar, say, splits_table, stdout, tell
from jtextkit.cli.parameters import Place, option
from jtextkit.cli.recipe_options import RecipeChoice, command_of_set
from jtextkit.cli.rows import SHOWN_BAD, left_out
from jtextkit.core.errors import UsageError
from jtextkit.core.language import translated
from jtextkit.core.processes import available_cores


def _print(receipt: dict[str, Any]) -> None:
    stdout().print(splits_table(receipt["rows"]))
    if "read" not in receipt:
        return
    reasons = {**receipt["dropped"], translated("cannot be read"): receipt["bad_rows"]}
    tell("")
    print_table([f"left out of {receipt['read']:,}", "rows"], reasons.items())
    if receipt["audit"]:
        found = sorted(receipt["audit"].items(), key=lambda one: (-one[1], one[0]))
        alone = receipt["audit_alone"]
        rules = [(rule, count, alone.get(rule, 0)) for rule, count in found]
        tell("")
        print_table(["found by the audit", "rows", "nothing else"], rules)
    if receipt["laid_out"]:
        tell(f"{receipt['laid_out']:,} solutions were laid out in house style")
    if receipt["flagged"]:
        tell(f"{receipt['flagged']:,} rows with flags were kept")


@command_of_set("sansu", SansuRecipe, SansuImportRecipe, show=_print)
def sansu_command(
    *,
    source: Place | None = option(
        "Import problems instead: JSONL (also .gz, .zst) or Parquet.", flag="--from", metavar="FILE"
    ),
    workers: int | None = WORKERS,
    preview: bool = option("Say what an import would leave out; write nothing."),
    choice: RecipeChoice,
    output: Path,
    force: bool,
) -> dict[str, Any]:
    """Generate 算数 problems whose answers two solvers confirm, or import and audit a teacher's."""
    from jtextkit.builders.sansu import build, build_import, preview_import

    _refuse(choice, source, workers, preview=preview)
    with progress_bar() as report:
        if source is None:
            generated, number = choice.recipe(SansuRecipe), workers or available_cores()
            return build(output, generated, workers=number, force=force, report=report)
        recipe = choice.recipe(SansuImportRecipe)
        if preview:
            return preview_import(source, recipe, report=report)
        receipt = build_import(output, source, recipe, force=force, report=report)
    for bad in receipt["bad_lines"][:SHOWN_BAD]:
        say(left_out(f"{source}:{bad['line']}", bad["problem"]))
    if receipt["bad_rows"] > SHOWN_BAD:
        say(f"and {receipt['bad_rows'] - SHOWN_BAD:,} more rows left out")
    return receipt


def _refuse(
    choice: RecipeChoice, source: Path | None, workers: int | None, *, preview: bool
) -> None:
    """Refuse options that have no meaning here, and an import without what it needs."""
    here = {one.name for one in fields(SansuRecipe if source is None else SansuImportRecipe)}
    flags = [choice.flags[name] for name in choice.rules if name not in here]
    if source is None:
        for flag in (*flags, *["--preview"] * preview):
            raise UsageError(f"{flag} is for an import", cure="add --from FILE, or leave it out")
        return
    for flag in (*flags, *["--workers"] * (workers is not None)):
        raise UsageError(f"{flag} has no meaning with --from", cure="leave it out")
    for name in ("teacher", "terms"):
        if name not in choice.rules and choice.file is None:
            cure = "card and receipt say whose solutions these are"
            raise UsageError(f"--from needs --{name}", cure=cure)
