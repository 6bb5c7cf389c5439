"""Checking a set, whatever kind it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jtextkit.builders.registry import BUILDERS
from jtextkit.builders.sets.findings import CheckReport, run_checks
from jtextkit.builders.sets.reading import TextSet, read_set
from jtextkit.check.column_checks import checks_of
from jtextkit.check.columns import ColumnSet
from jtextkit.check.guesses import Doubtful, Guessed
from jtextkit.check.verify import verify_files
from jtextkit.core.errors import InputError, IntegrityError, UsageError
from jtextkit.core.hub import located
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import RECEIPT
from jtextkit.metrics.shortcuts.audit import ShortcutAudit


def check_set(place: str | Path, *, report: Progress = silent) -> CheckReport:
    """Check a set that jtextkit built: all that its kind promises.

    Args:
        place: its folder, or ``USER/NAME[@REVISION]`` on the Hub.

    Raises:
        InputError: there is nothing to read.
        IntegrityError: the receipt is missing or is none. (Where a file cannot be read because it is
            not the receipt's, the report holds the checks of the files alone.)
        UsageError: the set is of another kind, for which ``check_columns`` is.
    """
    path = located(str(place))
    if not path.is_dir():
        problem = "this is a file, and sets that jtextkit built are folders"
        cure = "name the folder; for other sets add --text-column and --label-column"
        raise UsageError(problem, where=str(place), cure=cure)
    try:
        data = read_set(path, place=str(place), report=report)
    except InputError:
        # A file that is damaged or gone is a breach where a receipt says what it should be.
        found = verify_files(path) if (path / RECEIPT).exists() else None
        if found is None or found.ok:
            raise
        receipt = found.receipt
        return CheckReport(
            str(place), receipt.get("builder"), receipt.get("signature"), 0, found.findings, None
        )
    if data.receipt is None:
        raise _without_receipt(data)
    builder = data.receipt.get("builder")
    if not isinstance(builder, str) or builder not in BUILDERS:
        problem = f"no checks are known for a set built by {builder!r}"
        cure = f"known: {', '.join(BUILDERS)}; or name --text-column and --label-column"
        raise UsageError(problem, where=str(place), cure=cure)
    return BUILDERS[builder].check(data)


@dataclass(frozen=True, slots=True, repr=False)
class ColumnReport(CheckReport):
    """All findings about anybody's set.

    Attributes:
        splits: texts of each split.
        labels: texts of each label.
        guesses: how often a linear model guesses the label from the text, and from parts of it.
        doubtful: labels that may be wrong, the most doubtful first.
        copies: rows that nearly repeat others, by where and how.
    """

    splits: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, int] = field(default_factory=dict)
    guesses: tuple[Guessed, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    copies: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return CheckReport.to_dict(self) | {
            "splits": dict(self.splits),
            "labels": dict(self.labels),
            "near_duplicates": dict(self.copies),
            "guesses": [asdict(one) | {"better_than_majority": one.knows} for one in self.guesses],
            "doubtful_labels": [asdict(one) for one in self.doubtful],
        }


def check_columns(
    place: str | Path,
    text: str | Sequence[str],
    label: str | None = None,
    *,
    groups: Sequence[str] = (),
    shortcuts: Sequence[str] = (),
    split: str | None = None,
    report: Progress = silent,
) -> ColumnReport:
    """Check anybody's set of which the columns are known.

    Args:
        place: a file, a folder, or ``USER/NAME[@REVISION]`` on the Hub: JSONL (also .gz, .zst),
            Parquet, CSV, TSV, a JSON array or SQuAD's nesting, workbooks.
        text: the column of texts, or several whose texts belong together, such as premise and
            hypothesis.
        groups: columns whose values belong together.
        shortcuts: columns that must not tell the label.
        split: a column that says which split a row is in; None takes the files' names.

    Raises:
        InputError, DownloadError: the set cannot be reached.
        UsageError: it cannot be read, or a column does not hold what it should.
    """
    path = located(str(place))
    try:
        data = read_set(path, place=str(place), report=report, tables=True)
    except InputError as odd:
        cure = odd.cure.replace("--encoding", "iconv -t utf-8 -f")
        raise UsageError(odd.problem, where=odd.where, cure=cure) from odd
    if not data.items:
        raise UsageError("there are no rows", where=str(place), cure="name a set with rows")
    texts = (text,) if isinstance(text, str) else tuple(dict.fromkeys(text))
    subject = ColumnSet(data, texts, label, tuple(groups), tuple(shortcuts), split)
    return ColumnReport(
        data.place,
        None,
        next((one.signature for one in subject.scores.values()), None),
        len(data.rows),
        run_checks(checks_of(subject), subject),
        subject.audit,
        splits=Counter(item.split for item in subject.rows),
        labels={str(name): number for name, number in subject.labels.most_common()},
        guesses=subject.guesses[0],
        doubtful=subject.guesses[1],
        copies=Counter(twins.kind for twins in subject.twins.twins),
    )


def audit(data: Any, *, labels: Sequence[str] = ("Simple", "Complex")) -> ShortcutAudit:
    """The shortcut audit of difficulty-2level.

    Args:
        data: the set's folder, or a polars or pandas frame of its rows with a column ``split``.
        labels: names of the labels 0, 1, …

    Raises:
        UsageError: a frame without ``split``, or no rows.
    """
    from jtextkit.builders.difficulty.shortcuts import audit_difficulty

    if isinstance(data, (str, Path)):
        items = read_set(Path(data)).rows
        rows = [(item.split, item.values) for item in items]
    else:
        if "split" not in data.columns:
            raise UsageError("the frame has no column 'split'", cure="add the split of each row")
        # Column by column, so that missing values are None in every kind of frame.
        columns = (map(_value, data[name].to_list()) for name in data.columns)
        found = (dict(zip(data.columns, row, strict=True)) for row in zip(*columns, strict=True))
        rows = [(row["split"], row) for row in found]
    if not rows:
        raise UsageError("there are no rows to audit", cure="name a set with rows")
    return audit_difficulty(rows, labels, silent)


def _value(value: Any) -> Any:
    """None for what pandas puts where there is no value."""
    return None if repr(value) in ("nan", "<NA>", "NaT") else value


def _without_receipt(data: TextSet) -> Exception:
    if (data.folder / "lock.jsonl").exists():
        cure = f"bring {RECEIPT} back, or build anew"
        return IntegrityError("a built set without its receipt", where=data.place, cure=cure)
    cure = "for other sets name --text-column and --label-column"
    return UsageError("no set that jtextkit built", where=data.place, cure=cure)
