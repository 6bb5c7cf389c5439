"""``jtextkit push``: a built set on the Hugging Face Hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jtextkit.cli.output import json_text, progress_bar, say, stdout, table_of
from jtextkit.cli.parameters import Place, argument, command, option
from jtextkit.core.secrets import redact
from jtextkit.hub import PushPlan, push

if TYPE_CHECKING:
    from rich.console import Console


@command("push")
def push_command(
    *,
    folder: Place = argument("DIR"),
    repo: str = argument("USER/NAME"),
    private: bool = option("Make a new repository private."),
    revision: str | None = option("Push to this branch; made if new.  [main]", metavar="BRANCH"),
    create_pr: bool = option("Open a pull request instead."),
    tag: str | None = option("Set this tag once every hash is verified.", metavar="vX"),
    dry_run: bool = option("Check everything, write nothing."),
    as_json: bool = option("Print what was done as JSON."),
) -> None:
    """Publish a built set on the Hugging Face Hub, verify what landed, and tag it."""
    out = stdout()  # before the progress bar, which catches what is printed while it lives

    def announce(plan: PushPlan) -> None:
        if not as_json:
            _show(plan, out)

    with progress_bar() as report:
        plan = push(
            folder, repo, private=private, revision=revision, create_pr=create_pr, tag=tag,
            dry_run=dry_run, announce=announce, report=report,
        )  # fmt: skip
    if as_json:
        click.echo(redact(json_text(plan.to_dict(), indent=1)))
        return
    say(_outcome(plan))
    out.print(redact(plan.url), soft_wrap=True)


def _show(plan: PushPlan, out: Console) -> None:
    rows = [
        *((name, f"{plan.sizes[name] / 1e6:,.2f}", state) for name, state in plan.files.items()),
        *((name, "", "removed") for name in plan.removed),
    ]
    out.print(table_of(["file", "MB", "on the Hub"], rows, words=(0, 2)))
    for name in plan.left_out:
        say(f"{name} is not in the receipt and stays here")
    for name in plan.kept_configs:
        say(f"the config {name} of the card on the Hub is kept")
    out.print(redact(_intention(plan)), soft_wrap=True)


def _intention(plan: PushPlan) -> str:
    """What is about to be done, in one line."""
    kind = ("a new " if plan.new_repo else "") + ("private " if plan.private else "public ")
    place = f"{plan.repo} ({kind}dataset)"
    branch = f"{'new ' if plan.new_branch else ''}branch {plan.revision}"
    if plan.pull_request:
        branch = f"a pull request to {plan.revision}"
    what = "nothing, the same files are there"
    if plan.commits:
        sent = f"{plan.bytes_to_send / 1e6:,.2f} MB"
        what = f"{len(plan.to_send)} of {len(plan.files)} files, {sent}"
    tag = f", tag {plan.tag}{' (it stands)' if plan.tagged else ''}" if plan.tag else ""
    would = "would push" if plan.dry_run else "pushing"
    return f"{would} to {place}, {branch}: {what}{tag}"


def _outcome(plan: PushPlan) -> str:
    if plan.dry_run:
        return "nothing was written (--dry-run)"
    where = f"{plan.repo} at {plan.revision}, commit {(plan.commit or '')[:8]}"
    tag = f", tag {plan.tag}" if plan.tag else ""
    return f"{where}{tag}: the hashes of {len(plan.files)} files verified"
