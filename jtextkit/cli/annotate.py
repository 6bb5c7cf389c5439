"""``jtextkit annotate``: score columns for shards of any size."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import click

from jtextkit.cli.options import DICTIONARY, SENTENCES, WORKERS, memory_option
from jtextkit.cli.output import (
    answer,
    fail_softly,
    grid,
    json_text,
    print_table,
    progress_bar,
    say,
    stdout,
    tell,
)
from jtextkit.cli.parameters import Local, PathOrAddress, argument, command, option
from jtextkit.core.errors import InputError, UsageError, printable
from jtextkit.core.language import translated
from jtextkit.core.memory import half_of_the_free
from jtextkit.core.processes import available_cores
from jtextkit.corpus import (
    Options,
    Outcome,
    Summary,
    annotate_shards,
    find_shards,
    merge,
    on_this_machine,
)
from jtextkit.corpus.batches import RowTally
from jtextkit.metrics.readability.formula import SentenceRule
from jtextkit.metrics.readability.profiles import PROFILE_COLUMNS

_SHOWN_SHARDS = 20


def _part(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> tuple[int, int] | None:
    """``3/128``: the third of 128 parts."""
    if value is None:
        return None
    match = re.fullmatch(r"(\d{1,9})/(\d{1,9})", value, re.ASCII)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise click.BadParameter(f"{value!r} is no part such as 3/128 (from 1/128 to 128/128)")
    return int(match[1]), int(match[2])


@command("annotate")
def annotate_command(
    *,
    shards: tuple[Path | str, ...] = argument(
        "SHARD...", type=PathOrAddress(path_type=Path, exists=True)
    ),
    output: Path | str | None = option(
        "Where to write the annotated shards and their receipts.",
        short="-o",
        type=PathOrAddress(path_type=Path, file_okay=False),
        metavar="DIR",
    ),
    text_column: str = option("The column of the text.", "text"),
    columns: str | None = option(
        f"Score columns to add.  [default: {', '.join(PROFILE_COLUMNS)}]", metavar="NAME,..."
    ),
    workers: int | None = WORKERS,
    part: tuple[int, int] | None = option(
        "Take only this machine's part of the shards: 3/128.",
        flag="--shard",
        metavar="I/N",
        callback=_part,
    ),
    sentences: SentenceRule = SENTENCES,
    dictionary: Local = DICTIONARY,
    force: bool = option(
        "Replace these shards' outputs of another signature, or without a receipt."
    ),
    merged: Path | str | None = option(
        "Write nothing: add up the receipts in DIR; SHARDs named must be among them.",
        flag="--merge",
        type=PathOrAddress(path_type=Path, exists=True, file_okay=False),
        metavar="DIR",
    ),
    max_memory: int | None = memory_option(
        "Memory for the shards in hand, such as 4GB.  [default: half of what is free]"
    ),
    verified: bool = option("With --merge: hash the outputs, too.", flag="--verify"),
    as_json: bool = option("Print what was done, or the sum, as JSON."),
) -> None:
    """Add readability scores to shards of JSONL or Parquet of any size."""
    if merged is not None:
        if output is not None or part is not None or columns is not None or force:
            raise click.UsageError(
                "--merge only reads: it takes no -o, --shard, --columns, --force"
            )
        _print_sum(merge(merged, find_shards(shards), verify=verified), as_json=as_json)
        return
    if verified:
        raise click.UsageError("--verify goes with --merge: what is annotated is hashed always")
    if not shards:
        raise click.UsageError("no SHARD given")
    if output is None:
        raise click.UsageError("no folder to write to: name one with -o DIR")
    names = PROFILE_COLUMNS
    if columns is not None:
        names = tuple(filter(None, map(str.strip, columns.split(","))))
    options = Options(text_column, names, sentences, dictionary)
    found = find_shards(shards)
    taken = found if part is None else on_this_machine(found, *part)
    number = workers or available_cores()
    started = time.monotonic()
    outcomes = []
    with progress_bar() as report:
        for outcome in annotate_shards(
            taken, output, options, workers=number, force=force, among=found,
            max_memory=max_memory or half_of_the_free(number), report=report,
        ):  # fmt: skip
            if outcome.error is not None:
                fail_softly(outcome.error)
            outcomes.append(outcome)
    seconds = time.monotonic() - started
    outcomes.sort(key=lambda outcome: outcome.name)
    answer(as_json, _content(outcomes, options), lambda: _print_outcomes(outcomes, options))
    scored = sum(_tally(one).counts.characters for one in outcomes if one.written)
    if scored:
        say(f"{scored:,} characters in {seconds:.1f} s ({scored / seconds / 1e6:.2f} million/s)")
    if failed := [one.error for one in outcomes if one.error is not None]:
        usage = all(isinstance(error, UsageError) for error in failed)
        raise (UsageError if usage else InputError)(
            f"{len(failed)} of {len(outcomes)} shards failed",
            cure="the others are done; the same command tries only these again",
        )


def _tally(outcome: Outcome) -> RowTally:
    return RowTally.from_dict(outcome.receipt["tally"]) if outcome.receipt else RowTally()


def _total(outcomes: list[Outcome]) -> RowTally:
    whole = RowTally()
    for outcome in outcomes:
        whole.add(_tally(outcome))
    return whole


def _content(outcomes: list[Outcome], options: Options) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for one in outcomes:
        rows.append({"name": one.name, "status": one.status})
        if one.receipt is not None:
            rows[-1] |= {"sha256": one.receipt["output"]["sha256"], **_tally(one).to_dict()}
        if one.error is not None:
            rows[-1]["error"] = str(one.error)
    return {"signature": options.signature(), **_total(outcomes).to_dict(), "shards": rows}


def _print_outcomes(outcomes: list[Outcome], options: Options) -> None:
    shown = outcomes if len(outcomes) <= _SHOWN_SHARDS else []
    found = Counter(outcome.status for outcome in outcomes)
    states = (name for name in ("written", "unchanged", "failed") if found[name])
    summary = ", ".join(f"{found[name]:,} {translated(name)}" for name in states)
    whole = _total(outcomes)
    heads = ["shard", "status", "rows", "problems", "characters", "Simple", "Complex"]
    rows = ((one.name, one.status, *_numbers(_tally(one))) for one in shown)
    total = (translated(f"{len(outcomes):,} in all"), summary or "-", *_numbers(whole))
    print_table(heads, rows, words=(0, 1), told=(1,), total=total)
    _print_problems(whole)
    tell(options.signature(), "dim")


def _numbers(tally: RowTally) -> tuple[int, ...]:
    labels = (tally.labels["Simple"], tally.labels["Complex"])
    return tally.rows, tally.problems.total(), tally.counts.characters, *labels


def _print_problems(tally: RowTally) -> None:
    for reason, number in sorted(tally.problems.items()):
        tell(f"no score: {number:,} × {printable(reason)}", "yellow")


def _print_sum(summary: Summary, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_text(summary.to_dict(), indent=2))
        return
    tally = summary.tally
    numbers = {
        "shards": summary.shards,
        "rows": tally.rows,
        "without a score": tally.problems.total(),
        **{name: getattr(tally.counts, name) for name in ("characters", "words", "sentences")},
        **dict(sorted(tally.labels.items())),
        **dict(sorted(tally.levels.items())),
    }
    rows = [(name, f"{number:,}") for name, number in numbers.items()]
    if (score := summary.score) is not None:
        rows.append(("readability of all", f"{score.readability:.2f}"))
    if (profile := summary.profile) is not None:
        rows.append(("harder than, % of Aozora passages", f"{profile.harder_than_percent:.0f}"))
    stdout().print(grid(rows, figures=True))
    _print_problems(tally)
    tell(summary.making["signature"], "dim")
