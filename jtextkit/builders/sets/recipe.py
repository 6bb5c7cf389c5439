"""What every recipe of a set is: rules by name, each with its default, range and line of help.

A recipe is a frozen dataclass whose fields are made by :func:`rule`. From these come the checks of
its values, its reading from JSON, TOML and receipts, and its options on the command line.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from operator import ge, gt, le, lt
from pathlib import Path
from typing import Any, Self, get_type_hints

from jtextkit.core.errors import UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.core.text import decode, read_bytes
from jtextkit.core.typed import typed

_KINDS: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    str | None: "a text",
    tuple[str, ...]: "a list of texts",
}
"""The types that a rule's value may have, in words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a recipe's field says beside its type and default.

    Attributes:
        help: what it decides, in a line.
        at_least, above, at_most, below: where a number may lie; None is no border.
        choices: what else but these a text must not be.
        option: its name on the command line, where that is not the field's; "" for none.
        metavar: what its value is called there.
        empty: what an empty value is called there.
    """

    help: str
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None
    choices: tuple[str, ...] = ()
    option: str | None = None
    metavar: str | None = None
    empty: str = "none"

    def problem(self, value: Any) -> str:
        """Why ``value`` is out of range, or ""."""
        if self.choices:
            wrong, names = value not in self.choices, (one or '""' for one in self.choices)
            return f"must be {' or '.join(names)}, not {value!r}" if wrong else ""
        # A NaN compares with nothing, and is refused wherever there is a border.
        borders = (
            (self.at_least, "at least", ge),
            (self.above, "above", gt),
            (self.at_most, "at most", le),
            (self.below, "below", lt),
        )
        given = [(border, word, holds) for border, word, holds in borders if border is not None]
        if all(holds(value, border) for border, _, holds in given):
            return ""
        span = " and ".join(f"{word} {border:g}" for border, word, _ in given)
        return f"must be {span}, not {value!r}"


def rule(help: str, default: Any = MISSING, **more: Any) -> Any:  # noqa: A002 - as click calls it
    """A field of a recipe; without ``default`` it must be given. ``more``: as in :class:`Rule`."""
    return field(default=default, metadata={"rule": Rule(help, **more)})


def rules_of(kind: type[Recipe]) -> dict[str, Rule]:
    """The rules of a recipe, by field."""
    return {one.name: one.metadata["rule"] for one in fields(kind) if "rule" in one.metadata}


@dataclass(frozen=True, slots=True)
class Recipe:
    """The base of all recipes: what decides a set, beside its sources."""

    def __post_init__(self) -> None:
        for name, one in rules_of(type(self)).items():
            problem = one.problem(getattr(self, name))
            if problem:
                raise UsageError(f"{name} {problem}", where="recipe")
        problem = self.problem()
        if problem:
            raise UsageError(problem, where="recipe")

    def problem(self) -> str:
        """What is wrong beyond the range of each rule, or ""."""
        return ""

    def to_dict(self) -> dict[str, Any]:
        """For JSON; :meth:`from_dict` reads it back."""
        return json.loads(json.dumps(asdict(self)))  # type: ignore[no-any-return]

    @classmethod
    def from_dict(cls, content: Mapping[str, Any], *, where: str = "recipe") -> Self:
        """The recipe that names and values describe; what is not named keeps its default.

        Raises:
            UsageError: a name that is not known or is missing, a value of another type or out of
                range.
        """
        known, kinds = {one.name: one for one in fields(cls)}, get_type_hints(cls)
        values = {}
        for name, value in content.items():
            if name not in known:
                raise unknown_name("recipe option", name, known).within(where)
            default = known[name].default
            try:
                held = typed(kinds[name], value)
            except ValueError:
                large = type(value) is int and kinds[name] in (int, float)
                wanted = "within 64 bits" if large else _KINDS[kinds[name]]
                raise UsageError(
                    f"{name} is {value!r}, not {wanted}",
                    where=where,
                    cure="" if default is MISSING else f"its default is {default!r}",
                ) from None
            if known[name].init:
                values[name] = held
            elif held != default:
                raise UsageError(f"{name} is {value!r}, not {default!r}", where=where)
        for name, one in known.items():
            if one.default is MISSING and name not in values:
                raise UsageError(f"{name} is missing", where=where, cure="it has no default")
        return cls(**values)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a recipe from JSON, TOML or a receipt.

        Raises:
            UsageError: as :func:`recipe_table` and :meth:`from_dict` do.
        """
        return cls.from_dict(recipe_table(path), where=str(path))


def recipe_table(path: Path) -> dict[str, Any]:
    """The names and values in a recipe's file: TOML by its ending, else JSON; a receipt's recipe.

    Raises:
        UsageError: not JSON or TOML, or no table.
    """
    text = decode(read_bytes(path), where=str(path))
    try:
        content = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except ValueError as error:
        kind = "TOML" if path.suffix == ".toml" else "JSON"
        raise UsageError(f"not {kind}: {error}", where=str(path)) from None
    if isinstance(content, dict) and isinstance(content.get("recipe"), dict):
        content = content["recipe"]
    if not isinstance(content, dict):
        raise UsageError("a recipe is a table of names and values", where=str(path))
    return content
