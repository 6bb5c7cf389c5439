"""Sets by name: a folder or file on this machine, or ``USER/NAME[@REVISION]`` on the Hub."""

from __future__ import annotations

import re
from pathlib import Path

from jtextkit.core.errors import DownloadError, InputError, NotFoundError, OfflineError

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
        raise InputError(
            "no such file or folder",
            where=name,
            cure="name one, or a set on the Hub as USER/NAME or USER/NAME@REVISION",
        )
    return _snapshot(match[1], match[2])


def _snapshot(repo: str, revision: str | None) -> Path:
    from huggingface_hub import constants, snapshot_download
    from huggingface_hub.errors import (
        HfHubHTTPError,
        HFValidationError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
    from huggingface_hub.utils.tqdm import (
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    name = f"{repo}@{revision}" if revision else repo
    loud = not are_progress_bars_disabled()
    if loud:
        disable_progress_bars()  # they are drawn into pipes too
    try:
        return Path(snapshot_download(repo, repo_type="dataset", revision=revision))
    except RevisionNotFoundError:
        raise NotFoundError(
            "the Hub's set has no such revision", where=name, cure="name a branch, tag or commit"
        ) from None
    except (RepositoryNotFoundError, HFValidationError):
        raise NotFoundError(
            "no such folder, and no such set on the Hub",
            where=name,
            cure="check the name; a private set needs HF_TOKEN",
        ) from None
    except LocalEntryNotFoundError:
        if constants.is_offline_mode():
            raise OfflineError(
                "not in the Hub's cache, and HF_HUB_OFFLINE is set",
                where=name,
                cure="unset it, or name a folder",
            ) from None
        raise DownloadError(
            "the Hub does not answer", where=name, cure="check the network and try again"
        ) from None
    except HfHubHTTPError as error:
        status = getattr(error.response, "status_code", "no status")
        raise DownloadError(
            f"the Hub answered {status}", where=name, cure="try again later, or check HF_TOKEN"
        ) from None
    finally:
        if loud:
            enable_progress_bars()
