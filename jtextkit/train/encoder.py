"""An encoder with a head over a grid of settings; chosen on validation, judged on test.

::

    OUT/run.json, OUT/config.yaml      as of other runs
    OUT/runs/LR-EPOCHS-NUMBER.json     one finished run of the grid; a run that was killed goes on here
    OUT/model/                         encoder, head and tokenizer of the best run of the best setting
    OUT/metrics.json, README.md, receipt.json

Every setting of the grid is trained once for each part of the protocol (:mod:`.encoder_task`). The setting with
the best mean on the rows that choose is the one that is reported, with the mean of its runs on the test
rows. The other settings' test rows are scored too, so that none is trained twice; they choose nothing.
"""

import itertools
import json
import shutil
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.reading import open_set
from jtextkit.core.extras import require
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import read_state, write_state
from jtextkit.train import models
from jtextkit.train.encoder_task import EncoderTask, Protocol, protocol_of, task_of
from jtextkit.train.encoding import Encoded, TrainingExample, estimate
from jtextkit.train.folder import in_folder
from jtextkit.train.plan import TrainingPlan, encoder_sizes, memory, schedule
from jtextkit.train.processes import first_goes_ahead, is_first, share, wait
from jtextkit.train.run import NO_RECEIPT, common_arguments, progress_callback

_RUNS, _MODEL = "runs", "model"


def plan_encoder(data: str | Path, model: str, config: Mapping[str, Any]) -> TrainingPlan:
    """What the grid will be; the model needs no weights and no tokenizer.

    Steps are those of all runs together; tokens and memory those of an epoch of one.
    """
    with models.quiet():
        return _Grid(data, model, config, for_plan=True).plan


def train_encoder(
    task: str,
    data: str | Path,
    model: str,
    config: Mapping[str, Any],
    out: Path,
    *,
    resume: bool = False,
    say: Callable[[str], None],
    report: Progress = silent,
) -> dict[str, Any]:
    """Train the grid, judge the best setting, and write the run's folder.

    Args:
        task: its name, for the run's papers; ``config`` says what is read and learnt.

    Returns:
        The content of metrics.json: the mean of the test rows, and all runs.

    Raises:
        As :func:`jtextkit.train.run.train`.
    """

    def work(grid: _Grid) -> dict[str, Any]:
        return grid.all_runs(out, report)

    name, grid = f"encoder/{Path(task).stem}", partial(_Grid, data, model, config)
    return in_folder(out, name, model, config, grid, work, resume=resume, say=say)


class _Grid:
    """The runs over one list of rows."""

    def __init__(
        self, data: str | Path, model: str, config: Mapping[str, Any], *, for_plan: bool = False
    ) -> None:
        self.data, self._model, self._config = open_set(data), model, config
        self._task: EncoderTask = task_of(self.data, config)
        self._protocol: Protocol = protocol_of(self.data.splits, config)
        self._settings = list(itertools.product(config["learning_rates"], config["epochs"]))
        self.model_config = models.load_config(model)
        self._tokenizer = models.load_tokenizer(model, optional=for_plan, generating=False)
        self._rows: list[dict[str, Any]] = []
        self.plan = self._planned(self._read())

    def _read(self) -> Encoded:
        """Encode all rows; the lengths are those of the first run's."""
        task, longest = self._task, self._config["max_length"]
        inputs = [task.inputs(row) for row in self._protocol.rows]
        learns = self._protocol.parts[0][1]
        if self._tokenizer is None:
            texts = ["".join(itertools.chain(*inputs[place])) for place in learns]
            return estimate(
                [TrainingExample("", one) for one in texts], max_length=longest, cut=True
            )
        over_long = set()
        for place, (row, given) in enumerate(zip(self._protocol.rows, inputs, strict=True)):
            columns = [list(column) for column in zip(*given, strict=True)]
            encoded = self._tokenizer(*columns)
            if max(map(len, encoded["input_ids"])) > longest:
                over_long.add(place)
                encoded = self._tokenizer(*columns, truncation=True, max_length=longest)
            self._rows.append({**encoded, "labels": task.gold(row)})
        lengths = [sum(map(len, self._rows[place]["input_ids"])) for place in learns]
        return Encoded([], lengths, len(over_long.intersection(learns)), cut=True, weightless=0)

    def _planned(self, train: Encoded) -> TrainingPlan:
        config, parts, outputs = self._config, self._protocol.parts, self._task.outputs
        sizes = encoder_sizes(self.model_config, outputs, self._model)
        steps = warmup = per_epoch = 0
        for _, epochs in self._settings:
            of_run = {**config, "num_epochs": epochs}
            per_epoch, run_steps, run_warmup = schedule(of_run, len(train.lengths))
            steps += run_steps * len(parts)
            warmup += run_warmup * len(parts)
        per_process, on_cpu = (
            share(config["batch_size"], "batch_size"),
            models.device_name() == "cpu",
        )
        tokens = max(train.lengths) * min(per_process, len(train.lengths))
        notes = [f"{len(self._settings)} settings, {len(parts)} {self._protocol.name} each"]
        if train.over_long:
            longest = config["max_length"]
            notes.append(f"{train.over_long:,} texts have more than {longest:,} tokens: cut")
        if train.estimated:
            notes.append("no tokenizer: tokens are estimated from characters")
        if self.data.receipt is None:
            notes.append(NO_RECEIPT)
        return TrainingPlan(
            trainable_parameters=sizes.trainable,
            total_parameters=sizes.total,
            embedding_parameters=sizes.embedding,
            other_parameters=sizes.total - sizes.embedding - sizes.head,
            trainable_percent=100.0,
            rows={"train": train.counts(), "test": {"used": len(self._protocol.test)}},
            rows_per_step=config["batch_size"],
            steps=steps,
            steps_per_epoch=per_epoch,
            warmup_steps=warmup,
            tokens_per_epoch=sum(train.lengths),
            tokens_estimated=train.estimated,
            memory_bytes=memory(sizes, self.model_config, config, tokens, on_cpu=on_cpu),
            warnings=tuple(notes),
            runs=len(self._settings) * len(parts),
            head_parameters=sizes.head,
        )

    def all_runs(self, out: Path, report: Progress) -> dict[str, Any]:
        """Every run of the grid; the best setting's model is kept in ``out``."""
        number = itertools.count()
        runs: list[dict[str, Any]] = []
        found: dict[tuple[float, int], float] = {}
        best: list[dict[str, Any]] = []
        for setting in self._settings:
            folder = out / _RUNS / f"{setting[0]:g}-{setting[1]}-model"
            these: list[dict[str, Any]] = []
            for part in range(len(self._protocol.parts)):
                report("training the grid", next(number), self.plan.runs)
                before = max(map(self._chose, these), default=None)
                these.append(self._once(setting, part, folder, before))
            found[setting] = statistics.fmean(map(self._chose, these))
            runs += these
            with first_goes_ahead():
                if not best or found[setting] > statistics.fmean(map(self._chose, best)):
                    best = these
                    _move(folder, out / _MODEL)
                elif is_first():
                    shutil.rmtree(folder, ignore_errors=True)
        rate, epochs = best[0]["learning_rate"], best[0]["epochs"]
        summary: dict[str, Any] = {"learning rate": f"{rate:g}", "epochs": epochs}
        for name in best[0]["test"]:
            values = [run["test"][name] for run in best]
            spread = statistics.stdev(values) if len(values) > 1 else 0.0
            of = f"mean of {len(values)} {self._protocol.name}"
            summary |= {
                f"test {name}, {of}": statistics.fmean(values),
                f"test {name}, standard deviation": spread,
            }
        summary["test rows"] = len(self._protocol.test)
        return {
            "summary": summary,
            "protocol": self._protocol.name,
            "target": self._config["target"],
            "classes": list(self._task.classes),
            "best": {"learning_rate": rate, "epochs": epochs},
            "settings": [
                {"learning_rate": one, "epochs": other, "validation_mean": mean}
                for (one, other), mean in found.items()
            ],
            "judged": best,
            "runs": [{key: run[key] for key in run if key != "test"} for run in runs],
        }

    def _chose(self, run: Mapping[str, Any]) -> float:
        return float(run["validation"][self._task.by])

    def _once(
        self, setting: tuple[float, int], part: int, folder: Path, before: float | None
    ) -> dict[str, Any]:
        """One run, or what it came to before the last kill; its model if it beats those ``before``."""
        rate, epochs = setting
        file = folder.with_name(f"{rate:g}-{epochs}-{part}.json")
        cure = "remove it, and it is trained anew"
        done: dict[str, Any] | None = read_state(file, dict, "the result of a training", cure)
        if done is not None:
            return done
        seed, learns, chooses = self._protocol.parts[part]
        trainer = self._trained(rate, epochs, seed, learns)
        result: dict[str, Any] = {
            "learning_rate": rate,
            "epochs": epochs,
            "part": part,
            "seed": seed,
            "rows": len(learns),
            "validation": self._scored(trainer, chooses),
            "test": self._scored(trainer, self._protocol.test),
        }
        if is_first():
            file.parent.mkdir(exist_ok=True)
            if before is None or self._chose(result) > before:
                self._save(trainer.accelerator.unwrap_model(trainer.model), folder)
            write_state(file, result)
        wait()
        return result

    def _trained(self, rate: float, epochs: int, seed: int, learns: Sequence[int]) -> Any:
        torch, transformers = require("torch"), require("transformers")
        transformers.set_seed(seed)  # before the head gets its random weights
        with models.model_errors(self._model):
            encoder = transformers.AutoModel.from_pretrained(
                self._model, **models.NO_CODE, dtype=torch.float32
            )
        config, task = self._config, self._task
        module = models.with_head(
            encoder, task.outputs, config["head_dropout"], choices=bool(task.choices)
        )
        with tempfile.TemporaryDirectory() as folder:
            arguments = transformers.TrainingArguments(
                **common_arguments(config),
                output_dir=folder,
                per_device_train_batch_size=share(config["batch_size"], "batch_size"),
                learning_rate=rate,
                num_train_epochs=epochs,
                save_strategy="no",
                logging_strategy="no",
                seed=seed,
                label_names=["labels"],
            )
            trainer = transformers.Trainer(
                model=module,
                args=arguments,
                train_dataset=[self._rows[place] for place in learns],
                data_collator=self._collated,
                callbacks=[progress_callback(silent)],
            )
            trainer.remove_callback(transformers.PrinterCallback)
            trainer.train()
        return trainer

    def _collated(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Padded (rows, choices, tokens), with one choice where there are none."""
        names = [name for name in rows[0] if name != "labels"]
        flat = {name: [one for row in rows for one in row[name]] for name in names}
        padded = self._tokenizer.pad(flat, return_tensors="pt")
        batch = {name: one.reshape(len(rows), -1, one.shape[-1]) for name, one in padded.items()}
        return {**batch, "labels": require("torch").tensor([row["labels"] for row in rows])}

    def _scored(self, trainer: Any, places: Sequence[int]) -> dict[str, float]:
        logits = trainer.predict([self._rows[place] for place in places]).predictions
        return self._task.scores(logits, [self._protocol.rows[place] for place in places])

    def _save(self, model: Any, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        model.encoder.save_pretrained(folder)
        names = {"classes": json.dumps(self._task.classes, ensure_ascii=False)}
        weights = {name: one.contiguous() for name, one in model.head.state_dict().items()}
        require("safetensors.torch").save_file(weights, str(folder / models.HEAD), metadata=names)
        self._tokenizer.save_pretrained(folder)


def _move(folder: Path, place: Path) -> None:
    """Put ``folder`` in ``place``, unless that was done before a kill."""
    if is_first() and folder.is_dir():
        shutil.rmtree(place, ignore_errors=True)
        folder.replace(place)
