"""The shortcut audit as checks, one a shortcut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from jtextkit.builders.sets.findings import Check, DoesNotApply
from jtextkit.metrics.shortcuts.audit import BAND, ShortcutAudit

T = TypeVar("T")


def shortcut_check(
    name: str, audit: Callable[[T], ShortcutAudit | None], otherwise: str
) -> Check[T]:
    """The check that the thing ``name`` of an audit does not tell the label.

    Args:
        audit: gives the audit, or None where the set promises nothing.
        otherwise: why it may be None.
    """

    def run(data: T) -> Iterator[str]:
        table = audit(data)
        if table is None:
            raise DoesNotApply(otherwise)
        for part, one in {"": table, **table.parts}.items():
            for reading in one[name].bad:
                found = one[name].readings[reading]
                yield (
                    f"{name}{f' ({part})' if part else ''}, {reading}: AUC {found.auc:.3f} "
                    f"({found.low:.3f}-{found.high:.3f}), outside {BAND[0]:.2f}-{BAND[1]:.2f}"
                )

    return Check(f"shortcut-{name}", f"{name} alone does not tell the label", run)


@cache
def _kanji(character: str) -> bool:
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U000323af"
        or character in "々〆〇ヶ"
    )


def kanji_share(text: str) -> float:
    """Kanji (々〆〇ヶ included) as a share of all characters; 0.0 of an empty text."""
    return sum(map(_kanji, text)) / len(text) if text else 0.0
