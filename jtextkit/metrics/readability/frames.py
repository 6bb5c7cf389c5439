"""Scores for the rows of polars and pandas data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from jtextkit.core.errors import TextError, UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.formula import SentenceRule
from jtextkit.metrics.readability.profiles import PROFILE_COLUMNS, profile

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    Frame = TypeVar("Frame", pl.DataFrame, pd.DataFrame)


def score_frame(
    frame: Frame,
    text_column: str = "text",
    *,
    sentences: SentenceRule = "punct",
    dictionary: str = DEFAULT_DICTIONARY,
) -> Frame:
    """Add :data:`PROFILE_COLUMNS`, ``signature`` and ``problem`` to a polars or pandas frame.

    Rows, their order and all other columns stay. A row that cannot be scored (null, not text,
    empty, blank, NUL, lone surrogate) gets nulls and a ``problem`` that says why.

    Raises:
        UsageError: the frame is of another kind, lacks ``text_column``, or already has one of the
            columns to be added.
    """
    names: list[str] = frame_columns(frame, text_column, "score")
    added: tuple[str, ...] = (*PROFILE_COLUMNS, "signature", "problem")
    if clash := sorted({*added} & {*names}):
        raise UsageError(
            f"the frame already has {', '.join(clash)}", cure="drop or rename these columns first"
        )
    rows = [_scored(text, sentences, dictionary) for text in frame[text_column].to_list()]
    scored: Frame = _with_columns(frame, {name: [row.get(name) for row in rows] for name in added})
    return scored


def frame_columns(frame: Any, text_column: str, doing: str) -> list[str]:
    """The names of a polars or pandas frame's columns, of which ``text_column`` is one.

    Raises:
        UsageError: the frame is of another kind, or lacks ``text_column``.
    """
    kind = type(frame).__module__.partition(".")[0]
    if kind not in ("polars", "pandas") or type(frame).__name__ != "DataFrame":
        raise UsageError(
            f"cannot {doing} a {type(frame).__name__}",
            cure="pass a polars or pandas DataFrame (collect a LazyFrame first)",
        )
    names = [str(name) for name in frame.columns]
    if text_column not in names:
        raise unknown_name("column", text_column, names)
    return names


def is_missing(value: object) -> bool:
    """Whether a frame has nothing there: None, or what pandas puts in its place."""
    return value is None or (not isinstance(value, str) and repr(value) in ("nan", "<NA>", "NaT"))


def _scored(text: object, sentences: SentenceRule, dictionary: str) -> dict[str, Any]:
    """What there is to say of a row, by column."""
    if not isinstance(text, str):
        return {"problem": "the text is missing" if is_missing(text) else "this is not text"}
    try:
        result = profile(text, sentences=sentences, dictionary=dictionary)
    except TextError as error:
        return {"problem": error.problem}
    return {**{name: result[name] for name in PROFILE_COLUMNS}, "signature": result.signature}


def _with_columns(frame: Any, columns: dict[str, list[Any]]) -> Any:
    kinds = dict.fromkeys(columns, "Float64")
    kinds |= dict.fromkeys(("characters", "words", "sentences"), "Int64")
    kinds |= dict.fromkeys(("level", "label", "signature", "problem"), "String")
    kinds["opinions_agree"] = "Boolean"
    if type(frame).__module__.startswith("polars"):
        import polars as pl

        return frame.with_columns(
            pl.Series(name, values, dtype=getattr(pl, kinds[name]))
            for name, values in columns.items()
        )
    import pandas as pd

    names = {"String": "string", "Boolean": "boolean"}
    typed: dict[str, Any] = {name: names.get(kind, kind) for name, kind in kinds.items()}
    return frame.assign(
        **{name: pd.array(values, dtype=typed[name]) for name, values in columns.items()}
    )
