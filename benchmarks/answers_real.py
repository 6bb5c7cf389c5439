"""Real outputs of chat models, judged by hand: our verdicts beside the last number and Math-Verify.

``answers_real.json`` holds 346 judgements of ours: question, model, what the output commits to,
whether that is right, and a note; no text of anybody else. The texts come from a clone of the public
repository shisa-ai/shaberi (Apache-2.0), ``data/model_answers/BENCH/MODEL.json``, one line a question.

    python benchmarks/answers_real.py path/to/shaberi
    python benchmarks/answers_real.py judged.jsonl     # rows that hold the texts already

Math-Verify is compared where it is installed (``pip install math-verify``). The figures are those
of the shipped weights, which were fitted on these outputs; ``fit_answers.py --cross-validate`` gives
those for questions left out of the fit.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from jtextkit.metrics.answers import check_answer, compare, find_values, read_answer
from jtextkit.metrics.intervals import wilson

HERE = Path(__file__).parent
BENCHES = {
    "ELYZA": "elyza__ELYZA-tasks-100",
    "tengu": "lightblue__tengu_bench",
    "lb": "lightblue__japanes-mt-bench-oneshot",
    "mt": "shisa-ai__ja-mt-bench-1shot",
}
Row = Mapping[str, Any]
Judge = Callable[[Row], bool]


def joined(repository: Path) -> Iterator[Row]:
    """Our judgements with the texts of the repository; those whose file is missing are left out."""
    data = json.loads((HERE / "answers_real.json").read_text(encoding="utf-8"))
    for number, model, final, correct, note in data["judgements"]:
        bench, line = number.split("-")
        file = repository / "data" / "model_answers" / BENCHES[bench] / f"{model}.json"
        if not file.is_file():
            print(f"{file.name} is not in this clone")
            continue
        text = json.loads(file.read_text(encoding="utf-8").split("\n")[int(line)])
        asked = data["questions"][number]
        places = asked.get("choices")
        choices = places and {k: text["Question"][a:b] for k, (a, b) in places.items()}
        yield {
            "question": text["Question"],
            "prediction": text["ModelAnswer"],
            "model": model,
            "final": final,
            "correct": correct,
            "note": note,
            "kind": asked["kind"],
            "answer": asked["answer"],
            "choices": choices,
        }


def ours(row: Row) -> bool:
    """The verdict of check_answer(), told only the gold answer."""
    return check_answer(row["prediction"], row["answer"], choices=row["choices"]).correct


def ours_asked(row: Row) -> bool:
    """The verdict of check_answer(), told the question as well."""
    more = {"choices": row["choices"], "question": row["question"]}
    return check_answer(row["prediction"], row["answer"], **more).correct


def rewarded(row: Row) -> bool:
    """The verdict of check_answer() where only what is all but certain is accepted."""
    more = {"choices": row["choices"], "mode": "reward"}
    return check_answer(row["prediction"], row["answer"], **more).correct


def last_number(row: Row) -> bool:
    """Whether the last number of the text is the gold's."""
    gold = read_answer(row["answer"])
    values = [v for v in find_values(row["prediction"]) if isinstance(v.value, Fraction)]
    return bool(values) and compare(values[-1], gold).correct


def math_verify() -> Judge | None:
    """Math-Verify's verdict, or None where it is not installed."""
    try:
        from math_verify import parse, verify
    except ImportError:
        return None

    def judge(row: Row) -> bool:
        gold = parse(re.sub(r"[^0-9./:%-]", "", row["answer"]) or row["answer"])
        return bool(gold) and bool(verify(gold, parse(row["prediction"])))

    return judge


def told(name: str, judge: Judge, rows: list[Row]) -> str:
    """One line: verdicts that are right, with their interval; right ones rejected; wrong accepted."""
    verdicts = [(judge(row), row["correct"]) for row in rows]
    right = sum(said == true for said, true in verdicts)
    rejected = sum(true and not said for said, true in verdicts)
    accepted = sum(said and not true for said, true in verdicts)
    within = wilson(right, len(rows))
    assert within is not None
    share = f"{right / len(rows):.3f} [{within.low:.3f}, {within.high:.3f}]"
    return f"  {name:22} {right:4} of {len(rows):4} = {share}  rejected {rejected}, accepted {accepted}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("source", type=Path, help="a clone of shaberi, or rows with their texts")
    source = parser.parse_args().source
    if source.is_dir():
        rows = list(joined(source))
    else:
        rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    judges: dict[str, Judge] = {
        "check": ours,
        "check with question": ours_asked,
        "check, mode=reward": rewarded,
        "last number": last_number,
    }
    if (peer := math_verify()) is not None:
        judges["Math-Verify"] = peer
    for kind in ("", *sorted({row["kind"] for row in rows})):
        chosen = [row for row in rows if kind in ("", row["kind"])]
        print(kind or "all")
        for name, judge in judges.items():
            print(told(name, judge, chosen))


if __name__ == "__main__":
    main()
