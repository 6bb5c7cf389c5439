"""Configs that are on the Hub already survive a card that does not know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jtextkit.core.errors import IntegrityError
from jtextkit.hub.folder import front_matter


def with_configs_of(ours: str, theirs: str, *, gone: Iterable[str] = ()) -> tuple[str, list[str]]:
    """Our card with the configs that only theirs has, and the names of those.

    A repository may hold several sets, each a config of the one card. A card that is pushed over
    another would make the others unreachable.

    Args:
        ours: the card to push.
        theirs: the card on the Hub.
        gone: files that will not be there any more; a config of nothing else is not kept.

    Returns:
        ``ours`` itself where nothing has to be kept.
    """
    from huggingface_hub import DatasetCard

    try:
        there = front_matter(theirs, where="the card on the Hub")
    except IntegrityError:
        return ours, []  # nothing that datasets could read either
    card: Any = DatasetCard(ours)
    here = card.data.to_dict()
    known = {_name(config) for config in _entries(here.get("configs"))}
    lost = frozenset(gone)
    kept = [
        {key: value for key, value in config.items() if key != "default"}
        for config in _entries(there.get("configs"))
        if _name(config) not in known and not _files(config) <= lost
    ]
    names = [_name(config) for config in kept]
    if not kept:
        return ours, []
    card.data.configs = [*_entries(here.get("configs")), *kept]
    info = [entry for entry in _entries(there.get("dataset_info")) if _name(entry) in names]
    if info:
        card.data.dataset_info = [*_entries(here.get("dataset_info")), *info]
    return str(card), names


def _entries(value: Any) -> list[dict[str, Any]]:
    """A list of tables, which the Hub also takes as a single one."""
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict)]


def _name(entry: Mapping[str, Any]) -> str:
    return str(entry.get("config_name", "default"))


def _files(config: Mapping[str, Any]) -> set[str]:
    """The paths that a config names; a pattern stands for itself, so it is never taken as gone."""
    found: set[str] = set()
    data = config.get("data_files")
    for entry in data if isinstance(data, list) else [data]:
        paths = entry.get("path") if isinstance(entry, dict) else entry
        found.update(str(path) for path in (paths if isinstance(paths, list) else [paths]))
    return found
