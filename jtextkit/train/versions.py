"""What a run depends on, besides its recipe and its data."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

_NAMED = ("torch", "transformers", "trl", "peft", "accelerate", "bitsandbytes", "datasets")


def versions() -> dict[str, str | None]:
    """The versions of the libraries that a run depends on; None for one that is not there."""
    found: dict[str, str | None] = {}
    for name in _NAMED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found
