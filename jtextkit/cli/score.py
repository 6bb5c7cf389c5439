"""``jtextkit score``: the readability of files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from jtextkit.cli.options import DICTIONARY, SENTENCES
from jtextkit.cli.output import (
    fail_softly,
    grid,
    json_text,
    print_table,
    refuse_shared,
    stdout,
    tell,
    write_page,
)
from jtextkit.cli.parameters import Local, argument, command, option
from jtextkit.core.display import cut
from jtextkit.core.errors import InputError, ThresholdError, printable
from jtextkit.core.language import translated
from jtextkit.core.text import FILE_NORMALISATION, read_text
from jtextkit.metrics.readability.explanation import FEATURES, Explanation, Remark, advice, explain
from jtextkit.metrics.readability.formula import INTERCEPT, SentenceRule
from jtextkit.metrics.readability.profiles import Profile, profile

_SHOWN_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class _Scored:
    """A file's profile, and what else was asked for: advice, or an explanation with it."""

    file: str
    text: str
    profile: Profile
    explanation: Explanation | None
    advice: tuple[Remark, ...] | None


@command("score")
def score_command(
    *,
    files: tuple[Local, ...] = argument("FILE...", required=True),
    as_json: bool = option("One JSON object; a list for several files."),
    as_jsonl: bool = option("One JSON object a line, a line a file."),
    html: Path | None = option("Write a page that shows the text, marked."),
    explained: bool = option("What each term and sentence adds; --advice too.", flag="--explain"),
    advised: bool = option("What would make the text easier.", flag="--advice"),
    sentences: SentenceRule = SENTENCES,
    dictionary: Local = DICTIONARY,
    encoding: str = option(
        "Encoding of the files, read strictly: utf-8, shift_jis, euc_jp, utf-16, ...", "utf-8"
    ),
    min_readability: float | None = option("Exit with 3 if below X.", metavar="X"),
    max_difficulty: float | None = option("Exit with 3 if above X.", metavar="X"),
) -> None:
    """Measure how hard text files are: by the jReadability formula, and by their kanji and words."""
    if as_json and as_jsonl:
        raise click.UsageError("--json and --jsonl exclude each other")
    if html is not None and len(files) > 1:
        raise click.UsageError("--html shows one text; name one file")
    refuse_shared({"--html": html}, files[0])
    outcomes: list[_Scored] = []
    how: dict[str, Any] = {"sentences": sentences, "dictionary": dictionary}
    how["normalised"] = FILE_NORMALISATION
    for file in files:
        try:
            text = read_text(file, encoding)
            explanation = explain(text, **how) if explained else None
            remarks = advice(text, dictionary=dictionary) if advised or explained else None
            outcome = _Scored(file, text, profile(text, **how), explanation, remarks)
        except InputError as error:
            if len(files) == 1:
                raise
            fail_softly(error)
            continue
        outcomes.append(outcome)
        if as_jsonl:
            click.echo(json_text(_row(outcome)))
    if html is not None:
        from jtextkit.report.text import text_page

        [one] = outcomes
        name = "standard input" if one.file == "-" else printable(one.file)
        write_page(html, text_page(name, one.text, one.profile, dictionary=dictionary))
    if as_json:
        rows = [_row(outcome) for outcome in outcomes]
        click.echo(json_text(rows[0] if len(files) == 1 else rows, indent=2))
    elif not as_jsonl and outcomes:
        _print(outcomes)
    if failed := len(files) - len(outcomes):
        raise InputError(f"{failed} of {len(files)} files could not be scored")
    _gate(outcomes, min_readability, max_difficulty)


def _gate(
    outcomes: list[_Scored], min_readability: float | None, max_difficulty: float | None
) -> None:
    missed = []
    for outcome in outcomes:
        file, result = outcome.file, outcome.profile.score
        # "not at least" rather than "below": a limit that is no number (nan) lets nothing pass.
        if min_readability is not None and not result.readability >= min_readability:
            missed.append(f"{file}: readability {result.readability:.2f} < {min_readability:g}")
        if max_difficulty is not None and not result.difficulty <= max_difficulty:
            missed.append(f"{file}: difficulty {result.difficulty:.2f} > {max_difficulty:g}")
    if missed:
        raise ThresholdError("; ".join(missed), where="threshold not met")


def _row(outcome: _Scored) -> dict[str, Any]:
    row: dict[str, Any] = {"path": outcome.file, **outcome.profile.to_dict()}
    if outcome.explanation is not None:
        row |= outcome.explanation.to_dict()
    if outcome.advice is not None:
        row["advice"] = [remark.to_dict() for remark in outcome.advice]
    return row


def _print(outcomes: list[_Scored]) -> None:
    if len(outcomes) > 1 and outcomes[0].advice is None:
        _print_table(outcomes)
        return
    for position, outcome in enumerate(outcomes):
        if position:
            click.echo()
        _print_one(outcome.file, outcome.profile)
        if outcome.explanation is not None:
            _print_explanation(outcome.explanation)
        if outcome.advice is not None:
            _print_advice(outcome)


def headline(found: Profile) -> str:
    """The profile in one line, in the reader's language."""
    level = found.score.level or "off the scale"
    uncommon = found.uncommon_words_percent
    parts = (
        f"readability {found.readability:.1f}{_error(found)} ({level})",
        f"kanji above grade 4: {found.kanji_above_grade4_percent:.1f} %",
        f"uncommon words: {'-' if uncommon is None else f'{uncommon:.0f} %'}",
        f"harder than {found.harder_than_percent:.0f} % of Aozora passages",
    )
    return " · ".join(map(translated, parts))


def _error(found: Profile) -> str:
    return "" if found.readability_se is None else f" ± {found.readability_se:.1f}"


def _print_one(file: str, found: Profile) -> None:
    from rich.text import Text

    out, result = stdout(), found.score
    style = "green" if result.label == "Simple" else "magenta"
    filled = round(20 * min(max(result.difficulty, 0.0), 1.0))
    scale = "━" * filled + "─" * (20 - filled)
    bar = Text.assemble((scale, style), " ", (result.label, f"bold {style}"))
    counts = translated(
        f"{result.characters:,} characters, {result.words:,} words, "
        f"{result.sentences:,} sentence{'s' if result.sentences != 1 else ''}"
    )
    rows = [
        (translated("difficulty"), f"{result.difficulty:.2f}", bar),
        *((translated(label), f"{getattr(result, key):.2f}") for key, label in FEATURES.items()),
        (translated("counts"), "", counts),
    ]
    out.print(printable(file), style="bold")
    out.print(headline(found), soft_wrap=True)
    if found.disagreement:
        tell(f"note: the opinions disagree: {found.disagreement}", "yellow")
    out.print()
    out.print(grid(rows))
    for caution in found.warnings:
        tell(f"note: {caution.message}", "yellow")
    tell(found.signature, "dim")


def _print_table(outcomes: list[_Scored]) -> None:
    rows = []
    for outcome in outcomes:
        found = outcome.profile
        notes = [] if found.opinions_agree else ["opinions disagree"]
        notes += [caution.code for caution in found.warnings]
        readability = f"{found.readability:.2f}{_error(found)}"
        level = translated(found.score.level or "-").partition("・")[0]
        harder, characters = f"{found.harder_than_percent:.0f} %", found.score.characters
        said = ", ".join(map(translated, notes))
        rows.append((outcome.file, readability, level, harder, characters, said))
    heads = ["file", "readability", "level", "harder than", "characters", "notes"]
    print_table(heads, rows, words=(0, 2, 5))
    tell(outcomes[0].profile.signature, "dim")


def _print_advice(outcome: _Scored) -> None:
    stdout().print()
    if not outcome.advice:
        tell("nothing stands out that would make the text easier")
        return
    rows = []
    for remark in outcome.advice:
        times = translated(f" ({remark.times} times)") if remark.times > 1 else ""
        shown = cut(remark.text) if remark.kind == "long-sentence" else ""
        said = f"{translated(remark.message)}{times}{': ' if shown else ''}{shown}"
        gains = (f"{remark.readability:+.2f}", f"{-remark.harder_than_percent:+.1f} %")
        rows.append((*gains, remark.line(outcome.text), said))
    heads = ["readability", "harder than", "line", "what would make the text easier"]
    print_table(heads, rows, words=(3,))


def _print_explanation(explanation: Explanation) -> None:
    terms = [(translated("constant"), "", "", f"{INTERCEPT:+.3f}")]
    for term in explanation.terms:
        numbers = (f"{term.value:.2f}", f"{term.coefficient:+.3f}", f"{term.contribution:+.3f}")
        terms.append((translated(FEATURES[term.feature]), *numbers))
    total = (translated("readability"), "", "", f"{explanation.score.readability:+.3f}")
    tell("")
    print_table(["term", "value", "coefficient", "adds"], terms, total=total)
    if explanation.sentences:
        sentences = [
            (f"{one.weight:+.3f}", one.words, one.number, cut(one.text))
            for one in explanation.sentences[:_SHOWN_SENTENCES]
        ]
        heads = ["weight", "words", "no.", "sentences that weigh most (+ makes the text harder)"]
        tell("")
        print_table(heads, sentences, words=(3,))
