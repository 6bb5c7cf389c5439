"""Measures as pure functions of counts, and their intervals.

Each function takes counts by column (:func:`~.counts.text_columns`, :func:`~.counts.token_columns`)
as numbers or as arrays of resamples, and gives the same back; a quotient by nothing is NaN, in JSON
null. Sources, ranges and what each measure misleads about: ``docs/tokenizers.md``.

Intervals: documents are resampled with replacement (percentile bootstrap, 95 %, 1,000 resamples,
a fixed seed), in groups where there are more than 2,048; the same resamples serve all tokenizers.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from jtextkit.metrics.fertility.adapters import Floats
from jtextkit.metrics.fertility.counts import WORD_SCRIPTS
from jtextkit.metrics.fertility.scripts import KANJI_CLASSES

RESAMPLES = 1000
LEVEL = 0.95
SEED = 20261121

Value = Any  # a number, or an array with one for each resample
Columns = Mapping[str, Value]


def _ratio(a: Value, b: Value) -> Value:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(b) != 0, np.asarray(a) / np.asarray(b), np.nan)


def of_tokens(c: Columns) -> dict[str, Value]:
    """What needs no words.

    ``characters_per_token`` and ``bytes_per_token`` over all tokens; ``byte_fallback``, tokens with
    only bytes or parts of a character; ``unknown`` tokens;
    ``round_trip``, documents that come back exactly.
    """
    return {
        "characters_per_token": _ratio(c["characters"], c["tokens"]),
        "bytes_per_token": _ratio(c["bytes"], c["tokens"]),
        "byte_fallback": _ratio(c["fallback"], c["tokens"]),
        "unknown": _ratio(c["unknown"], c["tokens"]),
        "round_trip": _ratio(c["exact"], c["documents"]),
    }


def by_unit(c: Columns, unit: str) -> dict[str, Value]:
    """What is measured against the words of one unit.

    ``tokens_per_word`` leaves tokens of white space alone out, as words of it are; borders are
    inside a document; ``words_kept``, ``words_split`` and ``words_merged`` (inside a longer token)
    add up to 1; ``tokens_crossing`` are tokens with a word border inside, of those with ink.
    """
    words, hits = c[f"{unit}:words"], c[f"{unit}:hits"]
    kept, split = c[f"{unit}:kept"], c[f"{unit}:split"]
    return {
        "tokens_per_word": _ratio(c["inked"], words),
        "boundary_precision": _ratio(hits, c["borders"]),
        "boundary_recall": _ratio(hits, c[f"{unit}:borders"]),
        "boundary_f1": _ratio(2 * hits, c["borders"] + c[f"{unit}:borders"]),
        "words_kept": _ratio(kept, words),
        "words_split": _ratio(split, words),
        "words_merged": _ratio(words - kept - split, words),
        "tokens_crossing": _ratio(c[f"{unit}:crossing"], c["inked"]),
    }


def by_script(c: Columns, script: str, unit: str) -> dict[str, Value]:
    """What concerns one script, or ``mixed``, the words of several.

    Characters per token (a token counts as divided among its characters), the share of characters
    given as bytes, and of words of that script alone the share kept whole.
    """
    classes = KANJI_CLASSES if script == "kanji" else (script,)
    found = {} if script == "mixed" else by_class(c, *classes)
    if script in WORD_SCRIPTS:
        words = c[f"{unit}:words:{script}"]
        found["words_kept"] = _ratio(c[f"{unit}:kept:{script}"], words)
    return found


def by_class(c: Columns, *classes: str) -> dict[str, Value]:
    """The same of characters of some :data:`~.scripts.CLASSES`, without words."""
    characters = sum(c[f"characters:{name}"] for name in classes)
    return {
        "characters_per_token": _ratio(characters, sum(c[f"tokens:{name}"] for name in classes)),
        "byte_fallback": _ratio(sum(c[f"fallback:{name}"] for name in classes), characters),
    }


def resamples(documents: Floats) -> Floats:
    """How often each group of documents is drawn, a row for each of :data:`RESAMPLES` resamples.

    Args:
        documents: the documents of each group; groups without any are no part of the sample.
    """
    used = np.flatnonzero(documents)
    drawn = np.random.default_rng(SEED).integers(0, len(used), (RESAMPLES, len(used)))
    drawn += np.arange(RESAMPLES)[:, None] * len(used)
    weights = np.zeros((RESAMPLES, len(documents)))
    weights[:, used] = np.bincount(drawn.ravel(), minlength=RESAMPLES * len(used)).reshape(
        RESAMPLES, len(used)
    )
    return weights


def intervals(samples: Mapping[str, Floats]) -> dict[str, tuple[float, float] | None]:
    """The percentile interval of each array of resampled values; None where some are undefined."""
    if not samples:
        return {}
    values = np.stack([*samples.values()])
    tail = (1 - LEVEL) / 2
    lows, highs = np.quantile(values, (tail, 1 - tail), axis=1)  # NaN where a value is
    return {
        name: None if np.isnan(low) else (float(low), float(high))
        for name, low, high in zip(samples, lows, highs, strict=True)
    }
