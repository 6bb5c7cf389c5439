"""The Hub's API: the token, how long to wait, and what each refusal means.

``huggingface_hub`` does the talking. Around it: a time limit on every answer, an early end where it
would wait for minutes without a word, silence of its loggers (they print addresses), and one error
of ours, with a cure, for whatever goes wrong.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging import CRITICAL
from typing import TYPE_CHECKING, Any, Self

from jtextkit import __version__
from jtextkit.core.errors import HubError, JtextkitError, UsageError, first_line
from jtextkit.core.hub import causes, without_bars
from jtextkit.core.progress import Progress
from jtextkit.core.secrets import hide, redact

if TYPE_CHECKING:
    from huggingface_hub import HfApi

_TIMEOUT = 60.0
"""Seconds without a byte after which an answer counts as lost."""

_PATIENCE = 3
"""Times that one request may get "not now" or no answer, one after the other."""

_LONGEST_WAIT = 20.0
"""Seconds; where the Hub asks for a longer wait, the user gets an error that says how long."""

_NOT_NOW = frozenset({408, 429, 500, 502, 503, 504})
_LEFT_TO_THE_LIBRARY = frozenset({400, 404})
_EXISTS = re.compile(r"/repos/create$|/branch/|/tag/")
"""Requests that the Hub answers with 409 where what they create exists already."""

_REPEATED = re.compile(r"/preupload/|\.git/info/lfs/")
"""What ``huggingface_hub`` repeats by itself, beside PUT."""

_AGAIN = "run the same command again, it goes on from here"
_LOGIN = "log in with `hf auth login`, or set HF_TOKEN"


@dataclass
class RefusedError(Exception):
    """A final refusal, raised before the library starts to wait and repeat.

    Attributes:
        status: the HTTP status.
        wait: seconds that the Hub asks to wait; None where it does not say.
        said: the Hub's own words.
    """

    status: int
    wait: float | None
    said: str

    @classmethod
    def of(cls, response: Any) -> Self:
        """What a response says."""
        return cls(response.status_code, _wait(response.headers), _server_message(response))


class _ConnectionLostError(Exception):
    """No answer came as often as :data:`_PATIENCE` says."""


def login() -> str | None:
    """The user's token, as ``huggingface_hub`` finds it; None where nobody is logged in."""
    from huggingface_hub import get_token

    token = get_token()
    if token is None:
        return None
    hide(token)
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise UsageError("the token holds characters that no token has", cure=_LOGIN)
    return token


@contextmanager
def hub_api(token: str | None, report: Progress) -> Iterator[HfApi]:
    """The Hub's API with this token; the library's own settings are restored afterwards."""
    from huggingface_hub import HfApi, set_client_factory
    from huggingface_hub.utils import logging
    from huggingface_hub.utils._http import default_client_factory

    attempts: Counter[str] = Counter()

    def count_request(request: Any) -> None:
        address = f"{request.method} {request.url.path}"
        attempts[address] += 1
        if attempts[address] > _PATIENCE:
            raise _ConnectionLostError

    def check_response(response: Any) -> None:
        status, request = response.status_code, response.request
        path = request.url.path
        address = f"{request.method} {path}"
        if status < 400 or status in _LEFT_TO_THE_LIBRARY:
            del attempts[address]
            return
        if status == 401 and "authorization" not in request.headers:
            return  # how the Hub says "no such repository" to strangers
        if status == 409 and _EXISTS.search(path) and attempts[address] < _PATIENCE:
            return
        repeated = request.method == "PUT" or _REPEATED.search(path)
        soon = (_wait(response.headers) or 0) <= _LONGEST_WAIT
        if status in _NOT_NOW and repeated and soon and attempts[address] < _PATIENCE:
            report(f"the Hub answers {status}, trying again", 0, 0)
            return
        response.read()  # a hook comes before the body, which holds the Hub's own words
        raise RefusedError.of(response)

    def client() -> Any:
        made = default_client_factory()
        made.timeout = _TIMEOUT
        hooks = made.event_hooks
        made.event_hooks = {
            "request": [*hooks.get("request", []), count_request],
            "response": [*hooks.get("response", []), check_response],
        }
        return made

    level = logging.get_verbosity()
    logging.set_verbosity(CRITICAL)
    # The library makes clients where it needs them, some in threads: a factory reaches them all.
    set_client_factory(client)
    try:
        with without_bars():
            yield HfApi(token=token or False, library_name="jtextkit", library_version=__version__)
    finally:
        set_client_factory(default_client_factory)
        logging.set_verbosity(level)


@contextmanager
def warnings_reported(report: Progress) -> Iterator[None]:
    """Report the warnings of the Hub's library, such as those about a card's YAML, in a line each."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for warning in caught:
        if issubclass(warning.category, UserWarning):
            report(" ".join(str(warning.message).split()), 0, 0)


@contextmanager
def push_errors(repo: str, doing: str) -> Iterator[None]:
    """Make whatever goes wrong while ``doing`` something with ``repo`` an error of ours.

    Raises:
        HubError: always that, unless the error is ours already.
    """
    try:
        yield
    except JtextkitError:
        raise
    except Exception as error:
        raise _explained(error, repo, doing) from error


def _explained(error: Exception, repo: str, doing: str) -> JtextkitError:
    chain = list(causes(error))  # threads of the library wrap what they met
    for link in chain:
        if isinstance(link, JtextkitError):
            return link
        if isinstance(link, RefusedError):
            return _refusal(link, repo, doing)
        if (response := getattr(link, "response", None)) is not None:
            refused = RefusedError.of(response)
            refused.said = getattr(link, "server_message", None) or refused.said
            return _refusal(refused, repo, doing)
    if any(isinstance(link, _ConnectionLostError) for link in chain):
        problem = f"the connection failed while {doing}, {_PATIENCE} times"
        return HubError(problem, where=repo, cure=_AGAIN)
    if any(type(link).__name__ == "OfflineModeIsEnabled" for link in chain):
        problem = "HF_HUB_OFFLINE forbids to reach the Hub"
        return HubError(problem, where=repo, cure="unset it, then push")
    for link in chain:
        if type(link).__module__.partition(".")[0] in ("httpx", "httpx2", "httpcore", "httpcore2"):
            name = type(link).__name__
            what = "the Hub does not answer" if "Timeout" in name else "the connection failed"
            what = "the Hub cannot be reached" if name == "ConnectError" else what
            problem = f"{what} while {doing} ({redact(first_line(link))})"
            return HubError(problem, where=repo, cure=_AGAIN)
    what = f"{doing} failed"
    if isinstance(error, (ValueError, KeyError, TypeError)):  # no JSON, or not what was asked for
        what = f"the Hub's answer while {doing} is not understood"
    problem = f"{what} ({type(error).__name__}: {redact(first_line(error))})"
    return HubError(problem, where=repo, cure=f"check HF_ENDPOINT, or {_AGAIN}")


_MEANINGS = {
    400: ("the Hub refuses while {doing}", "mend what it names"),
    401: ("the Hub does not know this token", _LOGIN),
    403: (
        "this token may not write there",
        "take one with write access to it (https://huggingface.co/settings/tokens)",
    ),
    404: (
        "the Hub finds nothing there while {doing}",
        "check the name, and that the token may see it",
    ),
    409: ("another change is under way there", _AGAIN),
    412: ("somebody else changed it meanwhile, nothing was written over", _AGAIN),
    413: ("a file is too large for the Hub", "build smaller files"),
    429: ("the Hub asks not to be asked now", f"wait {{wait}}, then {_AGAIN}"),
    **dict.fromkeys(
        _NOT_NOW - {429},
        ("the Hub is not available while {doing}", f"wait {{wait}}, then {_AGAIN}"),
    ),
}
"""What a status means, and what helps."""


def _refusal(refused: RefusedError, repo: str, doing: str) -> HubError:
    problem, cure = _MEANINGS.get(refused.status, ("the Hub refuses while {doing}", _AGAIN))
    wait = "a while" if refused.wait is None else f"{refused.wait:.0f} s"
    said = f": {refused.said}" if refused.said else ""
    problem = f"{problem.format(doing=doing)} ({refused.status}{said})"
    return HubError(problem, where=repo, cure=cure.format(wait=wait))


def _wait(headers: Any) -> float | None:
    """Seconds of ``Retry-After`` or of the Hub's ``RateLimit``; a date in the former is not read."""
    limit = re.search(r"\br\s*=\s*0\s*;\s*t\s*=\s*(\d+)", headers.get("ratelimit", ""))
    if limit:
        return float(limit[1])
    after = headers.get("retry-after", "").strip()
    return float(after) if after.isdigit() else None


def _server_message(response: Any) -> str:
    """What the Hub says of an error, on one line and without secrets."""
    said = response.headers.get("x-error-message")
    try:
        said = said or response.json().get("error") or ""
    except (ValueError, AttributeError, RuntimeError):
        said = ""
    return redact(" ".join(str(said).split()))[:200]
