"""Foreign files that native libraries parse, tried out in a process of their own with bounds.

A damaged or hostile workbook or tokenizer can make its parser panic, follow a wild pointer, or ask for
more memory than there is. In a process of its own none of it takes the caller along. Run as a program
(so without imports of ours), this reads the file from standard input and prints what it found as JSON.

Not handled: Windows, where memory and time are not bounded; what a library does with a text later.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

_MEMORY: Final = 7 << 27  # bytes of address space; the largest real files need a half of it
_SECONDS: Final = 60  # of processor time

_PROBE: Final = "吾輩は猫である。 I am 1 cat.\n"


class GuardedError(Exception):
    """What a parser said of a file, or how it died of it."""


def guarded(kind: str, data: bytes) -> Any:
    """What the parser of a kind in ``_PARSERS`` finds in a file's bytes.

    Raises:
        GuardedError: it is refused, kills its parser, or wants more memory or time than there is.
    """
    # -P: the folder of the program must not stand in front of the standard library.
    command = [sys.executable, "-P", __file__, kind]
    # Address space counts each thread's stack, so a thread a core would be too many on large machines.
    alone = {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "RUST_BACKTRACE": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            input=data,
            capture_output=True,
            check=False,
            env={**os.environ, **alone},
            timeout=2 * _SECONDS,  # Rust that fails for want of memory may wait for itself for ever
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode or not done.stdout:
        raise GuardedError("its parser died of it, or wanted too much memory or time")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise GuardedError(answer["error"])
    return answer["found"]


def _workbook(data: bytes) -> list[list[Any]]:
    """The cells of the first sheet, row by row."""
    from python_calamine import CalamineWorkbook

    # From its bytes, so that the content decides, not the name.
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return list(rows)


def _sentencepiece(data: bytes) -> int:
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor()
    processor.LoadFromSerializedProto(data)
    processor.encode(_PROBE)
    return int(processor.get_piece_size())


def _tokenizer_json(data: bytes) -> int:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(data)
    tokenizer.encode(_PROBE, add_special_tokens=False)
    return int(tokenizer.get_vocab_size())


_PARSERS: Final[dict[str, Callable[[bytes], Any]]] = {
    "workbook": _workbook,
    "SentencePiece model": _sentencepiece,
    "tokenizer.json": _tokenizer_json,
}


def _main(kind: str) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = {"found": _PARSERS[kind](sys.stdin.buffer.read())}
    except ModuleNotFoundError:
        raise
    except BaseException as error:  # noqa: BLE001 - a panic in Rust is no Exception
        said = next(iter(str(error).strip().splitlines()), "")
        answer = {"error": f"{type(error).__name__}: {said}"[:160]}
    json.dump(answer, sys.stdout, default=str)


if __name__ == "__main__":
    _main(sys.argv[1])
