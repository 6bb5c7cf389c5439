"""``jtextkit annotate``, as users type it."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jtextkit.metrics.readability.formula import score
from jtextkit.metrics.readability.profiles import PROFILE_COLUMNS, profile

TEXTS = (
    "駅の前のパン屋で、あんパンを三つ買いました。まだあたたかかったです。",
    "本契約に関する紛争については、東京地方裁判所を第一審の専属的合意管轄裁判所とする。",
    "弟はくつをはいて、ボールを持って公園へ走って行った。",
)


def lines(*texts: object) -> str:
    return "".join(f"{json.dumps({'text': text}, ensure_ascii=False)}\n" for text in texts)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.jsonl").write_text(lines(*TEXTS), encoding="utf-8")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines(TEXTS[0], None, "").encode()))
    pq.write_table(pa.table({"text": [*TEXTS]}), folder / "c.parquet")
    return folder


def test_a_folder_of_shards(call, corpus, tmp_path) -> None:
    done = call("annotate", "corpus", "-o", "out", "--workers", "1")
    assert done.code == 0
    table = done.out.splitlines()
    assert table[0].split() == [
        "shard",
        "status",
        "rows",
        "problems",
        "characters",
        "Simple",
        "Complex",
    ]
    assert [line.split()[:4] for line in table[1:4]] == [
        ["a.jsonl", "written", "3", "0"],
        ["b.jsonl.gz", "written", "3", "2"],
        ["c.parquet", "written", "3", "0"],
    ]
    assert "3 in all" in table[4]
    assert "3 written" in table[4]
    assert table[5:] == [
        "no score: 1 × the text is empty",
        "no score: 1 × the text is missing",
        profile(TEXTS[0]).signature,
    ]
    assert "annotating shards (3)" in done.err
    assert "million/s" in done.err
    rows = (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["readability"] for row in rows] == [
        score(text).readability for text in TEXTS
    ]
    again = call("annotate", "corpus", "-o", "out", "--workers", "1")
    assert (again.code, again.out.count("unchanged")) == (0, 4)
    assert "million/s" not in again.err


def test_json(call, corpus) -> None:
    done = call("annotate", "corpus", "-o", "out", "--workers", "1", "--json")
    content = json.loads(done.out)
    assert content["signature"] == profile(TEXTS[0]).signature
    assert content["rows"] == 9
    assert content["problems"] == {"the text is empty": 1, "the text is missing": 1}
    assert [one["status"] for one in content["shards"]] == ["written"] * 3
    assert content["counts"]["characters"] == sum(map(len, TEXTS)) * 2 + len(TEXTS[0])
    merged = json.loads(call("annotate", "--merge", "out", "--json").out)
    for name in ("rows", "problems", "counts", "labels", "levels", "signature"):
        assert merged[name] == content[name]
    assert merged["shards"] == 3


def test_options_reach_the_columns(call, corpus, tmp_path) -> None:
    table = pa.table({"body": [*TEXTS], "label": ["x"] * 3})
    pq.write_table(table, corpus / "c.parquet")
    words = ("--text-column", "body", "--columns", "level, readability", "--sentences", "newline")
    done = call("annotate", "corpus/c.parquet", "-o", "out", "--workers", "1", *words)
    assert done.code == 0
    out = pq.read_table(tmp_path / "out" / "c.parquet")
    assert out.column_names == ["body", "label", "readability", "level", "problem"]
    assert b"sent:newline" in out.schema.metadata[b"jtextkit.signature"]


def test_merge(call, corpus) -> None:
    call("annotate", "corpus", "-o", "out", "--workers", "1")
    done = call("annotate", "--merge", "out", "corpus")
    assert done.code == 0
    rows = dict(line.rsplit(maxsplit=1) for line in done.out.splitlines()[:6])
    assert rows["shards"] == "3"
    assert rows["without a score"] == "2"
    assert "readability of all" in done.out
    (corpus / "new.jsonl").write_text(lines(*TEXTS))
    done = call("annotate", "--merge", "out", "corpus")
    assert done.code == 4
    assert "1 shard has no receipt yet" in done.only_line


def test_parts_of_two_machines_are_the_whole(call, corpus, tmp_path) -> None:
    for part in ("1/2", "2/2"):
        done = call("annotate", "corpus", "-o", "out", "--workers", "1", "--shard", part)
        assert done.code == 0
    assert call("annotate", "--merge", "out", "corpus").code == 0
    call("annotate", "corpus", "-o", "whole", "--workers", "1")
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "no SHARD given"),
        (("corpus",), "-o"),
        (("gone.jsonl", "-o", "out"), "gone.jsonl"),
        (("corpus/x.txt", "-o", "out"), ".parquet"),
        (("empty", "-o", "out"), "no shards in this folder"),
        (("corpus", "corpus/a.jsonl", "-o", "out"), "two shards are called a.jsonl"),
        (("corpus", "-o", "corpus"), "would replace the shard itself"),
        (("corpus", "-o", "out", "--columns", "readabilty"), "did you mean"),
        (("corpus", "-o", "out", "--columns", ""), "no column to add"),
        (("corpus", "-o", "out", "--shard", "0/3"), "no part such as 3/128"),
        (("corpus", "-o", "out", "--shard", "4/3"), "no part such as 3/128"),
        (("corpus", "-o", "out", "--shard", "x"), "no part such as 3/128"),
        (("corpus", "-o", "out", "--workers", "0"), "--workers"),
        (("--merge", "corpus", "-o", "out"), "--merge only reads"),
        (("--merge", "corpus"), "no receipts here"),
    ],
)
def test_usage_errors(words, message, call, corpus, tmp_path) -> None:
    (corpus / "x.txt").write_text("")
    (tmp_path / "empty").mkdir()
    if "corpus/x.txt" not in words:
        (corpus / "x.txt").unlink()
    done = call("annotate", *words)
    assert done.code == 2
    assert message in done.only_line


def test_a_clash_of_columns_is_a_usage_error_too(call, corpus) -> None:
    call("annotate", "corpus/a.jsonl", "-o", "out", "--workers", "1")
    done = call("annotate", "out/a.jsonl", "-o", "again", "--workers", "1")
    assert done.code == 2
    assert "--columns" in done.err
    assert "1 of 1 shards failed" in done.err


def test_a_failed_shard_is_exit_code_1_and_the_others_are_done(call, corpus, tmp_path) -> None:
    good = (corpus / "b.jsonl.gz").read_bytes()
    (corpus / "b.jsonl.gz").write_bytes(good[:-12])
    done = call("annotate", "corpus", "-o", "out", "--workers", "1", "--json")
    assert done.code == 1
    assert [one["status"] for one in json.loads(done.out)["shards"]] == [
        "written",
        "failed",
        "written",
    ]
    messages = [line for line in done.err.splitlines() if line.startswith("jtextkit: ")]
    assert "b.jsonl.gz: cannot be read to its end" in messages[0]
    assert messages[1].startswith("jtextkit: 1 of 3 shards failed; the others are done")
    (corpus / "b.jsonl.gz").write_bytes(good)
    done = call("annotate", "corpus", "-o", "out", "--workers", "1")
    assert (done.code, done.out.count("unchanged")) == (0, 3)


def test_another_signature_is_exit_code_4(call, corpus) -> None:
    call("annotate", "corpus", "-o", "out", "--workers", "1")
    words = ("annotate", "corpus", "-o", "out", "--workers", "1", "--sentences", "newline")
    done = call(*words)
    assert done.code == 4
    assert "another signature" in done.only_line
    assert call(*words, "--force").code == 0


def test_workers_and_a_locale_without_utf8(run, corpus, tmp_path) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = run("annotate", "corpus", "-o", "out", "--workers", "2", "--json", env=environment)
    assert done.code == 0
    assert json.loads(done.out)["rows"] == 9
    row = json.loads((tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert list(row) == ["text", *PROFILE_COLUMNS, "problem"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("kind", ["shards", "one shard"])
def test_ctrl_c_leaves_nothing_half_written(kind, environment, tmp_path) -> None:
    names = ["a.jsonl", "b.jsonl"] if kind == "shards" else ["a.jsonl"]
    for name in names:
        (tmp_path / name).write_text(lines(*TEXTS) * 30_000, encoding="utf-8")
    words = ["annotate", *names, "-o", "out", "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "jtextkit", *words],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 20
    while len(list(tmp_path.glob("out/.*.tmp-*/*"))) < len(names):
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.02)
    started = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert time.monotonic() - started < 5
    assert err.splitlines()[-1] == "jtextkit: interrupted; nothing was left half-written"
    assert "Traceback" not in err
    assert list((tmp_path / "out").iterdir()) == []


def test_help_says_what_there_is(call) -> None:
    done = call("annotate", "--help")
    assert done.code == 0
    for word in ("--text-column", "--columns", "--workers", "--shard", "--merge", "Examples:"):
        assert word in done.out
