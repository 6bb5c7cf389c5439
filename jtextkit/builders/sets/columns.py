"""Parquet files of a set: columns with names, kinds and meanings, readable by everybody.

What Hugging Face ``datasets`` wants to know beyond Arrow's types (a ClassLabel) stands in the
schema's metadata, where every other reader passes it over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Columns = Mapping[str, tuple[str, str]]
"""Name to kind (a key of :data:`_TYPES`, or ``label``) and meaning, in order."""

_STRING = {"dtype": "string", "_type": "Value"}

_TYPES: dict[str, tuple[Any, dict[str, Any]]] = {
    "string": (pa.string(), _STRING),
    "float64": (pa.float64(), {"dtype": "float64", "_type": "Value"}),
    "int64": (pa.int64(), {"dtype": "int64", "_type": "Value"}),
    "list": (pa.list_(pa.string()), {"feature": _STRING, "_type": "List"}),
    "messages": (
        pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())])),
        {"feature": {"role": _STRING, "content": _STRING}, "_type": "List"},
    ),
}

_ROW_GROUP = 1000


def write_rows(
    path: Path,
    rows: Sequence[Mapping[str, Any]],
    columns: Mapping[str, str],
    *,
    labels: Sequence[str] = (),
    metadata: Mapping[str, str],
) -> None:
    """Write a split. The bytes depend on the arguments and the version of pyarrow alone.

    Args:
        columns: name to kind, in order.
        labels: names of the values of columns of kind ``label``, which hold integers.
        metadata: goes into the schema beside what ``datasets`` reads.
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
    table = pa.table({name: [row[name] for row in rows] for name in columns}, schema=schema)
    pq.write_table(table, path, compression="zstd", row_group_size=_ROW_GROUP)
