"""Import: each sieve by its reason, what is kept, and where it goes."""

from __future__ import annotations

import dataclasses
import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jtextkit.builders.sansu import SansuImportRecipe, build_import, preview_import
from jtextkit.builders.sansu.environment import create
from jtextkit.builders.sansu.rows import SYSTEM_PROMPT
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.core.errors import InputError, JtextkitError, UsageError

RECIPE = SansuImportRecipe("Model X", "https://example.org/terms")

GOOD = {
    "id": "crane",
    "problem": "つるとかめが15匹います。足は44本です。かめは何匹ですか。",
    "solution": "1. 全部つるだとすると、2×15＝30（本）です。\n2. 44－30＝14（本）たりません。\n"
    "3. 14÷2＝7（匹）\n答え：7匹",
    "answer": "7匹",
}
FALSE = {
    "problem": "80円のパンを3個と120円の牛にゅうを買いました。代金は何円ですか。",
    "solution": "1. パンの代金は、80×3＝250（円）です。\n2. 250＋120＝370（円）\n答え：370円",
    "answer": "360円",
}
ALGEBRA = {
    "problem": "ある数に6をかけて15をひくと81です。ある数はいくつですか。",
    "solution": "1. ある数をxとすると、6x－15＝81です。\n2. 6x＝96、x＝16\n答え：16",
    "answer": "16",
}


def written(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "rows.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows_of(folder: Path) -> list[dict]:
    return [row for name in SPLITS for row in pq.read_table(folder / f"{name}.parquet").to_pylist()]


def imported(
    tmp_path: Path, *rows: object, recipe: SansuImportRecipe = RECIPE
) -> tuple[dict, list]:
    receipt = build_import(tmp_path / "set", written(tmp_path, *rows), recipe)
    return receipt, rows_of(tmp_path / "set")


def test_a_row_is_kept_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    receipt, (row,) = imported(tmp_path, GOOD)
    assert {name: row[name] for name in GOOD} == GOOD
    assert row["topic"] == "つるかめ算"
    assert row["numbers"] == ["15", "44"]
    assert row["steps"] == 3
    assert (row["source"], row["teacher"], row["license"]) == ("import", "Model X", "other")
    assert row["flags"] == []
    assert [turn["content"] for turn in row["messages"]] == [
        SYSTEM_PROMPT,
        GOOD["problem"],
        GOOD["solution"],
    ]
    assert receipt["recipe"]["teacher"] == "Model X"
    card = (tmp_path / "set" / "README.md").read_text(encoding="utf-8")
    assert "Model X" in card
    assert "https://example.org/terms" in card
    assert receipt["sources"]["file"]["sha256"] in card


def test_each_reason_is_counted_and_bad_rows_are_named_by_line(tmp_path: Path) -> None:
    tale = (
        "夏休みのある朝、みなみさんは弟といっしょに町はずれの古い神社まで歩いて行き、"
        "けい内の池のそばで生き物の数を日記につけることにしました。"
    )
    long = {**GOOD, "problem": tale + GOOD["problem"]}
    again = {**long, "problem": long["problem"].replace("15", "１５")}
    nearly = {**long, "problem": long["problem"].replace("何匹", "何びき")}
    receipt, rows = imported(
        tmp_path,
        long,
        FALSE,
        ALGEBRA,
        again,
        nearly,
        {"problem": "短い", "solution": GOOD["solution"]},
        {"problem": GOOD["problem"], "solution": "7匹"},
        "not json",
        "[1]",
        {"problem": GOOD["problem"], "solution": "  "},
        {**GOOD, "answer": {"value": 7}},
        '{"problem": "ひとつの\\ud800問題です。いくつ", "solution": "1. 1＋1＝2"}',
    )
    assert [row["id"] for row in rows] == ["crane"]
    assert receipt["dropped"] == {
        "audit: false-step": 1,
        "audit: style:unknown": 1,
        "exact duplicate": 1,
        "near-duplicate": 1,
        "problem shorter than 10 characters": 1,
        "solution shorter than 20 characters": 1,
    }
    assert [(one["line"], one["problem"]) for one in receipt["bad_lines"]] == [
        (8, "not JSON"),
        (9, "no JSON object"),
        (10, "no text in 'solution'"),
        (11, "'answer' is no text, no number and no list of them"),
        (12, "a NUL or a lone surrogate in 'problem'"),
    ]
    assert receipt["read"] == 12 == receipt["kept"] + receipt["bad_rows"] + 6


def test_the_same_problem_with_another_answer_is_told_apart(tmp_path: Path) -> None:
    other = {
        **GOOD,
        "id": "b",
        "solution": "1. つるとかめは、3＋5＝8（匹）です。\n答え：8匹",
        "answer": "8匹",
    }
    receipt, _ = imported(tmp_path, GOOD, other)
    assert receipt["dropped"] == {"exact duplicate with another answer": 1}


def test_flagged_rows_are_kept_if_asked_for(tmp_path: Path) -> None:
    import dataclasses

    keep = dataclasses.replace(RECIPE, keep_flagged=True)
    receipt, rows = imported(tmp_path, GOOD, FALSE, recipe=keep)
    assert receipt["flagged"] == 1
    assert receipt["dropped"] == {}
    assert {row["answer"]: row["flags"] for row in rows} == {
        "7匹": [],
        "360円": ["false-step", "answer"],
    }


@pytest.mark.parametrize(("style", "kept"), [("strict", 0), ("grade6", 1), ("", 1)])
def test_style_is_judged_by_the_profile_asked_for(style: str, kept: int, tmp_path: Path) -> None:
    recipe = SansuImportRecipe("X", "none", style=style)
    receipt, _ = imported(tmp_path, GOOD, ALGEBRA, recipe=recipe)
    assert receipt["kept"] == 1 + kept


def test_several_solutions_of_a_problem_stay_together(tmp_path: Path) -> None:
    from jtextkit.check import check_set

    ways = [
        {**GOOD, "solution": GOOD["solution"].replace("全部つる", word)}
        for word in ("全部つる", "全部がつる", "みんなつる", "どれもつる")
    ]
    recipe = dataclasses.replace(RECIPE, keep_per_problem=3)
    receipt, rows = imported(tmp_path, *ways[:1], *ways, {**GOOD, "answer": "7"}, recipe=recipe)
    assert receipt["dropped"]["more solutions than are kept"] == 1
    assert receipt["dropped"]["exact duplicate"] == 1
    assert len({row["solution"] for row in rows}) == len({row["id"] for row in rows}) == 3
    assert sum(count > 0 for count in receipt["rows"].values()) == 1
    assert check_set(tmp_path / "set").ok


CHATTY = {
    "problem": "1本80円のえん筆を5本と、120円のノートを1冊買いました。代金は何円ですか。",
    "solution": "### えん筆の代金\n\n- えん筆の代金は **400円** です。\n\n\\[ 80 \\times 5 = 400 \\]\n\n---\n\n"
    "したがって、合計は\n\n$400 + 120 = 520$\n\nとなり、答えは **520円** です。",
}


def test_layout_is_rewritten_where_it_alone_offends(tmp_path: Path) -> None:
    receipt, (row,) = imported(tmp_path, CHATTY)
    assert row["solution"] == (
        "1. えん筆の代金：えん筆の代金は 400円 です。80 × 5 = 400\n"
        "2. したがって、合計は、400 + 120 = 520となり、答えは 520円 です。\n"
        "答え：520円"
    )
    assert (row["flags"], row["steps"], receipt["laid_out"]) == ([], 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("5 = 400", "5 = 410", "audit: false-step"),
        ("\n\n---", "\n\n| 80 | 5 |\n---", "audit: style:latex"),
        ("400 + 120", "\\sqrt{160000} + 120", "audit: style:latex"),
        ("したがって、", "答え：520円 理由は次の通り。\nしたがって、", "audit: style:latex"),
    ],
)
def test_content_is_never_rewritten(old: str, new: str, reason: str, tmp_path: Path) -> None:
    bad = {**CHATTY, "solution": CHATTY["solution"].replace(old, new)}
    receipt, _ = imported(tmp_path, GOOD, bad)
    assert receipt["dropped"] == {reason: 1}
    assert receipt["laid_out"] == 0


def test_each_rule_is_counted_alone_and_in_all(tmp_path: Path) -> None:
    receipt, _ = imported(tmp_path, GOOD, FALSE, {**GOOD, "answer": "8匹"})
    assert receipt["audit"] == {"answer": 2, "false-step": 1}
    assert receipt["audit_alone"] == {"answer": 1}


def solved(answer: str, words: str = "全部つる") -> dict:
    """The cranes, solved with this answer, and a reference that is wrong."""
    solution = GOOD["solution"].replace("全部つる", words).replace("答え：7匹", f"答え：{answer}")
    return {**GOOD, "solution": solution, "answer": "9匹"}


def test_a_vote_outweighs_the_reference(tmp_path: Path) -> None:
    recipe = dataclasses.replace(RECIPE, trust="vote", keep_per_problem=4)
    rows = [solved("7匹"), solved("8匹", "皆つる"), solved("7", "どれもつる"), FALSE]
    receipt, kept = imported(tmp_path, *rows, recipe=recipe)
    assert [row["answer"] for row in kept] == ["7匹"]
    assert receipt["dropped"]["audit: answer"] == 1  # outvoted


def test_without_a_majority_nothing_is_taken(tmp_path: Path) -> None:
    recipe = dataclasses.replace(RECIPE, trust="vote")
    receipt, _ = imported(
        tmp_path,
        solved("7匹"),
        solved("8匹"),
        {**GOOD, "problem": "鶴と亀が15匹います。足は44本です。亀は何匹ですか。"},
        recipe=recipe,
    )
    assert receipt["dropped"] == {"no answer of more than half": 2}


def test_a_preview_counts_as_the_import_does_and_writes_nothing(tmp_path: Path) -> None:
    source = written(tmp_path, GOOD, FALSE, ALGEBRA, "{")
    found = preview_import(source, RECIPE)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]
    receipt = build_import(tmp_path / "set", source, RECIPE)
    assert {name: receipt[name] for name in found if name != "preview"} == {
        name: value for name, value in found.items() if name != "preview"
    }


def test_names_chats_lists_and_numbers(tmp_path: Path) -> None:
    recipe = SansuImportRecipe(
        "X", "none", problem_field="q", solution_field="a", answer_field="gold"
    )
    chat = {
        "messages": [
            {"role": "system", "content": "x"},
            {"role": "user", "content": "1本80円のえん筆を5本買いました。代金は何円ですか。"},
            {"role": "assistant", "content": "1. 代金を求めます。80×5＝400（円）\n答え：400円"},
        ]
    }
    named = {"q": GOOD["problem"], "a": GOOD["solution"], "gold": ["8匹", "7匹"]}
    number = {
        "q": "ある数に3をかけて5をたすと20です。ある数はいくつですか。",
        "a": "1. 5をたす前は、20－5＝15です。\n2. 15÷3＝5\n答え：5",
        "gold": 5,
    }
    receipt, rows = imported(tmp_path, chat, named, number, recipe=recipe)
    assert receipt["dropped"] == {}
    assert {row["answer"] for row in rows} == {"400円", "7匹", "5"}
    assert all(row["id"].startswith("import-") for row in rows)


def test_thresholds_are_the_recipes(tmp_path: Path) -> None:
    recipe = SansuImportRecipe("X", "none", min_problem_chars=1, min_solution_chars=1)
    short = {"problem": "3＋4は？", "solution": "1. 3＋4＝7\n答え：7", "answer": "7"}
    receipt, _ = imported(tmp_path, short, recipe=recipe)
    assert receipt["kept"] == 1


def test_gzip_parquet_and_ids_that_come_twice(tmp_path: Path) -> None:
    other = {**ALGEBRA, "id": "crane", "solution": "1. 81＋15＝96\n2. 96÷6＝16\n答え：16"}
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in (GOOD, other))
    build_import(tmp_path / "set", path, RECIPE)
    names = {row["id"] for row in rows_of(tmp_path / "set")}
    assert "crane" in names
    assert len(names) == 2


def test_same_numbers_of_a_topic_stay_in_one_split(tmp_path: Path) -> None:
    source = create(seed=2)
    rows = [
        {"problem": one.problem, "solution": one.solution, "answer": one.answer}
        for one in (source[index] for index in range(48))
    ]
    rows.sort(key=lambda row: len(row["problem"]))
    twin = dict(rows[0])
    twin["problem"] = (
        "次の問いに、式と答えを書いて答えましょう。数をよく読むこと。" + twin["problem"]
    )
    receipt, kept = imported(tmp_path, *rows, twin)
    assert receipt["dropped"] == {}
    assert receipt["rows"] == {"train": 40, "validation": 4, "test": 5}
    splits = {
        name: {
            row["problem"]
            for row in pq.read_table(tmp_path / "set" / f"{name}.parquet").to_pylist()
        }
        for name in SPLITS
    }
    assert any({rows[0]["problem"], twin["problem"]} <= part for part in splits.values())
    assert len(kept) == 49


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no row is left of 0"),
        ("x\n", "the first on line 1: not JSON"),
        (json.dumps(FALSE), "1 audit: false-step"),
    ],
)
def test_nothing_left_says_why(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        build_import(tmp_path / "set", path, RECIPE)
    assert not (tmp_path / "set").exists()


def test_recipes_that_say_nothing_are_refused() -> None:
    with pytest.raises(UsageError, match="teacher is empty"):
        SansuImportRecipe(" ", "none")
    with pytest.raises(UsageError, match="at least 1"):
        SansuImportRecipe("X", "none", min_problem_chars=0)
    with pytest.raises(UsageError, match="style"):
        SansuImportRecipe("X", "none", style="loose")


def test_a_terms_text_cannot_break_the_card(tmp_path: Path) -> None:
    recipe = SansuImportRecipe("A [link](x) | b\n# head", "line 1\n\n---\n# no heading <b>")
    imported(tmp_path, GOOD, recipe=recipe)
    card = (tmp_path / "set" / "README.md").read_text(encoding="utf-8")
    assert "\n# head" not in card
    assert "> # no heading &lt;b>" in card
    assert card.count("\n---\n") == 1


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.fixed_dictionaries({"problem": st.text(), "solution": st.text(), "answer": st.text()}),
        max_size=3,
    )
)
def test_any_text_is_taken_or_counted(rows: list[dict], tmp_path: Path) -> None:
    recipe = SansuImportRecipe(
        "X", "none", min_problem_chars=1, min_solution_chars=1, keep_flagged=True
    )
    path = written(tmp_path, GOOD, *rows)
    try:
        receipt = build_import(tmp_path / "set", path, recipe, force=True)
    except JtextkitError:
        pytest.fail("a bad row must not end the import")
    assert receipt["read"] == 1 + len(rows)
    assert (
        receipt["kept"] + receipt["bad_rows"] + sum(receipt["dropped"].values()) == receipt["read"]
    )
