"""Publishing a built folder on the Hugging Face Hub, so that the very bytes land there.

``DatasetDict.push_to_hub`` writes Parquet anew, in bytes that no receipt names. So the files go as
they are, in one commit, which the Hub takes whole or not at all; ``datasets`` is asked before,
whether it can load the folder, and can load it from the Hub after.

Nothing is kept between runs. Each compares what the Hub holds with the folder and does what is
missing, so a run that failed or was killed anywhere is continued by running it again:

1. the folder is checked (receipt, card, licence, and all that ``jtextkit check`` knows);
2. what is on the Hub is read, and the plan is announced;
3. repository and branch are made where they are missing; one that was to be private is asked whether it is;
4. files that differ are uploaded, and committed onto the commit that was read (or refused: 412);
5. the Hub's hash of every file is compared;
6. only then is the tag set.

Not handled: repositories of models and spaces, files of more than the Hub's limits, and files on
the Hub that no push of ours put there (they stay).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jtextkit.core.errors import HubError, IntegrityError, UsageError
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import RECEIPT
from jtextkit.hub.folder import (
    CARD,
    Content,
    Folder,
    RemoteFiles,
    changed_receipt,
    check_sound,
    files_of,
    read_folder,
    with_configs_of,
)
from jtextkit.hub.plan import MAIN, PushPlan, check_names
from jtextkit.hub.session import hub_api, login, push_errors, warnings_reported

if TYPE_CHECKING:
    from huggingface_hub import HfApi

_TYPE = "dataset"
_BATCH = 500
"""Paths that the Hub describes in one answer, at most 1,000."""

_PULL_REQUEST = "refs/pr/"


def push(
    folder: Path,
    repo: str,
    *,
    private: bool = False,
    revision: str | None = None,
    create_pr: bool = False,
    tag: str | None = None,
    dry_run: bool = False,
    announce: Callable[[PushPlan], None] = lambda _plan: None,
    report: Progress = silent,
) -> PushPlan:
    """Publish a built folder, verify what landed, and tag it.

    Args:
        folder: what ``jtextkit build`` wrote.
        repo: ``USER/NAME`` of a dataset repository; made if there is none.
        private: make it private.
        revision: the branch, made from ``main`` if there is none; ``main`` by default.
        create_pr: open a pull request instead.
        tag: set on the verified commit.
        dry_run: check everything and write nothing.
        announce: called with the plan before anything is written.

    Returns:
        The plan as it was carried out.

    Raises:
        UsageError: a name that cannot be, a repository that is public though ``private`` is wanted,
            a tag that names something else.
        InputError, IntegrityError: the folder is not fit to be published, or the Hub holds other
            bytes afterwards.
        HubError: the Hub refuses, is away, or nobody is logged in.
    """
    check_names(repo, revision, tag)
    local = read_folder(folder)
    token = login()
    if token is None and not dry_run:
        cure = "log in with `hf auth login`, or set HF_TOKEN"
        raise HubError("nobody is logged in", where=repo, cure=cure)
    check_sound(local, report)
    with hub_api(token, report) as api:
        files = dict(local.files)
        pushing = _Push(api, repo, revision or MAIN, local, private, create_pr, tag, report, files)
        plan = pushing.plan(dry_run=dry_run)
        announce(plan)
        return plan if dry_run else pushing.carry_out(plan)


@dataclass(slots=True)
class _Push:
    """One push: what it works on, and its steps.

    Attributes:
        files: what is to stand on the Hub: the folder's files, card and receipt with the configs kept.
        base: the commit that the push builds on.
    """

    api: HfApi
    repo: str
    revision: str
    local: Folder
    private: bool
    create_pr: bool
    tag: str | None
    report: Progress
    files: dict[str, Content]
    base: str | None = None

    # Reading

    def plan(self, *, dry_run: bool) -> PushPlan:
        """Read what the Hub holds, and say what is to be done."""
        self.report("reading what the Hub holds", 0, 0)
        info = self._info(None)
        if info is not None and self.private and info.private is not True:
            problem = "the repository is there and public; --private decides only when one is made"
            cure = "change its visibility in its settings, or push to another name"
            raise UsageError(problem, where=self.repo, cure=cure)
        head = self._head(self.revision) if info is not None else None
        new_branch = info is not None and head is None and self.revision != MAIN
        if new_branch and self.revision.startswith(_PULL_REQUEST):
            raise UsageError("there is no such pull request", where=self.revision)
        if self.create_pr and head is None and self.revision != MAIN:
            problem = "there is no such branch to open a pull request to"
            cure = "push to it without --create-pr, or name another"
            raise UsageError(problem, where=f"{self.repo}@{self.revision}", cure=cure)
        if new_branch:  # it begins at main, so what main holds need not be sent
            head = self._head(MAIN)
        there = self._files_at(head)
        removed, kept = self._merge(there)
        revision = self.revision
        # A run that was cut off may have opened the request already: go on there, not with a second.
        if self.create_pr and there.head and not self._is_whole(there, removed):
            revision, there, removed, kept = self._open_request(there, removed, kept)
        self.base = there.head  # the commit is refused if somebody else pushed meanwhile
        tagged = self._tagged() if info is not None and self.tag is not None else False
        return PushPlan(
            repo=self.repo,
            revision=revision,
            files={name: self._state(there, name) for name in sorted(self.files)},
            sizes={name: content.size for name, content in self.files.items()},
            removed=tuple(removed),
            kept_configs=tuple(kept),
            left_out=self.local.left_out,
            new_repo=info is None,
            new_branch=new_branch,
            private=bool(info.private) if info is not None else self.private,
            pull_request=self.create_pr,
            tag=self.tag,
            tagged=tagged,
            commit=there.head,
            url=self._url(self.tag or revision),
            dry_run=dry_run,
        )

    def _info(self, revision: str | None) -> Any:
        """What the Hub says of the repository at a revision; None where there is none."""
        from huggingface_hub.errors import (
            GatedRepoError,
            RepositoryNotFoundError,
            RevisionNotFoundError,
        )

        with push_errors(self.repo, "reading what the Hub holds"):
            try:
                return self.api.repo_info(self.repo, repo_type=_TYPE, revision=revision)
            except GatedRepoError:
                raise
            except (RepositoryNotFoundError, RevisionNotFoundError):
                return None

    def _head(self, revision: str) -> str | None:
        info = self._info(revision)
        return None if info is None else info.sha

    def _files_at(self, commit: str | None, names: Iterable[str] | None = None) -> RemoteFiles:
        """The files at a commit, as the Hub lists them."""
        if commit is None:
            return RemoteFiles()
        wanted = sorted(self.files if names is None else names)
        found: dict[str, Any] = {}
        with push_errors(self.repo, "asking for the files' hashes"):
            for start in range(0, len(wanted), _BATCH):
                for file in self.api.get_paths_info(
                    self.repo, wanted[start : start + _BATCH], revision=commit, repo_type=_TYPE
                ):
                    if hasattr(file, "blob_id"):
                        found[file.path] = file
        return RemoteFiles(commit, found)

    def _merge(self, there: RemoteFiles) -> tuple[list[str], list[str]]:
        """Files of an earlier push to remove, and configs of the card there to keep."""
        self.files = dict(self.local.files)
        removed: list[str] = []
        if RECEIPT in there.files and not there.holds(RECEIPT, self.files[RECEIPT]):
            earlier = files_of(self._text(there, RECEIPT)) - self.files.keys()
            removed = sorted(self._files_at(there.head, earlier).files) if earlier else []
        kept: list[str] = []
        if CARD in there.files and not there.holds(CARD, self.files[CARD]):
            text, kept = with_configs_of(self.local.card, self._text(there, CARD), gone=removed)
            if kept:  # another card than was built, so the receipt must name its bytes
                card = Content.of(text.encode())
                self.files[CARD] = card
                self.files[RECEIPT] = Content.of(changed_receipt(self.local.receipt, CARD, card))
        return removed, kept

    def _text(self, there: RemoteFiles, name: str) -> str:
        with (
            push_errors(self.repo, f"reading {name}"),
            tempfile.TemporaryDirectory(prefix="jtextkit-") as scratch,
        ):
            file = self.api.hf_hub_download(
                self.repo, name, repo_type=_TYPE, revision=there.head, local_dir=scratch
            )
            return Path(file).read_text(encoding="utf-8", errors="replace")

    def _state(self, there: RemoteFiles, name: str) -> str:
        if there.holds(name, self.files[name]):
            return "same"
        return "changed" if name in there.files else "new"

    def _is_whole(self, there: RemoteFiles, removed: Iterable[str] = ()) -> bool:
        whole = all(there.holds(name, content) for name, content in self.files.items())
        return whole and not list(removed)

    def _open_request(
        self, there: RemoteFiles, removed: list[str], kept: list[str]
    ) -> tuple[str, RemoteFiles, list[str], list[str]]:
        """An open pull request that holds these very bytes, or what was known without."""
        for number in self._requests():
            name = f"{_PULL_REQUEST}{number}"
            proposed = self._files_at(self._head(name))
            if self._is_whole(proposed):
                return name, proposed, [], kept
        return self.revision, there, removed, kept

    def _requests(self) -> list[int]:
        """Numbers of the open pull requests; none where the Hub does not list them."""
        from huggingface_hub.errors import HfHubHTTPError

        with push_errors(self.repo, "looking for its pull requests"):
            try:
                found = self.api.get_repo_discussions(
                    self.repo,
                    repo_type=_TYPE,
                    discussion_type="pull_request",
                    discussion_status="open",
                )
                return [request.num for request in found]
            except HfHubHTTPError as error:
                if error.response.status_code != 404:
                    raise
                return []

    def _tagged(self) -> bool:
        """Whether the tag stands on these bytes."""
        assert self.tag is not None
        commit = self._head(self.tag)
        if commit is None:
            return False
        if self._is_whole(self._files_at(commit)):
            return True
        problem = f"the tag {self.tag} stands already, on other files (commit {commit[:8]})"
        raise UsageError(problem, where=self.repo, cure="choose another tag; a tag is a promise")

    def _url(self, revision: str) -> str:
        address = f"{self.api.endpoint}/datasets/{self.repo}"
        if revision.startswith(_PULL_REQUEST):
            return f"{address}/discussions/{revision.removeprefix(_PULL_REQUEST)}"
        return address if revision == MAIN else f"{address}/tree/{quote(revision, safe='')}"

    # Writing

    def carry_out(self, plan: PushPlan) -> PushPlan:
        """Do what the plan says; what stands already is left alone."""
        if plan.new_repo:
            with self._making("the repository", MAIN):
                self.api.create_repo(self.repo, repo_type=_TYPE, private=plan.private)
        self._check_private()
        if plan.new_branch or (plan.new_repo and self.revision != MAIN):
            with self._making(f"the branch {self.revision}", self.revision):
                self.api.create_branch(self.repo, repo_type=_TYPE, branch=self.revision)
        if plan.commits:
            plan = self._commit(plan)
        self._verify(plan)
        if plan.tag is not None and not plan.tagged:
            self._set_tag(plan)
            plan = replace(plan, tagged=True)
        return plan

    def _check_private(self) -> None:
        """A repository may have been made by another meanwhile, or be public whatever was asked."""
        if not self.private:
            return
        info = self._info(None)
        if info is None or info.private is not True:
            problem = "the Hub does not say that the repository is private, and nothing was sent"
            cure = "make it private in its settings, or push to another name"
            raise HubError(problem, where=self.repo, cure=cure)

    @contextmanager
    def _making(self, what: str, revision: str) -> Iterator[None]:
        """Make something, or find that somebody just made it; what is pushed builds on it."""
        from huggingface_hub.errors import HfHubHTTPError

        self.report(f"making {what}", 0, 0)
        with push_errors(self.repo, f"making {what}"):
            try:
                yield
            except HfHubHTTPError as error:
                self.base = self._head(revision) if error.response.status_code == 409 else None
                if self.base is None:
                    raise
            else:
                self.base = self._head(revision)

    def _commit(self, plan: PushPlan) -> PushPlan:
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        self.report("uploading", 0, 0)
        operations: list[Any] = [
            CommitOperationAdd(name, self.files[name].source) for name in plan.to_send
        ]
        operations += [CommitOperationDelete(name) for name in plan.removed]
        with push_errors(self.repo, "uploading"), warnings_reported(self.report):
            done = self.api.create_commit(
                self.repo,
                operations,
                commit_message=self.local.message,
                repo_type=_TYPE,
                revision=self.revision,
                create_pr=self.create_pr,
                parent_commit=self.base,
            )
        if not self.create_pr or done.pr_revision is None:
            return replace(plan, commit=done.oid)
        url = self._url(done.pr_revision) if plan.tag is None else plan.url
        return replace(plan, commit=done.oid, revision=done.pr_revision, url=url)

    def _verify(self, plan: PushPlan) -> None:
        """Compare the Hub's hash of every file with ours, at the commit itself."""
        self.report("verifying every file's hash", 0, 0)
        there = self._files_at(plan.commit)
        wrong = [name for name, content in self.files.items() if not there.holds(name, content)]
        if wrong:
            raise IntegrityError(
                f"the Hub holds other bytes of {', '.join(sorted(wrong)[:3])} than the folder"
                + (", and no tag was set" if plan.tag else ""),
                where=f"{self.repo}@{plan.commit}",
                cure="run the same command again, it sends what differs",
            )

    def _set_tag(self, plan: PushPlan) -> None:
        from huggingface_hub.errors import HfHubHTTPError

        assert plan.tag is not None
        self.report(f"setting the tag {plan.tag}", 0, 0)
        with push_errors(self.repo, f"setting the tag {plan.tag}"):
            try:
                self.api.create_tag(self.repo, tag=plan.tag, revision=plan.commit, repo_type=_TYPE)
            except HfHubHTTPError as error:
                if error.response.status_code != 409 or not self._tagged():
                    raise
