"""``jtextkit extend-model``: a model that takes the pieces that ``extend-tokenizer`` added."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from jtextkit.cli.output import json_text, print_table, progress_bar, tell
from jtextkit.cli.parameters import FOLDER, LOCAL, command, option


@command("extend-model")
def extend_model_command(
    *,
    model: str = option("A causal language model.", type=LOCAL, metavar="ID|PATH"),
    tokenizer: Path = option("The larger vocabulary, of extend-tokenizer."),
    texts: tuple[str, ...] = option(
        "Text to measure the loss on, before and after.",
        flag="--text",
        required=True,
        type=LOCAL,
        metavar="TEXT",
    ),
    output: Path = option("The folder to write.", short="-o", type=FOLDER),
    text_column: str = option("Column of JSONL and Parquet.", "text"),
    as_json: bool = option("One JSON object."),
) -> None:
    """Give a model the rows that a larger vocabulary needs.

    A new piece begins as the mean of the pieces that it was cut into, in the embedding and in the head;
    the others keep their rows. Model, tokenizer and a receipt are written. Training is the next step.

    \b
    Examples:
      jtextkit extend-tokenizer --base model/tokenizer.json --text set/ --add 8000 -o new.json
      jtextkit extend-model --model model --tokenizer new.json --text held-out.txt -o larger
    """
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
    print_table(
        ["nats/character", "texts", "before", "after", "after, among old pieces"],
        [
            ["all", len(held_out), *_shown(found.loss_before, found.loss_after, None)],
            ["without a new piece", found.same_texts, *_shown(*same)],
        ],
    )
    tell(
        f"{found.pieces_kept:,} pieces kept, {found.pieces_new:,} new, {found.pieces_left_out:,} left "
        f"out; {found.rows_before:,} rows before, {found.rows_after:,} now"
    )
    tell(found.signature, "dim")


def _shown(*losses: float | None) -> list[str]:
    return ["-" if loss is None else f"{loss:.4f}" for loss in losses]
