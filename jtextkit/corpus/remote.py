"""Shards of object stores: brought here, annotated as any shard, and published, output before receipt.

Any number of machines may take one list of shards. Who works on a shard holds a lease there: a small
object that is made only where there is none, and rewritten every few seconds. Who finds one waits; one
that does not change for :data:`LEASE` seconds is of a dead worker, and its shard is taken over. Leases
spare double work and decide nothing: an output follows from its input, objects appear whole, and a shard
is done when its receipt says so, so two that work on one shard write the same bytes.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from jtextkit.core.errors import InputError, JtextkitError
from jtextkit.core.failpoints import failpoint
from jtextkit.core.files import scratch_folder, sha256_of
from jtextkit.core.receipts import sealed
from jtextkit.corpus.annotate import (
    RECEIPT_SUFFIX,
    Job,
    Seen,
    ShardFile,
    ShardReceipt,
    annotate_shard,
    foreign_file,
    mark_of,
    receipt_in,
    refuse_signature,
)
from jtextkit.corpus.shards import Mapper
from jtextkit.corpus.storage import RemoteFile, RemoteFolder

LEASE = 60.0
"""Seconds after which a lease that nobody renewed is a dead worker's."""

Shard = Path | RemoteFile


class HeldError(Exception):
    """Another worker holds the shard's lease, whose content this is."""

    def __init__(self, lease: bytes) -> None:
        super().__init__(lease)
        self.lease = lease


def annotate_anywhere(
    shard: Shard,
    job: Job,
    *,
    mapper: Mapper = map,
    progress: Callable[[int], None] = lambda _rows: None,
) -> tuple[bool, ShardReceipt]:
    """What :func:`~jtextkit.corpus.annotate.annotate_shard` does, wherever shard and output lie.

    Raises:
        HeldError: another worker is at it.
        InputError, OutputError, UsageError, IntegrityError: as there, or a store fails.
    """
    store = job.output
    if isinstance(store, RemoteFolder):
        old = receipt_in(store, shard.name)
        if old is not None and _done(old, shard, job, store):
            return False, old
        with _lease(store, shard.name, job.seen):
            return _published(shard, job, store, mapper, progress)
    with _here(shard) as (source, sha256):
        return annotate_shard(
            source, job, mapper=mapper, progress=progress, swept=True, sha256=sha256
        )


@contextmanager
def _here(shard: Shard) -> Iterator[tuple[Path, str]]:
    """The shard as a file of this machine, and its SHA-256 where it was hashed on its way here."""
    if isinstance(shard, Path):
        yield shard, ""
        return
    with scratch_folder("jtextkit-shard") as scratch:
        copy = scratch / shard.name
        sha256 = shard.folder.fetch(shard.name, copy)
        if shard.folder.file(shard.name) != shard:
            cure = "run again when it is whole"
            raise InputError("it changed since it was listed", where=str(shard), cure=cure)
        yield copy, sha256


def _done(old: ShardReceipt, shard: Shard, job: Job, store: RemoteFolder) -> bool:
    """Whether a receipt is of this shard, these options, and the output that is there."""
    if old["making"] != job.making():
        if not job.force:
            refuse_signature(old, job.signature, store.place(shard.name))
        return False
    there = store.file(shard.name)
    if there is None or not _is(there, old["output"]):
        return False
    if isinstance(shard, RemoteFile):
        return _is(shard, old["input"])
    return shard.is_file() and sha256_of(shard) == old["input"]["sha256"]


def _is(file: RemoteFile, entry: ShardFile) -> bool:
    """Whether a file is the one of a receipt, by its tag; where its store has none, by its hash."""
    if file.size != entry["bytes"] or file.tag != entry.get("tag", ""):
        return False
    return bool(file.tag) or file.folder.sha256(file.name) == entry["sha256"]


def _published(
    shard: Shard,
    job: Job,
    store: RemoteFolder,
    mapper: Mapper,
    progress: Callable[[int], None],
) -> tuple[bool, ShardReceipt]:
    name = shard.name
    with _here(shard) as (source, sha256), scratch_folder("jtextkit-scored") as scratch:
        here = replace(job, output=scratch, force=True)
        _, receipt = annotate_shard(source, here, mapper=mapper, progress=progress, sha256=sha256)
        old = receipt_in(store, name)  # somebody whom we took for dead may have ended meanwhile
        if old is not None and _done(old, shard, job, store):
            return False, old
        if not (old or job.force or store.file(name) is None or store.read(mark_of(name))) and (
            store.sha256(name) != receipt["output"]["sha256"]
        ):
            raise foreign_file(store.place(name))
        store.write(mark_of(name), b"an output whose receipt is still to come\n")
        failpoint("output-marked")
        if old is not None:
            store.remove(f"{name}{RECEIPT_SUFFIX}")
        failpoint("old-receipt-gone")
        receipt["output"]["tag"] = store.publish(scratch / name, name).tag
        failpoint("file-renamed")
        if isinstance(shard, RemoteFile):
            receipt["input"]["tag"] = shard.tag
        store.write(f"{name}{RECEIPT_SUFFIX}", sealed(receipt).encode())
        store.remove(mark_of(name))
    return True, receipt


@contextmanager
def _lease(store: RemoteFolder, shard: str, seen: Seen) -> Iterator[None]:
    """Hold the lease of a shard, and renew it until the end.

    Raises:
        HeldError: a living worker holds it.
    """
    if not store.creates:
        yield
        return
    name, holder = f".{shard}.lease", uuid.uuid4().hex

    def content(beat: int) -> bytes:
        return json.dumps({"holder": holder, "beat": beat}).encode()

    def renew() -> None:
        beat = 1
        while not ended.wait(LEASE / 4):
            beat += 1
            with suppress(JtextkitError):  # the next beat may come through
                store.write(name, content(beat))

    if not store.create(name, content(1)):
        held = store.read(name)
        before, since = seen.get(shard, (b"", 0.0))
        if held is not None and holder.encode() not in held:  # a repeated request finds itself
            if held != before or time.monotonic() - since < LEASE:
                raise HeldError(held)
            store.remove(name)
            if not store.create(name, content(1)):
                raise HeldError(store.read(name) or b"")
    ended = threading.Event()
    beating = threading.Thread(target=renew, daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()
        with suppress(JtextkitError):  # what is left of it dies
            store.remove(name)
