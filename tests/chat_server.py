"""A server of ours that speaks OpenAI's API over a real socket, and fails as such servers do."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Failure = Callable[[BaseHTTPRequestHandler], None]


def answer(
    handler: BaseHTTPRequestHandler, body: object, status: int = 200, **headers: str
) -> None:
    """Answer with JSON, or with bytes as they are."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def status(code: int, message: str = "", **headers: str) -> Failure:
    """A refusal in OpenAI's form."""
    return lambda handler: answer(handler, {"error": {"message": message}}, code, **headers)


def reply(**choice: Any) -> Failure:
    """An answer with one choice."""
    return lambda handler: answer(handler, {"choices": [choice]})


def in_two_seconds(handler: BaseHTTPRequestHandler) -> None:
    status(429, Retry_After=formatdate(time.time() + 2, usegmt=True))(handler)


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    """The connection closes in the middle of the body."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def key_in_its_answer(handler: BaseHTTPRequestHandler) -> None:
    """As some servers do, the refusal repeats the key."""
    status(401, f"wrong key: {handler.headers['Authorization']}")(handler)


def key_in_a_refusal(handler: BaseHTTPRequestHandler) -> None:
    status(400, f"you sent {handler.headers['Authorization'].split()[1]}")(handler)


def redirect(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, {}, 307, Location="http://127.0.0.1:9/v1/chat/completions")


def stream(handler: BaseHTTPRequestHandler) -> None:
    """A server that knows no answer but a stream."""
    pieces: list[dict[str, Any]] = [{"delta": {"content": text}} for text in ("答え", "は3")]
    pieces.append({"delta": {}, "finish_reason": "stop"})
    lines = [f"data: {json.dumps({'choices': [piece]})}\n\n" for piece in pieces]
    data = "".join([*lines, "data: [DONE]\n\n"]).encode()
    answer(handler, data, Content_Type="text/event-stream")


class ChatServer:
    """What it was asked, and how it fails.

    Attributes:
        failures: taken one a request, before it answers as it should.
        asked: path, headers and body of every request.
        reply: what it answers to a prompt.
        most: how many requests were under way at once.
    """

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.reply: Callable[[str], str] = lambda _prompt: "答えは3"
        self.before: Callable[[dict[str, Any]], Failure | None] = lambda _body: None
        self.delay = 0.0
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer._serve(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        with self._lock:
            self.asked.append((handler.path, dict(handler.headers), body))
            failure = self.failures.pop(0) if self.failures else self.before(body)
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(self.delay)
        with self._lock:
            self._now -= 1  # before the answer, behind which the next request may come at once
        if failure is not None:
            failure(handler)
        elif body.get("echo"):
            answer(handler, {"choices": [echoed(body["prompt"])]})
        elif "messages" in body:
            text = self.reply(body["messages"][-1]["content"])
            reply(message={"role": "assistant", "content": text}, finish_reason="stop")(handler)
        else:
            reply(text=self.reply(body["prompt"]), finish_reason="stop")(handler)

    @property
    def prompts(self) -> list[str]:
        """The texts that it was asked."""
        bodies = [body for _, _, body in self.asked]
        return [body.get("prompt") or body["messages"][-1]["content"] for body in bodies]


def echoed(text: str) -> dict[str, Any]:
    """A completion with its prompt: a token a character, the later the less likely."""
    tokens = [*text, "。"]
    values = [None, *(-0.1 * at for at in range(1, len(tokens)))]
    offsets = list(range(len(tokens)))
    found = {"tokens": tokens, "token_logprobs": values, "text_offset": offsets}
    return {"text": text + "。", "logprobs": found, "finish_reason": "length"}


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Run one."""
    server = ChatServer()
    thread = threading.Thread(target=server._server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server._server.shutdown()
        server._server.server_close()
        thread.join()
