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
from jtextkit.cli.group import group
from jtextkit.cli.output import fail_softly, json_text, say
from jtextkit.cli.parameters import Local, argument, command, option
from jtextkit.core.errors import InputError, printable

Paragraphs = Literal["compact", "spaced"]

_STDIN = "-"
_JAPANESE = re.compile("[ぁ-ヿ㐀-鿿]")


@group("aozora")
def aozora_group() -> None:
    """Read works of Aozora Bunko (青空文庫)."""


@command("aozora text", aozora_group, short_help="Works as plain text.")
def text_command(
    *,
    works: tuple[Local, ...] = argument("WORK...", required=True),
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
    """Print the body of works without notation."""
    if as_spans and (as_json or stats or (paragraphs, gaiji, ruby) != ("compact", "name", "drop")):
        raise click.UsageError("--spans stands alone: it is about the source, not a form of text")
    printed = 0
    named = [file for work in works for file in _files(work)]
    for work in named:
        try:
            source = _source(work)
        except InputError as error:
            if len(named) == 1:
                raise
            fail_softly(error)
            continue
        if printed and not (as_spans or as_json):
            click.echo()
        printed += 1
        if as_spans:
            _print_spans(work, source)
            continue
        plain = read_text(source, gaiji=gaiji, ruby=ruby)
        if not _JAPANESE.search(plain.text):
            say(f"{printable(work)}: no Japanese in its body; is it a work of Aozora Bunko?")
        text = plain.spaced if paragraphs == "spaced" else plain.text
        if as_json:
            body = {} if stats else {"text": text}
            click.echo(json_text({"path": work, **body, "stats": _stats(plain, source)}))
        elif stats:
            _print_stats(work, _stats(plain, source))
        else:
            click.echo(text)
    if printed < len(named):
        raise InputError(f"{len(named) - printed} of {len(named)} works could not be read")


def _files(work: str) -> list[str]:
    """The works that a name stands for: itself, or those in the folder that it is."""
    if work == _STDIN or not Path(work).is_dir():
        return [work]
    files = (path for path in Path(work).rglob("*") if path.suffix.lower() in (".zip", ".txt"))
    found = sorted(str(path) for path in files if path.parent.name != "index_pages")
    if not found:
        cure = "name the folder of the works"
        raise InputError("there is no .zip or .txt file in it", where=work, cure=cure)
    return found


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
        cure = "no work is that long; name a file"
        raise InputError(f"more than {MAX_BYTES:,} bytes", where=where, cure=cure)
    return decode(data, where=where, utf8=True)


def _stats(plain: PlainText, source: str) -> dict[str, Any]:
    lengths = {"characters": len(plain.text), "lines": len(plain.lines)}
    lists = {name: getattr(plain, name) for name in ("notation", "unresolved", "alarms")}
    return {"characters_source": len(source), **lengths, **lists}


def _print_stats(work: str, stats: dict[str, Any]) -> None:
    click.echo(printable(work))
    numbers = {name: found for name, found in stats.items() if isinstance(found, int)}
    for name, count in (numbers | stats["notation"]).items():
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
