"""What tells two builds apart: rows that came, went or changed, and why.

Rows are matched by id, that is by source, work and place. The reasons stand in the two receipts and
locks: the recipe, the sources, the version, the way of scoring; for a row whose own source has other
bytes, that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.reading import Item, TextSet, read_set
from jtextkit.core.display import Displayed, cut
from jtextkit.core.errors import IntegrityError
from jtextkit.core.hub import located
from jtextkit.core.rows import read_rows

MOVED = ("label", "split", "text", "readability", "pair_id")
"""Columns whose changes are told one by one; all others are told together as ``other``."""


_WORDS = {
    "recipe": "recipe",
    "sources": "source",
    "sample": "source",
    "jtextkit": "version",
    "signature": "way of scoring",
}


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that the receipts say differently; ``name`` is such as ``recipe.seed``."""

    name: str
    old: Any
    new: Any

    @property
    def kind(self) -> str:
        """``recipe``, ``sources``, ``jtextkit``, ``signature`` or ``written_with``."""
        return self.name.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.name}: {cut(str(self.old), 120)} -> {cut(str(self.new), 120)}"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is not the same in both.

    Attributes:
        what: ``came``, ``went`` or ``changed``.
        columns: of a row that changed, old and new value by column; of ``text`` the lengths.
        why: the reason, as far as receipts and locks tell it.
    """

    id: str
    what: str
    split: str
    columns: Mapping[str, tuple[Any, Any]]
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class Differences(Displayed):
    """Everything that tells two builds apart.

    Attributes:
        same: number of rows that are the same in all columns that both builds have.
        columns: the columns that only one has: ``came`` and ``went``.
    """

    same: int
    changes: tuple[RowChange, ...]
    causes: tuple[Cause, ...]
    columns: Mapping[str, tuple[str, ...]]

    def _facts(self) -> dict[str, Any]:
        return {name: number for name, number in self.counts().items() if number}

    def counts(self) -> dict[str, int]:
        """Rows by what became of them; a row that changed counts under each column it changed in."""
        found = {"same": self.same, "came": 0, "went": 0}
        found |= {f"changed {name}": 0 for name in (*MOVED, "other")}
        for change in self.changes:
            if change.what == "changed":
                for name in change.columns:
                    found[f"changed {name if name in MOVED else 'other'}"] += 1
            else:
                found[change.what] += 1
        return found

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "same": self.same,
            "counts": self.counts(),
            "columns": {what: list(names) for what, names in self.columns.items()},
            "causes": {one.name: [one.old, one.new] for one in self.causes},
            **{
                what: [asdict(change) for change in self.changes if change.what == what]
                for what in ("came", "went", "changed")
            },
        }


def compare(old: str | Path, new: str | Path) -> Differences:
    """What tells the build ``new`` from the build ``old``; both as folders or on the Hub.

    Raises:
        InputError, DownloadError: one cannot be reached or read.
        IntegrityError: one has no receipt.
    """
    one, other = _read(old), _read(new)
    causes = tuple(_causes(one, other))
    before = {item.id: item for item in one.rows}
    after = {item.id: item for item in other.rows}
    locks = _sources(one), _sources(other)
    why = _Why(causes, locks, (_dropped(one), _dropped(other)))
    changes = []
    same = 0
    shared = [name for name in one.columns if name in other.columns]
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            changes.append(RowChange(name, "came", after[name].split, {}, why.moved(name, 0)))
        elif name not in after:
            changes.append(RowChange(name, "went", before[name].split, {}, why.moved(name, 1)))
        elif columns := _columns(before[name], after[name], shared):
            changes.append(
                RowChange(name, "changed", after[name].split, columns, why.changed(name, columns))
            )
        else:
            same += 1
    alone = {
        "came": tuple(name for name in other.columns if name not in shared),
        "went": tuple(name for name in one.columns if name not in shared),
    }
    return Differences(same, tuple(changes), causes, alone)


def _read(place: str | Path) -> TextSet:
    data = read_set(located(str(place)), place=str(place))
    if data.receipt is None:
        problem = "there is no receipt, so this is no build of ours"
        raise IntegrityError(problem, where=str(place), cure="name two folders that jtextkit built")
    return data


def _causes(one: TextSet, other: TextSet) -> Iterator[Cause]:
    assert one.receipt is not None
    assert other.receipt is not None
    for name in ("builder", "recipe", "sources", "sample", "jtextkit", "signature", "written_with"):
        yield from causes_in(name, one.receipt.get(name), other.receipt.get(name))
    yield from causes_in("sources.aozora.works", _works(one.receipt), _works(other.receipt))


def _works(receipt: Mapping[str, Any]) -> Any:
    """Works by what became of them, where a build read any."""
    selection = receipt.get("selection")
    aozora = selection.get("aozora") if isinstance(selection, dict) else None
    return aozora.get("works") if isinstance(aozora, dict) else None


def causes_in(name: str, old: Any, new: Any) -> Iterator[Cause]:
    """What two receipts say differently under ``name``."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from causes_in(f"{name}.{key}", old.get(key), new.get(key))
    elif old != new:
        yield Cause(name, old, new)


def _sources(data: TextSet) -> Mapping[str, Any]:
    """What each row's source hashes to, by the row's id."""
    file = data.folder / "lock.jsonl"
    if not file.exists():
        return {}
    return {
        row.values["id"]: row.values.get("sha256")
        for row in read_rows(file)
        if isinstance(row.values.get("id"), str)
    }


def _dropped(data: TextSet) -> Mapping[str, str]:
    """Rows that the build left out as near-duplicates, each with its twin."""
    selection = (data.receipt or {}).get("selection")
    twins = selection.get("near_duplicates") if isinstance(selection, dict) else None
    return twins if isinstance(twins, dict) else {}


def _columns(one: Item, other: Item, shared: Sequence[str]) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    if one.split != other.split:
        found["split"] = (one.split, other.split)
    for name in shared:
        old, new = one.values.get(name), other.values.get(name)
        if old == new:
            continue
        if name == "text":
            old, new = len(str(old)), len(str(new))
        found[name] = (old, new)
    return found


@dataclass(frozen=True, slots=True)
class _Why:
    causes: tuple[Cause, ...]
    locks: tuple[Mapping[str, Any], Mapping[str, Any]]
    dropped: tuple[Mapping[str, str], Mapping[str, str]]

    def moved(self, name: str, lacking: int) -> str:
        """Why the row is not in the build ``lacking`` (0 the old, 1 the new)."""
        if twin := self.dropped[lacking].get(name):
            return f"a near-duplicate of {twin}"
        return self._of("recipe", "sources", "sample", "jtextkit", "signature")

    def changed(self, name: str, columns: Mapping[str, Any]) -> str:
        if "text" in columns:
            if self.locks[0].get(name) != self.locks[1].get(name):
                return "source: its bytes are others"
            return self._of("jtextkit", "recipe")
        if "readability" in columns:
            return self._of("signature", "jtextkit")
        return self._of("recipe", "sources", "sample", "jtextkit", "signature")

    def _of(self, *kinds: str) -> str:
        """The causes of these kinds, such as ``recipe (seed, size), source (jec)``."""
        details: dict[str, dict[str, None]] = {}
        for cause in self.causes:
            if cause.kind in kinds:
                kind, detail = _WORDS[cause.kind], cause.name.split(".")[1:2]
                details.setdefault(kind, {}).update(dict.fromkeys(detail))
        told = [
            f"{kind} ({', '.join(names)})" if names else kind for kind, names in details.items()
        ]
        return ", ".join(told) or "changed by hand: the receipts do not tell why"
