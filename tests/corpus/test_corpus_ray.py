"""Ray Data, which needs an environment of its own: its libraries are near a gigabyte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ray = pytest.importorskip("ray.data", reason='not among the extras: python -m pip install "ray[data]"')  # fmt: skip
pa = pytest.importorskip("pyarrow", reason='needs the extra build: python -m pip install -e ".[build]"')  # fmt: skip
import pyarrow.parquet as pq  # noqa: E402 - what it needs is looked for before

from jtextkit.corpus import annotate_batch  # noqa: E402


@pytest.mark.filterwarnings("ignore")
def test_the_example_of_the_docs(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "scale.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n# needs the extra ray\n(.*?)```", page, re.DOTALL)
    (tmp_path / "corpus").mkdir()
    table = pa.table({"text": ["犬が走る。", None, "当該規定の適用範囲を検討する。"] * 5})
    for name in ("a.parquet", "b.parquet"):
        pq.write_table(table, tmp_path / "corpus" / name)
    import ray as cluster

    cluster.init(num_cpus=1, include_dashboard=False)
    try:
        exec(example.replace("/data", str(tmp_path)), {"annotate_batch": annotate_batch})
    finally:
        cluster.shutdown()
    found = pq.read_table(tmp_path / "scored").sort_by("readability")
    right = annotate_batch(pa.concat_tables([table] * 2)).sort_by("readability")
    assert found.to_pylist() == right.to_pylist()
