"""What a change to the code leaves as it was: outputs of two trees, compared to the byte.

    python benchmarks/unchanged.py REVISION [--sources DIR]

checks REVISION out beside the working tree and has both build the samples of all sets and a 算数 set of
3,189 rows, check the samples, and print every command's help. With sources (laid out as for the tests)
both build the reference set too. Data, locks and findings must be equal; help, cards, reports and
receipts are shown where they differ, for a person to judge. Exit code 1 if data differ.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from jtextkit.cli.main import program

ROOT = Path(__file__).resolve().parent.parent
DATA = (".parquet", ".jsonl", ".json")


def run(tree: Path, folder: Path, *words: str) -> bytes:
    """What a command of a tree prints; its exit code is not looked at."""
    environment = os.environ | {"PYTHONPATH": str(tree), "COLUMNS": "100"}
    command = [sys.executable, "-m", "jtextkit", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return done.stdout


def commands(group: click.Group, *names: str) -> Iterator[tuple[str, ...]]:
    """Every command by its words."""
    yield names
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield (*names, name)


def outputs(tree: Path, folder: Path, sources: Path | None) -> None:
    """Write everything that is compared."""
    for name in ("difficulty-2level", "stx"):
        run(tree, folder, "build", name, "--sample", "-o", f"sample-{name}")
    run(tree, folder, "build", "sansu", "--size", "120", "-o", "sample-sansu")
    run(tree, folder, "build", "sansu", "--size", "3189", "-o", "sansu")
    for name in ("difficulty-2level", "stx", "sansu"):
        found = run(tree, folder, "check", f"sample-{name}", "--json")
        (folder / f"check-{name}.json").write_bytes(found)
    if sources is not None:
        workbook = next((sources / "jec").glob("*.xls"))
        places = ("--aozora", str(sources / "aozora"), "--jec", str(workbook))
        run(tree, folder, "build", "difficulty-2level", *places, "-o", "reference")
    for words in commands(program):
        name = "-".join(("help", *words))
        (folder / f"{name}.txt").write_bytes(run(tree, folder, *words, "--help"))


def compare(old: Path, new: Path) -> bool:
    """Print what differs; whether all data are equal."""
    same = True
    names = {p.relative_to(top).as_posix() for top in (old, new) for p in top.rglob("*.*")}
    for name in sorted(names):
        a, b = old / name, new / name
        if a.is_file() and b.is_file() and a.read_bytes() == b.read_bytes():
            continue
        if a.is_dir() or b.is_dir():
            continue
        data = name.endswith(DATA) and not name.endswith("receipt.json")
        same = same and not data
        print(f"{'DATA DIFFER' if data else 'differs'}: {name}")
    print(f"{len(names):,} files compared; {'all data are equal' if same else 'data differ'}")
    return same


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("revision")
    parser.add_argument("--sources", type=Path)
    options = parser.parse_args()
    sources = options.sources.resolve() if options.sources else None
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        tree = work / "tree"
        subprocess.run(
            ["git", "worktree", "add", "-q", "--detach", str(tree), options.revision],
            cwd=ROOT,
            check=True,
        )
        try:
            for name, place in (("old", tree), ("new", ROOT)):
                (work / name).mkdir()
                outputs(place, work / name, sources)
            same = compare(work / "old", work / "new")
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True
            )
    sys.exit(not same)


if __name__ == "__main__":
    main()
