"""``prompts``, ``generate --endpoint`` and ``evaluate`` by id, as users call them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import chat_server
import pytest
from chat_server import ChatServer, status

KEY = "sk-secret-0123456789"
EASY = "朝です。ぼくは学校へ行きます。友だちが門で待っています。二人で歌を歌いました。"


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server.chat_server() as running:
        yield running


@pytest.fixture
def sums(tmp_path: Path) -> Path:
    """MGSM's form: 12 problems, the answer to each its line number."""
    file = tmp_path / "sums.tsv"
    file.write_text("".join(f"問{at}は？\t{at}\n" for at in range(1, 13)), encoding="utf-8")
    return file


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_all_tasks_are_listed(call) -> None:
    done = call("prompts")
    assert done.code == 0
    assert "jsquad-1.1-0.3" in done.out
    assert "did you mean jsquad" in call("prompts", "jsqad").only_line


def test_prompts_for_any_program(call, sums: Path, tmp_path: Path) -> None:
    done = call("prompts", "mgsm", "--data", sums, "-o", "r.jsonl")
    assert (done.code, done.out) == (0, "")
    assert "r.jsonl: 12 prompts of mgsm-1.0-0.3" in done.err
    rows = read(tmp_path / "r.jsonl")
    assert set(rows[0]) == {"id", "task", "prompt", "answer", "max_tokens", "stop"}
    shown = call("prompts", "mgsm", "--data", sums, "--limit", "2", "--shots", "0").out
    assert [json.loads(line)["id"] for line in shown.splitlines()] == [
        row["id"] for row in rows[:2]
    ]
    assert call("prompts", "mgsm", "--data", sums, "--batch").code == 2


def test_a_batch_goes_out_and_comes_back_by_id(call, sums: Path, tmp_path: Path) -> None:
    words = ["prompts", "mgsm", "--data", sums, "--shots", "0"]
    call(*words, "--batch", "--model-name", "m", "-o", "batch.jsonl")
    call(*words, "-o", "requests.jsonl")
    lines = read(tmp_path / "batch.jsonl")
    assert {(line["method"], line["url"]) for line in lines} == {("POST", "/v1/chat/completions")}
    assert set(lines[0]["body"]) == {"model", "messages", "max_tokens", "temperature"}
    back = [
        {"custom_id": line["custom_id"], "response": {"body": {"choices": [
            {"message": {"content": f"答えは{line['custom_id']}です。"}}
        ]}}}
        for line in reversed(lines)
    ]  # fmt: skip
    lost, failed = back.pop(), back[0]
    failed["response"] = None
    back += [back[1], {**back[1], "custom_id": "99"}]
    (tmp_path / "back.jsonl").write_text("".join(json.dumps(row) + "\n" for row in back))
    for golds in (sums, "requests.jsonl"):
        done = call(
            "evaluate", "answers", "back.jsonl", "--task", "mgsm", "--gold", golds, "--json"
        )
        content = json.loads(done.out)
        assert (content["n"], content["right"], content["missing"]) == (10, 10, 2)
        assert set(content["missing_ids"]) == {lost["custom_id"], failed["custom_id"]}
        assert [row["problem"] for row in content["bad_rows"]] == [
            "no text in 'prediction'",
            f"the id {back[1]['custom_id']!r} comes twice",
            "no question with the id '99'",
        ]
        assert "2 without a reply: " in done.err


def test_columns_of_the_users_own_change_nothing(call, sums: Path, tmp_path: Path) -> None:
    row = {"id": "3", "prediction": "3", "gold": "mine", "answer": "4", "target": "x"}
    (tmp_path / "p.jsonl").write_text(json.dumps(row))
    words = ["evaluate", "answers", "p.jsonl", "--task", "mgsm", "--json"]
    assert json.loads(call(*words, "--gold", sums).out)["accuracy"] == 1.0
    assert json.loads(call(*words).out)["accuracy"] == 0.0


def test_difficulty_comes_back_by_id(call, tmp_path: Path) -> None:
    call("prompts", "difficulty", "--per-level", "2", "-o", "requests.jsonl")
    names = [row["id"] for row in read(tmp_path / "requests.jsonl")]
    body = {"choices": [{"message": {"content": EASY}}]}
    rows = [{"custom_id": name, "response": {"body": body}} for name in reversed(names[1:])]
    rows.append({"custom_id": "Simple-7", "response": {"body": body}})
    (tmp_path / "back.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = call("evaluate", "difficulty", "back.jsonl", "--requests", "requests.jsonl", "--json")
    content = json.loads(done.out)
    assert (content["n"], content["hits"], content["bad_rows"]) == (3, 1, 1)
    assert "no question with the id 'Simple-7'; left out" in done.err
    assert f"1 without a reply: {names[0]}" in done.err
    done = call("evaluate", "answers", "requests.jsonl")
    assert (done.code, "use evaluate difficulty" in done.only_line) == (2, True)


def test_a_server_is_asked_and_its_replies_judged(
    call, server: ChatServer, sums: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.reply = lambda prompt: (
        "答えは" + prompt.partition("入力:\n問")[2].partition("は")[0] + "です。"
    )
    words = ["generate", "mgsm", "--data", sums, "--shots", "0", "--endpoint", server.url]
    words += ["--model-name", "m", "-o", "out.jsonl"]
    done = call(*words, "--set", "reasoning_effort=low", "--max-new-tokens", "99", "--top-k", "5")
    assert (done.code, done.out) == (0, "")
    assert "out.jsonl: 12 texts, 12 of them new" in done.err
    _, headers, body = server.asked[0]
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body.pop("messages")
    assert body == {
        "model": "m", "max_tokens": 99, "temperature": 0.0, "top_p": 1.0, "top_k": 5,
        "reasoning_effort": "low",
    }  # fmt: skip
    assert KEY not in (tmp_path / "out.jsonl").read_text() + done.err
    content = json.loads(call("evaluate", "answers", "out.jsonl", "--json").out)
    assert (content["task"], content["accuracy"]) == ("mgsm", 1.0)
    again = call(*words, "--max-new-tokens", "99", "--top-k", "5")
    assert again.code == 2
    assert "begun with another" in again.complaint


def test_one_field_takes_the_place_of_another(call, server: ChatServer, sums: Path) -> None:
    words = ["--data", sums, "--endpoint", server.url, "--model-name", "m", "-o", "out.jsonl"]
    words += ["--set", "max_completion_tokens=500", "--set", "temperature=null", "--limit", "1"]
    assert call("generate", "mgsm", *words).code == 0
    body = server.asked[0][2]
    assert set(body) == {"model", "messages", "max_completion_tokens", "top_p"}
    assert body["max_completion_tokens"] == 500


def test_prompts_without_a_reply_are_named_and_kept_out(
    call, server: ChatServer, sums: Path, tmp_path: Path
) -> None:
    server.before = lambda body: status(400, "too long") if "問3は" in str(body) else None
    words = ["generate", "mgsm", "--data", sums, "--shots", "0", "--endpoint", server.url]
    words += ["--model-name", "m", "-o", "out.jsonl"]
    done = call(*words)
    assert done.code == 1
    assert "1 of 12 prompts have no reply" in done.complaint
    assert "3: HTTP 400 Bad Request: too long" in done.err
    assert "what came is kept in out.jsonl.part" in done.err
    content = json.loads(call("evaluate", "answers", "out.jsonl.part", "--json").out)
    assert content["n"] == 11
    server.before = lambda _body: None
    assert call(*words).code == 0
    assert len(server.asked) == 13


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([], 2, "name one model"),
        (["--endpoint", "http://127.0.0.1:9"], 2, "--endpoint needs --model-name"),
        (["--endpoint", "ftp://x", "--model-name", "m"], 2, "this is not an address"),
        (
            ["--endpoint", "http://127.0.0.1:9", "--model-name", "m", "--set", "x"],
            2,
            "sets nothing",
        ),
    ],
)
def test_what_is_wrong_is_one_line(
    call, sums: Path, words: list[str], code: int, says: str
) -> None:
    done = call("generate", "mgsm", "--data", sums, *words, "-o", "out.jsonl")
    assert done.code == code
    assert says in done.only_line


def test_a_refused_key_is_not_shown(call, server: ChatServer, sums: Path, monkeypatch) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    server.before = lambda _body: chat_server.key_in_its_answer
    words = ["--endpoint", server.url, "--model-name", "m", "--key-variable", "MY_KEY"]
    done = call("--debug", "generate", "mgsm", "--data", sums, *words, "-o", "out.jsonl")
    assert done.code == 1
    assert "the key is refused (HTTP 401 Unauthorized)" in done.err
    assert KEY not in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_interrupt_keeps_what_came(
    server: ChatServer, sums: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    server.delay = 0.3
    words = ["generate", "mgsm", "--data", str(sums), "--endpoint", server.url, "--model-name", "m"]
    words += ["--concurrency", "2", "-o", "out.jsonl"]
    command = [sys.executable, "-m", "jtextkit", *words]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, cwd=tmp_path, env=environment
    ) as running:
        part = tmp_path / "out.jsonl.part"
        while not (part.exists() and part.read_text().count("\n") >= 3):
            assert running.poll() is None
            time.sleep(0.02)
        os.kill(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "what came is kept in out.jsonl.part" in err.decode()
    kept = [row["id"] for row in read(part)]
    assert len(kept) >= 3
    server.asked.clear()
    server.delay = 0.0
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0
    assert len(server.asked) == 12 - len(kept)
    assert len({row["id"] for row in read(tmp_path / "out.jsonl")}) == 12
