"""A set is read behind its receipt, and its rows become what is to be learnt."""

from __future__ import annotations

import json
from pathlib import Path

import huggingface_hub
import pytest
from hypothesis import given
from hypothesis import strategies as st
from train_checks import difficulty_set, sansu_set, stx_set

from jtextkit.builders.sets.reading import TextSet, open_set
from jtextkit.core.errors import FormatError, InputError, IntegrityError
from jtextkit.core.receipts import RECEIPT, sealed
from jtextkit.train.encoding import (
    CHARACTERS_PER_TOKEN,
    TrainingExample,
    estimate,
    examples_of,
    groups_of,
)
from jtextkit.train.folder import identity_of
from jtextkit.train.presets import configuration

pytest.importorskip("yaml", reason='needs the extra train: python -m pip install -e ".[train]"')


def test_a_built_set_is_read_with_its_receipt(tmp_path: Path) -> None:
    built = open_set(difficulty_set(tmp_path / "set"))
    assert {name: len(rows) for name, rows in built.splits.items()} == {
        "train": 8,
        "validation": 4,
        "test": 4,
    }
    identity = identity_of(built)
    assert identity["builder"] == "difficulty-2level"
    assert len(identity["receipt_sha256"]) == 64
    assert str(tmp_path) not in json.dumps(identity)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = difficulty_set(tmp_path / "set")
    file = folder / "validation.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(IntegrityError, match=r"validation\.parquet: not the file"):
        open_set(folder)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    folder = difficulty_set(tmp_path / "set")
    (folder / "test.parquet").unlink()
    with pytest.raises(IntegrityError, match=r"test\.parquet: missing"):
        open_set(folder)


def test_rows_that_no_receipt_names_are_not_learnt(tmp_path: Path) -> None:
    folder = difficulty_set(tmp_path / "set")
    (folder / "train-more.jsonl").write_text('{"text": "朝です。", "label": 0}\n', encoding="utf-8")
    with pytest.raises(IntegrityError, match=r"train-more\.jsonl: the receipt does not name it"):
        open_set(folder)


def test_a_receipt_leads_nowhere_else(tmp_path: Path) -> None:
    folder = difficulty_set(tmp_path / "set")
    receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    receipt["files"]["../mine.txt"] = receipt["files"]["train.parquet"]
    (folder / RECEIPT).write_text(sealed(receipt), encoding="utf-8")
    with pytest.raises(IntegrityError, match="strange file"):
        open_set(folder)


def test_there_must_be_rows_to_learn(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no rows of a split train"):
        open_set(difficulty_set(tmp_path / "set", train=0))
    with pytest.raises(InputError, match="no such file or folder"):
        open_set(tmp_path / "nowhere")


def test_difficulty_rows_weigh_what_their_label_weighs(tmp_path: Path) -> None:
    built = open_set(difficulty_set(tmp_path / "set"))
    config = configuration("train/difficulty", None, ["class_weights.Simple=2.0"])
    found = examples_of("difficulty", built, "train", config)
    assert groups_of(found) == {"Complex": 4, "Simple": 4}
    assert {(one.group, one.weight) for one in found} == {("Simple", 2.0), ("Complex", 1.0)}
    assert all(f"「{one.group}」" in str(one.prompt) for one in found)
    assert [one.completion for one in found] == [row["text"] for row in built.splits["train"]]


def test_stx_rows_are_prompts_and_completions(tmp_path: Path) -> None:
    built = open_set(stx_set(tmp_path / "set"))
    found = examples_of("stx", built, "train", configuration("train/stx"))
    rows = built.splits["train"]
    assert [(one.prompt, one.completion) for one in found] == [
        (row["prompt"], row["completion"]) for row in rows
    ]
    assert groups_of(found) == {}


def test_sansu_rows_are_chats_with_the_configured_system_prompt(tmp_path: Path) -> None:
    built = open_set(sansu_set(tmp_path / "set"))
    rows = built.splits["train"]
    found = examples_of("sansu", built, "train", configuration("train/sansu"))
    for one, row in zip(found, rows, strict=True):
        answer = {"role": "assistant", "content": one.completion}
        assert [*one.prompt, answer] == row["messages"]
    mine = configuration("train/sansu", None, ["system_prompt=短く。"])
    assert examples_of("sansu", built, "train", mine)[0].prompt[0] == {
        "role": "system",
        "content": "短く。",
    }


@pytest.mark.parametrize("task", ["stx", "sansu"])
def test_a_set_of_another_kind_is_told(task: str, tmp_path: Path) -> None:
    built = open_set(difficulty_set(tmp_path / "set"))
    config = configuration(f"train/{task}")
    with pytest.raises(FormatError, match=rf"train\.parquet:1: no row for {task}"):
        examples_of(task, built, "train", config)


@pytest.mark.parametrize(
    "row",
    [
        {"text": "文。", "label": 2},
        {"text": "文。", "label": "Hard"},
        {"text": "", "label": 0},
        {"label": 0},
    ],
)
def test_a_row_that_cannot_be_learnt_is_named(row: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"mine\.jsonl:1: no row for difficulty"):
        examples_of("difficulty", own(tmp_path, row), "train", configuration("train/difficulty"))


def own(folder: Path, *rows: dict[str, object]) -> TextSet:
    """A file of rows of one's own."""
    file = folder / "mine.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    file.write_text("".join(lines), encoding="utf-8")
    return open_set(file)


def test_rows_of_ones_own_are_learnt_without_a_receipt(tmp_path: Path) -> None:
    built = own(tmp_path, {"text": "文。", "label": "Complex"}, {"text": "文。", "label": 0})
    found = examples_of("difficulty", built, "train", configuration("train/difficulty"))
    assert [one.group for one in found] == ["Complex", "Simple"]
    identity = identity_of(built)
    assert identity["receipt_sha256"] is None
    assert len(identity["files"]["mine.jsonl"]["sha256"]) == 64
    asked = own(tmp_path, {"prompt": "問い", "completion": "答え"})
    for task in ("stx", "sansu"):
        (one,) = examples_of(task, asked, "train", configuration(f"train/{task}"))
        assert one.completion == "答え"
        assert "問い" in str(one.prompt)


def test_a_set_of_the_hub_is_read_as_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []

    def snapshot(repo: str, *, repo_type: str, revision: str | None) -> Path:
        assert repo_type == "dataset"
        asked.append((repo, revision))
        return tmp_path

    monkeypatch.setattr(huggingface_hub, "snapshot_download", snapshot)
    (tmp_path / "data").mkdir()
    for split in ("train", "validation"):
        file = tmp_path / "data" / f"{split}-00000-of-00001.jsonl"
        file.write_text('{"text": "文。", "label": 0}\n', encoding="utf-8")
    built = open_set("USER/NAME@v1")
    assert asked == [("USER/NAME", "v1")]
    assert {name: len(rows) for name, rows in built.splits.items()} == {"train": 1, "validation": 1}


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"text": "文。", "label": 0}\n{"text": \n', encoding="utf-8")
    with pytest.raises(FormatError, match=r"mine\.jsonl:2"):
        open_set(file)


@given(st.text(max_size=40), st.text(min_size=1, max_size=400), st.integers(1, 300))
def test_an_estimate_counts_every_row_once(prompt: str, text: str, longest: int) -> None:
    found = estimate(
        [TrainingExample(prompt, text), TrainingExample(prompt, text, 0.0)], max_length=longest
    )
    wanted = round((len(prompt) + len(text)) / CHARACTERS_PER_TOKEN) + 1
    assert found.lengths == [min(wanted, longest)]
    assert found.over_long == (wanted > longest)
    assert found.weightless == 1
    assert found.estimated
