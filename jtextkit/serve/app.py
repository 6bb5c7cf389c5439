"""The application: what answers which address, and what no address answers.

Only requests that name this machine (or a host that was allowed) are answered, so that no page of the web
can reach it under a name of its own (DNS rebinding). Texts are scored one after the other, off the event
loop; an answer that nobody waits for any more is not made. Nothing is kept, nothing is written.

Not handled: who may read (there is no login), TLS, and floods: it is a server for one machine or one room.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Awaitable, Callable, Collection
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from jtextkit.core.errors import InputError
from jtextkit.core.language import language, speaking, translated
from jtextkit.metrics.readability.profiles import profile
from jtextkit.report.comparison import comparison
from jtextkit.report.text import text_parts
from jtextkit.serve.shell import ASSETS, text_shell

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from jtextkit.serve.browsing import BrowsedSet  # which needs the extra build

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names of this machine."""

MOST = 100_000
"""Characters of a text."""

_MOST_BYTES = 1 << 20

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Answer = Callable[[Request], Awaitable[Response]]


def make_app(hosts: Collection[str] = LOOPBACK, browsed: BrowsedSet | None = None) -> Starlette:
    """The application.

    Args:
        hosts: names under which it answers; ports are not looked at.
        browsed: a set to look through, which ``/`` then shows; the texts' page is ``/text`` always.
    """
    turn = CapacityLimiter(1)  # without the core threads cannot share the analyser

    def texts(_request: Request, _body: bytes) -> str:
        return text_shell(MOST, beside_a_set=browsed is not None)

    def rows(request: Request, _body: bytes) -> str:
        from jtextkit.serve.browsing import set_page

        assert browsed is not None
        return set_page(browsed, request.query_params)

    home = texts if browsed is None else rows
    routes = [
        Route("/", _in_turn(home, turn)),
        Route("/text", _in_turn(texts, turn)),
        Route("/score", _in_turn(_scored, turn), methods=["POST"]),
        *(Route(f"/{name}", _asset) for name in ASSETS),
    ]
    return Starlette(routes=routes, middleware=[Middleware(_Guard, hosts=frozenset(hosts))])


def _in_turn(work: Callable[[Request, bytes], str], turn: CapacityLimiter) -> Answer:
    """What ``work`` makes of a request and its body, in a thread, one after the other."""

    async def answer(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BYTES:
                return PlainTextResponse(translated("that is too much text"), 413)
        async with turn:
            if await request.is_disconnected():
                return Response(status_code=499)
            try:
                return HTMLResponse(await to_thread.run_sync(work, request, body))
            except InputError as error:
                return PlainTextResponse(translated(error.problem), 400)

    return answer


async def _asset(request: Request) -> Response:
    name = request.url.path[1:]
    sources, kind = ASSETS[name]
    parts = (resources.files("jtextkit").joinpath(one).read_text("utf-8") for one in sources)
    return Response("\n".join(parts), media_type=kind)


def _scored(_request: Request, body: bytes) -> str:
    """The part of the page about one text, or about two and what changed between them."""
    try:
        texts: list[str] = json.loads(body.decode())["texts"]
        good = isinstance(texts, list) and all(isinstance(text, str) for text in texts)
    except UnicodeDecodeError:
        raise InputError("not UTF-8") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    if not good or len(texts) not in {1, 2}:
        raise InputError("no JSON object with one text or two in texts")
    if any(len(text) > MOST for text in texts):
        raise InputError(f"more than {MOST:,} characters; jtextkit score takes any length")
    if len(texts) == 2:
        return comparison(texts[0], texts[1])
    [text] = texts
    return text_parts(text, profile(text))


class _Guard:
    """Refuses strange hosts, chooses the language, and adds the headers that keep a page at home."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        headers = Headers(scope=scope)
        asking = [f"//{headers.get('host', '')}", headers.get("origin", "")]
        answer = self._app
        if any(one and _host(one) not in self._hosts for one in asking):
            answer = PlainTextResponse("this host is not answered here\n", 421)
        with speaking(_language(Request(scope))):
            await answer(scope, receive, send_with_headers)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # brackets that do not match
        return ""


def _language(request: Request) -> str:
    """What the address says, what the program was told, what the browser prefers, the locale."""
    asked: str = request.query_params.get("lang", "")
    if asked in {"ja", "en"}:
        return asked
    if "JTEXTKIT_LANG" in os.environ:
        return language()
    # Browsers name what they like best first; their weights say the same.
    liked = re.findall(r"\b(ja|en)\b", request.headers.get("accept-language", "").lower())
    return liked[0] if liked else language()
