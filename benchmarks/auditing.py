"""How much of what is wrong does the audit of solutions find?

In each of 1,000 generated solutions, and in every clean solution written by hand for the tests of
``audit-solutions``, one thing is corrupted in each of these ways in turn; each result is audited
with the right answer as reference. A corruption is found where the audit reports anything; untouched
solutions must raise nothing.

- ``answer``: a number of the answer's line is another one.
- ``intermediate``: the result of an equation before the answer (what stands behind ＝) is another one.
- ``unit``: the answer's unit is another one (本 for 円).
- ``operator``: an operation sign in an equation is another one, and the equation's value with it.

    python benchmarks/auditing.py [--size 1000] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from jtextkit import sansu
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import read_unit
from jtextkit.metrics.solutions import audit_solution

HAND = Path(__file__).parent.parent / "tests" / "metrics" / "solutions"

# Digits that are not part of a longer number, a fraction or a decimal.
_WHOLE = re.compile(r"(?<![0-9.:/分と])[0-9]+(?![0-9.:/]|分の|と[0-9])")
_RESULT = re.compile(r"[＝=][ ]?([0-9]+)(?![0-9.:/,，]|分の|と[0-9])")
_EQUATION = re.compile(r"(?<=[0-9）)])[ ]?([＋－×÷+\-*])[ ]?(?=[0-9（(])")
_ANSWER = re.compile(r"^[ 　*#]*[【\[]?(?:答え|答|こたえ)[^\n]*$", re.MULTILINE)
_OTHER_SIGN = {"＋": "－", "－": "＋", "×": "＋", "÷": "×", "+": "-", "-": "+", "*": "+"}
_UNITS = ("本", "円", "kg", "時間", "人", "cm")

Corrupt = Callable[[str, random.Random], str | None]


def _other(number: str, dice: random.Random) -> str:
    """Another number of like size: a digit is changed, or it is one or ten off."""
    value = int(number)
    changes = {value + 1, value + 10, value * 10, value + 2}
    changes |= {value - 1, value - 10, value // 2} if value > 10 else set()
    return str(dice.choice(sorted(changes - {value})))


def _replaced(text: str, spans: list[tuple[int, int]], dice: random.Random) -> str | None:
    if not spans:
        return None
    start, end = dice.choice(spans)
    return text[:start] + _other(text[start:end], dice) + text[end:]


def _answer_line(text: str) -> tuple[int, int]:
    lines = list(_ANSWER.finditer(text))
    return lines[-1].span() if lines else (len(text), len(text))


def wrong_answer(text: str, dice: random.Random) -> str | None:
    start, end = _answer_line(text)
    return _replaced(text, [match.span() for match in _WHOLE.finditer(text, start, end)], dice)


def wrong_result(text: str, dice: random.Random) -> str | None:
    spans = [match.span(1) for match in _RESULT.finditer(text, 0, _answer_line(text)[0])]
    return _replaced(text, spans, dice)


def wrong_unit(text: str, dice: random.Random) -> str | None:
    start, end = _answer_line(text)
    for match in reversed(list(_WHOLE.finditer(text, start, end))):
        found = read_unit(fold(text[match.end() : end]), 0)
        if found is not None:
            width = found[1]
            unit = text[match.end() : match.end() + width]
            other = dice.choice([one for one in _UNITS if one != unit])
            return text[: match.end()] + other + text[match.end() + width :]
    return None


def wrong_operator(text: str, dice: random.Random) -> str | None:
    spans = [match.span(1) for match in _EQUATION.finditer(text, 0, _answer_line(text)[0])]
    # ×1 and ÷1 are the same, and so are ＋0 and －0, 2×2 and 2＋2.
    spans = [(a, b) for a, b in spans if not re.match(r"[ ]?[012](?![0-9./])", text[b:])]
    if not spans:
        return None
    start, end = dice.choice(spans)
    return text[:start] + _OTHER_SIGN[text[start:end]] + text[end:]


KINDS: dict[str, Corrupt] = {
    "answer": wrong_answer,
    "intermediate": wrong_result,
    "unit": wrong_unit,
    "operator": wrong_operator,
}


def generated(size: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """Problem, solution and answer, topics and grades in turn."""
    source = sansu.create(seed=seed)
    for item in (source[index] for index in range(size)):
        yield item.problem, item.solution, item.answer


def by_hand() -> Iterator[tuple[str, str, str]]:
    """The clean solutions of the audit's own tests: those without an error, and those repaired."""
    for path in sorted(HAND.glob("solutions*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            solution = case.get("repaired", case["solution"])
            yield case.get("problem", ""), solution, case["answer"]


def measure(
    rows: list[tuple[str, str, str]], seed: int
) -> tuple[Counter[str], Counter[str], int, list[tuple[str, str]]]:
    """Corruptions made and found by kind, false alarms, and what was missed."""
    dice = random.Random(seed)
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed = []
    alarms = 0
    for problem, solution, answer in rows:
        alarms += any(
            not one.is_note
            for one in audit_solution(solution, answer=answer, problem=problem).findings
        )
        for kind, corrupt in KINDS.items():
            corrupted = corrupt(solution, dice)
            if corrupted is None:
                continue
            made[kind] += 1
            if any(
                not one.is_note
                for one in audit_solution(corrupted, answer=answer, problem=problem).findings
            ):
                found[kind] += 1
            else:
                missed.append((kind, corrupted))
    return made, found, alarms, missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--size", type=int, default=1000, help="generated solutions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    options = parser.parse_args()
    for name, rows in (
        ("generated", list(generated(options.size, options.seed))),
        ("by hand", list(by_hand())),
    ):
        made, found, alarms, missed = measure(rows, options.seed)
        print(f"{name}: {len(rows):,} solutions, {alarms} false alarms on the untouched")
        for kind in KINDS:
            share = found[kind] / made[kind] if made[kind] else 0.0
            print(f"  {kind:<13}{found[kind]:>6,} of {made[kind]:>6,}  {share:.1%}")
        for kind, text in missed if options.missed else ():
            print(f"--- {kind}\n{text}")


if __name__ == "__main__":
    main()
