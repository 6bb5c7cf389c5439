"""Licences by what they ask of whoever passes a work on, and whether one asks less than another.

A licence is *looser* than another when the other asks for something that it does not ask for. What
they ask for is reduced to six conditions; their finer points (patents, moral rights, which version
of a share-alike licence takes which) are not compared, and this is no legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jtextkit.core.errors import IntegrityError

_NAME = "name the makers"
_CHANGES = "tell of changes"
_ALIKE = "keep the licence"
_FREE = "no commerce"
_WHOLE = "no changes"
_SOURCE = "give the source"

_CONDITIONS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"cc-by-nc-sa(-\d\.\d)?", frozenset({_NAME, _CHANGES, _FREE, _ALIKE})),
    (r"cc-by-nc-nd(-\d\.\d)?", frozenset({_NAME, _CHANGES, _FREE, _WHOLE})),
    (r"cc-by-nc(-\d\.\d)?", frozenset({_NAME, _CHANGES, _FREE})),
    (r"cc-by-sa(-\d\.\d)?", frozenset({_NAME, _CHANGES, _ALIKE})),
    (r"cc-by-nd(-\d\.\d)?", frozenset({_NAME, _CHANGES, _WHOLE})),
    (r"cc-by(-\d\.\d)?", frozenset({_NAME, _CHANGES})),
    (r"cc0(-1\.0)?|unlicense|pddl|wtfpl|0bsd", frozenset()),
    (r"public-domain(-in-japan)?|pdm", frozenset()),
    (r"apache-2\.0", frozenset({_NAME, _CHANGES})),
    (r"mit|isc|zlib|bsd(-\w+)*", frozenset({_NAME})),
    (r"odc-by", frozenset({_NAME})),
    (r"odbl", frozenset({_NAME, _ALIKE, _SOURCE})),
    (r"l?gpl(-\d\.\d)?", frozenset({_NAME, _CHANGES, _ALIKE, _SOURCE})),
    (r"agpl-3\.0", frozenset({_NAME, _CHANGES, _ALIKE, _SOURCE})),
)
"""Pattern of a licence's name as the Hub writes it, and its conditions."""


def asks_for(licence: str) -> frozenset[str] | None:
    """The conditions of a licence by its name; of several joined by ``and``, all; None: not known.

    >>> sorted(asks_for("CC BY 3.0"))
    ['name the makers', 'tell of changes']
    >>> asks_for("public-domain-in-japan-and-cc-by-3.0") == asks_for("cc-by-4.0")
    True
    """
    conditions: set[str] = set()
    for part in _normal(licence).split("-and-"):
        known = next((asked for pattern, asked in _CONDITIONS if re.fullmatch(pattern, part)), None)
        if known is None:
            return None
        conditions |= known
    return frozenset(conditions)


def refuse_looser(card: str, sources: Iterable[str], *, where: str) -> None:
    """Accept ``card``'s licence for what is made from ``sources``, given by their licences.

    Raises:
        IntegrityError: it asks for less than one of theirs, or the two cannot be compared.
    """
    if not card:
        raise IntegrityError(
            "the card names no licence",
            where=where,
            cure="say under which licence the set may be used (license: …)",
        )
    conditions = asks_for(card)
    for source in sorted(set(sources)):
        if _normal(source) == _normal(card):
            continue
        asked = asks_for(source)
        if asked is None or conditions is None:
            unknown = source if asked is None else card
            raise IntegrityError(
                f"the licence {unknown!r} is not known, so {card!r} cannot be held against {source!r}",
                where=where,
                cure="name licences as the Hub does, such as cc-by-4.0",
            )
        missing = asked - conditions
        if missing:
            raise IntegrityError(
                f"the licence {card!r} is looser than {source!r} of a source: "
                f"it does not ask for {', '.join(repr(name) for name in sorted(missing))}",
                where=where,
                cure="take the strictest of the sources' licences",
            )


def _normal(name: str) -> str:
    """``CC BY-SA 3.0`` as ``cc-by-sa-3.0``."""
    return re.sub(r"[\s_-]+", "-", name.strip().lower())
