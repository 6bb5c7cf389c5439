"""Registries answer a wrong name with the nearest; signatures are one line in a fixed order."""

from __future__ import annotations

import pytest

import jtextkit
from jtextkit.core.errors import UsageError
from jtextkit.core.registry import Registry, unknown_name
from jtextkit.core.signatures import signature


@pytest.fixture
def fruits() -> Registry[int]:
    registry: Registry[int] = Registry("fruit")
    for number, name in enumerate(("apple", "pear", "plum")):
        registry.register(name, number)
    return registry


def test_things_are_found_by_name_in_the_order_of_registering(fruits: Registry[int]) -> None:
    assert fruits["pear"] == 1
    assert list(fruits) == ["apple", "pear", "plum"]
    assert len(fruits) == 3
    assert "plum" in fruits
    assert "PLUM" not in fruits


def test_register_gives_the_thing_back() -> None:
    thing = object()
    assert Registry[object]("thing").register("x", thing) is thing


@pytest.mark.parametrize(
    ("typed", "near"),
    [("aple", "apple"), ("APPLE", "apple"), ("plumb", "plum"), ("pera", "pear")],
)
def test_a_slip_is_answered_with_the_nearest(typed: str, near: str, fruits: Registry[int]) -> None:
    with pytest.raises(UsageError) as caught:
        fruits[typed]
    assert str(caught.value).startswith(f"unknown fruit {typed!r}; did you mean {near}")
    assert str(caught.value).endswith("known: apple, pear, plum")
    assert caught.value.exit_code == 2


def test_a_name_like_none_is_answered_with_the_list(fruits: Registry[int]) -> None:
    with pytest.raises(UsageError) as caught:
        fruits["xyzzy"]
    assert str(caught.value) == "unknown fruit 'xyzzy'; known: apple, pear, plum"


def test_a_wrong_name_stays_on_one_line() -> None:
    assert str(unknown_name("thing", "a\nb\x1b", ["c"])).splitlines() == [
        str(unknown_name("thing", "a\nb\x1b", ["c"]))
    ]


def test_a_name_is_given_once(fruits: Registry[int]) -> None:
    with pytest.raises(ValueError, match="a fruit named 'plum' is already registered"):
        fruits.register("plum", 9)
    assert fruits["plum"] == 2


def test_a_signature_keeps_its_order_and_ends_with_the_version() -> None:
    assert signature("m", z="1", a="2") == f"m|z:1|a:2|v:{jtextkit.__version__}"
    assert signature("m") == f"m|v:{jtextkit.__version__}"
