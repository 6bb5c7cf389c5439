"""``jtextkit verify``: are these the files that were built, and do the sources give them again?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jtextkit.cli.check import end_with_verdict, print_breaches, print_figures
from jtextkit.cli.options import AOZORA, CACHE, JEC, OFFLINE
from jtextkit.cli.output import json_text, progress_bar, say, tell
from jtextkit.cli.parameters import Folder, Local, argument, command, option
from jtextkit.cli.sources import announce, finishing, given_sources, sample_sources
from jtextkit.core.errors import UsageError, printable
from jtextkit.core.files import scratch_folder
from jtextkit.core.language import translated
from jtextkit.core.progress import Progress

if TYPE_CHECKING:
    from jtextkit.check.verify import Verified
    from jtextkit.core.cache import Cache


@command("verify")
def verify_command(
    *,
    place: Local = argument("DIR|REPO"),
    again: bool = option("Build it from its lock, and compare.", flag="--rebuild"),
    aozora: str | None = AOZORA,
    jec: str | None = JEC,
    cache_folder: Folder | None = CACHE,
    offline: bool = OFFLINE,
    verbose: bool = option("Print every check.", short="-v"),
    as_json: bool = option("Print the findings as JSON."),
) -> None:
    """Verify a set's files by its receipt; exit code 4 where they are not those that were built."""
    from jtextkit.check.verify import verify_files
    from jtextkit.core.cache import Cache

    if not again and (aozora or jec or cache_folder or offline):
        raise UsageError("sources are for --rebuild", cure="add it, or drop the other options")
    with progress_bar() as report:
        report("hashing", 0, 0)
        verified = verify_files(place)
        if again:
            verified = _rebuilt(verified, aozora, jec, Cache(cache_folder, offline=offline), report)
    if as_json:
        click.echo(json_text(verified.to_dict(), indent=1))
    else:
        if verbose:
            from jtextkit.check.summary import checks

            print_figures(checks(verified.findings))
        print_breaches(verified.findings)
        for note in verified.notes:
            tell(f"note: {printable(note)}")
    end_with_verdict(
        verified.findings,
        translated(f"{len(verified.receipt['files']):,} files"),
        place,
        "get the set again, or build it anew",
        quiet=as_json,
        good="equal" if again else "sound",
    )


def _rebuilt(
    verified: Verified, aozora: str | None, jec: str | None, cache: Cache, report: Progress
) -> Verified:
    from jtextkit.builders.difficulty import NAME, rebuild
    from jtextkit.builders.difficulty.pinned import locked_sources, plan
    from jtextkit.check.verify import compare_rebuilt
    from jtextkit.report.difficulty import REPORT

    if verified.receipt.get("builder") != NAME:
        raise UsageError(
            f"a set built by {verified.receipt.get('builder')!r} cannot be rebuilt from a lock",
            where=verified.place,
            cure="verify it without --rebuild",
        )
    lock = verified.folder
    with scratch_folder("jtextkit-sources") as scratch:
        sources = given_sources(aozora, jec, cache)
        if sources is None and verified.receipt.get("sample") is True:
            sources = sample_sources(scratch)
        if sources is None:
            announce(plan(lock), cache, "The set")
            sources = locked_sources(lock, cache, say)
        taken = sources
        # A set that was built without the program may have no report.
        finish = finishing(report) if REPORT in verified.receipt["files"] else []
        return compare_rebuilt(
            verified, lambda out: rebuild(out, lock, taken, report=report, finish=finish)
        )
