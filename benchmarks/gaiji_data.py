"""Make the table of kanji by their parts from a copy of Aozora Bunko, and say how much it names.

    python benchmarks/gaiji_data.py --aozora DIR

writes ``jtextkit/builders/aozora/composition.tsv``: every description of a gaiji by its parts that stands
in the works beside a code, where all that stand there have the same one. The same works give the same
bytes. What is known without the library is in ``composition_own.tsv``, which is kept by hand.

    python benchmarks/gaiji_data.py --aozora DIR --named 200

writes nothing, counts the gaiji without a code by kind, and prints 200 of those that are named, drawn
at random, to be read by eye.

DIR is laid out like the site or its mirror of plain texts.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from jtextkit.builders.aozora import decode, read_member
from jtextkit.builders.aozora.brackets import notes_in
from jtextkit.builders.aozora.composition import key, split
from jtextkit.builders.aozora.frame import frame
from jtextkit.builders.aozora.gaiji import GETA, code_in, resolve, signs_of

TABLE = Path(__file__).parents[1] / "jtextkit/builders/aozora/composition.tsv"


def descriptions(root: Path) -> Iterator[str]:
    """What the notes right after a ※ say, in every work under ``root``."""
    files = [*root.glob("cards/*/files/*.zip"), *root.glob("cards/*/files/*/*.txt")]
    for path in sorted(files):
        source = decode(read_member(path, where=str(path)).data, where=str(path))
        _, start, end = frame(source)
        body = source[start:end]
        notes = notes_in(body, lambda said: resolve(said, words=False).char or GETA, print)
        yield from (said for place, _, said in notes if body[:place].endswith("※"))


def table(root: Path) -> str:
    """The content of the table."""
    chars: defaultdict[str, set[str]] = defaultdict(set)
    for said in descriptions(root):
        if coded := code_in(said):
            chars[key(said.partition("、")[0])].add(coded[1])
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for found, meant in sorted(chars.items()):
        head, rest = split(found)
        if rest and len(meant) == 1 and GETA not in found:
            lines[head].append(f"{rest} {meant.pop()}")
    return "".join("\t".join((head, *cells)) + "\n" for head, cells in sorted(lines.items()))


def main() -> None:
    """Write the table, or show what it names."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--aozora", type=Path, required=True, metavar="DIR")
    options.add_argument("--named", type=int, metavar="N")
    given = options.parse_args()
    if given.named is None:
        TABLE.write_text(table(given.aozora), encoding="utf-8")
        return
    said_of_all = [sign for said in descriptions(given.aozora) for sign in signs_of(said)]
    uncoded = [said for said in said_of_all if not code_in(said)]
    found = {said: resolve(said) for said in uncoded}
    print(Counter(found[said].kind for said in uncoded))
    named = [said for said in uncoded if found[said].char]
    for said in random.Random(1).sample(named, min(given.named, len(named))):
        print(found[said].kind, found[said].char, said, sep="\t")


if __name__ == "__main__":
    main()
