"""Many shards by several processes, on one machine or a part of them on each of many.

Where there are enough shards of like size, each process takes whole shards, the largest first.
Where one shard is most of the work, all processes take its batches. The bytes are the same. Shards
that another machine holds in an object store are waited for, and taken over where it died.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

from jtextkit.core.addresses import is_address
from jtextkit.core.errors import (
    InputError,
    IntegrityError,
    JtextkitError,
    OutputError,
    UsageError,
    WorkerError,
    first_line,
)
from jtextkit.core.files import output_errors, remove_stale, remove_stale_of
from jtextkit.core.memory import at_most
from jtextkit.core.processes import result_of, worker_pool
from jtextkit.core.progress import Progress, silent
from jtextkit.core.rows import ROW_SUFFIXES
from jtextkit.core.secrets import redact
from jtextkit.corpus import remote
from jtextkit.corpus.annotate import (
    RECEIPT_SUFFIX,
    Job,
    ShardReceipt,
    receipt_in,
    receipt_path,
    refuse_signature,
)
from jtextkit.corpus.batches import Options
from jtextkit.corpus.remote import HeldError, Shard, annotate_anywhere
from jtextkit.corpus.shards import Mapper, is_shard_name
from jtextkit.corpus.storage import LocalFolder, RemoteFile, RemoteFolder, by_pattern
from jtextkit.metrics.morphology.dictionary import find_dictionary
from jtextkit.metrics.morphology.image import dictionary_digest

_STAGE = "annotating shards"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one shard: ``receipt`` of what was written or stands, or ``error``.

    While another worker is at it, ``lease`` is what that one said last; no outcome that is given has one.
    """

    name: str
    written: bool = False
    receipt: ShardReceipt | None = None
    error: JtextkitError | None = None
    lease: bytes | None = None

    @property
    def status(self) -> str:
        """``written``, ``unchanged`` or ``failed``."""
        if self.error is not None:
            return "failed"
        return "written" if self.written else "unchanged"


def find_shards(paths: Iterable[Path | str]) -> list[Shard]:
    """The shards that ``paths`` name, by name: files, and the shards that lie in folders.

    Args:
        paths: of this machine, or addresses (``s3://bucket/folder``), with wildcards if you like.

    Raises:
        UsageError: a file's name does not end as a shard's, a folder holds none, two shards have one
            name (their outputs would, too), or nothing here reads such an address.
        InputError: an object store fails.
    """
    found: list[Shard] = []
    for path in paths:
        inside = _shards_in(path)
        if not inside:
            cure = f"they end in {_ENDINGS}"
            raise UsageError("no shards in this folder", where=redact(str(path)), cure=cure)
        found += inside
    twice = [name for name, number in Counter(path.name for path in found).items() if number > 1]
    if twice:
        both = " and ".join(str(shard) for shard in found if shard.name == twice[0])
        cure = "rename one, or write them to different folders"
        raise UsageError(f"two shards are called {twice[0]} ({both})", cure=cure)
    return sorted(found, key=lambda path: path.name)


def _shards_in(place: Path | str) -> list[Shard]:
    """The shard that a place is, or those in the folder that it is."""
    if is_address(place):
        if (matching := by_pattern(str(place))) is not None:
            found: list[Shard] = [one for one in matching if is_shard_name(one.name)]
            if found:
                return found
            cure = "check the pattern, and that the shell leaves it alone"
            raise UsageError("no shard has such a name", where=redact(str(place)), cure=cure)
        parent, _, name = str(place).rstrip("/").rpartition("/")
        if is_shard_name(name):
            file = RemoteFolder.at(parent).file(name)
            if file is None:
                raise InputError("no such file", where=redact(str(place)), cure="check the name")
            return [file]
        return [one for one in RemoteFolder.at(str(place)).files() if is_shard_name(one.name)]
    path = Path(place)
    if path.is_dir():
        return [file for file in path.iterdir() if is_shard_name(file.name) and file.is_file()]
    if not is_shard_name(path.name):
        cure = f"rename it to end in {_ENDINGS}"
        raise UsageError("not a name of a shard", where=str(path), cure=cure)
    return [path]


_ENDINGS = f"{', '.join(ROW_SUFFIXES[:-1])} or {ROW_SUFFIXES[-1]}"


def on_this_machine(shards: Iterable[Shard], number: int, machines: int) -> list[Shard]:
    """The shards that fall to machine ``number`` of ``machines``, counted from 1.

    A shard's name alone decides, so machines need not see the same list.
    """
    return [path for path in shards if _spread(path.name) % machines == number - 1]


def _spread(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode(errors="surrogateescape")).digest()[:8])


def annotate_shards(
    shards: Sequence[Shard],
    output: Path | str,
    options: Options,
    *,
    workers: int = 1,
    force: bool = False,
    among: Iterable[Shard] | None = None,
    max_memory: int | None = None,
    report: Progress = silent,
) -> Iterator[Outcome]:
    """Annotate shards into a folder; one that fails does not stop the others.

    Args:
        shards: what :func:`find_shards` gave, or a part of it.
        output: the folder, or the address of one; each output has its shard's name, its receipt
            beside it.
        options: which columns, of which text, how.
        workers: number of processes; 1 works in this one.
        force: replace outputs of another signature, if they are of ``among``, and files of the
            outputs' names that no run wrote.
        among: all shards of the corpus, where ``shards`` are one machine's part of it.
        max_memory: bytes that all processes may take for the shards in their hands, beside what the
            program takes; a shard that wants more fails. Bounds nothing but on Linux.
        report: called with the number of shards done.

    Returns:
        Outcomes, as shards are finished.

    Raises:
        UsageError: an output would replace its own input.
        IntegrityError: the folder holds scores of another signature.
        DictionaryError: the dictionary cannot be opened.
        OutputError: the folder cannot be made.
    """
    signature = options.signature()
    place = RemoteFolder.at(str(output)) if is_address(output) else Path(output)
    if isinstance(place, RemoteFolder):
        _refuse_own_input([str(one) for one in shards if place.place(one.name) == str(one)])
    else:
        _check_places(shards, place)
        replaced = {path.name for path in (shards if among is None else among)} if force else set()
        _check_signatures(signature, place, replaced)
        names = {one.name for one in shards}
        remove_stale_of(place, names | {f"{name}{RECEIPT_SUFFIX}" for name in names})

    digest = dictionary_digest(find_dictionary(options.dictionary).folder)
    memory = None if max_memory is None else max_memory // workers
    job = Job(options, signature, digest, place, force, memory)
    return _outcomes(shards, job, workers, report)


def _check_places(shards: Sequence[Shard], output: Path) -> None:
    with output_errors(output):
        output.mkdir(parents=True, exist_ok=True)
    paths = [path for path in shards if isinstance(path, Path) and path.exists()]
    targets = [(path, output / path.name) for path in paths]
    _refuse_own_input([str(a) for a, b in targets if b.exists() and b.samefile(a)])


def _refuse_own_input(shards: Sequence[str]) -> None:
    if shards:
        cure = "choose another folder with -o"
        raise UsageError("the output would replace the shard itself", where=shards[0], cure=cure)


def _check_signatures(wanted: str, output: Path, replaced: set[str]) -> None:
    for path in sorted(output.glob(f"*{RECEIPT_SUFFIX}")):
        name = path.name.removesuffix(RECEIPT_SUFFIX)
        receipt = receipt_in(LocalFolder(output), name)
        if receipt is not None and name not in replaced:
            refuse_signature(receipt, wanted, str(path))


def _outcomes(
    shards: Sequence[Shard], job: Job, workers: int, report: Progress
) -> Iterator[Outcome]:
    sizes = {path: size_of(path) for path in shards}
    queue = sorted(shards, key=lambda path: (-sizes[path], path.name))
    seen: dict[str, tuple[bytes, float]] = {}
    job = replace(job, seen=seen)
    done = 0
    report(_STAGE, 0, len(shards))
    while queue:
        held: set[str] = set()
        for outcome in _round(queue, sizes, job, workers, report):
            if outcome.lease is not None:
                held.add(outcome.name)
                if seen.get(outcome.name, (b"", 0.0))[0] != outcome.lease:
                    seen[outcome.name] = (outcome.lease, time.monotonic())
                continue
            done += 1
            report(_STAGE, done, len(shards))
            yield outcome
        queue = [path for path in queue if path.name in held]
        if queue:
            report(f"waiting for other machines, that hold {len(queue):,} shards", 0, 0)
            time.sleep(remote.LEASE / 8)


def _round(
    queue: Sequence[Shard], sizes: Mapping[Shard, int], job: Job, workers: int, report: Progress
) -> Iterator[Outcome]:
    """Each shard tried once."""
    of_queue = [sizes[shard] for shard in queue]
    if workers == 1:
        return (_attempt(shard, job) for shard in queue)
    if max(of_queue) * workers > 1.2 * sum(of_queue):
        return _by_batches(queue, job, workers, report)
    return _by_shards(queue, job, workers)


def size_of(shard: Shard) -> int:
    """Its bytes; 0 where it is not there."""
    if isinstance(shard, RemoteFile):
        return shard.size
    return shard.stat().st_size if shard.exists() else 0


def _attempt(shard: Shard, job: Job, mapper: Mapper = map, report: Progress = silent) -> Outcome:
    job.options.signature()  # opens the dictionary, which takes memory that is no shard's
    try:
        with at_most(job.memory):
            written, receipt = annotate_anywhere(
                shard,
                job,
                mapper=mapper,
                progress=lambda rows: report("rows of the shard in hand", rows, 0),
            )
    except HeldError as held:
        return Outcome(shard.name, lease=held.lease)
    except MemoryError:
        share = "there is" if job.memory is None else f"{job.memory >> 20:,} MB"
        problem, cure = (
            f"it wants more memory than {share}",
            "cut its long rows, or see --max-memory",
        )
        return Outcome(shard.name, error=InputError(problem, where=str(shard), cure=cure))
    except (InputError, OutputError, UsageError, IntegrityError, WorkerError) as error:
        return Outcome(shard.name, error=error)
    except (JtextkitError, ModuleNotFoundError):  # for want of a library or a dictionary all fail
        raise
    except Exception as error:  # noqa: BLE001 - one shard never ends a run, whatever is in it
        fault = InputError(
            f"unexpected {type(error).__name__}: {first_line(error)}",
            where=str(shard),
            cure="please report it",
        )
        return Outcome(shard.name, error=fault)
    return Outcome(shard.name, written, receipt)


def _by_batches(
    queue: Sequence[Shard], job: Job, workers: int, report: Progress
) -> Iterator[Outcome]:
    """Each shard by all processes, while this one reads and writes. When one dies, the shard is
    tried once more.
    """
    left = list(queue)
    tried: set[str] = set()
    while left:
        with worker_pool(workers) as pool:
            while left:
                outcome = _attempt(left[0], job, pool.map, report)
                died = isinstance(outcome.error, WorkerError)
                # One death may be chance; a second is the shard's.
                if not died or outcome.name in tried:
                    left.pop(0)
                    yield outcome
                if died:
                    tried.add(outcome.name)
                    break  # a pool that lost a worker takes no more work


def _by_shards(queue: Sequence[Shard], job: Job, workers: int) -> Iterator[Outcome]:
    """Each shard by one process. When one dies, all have to be started anew, and the shards that
    were in work are tried once more, each alone, so that only the guilty one fails.
    """
    left = list(queue)
    while left:
        running: dict[Future[Outcome], Shard] = {}
        try:
            with worker_pool(min(workers, len(left))) as pool:
                # At most one shard a process: a death then puts no waiting shard under suspicion.
                while left or running:
                    while left and len(running) < pool.number:
                        running[pool.submit(_attempt, left[0], job)] = left[0]
                        left.pop(0)
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        outcome = result_of(future)
                        del running[future]
                        yield outcome
        except WorkerError:
            pass
        finally:
            for shard in running.values():  # of processes that are gone by now
                _remove_litter(shard, job)
        yield from (_alone(shard, job) for shard in running.values())


def _alone(shard: Shard, job: Job) -> Outcome:
    try:
        with worker_pool(1) as pool:
            return result_of(pool.submit(_attempt, shard, job))
    except WorkerError as error:
        _remove_litter(shard, job)
        return Outcome(shard.name, error=error.within(shard.name))


def _remove_litter(shard: Shard, job: Job) -> None:
    if isinstance(job.output, Path):
        target = job.output / shard.name
        remove_stale(target)
        remove_stale(receipt_path(target))
