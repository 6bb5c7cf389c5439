"""A run as the files of another trainer: TRL's command line, axolotl or LLaMA-Factory.

::

    OUT/data/train.jsonl, validation.jsonl      prompt and completion, or messages where there is a chat
    OUT/ENGINE.yaml                             the preset in the engine's own words
    OUT/receipt.json                            the hash of every file, and of the set

None of the three weighs rows, so a class weight of 1.5 beside 1.0 becomes three copies beside two, and
the run has as many steps as ours: on average a step has the same gradient.

Not handled: rows over ``max_length`` are not left out, since lengths need the model's tokenizer; each
engine does with them what its file says.
"""

import json
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from jtextkit import __version__
from jtextkit.builders.sets.reading import TextSet, open_set
from jtextkit.core.errors import OutputError, UsageError
from jtextkit.core.extras import require
from jtextkit.core.files import output_errors, replacing_folder
from jtextkit.core.receipts import write_receipt
from jtextkit.train.encoding import TrainingExample, examples_of
from jtextkit.train.folder import identity_of
from jtextkit.train.plan import schedule
from jtextkit.train.presets import own_file

_TASKS = {"difficulty-2level": "difficulty", "stx": "stx", "sansu": "sansu"}


def export_sft(
    data: str | Path,
    engine: str,
    out: Path,
    config: Mapping[str, Any],
    *,
    task: str,
    model: str = "MODEL",
) -> dict[str, Any]:
    """Write the files of a run with ``engine``.

    Args:
        engine: trl, axolotl or llama-factory.
        config: of :func:`jtextkit.train.presets.configuration`.
        task: difficulty, stx or sansu; see :func:`task_of_set`.

    Returns:
        ``rows`` by split, as often as they stand there, ``copies`` of each class, ``steps``.

    Raises:
        InputError, IntegrityError: the set is not what it should be.
        OutputError: ``out`` cannot be written.
    """
    if out.exists() and any(out.iterdir()):
        raise OutputError("the folder is not empty", where=str(out), cure="choose another with -o")
    built = open_set(data)
    splits = {
        name: [one for one in examples_of(task, built, name, config) if one.weight]
        for name in ("train", "validation")
        if built.splits.get(name)
    }
    _, steps, warmup = schedule(config, len(splits["train"]))
    copies = _copies({one.group: one.weight for one in splits["train"]})
    splits["train"] = [one for one in splits["train"] for _ in range(copies[one.group])]
    values = _values(engine, {**config, "model": model, "steps": steps, "warmup": warmup}, splits)
    with output_errors(out), replacing_folder(out) as folder:
        (folder / "data").mkdir()
        for name, examples in splits.items():
            _write(folder / "data" / f"{name}.jsonl", [_row(one, engine) for one in examples])
        if engine == "llama-factory":
            info = {name: {"file_name": f"{name}.jsonl", **values["form"]} for name in splits}
            _write(folder / "data" / "dataset_info.json", [info])
        text = (
            f"# Written by jtextkit {__version__}, preset train/{task}.\n{_filled(engine, values)}"
        )
        (folder / f"{engine}.yaml").write_text(text, encoding="utf-8", newline="\n")
        receipt = {"builder": f"export/{engine}", "jtextkit": __version__}
        write_receipt(folder, {**receipt, "data": identity_of(built), "config": dict(config)})
    rows = {name: len(examples) for name, examples in splits.items()}
    return {"rows": rows, "copies": copies, "steps": steps}


def task_of_set(data: TextSet) -> str:
    """The task whose rows a set of ours has.

    Raises:
        UsageError: it is none of ours.
    """
    builder = str((data.receipt or {}).get("builder"))
    if builder not in _TASKS:
        raise UsageError(
            "what these rows are for is not known", where=data.place, cure="name it with --task"
        )
    return _TASKS[builder]


def _copies(weights: Mapping[str, float]) -> dict[str, int]:
    """How often each class stands in the rows, in lowest terms.

    >>> _copies({"Simple": 1.5, "Complex": 1.0})
    {'Simple': 3, 'Complex': 2}
    """
    parts = {name: Fraction(weight).limit_denominator(10) for name, weight in weights.items()}
    whole = math.lcm(*(part.denominator for part in parts.values()))
    times = {name: max(int(part * whole), 1) for name, part in parts.items()}
    common = math.gcd(*times.values())
    return {name: number // common for name, number in times.items()}


def _row(example: TrainingExample, engine: str) -> dict[str, Any]:
    if isinstance(example.prompt, str):
        return {"prompt": example.prompt, "completion": example.completion}
    answer = [{"role": "assistant", "content": example.completion}]
    if engine == "trl":
        return {"prompt": example.prompt, "completion": answer}
    return {"messages": example.prompt + answer}


def _values(
    engine: str, config: Mapping[str, Any], splits: Mapping[str, Sequence[TrainingExample]]
) -> dict[str, Any]:
    """What the engines' files refer to; None leaves a line out."""
    chat, judged = not isinstance(splits["train"][0].prompt, str), "validation" in splits
    modules, four = config["lora_modules"], config["quantization"] == "nf4"
    every, names = modules == "all-linear", [modules] if isinstance(modules, str) else modules
    double = {"bnb_4bit_use_double_quant": config["double_quantization"]}
    forms = require("yaml").safe_load(own_file("engines/rows"))
    form = forms[engine]["chat" if chat else "text"]
    sets = {
        name: [{"path": f"data/{name}.jsonl", "ds_type": "json", "split": "train", **form}]
        for name in splits
    }
    return {
        **config,
        "form": form,
        "datasets": sets["train"],
        "test_datasets": sets.get("validation"),
        "validation": "validation" if judged else None,
        "eval_strategy": "steps" if judged else None,
        "eval_steps": config["eval_steps"] if judged else None,
        "keep_best": True if judged and config["keep_best"] else None,
        "dtype": "bfloat16" if config["bf16"] else "float32",
        "four_bits": four,
        "four_bit_options": double if four else None,
        "quantization_bit": 4 if four else None,
        "adapter": "qlora" if four else "lora",
        "excess": "truncate" if config["over_long"] == "cut" else "drop",
        "every_module": True if every else None,
        "some_modules": None if every else modules,
        "lora_target": "all" if every else ",".join(names),
        "template": None if chat else "fewshot",
    }


def _filled(engine: str, values: Mapping[str, Any]) -> str:
    """The engine's file with each ``$name`` replaced by its value; lines of None are left out."""
    yaml = require("yaml")
    found = ""
    for line in own_file(f"engines/{engine}").splitlines(keepends=True):
        key, reference, name = line.partition(": $")
        if not reference:
            found += line
        elif (value := values[name.split()[0]]) is not None:
            found += yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False)
    return found


def _write(file: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    file.write_text("".join(lines), encoding="utf-8", newline="\n")
