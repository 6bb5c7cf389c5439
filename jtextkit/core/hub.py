"""Sets by name, on this machine or the Hub, and one line for each way in which the Hub fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jtextkit.core.errors import (
    DownloadError,
    InputError,
    JtextkitError,
    NotFoundError,
    OfflineError,
    first_line,
)

_HUB_NAME = re.compile(r"([\w.-]+/[\w.-]+?)(?:@([\w./-]+))?")


def located(name: str) -> Path:
    """Where the set ``name`` lies; one on the Hub is fetched into the Hub's own cache.

    What exists on this machine wins over a name on the Hub. HF_ENDPOINT, HF_HOME and HF_TOKEN are
    heeded, as by every program of the Hub.

    Raises:
        InputError: no such file or folder, and no name of a set on the Hub.
        NotFoundError: the Hub has no such set or revision, or keeps it private.
        OfflineError: HF_HUB_OFFLINE is set, and the set is not in the cache.
        DownloadError: the Hub does not answer, or not with what it should.
    """
    path = Path(name)
    if path.exists():
        return path
    match = _HUB_NAME.fullmatch(name)
    if match is None:
        cure = "name one, or a set on the Hub as USER/NAME or USER/NAME@REVISION"
        raise InputError("no such file or folder", where=name, cure=cure)
    from huggingface_hub import snapshot_download

    repo, revision = match.groups()
    with without_bars(), hub_errors(f"{repo}@{revision}" if revision else repo):
        return Path(snapshot_download(repo, repo_type="dataset", revision=revision))


@contextmanager
def without_bars() -> Iterator[None]:
    """Keep the Hub's library from drawing progress bars, which it does into pipes too."""
    from huggingface_hub.utils.tqdm import (
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    loud = not are_progress_bars_disabled()
    if loud:
        disable_progress_bars()
    try:
        yield
    finally:
        if loud:
            enable_progress_bars()


@contextmanager
def hub_errors(name: str, kind: str = "set") -> Iterator[None]:
    """Make whatever goes wrong while ``name`` is had from the Hub an error of ours.

    Args:
        kind: what it is: set or model.

    Raises:
        NotFoundError: the Hub has no such thing or revision, or keeps it private.
        InputError: it is gated, and its terms are not accepted.
        OfflineError: HF_HUB_OFFLINE is set, and it is not in the cache.
        DownloadError: the Hub does not answer, or not with what it should.
    """
    try:
        yield
    except JtextkitError:
        raise
    except Exception as error:  # noqa: BLE001 - many kinds of many layers, each with its words
        raise hub_error(error, name, kind) or DownloadError(
            f"it could not be had from the Hub ({first_line(error)})",
            where=name,
            cure="check the network and try again, or name a file or folder",
        ) from None


def hub_error(error: BaseException, name: str, kind: str = "set") -> JtextkitError | None:
    """What the Hub said, as an error of ours; None where it was not the Hub that said it."""
    from huggingface_hub import constants
    from huggingface_hub import errors as hub

    chain = tuple(causes(error))

    def among(*kinds: type[BaseException]) -> BaseException | None:
        return next((one for one in chain if isinstance(one, kinds)), None)

    if among(hub.GatedRepoError):
        problem = f"this {kind} is gated, and you have no access to it"
        cure = "accept its terms on its page, then: hf auth login"
        return InputError(problem, where=name, cure=cure)
    if among(hub.RevisionNotFoundError):
        problem = f"the Hub's {kind} has no such revision"
        return NotFoundError(problem, where=name, cure="name a branch, tag or commit")
    if among(hub.RepositoryNotFoundError, hub.HFValidationError):
        problem = f"no such file or folder, and no such {kind} on the Hub"
        cure = "check the name; a private one needs hf auth login or HF_TOKEN"
        return NotFoundError(problem, where=name, cure=cure)
    if among(hub.OfflineModeIsEnabled, hub.LocalEntryNotFoundError) and constants.HF_HUB_OFFLINE:
        problem = "not in the Hub's cache, and HF_HUB_OFFLINE is set"
        return OfflineError(problem, where=name, cure="unset it, or name a file or folder")
    refused = among(hub.HfHubHTTPError)
    if refused and not isinstance(refused, hub.EntryNotFoundError):
        status = getattr(getattr(refused, "response", None), "status_code", "no status")
        problem = f"the Hub answered {status}"
        return DownloadError(problem, where=name, cure="try again later, or check HF_TOKEN")
    return None


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it was raised from, as far back as it goes."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__
