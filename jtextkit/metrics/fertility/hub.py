"""A model's tokenizer from the Hub, with the commit that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from jtextkit.core.errors import JtextkitError, NotFoundError, TokenizerError
from jtextkit.core.hub import hub_errors


def fetch(name: str, files: Sequence[str], beside: str) -> tuple[Path, str]:
    """The first of ``files`` that ``OWNER/NAME`` or ``OWNER/NAME@REVISION`` has, and its commit.

    ``beside`` is fetched with a ``.txt``, if it is there. ``HF_ENDPOINT``, ``HF_HOME``, ``HF_TOKEN``
    and ``HF_HUB_OFFLINE`` work as they always do.
    """
    from huggingface_hub import constants, hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError, LocalEntryNotFoundError

    repository, _, revision = name.partition("@")
    missing: Exception | None = None
    try:
        with hub_errors(name, "model"):
            for file in files:
                try:
                    path = Path(hf_hub_download(repository, file, revision=revision or None))
                except EntryNotFoundError as error:
                    missing = error
                    # Also what no network looks like, which would be the same for each.
                    if isinstance(error, LocalEntryNotFoundError) and not constants.HF_HUB_OFFLINE:
                        raise
                    continue
                if path.suffix == ".txt":
                    with suppress(EntryNotFoundError):
                        hf_hub_download(repository, beside, revision=path.parent.name)
                # …/snapshots/COMMIT/FILE: what the revision stands for today.
                return path, path.parent.name
            if isinstance(missing, LocalEntryNotFoundError):
                raise missing
            raise NotFoundError(
                f"it has none of {', '.join(files)}", where=name, cure="name a model that has one"
            )
    except JtextkitError as error:
        raise TokenizerError(
            f"no tokenizer could be had from the Hub ({error.problem})",
            where=name,
            cure=f"{error.cure}, or download the file and name it",
        ) from None
