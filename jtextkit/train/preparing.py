"""A set, a model's configuration and a configuration of ours, made ready: for a plan or for a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.reading import TextSet, open_set
from jtextkit.train.encoding import Encoded, encode, estimate
from jtextkit.train.examples import examples_of, groups_of
from jtextkit.train.models import device_name, load_config, load_tokenizer, quiet
from jtextkit.train.plan import TrainingPlan, language_model_sizes, make_plan

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
    with quiet():
        model_config = load_config(model)
        tokenizer = load_tokenizer(model, optional=for_plan)
        encoded: dict[str, Encoded] = {}
        groups: dict[str, int] = {}
        for name in ("train", _VALIDATION):
            if not built.splits.get(name):
                continue
            examples = examples_of(task, built, name, config)
            groups = groups or groups_of(examples)
            longest, cut = config["max_length"], config["over_long"] == "cut"
            encoded[name] = (
                estimate(examples, max_length=longest, cut=cut)
                if tokenizer is None
                else encode(
                    examples,
                    tokenizer,
                    max_length=longest,
                    max_prompt_length=config.get("max_prompt_length", 0),
                    cut=cut,
                )
            )
        validation = encoded.get(_VALIDATION)
        sizes = language_model_sizes(model_config, config, model)
    plan = make_plan(
        sizes,
        model_config,
        config,
        encoded["train"],
        validation,
        notes=_notes(built, validation, config),
        on_cpu=not for_plan and device_name() == "cpu",
    )
    plan.rows["train"]["groups"] = groups
    return Prepared(built, model_config, tokenizer, encoded["train"], validation, plan)


def _notes(built: TextSet, validation: Encoded | None, config: Mapping[str, Any]) -> Iterator[str]:
    if built.receipt is None:
        yield NO_RECEIPT
    if config["keep_best"] and not (validation and validation.lengths):
        yield "no validation rows: the last state is kept, not the best"
