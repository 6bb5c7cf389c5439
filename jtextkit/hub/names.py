"""Names of repositories, branches and tags, refused before anything is done with them."""

from __future__ import annotations

import re

from jtextkit.core.errors import UsageError

MAIN = "main"
"""The branch that every repository on the Hub has."""

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


def check_names(repo: str, revision: str | None, tag: str | None) -> None:
    """Accept names that the Hub can have.

    Raises:
        UsageError: one cannot be, or the tag is named like the branch.
    """
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils._validators import validate_repo_id

    problem = "" if _NAME.fullmatch(repo) else "it is not USER/NAME"
    try:
        validate_repo_id(repo)
    except HFValidationError as error:
        problem = problem or str(error).splitlines()[0]
    if problem:
        raise UsageError(
            f"this cannot be the name of a repository ({problem})",
            where=repo,
            cure="such as aozora-fan/japanese-difficulty",
        )
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
