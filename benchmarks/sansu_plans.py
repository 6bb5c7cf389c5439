"""How different are the problems of a generated 算数 set, and can copying plans solve its test split?

Prints, of a set that ``jtextkit build sansu`` wrote: different plans; texts with their numbers masked;
test problems that a copier of plans solves; near twins in a sample of 250 (Jaccard similarity of 5-character shingles from 0.8 on, numbers
masked); steps by grade. The copier takes, for each test problem, the training problem with the most alike words,
finds where in its text each number of its solution stands, and does the same with the numbers of
the test problem: what a model can do that has learnt texts by heart.

    jtextkit build sansu -o sansu
    python benchmarks/sansu_plans.py sansu [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

NUMBER = re.compile(r"\d+(?:\.\d+|/\d+)?")
EQUATION = re.compile(r"([0-9./＋－×÷（）]*[＋－×÷][0-9./＋－×÷（）]*)＝(?=[0-9])")
SAMPLE = 250
TWIN = 0.8

Row = dict[str, Any]


def shingles(text: str) -> set[str]:
    return {text[i : i + 5] for i in range(max(1, len(text) - 4))}


def masked(text: str) -> str:
    return NUMBER.sub("#", text)


def value_of(sum_: str) -> Fraction | None:
    """A sum of digits, signs and brackets; None where it cannot be reckoned."""
    python = NUMBER.sub(lambda number: f"Fraction('{number[0]}')", sum_)
    python = python.translate(str.maketrans("＋－×÷（）", "+-*/()"))
    try:
        return Fraction(eval(python, {"Fraction": Fraction}))
    except (SyntaxError, ZeroDivisionError, TypeError, ValueError):
        return None


def copied(problem: str, train: Row) -> Fraction | None:
    """What the plan of ``train`` gives with the numbers of ``problem``; None where it does not fit."""
    told, mine = NUMBER.findall(train["problem"]), NUMBER.findall(problem)
    if len(told) != len(mine):
        return None
    places = {Fraction(number): i for i, number in reversed(list(enumerate(told)))}
    results: dict[Fraction, Fraction] = {}
    last = None
    for sum_ in EQUATION.findall(train["solution"]):

        def other(match: re.Match[str]) -> str:
            number = Fraction(match[0])
            if number in results:
                return str(results[number])
            return mine[places[number]] if number in places else match[0]

        before, last = value_of(sum_), value_of(NUMBER.sub(other, sum_))
        if before is None or last is None:
            return None
        results[before] = last
    return last


def solved_by_copying(test: list[Row], train: list[Row]) -> Iterator[bool]:
    index: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(train):
        for shingle in shingles(masked(row["problem"])):
            index[shingle].append(place)
    sizes = [len(shingles(masked(row["problem"]))) for row in train]
    for row in test:
        mine = shingles(masked(row["problem"]))
        shared = Counter(place for shingle in mine for place in index.get(shingle, ()))
        nearest = max(shared, key=lambda place: shared[place] / (sizes[place] + len(mine) - shared[place]), default=None)  # fmt: skip
        found = None if nearest is None else copied(row["problem"], train[nearest])
        golds = [Fraction(number) for number in NUMBER.findall(row["answer"])]
        yield found is not None and bool(golds) and found == golds[-1]


def twins(rows: list[Row], seed: int) -> int:
    """Problems of a sample that are nearly another's, numbers aside."""
    sample = random.Random(seed).sample(rows, min(SAMPLE, len(rows)))
    texts = [shingles(masked(row["problem"])) for row in sample]
    alike = set()
    for i, one in enumerate(texts):
        for j, other in enumerate(texts[:i]):
            if len(one & other) >= TWIN * len(one | other):
                alike |= {i, j}
    return len(alike)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    parts = {
        name: pq.read_table(given.set / f"{name}.parquet").to_pylist()
        for name in ("train", "validation", "test")
    }
    rows = [row for part in parts.values() for row in part]
    if "plan" in rows[0]:
        print(f"different plans: {len({row['plan'] for row in rows}):,} of {len(rows):,} rows")
    print(f"texts with numbers masked: {len({masked(row['problem']) for row in rows}):,}")
    solved = sum(solved_by_copying(parts["test"], parts["train"]))
    print(f"test problems solved by copying: {solved} of {len(parts['test'])}")
    print(f"near twins in a sample of {SAMPLE}: {twins(rows, given.seed)}")
    for grade in dict.fromkeys(row["grade"] for row in rows):
        steps = [row["steps"] for row in rows if row["grade"] == grade]
        print(f"steps of {grade}: mean {statistics.mean(steps):.2f}, {min(steps)}-{max(steps)}")


if __name__ == "__main__":
    main()
