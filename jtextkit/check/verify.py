"""Verifying a built set: its files against the receipt, and the set against its sources.

A rebuild from the lock reads every text from its source again and compares files byte by byte. It
finds what no check of the set alone can: a text that was changed together with all that follows from
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.findings import Check, CheckResult, run_checks
from jtextkit.builders.sets.promises import BESIDE, FILE_CHECKS
from jtextkit.core.errors import IntegrityError
from jtextkit.core.files import scratch_folder, sha256_of
from jtextkit.core.hub import located
from jtextkit.core.receipts import read_receipt

_REBUILD = "rebuild"
_SAME_BYTES = "the sources give the same bytes again"


@dataclass(frozen=True, slots=True)
class Verified:
    """A built set whose files were verified.

    Attributes:
        folder: where its files lie.
        receipt: what they were held against.
        findings: of the checks ``file-missing``, ``file-hash``, ``file-extra`` and, where it was
            asked for, ``rebuild``.
    """

    place: str
    folder: Path
    receipt: Mapping[str, Any]
    findings: tuple[CheckResult, ...] = ()

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
        raise IntegrityError(
            "there is no receipt to verify this by",
            where=str(place),
            cure="name a folder that jtextkit built, with its receipt.json",
        )
    verified = Verified(str(place), folder, receipt)
    return Verified(str(place), folder, receipt, run_checks(FILE_CHECKS, verified))


def compare_rebuilt(verified: Verified, build: Callable[[Path], object]) -> Verified:
    """Build the set again with ``build``, which is given a folder to write, and compare all bytes.

    A source whose content has changed is a breach, named in the finding.

    Raises:
        InputError, UsageError: a source is missing.
    """
    with scratch_folder("jtextkit-rebuilt") as scratch:
        again = scratch / "set"

        def differing(_: object) -> Iterator[str]:
            try:
                build(again)
            except IntegrityError as changed:
                yield str(changed)
                return
            yield from _differing(verified, again)

        check = Check(_REBUILD, _SAME_BYTES, differing)
        found = run_checks((check,), verified)
    return Verified(verified.place, verified.folder, verified.receipt, verified.findings + found)


def _differing(verified: Verified, again: Path) -> Iterator[str]:
    new = read_receipt(again) or {}
    reason = _reason(verified.receipt, new)
    names = {file.name for file in again.iterdir()} | verified.receipt["files"].keys()
    for name in sorted(names - (set(BESIDE) - verified.receipt["files"].keys())):
        old_file, new_file = verified.folder / name, again / name
        if not old_file.is_file() or not new_file.is_file():
            yield f"{name}: {'not there' if new_file.is_file() else 'the rebuild does not give it'}"
        elif sha256_of(old_file) != sha256_of(new_file):
            yield f"{name}: the rebuild gives other bytes{reason}"


def _reason(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """What made another program of the one that built the set, if the receipts tell."""
    reasons = [
        f"{name} {old.get(key)} then, {new.get(key)} now"
        for name, key in (("jtextkit", "jtextkit"), ("scores", "signature"))
        if old.get(key) != new.get(key)
    ]
    if old.get("written_with") != new.get("written_with"):
        if old.get("rows_sha256") == new.get("rows_sha256"):
            reasons.append("the rows are the same")
        then, now = (_versions(receipt.get("written_with")) for receipt in (old, new))
        reasons += [
            f"{name} {then.get(name, 'not named')} then, {now.get(name, 'not named')} now"
            for name in sorted(then.keys() | now.keys())
            if then.get(name) != now.get(name)
        ]
    return f" ({'; '.join(reasons)})" if reasons else ""


def _versions(written_with: object) -> Mapping[str, Any]:
    return written_with if isinstance(written_with, dict) else {}
