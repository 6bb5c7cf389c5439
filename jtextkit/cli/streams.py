"""The standard streams, made fit for any name, any content and any reader."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from jtextkit.core.errors import JtextkitError, printable
from jtextkit.core.language import translated
from jtextkit.core.secrets import redact


def prepare() -> None:
    """Escape what a stream's encoding lacks; open to nowhere a stream that the caller closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(message: str) -> None:
    """Write a message to stderr, translated, without secrets; a closed stderr is no error."""
    try:
        print(redact(translated(message)), file=sys.stderr)
    except BrokenPipeError:
        discard_stdout(sys.stderr)


def error_text(error: JtextkitError) -> str:
    """``str(error)`` in the reader's language."""
    where, problem, cure = map(translated, (error.where, error.problem, error.cure))
    return printable("; ".join(filter(None, (f"{where}: {problem}" if where else problem, cure))))


def discard_stdout(stream: TextIO) -> None:
    """Send what is left to nowhere: the interpreter flushes once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
