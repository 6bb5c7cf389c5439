"""``jtextkit evaluate difficulty``: did texts hit the difficulty that was asked for?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jtextkit.cli.options import DICTIONARY, SENTENCES
from jtextkit.cli.output import (
    json_text,
    print_table,
    progress_bar,
    refuse_shared,
    say,
    tell,
    write_page,
)
from jtextkit.cli.parameters import Existing, Local, argument, command, option
from jtextkit.cli.rows import judged, line_writer, report_bad_rows, report_missing
from jtextkit.core.errors import InputError, ThresholdError, UsageError, printable
from jtextkit.core.progress import Progress
from jtextkit.core.rows import Row, read_rows, refuse_faults
from jtextkit.core.text import FILE_NORMALISATION, read_text
from jtextkit.metrics.accuracy import Ranges, ranges_of
from jtextkit.metrics.readability.formula import SentenceRule
from jtextkit.tasks.replies import rejoined

if TYPE_CHECKING:
    from jtextkit.metrics.accuracy import (
        AccuracyDifference,
        Copies,
        DifficultyAccuracy,
        Instance,
        Judge,
    )

_PLAIN = (".txt", ".text")


def _ranges(_context: click.Context, _option: click.Parameter, value: str) -> Ranges:
    try:
        return ranges_of(value)
    except UsageError as error:
        raise click.BadParameter(str(error).removeprefix("--ranges: ")) from None


@command("evaluate difficulty")
def difficulty_command(
    *,
    files: tuple[Local, ...] = argument("FILE...", required=True),
    against: Local | None = option("Another system's texts, to compare with.", metavar="FILE"),
    target: str | None = option(
        "The target of plain text files, and of rows without one: simple or complex.",
        metavar="NAME",
    ),
    requests: Existing | None = option(
        "What jtextkit prompts wrote: gives rows that came back their targets, by id.",
        metavar="FILE",
    ),
    ranges: Ranges = option(
        "two-levels, levels (the six), or own: easy=0:0.4,hard=0.4:1.",
        "two-levels",
        metavar="RANGES",
        callback=_ranges,
    ),
    min_chars: int = option(
        "Count a text of fewer characters as wrong.", 0, type=click.IntRange(0), metavar="N"
    ),
    train: Existing | None = option(
        "The training set (a folder or a file of rows), to find copies of it.", metavar="DIR"
    ),
    precision: float = option(
        "Say how many texts it takes to know an accuracy to ± POINTS.",
        5.0,
        type=click.FloatRange(0, 50, min_open=True, max_open=True),
        metavar="POINTS",
    ),
    min_accuracy: float | None = option(
        "Exit with 3 if the accuracy is lower.", type=click.FloatRange(0, 100), metavar="PERCENT"
    ),
    text_column: str = option("The column of the text.", "text"),
    sentences: SentenceRule = SENTENCES,
    dictionary: Local = DICTIONARY,
    as_json: bool = option("One JSON object; shares are 0 to 1."),
    instances: Path | None = option("Write a line of JSON for each text: score, hit, flags."),
    html: Path | None = option("Write a page with the tables and plots."),
) -> None:
    """Judge whether texts hit the difficulty that was asked for."""
    from jtextkit.metrics.accuracy import Judge

    if target is not None and ranges.name(target) is None:
        wrong = f"{target!r} is none of {', '.join(ranges.names)}"
        raise click.BadParameter(wrong, param_hint="--target")
    refuse_shared({"--instances": instances, "--html": html}, *files, against, requests)
    if [*files, against].count("-") > 1:
        raise click.UsageError("standard input (-) can be read once only")
    with progress_bar() as progress:
        judge = Judge(
            ranges, sentences=sentences, dictionary=dictionary, min_chars=min_chars,
            train=None if train is None else _training_set(train, text_column, progress),
            normalised=FILE_NORMALISATION if any(map(_is_plain, files)) else "none",
        )  # fmt: skip
        named = target and ranges.name(target)
        reading = _Reading(judge, named, text_column, progress, requests)
        this, bad = reading.judged(files)
        base, base_bad = (None, []) if against is None else reading.judged((against,))
    differences = None if base is None else this.compare(base)
    precision /= 100
    with line_writer(instances, "--instances") as write:
        for one in this.instances:
            write(one.to_dict())
    if html is not None:
        from jtextkit.report.accuracy import accuracy_page

        left_out = {"bad": len(bad), "base_bad": len(base_bad)}
        write_page(html, accuracy_page(this, base, **left_out, precision=precision))
    if as_json:
        figures = {"files": list(files), "bad_rows": len(bad), **this.to_dict(precision)}
        figures["comparison"] = None
        if base is not None and differences is not None:
            figures["comparison"] = {
                "against": against,
                "bad_rows": len(base_bad),
                "overall": differences[""].to_dict(),
                "targets": {name: differences[name].to_dict() for name in ranges.names},
                "base": base.to_dict(precision),
            }
        click.echo(json_text(figures, indent=2))
    else:
        _print(this, differences, bad=len(bad), precision=precision)
    refuse_faults(sum(row.fault for row in (*bad, *base_bad)), ", ".join(files))
    reached = 100 * (this.accuracy.accuracy or 0.0)
    if min_accuracy is not None and not reached >= min_accuracy:
        missed = f"accuracy {reached:.1f} % < {min_accuracy:g} %"
        raise ThresholdError(missed, where="threshold not met")


def _print(
    this: DifficultyAccuracy,
    differences: Mapping[str, AccuracyDifference] | None,
    *,
    bad: int,
    precision: float,
) -> None:
    from jtextkit.metrics.accuracy import tables
    from jtextkit.metrics.accuracy.tables import reservations

    print_table(*tables.accuracies(this, differences), told=(0,))
    tell("")
    print_table(*tables.sureness(this), told=(0,))
    for line in reservations(this, differences, bad=bad, precision=precision):
        tell(printable(line))
    more = [tables.tests(this, differences)] if differences is not None else []
    more += [tables.difficulties(this), tables.places(this)]
    for heads, rows in (tables.by_length(this), tables.flags(this)):
        more.append((heads, [row for row in rows if row[1]]))  # what some text is in
    for heads, rows in more:
        tell("")
        words = [at for at, head in enumerate(heads) if at == 0 or head == "what it says"]
        print_table(heads, rows, words=words, told=range(len(heads)))
    tell(printable(this.signature), "dim")


def _is_plain(name: str) -> bool:
    return name.endswith(_PLAIN)


@dataclass
class _Reading:
    """Reads files and judges what is in them."""

    judge: Judge
    target: str | None
    text_column: str
    progress: Progress
    requests: Path | None
    _done: int = 0

    def judged(self, files: tuple[str, ...]) -> tuple[DifficultyAccuracy, list[Row]]:
        """What is in files, and the rows that are none."""
        from jtextkit.metrics.accuracy import DifficultyAccuracy

        bad: list[Row] = []
        found = [one for name in files for one in self._of_file(name, bad)]
        report_bad_rows(bad)
        if not found:
            raise InputError(
                "not one row with a text and a target",
                where=", ".join(files),
                cure='rows look like {"text": "…", "target": "Simple"}; --text-column and --target help',
            )
        return DifficultyAccuracy(tuple(found), self.judge.signature, self.judge.ranges), bad

    def _of_file(self, name: str, bad: list[Row]) -> Iterator[Instance]:
        if _is_plain(name):
            if self.target is None:
                cure = "give --target simple or complex"
                raise UsageError("a plain text has no target", where=name, cure=cure)
            yield self.judge.judge(_plain_text(name), self.target, place=name)
            return
        for row in self._rows(name):
            one = judged(row, partial(self._judged, row), bad)
            if one is not None:
                yield one
            self._done += 1
            self.progress("judging texts", self._done, 0)

    def _rows(self, name: str) -> Iterator[Row]:
        if self.requests is None:
            yield from read_rows(name)
            return
        asked = {str(row.values.get("id")): row.values for row in read_rows(self.requests)}
        missing: list[str] = []
        yield from (row for _, row in rejoined(read_rows(name), asked, missing))
        report_missing(missing)

    def _judged(self, row: Row, values: Mapping[str, Any]) -> Instance | str:
        from jtextkit.metrics.accuracy import judge_row

        given: dict[str, Any] = {"target": self.target, "text_column": self.text_column}
        try:
            return judge_row(self.judge, values, **given, place=row.place, labels=row.labels)
        except InputError as error:
            return "; ".join(filter(None, (error.problem, error.cure)))


def _plain_text(name: str) -> str:
    try:
        return read_text(name)
    except InputError as error:
        if not Path(name).is_file() or Path(name).read_bytes().strip():
            raise
        say(f"{error.problem}: {printable(name)} counts as wrong")
        return ""  # an empty output is an output


def _training_set(folder: Path, text_column: str, progress: Progress) -> Copies:
    from jtextkit.metrics.accuracy import Copies

    def texts() -> Iterator[str]:
        for number, row in enumerate(read_rows(folder), start=1):
            text = row.values.get(text_column)
            if isinstance(text, str):
                yield text
            progress("reading the training set", number, 0)

    known = Copies(texts())
    if not len(known):
        said = f"no {text_column} long enough to be copied"
        raise InputError(said, where=str(folder), cure="see --text-column")
    return known
