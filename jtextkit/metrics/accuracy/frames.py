"""Many texts judged: lists, and frames of polars and pandas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jtextkit.core.errors import InputError, UsageError
from jtextkit.core.progress import Progress, silent
from jtextkit.metrics.accuracy.copies import Copies
from jtextkit.metrics.accuracy.instances import Instance, Judge
from jtextkit.metrics.accuracy.ranges import TWO_LEVELS, Ranges, ranges_of
from jtextkit.metrics.accuracy.result import DifficultyAccuracy
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.formula import SentenceRule
from jtextkit.metrics.readability.frames import frame_columns, is_missing

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

LABELS = ("Simple", "Complex")
"""The names of integers that stand for targets, where nothing else names them."""

_NO_NAMES: Mapping[str, Sequence[str]] = MappingProxyType({})


def judge_texts(
    texts: Sequence[str],
    targets: Sequence[str] | str,
    *,
    prompts: Sequence[str | None] | None = None,
    ranges: Ranges | str = TWO_LEVELS,
    sentences: SentenceRule = "punct",
    dictionary: str = DEFAULT_DICTIONARY,
    min_chars: int = 0,
    train: Iterable[str] | None = None,
) -> DifficultyAccuracy:
    """Judge texts: an instance for each, in their order, and the figures.

    Args:
        texts: any strings; those that cannot be scored (empty, NUL) count as wrong.
        targets: what each should be, such as ``Simple`` (in any case), or one for all.
        prompts: what each answered, to find copies and to pair two systems.
        ranges: what the targets mean, or what :func:`~jtextkit.metrics.accuracy.ranges_of` takes.
        min_chars: shorter texts count as wrong.
        train: the texts of the training set, to find copies.

    Raises:
        UsageError: lengths differ, or there is no such target, range or sentence rule.
    """
    wanted = [targets] * len(texts) if isinstance(targets, str) else targets
    given = [None] * len(texts) if prompts is None else prompts
    if not len(texts) == len(wanted) == len(given):
        raise UsageError(
            f"{len(texts)} texts, {len(wanted)} targets and {len(given)} prompts",
            cure="give one of each for every text",
        )
    judge = Judge(
        ranges_of(ranges) if isinstance(ranges, str) else ranges,
        sentences=sentences,
        dictionary=dictionary,
        min_chars=min_chars,
        train=None if train is None else Copies(train),
    )
    found = tuple(
        judge.judge(text, target, prompt=prompt)
        for text, target, prompt in zip(texts, wanted, given, strict=True)
    )
    return DifficultyAccuracy(found, judge.signature, judge.ranges)


def judge_row(
    judge: Judge,
    row: Mapping[str, Any],
    *,
    target: str | None = None,
    text_column: str = "text",
    place: str = "",
    labels: Mapping[str, Sequence[str]] = _NO_NAMES,
) -> Instance:
    """Judge a row ``{"text", "target"}``, with ``prompt``, ``model`` and ``id`` where it has them.

    Args:
        target: for rows without one. A row's own stands in ``target``, otherwise in ``label`` (of a
            built set), with six levels in ``level``. 0, 1, … are names of ``labels``, or else
            :data:`LABELS`.
        labels: the names of the integers in these columns (a ClassLabel's).

    Raises:
        InputError: the text or the target is missing or is none.
    """
    text = row.get(text_column)
    if not isinstance(text, str):
        fault = "missing" if is_missing(text) else "not text"
        raise InputError(f"the {text_column} is {fault}", where=place)
    label = "level" if judge.ranges.name_of_all == "levels" else "label"
    own = next((key for key in ("target", label) if not is_missing(row.get(key))), "")
    given = row[own] if own else target
    if given is None:
        raise InputError(
            "the target is missing", where=place, cure="or give all of them one: --target"
        )
    names = labels.get(own, LABELS)
    number = isinstance(given, int | float) and not isinstance(given, bool)
    if number and given in range(len(names)):
        given = names[int(given)]  # of a float, where pandas made it one
    name = judge.ranges.name(given) if isinstance(given, str) else None
    if name is None:
        raise InputError(
            f"no such target: {given!r}",
            where=place,
            cure=f"known: {', '.join(judge.ranges.names)}",
        )
    others = {key: _string(row.get(key)) for key in ("id", "prompt", "model")}
    return judge.judge(text, name, place=place, **others)


def judge_frame(
    frame: pl.DataFrame | pd.DataFrame,
    text_column: str = "text",
    *,
    target: str | None = None,
    judge: Judge | None = None,
    bad: Callable[[int, InputError], None] | None = None,
    progress: Progress = silent,
) -> DifficultyAccuracy:
    """Judge the rows of a polars or pandas frame with columns as :func:`judge_row` takes.

    Args:
        target: for rows without one.
        judge: the choices; those of :class:`Judge` by default.
        bad: called with the place (from 0) of each row without text or target, which is left out;
            without it such a row is an error.

    Raises:
        UsageError: the frame is of another kind, or lacks the column of the text.
        InputError: a bad row without ``bad``.
    """
    names = frame_columns(frame, text_column, "judge")
    judge = judge or Judge()
    kept = [text_column, *("target", "label", "level", "id", "prompt", "model")]
    columns = {name: frame[name].to_list() for name in names if name in kept}
    number = len(columns[text_column])
    found = []
    for at in range(number):
        row = {name: values[at] for name, values in columns.items()}
        try:
            found.append(judge_row(judge, row, target=target, text_column=text_column))
        except InputError as error:
            if bad is None:
                raise error.within(f"row {at}") from None
            bad(at, error)
        progress("judging", at + 1, number)
    return DifficultyAccuracy(tuple(found), judge.signature, judge.ranges)


def _string(value: object) -> str | None:
    """An id, a prompt or a model's name as a string that can be written; a chat's messages as JSON."""
    if is_missing(value):
        return None
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    # A lone surrogate has no UTF-8 form.
    return value.encode("utf-8", "backslashreplace").decode()
