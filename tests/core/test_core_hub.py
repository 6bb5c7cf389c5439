"""What the Hub and its library say, as one line of ours for whoever asks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from jtextkit.core.errors import (
    DownloadError,
    InputError,
    JtextkitError,
    NotFoundError,
    OfflineError,
    UsageError,
)
from jtextkit.core.hub import hub_error, hub_errors

hub = pytest.importorskip("huggingface_hub.errors", reason="huggingface_hub is not installed")


def answer(status: int) -> object:
    """As much of an HTTP answer as the errors look at."""
    return SimpleNamespace(status_code=status, headers={}, request=None)


CASES = [
    (hub.RepositoryNotFoundError("x", response=answer(404)), NotFoundError, "no such model"),
    (hub.RevisionNotFoundError("x", response=answer(404)), NotFoundError, "no such revision"),
    (hub.GatedRepoError("x", response=answer(403)), InputError, "is gated"),
    (hub.HFValidationError("x"), NotFoundError, "no such model"),
    (hub.HfHubHTTPError("x", response=answer(503)), DownloadError, "the Hub answered 503"),
    (ConnectionError("no route\nto it"), DownloadError, "be had from the Hub (no route)"),
    (KeyError("sha"), DownloadError, "could not be had from the Hub"),
]


@pytest.mark.parametrize(("error", "kind", "said"), CASES)
def test_every_way_it_fails_is_one_line(error, kind, said: str) -> None:
    with pytest.raises(JtextkitError) as caught, hub_errors("a/b", "model"):
        raise error
    assert type(caught.value) is kind
    assert said in caught.value.problem
    assert caught.value.where == "a/b"
    assert caught.value.cure
    assert len(str(caught.value).splitlines()) == 1


def test_the_network_is_not_used_when_it_is_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(OfflineError, match="HF_HUB_OFFLINE"), hub_errors("a/b"):
        raise hub.LocalEntryNotFoundError("x")


def test_what_was_wrapped_is_found_and_what_is_ours_passes() -> None:
    outer = OSError("cannot load")
    outer.__cause__ = hub.GatedRepoError("x", response=answer(403))
    assert isinstance(hub_error(outer, "a/b"), InputError)
    outer.__cause__ = outer  # a chain may lead back
    assert hub_error(outer, "a/b") is None
    assert hub_error(hub.RemoteEntryNotFoundError("x", response=answer(404)), "a/b") is None
    with pytest.raises(UsageError), hub_errors("a/b"):
        raise UsageError("ours")
