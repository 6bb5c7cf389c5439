"""The card of a run: what was trained on what, and what that does not show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def card_text(begun: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    """Markdown with the YAML head that the Hub reads.

    Args:
        begun: the content of run.json.
        metrics: the content of metrics.json.
    """
    data, plan = begun["data"], begun.get("plan", {})
    encoder = begun["task"].startswith("encoder/")
    lines = [
        "---",
        "language: [ja]",
        f"library_name: {'transformers' if encoder else 'peft'}",
        f"base_model: {_scalar(begun['model'])}",
        "---",
        f"# {begun['model'].rstrip('/').rpartition('/')[2]}, trained for {begun['task']}",
        "",
        f"Trained by jtextkit {begun['versions']['jtextkit']}, preset `train/{begun['task'].partition('/')[0]}`; the"
        " whole configuration is in `config.yaml`, the losses in `metrics.json`, versions and the"
        " data's receipt in `run.json`.",
        "",
        "| | |",
        "|---|---|",
        f"| base model | `{begun['model']}`, revision `{begun['revision']}` |",
        f"| data | {data['builder'] or 'rows without a receipt'}{_receipt(data)} |",
        f"| device | {begun['device']} |",
    ]
    lines += [f"| {name} | {_shown(value)} |" for name, value in metrics["summary"].items()]
    if weights := begun["config"].get("class_weights"):
        shown = ", ".join(f"{name} {weight:g}" for name, weight in weights.items())
        lines.append(f"| class weights of the loss | {shown} |")
    if plan.get("warnings"):
        lines += ["", "Warnings of the plan:", *(f"- {one}" for one in plan["warnings"])]
    lines += ["", _LIMITS.get(begun["task"], _OF_ROWS), ""]
    return "\n".join(lines)


_LIMITS = {
    "difficulty": "A loss does not show that texts hit their level: generate texts with `jtextkit"
    " generate difficulty` and judge them, beside the untrained model's, with `jtextkit evaluate"
    " difficulty`.",
    "stx": "A loss does not show that answers are right: see `jtextkit evaluate answers`.",
    "sansu": "A loss does not show that answers are right, and a model of this kind is no answer"
    " oracle: see `jtextkit evaluate answers` and `jtextkit audit-solutions`.",
    "encoder/difficulty": "The labels follow from the jReadability formula, so this model imitates a formula;"
    " it says nothing of difficulty beyond it.",
}


_OF_ROWS = (
    "The figures hold for rows like the test's; the spread is that of the runs, not of the rows."
)


def _receipt(data: Mapping[str, Any]) -> str:
    return f", receipt `{data['receipt_sha256']}`" if data["receipt_sha256"] else ""


def _scalar(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _shown(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
