"""What may be used from outside: each folder's list, as data, and what keeps the lists true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import jtextkit
from jtextkit.core.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "jtextkit"

DOORS = {
    "": (
        "__version__ audit_solution check_answer extract_answer find_values profile rewards sansu score "
        "score_frame"
    ),
    "builders": "aozora difficulty jec sample sansu sets stx",
    "builders.aozora": (
        "Filters FolderLibrary Library Member Person PlainText SPAN_KINDS SiteLibrary "
        "SourceSpan Work WorkText Writers decode find_writers locate read_catalogue "
        "read_member read_path read_text render spans"
    ),
    "builders.difficulty": ("DifficultyRecipe DifficultySources NAME build rebuild"),
    "builders.sample": "lay_out",
    "builders.sansu": "NAME Curriculum Exercise ReasoningGym RewardParts SansuImportRecipe SansuRecipe Source build build_import create preview_import stream",
    "builders.sets": "Check CheckReport CheckResult SPLITS TextSet read_set",
    "builders.stx": "LICENSE NAME StxRecipe StxSources TASKS build",
    "check": "CheckReport CheckResult ColumnReport audit check_columns check_set compare verify_files",
    "cli": "",
    "core": "Cache Request digest errors",
    "corpus": (
        "AnnotateShards Options Outcome Summary annotate_batch annotate_shards find_shards merge on_this_machine"
    ),
    "hub": "MAIN PushPlan conditions_of push refuse_looser",
    "metrics": (
        "accuracy answers fertility intervals morphology qa quantities readability "
        "shortcuts solutions"
    ),
    "metrics.accuracy": (
        "Accuracy AccuracyDifference CONFUSION Copies DifficultyAccuracy Distribution "
        "FLAGS Hits Instance Judge LENGTHS LengthBand Proportion Range Ranges SIX_LEVELS "
        "TWO_LEVELS accuracy_of added compare_counts compare_instances judge_frame "
        "judge_row judge_texts paired ranges_of"
    ),
    "metrics.answers": (
        "Extraction FLAGS KINDS RELATIONS RULES SCALAR_KINDS Unit Value "
        "ValueComparison Verdict check_answer compare extract_answer find_values "
        "read_answer"
    ),
    "metrics.discourse": "BLOCKS Discourse Line ROLES Sentence segment",
    "metrics.fertility": (
        "CountingPlan Document Fertility Measurement Totals count_batch load_tokenizer "
        "measure parallel parity read_documents"
    ),
    "metrics.morphology": (
        "Analyser Counts DEFAULT_DICTIONARY SENTENCE_RULES Word analyser count find_dictionary"
    ),
    "metrics.qa": "DEFINITIONS Definition measure",
    "metrics.quantities": "KINDS SCALAR_KINDS Unit Value find_values read_unit",
    "metrics.readability": (
        "COEFFICIENTS COLUMNS INTERCEPT JLPTCoverage LEVELS PROFILE_COLUMNS Profile ProfileCounts Readability "
        "Remark advice count_profile difficulty_of jlpt_coverage label_of level_of profile profile_counts score "
        "score_counts score_frame"
    ),
    "metrics.shortcuts": (
        "AucEstimate BAND Feature ShortcutAudit ShortcutResult Validity audit_rows children_auc"
    ),
    "metrics.solutions": (
        "KINDS METHODS RULES STYLES SolutionAudit SolutionFinding StyleFinding "
        "audit_solution methods_of"
    ),
    "report": (
        "Estimate Point Section accuracy_page bars extension_page fertility_page grid "
        "histogram intervals page scatter text_page write_report"
    ),
    "rewards": (
        "AnswerReward CombinedReward Completion DifficultyReward Reward StepsReward StyleReward answer_reward "
        "combine difficulty_reward steps_reward style_reward"
    ),
    "tasks": "Selection TASKS Task TaskRequest PromptWording requests_of task_named",
    "serve": "LOOPBACK browse make_app",
    "train": (
        "PRESETS Settings configuration generate plan_encoder prepare preset_text train train_encoder"
    ),
}
"""Folder to its names. To offer a new one, list it in the folder's ``__init__`` and here."""

FOLDERS = sorted(
    ".".join(file.parent.relative_to(SOURCE).parts)
    for pattern in ("*/__init__.py", "metrics/*/__init__.py", "builders/*/__init__.py")
    for file in SOURCE.glob(pattern)
)

ALONE = ["rewards"]
"""Modules that are doors of their own: ``from jtextkit import rewards``."""


def module(door: str) -> ModuleType:
    return import_module(f"jtextkit.{door}" if door else "jtextkit")


def test_every_folder_has_a_list() -> None:
    assert sorted({*DOORS} - {""}) == sorted([*FOLDERS, *ALONE])


@pytest.mark.parametrize("door", DOORS)
def test_the_list_is_this(door: str) -> None:
    assert sorted(module(door).__all__) == sorted(DOORS[door].split())


@pytest.mark.parametrize("door", DOORS)
def test_each_name_is_there_whatever_was_imported_before(door: str) -> None:
    found = module(door)
    for file in Path(str(found.__file__)).parent.glob("*.py"):
        if file.stem in found.__all__:  # a submodule of the same name, which would hide it
            import_module(f"{found.__name__}.{file.stem}")
    for name in found.__all__:
        if door in {"metrics", "builders"} or (door, name) == ("core", "errors"):
            assert import_module(f"{found.__name__}.{name}")
        elif door == "" and name in [*ALONE, "sansu"]:
            assert isinstance(getattr(found, name), ModuleType)
        else:
            assert not isinstance(getattr(found, name), ModuleType)
            assert name in dir(found)


def test_a_name_that_is_not_there_is_missed_as_usual() -> None:
    with pytest.raises(AttributeError, match="module 'jtextkit' has no attribute 'scor'"):
        jtextkit.scor  # noqa: B018


def run(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_importing_jtextkit_loads_nothing_else() -> None:
    loaded = run("import sys, jtextkit; print(*sys.modules)")
    ours = {name for name in loaded if name.startswith("jtextkit.")}
    assert ours == {"jtextkit.core", "jtextkit.core.lazy"}
    assert {"click", "numpy", "fugashi", "pyarrow", "polars", "dataclasses"}.isdisjoint(loaded)


def test_scoring_loads_no_frames_and_no_builder() -> None:
    loaded = run("import sys, jtextkit; jtextkit.score('朝です。'); print(*sys.modules)")
    assert "jtextkit.metrics.readability" in loaded
    assert {"polars", "pandas", "pyarrow", "click", "jtextkit.builders"}.isdisjoint(loaded)


def imported(source: str) -> list[tuple[str, str]]:
    """Module and name of every ``from jtextkit… import …``."""
    return [
        (node.module, alias.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jtextkit")
        for alias in node.names
    ]


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_use_front_doors(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for place, name in imported(block):
            door = place.removeprefix("jtextkit").removeprefix(".")
            assert door in DOORS, f"{place} is no front door"
            assert name in DOORS[door].split(), f"{place} does not list {name}"


def test_no_class_name_stands_for_two_ideas() -> None:
    names: Counter[str] = Counter()
    for file in SOURCE.rglob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                names[node.name] += 1
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []


def test_only_folders_list_names() -> None:
    listing = [
        str(file.relative_to(ROOT))
        for file in SOURCE.rglob("*.py")
        if file.name != "__init__.py"
        and file.stem not in ALONE
        and re.search(r"^__all__", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert listing == []


@pytest.mark.parametrize("wrong", [None, ["朝です。"], b"text", 3], ids=repr)
def test_what_is_no_text_gets_a_sentence_that_helps(wrong: object) -> None:
    takers = {
        "score": lambda: jtextkit.score(wrong),  # type: ignore[arg-type]
        "profile": lambda: jtextkit.profile(wrong),  # type: ignore[arg-type]
        "find_values": lambda: jtextkit.find_values(wrong),  # type: ignore[arg-type]
        "extract_answer": lambda: jtextkit.extract_answer(wrong),  # type: ignore[arg-type]
        "check_answer": lambda: jtextkit.check_answer(wrong, "3"),  # type: ignore[arg-type]
        "audit_solution": lambda: jtextkit.audit_solution(wrong),  # type: ignore[arg-type]
    }
    for name, call in takers.items():
        with pytest.raises(UsageError, match=f"^{name} takes one text .*; for many") as caught:
            call()
        assert "\n" not in str(caught.value)


def test_a_gold_answer_that_is_missing() -> None:
    for gold in (None, ["3", None]):
        with pytest.raises(UsageError, match="gold answer is None"):
            jtextkit.check_answer("答え：3", gold)  # type: ignore[arg-type]
