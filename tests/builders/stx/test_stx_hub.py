"""Sources by Hub id, over a real socket: the commit is pinned, only files of rows are fetched."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hub_client import Client
from hub_server import TOKEN, Hub, half_answer, hub_running, lost, status
from stx_files import articles, gold_rows, jsonl, pairs, parquet, snow_csv

from jtextkit.builders.stx.hub import HubName, hub_name

SIZE = 15


@pytest.fixture(scope="module")
def one_hub() -> Iterator[Hub]:
    with hub_running() as hub:
        yield hub


@pytest.fixture(scope="module")
def client(one_hub: Hub, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    client = Client(
        {
            **kept,
            "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}",
            "PYTHONIOENCODING": "utf-8:strict",
            "HF_ENDPOINT": one_hub.url,
            "HF_TOKEN": TOKEN,
            "HF_HOME": str(tmp_path_factory.mktemp("hf")),
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
        }
    )
    yield client
    client.close()


@pytest.fixture
def hub(one_hub: Hub) -> Hub:
    one_hub.repos.clear()
    one_hub.seen.clear()
    one_hub.faults.clear()
    return one_hub


@pytest.fixture
def local(tmp_path: Path) -> list[str]:
    """Options for two of the sources, from files."""
    snow = snow_csv(tmp_path / "T15.csv", pairs(8))
    qa = jsonl(tmp_path / "japanese-train.jsonl", gold_rows(8))
    return ["--simplification", str(snow), "--qa", str(qa)]


def converted(folder: Path) -> dict[str, bytes]:
    """What the Hub makes of a set with a loading script."""
    rows = articles(8)
    parts = {"japanese/train": rows[:6], "japanese/test": rows[6:], "korean/train": articles(1)}
    return {
        f"{name}/0000.parquet": parquet(folder / name / "0000.parquet", part).read_bytes()
        for name, part in parts.items()
    }


def build(client: Client, out: Path, *words: str):
    return client.run("build", "stx", *words, "--size", str(SIZE), "-o", out, "--json")


def test_the_converted_parquet_of_a_set_with_a_script(hub, client, local, tmp_path) -> None:
    repo = hub.create("csebuetnlp/xlsum", {"xlsum.py": b"raise SystemExit", "data/x.tar.bz2": b"x"})
    commit = repo.commit("refs/convert/parquet", converted(tmp_path / "made"), "converted")
    out = tmp_path / "set"
    done = build(client, out, *local, "--summaries", "csebuetnlp/xlsum@refs/convert/parquet")
    assert done.code == 0, done.err
    receipt = json.loads(done.out)
    source = receipt["sources"]["summarisation"]
    assert source["hub"] == [{"repo": "csebuetnlp/xlsum", "commit": commit}]
    assert [entry["name"] for entry in source["files"]] == [
        "japanese/test/0000.parquet",
        "japanese/train/0000.parquet",
    ]
    assert source["rows"] == 8
    assert commit in (out / "README.md").read_text(encoding="utf-8")
    assert hub.asked("GET", "korean|tar") == 0
    # The same set from files has the same rows.
    files = jsonl(tmp_path / "japanese.jsonl", articles(8))
    again = build(client, tmp_path / "again", *local, "--summaries", str(files))
    assert json.loads(again.out)["rows_sha256"] == receipt["rows_sha256"]


def test_a_commit_stays_what_it_was(hub, client, local, tmp_path) -> None:
    repo = hub.create("a/b", {"train.jsonl": jsonl(tmp_path / "1.jsonl", articles(8)).read_bytes()})
    commit = repo.refs["refs/heads/main"]
    repo.commit("refs/heads/main", {"train.jsonl": b"broken"}, "changed")
    done = build(client, tmp_path / "set", *local, "--summaries", f"a/b@{commit}")
    assert done.code == 0, done.err
    assert json.loads(done.out)["sources"]["summarisation"]["hub"][0]["commit"] == commit


def test_files_may_be_named(hub, client, local, tmp_path) -> None:
    rows = jsonl(tmp_path / "1.jsonl", articles(8)).read_bytes()
    hub.create("a/b", {"ja/train.jsonl": rows, "ja/other.jsonl": b'{"x": 1}\n', "d.json": b"{}"})
    done = build(client, tmp_path / "set", *local, "--summaries", "a/b:ja/tr*")
    assert done.code == 0, done.err
    done = build(client, tmp_path / "set", *local, "--summaries", "a/b:nothing*")
    assert done.code == 1
    assert done.complaint == (
        "a/b: no file of rows is called 'nothing*'; "
        "there are d.json, ja/other.jsonl, ja/train.jsonl"
    )


def test_a_built_set_of_parquet_with_metadata_beside_it(hub, client, local, tmp_path) -> None:
    table = io.BytesIO()
    pq.write_table(pq.read_table(parquet(tmp_path / "x.parquet", articles(8))), table)
    files = {"data/train.parquet": table.getvalue(), "dataset_infos.json": b"{}", "a.jsonl": b"x"}
    hub.create("a/b", files)
    done = build(client, tmp_path / "set", *local, "--summaries", "a/b")
    assert done.code == 0, done.err


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("nobody/nothing", 1, "no such file or folder, and no such set on the Hub"),
        ("a/b@v9", 1, "the Hub's set has no such revision"),
        ("a/b", 1, "loading scripts are not run; try a/b@refs/convert/parquet"),
    ],
)
def test_what_the_hub_does_not_have(name, code, message, hub, client, local, tmp_path) -> None:
    hub.create("a/b", {"script.py": b"raise SystemExit"})
    done = build(client, tmp_path / "set", *local, "--summaries", name)
    assert done.code == code
    assert message in done.complaint
    assert not (tmp_path / "set").exists()


def test_a_hub_that_refuses(hub, client, local, tmp_path) -> None:
    hub.create("a/b", {"train.jsonl": b"{}"})
    hub.fault("GET", "/api/datasets/a/b", status(403))
    done = build(client, tmp_path / "set", *local, "--summaries", "a/b")
    assert done.code == 1
    assert "a/b: the Hub answered 403" in done.complaint


@pytest.mark.parametrize("fault", [lost, half_answer])
def test_an_answer_that_does_not_come_whole(fault, hub, client, local, tmp_path) -> None:
    rows = jsonl(tmp_path / "1.jsonl", articles(8)).read_bytes()
    hub.create("a/b", {"train.jsonl": rows})
    hub.fault("GET", "/api/datasets/a/b", fault)
    done = build(client, tmp_path / "set", *local, "--summaries", "a/b")
    assert done.code == 1
    assert "it could not be had from the Hub" in done.complaint
    assert not (tmp_path / "set").exists()
    assert build(client, tmp_path / "set", *local, "--summaries", "a/b").code == 0


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE is set; unset it, or name a file"),
        ({"HF_ENDPOINT": "http://127.0.0.1:9"}, "it could not be had from the Hub"),
    ],
)
def test_without_the_network(setting, message, client, local, tmp_path) -> None:
    words = ["build", "stx", *local, "--summaries", "a/b", "-o", str(tmp_path / "set")]
    offline = Client({**client.environment, **setting})
    try:
        done = offline.run(*words)
    finally:
        offline.close()
    assert done.code == 1
    assert message in done.complaint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "snow_simplified_japanese_corpus",
            HubName("snow_simplified_japanese_corpus", "", ""),
        ),
        ("khalidalt/tydiqa-goldp@" + "a" * 40, HubName("khalidalt/tydiqa-goldp", "a" * 40, "")),
        ("a/b:train/japanese-*.jsonl", HubName("a/b", "", "train/japanese-*.jsonl")),
        ("a/b@v1:x", HubName("a/b", "v1", "x")),
        ("T15.xlsx", None),
        ("data/T15.csv", None),
        ("/data/xlsum", None),
        ("./xlsum", None),
        ("a/b/c", None),
        ("", None),
        ("日本語/a", None),
    ],
)
def test_names_of_sets_and_names_of_files(text: str, expected: HubName | None) -> None:
    assert hub_name(text) == expected
