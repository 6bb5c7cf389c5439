"""Names of a package whose modules load when they are first asked for (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazy_names(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """``__getattr__``, ``__dir__`` and ``__all__`` for ``package``, whose names stand in its stub.

    The stub ``__init__.pyi`` is what type checkers read too. It has a line for each name, ``from
    jtextkit.core.text import decode as decode``; a name may be a submodule of its module. Not handled:
    a name that is also a submodule of the package, which importing that submodule would replace.
    """
    module: Any = sys.modules[package]
    # By the loader that found the package: pathlib would take longer than all else here.
    stub = module.__spec__.loader.get_data(f"{module.__path__[0]}/__init__.pyi").decode()
    lines = (line.split() for line in stub.splitlines() if line.startswith("from "))
    homes = {name: home for _, home, _, name, *_ in lines}

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = homes[name]
        value = None if home == package else getattr(import_module(home), name, None)
        value = value or import_module(f"{home}.{name}")
        setattr(module, name, value)  # the next look finds it without coming here
        return value

    def names() -> list[str]:
        return sorted({*vars(module), *homes})

    return find, names, [*homes]
