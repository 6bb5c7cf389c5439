"""``jtextkit build difficulty-2level``: the set, its repetition, and what it refuses to touch."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jtextkit.core.files import sha256_of
from jtextkit.core.receipts import read_receipt

SET = ("build", "difficulty-2level")
FILES = [
    "README.md",
    "lock.jsonl",
    "receipt.json",
    "report.html",
    "test.parquet",
    "train.parquet",
    "validation.parquet",
]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="session")
def sample_set(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The sample, built once by the program; to be read only."""
    folder = tmp_path_factory.mktemp("sample")
    done = subprocess.run(
        [sys.executable, "-m", "jtextkit", *SET, "--sample", "--workers", "2"],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"difficulty-2level written in " in done.stderr
    assert [line.split()[0] for line in done.stdout.decode().splitlines()] == [
        "split",
        "train",
        "validation",
        "test",
        "all",
        "mean",
    ]
    assert [path.name for path in folder.iterdir()] == ["difficulty-2level"]
    return folder / "difficulty-2level"


def test_the_sample_has_its_files_and_sizes(sample_set) -> None:
    assert sorted(path.name for path in sample_set.iterdir()) == FILES
    rows = {
        name: pq.read_table(sample_set / f"{name}.parquet").to_pylist()
        for name in ("train", "validation", "test")
    }
    assert {name: len(split) for name, split in rows.items()} == {
        "train": 19,
        "validation": 2,
        "test": 3,
    }
    everything = [row for split in rows.values() for row in split]
    assert Counter(row["label"] for row in everything) == {0: 12, 1: 12}
    assert len({row["id"] for row in everything}) == 24
    for row in everything:
        assert row["label"] == (row["difficulty"] >= 0.5)
        assert 600 <= row["characters"] == len(row["text"]) <= 1000
    assert "This is a sample" in (sample_set / "README.md").read_text(encoding="utf-8")
    assert len((sample_set / "lock.jsonl").read_text(encoding="utf-8").splitlines()) == 24


def test_the_receipt_enters_every_file_and_no_place(sample_set) -> None:
    text = (sample_set / "receipt.json").read_text(encoding="utf-8")
    receipt = json.loads(text)
    assert sorted(receipt["files"]) == [name for name in FILES if name != "receipt.json"]
    for name, entry in receipt["files"].items():
        assert entry == {
            "bytes": (sample_set / name).stat().st_size,
            "sha256": sha256_of(sample_set / name),
        }
    assert receipt["builder"] == "difficulty-2level"
    assert receipt["sample"] is True
    assert str(sample_set.parent) not in text
    assert "/tmp" not in text


def test_the_same_bytes_with_one_worker_elsewhere_and_over_itself(
    sample_set, call, tmp_path
) -> None:
    for _ in range(2):
        done = call(*SET, "--sample", "--workers", "1", "-o", "deep/other")
        assert done.code == 0
        assert contents(tmp_path / "deep" / "other") == contents(sample_set)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["other"]


def test_json_is_the_receipt(call, tmp_path) -> None:
    done = call(*SET, "--sample", "--workers", "1", "--json")
    assert done.code == 0
    assert json.loads(done.out) == read_receipt(tmp_path / "difficulty-2level")
    assert "reading and scoring works (40)\n" in done.err


def test_a_seed_and_a_size_make_another_set(sample_set, call, tmp_path) -> None:
    done = call(*SET, "--sample", "--workers", "1", "--seed", "7", "--size", "6", "--json")
    receipt = json.loads(done.out)
    assert receipt["recipe"]["seed"] == 7
    assert sum(sum(labels.values()) for labels in receipt["rows"].values()) == 12
    assert contents(tmp_path / "difficulty-2level") != contents(sample_set)


def test_a_set_without_pairs_in_six_levels_with_aliases(call, tmp_path) -> None:
    options = ("--levels", "six", "--no-pairs", "--size", "1", "--aliases", "--margin", "0")
    done = call(*SET, "--sample", "--workers", "1", "--min-chars", "500", *options)
    assert done.code == 0
    tables = [
        pq.read_table(tmp_path / "difficulty-2level" / f"{split}.parquet")
        for split in ("train", "validation", "test")
    ]
    rows = [row for table in tables for row in table.to_pylist()]
    assert len({row["level"] for row in rows}) == len(rows) == 6
    for row in rows:
        assert row["difficulty_level"] == row["level"]
        assert row["overall_difficulty"] == row["difficulty"]
        assert row["pair_id"] is None


# The lock


def test_a_lock_gives_the_same_bytes(sample_set, call, tmp_path) -> None:
    done = call(*SET, "--lock", sample_set, "--sample", "-o", "again")
    assert done.code == 0
    assert contents(tmp_path / "again") == contents(sample_set)
    done = call(*SET, "--lock", tmp_path / "again" / "lock.jsonl", "--sample", "-o", "again")
    assert done.code == 0
    assert contents(tmp_path / "again") == contents(sample_set)


def test_a_lock_of_works_alone_rebuilds_from_a_folder(sources, call, tmp_path) -> None:
    aozora, _ = sources
    assert call(*SET, "--aozora", aozora, "--size", "6", "--workers", "1", "-o", "first").code == 0
    (aozora / "index_pages" / "list_person_all_extended_utf8.zip").unlink()  # it is not needed
    done = call(*SET, "--lock", "first", "--aozora", aozora, "-o", "second")
    assert done.code == 0
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_a_lock_names_the_source_that_it_lacks(sample_set, sources, call, tmp_path) -> None:
    aozora, workbook = sources
    done = call(*SET, "--lock", sample_set, "--aozora", aozora)
    assert done.code == 2
    assert "the lock names Kyoto's sentences; say where: --jec FILE" in done.complaint
    done = call(*SET, "--lock", sample_set, "--jec", workbook)
    assert done.code == 2
    assert "--aozora DIR" in done.complaint
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sources"]


def test_a_work_that_changed_is_no_longer_the_locks(sample_set, sources, call, tmp_path) -> None:
    aozora, workbook = sources
    row = next(
        row
        for row in map(json.loads, (sample_set / "lock.jsonl").read_text("utf-8").splitlines())
        if row["path"]
    )
    folder = aozora / row["path"].removesuffix(".zip")
    (aozora / row["path"]).unlink()
    done = call(*SET, "--lock", sample_set, "--aozora", aozora, "--jec", workbook)
    assert done.code == 1
    assert row["path"] in done.complaint
    folder.mkdir()
    (folder / f"{folder.name}.txt").write_bytes("題\r\n名\r\n\r\n本文。\r\n".encode("shift_jis"))
    done = call(*SET, "--lock", sample_set, "--aozora", aozora, "--jec", workbook)
    assert done.code == 4
    assert f"{row['path']}: the work's text has changed" in done.complaint
    assert not (tmp_path / "difficulty-2level").exists()


def test_a_lock_that_was_edited_or_left_alone(sample_set, call, tmp_path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sample_set, copy)
    lock = copy / "lock.jsonl"
    lines = lock.read_text(encoding="utf-8").splitlines(keepends=True)
    lock.write_text("".join(lines[:-1]), encoding="utf-8")
    done = call(*SET, "--lock", copy, "--sample")
    assert done.code == 4
    assert done.only_line == (
        f"{lock}: lock and receipt do not belong together; take lock.jsonl and receipt.json from one build"
    )
    lock.write_text("".join([*lines[:3], "{}\n"]), encoding="utf-8")
    done = call(*SET, "--lock", copy, "--sample")
    assert done.code == 1
    assert done.only_line.startswith(f"{lock}: line 4: not a line of a lock")
    (copy / "receipt.json").unlink()
    lock.write_text("".join(lines), encoding="utf-8")
    done = call(*SET, "--lock", lock, "--sample")
    assert done.code == 1
    assert "there is no receipt beside the lock" in done.only_line
    lock.unlink()
    assert "no such file" in call(*SET, "--lock", copy, "--sample").only_line


# What stands where the set should go


def test_a_foreign_folder_is_not_touched(call, tmp_path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("do not lose")
    for force in ([], ["--force"]):
        done = call(*SET, "--sample", "-o", "mine", *force)
        assert done.code == 1
        assert done.only_line == (
            "mine: the folder is not empty and holds no build of ours; choose another place with -o"
        )
        assert contents(tmp_path / "mine") == {"thesis.txt": b"do not lose"}
    done = call(*SET, "--sample", "-o", "mine/thesis.txt")
    assert done.code == 1
    assert "mine/thesis.txt: this is a file" in done.only_line


def test_an_empty_folder_is_taken(call, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    assert call(*SET, "--sample", "--workers", "1", "-o", "empty").code == 0
    assert sorted(contents(tmp_path / "empty")) == FILES


def test_a_file_that_no_build_wrote_is_not_lost(sample_set, call, tmp_path) -> None:
    shutil.copytree(sample_set, tmp_path / "set")
    (tmp_path / "set" / "notes.txt").write_text("mine")
    before = contents(tmp_path / "set")
    for force in ([], ["--force"]):
        done = call(*SET, "--sample", "-o", "set", *force)
        assert done.code == 1
        assert "files that no build wrote (notes.txt)" in done.only_line
    assert contents(tmp_path / "set") == before


def test_the_output_of_another_recipe_goes_by_force_only(sample_set, call, tmp_path) -> None:
    shutil.copytree(sample_set, tmp_path / "set")
    other = (*SET, "--sample", "--workers", "1", "--size", "5", "-o", "set")
    done = call(*other)
    assert done.code == 1
    assert "another recipe; replace it with --force" in done.only_line
    assert contents(tmp_path / "set") == contents(sample_set)
    assert call(*other, "--force").code == 0
    assert json.loads((tmp_path / "set" / "receipt.json").read_bytes())["recipe"]["size"] == 5
    assert sorted(contents(tmp_path / "set")) == FILES


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": []}', b'{"recipe": {}}'])
def test_a_broken_receipt_in_the_output_is_an_integrity_error(content, call, tmp_path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "receipt.json").write_bytes(content)
    done = call(*SET, "--sample", "-o", "set")
    assert done.code == 4
    assert done.only_line.startswith("set/receipt.json: this is not a jtextkit receipt")


def test_a_place_that_cannot_be_written(call, tmp_path) -> None:
    (tmp_path / "file").write_text("x")
    done = call(*SET, "--sample", "-o", "file/below")
    assert done.code == 1
    assert done.complaint.startswith("file/below: cannot be written (")
    done = call(*SET, "--sample", "-o", ".")
    assert done.code == 1


def test_quotas_that_cannot_be_filled_leave_no_trace(call, tmp_path) -> None:
    done = call(*SET, "--sample", "--workers", "1", "--size", "500")
    assert done.code == 1
    assert "500 are asked for" in done.complaint
    assert "lower --size" in done.complaint
    assert list(tmp_path.iterdir()) == []
    done = call(*SET, "--sample", "--workers", "1", "--author", "夏目漱石", "--no-pairs")
    assert done.code == 1
    assert "the sources lack " in done.complaint


LIMITED = """
import resource, sys
from jtextkit.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_a_disk_that_takes_no_more(sample_set, sources, environment, tmp_path) -> None:
    shutil.copytree(sample_set, tmp_path / "set")
    words = ["--aozora", sources[0], "--size", "8", "--workers", "1", "--force", "-o", "set"]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *SET, *map(str, words)],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    err = done.stderr.decode()
    assert done.returncode == 1, err
    assert err.splitlines()[-1].startswith("jtextkit: set: cannot be written (")
    assert "Traceback" not in err
    assert contents(tmp_path / "set") == contents(sample_set)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set", "sources"]
    assert list(Path(environment["TMPDIR"]).iterdir()) == []


@pytest.mark.slow
def test_two_builds_to_one_place_leave_one_whole_set(sample_set, environment, tmp_path) -> None:
    command = [sys.executable, "-m", "jtextkit", *SET, "--sample", "--workers", "1", "-o", "set"]
    quiet = subprocess.PIPE
    both = [
        subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=tmp_path, env=environment)
        for _ in range(2)
    ]
    ends = [build.communicate(timeout=60)[1].decode().splitlines()[-1] for build in both]
    codes = [build.returncode for build in both]
    # The slower one may find the place taken just then; it says so and leaves what is there.
    assert 0 in codes
    for code, end in zip(codes, ends, strict=True):
        assert end.startswith("jtextkit: set: cannot be written" if code else "set written in ")
    assert contents(tmp_path / "set") == contents(sample_set)
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


# Options and recipes


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--sample", "--aozora", "."], "--sample brings its own sources"),
        (["--sample", "--lock", ".", "--seed", "2"], "drop --lock"),
        (["--sample", "--lock", ".", "--no-pairs"], "drop --lock"),
        (["--sample", "--levels", "six"], "use --no-pairs with six"),
        (["--sample", "--levels", "three"], "'two', 'six'"),
        (["--sample", "--min-chars", "900", "--max-chars", "800"], "min_chars"),
        (["--sample", "--threshold", "nan"], "threshold must be above 0 and below 1"),
        (["--sample", "--margin", "-0.1"], "margin"),
        (["--sample", "--max-similarity", "2"], "--max-similarity"),
        (["--sample", "--size", "0"], "--size"),
        (["--sample", "--workers", "0"], "--workers"),
        (["--sample", "--seed", "one"], "--seed"),
        (["--sample", "--sed", "1"], "--seed"),
        (["--aozora", "no-such-folder"], "no-such-folder"),
        (["--sample", "--recipe", "no-such.json"], "no-such.json"),
        (["--sample", "--lock", "no-such-lock"], "no-such-lock"),
    ],
    ids=" ".join,
)
def test_options_that_make_no_sense_are_one_line(options, said, call, tmp_path) -> None:
    done = call(*SET, *options)
    assert done.code == 2
    assert said in done.only_line
    assert list(tmp_path.iterdir()) == []


def test_a_recipe_in_json_toml_or_a_receipt(sample_set, call, tmp_path) -> None:
    (tmp_path / "r.json").write_text('{"size": 6, "seed": 3, "margin": 0}')
    (tmp_path / "r.toml").write_text(
        'size = 6\nseed = 3\nmargin = 0.0\northographies = ["新字新仮名"]\n', encoding="utf-8"
    )
    build = (*SET, "--sample", "--workers", "1", "--recipe")
    assert call(*build, "r.json", "-o", "json").code == 0
    assert call(*build, "r.toml", "-o", "toml").code == 0
    assert contents(tmp_path / "json") == contents(tmp_path / "toml")
    recipe = json.loads((tmp_path / "json" / "receipt.json").read_bytes())["recipe"]
    assert (recipe["size"], recipe["seed"], recipe["margin"]) == (6, 3, 0.0)
    assert call(*build, sample_set / "receipt.json", "-o", "receipt").code == 0
    assert contents(tmp_path / "receipt") == contents(sample_set)
    assert call(*build, "r.json", "--size", "5", "-o", "five").code == 0
    recipe = json.loads((tmp_path / "five" / "receipt.json").read_bytes())["recipe"]
    assert (recipe["size"], recipe["seed"]) == (5, 3)


def test_what_show_prints_is_a_recipe(call, tmp_path) -> None:
    (tmp_path / "my.json").write_text(call("show", "difficulty-2level").out, encoding="utf-8")
    build = (*SET, "--sample", "--workers", "1", "--size", "4")
    assert call(*build, "--recipe", "my.json", "-o", "a").code == 0
    assert call(*build, "-o", "b").code == 0
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("r.json", '{"max_per_writr": 2}', 2, "did you mean max_per_writer"),
        ("r.toml", "sede = 2", 2, "did you mean seed"),
        ("r.json", '{"size": "many"}', 2, "size is 'many', not a whole number"),
        ("r.json", '{"size": true}', 2, "size is True"),
        ("r.json", '{"size": 1.5}', 2, "size is 1.5"),
        ("r.json", '{"pairs": 1}', 2, "pairs is 1"),
        ("r.json", '{"ndc": "913"}', 2, "ndc is '913'"),
        ("r.json", '{"seed": null}', 2, "seed is None"),
        ("r.json", '{"size": 0}', 2, "size must be at least 1"),
        ("r.json", '{"levels": "ten"}', 2, "levels must be two or six, not 'ten'"),
        ("r.json", '{"public_domain": "moon"}', 2, "japan or life+70"),
        ("r.json", "[1, 2]", 2, "a recipe is a table"),
        ("r.json", '{"size": 1', 2, "not JSON"),
        ("r.toml", "size = = 1", 2, "not TOML"),
        ("r.json", "", 2, "not JSON"),
        ("r.json", "\0", 2, "not JSON"),
    ],
)
def test_a_recipe_that_is_none(name, content, code, said, call, tmp_path) -> None:
    (tmp_path / name).write_text(content)
    done = call(*SET, "--sample", "--recipe", name)
    assert done.code == code
    assert said in done.only_line
    assert name in done.only_line or "recipe: " in done.only_line
