"""Sources as they are published are read to the last row; what is wrong is counted or refused by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stx_files import (
    annotation,
    articles,
    flat_primary,
    gold_rows,
    gold_squad,
    jsonl,
    pairs,
    parquet,
    passages,
    primary_rows,
    snow_csv,
    snow_xlsx,
    workbook,
)

from jtextkit.builders.stx.sources import StxSources, TaskRows, read_sources
from jtextkit.builders.stx.tasks import (
    TASKS,
    SourceExample,
    group_of,
    parse_prompt,
    prompt_of,
    task_named,
)
from jtextkit.core.errors import FormatError, InputError, JtextkitError, UsageError

Write = Callable[[Path], Path]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., TaskRows]:
    """Read files for one task, the other two tasks being given sound ones."""
    sound = {
        "simplification": str(snow_csv(tmp_path / "sound.csv", pairs(2))),
        "qa": str(jsonl(tmp_path / "sound-qa.jsonl", gold_rows(2))),
        "summarisation": str(jsonl(tmp_path / "sound-xl.jsonl", articles(2))),
    }

    def go(task: str, *paths: Path) -> TaskRows:
        names = {name: (path,) for name, path in sound.items()}
        names[task] = tuple(map(str, paths))
        return read_sources(StxSources(**names))[task]

    return go


def said(reading: TaskRows) -> set[tuple[str, str | None, str]]:
    return {(one.text, one.question, one.completion) for one in reading.examples}


# SNOW


def snow_hub(path: Path) -> Path:
    rows = [
        {"ID": i, "original_ja": a, "simplified_ja": b, "original_en": "x", "proper_noun": ""}
        for i, a, b in pairs(7)
    ]
    return parquet(path / "0000.parquet", rows)


def snow_jsonl(path: Path) -> Path:
    rows = [{"ID": i, "original_ja": a, "simplified_ja": b} for i, a, b in pairs(7)]
    return jsonl(path / "snow.jsonl", rows)


def snow_other_order(path: Path) -> Path:
    rows = [("x", b, a, i) for i, a, b in pairs(7)]
    header = ("#固有名詞", "＃やさしい日本語 ", "#日本語（原文）", "id")
    return snow_csv(path / "order.csv", rows, header)


@pytest.mark.parametrize(
    "write",
    [
        lambda path: snow_csv(path / "T15.csv", pairs(7)),
        lambda path: snow_xlsx(path / "T15-2020.1.7.xlsx", pairs(7)),
        lambda path: snow_xlsx(path / "T15.XLSX", pairs(7)),
        snow_hub,
        snow_jsonl,
        snow_other_order,
    ],
)
def test_snow_in_every_format(write: Write, read, tmp_path) -> None:
    reading = read("simplification", write(tmp_path))
    assert [(one.source_id, one.text, one.completion) for one in reading.examples] == pairs(7)
    assert (reading.rows, reading.dropped, reading.notes) == (7, Counter(), Counter())
    assert reading.files[0]["format"] == "SNOW T15/T23"
    assert "/" not in reading.files[0]["name"]


def test_rows_of_a_workbook_that_hold_nothing_are_no_rows(read, tmp_path) -> None:
    table = [
        ["ID", "#日本語(原文)", "#やさしい日本語"],
        [1.0, "犬が居る。", "犬がいます。"],
        ["", "", ""],
    ]
    reading = read("simplification", workbook(tmp_path / "a.xlsx", table))
    assert (reading.rows, len(reading.examples), reading.examples[0].source_id) == (1, 1, "1")


def test_a_sentence_that_is_missing_is_counted(read, tmp_path) -> None:
    rows = [
        ("1", "犬が居る。", "犬がいます。"),
        ("2", "", "猫がいます。"),
        ("3", "猫が居る。", "  "),
    ]
    reading = read("simplification", snow_csv(tmp_path / "a.csv", rows))
    assert len(reading.examples) == 1
    assert reading.dropped == {
        "the original sentence is missing": 1,
        "the simple sentence is missing": 1,
    }


def test_line_breaks_within_a_sentence_become_spaces(read, tmp_path) -> None:
    path = snow_csv(tmp_path / "a.csv", [("1", "犬が\r\n居る。 ", " 犬が\nいます。")])
    assert said(read("simplification", path)) == {("犬が 居る。", None, "犬が います。")}


def test_rows_of_a_csv_with_another_number_of_cells(read, tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "ID,original_ja,simplified_ja\n1,あれは犬です。,犬です。\n2,猫\n\n", encoding="utf-8"
    )
    reading = read("simplification", path)
    assert len(reading.examples) == 1
    assert reading.dropped == {"unreadable: 2 cells, not 3": 1}


# TyDi QA


def expected(number: int) -> set[tuple[str, str | None, str]]:
    return {(p, question, answer) for _, p, asked in passages(number) for question, answer in asked}


def by_member(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "answers": {name: [one[name] for one in row["answers"]] for name in row["answers"][0]},
        }
        for row in rows
    ]


def as_csv(path: Path) -> Path:
    rows = [
        (row["id"], row["passage_text"], row["question_text"], json.dumps(row["answers"]))
        for row in gold_rows(5)
    ]
    return snow_csv(path / "qa.csv", rows, ("id", "passage_text", "question_text", "answers"))


def as_plain_csv(path: Path) -> Path:
    rows = [
        (row["id"], row["passage_text"], row["question_text"], row["answers"][0]["text"])
        for row in gold_rows(5)
    ]
    return snow_csv(path / "qa.csv", rows, ("id", "context", "question", "answer"))


def as_json(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "write",
    [
        lambda path: jsonl(path / "japanese-train.jsonl", gold_rows(5)),
        lambda path: jsonl(path / "qa.jsonl.gz", gold_rows(5)),
        lambda path: jsonl(path / "really-jsonl.json", gold_rows(5)),
        lambda path: as_json(path / "array.json", gold_rows(5)),
        lambda path: as_json(path / "tydiqa-goldp-v1.1-train.json", gold_squad(5)),
        lambda path: parquet(path / "qa.parquet", gold_rows(5)),
        lambda path: parquet(path / "qa.parquet", by_member(gold_rows(5))),
        as_csv,
        as_plain_csv,
        lambda path: jsonl(path / "tydiqa-v1.0-train.jsonl.gz", primary_rows(5)),
        lambda path: parquet(path / "p.parquet", [flat_primary(row) for row in primary_rows(5)]),
    ],
)
def test_tydiqa_in_every_format(write: Write, read, tmp_path) -> None:
    reading = read("qa", write(tmp_path))
    assert said(reading) == expected(5)
    assert reading.dropped == {}
    for one in reading.examples:
        assert one.answer_start is not None
        assert one.text.startswith(one.completion, one.answer_start)


def test_offsets_are_bytes_and_tell_which_of_several_places_is_meant(read, tmp_path) -> None:
    passage = "　門は朝に開く。朝は寒い。\n"
    row = {
        "passage_text": passage,
        "question_text": "いつ\n寒いですか？",
        "answers": [
            {"text": "朝", "start_byte": len("　門は朝に開く。".encode()), "limit_byte": 27}
        ],
    }
    (one,) = read("qa", jsonl(tmp_path / "a.jsonl", [row])).examples
    assert (one.text, one.question) == ("門は朝に開く。朝は寒い。", "いつ 寒いですか？")
    assert one.answer_start == 7


@pytest.mark.parametrize("in_bytes", [False, True])
def test_squads_offsets_may_count_characters_or_bytes(in_bytes: bool, read, tmp_path) -> None:
    passage = "門は朝に開く。朝は寒い。"
    start = len("門は朝に開く。".encode()) if in_bytes else 7
    row = {
        "context": passage,
        "question": "いつ？",
        "answers": [{"text": "朝", "answer_start": start}],
    }
    reading = read("qa", jsonl(tmp_path / "a.jsonl", [row]))
    assert (reading.examples[0].answer_start, reading.notes) == (7, {})


def test_a_wrong_offset_is_counted_and_an_answer_that_is_nowhere_dropped(read, tmp_path) -> None:
    def row(text: str, start: int) -> dict[str, Any]:
        return {
            "passage_text": "門は朝に開く。",
            "question_text": f"{text}？",
            "answers": [{"text": text, "start_byte": start, "limit_byte": start + 3}],
        }

    rows = [
        row("朝", 6),
        row("朝", 1),
        row("夜", 6),
        row("朝に", -5),
        {**row("", 0), "answers": []},
    ]
    reading = read("qa", jsonl(tmp_path / "a.jsonl", rows))
    assert [one.answer_start for one in reading.examples] == [2, 2, 2]
    assert reading.notes == {"offset wrong": 2}
    assert reading.dropped == {"the answer is not in the passage": 1, "no answer": 1}


def test_of_several_answers_the_first_that_stands_there_is_taken(read, tmp_path) -> None:
    answers = [{"text": "夜"}, {"text": "朝"}, {"text": "門"}]
    row = {"context": "門は朝に開く。", "question": "いつ？", "answers": answers}
    assert [one.completion for one in read("qa", jsonl(tmp_path / "a.jsonl", [row])).examples] == [
        "朝"
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"language": "english"}, "another language"),
        ({"annotations": [annotation(-1, -1, -1)]}, "no minimal answer"),
        ({"annotations": [annotation(1, -1, -1, "YES")]}, "answered by yes or no"),
        ({"annotations": [annotation(9, 50, 60)]}, "no such passage"),
        ({"annotations": [annotation(0, 50, 60)]}, "the answer is not in the passage"),
        ({"annotations": "none"}, "no list where one is expected"),
        ({"question_text": " "}, "the question is missing"),
        ({"document_plaintext": None}, "the document is missing"),
        ({"document_title": "a\0b"}, "NUL or a lone surrogate"),
        ({"document_plaintext": "\ud800"}, "NUL or a lone surrogate"),
    ],
)
def test_questions_of_the_primary_task_that_give_no_example(
    changes, reason, read, tmp_path
) -> None:
    good, bad = primary_rows(2)[:2]
    text = json.dumps(good) + "\n" + json.dumps({**bad, **changes}) + "\n"
    path = tmp_path / "a.jsonl"
    path.write_text(text, encoding="utf-8")
    reading = read("qa", path)
    assert len(reading.examples) == 1
    assert reading.dropped == {reason: 1}


def test_a_span_that_cuts_a_character(read, tmp_path) -> None:
    rows = primary_rows(2)
    start = rows[1]["annotations"][1]["minimal_answer"]["plaintext_start_byte"]
    rows[1]["annotations"] = [annotation(1, start + 1, start + 4)]
    reading = read("qa", jsonl(tmp_path / "a.jsonl", rows))
    assert reading.dropped == {"the span cuts a character": 1}


def test_the_official_gold_passages_have_no_japanese(read, tmp_path) -> None:
    document = gold_squad(3)
    for language, article in zip(("finnish", "korean", "swahili"), document["data"], strict=True):
        for asked in article["paragraphs"][0]["qas"]:
            asked["id"] = asked["id"].replace("japanese", language)
    path = as_json(tmp_path / "a.json", document)
    with pytest.raises(InputError, match=r"none of 4 rows can be used .*another language: 4"):
        read("qa", path)
    more = jsonl(tmp_path / "japanese.jsonl", gold_rows(2))
    reading = read("qa", path, more)
    assert len(reading.examples) == 3
    assert reading.dropped == {"another language": 4}


# XL-Sum


@pytest.mark.parametrize(
    "write",
    [
        lambda path: jsonl(path / "japanese_train.jsonl", articles(4)),
        lambda path: parquet(path / "0000.parquet", articles(4)),
        lambda path: snow_csv(
            path / "x.csv", [list(row.values()) for row in articles(4)], list(articles(1)[0])
        ),
    ],
)
def test_xlsum_in_every_format(write: Write, read, tmp_path) -> None:
    reading = read("summarisation", write(tmp_path))
    assert reading.examples == [
        SourceExample("summarisation", a["text"], None, a["summary"], a["id"], a["title"], a["url"])
        for a in articles(4)
    ]


def test_line_ends_and_white_space_of_an_article(read, tmp_path) -> None:
    row = {"text": "\r\n一段目。\r\n\r\n二段目。\r", "summary": "要約\nする。"}
    (one,) = read("summarisation", jsonl(tmp_path / "a.jsonl", [row])).examples
    assert (one.text, one.completion, one.url) == ("一段目。\n\n二段目。", "要約 する。", None)


# Files


def test_several_files_and_folders_count_together(read, tmp_path) -> None:
    folder = tmp_path / "xlsum"
    folder.mkdir()
    for i, name in enumerate(("japanese_train.jsonl", "japanese_val.jsonl")):
        jsonl(folder / name, articles(6)[2 * i : 2 * i + 2])
    (folder / ".hidden.jsonl").write_text("x")
    (folder / "LICENSE").write_text("x")
    more = jsonl(tmp_path / "more.jsonl", articles(6)[4:])
    reading = read("summarisation", folder, more)
    assert [entry["name"] for entry in reading.files] == [
        "japanese_train.jsonl",
        "japanese_val.jsonl",
        "more.jsonl",
    ]
    assert [entry["rows"] for entry in reading.files] == [2, 2, 2]
    assert len(reading.examples) == 6


def test_lines_that_are_no_rows_are_counted(read, tmp_path) -> None:
    path = jsonl(tmp_path / "a.jsonl", articles(2))
    path.write_bytes(path.read_bytes() + b'not json\n[1]\n\xff\n{"text": "x"}\n')
    reading = read("summarisation", path)
    assert (reading.rows, len(reading.examples)) == (6, 2)
    assert reading.dropped == {
        "unreadable: not JSON": 1,
        "unreadable: no JSON object": 1,
        "unreadable: not UTF-8": 1,
        "a column is missing": 1,
    }


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"ID,original_ja,simplified_ja\n", "no row in it that can be read"),
        ("a.csv", "原文,訳\n犬,犬\n".encode(), "not the columns of a source for simplification"),
        ("a.csv", "原文\n犬\n".encode("shift_jis"), "not utf-8"),
        ("a.csv", b'a,b\n"x\n', "not CSV"),
        ("a.csv", b"a\0b,c\n", "NUL"),
        ("a.xlsx", b"PK\x03\x04 truncated", "not an Excel workbook"),
        ("a.xlsx", b"", "not an Excel workbook"),
        ("a.parquet", b"PAR1", "cannot be read to its end"),
        ("a.jsonl.gz", b"\x1f\x8b\x08\x00", "cannot be read to its end"),
        ("a.jsonl", b"\n", "no row in it that can be read"),
        ("a.json", b'{"data": [', "not JSON"),
        ("a.json", b"[" * 200_000, "not JSON|nested too deeply"),
        ("a.json", b'{"rows": []}', "SQuAD's nesting"),
        ("a.json", b"7", "SQuAD's nesting"),
        ("a.json", b"[1, 2]", "no row in it that can be read"),
        ("a.txt", b"x", "its name does not tell how to read it"),
    ],
)
def test_files_that_are_no_source(name, content, message, read, tmp_path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read("simplification", path)
    assert name in str(caught.value)
    assert caught.value.cure


def test_other_columns_are_told_with_those_expected(read, tmp_path) -> None:
    path = jsonl(tmp_path / "a.jsonl", [{"passage": "x", "q": "y"}])
    with pytest.raises(FormatError) as caught:
        read("qa", path)
    message = str(caught.value)
    for part in ("a.jsonl:1", "found: passage, q", "document_plaintext", "passage_text/context"):
        assert part in message


def test_files_that_are_not_there(read, tmp_path) -> None:
    with pytest.raises(InputError, match=r"no such file; .*csebuetnlp/xlsum@REVISION"):
        read("summarisation", tmp_path / "none.jsonl")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file in this folder can be read"):
        read("summarisation", tmp_path / "empty")


def test_the_same_file_twice(read, tmp_path) -> None:
    one = jsonl(tmp_path / "a.jsonl", articles(2))
    other = jsonl(tmp_path / "b.jsonl", articles(2))
    with pytest.raises(UsageError, match=r"the same file as a\.jsonl"):
        read("summarisation", one, other)


def test_a_task_without_a_source() -> None:
    with pytest.raises(UsageError, match=r"no source for qa \(--qa\), summarisation") as caught:
        read_sources(StxSources(simplification=("x.csv",)))
    assert "khalidalt/tydiqa-goldp@REVISION" in str(caught.value)


# Any text


@given(
    st.lists(st.dictionaries(st.text(max_size=8), st.text(max_size=8) | st.integers()), max_size=4)
)
def test_no_rows_whatever_make_the_reader_fail_otherwise_than_in_words(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    names = (str(path),)
    with pytest.raises(JtextkitError):
        read_sources(StxSources(names, names, names))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 40) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "start_byte", "answer_start", "passage_answer", "candidate_index"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@given(st.text(max_size=20), st.text(max_size=6), _JSON, _JSON)
def test_questions_of_any_shape_are_read_or_counted(
    tmp_path_factory: pytest.TempPathFactory, passage: str, question: str, one: Any, other: Any
) -> None:
    folder = tmp_path_factory.mktemp("any")
    gold = {"context": passage, "question": question, "answers": one}
    primary = {
        "document_plaintext": passage,
        "question_text": question,
        "passage_answer_candidates": one,
        "annotations": other,
    }
    other_tasks = {
        "simplification": (str(snow_csv(folder / "s.csv", pairs(1))),),
        "summarisation": (str(jsonl(folder / "x.jsonl", articles(1))),),
    }
    for number, row in enumerate((gold, primary)):
        path = folder / f"{number}.jsonl"
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        sound = jsonl(folder / f"sound{number}.jsonl", gold_rows(1)[:1])
        reading = read_sources(StxSources(qa=(str(path), str(sound)), **other_tasks))["qa"]
        assert len(reading.examples) - 1 + sum(reading.dropped.values()) == 1
        for example in reading.examples:
            assert example.answer_start is not None
            assert example.text.startswith(example.completion, example.answer_start)
            assert parse_prompt(task_named("qa"), example.prompt) == (
                example.text,
                example.question,
            )


# Templates


def test_the_templates_are_the_published_ones_to_the_character() -> None:
    s, q, x = TASKS
    assert prompt_of(s, "原文") == "元の日本語：\n原文\n\nシンプルな日本語："
    assert prompt_of(q, "本文", "問い") == "本文\n\n問い"
    assert prompt_of(x, "本文") == "記事：\n本文\n\n要約："


def test_the_templates_are_those_in_the_document(shared: Path) -> None:
    documents = [
        path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))
    ]
    (document,) = [text for text in documents if "openorca_stx" in text.split("# Training")[0]]
    plain = document.replace("\n  ", "\n")  # the list's indentation
    held = ("{original_ja}", "{passage_text}", "{article_text}")
    for task, text in zip(TASKS, held, strict=True):
        assert f'f"""{prompt_of(task, text, "{question_text}")}"""' in plain


@given(st.text(min_size=1).filter(lambda text: text.strip() == text), st.sampled_from(TASKS))
def test_texts_are_read_back_from_prompts(text: str, task) -> None:
    question = "問いは？" if task.takes_question else None
    assert parse_prompt(task, prompt_of(task, text, question)) == (text, question)


@pytest.mark.parametrize(
    ("task", "prompt"),
    [
        ("simplification", "元の日本語：犬。\n\nシンプルな日本語："),
        ("simplification", "元の日本語：\n犬。\n\nシンプルな日本語：\n"),
        ("simplification", "元の日本語：\n\n\nシンプルな日本語："),
        ("qa", "本文\n問い"),
        ("qa", "本文\n\n問い\n続き"),
        ("qa", "\n\n問い"),
        ("summarisation", "記事：\n 犬。\n\n要約："),
    ],
)
def test_other_prompts_do_not_follow_the_template(task: str, prompt: str) -> None:
    assert parse_prompt(task_named(task), prompt) is None


@given(st.text())
def test_spacing_does_not_change_a_group(text: str) -> None:
    assert group_of(text) == group_of(f" {text}\n".replace("。", "。\u3000"))
