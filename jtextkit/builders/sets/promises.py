"""What every built set promises, and what checks need of one: files, receipt, rows, near-duplicates.

A kind of set derives its own class from :class:`BuiltSet` and lists its checks, these among them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar

from jtextkit.builders.sets.columns import lacking, schema_faults
from jtextkit.builders.sets.findings import Check, CheckReport, DoesNotApply, LookedAt, run_checks
from jtextkit.builders.sets.reading import Item, TextSet, is_inside
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.builders.sets.twins import TwinsFound, find_twins
from jtextkit.core.errors import JtextkitError
from jtextkit.core.files import sha256_of
from jtextkit.core.progress import Progress
from jtextkit.core.receipts import RECEIPT, digest
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.readability.formula import signature_of
from jtextkit.metrics.shortcuts.audit import ShortcutAudit

BESIDE: Final = ("report.html", ".gitattributes")
"""Files that may lie beside a set: the report on it, and what the Hub adds."""

_EVERY = 50

UNREADABLE: Final = (JtextkitError, KeyError, TypeError, ValueError)
"""What reading a receipt's recipe raises where it is none."""


class BuiltFolder(Protocol):
    """A folder with its receipt."""

    @property
    def folder(self) -> Path: ...

    @property
    def receipt(self) -> Mapping[str, Any]: ...


class SetRecipe(Protocol):
    """What the recipes of all kinds of sets say."""

    @property
    def dictionary(self) -> str: ...

    @property
    def max_similarity(self) -> float: ...


R = TypeVar("R", bound=SetRecipe)
S = TypeVar("S", bound="BuiltSet[Any]")


class BuiltSet(ABC, Generic[R]):
    """A built set, with what several checks need of it, found once.

    Args:
        data: its rows and its receipt, which must be there.
    """

    recipe_type: ClassVar[type[Any]]
    """The class of its recipe, all of whose rules have defaults."""

    required: ClassVar[Sequence[str]] = ()
    """Columns that are null in no row."""

    def __init__(self, data: TextSet) -> None:
        assert data.receipt is not None
        self.data = data
        self.receipt: Mapping[str, Any] = data.receipt

    @property
    @abstractmethod
    def checks(self) -> Sequence[Check[Any]]:
        """All that this kind of set promises."""

    @property
    @abstractmethod
    def columns(self) -> Mapping[str, str]:
        """Name to kind of every column, in order."""

    def read_recipe(self) -> R:
        """The receipt's recipe.

        Raises:
            JtextkitError, KeyError, TypeError, ValueError: it holds none that can be read.
        """
        found: R = self.recipe_type.from_dict(dict(self.receipt["recipe"]), where=RECEIPT)
        return found

    @property
    def labels(self) -> Sequence[str]:
        """Names of the values of the column ``label``, where there is one."""
        return ()

    @property
    def audit(self) -> ShortcutAudit | None:
        """The shortcut audit, where the kind has one."""
        return None

    @property
    def validity(self) -> tuple[Any, ...]:
        """Figures from outside the formula."""
        return ()

    @property
    def folder(self) -> Path:
        return self.data.folder

    @property
    def report(self) -> Progress:
        return self.data.report

    @cached_property
    def recipe(self) -> R:
        """The receipt's recipe, or the default one."""
        try:
            return self.read_recipe()
        except UNREADABLE:
            found: R = self.recipe_type()
            return found

    @property
    def signature(self) -> str | None:
        """That of the receipt."""
        signature = self.receipt.get("signature")
        return signature if isinstance(signature, str) else None

    def lack(self, row: Mapping[str, Any]) -> str:
        """What a row lacks for the checks, or ""."""
        return lacking(row, self.columns, self.required)

    @cached_property
    def rows(self) -> tuple[Item, ...]:
        """Rows that have what every check looks at; ``schema`` tells of the others."""
        return tuple(item for item in self.data.rows if not self.lack(item.values))

    def reported(self, stage: str) -> Iterator[Item]:
        """The rows, for what takes long: how far it came is told."""
        for number, item in enumerate(self.rows):
            if number % _EVERY == 0:
                self.report(stage, number, len(self.rows))
            yield item
        self.report(stage, len(self.rows), len(self.rows))

    @property
    def compared(self) -> Sequence[Item]:
        """Rows among which near-duplicates are looked for."""
        return self.rows

    def text_of(self, item: Item) -> str:
        """What is compared of a row."""
        return str(item.values["text"])

    @cached_property
    def twins(self) -> TwinsFound:
        """Near-duplicates by the recipe's limit."""
        return find_twins(self.compared, self.text_of, self.recipe.max_similarity, self.report)

    def scored_alike(self, words: str = "") -> None:
        """Whether scores made now compare with the stored ones; ``words``: as in :func:`signature_of`.

        Raises:
            DoesNotApply: they were made in another way.
        """
        ours = signature_of(analyser(self.recipe.dictionary), "punct", words=words)
        if self.signature != ours:
            raise DoesNotApply(f"scores of {self.signature} do not compare with {ours}")

    def inspect(self) -> CheckReport:
        """Run all checks."""
        return CheckReport(
            self.data.place,
            self.receipt.get("builder"),
            self.signature,
            len(self.data.rows),
            run_checks(self.checks, self),
            self.audit,
            self.validity,
        )


def each_row(
    faults: Callable[[S, Mapping[str, Any]], Iterator[str]],
) -> Callable[[S], Iterator[str]]:
    """A check of each row by itself, from what is wrong with one."""

    def run(data: S) -> Iterator[str]:
        for item in data.rows:
            yield from (f"{item.id}: {fault}" for fault in faults(data, item.values))

    return run


def _missing(built: BuiltFolder) -> Iterator[str]:
    for name in built.receipt["files"]:
        if not is_inside(name) or not (built.folder / name).is_file():
            yield f"{name}: the receipt names it, but it is not there"


def _hashes(built: BuiltFolder) -> Iterator[str]:
    for name, entry in sorted(built.receipt["files"].items()):
        file = built.folder / name
        if not is_inside(name) or not file.is_file():
            continue
        expected = entry.get("sha256") if isinstance(entry, dict) else None
        if expected != sha256_of(file):
            yield f"{name}: its SHA-256 is not the receipt's"


def _extra(built: BuiltFolder) -> Iterator[str]:
    """Files that the receipt does not name."""
    known = {*built.receipt["files"], RECEIPT, *BESIDE}
    for file in sorted(built.folder.rglob("*")):
        name = file.relative_to(built.folder).as_posix()
        if file.is_file() and name not in known and not name.startswith(".cache/"):
            yield f"{name}: no receipt names it"


def _readable(built: BuiltSet[Any]) -> Iterator[str]:
    try:
        built.read_recipe()
    except UNREADABLE as error:
        yield f"{RECEIPT}: its recipe cannot be read ({error})"
    for item in built.data.items:
        if item.problem:
            yield f"{item.place}: {item.problem}"


def _recipe_hash(built: BuiltFolder) -> Iterator[str]:
    if built.receipt.get("recipe_sha256") != digest(built.receipt.get("recipe")):
        yield f"{RECEIPT}: recipe_sha256 is not the hash of the recipe"


def _rows_hash(built: BuiltSet[Any]) -> Iterator[str]:
    hashes = built.receipt.get("rows_sha256")
    for split in SPLITS:
        rows = [dict(item.values) for item in built.data.rows if item.split == split]
        expected = hashes.get(split) if isinstance(hashes, dict) else None
        try:
            found = digest(rows)
        except TypeError:  # a value that JSON does not know, such as a date: no row of ours
            found = ""
        if found != expected:
            yield f"{split}: rows_sha256 in the receipt is not that of the rows"


def _signature(built: BuiltSet[Any]) -> Iterator[str]:
    """The receipt's signature is that of every file, of the version, and of the recipe's dictionary."""
    import pyarrow.parquet as pq

    for name in built.data.files:
        if name.endswith(".parquet"):
            stored = (pq.read_schema(built.folder / name).metadata or {}).get(b"jtextkit.signature")
            if stored is None or stored.decode(errors="replace") != built.signature:
                yield f"{name}: its signature is not the receipt's ({built.signature})"
    fields = dict(part.split(":", 1) for part in (built.signature or "").split("|") if ":" in part)
    if fields.get("v") != built.receipt.get("jtextkit"):
        yield f"{RECEIPT}: the signature names another version than the receipt"
    dictionary = built.recipe.dictionary
    if dictionary.startswith("unidic") and not fields.get("dict", "").startswith(f"{dictionary}-"):
        yield f"{RECEIPT}: the signature names another dictionary than the recipe"


def _schema(built: BuiltSet[Any]) -> Iterator[str]:
    for split in SPLITS:
        if split not in built.data.files.values():
            yield f"{split}: there is no file of this split"
    for name, split in built.data.files.items():
        if split not in SPLITS or not name.endswith(".parquet"):
            yield f"{name}: not a Parquet file of a split"
            continue
        for fault in schema_faults(built.folder / name, built.columns, built.labels):
            yield f"{name}: {fault}"
    for item in built.data.rows:
        if lack := built.lack(item.values):
            yield f"{item.id}: {lack}"


def _unique(built: BuiltSet[Any]) -> Iterator[str]:
    for name, number in Counter(item.id for item in built.data.rows).items():
        if number > 1:
            yield f"{name}: {number} rows have this id"


def twins_within(built: BuiltSet[Any]) -> Iterator[str | LookedAt]:
    """Near-duplicates in one split."""
    return built.twins.told(across=False)


def in_two_splits(
    items: Iterable[Item], keys: Callable[[Item], Iterable[Hashable]], kind: str
) -> Iterator[str]:
    """Everything that ``keys`` gives for rows of more than one split."""
    places: dict[Hashable, dict[str, str]] = defaultdict(dict)
    for item in items:
        for key in keys(item):
            places[key].setdefault(item.split, item.id)
    for key, rows in sorted(places.items(), key=lambda entry: str(entry[0])):
        if len(rows) > 1:
            where = ", ".join(f"{row} in {split}" for split, row in rows.items())
            yield f"{kind} {key}: {where}"


FILE_CHECKS: Final[tuple[Check[BuiltFolder], ...]] = (
    Check("file-missing", "every file that the receipt names is there", _missing),
    Check("file-hash", "every file has the SHA-256 in the receipt", _hashes),
    Check("file-extra", "no file lies there that the receipt does not name", _extra),
)

RECEIPT_CHECKS: Final[tuple[Check[Any], ...]] = (
    *FILE_CHECKS,
    Check("rows-readable", "the recipe and all rows can be read", _readable),
    Check("recipe-hash", "the receipt's hash of the recipe is right", _recipe_hash),
    Check("rows-hash", "the receipt's hash of each split's rows is right", _rows_hash),
)

SIGNATURE_CHECK: Final[Check[Any]] = Check(
    "signature", "receipt, recipe and files name one way of scoring", _signature
)


def schema_checks(what: str = "columns and types") -> tuple[Check[Any], ...]:
    """Every row has what it should; ``what`` the schema is held to."""
    return (
        Check("schema", f"{what} are those of the set", _schema),
        Check("unique-ids", "no id stands twice", _unique),
    )


def near_duplicate_checks(
    what: str = "text", within: Callable[[Any], Iterator[str | LookedAt]] = twins_within
) -> tuple[Check[Any], ...]:
    """No row nearly repeats another; ``what`` is compared, ``within`` looks inside the splits."""
    return (
        Check(
            "near-duplicate-across-splits",
            f"no {what} nearly repeats one elsewhere",
            lambda data: data.twins.told(across=True),
        ),
        Check("near-duplicate-in-split", f"no {what} nearly repeats one beside it", within),
    )
