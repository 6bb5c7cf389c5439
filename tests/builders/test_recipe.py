"""The base of all recipes: reading from any file, types, ranges, and options made of the rules."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.builders.registry import BUILDERS
from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe
from jtextkit.builders.sets.recipe import Recipe, recipe_table, rule, rules_of
from jtextkit.cli.audit import audit_command
from jtextkit.cli.recipe_options import command_of_set
from jtextkit.core.errors import UsageError
from jtextkit.metrics.solutions import STYLES


@dataclass(frozen=True, slots=True)
class Bread(Recipe):
    kind: str = field(default="loaf", init=False)
    baker: str = rule("Who bakes.", metavar="NAME")
    loaves: int = rule("How many.", 3, at_least=1, below=10)
    heat: float = rule("How hot.", 0.5, above=0, at_most=1)
    crust: str = rule("How dark.", "pale", choices=("pale", "dark", ""))
    seeds: tuple[str, ...] = rule("Strewn over it.", (), option="seed", empty="bare")
    sliced: bool = rule("Cut it.", default=True)
    oven: str | None = rule("Which.", None, option="")


def test_every_rule_has_help_and_a_set_s_recipe_stands_by_its_defaults() -> None:
    for name in BUILDERS:
        kind = BUILDERS[name].recipe
        assert kind.from_dict(kind().to_dict()) == kind()
        assert all(one.help.endswith(".") for one in rules_of(kind).values())


def test_the_styles_of_an_import_are_those_of_the_audit() -> None:
    assert rules_of(SansuImportRecipe)["style"].choices == (*STYLES, "")
    asked = next(one for one in audit_command.params if one.name == "style")
    assert tuple(asked.type.choices) == tuple(STYLES)


def test_json_toml_and_a_receipt_give_the_same(tmp_path: Path) -> None:
    bread = Bread("Aki", heat=1.0, seeds=("胡麻",), sliced=False)
    content = bread.to_dict()
    assert content.pop("oven") is None  # TOML has no null
    (tmp_path / "r.json").write_text(json.dumps(content))
    (tmp_path / "receipt.json").write_text(json.dumps({"recipe": content}))
    toml = "".join(f"{key} = {json.dumps(value)}\n" for key, value in content.items())
    (tmp_path / "r.toml").write_text(toml.replace("1.0", "1"), encoding="utf-8")
    for name in ("r.json", "receipt.json", "r.toml"):
        assert Bread.read(tmp_path / name) == bread


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, "baker is missing"),
        ({"baker": "Aki", "loafs": 3}, "did you mean loaves"),
        ({"baker": 3}, "baker is 3, not a text"),
        ({"baker": "Aki", "loaves": "3"}, "loaves is '3', not a whole number; its default is 3"),
        ({"baker": "Aki", "loaves": True}, "loaves is True, not a whole number"),
        ({"baker": "Aki", "loaves": 1 << 63}, "loaves is 9223372036854775808, not within 64 bits"),
        ({"baker": "Aki", "heat": 10**400}, "not within 64 bits"),
        ({"baker": "Aki", "heat": "hot"}, "heat is 'hot', not a number"),
        ({"baker": "Aki", "sliced": 1}, "sliced is 1, not true or false"),
        ({"baker": "Aki", "seeds": "胡麻"}, "seeds is '胡麻', not a list of texts"),
        ({"baker": "Aki", "seeds": ["a", 1]}, "not a list of texts"),
        ({"baker": "Aki", "kind": "bun"}, "kind is 'bun', not 'loaf'"),
        ({"baker": "Aki", "loaves": 10}, "loaves must be at least 1 and below 10, not 10"),
        ({"baker": "Aki", "heat": 0}, "heat must be above 0 and at most 1, not 0.0"),
        ({"baker": "Aki", "heat": math.nan}, "heat must be above 0 and at most 1, not nan"),
        ({"baker": "Aki", "crust": "red"}, "crust must be pale or dark or"),
    ],
)
def test_what_is_no_recipe(content: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message.replace("(", r"\(")):
        Bread.from_dict(content)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from([*Bread.__dataclass_fields__, "other"]), VALUES))
def test_whatever_a_file_says_is_a_recipe_or_one_line(content) -> None:
    said = ""
    try:
        bread = Bread.from_dict(content)
        assert Bread.from_dict(json.loads(json.dumps(bread.to_dict()))) == bread
    except UsageError as error:
        said = str(error)
    assert "\n" not in said


@given(st.text())
def test_any_text_is_a_table_or_one_line(tmp_path_factory, text) -> None:
    for name in ("r.json", "r.toml"):
        path = tmp_path_factory.getbasetemp() / name
        path.write_text(text, encoding="utf-8")
        said = "one line"
        try:
            assert isinstance(recipe_table(path), dict)
        except UsageError as error:
            said = str(error)
        assert len(said.splitlines()) == 1


def test_options_come_from_the_rules(tmp_path: Path) -> None:
    seen: list[Bread] = []

    @command_of_set("bread", Bread, show=lambda _: None)
    def command(*, choice, output, force):
        seen.append(choice.recipe(Bread, **({} if force else {"loaves": 5})))
        return {}

    def bake(*words: str) -> Bread:
        done = CliRunner().invoke(command, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return seen.pop()

    said = " ".join(CliRunner().invoke(command, ["--help"]).output.split())
    assert "--loaves INTEGER RANGE How many. [default: 3; 1<=x<10]" in said
    assert "--crust [pale|dark|none] How dark. [default: pale]" in said
    assert "--seed TEXT Strewn over it. [default: bare]" in said
    assert "--sliced / --no-sliced Cut it. [default: sliced]" in said
    assert "--baker NAME Who bakes." in said
    assert "--oven" not in said
    assert bake("--baker", "Aki") == Bread("Aki", loaves=5)
    assert bake("--baker", "Aki", "--force") == Bread("Aki")
    file = tmp_path / "r.json"
    file.write_text(json.dumps(Bread("Aki", loaves=7, crust="dark", sliced=False).to_dict()))
    assert bake("--recipe", str(file)) == Bread("Aki", loaves=7, crust="dark", sliced=False)
    changed = bake(
        "--recipe", str(file), "--crust", "none", "--seed", "a", "--seed", "b", "--sliced"
    )
    assert changed == Bread("Aki", loaves=7, crust="", seeds=("a", "b"))


def test_recipes_of_both_kinds_of_sansu_are_told_apart() -> None:
    with pytest.raises(UsageError, match="source is 'import', not 'generated'"):
        SansuRecipe.from_dict({"source": "import"})
