"""``jtextkit build difficulty-2level``: Simple and Complex texts in pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.cli.options import AOZORA, CACHE, JEC, OFFLINE, WORKERS
from jtextkit.cli.output import progress_bar, say, splits_table, stdout
from jtextkit.cli.parameters import Folder, Local, option
from jtextkit.cli.recipe_options import RecipeChoice, command_of_set
from jtextkit.cli.sources import announce, finishing, given_sources, sample_sources
from jtextkit.core.errors import UsageError
from jtextkit.core.files import scratch_folder
from jtextkit.core.language import translated
from jtextkit.core.processes import available_cores

_SAMPLE_SIZE = 12


def _print(receipt: dict[str, Any]) -> None:
    means = receipt["mean_difficulty"]
    splits = splits_table(receipt["rows"], "texts", list(means))
    splits.add_row(translated("mean difficulty"), "", *(f"{mean:.2f}" for mean in means.values()))
    stdout().print(splits)
    unreadable = receipt["selection"].get("aozora", {}).get("unreadable", {})
    if unreadable:
        say(f"{len(unreadable):,} works could not be read; receipt.json names them")


@command_of_set("difficulty-2level", DifficultyRecipe, show=_print)
def difficulty_command(
    *,
    aozora: str | None = AOZORA,
    jec: str | None = JEC,
    sample: bool = option("Use the small corpus that comes with jtextkit."),
    fresh: bool = option("Choose anew from the pinned sources."),
    lock: Local | None = option(
        "Rebuild the very set that an earlier build's lock describes; first-edition: that of the "
        "reference set.  [the reference set]",
        metavar="DIR|FILE",
    ),
    cache_folder: Folder | None = CACHE,
    offline: bool = OFFLINE,
    workers: int | None = WORKERS,
    choice: RecipeChoice,
    output: Path,
    force: bool,
) -> dict[str, Any]:
    """Build Simple and Complex texts in pairs, balanced, split and scored."""
    from jtextkit.builders.difficulty import build, rebuild
    from jtextkit.builders.difficulty.pinned import fresh_sources, locked_sources, plan
    from jtextkit.core.cache import Cache

    cache = Cache(cache_folder, offline=offline)
    changed = choice.changes
    if lock is None and not (aozora or jec or sample or fresh):
        if changed:
            raise UsageError(
                f"{changed} changes the recipe, so the reference set cannot be rebuilt",
                cure="add --fresh, --sample, or sources of your own (--aozora, --jec)",
            )
        lock = "reference"
    if lock is not None and (changed or fresh):
        raise UsageError(
            "a lock already holds the choice that a recipe would make",
            cure=f"drop --lock, or drop {changed or '--fresh'}",
        )
    if sample and (aozora or jec):
        raise UsageError("--sample brings its own sources", cure="drop --aozora and --jec")
    if fresh and (aozora or jec or sample):
        cure = "drop it, or drop --aozora, --jec and --sample"
        raise UsageError("--fresh takes the pinned sources", cure=cure)
    place = None if lock is None else _lock_place(lock)
    with scratch_folder("jtextkit-sources") as scratch, progress_bar() as report:
        finish = finishing(report)
        sources = sample_sources(scratch) if sample else given_sources(aozora, jec, cache)
        if place is not None:
            if sources is None:
                announce(plan(place), cache, lock=f"--lock {lock} ")
                sources = locked_sources(place, cache, say)
            return rebuild(output, place, sources, force=force, report=report, finish=finish)
        recipe = choice.recipe(DifficultyRecipe, **({"size": _SAMPLE_SIZE} if sample else {}))
        return build(
            output, recipe, sources or fresh_sources(cache, say), force=force, report=report,
            workers=workers or available_cores(), finish=finish,
        )  # fmt: skip


def _lock_place(lock: str) -> Path:
    if lock in ("reference", "first-edition"):
        from jtextkit.builders.difficulty.pinned import reference

        return reference(lock)
    if not Path(lock).exists():
        cure = "name a built folder, its lock.jsonl, reference, or first-edition"
        raise UsageError("there is no lock", where=lock, cure=cure)
    return Path(lock)
