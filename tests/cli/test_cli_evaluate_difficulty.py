"""``jtextkit evaluate difficulty``: the seed's table, keys, bad rows, files that it writes."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

EASY = "朝です。ぼくは学校へ行きます。友だちが門で待っています。二人で歌を歌いました。とても楽しい一日でした。"
HARD = "経済政策の効果を検証する研究は、統計的手法の発展とともに急速に進展し、制度設計への応用が期待される。"
KEYS = [
    "files", "bad_rows", "n", "hits", "accuracy", "interval", "clipped_accuracy", "clipped_interval",
    "macro_accuracy", "targets", "models", "levels", "correlation", "by_length", "label_changes",
    "second_opinion", "both_opinions", "flags", "accuracy_without_flagged_hits", "repetition", "detectable_difference", "needed",
    "signature", "comparison",
]  # fmt: skip


def seed_rows(simple: int, hard: int) -> list[dict[str, object]]:
    """15 texts a target, of which so many hit."""
    rows: list[dict[str, object]] = []
    for target, own, other, hits in (("Simple", EASY, HARD, simple), ("Complex", HARD, EASY, hard)):
        rows += [
            {"prompt": f"{target} {i}", "target": target, "text": own if i < hits else other}
            for i in range(15)
        ]
    return rows


def write(path: Path, rows: list[object]) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write(tmp_path / "base.jsonl", seed_rows(14, 1))


@pytest.fixture
def tuned(tmp_path: Path) -> Path:
    return write(tmp_path / "tuned.jsonl", seed_rows(15, 8))


def test_the_seed_s_table(run, base, tuned) -> None:
    done = run("evaluate", "difficulty", tuned, "--against", base)
    assert done.code == 0, done.err
    table = [re.split(r"\s{2,}", line.strip()) for line in done.out.splitlines()[:4]]
    assert table == [
        ["Metric", "Baseline", "Fine-tuned", "Improvement"],
        ["Overall Accuracy", "50.0%", "76.7%", "+26.7%"],
        ["Simple Text", "93.3%", "100.0%", "+6.7%"],
        ["Complex Text", "6.7%", "53.3%", "+46.7%"],
    ]
    assert "59.1–88.2" in done.out  # what 30 texts are worth
    assert "McNemar, 15 pairs" in done.out
    assert "needs 381 texts a target" in done.out


def test_json_keys_and_figures(call, base, tuned) -> None:
    done = call("evaluate", "difficulty", tuned, "--against", base, "--json")
    found = json.loads(done.out)
    assert list(found) == KEYS
    assert (found["n"], found["hits"], found["bad_rows"]) == (30, 23, 0)
    assert found["targets"]["Complex"]["accuracy"] == pytest.approx(8 / 15)
    assert found["comparison"]["overall"]["difference"] == pytest.approx(8 / 30)
    assert found["comparison"]["targets"]["Complex"]["test"] == "mcnemar"
    assert found["comparison"]["base"]["accuracy"] == 0.5
    assert found["needed"] == {"precision": 0.05, "texts": 381}
    alone = json.loads(call("evaluate", "difficulty", base, "--json", "--precision", "10").out)
    assert list(alone) == KEYS
    assert alone["comparison"] is None
    assert alone["accuracy"] == 0.5
    assert alone["interval"] == pytest.approx([0.3315, 0.6685], abs=1e-3)
    assert alone["needed"]["texts"] < 100


def test_row_order_does_not_matter(call, tmp_path, tuned) -> None:
    rows = tuned.read_text(encoding="utf-8").splitlines()
    turned = write(tmp_path / "turned.jsonl", list(reversed(rows)))
    one, other = (
        json.loads(call("evaluate", "difficulty", f, "--json").out) for f in (tuned, turned)
    )
    assert {**one, "files": 0} == {**other, "files": 0}


def test_bad_rows_are_named_counted_and_not_fatal(call, tmp_path) -> None:
    file = write(
        tmp_path / "out.jsonl",
        [
            {"text": EASY, "target": "Simple"},
            {"text": None, "target": "Simple"},
            {"text": EASY},
            "{not json",
            {"text": EASY, "target": "medium"},
            {"text": "", "target": "simple"},
        ],
    )
    done = call("evaluate", "difficulty", file, "--json")
    assert done.code == 0
    for line, why in (
        (2, "text is missing"),
        (3, "target is missing"),
        (4, "not JSON"),
        (5, "'medium'"),
    ):
        assert re.search(rf"out\.jsonl:{line}: .*{why}", done.err), done.err
    found = json.loads(done.out)
    assert (found["bad_rows"], found["n"], found["accuracy"]) == (4, 2, 0.5)  # "" is wrong, not bad
    assert found["flags"]["empty"]["n"] == 1
    assert "4 bad rows" in call("evaluate", "difficulty", file).out


@pytest.mark.parametrize("rows", [[], [{"text": None, "target": "Simple"}], [{"text": EASY}]])
def test_a_file_without_a_good_row_is_an_error(call, tmp_path, rows) -> None:
    done = call("evaluate", "difficulty", write(tmp_path / "out.jsonl", rows))
    assert done.code == 1
    assert "not one row with a text and a target" in done.complaint
    assert done.out == ""


def test_many_bad_rows_do_not_flood(call, tmp_path) -> None:
    file = write(tmp_path / "out.jsonl", [{"text": EASY, "target": "Simple"}, *[{"a": 1}] * 100])
    done = call("evaluate", "difficulty", file, "--json")
    assert json.loads(done.out)["bad_rows"] == 100
    assert len(done.err.splitlines()) < 30


def test_plain_texts_need_a_target(call, tmp_path) -> None:
    easy, hard, empty = (tmp_path / f"{name}.txt" for name in ("easy", "hard", "empty"))
    easy.write_text(EASY, encoding="utf-8")
    hard.write_text(HARD, encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    found = json.loads(
        call("evaluate", "difficulty", easy, hard, empty, "--target", "SIMPLE", "--json").out
    )
    assert found["targets"]["Simple"]["n"] == 3
    assert found["hits"] == 1
    assert found["flags"]["empty"]["n"] == 1
    assert "|norm:bom+lf|" in found["signature"]
    refused = call("evaluate", "difficulty", easy)
    assert refused.code == 2
    assert "--target" in refused.complaint
    assert call("evaluate", "difficulty", easy, "--target", "medium").code == 2


def test_the_sample_set_is_all_right(call, tmp_path) -> None:
    built = tmp_path / "set"
    assert call("build", "difficulty-2level", "--sample", "-o", built).code == 0
    found = json.loads(call("evaluate", "difficulty", built, "--json").out)
    assert found["accuracy"] == found["clipped_accuracy"] == 1.0
    assert found["label_changes"]["share"] == 0.0
    copied = json.loads(
        call("evaluate", "difficulty", built / "test.parquet", "--train", built, "--json").out
    )
    assert copied["flags"]["train-copied"]["n"] == copied["n"]
    levels = json.loads(call("evaluate", "difficulty", built, "--ranges", "levels", "--json").out)
    assert levels["accuracy"] == 1.0
    assert len(levels["targets"]) == 6


def test_a_parquet_file_names_its_integers_and_plain_ones_keep_the_rule(call, tmp_path) -> None:
    """0 is Simple unless the file says otherwise; pandas makes integers with gaps floats."""
    pa = pytest.importorskip(
        "pyarrow", reason='needs the extra build: python -m pip install -e ".[build]"'
    )
    from pyarrow import parquet

    table = pa.table({"text": [EASY, HARD, EASY], "label": [1, 0, -1]})
    names = {
        "info": {"features": {"label": {"_type": "ClassLabel", "names": ["complex", "simple"]}}}
    }
    parquet.write_table(
        table.replace_schema_metadata({"huggingface": json.dumps(names)}),
        tmp_path / "named.parquet",
    )
    done = call("evaluate", "difficulty", tmp_path / "named.parquet", "--json")
    assert done.code == 0
    assert json.loads(done.out)["hits"] == 2
    assert "named.parquet:3: no such target: -1; known: Simple, Complex; left out" in done.err

    table = pa.table({"text": [EASY, HARD, EASY, EASY], "label": [0.0, 1.0, float("nan"), 0.5]})
    parquet.write_table(table, tmp_path / "plain.parquet")
    done = call("evaluate", "difficulty", tmp_path / "plain.parquet", "--json")
    found = json.loads(done.out)
    assert (found["n"], found["hits"], found["bad_rows"]) == (2, 2, 2)


def test_own_ranges_and_a_required_length(call, tmp_path) -> None:
    file = write(
        tmp_path / "out.jsonl",
        [{"text": EASY, "target": "easy"}, {"text": EASY * 2, "target": "hard"}],
    )
    done = call(
        "evaluate", "difficulty", file, "--ranges", "easy=0:0.4,hard=0.4:1",
        "--min-chars", len(EASY) + 1, "--json",
    )  # fmt: skip
    found = json.loads(done.out)
    assert list(found["targets"]) == ["easy", "hard"]
    assert found["hits"] == 0
    assert found["flags"]["too-short"]["n"] == 1
    assert call("evaluate", "difficulty", file, "--ranges", "easy=1:0").code == 2


def test_instances_are_of_the_input_s_length_in_its_order(call, tmp_path, tuned) -> None:
    written = tmp_path / "judged.jsonl"
    assert call("evaluate", "difficulty", tuned, "--instances", written).code == 0
    lines = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert [line["place"] for line in lines] == [f"{tuned}:{i}" for i in range(1, 31)]
    assert sum(line["hit"] for line in lines) == 23
    assert lines[0]["prompt"] == "Simple 0"
    assert lines[0]["flags"] == []


def test_the_page_is_whole_and_escapes(call, tmp_path, tuned, base) -> None:
    page = tmp_path / "report.html"
    done = call("evaluate", "difficulty", tuned, "--against", base, "--html", page)
    assert done.code == 0, done.err
    html = page.read_text(encoding="utf-8")
    for expected in (
        "93.3%",
        "+46.7%",
        "How difficulty spreads",
        "<svg",
    ):
        assert expected in html
    for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        ET.fromstring(svg)
    assert html.count("Simple, baseline") >= 1  # the histograms of both
    assert "93.3 (70.2–98.8)" in html  # the interval of 14 in 15, the baseline
    assert "bad row" not in html
    hostile = write(tmp_path / "h.jsonl", [{"text": EASY, "target": "<b>x"}])
    assert call("evaluate", "difficulty", hostile, "--ranges", "<b>x=0:1", "--html", page).code == 0
    assert "<b>x" not in page.read_text(encoding="utf-8")


def test_a_chance_too_small_for_four_digits_is_not_0(call, tmp_path) -> None:
    rows = [{"text": HARD, "target": "Complex", "prompt": f"{i}"} for i in range(20)]
    hits = write(tmp_path / "hits.jsonl", rows)
    misses = write(tmp_path / "misses.jsonl", [{**row, "text": EASY} for row in rows])
    page = tmp_path / "page.html"
    done = call("evaluate", "difficulty", hits, "--against", misses, "--html", page)
    assert "< 0.0001  McNemar, 20 pairs" in done.out
    assert "<td>&lt; 0.0001</td>" in page.read_text(encoding="utf-8")


def test_the_page_counts_bad_rows_of_both(call, tmp_path) -> None:
    good = [{"text": EASY, "target": "Simple"}, {"text": HARD, "target": "Complex"}]
    this = write(tmp_path / "this.jsonl", [*good, "{", "{"])
    other = write(tmp_path / "other.jsonl", [*good, "{"])
    page = tmp_path / "report.html"
    assert call("evaluate", "difficulty", this, "--against", other, "--html", page).code == 0
    html = page.read_text(encoding="utf-8")
    assert "2 bad rows (no text, no target) are left out." in html
    assert "1 bad row (no text, no target) of the baseline is left out." in html


def test_a_threshold_not_met_is_exit_code_3(call, tuned) -> None:
    assert call("evaluate", "difficulty", tuned, "--min-accuracy", "76").code == 0
    done = call("evaluate", "difficulty", tuned, "--min-accuracy", "77")
    assert done.code == 3
    assert "accuracy 76.7 % < 77 %" in done.complaint
    assert "Overall Accuracy" in done.out  # the figures are shown all the same


def test_inputs_are_not_overwritten_and_outputs_differ(call, tmp_path, tuned) -> None:
    before = tuned.read_bytes()
    assert call("evaluate", "difficulty", tuned, "--instances", tuned).code == 2
    assert tuned.read_bytes() == before
    same = tmp_path / "same"
    assert call("evaluate", "difficulty", tuned, "--instances", same, "--html", same).code == 2
    nowhere = tmp_path / "no" / "r.html"
    done = call("evaluate", "difficulty", tuned, "--html", nowhere)
    assert done.code == 1
    assert "cannot be written" in done.complaint


def test_files_that_are_none(call, tmp_path, tuned) -> None:
    missing = call("evaluate", "difficulty", tmp_path / "no.jsonl")
    assert missing.code == 1
    assert "no such file" in missing.complaint
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(tuned.read_bytes())[:-20])
    assert call("evaluate", "difficulty", cut).code == 1
    short = write(tmp_path / "short.jsonl", [{"text": "短い"}])
    assert "long enough" in call("evaluate", "difficulty", tuned, "--train", short).complaint


@pytest.mark.slow
def test_standard_input_and_hostile_text(run, tmp_path) -> None:
    rows = [
        {"text": "a" * 300_000, "target": "Simple"},
        {"text": "\ud800", "target": "Simple", "prompt": "\ud800"},
        {"text": "\x1b[31m赤", "target": "Complex", "model": "\x1b[31m\ud800"},
        {"text": EASY, "target": "Complex", "model": "other"},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    written = tmp_path / "judged.jsonl"
    done = run("evaluate", "difficulty", "-", "--instances", written, stdin=lines.encode())
    assert done.code == 0, done.err
    assert "\x1b" not in done.out
    assert len(written.read_text(encoding="utf-8").splitlines()) == 4
    assert (
        json.loads(run("evaluate", "difficulty", "-", "--json", stdin=lines.encode()).out)["n"] == 4
    )


@pytest.mark.parametrize("option", ["--html", "--instances"])
def test_a_file_that_cannot_be_written_names_its_option(option, call, tmp_path, tuned) -> None:
    done = call("evaluate", "difficulty", tuned, option, tmp_path / "none" / "file")
    assert done.code == 1
    assert done.err.splitlines()[-1].endswith(f"choose a place that you may write to with {option}")
