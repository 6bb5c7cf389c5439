"""A server that serves a folder over a real socket, and does wrong what servers and networks do wrong.

Each address has a script: the first request meets its first fault, the second its second, and so
on; when the script is over, all is well. What was asked and how much was sent is on record.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BLOCK = 4096


@dataclass
class Seen:
    """A request, and what was sent of the body that it asked for."""

    path: str
    headers: Mapping[str, str]
    at: float = 0.0
    status: int = 0
    sent: int = 0


Fault = Callable[["Handler"], None]


@dataclass
class FaultServer:
    """The server; ``folder`` is what it serves."""

    folder: Path
    rate: float | None = None
    """Bytes a second of one answer."""
    port: int = 0
    scheme: str = "http"
    seen: list[Seen] = field(default_factory=list)
    scripts: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    always: Fault | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    def url(self, name: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}/{name}"

    def put(self, name: str, data: bytes) -> str:
        """Serve ``data`` from now on; gives its address."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return self.url(name)

    def script(self, name: str, *faults: Fault) -> None:
        self.scripts[f"/{name}"].extend(faults)

    def sent(self) -> int:
        return sum(request.sent for request in self.seen)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    state: FaultServer

    def do_GET(self) -> None:
        state = self.state
        self.request_seen = Seen(self.path, dict(self.headers.items()), time.monotonic())
        state.seen.append(self.request_seen)
        self.close_connection = True
        script = state.scripts[self.path]
        fault = script.popleft() if script else state.always
        with suppress(ConnectionError, ssl.SSLError):
            (fault or well)(self)

    def log_message(self, *_: object) -> None:
        pass

    def body(self) -> bytes | None:
        path = self.state.folder / self.path.partition("?")[0].lstrip("/")
        return path.read_bytes() if path.is_file() else None

    def start(self, status: int, headers: Mapping[str, str | None]) -> None:
        self.request_seen.status = status
        self.send_response(status)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), BLOCK):
            block = data[start : start + BLOCK]
            self.wfile.write(block)
            self.request_seen.sent += len(block)
            if self.state.rate:
                self.state.stopping.wait(len(block) / self.state.rate)

    def answer(
        self,
        *,
        send: slice = slice(None),
        claim: int | None = None,
        extra: bytes = b"",
        hang_up: bool = True,
        **headers: str | None,
    ) -> None:
        """What a good server answers, with as many lies as the caller wants."""
        data = self.body()
        if data is None:
            self.start(404, {"Content-Length": "0"})
            return
        length = str(len(data) if claim is None else claim)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.start(200, {"Content-Length": length, **named})
        self.send(data[send] + extra)
        if not hang_up:
            self.state.stopping.wait(30)


# Faults


def well(handler: Handler) -> None:
    handler.answer()


def answering(**how: object) -> Fault:
    """:meth:`Handler.answer` with these lies."""
    return lambda handler: handler.answer(**how)  # type: ignore[arg-type]


def cut(after: int) -> Fault:
    """Send this many bytes of the body, then hang up."""
    return answering(send=slice(after))


def longer(extra: bytes = b"EXTRA", **how: object) -> Fault:
    """Send more than was announced."""
    return answering(extra=extra, **how)


def claims(length: int, **how: object) -> Fault:
    """Send the whole body and announce another length."""
    return answering(claim=length, **how)


def status(code: int, **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def fault(handler: Handler) -> None:
        handler.start(code, {"Content-Length": "5", **named})
        handler.wfile.write(b"sorry")

    return fault


def redirect(location: str, code: int = 302) -> Fault:
    return status(code, Location=location)


def stall(after: int | None = None, seconds: float = 30.0) -> Fault:
    """Say nothing more: before the headers, or after this many bytes of the body."""

    def fault(handler: Handler) -> None:
        if after is not None:
            handler.answer(send=slice(after))
        handler.wfile.flush()
        handler.state.stopping.wait(seconds)

    return fault


def trickle(pause: float, count: int = 1000) -> Fault:
    """Send a byte now and then."""

    def fault(handler: Handler) -> None:
        data = handler.body() or b""
        handler.start(200, {"Content-Length": str(len(data))})
        for number in range(count):
            handler.send(data[number : number + 1])
            if handler.state.stopping.wait(pause):
                return

    return fault


def reset(after: int) -> Fault:
    """Break the connection the hard way."""

    def fault(handler: Handler) -> None:
        handler.answer(send=slice(after))
        handler.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()

    return fault


def says(text: bytes) -> Fault:
    """Send these bytes instead of an answer."""

    def fault(handler: Handler) -> None:
        handler.wfile.write(text)

    return fault


def packed(handler: Handler) -> None:
    """Compress though nobody asked for it."""
    data = gzip.compress(handler.body() or b"")
    handler.start(200, {"Content-Length": str(len(data)), "Content-Encoding": "gzip"})
    handler.send(data)


def chunked(*, whole: bool = True, size: int = 1000) -> Fault:
    """Send chunks; not ``whole``: without the last ones."""

    def fault(handler: Handler) -> None:
        data = handler.body() or b""
        handler.start(200, {"Transfer-Encoding": "chunked"})
        end = len(data) if whole else len(data) // 2
        for start in range(0, end, size):
            block = data[start : min(start + size, end)]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(block), block))
            handler.request_seen.sent += len(block)
        if whole:
            handler.wfile.write(b"0\r\n\r\n")

    return fault


def unmeasured(handler: Handler) -> None:
    """Announce no length; the end is where the server hangs up."""
    handler.start(200, {})
    handler.send(handler.body() or b"")


def changing(name: str, data: bytes, then: Fault = well) -> Fault:
    """Put another version in place just before answering."""

    def fault(handler: Handler) -> None:
        (handler.state.folder / name).write_bytes(data)
        then(handler)

    return fault


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them, and no socket is left open
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """What clients do to a connection is no concern of the tests' output."""


@contextmanager
def serving(folder: Path, context: ssl.SSLContext | None = None) -> Iterator[FaultServer]:
    """A running server of ``folder``, with TLS if there is a ``context``."""
    folder.mkdir(parents=True, exist_ok=True)
    state = FaultServer(folder, scheme="https" if context else "http")
    handler = type("BoundHandler", (Handler,), {"state": state})
    with _Server(("127.0.0.1", 0), handler) as server:
        if context:
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield state
        finally:
            state.stopping.set()
            server.shutdown()
            thread.join()
