"""``jtextkit verify`` and ``jtextkit diff``."""

from __future__ import annotations

import json
import platform
import shutil
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from wrong_sets import Edited

from jtextkit.builders import sample
from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultyRecipe, DifficultySources, build
from jtextkit.builders.sets import writing
from jtextkit.core.receipts import RECEIPT, sealed, write_receipt


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return sample.lay_out(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def built(laid_out, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "set"
    sources = DifficultySources(FolderLibrary(laid_out[0]), laid_out[1], None, sample=True)
    build(out, DifficultyRecipe(size=12), sources)
    return out


@pytest.fixture(scope="module")
def of_works(laid_out, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set that is no sample: of works in a folder alone."""
    out = tmp_path_factory.mktemp("works") / "set"
    build(out, DifficultyRecipe(size=5), DifficultySources(FolderLibrary(laid_out[0])))
    return out


@pytest.fixture
def copy(built, tmp_path) -> Path:
    shutil.copytree(built, tmp_path / "set")
    return tmp_path / "set"


def failing(done) -> dict[str, list[str]]:
    found = json.loads(done.out)
    return {check["name"]: check["examples"] for check in found["checks"] if not check["ok"]}


def change_work(root: Path, path: str) -> None:
    """One character of a work's text is another."""
    with zipfile.ZipFile(root / path) as archive:
        (name,) = archive.namelist()
        data = archive.read(name)
    with zipfile.ZipFile(root / path, "w") as archive:
        archive.writestr(name, data.replace("。".encode("shift_jis"), "！".encode("shift_jis"), 1))


# verify


def test_files_as_they_were_built(built, call) -> None:
    done = call("verify", built)
    assert done.code == 0
    assert done.out == "sound: 3 checks, 5 files\n"
    done = call("verify", built, "-v")
    assert [line.split()[0] for line in done.out.splitlines() if line] == [
        "check",
        "file-missing",
        "file-hash",
        "file-extra",
        "sound:",
    ]
    done = call("verify", built, "--json")
    found = json.loads(done.out)
    assert found["ok"] is True
    assert found["builder"] == "difficulty-2level"
    receipt = json.loads((built / RECEIPT).read_text())
    assert found["files"] == {name: entry["sha256"] for name, entry in receipt["files"].items()}


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("change", "name", "named"),
    [
        (lambda folder: flip(folder / "train.parquet"), "file-hash", "train.parquet"),
        (lambda folder: flip(folder / "lock.jsonl"), "file-hash", "lock.jsonl"),
        (lambda folder: (folder / "README.md").unlink(), "file-missing", "README.md"),
        (lambda folder: (folder / "notes.txt").touch(), "file-extra", "notes.txt"),
        (lambda folder: (folder / "a" / "b").mkdir(parents=True), None, ""),
    ],
)
def test_a_file_that_is_not_as_it_was_is_named(change, name, named, copy, call) -> None:
    change(copy)
    done = call("verify", "set", "--json")
    if name is None:
        assert done.code == 0
        return
    assert done.code == 4
    assert list(failing(done)) == [name]
    assert failing(done)[name][0].startswith(f"{named}: ")
    assert done.err.splitlines()[-1].startswith(
        f"jtextkit: set: not sound: 1 of 3 checks failed ({name})"
    )


def test_a_receipt_cannot_lead_out_of_its_folder(copy, call, tmp_path) -> None:
    (tmp_path / "secret").write_text("x")
    receipt = json.loads((copy / RECEIPT).read_text())
    receipt["files"]["../secret"] = {"bytes": 1, "sha256": "0" * 64}
    (copy / RECEIPT).write_text(sealed(receipt))
    done = call("verify", "set", "--json")
    assert list(failing(done)) == ["file-missing"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere"], 1, "no such file or folder"),
        (["empty"], 4, "there is no receipt"),
        (["file"], 4, "there is no receipt"),
        (["set", "--aozora", "."], 2, "add it, or drop"),
        (["set", "--rebuild", "--aozora", "nowhere"], 2, "no such folder"),
    ],
)
def test_what_cannot_be_verified_is_one_line(words, code, said, copy, call, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    done = call("verify", *words)
    assert done.code == code
    assert said in done.err.splitlines()[-1]
    assert done.out == ""


def test_a_sample_is_rebuilt_from_itself(built, call, tmp_path) -> None:
    done = call("verify", built, "--rebuild", "--json")
    assert done.code == 0
    checks = json.loads(done.out)["checks"]
    assert [check["name"] for check in checks][-1] == "rebuild"
    assert list(tmp_path.iterdir()) == []


def test_a_rebuild_finds_what_no_hash_and_no_check_can(built, call, tmp_path) -> None:
    """One kanji for another of the same kind, all hashes and the lock signed again."""
    edited = Edited(built)
    row = edited.rows["train"][0]
    row["title"] = f"{row['title']}？"
    wrong = edited.write(tmp_path / "wrong")
    assert call("verify", wrong).code == 0
    assert call("check", wrong).code == 0
    receipt = json.loads((wrong / RECEIPT).read_text())
    assert receipt["sample"] is True
    row["text"] = row["text"].replace("。", "？", 1)
    wrong = edited.write(tmp_path / "worse")
    done = call("verify", wrong, "--rebuild", "--json")
    assert done.code == 4
    assert row["id"] in failing(done)["rebuild"][0]


def test_a_set_of_works_is_rebuilt_from_its_folder(of_works, laid_out, call) -> None:
    done = call("verify", of_works, "--rebuild", "--aozora", laid_out[0])
    assert done.code == 0, done.err
    assert done.out == "equal: 4 checks, 5 files\n"


def test_a_source_whose_content_changed_is_named(of_works, laid_out, call, tmp_path) -> None:
    shutil.copytree(laid_out[0], tmp_path / "aozora")
    line = json.loads((of_works / "lock.jsonl").read_text(encoding="utf-8").splitlines()[0])
    change_work(tmp_path / "aozora", line["path"])
    done = call("verify", of_works, "--rebuild", "--aozora", "aozora", "--json")
    assert done.code == 4
    assert failing(done)["rebuild"][0].startswith(f"{line['path']}: the work's text has changed")
    (tmp_path / "aozora" / line["path"]).unlink()
    done = call("verify", of_works, "--rebuild", "--aozora", "aozora")
    assert done.code == 1
    assert line["path"] in done.err.splitlines()[-1]


def test_of_many_changed_sources_five_are_named_and_all_counted(
    of_works, laid_out, call, tmp_path
) -> None:
    shutil.copytree(laid_out[0], tmp_path / "aozora")
    lines = (of_works / "lock.jsonl").read_text(encoding="utf-8").splitlines()
    paths = sorted({json.loads(line)["path"] for line in lines})
    assert len(paths) > 6
    for path in paths[:6]:
        change_work(tmp_path / "aozora", path)
    done = call("verify", of_works, "--rebuild", "--aozora", "aozora", "--json")
    assert done.code == 4
    (said,) = failing(done)["rebuild"]
    assert said.startswith(
        f"{paths[0]}: the work's text has changed, and that of 5 more ({', '.join(paths[1:5])}, …); "
    )
    shutil.rmtree(tmp_path / "aozora")
    shutil.copytree(laid_out[0], tmp_path / "aozora")
    for path in paths[:2]:
        change_work(tmp_path / "aozora", path)
    done = call("verify", of_works, "--rebuild", "--aozora", "aozora", "--json")
    assert f" has changed, and that of 1 more ({paths[1]}); " in failing(done)["rebuild"][0]


def test_a_rebuild_compares_every_file(copy, call) -> None:
    flip(copy / "train.parquet")
    done = call("verify", "set", "--rebuild", "--json")
    assert done.code == 4
    assert list(failing(done)) == ["file-hash", "rebuild"]
    assert failing(done)["rebuild"] == ["train.parquet: the rebuild gives other bytes"]


def write_otherwise(folder: Path, *, changed: bool = False) -> None:
    """Let ``folder`` be written by other libraries: its Parquet bytes, card and receipt differ."""
    for split in ("train", "validation", "test"):
        table = pq.read_table(folder / f"{split}.parquet")
        if changed and split == "test":
            values = table.column("title").to_pylist()
            titles = pa.array([f"{values[0]}。", *values[1:]])
            place = table.schema.get_field_index("title")
            table = table.set_column(place, table.schema.field("title"), titles)
        pq.write_table(table, folder / f"{split}.parquet", compression="snappy")
    card = (folder / "README.md").read_text(encoding="utf-8")
    (folder / "README.md").write_text(card.replace("Sizes", "sizes"), encoding="utf-8")
    receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    receipt["written_with"] = {**receipt["written_with"], "pyarrow": "1.0", "python": "3.9.1"}
    (folder / RECEIPT).unlink()
    write_receipt(folder, {name: value for name, value in receipt.items() if name != "files"})


def test_other_versions_that_give_the_same_rows_are_a_note(copy, call) -> None:
    write_otherwise(copy)
    done = call("verify", "set", "--rebuild")
    assert done.code == 0, done.err
    *notes, verdict = done.out.splitlines()
    assert verdict == "equal: 4 checks, 5 files"
    assert [note.partition(" then, ")[0] for note in notes[:-1]] == [
        "note: pyarrow: 1.0",
        "note: python: 3.9.1",
    ]
    assert notes[-1].startswith("note: README.md: other bytes")
    found = json.loads(call("verify", "set", "--rebuild", "--json").out)
    assert found["ok"] is True
    assert [f"note: {note}" for note in found["notes"]] == notes


@pytest.mark.parametrize("library", ["numpy", "pyarrow", "scikit-learn"])
def test_versions_of_the_rebuild_are_no_difference(library, built, call, monkeypatch) -> None:
    real = writing.version
    monkeypatch.setattr(writing, "version", lambda name: "99.1" if name == library else real(name))
    done = call("verify", built, "--rebuild")
    assert done.code == 0
    assert (
        done.out == f"note: {library}: {real(library)} then, 99.1 now\nequal: 4 checks, 5 files\n"
    )


def test_a_changed_row_is_found_whatever_the_versions(copy, call) -> None:
    """The receipt's hash of the rows is left as it was: the rows themselves are compared."""
    write_otherwise(copy, changed=True)
    done = call("verify", "set", "--rebuild", "--json")
    assert done.code == 4
    (said,) = failing(done)["rebuild"]
    assert said.startswith("test.parquet: ")
    assert said.endswith(": the rebuild gives other values (title)")


def test_with_the_same_versions_every_byte_counts(copy, call) -> None:
    write_otherwise(copy)
    receipt = json.loads((copy / RECEIPT).read_text(encoding="utf-8"))
    receipt["written_with"] |= {"pyarrow": pa.__version__, "python": platform.python_version()}
    (copy / RECEIPT).write_text(sealed(receipt), encoding="utf-8")
    done = call("verify", "set", "--rebuild", "--json")
    assert done.code == 4
    assert [line.partition(":")[0] for line in failing(done)["rebuild"]] == [
        "README.md",
        "test.parquet",
        "train.parquet",
        "validation.parquet",
    ]


@pytest.mark.parametrize("name", ["mean_difficulty", "jtextkit"])
def test_what_the_receipt_says_of_the_data_is_compared(name, copy, call) -> None:
    receipt = json.loads((copy / RECEIPT).read_text(encoding="utf-8"))
    receipt[name] = "0.0.1"
    (copy / RECEIPT).write_text(sealed(receipt), encoding="utf-8")
    done = call("verify", "set", "--rebuild", "--json")
    assert done.code == 4
    assert failing(done)["rebuild"][0].startswith(f"receipt.json: {name}: 0.0.1 -> ")


# diff


def test_a_build_does_not_differ_from_itself(built, copy, call) -> None:
    done = call("diff", built, "set")
    assert done.code == 0
    assert done.out.split() == ["rows", "number", "same", "24", "came", "0", "went", "0"]
    found = json.loads(call("diff", built, "set", "--json").out)
    assert found["same"] == 24
    assert found["causes"] == {}
    assert found["came"] == found["went"] == found["changed"] == []


def test_columns_that_one_build_lacks_are_told_once_and_change_no_row(built, copy, call) -> None:
    for file in copy.glob("*.parquet"):
        pq.write_table(pq.read_table(file).drop_columns(["label_firm", "harder_se"]), file)
    done = call("diff", copy, built)
    assert "\ncolumns only in B\n  label_firm, harder_se\n" in done.out.replace(
        "harder_se, label_firm", "label_firm, harder_se"
    )
    assert json.loads(call("diff", built, copy, "--json").out)["same"] == 24


def test_another_recipe_is_the_reason_for_what_came_and_went(
    built, laid_out, call, tmp_path
) -> None:
    sources = DifficultySources(FolderLibrary(laid_out[0]), laid_out[1], None, sample=True)
    build(tmp_path / "other", DifficultyRecipe(size=10, seed=3), sources)
    found = json.loads(call("diff", built, "other", "--json").out)
    assert found["causes"]["recipe.size"] == [12, 10]
    assert found["causes"]["recipe.seed"] == [1, 3]
    assert len(found["went"]) - len(found["came"]) == 4
    assert {row["what"] for row in found["went"]} == {"went"}
    for row in found["went"] + found["came"]:
        assert row["why"] == "recipe (seed, size)"
    moved = [row for row in found["changed"] if "split" in row["columns"]]
    assert moved
    before = {row["id"]: split for split, rows in Edited(built).rows.items() for row in rows}
    after = {
        row["id"]: split for split, rows in Edited(tmp_path / "other").rows.items() for row in rows
    }
    for row in moved:
        assert row["columns"]["split"] == [before[row["id"]], after[row["id"]]]
    back = json.loads(call("diff", "other", built, "--json").out)
    assert [row["id"] for row in back["came"]] == [row["id"] for row in found["went"]]
    done = call("diff", built, "other")
    assert "  recipe.seed: 1 -> 3\n" in done.out
    assert "\nwent: 4, for: recipe (seed, size)\n" in done.out


def test_changed_labels_texts_and_scores_are_told_apart(built, call, tmp_path) -> None:
    edited = Edited(built)
    one, two, three = edited.rows["train"][:3]
    one["label"] = 1 - one["label"]
    two["text"] += "終わり。"
    three["readability"] += 0.01
    edited.receipt["jtextkit"] = "0.2.0"
    edited.write(tmp_path / "new")
    found = json.loads(call("diff", built, "new", "--json").out)
    changed = {row["id"]: row for row in found["changed"]}
    assert list(changed[one["id"]]["columns"]) == ["label"]
    assert changed[two["id"]]["columns"]["text"] == [len(two["text"]) - 4, len(two["text"])]
    assert list(changed[three["id"]]["columns"]) == ["readability"]
    assert {row["why"] for row in changed.values()} == {"version"}
    assert found["counts"] == {
        "same": 21,
        "came": 0,
        "went": 0,
        "changed label": 1,
        "changed split": 0,
        "changed text": 1,
        "changed readability": 1,
        "changed pair_id": 0,
        "changed other": 0,
    }
    done = call("diff", built, "new")
    assert f"{one['id']} (train) label " in done.out
    assert "jtextkit: 0.1.0 -> 0.2.0" in done.out


def test_a_text_whose_source_has_other_bytes_says_so(built, call, tmp_path) -> None:
    edited = Edited(built)
    row = edited.rows["train"][0]
    row["text"] += "終わり。"
    edited.lock[row["id"]]["sha256"] = "0" * 64
    edited.write(tmp_path / "new")
    (changed,) = json.loads(call("diff", built, "new", "--json").out)["changed"]
    assert changed["why"] == "source: its bytes are others"


def test_a_row_left_out_as_a_near_duplicate_names_its_twin(built, call, tmp_path) -> None:
    edited = Edited(built)
    row = edited.rows["train"].pop()
    edited.receipt["selection"]["near_duplicates"] = {row["id"]: "aozora-1-2"}
    edited.write(tmp_path / "new")
    (went,) = json.loads(call("diff", built, "new", "--json").out)["went"]
    assert went["why"] == "a near-duplicate of aozora-1-2"


def test_a_change_by_hand_is_called_so(built, call, tmp_path) -> None:
    edited = Edited(built)
    edited.rows["test"][0]["label"] ^= 1
    edited.write(tmp_path / "new")
    (changed,) = json.loads(call("diff", built, "new", "--json").out)["changed"]
    assert changed["why"].startswith("changed by hand")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["set", "nowhere"], 1, "nowhere: no such file or folder"),
        (["empty", "set"], 1, "empty: no files of rows"),
        (["set", "other"], 4, "other: there is no receipt"),
        (["set"], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_compared_is_one_line(words, code, said, copy, call, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    shutil.copytree(copy, tmp_path / "other")
    (tmp_path / "other" / RECEIPT).unlink()
    done = call("diff", *words)
    assert done.code == code
    assert said in done.err.splitlines()[-1]
    assert done.out == ""
