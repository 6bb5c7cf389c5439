"""Predictors of a label from a single feature: a number, a category, or the text.

Each learns on some texts and gives values for others; only their order counts. All are small and
deterministic, so that what they find is there to be found.

- A *number*: logistic regression on the value, its square (so that both ends may predict one label)
  and whether it is missing.
- A *category*: the share of the label among the training texts of the same category, shrunk
  towards the share among all as if :data:`SHRINKAGE` more texts had it. A category that training
  did not have gets the share among all.
- The *text*: TF-IDF of 1 to 3 characters, hashed, and logistic regression.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

SHRINKAGE = 5.0

_HUGE = 1e100
"""Numbers are cut here, so that their squares add up; infinities lie here too."""

_FEATURES = 1 << 18
_STRENGTH = 10.0

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Truth = npt.NDArray[np.bool_]


@contextmanager
def one_thread() -> Iterator[None]:
    """Linear algebra on one thread: the work is too small for more, whose number would also decide
    the order of sums, and so the last digits.
    """
    import sklearn.linear_model  # noqa: F401 - what is loaded later would not be held to one
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


Predict = Callable[[Indices, Truth, Indices], Floats]
"""Learns from some texts, of which the truth of all texts is known, and gives values for others."""


def by_number(numbers: Sequence[float | None]) -> Predict:
    """Of values that are numbers, or None; NaN is missing too, and what is huge is one end."""
    known = (
        np.nan if value is None or value != value else min(max(value, -_HUGE), _HUGE)  # noqa: PLR0124
        for value in numbers
    )
    values = np.array(list(known), float)
    missing = np.isnan(values)

    def predict(train: Indices, truth: Truth, wanted: Indices) -> Floats:
        known = values[train][~missing[train]]
        if len(set(truth[train])) < 2 or not len(known):
            return np.zeros(len(wanted))
        from sklearn.linear_model import LogisticRegression

        scaled = (values - known.mean()) / (float(known.std()) or 1.0)
        scaled[missing] = 0.0
        features = np.column_stack([scaled, scaled**2, missing])
        model = LogisticRegression(solver="liblinear", random_state=0, max_iter=1000)
        model.fit(features[train], truth[train])
        return _values(model, features[wanted])

    return predict


def by_category(names: Sequence[Hashable]) -> Predict:
    """Of values that are names of some kind; None is a category too."""

    def predict(train: Indices, truth: Truth, wanted: Indices) -> Floats:
        share = float(truth[train].mean()) if len(train) else 0.5
        texts = Counter(names[i] for i in train)
        hits = Counter(names[i] for i in train if truth[i])
        rates = {
            name: (hits[name] + SHRINKAGE * share) / (number + SHRINKAGE)
            for name, number in texts.items()
        }
        return np.array([rates.get(names[i], share) for i in wanted])

    return predict


def by_text(texts: Sequence[str]) -> Predict:
    """Of texts, their characters counted once."""
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    hashed = HashingVectorizer(
        analyzer="char",
        ngram_range=(1, 3),
        n_features=_FEATURES,
        alternate_sign=False,
        norm=None,
        lowercase=False,
    )
    counts = hashed.transform(texts)
    # What TF-IDF with sublinear counts makes of each whatever it learns on.
    counts.data = np.log(counts.data) + 1.0

    def predict(train: Indices, truth: Truth, wanted: Indices) -> Floats:
        if len(set(truth[train])) < 2:
            return np.zeros(len(wanted))
        weights = TfidfTransformer()
        known = counts[train]
        learned = weights.fit(known).transform(known, copy=False)
        # By the dual, whose cost follows the characters that are there, not all that could be.
        model = LogisticRegression(
            C=_STRENGTH, solver="liblinear", dual=True, random_state=0, max_iter=10_000
        )
        model.fit(learned, truth[train])
        return _values(model, weights.transform(counts[wanted], copy=False))

    return predict


PREDICTORS: Mapping[str, Callable[[Sequence[Any]], Predict]] = MappingProxyType(
    {"number": by_number, "category": by_category, "text": by_text}
)
"""What predicts from each kind of feature."""


def _values(model: Any, features: Any) -> Floats:
    """Rounded, so that values that are equal but for the order of a sum stay equal."""
    values: Floats = np.asarray(model.decision_function(features), dtype=np.float64)
    return values.round(9)
