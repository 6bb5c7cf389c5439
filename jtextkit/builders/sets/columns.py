"""Parquet files of a set: columns with names, kinds and meanings, written and checked.

What Hugging Face ``datasets`` wants to know beyond Arrow's types (a ClassLabel) stands in the
schema's metadata, where every other reader passes it over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jtextkit.core.receipts import canonical_json

_STRING = {"dtype": "string", "_type": "Value"}

_TYPES: dict[str, tuple[Any, dict[str, Any]]] = {
    "string": (pa.string(), _STRING),
    "float64": (pa.float64(), {"dtype": "float64", "_type": "Value"}),
    "int64": (pa.int64(), {"dtype": "int64", "_type": "Value"}),
    "bool": (pa.bool_(), {"dtype": "bool", "_type": "Value"}),
    "list": (pa.list_(pa.string()), {"feature": _STRING, "_type": "List"}),
    "messages": (
        pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())])),
        {"feature": {"role": _STRING, "content": _STRING}, "_type": "List"},
    ),
}

_PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "label": (int,),
    "float64": (int, float),
    "int64": (int,),
    "bool": (bool,),
    "list": (list,),
    "messages": (list,),
}

_ROW_GROUP = 1000


def write_rows(
    path: Path,
    rows: Iterable[Mapping[str, Any]],
    columns: Mapping[str, str],
    *,
    labels: Sequence[str] = (),
    metadata: Mapping[str, str],
) -> str:
    """Write a split, row by row: no more than a group of rows is held at a time.

    The bytes depend on the arguments and the version of pyarrow alone.

    Args:
        columns: name to kind, in order.
        labels: names of the values of columns of kind ``label``, which hold integers.
        metadata: goes into the schema beside what ``datasets`` reads.

    Returns:
        What :func:`~jtextkit.core.receipts.digest` gives of the list of all rows.
    """
    fields = []
    features: dict[str, Any] = {}
    for name, kind in columns.items():
        if kind == "label":
            arrow: Any = pa.int64()
            feature: dict[str, Any] = {"names": list(labels), "_type": "ClassLabel"}
        else:
            arrow, feature = _TYPES[kind]
        fields.append(pa.field(name, arrow))
        features[name] = feature
    schema = pa.schema(
        fields, metadata={"huggingface": json.dumps({"info": {"features": features}}), **metadata}
    )
    hashed, between, left = hashlib.sha256(b"["), "", iter(rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while (group := list(islice(left, _ROW_GROUP))) or not between:
            table = pa.table(
                {name: [row[name] for row in group] for name in columns}, schema=schema
            )
            writer.write_table(table)
            for row in group:
                hashed.update(f"{between}{canonical_json(row)}".encode())
                between = ","
            if not group:
                break
    hashed.update(b"]")
    return hashed.hexdigest()


def schema_faults(file: Path, columns: Mapping[str, str], labels: Sequence[str]) -> Iterator[str]:
    """What makes a Parquet file's schema another than that of :func:`write_rows`."""
    schema = pq.read_schema(file)
    if schema.names != list(columns):
        differing = sorted(set(schema.names) ^ columns.keys())
        yield f"its columns are not those of the set ({', '.join(differing) or 'their order'})"
    for field in schema:
        kind = columns.get(field.name)
        if kind is None:
            continue
        wanted = pa.int64() if kind == "label" else _TYPES[kind][0]
        if _plain(field.type) != _plain(wanted):
            yield f"{field.name} is {field.type}, not {wanted}"
        if kind == "label" and _label_names(schema.metadata, field.name) != list(labels):
            yield f"{field.name} is no ClassLabel of {', '.join(labels)}"


def _plain(arrow: Any) -> str:
    """A type without what writers choose freely: width of offsets, name of a list's items."""
    return str(arrow).replace("large_", "").replace("item: ", "element: ").replace(" not null", "")


def _label_names(metadata: Mapping[bytes, bytes] | None, column: str) -> list[str] | None:
    try:
        names = json.loads((metadata or {})[b"huggingface"])["info"]["features"][column]["names"]
    except (KeyError, TypeError, ValueError):
        return None
    return names if isinstance(names, list) else None


def lacking(row: Mapping[str, Any], columns: Mapping[str, str], required: Sequence[str]) -> str:
    """What a row lacks of ``columns`` (name to kind), or ""; those ``required`` are never null."""
    for name, kind in columns.items():
        if name not in row:
            return f"it has no column {name}"
        value = row[name]
        if value is None:
            if name in required:
                return f"{name} is missing"
        elif not isinstance(value, _PYTHON[kind]) or isinstance(value, bool) != (kind == "bool"):
            return f"{name} is no {kind}"
    return ""
