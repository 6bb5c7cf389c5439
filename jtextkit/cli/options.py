"""Options that several commands share, so that they read and behave alike everywhere."""

from __future__ import annotations

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
