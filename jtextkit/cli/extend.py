"""``jtextkit extend-tokenizer``: what N Japanese pieces more would bring; ``extend-model``: a model that takes them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jtextkit.cli.output import (
    answer,
    json_text,
    print_table,
    progress_bar,
    refuse_shared,
    say,
    tell,
    write_page,
)
from jtextkit.cli.parameters import Folder, Local, command, option
from jtextkit.core.errors import InputError

if TYPE_CHECKING:
    from jtextkit.metrics.fertility.extension import Extension


@command("extend-tokenizer")
def tokenizer_command(
    *,
    base: Local = option(
        "A SentencePiece .model (BPE or unigram), or a tokenizer.json of byte-level BPE.",
        metavar="MODEL",
    ),
    texts: tuple[Local, ...] = option(
        "Japanese text to train on: text, JSONL, Parquet, a folder of these, SQuAD JSON.",
        flag="--text",
        required=True,
        metavar="TEXT",
    ),
    held_out: tuple[Local, ...] = option(
        "Text to measure on.  [default: the last tenth of --text, not trained on]", metavar="TEXT"
    ),
    english: tuple[Local, ...] = option(
        "English to measure on.  [default: a little]", metavar="TEXT"
    ),
    add: int = option("Pieces to add.", type=click.IntRange(min=1), metavar="N"),
    output: Path = option("The model to write.", short="-o"),
    hidden_size: int = option(
        "Width of the embedding, to tell what the pieces cost.", 4096, type=click.IntRange(min=1)
    ),
    prune: bool = option(
        "Leave out pieces that none of these texts uses (needs --english); ids move up."
    ),
    text_column: str = option("Column of JSONL and Parquet.", "text"),
    as_json: bool = option("One JSON object."),
    html: Path | None = option("Write a page with the plot."),
) -> None:
    """Add Japanese pieces to a vocabulary and measure what they bring."""
    from jtextkit.metrics.fertility.documents import Skipped, read_documents
    from jtextkit.metrics.fertility.extension import ENGLISH, extend

    refuse_shared({"-o": output, "--html": html}, base)
    if prune and not english:
        raise click.UsageError("--prune leaves out what no text uses: give --english to keep it")
    skipped = Skipped()

    def read(paths: tuple[str, ...]) -> list[str]:
        documents = read_documents(paths, text_column=text_column, skipped=skipped)
        return [document.text for document in documents]

    training, measured = read(texts), read(held_out) if held_out else []
    if not held_out:
        border = len(training) - max(1, len(training) // 10)
        training, measured = training[:border], training[border:]
        if not training:
            raise InputError(
                "one document is too little to train on and to measure on",
                cure="give more, or text to measure on with --held-out",
            )
    for reason, number in skipped.items():
        say(f"left out: {number:,} × {reason}")
    with progress_bar() as report:
        found = extend(
            base, output, training=training, held_out=measured,
            english=read(english) if english else ENGLISH,
            add=add, hidden_size=hidden_size, prune=prune, report=report,
        )  # fmt: skip
    if html:
        from jtextkit.report.fertility import extension_page

        write_page(html, extension_page(found))
    answer(as_json, {**found.to_dict(), "output": str(output)}, lambda: _print(found, output))


def _print(found: Extension, output: Path) -> None:
    english = (found.english_before, found.english_after)
    rows = (
        ("held-out text", *_shown(found.before, found.after, found.ratio)),
        ("English", *_shown(*english, english[1] / english[0])),
    )
    print_table(["characters/token", "before", "after", "ratio"], rows)
    gains = ", ".join(f"{gain.added:,}: {gain.ratio:.3f}" for gain in found.curve)
    tell(f"ratio by pieces added: {gains}")
    tell(
        f"English cut exactly as before: {100 * found.english_same:.1f} % of texts; "
        f"held-out texts that come back exactly: {100 * found.round_trip:.1f} %"
    )
    tell(
        f"{found.added:,} pieces × {found.hidden_size:,} = {found.parameters['input']:,} more "
        "parameters in the embedding, and as many in an output layer of its own"
    )
    tell(f"{output}: {found.vocabulary_after:,} pieces ({found.vocabulary_before:,} before)")
    tell(found.signature, "dim")


@command("extend-model")
def model_command(
    *,
    model: Local = option("A causal language model.", metavar="ID|PATH"),
    tokenizer: Path = option("The larger vocabulary, of extend-tokenizer."),
    texts: tuple[Local, ...] = option(
        "Text to measure the loss on, before and after.",
        flag="--text",
        required=True,
        metavar="TEXT",
    ),
    output: Folder = option("The folder to write.", short="-o"),
    text_column: str = option("Column of JSONL and Parquet.", "text"),
    as_json: bool = option("One JSON object."),
) -> None:
    """Give a model the rows that a larger vocabulary needs."""
    from jtextkit.metrics.fertility.documents import read_documents
    from jtextkit.train.extending import extend_model

    documents = read_documents(texts, text_column=text_column)
    held_out = [document.text for document in documents]
    with progress_bar() as report:
        found = extend_model(model, tokenizer, output, held_out=held_out, report=report)
    if as_json:
        click.echo(json_text({**asdict(found), "output": str(output)}, indent=2))
        return
    same = (found.same_before, found.same_after, found.same_after_old_pieces)
    rows = (
        ["all", len(held_out), *_shown(found.loss_before, found.loss_after, None)],
        ["without a new piece", found.same_texts, *_shown(*same)],
    )
    heads = ["nats/character", "texts", "before", "after", "after, among old pieces"]
    print_table(heads, rows)
    tell(
        f"{found.pieces_kept:,} pieces kept, {found.pieces_new:,} new, {found.pieces_left_out:,} left "
        f"out; {found.rows_before:,} rows before, {found.rows_after:,} now"
    )
    tell(found.signature, "dim")


def _shown(*numbers: float | None) -> list[str]:
    return ["-" if one is None else f"{one:.4f}" for one in numbers]
