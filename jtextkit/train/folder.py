"""The folder of a run, that records all of it: made by its first process, held, and sealed at the end.

::

    OUT/run.json        task, model, data receipt and hashes, versions, plan: written first
    OUT/config.yaml     the whole configuration
    OUT/metrics.json    losses or scores, and a summary
    OUT/README.md       a card
    OUT/receipt.json    the hash of every file: written last, so a run with one is done
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from jtextkit import __version__
from jtextkit.builders.sets.reading import TextSet
from jtextkit.core import receipts
from jtextkit.core.errors import IntegrityError, OutputError, UsageError
from jtextkit.core.extras import require
from jtextkit.core.files import only_run, output_errors, replacing_file, sha256_of
from jtextkit.train import models
from jtextkit.train.presets import own_file
from jtextkit.train.processes import first_goes_ahead, is_first, join, wait

RUN, CONFIG, METRICS, CARD = "run.json", "config.yaml", "metrics.json", "README.md"
_SAME = ("task", "model", "revision", "config", "data", "versions")
"""What a run that goes on must have in common with its beginning."""

_LIBRARIES = ("torch", "transformers", "trl", "peft", "accelerate", "bitsandbytes", "datasets")

Say = Callable[[str], None]


def in_folder(
    out: Path,
    task: str,
    model: str,
    config: Mapping[str, Any],
    prepared: Callable[[], Any],
    work: Callable[[Any], dict[str, Any]],
    *,
    resume: bool,
    say: Say,
) -> dict[str, Any]:
    """A run from its beginning to its receipt, by all processes together; see :func:`jtextkit.train.run.train`.

    Args:
        prepared: reads the set and the model's configuration, and plans; what it gives has ``data``,
            ``model_config`` and ``plan``.
        work: trains, and gives the content of metrics.json.
    """
    join()
    with first_goes_ahead(), models.quiet():
        if is_first():
            finished(out, resume=resume)
        ready = prepared()
    with run_folder(out), models.quiet(), output_errors(out), models.memory_errors(model):
        with first_goes_ahead():
            done = finished(out, resume=resume or not is_first())
            begun = begin(out, task, model, config, ready)
        if done is not None:
            say(f"{out}: this run is done already")
            return done
        for warning in ready.plan.warnings:
            say(f"warning: {warning}")
        models.check_memory(int(1.1 * ready.plan.memory_bytes), model)  # a tenth for fragments
        metrics = work(ready)
        if is_first():
            with replacing_file(out / METRICS) as temporary:
                text = json.dumps(metrics, ensure_ascii=False, indent=1)
                temporary.write_text(text + "\n", encoding="utf-8", newline="\n")
            (out / CARD).write_text(card_text(begun, metrics), encoding="utf-8", newline="\n")
            receipts.write_receipt(
                out, {"builder": f"train/{begun['task']}", "jtextkit": __version__}
            )
        wait()
    return metrics


@contextmanager
def run_folder(out: Path) -> Iterator[None]:
    """The folder of a run, made if need be and held against another one, by its first process.

    Raises:
        OutputError: it cannot be made, or another run is at work in it.
    """
    if not is_first():
        yield
        return
    with output_errors(out):
        out.mkdir(parents=True, exist_ok=True)
    with only_run(out):
        yield


def finished(out: Path, *, resume: bool) -> dict[str, Any] | None:
    """The metrics of the run in ``out``, if it is done."""
    if not out.exists() or not any(out.iterdir()):
        return None
    if not (out / RUN).is_file():
        raise OutputError(
            "the folder is not empty and holds no run of ours",
            where=str(out),
            cure="choose another place with -o",
        )
    if not resume:
        raise UsageError(
            "the folder holds a run",
            where=str(out),
            cure="go on with --resume, or choose another place with -o",
        )
    receipt = receipts.read_receipt(out)
    if receipt is None:
        return None
    if receipt["files"].get(METRICS) != receipts.entry_of(out / METRICS):
        raise IntegrityError(
            "not the file that the receipt names", where=str(out / METRICS), cure="train anew"
        )
    content: dict[str, Any] = json.loads((out / METRICS).read_text(encoding="utf-8"))
    return content


def begin(
    out: Path, task: str, model: str, config: Mapping[str, Any], ready: Any
) -> dict[str, Any]:
    """Write what a run starts from, or compare it with what the run in ``out`` started from.

    Returns:
        The content of run.json.
    """
    begun = {
        "task": task,
        "model": model,
        "revision": models.revision_of(model, ready.model_config),
        "config": dict(config),
        "config_sha256": receipts.digest(dict(config)),
        "data": identity_of(ready.data),
        "versions": {"jtextkit": __version__, **versions()},
        "device": models.device_name(),
        "plan": ready.plan.to_dict(),
    }
    before = receipts.read_state(out / RUN, dict, "a run of ours", "choose another place with -o")
    if before is not None:
        now = json.loads(json.dumps(begun))
        other = [key for key in _SAME if before.get(key) != now[key]]
        if other:
            raise UsageError(
                f"the run there started with another {' and '.join(other)}",
                where=str(out),
                cure="repeat its options, or choose another place with -o",
            )
        return begun
    text = require("yaml").safe_dump(dict(config), allow_unicode=True, sort_keys=False)
    (out / CONFIG).write_text(text, encoding="utf-8", newline="\n")  # as --config takes it
    receipts.write_state(out / RUN, begun)
    return begun


def identity_of(data: TextSet) -> dict[str, Any]:
    """What a run remembers of its data: nothing of where it lay."""
    rows = {name: len(rows) for name, rows in data.splits.items()}
    if data.receipt is None:
        files = {name: {"sha256": sha256_of(data.folder / name)} for name in data.files}
        return {"builder": None, "receipt_sha256": None, "files": files, "rows": rows}
    return {
        "builder": data.receipt.get("builder"),
        "receipt_sha256": sha256_of(data.folder / receipts.RECEIPT),
        "files": data.receipt["files"],
        "rows": rows,
    }


def versions() -> dict[str, str | None]:
    """The versions of the libraries that a run depends on; None for one that is not there."""
    found: dict[str, str | None] = dict.fromkeys(_LIBRARIES)
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def card_text(begun: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    """Markdown with the YAML head that the Hub reads.

    Args:
        begun: the content of run.json.
        metrics: the content of metrics.json.
    """
    data, plan = begun["data"], begun.get("plan", {})
    receipt = f", receipt `{data['receipt_sha256']}`" if data["receipt_sha256"] else ""
    quoted = begun["model"].replace("'", "''")
    encoder = begun["task"].startswith("encoder/")
    lines = [
        "---",
        "language: [ja]",
        f"library_name: {'transformers' if encoder else 'peft'}",
        f"base_model: '{quoted}'",
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
        f"| data | {data['builder'] or 'rows without a receipt'}{receipt} |",
        f"| device | {begun['device']} |",
    ]
    lines += [f"| {name} | {_shown(value)} |" for name, value in metrics["summary"].items()]
    if weights := begun["config"].get("class_weights"):
        shown = ", ".join(f"{name} {weight:g}" for name, weight in weights.items())
        lines.append(f"| class weights of the loss | {shown} |")
    if plan.get("warnings"):
        lines += ["", "Warnings of the plan:", *(f"- {one}" for one in plan["warnings"])]
    limits = require("yaml").safe_load(own_file("cards"))
    lines += ["", limits.get(begun["task"], limits["rows"]), ""]
    return "\n".join(lines)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
