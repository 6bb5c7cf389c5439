"""A built STX set: equal shares, the same bytes, nothing on both sides of a split, figures that hold."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from failpoint_names import FOLDER_FAILPOINTS
from hypothesis import given, settings
from hypothesis import strategies as st
from stx_files import (
    articles,
    gold_rows,
    jsonl,
    pairs,
    parquet,
    passages,
    phrase,
    primary_rows,
    snow_csv,
    snow_xlsx,
)

from jtextkit.builders.sets.near_duplicates import similarity
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.builders.stx import LICENSE, TASKS, StxRecipe, StxSources, build
from jtextkit.builders.stx.rows import gain_of, measures_of
from jtextkit.builders.stx.sample import SIZE, sample_sources
from jtextkit.builders.stx.selection import key_of, select
from jtextkit.builders.stx.sources import read_sources
from jtextkit.builders.stx.tasks import SourceExample, group_of, parse_prompt, task_named
from jtextkit.core.errors import InputError, IntegrityError, OutputError, QuotaError, UsageError
from jtextkit.core.receipts import write_receipt
from jtextkit.hub.folder import read_folder
from jtextkit.metrics.readability.formula import score

Rows = dict[str, list[dict[str, Any]]]


def rows_of(folder: Path) -> Rows:
    return {split: pq.read_table(folder / f"{split}.parquet").to_pylist() for split in SPLITS}


def every(rows: Rows) -> list[tuple[str, dict[str, Any]]]:
    return [(split, row) for split, part in rows.items() for row in part]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> StxSources:
    folder = tmp_path_factory.mktemp("sources")
    return StxSources(
        (str(snow_csv(folder / "T15.csv", pairs(60))),),
        (str(jsonl(folder / "japanese-train.jsonl", gold_rows(42))),),
        (str(jsonl(folder / "japanese_train.jsonl", articles(60))),),
    )


@pytest.fixture(scope="module")
def built(sources: StxSources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "set"
    build(out, StxRecipe(size=150), sources)
    return out


@pytest.fixture(scope="module")
def receipt(built: Path) -> dict[str, Any]:
    return json.loads((built / "receipt.json").read_text(encoding="utf-8"))


def test_shares_are_equal_in_every_split(built, receipt) -> None:
    counts = {s: Counter(row["task"] for row in part) for s, part in rows_of(built).items()}
    assert (
        receipt["rows"]
        == counts
        == {
            "train": {"simplification": 40, "qa": 40, "summarisation": 40},
            "validation": {"simplification": 5, "qa": 5, "summarisation": 5},
            "test": {"simplification": 5, "qa": 5, "summarisation": 5},
        }
    )


def test_the_published_size() -> None:
    assert StxRecipe().size == 13_167
    assert StxRecipe().per_task == 4_389


def test_rows_hold_what_their_source_said(built) -> None:
    told = {
        "simplification": {(a, None, b) for _, a, b in pairs(60)},
        "qa": {(p, q, a) for _, p, asked in passages(42) for q, a in asked},
        "summarisation": {(a["text"], None, a["summary"]) for a in articles(60)},
    }
    for _, row in every(rows_of(built)):
        task = task_named(row["task"])
        text, question = parse_prompt(task, row["prompt"]) or ("", None)
        assert (text, question, row["completion"]) in told[task.name]
        assert (row["source"], row["license"]) == (task.source, task.license)
        assert row["messages"] == [
            {"role": "user", "content": row["prompt"]},
            {"role": "assistant", "content": row["completion"]},
        ]
        assert row["characters"] == len(row["prompt"]) + len(row["completion"])
        assert row["tokens"] is None
        assert row["source_id"]
        assert (row["title"] is None) == (task.name == "simplification")
        if task.name == "qa":
            assert text.startswith(row["completion"], row["answer_start"])
        else:
            assert row["answer_start"] is None


def test_no_text_and_no_near_duplicate_in_two_splits(built) -> None:
    places: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, tuple[str, str]] = {}
    for split, row in every(rows_of(built)):
        text, _ = parse_prompt(task_named(row["task"]), row["prompt"]) or ("", None)
        assert row["group"] == group_of(text)
        places[row["group"]].add(split)
        texts[row["group"]] = (split, text)
    assert all(len(splits) == 1 for splits in places.values())
    several = Counter(row["group"] for _, row in every(rows_of(built)) if row["task"] == "qa")
    assert max(several.values()) == 2  # a passage with two questions keeps both
    kept = list(texts.values())
    for i, (_, one) in enumerate(kept):
        for _, other in kept[:i]:
            assert similarity(one, other) < 0.5


def test_ids_are_unique_and_rows_of_tasks_mixed(built) -> None:
    rows = rows_of(built)
    ids = [row["id"] for _, row in every(rows)]
    assert len(set(ids)) == len(ids) == 150
    tasks = [row["task"] for row in rows["train"]]
    assert sum(a != b for a, b in pairwise(tasks)) > 40


def test_the_same_again_is_the_same_bytes(built, sources, tmp_path) -> None:
    build(tmp_path / "set", StxRecipe(size=150), sources)
    assert contents(tmp_path / "set") == contents(built)


def test_the_order_and_the_format_of_files_decide_nothing(built, receipt, tmp_path) -> None:
    dice = random.Random(4)

    def mixed(rows: list[Any]) -> list[Any]:
        return dice.sample(rows, len(rows))

    answers = mixed(gold_rows(42))
    other = StxSources(
        (str(snow_xlsx(tmp_path / "T15.xlsx", mixed(pairs(60)))),),
        (
            str(jsonl(tmp_path / "b.jsonl.gz", answers[:20])),
            str(parquet(tmp_path / "a.parquet", answers[20:])),
        ),
        (str(parquet(tmp_path / "x.parquet", mixed(articles(60)))),),
    )
    again = build(tmp_path / "set", StxRecipe(size=150), other)
    assert again["rows_sha256"] == receipt["rows_sha256"]
    assert again["sources"] != receipt["sources"]


def test_the_primary_task_gives_the_same_questions(receipt, sources, tmp_path) -> None:
    primary = str(jsonl(tmp_path / "p.jsonl.gz", primary_rows(42)))
    other = StxSources(sources.simplification, (primary,), sources.summarisation)
    build(tmp_path / "set", StxRecipe(size=150), other)
    found = {row["id"] for _, row in every(rows_of(tmp_path / "set"))}
    assert receipt["sources"]["qa"]["examples"] == 56
    build(tmp_path / "gold", StxRecipe(size=150), sources)
    assert found == {row["id"] for _, row in every(rows_of(tmp_path / "gold"))}


def test_another_seed_is_another_choice(built, sources, tmp_path) -> None:
    build(tmp_path / "set", StxRecipe(size=150, seed=2), sources)
    ids = {row["id"] for _, row in every(rows_of(tmp_path / "set"))}
    assert ids != {row["id"] for _, row in every(rows_of(built))}


# Choice


def example(
    text: str, completion: str = "短い。", task: str = "simplification", **more: Any
) -> SourceExample:
    question = more.pop("question", "何ですか？" if task == "qa" else None)
    return SourceExample(task, text, question, completion, **more)


def plenty(task: str, number: int) -> list[SourceExample]:
    return [
        example(phrase(task, i), "短い。" if task != "qa" else phrase(task, i)[:3], task)
        for i in range(number)
    ]


def chosen(examples: list[SourceExample], size: int = 30, **rules: Any):
    all_examples = {task.name: plenty(task.name, 40) for task in TASKS}
    all_examples["simplification"] = examples
    return select(all_examples, StxRecipe(size=size, **rules))


def test_what_does_not_fit_is_dropped_with_its_reason() -> None:
    ten = plenty("simplification", 10)
    long = example(phrase("x") + "長" * 90)
    odd = [
        example("犬"),
        long,
        example("猫が　いる。", "猫がいる。"),
        ten[0],
        SourceExample("simplification", ten[1].text, None, "別の言い方。"),
    ]
    found = chosen([*ten, *odd], max_chars=100)
    assert found.dropped["simplification"] == {
        "too short": 1,
        "too long": 1,
        "nothing was simplified": 1,
        "the same prompt twice": 2,
    }
    assert found.unused["simplification"] == 0


def test_a_text_that_nearly_repeats_another_is_dropped() -> None:
    ten = plenty("simplification", 12)
    near = [example(f"{one.text}よ", "別の短い文。") for one in ten]
    found = chosen([*ten, *near], size=36)
    texts = [
        one.example.text
        for rows in found.splits.values()
        for one in rows
        if one.example.task == "simplification"
    ]
    assert len({text.removesuffix("よ") for text in texts}) == 12
    assert found.dropped["simplification"]["nearly repeats another text"] > 0


def test_a_text_that_another_task_has_is_dropped() -> None:
    examples = {task.name: plenty(task.name, 12) for task in TASKS}
    examples["summarisation"] += [
        SourceExample("summarisation", one.text, None, "短い。")
        for one in examples["simplification"]
    ]
    found = select(examples, StxRecipe(size=36))
    assert found.dropped["summarisation"]["nearly repeats another text"] > 0
    texts = [one.group for rows in found.splits.values() for one in rows]
    assert len(texts) == len(set(texts))


def test_a_summary_must_be_shorter() -> None:
    examples = {task.name: plenty(task.name, 12) for task in TASKS}
    examples["summarisation"].append(
        SourceExample("summarisation", phrase("long"), None, phrase("long") + "と言う。")
    )
    found = select(examples, StxRecipe(size=36))
    assert found.dropped["summarisation"] == {"the summary is no shorter than the article": 1}


def test_what_stands_beside_the_same_content_does_not_depend_on_the_order() -> None:
    nine = plenty("simplification", 9)
    one, other = (example(phrase("twin"), source_id=name, title=name) for name in ("b", "a"))
    kept = set()
    for pair in ([one, other], [other, one]):
        found = chosen([*nine, *pair])
        kept |= {
            row.example.source_id
            for rows in found.splits.values()
            for row in rows
            if row.example.source_id
        }
    assert kept == {"a"}


def test_too_few_rows_are_told_with_their_number() -> None:
    with pytest.raises(QuotaError) as caught:
        chosen([*plenty("simplification", 7), example("犬")], size=30)
    assert str(caught.value) == (
        "10 rows of each task are needed, and there are 7 for simplification (of 8; "
        "too short: 1); "
        "ask for less (--size 21), add sources, or widen the bounds of length"
    )
    assert chosen(plenty("simplification", 7), size=21)
    with pytest.raises(QuotaError, match="there are 0 for simplification"):
        chosen([], size=30)


def test_a_quota_that_takes_all_rows_is_filled() -> None:
    """All questions are needed, and passages have one, two or three."""
    questions = [
        SourceExample("qa", phrase("g", i), f"問い{j}は？", phrase("g", i)[:2], answer_start=0)
        for i in range(30)
        for j in range(1 + i % 3)
    ]
    examples = {"qa": questions} | {
        task: plenty(task, 70) for task in ("simplification", "summarisation")
    }
    found = select(examples, StxRecipe(size=180))
    assert sum(row.example.task == "qa" for rows in found.splits.values() for row in rows) == 60
    assert found.unused["qa"] == 0


@settings(max_examples=30)
@given(
    st.lists(st.integers(1, 4), min_size=12, max_size=30),
    st.integers(0, 5),
    st.randoms(use_true_random=False),
)
def test_passages_stay_whole_whatever_their_questions(
    questions: list[int], seed: int, dice: random.Random
) -> None:
    line = [
        SourceExample("qa", phrase("h", i), f"問い{j}は？", phrase("h", i)[:2], answer_start=0)
        for i, number in enumerate(questions)
        for j in range(number)
    ]
    examples = {task.name: plenty(task.name, 14) for task in TASKS} | {"qa": line}
    recipe = StxRecipe(size=30, seed=seed)
    found = select(examples, recipe)
    places = defaultdict(set)
    for split, rows in found.splits.items():
        for row in rows:
            places[row.group].add(split)
    assert all(len(splits) == 1 for splits in places.values())
    assert [len(rows) for rows in found.splits.values()] == [24, 3, 3]
    shuffled = {name: dice.sample(one, len(one)) for name, one in examples.items()}
    again = select(shuffled, recipe)
    assert {s: [r.key for r in rows] for s, rows in again.splits.items()} == {
        s: [r.key for r in rows] for s, rows in found.splits.items()
    }


def test_tokens_bound_rows_and_are_kept(sources, tmp_path) -> None:
    made = build(
        tmp_path / "set",
        StxRecipe(size=90, max_tokens=500, min_tokens=10),
        sources,
        tokenizer="bytes",
    )
    assert made["recipe"]["tokenizer"] == "bytes"
    for _, row in every(rows_of(tmp_path / "set")):
        assert row["tokens"] == len((row["prompt"] + row["completion"]).encode()) <= 500
    with pytest.raises(
        QuotaError, match=r"0 for summarisation \(of 60; too few or too many tokens: 60\)"
    ):
        build(tmp_path / "none", StxRecipe(size=90, max_tokens=60), sources, tokenizer="bytes")
    with pytest.raises(InputError, match=r"nothing\.model: no such file"):
        build(tmp_path / "none", StxRecipe(size=90), sources, tokenizer="nothing.model")


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"size": 10}, r"size 10 .* \(try 9 or 12\)"),
        ({"size": 0}, r"\(try 3 or 6\)"),
        ({"size": -3}, "size"),
        ({"min_chars": 0}, "min_chars"),
        ({"min_chars": 9, "max_chars": 8}, "min_chars"),
        ({"min_tokens": 9, "max_tokens": 8}, "min_tokens"),
        ({"max_similarity": 0.0}, "max_similarity"),
    ],
)
def test_recipes_that_make_no_set(rules: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        StxRecipe(**rules)


def test_a_recipe_comes_back_from_a_receipt() -> None:
    recipe = StxRecipe(size=90, tokenizer="x.model-123", max_similarity=1)
    assert StxRecipe.from_dict(json.loads(json.dumps(recipe.to_dict()))) == recipe
    for wrong in ({"sizes": 3}, {"size": "3"}, {"size": True}, {"tokenizer": 3}, {"seed": None}):
        with pytest.raises(UsageError, match=r"did you mean size|not a (whole number|text)"):
            StxRecipe.from_dict(wrong)


# Figures


def test_gains_are_those_of_the_formula(built) -> None:
    gains = []
    for _, row in every(rows_of(built)):
        if row["task"] != "simplification":
            assert row["readability_gain"] is None
            continue
        text, _ = parse_prompt(task_named("simplification"), row["prompt"]) or ("", None)
        expected = score(row["completion"]).readability - score(text).readability
        assert row["readability_gain"] == expected
        gains.append(expected)
    assert len(gains) == 50


def test_a_gain_is_positive_where_the_simple_side_is_easier() -> None:
    hard = "本件に関する詳細な検討結果は、後日、当委員会において報告される予定である。"
    easy = "これについて考えたことは、あとで話します。"
    assert gain_of(hard, easy, "unidic-lite") > 0
    assert gain_of(easy, hard, "unidic-lite") == -gain_of(hard, easy, "unidic-lite")


def test_figures_follow_from_the_rows(receipt, built) -> None:
    rows = [row for _, row in every(rows_of(built))]
    assert receipt["measures"] == json.loads(json.dumps(measures_of(rows)))
    pairs_ = receipt["measures"]["simplification"]
    gains = [row["readability_gain"] for row in rows if row["task"] == "simplification"]
    assert pairs_["easier"] == sum(gain > 0 for gain in gains) / 50
    assert pairs_["easier"] + pairs_["same"] + pairs_["harder"] == pytest.approx(1)
    assert pairs_["mean_gain"] == pytest.approx(sum(gains) / 50)
    assert receipt["measures"]["qa"]["answer_in_passage"] == 1.0
    for row in rows:
        if row["task"] == "qa":
            row["answer_start"] += 1
    assert measures_of(rows)["qa"]["answer_in_passage"] < 0.5


# Card and licences


def test_the_card_names_sources_licences_and_figures(built, receipt) -> None:
    card = (built / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlanguage:\n- ja\nlicense: cc-by-nc-sa-4.0\n")
    for task in TASKS:
        assert f"| {task.name} | {task.title} | {task.license} |" in card
    for source in receipt["sources"].values():
        assert source["files"][0]["sha256"] in card
    easier = receipt["measures"]["simplification"]["easier"]
    assert f"easier in {easier:.1%} of 50 pairs" in card
    assert "in 100.0% of 50 rows" in card
    assert "元の日本語：\n{sentence}\n\nシンプルな日本語：\n```" in card
    assert "This is jtextkit's sample" not in card


def test_the_whole_set_inherits_the_strictest_licence(built, receipt) -> None:
    assert receipt["license"] == LICENSE == "cc-by-nc-sa-4.0"
    folder = read_folder(built)  # what push reads and refuses by
    assert folder.licence == LICENSE
    assert {row["license"] for _, row in every(rows_of(built))} == {
        "cc-by-4.0",
        "apache-2.0",
        "cc-by-nc-sa-4.0",
    }


def test_a_looser_licence_cannot_be_pushed(built, tmp_path) -> None:
    for card in ("cc-by-4.0", "mit", "cc-by-nc-4.0"):
        out = tmp_path / card
        shutil.copytree(built, out)
        text = (out / "README.md").read_text(encoding="utf-8")
        (out / "README.md").write_text(
            text.replace(f"license: {LICENSE}", f"license: {card}", 1), encoding="utf-8"
        )
        content = json.loads((out / "receipt.json").read_bytes())
        (out / "receipt.json").unlink()
        write_receipt(out, {name: content[name] for name in content if name != "files"})
        with pytest.raises(IntegrityError, match=rf"{card}' is looser than"):
            read_folder(out)


# Writing


def test_nothing_else_is_replaced(sources, tmp_path) -> None:
    out = tmp_path / "set"
    build(out, StxRecipe(size=30), sources)
    with pytest.raises(OutputError, match="another recipe"):
        build(out, StxRecipe(size=60), sources)
    build(out, StxRecipe(size=60), sources, force=True)
    (out / "mine.txt").write_text("x")
    with pytest.raises(OutputError, match=r"files that no build wrote \(mine\.txt\)"):
        build(out, StxRecipe(size=60), sources, force=True)
    other = tmp_path / "other"
    other.mkdir()
    (other / "x").write_text("x")
    with pytest.raises(OutputError, match="no build of ours"):
        build(other, StxRecipe(size=30), sources, force=True)


@pytest.mark.parametrize("failpoint", FOLDER_FAILPOINTS)
def test_a_build_that_breaks_off_leaves_a_whole_set_or_none(
    failpoint: str, sources: StxSources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stop(Exception):  # noqa: N818 - no error
        pass

    def reach(name: str) -> None:
        if name == failpoint:
            raise Stop

    out = tmp_path / "set"
    before = build(out, StxRecipe(size=30), sources)
    monkeypatch.setattr("jtextkit.core.files.failpoint", reach)
    monkeypatch.setattr("jtextkit.builders.sets.writing.failpoint", reach)
    with pytest.raises(Stop):
        build(out, StxRecipe(size=60), sources, force=True)
    monkeypatch.undo()
    if out.exists():
        made = json.loads((out / "receipt.json").read_text(encoding="utf-8"))
        assert made["recipe"]["size"] in (30, 60)
        assert before["files"].keys() == made["files"].keys()
        assert read_folder(out).left_out == ()
    build(out, StxRecipe(size=60), sources, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


# The sample


def test_the_sample_builds_and_is_marked(tmp_path) -> None:
    made = build(tmp_path / "set", StxRecipe(size=SIZE), sample_sources())
    assert made["sample"] is True
    assert made["sources"]["qa"]["files"][0]["format"] == "TyDi QA, primary task"
    assert made["sources"]["qa"]["dropped"] == {"answered by yes or no": 1}
    assert made["selection"]["simplification"]["dropped"] == {"nothing was simplified": 1}
    assert made["measures"]["simplification"]["easier"] >= 0.8
    assert "This is jtextkit's sample" in (tmp_path / "set/README.md").read_text(encoding="utf-8")
    assert read_folder(tmp_path / "set").licence == LICENSE


def test_the_samples_spans_are_its_answers() -> None:
    found = {one.completion for one in read_sources(sample_sources())["qa"].examples}
    assert found == {
        *("三十二メートル", "二十秒", "野水仙", "九つ", "一九二八年", "初雪の前", "一週間ほど"),
        *("三日間", "ひびの入った皿", "測候所の倉庫", "六千冊", "百八段", "二人"),
    }


def test_keys_follow_from_content_alone() -> None:
    one = example("原文である。", source_id="1")
    assert key_of(one) == key_of(example("原文である。", source_id="2", title="題"))
    assert key_of(one) != key_of(example("原文である。", "ほか。"))
