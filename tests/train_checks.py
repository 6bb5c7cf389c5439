"""Tiny models made on the spot, and small sets with receipts, for the tests of training."""

from __future__ import annotations

import importlib.util
import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from jtextkit.builders.sets.columns import write_rows
from jtextkit.core.receipts import write_receipt
from jtextkit.train.presets import configuration
from jtextkit.train.run import train

ROOT = Path(__file__).resolve().parent.parent

EASY = "今日は天気がいいです。{}さんは犬と公園を歩きました。とても楽しかったです。"
HARD = "{}氏の経済政策に関する統計的検証は、制度設計への応用を志向する研究の進展を促した。"
WARNINGS = (
    # Their own use of names that they gave up, and of machines without a GPU.
    "ignore::FutureWarning",
    "ignore::DeprecationWarning",
    "ignore:.*pin_memory.*:UserWarning",
    "ignore:.*lr_scheduler.step.*:UserWarning",
)
"""What transformers, TRL and torch warn of; nothing of it is ours to change."""


def _example(name: str) -> ModuleType:
    """The module of an example's file."""
    spec = importlib.util.spec_from_file_location(Path(name).stem, ROOT / "examples" / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_tiny_model(folder: Path, hidden: int = 16) -> Path:
    """A Llama of a few hidden units with random weights, and its tokenizer."""
    module = _example("difficulty_loop/tiny_model.py")
    texts = [EASY.format("田中"), HARD.format("田中")]
    made = module.make(folder, texts, hidden=hidden, layers=1)
    assert isinstance(made, Path)
    return made


def make_tiny_encoder(folder: Path, model: Path) -> Path:
    """A ModernBERT of 16 hidden units, with the tokenizer of ``model``."""
    _example("seeds/tiny_encoder.py").make(str(model), str(folder))
    return folder


def write_set(
    folder: Path,
    splits: Mapping[str, Sequence[Mapping[str, Any]]],
    columns: Mapping[str, str],
    builder: str,
    labels: Sequence[str] = (),
) -> Path:
    """Parquet files and a receipt, as a builder leaves them."""
    folder.mkdir(parents=True)
    for name, rows in splits.items():
        write_rows(folder / f"{name}.parquet", rows, columns, labels=labels, metadata={})
    write_receipt(folder, {"builder": builder, "jtextkit": "0.1.0"})
    return folder


def difficulty_rows(number: int, start: int = 0) -> list[dict[str, Any]]:
    """Pairs of an easy and a hard text, two pairs a writer."""
    rows = []
    for pair, label in itertools.islice(
        itertools.product(range(start, start + number), (0, 1)), number
    ):
        rows.append(
            {
                "id": f"{pair}-{label}",
                "pair_id": f"pair-{pair}",
                "writer_id": None if pair % 5 == 4 else f"writer-{pair // 2}",
                "text": (HARD if label else EASY).format(f"第{pair}"),
                "label": label,
                "difficulty": 0.2 + 0.6 * label + pair / 1000,
            }
        )
    return rows


def difficulty_set(folder: Path, train: int = 8, validation: int = 4, test: int = 4) -> Path:
    """A set like difficulty-2level; a split of 0 rows is not written."""
    columns = {
        "id": "string",
        "pair_id": "string",
        "writer_id": "string",
        "text": "string",
        "label": "label",
        "difficulty": "float64",
    }
    sizes = {"train": (train, 0), "validation": (validation, 100), "test": (test, 200)}
    splits = {name: difficulty_rows(*size) for name, size in sizes.items() if size[0]}
    return write_set(folder, splits, columns, "difficulty-2level", ("Simple", "Complex"))


def stx_set(folder: Path) -> Path:
    """A set like stx: the three templates in turn."""
    prompts = (
        "元の日本語：\n本日は晴天である。{}\n\nシンプルな日本語：",
        "東京は日本の首都である。\n\n日本の首都はどこか。{}",
        "記事：\n市は新しい公園を開いた。{}\n\n要約：",
    )
    rows = [
        {"prompt": prompts[number % 3].format(number), "completion": f"答え{number}。"}
        for number in range(6)
    ]
    columns = {"prompt": "string", "completion": "string"}
    return write_set(folder, {"train": rows, "validation": rows[:2]}, columns, "stx")


def sansu_set(folder: Path) -> Path:
    """A set like sansu."""
    from jtextkit.train.presets import configuration

    system = configuration("train/sansu")["system_prompt"]
    rows = []
    for number in range(4):
        problem, solution = (
            f"{number}本の木を植えます。",
            f"① {number}＋1＝{number + 1}\n答え：{number + 1}本",
        )
        chat = [("system", system), ("user", problem), ("assistant", solution)]
        rows.append(
            {
                "problem": problem,
                "solution": solution,
                "answer": f"{number + 1}本",
                "messages": [{"role": role, "content": text} for role, text in chat],
            }
        )
    columns = {
        "problem": "string",
        "solution": "string",
        "answer": "string",
        "messages": "messages",
    }
    splits = {"train": rows, "validation": rows[:1], "test": rows[:1]}
    return write_set(folder, splits, columns, "sansu")


SHORT = ("bf16=false", "lora_r=2", "gradient_accumulation_steps=2", "warmup_steps=0", "learning_rate=1e-2",
         "num_epochs=2", "save_steps=3", "eval_steps=3")  # fmt: skip
"""Settings of a run that takes seconds."""


def go(
    data: Path, model: Path, out: Path, *settings: str, task: str = "difficulty", **options: Any
) -> Any:
    """A short run, and what it said."""
    said: list[str] = []
    config = configuration(f"train/{task}", None, [*SHORT, *settings])
    return train(task, data, str(model), config, out, say=said.append, **options), said


def losses(out: Path) -> list[float]:
    """The losses that a run folder tells, in order."""
    log = json.loads((out / "metrics.json").read_text())["log"]
    return [entry["loss"] for entry in log if "loss" in entry]
