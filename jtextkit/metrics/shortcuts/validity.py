"""The score against a judgement from outside: is children's fiction easier than adult fiction?

Aozora Bunko's catalogue classes works by the Nippon Decimal Classification: 913 is Japanese fiction,
K913 the same for children. The AUC says how often, of one text of each class, the one for children
has the higher readability. The interval keeps a writer's texts together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jtextkit.metrics.shortcuts.auc import AucEstimate, auc

_SAMPLING = (
    "all texts of Aozora Bunko in the set with class NDC 913 or K913; the set takes as many Simple as "
    "Complex texts of each writer, which lowers the figure against a sample without pairs"
)


@dataclass(frozen=True, slots=True)
class Validity:
    """An AUC with how its texts were drawn.

    Attributes:
        children: texts of K913; ``adults`` those of 913.
        writers: who wrote them.
    """

    name: str
    sampling: str
    reading: AucEstimate
    children: int
    adults: int
    writers: int

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "name": self.name,
            "sampling": self.sampling,
            **self.reading.to_dict(),
            "children": self.children,
            "adults": self.adults,
            "writers": self.writers,
        }


def fiction_class(ndc: str | None) -> str | None:
    """``K913``, ``913``, or None for all that is neither; a work of both is the children's.

    >>> fiction_class("NDC K913 K914"), fiction_class("NDC 913 916"), fiction_class("NDC 914")
    ('K913', '913', None)
    """
    numbers = (ndc or "").split()
    return next((name for name in ("K913", "913") if name in numbers), None)


def children_auc(rows: Iterable[Mapping[str, Any]]) -> Validity | None:
    """How well readability tells K913 from 913, or None where there are not both.

    Args:
        rows: with ``source``, ``ndc``, ``readability`` and ``writer_id``.
    """
    fiction = [
        (row["readability"], kind == "K913", row["writer_id"])
        for row in rows
        if row["source"] == "aozora" and (kind := fiction_class(row["ndc"]))
    ]
    if not fiction:
        return None
    values, children, writers = zip(*fiction, strict=True)
    reading = auc(values, children, writers)
    if reading is None:
        return None
    name, young = "readability tells NDC K913 from 913", sum(children)
    return Validity(name, _SAMPLING, reading, young, len(children) - young, len(set(writers)))
