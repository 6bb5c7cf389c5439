"""``jtextkit score``: the readability of files."""

from __future__ import annotations

from typing import Any

import click

from jtextkit.cli.options import dictionary_option, sentences_option
from jtextkit.cli.output import fail_softly, grid, json_text, plain_table, stdout
from jtextkit.cli.paths import LocalPath
from jtextkit.core.errors import InputError, ThresholdError, printable
from jtextkit.core.text import FILE_NORMALISATION, read_text
from jtextkit.metrics.readability.explanation import Explanation, explain
from jtextkit.metrics.readability.formula import INTERCEPT, Readability, SentenceRule, score

_FEATURES = {
    "words_per_sentence": "words per sentence",
    "kango_percent": "漢語 (Chinese origin), %",
    "wago_percent": "和語 (Japanese origin), %",
    "verb_percent": "verbs, %",
    "particle_percent": "particles, %",
}
_SHOWN_SENTENCES = 5
_SHOWN_CHARACTERS = 60


@click.command("score")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=LocalPath())
@click.option("--json", "as_json", is_flag=True, help="One JSON object; a list for several files.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object a line, a line a file.")
@click.option("--html", "as_html", is_flag=True, help="A page that shows the text, marked.")
@click.option("--explain", "explained", is_flag=True, help="What each term and sentence adds.")
@sentences_option
@dictionary_option
@click.option(
    "--encoding",
    default="utf-8",
    show_default=True,
    help="Encoding of the files, read strictly: utf-8, shift_jis, euc_jp, utf-16, ...",
)
@click.option("--min-readability", type=float, metavar="X", help="Exit with 3 if below X.")
@click.option("--max-difficulty", type=float, metavar="X", help="Exit with 3 if above X.")
def score_command(
    files: tuple[str, ...],
    as_json: bool,
    as_jsonl: bool,
    as_html: bool,
    explained: bool,
    sentences: SentenceRule,
    dictionary: str,
    encoding: str,
    min_readability: float | None,
    max_difficulty: float | None,
) -> None:
    """Measure the readability of text files by the jReadability formula.

    FILE is a text file, or - for standard input. Reading a file strips a byte order mark and makes
    line ends LF; nothing else is changed. Higher readability is easier; difficulty is 0 for the
    easiest and 1 for the hardest text on the scale.

    \b
    Examples:
      jtextkit score story.txt
      jtextkit score --explain story.txt
      jtextkit score --jsonl texts/*.txt > scores.jsonl
      jtextkit score --html story.txt > story.html
      jtextkit score --max-difficulty 0.5 story.txt    (exit code 3 if harder)
      cat story.txt | jtextkit score --json -
    """
    if as_json and as_jsonl:
        raise click.UsageError("--json and --jsonl exclude each other")
    if as_html and (as_json or as_jsonl or explained):
        raise click.UsageError("--html is a page of its own; drop --json, --jsonl and --explain")
    if as_html and len(files) > 1:
        raise click.UsageError("--html shows one text; name one file")
    outcomes: list[tuple[str, Explanation | Readability]] = []
    failed: list[InputError] = []
    for file in files:
        try:
            text = read_text(file, encoding)
            kwargs: dict[str, Any] = {"sentences": sentences, "dictionary": dictionary}
            outcome = (explain if explained else score)(
                text, normalised=FILE_NORMALISATION, **kwargs
            )
        except InputError as error:
            if len(files) == 1:
                raise
            fail_softly(error)
            failed.append(error)
            continue
        if as_html:
            _print_page(file, text, outcome, dictionary)
        outcomes.append((file, outcome))
        if as_jsonl:
            click.echo(json_text(_row(file, outcome)))
    if as_json:
        rows = [_row(file, outcome) for file, outcome in outcomes]
        click.echo(json_text(rows[0] if len(files) == 1 else rows, indent=2))
    elif not (as_jsonl or as_html) and outcomes:
        _print(outcomes)
    if failed:
        raise InputError(f"{len(failed)} of {len(files)} files could not be scored")
    _gate(outcomes, min_readability, max_difficulty)


def _print_page(file: str, text: str, outcome: Explanation | Readability, dictionary: str) -> None:
    from jtextkit.report.text import text_page

    name = "standard input" if file == "-" else printable(file)
    # As bytes: the page says that it is UTF-8, whatever stdout's encoding is.
    click.echo(text_page(name, text, _score_of(outcome), dictionary=dictionary).encode(), nl=False)


def _score_of(outcome: Explanation | Readability) -> Readability:
    return outcome.score if isinstance(outcome, Explanation) else outcome


def _gate(
    outcomes: list[tuple[str, Explanation | Readability]],
    min_readability: float | None,
    max_difficulty: float | None,
) -> None:
    missed = []
    for file, outcome in outcomes:
        result = _score_of(outcome)
        # "not at least" rather than "below": a limit that is no number (nan) lets nothing pass.
        if min_readability is not None and not result.readability >= min_readability:
            missed.append(f"{file}: readability {result.readability:.2f} < {min_readability:g}")
        if max_difficulty is not None and not result.difficulty <= max_difficulty:
            missed.append(f"{file}: difficulty {result.difficulty:.2f} > {max_difficulty:g}")
    if missed:
        raise ThresholdError("; ".join(missed), where="threshold not met")


def _row(file: str, outcome: Explanation | Readability) -> dict[str, Any]:
    row: dict[str, Any] = {"path": file, **_score_of(outcome).to_dict()}
    if isinstance(outcome, Explanation):
        row |= outcome.to_dict()
    return row


def _print(outcomes: list[tuple[str, Explanation | Readability]]) -> None:
    if len(outcomes) > 1 and not any(isinstance(outcome, Explanation) for _, outcome in outcomes):
        _print_table([(file, _score_of(outcome)) for file, outcome in outcomes])
        return
    for position, (file, outcome) in enumerate(outcomes):
        if position:
            click.echo()
        _print_one(file, _score_of(outcome))
        if isinstance(outcome, Explanation):
            _print_explanation(outcome)


def _print_one(file: str, result: Readability) -> None:
    from rich.text import Text

    out = stdout()
    level = result.level or "off the scale"
    style = "green" if result.label == "Simple" else "magenta"
    table = grid()
    table.add_row("readability", f"{result.readability:.2f}", level)
    table.add_row(
        "difficulty",
        f"{result.difficulty:.2f}",
        Text.assemble((_bar(result.difficulty), style), " ", (result.label, f"bold {style}")),
    )
    table.add_row()
    for name, label in _FEATURES.items():
        table.add_row(label, f"{getattr(result, name):.2f}")
    table.add_row(
        "counts",
        "",
        f"{result.characters:,} characters, {result.words:,} words, "
        f"{result.sentences:,} sentence{'s' if result.sentences != 1 else ''}",
    )
    out.print(printable(file), style="bold")
    out.print(table)
    for caution in result.warnings:
        out.print(f"note: {caution.message}", style="yellow", soft_wrap=True)
    out.print(result.signature, style="dim", soft_wrap=True)


def _bar(difficulty: float, width: int = 20) -> str:
    filled = round(min(max(difficulty, 0.0), 1.0) * width)
    return "━" * filled + "─" * (width - filled)


def _print_table(outcomes: list[tuple[str, Readability]]) -> None:
    table = plain_table()
    table.add_column("file", overflow="fold")
    for name in ("readability", "difficulty", "characters"):
        table.add_column(name, justify="right")
    table.add_column("label")
    table.add_column("level")
    table.add_column("notes", overflow="fold")
    for file, result in outcomes:
        table.add_row(
            printable(file),
            f"{result.readability:.2f}",
            f"{result.difficulty:.2f}",
            f"{result.characters:,}",
            result.label,
            result.level or "-",
            ", ".join(caution.code for caution in result.warnings),
        )
    out = stdout()
    out.print(table)
    out.print(outcomes[0][1].signature, style="dim", soft_wrap=True)


def _print_explanation(explanation: Explanation) -> None:
    out = stdout()
    table = plain_table()
    for name in ("term", "value", "coefficient", "adds"):
        table.add_column(name, justify="left" if name == "term" else "right")
    table.add_row("constant", "", "", f"{INTERCEPT:+.3f}")
    for term in explanation.terms:
        table.add_row(
            _FEATURES[term.feature],
            f"{term.value:.2f}",
            f"{term.coefficient:+.3f}",
            f"{term.contribution:+.3f}",
        )
    table.add_row("readability", "", "", f"{explanation.score.readability:+.3f}", style="bold")
    out.print()
    out.print(table)
    if explanation.sentences:
        sentences = plain_table()
        for name in ("weight", "words", "no."):
            sentences.add_column(name, justify="right")
        sentences.add_column("sentences that weigh most (+ makes the text harder)")
        for sentence in explanation.sentences[:_SHOWN_SENTENCES]:
            shown = printable(sentence.text[:_SHOWN_CHARACTERS])
            shown += "…" if len(sentence.text) > _SHOWN_CHARACTERS else ""
            sentences.add_row(
                f"{sentence.weight:+.3f}", str(sentence.words), str(sentence.number), shown
            )
        out.print()
        out.print(sentences)
