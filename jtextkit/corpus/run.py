"""Many shards by several processes, on one machine or a part of them on each of many.

Where there are enough shards of like size, each process takes whole shards, the largest first.
Where one shard is most of the work, all processes take its batches. The bytes are the same.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path

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
from jtextkit.corpus.annotate import (
    RECEIPT_SUFFIX,
    Job,
    ShardReceipt,
    annotate_shard,
    read_shard_receipt,
    receipt_path,
)
from jtextkit.corpus.batches import Options
from jtextkit.corpus.shards import Mapper, is_shard
from jtextkit.metrics.morphology.dictionary import find_dictionary
from jtextkit.metrics.morphology.image import dictionary_digest

_STAGE = "annotating shards"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one shard: ``receipt`` of what was written or stands, or ``error``."""

    name: str
    written: bool = False
    receipt: ShardReceipt | None = None
    error: JtextkitError | None = None

    @property
    def status(self) -> str:
        """``written``, ``unchanged`` or ``failed``."""
        if self.error is not None:
            return "failed"
        return "written" if self.written else "unchanged"


def find_shards(paths: Iterable[Path]) -> list[Path]:
    """The shards that ``paths`` name, by name: files, and the shards that lie in folders.

    Raises:
        UsageError: a file's name does not end as a shard's, a folder holds none, or two shards
            have one name (their outputs would, too).
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in path.iterdir() if is_shard(file) and file.is_file()]
            if not inside:
                raise UsageError(
                    "no shards in this folder", where=str(path), cure=f"they end in {_ENDINGS}"
                )
            found += inside
        elif not is_shard(path):
            raise UsageError(
                "not a name of a shard", where=str(path), cure=f"rename it to end in {_ENDINGS}"
            )
        else:
            found.append(path)
    twice = [name for name, number in Counter(path.name for path in found).items() if number > 1]
    if twice:
        both = " and ".join(str(path) for path in found if path.name == twice[0])
        raise UsageError(
            f"two shards are called {twice[0]} ({both})",
            cure="rename one, or write them to different folders",
        )
    return sorted(found, key=lambda path: path.name)


_ENDINGS = f"{', '.join(ROW_SUFFIXES[:-1])} or {ROW_SUFFIXES[-1]}"


def on_this_machine(shards: Iterable[Path], number: int, machines: int) -> list[Path]:
    """The shards that fall to machine ``number`` of ``machines``, counted from 1.

    A shard's name alone decides, so machines need not see the same list.
    """
    return [path for path in shards if _spread(path.name) % machines == number - 1]


def _spread(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode(errors="surrogateescape")).digest()[:8])


def annotate_shards(
    shards: Sequence[Path],
    output: Path,
    options: Options,
    *,
    workers: int = 1,
    force: bool = False,
    among: Iterable[Path] | None = None,
    max_memory: int | None = None,
    report: Progress = silent,
) -> Iterator[Outcome]:
    """Annotate shards into a folder; one that fails does not stop the others.

    Args:
        shards: what :func:`find_shards` gave, or a part of it.
        output: the folder; each output has its shard's name, its receipt beside it.
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
    _check_places(shards, output)
    replaced = {path.name for path in (shards if among is None else among)} if force else set()
    _check_signatures(signature, output, replaced)
    targets = [output / path.name for path in shards]
    remove_stale_of(output, {path.name for one in targets for path in (one, receipt_path(one))})
    digest = dictionary_digest(find_dictionary(options.dictionary).folder)
    memory = None if max_memory is None else max_memory // workers
    job = Job(options, signature, digest, output, force, memory)
    return _outcomes(shards, job, workers, report)


def _check_places(shards: Sequence[Path], output: Path) -> None:
    with output_errors(output):
        output.mkdir(parents=True, exist_ok=True)
    for path in shards:
        target = output / path.name
        if target.exists() and path.exists() and target.samefile(path):
            raise UsageError(
                "the output would replace the shard itself",
                where=str(path),
                cure="choose another folder with -o",
            )


def _check_signatures(wanted: str, output: Path, replaced: set[str]) -> None:
    for path in sorted(output.glob(f"*{RECEIPT_SUFFIX}")):
        receipt = read_shard_receipt(path)
        if receipt is None or path.name.removesuffix(RECEIPT_SUFFIX) in replaced:
            continue
        if (signature := receipt["making"]["signature"]) != wanted:
            raise IntegrityError(
                f"this folder holds scores of another signature: {signature}, not {wanted}",
                where=str(path),
                cure="choose another folder with -o, or redo all its shards with --force",
            )


def _outcomes(
    shards: Sequence[Path], job: Job, workers: int, report: Progress
) -> Iterator[Outcome]:
    sizes = {path: path.stat().st_size if path.exists() else 0 for path in shards}
    queue = sorted(shards, key=lambda path: (-sizes[path], path.name))
    report(_STAGE, 0, len(queue))
    if workers == 1 or not queue:
        results = _one_by_one(queue, job)
    elif max(sizes.values()) * workers > 1.2 * sum(sizes.values()):
        results = _by_batches(queue, job, workers, report)
    else:
        results = _by_shards(queue, job, workers)
    for done, outcome in enumerate(results, 1):
        report(_STAGE, done, len(queue))
        yield outcome


def _one_by_one(queue: Sequence[Path], job: Job) -> Iterator[Outcome]:
    for path in queue:
        yield _attempt(path, job)


def _attempt(path: Path, job: Job, mapper: Mapper = map, report: Progress = silent) -> Outcome:
    job.options.signature()  # opens the dictionary, which takes memory that is no shard's
    try:
        with at_most(job.memory):
            written, receipt = annotate_shard(
                path,
                job,
                mapper=mapper,
                swept=True,
                progress=lambda rows: report("rows of the shard in hand", rows, 0),
            )
    except MemoryError:
        share = "there is" if job.memory is None else f"{job.memory >> 20:,} MB"
        problem, cure = (
            f"it wants more memory than {share}",
            "cut its long rows, or see --max-memory",
        )
        return Outcome(path.name, error=InputError(problem, where=str(path), cure=cure))
    except (InputError, OutputError, UsageError, IntegrityError, WorkerError) as error:
        return Outcome(path.name, error=error)
    except (JtextkitError, ModuleNotFoundError):  # for want of a library or a dictionary all fail
        raise
    except Exception as error:  # noqa: BLE001 - one shard never ends a run, whatever is in it
        fault = InputError(
            f"unexpected {type(error).__name__}: {first_line(error)}",
            where=str(path),
            cure="please report it",
        )
        return Outcome(path.name, error=fault)
    return Outcome(path.name, written, receipt)


def _by_batches(
    queue: Sequence[Path], job: Job, workers: int, report: Progress
) -> Iterator[Outcome]:
    """Each shard by all processes, while this one reads and writes. When one dies, the shard is
    tried once more.
    """
    left = list(queue)
    tried: set[Path] = set()
    while left:
        with worker_pool(workers) as pool:
            while left:
                path = left[0]
                outcome = _attempt(path, job, pool.map, report)
                died = isinstance(outcome.error, WorkerError)
                if not died or path in tried:  # one death may be chance; a second is the shard's
                    left.pop(0)
                    yield outcome
                if died:
                    tried.add(path)
                    break  # a pool that lost a worker takes no more work


def _by_shards(queue: Sequence[Path], job: Job, workers: int) -> Iterator[Outcome]:
    """Each shard by one process. When one dies, all have to be started anew, and the shards that
    were in work are tried once more, each alone, so that only the guilty one fails.
    """
    left = list(queue)
    while left:
        running: dict[Future[Outcome], Path] = {}
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
            for path in running.values():  # of processes that are gone by now
                _remove_litter(path, job)
        yield from (_alone(path, job) for path in running.values())


def _alone(path: Path, job: Job) -> Outcome:
    try:
        with worker_pool(1) as pool:
            return result_of(pool.submit(_attempt, path, job))
    except WorkerError as error:
        _remove_litter(path, job)
        return Outcome(path.name, error=error.within(path.name))


def _remove_litter(path: Path, job: Job) -> None:
    target = job.output / path.name
    remove_stale(target)
    remove_stale(receipt_path(target))
