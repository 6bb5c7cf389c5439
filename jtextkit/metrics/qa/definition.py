"""What a definition of a QA metric is: a name, its values, and how one pair is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jtextkit.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to compare an answer with a gold.

    Attributes:
        name: what the user types.
        values: the names of what it gives, the principal one first.
        source: where the definition is published.
        pair: prediction and gold to the values, each from 0 to 1.
        making: the choices and library versions that the values depend on, for signatures.
    """

    name: str
    values: tuple[str, ...]
    source: str
    pair: Callable[[str, str], tuple[float, ...]]
    making: Callable[[], tuple[tuple[str, str], ...]] = tuple

    def best(self, prediction: str, golds: Sequence[str]) -> dict[str, float]:
        """The largest of each value over all golds (each by itself, as the originals do).

        Raises:
            UsageError: there are no golds, or a library is missing.
        """
        if not golds:
            raise UsageError("no gold answer to compare with", cure="give at least one")
        prediction = _encodable(prediction)
        found = [self.pair(prediction, _encodable(gold)) for gold in golds]
        return {
            name: max(values[index] for values in found) for index, name in enumerate(self.values)
        }


def _encodable(text: str) -> str:
    """Lone surrogates, on which the originals end with an error, become U+FFFD."""
    return text.encode(errors="replace").decode() if not _is_encodable(text) else text


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
