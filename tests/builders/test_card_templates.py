"""Templates of cards and tables of columns: what is filled in, and what is left out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jtextkit.builders.sets.card import columns_table, filled, table
from jtextkit.builders.sets.columns import _TYPES
from jtextkit.builders.sets.described import Column, kinds_of, read_columns

SETS = ("difficulty", "stx", "sansu")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "a_set"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "a_set", raising=False)
    return folder


@pytest.mark.parametrize(
    ("values", "card"),
    [
        ({"pairs": 0, "many": False}, "# 3,000 texts\n\nAlone.\n"),
        ({"pairs": 2, "many": False}, "# 3,000 texts\n\n2 pairs.\n"),
        ({"pairs": 2, "many": True}, "# 3,000 texts\n\n2 pairs.\n\nSo many!\n"),
    ],
)
def test_a_line_stands_where_its_conditions_hold(
    package: Path, values: dict[str, object], card: str
) -> None:
    (package / "card.md").write_text(
        "# {recipe[size]:,} texts\n\n[if pairs] {pairs} pairs.\n[if not pairs] Alone.\n"
        "[if pairs] [if many]\n[if pairs] [if many] So many!\n",
        encoding="utf-8",
    )
    assert filled("a_set", "card.md", {"recipe": {"size": 3000}, **values}) == card


def test_values_are_not_read_as_a_template(package: Path) -> None:
    (package / "card.md").write_text("{name}\n", encoding="utf-8")
    assert filled("a_set", "card.md", {"name": "[if x] {y}"}) == "[if x] {y}\n"


def test_a_value_that_is_not_there_stops_the_build(package: Path) -> None:
    (package / "card.md").write_text("[if pairs] {pairs}\n", encoding="utf-8")
    with pytest.raises(KeyError, match="pairs"):
        filled("a_set", "card.md", {})


def test_a_table_aligns_words_left_and_numbers_right() -> None:
    assert table(("split", "rows"), [("train", 8), ("test", 1)]) == (
        "| split | rows |\n|---|---:|\n| train | 8 |\n| test | 1 |"
    )


def test_columns_are_read_in_order(package: Path) -> None:
    (package / "columns.tsv").write_text(
        "name\tkind\tedition\tmeaning\nid\tstring\t1\tunique\ntext\tstring\t2\tthe text\n",
        encoding="utf-8",
    )
    columns = read_columns("a_set")
    assert columns == {
        "id": Column("string", "unique"),
        "text": Column("string", "the text", edition=2),
    }
    assert list(kinds_of(columns)) == ["id", "text"]
    assert columns_table(columns).splitlines()[-1] == "| `text` | string | the text |"


@pytest.mark.parametrize("name", SETS)
def test_every_column_of_a_set_has_a_kind_that_is_written_and_a_meaning(name: str) -> None:
    for column in read_columns(f"jtextkit.builders.{name}").values():
        assert column.kind in {*_TYPES, "label"}
        assert column.meaning
