"""benchmarks/validity.py reads the corpora in their own forms; these files were written for this test."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

HARD = "当該事業者は所管行政庁の認可を受けなければならない。"
EASY = "店の人は、役所にゆるしてもらう。"


@pytest.fixture
def bench(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict:
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    return runpy.run_path(str(root / "benchmarks" / "validity.py"))


def test_matcha_is_two_files_line_by_line(bench, tmp_path, capsys) -> None:
    (tmp_path / "matcha.comp").write_text(f"{HARD}\n" * 30, encoding="utf-8")
    (tmp_path / "matcha.simp").write_text(f"{EASY}\n" * 30, encoding="utf-8")
    pairs = bench["matcha"](tmp_path)
    assert pairs == [(HARD, EASY)] * 30
    bench["simplified"]("MATCHA", pairs)
    told = capsys.readouterr().out
    assert "MATCHA, blocks of 15: 4 texts, 2 hard" in told
    after_pairs = told.partition("MATCHA, pairs: 30 pairs")[2]
    assert "second opinion         1.000" in after_pairs


def test_jades_counts_each_pair_once(bench, tmp_path) -> None:
    row = {"sentence_origin": HARD, "sentence_reference": EASY, "system": "one"}
    file = tmp_path / "jades_manual_scores.json"
    content = {"valid": [row, {**row, "system": "another"}], "test": [row]}
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert bench["jades"](file) == [(HARD, EASY)]


def test_jalecon_takes_the_mean_of_the_words_that_were_judged(bench, tmp_path) -> None:
    file = tmp_path / "ck.txt"
    file.write_text(
        "news-1-1\t1\t駅|で|田中|に|会う|。\n"
        "駅\t0:1\t-\t7\t0\t0\t0\t0.1\n田中\t2:3\tP\t-\t-\t-\t-\t-\n会う\t4:5\t-\t6\t1\t0\t0\t0.3\n\n"
        "news-1-2\t2\t田中|。\n田中\t0:1\tP\t-\t-\t-\t-\t-\n\n",
        encoding="utf-8",
    )
    assert bench["jalecon"](file) == [("駅で田中に会う。", pytest.approx(0.2))]
