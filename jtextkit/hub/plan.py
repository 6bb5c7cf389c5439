"""What a push is about to do, under names that the Hub can have, and after it what it did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jtextkit.core.errors import UsageError, first_line

MAIN = "main"
"""The branch that every repository on the Hub has."""

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


def check_names(repo: str, revision: str | None, tag: str | None) -> None:
    """Accept names that the Hub can have."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils._validators import validate_repo_id

    why = "" if _NAME.fullmatch(repo) else "it is not USER/NAME"
    try:
        validate_repo_id(repo)
    except HFValidationError as error:
        why = why or first_line(error)
    if why:
        problem = f"this cannot be the name of a repository ({why})"
        raise UsageError(problem, where=repo, cure="such as aozora-fan/japanese-difficulty")
    for kind, name in (("--revision", revision), ("--tag", tag)):
        if name is not None and not _is_ref(name):
            raise UsageError(f"{name!r} cannot be a name in git", where=kind)
    if tag is not None and tag in (MAIN, revision):
        raise UsageError("a tag cannot have the name of a branch", where=f"--tag {tag}")


def _is_ref(name: str) -> bool:
    """The rules of ``git check-ref-format``, as far as names of branches and tags need them."""
    return bool(
        re.fullmatch(r"[^\x00-\x20~^:?*\[\\\x7f]+", name)
        and ".." not in name
        and "@{" not in name
        and "//" not in name
        and name != "@"
        and not name.startswith(("-", "/"))
        and not name.endswith(("/", "."))
        and not any(part.startswith(".") or part.endswith(".lock") for part in name.split("/"))
    )


@dataclass(frozen=True, slots=True)
class PushPlan:
    """What a push does, and after it what it did.

    Attributes:
        repo: ``USER/NAME``.
        revision: the branch to push to, or the pull request's once there is one.
        files: all that the set consists of, by name, with ``new``, ``changed`` or ``same``.
        sizes: bytes of each.
        removed: files of an earlier push that the set no longer has.
        kept_configs: configs of the card on the Hub that the folder's card does not know.
        left_out: files of the folder that its receipt does not name.
        new_repo, new_branch: whether they have to be made.
        private: whether the repository is, or will be.
        pull_request: whether a pull request is opened instead of pushing to the branch.
        tag: the tag to set, or None.
        tagged: whether it stands already, on these very bytes.
        commit: the commit that holds the set; None while there is none.
        url: where to look at it.
        dry_run: whether nothing was written.
    """

    repo: str
    revision: str
    files: Mapping[str, str]
    sizes: Mapping[str, int]
    removed: tuple[str, ...]
    kept_configs: tuple[str, ...]
    left_out: tuple[str, ...]
    new_repo: bool
    new_branch: bool
    private: bool
    pull_request: bool
    tag: str | None
    tagged: bool
    commit: str | None
    url: str
    dry_run: bool

    @property
    def to_send(self) -> list[str]:
        """Names of the files that differ from the Hub's."""
        return [name for name, state in self.files.items() if state != "same"]

    @property
    def commits(self) -> bool:
        """Whether there is anything to commit."""
        return bool(self.to_send or self.removed)

    @property
    def bytes_to_send(self) -> int:
        """Of the files that differ."""
        return sum(self.sizes[name] for name in self.to_send)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        content = asdict(self)
        sizes = content.pop("sizes")
        for name, state in self.files.items():
            content["files"][name] = {"bytes": sizes[name], "state": state}
        return {**content, "bytes_to_send": self.bytes_to_send}
