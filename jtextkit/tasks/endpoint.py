"""Replies from a server that speaks OpenAI's API: chats, completions, likelihoods of choices.

Passing troubles (429, 5xx, a broken connection, an answer that is none) are tried again, after
``Retry-After`` where the server says so, and otherwise after waits that grow. A request that the server
refuses for itself (400, 413, 422) is given up and the others go on; a refused key, an unknown model or a
server that stays away ends the run. The key is sent to the server that was named and nowhere else: no
redirect is followed, over plain http it goes to this machine only, and no message shows it.

Not handled: answers of more than 64 MiB; servers that speak another language.
"""

from __future__ import annotations

import http.client
import json
import math
import queue
import ssl
import threading
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request as Message

from jtextkit import __version__
from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.core.addresses import Address
from jtextkit.core.download import USER_AGENT, plain_opener
from jtextkit.core.errors import (
    DownloadError,
    InputError,
    NotFoundError,
    UnavailableError,
    UsageError,
    first_line,
)
from jtextkit.core.politeness import AgainError, Clock, Pace, Patience, retry_after
from jtextkit.core.progress import Progress, silent
from jtextkit.core.secrets import hide, redact
from jtextkit.tasks.replies import chosen, cut_at, replies_to, reply_in
from jtextkit.tasks.requests import TaskRequest

PATIENCE = Patience(attempts=8, seconds=3600.0, timeout=600.0, longest_wait=600.0)

_PATHS = {"chat": "/chat/completions", "completions": "/completions"}
_PASSING = {408, 409, 425, 500, 502, 504, 520, 522, 524}
_BUSY = {429, 503, 529}
_REFUSED = {400, 413, 422}
_MOST_BYTES = 1 << 26
_UNREACHED = 4  # attempts where nobody answers
_GIVE_UP = 5  # requests in a row that come to nothing

_Came = tuple[TaskRequest, dict[str, Any] | BaseException]


class UnansweredError(InputError):
    """The server refuses one request, or comes to no answer; others may be answered."""


class Endpoint:
    """A model behind an address; threads may share one.

    Args:
        url: the API's root, such as ``http://127.0.0.1:8000/v1``.
        model: its name there.
        api: ``chat`` or ``completions``.
        body: fields of every request beside the prompt; one that is None is left out, of ours too.
        key: of the server; "" for none.
        patience: when to give up, and for how long to wait for an answer.

    Raises:
        UsageError: an address that may not be asked, or a key that no header may hold.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        api: str = "chat",
        body: Mapping[str, Any] | None = None,
        key: str = "",
        patience: Patience = PATIENCE,
        clock: Clock | None = None,
    ) -> None:
        hide(key)
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise UsageError("the key has characters that no header may hold", cure="set it anew")
        # A server of one's own network speaks http, which Address keeps to this machine.
        address = Address.of(url.replace("http://", "https://", 1))
        root = address.url.rstrip("/")
        for path in _PATHS.values():
            root = root.removesuffix(path)
        root += "" if root.count("/") > 2 else "/v1"
        self.url = f"{url.partition('://')[0]}{root.removeprefix('https')}"
        self.sends_key = bool(key) and (address.loopback or self.url.startswith("https:"))
        self.model = model
        self.api = api
        self.body = dict(body or {})
        self.patience = patience
        self.clock = clock or Clock()
        self._host = address.host
        self._key = key
        self._pace = Pace(clock=self.clock)
        self._opener = plain_opener(direct=address.loopback)

    def reply(self, request: TaskRequest, *, likeliest: bool = False) -> dict[str, Any]:
        """What is kept of the reply: text and reason of its end, or the choice and all likelihoods.

        Raises:
            UnansweredError: the server refuses this request, or comes to no answer.
            JtextkitError: it refuses all.
        """
        if likeliest and request.choices:
            prompt = str(request.prompt)
            found = [self._log_likelihood(prompt, choice) for choice in request.choices]
            return chosen(request.choices, found)
        chat = self.api == "chat"
        if not (chat or isinstance(request.prompt, str)):
            raise UsageError("this task asks in a chat", cure="use --api chat")
        asked = {"messages": request.messages} if chat else {"prompt": request.prompt}
        stop = () if chat else request.stop
        limits = {"max_tokens": request.max_tokens, "stop": list(stop) or None}
        text, reason = reply_in(self._answer({**asked, **limits})) or ("", "")
        return {"text": cut_at(text, stop), "finish_reason": reason}

    def _log_likelihood(self, prompt: str, choice: str) -> float:
        """The log-likelihood of ``choice`` behind ``prompt``, from an answer that echoes both."""
        whole = f"{prompt}{choice}"
        echo = {"max_tokens": 1, "echo": True, "logprobs": 1, "temperature": 0.0}
        answer = self._answer({"prompt": whole, **echo})
        try:
            found = answer["choices"][0]["logprobs"]
            starts, values = found["text_offset"], found["token_logprobs"]
            pairs = zip(starts, [*starts[1:], len(whole) + 1], values, strict=True)
            inside = [value for a, b, value in pairs if a < len(whole) and b > len(prompt)]
            return float(sum(value for value in inside if value is not None))
        except (KeyError, IndexError, TypeError, ValueError):
            problem = "it gives no log-likelihoods of a prompt (echo with logprobs)"
            cure = "use --choose reply, or a server that does, such as vLLM"
            raise NotFoundError(problem, where=self.url, cure=cure) from None

    def _answer(self, asked: Mapping[str, Any]) -> Any:
        """The answer to a request, which has a reply in it."""
        echo = "echo" in asked
        body = {"model": self.model, **asked, **({} if echo else self.body)}
        body = {name: value for name, value in body.items() if value is not None}
        path = _PATHS["completions" if echo else self.api]
        attempt = partial(self._attempt, path, json.dumps(body).encode())
        cure = "run this again later: what has come is kept"
        return self._pace.patiently(attempt, self.patience, self._host, where=self.url, cure=cure)

    def _attempt(self, path: str, data: bytes) -> Any:
        self._pace.wait(self._host, spaced=False)
        headers = {"User-Agent": USER_AGENT, "Content-Type": "application/json"}
        if self.sends_key:
            headers["Authorization"] = f"Bearer {self._key}"
        message = Message(f"{self.url}{path}", data, headers)  # noqa: S310 - Address checked it
        try:
            with self._opener.open(message, timeout=self.patience.timeout) as response:
                content = response.read(_MOST_BYTES)
                self._check(response, content)
                streamed = response.headers.get_content_type() == "text/event-stream"
        except URLError as error:
            reason = getattr(error.reason, "strerror", None) or error.reason
            problem = f"it cannot be reached ({reason})"
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                cure = "check this machine's clock and certificates (SSL_CERT_FILE names others)"
                raise DownloadError(problem, where=self.url, cure=cure) from None
            raise AgainError(problem, UnavailableError, attempts=_UNREACHED) from None
        except (OSError, http.client.HTTPException) as error:
            raise AgainError(
                f"the connection broke ({first_line(error)})", UnansweredError
            ) from None
        try:
            answer = _joined(content) if streamed else json.loads(content)
        except (ValueError, RecursionError, AttributeError, TypeError):
            raise AgainError("the answer is no JSON", UnansweredError) from None
        if reply_in(answer) is None:
            raise AgainError(f"the answer holds no reply{_said(content)}", UnansweredError)
        return answer

    def _check(self, response: http.client.HTTPResponse, content: bytes) -> None:
        status = response.status
        if status == 200:
            return
        problem = f"HTTP {status} {response.reason}".strip()
        if status in _PASSING | _BUSY:
            wait = retry_after(response.headers.get("Retry-After"), self.clock.wall())
            # A limit of requests a minute may refuse many in a row.
            attempts = math.inf if status == 429 else None
            kind = UnavailableError if status in _BUSY else UnansweredError
            raise AgainError(problem, kind, wait=wait, attempts=attempts)
        if status in (401, 403):  # whose answer may show the key
            sent = "the key is refused" if self.sends_key else "it wants a key"
            cure = "check the variable that --key-variable names"
            raise DownloadError(f"{sent} ({problem})", where=self.url, cure=cure)
        problem += _said(content)
        if status in _REFUSED:
            raise UnansweredError(problem, where=self.url, cure="change what is asked; see --set")
        if status == 404:
            cure = "check --endpoint and --model-name"
            raise NotFoundError(problem, where=self.url, cure=cure)
        raise DownloadError(problem, where=self.url, cure="check --endpoint")


def _said(content: bytes) -> str:
    """What the server says went wrong, on one line, or ""."""
    try:
        said = json.loads(content)
        said = said.get("error", said)
        said = said.get("message", said.get("detail")) if isinstance(said, dict) else said
    except (ValueError, AttributeError, RecursionError):
        return ""
    return f": {redact(first_line(Exception(said)))}" if isinstance(said, str) and said else ""


def _joined(stream: bytes) -> Any:
    """The answer that a stream of pieces gives, for servers that know no other."""
    text, reason = "", None
    for line in stream.decode().splitlines():
        if not line.startswith("data:") or line.removeprefix("data:").strip() == "[DONE]":
            continue
        for piece in json.loads(line.removeprefix("data:")).get("choices", ())[:1]:
            text += piece.get("text") or (piece.get("delta") or {}).get("content") or ""
            reason = piece.get("finish_reason") or reason
    if reason is None:
        raise ValueError("cut short")
    return {"choices": [{"text": text, "finish_reason": reason}]}


@dataclass(frozen=True, slots=True)
class ServerSettings(Recipe):
    """Which server is asked, and how."""

    endpoint: str | None = rule(
        "A server that speaks OpenAI's API (vLLM, for example), such as http://127.0.0.1:8000/v1.",
        None,
        metavar="URL",
    )
    model_name: str | None = rule("The model's name there.", None, metavar="NAME")
    api: str = rule(
        "Ask a server in chats, or with the bare prompt.", "chat", choices=("chat", "completions")
    )
    concurrency: int = rule("Requests under way at a time.", 8, at_least=1, at_most=256)
    key_variable: str = rule(
        "The environment variable with the server's key, which is never shown.",
        "OPENAI_API_KEY",
        metavar="NAME",
    )
    set: tuple[str, ...] = rule(
        "A field of what a server is sent, such as max_completion_tokens=500; null leaves one out.",
        (),
        metavar="FIELD=JSON",
        empty="",
    )


def ask(
    endpoint: Endpoint,
    requests: Sequence[TaskRequest],
    output: Path,
    *,
    likeliest: bool = False,
    concurrency: int = 8,
    about: Mapping[str, Any] | None = None,
    report: Progress = silent,
) -> dict[str, Any]:
    """Ask what has no reply in ``output`` yet, and keep each reply as it comes.

    The first request goes alone: what is wrong with it is likely to be wrong with all.

    Returns:
        ``rows`` asked for, how many are ``new``, ``failed`` (id to why there is no reply), ``metadata``.

    Raises:
        JtextkitError: the server refuses all, the first request, or five in a row; ``output`` was begun
            with other settings, or cannot be written.
    """
    metadata = {
        "model": endpoint.model,
        "endpoint": endpoint.url,
        "api": endpoint.api,
        "likeliest": likeliest,
        "settings": endpoint.body,
        "jtextkit": __version__,
        **(about or {}),
    }
    failed: dict[str, str] = {}
    with replies_to(output, requests, metadata) as replies:
        before, in_row = len(replies.done), 0
        todo = [one for one in requests if one.id not in replies.done]
        report("asking", before, len(requests))
        for batch, threads in ((todo[:1], 1), (todo[1:], concurrency)):
            with closing(_asked(endpoint, batch, likeliest, threads)) as answers:
                for request, found in answers:
                    if isinstance(found, dict):
                        replies.add([request.reply(found, endpoint.model, metadata)])
                        in_row = 0
                    elif (
                        isinstance(found, UnansweredError)
                        and request is not todo[0]
                        and in_row + 1 < _GIVE_UP
                    ):
                        failed[request.id] = found.problem
                        in_row += 1
                    else:
                        raise found
                    report("asking", len(replies.done), len(requests))
        new = len(replies.done) - before
    return {"rows": len(requests), "new": new, "failed": failed, "metadata": metadata}


def _asked(
    endpoint: Endpoint, requests: Iterable[TaskRequest], likeliest: bool, threads: int
) -> Generator[_Came]:
    """Each request with what came of it, as it comes.

    The threads are daemons, so that an interrupt does not wait for replies under way.
    """
    waiting = deque(requests)
    came: queue.SimpleQueue[_Came] = queue.SimpleQueue()

    def work() -> None:
        while waiting:
            try:
                request = waiting.popleft()
            except IndexError:
                return
            try:
                came.put((request, endpoint.reply(request, likeliest=likeliest)))
            except BaseException as error:  # noqa: BLE001 - whatever it is, the caller raises it
                came.put((request, error))

    number = len(waiting)
    for _ in range(min(threads, number)):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in range(number):
            yield came.get()
    finally:
        waiting.clear()
