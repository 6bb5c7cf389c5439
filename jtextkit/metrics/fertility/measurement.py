"""Measuring tokenizers on documents: counting, in one process or several, and what comes out."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from jtextkit.core.display import Displayed
from jtextkit.core.errors import InputError, JtextkitError, TokenizerError
from jtextkit.core.processes import worker_pool
from jtextkit.core.progress import Progress, silent
from jtextkit.core.signatures import signature
from jtextkit.metrics.fertility import counts, measures
from jtextkit.metrics.fertility.adapters import Floats
from jtextkit.metrics.fertility.counting import count_batch
from jtextkit.metrics.fertility.documents import batches
from jtextkit.metrics.fertility.loading import load_tokenizer
from jtextkit.metrics.fertility.scripts import KANJI_CLASSES, SCRIPTS
from jtextkit.metrics.fertility.words import installed_units, unit_identity
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

_MOST_SLICES = 64
_SHOWN_LOST = 20
_UNKNOWN = 0.01  # of all tokens; Japanese BERTs have a tenth of it


@dataclass(frozen=True, slots=True, repr=False)
class Fertility(Displayed):
    """What one tokenizer costs on the measured text.

    Attributes:
        tokenizer: as the user named it.
        signature: how the numbers were made.
        values: all figures by name, JSON-ready; see ``docs/tokenizers.md``.
    """

    tokenizer: str
    signature: str
    values: dict[str, Any]

    def _facts(self) -> dict[str, Any]:
        names = ("tokens_per_word", "characters_per_token", "boundary_f1")
        return {"tokenizer": self.tokenizer, **{name: self.values.get(name) for name in names}}

    def _rows(self) -> Iterable[tuple[str, Any]]:
        rows = self.to_dict().items()
        return ((name, value) for name, value in rows if not isinstance(value, dict | list))

    def __getattr__(self, name: str) -> Any:
        try:
            return object.__getattribute__(self, "values")[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def ignorant(self) -> bool:
        """Whether the vocabulary lacks so much that few tokens are no merit: one unknown token may
        stand for any number of characters.
        """
        return bool(self.values["unknown"] > _UNKNOWN)

    def to_dict(self) -> dict[str, Any]:
        """One flat object: ``tokenizer``, the measures, ``intervals``, ``signature``."""
        return {"tokenizer": self.tokenizer, **self.values, "signature": self.signature}


@dataclass(frozen=True, slots=True, repr=False)
class Measurement(Displayed):
    """What all tokenizers cost, in the order in which they were named.

    Attributes:
        results: of those that could be measured.
        errors: of the others, by name.
        totals: the counts behind it.
    """

    results: list[Fertility]
    errors: dict[str, JtextkitError]
    totals: counts.Totals

    def _facts(self) -> dict[str, Any]:
        return {
            "tokenizers": tuple(one.tokenizer for one in self.results),
            "errors": tuple(self.errors),
            "documents": self.totals.documents,
        }

    def _rows(self) -> Iterable[tuple[str, Any]]:
        for one in self.results:
            yield one.tokenizer, f"{one.tokens_per_word:.4g} tokens a word"
        yield from self.errors.items()


def measure(
    tokenizers: Sequence[str],
    documents: Iterable[counts.Document],
    *,
    units: Sequence[str] | None = None,
    dictionary: str = DEFAULT_DICTIONARY,
    slices: str = "",
    workers: int = 1,
    report: Progress = silent,
) -> Measurement:
    """Measure tokenizers on documents.

    Args:
        tokenizers: names, see :func:`~.loading.load_tokenizer`.
        documents: see :func:`~.documents.read_documents`; read once, in bounded memory.
        units: word units, the first of which gives the headline figures; default: all installed.
        dictionary: the UniDic of the unit ``unidic``.
        slices: what the labels of the documents are ("level"), to be reported by.
        workers: processes.
        report: called with the number of documents done.

    Raises:
        InputError: no text, none with Japanese in it, or too many slices.
        UsageError: an unknown unit, or a library that is not installed.
    """
    units = tuple(dict.fromkeys(units or installed_units()))
    identities = [unit_identity(unit, dictionary) for unit in units]
    errors: dict[str, JtextkitError] = {}
    names = tuple(dict.fromkeys(tokenizers))
    for name in names:
        try:
            load_tokenizer(name)
        except JtextkitError as error:
            errors[name] = error if name in str(error) else error.within(name)
    plan = counts.CountingPlan(
        tuple(name for name in names if name not in errors), units, dictionary
    )
    totals = counts.Totals(plan)
    if plan.tokenizers:
        for batch in _counted(totals, documents, workers):
            totals.add(batch)
            report("measuring documents", totals.documents, 0)
            if len(totals.slices) > _MOST_SLICES:
                raise InputError(
                    f"more than {_MOST_SLICES} values of {slices!r}",
                    cure="choose a column with fewer",
                )
        _refuse_without_japanese(totals)
    errors |= totals.errors
    with threadpool_limits(1):  # the threads of a small matrix product mostly wait for each other
        results = _results(totals, slices, "+".join(identities))
    return Measurement(results, errors, totals)


def _counted(
    totals: counts.Totals, documents: Iterable[counts.Document], workers: int
) -> Iterator[counts.BatchCounts]:
    def jobs() -> Iterator[tuple[counts.CountingPlan, int, list[counts.Document]]]:
        for first, batch in batches(documents):
            # One that failed is not tried again.
            left = tuple(name for name in totals.plan.tokenizers if name not in totals.errors)
            yield replace(totals.plan, tokenizers=left), first, batch

    if workers == 1:
        yield from map(_count, jobs())
        return
    with worker_pool(workers) as pool:
        yield from pool.map(_count, jobs())


def _count(job: tuple[counts.CountingPlan, int, list[counts.Document]]) -> counts.BatchCounts:
    return count_batch(*job)


def _refuse_without_japanese(totals: counts.Totals) -> None:
    if not totals.documents:
        raise InputError("no text to measure", cure="every document is blank, or there is none")
    columns = counts.text_columns(totals.plan.units)
    sums = dict(zip(columns, totals.whole.text.sum(axis=0), strict=True))
    japanese = (*KANJI_CLASSES, "hiragana", "katakana")
    if not sum(sums[f"characters:{name}"] for name in japanese):
        raise InputError(
            "no Japanese in the text: not one kana or 漢字",
            cure="check the files, or --text-column",
        )


@dataclass(frozen=True, slots=True)
class _Counted:
    """Sums by column, and arrays of resampled sums by column."""

    sums: dict[str, Any]
    samples: dict[str, Any]

    @classmethod
    def of(cls, columns: Sequence[str], rows: Floats, weights: Floats) -> "_Counted":
        # Single precision: half the time, and errors far below an interval.
        samples = (weights.astype(np.float32) @ rows.astype(np.float32)).astype(np.float64)
        sums = dict(zip(columns, rows.sum(axis=0), strict=True))
        return cls(sums, dict(zip(columns, samples.T, strict=True)))

    def __or__(self, other: "_Counted") -> "_Counted":
        return _Counted(self.sums | other.sums, self.samples | other.samples)

    def figures(self, measure: Callable[..., dict[str, Any]], *about: str) -> dict[str, Any]:
        """What ``measure`` makes of the sums, and ``intervals`` from what it makes of the samples."""
        found = measure(self.sums, *about).items()
        values = {name: None if math.isnan(value) else float(value) for name, value in found}
        if self.sums["documents"] < 2:  # of one document nothing can be resampled
            return {**values, "intervals": dict.fromkeys(values)}
        return {**values, "intervals": measures.intervals(measure(self.samples, *about))}


def _by_tokenizer(
    units: Sequence[str], groups: counts.GroupCounts, used: int | None = None
) -> Callable[[str], _Counted]:
    """What gives the counts by a tokenizer's name; those of no tokenizer are drawn once."""
    weights = measures.resamples(groups.text[:used, 0])
    text = _Counted.of(counts.text_columns(units), groups.text[:used], weights)
    columns = counts.token_columns(units)
    return lambda name: text | _Counted.of(columns, groups.tokens[name][:used], weights)


def _results(totals: counts.Totals, slices: str, words: str) -> list[Fertility]:
    units = totals.plan.units
    names = [name for name in totals.plan.tokenizers if name not in totals.errors]
    if not names:
        return []
    used = min(counts.GROUPS, totals.documents)
    whole = _by_tokenizer(units, totals.whole, used)
    parts = {label: _by_tokenizer(units, of) for label, of in sorted(totals.slices.items())}
    results = []
    for name in names:
        values = _values(name, totals, whole(name))
        if slices:
            values[f"by_{slices}"] = {
                label: _slice(counted(name), units[0]) for label, counted in parts.items()
            }
        drawn, tok = f"bootstrap-{measures.RESAMPLES}-{used}-{measures.SEED}", load_tokenizer(name)
        made = signature("fertility", tok=tok.identity, words=words, bos="off", ci=drawn)
        results.append(Fertility(name, made, values))
    return results


def _values(name: str, totals: counts.Totals, counted: _Counted) -> dict[str, Any]:
    tokenizer = load_tokenizer(name)
    sums = counted.sums
    first = totals.plan.units[0]
    of_tokens = counted.figures(measures.of_tokens)
    by_unit = {
        unit: {
            "words": int(sums[f"{unit}:words"]),
            **counted.figures(partial(measures.by_unit, unit=unit)),
        }
        for unit in totals.plan.units
    }
    return {
        "kind": tokenizer.kind,
        "vocabulary_size": tokenizer.vocabulary_size,
        "documents": totals.documents,
        **{name: int(sums[name]) for name in ("characters", "bytes", "tokens")},
        "word_unit": first,
        **of_tokens,
        **by_unit[first],
        "intervals": {**of_tokens["intervals"], **by_unit[first]["intervals"]},
        "by_unit": by_unit,
        "by_script": _by_script(counted, first),
        "by_kanji": {
            grade: {"characters": characters, **counted.figures(measures.by_class, grade)}
            for grade in KANJI_CLASSES
            if (characters := int(sums[f"characters:{grade}"]))
        },
        "lost_characters": dict(totals.lost[name].most_common(_SHOWN_LOST)),
    }


def _by_script(counted: _Counted, unit: str) -> dict[str, Any]:
    """Only the scripts that have characters or words."""
    sums, rows = counted.sums, {}
    for script in (*SCRIPTS, "mixed"):
        numbers = {}
        if script != "mixed":
            classes = KANJI_CLASSES if script == "kanji" else (script,)
            numbers["characters"] = int(sum(sums[f"characters:{name}"] for name in classes))
        if script in counts.WORD_SCRIPTS:
            numbers["words"] = int(sums[f"{unit}:words:{script}"])
        if any(numbers.values()):
            rows[script] = {**numbers, **counted.figures(measures.by_script, script, unit)}
    return rows


def _slice(counted: _Counted, unit: str) -> dict[str, Any]:
    sums = counted.sums
    return {
        "documents": int(sums["documents"]),
        "characters": int(sums["characters"]),
        **counted.figures(lambda c: {**measures.of_tokens(c), **measures.by_unit(c, unit)}),
    }


def parity(name: str, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Tokens of the Japanese side over tokens of the English side (Petrov et al. 2023).

    Returns:
        ``parity``, ``interval`` (pairs resampled), ``tokens_ja``, ``tokens_en``, ``pairs``.

    Raises:
        TokenizerError: the tokenizer cannot be opened or fails on a text.
        InputError: there are no pairs.
    """
    tokenizer = load_tokenizer(name)
    table = np.zeros((counts.GROUPS, 3))
    number = 0
    for first, batch in batches(counts.Document(ja, en) for ja, en in pairs):
        rows = np.column_stack(
            (
                np.ones(len(batch)),
                tokenizer.cut([pair.text for pair in batch]).counts,
                tokenizer.cut([pair.label for pair in batch]).counts,
            )
        )
        np.add.at(table, np.arange(first, first + len(batch)) % counts.GROUPS, rows)
        number += len(batch)
    if not number:
        raise InputError("no pairs to measure", cure="every line of one side is blank")
    _, ja, en = table.sum(axis=0)
    if not en:
        raise TokenizerError("it makes no token of the English side", where=name)
    counted = _Counted.of(("pairs", "ja", "en"), table, measures.resamples(table[:, 0]))
    ratios = {"parity": counted.samples["ja"] / counted.samples["en"]}
    interval = measures.intervals(ratios)["parity"] if number > 1 else None
    return {
        "parity": ja / en,
        "interval": interval,
        "tokens_ja": int(ja),
        "tokens_en": int(en),
        "pairs": number,
    }
