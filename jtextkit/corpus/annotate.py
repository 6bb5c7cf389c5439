"""One shard: scored, written whole, and receipted.

The order decides what a crash can leave. The new output is written to a temporary file; the receipt
of an old output is removed; the new output takes its name; its receipt is written last, the same
way. So a receipt always describes the file beside it, a file is never half, and a shard without a
matching receipt is simply done again.

A file of the output's name that has no receipt may be somebody's own. It is replaced by the very same
bytes, with ``force``, or if a hidden mark says that a run was killed between output and receipt; the
mark is made before the old receipt is removed and goes when the new one is there.

Not handled: two runs that write the same shard at once, of which one is killed while the other ends:
the mark may then be gone, and ``force`` is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

from jtextkit import __version__
from jtextkit.core.errors import InputError, IntegrityError, OutputError, first_line
from jtextkit.core.failpoints import failpoint
from jtextkit.core.files import flush, remove_file, replacing_file, sha256_of
from jtextkit.core.receipts import unsealed, write_state
from jtextkit.core.text import file_errors
from jtextkit.corpus.batches import Options, RowTally, TallyContent
from jtextkit.corpus.shards import Mapper, transcribe
from jtextkit.corpus.storage import LocalFolder, RemoteFolder
from jtextkit.metrics.readability.formula import SentenceRule

RECEIPT_SUFFIX = ".receipt.json"

Seen = Mapping[str, tuple[bytes, float]]
"""Leases of others, by shard, each with the time on this machine's clock from which on it is so."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards of a run share.

    Attributes:
        options: which columns, of which text, how.
        signature: that of the scores.
        dictionary: SHA-256 over the dictionary's files.
        output: the folder to write to.
        force: whether files may be replaced that have no receipt.
        memory: bytes that a process may take for it; None is no border.
        seen: what is known of the leases of others.
    """

    options: Options
    signature: str
    dictionary: str
    output: Path | RemoteFolder
    force: bool = False
    memory: int | None = None
    seen: Seen = field(default_factory=dict)

    def making(self) -> Making:
        """What decides an output's bytes besides its input, as receipts say it."""
        return {
            "columns": list(self.options.columns),
            "dictionary_sha256": self.dictionary,
            "jtextkit": __version__,
            "sentences": self.options.sentences,
            "signature": self.signature,
            "text_column": self.options.text_column,
        }


class _File(TypedDict):
    bytes: int
    name: str
    rows: int
    sha256: str


class ShardFile(_File, total=False):
    """A shard, or its output; ``tag`` is how an object store knows it."""

    tag: str


class Making(TypedDict):
    """What decides an output's bytes besides its input."""

    columns: list[str]
    dictionary_sha256: str
    jtextkit: str
    sentences: SentenceRule
    signature: str
    text_column: str


class ShardReceipt(TypedDict):
    """What was made of a shard."""

    input: ShardFile
    making: Making
    output: ShardFile
    tally: TallyContent


def receipt_path(output: Path) -> Path:
    """Where the receipt of an output lies."""
    return output.with_name(f"{output.name}{RECEIPT_SUFFIX}")


def mark_of(name: str) -> str:
    """What lies beside an output that may be ours without a receipt."""
    return f".{name}.unreceipted"


@contextmanager
def _mark_removed_after(output: Path) -> Iterator[None]:
    """Remove the mark at the end, unless there is an output without a receipt indeed."""
    try:
        yield
    finally:
        if receipt_path(output).exists() or not output.exists():
            remove_file(output.with_name(mark_of(output.name)))


def receipt_in(folder: LocalFolder | RemoteFolder, name: str) -> ShardReceipt | None:
    """The receipt of an output of that name, or None where there is none.

    Raises:
        IntegrityError: there is one, and it is not as it was written.
    """
    file = f"{name}{RECEIPT_SUFFIX}"
    data = folder.read(file)
    if data is None:
        return None
    try:
        content = unsealed(data, ShardReceipt)
        RowTally.from_dict(content["tally"])
    except (KeyError, ValueError) as error:
        problem = f"this is not the receipt of a shard ({first_line(error)})"
        cure = "remove it, and the shard is done again"
        raise IntegrityError(problem, where=folder.place(file), cure=cure) from None
    return content


def foreign_file(where: str) -> OutputError:
    """The error for a file at an output's place that may be somebody's own."""
    problem = "a file of this name is here already, without a receipt and with other content"
    cure = "move it, choose another folder with -o, or replace it with --force"
    return OutputError(problem, where=where, cure=cure)


def refuse_signature(receipt: ShardReceipt, wanted: str, where: str) -> None:
    """Refuse to mix the scores of a receipt with those of another signature (IntegrityError)."""
    if (signature := receipt["making"]["signature"]) != wanted:
        problem = f"this folder holds scores of another signature: {signature}, not {wanted}"
        cure = "choose another folder with -o, or redo all its shards with --force"
        raise IntegrityError(problem, where=where, cure=cure)


def annotate_shard(
    source: Path,
    job: Job,
    *,
    mapper: Mapper = map,
    progress: Callable[[int], None] = lambda _rows: None,
    swept: bool = False,
    sha256: str = "",
) -> tuple[bool, ShardReceipt]:
    """Annotate one shard, unless its receipt says that this was done.

    Args:
        source: the shard.
        job: what to do with it.
        mapper: what calls the scoring of its batches.
        progress: called with the number of rows done.
        swept: what killed runs left in the output's folder was removed before.
        sha256: of the shard's bytes, where it is known already.

    Returns:
        Whether it was written now, and the receipt.

    Raises:
        InputError: the source is broken, or changed while it was read.
        UsageError: its columns do not allow what the options ask for.
        OutputError: the output cannot be written, or would replace a file that no run wrote.
        IntegrityError: what lies where its receipt should is none.
    """
    assert isinstance(job.output, Path)
    target = job.output / source.name
    receipt_file, mark = receipt_path(target), job.output / mark_of(source.name)
    try:
        source.name.encode()
    except UnicodeEncodeError:
        problem = "its name is not UTF-8, and a receipt has to name it"
        raise InputError(problem, where=str(source), cure="rename it") from None
    before = _state(source)  # size and time, to notice a source that changes under our hands
    with file_errors(source):
        given = {"bytes": before[0], "name": source.name, "sha256": sha256 or sha256_of(source)}
    old = receipt_in(LocalFolder(job.output), source.name)
    if old is not None and _matches(old, given, job, target):
        remove_file(mark)
        return False, old
    ours = job.force or old is not None or mark.exists() or not target.exists()
    with _mark_removed_after(target):
        with replacing_file(target, swept=swept) as temporary:
            tally = transcribe(source, temporary, job.options, mapper, progress)
            if _state(source) != before:
                cure = "run again when it is whole"
                raise InputError("it changed while it was read", where=str(source), cure=cure)
            made: ShardFile = {
                "bytes": temporary.stat().st_size,
                "name": target.name,
                "rows": tally.rows,
                "sha256": sha256_of(temporary),
            }
            if not ours and sha256_of(target) != made["sha256"]:
                raise foreign_file(str(target))
            mark.touch()
            flush(job.output)
            failpoint("output-marked")
            remove_file(receipt_file)
            failpoint("old-receipt-gone")
        receipt: ShardReceipt = {
            "input": {**given, "rows": tally.rows},  # type: ignore[typeddict-item]
            "making": job.making(),
            "output": made,
            "tally": tally.to_dict(),
        }
        write_state(receipt_file, receipt, swept=swept)
    return True, receipt


def _matches(old: Mapping[str, Any], given: Mapping[str, Any], job: Job, target: Path) -> bool:
    if old["making"] != job.making() or {**old["input"], **given} != old["input"]:
        return False
    try:
        return bool(sha256_of(target) == old["output"]["sha256"])
    except OSError:
        return False


def _state(source: Path) -> tuple[int, int, int]:
    with file_errors(source):
        state = source.stat()
    return state.st_size, state.st_mtime_ns, state.st_ino
