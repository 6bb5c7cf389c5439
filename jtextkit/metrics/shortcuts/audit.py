"""The shortcut audit: what predicts the label without reading the text?

A small predictor of each feature alone (:mod:`~jtextkit.metrics.shortcuts.predictors`) is evaluated in two ways:

- *cross-validated* over all texts in :data:`FOLDS` folds. What belongs together (a pair) stays
  together: a category's share of the label among the other texts would otherwise point away from the
  text that was taken out, and a category that is balanced on purpose would seem to predict backwards.
  Folds are assigned by hash, texts of each label evenly, and only texts of one fold are compared.
- *from train to test*, as a model trained on the set would use it; to validation where there is no
  test.

A shortcut is *bad* where the AUC lies outside :data:`BAND` and the texts are enough to say so:

- where the interval is no wider than the band, the AUC itself decides;
- where it is wider (few texts), the whole interval must lie outside the band.

Beside the shortcuts stands what reading the text gives: the share of kanji, words per sentence, and a
linear model on characters. They should predict the label, for the label follows from the text; they
show what a model reaches that has learned nothing but those.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Any

import numpy as np

from jtextkit.core.display import Displayed
from jtextkit.core.progress import Progress, silent
from jtextkit.metrics.shortcuts import predictors
from jtextkit.metrics.shortcuts.auc import AucEstimate, auc

BAND = (0.45, 0.55)
"""Where the AUC of a shortcut must lie."""

FOLDS = 5

METHOD = (
    f"AUC of the label from each thing alone; cross-validated in {FOLDS} folds with groups kept "
    "whole, and from train to test; 95 % score intervals (Newcombe 2006) with the design effect of "
    "the groups (Obuchowski 1997), over folds widened (Nadeau and Bengio 2003)"
)

_STAGE = "auditing shortcuts"

Row = Any
"""A text with what is known of it, as the features read it."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What a label is predicted from.

    Attributes:
        name: how the audit calls it.
        of: takes it from a row.
        kind: ``number``, ``category`` or ``text``.
        shortcut: whether it must not predict the label.
    """

    name: str
    of: Callable[[Row], Any]
    kind: str = "category"
    shortcut: bool = True


@dataclass(frozen=True, slots=True)
class ShortcutResult:
    """How well one feature predicts the label; a reading is None where it cannot be made.

    Attributes:
        against: the split that ``train_to_test`` is read on: ``test`` or ``validation``.
        held_out: of a text, for each label that is predicted (of two, the second) the values that
            the predictors of the other folds give each text.
    """

    predictor: str
    shortcut: bool
    cross_validated: AucEstimate | None
    train_to_test: AucEstimate | None
    against: str = "test"
    held_out: tuple[predictors.Floats, ...] = field(default=(), compare=False, repr=False)

    @property
    def readings(self) -> dict[str, AucEstimate]:
        """Those that could be made, by name."""
        both = {
            "cross-validated": self.cross_validated,
            f"train to {self.against}": self.train_to_test,
        }
        return {name: reading for name, reading in both.items() if reading is not None}

    @property
    def bad(self) -> tuple[str, ...]:
        """Names of the readings by which this is a shortcut that predicts the label."""
        if not self.shortcut:
            return ()
        return tuple(name for name, reading in self.readings.items() if outside(reading))

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "predictor": self.predictor,
            "shortcut": self.shortcut,
            "ok": not self.bad,
            "against": self.against,
            "cross_validated": self.cross_validated and self.cross_validated.to_dict(),
            "train_to_test": self.train_to_test and self.train_to_test.to_dict(),
        }


@dataclass(frozen=True, slots=True, repr=False)
class ShortcutAudit(Displayed):
    """The whole table.

    Attributes:
        rows: one a feature, shortcuts first.
        texts: how many texts were looked at; ``of`` how many there are.
        classes: the labels, in order; with more than two, AUCs are means over one label against
            the rest.
        parts: the same for parts of the set, by name (``aozora``).
    """

    rows: tuple[ShortcutResult, ...]
    texts: int
    of: int
    classes: tuple[str, ...]
    parts: Mapping[str, "ShortcutAudit"] = field(default_factory=dict)

    def _facts(self) -> dict[str, Any]:
        bad = tuple(row.predictor for row in self.rows if row.bad)
        return {"ok": self.ok, "bad": bad, "texts": self.texts, "classes": self.classes}

    def _rows(self) -> Iterable[tuple[str, Any]]:
        for row in self.rows:
            aucs = (f"{name} {reading.auc:.3f}" for name, reading in row.readings.items())
            yield f"{row.predictor}{' (bad)' if row.bad else ''}", ", ".join(aucs)

    @property
    def ok(self) -> bool:
        """Whether no shortcut predicts the label."""
        return not any(row.bad for row in self.rows)

    def __getitem__(self, predictor: str) -> ShortcutResult:
        return next(row for row in self.rows if row.predictor == predictor)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "ok": self.ok,
            "band": list(BAND),
            "method": METHOD,
            "texts": self.texts,
            "of": self.of,
            "classes": list(self.classes),
            "rows": [row.to_dict() for row in self.rows],
            "parts": {name: part.to_dict() for name, part in self.parts.items()},
        }


def outside(reading: AucEstimate) -> bool:
    """Whether an AUC lies outside :data:`BAND`, and the texts are enough to say so."""
    low, high = BAND
    if reading.high - reading.low <= high - low:
        return not low <= reading.auc <= high
    return reading.low > high or reading.high < low


def audit_rows(
    rows: Sequence[Row],
    features: Sequence[Feature],
    *,
    labels: Sequence[Hashable],
    groups: Sequence[Hashable],
    splits: Sequence[str],
    classes: Sequence[Hashable] | None = None,
    parts: Mapping[str, Sequence[int]] | None = None,
    report: Progress = silent,
) -> ShortcutAudit:
    """Audit texts whose label, group and split are given beside them, each by place.

    Args:
        rows: the texts, as the features read them.
        classes: the labels in order; None sorts those that occur.
        parts: places of the rows of each part, in order; a part is audited as if it were alone.
    """
    names = list(classes) if classes is not None else sorted(set(labels), key=str)
    truths = [np.array([label == name for label in labels]) for name in names]
    # A feature of a text is prepared once, whichever parts the text is in: characters cost most.
    parts = parts or {}
    subsets = [
        _TextSubset(np.array(places, dtype=np.intp), truths, labels, groups, splits)
        for places in (range(len(rows)), *parts.values())
    ]
    tables: list[list[ShortcutResult]] = [[] for _ in subsets]
    with predictors.one_thread():
        shortcuts_first = sorted(features, key=lambda feature: not feature.shortcut)
        for number, feature in enumerate(shortcuts_first):
            report(_STAGE, number, len(features))
            model = predictors.PREDICTORS[feature.kind]([feature.of(row) for row in rows])
            for table, texts in zip(tables, subsets, strict=True):
                table.append(texts.read(feature, model))
    report(_STAGE, len(features), len(features))
    whole, *others = (
        ShortcutAudit(tuple(table), len(texts.places), len(texts.places), tuple(map(str, names)))
        for table, texts in zip(tables, subsets, strict=True)
    )
    return replace(whole, parts=dict(zip(parts, others, strict=True)))


def assign_folds(groups: Sequence[Hashable], labels: Sequence[Hashable]) -> list[int]:
    """A fold for every text: whole groups, those of like composition in turn, ordered by hash."""
    contents: dict[str, Counter[str]] = defaultdict(Counter)
    for group, label in zip(groups, labels, strict=True):
        contents[repr(group)][str(label)] += 1
    order = sorted(
        contents,
        key=lambda name: (
            -contents[name].total(),
            sorted(contents[name].items()),
            hashlib.sha256(name.encode(errors="surrogatepass")).digest(),
        ),
    )
    fold = {name: number % FOLDS for number, name in enumerate(order)}
    return [fold[repr(group)] for group in groups]


class _TextSubset:
    """A subset of the texts, by their places among all: all of them, or those of a part."""

    def __init__(
        self,
        places: predictors.Indices,
        truths: Sequence[predictors.Truth],
        labels: Sequence[Hashable],
        groups: Sequence[Hashable],
        splits: Sequence[str],
    ) -> None:
        self.places = places
        # For each label to predict, which of *all* texts have it.
        self.truths = [one for one in truths if one[places].any() and not one[places].all()]
        if len(self.truths) == 2:
            del self.truths[0]  # the other is its mirror image
        self.groups = [groups[i] for i in places]
        self.folds = assign_folds(self.groups, [labels[i] for i in places])
        split = [splits[i] for i in places]
        self.against = "validation" if "validation" in split and "test" not in split else "test"
        self.train = np.flatnonzero([name == "train" for name in split])
        self.test = np.flatnonzero([name == self.against for name in split])

    def read(self, feature: Feature, model: predictors.Predict) -> ShortcutResult:
        """How well the feature, which the model holds of all texts, predicts the label of these."""
        held_out = [self._held_out(model, truth) for truth in self.truths]
        crossed = [
            auc(values, truth[self.places], self.groups, self.folds)
            for values, truth in zip(held_out, self.truths, strict=True)
        ]
        once = [self._once(model, truth) for truth in self.truths]
        kept = tuple(held_out) if feature.kind == "text" else ()
        read = _mean(crossed), _mean(once), self.against
        return ShortcutResult(feature.name, feature.shortcut, *read, kept)

    def _held_out(self, model: predictors.Predict, truth: predictors.Truth) -> predictors.Floats:
        """What predictors of the other folds give each text."""
        fold = np.array(self.folds)
        values = np.zeros(len(fold))
        for number in sorted(set(self.folds)):
            held = fold == number
            values[held] = model(self.places[~held], truth, self.places[held])
        return values

    def _once(self, model: predictors.Predict, truth: predictors.Truth) -> AucEstimate | None:
        if not len(self.train) or not len(self.test):
            return None
        wanted = self.places[self.test]
        values = model(self.places[self.train], truth, wanted)
        return auc(values, truth[wanted], [self.groups[i] for i in self.test])


def _mean(readings: Sequence[AucEstimate | None]) -> AucEstimate | None:
    """Over labels, one against the rest; the interval's ends are means too."""
    known = [reading for reading in readings if reading is not None]
    if not known:
        return None

    def mean(name: str) -> float:
        return fsum(getattr(one, name) for one in known) / len(known)

    texts, groups = max(one.texts for one in known), max(one.groups for one in known)
    return AucEstimate(mean("auc"), mean("low"), mean("high"), texts, groups)
