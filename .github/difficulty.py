"""What action.yml runs: documents are held under a difficulty, with advice beside their lines.

Takes FILES (patterns), MAX_DIFFICULTY and JTEXTKIT_LANG from the environment; ends with 3 where a
document is harder, with 2 where no file has such a name.
"""

import os
import sys
from pathlib import Path

from jtextkit import profile
from jtextkit.core.language import translated
from jtextkit.core.text import FILE_NORMALISATION, read_text
from jtextkit.metrics.readability import advice


def main() -> int:
    """Print GitHub's workflow commands, and return the exit code."""
    limit = float(os.environ["MAX_DIFFICULTY"])
    patterns = os.environ["FILES"].split()
    files = sorted({str(file) for one in patterns for file in Path().glob(one)})
    if not files:
        print(command("error", "no such file", title=os.environ["FILES"]))
        return 2
    harder = 0
    for file in files:
        text = read_text(file)
        difficulty = profile(text, normalised=FILE_NORMALISATION).score.difficulty
        print(f"{file}: {difficulty:.2f}")
        if difficulty <= limit:
            continue
        harder += 1
        print(command("error", f"{file}: difficulty {difficulty:.2f} > {limit:g}", file=file))
        for remark in advice(text):
            print(command("warning", remark.message, file=file, line=remark.line(text)))
    return 3 if harder else 0


def command(kind: str, message: str, **places: object) -> str:
    """A workflow command: https://docs.github.com/actions, "workflow commands"."""
    where = ",".join(f"{name}={escaped(str(one), ',:')}" for name, one in places.items())
    return f"::{kind} {where}::{escaped(translated(message))}"


def escaped(text: str, marks: str = "") -> str:
    """``text`` with what would end a command as its code."""
    for mark in f"%\r\n{marks}":
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


if __name__ == "__main__":
    sys.exit(main())
