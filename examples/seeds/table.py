"""A card's table: a row a task, a column a system.

    python table.py FOLDER...

A folder holds what ``evaluate answers --json`` wrote (TASK.json), or runs of ``train encoder``
(TASK/metrics.json). Each figure is in points, with its 95 % interval; below them the plain mean, if all
eight tasks of the Japanese LM-Harness are there. Its interval takes the tasks as independent, and that of
an encoder takes the mean of its runs for one of them.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from jtextkit.metrics.intervals import wilson

NAMES = {
    "jcommonsenseqa": ("JCommonsenseQA", "accuracy"),
    "jnli": ("JNLI", "accuracy"),
    "marc_ja": ("MARC-ja", "accuracy"),
    "jsquad": ("JSQuAD", "exact match"),
    "jaqket": ("JAQKET v2", "exact match"),
    "xlsum": ("XL-Sum", "ROUGE-2"),
    "xwinograd": ("XWinograd", "accuracy"),
    "mgsm": ("MGSM", "accuracy"),
}
ENCODED = {
    "difficulty": ("Difficulty", "accuracy"),
    "jcola": ("JCoLA", "accuracy"),
    "jsts": ("JSTS", "Spearman's ρ"),
}
Figure = tuple[float, float, float]


def figure(result: dict) -> Figure:
    """Value and interval in points: the accuracy, or the one metric of a task without right and wrong."""
    value, interval = result["accuracy"], result["interval"]
    if value is None:
        (found,) = result["metrics"].values()
        value, interval = found["value"], found["interval"]
    low, high = interval or (0.0, 1.0)  # one value has no interval of its own
    return 100 * value, 100 * low, 100 * high


def encoder_figure(metrics: dict) -> Figure:
    """The mean of the chosen setting's runs on the test rows."""
    number = metrics["summary"]["test rows"]
    score = "accuracy" if metrics["target"] == "label" else "spearman"
    values = [one["test"][score] for one in metrics["judged"] if "test" in one]
    value = sum(values) / len(values)
    if score == "accuracy":
        low, high = wilson(round(value * number), number)
    else:
        z, step = math.atanh(value), 1.96 / math.sqrt(max(number - 3, 1))
        low, high = math.tanh(z - step), math.tanh(z + step)
    return 100 * value, 100 * low, 100 * high


def mean(figures: list[Figure]) -> Figure:
    """The mean of tasks, and the interval that follows from theirs."""
    value = sum(one[0] for one in figures) / len(figures)
    below, above = (
        sum((one[side] - one[0]) ** 2 for one in figures) ** 0.5 / len(figures) for side in (1, 2)
    )
    return value, value - below, value + above


def table(folders: list[Path]) -> str:
    """The table in Markdown."""
    found: dict[str, dict[str, Figure]] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.json")):
            result = json.loads(file.read_text(encoding="utf-8"))
            known = [name for name in NAMES if result["task"].startswith(name)]
            found.setdefault(known[0], {})[folder.name] = figure(result)
        for file in sorted(folder.glob("*/metrics.json")):
            metrics = json.loads(file.read_text(encoding="utf-8"))
            found.setdefault(file.parent.name, {})[folder.name] = encoder_figure(metrics)
    systems = [folder.name for folder in folders]
    lines = [f"| task | metric | {' | '.join(systems)} |", f"|---|---|{'---:|' * len(systems)}"]
    titles = {**NAMES, **ENCODED}
    rows = [(*titles[name], found[name]) for name in titles if name in found]
    if found.keys() == NAMES.keys():
        means = {name: mean([figures[name] for *_, figures in rows]) for name in systems}
        rows.append(("average", "mixed", means))
    for task, metric, figures in rows:
        cells = [
            "{:.2f} ({:.2f}–{:.2f})".format(*figures[one]) if one in figures else "–"
            for one in systems
        ]
        lines.append(f"| {task} | {metric} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table([Path(name) for name in sys.argv[1:]]))
