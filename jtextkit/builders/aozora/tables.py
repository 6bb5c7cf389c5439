"""Tables of this folder, kept as data."""

from __future__ import annotations

from importlib.resources import files


def rows(table: str) -> list[list[str]]:
    """The cells of each line of a ``.tsv`` file."""
    text = (files(__package__) / table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def words(kind: str) -> dict[str, str]:
    """Words of descriptions of gaiji, and what they name: parts of kanji, marks, or whole signs."""
    return {word: char for of, word, char in rows("words.tsv") if of == kind}
