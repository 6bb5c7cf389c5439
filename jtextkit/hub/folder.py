"""A folder that a builder wrote, looked at as something to publish: its files, card and licences."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.reading import verified_receipt
from jtextkit.core.errors import IntegrityError, first_line
from jtextkit.core.progress import Progress
from jtextkit.core.receipts import RECEIPT, Receipt, sealed, unsealed
from jtextkit.hub.licences import refuse_looser

CARD = "README.md"

_BLOCK = 1 << 20
_BUILD_ANEW = "build it anew; what is published must be what was built"


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one file, and how the Hub may name them.

    Attributes:
        source: where they lie, or the bytes themselves.
        size: in bytes.
        sha256: in hexadecimal; the Hub's name for a large file.
        blob: git's SHA-1 of the file, the Hub's name for a small one.
    """

    source: Path | bytes
    size: int
    sha256: str
    blob: str

    @classmethod
    def of(cls, source: Path | bytes) -> Content:
        """Read and hash, a file in bounded memory."""
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        sha256 = hashlib.sha256()
        blob = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
        with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            while block := file.read(_BLOCK):
                sha256.update(block)
                blob.update(block)
        return cls(source, size, sha256.hexdigest(), blob.hexdigest())


@dataclass(frozen=True, slots=True)
class RemoteFiles:
    """What the Hub holds at one revision: a commit, and what it tells of the files asked for."""

    head: str | None = None
    files: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, name: str, content: Content) -> bool:
        """Whether the file has these bytes, by the Hub's own hash of it."""
        file = self.files.get(name)
        if file is None or file.size != content.size:
            return False
        return bool(file.lfs.sha256 == content.sha256 if file.lfs else file.blob_id == content.blob)


@dataclass(frozen=True, slots=True)
class Folder:
    """A built folder whose files are those of its receipt.

    Attributes:
        files: by their names relative to the folder, the receipt included.
        left_out: files of the folder that its receipt does not name, and that are not published.
        licence: the card's, by the Hub's name or ``license_name``.
    """

    path: Path
    receipt: Mapping[str, Any]
    files: Mapping[str, Content]
    left_out: tuple[str, ...]
    licence: str

    @property
    def card(self) -> str:
        """The card's text."""
        return (self.path / CARD).read_text(encoding="utf-8")

    @property
    def message(self) -> str:
        """Of the commit that publishes it."""
        name = self.receipt.get("builder", self.path.name)
        return f"{name}, built by jtextkit {self.receipt.get('jtextkit', '')}".rstrip()


def read_folder(path: Path) -> Folder:
    """Read a built folder and check it: hashes, card, licence, and that ``datasets`` reads it.

    Raises:
        InputError: there is no folder.
        IntegrityError: there is no receipt, a file is missing or changed, the card is missing or
            broken, or the licence is looser than the sources'.
    """
    receipt = verified_receipt(path)
    files = {name: Content.of(path / name) for name in sorted(receipt["files"])}
    if CARD not in files:
        raise IntegrityError("the set has no card", where=str(path / CARD), cure=_BUILD_ANEW)
    files[RECEIPT] = Content.of(path / RECEIPT)
    there = {file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file()}
    licence = _licence(path)
    refuse_looser(licence, _sources_licences(path, receipt, files), where=str(path / CARD))
    _check_reading(path)
    return Folder(path, receipt, files, tuple(sorted(there - files.keys())), licence)


def check_sound(local: Folder, report: Progress) -> None:
    """Let ``jtextkit check`` look at the set, where it knows what that builder promises."""
    from jtextkit.builders.registry import BUILDERS
    from jtextkit.check import check_set

    if local.receipt.get("builder") not in BUILDERS:
        return
    report("checking the set", 0, 0)
    found = check_set(local.path, report=report)
    if found.failed:
        problem = f"the set does not hold what it promises ({', '.join(found.failed)})"
        cure = f"see `jtextkit check {local.path}`"
        raise IntegrityError(problem, where=str(local.path), cure=cure)


def front_matter(text: str, *, where: str) -> dict[str, Any]:
    """The YAML at the head of a card, as ``huggingface_hub`` reads it."""
    from huggingface_hub import DatasetCard

    try:
        content = DatasetCard(text).data.to_dict()  # type: ignore[no-untyped-call]
    except Exception as error:  # the library's own, and those of its YAML
        problem = f"the card's YAML cannot be read ({str(error).splitlines()[0]})"
        raise IntegrityError(problem, where=where, cure=_BUILD_ANEW) from error
    if not content:
        raise IntegrityError("the card has no YAML", where=where, cure=_BUILD_ANEW)
    return dict(content)


def _licence(path: Path) -> str:
    card = path / CARD
    content = front_matter(card.read_text(encoding="utf-8"), where=str(card))
    licence = content.get("license") or ""
    if licence == "other":
        licence = content.get("license_name") or licence
    return "-and-".join(map(str, licence)) if isinstance(licence, list) else str(licence)


def _sources_licences(
    path: Path, receipt: Mapping[str, Any], files: Mapping[str, Content]
) -> set[str]:
    """Licences that the rows name, and those that the receipt names for its sources."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found: set[str] = set()
    declared = receipt.get("licenses", [])
    found.update(declared.values() if isinstance(declared, dict) else declared)
    sources = receipt.get("sources", {})
    for source in sources.values() if isinstance(sources, dict) else []:
        if isinstance(source, dict) and isinstance(source.get("license"), str):
            found.add(source["license"])
    for name in files:
        if name.endswith(".parquet") and "license" in pq.read_schema(path / name).names:
            column = pq.read_table(path / name, columns=["license"])["license"]
            found.update(value for value in pc.unique(column).to_pylist() if value)
    return found


def _check_reading(path: Path) -> None:
    """Resolve the set as a user's ``load_dataset`` will: configs, files, types."""
    from datasets import (
        disable_progress_bars,
        enable_progress_bars,
        get_dataset_config_names,
        load_dataset_builder,
    )

    disable_progress_bars()
    try:
        with tempfile.TemporaryDirectory(prefix="jtextkit-") as cache:
            for name in get_dataset_config_names(str(path)):
                load_dataset_builder(str(path), name, cache_dir=cache)
    except Exception as error:
        problem = f"datasets cannot load it ({type(error).__name__}: {first_line(error)})"
        raise IntegrityError(problem, where=str(path), cure=_BUILD_ANEW) from error
    finally:
        enable_progress_bars()


def changed_receipt(receipt: Mapping[str, Any], name: str, content: Content) -> bytes:
    """The receipt's bytes with another entry for the file ``name``."""
    files = {**receipt["files"], name: {"bytes": content.size, "sha256": content.sha256}}
    return sealed({**receipt, "files": files}).encode()


def files_of(receipt: str) -> set[str]:
    """The files that a receipt names; none where it is not one of ours, as it was written."""
    try:
        content = unsealed(receipt.encode(), Receipt)
    except ValueError:
        return set()
    return set(content["files"]) if "builder" in content else set()


def with_configs_of(ours: str, theirs: str, *, gone: Iterable[str] = ()) -> tuple[str, list[str]]:
    """Our card with the configs that only theirs has, and the names of those.

    A repository may hold several sets, each a config of the one card. A card that is pushed over
    another would make the others unreachable.

    Args:
        ours: the card to push.
        theirs: the card on the Hub.
        gone: files that will not be there any more; a config of nothing else is not kept.

    Returns:
        ``ours`` itself where nothing has to be kept.
    """
    from huggingface_hub import DatasetCard

    try:
        there = front_matter(theirs, where="the card on the Hub")
    except IntegrityError:
        return ours, []  # nothing that datasets could read either
    card: Any = DatasetCard(ours)
    here = card.data.to_dict()
    known = {_config_name(config) for config in _entries(here.get("configs"))}
    lost = frozenset(gone)
    kept = [
        {key: value for key, value in config.items() if key != "default"}
        for config in _entries(there.get("configs"))
        if _config_name(config) not in known and not _config_files(config) <= lost
    ]
    names = [_config_name(config) for config in kept]
    if not kept:
        return ours, []
    card.data.configs = [*_entries(here.get("configs")), *kept]
    info = [entry for entry in _entries(there.get("dataset_info")) if _config_name(entry) in names]
    if info:
        card.data.dataset_info = [*_entries(here.get("dataset_info")), *info]
    return str(card), names


def _entries(value: Any) -> list[dict[str, Any]]:
    """A list of tables, which the Hub also takes as a single one."""
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict)]


def _config_name(entry: Mapping[str, Any]) -> str:
    return str(entry.get("config_name", "default"))


def _config_files(config: Mapping[str, Any]) -> set[str]:
    """The paths that a config names; a pattern stands for itself, so it is never taken as gone."""
    found: set[str] = set()
    data = config.get("data_files")
    for entry in data if isinstance(data, list) else [data]:
        paths = entry.get("path") if isinstance(entry, dict) else entry
        found.update(str(path) for path in (paths if isinstance(paths, list) else [paths]))
    return found
