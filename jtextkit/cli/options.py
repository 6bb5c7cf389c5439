"""Options that several commands share, so that they read and behave alike everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from jtextkit.cli.paths import LocalPath
from jtextkit.metrics.morphology.analysis import SENTENCE_RULES
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY, DICTIONARIES

sentences_option = click.option(
    "--sentences",
    type=click.Choice(SENTENCE_RULES),
    default="punct",
    help="Where a sentence ends: at 。？！． only; at line breaks too (newline); or at those behind which "
    "no comma goes on (site).",
)


def _dictionaries(_: object, __: object, incomplete: str) -> list[CompletionItem]:
    names = [CompletionItem(one) for one in DICTIONARIES if one.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="dir")]


dictionary_option = click.option(
    "--dictionary",
    default=DEFAULT_DICTIONARY,
    type=LocalPath(),
    shell_complete=_dictionaries,
    metavar="NAME|DIR",
    help="unidic-lite, unidic, or a folder with a compiled UniDic.",
)


def memory_option(help: str) -> Callable[[Any], Any]:  # noqa: A002 - as click calls it
    """``--max-memory``, in bytes; None where nobody says how much."""
    return click.option("--max-memory", metavar="SIZE", callback=_bytes, help=help)


def _bytes(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    """``500MB``, ``4GB``: bytes."""
    if value is None:
        return None
    match = re.fullmatch(r"([1-9]\d{0,5})([MG])B", value, re.ASCII)
    if match is None:
        raise click.BadParameter(f"{value!r} is no size such as 500MB or 4GB")
    return int(match[1]) << (20 if match[2] == "M" else 30)
