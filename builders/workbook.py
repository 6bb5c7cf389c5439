"""Read the first sheet of an Excel workbook; run as a program of its own, with bounded memory.

Damaged workbooks can make the parser panic, or ask for more memory than there is and abort. In a
process of its own neither takes the caller along. Prints the rows as JSON.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Final

_MEMORY: Final = 2 << 30  # the real workbook needs a few dozen MiB


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
