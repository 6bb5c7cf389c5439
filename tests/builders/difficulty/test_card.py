"""The card: what the Hub reads of it, and that its figures are those of the files."""

from __future__ import annotations

import platform
import re
import shlex
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from huggingface_hub import DatasetCard, DatasetCardData

from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultyRecipe, DifficultySources, build
from jtextkit.builders.difficulty.card import card_text, licence_lines, with_audit
from jtextkit.builders.sample import lay_out
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.core.files import sha256_of
from jtextkit.core.receipts import read_receipt

SECTIONS = (
    "Loading",
    "Sizes",
    "How it was made",
    "Two opinions",
    "What stands in the texts",
    "Columns",
    "Limits",
    "Sources",
    "Recipe",
    "Hashes",
    "Rebuilding",
    "Citation",
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> DifficultySources:
    root, workbook = lay_out(tmp_path_factory.mktemp("sources"))
    return DifficultySources(FolderLibrary(root), workbook, jec_sha256=None, sample=True)


@pytest.fixture(scope="module")
def built(sources: DifficultySources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "set"
    build(folder, DifficultyRecipe(size=12), sources)
    return folder


@pytest.fixture(scope="module")
def card(built: Path) -> str:
    return (built / "README.md").read_text(encoding="utf-8")


def receipt_of(folder: Path) -> dict[str, Any]:
    receipt = read_receipt(folder)
    assert receipt is not None
    return receipt


def real(receipt: dict[str, Any], *names: str) -> dict[str, Any]:
    """The receipt as if the set were made from real sources."""
    return {**receipt, "sample": False, "sources": {name: {} for name in names}}


def table(card: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    section = card.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_hub_reads_its_head(card: str) -> None:
    parsed = DatasetCard(card)
    assert isinstance(parsed.data, DatasetCardData)
    data = parsed.data.to_dict()
    assert data["language"] == ["ja"]
    assert data["license"] == "apache-2.0"
    assert data["annotations_creators"] == ["machine-generated"]
    assert data["task_categories"] == ["text-classification", "text-generation"]
    assert data["size_categories"] == ["n<1K"]
    assert data["source_datasets"] == ["original"]
    assert {"readability", "aozora", "jec"} <= set(data["tags"])
    configs = {config["config_name"]: config for config in data["configs"]}
    assert list(configs) == ["default", "aozora", "kyoto"]
    assert [file["split"] for file in configs["default"]["data_files"]] == list(SPLITS)
    assert configs["kyoto"]["filters"] == [["source", "==", "jec"]]


def test_each_part_can_be_loaded_alone(built: Path, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    for name, source in {"aozora": "aozora", "kyoto": "jec"}.items():
        loaded = datasets.load_dataset(str(built), name, cache_dir=str(tmp_path))
        rows = [row for split in loaded.values() for row in split]
        assert {row["source"] for row in rows} == {source}
        assert {row["label"] for row in rows} == {0, 1}


def test_it_says_all_that_it_should(card: str) -> None:
    headings = re.findall(r"^## (.+)$", card, re.MULTILINE)
    assert headings == list(SECTIONS)


def test_each_column_with_its_range(card: str, built: Path) -> None:
    rows = [
        row for split in SPLITS for row in pq.read_table(built / f"{split}.parquet").to_pylist()
    ]
    described = {cells[0].strip("`"): cells[1:] for cells in table(card, "Columns")}
    assert list(described) == list(rows[0])
    for name in ("characters", "sentences", "char_start"):
        values = [row[name] for row in rows if row[name] is not None]
        assert described[name][2].startswith(f"{min(values)} to {max(values)}")
    missing = sum(row["char_start"] is None for row in rows)
    assert described["char_start"][2].endswith(f"; {missing} null")
    assert described["label"][:3] == ["ClassLabel", "–", "Simple, Complex"]
    assert described["kango_percent"][1] == "% of words"
    assert described["source"][2] == "aozora, jec"


def test_its_hashes_and_its_recipe_are_those_of_the_set(card: str, built: Path) -> None:
    receipt = receipt_of(built)
    hashes = {cells[0]: cells[1:] for cells in table(card, "Hashes")}
    assert hashes["`lock.jsonl`"] == [f"`{sha256_of(built / 'lock.jsonl')}`"]
    for split in SPLITS:
        assert hashes[f"rows of `{split}`"] == [f"`{receipt['rows_sha256'][split]}`"]
    assert {cells[0].strip("`") for cells in table(card, "Recipe")} == set(receipt["recipe"])
    assert receipt["signature"] in card
    assert receipt["recipe_sha256"] in card


def test_the_receipt_names_the_versions_and_the_card_none(
    sources: DifficultySources, built: Path, card: str, tmp_path: Path, monkeypatch
) -> None:
    written_with = receipt_of(built)["written_with"]
    assert written_with.pop("python") == platform.python_version()
    assert written_with == {name: version(name) for name in ("numpy", "pyarrow", "scikit-learn")}
    monkeypatch.setattr("jtextkit.builders.sets.writing.version", lambda name: f"{name}-99")
    build(tmp_path / "other", DifficultyRecipe(size=12), sources)
    assert receipt_of(tmp_path / "other")["written_with"]["pyarrow"] == "pyarrow-99"
    assert (tmp_path / "other" / "README.md").read_text(encoding="utf-8") == card


def test_its_command_rebuilds_it(card: str) -> None:
    commands = re.search(r"## Rebuilding\n\n```bash\n(.*?)```", card, re.DOTALL)
    assert commands is not None
    assert [shlex.split(line) for line in commands[1].splitlines()][1] == [
        "jtextkit",
        "build",
        "difficulty-2level",
        "--sample",
        "--size",
        "12",
    ]


def test_six_levels_without_pairs(sources: DifficultySources, tmp_path: Path) -> None:
    recipe = DifficultyRecipe(
        size=1, levels="six", pairs=False, margin=0.0, min_chars=300, max_chars=1500
    )
    receipt = build(tmp_path / "six", recipe, sources)
    text = (tmp_path / "six" / "README.md").read_text(encoding="utf-8")
    assert "six levels" in text
    assert "not paired" in text
    assert "--sample --lock THIS_FOLDER" in text
    assert receipt["files"]["README.md"]["sha256"] == sha256_of(tmp_path / "six" / "README.md")


def test_licence_and_thanks_follow_the_sources(built: Path) -> None:
    receipt = receipt_of(built)
    assert "license_name: public-domain-in-japan-and-cc-by-3.0\n" in licence_lines(
        real(receipt, "aozora", "jec")
    )
    assert licence_lines(real(receipt, "jec")) == "license: cc-by-3.0\n"
    assert "license_name: public-domain-in-japan\n" in licence_lines(real(receipt, "aozora"))
    rows = {split: pq.read_table(built / f"{split}.parquet").to_pylist() for split in SPLITS}
    both = card_text(rows, DifficultyRecipe(), real(receipt, "aozora", "jec"), "")
    assert "Public domain *in Japan*" in both
    assert "creativecommons.org/licenses/by/3.0" in both
    assert "Kurohashi-Kawahara" in both
    assert "`input_by` and `proofread_by`" in both
    assert "--lock THIS_FOLDER --aozora DIR --jec FILE" in both
    alone = card_text(rows, DifficultyRecipe(public_domain="life+70"), real(receipt, "aozora"), "")
    assert "Public domain *in Japan*" not in alone
    assert "lists of sentences" not in alone
    assert "Kurohashi" not in alone


def test_the_audit_is_put_before_the_limits(card: str) -> None:
    whole = with_audit(card, "## Audit\n\nall well\n")
    headings = re.findall(r"^## (.+)$", whole, re.MULTILINE)
    assert headings[headings.index("Audit") + 1] == "Limits"
    assert whole.replace("## Audit\n\nall well\n\n", "") == card
