"""Licences by the conditions of redistribution, and whether one has fewer than another.

A licence is *looser* than another when it lacks a condition that the other has. Licences are reduced
to the six conditions of ``licences.tsv``; their finer points (patents, moral rights, which version
of a share-alike licence takes which) are not compared, and this is no legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from jtextkit.core.errors import IntegrityError


@cache
def _conditions() -> tuple[tuple[str, frozenset[str]], ...]:
    """Patterns of licences' names as the Hub writes them, each with its conditions."""
    text = resources.files(__package__).joinpath("licences.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in text.splitlines())
    return tuple((name, frozenset(filter(None, found.split(", ")))) for name, _, found in rows)


def conditions_of(licence: str) -> frozenset[str] | None:
    """The conditions of a licence by its name; of several joined by ``and``, all; None: not known.

    >>> sorted(conditions_of("CC BY 3.0"))
    ['attribution', 'indicate changes']
    >>> conditions_of("public-domain-in-japan-and-cc-by-3.0") == conditions_of("cc-by-4.0")
    True
    """
    conditions: set[str] = set()
    for part in _normal(licence).split("-and-"):
        known = next(
            (found for pattern, found in _conditions() if re.fullmatch(pattern, part)), None
        )
        if known is None:
            return None
        conditions |= known
    return frozenset(conditions)


def refuse_looser(card: str, sources: Iterable[str], *, where: str) -> None:
    """Accept ``card``'s licence for what is made from ``sources``, given by their licences.

    Raises:
        IntegrityError: it lacks a condition of one of theirs, or the two cannot be compared.
    """
    if not card:
        cure = "say under which licence the set may be used (license: …)"
        raise IntegrityError("the card names no licence", where=where, cure=cure)
    conditions = conditions_of(card)
    for source in sorted(set(sources)):
        if _normal(source) == _normal(card):
            continue
        required = conditions_of(source)
        if required is None or conditions is None:
            unknown = source if required is None else card
            raise IntegrityError(
                f"the licence {unknown!r} is not known, so {card!r} cannot be held against {source!r}",
                where=where,
                cure="name licences as the Hub does, such as cc-by-4.0",
            )
        missing = required - conditions
        if missing:
            raise IntegrityError(
                f"the licence {card!r} is looser than {source!r} of a source: "
                f"it lacks the condition {', '.join(repr(name) for name in sorted(missing))}",
                where=where,
                cure="take the strictest of the sources' licences",
            )


def _normal(name: str) -> str:
    """``CC BY-SA 3.0`` as ``cc-by-sa-3.0``."""
    return re.sub(r"[\s_-]+", "-", name.strip().lower())
