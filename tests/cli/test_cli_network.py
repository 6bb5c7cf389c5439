"""Sets from the network: over a real socket, from a server on this machine that has what the sites have."""

from __future__ import annotations

import http.server
import json
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from git_server import GitServer, git_commit, git_commit_without, needs_git, serving_git

from jtextkit.builders import sample
from jtextkit.builders.aozora import locate, read_member
from jtextkit.builders.aozora.archive import bare_text

SET = ("build", "difficulty-2level")


class Site(http.server.ThreadingHTTPServer):
    """Serves a folder as www.aozora.gr.jp, its works as bare texts too, and one workbook."""

    daemon_threads = True

    def __init__(self, root: Path, workbook: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = root
        self.workbook = workbook
        self.asked: Counter[str] = Counter()
        self.broken: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        data = self._content()
        if data is None:
            self.send_error(404)
            return
        if self.path in self.server.broken:
            data = data[::-1]
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _content(self) -> bytes | None:
        path = self.server.root / self.path.lstrip("/")
        if self.path == "/workbook.xls":
            return self.server.workbook.read_bytes()
        if path.is_file():
            return path.read_bytes()
        zipped = path.parent.with_suffix(".zip")
        if path.suffix == ".txt" and zipped.is_file():
            with zipfile.ZipFile(zipped) as archive:
                return archive.read(archive.namelist()[0])
        return None

    def log_message(self, *_: object) -> None: ...


@contextmanager
def serving(root: Path, workbook: Path) -> Iterator[Site]:
    site = Site(root, workbook)
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(*sample.lay_out(tmp_path_factory.mktemp("site"))) as running:
        yield running


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_site_gives_what_its_folder_gives(call, site, tmp_path) -> None:
    options = ("--size", "8", "--cache", "cache")
    assert call(*SET, "--aozora", str(site.root), *options, "-o", "folder").code == 0
    assert call(*SET, "--aozora", site.url, *options, "-o", "site").code == 0
    assert contents(tmp_path / "site") == contents(tmp_path / "folder")


def test_what_was_fetched_is_not_fetched_again(call, site, tmp_path) -> None:
    options = ("--aozora", site.url, "--size", "8", "--cache", "cache")
    assert call(*SET, *options, "-o", "one").code == 0
    site.asked.clear()
    assert call(*SET, *options, "-o", "two", "--offline").code == 0
    assert not site.asked
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_offline_without_a_cache_is_one_line(call, site) -> None:
    done = call(*SET, "--aozora", site.url, "--offline", "--cache", "cache")
    assert done.code == 1
    assert "offline" in done.only_line


@pytest.mark.slow
def test_a_site_that_is_down_is_one_line(call, site) -> None:
    url = site.url
    site.server_close()
    done = call(*SET, "--aozora", f"{url}nowhere/", "--cache", "cache")
    assert done.code == 1
    assert "127.0.0.1" in done.only_line


def test_works_that_the_site_lacks_are_counted(call, site, tmp_path) -> None:
    for path in sorted(site.root.glob("cards/*/files/*.zip"))[:3]:
        path.unlink()
    done = call(
        *SET, "--aozora", site.url, "--size", "8", "--cache", "cache", "-o", "set", "--json"
    )
    assert done.code == 0
    assert json.loads(done.out)["selection"]["aozora"]["works"] == {"not-in-library": 3, "read": 37}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--size", "5"), "--size changes the recipe"),
        (("--lock", "reference", "--seed", "2"), "drop --lock, or drop --seed"),
        (("--lock", "reference", "--fresh"), "drop --lock, or drop --fresh"),
        (("--fresh", "--sample"), "--fresh takes the pinned sources"),
        (("--lock", "nowhere"), "there is no lock"),
        (("--aozora", "nowhere"), "there is no such folder"),
        (("--aozora", "http://example.org/"), "http"),
        (("--aozora", "ftp://127.0.0.1/"), "https://"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_fetched(call, tmp_path, options, said) -> None:
    done = call(*SET, *options, "--cache", "cache")
    assert done.code == 2
    assert said in done.only_line
    assert not (tmp_path / "cache").exists()


class TestPinned:
    """The reference set over the network, from a server that stands for the pinned addresses."""

    @pytest.fixture
    def pinned(self, library, shared, tmp_path, monkeypatch) -> Iterator[Site]:
        with serving(library, shared / "sources/jec/JEC_basic_sentence_v1-3.xls") as site:
            table = tmp_path / "sources.toml"
            table.write_text(
                f'[aozora-works]\nurl = "{site.url}"\nlicence = "x"\n'
                f'[aozora-catalogue]\nurl = "{site.url}index_pages/'
                'list_person_all_extended_utf8.zip"\nlicence = "x"\n'
                f'[jec]\nurl = "{site.url}workbook.xls"\nlicence = "x"\n'
            )
            monkeypatch.setenv("JTEXTKIT_SOURCES", str(table))
            yield site

    def test_without_options_the_reference_set_is_rebuilt(
        self, call, pinned, root, tmp_path
    ) -> None:
        done = call(*SET, "--cache", "cache", "-o", "set")
        assert done.code == 0, done.err
        assert "981 works" in done.err
        assert "--sample; with copies of your own: --lock reference --aozora DIR" in done.err
        assert all(path.endswith((".txt", ".xls")) for path in pinned.asked), "only what is locked"
        kept = root / "builders/difficulty/reference"
        assert (tmp_path / "set/lock.jsonl").read_bytes() == (kept / "lock.jsonl").read_bytes()
        receipts = [
            json.loads((folder / "receipt.json").read_bytes())
            for folder in (kept, tmp_path / "set")
        ]
        assert receipts[0]["rows_sha256"] == receipts[1]["rows_sha256"]

    def test_a_work_that_changed_is_named_with_exit_code_4(self, call, pinned, root) -> None:
        lock = (root / "builders/difficulty/reference/lock.jsonl").read_text(encoding="utf-8")
        path = next(json.loads(line)["path"] for line in lock.splitlines() if "zip" in line)
        stem = path.removesuffix(".zip").rpartition("/")[2]
        pinned.broken.add(f"/{path.removesuffix('.zip')}/{stem}.txt")
        done = call(*SET, "--cache", "cache")
        assert done.code == 4
        assert stem in done.err.splitlines()[-1]

    def test_fresh_reads_all_that_the_rules_let_through(self, call, pinned) -> None:
        options = ("--fresh", "--size", "20", "--author", "新美南吉", "--cache", "cache", "--json")
        done = call(*SET, *options)
        assert done.code == 0, done.err
        works = json.loads(done.out)["selection"]["aozora"]["works"]
        asked = sum(path.endswith(".txt") for path in pinned.asked)
        assert asked == works["read"] + works["not-in-library"] > 10


@pytest.fixture(scope="module")
def repository(library, root, tmp_path_factory) -> tuple[Path, str]:
    lock = (root / "builders/difficulty/reference/lock.jsonl").read_text(encoding="utf-8")
    paths = {json.loads(line)["path"] for line in lock.splitlines()} - {None}
    works = {bare_text(path): read_member(locate(library, path), where=path).data for path in paths}
    folder = tmp_path_factory.mktemp("git") / "repository"
    return folder, git_commit(folder, works)


@needs_git
class TestPinnedByGit:
    """The reference set from a repository: its works in few requests."""

    @pytest.fixture
    def pinned(self, repository, shared, tmp_path, monkeypatch) -> Iterator[GitServer]:
        workbook = shared / "sources/jec/JEC_basic_sentence_v1-3.xls"
        with serving(tmp_path, workbook) as site, serving_git(repository[0]) as server:
            table = tmp_path / "sources.toml"
            table.write_text(
                f'[aozora-works]\nurl = "{server.raw}"\ngit = "{server.git}"\n'
                f'commit = "{repository[1]}"\nlicence = "x"\n'
                f'[jec]\nurl = "{site.url}workbook.xls"\nlicence = "x"\n'
            )
            monkeypatch.setenv("JTEXTKIT_SOURCES", str(table))
            yield server

    def test_the_reference_set_comes_in_few_requests(self, call, pinned, root, tmp_path) -> None:
        done = call(*SET, "--cache", "cache", "-o", "set")
        assert done.code == 0, done.err
        assert len(pinned.asked) <= 10
        kept = root / "builders/difficulty/reference"
        for name in ("lock.jsonl", "receipt.json"):
            assert (tmp_path / "set" / name).read_bytes() == (kept / name).read_bytes()

    def test_a_work_that_is_not_there_is_named_by_its_address(
        self, call, pinned, repository, root, tmp_path
    ) -> None:
        lock = (root / "builders/difficulty/reference/lock.jsonl").read_text(encoding="utf-8")
        lost = bare_text(
            next(json.loads(line)["path"] for line in lock.splitlines() if "zip" in line)
        )
        table = tmp_path / "sources.toml"
        without = git_commit_without(repository[0], lost)
        table.write_text(table.read_text().replace(repository[1], without))
        done = call(*SET, "--cache", "cache")
        assert done.code == 1
        assert f"{pinned.raw}{lost}" in done.err.splitlines()[-1]
