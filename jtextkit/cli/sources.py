"""What ``build`` and ``verify --rebuild`` share: where sources are found, and what is made beside the data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jtextkit.cli.output import say
from jtextkit.core.addresses import is_address
from jtextkit.core.errors import UsageError

if TYPE_CHECKING:  # --help needs none of them
    from jtextkit.builders.aozora import Library
    from jtextkit.builders.difficulty import DifficultySources
    from jtextkit.builders.difficulty.pinned import FetchPlan
    from jtextkit.builders.sets.writing import Finish
    from jtextkit.core.cache import Cache
    from jtextkit.core.progress import Progress


def sample_sources(scratch: Path) -> DifficultySources:
    """The sample that comes with jtextkit, laid out in the folder ``scratch``."""
    from jtextkit.builders import sample as embedded_sample
    from jtextkit.builders.aozora import FolderLibrary
    from jtextkit.builders.difficulty import DifficultySources

    root, workbook = embedded_sample.lay_out(scratch)
    return DifficultySources(FolderLibrary(root), workbook, jec_sha256=None, sample=True)


def given_sources(aozora: str | None, jec: str | None, cache: Cache) -> DifficultySources | None:
    """The sources that the options name; None where they name none."""
    if aozora is None and jec is None:
        return None
    from jtextkit.builders.aozora import FolderLibrary, SiteLibrary
    from jtextkit.builders.difficulty import DifficultySources
    from jtextkit.builders.difficulty.pinned import fetch_jec

    library: Library | None = None
    if aozora is not None:
        library = SiteLibrary(aozora, cache) if is_address(aozora) else FolderLibrary(Path(aozora))
        if isinstance(library, FolderLibrary) and not library.root.is_dir():
            raise UsageError("there is no such folder", where=aozora, cure="check --aozora")
    workbook_file: Path | None = None
    if jec is not None:
        workbook_file = fetch_jec(cache, jec) if is_address(jec) else Path(jec)
    return DifficultySources(library, workbook_file)


def announce(
    plan: FetchPlan, cache: Cache, what: str = "The reference set", lock: str = ""
) -> None:
    """Say what a rebuild without sources of one's own will fetch; ``lock`` is the option for it."""
    say(
        f"{what} is rebuilt from {plan.works:,} works of Aozora Bunko "
        f"({plan.bytes / 1e6:.0f} MB) and Kyoto's sentences. What is not in {cache.folder} yet is "
        f"fetched from pinned addresses, up to {plan.minutes:.0f} minutes. Without a network: "
        f"--sample; with copies of your own: {lock}--aozora DIR --jec FILE."
    )


def finishing(report: Progress) -> list[Finish]:
    """Audit and report, which are made above the builders, as steps for ``build`` and ``rebuild``.

    Both must add the same, or a rebuild would not give the same files.
    """

    def add_audit_and_report(folder: Path, receipt: Mapping[str, Any]) -> None:
        from jtextkit.builders.difficulty.recipe import DifficultyRecipe
        from jtextkit.builders.sets.reading import read_set
        from jtextkit.check import audit
        from jtextkit.hub.audit_section import add_audit
        from jtextkit.metrics.shortcuts import children_auc
        from jtextkit.report.difficulty import write_report

        report("auditing and reporting", 0, 0)
        audited = audit(folder, labels=DifficultyRecipe.from_dict(dict(receipt["recipe"])).labels)
        add_audit(folder, audited, children_auc(item.values for item in read_set(folder).rows))
        write_report(folder, receipt, audited)

    return [add_audit_and_report]
