"""Commands made of functions: what their parameters say, and what they are called with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import click
import pytest
from click.testing import CliRunner

from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.cli.parameters import argument, command, option, rules


@dataclass(frozen=True)
class Bread(Recipe):
    """What to bake."""

    loaves: int = rule("How many.", 3)
    crust: str = rule("How dark.", "pale")


@dataclass(frozen=True)
class Cake(Recipe):
    """What else to bake."""

    loaves: int = rule("How many.", 1)
    layers: int = rule("One over another.", 2)


def _halves(_context: object, _option: object, value: str | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value.split("/"))


@command("bake")
def bake(
    *,
    guests: tuple[str, ...] = argument("GUEST..."),
    hours: float | None = option("How long."),
    seeds: tuple[str, ...] = option("Strewn over it.", flag="--seed"),
    size: tuple[int, int] | None = option("Wide and deep.", nargs=2),
    cut: tuple[str, ...] | None = option("Where.", callback=_halves),
    bread: dict[str, Any] = rules(Bread),
    cake: dict[str, Any] = rules(Cake),
    shelf: int = option("Which.", 2, short="-s", type=click.IntRange(1, 3)),
    as_json: bool = option("For programs."),
    oven: str = "wood",
) -> dict[str, Any]:
    """Bake."""
    return dict(locals())


NOTHING = {
    "guests": (), "hours": None, "seeds": (), "size": None, "cut": None, "bread": {}, "cake": {},
    "shelf": 2, "as_json": False, "oven": "wood",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("", {}),
        ("a b", {"guests": ("a", "b")}),
        ("--hours 1.5 --json", {"hours": 1.5, "as_json": True}),
        ("--seed a --seed b", {"seeds": ("a", "b")}),
        ("--size 3 4 --cut x/y", {"size": (3, 4), "cut": ("x", "y")}),
        ("--loaves 7", {"bread": {"loaves": 7}, "cake": {"loaves": 7}}),
        ("--crust dark --layers 1", {"bread": {"crust": "dark"}, "cake": {"layers": 1}}),
        ("-s 3", {"shelf": 3}),
        ("--shelf 1", {"shelf": 1}),
    ],
)
def test_a_function_is_called_with_what_its_parameters_say(words, values) -> None:
    assert bake.main(words.split(), standalone_mode=False) == NOTHING | values


@pytest.mark.parametrize("words", ["--shelf 4", "--hours long", "--oven gas", "--as-json"])
def test_what_no_parameter_takes_is_wrong_usage(words) -> None:
    assert CliRunner().invoke(bake, words.split()).exit_code == 2


def test_options_stand_in_the_order_of_the_parameters() -> None:
    said = CliRunner().invoke(bake, ["--help"]).output
    places = [
        said.index(one) for one in ("GUEST", "--hours", "--cut", "--crust", "--layers", "-s,")
    ]
    assert places == sorted(places)
