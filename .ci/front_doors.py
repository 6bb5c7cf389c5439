"""For the site: what a lazy package offers, which stands in its stub, as its ``__all__``."""

from __future__ import annotations

from typing import Any

import griffe


class FrontDoors(griffe.Extension):
    """Tells griffe, which runs no code, what :func:`jtextkit.core.lazy.lazy_names` makes."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        self._open(pkg)

    def _open(self, module: griffe.Module) -> None:
        if "lazy_names" in module.members:
            names = (name for name, member in module.members.items() if member.is_alias)
            module.exports = [name for name in names if name != "lazy_names"]
        for inner in module.modules.values():
            if not inner.is_alias:
                self._open(inner)
