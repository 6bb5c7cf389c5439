"""Sources by their id on the Hub: ``USER/NAME@REVISION``, fetched as files, never as code.

A revision that is a branch or tag is resolved to its commit first, and the commit is what counts,
in the receipt too. Loading scripts are not run: sets that have one keep their rows as Parquet under
the revision ``refs/convert/parquet``.

``HF_ENDPOINT``, ``HF_HOME``, ``HF_TOKEN`` and ``HF_HUB_OFFLINE`` work as they always do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from jtextkit.builders.tables import TABLE_SUFFIXES
from jtextkit.core.errors import InputError
from jtextkit.core.hub import hub_errors

_NAME = re.compile(r"([\w-][\w.-]*(?:/[\w.-]+)?)(?:@([\w./-]+))?(?::(.+))?", re.ASCII)
_JAPANESE = re.compile(r"(^|[/_.-])(japanese|ja|jpn)([/_.-]|$)", re.IGNORECASE)
_NOT_ROWS = ("dataset_infos.json", "dataset_dict.json")


@dataclass(frozen=True, slots=True)
class HubName:
    """A set on the Hub: id, revision ("" for its main branch), and a pattern for its files."""

    repo: str
    revision: str
    pattern: str


@dataclass(frozen=True, slots=True)
class HubFiles:
    """Files of a set at one commit: name in the set to place on this machine."""

    repo: str
    commit: str
    files: dict[str, Path]


def hub_name(text: str) -> HubName | None:
    """``text`` as ``[USER/]NAME[@REVISION][:FILES]``; None where it rather names a file.

    >>> hub_name("csebuetnlp/xlsum@refs/convert/parquet:japanese/*")
    HubName(repo='csebuetnlp/xlsum', revision='refs/convert/parquet', pattern='japanese/*')
    >>> hub_name("data/japanese_train.jsonl") is None
    True
    """
    match = _NAME.fullmatch(text)
    if match is None or match[1].lower().endswith(TABLE_SUFFIXES):
        return None
    return HubName(match[1], match[2] or "", match[3] or "")


def fetch(name: HubName) -> HubFiles:
    """Fetch the files of rows of a set, into the Hub's own cache.

    With a pattern, the files that it matches. Without, those whose path names Japanese if there are
    any, and of these the Parquet files if there are any.

    Raises:
        NotFoundError: there is no such set or revision, or it is private.
        InputError: it is gated, or has no file of rows, or none that the pattern matches.
        OfflineError: HF_HUB_OFFLINE is set, and a file is not in the cache.
        DownloadError: the Hub does not answer, or not with what it should.
    """
    from huggingface_hub import HfApi, hf_hub_download

    where = f"{name.repo}@{name.revision}" if name.revision else name.repo
    with hub_errors(where):
        info = HfApi().dataset_info(name.repo, revision=name.revision or None)
    commit = str(info.sha)
    wanted = _choose([file.rfilename for file in info.siblings or ()], name.pattern, where)
    with hub_errors(where):
        files = {
            file: Path(hf_hub_download(name.repo, file, repo_type="dataset", revision=commit))
            for file in wanted
        }
    return HubFiles(name.repo, commit, files)


def _choose(files: list[str], pattern: str, where: str) -> list[str]:
    known = sorted(
        file
        for file in files
        if file.lower().endswith(TABLE_SUFFIXES) and file.rpartition("/")[2] not in _NOT_ROWS
    )
    if pattern:
        if chosen := [file for file in known if fnmatchcase(file, pattern)]:
            return chosen
        raise InputError(
            f"no file of rows is called {pattern!r}",
            where=where,
            cure=f"there are {', '.join(known[:5]) or 'none at all'}",
        )
    if not known:
        raise InputError(
            "there are no files of rows at this revision, and loading scripts are not run",
            where=where,
            cure=f"try {where.partition('@')[0]}@refs/convert/parquet, or name a file",
        )
    japanese = [file for file in known if _JAPANESE.search(file)] or known
    return [file for file in japanese if file.endswith(".parquet")] or japanese
