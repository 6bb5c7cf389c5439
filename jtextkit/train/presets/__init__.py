"""Presets: files that print themselves, and what may be changed in them.

A preset is the schema of its own configuration: a file given with ``--config`` and each ``--set``
may change what is in it, to a value of the same kind, and nothing else.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jtextkit.core.errors import FormatError, UsageError
from jtextkit.core.extras import require
from jtextkit.core.registry import unknown_name
from jtextkit.core.text import read_bytes

__all__ = ["PRESETS", "configuration", "preset_text"]

PRESETS = {
    "train/difficulty": "LoRA for texts of an asked-for difficulty, on difficulty-2level",
    "train/stx": "QLoRA for simplification, question answering and summaries, on stx",
    "train/sansu": "QLoRA for worked solutions in the style of 算数, on sansu",
    "train/encoder": "an encoder with a head: classes, pairs, choices, numbers",
}
"""Name to summary."""


def preset_text(name: str) -> str:
    """The preset's file, comments included.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in PRESETS:
        raise unknown_name("preset", name, PRESETS)
    return own_file(name.removeprefix("train/"))


def own_file(name: str) -> str:
    """A YAML file that lies beside this module, comments included."""
    return (resources.files(__name__) / f"{name}.yaml").read_text(encoding="utf-8")


def configuration(
    name: str, file: Path | None = None, settings: Iterable[str] = (), *, task: str = ""
) -> dict[str, Any]:
    """The preset with a file's values over it, and ``key=value`` settings over those.

    Args:
        task: of train/encoder: a name of :func:`encoder_tasks`, or a YAML file like one of them.
        settings: keys as in the preset; ``class_weights.Simple=2.0`` reaches into a group. Values
            are YAML.

    Raises:
        UsageError: an unknown key, or a value of another kind or out of its range.
        InputError: the file is not there or is no YAML.
    """
    yaml = require("yaml")
    values: dict[str, Any] = yaml.safe_load(preset_text(name))
    if task:
        tasks = encoder_tasks()
        if task not in tasks and not Path(task).is_file():
            raise unknown_name("task", task, tasks)
        _overlay(values, tasks[task] if task in tasks else _read(Path(task)), where=task)
    if file is not None:
        _overlay(values, _read(file), where=str(file))
    for setting in settings:
        key, equals, text = setting.partition("=")
        where = f"--set {setting}"
        if not equals:
            raise UsageError("this sets nothing", where=where, cure="write --set key=value")
        try:
            value = yaml.safe_load(text)
        except yaml.YAMLError:
            raise UsageError("the value is no YAML", where=where, cure="quote it") from None
        for part in reversed(key.strip().split(".")):
            value = {part: value}
        _overlay(values, value, where=where)
    _check_together(values)
    return values


def encoder_tasks() -> dict[str, dict[str, Any]]:
    """The tasks of train/encoder by name, each as what it sets otherwise than the preset."""
    return _own_yaml("encoder_tasks")


@cache
def _own_yaml(name: str) -> dict[str, Any]:
    content: dict[str, Any] = require("yaml").safe_load(own_file(name))
    return content


def _read(file: Path) -> Mapping[str, Any]:
    yaml = require("yaml")
    data = read_bytes(file)
    try:
        content = yaml.safe_load(data.decode())
    except UnicodeDecodeError:
        raise FormatError("not UTF-8", where=str(file), cure="save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise FormatError("no YAML", where=f"{file}{line}", cure="see jtextkit show") from None
    if not isinstance(content, dict | None):
        raise FormatError("no keys and values", where=str(file), cure="see jtextkit show")
    return content or {}


def _overlay(values: dict[str, Any], changes: Mapping[str, Any], *, where: str) -> None:
    for key, value in changes.items():
        if key not in values:
            raise unknown_name("key", str(key), map(str, values)).within(where)
        old = values[key]
        if isinstance(old, dict):
            if not isinstance(value, dict):
                raise UsageError(
                    f"{key} is a group of {', '.join(old)}",
                    where=where,
                    cure=f"such as --set {key}.{next(iter(old))}=…",
                )
            _overlay(old, value, where=where)
        else:
            values[key] = _fitting(str(key), old, value, where=where)


def _fitting(key: str, old: Any, value: Any, *, where: str) -> Any:
    """``value``, if it is of ``old``'s kind and in the key's range."""
    if isinstance(old, list):
        given = value if isinstance(value, list) else [value]
        if not given and key != "choices":
            raise UsageError(f"{key} needs at least one value", where=where)
        return [_fitting(key, old[0] if old else "", one, where=where) for one in given]
    if key == "lora_modules":  # a name, or several
        several = value.split(",") if isinstance(value, str) and "," in value else value
        if isinstance(several, list):
            return [_fitting(f"{key}'s name", "", one, where=where) for one in several]
    convert, kind = _KINDS[type(old)]
    new = convert(value)
    if new is None:
        raise UsageError(f"{key} is {kind}, not {value!r}", where=where, cure="see jtextkit show")
    limits = _own_yaml("limits")
    if key in limits["choices"] and new not in limits["choices"][key]:
        raise unknown_name(key, str(new), limits["choices"][key]).within(where)
    if isinstance(new, int | float) and not isinstance(new, bool):
        low = new <= 0 if key in limits["above_zero"] else new < 0
        if low or (key in limits["below_one"] and new >= 1) or (key == "folds" and new < 2):
            raise UsageError(f"{key} cannot be {new}", where=where, cure="see jtextkit show")
    return new


def _real(value: Any) -> float | None:
    # YAML 1.1 takes 1e-4, without a point, for text.
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


_KINDS: dict[type, tuple[Callable[[Any], Any], str]] = {
    bool: (lambda value: value if isinstance(value, bool) else None, "true or false"),
    int: (lambda value: value if type(value) is int else None, "a whole number"),
    float: (_real, "a number"),
    str: (lambda value: value if isinstance(value, str) else None, "text"),
}


def _check_together(values: Mapping[str, Any]) -> None:
    if "max_steps" in values and not values["max_steps"] and not values["num_epochs"]:
        raise UsageError("max_steps and num_epochs are both 0", cure="set one of them")
    if values.get("warmup_steps") and values.get("warmup_ratio"):
        raise UsageError("warmup_steps and warmup_ratio are both set", cure="set one of them to 0")
    if values.get("keep_best") and values["save_steps"] % values["eval_steps"]:
        raise UsageError(
            "the best state is found among the saved ones, at evaluations",
            where=f"save_steps {values['save_steps']}, eval_steps {values['eval_steps']}",
            cure="make save_steps a multiple of eval_steps, or --set keep_best=false",
        )
    if (weights := values.get("class_weights")) and not any(weights.values()):
        raise UsageError("all class weights are 0", cure="nothing would be learnt")
    if values.get("max_prompt_length", 0) >= values["max_length"]:
        raise UsageError("max_prompt_length leaves no room", cure="make it less than max_length")
