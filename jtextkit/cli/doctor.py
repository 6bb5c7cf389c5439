"""``jtextkit doctor``: what is installed and usable here, and what to do about what is not."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from functools import cache
from pathlib import Path

import click

from jtextkit import __version__
from jtextkit.cli.output import grid, json_text, stdout
from jtextkit.cli.parameters import command, option
from jtextkit.core.cache import Cache
from jtextkit.core.errors import DictionaryError, JtextkitError
from jtextkit.core.extras import EXTRAS
from jtextkit.core.language import translated

_packages = cache(importlib.metadata.packages_distributions)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One part of the environment that was inspected.

    Attributes:
        name: what.
        state: ``ok``, ``absent`` (nothing of the base needs it) or ``broken``.
        detail: version, place or reason.
        cure: what helps; empty where nothing is wrong.
    """

    name: str
    state: str
    detail: str
    cure: str = ""


@command("doctor")
def doctor_command(*, as_json: bool = option("A JSON array of findings.")) -> None:
    """Look at what is installed: dictionaries, extras, the cache."""
    findings = list(_findings())
    if as_json:
        click.echo(json_text([asdict(finding) for finding in findings], indent=2))
    else:
        told = (map(translated, astuple(finding)) for finding in findings)
        rows = ((name, state, "; ".join(filter(None, detail))) for name, state, *detail in told)
        stdout().print(grid(rows))
    broken = [finding.name for finding in findings if finding.state == "broken"]
    if broken:
        raise JtextkitError(f"{', '.join(broken)}: broken", cure="see what helps above")


def _findings() -> Iterator[Inspection]:
    yield Inspection("jtextkit", "ok", __version__)
    yield Inspection("python", "ok", f"{platform.python_version()} on {platform.platform()}")
    yield from _dictionaries()
    yield _cache(Cache().folder)
    yield from _extras()


def _dictionaries() -> Iterator[Inspection]:
    from jtextkit.metrics.morphology.analysis import analyser
    from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

    for name in (DEFAULT_DICTIONARY, "unidic"):
        try:
            opened = analyser(name)
        except DictionaryError as error:
            state = "broken" if name == DEFAULT_DICTIONARY else "absent"
            yield Inspection(f"dictionary {name}", state, error.problem, error.cure)
        else:
            yield Inspection(f"dictionary {name}", "ok", opened.dictionary.identity)
            if name == DEFAULT_DICTIONARY:
                if opened.core is None:
                    detail = f"{opened.without_core}: MeCab, slower"
                    yield Inspection("native core", "absent", detail)
                else:
                    detail = "with AVX2" if opened.core.vectorised else "portable"
                    yield Inspection("native core", "ok", detail)


def _cache(folder: Path) -> Inspection:
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(there, os.W_OK):
        return Inspection("cache", "broken", f"{folder} cannot be written", "set JTEXTKIT_CACHE")
    files = [file for file in folder.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    return Inspection("cache", "ok", f"{folder}, {len(files):,} files, {size:,.0f} MB")


def _extras() -> Iterator[Inspection]:
    for extra, modules in sorted(EXTRAS.items()):
        absent = [module for module in modules if not _is_there(module)]
        if absent:
            cure = f'python -m pip install "jtextkit[{extra}]"'
            yield Inspection(f"extra {extra}", "absent", f"without {', '.join(absent)}", cure)
        else:
            yield Inspection(f"extra {extra}", "ok", ", ".join(map(_with_version, modules)))


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it would be in
        return False


def _with_version(module: str) -> str:
    package = module.partition(".")[0]
    name = (_packages().get(package) or [package])[0]
    with suppress(importlib.metadata.PackageNotFoundError):
        return f"{name} {importlib.metadata.version(name)}"
    return name
