"""A classifier, or a regression of the score, over a grid; chosen on validation, judged once on test.

::

    OUT/run.json, OUT/config.yaml      as of other runs
    OUT/runs/LR-EPOCHS-NUMBER.json     one finished run of the grid; a run that was killed goes on here
    OUT/model/                         encoder, head and tokenizer of the best of the judged runs
    OUT/metrics.json, README.md, receipt.json

Every setting of the grid is trained once for each part of the protocol (:mod:`.folds`) and scored on
the rows that choose. The setting with the best mean is trained again, part by part, with the same
seeds, and only these runs are scored on the test rows: the figure is their mean.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.reading import TextSet, open_set
from jtextkit.core.errors import FormatError
from jtextkit.core.extras import require
from jtextkit.core.files import output_errors
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import read_state, write_state
from jtextkit.train.encoding import Encoded, estimate
from jtextkit.train.examples import TrainingExample
from jtextkit.train.folds import Protocol, protocol_of
from jtextkit.train.head import WEIGHTS, head, with_head
from jtextkit.train.models import (
    NO_CODE,
    device_name,
    load_config,
    load_tokenizer,
    memory_errors,
    model_errors,
    quiet,
    use_one_gpu,
)
from jtextkit.train.plan import TrainingPlan, encoder_sizes, memory, schedule
from jtextkit.train.run import (
    announce,
    begin,
    end,
    finished,
    progress_callback,
    run_folder,
)

_RUNS, _MODEL = "runs", "model"
_THRESHOLD = 0.5
"""The difficulty from which on a text is Complex."""


def plan_classifier(data: Path, model: str, config: Mapping[str, Any]) -> TrainingPlan:
    """What the grid will be; the model needs no weights and no tokenizer.

    Steps are those of all runs together; tokens and memory those of an epoch of one.
    """
    built = open_set(data)
    protocol = _protocol(built, config)
    with quiet():
        model_config = load_config(model)
        tokenizer = load_tokenizer(model, optional=True, generating=False)
        return _plan(protocol, model, model_config, tokenizer, config)


def classify(
    data: Path,
    model: str,
    config: Mapping[str, Any],
    out: Path,
    *,
    resume: bool = False,
    say: Callable[[str], None],
    report: Progress = silent,
) -> dict[str, Any]:
    """Train the grid, judge the best setting, and write the run's folder.

    Returns:
        The content of metrics.json: the mean of the test rows, and all runs.

    Raises:
        As :func:`jtextkit.train.run.train`.
    """
    use_one_gpu()
    finished(out, resume=resume)
    built = open_set(data)
    protocol = _protocol(built, config)
    with quiet():
        model_config = load_config(model)
        tokenizer = load_tokenizer(model, generating=False)
        plan = _plan(protocol, model, model_config, tokenizer, config)
    with run_folder(out), quiet(), output_errors(out), memory_errors(model):
        done = finished(out, resume=resume)
        begun = begin(out, "classifier", model, model_config, config, built, plan)
        if done is not None:
            say(f"{out}: this run is done already")
            return done
        announce(plan, model, say)
        metrics = _Grid(protocol, model, tokenizer, config, out).all_runs(report)
        end(out, begun, metrics)
    return metrics


def scores(logits: Any, rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Accuracy of the labels and Spearman's ρ with the difficulty.

    Args:
        logits: (rows, 2) for labels, whose difference is ranked; (rows, 1) for the difficulty, from
            0.5 on Complex.
    """
    import numpy as np
    from scipy.stats import spearmanr

    logits = np.asarray(logits, dtype=float)
    labels = np.array([row["label"] for row in rows])
    if logits.shape[1] == 1:
        rank, predicted = logits[:, 0], logits[:, 0] >= _THRESHOLD
    else:
        rank = logits[:, 1] - logits[:, 0]
        predicted = rank > 0
    difficulty = [row["difficulty"] for row in rows]
    constant = len(set(difficulty)) < 2 or np.ptp(rank) == 0
    rho = 0.0 if constant else float(spearmanr(rank, difficulty).statistic)
    return {"accuracy": float(np.mean(predicted == labels)), "spearman": rho}


def _protocol(built: TextSet, config: Mapping[str, Any]) -> Protocol:
    for name, rows in built.splits.items():
        for number, row in enumerate(rows, start=1):
            good = isinstance(row.get("text"), str) and row.get("label") in (0, 1)
            if not good or not isinstance(row.get("difficulty"), float):
                raise FormatError(
                    "no row for classifier",
                    where=f"{built.folder / name}.parquet, row {number}",
                    cure="columns wanted: text, label (0 or 1), difficulty",
                )
    return protocol_of(built.splits, config)


def _outputs(config: Mapping[str, Any]) -> int:
    return 2 if config["target"] == "label" else 1


def _plan(
    protocol: Protocol, model: str, model_config: Any, tokenizer: Any, config: Mapping[str, Any]
) -> TrainingPlan:
    outputs = _outputs(config)
    sizes = encoder_sizes(model_config, lambda hidden: head(hidden, outputs), model)
    rows = [protocol.rows[place] for place in protocol.parts[0][1]]
    train = _lengths([row["text"] for row in rows], tokenizer, config["max_length"])
    grid = list(itertools.product(config["learning_rates"], config["epochs"]))
    steps = warmup = per_epoch = 0
    for _, epochs in grid:
        per_epoch, run_steps, run_warmup = schedule({**config, "num_epochs": epochs}, len(rows))
        steps += run_steps * len(protocol.parts)
        warmup += run_warmup * len(protocol.parts)
    tokens = sum(sorted(train.lengths)[-config["batch_size"] :])
    notes = [
        f"{len(grid)} settings, {len(protocol.parts)} {protocol.name} each; the best setting is"
        f" trained {len(protocol.parts)} times more, to be judged"
    ]
    if train.over_long:
        notes.append(
            f"{train.over_long:,} texts have more than {config['max_length']:,} tokens: cut"
        )
    if train.estimated:
        notes.append("no tokenizer: tokens are estimated from characters")
    return TrainingPlan(
        trainable_parameters=sizes.trainable,
        total_parameters=sizes.total,
        embedding_parameters=sizes.embedding,
        other_parameters=sizes.total - sizes.embedding - sizes.head,
        trainable_percent=100.0,
        rows={"train": train.counts(), "test": {"used": len(protocol.test)}},
        rows_per_step=config["batch_size"],
        steps=steps,
        steps_per_epoch=per_epoch,
        warmup_steps=warmup,
        tokens_per_epoch=sum(train.lengths),
        tokens_estimated=train.estimated,
        memory_bytes=memory(sizes, model_config, config, tokens),
        warnings=tuple(notes),
        runs=len(grid) * len(protocol.parts),
        more={"head_parameters": sizes.head},
    )


def _lengths(texts: Sequence[str], tokenizer: Any, longest: int) -> Encoded:
    if tokenizer is None:
        return estimate([TrainingExample("", text) for text in texts], max_length=longest, cut=True)
    lengths = [len(ids) for ids in tokenizer(list(texts), truncation=False)["input_ids"]]
    over = sum(length > longest for length in lengths)
    return Encoded([], [min(length, longest) for length in lengths], over, cut=True, weightless=0)


class _Grid:
    """The runs over one list of rows."""

    def __init__(
        self, protocol: Protocol, model: str, tokenizer: Any, config: Mapping[str, Any], out: Path
    ) -> None:
        self._protocol, self._model, self._tokenizer = protocol, model, tokenizer
        self._config, self._out = config, out
        texts = [row["text"] for row in protocol.rows]
        encoded = tokenizer(texts, truncation=True, max_length=config["max_length"])
        column = "label" if config["target"] == "label" else "difficulty"
        self._rows = [
            {"input_ids": ids, "attention_mask": mask, "labels": row[column]}
            for ids, mask, row in zip(
                encoded["input_ids"], encoded["attention_mask"], protocol.rows, strict=True
            )
        ]

    def all_runs(self, report: Progress) -> dict[str, Any]:
        """Every run of the grid, then the judged ones."""
        by = "accuracy" if self._config["target"] == "label" else "spearman"
        grid = list(itertools.product(self._config["learning_rates"], self._config["epochs"]))
        parts = range(len(self._protocol.parts))
        number = itertools.count()

        def on_all_parts(rate: float, epochs: int, *, judge: bool) -> list[dict[str, Any]]:
            found = []
            for part in parts:
                report("training the grid", next(number), (len(grid) + 1) * len(parts))
                found.append(self._once(rate, epochs, part, judge=judge))
            return found

        runs = {setting: on_all_parts(*setting, judge=False) for setting in grid}
        means = {
            setting: statistics.fmean(run["validation"][by] for run in found)
            for setting, found in runs.items()
        }
        rate, epochs = best = max(grid, key=means.__getitem__)
        judged = on_all_parts(*best, judge=True)
        self._keep(judged, by)
        summary: dict[str, Any] = {"learning rate": f"{rate:g}", "epochs": epochs}
        for name in ("accuracy", "spearman"):
            values = [run["test"][name] for run in judged]
            spread = statistics.stdev(values) if len(values) > 1 else 0.0
            mean_of = f"test {name}, mean of {len(values)} {self._protocol.name}"
            summary |= {
                mean_of: statistics.fmean(values),
                f"test {name}, standard deviation": spread,
            }
        summary["test rows"] = len(self._protocol.test)
        return {
            "summary": summary,
            "protocol": self._protocol.name,
            "target": self._config["target"],
            "best": {"learning_rate": rate, "epochs": epochs},
            "settings": [
                {"learning_rate": one, "epochs": other, "validation_mean": mean}
                for (one, other), mean in means.items()
            ],
            "judged": judged,
            "runs": [run for found in runs.values() for run in found],
        }

    def _once(self, rate: float, epochs: int, part: int, *, judge: bool) -> dict[str, Any]:
        """One run, or what it came to before the last kill."""
        name = f"{rate:g}-{epochs}-{part}{'-test' if judge else ''}"
        file = self._out / _RUNS / f"{name}.json"
        kept = self._out / _RUNS / f"{name}-model"
        cure = "remove it, and it is trained anew"
        found: dict[str, Any] | None = read_state(file, dict, "the result of a training", cure)
        if found is not None and (kept.is_dir() or not judge):
            return found
        file.parent.mkdir(exist_ok=True)
        seed, learns, chooses = self._protocol.parts[part]
        trainer = self._trained(rate, epochs, seed, learns)
        result: dict[str, Any] = {
            "learning_rate": rate,
            "epochs": epochs,
            "part": part,
            "seed": seed,
            "rows": len(learns),
            "validation": self._scored(trainer, chooses),
        }
        if judge:
            result["test"] = self._scored(trainer, self._protocol.test)
            self._save(trainer.model, kept)
        write_state(file, result)
        return result

    def _trained(self, rate: float, epochs: int, seed: int, learns: Sequence[int]) -> Any:
        torch, transformers = require("torch"), require("transformers")
        transformers.set_seed(seed)  # before the head gets its random weights
        with model_errors(self._model):
            encoder = transformers.AutoModel.from_pretrained(
                self._model, **NO_CODE, dtype=torch.float32
            )
        config = self._config
        module = with_head(encoder, _outputs(config), config["head_dropout"])
        with tempfile.TemporaryDirectory() as folder:
            arguments = transformers.TrainingArguments(
                output_dir=folder,
                per_device_train_batch_size=config["batch_size"],
                per_device_eval_batch_size=config["eval_batch_size"],
                learning_rate=rate,
                num_train_epochs=epochs,
                lr_scheduler_type=config["lr_scheduler"],
                warmup_steps=config["warmup_ratio"],  # below 1 it is a ratio
                weight_decay=config["weight_decay"],
                adam_beta2=config["adam_beta2"],
                max_grad_norm=config["max_grad_norm"],
                bf16=config["bf16"],
                use_cpu=device_name() == "cpu",
                dataloader_pin_memory=device_name() != "cpu",
                save_strategy="no",
                report_to="none",
                disable_tqdm=True,
                logging_strategy="no",
                seed=seed,
                label_names=["labels"],
            )
            trainer = transformers.Trainer(
                model=module,
                args=arguments,
                train_dataset=self._chosen(learns),
                data_collator=transformers.DataCollatorWithPadding(self._tokenizer),
                callbacks=[progress_callback(silent)],
            )
            trainer.remove_callback(transformers.PrinterCallback)
            trainer.train()
        return trainer

    def _chosen(self, places: Sequence[int]) -> Any:
        return require("datasets").Dataset.from_list([self._rows[place] for place in places])

    def _scored(self, trainer: Any, places: Sequence[int]) -> dict[str, float]:
        logits = trainer.predict(self._chosen(places)).predictions
        return scores(logits, [self._protocol.rows[place] for place in places])

    def _save(self, model: Any, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        model.encoder.save_pretrained(folder)
        require("safetensors.torch").save_file(model.head.state_dict(), str(folder / WEIGHTS))
        self._tokenizer.save_pretrained(folder)

    def _keep(self, judged: Sequence[Mapping[str, Any]], by: str) -> None:
        """The model that chose best stays, the others go."""
        best = max(judged, key=lambda run: (run["validation"][by], -run["part"]))
        name = f"{best['learning_rate']:g}-{best['epochs']}-{best['part']}-test-model"
        shutil.rmtree(self._out / _MODEL, ignore_errors=True)
        shutil.copytree(self._out / _RUNS / name, self._out / _MODEL)
        for folder in (self._out / _RUNS).glob("*-model"):
            shutil.rmtree(folder)
