"""Fit the weights by which ``jtextkit.metrics.answers`` tells a text's final answer.

A conditional log-linear model: of all candidates of a text, "no answer" among them, those that say
what the text was judged to say shall be the likeliest. Fitted on real outputs judged by hand, on
those that we wrote to questions of our own (``answers_written.jsonl``, five writers), on outputs
that were put together by rule (``answer_discourse.py``) and on the ends of solutions of our own
tests; measured by leaving out one question, one model, or one writer, at a time.

    python benchmarks/fit_answers.py JUDGED.jsonl --cross-validate
    python benchmarks/fit_answers.py JUDGED.jsonl --write jtextkit/metrics/answers/weights.json
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from answer_discourse import made
from scipy.optimize import minimize

from jtextkit.metrics.answers import check_answer, compare
from jtextkit.metrics.answers.candidates import Target, labelled, wanted_for
from jtextkit.metrics.answers.extraction import Table
from jtextkit.metrics.answers.gathering import Gathered, Reading, gather
from jtextkit.metrics.answers.statements import choice_label, read_answer
from jtextkit.metrics.intervals import wilson
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import Value

GENERATED = 12_000
DRAWN = 3000
"""Outputs of another draw on which the threshold of ``reward`` must hold, too."""
GENERATED_WEIGHT = 0.04
MANNERS_WEIGHT = 0.3
WEAK_WEIGHT = 0.1
WRITTEN_WEIGHT = 0.3
PLAUSIBLE = {
    "number": 0.1,
    "calendar": 0.2,
    "name": 0.3,
    "choice": 0.4,
    "truth": 0.6,
    "none": 1.1,
    "list": 0.2,
}
"""How likely the right answer must be for a text of which nobody judged what it says."""
UNSURE = 0.5
"""``score`` asks for no more confidence than that: above it, what we wrote loses eight right answers
for each wrong one that it is spared."""
SHARED, OWN = 0.75, 1.5
"""Ridge penalties: on a weight for all kinds of answers, and on what one kind adds to it."""

PRIOR = {
    "first_sentence@truth": 1.5, "about_the_matter@truth": 1.5, "first_sentence@name": 1.0, "outright": 2.0, "boxed": 2.5, "marked": 2.0, "reversed": 2.0, "in_answer": 1.0, "of_that_place": 1.0, "in_conclusion": 0.7, "corrects": 1.5,
    "in_check": -1.5, "under_check": -1.5, "in_note": -1.0, "under_note": -1.0, "in_question": -2.5, "in_offer": -2.0,
    "in_breakdown": -0.7, "under_breakdown": -0.7, "denied": -12.0, "retracted": -6.0, "hypothesis": -3.0,
    "example": -1.5, "extends": -2.0, "operand": -1.5, "after_operator": -2.5, "per": -2.0, "aside": -2.0, "in_parentheses": -0.7,
    "cut_off": -4.0, "loops": 1.5, "after_refusal": -2.5, "alternative": -4.0, "seeming": -4.0, "equated": -1.0, "carried_on": -2.0, "in_passing": -0.7, "in_passing@name": -1.0, "in_code": -1.0, "cause": -1.5, "eliminates": -0.7, "refuses": 1.0, "refuses_first": 1.0, "asked_about": 0.7, "of_something_else": -0.7, "left_over": 1.5, "in_row": -1.5, "limited": -5.0, "supposed": -3.0, "next_question": -6.0, "conceded": 0.5, "agent": 1.0, "undecided": 1.0, "of_something_else@truth": -2.5, "than": -2.0, "quotes_question": -3.0, "counterfactual": -3.0, "compares": -1.0, "row_of_data": -2.5, "a_year": -1.5, "approximates": -5.0, "approximated": 1.5, "day_alone": -1.5, "called": 0.5, "of_japan": 1.0, "of_japan@number": 2.0, "asked_about@calendar": 1.5, "of_something_else@calendar": -1.5, "of_abroad": -0.5, "rest": 1.0, "named_together": 6.0,
}  # fmt: skip
"""What a reader of Japanese expects of the evidence before seeing data: the ridge pulls there."""
SETTLED, FIXED = ("denied", "named_together"), 1000.0
"""What no data shall overrule, and the penalty that sees to it: a denied value is no answer, two are none."""

WRITTEN = Path(__file__).with_name("answers_written.jsonl")
"""Outputs that we wrote as models write them; of some wrong ones nobody noted what they say."""
MANNERS = Path(__file__).parents[1] / "tests" / "metrics" / "answers" / "manners.json"


@dataclass(frozen=True)
class Example:
    """A text with the candidates that say what it says.

    Attributes:
        row: as read: question, model, prediction, answer, choices, final, correct.
        wanted: the kind of answer.
        gathered: candidates and evidence.
        right: indices of the candidates that say ``final``; the number of candidates for "none".
        weight: what the text counts in the fit.
    """

    row: Mapping[str, Any]
    wanted: str
    gathered: Gathered
    right: frozenset[int]
    weight: float


def target_of(answer: str, choices: Any) -> Target:
    """What is looked for where ``answer`` is the gold."""
    if choices is not None:
        names = labelled(choices)
        said = choice_label(fold(answer).strip())
        label = said if said in names else next(k for k, v in names.items() if v == fold(answer))
        return Target("choice", (Value("choice", label, form="choice"),), names)
    gold = read_answer(answer)
    return Target(wanted_for(gold), (gold,))


def says(value: Value, final: str, wanted: str) -> bool:
    """Whether a candidate is what the text was judged to say."""
    if wanted == "choice" and value.kind == "choice":
        return str(value.value) == choice_label(fold(final).strip())
    if value.kind == "text":
        body, name = str(value.value).replace(" ", ""), fold(final).partition(" (")[0]
        name = name.replace(" ", "")
        return body == name or (name in body and len(body) <= len(name) + 6)
    return compare(value, final).correct


def example(row: Mapping[str, Any], weight: float, *, asked: bool, typed: bool = True) -> Example:
    """A row with its candidates; ``asked``: with its question; ``typed``: with the gold's kind."""
    target = target_of(row["answer"], row["choices"]) if typed else Target()
    found = gather(Reading.of(row["prediction"]), target, row["question"] if asked else None)
    final = row.get("final", row["answer"])
    if "final" not in row:  # wrong, nobody noted how: anything but the right answer
        said = {i for i, c in enumerate(found.candidates) if says(c.value, final, target.wanted)}
        right = frozenset(range(len(found.candidates) + 1)) - said
    elif final is None:
        right = frozenset([len(found.candidates)])
    else:
        right = frozenset(
            i for i, each in enumerate(found.candidates) if says(each.value, final, target.wanted)
        )
    return Example(row, target.wanted, found, right, weight)


class Likelihood:
    """The ridge-penalised likelihood of examples, to be maximised over all or some of them."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = [each for each in examples if each.right]
        self.names: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        right: list[bool] = []
        self.starts: list[int] = []
        for each in self.examples:
            self.starts.append(len(right))
            candidates, nothing = each.gathered
            for i, evidence in enumerate([*(one.evidence for one in candidates), nothing]):
                for name in sorted(evidence):
                    for own in (name, f"{name}@{each.wanted}"):
                        rows.append(len(right))
                        columns.append(self.names.setdefault(own, len(self.names)))
                right.append(i in each.right)
        shape = (len(right), len(self.names))
        design = scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape)
        self.right = np.array(right)
        self.of_text = np.repeat(np.arange(len(self.starts)), np.diff([*self.starts, len(right)]))
        self.prior = np.array([PRIOR.get(name, 0.0) for name in self.names])
        heads = [name.partition("@") for name in self.names]
        penalty = np.array([FIXED if h in SETTLED else OWN if k else SHARED for h, _, k in heads])
        # in these units all penalties are alike, and the search takes a fraction of its steps
        self.scale = 1 / np.sqrt(penalty)
        self.scaled = design @ scipy.sparse.diags(self.scale)
        self.offset = design @ self.prior

    def fit(
        self, keep: Callable[[Example], bool] = lambda _: True, start: np.ndarray | None = None
    ) -> tuple[dict[str, float], np.ndarray]:
        """The likeliest weights on the examples to keep, and the point to start another fit from."""
        weight = np.array([each.weight * keep(each) for each in self.examples])
        starts, of_text = self.starts, self.of_text

        def loss(z: np.ndarray) -> tuple[float, np.ndarray]:
            scores = self.offset + self.scaled @ z
            scores = np.exp(scores - np.maximum.reduceat(scores, starts)[of_text])
            total = np.add.reduceat(scores, starts)
            hit = np.add.reduceat(np.where(self.right, scores, 0.0), starts).clip(1e-300)
            pull = np.where(self.right, scores / hit[of_text], 0.0) - scores / total[of_text]
            value = -(weight * np.log(hit / total)).sum() + 0.5 * (z * z).sum()
            return value, z - self.scaled.T @ (pull * weight[of_text])

        begin = np.zeros(len(self.names)) if start is None else start
        best = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
        weights = self.prior + self.scale * best
        return {name: float(w) for name, w in zip(self.names, weights, strict=True)}, best


# ---------------------------------------------------------------------------------------- data


def read_judged(path: Path) -> list[dict[str, Any]]:
    """Rows with question, model, prediction, answer, choices, final and correct."""
    read = path.read_bytes()
    lines = (gzip.decompress(read) if path.suffix == ".gz" else read).decode().splitlines()
    return [json.loads(line) for line in lines]


def our_own(seed: int = 0) -> Iterator[Example]:
    """What was made up, and the ends of solutions of the tests, each with a 17 in place of the 18."""
    for i, one in enumerate(made(GENERATED, seed)):
        row = {**one._asdict(), "model": ""}
        yield example(row, GENERATED_WEIGHT, asked=i % 2 == 0 and one.question != "")
        if one.choices is None and i % 3 == 0 and one.final and one.final[0].isdigit():
            yield example(row, GENERATED_WEIGHT, asked=False, typed=False)
    other = str.maketrans({"8": "7", "８": "７", "八": "七"})
    for manner in json.loads(MANNERS.read_text(encoding="utf-8")):
        for before in ("", "1日に16個の卵を産みます。\n16－3－4＝9。\n"):
            for text, final in ((manner, "18"), (manner.translate(other), "17")):
                row = {"prediction": before + text, "answer": "18", "final": final}
                row |= {"choices": None, "question": "", "model": ""}
                yield example(row, MANNERS_WEIGHT, asked=False)
                yield example(row, MANNERS_WEIGHT / 2, asked=False, typed=False)


def weak(rows: Iterable[Mapping[str, Any]], teacher: Table) -> Iterator[Example]:
    """Rows that nobody judged: taken to say the right answer where that is not unlikely.

    A text that names the right number in a place where an answer may stand will hardly do so by
    chance. ``teacher`` has seen no real output, so that nothing of the judged ones leaks in here.
    """
    for row in rows:
        each = example({**row, "final": row["answer"]}, WEAK_WEIGHT, asked=False)
        if not each.gathered.candidates:
            continue
        weights = teacher.weights_for(each.wanted)
        candidates, nothing = each.gathered
        shares, _ = teacher.probabilities([one.evidence for one in candidates], nothing, weights)
        if sum(shares[i] for i in each.right) >= PLAUSIBLE[each.wanted]:
            yield each


def real(rows: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """Judged rows, each with its question and without; values also with no gold to tell the kind."""
    for row in rows:
        for asked in (False, True):
            yield example(row, 0.6, asked=asked)
        if row["kind"] in ("number", "ratio", "weekday", "date"):
            yield example(row, 0.3, asked=False, typed=False)


# ---------------------------------------------------------------------------------- measurement


def judged_by(
    table: Table, rows: Iterable[Mapping[str, Any]], *, asked: bool
) -> Iterator[dict[str, Any]]:
    """Each row with our verdict, what was extracted, and how sure we were."""
    for row in rows:
        question, final = row.get("question") if asked else None, row.get("final")
        choices, text = row["choices"], row["prediction"]
        verdict = check_answer(text, row["answer"], choices=choices, question=question, table=table)
        value = verdict.extracted.value
        wanted = target_of(row["answer"], choices).wanted
        read = value is not None and final is not None and says(value, final, wanted)
        yield {
            "row": row,
            "wanted": wanted,
            "correct": verdict.correct,
            "read": read or (value is None and final is None),
            "confidence": verdict.extracted.confidence,
            "text": verdict.extracted.text,
        }


def cross_validated(
    key: str, rows: list[dict[str, Any]], likelihood: Likelihood
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Verdicts on each question (or model) by weights fitted without it: untold, told the question."""
    _, start = likelihood.fit()
    untold, told = [], []
    for left_out in dict.fromkeys(row[key] for row in rows):
        weights, _ = likelihood.fit(lambda each, out=left_out: each.row.get(key) != out, start)
        kept = [row for row in rows if row[key] == left_out]
        untold += judged_by(Table(weights), kept, asked=False)
        told += judged_by(Table(weights), kept, asked=True)
    return untold, told


def tell(name: str, results: list[dict[str, Any]]) -> None:
    """Print the figures of a set of verdicts."""
    right = [r["correct"] == r["row"]["correct"] for r in results]
    kinds: Counter[str] = Counter(r["wanted"] for r in results)
    agreed = Counter(r["wanted"] for r, ok in zip(results, right, strict=True) if ok)
    rejected = sum(r["row"]["correct"] and not r["correct"] for r in results)
    accepted = sum(r["correct"] and not r["row"]["correct"] for r in results)
    read = sum(r["read"] for r in results)
    within = wilson(sum(right), len(right))
    print(
        f"{name}: verdict right {sum(right)} of {len(right)} = {sum(right) / len(right):.3f} {within}"
    )
    print(f"  right ones rejected {rejected}, wrong ones accepted {accepted}, answer read {read}")
    print("  " + ", ".join(f"{kind} {agreed[kind]}/{n}" for kind, n in sorted(kinds.items())))


def calibration(results: list[dict[str, Any]]) -> tuple[float, float]:
    """Slope and offset of the measured log odds over those of the model (Platt's two numbers)."""
    found = [r for r in results if r["confidence"] > 0]
    share = np.array([min(max(r["confidence"], 1e-6), 1 - 1e-6) for r in found])
    odds, read = np.log(share / (1 - share)), np.array([r["read"] for r in found])

    def loss(line: np.ndarray) -> float:
        score = line[0] * odds + line[1]
        return float(
            np.logaddexp(0, np.where(read, -score, score)).sum() + 0.5 * (line[0] - 1) ** 2
        )

    slope, offset = minimize(loss, np.array([1.0, 0.0])).x
    return round(float(slope), 3), round(float(offset), 3)


def curve(results: list[dict[str, Any]], table: Table) -> list[tuple[float, int, int]]:
    """For each threshold on the confidence: right ones rejected, wrong ones accepted."""
    points = []
    sure = [table.calibrated(r["confidence"]) if r["confidence"] else 0.0 for r in results]
    for threshold in (*np.arange(0, 0.9, 0.05), *np.arange(0.9, 1, 0.01)):
        said = [r["correct"] and c >= threshold for r, c in zip(results, sure, strict=True)]
        true = [r["row"]["correct"] for r in results]
        rejected = sum(t and not s for s, t in zip(said, true, strict=True))
        accepted = sum(s and not t for s, t in zip(said, true, strict=True))
        points.append((round(float(threshold), 2), rejected, accepted))
    return points


def thresholds(
    judged: list[dict[str, Any]], drawn: list[dict[str, Any]], *, table: Table
) -> dict[str, float]:
    """``score``: what costs no right one of those judged; it only leaves out the least sure.

    ``reward``: at most 0.2 % of the wrong ones accepted. That holds for what was judged and for what
    was drawn, with the least threshold from 0.9 on from which it does.
    """
    points = curve(judged, table)
    score = max(t for t, rejected, _ in points if t <= UNSURE and rejected == points[0][1])
    reward = 0.9
    for results in (judged, drawn):
        wrong = sum(not r["row"]["correct"] for r in results)
        bad = [point[0] for point in curve(results, table) if point[2] > 0.002 * wrong]
        reward = max(reward, *(round(threshold + 0.01, 2) for threshold in bad))
    return {"score": score, "reward": reward}


def reliability(results: list[dict[str, Any]], table: Table) -> Iterator[str]:
    """How often answers were read rightly, by how sure we were of them."""
    sure = [(table.calibrated(r["confidence"]), r["read"]) for r in results if r["confidence"]]
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 0.99), (0.99, 1.01)):
        here = [(c, read) for c, read in sure if low <= c < high]
        if here:
            said, was = (sum(column) / len(here) for column in zip(*here, strict=True))
            yield f"  {low:.2f}-{min(high, 1):.2f}: {len(here):4} answers, said {said:.3f}, read {was:.3f}"


def show_errors(results: list[dict[str, Any]]) -> None:
    """Print the verdicts that are wrong."""
    for r in results:
        if r["correct"] != r["row"]["correct"]:
            row = r["row"]
            print(
                f"  {row['answer']} final={row.get('final')} ours={r['text']!r} {r['confidence']:.2f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("judged", type=Path)
    parser.add_argument("--weak", type=Path, help="more outputs, gzipped, that nobody judged")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args()
    rows = read_judged(options.judged)
    own = list(our_own())
    written = read_judged(WRITTEN)
    examples = [*real(rows), *own]
    examples += [example(row, WRITTEN_WEIGHT, asked=a) for row in written for a in (False, True)]
    if options.weak:
        examples += weak(read_judged(options.weak), Table(Likelihood(own).fit()[0]))
    likelihood = Likelihood(examples)
    odd = sum(not each.right for each in examples)
    print(f"{len(examples):,} examples, {odd} of them without a candidate for what they say")
    table = Table(likelihood.fit()[0])
    verdicts: dict[str, list[dict[str, Any]]] = {}
    left_out = {"question": rows, "model": rows, "writer": written}
    for key, measured in left_out.items() if options.cross_validate else ():
        untold, told = cross_validated(key, measured, likelihood)
        tell(f"leave one {key} out", untold)
        tell(f"leave one {key} out, question told", told)
        verdicts[key] = untold + told
        if key == "question":
            show_errors(verdicts[key])
    if verdicts:
        table = settled(table.weights, verdicts["question"], verdicts["writer"])
    if options.write:
        write(options.write, table)


def settled(
    weights: Mapping[str, float], judged: list[dict[str, Any]], written: list[dict[str, Any]]
) -> Table:
    """The weights with the calibration and the thresholds that other questions call for."""
    table = Table(weights, calibration(judged))
    another = [{**one._asdict(), "correct": one.final == one.answer} for one in made(DRAWN, seed=1)]
    drawn = list(judged_by(Table(weights), another, asked=False))
    for name, verdicts in (("judged", judged), ("written", written), ("put together", drawn)):
        print(name, *reliability(verdicts, table), sep="\n")
        for t, rejected, accepted in curve(verdicts, table):
            print(f"  from {t:.2f} on: {rejected} rejected, {accepted} accepted")
    return Table(weights, table.calibration, thresholds(judged, drawn, table=table))


def write(path: Path, table: Table) -> None:
    """Weights of two decimals, in alphabetical order, small ones left out."""
    kept = {name: round(w, 2) for name, w in sorted(table.weights.items()) if abs(w) >= 0.02}
    thresholds = dict(table.thresholds) or {"score": 0.0, "reward": 0.99}
    content = {"calibration": table.calibration, "thresholds": thresholds, "weights": kept}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(kept)} weights")


if __name__ == "__main__":
    main()
