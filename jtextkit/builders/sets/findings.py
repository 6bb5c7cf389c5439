"""What a check is and what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from jtextkit.core.display import Displayed
from jtextkit.metrics.shortcuts.audit import ShortcutAudit

EXAMPLES = 5
"""Breaches that a finding shows."""

T = TypeVar("T")


class DoesNotApply(Exception):  # noqa: N818 - no error: the message says why a check was left out
    """Raised by a check that has nothing to look at."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Given by a check that could not look at everything: so many texts of how many."""

    texts: int
    of: int

    def __str__(self) -> str:
        return f"{self.texts:,} of {self.of:,} texts"


@dataclass(frozen=True, slots=True)
class Check(Generic[T]):
    """One small check.

    Attributes:
        name: stable, in kebab case: scripts and people refer to it.
        promise: what holds where nothing is found, in one clause.
        run: gives a line for each breach, beginning with the row's id or the file's name; and
            :class:`LookedAt`, where that is not all.
    """

    name: str
    promise: str
    run: Callable[[T], Iterator[str | LookedAt]]


@dataclass(frozen=True, slots=True, repr=False)
class CheckResult(Displayed):
    """The result of one check.

    Attributes:
        found: number of breaches; None where the check does not apply.
        breaches: all of them, a line each; or why the check does not apply.
        looked_at: how much of the set was looked at, where that is not all of it.
    """

    name: str
    promise: str
    found: int | None
    breaches: tuple[str, ...] = ()
    looked_at: LookedAt | None = None

    def _facts(self) -> dict[str, Any]:
        return {"name": self.name, "found": self.found}

    @property
    def examples(self) -> tuple[str, ...]:
        """The first :data:`EXAMPLES` breaches."""
        return self.breaches[:EXAMPLES]

    @property
    def ok(self) -> bool:
        """Whether nothing was found in the whole set."""
        return not self.found and self.looked_at is None

    @property
    def result(self) -> str:
        """What came out, in a few words."""
        if self.found is None:
            return "–"
        part = f" in {self.looked_at}" if self.looked_at else ""
        return f"{self.found:,} found{part}" if self.found or part else "ok"

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        part = {"looked_at": asdict(self.looked_at)} if self.looked_at else {}
        return part | {
            "name": self.name,
            "ok": self.ok,
            "found": self.found or 0,
            "detail": self.promise,
            "examples": list(self.examples) if self.found is not None else [],
        }


@dataclass(frozen=True, slots=True, repr=False)
class CheckReport(Displayed):
    """All findings about one set.

    Attributes:
        place: the set, as it was named.
        builder: what built it, or None for other people's sets.
        signature: of its scores, if it has any.
        findings: one a check, those that do not apply included.
        audit: the shortcut audit, or None where there is nothing to audit.
        validity: figures for the card from outside the formula.
    """

    place: str
    builder: str | None
    signature: str | None
    texts: int
    findings: tuple[CheckResult, ...]
    audit: ShortcutAudit | None = None
    validity: tuple[Any, ...] = ()

    def _facts(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "ok": self.ok,
            "checks": len(self.findings),
            "texts": self.texts,
            "failed": self.failed,
        }

    def _rows(self) -> Iterable[tuple[str, Any]]:
        yield from (("place", self.place), ("signature", self.signature), ("texts", self.texts))
        for one in self.findings:
            yield one.name, "does not apply" if one.found is None else one.result

    @property
    def ok(self) -> bool:
        """Whether all was looked at, and no check found a breach."""
        return all(finding.ok for finding in self.findings)

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the checks that found a breach, or could not look at everything."""
        return tuple(finding.name for finding in self.findings if not finding.ok)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "ok": self.ok,
            "place": self.place,
            "builder": self.builder,
            "signature": self.signature,
            "texts": self.texts,
            "checks": [one.to_dict() for one in self.findings if one.found is not None],
            "not_applicable": {
                one.name: one.examples[0] for one in self.findings if one.found is None
            },
            "audit": self.audit and self.audit.to_dict(),
            "validity": [one.to_dict() for one in self.validity],
        }


def run_checks(checks: Sequence[Check[T]], subject: T) -> tuple[CheckResult, ...]:
    """Run checks one after the other."""
    findings = []
    for check in checks:
        try:
            given = list(check.run(subject))
        except DoesNotApply as reason:
            findings.append(CheckResult(check.name, check.promise, None, (str(reason),)))
        else:
            breaches = tuple(one for one in given if isinstance(one, str))
            part = next((one for one in given if isinstance(one, LookedAt)), None)
            findings.append(CheckResult(check.name, check.promise, len(breaches), breaches, part))
    return tuple(findings)


def verdict(findings: Sequence[CheckResult]) -> str:
    """In a clause, how many checks there were; or why the set is not, or not shown to be, sound."""
    run = sum(one.found is not None for one in findings)
    failed = [one.name for one in findings if one.found]
    part = [f"{one.name} looked at {one.looked_at}" for one in findings if one.looked_at]
    if failed:
        part = [f"not sound: {len(failed)} of {run} checks failed ({', '.join(failed)})", *part]
    elif part:
        part = ["no breach found, but not shown to be sound", *part]
    return "; ".join(part) or f"{run} checks"
