"""Prompts as published, examples as the harness draws them, and data in the forms it comes in."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.builders.sansu.rows import SYSTEM_PROMPT
from jtextkit.core.errors import FormatError, InputError, JtextkitError, UsageError
from jtextkit.tasks import TASKS, Selection, requests_of, task_named
from jtextkit.tasks.replies import cut_at, reply_row
from jtextkit.train.encoding import difficulty_prompt
from jtextkit.train.presets import configuration

SHARED = Path(os.environ.get("JTEXTKIT_SHARED", Path(__file__).parents[2] / "../shared")) / "eval"
HEAD = "以下は、タスクを説明する指示と、文脈のある入力の組み合わせです。要求を適切に満たす応答を書きなさい。\n\n"

JSQUAD = {
    "data": [
        {
            "title": "橋",
            "paragraphs": [
                {
                    "context": "橋 [SEP] 橋は川に架かる。",
                    "qas": [
                        {"id": "a", "question": "橋は何に架かる？", "answers": [{"text": "川"}]},
                        {
                            "id": "b",
                            "question": "川に架かるのは？",
                            "answers": [{"text": "橋"}, {"text": "橋"}, {"text": "一つの橋"}],
                        },
                    ],
                }
            ],
        }
    ]
}
JCQA = {"q_id": 7, "question": "鳴くのは？", "label": 2} | {
    f"choice{at}": text for at, text in enumerate(["石", "水", "猫", "木", "紙"])
}
JNLI = {"sentence_pair_id": "p", "sentence1": "猫が眠る。", "sentence2": "動物がいる。", "label": "entailment"}  # fmt: skip
MARC = {"review_id": "r", "sentence": "すぐ壊れた。", "label": "negative"}
XLSUM = {"id": "x", "text": "橋が開通した。", "summary": "橋開通。"}
XWINO = {"sentence1": "箱が鞄に入らない。鞄が小さい。", "sentence2": "箱が鞄に入らない。箱が小さい。", "answer": "1"}  # fmt: skip
JAQKET = {
    "qid": "z",
    "question": "川に架かるのは？",
    "answers": {"text": ["橋"], "answer_start": [0]},
    "ctxs": {"title": ["川", "橋"], "text": ["川は流れる。", "橋は架かる。"], "has_answer": [False, True]},
}  # fmt: skip


def asked(name: str, row: object, folder: Path, **more: Any) -> str:
    """The one prompt, without examples, of a file that holds one row."""
    file = folder / "rows.json"
    file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    (request,), source = requests_of(name, Selection(data=str(file), shots=0, **more))
    assert source == str(file)
    assert isinstance(request.prompt, str)
    return request.prompt


@pytest.mark.parametrize(
    ("name", "row", "prompt"),
    [
        (
            "jcommonsenseqa-1.1-0.3",
            JCQA,
            HEAD + "### 指示:\n与えられた選択肢の中から、最適な答えを選んでください。出力は以下から選択してください：\n"
            "- 石\n- 水\n- 猫\n- 木\n- 紙\n\n### 入力:\n鳴くのは？\n\n### 応答:\n",
        ),
        (
            "jcommonsenseqa-1.1-0.2.1",
            JCQA,
            "与えられた選択肢の中から、最適な答えを選んでください。 \n\n"
            "質問：鳴くのは？\n選択肢：\n- 石\n- 水\n- 猫\n- 木\n- 紙\n回答：",
        ),
        (
            "jcommonsenseqa-1.1-0.1",
            JCQA,
            "[問題]に対する[答え]を[選択肢]の中から選んでください。\n\n"
            "[問題]:鳴くのは？\n[選択肢]:[石, 水, 猫, 木, 紙]\n[答え]:",
        ),
        (
            "jnli",
            JNLI,
            HEAD + "### 指示:\n与えられた前提と仮説の関係を回答してください。\n\n出力は以下から選択してください：\n"
            "entailment\ncontradiction\nneutral\n\n### 入力:\n前提：猫が眠る。\n仮説：動物がいる。\n\n"
            "### 応答:\n",
        ),
        (
            "jnli-1.1-0.2",
            JNLI,
            "前提と仮説の関係をentailment、contradiction、neutralの中から回答してください。\n\n制約:\n"
            "- 前提から仮説が、論理的知識や常識的知識を用いて導出可能である場合はentailmentと出力\n"
            "- 前提と仮説が両立しえない場合はcontradictionと出力\n"
            "- そのいずれでもない場合はneutralと出力\n\n前提:猫が眠る。\n仮説:動物がいる。\n関係:",
        ),
        (
            "marc_ja-1.1-0.3",
            MARC,
            HEAD + "### 指示:\n以下の製品レビューを、ポジティブまたはネガティブの感情クラスのいずれかに分類して"
            "ください。\n\n### 入力:\nすぐ壊れた。\n\n### 応答:\n",
        ),
        ("xlsum_ja-1.0-0.0", XLSUM, "与えられたニュース記事を要約してください。\n\nニュース記事:橋が開通した。\n要約:"),
        ("xwinograd_ja-1.0", XWINO, ""),
        (
            "jaqket_v2-0.2-0.3",
            JAQKET,
            HEAD + "### 指示:\n与えられた文脈から、質問に対する答えを抜き出してください。\n\n### 入力:\n"
            "文脈：川は流れる。\n橋は架かる。\n質問：川に架かるのは？\n\n### 応答:\n",
        ),
        (
            "jaqket_v2-0.2-0.1",
            JAQKET,
            "[題名]と[問題]から[質問]に対する[答え]を抜き出しなさい\n\n[題名]:川\n[問題]:川は流れる。\n"
            "[題名]:橋\n[問題]:橋は架かる。\n[質問]:川に架かるのは？\n[答え]:",
        ),
        ("mgsm-1.0-0.0", {"question": "問題：1＋1は？", "answer_number": 2}, "問題：1＋1は？\nステップごとの答え："),
        ("stx", {"prompt": "元の日本語：\n本日", "completion": "今日"}, "元の日本語：\n本日"),
    ],
)  # fmt: skip
def test_prompts_are_those_published(name: str, row: Any, prompt: str, tmp_path: Path) -> None:
    assert asked(name, row, tmp_path) == prompt


@pytest.mark.parametrize(
    ("name", "row", "choices", "answer"),
    [
        ("jcommonsenseqa", JCQA, ["石", "水", "猫", "木", "紙"], "猫"),
        ("jnli", JNLI, ["entailment", "contradiction", "neutral"], "entailment"),
        ("marc_ja-1.1-0.2", MARC, ["positive", "negative"], "negative"),
        ("marc_ja-1.1-0.3", MARC, ["ポジティブ", "ネガティブ"], "negative"),
        ("xwinograd", XWINO, [XWINO["sentence1"], XWINO["sentence2"]], XWINO["sentence1"]),
    ],
)
def test_choices_are_worded_as_the_prompt_has_them(
    name: str, row: Any, choices: list[str], answer: str, tmp_path: Path
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row))
    (request,), _ = requests_of(name, Selection(data=str(file), shots=0))
    assert (request.choices, request.row["answer"]) == (choices, answer)
    task, _ = task_named(name)
    golds = task.questions([file])
    for choice in choices:  # whichever is the likeliest, it is judged for what it is
        judged = task.judged(choice, golds[request.id].gold, ())
        right = {"ポジティブ": "positive", "ネガティブ": "negative"}.get(choice, choice) == answer
        assert (judged.parsed, judged.correct) == (True, right)


def test_examples_stand_before_the_question_with_their_replies(tmp_path: Path) -> None:
    (tmp_path / "valid.json").write_text(json.dumps(JSQUAD))
    data = str(tmp_path / "valid.json")
    requests, source = requests_of("jsquad", Selection(data=data, shots=1))
    assert source == data
    by_id = {one.id: one for one in requests}
    ask = "### 指示:\n与えられた文脈から、質問に対する答えを抜き出してください。\n\n### 入力:\n"
    a, b = (
        f"{ask}文脈：橋は川に架かる。\n質問：{question}\n\n### 応答:\n"
        for question in ("橋は何に架かる？", "川に架かるのは？")
    )
    assert by_id["a"].prompt == f"{HEAD}{b}橋\n\n{a}"  # never the question itself
    assert by_id["b"].prompt == f"{HEAD}{a}川\n\n{b}"
    assert by_id["b"].row == {"answer": ["橋", "一つの橋"]}
    assert (by_id["a"].stop, by_id["a"].task) == (("\n",), "jsquad-1.1-0.3")


def test_an_example_of_jaqket_shows_the_passage_with_the_answer(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text(json.dumps(JAQKET))
    (tmp_path / "valid.jsonl").write_text(json.dumps({**JAQKET, "qid": "y"}))
    (request,), _ = requests_of("jaqket_v2-0.2-0.2", Selection(data=str(tmp_path)))
    assert "文章:橋は架かる。\n質問:川に架かるのは？\n回答:橋\n\n文章:川は流れる。" in str(
        request.prompt
    )


def rows(number: int, split: str) -> str:
    return "".join(
        json.dumps({**JNLI, "sentence_pair_id": f"{split}{at}", "sentence1": f"{split}{at}。"})
        + "\n"
        for at in range(number)
    )


def test_examples_are_drawn_as_the_harness_draws_them(tmp_path: Path) -> None:
    """Its loop: shuffle the questions with Random(42), then sample the train rows with the same."""
    (tmp_path / "train.jsonl").write_text(rows(50, "t"))
    (tmp_path / "valid.jsonl").write_text(rows(20, "v"))
    requests, source = requests_of("jnli", Selection(data=str(tmp_path)))
    rng, order = random.Random(42), [f"v{at}" for at in range(20)]
    rng.shuffle(order)
    drawn = [rng.sample([f"t{at}" for at in range(50)], 3) for _ in order]
    assert [one.id for one in requests] == order
    for request, examples in zip(requests, drawn, strict=True):
        shown = [part.partition("。")[0] for part in str(request.prompt).split("前提：")[1:]]
        assert shown == [*examples, request.id]
    assert source == f"{tmp_path}, examples from {tmp_path}"
    few, _ = requests_of("jnli", Selection(data=str(tmp_path), limit=5))
    assert few == requests[:5]
    other, _ = requests_of("jnli", Selection(data=str(tmp_path), shot_seed=1))
    assert [one.id for one in other] != order


@given(shots=st.integers(0, 6), seed=st.integers(0, 5))
def test_a_question_is_never_its_own_example(
    shots: int, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("rows") / "valid.jsonl"
    file.write_text(rows(7, "v"))
    requests, _ = requests_of("jnli", Selection(data=str(file), shots=shots, shot_seed=seed))
    for one in requests:
        shown = [part.partition("。")[0] for part in str(one.prompt).split("前提：")[1:]]
        assert len(shown) == shots + 1
        assert len(set(shown)) == len(shown)
        assert shown[-1] == one.id


def test_difficulty_asks_as_the_preset_trains() -> None:
    requests, source = requests_of("difficulty", Selection(per_level=2))
    assert [one.id for one in requests] == [
        "Simple-00000", "Simple-00001", "Complex-00000", "Complex-00001",
    ]  # fmt: skip
    preset = configuration("train/difficulty")
    for one in requests:
        assert one.prompt == difficulty_prompt(preset, one.row["target"])
    assert source == ""


def test_sansu_asks_in_a_chat_with_the_published_system_prompt(tmp_path: Path) -> None:
    file = tmp_path / "test.jsonl"
    file.write_text(json.dumps({"id": "s", "problem": "1＋2は？", "answer": "3"}))
    (request,), _ = requests_of("sansu", Selection(data=str(file)))
    assert request.prompt == [
        {"role": "system", "content": SYSTEM_PROMPT},
        {"role": "user", "content": "1＋2は？"},
    ]
    assert request.row == {"problem": "1＋2は？", "answer": "3"}
    assert configuration("train/sansu")["system_prompt"] == SYSTEM_PROMPT


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_whole(name: str) -> None:
    task, version = task_named(name)
    assert task.name == name
    assert task_named(f"{task.published}-{version}") == (task, version)
    assert task.judged is not None


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("jsqad", "did you mean jsquad"),
        ("jsquad-1.1-0.9", "did you mean jsquad-1.1-0"),
        ("jnli-0.3", "known: jnli, jnli-1.1-0.2, jnli-1.1-0.3"),
        ("", "known: difficulty"),
    ],
)
def test_names_that_are_none(name: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        task_named(name)


@pytest.mark.parametrize(
    ("name", "content", "selection", "error", "says"),
    [
        ("jnli", "", {}, FormatError, "no golds"),
        ("jnli", "nonsense", {}, FormatError, "not JSON"),
        ("jnli", '{"label": "happy"}', {}, FormatError, "none of the labels"),
        ("jnli", '{"label": "neutral"}', {"shots": 0}, FormatError, "no 'sentence1' to ask with"),
        ("jnli", rows(3, "v"), {"shots": 3}, UsageError, "3 examples cannot be drawn from 3 rows"),
        ("jnli", rows(1, "v") * 2, {}, FormatError, "the id 'v0' comes twice"),
        ("jcommonsenseqa", '{"label": 9, "choice0": "石"}', {}, FormatError, "none of the choices"),
        ("jsquad", '{"question": "？"}', {}, FormatError, "no answer or label"),
        (
            "sansu",
            '{"problem": "？", "answer": "1"}',
            {"shots": 1},
            UsageError,
            "takes no examples",
        ),
    ],
)
def test_data_that_is_wrong_is_one_line(
    name: str, content: str, selection: Any, error: type[JtextkitError], says: str, tmp_path: Path
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(content)
    with pytest.raises(error, match=says):
        requests_of(name, Selection(data=str(file), **selection))


def test_places_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        requests_of("jnli", Selection(data=str(tmp_path / "nowhere")))
    with pytest.raises(InputError, match="no file in it begins with test or valid or dev"):
        requests_of("jnli", Selection(data=str(tmp_path)))
    with pytest.raises(UsageError, match="marc_ja has no data of its own"):
        requests_of("marc_ja")


OWN = 'title = "mine"\npublished = "mine"\njudge = "value"\n[wordings.1]\nask = "Q: {question}\\nA:"\n'


def test_a_task_of_ones_own_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN)
    assert asked(str(tmp_path / "mine.toml"), {"question": "1＋1は？", "answer": 2}, tmp_path) == (
        "Q: 1＋1は？\nA:"
    )


def test_labels_of_ones_own_are_read(tmp_path: Path) -> None:
    labels = '[labels]\nhot = ["hot", "暑い"]\ncold = ["cold", "寒い"]\n'
    own = OWN.replace('"value"', '"label"').replace("[w", labels + "[w")
    (tmp_path / "mine.toml").write_text(own)
    (tmp_path / "rows.jsonl").write_text('{"id": 1, "question": "夏は？", "answer": "hot"}')
    task, _ = task_named(str(tmp_path / "mine.toml"))
    (asked,) = task.questions([tmp_path / "rows.jsonl"]).values()
    assert task.judged("夏は暑いです", asked.gold, ()).correct
    assert not task.judged("寒い", asked.gold, ()).correct


@pytest.mark.parametrize(
    "content",
    [
        "",
        "x",
        OWN.replace("value", "label"),
        OWN.replace("value", "guess"),
        OWN.replace("ask", "asks"),
        OWN + "[more]\n",
    ],
)
def test_a_file_that_describes_no_task(content: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(content)
    with pytest.raises(JtextkitError, match=r"mine\.toml"):
        task_named(str(tmp_path / "mine.toml"))


@given(text=st.text(), stop=st.lists(st.text(min_size=1), max_size=3))
def test_a_reply_ends_before_the_first_stop(text: str, stop: list[str]) -> None:
    cut = cut_at(text, stop)
    assert text.startswith(cut)
    assert not any(one in cut for one in stop)
    assert cut == text or any(text[len(cut) :].startswith(one) for one in stop)


@pytest.mark.parametrize(
    ("row", "reply"),
    [
        ({"id": 1, "prediction": "3"}, ("1", "3")),
        ({"id": "a", "text": "3", "task": "mgsm"}, ("a", "3")),
        (
            {
                "custom_id": "a",
                "response": {
                    "status_code": 200,
                    "body": {"choices": [{"message": {"content": "3"}}]},
                },
                "error": None,
            },
            ("a", "3"),
        ),
        ({"custom_id": "a", "response": None, "error": {"message": "expired"}}, ("a", None)),
        ({"custom_id": "a", "response": {"body": {"error": {}}}}, ("a", None)),
        ({"custom_id": "a", "response": "odd"}, ("a", None)),
    ],
)
def test_rows_as_they_come_back(row: Any, reply: tuple[str, str | None]) -> None:
    found = reply_row(row)
    assert (str(found["id"]), found.get("prediction")) == reply


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared data: set JTEXTKIT_SHARED")
@pytest.mark.parametrize(
    ("name", "file", "number"),
    [
        ("jsquad", "jglue/jsquad-v1.3__valid-v1.3.json", 4442),
        ("jcommonsenseqa", "jglue/jcommonsenseqa-v1.3__valid-v1.3.json", 1119),
        ("jnli", "jglue/jnli-v1.3__valid-v1.3.json", 2434),
        ("mgsm", "mgsm_ja.tsv", 250),
    ],
)
def test_real_data_is_asked(name: str, file: str, number: int) -> None:
    task, _ = task_named(name)
    requests, _ = requests_of(name, Selection(data=str(SHARED / file)))
    assert len({one.id for one in requests}) == number
    assert all(str(one.prompt).count("### 応答:") == task.shots + 1 for one in requests)


def test_the_hub_is_asked_for_the_files_of_each_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is fetched, and that the commit is what the requests name."""
    from jtextkit.builders.stx.hub import HubFiles
    from jtextkit.tasks import reading

    asked: list[str] = []

    def fetch(name: Any) -> HubFiles:
        asked.append(f"{name.repo}:{name.pattern}")
        file = Path(__file__).parents[2] / "examples" / "seeds" / "rows" / "mgsm.tsv"
        return HubFiles(name.repo, "c0ffee", {"ja/test/0.parquet": file})

    monkeypatch.setattr(reading, "fetch", fetch)
    requests, source = requests_of("mgsm", Selection(shots=1))
    assert asked == ["juletxara/mgsm:ja/test/*", "juletxara/mgsm:ja/train/*"]
    assert source == "juletxara/mgsm@c0ffee, examples from juletxara/mgsm@c0ffee"
    assert len(requests) == 7
