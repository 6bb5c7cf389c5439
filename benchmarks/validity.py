"""Does readability tell children's fiction from adult fiction? NDC K913 against 913, all of a library.

Sampling: every work in the public domain in Japan, in 新字新仮名, classed K913 or 913, of which the
library has the text and the recipe's rules cut a passage (600 to 1,000 characters of prose); one
passage a work, chosen by the hash of its place. No rule on scores, labels or pairs. The interval keeps
a writer's texts together. Works are then drawn again with at most ``--most`` of a writer, so that no
writer of many works decides.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from jtextkit.builders.aozora import FolderLibrary, find_writers, read_catalogue, read_path
from jtextkit.builders.difficulty import DifficultyRecipe
from jtextkit.builders.difficulty.candidates import eligible
from jtextkit.builders.difficulty.passages import cut
from jtextkit.builders.sets.splits import hash_order
from jtextkit.core.errors import JtextkitError
from jtextkit.core.progress import silent
from jtextkit.metrics.readability import score
from jtextkit.metrics.shortcuts import children_auc
from jtextkit.metrics.shortcuts.validity import fiction_class


def sample(root: Path, recipe: DifficultyRecipe) -> list[dict[str, Any]]:
    """One passage of each work of fiction."""
    library = FolderLibrary(root)
    works = list(read_catalogue(library.catalogue()))
    writers = find_writers(works)
    wanted = [work for work in eligible(works, recipe)[0] if fiction_class(work.ndc) and work.path]
    files = library.works([work.path for work in wanted if work.path], report=silent)
    rows = []
    for work in wanted:
        if work.path not in files:
            continue
        try:
            plain = read_path(files[work.path], where=work.path).plain
        except JtextkitError:
            continue
        passages = {
            f"{work.work_id}-{start}": text for start, _, text in cut(plain, recipe, Counter())
        }
        if passages:
            name = hash_order(recipe.seed, passages)[0]
            rows.append(
                {
                    "id": name,
                    "source": "aozora",
                    "ndc": work.ndc,
                    "readability": score(passages[name]).readability,
                    "writer_id": writers.writer[work.work_id],
                }
            )
    return rows


def at_most(rows: list[dict[str, Any]], most: int, seed: int) -> list[dict[str, Any]]:
    """At most so many rows of a writer in each class, by hash."""
    by_id = {row["id"]: row for row in rows}
    taken: dict[tuple[str, str | None], list[dict[str, Any]]] = defaultdict(list)
    for name in hash_order(seed, by_id):
        row = by_id[name]
        group = taken[row["writer_id"], fiction_class(row["ndc"])]
        if len(group) < most:
            group.append(row)
    return [row for group in taken.values() for row in group]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path, required=True)
    parser.add_argument("--most", type=int, default=10)
    options = parser.parse_args()
    recipe = DifficultyRecipe()
    rows = sample(options.aozora, recipe)
    draws = {
        "all": rows,
        f"at most {options.most} a writer and class": at_most(rows, options.most, recipe.seed),
    }
    for name, drawn in draws.items():
        found = children_auc(drawn, name)
        if found is None:
            print(f"{name}: not both classes")
            continue
        print(
            f"{name}: AUC {found.reading.auc:.3f} ({found.reading.low:.3f}-{found.reading.high:.3f}), "
            f"{found.children:,} works of K913, {found.adults:,} of 913, {found.writers:,} writers"
        )


if __name__ == "__main__":
    main()
