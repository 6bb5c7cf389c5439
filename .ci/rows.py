"""Whatever versions of the libraries are installed, the rows are the same.

Each PYTHON builds the sample sets and annotates their texts; what its receipts say of rows and what it wrote
into JSONL must be what the first one's do. Prints the versions.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETS = {
    "difficulty": ("difficulty-2level", "--sample"),
    "stx": ("stx", "--sample"),
    "sansu": ("sansu", "--size", "200"),
}
VERSIONS = """
from importlib.metadata import PackageNotFoundError, version
for name in ("click", "numpy", "pyarrow", "datasketch", "scikit-learn", "scipy", "fugashi"):
    print(name, version(name), end=" ")
"""


def rows(python: str, folder: Path) -> dict[str, object]:
    """What an environment makes of the samples."""

    def call(*words: str) -> str:
        return subprocess.run(
            [python, *words], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    print(f"{python}: {call('-c', VERSIONS)}")
    found: dict[str, object] = {}
    for name, words in SETS.items():
        call("-m", "jtextkit", "build", *words, "-o", name)
        found[name] = json.loads((folder / name / "receipt.json").read_text())["rows_sha256"]
    texts = sorted((ROOT / "jtextkit/builders/sample/works").glob("*.txt"))
    lines = [json.dumps({"id": one.stem, "text": one.read_text(encoding="utf-8")}) for one in texts]
    (folder / "works.jsonl").write_text("\n".join(lines) + "\n")
    call("-m", "jtextkit", "annotate", "works.jsonl", "-o", "scored")
    found["annotate"] = (folder / "scored" / "works.jsonl").read_text(encoding="utf-8")
    return found


def main() -> int:
    """Compare the environments that are named."""
    found = {}
    for python in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as name:
            found[python] = rows(python, Path(name))
    first, *others = found.values()
    wrong = [name for name in first if any(other[name] != first[name] for other in others)]
    print(f"{len(first)} results of {len(found)} environments: {', '.join(wrong) or 'all'} {'differ' if wrong else 'equal'}")  # fmt: skip
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
