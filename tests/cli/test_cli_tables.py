"""Tables at any width: no number, name or category is cut; what does not fit is told in records."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from jtextkit.cli import output
from jtextkit.cli.output import table_of
from jtextkit.cli.sheets import _FOLDED

WIDTHS = [60, 80, 200]
NUMBER = re.compile(r"\d[\d,.]*")


def printed(table: object, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, markup=False, emoji=False).print(table)
    return out.getvalue()


@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=30),
            *[st.integers(0, 10**9).map("{:,}".format)] * 5,
            st.sampled_from(["lower-elementary", "上級後半", "-"]),
        ),
        min_size=1,
        max_size=5,
    ),
    width=st.integers(40, 200),
)
def test_every_value_is_whole_at_every_width(rows, width) -> None:
    table = table_of(["name", "first", "second", "third", "fourth", "fifth"])
    table.add_column("level", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    shown = printed(table, width)
    assert "…" not in shown
    lines = Counter(word for line in shown.splitlines() for word in line.split())
    for row in rows:
        for value in row[1:]:
            assert lines[value] > 0, shown
    without_space = "".join(shown.split())
    for name, *_ in rows:
        letters = "".join(name.split())
        if cell_len(name) <= _FOLDED and width >= 60:
            assert letters in without_space
        else:  # over lines that others stand on, too
            assert not Counter(letters) - Counter(without_space)


def test_a_table_that_does_not_fit_becomes_records() -> None:
    table = table_of(["file", "readability", "characters"])
    table.add_row("a.txt", "5.76 ± 0.6", "65")
    table.add_row("b.txt", "", "109")
    assert printed(table, 40).split("\n")[0].split() == ["file", "readability", "characters"]
    assert [line.rstrip() for line in printed(table, 25).splitlines()] == [
        "a.txt",
        "  readability  5.76 ± 0.6",
        "  characters   65",
        "b.txt",
        "  characters  109",
    ]


def test_prose_folds_before_a_table_becomes_records() -> None:
    table = table_of(["name", "number"])
    table.add_column("what it says")
    table.add_row("a", "1", "words that say what the number means, and go on for a while")
    head, *lines = printed(table, 50).splitlines()
    assert head.split()[0] == "name"
    assert len(lines) == 2


@pytest.fixture
def commands(call, easy, hard, tmp_path):
    """Commands with tables, on a set that is built here."""
    call("build", "difficulty-2level", "--sample", "-o", "set")
    text = tmp_path / "text.jsonl"
    text.write_text('{"text": "犬が走る。猫も走る。"}\n' * 3, encoding="utf-8")
    return [
        ["score", easy.name, hard.name, "set/README.md"],
        ["list"],
        ["diff", "set", "set"],
        ["check", "-v", "set"],
        ["evaluate", "difficulty", "set"],
        ["fertility", "-t", "characters", "-t", "bytes", "--words", "unidic", hard.name],
        ["fertility", "-t", "characters", "-t", "bytes", "--words", "unidic", "text.jsonl"],
        ["build", "sansu", "--size", "30", "--force"],
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ja"])
def test_commands_lose_nothing_at_any_width(language, commands, call, monkeypatch) -> None:
    for words in commands:
        shown = {}
        for width in WIDTHS:
            monkeypatch.setattr(output, "_PIPED_WIDTH", width)
            done = call("--lang", language, *words)
            assert done.code == 0, done.err
            assert "…" not in done.out, f"{words} at {width}:\n{done.out}"
            shown[width] = Counter(NUMBER.findall(done.out))
        assert shown[60] >= shown[200], words  # records repeat no head, so heads may be more
        assert shown[80] >= shown[200], words
