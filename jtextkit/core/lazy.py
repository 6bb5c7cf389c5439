"""Names of a package whose modules load when they are first asked for (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_names(
    package: str, modules: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` for ``package``, whose names stand in ``modules``.

    Type checkers see neither: a package repeats its names as imports under ``TYPE_CHECKING``, so that
    they know every type and report a name that is not there. A name may be a submodule of its module.
    Not handled: a name that is also a submodule of the package, which importing that submodule would
    replace.

    Args:
        modules: module, relative to ``package`` where it begins with a dot, to names in one string; ``""``
            to modules of the package that are offered themselves.
    """
    homes = {name: module for module, names in modules.items() for name in names.split()}

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if homes[name]:
            home = import_module(homes[name], package)
            value = getattr(home, name, None) or import_module(f"{home.__name__}.{name}")
        else:
            value = import_module(f".{name}", package)
        setattr(sys.modules[package], name, value)  # the next look finds it without coming here
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return find, names
