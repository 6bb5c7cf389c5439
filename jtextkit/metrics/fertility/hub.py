"""A model's ``tokenizer.json`` from the Hub, with the commit that it came from."""

from __future__ import annotations

from pathlib import Path

from jtextkit.core.errors import JtextkitError, TokenizerError
from jtextkit.core.hub import hub_errors


def fetch(name: str) -> tuple[Path, str]:
    """The file of ``OWNER/NAME`` or ``OWNER/NAME@REVISION`` and its commit, fetched or cached.

    ``HF_ENDPOINT``, ``HF_HOME``, ``HF_TOKEN`` and ``HF_HUB_OFFLINE`` work as they always do.
    """
    from huggingface_hub import hf_hub_download

    repository, _, revision = name.partition("@")
    try:
        with hub_errors(name, "model"):
            path = Path(hf_hub_download(repository, "tokenizer.json", revision=revision or None))
    except JtextkitError as error:
        raise TokenizerError(
            f"no tokenizer.json could be had from the Hub ({error.problem})",
            where=name,
            cure=f"{error.cure}, or download the file and name it",
        ) from None
    # …/snapshots/COMMIT/tokenizer.json: what the revision stands for today.
    return path, path.parent.name
