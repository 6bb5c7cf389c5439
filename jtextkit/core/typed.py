"""Values of JSON, held against the types that the code believes them to have."""

from __future__ import annotations

import types
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints, is_typeddict

T = TypeVar("T")


def typed(kind: type[T], value: object, name: str = "it") -> T:
    """``value`` as a ``kind``: dataclasses are made, lists become tuples where these are wanted.

    Kinds are JSON's own, dataclasses and TypedDicts of kinds, ``tuple[kind, ...]``,
    ``list[kind]``, ``dict[str, kind]``, literals, unions, and Any. A dataclass takes no members but its own, a TypedDict does.
    Texts can be encoded, numbers have 64 bits; a whole one does for a float, a truth value for none.

    Raises:
        ValueError: it is something else; the message names the member.
    """
    return _typed(kind, value, name)  # type: ignore[no-any-return]


def _typed(kind: Any, value: Any, name: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any or (origin is Literal and value in inner):
        return value
    if origin in (Union, types.UnionType):
        for one in inner:
            try:
                return _typed(one, value, name)
            except ValueError:
                continue
    elif is_typeddict(kind) and isinstance(value, dict):
        if missing := sorted(kind.__required_keys__ - value.keys()):
            raise ValueError(f"{name} has no {missing[0]}")
        hints = get_type_hints(kind)
        return {k: _typed(hints.get(k, Any), v, f"{name}.{k}") for k, v in value.items()}
    elif is_dataclass(kind) and isinstance(value, dict):
        return _made(kind, value, name)
    elif origin in (tuple, list) and isinstance(value, list | tuple):
        return origin(_typed(inner[0], one, name) for one in value)
    elif origin in (dict, Mapping) and isinstance(value, dict):
        return {_typed(str, k, name): _typed(inner[1], v, f"{name}.{k}") for k, v in value.items()}
    elif kind in (None, types.NoneType) and value is None:
        return None
    elif kind is float and type(value) in (int, float):
        with suppress(OverflowError):
            return float(value)
    elif kind is int and type(value) is int and -(1 << 63) <= value < 1 << 63:
        return value
    elif kind in (str, bool, dict, list) and type(value) is kind:
        if kind is str:
            value.encode()  # a lone surrogate is a ValueError
        return value
    raise ValueError(f"{name} is {str(value)[:40]!r}, not {getattr(kind, '__name__', kind)}")


def _made(kind: Any, value: Mapping[str, Any], name: str) -> Any:
    hints = get_type_hints(kind)
    known = {one.name: one for one in fields(kind)}
    if strange := sorted(value.keys() - known.keys()):
        raise ValueError(f"{name} has a {strange[0]}")
    for one in known.values():
        if one.name not in value and one.default is one.default_factory is MISSING:
            raise ValueError(f"{name} has no {one.name}")
    return kind(**{k: _typed(hints[k], v, f"{name}.{k}") for k, v in value.items()})
