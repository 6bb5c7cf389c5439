"""``jtextkit aozora``: works of Aozora Bunko as plain text."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, Literal

import click

from jtextkit.builders.aozora import PlainText, decode, read_member, read_text, spans
from jtextkit.builders.aozora.archive import MAX_BYTES
from jtextkit.builders.aozora.described import CONFIDENCE
from jtextkit.builders.aozora.notation import RubyAs
from jtextkit.builders.aozora.reader import GaijiAs
from jtextkit.cli.group import Group
from jtextkit.cli.output import fail_softly, json_text, say
from jtextkit.cli.parameters import LOCAL, argument, command, option
from jtextkit.core.errors import InputError, printable

Paragraphs = Literal["compact", "spaced"]

_STDIN = "-"
_JAPANESE = re.compile("[ぁ-ヿ㐀-鿿]")


@click.group("aozora", cls=Group)
def aozora_group() -> None:
    """Read works of Aozora Bunko (青空文庫).

    \b
    Examples:
      jtextkit aozora text 5_ruby_21311.zip
    """


@command("text", aozora_group, short_help="Works as plain text.")
def text_command(
    *,
    works: tuple[str, ...] = argument("WORK...", required=True, type=LOCAL),
    as_json: bool = option("One JSON object a line, a line a work."),
    stats: bool = option("What was read and left unread, instead of the text."),
    as_spans: bool = option("One JSON object a stretch of the file."),
    paragraphs: Paragraphs = option(
        "Drop empty lines, or write one where the source has a gap.",
        "compact",
        type=click.Choice(["compact", "spaced"]),
    ),
    gaiji: GaijiAs = option(
        "A character without a code: what its description names, or 〓; always 〓; or in ［ ］.",
        "name",
        type=click.Choice(["name", "geta", "describe"]),
    ),
    ruby: RubyAs = option(
        "Leave readings out, or in as they were written: 漢字《かんじ》.",
        "drop",
        type=click.Choice(["drop", "keep"]),
    ),
) -> None:
    """Print the body of works without notation.

    WORK is a .zip or .txt file of Aozora Bunko, in Shift_JIS or UTF-8, a folder that holds such files,
    or - for either on standard input.
    Headers, footers, notes and readings are left out; --stats and --json count them by kind and
    list what could not be read, and --spans tells of every character what it is. Offsets are
    those in the decoded file with LF line ends.

    \b
    Examples:
      jtextkit aozora text 5_ruby_21311.zip > work.txt
      jtextkit aozora text --json cards > works.jsonl
      jtextkit aozora text --stats 5_ruby_21311.zip
      curl -s URL | jtextkit aozora text -
    """
    if as_spans and (as_json or stats or (paragraphs, gaiji, ruby) != ("compact", "name", "drop")):
        raise click.UsageError("--spans stands alone: it is about the source, not a form of text")
    failed = printed = 0
    named = [file for work in works for file in _files(work)]
    for work in named:
        try:
            source = _source(work)
        except InputError as error:
            if len(named) == 1:
                raise
            fail_softly(error)
            failed += 1
            continue
        if as_spans:
            _print_spans(work, source)
            continue
        plain = read_text(source, gaiji=gaiji, ruby=ruby)
        if not _JAPANESE.search(plain.text):
            say(f"{printable(work)}: no Japanese in its body; is it a work of Aozora Bunko?")
        text = plain.spaced if paragraphs == "spaced" else plain.text
        if as_json:
            row: dict[str, Any] = {"path": work}
            row |= {} if stats else {"text": text}
            click.echo(json_text({**row, "stats": _stats(plain, source)}))
        else:
            if printed:
                click.echo()
            _print_stats(work, _stats(plain, source)) if stats else click.echo(text)
        printed += 1
    if failed:
        raise InputError(f"{failed} of {len(named)} works could not be read")


def _files(work: str) -> list[str]:
    """The works that a name stands for: itself, or those in the folder that it is."""
    folder = Path(work)
    if work == _STDIN or not folder.is_dir():
        return [work]
    found = [
        str(path)
        for path in folder.rglob("*")
        if path.suffix.lower() in (".zip", ".txt") and path.parent.name != "index_pages"
    ]
    if not found:
        raise InputError(
            "there is no .zip or .txt file in it", where=work, cure="name the folder of the works"
        )
    return sorted(found)


def _source(work: str) -> str:
    """The decoded text of a work."""
    if work != _STDIN:
        member = read_member(Path(work), where=work)
        name = "" if member.name == Path(work).name else f": {member.name}"
        return decode(member.data, where=f"{work}{name}", utf8=True)
    where = "standard input"
    if sys.stdin is None:
        raise InputError("it is closed", where=where, cure="name a file")
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if data.startswith(b"PK"):
        data = read_member(data, where=where).data
    elif len(data) > MAX_BYTES:
        raise InputError(
            f"more than {MAX_BYTES:,} bytes", where=where, cure="no work is that long; name a file"
        )
    return decode(data, where=where, utf8=True)


def _stats(plain: PlainText, source: str) -> dict[str, Any]:
    return {
        "characters_source": len(source),
        "characters": len(plain.text),
        "lines": len(plain.lines),
        "notation": plain.notation,
        "unresolved": plain.unresolved,
        "alarms": plain.alarms,
    }


def _print_stats(work: str, stats: dict[str, Any]) -> None:
    click.echo(printable(work))
    for name in ("characters_source", "characters", "lines"):
        click.echo(f"  {name:<18} {stats[name]:>9,}")
    for name, count in stats["notation"].items():
        click.echo(f"  {name:<18} {count:>9,}")
    for listed in ("unresolved", "alarms"):
        if stats[listed]:
            click.echo(f"  {listed}:")
        for what, count in stats[listed].items():
            click.echo(f"    {count:,} x {printable(what)}")


def _print_spans(work: str, source: str) -> None:
    for span in spans(source):
        row = {"path": work, **span._asdict(), "source": source[span.start : span.end]}
        if span.kind in CONFIDENCE:
            row["confidence"] = CONFIDENCE[span.kind]
        click.echo(json_text(row))
