"""``jtextkit fertility``: what tokenizers cost Japanese, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jtextkit.cli.options import DICTIONARY
from jtextkit.cli.output import (
    fail_softly,
    json_text,
    print_table,
    progress_bar,
    say,
    tell,
    write_page,
)
from jtextkit.cli.parameters import Local, argument, command, option
from jtextkit.core.errors import InputError, JtextkitError, TokenizerError, printable
from jtextkit.metrics.fertility.words import WORD_UNITS

if TYPE_CHECKING:
    from jtextkit.metrics.fertility import Document, Fertility, Measurement
    from jtextkit.metrics.fertility.counts import FertilityDifference

_SLICES = ("level", "source")
_SAMPLES = 4
_SAMPLE_CHARACTERS = (4, 90)
_BY = ("script", "kanji", *_SLICES)
_MEASURES = {
    "characters_per_token": "characters/token",
    "tokens_per_word": "tokens/word",
    "boundary_f1": "boundary F1",
}
"""What is shown by part; of scripts and 漢字 the first alone."""


@command("fertility")
def fertility_command(
    *,
    texts: tuple[Local, ...] = argument("TEXT..."),
    tokenizers: tuple[Local, ...] = option(
        "A SentencePiece .model, tokenizer.json, vocab.txt, .tiktoken, tekken JSON, a folder with one, "
        "OWNER/NAME[@REVISION] of the Hub, an encoding of tiktoken (o200k_base), or one of the baselines "
        "bytes and characters. Give it once for each tokenizer.",
        short="-t",
        flag="--tokenizer",
        metavar="TOKENIZER",
    ),
    pair: tuple[Local, Local] | None = option(
        "Two files whose lines translate each other: adds parity.",
        flag="--parallel",
        nargs=2,
        metavar="JA EN",
    ),
    units: tuple[str, ...] = option(
        "A word unit; the first one gives the main figures.  [default: all that are installed]",
        flag="--words",
        type=click.Choice(WORD_UNITS),
    ),
    by: tuple[str, ...] = option("Show figures by this, too.", type=click.Choice(_BY)),
    pair_to_compare: tuple[Local, Local] | None = option(
        "Show where two tokenizers differ most.", flag="--diff", nargs=2, metavar="A B"
    ),
    text_column: str = option("Column of JSONL and Parquet.", "text"),
    encoding: str = option("Of text files, read strictly.", "utf-8"),
    dictionary: Local = DICTIONARY,
    workers: int = option("Processes to count with.", 1, type=click.IntRange(min=1)),
    as_json: bool = option("A list with one object for each tokenizer."),
    page: Path | None = option("Write a page with plots.", flag="--html"),
) -> None:
    """Compare tokenizers on Japanese text."""
    from jtextkit.metrics.fertility import measure, read_documents
    from jtextkit.metrics.fertility.counts import difference
    from jtextkit.metrics.fertility.documents import Skipped

    names = tuple(dict.fromkeys((*tokenizers, *(pair_to_compare or ()))))
    if not names:
        raise click.UsageError("name a tokenizer with -t")
    if not texts and not pair:
        raise click.UsageError("name a text to measure on")
    slices = [name for name in by if name in _SLICES]
    if len(slices) > 1:
        raise click.UsageError("--by takes one of level and source")
    label = slices[0] if slices else ""
    skipped = Skipped()
    reading: dict[str, Any] = {"text_column": text_column, "encoding": encoding}
    documents = read_documents(
        texts or (pair or ())[:1], label_column=label, skipped=skipped, **reading
    )
    samples: list[str] = []
    with progress_bar() as report:
        found = measure(
            names, _sampled(documents, samples), units=units or None, dictionary=dictionary,
            slices=label, workers=workers, report=report,
        )  # fmt: skip
    for reason, number in skipped.items():
        say(f"left out: {number:,} × {reason}")
    # The nearest to words first; those without any word last, and behind them the ignorant.
    results = sorted(found.results, key=lambda r: (r.ignorant, -(r.boundary_f1 or 0), r.tokenizer))
    for result in results:
        if result.ignorant:
            say(
                f"note: {printable(result.tokenizer)} has no piece for {_percent(result.unknown)} of "
                "its tokens: its characters/token and tokens/word say nothing, so it is listed last"
            )
    for result in found.results:
        if result.round_trip < 1:
            lost = "".join(result.lost_characters) or "nothing, but order or number"
            say(
                f"note: {printable(result.tokenizer)} gives back another text for "
                f"{100 * (1 - result.round_trip):.1f} % of the documents; lost: {printable(lost)}"
            )
    errors = dict(found.errors)
    parities = _parities(found, pair, errors, reading) if pair else {}
    compared = None
    if pair_to_compare and not found.errors.keys() & {*pair_to_compare}:
        compared = difference(found.totals, *pair_to_compare)
    if page and results:  # before anything is printed: who reads that may stop at any line
        from jtextkit.report.fertility import fertility_page

        every = [*found.totals.plan.tokenizers]
        labels = {r.tokenizer: _label(r.tokenizer, every) for r in results}
        write_page(page, fertility_page(results, labels, samples))
    if as_json:
        rows = [_row(result, parities, compared) for result in found.results]
        click.echo(json_text(rows, indent=2))
    elif results:
        _print(results, parities, by)
        if compared:
            _print_difference(compared)
    for error in errors.values():
        if len(names) == 1:
            raise error
        fail_softly(error)
    if errors:
        raise TokenizerError(f"{len(errors)} of {len(names)} tokenizers could not be measured")


def _sampled(documents: Iterable[Document], samples: list[str]) -> Iterator[Document]:
    """The documents, after the first sentence of the first few was noted down."""
    for document in documents:
        if len(samples) < _SAMPLES:
            sentence = document.text.strip().split("\n", 1)[0].split("。", 1)[0] + "。"
            if _SAMPLE_CHARACTERS[0] <= len(sentence) <= _SAMPLE_CHARACTERS[1]:
                samples.append(sentence)
        yield document


def _parities(
    found: Measurement,
    pair: tuple[str, str],
    errors: dict[str, JtextkitError],
    reading: dict[str, Any],
) -> dict[str, dict[str, Any]]:
    from jtextkit.metrics.fertility import parallel, parity

    if "-" in pair:
        raise InputError("a parallel pair cannot come from standard input", cure="name two files")
    parities = {}
    for result in found.results:
        try:
            pairs = parallel(*pair, **reading)
            parities[result.tokenizer] = parity(result.tokenizer, pairs)
        except TokenizerError as error:
            errors[result.tokenizer] = error
    return parities


def _row(
    result: Fertility, parities: dict[str, dict[str, Any]], compared: FertilityDifference | None
) -> dict[str, Any]:
    row = result.to_dict()
    if parity := parities.get(result.tokenizer):
        row["parity"] = parity["parity"]
        row["intervals"]["parity"] = parity["interval"]
        row["parallel"] = parity
    if compared and result.tokenizer == compared.a:
        row["difference"] = asdict(compared)
    return row


def _label(name: str, names: list[str]) -> str:
    """The file's own name where that tells the tokenizers apart."""
    short = Path(name).name
    return printable(short if [Path(other).name for other in names].count(short) == 1 else name)


_Cell = Callable[["Fertility"], str]

_COLUMNS: dict[str, _Cell] = {
    "vocabulary": lambda r: f"{r.vocabulary_size:,}",
    "characters/token": lambda r: _with_interval(r, "characters_per_token"),
    "tokens/word": lambda r: _with_interval(r, "tokens_per_word"),
    "boundary F1": lambda r: _with_interval(r, "boundary_f1"),
    "kept whole": lambda r: _percent(r.words_kept),
    "crossing": lambda r: _percent(r.tokens_crossing),
    "byte fallback": lambda r: _percent(r.byte_fallback),
    "round trip": lambda r: _percent(r.round_trip),
    "unknown": lambda r: _percent(r.unknown),
}
"""The columns of the main table."""


def _print(
    results: list[Fertility], parities: dict[str, dict[str, Any]], by: tuple[str, ...]
) -> None:
    labels = [_label(result.tokenizer, [r.tokenizer for r in results]) for result in results]

    def print_columns(columns: Mapping[str, _Cell]) -> None:
        rows = ([cell(result) for cell in columns.values()] for result in results)
        cells = [[label, *row] for label, row in zip(labels, rows, strict=True)]
        print_table(["tokenizer", *columns], cells)

    columns = dict(_COLUMNS)
    if parities:
        columns["parity"] = lambda r: _shown(parities.get(r.tokenizer, {}).get("parity"))
    print_columns(columns)
    first = results[0]
    tell(
        f"{first.documents:,} documents, {first.characters:,} characters, {first.words:,} "
        f"words ({first.word_unit}); by boundary F1; read it beside tokens/word",
        "dim",
    )
    for title, columns in _parts(results, by):
        tell("")
        tell(title, "italic")  # a table would fold it to its width
        print_columns(columns)
    for result in results:
        tell(result.signature, "dim")


def _parts(results: list[Fertility], by: tuple[str, ...]) -> Iterator[tuple[str, dict[str, _Cell]]]:
    """Titles and columns of the tables of parts."""

    def figure(of: str, part: str, *keys: str) -> _Cell:
        return lambda r: ", ".join(_shown(getattr(r, of).get(part, {}).get(key)) for key in keys)

    for name in by:
        found = (part for result in results for part in getattr(result, f"by_{name}"))
        parts = [part for part in dict.fromkeys(found) if part != "mixed"]
        for key in _MEASURES if name in _SLICES else ["characters_per_token"]:
            columns = {printable(part): figure(f"by_{name}", part, key) for part in parts}
            yield f"{_MEASURES[key]} by {name}", columns
    units = results[0].by_unit
    if len(units) > 1:
        keys = ("tokens_per_word", "boundary_f1")
        yield "tokens/word, boundary F1", {unit: figure("by_unit", unit, *keys) for unit in units}


def _with_interval(result: Fertility, name: str) -> str:
    interval = result.intervals[name]
    shown = _shown(getattr(result, name))
    return f"{shown} [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else shown


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _print_difference(found: FertilityDifference) -> None:
    names = [found.a, found.b]
    a, b = _label(found.a, names), _label(found.b, names)
    tell("\nwords that differ most in the whole text", "italic")
    figures = ["occurs", f"pieces by {a}", f"by {b}", "saved by the second"]
    heads = ["word", *figures, "cut alone by the first", "by the second"]
    rows = []
    for one in found.words:
        cuts = ("|".join(one.cut_a), "|".join(one.cut_b))
        counts = (one.occurrences, one.pieces_a, one.pieces_b, f"{one.saved:+,}")
        rows.append((one.word, *counts, *cuts))
    print_table(heads, rows, words=(0, 5, 6))
