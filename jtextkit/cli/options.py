"""Options that several commands share, so that they read and behave alike everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from jtextkit.cli.parameters import option
from jtextkit.metrics.morphology.analysis import SENTENCE_RULES
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY, DICTIONARIES

Completion = Callable[[click.Context, click.Parameter, str], list[str]]


def any_of(names: Iterable[str]) -> Completion:
    """What a shell offers where one of ``names`` is wanted."""
    return lambda _context, _parameter, begun: [one for one in names if one.startswith(begun)]


def _dictionaries(_: object, __: object, incomplete: str) -> list[CompletionItem]:
    names = [CompletionItem(one) for one in DICTIONARIES if one.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="dir")]


SENTENCES: Final[Any] = option(
    "Where a sentence ends: at 。？！． only; at line breaks too (newline); or at those behind which "
    "no comma goes on (site).",
    "punct",
    type=click.Choice(SENTENCE_RULES),
)
DICTIONARY: Final[Any] = option(
    "unidic-lite, unidic, or a folder with a compiled UniDic.",
    DEFAULT_DICTIONARY,
    shell_complete=_dictionaries,
    metavar="NAME|DIR",
)
WORKERS: Final[Any] = option(
    "Processes.  [default: all cores]", type=click.IntRange(1), metavar="N"
)
AOZORA: Final[Any] = option(
    "Aozora Bunko: a folder with index_pages/ and cards/, its site, or a mirror.", metavar="DIR|URL"
)
JEC: Final[Any] = option("Kyoto University's JEC_basic_sentence_v1-3.xls.", metavar="FILE|URL")
CACHE: Final[Any] = option(
    "Where what is fetched is kept.  [the platform's cache folder]", flag="--cache", metavar="DIR"
)
OFFLINE: Final[Any] = option("Take from the cache alone.")


def memory_option(says: str) -> Any:
    """``--max-memory``, in bytes; None where nobody says how much."""
    return option(says, metavar="SIZE", callback=_bytes)


def _bytes(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    """``500MB``, ``4GB``: bytes."""
    if value is None:
        return None
    match = re.fullmatch(r"([1-9]\d{0,5})([MG])B", value, re.ASCII)
    if match is None:
        raise click.BadParameter(f"{value!r} is no size such as 500MB or 4GB")
    return int(match[1]) << (20 if match[2] == "M" else 30)
