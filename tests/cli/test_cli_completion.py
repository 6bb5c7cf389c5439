"""What the shell is offered: commands, sets, presets, dictionaries, choices; nothing heavy is loaded."""

from __future__ import annotations

import pytest
from click.shell_completion import ShellComplete

from jtextkit.cli.main import program


def offered(words: list[str], begun: str) -> list[str]:
    completion = ShellComplete(program, {}, "jtextkit", "_JTEXTKIT_COMPLETE")
    return [item.value for item in completion.get_completions(words, begun)]


@pytest.mark.parametrize(
    ("words", "begun", "some"),
    [
        ([], "sc", ["score"]),
        (["build"], "d", ["difficulty-2level"]),
        (["show"], "s", ["sansu", "stx"]),
        (["show"], "train/d", ["train/difficulty"]),
        (["score", "--dictionary"], "uni", ["unidic-lite", "unidic"]),
        (["score", "--sentences"], "", ["punct", "newline", "site"]),
        (["evaluate", "answers", "--task"], "js", ["jsquad"]),
        (["--lang"], "", ["ja", "en"]),
    ],
    ids=str,
)
def test_what_fits_is_offered(words, begun, some) -> None:
    assert offered(words, begun) == some


def test_folders_are_offered_where_no_dictionary_has_the_name() -> None:
    completion = ShellComplete(program, {}, "jtextkit", "_JTEXTKIT_COMPLETE")
    (item,) = completion.get_completions(["score", "--dictionary"], "./my")
    assert item.type == "dir"


def test_commands_are_explained_in_the_readers_language(monkeypatch) -> None:
    monkeypatch.setenv("JTEXTKIT_LANG", "ja")
    completion = ShellComplete(program, {}, "jtextkit", "_JTEXTKIT_COMPLETE")
    (item,) = completion.get_completions([], "sco")
    assert item.help == "文章の読みやすさを測る。"
