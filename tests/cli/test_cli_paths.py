"""Addresses where a file or folder of this machine is wanted: refused, and nothing is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from jtextkit.cli.main import program
from jtextkit.cli.parameters import LocalPath
from jtextkit.core.errors import UsageError


def commands(group: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    if not isinstance(group, click.Group):
        yield path, group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from commands(command, f"{path} {name}".lstrip())


def parameters() -> list[tuple[str, click.Parameter]]:
    return [(name, one) for name, command in commands(program) for one in command.params]


def test_every_path_is_one_of_this_machine() -> None:
    paths = [(name, one) for name, one in parameters() if isinstance(one.type, click.Path)]
    assert len(paths) > 40
    for name, one in paths:
        assert isinstance(one.type, LocalPath), f"{name} {one.opts}: use jtextkit.cli.parameters"


def test_what_is_called_a_file_is_a_path() -> None:
    for name, one in parameters():
        if one.metavar in ("FILE", "DIR", "OUT", "FILE...", "DIR|REPO", "ID|PATH"):
            assert isinstance(one.type, LocalPath), f"{name} {one.opts}"


@pytest.mark.parametrize("scheme", ["s3", "gs", "https", "hf", "file", "abfss", "S3"])
def test_addresses_are_refused(scheme: str) -> None:
    with pytest.raises(UsageError, match="an address"):
        LocalPath(path_type=Path).convert(f"{scheme}://bucket/name", None, None)


@pytest.mark.parametrize("name", ["s3", "s3:", "a:/b", "C://b", "./s3://b", "a/b://c", "-"])
def test_odd_names_are_names(name: str) -> None:
    assert LocalPath().convert(name, None, None) == name


@pytest.mark.parametrize(
    "arguments",
    [
        ("annotate", "gs://bucket/a.jsonl", "-o", "scored"),
        ("score", "https://example.org/a.txt"),
        ("build", "difficulty-2level", "--sample", "-o", "s3://bucket/set"),
        ("build", "difficulty-2level", "--aozora", "s3://bucket/aozora"),
        ("check", "hf://datasets/user/name"),
        ("audit-solutions", "a.jsonl", "--drop-failing", "s3://bucket/b.jsonl"),
    ],
)
def test_nothing_is_made_of_an_address(arguments, call, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "犬が走る。"}\n', encoding="utf-8")
    done = call(*arguments)
    assert done.code == 2
    assert "://" in done.only_line
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]
