"""The example of CONTRIBUTING: a folder and a line make a set that is listed, built and checked."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from jtextkit.builders.registry import BUILDERS, Builder
from jtextkit.builders.sets.columns import write_rows
from jtextkit.builders.sets.reading import read_set
from jtextkit.check import check_set
from jtextkit.cli.main import main
from jtextkit.core.errors import UsageError

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def eras(monkeypatch, tmp_path: Path, capsys):
    """The example, registered for a test; what runs commands."""
    if not EXAMPLES.is_dir():
        pytest.skip("the examples are not there: run from a checkout")
    monkeypatch.syspath_prepend(str(EXAMPLES))
    line = Builder("Years of Japanese eras", "new_set", "ErasRecipe")
    monkeypatch.setitem(BUILDERS, "eras", line)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(words)
        return ended.value.code, *capsys.readouterr()

    yield run
    for name in [name for name in sys.modules if name.partition(".")[0] == "new_set"]:
        del sys.modules[name]


def test_a_folder_and_a_line_make_a_set(eras, tmp_path: Path) -> None:
    assert "eras" in eras("list")[1]
    code, out, _ = eras("build", "eras", "--help")
    assert code == 0
    assert "default: 50; 10<=x<=155" in " ".join(out.split())
    (tmp_path / "r.toml").write_text("seed = 2\nsize = 30\n")
    for folder in ("one", "two"):
        code, out, _ = eras("build", "eras", "--recipe", "r.toml", "--size", "40", "-o", folder)
        assert code == 0
        assert out.split() == [
            "split",
            "rows",
            "train",
            "32",
            "validation",
            "4",
            "test",
            "4",
            "all",
            "40",
        ]
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert json.loads(files["receipt.json"])["recipe"] == {"seed": 2, "size": 40}
    assert eras("check", "one")[0] == 0
    assert eras("build", "eras", "--size", "9")[0] == 2
    assert json.loads(eras("show", "eras")[1]) == {"seed": 1, "size": 50}


def test_its_own_promise_is_kept_too(eras, tmp_path: Path) -> None:
    assert eras("build", "eras", "-o", "set")[0] == 0
    rows = [dict(item.values) for item in read_set(tmp_path / "set").rows if item.split == "test"]
    rows[0]["answer"] += 1
    kinds = {"id": "string", "question": "string", "answer": "int64"}
    write_rows(tmp_path / "set" / "test.parquet", rows, kinds, metadata={})
    assert set(check_set(tmp_path / "set").failed) == {"file-hash", "rows-hash", "years"}


def test_when_it_goes_nothing_of_it_stays(eras, tmp_path: Path, monkeypatch) -> None:
    assert eras("build", "eras", "-o", "set")[0] == 0
    shutil.copytree(tmp_path / "set", tmp_path / "kept")
    monkeypatch.delitem(BUILDERS, "eras")
    assert "eras" not in eras("list")[1]
    assert eras("build", "eras")[0] == 2
    with pytest.raises(UsageError, match="no checks are known for a set built by 'eras'"):
        check_set(tmp_path / "kept")
