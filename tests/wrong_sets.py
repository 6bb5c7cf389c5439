"""Built sets that are changed and then signed again, so that no hash gives the change away."""

from __future__ import annotations

import copy
import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.difficulty.rows import METADATA, columns_of
from jtextkit.builders.sets.columns import write_rows
from jtextkit.core.receipts import digest, read_receipt, write_receipt
from jtextkit.metrics.readability.formula import COLUMNS, score

SPLITS = ("train", "validation", "test")
_LOCKED = ("id", "pair_id", "source", "work_id", "writer_id", "char_start", "char_end")

Row = dict[str, Any]


class Edited:
    """A set in memory: its rows by split, its receipt and lock; ``write`` signs all of it anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, list[Row]] = {
            split: pq.read_table(folder / f"{split}.parquet").to_pylist() for split in SPLITS
        }
        receipt = read_receipt(folder)
        assert receipt is not None
        self.receipt = copy.deepcopy(receipt)
        lines = (folder / "lock.jsonl").read_text(encoding="utf-8").splitlines()
        self.lock = {line["id"]: line for line in map(json.loads, lines)}

    def each(self) -> Iterator[Row]:
        for split in SPLITS:
            yield from self.rows[split]

    def first(self, wanted: Callable[[Row], bool], split: str = "train") -> Row:
        return next(row for row in self.rows[split] if wanted(row))

    def partner(self, row: Row) -> Row:
        return next(
            one for one in self.each() if one["pair_id"] == row["pair_id"] and one is not row
        )

    def split_of(self, row: Row) -> str:
        return next(name for name in SPLITS if any(one is row for one in self.rows[name]))

    def exchange(self, one: Row, other: Row) -> None:
        """Let two rows stand in each other's place."""
        places = [
            (split, self.rows[split].index(row))
            for row, split in ((one, self.split_of(one)), (other, self.split_of(other)))
        ]
        (split_a, a), (split_b, b) = places
        self.rows[split_a][a], self.rows[split_b][b] = other, one

    def write(self, folder: Path) -> Path:
        """The set with hashes, counts and lock that agree with its rows."""
        recipe = DifficultyRecipe.from_dict(self.receipt["recipe"])
        folder.mkdir(parents=True)
        lines = []
        for split, rows in self.rows.items():
            write_rows(
                folder / f"{split}.parquet",
                rows,
                columns_of(recipe),
                labels=recipe.labels,
                metadata={"jtextkit.signature": self.receipt["signature"]},
            )
            for row in rows:
                line = dict(self.lock.get(row["id"], next(iter(self.lock.values()))))
                line |= {name: row[name] for name in (*_LOCKED, *METADATA)}
                line |= {"split": split, "source_items": row["source_items"]}
                line["text_sha256"] = sha256(row["text"].encode()).hexdigest()
                lines.append(json.dumps(line, ensure_ascii=False) + "\n")
        (folder / "lock.jsonl").write_text("".join(lines), encoding="utf-8")
        (folder / "README.md").write_bytes((self.folder / "README.md").read_bytes())
        receipt = {name: value for name, value in self.receipt.items() if name != "files"}
        receipt["recipe_sha256"] = digest(receipt["recipe"])
        receipt["rows_sha256"] = {split: digest(rows) for split, rows in self.rows.items()}
        receipt["rows"] = {
            split: {
                label: Counter(row["label"] for row in rows)[number]
                for number, label in enumerate(recipe.labels)
            }
            for split, rows in self.rows.items()
        }
        receipt["mean_difficulty"] = {
            label: round(
                statistics.fmean(r["difficulty"] for r in self.each() if r["label"] == number), 4
            )
            for number, label in enumerate(recipe.labels)
        }
        write_receipt(folder, receipt)
        return folder


def score_again(row: Row) -> None:
    """Give the row the scores, and the label, of the text it now has."""
    result = score(row["text"])
    row |= {name: getattr(result, name) for name in COLUMNS}
    row["label"] = ["Simple", "Complex"].index(result.label)
    if row["char_start"] is not None:
        row["char_end"] = row["char_start"] + len(row["text"])
