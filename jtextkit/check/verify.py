"""Verifying a built set: its files against the receipt, and the set against its sources.

A rebuild from the lock reads every text from its source again and compares the data: rows, lock, and
what the receipt says of them. It finds what no check of the set alone can: a text that was changed
together with all that follows from it.

The versions of Python and libraries (``written_with``) are environment, not data. Where they are those
of the build, every file must have the same bytes. Where they are not, Parquet files of another pyarrow
are compared row by row, and other bytes of card or report, whose audit the libraries compute, are a
note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.findings import Check, CheckResult, run_checks
from jtextkit.builders.sets.promises import FILE_CHECKS
from jtextkit.check.differences import causes_in
from jtextkit.core.display import Displayed
from jtextkit.core.errors import IntegrityError
from jtextkit.core.files import scratch_folder, sha256_of
from jtextkit.core.hub import located
from jtextkit.core.receipts import RECEIPT, read_receipt

_ENVIRONMENT = "written_with"
_PAGES = ("README.md", "report.html")


@dataclass(frozen=True, slots=True, repr=False)
class Verified(Displayed):
    """A built set whose files were verified.

    Attributes:
        folder: where its files lie.
        receipt: what they were held against.
        findings: of the checks ``file-missing``, ``file-hash``, ``file-extra`` and, where it was
            asked for, ``rebuild``.
        notes: what differs in a rebuild and is no data.
    """

    place: str
    folder: Path
    receipt: Mapping[str, Any]
    findings: tuple[CheckResult, ...] = ()
    notes: tuple[str, ...] = ()

    def _facts(self) -> dict[str, Any]:
        return {"place": self.place, "ok": self.ok, "findings": self.findings}

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return all(finding.ok for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "ok": self.ok,
            "place": self.place,
            "builder": self.receipt.get("builder"),
            "signature": self.receipt.get("signature"),
            "files": {
                name: entry.get("sha256") if isinstance(entry, dict) else None
                for name, entry in sorted(self.receipt["files"].items())
            },
            "checks": [finding.to_dict() for finding in self.findings],
            "notes": list(self.notes),
        }


def verify_files(place: str | Path) -> Verified:
    """Hold the files of a built set against its receipt.

    Args:
        place: its folder, or ``USER/NAME[@REVISION]`` on the Hub.

    Raises:
        InputError, DownloadError: the set cannot be reached.
        IntegrityError: it has no receipt, or one that is none.
    """
    folder = located(str(place))
    receipt = read_receipt(folder) if folder.is_dir() else None
    if receipt is None:
        cure = "name a folder that jtextkit built, with its receipt.json"
        raise IntegrityError("there is no receipt to verify this by", where=str(place), cure=cure)
    verified = Verified(str(place), folder, receipt)
    return replace(verified, findings=run_checks(FILE_CHECKS, verified))


def compare_rebuilt(verified: Verified, build: Callable[[Path], object]) -> Verified:
    """Build the set again with ``build``, which is given a folder to write, and compare both.

    A source whose content has changed is a breach, named in the finding.

    Raises:
        InputError, UsageError: a source is missing.
    """
    notes: list[str] = []
    with scratch_folder("jtextkit-rebuilt") as scratch:
        again = scratch / "set"

        def differing(_: object) -> Iterator[str]:
            try:
                build(again)
            except IntegrityError as changed:
                yield str(changed)
                return
            yield from _differing(verified, again, notes)

        check = Check("rebuild", "the sources give the same set again", differing)
        found = run_checks((check,), verified)
    return replace(verified, findings=verified.findings + found, notes=tuple(notes))


def _differing(verified: Verified, again: Path, notes: list[str]) -> Iterator[str]:
    """What differs in the data; what differs beside it is added to ``notes``."""
    old, new = verified.receipt, read_receipt(again) or {"files": {}}
    versions = {
        cause.name.partition(".")[2]: cause
        for cause in causes_in(_ENVIRONMENT, _versions(old), _versions(new))
    }
    for name, cause in versions.items():
        then, now = (str(version or "not named") for version in (cause.old, cause.new))
        notes.append(f"{name}: {then} then, {now} now")
    for name in sorted((old.keys() | new.keys()) - {"files", _ENVIRONMENT}):
        for cause in causes_in(name, old.get(name), new.get(name)):
            yield f"{RECEIPT}: {cause}"
    for name in sorted(old["files"].keys() | new["files"].keys()):
        one, other = verified.folder / name, again / name
        if not one.is_file() or not other.is_file():
            yield f"{name}: {'not there' if other.is_file() else 'the rebuild does not give it'}"
        elif sha256_of(one) == sha256_of(other):
            continue
        elif versions and name in _PAGES:
            notes.append(f"{name}: other bytes; with these versions they may differ")
        elif "pyarrow" in versions and name.endswith(".parquet"):
            yield from (f"{name}: {fault}" for fault in _row_faults(one, other))
        else:
            yield f"{name}: the rebuild gives other bytes"


def _versions(receipt: Mapping[str, Any]) -> Mapping[str, Any]:
    named = receipt.get(_ENVIRONMENT)
    return named if isinstance(named, dict) else {}


def _row_faults(one: Path, other: Path) -> Iterator[str]:
    """What two Parquet files say differently, however they were written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        old = pq.read_table(one)
    except (OSError, pa.ArrowException):
        yield "it cannot be read"
        return
    new = pq.read_table(other)
    if old.schema != new.schema or old.schema.metadata != new.schema.metadata:
        yield "the rebuild gives other columns, or says other things of them"
    if len(old) != len(new):
        yield f"{len(old):,} rows, and the rebuild gives {len(new):,}"
    for row, again in zip(old.to_pylist(), new.to_pylist(), strict=False):
        if row != again:
            columns = [name for name in again if row.get(name) != again[name]]
            yield f"{row.get('id')}: the rebuild gives other values ({', '.join(columns)})"
