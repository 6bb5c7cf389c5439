"""``jtextkit build``: data sets from their sources."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, ClassVar

import click
from rich.table import Table

from jtextkit.builders.difficulty import (
    DifficultyRecipe,
    DifficultySources,
    build,
    read_recipe,
    rebuild,
)
from jtextkit.builders.difficulty.pinned import (
    fresh_sources,
    locked_sources,
    plan,
    reference,
)
from jtextkit.cli.finishing import finishing, load
from jtextkit.cli.group import LazyGroup
from jtextkit.cli.output import json_text, progress_bar, stdout
from jtextkit.cli.paths import LocalPath
from jtextkit.cli.sources import (
    announce,
    cache_options,
    given_sources,
    sample_sources,
    source_options,
)
from jtextkit.cli.streams import say
from jtextkit.core.cache import Cache
from jtextkit.core.errors import UsageError
from jtextkit.core.files import scratch_folder
from jtextkit.core.processes import available_cores

_SAMPLE_SIZE = 12


class _Builders(LazyGroup):
    lazy: ClassVar = {
        "difficulty-2level": (
            "jtextkit.cli.build",
            "difficulty_command",
            "Simple and Complex texts in pairs.",
        ),
        "sansu": (
            "jtextkit.cli.build_sansu",
            "sansu_command",
            "算数: word problems with worked solutions.",
        ),
        "stx": (
            "jtextkit.cli.build_stx",
            "stx_command",
            "Simplification, question answering, summarisation.",
        ),
    }


@click.group("build", cls=_Builders)
def build_group() -> None:
    """Build a data set from its sources.

    \b
    Examples:
      jtextkit build difficulty-2level --sample
      jtextkit build difficulty-2level --aozora DIR --jec JEC_basic_sentence_v1-3.xls
      jtextkit build sansu --size 3189 --seed 1
      jtextkit build stx --sample
    """


def _file(*, folder: bool = False) -> LocalPath:
    return LocalPath(path_type=Path, exists=True, file_okay=not folder, dir_okay=folder)


@click.command("difficulty-2level")
@source_options
@click.option("--sample", is_flag=True, help="Use the small corpus that comes with jtextkit.")
@click.option("--fresh", is_flag=True, help="Choose anew from the pinned sources.")
@click.option(
    "--lock",
    type=LocalPath(),
    metavar="DIR|FILE",
    help="Rebuild the very set that an earlier build's lock describes.  [the reference set]",
)
@cache_options
@click.option(
    "-o",
    "--output",
    type=LocalPath(path_type=Path),
    default="difficulty-2level",
    show_default=True,
    metavar="DIR",
    help="Where to write the set.",
)
@click.option("--force", is_flag=True, help="Replace the output of another recipe.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Processes that read and score.  [default: all cores]",
)
@click.option(
    "--recipe",
    "recipe_file",
    type=_file(),
    metavar="FILE",
    help="Start from a recipe in JSON or TOML; see jtextkit show difficulty-2level.",
)
@click.option("--seed", type=int, help="Decides splits, order and ties.  [1]")
@click.option("--size", type=click.IntRange(1), help="Texts of each label.  [797]")
@click.option("--levels", type=click.Choice(["two", "six"]), help="Labels.  [two]")
@click.option("--pairs/--no-pairs", default=None, help="Pairs of one writer.  [pairs]")
@click.option("--threshold", type=float, help="Difficulty from which a text is Complex.  [0.5]")
@click.option("--margin", type=float, help="Distance kept from each border.  [0.02]")
@click.option("--min-chars", type=int, help="A passage ends after so many characters.  [600]")
@click.option("--max-chars", type=int, help="No passage is longer.  [1000]")
@click.option("--min-sentences", type=int, help="Sentences of a text, at least.  [5]")
@click.option("--max-sentence-words", type=int, help="Words of a sentence, at most.  [120]")
@click.option("--max-open-lines", type=float, help="Share of lines without an end.  [0.1]")
@click.option("--old-orthography", is_flag=True, default=None, help="Keep passages that look old.")
@click.option("--max-unresolved", type=int, help="Characters without a code (〓) a text.  [0]")
@click.option("--max-per-work", type=int, help="Texts of one work.  [3]")
@click.option("--max-per-writer", type=int, help="Pairs of one writer.  [6]")
@click.option("--max-length-gap", type=int, help="Characters between a pair's lengths.  [100]")
@click.option("--max-similarity", type=float, help="Jaccard limit of near-duplicates.  [0.5]")
@click.option(
    "--public-domain",
    type=click.Choice(["japan", "life+70"]),
    help="Where works must be free.  [japan]",
)
@click.option(
    "--orthography",
    "orthographies",
    multiple=True,
    help="文字遣い種別 to take; repeatable.  [新字新仮名]",
)
@click.option("--ndc", multiple=True, help="Class prefix such as 913 or K; repeatable.  [all]")
@click.option("--author", "authors", multiple=True, help="Name or person id; repeatable.  [all]")
@click.option("--dictionary", metavar="NAME|DIR", help="UniDic to score with.  [unidic-lite]")
@click.option(
    "--aliases",
    is_flag=True,
    default=None,
    help="Add the published set's columns difficulty_level and overall_difficulty.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def difficulty_command(
    aozora: str | None,
    jec: str | None,
    sample: bool,
    fresh: bool,
    lock: str | None,
    cache_folder: Path | None,
    offline: bool,
    output: Path,
    force: bool,
    workers: int | None,
    recipe_file: Path | None,
    as_json: bool,
    **rules: Any,
) -> None:
    """Build Simple and Complex texts in pairs, balanced, split and scored.

    Without options, the reference set is rebuilt from its lock: the works that it names are fetched
    from pinned addresses, checked, and kept in a cache. With sources, or with --fresh, a set is chosen
    by the recipe's rules; each has its option, and the defaults in brackets are the reference set's.

    The folder receives train, validation and test as Parquet, a card (README.md), a report with plots
    (report.html), a lock that rebuilds the set from its sources, and a receipt that counts what each
    rule dropped.

    \b
    Examples:
      jtextkit build difficulty-2level --sample
      jtextkit build difficulty-2level
      jtextkit build difficulty-2level --aozora aozora --jec JEC_basic_sentence_v1-3.xls
      jtextkit build difficulty-2level --lock difficulty-2level --aozora aozora --jec ... -o again
      jtextkit build difficulty-2level --aozora aozora --levels six --no-pairs --size 100
    """
    started = time.monotonic()
    cache = Cache(cache_folder, offline=offline)
    changed = _changed(rules, recipe_file)
    if lock is None and not (aozora or jec or sample or fresh):
        if changed:
            raise UsageError(
                f"{changed} changes the recipe, so the reference set cannot be rebuilt",
                cure="add --fresh, --sample, or sources of your own (--aozora, --jec)",
            )
        lock = "reference"
    with scratch_folder("jtextkit-sources") as scratch, progress_bar() as report:
        if lock is not None:
            if changed or fresh:
                raise UsageError(
                    "a lock already holds the choice that a recipe would make",
                    cure=f"drop --lock, or drop {changed or '--fresh'}",
                )
            place = _lock_place(lock)
            sources = _sources(aozora, jec, sample, cache, scratch)
            if sources is None:
                announce(plan(place), cache)
                sources = locked_sources(place, cache)
            receipt = rebuild(
                output, place, sources, force=force, report=report, finish=finishing(report)
            )
        else:
            recipe = _recipe(recipe_file, rules, sample)
            sources = _sources(aozora, jec, sample, cache, scratch)
            if sources is None or fresh:
                _refuse_both(aozora, jec, sample)
                sources = fresh_sources(cache)
            receipt = build(
                output,
                recipe,
                sources,
                workers=workers or available_cores(),
                force=force,
                report=report,
                finish=finishing(report),
                meanwhile=load,
            )
    if as_json:
        click.echo(json_text(receipt, indent=1, sort_keys=True))
    else:
        _print_receipt(receipt)
    say(f"{output} written in {time.monotonic() - started:.1f} s")


def _lock_place(lock: str) -> Path:
    if lock == "reference":
        return reference()
    place = Path(lock)
    if not place.exists():
        raise UsageError(
            "there is no lock", where=lock, cure="name a built folder, its lock.jsonl, or reference"
        )
    return place


def _sources(
    aozora: str | None, jec: str | None, sample: bool, cache: Cache, scratch: Path
) -> DifficultySources | None:
    """The sources that the options name; None where they name none."""
    if not sample:
        return given_sources(aozora, jec, cache)
    if aozora or jec:
        raise UsageError("--sample brings its own sources", cure="drop --aozora and --jec")
    return sample_sources(scratch)


def _refuse_both(aozora: str | None, jec: str | None, sample: bool) -> None:
    if aozora or jec or sample:
        raise UsageError(
            "--fresh takes the pinned sources", cure="drop it, or drop --aozora, --jec and --sample"
        )


def _recipe(recipe_file: Path | None, rules: dict[str, Any], sample: bool) -> DifficultyRecipe:
    recipe = read_recipe(recipe_file) if recipe_file else DifficultyRecipe()
    options = {name: value for name, value in rules.items() if value not in (None, ())}
    if sample and recipe_file is None:
        options.setdefault("size", _SAMPLE_SIZE)
    return recipe.with_options(**options)


def _changed(rules: dict[str, Any], recipe_file: Path | None) -> str:
    """An option that changes the recipe, or nothing."""
    given = [name for name, value in rules.items() if value not in (None, ())]
    if recipe_file is not None:
        return "--recipe"
    return f"--{given[0].replace('_', '-')}" if given else ""


def _print_receipt(receipt: dict[str, Any]) -> None:
    labels = list(receipt["mean_difficulty"])
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("split")
    for name in ("texts", *labels):
        table.add_column(name, justify="right")
    totals = dict.fromkeys(labels, 0)
    for split, counts in receipt["rows"].items():
        table.add_row(
            split, f"{sum(counts.values()):,}", *(f"{counts.get(name, 0):,}" for name in labels)
        )
        for name in labels:
            totals[name] += counts.get(name, 0)
    table.add_row(
        "all",
        f"{sum(totals.values()):,}",
        *(f"{total:,}" for total in totals.values()),
        style="bold",
    )
    means = [f"{receipt['mean_difficulty'][name]:.2f}" for name in labels]
    table.add_row("mean difficulty", "", *means)
    stdout().print(table)
    unreadable = receipt["selection"].get("aozora", {}).get("unreadable", {})
    if unreadable:
        say(f"{len(unreadable):,} works could not be read; receipt.json names them")
