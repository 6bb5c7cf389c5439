"""Works by git or one by one: the same files, whatever fails on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from git_server import GitServer, git_commit, needs_git, serving_git

from jtextkit.builders.aozora import SiteLibrary
from jtextkit.core.cache import Cache
from jtextkit.core.download import Downloader
from jtextkit.core.errors import IntegrityError, OfflineError, UnavailableError
from jtextkit.core.git import Commit
from jtextkit.core.politeness import Patience
from jtextkit.core.progress import silent

pytestmark = needs_git

STEMS = [f"{number}_ruby_{number}" for number in range(30)]
WORKS = {f"cards/000001/files/{stem}.zip": f"題\n\n{stem}\n".encode("shift_jis") for stem in STEMS}
FILES = {f"{path[:-4]}/{path[19:-4]}.txt": data for path, data in WORKS.items()}
PATHS = list(WORKS)

Make = Callable[..., SiteLibrary]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("git") / "repository"
    return folder, git_commit(folder, FILES)


@pytest.fixture
def server(made: tuple[Path, str]) -> Iterator[GitServer]:
    with serving_git(made[0]) as running:
        yield running


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def library(made, server, tmp_path, told) -> Make:
    def make(*, whole: bool = False, offline: bool = False, **hashes: str) -> SiteLibrary:
        sha256 = {path: hashlib.sha256(data).hexdigest() for path, data in WORKS.items()}
        sha256 |= {f"cards/000001/files/{stem}.zip": value for stem, value in hashes.items()}
        downloader = Downloader(patience=Patience(attempts=1))
        cache = Cache(tmp_path / "cache", offline=offline, downloader=downloader)
        return SiteLibrary(
            server.raw,
            cache,
            texts=True,
            sha256={} if whole else sha256,
            commit=Commit(server.git, made[1], cache.folder, whole=whole),
            tell=told.append,
        )

    return make


def contents(found: dict[str, Path]) -> dict[str, bytes]:
    return {path: file.read_bytes() for path, file in found.items()}


@pytest.mark.parametrize("whole", [False, True])
def test_git_gives_what_single_requests_give(library, server, told, whole) -> None:
    steps: list[tuple[str, int, int]] = []
    found = library(whole=whole).works(PATHS, report=lambda *step: steps.append(step))
    assert contents(found) == WORKS
    assert server.asked_of("raw") == 0
    assert server.asked_of("git") <= 6
    assert ("fetching works with git", 30, 30) in steps
    assert not told
    server.asked.clear()
    assert contents(library(offline=True).works(PATHS, report=silent)) == WORKS
    assert not server.asked, "it is all in the cache, under the addresses of the single files"


def test_only_what_is_missing_is_asked_for(library, server) -> None:
    library().works(PATHS[:16], report=silent)
    server.asked.clear()
    assert contents(library().works(PATHS, report=silent)) == WORKS
    assert (server.asked_of("git"), server.asked_of("raw")) == (0, 14), "too few for git"


def test_without_git_works_come_one_by_one(library, server, told, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert contents(library().works(PATHS, report=silent)) == WORKS
    assert (server.asked_of("git"), server.asked_of("raw")) == (0, 30)
    assert not told


def test_when_the_connection_breaks_works_come_one_by_one(library, server, told) -> None:
    server.cut = 300
    assert contents(library().works(PATHS, report=silent)) == WORKS
    assert server.asked_of("raw") == 30
    (sentence,) = told
    assert sentence.startswith("git fetches nothing (")
    assert sentence.endswith("works are fetched one by one")


def test_works_that_the_commit_does_not_have_are_left_out_unasked(library, server) -> None:
    lost = "cards/000001/files/99_ruby_99.zip"
    assert contents(library().works([*PATHS, lost], report=silent)) == WORKS
    assert server.asked_of("raw") == 0
    assert library().address(lost) == f"{server.raw}cards/000001/files/99_ruby_99/99_ruby_99.txt"


def test_a_work_that_is_not_the_one_wanted_is_named_and_not_kept(library, server, tmp_path) -> None:
    with pytest.raises(IntegrityError, match="not the file that was expected") as caught:
        library(**{STEMS[3]: "0" * 64}).works(PATHS, report=silent)
    assert caught.value.where == f"{server.raw}cards/000001/files/{STEMS[3]}/{STEMS[3]}.txt"
    assert not list(tmp_path.glob(f"cache/http-*/*/*{STEMS[3]}.txt"))


def test_offline_nothing_is_run(library, server) -> None:
    with pytest.raises(OfflineError):
        library(offline=True).works(PATHS, report=silent)
    assert not server.asked


def test_a_host_that_is_down_is_one_error(library, server, told) -> None:
    made = library()
    server.shutdown()
    server.server_close()
    with pytest.raises(UnavailableError):
        made.works(PATHS, report=silent)
    assert len(told) == 1
