"""A run of TRL's trainer, made ready, planned, and in a folder (:mod:`.folder`) that resumes after a kill.

::

    OUT/checkpoints/    where a run goes on; removed when it is done
    OUT/adapter/        the adapter, with the tokenizer
"""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jtextkit import __version__
from jtextkit.builders.sets.reading import TextSet, open_set
from jtextkit.core.errors import IntegrityError
from jtextkit.core.extras import require
from jtextkit.core.failpoints import failpoint
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import file_entries, read_receipt, write_receipt
from jtextkit.train import models
from jtextkit.train.encoding import Encoded, encode, estimate, examples_of, groups_of
from jtextkit.train.folder import CARD, CONFIG, Say, in_folder
from jtextkit.train.plan import TrainingPlan, language_model_sizes, make_plan
from jtextkit.train.processes import backend, first_goes_ahead, is_first, share, wait
from jtextkit.train.weighting import WEIGHT, weighted_trainer, weighting_collator

ADAPTER, CHECKPOINTS = "adapter", "checkpoints"
_KEPT_CHECKPOINTS = 2
_OF_TRL = ("learning_rate", "gradient_checkpointing", "eval_steps", "save_steps", "seed")
_VALIDATION = "validation"
NO_RECEIPT = "the rows have no receipt: nothing says that they are as they were written"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that a run needs but the weights.

    Attributes:
        tokenizer: None where the model has none; then only the plan is of use.
        train: the split ``train``.
        validation: the split ``validation``; None where the set has none.
    """

    data: TextSet
    model_config: Any
    tokenizer: Any
    train: Encoded
    validation: Encoded | None
    plan: TrainingPlan


def prepare(
    task: str, data: str | Path, model: str, config: Mapping[str, Any], *, for_plan: bool = False
) -> Prepared:
    """Check and read the set, encode it, and plan the run.

    Args:
        task: difficulty, stx or sansu.
        for_plan: the model need have no tokenizer.

    Raises:
        InputError, IntegrityError: the set or the model is not what it should be.
    """
    built = open_set(data)
    with models.quiet():
        model_config = models.load_config(model)
        tokenizer = models.load_tokenizer(model, optional=for_plan)
        encoded: dict[str, Encoded] = {}
        groups: dict[str, int] = {}
        for name in ("train", _VALIDATION):
            if not built.splits.get(name):
                continue
            examples = examples_of(task, built, name, config)
            groups = groups or groups_of(examples)
            longest, cut = config["max_length"], config["over_long"] == "cut"
            prompt = config.get("max_prompt_length", 0)
            encoded[name] = (
                estimate(examples, max_length=longest, cut=cut)
                if tokenizer is None
                else encode(
                    examples, tokenizer, max_length=longest, cut=cut, max_prompt_length=prompt
                )
            )
        validation = encoded.get(_VALIDATION)
        sizes = language_model_sizes(model_config, config, model)
    notes = [NO_RECEIPT] if built.receipt is None else []
    if config["keep_best"] and not (validation and validation.lengths):
        notes.append("no validation rows: the last state is kept, not the best")
    train, on_cpu = encoded["train"], not for_plan and models.device_name() == "cpu"
    plan = make_plan(sizes, model_config, config, train, validation, notes, on_cpu=on_cpu)
    plan.rows["train"]["groups"] = groups
    return Prepared(built, model_config, tokenizer, train, validation, plan)


def train(
    task: str,
    data: str | Path,
    model: str,
    config: Mapping[str, Any],
    out: Path,
    *,
    resume: bool = False,
    say: Say,
    report: Progress = silent,
) -> dict[str, Any]:
    """Train an adapter and write the run's folder; see the module for what is in it.

    Args:
        task: difficulty, stx or sansu.
        config: of :func:`jtextkit.train.presets.configuration`.
        resume: go on from the last whole checkpoint in ``out``; a run that is done stays as it is.
        say: called with warnings and with what is left out.

    Returns:
        The content of metrics.json.

    Raises:
        UsageError: ``out`` holds a run and ``resume`` is not asked for, or it is another run.
        DeviceError: no GPU, or too little memory.
        InputError, IntegrityError, NotFoundError: the set or the model.
    """

    def work(ready: Prepared) -> dict[str, Any]:
        loaded = models.load_model(model, config)
        if models.device_name() == "cpu":
            say("no GPU: training on the CPU, which suits only the smallest models")
        trainer = _trainer(ready, loaded, config, out)
        trainer.add_callback(progress_callback(report))
        with first_goes_ahead():
            checkpoint = last_checkpoint(out / CHECKPOINTS, say)
        trainer.train(resume_from_checkpoint=checkpoint and str(checkpoint))
        _save(trainer, out)
        if is_first():
            shutil.rmtree(out / CHECKPOINTS, ignore_errors=True)
        return _metrics(trainer, ready)

    ready = partial(prepare, task, data, model, config)
    return in_folder(out, task, model, config, ready, work, resume=resume, say=say)


def _save(trainer: Any, out: Path) -> None:
    """Write the adapter, with the configuration that says how its base model was loaded."""
    folder = out / ADAPTER
    with first_goes_ahead():
        shutil.rmtree(folder, ignore_errors=True)
    if trainer.is_fsdp_enabled:
        trainer.accelerator.state.fsdp_plugin.set_state_dict_type("FULL_STATE_DICT")
    trainer.save_model(str(folder))  # by all processes, which may have a part each
    if is_first():
        for name in (CARD, "training_args.bin"):  # the run's card and configuration say more
            (folder / name).unlink(missing_ok=True)
        shutil.copy(out / CONFIG, folder / CONFIG)


def last_checkpoint(folder: Path, say: Say) -> Path | None:
    """The last checkpoint that is as it was written; later ones, torn by a kill or changed, are removed."""

    def step(path: Path) -> int:
        return int(path.name.rpartition("-")[2])

    for path in sorted(folder.glob("checkpoint-*"), key=step, reverse=True):
        with suppress(IntegrityError):
            receipt = read_receipt(path)
            if receipt is not None and receipt["files"] == file_entries(path):
                return path
        say(f"warning: {path.name} is not as it was written; it is removed")
        shutil.rmtree(path, ignore_errors=True)
    return None


def _trainer(prepared: Prepared, model: Any, config: Mapping[str, Any], out: Path) -> Any:
    trl, datasets = require("trl"), require("datasets")
    validation = prepared.validation.rows if prepared.validation else []
    best = bool(config["keep_best"] and validation)
    arguments = trl.SFTConfig(
        **common_arguments(config),
        **{key: config[key] for key in _OF_TRL},
        output_dir=str(out / CHECKPOINTS),
        per_device_train_batch_size=config["batch_size"],
        gradient_accumulation_steps=share(
            config["gradient_accumulation_steps"], "gradient_accumulation_steps"
        ),
        num_train_epochs=config["num_epochs"] or 1,
        max_steps=config["max_steps"] or -1,
        optim=config["optimizer"],
        ddp_find_unused_parameters=False,
        eval_strategy="steps" if validation else "no",
        save_strategy="steps",
        save_total_limit=_KEPT_CHECKPOINTS,
        load_best_model_at_end=best,
        metric_for_best_model="eval_loss" if best else None,
        greater_is_better=False if best else None,
        logging_steps=1,
        logging_nan_inf_filter=False,  # a loss that is none is shown
        max_length=None,  # encoding left out or cut what is longer, and counted it
        prediction_loss_only=True,
        data_seed=config["seed"],
    )
    tokenizer = prepared.tokenizer
    plain = [{key: row[key] for key in row if key != WEIGHT} for row in validation]
    trainer = weighted_trainer()(
        model=model,
        args=arguments,
        data_collator=weighting_collator(tokenizer.pad_token_id),
        train_dataset=datasets.Dataset.from_list(prepared.train.rows),
        eval_dataset=datasets.Dataset.from_list(plain) if plain else None,
        processing_class=tokenizer,
        peft_config=models.lora_config(config),
    )
    trainer.remove_callback(require("transformers").PrinterCallback)  # it writes to stdout
    return trainer


def common_arguments(config: Mapping[str, Any]) -> dict[str, Any]:
    """What every trainer is told of the configuration and of this machine."""
    on_cpu = models.device_name() == "cpu"
    return {
        "per_device_eval_batch_size": config["eval_batch_size"],
        "lr_scheduler_type": config["lr_scheduler"],
        "warmup_steps": config.get("warmup_steps") or config["warmup_ratio"],  # below 1 a ratio
        **{key: config[key] for key in ("weight_decay", "adam_beta2", "max_grad_norm", "bf16")},
        "use_cpu": on_cpu,
        "dataloader_pin_memory": not on_cpu,
        "ddp_backend": backend(),
        "report_to": "none",
        "disable_tqdm": True,
    }


def progress_callback(report: Progress) -> Any:
    """A trainer's callback that reports every step and seals every checkpoint; a failpoint for tests."""
    base: Any = require("transformers").TrainerCallback

    class ProgressCallback(base):  # type: ignore[misc]  # transformers is not there to check
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
            report("training", state.global_step, state.max_steps)
            failpoint("step-done")

        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
            wait()  # each process writes the state of its own dice
            if is_first():
                write_receipt(
                    Path(args.output_dir) / f"checkpoint-{state.global_step}",
                    {"builder": "train/checkpoint", "jtextkit": __version__},
                )
            wait()

    return ProgressCallback()


_LOGGED = ("step", "epoch", "loss", "learning_rate", "grad_norm", "eval_loss")


def _metrics(trainer: Any, prepared: Prepared) -> dict[str, Any]:
    """The losses of every step, those before a resumption included, and a summary."""
    state = trainer.state
    log = [
        {key: entry[key] for key in _LOGGED if key in entry}
        for entry in state.log_history
        if "loss" in entry or "eval_loss" in entry
    ]
    losses = [entry["loss"] for entry in log if "loss" in entry]
    evaluated = [entry["eval_loss"] for entry in log if "eval_loss" in entry]
    summary = {
        "steps": state.global_step,
        "first loss": losses[0] if losses else None,
        "last loss": losses[-1] if losses else None,
        "last validation loss": evaluated[-1] if evaluated else None,
        "best validation loss": min(evaluated) if evaluated else None,
        "rows": len(prepared.train.lengths),
        "rows over-long": prepared.train.over_long,
    }
    return {
        "summary": summary,
        "rows": prepared.plan.rows,
        "best_checkpoint": Path(state.best_model_checkpoint).name
        if state.best_model_checkpoint
        else None,
        "log": log,
    }
