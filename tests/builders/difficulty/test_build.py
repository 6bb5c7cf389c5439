"""A build is complete, readable by everybody, reproducible, and all or nothing."""

from __future__ import annotations

import csv
import io
import json
import shutil
import statistics
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import datasets
import polars as pl
import pytest

from jtextkit.builders import sample
from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import (
    DifficultyRecipe,
    DifficultySources,
    build,
    rebuild,
)
from jtextkit.builders.difficulty.rows import COLUMNS
from jtextkit.core.errors import (
    FormatError,
    InputError,
    IntegrityError,
    OutputError,
    QuotaError,
    UsageError,
)
from jtextkit.core.files import sha256_of
from jtextkit.core.receipts import read_receipt
from jtextkit.metrics.readability.formula import score

RECIPE = DifficultyRecipe(size=12)
FILES = [
    "README.md",
    "lock.jsonl",
    "receipt.json",
    "test.parquet",
    "train.parquet",
    "validation.parquet",
]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> DifficultySources:
    root, workbook = sample.lay_out(tmp_path_factory.mktemp("sources"))
    return DifficultySources(FolderLibrary(root), workbook, jec_sha256=None, sample=True)


@pytest.fixture(scope="module")
def built(sources: DifficultySources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "set"
    build(out, RECIPE, sources)
    return out


def copy_of(sources: DifficultySources, folder: Path) -> None:
    assert isinstance(sources.aozora, FolderLibrary)
    shutil.copytree(sources.aozora.root, folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rows_of(folder: Path) -> pl.DataFrame:
    return pl.concat(
        pl.read_parquet(folder / f"{split}.parquet").with_columns(split=pl.lit(split))
        for split in ("train", "validation", "test")
    )


def test_the_folder_holds_what_it_should(built: Path) -> None:
    assert sorted(contents(built)) == FILES
    receipt = json.loads((built / "receipt.json").read_text(encoding="utf-8"))
    assert set(receipt["files"]) == set(FILES) - {"receipt.json"}
    for name, entry in receipt["files"].items():
        assert sha256_of(built / name) == entry["sha256"]


def test_what_finishes_a_set_is_called_before_the_receipt_and_entered_in_it(
    built: Path, sources: DifficultySources, tmp_path: Path
) -> None:
    seen: list[dict[str, Any]] = []

    def first(folder: Path, receipt: Any) -> None:
        assert sorted(contents(folder)) == [name for name in FILES if name != "receipt.json"]
        seen.append(dict(receipt))
        (folder / "extra.txt").write_text("more", encoding="utf-8")

    def second(folder: Path, receipt: Any) -> None:
        assert (folder / "extra.txt").read_text(encoding="utf-8") == "more"

    receipt = build(tmp_path / "set", RECIPE, sources, finish=[first, second])
    assert receipt["files"]["extra.txt"]["bytes"] == 4
    assert {name: receipt[name] for name in receipt if name != "files"} == seen[0]
    rebuild(tmp_path / "again", tmp_path / "set", sources, finish=[first, second])
    assert contents(tmp_path / "again") == contents(tmp_path / "set")
    build(tmp_path / "set", RECIPE, sources)  # a build may replace one with more files
    assert contents(tmp_path / "set") == contents(built)


def test_what_fails_to_finish_a_set_leaves_the_old_one(
    sources: DifficultySources, tmp_path: Path
) -> None:
    def fail(folder: Path, receipt: Any) -> None:
        raise InputError("no report")

    out = tmp_path / "set"
    with pytest.raises(InputError, match="no report"):
        build(out, RECIPE, sources, finish=[fail])
    assert list(tmp_path.iterdir()) == []
    build(out, RECIPE, sources)
    before = contents(out)
    with pytest.raises(InputError, match="no report"):
        build(out, RECIPE, sources, finish=[fail])
    assert contents(out) == before
    assert list(tmp_path.iterdir()) == [out]


def test_rows_follow_the_schema_and_their_own_scores(built: Path) -> None:
    rows = rows_of(built)
    assert rows.columns == [*COLUMNS, "split"]
    assert rows.height == 24
    for row in rows.iter_rows(named=True):
        result = score(row["text"])
        assert row["readability"] == result.readability
        assert row["readability_newline"] == result.readability_newline
        assert ["Simple", "Complex"][row["label"]] == result.label
        assert row["level"] == result.level
        assert row["characters"] == len(row["text"])
        assert 600 <= row["characters"] <= 1000
        newline = score(row["text"], sentences="newline")
        assert newline.label == result.label


def test_the_sample_says_what_it_is(built: Path) -> None:
    card = (built / "README.md").read_text(encoding="utf-8")
    assert "This is a sample" in card
    assert "at most 3 texts of a work and 12 pairs of a writer" in card
    assert not set("{}") & set(card), "a template was left unfilled"
    assert rows_of(built)["license"].unique().to_list() == ["Apache-2.0"]
    assert rows_of(built)["source_url"].null_count() == 24


def test_datasets_loads_the_folder(built: Path, tmp_path: Path) -> None:
    loaded = datasets.load_dataset(str(built), cache_dir=str(tmp_path))
    assert {name: part.num_rows for name, part in loaded.items()} == {
        "train": 19,
        "validation": 2,
        "test": 3,
    }
    assert loaded["train"].features["label"].names == ["Simple", "Complex"]
    assert loaded["train"].features["source_items"].feature == datasets.Value("string")


def test_the_same_bytes_again_with_workers_and_from_the_lock(
    built: Path, sources: DifficultySources, tmp_path: Path
) -> None:
    build(tmp_path / "two", RECIPE, sources, workers=2)
    rebuild(tmp_path / "locked", built, sources)
    rebuild(tmp_path / "file", built / "lock.jsonl", sources)
    for name in ("two", "locked", "file"):
        assert contents(tmp_path / name) == contents(built), name


def test_the_order_of_the_catalogue_does_not_matter(
    built: Path, sources: DifficultySources, tmp_path: Path
) -> None:
    root = tmp_path / "aozora"
    copy_of(sources, root)
    catalogue = next(root.glob("index_pages/*.zip"))
    with zipfile.ZipFile(catalogue) as archive:
        name = archive.namelist()[0]
        table = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
    text = io.StringIO()
    csv.writer(text).writerows([table[0], *reversed(table[1:])])
    with zipfile.ZipFile(catalogue, "w") as archive:
        archive.writestr(name, text.getvalue().encode("utf-8-sig"))
    build(
        tmp_path / "out",
        RECIPE,
        DifficultySources(FolderLibrary(root), sources.jec, None, sample=True),
    )
    for split in ("train", "validation", "test"):
        name = f"{split}.parquet"
        assert (tmp_path / "out" / name).read_bytes() == (built / name).read_bytes()
    assert (tmp_path / "out/lock.jsonl").read_bytes() == (built / "lock.jsonl").read_bytes()


def test_the_mirrors_layout_gives_the_same_set(
    built: Path, sources: DifficultySources, tmp_path: Path
) -> None:
    """cards/P/files/STEM/STEM.txt, as the pinned mirror on GitHub has it."""
    root = tmp_path / "mirror"
    copy_of(sources, root)
    for path in root.glob("cards/*/files/*.zip"):
        with zipfile.ZipFile(path) as archive:
            data = archive.read(archive.namelist()[0])
        path.unlink()
        path.with_suffix("").mkdir()
        (path.with_suffix("") / f"{path.stem}.txt").write_bytes(data)
    build(
        tmp_path / "out",
        RECIPE,
        DifficultySources(FolderLibrary(root), sources.jec, None, sample=True),
    )
    assert contents(tmp_path / "out") == contents(built)


def test_another_seed_gives_another_split(
    built: Path, sources: DifficultySources, tmp_path: Path
) -> None:
    build(tmp_path / "out", DifficultyRecipe(size=12, seed=2), sources)
    assert (tmp_path / "out/train.parquet").read_bytes() != (built / "train.parquet").read_bytes()


def test_a_rerun_replaces_its_own_output(sources: DifficultySources, tmp_path: Path) -> None:
    build(tmp_path / "out", RECIPE, sources)
    build(tmp_path / "out", RECIPE, sources)
    with pytest.raises(OutputError, match="another recipe"):
        build(tmp_path / "out", DifficultyRecipe(size=10), sources)
    build(tmp_path / "out", DifficultyRecipe(size=10), sources, force=True)
    assert rows_of(tmp_path / "out").height == 20


@pytest.mark.parametrize("force", [False, True])
def test_what_others_wrote_is_never_replaced(
    sources: DifficultySources, tmp_path: Path, force: bool
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        build(tmp_path, RECIPE, sources, force=force)
    build(tmp_path / "out", RECIPE, sources)
    (tmp_path / "out/notes.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"no build wrote \(notes.txt\)"):
        build(tmp_path / "out", RECIPE, sources, force=force)
    assert (tmp_path / "out/notes.txt").read_text() == "mine"


def test_a_failed_build_leaves_nothing(sources: DifficultySources, tmp_path: Path) -> None:
    with pytest.raises(QuotaError):
        build(tmp_path / "out", DifficultyRecipe(size=500), sources)
    assert list(tmp_path.iterdir()) == []


def test_no_source_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no source"):
        build(tmp_path / "out", RECIPE, DifficultySources())


def test_aliases_are_added_on_request(sources: DifficultySources, tmp_path: Path) -> None:
    build(tmp_path / "out", DifficultyRecipe(size=12, aliases=True), sources)
    rows = rows_of(tmp_path / "out")
    assert rows["overall_difficulty"].to_list() == rows["difficulty"].to_list()
    assert set(rows["difficulty_level"]) == {"Simple", "Complex"}


def test_without_pairs_and_with_six_levels(sources: DifficultySources, tmp_path: Path) -> None:
    build(tmp_path / "plain", DifficultyRecipe(size=5, pairs=False), sources)
    assert rows_of(tmp_path / "plain")["pair_id"].null_count() == 10
    with pytest.raises(QuotaError, match="intermediate"):
        build(tmp_path / "six", DifficultyRecipe(size=5, levels="six", pairs=False), sources)


def test_an_unreadable_work_is_named_and_skipped(
    sources: DifficultySources, tmp_path: Path
) -> None:
    root = tmp_path / "aozora"
    copy_of(sources, root)
    broken = sorted(root.glob("cards/*/files/*.zip"))[3]
    broken.write_bytes(b"PK\x03\x04 broken")
    receipt = build(
        tmp_path / "out",
        DifficultyRecipe(size=10),
        DifficultySources(FolderLibrary(root), sources.jec, None, sample=True),
    )
    assert list(receipt["selection"]["aozora"]["unreadable"]) == [
        broken.relative_to(root).as_posix()
    ]
    assert receipt["selection"]["aozora"]["works"]["unreadable"] == 1


class TestLock:
    """A lock gives the set it was written with, or says why it cannot."""

    def test_it_holds_no_text(self, built: Path) -> None:
        lock = (built / "lock.jsonl").read_text(encoding="utf-8")
        assert len(lock.splitlines()) == 24
        for text in rows_of(built)["text"]:
            assert text[:30] not in lock

    def test_a_changed_work_is_named(
        self, built: Path, sources: DifficultySources, tmp_path: Path
    ) -> None:
        root = tmp_path / "aozora"
        copy_of(sources, root)
        path = self._locked_path(built)
        with zipfile.ZipFile(root / path) as archive:
            name = archive.namelist()[0]
            data = archive.read(name)
        with zipfile.ZipFile(root / path, "w") as archive:
            archive.writestr(name, data + b"\r\n")
        with pytest.raises(IntegrityError, match=path):
            rebuild(
                tmp_path / "out", built, DifficultySources(FolderLibrary(root), sources.jec, None)
            )
        assert not (tmp_path / "out").exists()

    def test_a_missing_work_is_named(
        self, built: Path, sources: DifficultySources, tmp_path: Path
    ) -> None:
        with pytest.raises(InputError, match="cards/"):
            rebuild(
                tmp_path / "out",
                built,
                DifficultySources(FolderLibrary(tmp_path), sources.jec, None),
            )

    def test_a_missing_source_is_asked_for(
        self, built: Path, sources: DifficultySources, tmp_path: Path
    ) -> None:
        with pytest.raises(UsageError, match="--aozora"):
            rebuild(tmp_path / "out", built, DifficultySources(None, sources.jec, None))
        with pytest.raises(UsageError, match="--jec"):
            rebuild(tmp_path / "out", built, DifficultySources(sources.aozora))

    def test_an_edited_lock_does_not_belong_to_its_receipt(
        self, built: Path, sources: DifficultySources, tmp_path: Path
    ) -> None:
        shutil.copytree(built, tmp_path / "copy")
        lock = tmp_path / "copy/lock.jsonl"
        lock.write_text(
            lock.read_text(encoding="utf-8").replace('"test"', '"train"'), encoding="utf-8"
        )
        with pytest.raises(IntegrityError, match="do not belong together"):
            rebuild(tmp_path / "out", lock, sources)

    def test_a_lock_without_receipt(
        self, built: Path, sources: DifficultySources, tmp_path: Path
    ) -> None:
        shutil.copy(built / "lock.jsonl", tmp_path)
        with pytest.raises(InputError, match=r"no receipt beside the lock"):
            rebuild(tmp_path / "out", tmp_path / "lock.jsonl", sources)

    @pytest.mark.parametrize("line", ["{}", "[]", "no json", '{"id": 1}'])
    def test_a_line_that_is_no_lock(
        self, sources: DifficultySources, tmp_path: Path, line: str
    ) -> None:
        (tmp_path / "lock.jsonl").write_text(f"{line}\n")
        with pytest.raises(FormatError, match="line 1"):
            rebuild(tmp_path / "out", tmp_path / "lock.jsonl", sources)

    @staticmethod
    def _locked_path(built: Path) -> str:
        lines = (built / "lock.jsonl").read_text(encoding="utf-8").splitlines()
        return next(str(row["path"]) for row in map(json.loads, lines) if row["path"])


class TestRecipe:
    """A recipe says what it means, or what is wrong with it."""

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"levels": "three"}, "two or six"),
            ({"levels": "six"}, "no-pairs"),
            ({"size": 0}, "at least 1"),
            ({"threshold": 1.5}, "threshold must be above 0 and below 1, not 1.5"),
            ({"margin": -0.1}, "margin must be at least 0 and below 0.5"),
            ({"margin": float("nan")}, "margin must be"),
            ({"min_chars": 900, "max_chars": 800}, "at most max_chars"),
            ({"public_domain": "mars"}, "japan or life"),
            ({"max_per_work": 0}, "at least 1"),
            ({"max_length_gap": -1}, "at least 0"),
            ({"max_similarity": 0.0}, "above 0 and at most 1"),
        ],
    )
    def test_nonsense_is_refused(self, options: dict[str, Any], message: str) -> None:
        with pytest.raises(UsageError, match=message):
            DifficultyRecipe(**options)

    def test_a_file_and_a_receipt_give_a_recipe(self, built: Path, tmp_path: Path) -> None:
        assert DifficultyRecipe.read(built / "receipt.json") == RECIPE
        toml = tmp_path / "r.toml"
        toml.write_text('size = 3\nmargin = 0\nndc = ["K"]\n')
        assert DifficultyRecipe.read(toml) == DifficultyRecipe(size=3, margin=0.0, ndc=("K",))
        plain = tmp_path / "r.json"
        plain.write_text(json.dumps(DifficultyRecipe(seed=9).to_dict()))
        assert DifficultyRecipe.read(plain) == DifficultyRecipe(seed=9)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('{"margn": 0.1}', "did you mean margin"),
            ('{"size": "big"}', "size is 'big', not a whole number"),
            ('{"pairs": 1}', "not true or false"),
            ("[1]", "a table"),
            ("{", "not JSON"),
        ],
    )
    def test_a_file_that_is_no_recipe(self, tmp_path: Path, text: str, message: str) -> None:
        path = tmp_path / "r.json"
        path.write_text(text)
        with pytest.raises(UsageError, match=message):
            DifficultyRecipe.read(path)


@pytest.fixture(scope="module")
def real(library: Path, shared: Path) -> DifficultySources:
    workbook = shared / "sources/jec/JEC_basic_sentence_v1-3.xls"
    return DifficultySources(FolderLibrary(library), workbook)


@pytest.fixture(scope="module")
def reference(real: DifficultySources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference set, built afresh from the real sources."""
    out = tmp_path_factory.mktemp("real") / "set"
    build(out, DifficultyRecipe(), real, workers=2)
    return out


class TestRealSources:
    """The set that the issue of this builder asks for, from the real sources."""

    def test_sizes_and_means(self, reference: Path) -> None:
        rows = rows_of(reference)
        counts = {
            (split, label): n
            for split, label, n in rows.group_by("split", "label").len().iter_rows()
        }
        assert counts == {
            ("train", 0): 638,
            ("train", 1): 637,
            ("validation", 0): 79,
            ("validation", 1): 80,
            ("test", 0): 80,
            ("test", 1): 80,
        }
        by_label = rows.partition_by("label", as_dict=True)
        assert statistics.fmean(by_label[(0,)]["difficulty"]) <= 0.33
        assert statistics.fmean(by_label[(1,)]["difficulty"]) >= 0.70

    def test_the_reference_lock_is_this_set(self, reference: Path, root: Path) -> None:
        kept = root / "builders/difficulty/reference"
        assert (kept / "lock.jsonl").read_bytes() == (reference / "lock.jsonl").read_bytes()
        receipts = [
            json.loads((folder / "receipt.json").read_bytes()) for folder in (kept, reference)
        ]
        # The bytes of Parquet depend on the version of pyarrow; the rows do not.
        for name in ("recipe", "rows", "rows_sha256", "selection", "signature", "sources"):
            assert receipts[0][name] == receipts[1][name], name

    def test_length_does_not_tell_the_label(self, reference: Path) -> None:
        for part in rows_of(reference).partition_by("split"):
            simple, complex_ = (
                part.filter(pl.col("label") == label)["characters"].to_list() for label in (0, 1)
            )
            wins = sum((c > s) + (c == s) / 2 for s in simple for c in complex_)
            assert 0.45 <= wins / (len(simple) * len(complex_)) <= 0.55

    def test_promises(self, reference: Path) -> None:
        rows = rows_of(reference)
        pairs = defaultdict(list)
        splits = defaultdict(set)
        items: list[str] = []
        for row in rows.iter_rows(named=True):
            pairs[row["pair_id"]].append(row)
            if row["writer_id"]:
                splits[row["writer_id"]].add(row["split"])
            items += row["source_items"] or []
            assert 0.0 <= row["difficulty"] <= 1.0
            assert abs(row["difficulty"] - 0.5) >= 0.02
            newline = (6.5 - row["readability_newline"]) / 6.0
            assert (newline >= 0.5) == bool(row["label"])
            simple, complex_ = (17, 50) if row["source"] == "aozora" else (50, 50)
            percentile = row["harder_than_percent"]
            assert percentile > complex_ if row["label"] else percentile < simple
        assert all(len(found) == 1 for found in splits.values())
        assert len(items) == len(set(items))
        assert rows["work_id"].drop_nulls().value_counts()["count"].max() <= 3
        assert rows["writer_id"].drop_nulls().value_counts()["count"].max() <= 24
        parted = 0
        for simple, complex_ in pairs.values():
            assert simple["label"] != complex_["label"]
            assert (simple["source"], simple["writer_id"]) == (
                complex_["source"],
                complex_["writer_id"],
            )
            assert abs(simple["characters"] - complex_["characters"]) <= 100
            parted += simple["split"] != complex_["split"]
        assert parted == 1

    def test_rebuilt_from_its_lock(
        self, reference: Path, real: DifficultySources, tmp_path: Path
    ) -> None:
        rebuild(tmp_path / "again", reference, real)
        assert contents(tmp_path / "again") == contents(reference)

    def test_one_worker_gives_the_same_bytes(self, real: DifficultySources, tmp_path: Path) -> None:
        recipe = DifficultyRecipe(size=60, ndc=("K",))
        for workers in (1, 2):
            build(tmp_path / str(workers), recipe, real, workers=workers)
        assert contents(tmp_path / "1") == contents(tmp_path / "2")

    def test_labels_are_not_sentence_length_in_disguise(self, reference: Path) -> None:
        found = json.loads((reference / "receipt.json").read_bytes())["selection"]["frontier"]
        assert (
            found["balanced"]["auc_words_per_sentence"]
            <= 0.92
            < found["formula"]["auc_words_per_sentence"]
        )
        assert found["balanced"]["auc_lexical"] >= 0.99

    def test_kyoto_has_variety(self, reference: Path) -> None:
        texts = rows_of(reference).filter(pl.col("source") == "jec")
        assert set(texts["label"]) == {0, 1}
        lines = [line for text in texts["text"] for line in text.split("\n")]
        pronouns = [line for line in lines if line.startswith(("彼が", "彼は", "それが", "私が"))]
        assert len(pronouns) < 0.1 * len(lines)  # 0.30 in the first edition
        for text in texts["text"]:
            openings = [line[:2] for line in text.split("\n")]
            assert len(set(openings)) == len(openings)

    def test_the_first_edition_is_rebuilt_to_the_byte(
        self, root: Path, real: DifficultySources, tmp_path: Path
    ) -> None:
        kept = root / "builders/difficulty/first-edition"
        rebuild(tmp_path / "first", kept, real)
        before, after = (read_receipt(folder) for folder in (kept, tmp_path / "first"))
        assert before is not None
        assert after is not None
        assert after["rows_sha256"] == before["rows_sha256"]
        assert (tmp_path / "first/lock.jsonl").read_bytes() == (kept / "lock.jsonl").read_bytes()
        assert "harder_than_percent" not in rows_of(tmp_path / "first").columns


def test_the_first_edition_is_not_chosen_anew(sources: DifficultySources, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="rebuilt from its lock alone"):
        build(tmp_path / "set", DifficultyRecipe(edition=1), sources)
