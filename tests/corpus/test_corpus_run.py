"""Runs: what is done again and what is not, places, parts, workers, and the sum."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from jtextkit.core.errors import (
    InputError,
    IntegrityError,
    JtextkitError,
    OutputError,
    UsageError,
)
from jtextkit.corpus import (
    Options,
    annotate_shards,
    find_shards,
    merge,
    on_this_machine,
    remote,
)
from jtextkit.corpus.shards import transcribe
from jtextkit.metrics.morphology.analysis import Counts, analyser, count
from jtextkit.metrics.morphology.dictionary import find_dictionary
from jtextkit.metrics.morphology.image import dictionary_digest

from .conftest import annotate, contents, rows_of, text_of, write_shard


@pytest.fixture
def shards(tmp_path: Path) -> list[Path]:
    (tmp_path / "in").mkdir()
    names = ("a.jsonl", "b.jsonl.gz", "c.parquet")
    return [write_shard(tmp_path / "in" / name, rows_of(5, i)) for i, name in enumerate(names)]


def statuses(outcomes) -> list[str]:
    return [outcome.status for outcome in outcomes]


# Receipts


def test_a_rerun_leaves_everything_alone(shards, tmp_path) -> None:
    assert statuses(annotate(tmp_path / "out", *shards)) == ["written"] * 3
    before = contents(tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert statuses(annotate(tmp_path / "out", *shards)) == ["unchanged"] * 3
    assert contents(tmp_path / "out") == before
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == times
    assert sorted(before) == sorted(
        name for path in shards for name in (path.name, f"{path.name}.receipt.json")
    )


def test_a_receipt_says_how_its_shard_was_made_and_nothing_of_place_or_time(
    shards, tmp_path
) -> None:
    annotate(tmp_path / "out", shards[0])
    text = (tmp_path / "out" / "a.jsonl.receipt.json").read_text()
    receipt = json.loads(text)
    assert set(receipt) == {"input", "making", "output", "sealed_sha256", "tally"}
    assert receipt["input"]["bytes"] == shards[0].stat().st_size
    assert receipt["input"]["rows"] == receipt["output"]["rows"] == 5
    assert receipt["making"]["signature"].startswith("jreadability|dict:unidic-lite")
    assert receipt["making"]["jtextkit"] == "0.1.0"
    assert str(tmp_path) not in text


def changed_input(shards, out, monkeypatch) -> dict[str, object]:
    write_shard(shards[0], rows_of(6))
    return {}


def changed_input_of_one_size(shards, out, monkeypatch) -> dict[str, object]:
    data = shards[0].read_bytes()
    state = shards[0].stat()
    shards[0].write_bytes(data.replace("朝".encode(), "夜".encode()))
    os.utime(shards[0], ns=(state.st_atime_ns, state.st_mtime_ns))
    return {}


def changed_columns(shards, out, monkeypatch) -> dict[str, object]:
    return {"columns": ("label",)}


def changed_text_column(shards, out, monkeypatch) -> dict[str, object]:
    return {"text_column": "id"}


def changed_dictionary_files(shards, out, monkeypatch) -> dict[str, object]:
    monkeypatch.setattr("jtextkit.corpus.run.dictionary_digest", lambda name: "other")
    return {}


def changed_output(shards, out, monkeypatch) -> dict[str, object]:
    path = out / "a.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    return {}


def lost_output(shards, out, monkeypatch) -> dict[str, object]:
    (out / "a.jsonl").unlink()
    return {}


def lost_receipt(shards, out, monkeypatch) -> dict[str, object]:
    (out / "a.jsonl.receipt.json").unlink()
    return {}


@pytest.mark.parametrize(
    "change",
    [
        changed_input,
        changed_input_of_one_size,
        changed_columns,
        changed_text_column,
        changed_dictionary_files,
        changed_output,
        lost_output,
        lost_receipt,
    ],
)
def test_a_change_is_noticed_and_the_shard_done_again(
    change, shards, tmp_path, monkeypatch
) -> None:
    out = tmp_path / "out"
    annotate(out, shards[0])
    options = change(shards, out, monkeypatch)
    assert statuses(annotate(out, shards[0], **options)) == ["written"]
    annotate(tmp_path / "fresh", shards[0], **options)
    assert contents(out) == contents(tmp_path / "fresh")
    assert statuses(annotate(out, shards[0], **options)) == ["unchanged"]


# Files that no run wrote


def test_a_file_of_ones_own_is_not_replaced(shards, tmp_path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "b.jsonl.gz").write_bytes(b"years of work")
    for _ in range(2):
        outcomes = annotate(out, *shards)
        assert [outcome.error is None for outcome in outcomes] == [True, False, True]
        assert isinstance(outcomes[1].error, OutputError)
        assert "without a receipt" in str(outcomes[1].error)
        assert "--force" in str(outcomes[1].error)
        assert contents(out)["b.jsonl.gz"] == b"years of work"
        assert len(contents(out)) == 5
    assert statuses(annotate(out, *shards, force=True)) == ["unchanged", "written", "unchanged"]
    annotate(tmp_path / "fresh", *shards)
    assert contents(out) == contents(tmp_path / "fresh")


def test_an_output_without_its_receipt_is_ones_own_once_the_input_changed(shards, tmp_path) -> None:
    """Only a run that was killed may leave such a thing, and it leaves a mark with it."""
    out = tmp_path / "out"
    annotate(out, shards[0])
    write_shard(shards[0], rows_of(6))
    (out / "a.jsonl.receipt.json").unlink()
    assert isinstance(annotate(out, shards[0])[0].error, OutputError)
    (out / ".a.jsonl.unreceipted").touch()
    assert statuses(annotate(out, shards[0])) == ["written"]
    assert sorted(contents(out)) == ["a.jsonl", "a.jsonl.receipt.json"]


def test_a_mark_that_was_left_goes_with_the_next_run(shards, tmp_path) -> None:
    annotate(tmp_path / "out", shards[0])
    (tmp_path / "out" / ".a.jsonl.unreceipted").touch()
    assert statuses(annotate(tmp_path / "out", shards[0])) == ["unchanged"]
    assert sorted(contents(tmp_path / "out")) == ["a.jsonl", "a.jsonl.receipt.json"]


def test_the_digest_follows_the_dictionarys_files(tmp_path) -> None:
    folder = tmp_path / "dic"
    folder.mkdir()
    for file in find_dictionary().folder.iterdir():
        if file.is_file():
            (folder / file.name).symlink_to(file)
    before = dictionary_digest(folder)
    assert before == dictionary_digest(find_dictionary().folder)
    (folder / "left-id.def").unlink()
    assert dictionary_digest(folder) != before


# Signatures


def test_another_signature_in_the_folder_is_refused(shards, tmp_path) -> None:
    out = tmp_path / "out"
    annotate(out, *shards[:2])
    before = contents(out)
    for path in shards[1:]:  # also for a shard that is not there yet
        with pytest.raises(IntegrityError, match=r"another signature.*sent:punct.*--force"):
            annotate(out, path, sentences="newline")
    assert contents(out) == before


def test_force_replaces_the_shards_of_the_run_alone(shards, tmp_path) -> None:
    out = tmp_path / "out"
    annotate(out, *shards[:2])
    with pytest.raises(IntegrityError, match=r"b\.jsonl\.gz\.receipt"):
        annotate(out, shards[0], sentences="newline", force=True)
    outcomes = annotate(out, *shards[:2], sentences="newline", force=True)
    assert statuses(outcomes) == ["written"] * 2
    # One machine's part: the others' shards still have the old signature.
    annotate(out, shards[0], force=True, among=shards[:2])
    assert merge_problem(out) == "made otherwise than a.jsonl.receipt.json (sentences, signature)"


def merge_problem(folder: Path, *expected: Path) -> str:
    with pytest.raises(JtextkitError) as caught:
        merge(folder, expected)
    return caught.value.problem


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"making": 1}', b"[" * 99999])
def test_a_file_that_is_no_receipt(content, shards, tmp_path) -> None:
    annotate(tmp_path / "out", shards[0])
    (tmp_path / "out" / "a.jsonl.receipt.json").write_bytes(content)
    with pytest.raises(IntegrityError, match="this is not the receipt of a shard"):
        annotate(tmp_path / "out", shards[0])


def test_a_receipt_with_other_numbers_never_enters_a_sum(shards, tmp_path) -> None:
    out = tmp_path / "out"
    annotate(out, shards[0])
    receipt = out / "a.jsonl.receipt.json"
    receipt.write_text(receipt.read_text().replace('"words": ', '"words": 9'))
    assert "receipt of a shard" in merge_problem(out)
    with pytest.raises(IntegrityError, match="receipt of a shard"):
        annotate(out, shards[0])


def test_a_sum_hashes_the_outputs_where_it_is_asked_to(shards, tmp_path) -> None:
    out = tmp_path / "out"
    annotate(out, *shards)
    assert merge(out, verify=True).shards == len(shards)
    data = bytearray((out / "a.jsonl").read_bytes())
    data[len(data) // 2] ^= 1
    (out / "a.jsonl").write_bytes(data)
    assert merge(out).shards == len(shards)  # sizes alone
    with pytest.raises(IntegrityError, match="not the file that its receipt describes"):
        merge(out, verify=True)


# Shards that fail


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_not_utf8_is_one_failed_shard(shards, tmp_path) -> None:
    strange = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x83\x65.jsonl"))
    shards[0].rename(strange)
    outcomes = annotate(tmp_path / "out", strange, shards[1])
    assert sorted(statuses(outcomes)) == ["failed", "written"]
    assert [path.name[0] for path in (tmp_path / "out").iterdir()] == [shards[1].name[0]] * 2


@pytest.mark.parametrize("error", [OverflowError("no more"), LookupError("odd"), AttributeError()])
def test_a_fault_of_ours_fails_its_shard_alone(error, shards, tmp_path, monkeypatch) -> None:
    whole = remote.annotate_shard

    def faulty(path, *args, **kwargs):
        if path == shards[1]:
            raise error
        return whole(path, *args, **kwargs)

    monkeypatch.setattr(remote, "annotate_shard", faulty)
    outcomes = annotate(tmp_path / "out", *shards)
    assert statuses(outcomes) == ["written", "failed", "written"]
    assert f"unexpected {type(error).__name__}" in str(outcomes[1].error)
    assert "please report it" in str(outcomes[1].error)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_shard_that_fails_does_not_stop_the_others(workers, shards, tmp_path) -> None:
    write_shard(shards[1], rows_of(50))
    shards[1].write_bytes(shards[1].read_bytes()[:-30])
    (tmp_path / "in" / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    outcomes = annotate(tmp_path / "out", *shards, tmp_path / "in" / "gone.jsonl", workers=workers)
    assert statuses(outcomes) == ["written", "failed", "written", "failed"]
    assert all(isinstance(outcome.error, InputError) for outcome in outcomes if outcome.error)
    assert sorted(contents(tmp_path / "out")) == [
        "a.jsonl",
        "a.jsonl.receipt.json",
        "c.parquet",
        "c.parquet.receipt.json",
    ]


def test_a_shard_that_fails_keeps_its_old_output(shards, tmp_path) -> None:
    annotate(tmp_path / "out", shards[1])
    before = contents(tmp_path / "out")
    shards[1].write_bytes(shards[1].read_bytes()[:-9])
    assert statuses(annotate(tmp_path / "out", shards[1])) == ["failed"]
    assert contents(tmp_path / "out") == before


def test_a_shard_that_changes_while_it_is_read(shards, tmp_path, monkeypatch) -> None:
    def meddling(source, *rest):
        tally = transcribe(source, *rest)
        source.write_bytes(source.read_bytes() * 2)
        return tally

    monkeypatch.setattr("jtextkit.corpus.annotate.transcribe", meddling)
    (outcome,) = annotate(tmp_path / "out", shards[0])
    assert "it changed while it was read" in str(outcome.error)
    assert contents(tmp_path / "out") == {}


# Places and parts


def test_shards_are_found_in_files_and_folders(shards, tmp_path) -> None:
    (tmp_path / "in" / "README.md").write_text("読んで")
    (tmp_path / "in" / ".hidden.jsonl").write_text("")
    (tmp_path / "in" / "deeper.jsonl").mkdir()
    assert find_shards([tmp_path / "in"]) == shards
    assert find_shards(reversed(shards)) == shards


def test_names_that_cannot_be_shards(shards, tmp_path) -> None:
    with pytest.raises(UsageError, match=r"not a name of a shard.*\.parquet"):
        find_shards([tmp_path / "in.txt"])
    with pytest.raises(UsageError, match="no shards in this folder"):
        find_shards([tmp_path])
    with pytest.raises(UsageError, match=r"two shards are called a\.jsonl"):
        find_shards([tmp_path / "in", tmp_path / "other" / "a.jsonl"])


@pytest.mark.parametrize("how", ["folder", "link", "hard link"])
def test_an_output_never_replaces_its_input(how, shards, tmp_path) -> None:
    out = tmp_path / "in"
    if how != "folder":
        out = tmp_path / "out"
        out.mkdir()
        if how == "link":
            (out / "a.jsonl").symlink_to(shards[0])
        else:
            (out / "a.jsonl").hardlink_to(shards[0])
    before = contents(out)
    with pytest.raises(UsageError, match="would replace the shard itself"):
        annotate(out, shards[0])
    assert contents(out) == before


def test_a_folder_that_cannot_be_made(shards, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="-o"):
        annotate(tmp_path / "file" / "out", *shards)


def test_parts_share_the_shards_out_by_name() -> None:
    paths = [Path(f"web/{i:05}.jsonl.zst") for i in range(2000)]
    parts = [on_this_machine(paths, number, 8) for number in range(1, 9)]
    assert sorted(path for part in parts for path in part) == paths
    assert all(200 < len(part) < 300 for part in parts)
    elsewhere = [Path("/mnt") / path.name for path in paths[::2]]
    assert [path.name for path in on_this_machine(elsewhere, 3, 8)] == [
        path.name for path in parts[2] if path in paths[::2]
    ]
    assert on_this_machine(paths, 1, 1) == paths


# Workers


@pytest.mark.slow
def test_workers_take_shards_or_batches_and_write_the_same(tmp_path) -> None:
    (tmp_path / "in").mkdir()
    sizes = {"a.jsonl": 40, "b.jsonl": 40, "c.parquet": 40, "d.jsonl.gz": 400}
    like = [write_shard(tmp_path / "in" / name, rows_of(n)) for name, n in sizes.items()]
    one_large = [like[0], write_shard(tmp_path / "in" / "e.jsonl", rows_of(4000))]
    for number, chosen in enumerate((like, one_large)):
        for workers in (1, 2):
            outcomes = annotate(tmp_path / f"{number}-{workers}", *chosen, workers=workers)
            assert set(statuses(outcomes)) == {"written"}
        assert contents(tmp_path / f"{number}-1") == contents(tmp_path / f"{number}-2")


def test_progress_counts_shards(shards, tmp_path) -> None:
    seen = []
    runs = annotate_shards(
        shards, tmp_path / "out", Options(), report=lambda *words: seen.append(words)
    )
    list(runs)
    assert [words for words in seen if words[0] == "annotating shards"] == [
        ("annotating shards", done, 3) for done in range(4)
    ]


# The sum


def test_merge_adds_up_what_the_rows_hold(shards, tmp_path) -> None:
    rows = rows_of(3, 50)
    rows[1]["text"] = None
    write_shard(shards[0], rows)
    for path in shards:  # as three machines would
        annotate(tmp_path / "out", path)
    summary = merge(tmp_path / "out", shards)
    texts = [text_of(50), text_of(52), *map(text_of, (1, 2, 3, 4, 5, 2, 3, 4, 5, 6))]
    assert summary.tally.counts == sum(map(count, texts), Counts())
    assert (summary.shards, summary.tally.rows) == (3, 13)
    assert summary.tally.problems == {"the text is missing": 1}
    content = summary.to_dict()
    assert content["readability"] == pytest.approx(summary.score.readability)
    assert content["signature"] == summary.making["signature"]
    assert content["text_column"] == "text"


def test_merge_of_nothing_that_has_words(tmp_path) -> None:
    annotate(tmp_path / "out", write_shard(tmp_path / "a.jsonl", [{"text": None}]))
    summary = merge(tmp_path / "out")
    assert summary.score is None
    assert summary.to_dict()["readability"] is None


def test_what_does_not_add_up(shards, tmp_path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert merge_problem(out) == "no receipts here"
    annotate(out, *shards[:2])
    assert merge_problem(out, *shards) == "1 shard has no receipt yet"
    (out / "x.parquet").write_bytes(b"")
    assert merge_problem(out) == "1 shard has no receipt yet"
    (out / "x.parquet").unlink()
    annotate(out, shards[2], columns=("label",))
    assert merge_problem(out) == "made otherwise than a.jsonl.receipt.json (columns)"
    annotate(out, shards[2])
    assert merge(out, shards).shards == 3
    (out / "a.jsonl").write_bytes(b"")
    assert merge_problem(out) == "not the file that its receipt describes"
    (out / "a.jsonl").unlink()
    assert merge_problem(out) == "the file is missing"


def test_a_dictionary_without_its_table_has_another_signature(tmp_path) -> None:
    """Reading features is another way to the same counts, and the signature says which."""
    folder = tmp_path / "dic"
    folder.mkdir()
    for file in find_dictionary().folder.iterdir():
        if file.name in ("sys.dic", "matrix.bin", "char.bin", "unk.dic", "dicrc"):
            (folder / file.name).symlink_to(file)
    assert analyser(str(folder)).reads_features
    shard = write_shard(tmp_path / "a.jsonl", rows_of(3))
    annotate(tmp_path / "out", shard)
    with pytest.raises(IntegrityError, match="another signature"):
        annotate(tmp_path / "out", shard, dictionary=str(folder))
