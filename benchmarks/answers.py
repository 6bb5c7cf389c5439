"""Worked solutions of about 500 characters that check_answer() judges in a second on one core."""

from __future__ import annotations

import argparse
import itertools
import statistics
import time

from jtextkit.metrics.answers import check_answer, find_values

ROUNDS = 7
LENGTH = 500

_STEPS = (
    "まず、1日に使う卵の数を求めます。朝食に3個、マフィンに4個使うので、3＋4＝7（個）です。",
    "次に、残りの卵の数を計算します。16個から7個を引くと、16－7＝9個になります。",
    "1個あたり2ドルで売るので、売り上げは9×2＝18ドルです。",
    "ここで、全体の3分の1にあたる量を考えると、12÷3＝4となります。",
    "時速4kmで2時間30分歩くと、4×2.5＝10kmの道のりになります。",
    "三角形の面積は、底辺×高さ÷2だから、6×8÷2＝24cm²です。",
    "定価の2割引きは、1200×0.8＝960円になります。",
    "一方、仕入れ値に30％の利益を見込むと、800×1.3＝1040円です。",
    "このことから、1人分は5個ずつで、3個あまることがわかります。",
)
_ENDINGS = (
    "答え：{}個",
    "したがって、答えは{}個です。",
    "よって、残りは{}個になります。",
    "**{}個**",
    "\\boxed{{{}}}",
    "答えは{}個です。\n\n検算：{}－1＋1＝{}となり、正しい。",
    "残りは{}個です。",
)


def solutions(number: int) -> list[tuple[str, str]]:
    """Solutions of 480 characters or more with their gold answers, no two alike."""
    made = []
    steps = itertools.cycle(_STEPS)
    for i in range(number):
        body = ""
        while len(body) < LENGTH - 20:
            body += f"{next(steps)}\n"
        next(steps)
        gold = str(10 + i)
        made.append((body + _ENDINGS[i % len(_ENDINGS)].format(gold, gold, gold), gold))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solutions", type=int, default=2000)
    options = parser.parse_args()
    cases = solutions(options.solutions)
    characters = sum(len(text) for text, _ in cases) / len(cases)
    wrong = sum(not check_answer(text, gold).correct for text, gold in cases)
    print(f"{len(cases):,} solutions of {characters:.0f} characters, medians of {ROUNDS} rounds")
    print(f"judged wrongly: {wrong}")
    checked, read = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text, gold in cases:
            check_answer(text, gold)
        checked.append(time.process_time() - start)
        start = time.process_time()
        for text, _gold in cases[:100]:
            find_values(text)
        read.append((time.process_time() - start) * len(cases) / 100)
    for name, seconds in (("check_answer", checked), ("find_values", read)):
        print(f"{name:12} {len(cases) / statistics.median(seconds):8,.0f} solutions/s")


if __name__ == "__main__":
    main()
