"""Read the first sheet of an Excel workbook, in a process of its own with bounded memory.

Damaged workbooks can make the parser panic, or ask for more memory than there is and abort. In a
process of its own neither takes the caller along. Run as a program, this prints the rows as JSON.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

_MEMORY: Final = 2 << 30  # the real workbooks need a few dozen MiB


def first_sheet(path: Path) -> list[list[Any]] | None:
    """The cells of the first sheet, row by row; None where the file is no workbook.

    The caller has seen to it that the file can be read.
    """
    # -P: the folder of the program must not stand in front of the standard library.
    command = [sys.executable, "-P", str(Path(__file__)), str(path.absolute())]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        return None
    rows: list[list[Any]] = json.loads(done.stdout)
    return rows


def main(path: str) -> None:
    """Print the cells of the first sheet of ``path``, a list of rows."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    from python_calamine import CalamineWorkbook

    content = io.BytesIO(Path(path).read_bytes())  # so that the content decides, not the name
    rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    json.dump(rows, sys.stdout, default=str)


if __name__ == "__main__":
    main(sys.argv[1])
