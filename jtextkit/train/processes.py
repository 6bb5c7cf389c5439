"""One run in several processes, as ``torchrun`` and ``accelerate launch`` start them.

The first process writes the run's folder and speaks; the others follow it. FSDP and DeepSpeed are
accelerate's own: its configuration file decides, and transformers reads it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from jtextkit.core.errors import UsageError
from jtextkit.core.extras import require

_PATIENCE = timedelta(hours=2)


def processes() -> int:
    """How many there are."""
    return int(os.environ.get("WORLD_SIZE") or 1)


def is_first() -> bool:
    """Whether this is the one that writes and speaks."""
    return int(os.environ.get("RANK") or 0) == 0


def sharded() -> bool:
    """Whether accelerate puts the model's parts in several processes, and so decides where they lie."""
    names = ("ACCELERATE_USE_FSDP", "ACCELERATE_USE_DEEPSPEED")
    return any(os.environ.get(name, "").lower() == "true" for name in names)


def share(number: int, name: str) -> int:
    """The part of a step's ``number`` that falls to each process, so that a step is the same with all.

    Raises:
        UsageError: it cannot be shared evenly.
    """
    each, rest = divmod(number, processes())
    if rest:
        raise UsageError(
            f"{processes()} processes cannot share {name} {number}",
            cure=f"set {name} to a multiple, or start as many processes as divide it",
        )
    return each


def join() -> None:
    """Join the other processes; alone, show torch one GPU. Call it before torch looks for any.

    Raises:
        UsageError: ``srun`` started several processes, and no launcher told them of each other.
    """
    if processes() > 1:
        _state()
        return
    if int(os.environ.get("SLURM_NTASKS") or 1) > 1:
        raise UsageError(
            "Slurm has several tasks, and no launcher joins them to one run",
            where=f"SLURM_NTASKS={os.environ['SLURM_NTASKS']}",
            cure="srun --ntasks-per-node=1 torchrun … -m jtextkit train …, or srun -n 1 for one process",
        )
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "0")
    os.environ["CUDA_VISIBLE_DEVICES"] = visible.partition(",")[0]


@contextmanager
def first_goes_ahead() -> Iterator[None]:
    """The first process does the block, then the others do; where it fails, they end without a word."""
    if not is_first():
        try:
            wait()
        except RuntimeError:  # the first one is gone, and has said why
            raise SystemExit(1) from None
    yield
    if is_first():
        wait()


def wait() -> None:
    """Wait until all processes are here."""
    if processes() > 1:
        _state().wait_for_everyone()


def backend() -> str | None:
    """What processes talk by: gloo without GPUs; None for torch's own choice."""
    on_cpu = processes() > 1 and not require("torch").cuda.is_available()
    return "gloo" if on_cpu else None


def _state() -> Any:
    kind = backend()
    options = {"backend": kind} if kind else {}
    # Others wait while the first one fetches a model or encodes a large set.
    return require("accelerate").PartialState(cpu=kind is not None, timeout=_PATIENCE, **options)
