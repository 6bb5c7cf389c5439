"""The program as a whole: help, start-up, streams that close or fill, and the recipes it lists."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import tomllib

import pytest

import jtextkit.cli.main as main_module
from jtextkit import __version__
from jtextkit.builders.difficulty import DifficultyRecipe
from jtextkit.builders.registry import BUILDERS
from jtextkit.cli.main import _Commands

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")

HEAVY = {
    "torch",
    "transformers",
    "datasets",
    "huggingface_hub",
    "pandas",
    "polars",
    "pyarrow",
    "numpy",
    "python_calamine",
}

HELP = [
    *([name] for name in sorted(_Commands.lazy)),
    *(["build", name] for name in BUILDERS),
    *(["evaluate", name] for name in ("answers", "average", "difficulty")),
]
WORKING = re.compile(r"\.(building|topics|promises|pairs|columns|writing)$").search

# Help


@pytest.mark.parametrize(
    "command",
    [[], ["build"], ["score"], ["show"], ["build", "difficulty-2level"]],
    ids=" ".join,
)
def test_help_explains_itself_with_examples(command, call) -> None:
    for option in ("--help", "-h"):
        done = call(*command, option)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"Usage: {' '.join(['jtextkit', *command])} ")
        _, _, examples = done.out.partition("Examples:\n")
        assert examples.lstrip().startswith(("jtextkit", "cat"))
    assert call("list", "--help").code == 0


@pytest.mark.parametrize("command", [[], ["build"]], ids=["", "build"])
def test_no_command_shows_the_help_and_is_wrong_usage(command, call) -> None:
    done = call(*command)
    assert (done.code, done.out) == (2, "")
    assert "Examples:" in done.err


def test_every_option_of_the_builder_is_a_rule_of_the_recipe_with_its_default(call) -> None:
    out = " ".join(call("build", "difficulty-2level", "--help").out.split())
    out = out.partition(" Options: ")[2]
    recipe = DifficultyRecipe().to_dict()
    assert recipe.pop("edition") == 2  # the lock of an older one names it, nobody else
    names = {"orthographies": "orthography", "authors": "author"}
    for rule in recipe:
        assert f"--{names.get(rule, rule).replace('_', '-')}" in out, rule
    for rule in ("size", "min_chars", "max_chars", "margin", "max_per_work", "max_similarity"):
        option = out.partition(f"--{rule.replace('_', '-')} ")[2]
        assert option.partition("[default: ")[2].startswith(f"{recipe[rule]:g}; "), rule


def test_version(run) -> None:
    done = run("--version")
    assert done.code == 0
    assert __version__ in done.out


def loaded_by(words: list[str], environment: dict[str, str]) -> set[str]:
    """The modules that a command imports."""
    program = (
        "import sys\n"
        "from jtextkit.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    print('\\nMODULES', *sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        env=environment,
        check=True,
    )
    loaded = set(done.stdout.decode().partition("\nMODULES ")[2].split())
    assert "jtextkit.cli.main" in loaded
    return loaded


def test_every_command_stands_under_one_heading_of_the_help(call) -> None:
    named = [name for names in _Commands.sections.values() for name in names.split()]
    assert sorted(named) == sorted(_Commands.lazy)
    shown = call("--help").out
    assert all(f"\n{heading}:\n" in shown for heading in _Commands.sections)


@pytest.mark.parametrize("words", [["--help"], ["score", "{}"], ["scor"]], ids=str)
def test_help_and_score_start_light(words, environment, easy) -> None:
    loaded = loaded_by([word.format(easy) for word in words], environment)
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_the_help_of_a_command_loads_nothing_that_works(words, environment) -> None:
    loaded = loaded_by([*words, "--help"], environment)
    assert loaded & {*HEAVY, "rich", "fugashi", "sklearn"} == set()
    assert not {name for name in loaded if name.startswith("jtextkit.builders.") and WORKING(name)}


@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["build", "--help"]], ids=str)
def test_naming_the_sets_loads_none(words, environment) -> None:
    loaded = {name for name in loaded_by(words, environment) if "builders" in name}
    assert loaded == {"jtextkit.builders", "jtextkit.builders.registry"}


@pytest.mark.slow
def test_a_set_is_shown_and_checked_without_the_others(environment, call, tmp_path) -> None:
    assert call("build", "difficulty-2level", "--sample", "--workers", "1").code == 0
    for words in (["show", "difficulty-2level"], ["check", str(tmp_path / "difficulty-2level")]):
        loaded = loaded_by(words, environment)
        assert "jtextkit.builders.difficulty.recipe" in loaded
        assert not {
            name
            for name in loaded
            if name.startswith(("jtextkit.builders.sansu", "jtextkit.builders.stx"))
        }


# list and show


def test_list_names_what_can_be_built(call) -> None:
    done = call("list")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("difficulty-2level  ")
    summaries = json.loads(call("list", "--json").out)
    assert {"difficulty-2level", "sansu"} <= set(summaries)
    assert summaries["difficulty-2level"] in done.out


def test_show_prints_the_recipe(call) -> None:
    done = call("show", "difficulty-2level")
    assert (done.code, done.err) == (0, "")
    recipe = json.loads(done.out)
    assert recipe == DifficultyRecipe().to_dict()
    assert recipe["size"] == 797
    assert "新字新仮名" in done.out


@pytest.mark.parametrize("words", [["show"], ["build"]], ids=str)
def test_a_data_set_that_does_not_exist(words, call) -> None:
    done = call(*words, "difficulty")
    assert done.code == 2
    assert "did you mean difficulty-2level?" in done.only_line


# Streams


def shell(command: str, environment: dict[str, str], folder: object) -> tuple[str, str]:
    """A shell's standard output and error for a command in which ``J`` is the program."""
    done = subprocess.run(
        ["bash", "-c", command.replace("J ", f"'{sys.executable}' -m jtextkit ")],
        capture_output=True,
        env=environment,
        cwd=str(folder),
        timeout=60,
        check=False,
    )
    return done.stdout.decode(), done.stderr.decode()


@posix_only
@pytest.mark.parametrize("form", ["--jsonl", "--json", "--explain", ""])
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_that_goes_away_is_no_error(form, reader, environment, easy, tmp_path) -> None:
    many = f"'{easy.name}' " * 300
    out, err = shell(
        f"J score {form} {many} | {reader}; echo ${{PIPESTATUS[0]}}", environment, tmp_path
    )
    assert err == ""
    assert out.splitlines()[-1] == "0"


@pytest.mark.slow
@posix_only
def test_a_build_outlives_the_reader_of_its_messages(environment, tmp_path) -> None:
    command = "(J build difficulty-2level --sample --workers 1 -o out 2>&1; echo $? > code) | true"
    _, err = shell(command, environment, tmp_path)
    assert err == ""
    assert (tmp_path / "code").read_text() == "0\n"
    assert (tmp_path / "out" / "receipt.json").exists()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")  # noqa: PTH110
@pytest.mark.parametrize("form", ["--jsonl", "--json", ""])
def test_a_full_disk_under_standard_output(form, environment, easy, tmp_path) -> None:
    out, err = shell(f"J score {form} '{easy.name}' > /dev/full; echo $?", environment, tmp_path)
    assert out == "1\n"
    assert len(err.splitlines()) == 1
    assert "No space left on device; free some space" in err


@posix_only
def test_streams_that_were_closed(environment, easy, tmp_path) -> None:
    name = f"'{easy.name}'"
    assert shell(f"J score {name} >&-; echo $?", environment, tmp_path) == ("0\n", "")
    assert shell(f"J score --json {name} >&-; echo $?", environment, tmp_path) == ("0\n", "")
    # What was meant for people does not turn up among the data.
    assert shell("J score none 2>&-; echo $?", environment, tmp_path) == ("1\n", "")
    out, err = shell("J score - <&-; echo $?", environment, tmp_path)
    assert out == "1\n"
    assert err == "jtextkit: standard input: it is closed; name a file\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_a_terminal_of_another_encoding_gets_what_it_can_show(
    encoding, run, easy, tmp_path
) -> None:
    text = easy.read_text(encoding="utf-8")
    (tmp_path / "emoji.txt").write_text(text + "😀が好きです。", encoding="utf-8")
    there = {"PYTHONIOENCODING": f"{encoding}:strict", "PYTHONUTF8": "0"}
    program = [sys.executable, "-m", "jtextkit", "score", "--explain"]
    for form, read in (([], str), (["--json"], json.loads)):
        done = subprocess.run(
            [*program, *form, "emoji.txt"],
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **there},
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        shown = read(done.stdout.decode(encoding))
    here = json.loads(run("score", "--json", "--explain", "emoji.txt").out)
    assert shown == here


@posix_only
def test_colour_is_for_terminals(environment, easy, tmp_path) -> None:
    import pty

    plain = subprocess.run(
        [sys.executable, "-m", "jtextkit", "score", easy.name],
        capture_output=True,
        env={**environment, "TERM": "xterm-256color"},
        cwd=tmp_path,
        check=True,
    ).stdout
    assert b"\x1b" not in plain
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "jtextkit", "score", easy.name],
            stdout=theirs,
            env={**environment, "TERM": "xterm-256color"},
            cwd=tmp_path,
            check=True,
        )
        assert b"\x1b[" in os.read(ours, 1 << 16)
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_shown_recipe_can_be_written_as_toml(call) -> None:
    # TOML has no null: no rule may have one as its default, or a recipe in TOML could not hold it.
    recipe = json.loads(call("show", "difficulty-2level").out)
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in recipe.items())
    assert tomllib.loads(lines) == recipe


def test_an_interrupt_that_a_destructor_swallows_comes_again(monkeypatch) -> None:
    monkeypatch.setattr(sys, "unraisablehook", main_module._interrupt_again)

    class Destroyed:
        def __del__(self) -> None:
            raise KeyboardInterrupt

    def lose_one() -> None:
        Destroyed()
        time.sleep(5)

    with pytest.raises(KeyboardInterrupt):
        lose_one()
