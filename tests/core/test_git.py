"""Files of one commit in few requests, from a repository that git itself serves on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from git_server import GitServer, git_commit, needs_git, serving_git

from jtextkit.core import git
from jtextkit.core.errors import DownloadError, UsageError

pytestmark = needs_git

FILES = {f"works/{name}/{name}.txt": f"text {name}\n".encode() * 50 for name in map(str, range(40))}
FILES |= {"works/空 白.txt": "字\r\n".encode("shift_jis"), "empty.txt": b""}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("git") / "repository"
    return folder, git_commit(folder, FILES)


@pytest.fixture
def server(made: tuple[Path, str]) -> Iterator[GitServer]:
    with serving_git(made[0]) as running:
        yield running


@pytest.fixture
def commit(made: tuple[Path, str], server: GitServer, tmp_path: Path) -> git.Commit:
    return git.Commit(server.git, made[1], tmp_path / "kept")


@pytest.mark.parametrize("whole", [False, True])
def test_many_files_come_in_few_requests(made, server, tmp_path, whole) -> None:
    commit = git.Commit(server.git, made[1], tmp_path, whole=whole)
    assert dict(commit.read(FILES)) == FILES
    assert len(server.asked) <= 8
    server.asked.clear()
    some = dict.fromkeys(list(FILES)[:20])
    assert dict(commit.read(some)) == {name: FILES[name] for name in some}
    assert len(server.asked) <= (0 if whole else 3), "the commit's list of files is kept"


def test_only_what_is_asked_for_comes(commit, server, tmp_path) -> None:
    assert list(commit.read(["empty.txt"])) == [("empty.txt", b"")]
    packed = sum(path.stat().st_size for path in tmp_path.rglob("*.pack"))
    assert packed < 4_000, "40 texts of 500 bytes stay where they are"


def test_what_the_commit_does_not_have_is_left_out(commit) -> None:
    assert dict(commit.read(["empty.txt", "none.txt", "works", "../empty.txt"])) == {
        "empty.txt": b""
    }
    assert list(commit.read(["none.txt"])) == []


@pytest.mark.parametrize("cut", [0, 100, 700])
def test_a_connection_that_breaks_is_an_error_and_the_next_run_is_well(commit, server, cut) -> None:
    server.cut = cut
    with pytest.raises(DownloadError, match="git fetches nothing") as caught:
        list(commit.read(FILES))
    assert caught.value.where == server.git
    server.cut = None
    assert dict(commit.read(FILES)) == FILES


def test_a_run_that_was_killed_leaves_nothing_in_the_way(commit, tmp_path) -> None:
    assert list(commit.read([])) == []
    (kept,) = (tmp_path / "kept").glob("git-*/*/")
    (kept / "jtextkit-fetched").unlink()
    (kept / "shallow.lock").touch()
    (kept / "HEAD").write_text("broken")
    assert dict(commit.read(FILES)) == FILES


def test_a_commit_that_the_repository_does_not_have(server, tmp_path) -> None:
    with pytest.raises(DownloadError, match="git fetches nothing"):
        list(git.Commit(server.git, "1" * 40, tmp_path).read(FILES))


@pytest.mark.parametrize(
    ("url", "commit"),
    [
        ("http://example.org/a.git", "1" * 40),
        ("file:///etc", "1" * 40),
        ("--upload-pack=touch x", "1" * 40),
        ("ext::sh -c touch% x", "1" * 40),
        ("https://a:b@example.org/", "1" * 40),
        ("https://example.org/a.git", "main"),
        ("https://example.org/a.git", "--all"),
    ],
)
def test_other_addresses_and_names_are_refused(url, commit, tmp_path) -> None:
    with pytest.raises(UsageError):
        git.Commit(url, commit, tmp_path)
    assert not any(tmp_path.iterdir())


def test_the_users_configuration_takes_no_part(commit, server, tmp_path, monkeypatch) -> None:
    home = tmp_path / "home"
    hooks = home / "template" / "hooks"
    hooks.mkdir(parents=True)
    hook = hooks / "reference-transaction"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/hooked\n")
    hook.chmod(0o755)
    (home / ".gitconfig").write_text(
        f'[url "http://127.0.0.1:9/"]\n insteadOf = {server.git}\n'
        f"[core]\n hooksPath = {hooks}\n[init]\n templateDir = {home}/template\n"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_DIR", os.fspath(tmp_path / "other"))
    monkeypatch.setenv("GIT_SSH_COMMAND", "false")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    assert dict(commit.read(FILES)) == FILES
    assert not (tmp_path / "hooked").exists()


def test_without_git_it_says_so(commit, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not git.installed()
    with pytest.raises(DownloadError, match="not installed"):
        list(commit.read(FILES))
