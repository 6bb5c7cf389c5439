"""An S3 server on this machine (moto's), and a door before it that fails or delays when told to."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BUCKET = "corpus"


class Door(ThreadingHTTPServer):
    """Passes requests on; ``seen`` holds them, ``unavailable`` how many of the next get a 503."""

    daemon_threads = True

    def __init__(self, inner: int) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.inner = inner
        self.seen: list[str] = []
        self.unavailable = 0
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Door

    def log_message(self, *_: Any) -> None: ...

    def _pass(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(size)
        with self.server.lock:
            self.server.seen.append(f"{self.command} {self.path}")
            refused = self.server.unavailable > 0
            self.server.unavailable -= refused
        if refused:
            self._answer(503, {}, b"<Error><Code>SlowDown</Code></Error>")
            return
        connection = http.client.HTTPConnection("127.0.0.1", self.server.inner)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        self._answer(answer.status, dict(answer.getheaders()), answer.read())
        connection.close()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        length = headers.pop("Content-Length", headers.pop("content-length", None))
        for name, value in headers.items():
            if name.lower() not in ("connection", "transfer-encoding", "date", "server"):
                self.send_header(name, value)
        # A HEAD tells how long the body would be.
        self.send_header("Content-Length", length if self.command == "HEAD" and length else str(len(body)))  # fmt: skip
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass  # noqa: N815


@contextmanager
def s3() -> Iterator[Door]:
    """A server with one empty bucket; stopped at the end."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    door = Door(server.get_host_and_port()[1])
    thread = threading.Thread(target=door.serve_forever, daemon=True)
    thread.start()
    try:
        yield door
    finally:
        door.shutdown()
        door.server_close()
        server.stop()
