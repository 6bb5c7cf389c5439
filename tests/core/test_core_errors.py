"""Errors: the tree that is documented, one line each, and whole across processes."""

from __future__ import annotations

import pickle
import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from jtextkit.core import errors
from jtextkit.core.errors import (
    EncodingError,
    InputError,
    JtextkitError,
    TextError,
    UsageError,
    first_line,
)
from jtextkit.core.text import decode


def documented_tree() -> dict[str, tuple[str | None, int | None]]:
    """Class name to parent and exit code, from the drawing in the module's docstring."""
    tree: dict[str, tuple[str | None, int | None]] = {}
    parents: list[str] = []
    assert errors.__doc__
    for line in errors.__doc__.splitlines():
        match = re.match(r"    ([│├└─ ]*)(\w+Error)(?:\s+exit (\d))?", line)
        if match:
            depth = len(match[1]) // 4
            parents[depth:] = [match[2]]
            code = int(match[3]) if match[3] else None
            tree[match[2]] = (parents[depth - 1] if depth else None, code)
    return tree


def descendants(kind: type[JtextkitError]) -> list[type[JtextkitError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in descendants(child))]


ALL = [kind for kind in descendants(JtextkitError) if kind.__module__ == errors.__name__]


def test_the_drawing_shows_every_class_under_its_parent() -> None:
    drawn = {name: parent for name, (parent, _) in documented_tree().items()}
    real = {
        kind.__name__: None if kind is JtextkitError else kind.__bases__[0].__name__ for kind in ALL
    }
    assert drawn == real
    assert len(real) == 21


def test_the_drawing_shows_every_exit_code() -> None:
    tree = documented_tree()
    for kind in ALL:
        parent, code = tree[kind.__name__]
        while code is None:  # an error below another has its code
            assert parent is not None
            parent, code = tree[parent]
        assert kind.exit_code == code, kind


@pytest.mark.parametrize(
    ("where", "cure", "expected"),
    [
        ("", "", "broken"),
        ("a.txt", "", "a.txt: broken"),
        ("", "mend it", "broken; mend it"),
        ("a.txt", "mend it", "a.txt: broken; mend it"),
    ],
)
def test_a_message_says_where_what_and_the_cure(where: str, cure: str, expected: str) -> None:
    assert str(InputError("broken", where=where, cure=cure)) == expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb", r"a\nb"),
        ("a\r\tb", r"a\r\tb"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\0b", r"a\x00b"),
        ("a\x85\u2028b", r"a\x85\u2028b"),
        ("bad\udcff.txt", r"bad\udcff.txt"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("日本語　の 名前.txt", "日本語　の 名前.txt"),
        ("😀", "😀"),
    ],
)
def test_a_message_is_one_printable_line(name: str, shown: str) -> None:
    message = str(InputError(f"cell {name}", where=name, cure=f"rename {name}"))
    assert message == f"{shown}: cell {shown}; rename {shown}"
    assert len(message.splitlines()) == 1
    message.encode()  # no lone surrogate is left


def test_within_puts_the_larger_place_in_front_and_keeps_all_else() -> None:
    inner = TextError("NUL", where="line 3", cure="remove it")
    outer = inner.within("a.txt").within("a.zip")
    assert str(outer) == "a.zip: a.txt: line 3: NUL; remove it"
    assert type(outer) is TextError
    assert str(inner) == "line 3: NUL; remove it"
    assert str(UsageError("no").within("recipe")) == "recipe: no"


@pytest.mark.parametrize("kind", ALL)
def test_pickling_keeps_class_and_parts(kind: type[JtextkitError]) -> None:
    error = pickle.loads(pickle.dumps(kind("p", where="w", cure="c")))
    assert type(error) is kind
    assert (error.problem, error.where, error.cure, error.exit_code) == (
        "p",
        "w",
        "c",
        kind.exit_code,
    )


def test_an_error_of_a_worker_process_arrives_whole() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        error = pool.submit(decode, "漢字".encode("euc_jp"), where="工\n夫.txt").exception()
    assert type(error) is EncodingError
    assert error.where == "工\n夫.txt"
    assert str(error).startswith(r"工\n夫.txt: not utf-8: byte 0xB4 at offset 0; ")


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("one\ntwo", "one"),
        ("\n one\n", "one"),
        ("", "ValueError"),
        ("Parameter validation failed:\nInvalid bucket name", "Parameter validation failed: Invalid bucket name"),
        ("head:", "head:"),
        ("あ" * 161, f"{'あ' * 157}..."),
    ],
)  # fmt: skip
def test_what_another_library_says_becomes_one_line(message: str, line: str) -> None:
    assert first_line(ValueError(message)) == line
