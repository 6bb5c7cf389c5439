"""What tests of fetching share: a clock that does not really wait, and what must hold of a cache."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from jtextkit.core.politeness import Clock


@dataclass
class Waits:
    """A clock that jumps over every wait, and remembers it."""

    waits: list[float] = field(default_factory=list)
    jumped: float = 0.0
    chance: float = 0.5

    def clock(self) -> Clock:
        return Clock(
            now=lambda: time.monotonic() + self.jumped,
            wall=lambda: 1_000_000_000.0,
            sleep=self.sleep,
            chance=lambda: self.chance,
        )

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.jumped += seconds


def contents(folder: Path) -> list[bytes]:
    """All content that lies in a cache, having checked that nothing else does, but what may."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name == ".lock":
            continue
        if path.name == ".entry.json":
            record = json.loads(path.read_bytes())
            content = [other for other in path.parent.iterdir() if other.name[0] != "."]
            assert [hashlib.sha256(other.read_bytes()).hexdigest() for other in content] == [
                record["sha256"]
            ]
        else:
            assert (path.parent / ".entry.json").exists(), path
            found.append(path.read_bytes())
    return found


def leftovers(folder: Path) -> list[str]:
    """What lies in a cache besides content, records and locks."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file()
        and path.name.startswith(".")
        and path.name not in {".lock", ".entry.json"}
    ]
