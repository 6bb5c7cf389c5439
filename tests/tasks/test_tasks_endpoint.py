"""Asking over a real socket: whatever goes wrong, no reply is lost or doubled, and no key is shown."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import chat_server
import pytest
from chat_server import ChatServer, reply, status

from jtextkit.core.errors import (
    DownloadError,
    JtextkitError,
    NotFoundError,
    OutputError,
    UnavailableError,
    UsageError,
)
from jtextkit.core.files import only_run
from jtextkit.tasks import TaskRequest
from jtextkit.tasks.endpoint import PATIENCE, Endpoint, UnansweredError, ask

KEY = "sk-secret-0123456789"
ONE = TaskRequest("q", "mgsm-1.0-0.3", "1＋2は？", {"answer": "3"}, stop=("\n",))
TEN = [replace(ONE, id=f"q{at}", prompt=f"{at}＋2は？") for at in range(10)]


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server.chat_server() as running:
        yield running


class Slept:
    """A clock whose sleeps are noted, and take no time."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def now(self) -> float:
        return time.monotonic() + sum(self.waits)

    def wall(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def chance(self) -> float:
        return 0.5


def endpoint(server: ChatServer, **more: Any) -> Endpoint:
    return Endpoint(server.url, "m", **{"clock": Slept(), **more})


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_chat_is_asked_and_its_reply_kept(server: ChatServer) -> None:
    there = endpoint(server, body={"temperature": 0.0, "top_k": None}, key=KEY)
    assert there.reply(ONE) == {"text": "答えは3", "finish_reason": "stop"}
    ((path, headers, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body == {
        "model": "m",
        "messages": [{"role": "user", "content": "1＋2は？"}],
        "max_tokens": 256,
        "temperature": 0.0,
    }


def test_a_completion_ends_where_the_task_says(server: ChatServer) -> None:
    server.reply = lambda _: "3\n\n### 指示:\n次の"
    assert endpoint(server, api="completions").reply(ONE)["text"] == "3"
    ((path, headers, body),) = server.asked
    assert (path, body["prompt"], body["stop"]) == ("/v1/completions", "1＋2は？", ["\n"])
    assert "Authorization" not in headers


def test_a_chat_cannot_be_a_completion(server: ChatServer) -> None:
    chat = replace(ONE, prompt=[{"role": "user", "content": "1＋2は？"}])
    with pytest.raises(UsageError, match="use --api chat"):
        endpoint(server, api="completions").reply(chat)


@pytest.mark.parametrize(
    ("failure", "waits"),
    [
        (status(429, Retry_After="7"), [7.0]),
        (status(503, Retry_After="0"), []),
        (status(500), [0.5]),
        (status(502), [0.5]),
        (status(529), [0.5]),
        (chat_server.broken_off, [0.5]),
        (lambda handler: chat_server.answer(handler, b"<html>"), [0.5]),
        (lambda handler: chat_server.answer(handler, b"[" * 100_000), [0.5]),
        (lambda handler: chat_server.answer(handler, []), [0.5]),
        (lambda handler: chat_server.answer(handler, {"choices": []}), [0.5]),
        (lambda handler: chat_server.answer(handler, {"choices": [{"message": None}]}), [0.5]),
        (lambda handler: chat_server.answer(handler, {"error": {"message": "busy"}}), [0.5]),
    ],
    ids=[
        "429 with seconds", "503 at once", "500", "502", "529", "cut short", "no JSON", "nested",
        "a list", "no choices", "no message", "an error with 200",
    ],
)  # fmt: skip
def test_what_passes_is_tried_again(server: ChatServer, failure: Any, waits: list[float]) -> None:
    server.failures = [failure]
    there = endpoint(server)
    assert there.reply(ONE)["text"] == "答えは3"
    assert len(server.asked) == 2
    assert there.clock.waits == pytest.approx(waits, abs=0.1)  # type: ignore[attr-defined]


def test_a_date_to_come_back_at_is_waited_for(server: ChatServer) -> None:
    server.failures = [chat_server.in_two_seconds]
    there = endpoint(server)
    there.reply(ONE)
    assert 0.5 <= sum(there.clock.waits) <= 2.1  # type: ignore[attr-defined]


def test_waits_grow_and_end(server: ChatServer) -> None:
    server.before = lambda _: status(500)
    there = endpoint(server)
    with pytest.raises(UnansweredError, match=r"HTTP 500 .*tried 8 times"):
        there.reply(ONE)
    assert there.clock.waits == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0]  # type: ignore[attr-defined]


def test_a_limit_of_requests_is_waited_for_as_long_as_it_takes(server: ChatServer) -> None:
    server.failures = [status(429, Retry_After="20")] * 30
    there = endpoint(server)
    assert there.reply(ONE)["text"] == "答えは3"
    assert len(server.asked) == 31
    server.failures = [status(429, Retry_After="500")] * 30
    with pytest.raises(
        UnavailableError, match=r"HTTP 429 .*asks to wait 8 minutes \(tried 8 times"
    ):
        there.reply(ONE)


def test_a_wait_that_is_too_long_is_told(server: ChatServer) -> None:
    server.failures = [status(429, Retry_After="86400")]
    with pytest.raises(UnavailableError, match="asks to wait 24 hours; run this again then"):
        endpoint(server).reply(ONE)


def test_a_slow_server_is_given_up(server: ChatServer) -> None:
    server.delay = 0.4
    patience = replace(PATIENCE, timeout=0.1, attempts=2)
    with pytest.raises(UnansweredError, match=r"timed out.*tried 2 times"):
        endpoint(server, patience=patience).reply(ONE)


def test_nobody_at_the_address() -> None:
    there = Endpoint("http://127.0.0.1:9/v1", "m", clock=Slept())
    with pytest.raises(
        UnavailableError, match=r"cannot be reached \([A-Z][a-z ]+\) \(tried 4 times"
    ):
        there.reply(ONE)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({"message": {"content": None}, "finish_reason": "stop"}, ("", "stop")),
        ({"message": {"content": ""}, "finish_reason": "content_filter"}, ("", "content_filter")),
        ({"message": {"content": "切れた"}, "finish_reason": "length"}, ("切れた", "length")),
        ({"message": {"content": [{"type": "text", "text": "部分"}]}}, ("部分", "")),
    ],
)
def test_odd_replies_are_replies(server: ChatServer, choice: Any, kept: tuple[str, str]) -> None:
    server.failures = [reply(**choice)]
    found = endpoint(server).reply(ONE)
    assert (found["text"], found["finish_reason"]) == kept
    assert len(server.asked) == 1


def test_a_stream_is_read_too(server: ChatServer) -> None:
    server.failures = [chat_server.stream]
    assert endpoint(server).reply(ONE) == {"text": "答えは3", "finish_reason": "stop"}


@pytest.mark.parametrize(
    ("failure", "error", "says"),
    [
        (status(404, "no model m"), NotFoundError, "no model m.*check --endpoint and --model-name"),
        (chat_server.key_in_its_answer, DownloadError, "the key is refused"),
        (status(403), DownloadError, "the key is refused"),
        (chat_server.redirect, DownloadError, "HTTP 307"),
        (chat_server.key_in_a_refusal, UnansweredError, r"you sent \*\*\*"),
        (
            status(400, "max_tokens is not supported\nby this model"),
            UnansweredError,
            "not supported",
        ),
    ],
)
def test_what_does_not_pass_is_one_line_without_the_key(
    server: ChatServer, failure: Any, error: type[JtextkitError], says: str
) -> None:
    server.failures = [failure]
    there = endpoint(server, key=KEY)
    with pytest.raises(error, match=says) as caught:
        there.reply(ONE)
    assert len(server.asked) == 1
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert KEY not in repr(vars(caught.value))


@pytest.mark.parametrize("key", ["sk-a\nb", "鍵です", "sk a"])
def test_a_key_that_no_header_may_hold(key: str) -> None:
    with pytest.raises(UsageError, match="characters that no header may hold") as caught:
        Endpoint("http://127.0.0.1:9", "m", key=key)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "root", "sends"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/v1", True),
        ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1", True),
        ("https://api.example/v1/chat/completions", "https://api.example/v1", True),
        (
            "https://api.example/openai/deployments/m",
            "https://api.example/openai/deployments/m",
            True,
        ),
        ("http://10.0.0.5:8000/v1", "http://10.0.0.5:8000/v1", False),
    ],
)
def test_addresses(url: str, root: str, sends: bool) -> None:
    there = Endpoint(url, "m", key=KEY)
    assert (there.url, there.sends_key) == (root, sends)


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "127.0.0.1:8000", "https://me:pw@example.org"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UsageError):
        Endpoint(url, "m")


# many at once


def test_replies_come_in_any_order_and_stand_in_theirs(server: ChatServer, tmp_path: Path) -> None:
    server.delay = 0.1
    out = tmp_path / "out.jsonl"
    made = ask(endpoint(server), TEN, out, concurrency=4)
    assert (made["rows"], made["new"], made["failed"]) == (10, 10, {})
    assert [row["id"] for row in rows(out)] == [one.id for one in TEN]
    assert rows(out)[3]["prompt"] == "3＋2は？"
    assert rows(out)[3]["answer"] == "3"
    assert rows(out)[3]["metadata"]["endpoint"] == server.url
    assert 2 <= server.most <= 4
    assert not (tmp_path / "out.jsonl.part").exists()
    assert ask(endpoint(server), TEN, out)["new"] == 0
    assert len(server.asked) == 10


@pytest.mark.parametrize("concurrency", [1, 3])
def test_one_refusal_leaves_the_others(
    server: ChatServer, tmp_path: Path, concurrency: int
) -> None:
    def refuse_three(body: dict[str, Any]) -> Any:
        return status(400, "too long") if "3＋" in str(body["messages"]) else None

    server.before = refuse_three
    out = tmp_path / "out.jsonl"
    made = ask(endpoint(server), TEN, out, concurrency=concurrency)
    assert made["failed"] == {"q3": "HTTP 400 Bad Request: too long"}
    assert not out.exists()
    assert len(rows(tmp_path / "out.jsonl.part")) == 9
    server.before = lambda _: None
    assert ask(endpoint(server), TEN, out)["new"] == 1
    assert [row["id"] for row in rows(out)] == [one.id for one in TEN]
    assert len(server.asked) == 11


def test_what_is_wrong_with_all_ends_at_once(server: ChatServer, tmp_path: Path) -> None:
    server.before = lambda _: status(422, "no such field")
    with pytest.raises(UnansweredError, match="no such field"):
        ask(endpoint(server), TEN, tmp_path / "out.jsonl")
    assert len(server.asked) == 1
    assert not list(tmp_path.iterdir())


def test_a_server_that_dies_ends_the_run_and_keeps_what_came(
    server: ChatServer, tmp_path: Path
) -> None:
    server.before = lambda body: None if "0＋" in str(body["messages"]) else status(401)
    with pytest.raises(DownloadError, match="it wants a key"):
        ask(endpoint(server), TEN, tmp_path / "out.jsonl", concurrency=2)
    assert [row["id"] for row in rows(tmp_path / "out.jsonl.part")] == ["q0"]


@pytest.mark.skipif(sys.platform == "win32", reason="a second run is not noticed there")
def test_a_second_run_beside_one_is_one_line(server: ChatServer, tmp_path: Path) -> None:
    part = tmp_path / "out.jsonl.part"
    part.touch()
    with only_run(part), pytest.raises(OutputError, match="another run is at work there"):
        ask(endpoint(server), TEN, tmp_path / "out.jsonl")
    assert not server.asked


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"body": {"temperature": 1.0}}, "another temperature"),
        ({"api": "completions"}, "another api"),
    ],
)
def test_other_settings_are_not_mixed_in(
    server: ChatServer, tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    out = tmp_path / "out.jsonl"
    ask(endpoint(server), TEN[:2], out)
    with pytest.raises(UsageError, match=says):
        ask(endpoint(server, **changes), TEN[:2], out)
    with pytest.raises(UsageError, match="another prompt"):
        ask(endpoint(server), [TEN[0], replace(TEN[1], prompt="別")], out)
    with pytest.raises(UsageError, match="only 2 of 10"):
        ask(endpoint(server), TEN, out)


# choices by likelihood


def test_the_likeliest_choice_is_taken(server: ChatServer) -> None:
    request = replace(ONE, prompt="前提", row={"choices": ["含意です", "矛盾", "中立だと"]})
    found = endpoint(server).reply(request, likeliest=True)
    assert found["text"] == "矛盾"  # the shortest, where every token costs
    # The prompt is two tokens: those of the choice are the third and later.
    assert found["log_likelihoods"] == pytest.approx([-1.4, -0.5, -1.4])
    path, _, body = server.asked[0]
    assert (path, body["prompt"], body["echo"]) == ("/v1/completions", "前提含意です", True)


def test_a_server_without_likelihoods_is_told(server: ChatServer) -> None:
    server.before = lambda _: reply(text="前提含意", finish_reason="length")
    request = replace(ONE, row={"choices": ["含意", "矛盾"]})
    with pytest.raises(NotFoundError, match="it gives no log-likelihoods"):
        endpoint(server).reply(request, likeliest=True)
