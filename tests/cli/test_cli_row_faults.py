"""A row that meets a fault of ours: named and counted, the others judged, exit code 1 at the end."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

import jtextkit.builders.sansu.importing
import jtextkit.metrics.accuracy
import jtextkit.metrics.qa.judging
import jtextkit.metrics.solutions
from jtextkit.core.errors import InputError
from jtextkit.core.rows import Row, attempt, refuse_faults

ROW = {
    "problem": "80円のパンを3個買いました。代金は何円ですか。",
    "solution": "1. 1個80円のパンが3個です。\n2. 80×3＝240（円）\n3. 代金は240円です。\n答え：240円",
    "prediction": "答え：240円",
    "answer": "240円",
    "text": "朝です。ぼくは学校へ行きます。友だちが門で待っています。",
    "target": "simple",
}
ROWS = [ROW, {**ROW, "problem": "80円の花を3本買うと何円になるでしょう。"}]


@pytest.mark.parametrize(
    ("place", "name", "command"),
    [
        (jtextkit.metrics.solutions, "audit_solution", ("audit-solutions", "rows.jsonl")),
        (
            jtextkit.metrics.qa.judging,
            "check_answer",
            ("evaluate", "answers", "rows.jsonl", "--task", "sansu"),
        ),
        (jtextkit.metrics.accuracy, "judge_row", ("evaluate", "difficulty", "rows.jsonl")),
        (
            jtextkit.builders.sansu.importing,
            "audited",
            ("build", "sansu", "--from", "rows.jsonl", "--teacher", "M", "--terms", "none"),
        ),
    ],
)
def test_one_row_does_not_end_the_file(
    place, name, command, call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in ROWS))
    judge, calls = getattr(place, name), []

    def failing(*arguments: object, **options: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise IndexError("tuple index out of range\nand more")
        return judge(*arguments, **options)

    monkeypatch.setattr(place, name, failing)
    done = call(*command)
    assert done.code == 1
    assert "rows.jsonl:1: unexpected IndexError: tuple index out of range; left out" in done.err
    assert "1 rows could not be judged for a fault of jtextkit" in done.complaint
    assert done.out  # the other row was judged
    assert len(calls) > 1


def test_errors_on_purpose_pass() -> None:
    with pytest.raises(InputError):
        attempt(Row(1), refuse_faults, 1, "rows.jsonl")
    with pytest.raises(ModuleNotFoundError):
        attempt(Row(1), importlib.import_module, "no_such_module")
    refuse_faults(0, "rows.jsonl")
