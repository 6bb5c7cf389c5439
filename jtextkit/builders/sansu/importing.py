"""Problems that a teacher solved (a person or a model), audited, without repetitions, as a set.

Rows come as ``problem``, ``solution`` and ``answer`` under names that the recipe gives, or as a chat
(``messages``: the last user and assistant turns). Each goes through these sieves in this order; the
first that holds it back is its reason in the receipt:

1. it is no row: nothing to read, an empty text, an answer that is no text (named by its line);
2. (where votes are trusted) its answer is not what more than half of the problem's solutions say;
3. the problem or the solution is extremely short;
4. the audit finds a fault (dropped, or kept with its flags) that laying the solution out in house
   style does not mend;
5. the problem repeats an earlier one, or nearly so (of the same one as many solutions are kept as the
   recipe says, if they differ and give the same answer).

Not handled: whether the question has one answer, whether a reference is right (a solution that
arrives at a wrong reference by right sums passes), figures, and solutions in other languages.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jtextkit.builders.sansu.house_style import laid_out, reads_the_same
from jtextkit.builders.sansu.recipe import SansuImportRecipe
from jtextkit.builders.sansu.rows import imported_row
from jtextkit.builders.sets.near_duplicates import NearDuplicates
from jtextkit.builders.sets.splits import SPLITS, assign_closely, hash_order, split_sizes
from jtextkit.core.errors import InputError, QuotaError, TextError
from jtextkit.core.files import sha256_of
from jtextkit.core.progress import Progress
from jtextkit.core.rows import Row as SourceRow
from jtextkit.core.rows import attempt, read_rows
from jtextkit.metrics.answers import extract_answer
from jtextkit.metrics.solutions import SolutionAudit, audit_solution

_NAMED = 100
"""Rows that cannot be read which the receipt names; more are counted."""

Row = dict[str, Any]


@dataclass
class Imported:
    """What was taken from a file, and what was not.

    Attributes:
        rows: the rows of the set, in the file's order.
        read: rows that the file holds.
        bad: rows that are none, by line, with the reason.
        faults: how many of them are bad by a fault of ours.
        dropped: the others that were left out, by reason.
        laid_out: rows of the set whose layout was rewritten.
        flags: faults that the audit found in rows, kept or not; a row may have several.
        alone: the same faults, in rows that have no other: what a rule costs by itself.
        sha256: of the file.
    """

    rows: list[Row] = field(default_factory=list)
    read: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    faults: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    laid_out: int = 0
    flags: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    sha256: str = ""

    def to_dict(self) -> dict[str, Any]:
        """For the receipt."""
        return {
            "read": self.read,
            "kept": len(self.rows),
            "bad_rows": len(self.bad),
            "bad_lines": [
                {"line": line, "problem": problem} for line, problem in self.bad[:_NAMED]
            ],
            **({"faults": self.faults} if self.faults else {}),
            "dropped": dict(sorted(self.dropped.items())),
            "laid_out": self.laid_out,
            "audit": dict(sorted(self.flags.items())),
            "audit_alone": dict(sorted(self.alone.items())),
        }


@dataclass(frozen=True, slots=True)
class _ImportedProblem:
    """One problem as it stands in the file; ``answers`` is empty where it gives none."""

    id: str
    problem: str
    solution: str
    answers: tuple[str, ...]


def read_problems(path: Path, recipe: SansuImportRecipe, report: Progress) -> Imported:
    """Read, sieve and audit the rows of ``path`` (JSONL, also .gz and .zst, or Parquet).

    Raises:
        InputError: the file cannot be read to its end, was changed meanwhile, or nothing is left.
    """
    found = Imported(sha256=_sha256(path))
    known = _Known(recipe)
    votes = _votes(path, recipe) if recipe.trust == "vote" else None
    for row in read_rows(path):
        found.read += 1
        if found.read % 50 == 0:
            report("reading and auditing", found.read, found.read + 1)
        record = row.problem or _record(row.values, recipe)
        if isinstance(record, str):
            found.bad.append((row.number, record))
            continue
        if votes is not None:
            record = replace(record, answers=votes[_bare(record.problem)])
        made = attempt(row, _row, record, recipe, found)
        if isinstance(made, SourceRow):
            found.bad.append((row.number, made.problem))
            found.faults += 1
        elif isinstance(made, str):
            found.dropped[made] += 1
        elif repeated := known.repeats(made):
            found.dropped[repeated] += 1
        else:
            made["id"] = known.add(made)
            found.rows.append(made)
            found.laid_out += made["solution"] != record.solution
    report("reading and auditing", found.read, found.read)
    if _sha256(path) != found.sha256:
        raise InputError("it changed while it was read", where=str(path), cure="try again")
    if not found.rows:
        raise InputError(_why_none(found), where=str(path), cure=_cure(recipe))
    return found


def _sha256(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), cure="check the name"
        ) from None


def _why_none(found: Imported) -> str:
    reasons = [f"{count:,} {reason}" for reason, count in found.dropped.most_common(3)]
    if found.bad:
        line, problem = found.bad[0]
        reasons.append(f"{len(found.bad):,} cannot be read, the first on line {line}: {problem}")
    return f"no row is left of {found.read:,}" + (f" ({'; '.join(reasons)})" if reasons else "")


def _cure(recipe: SansuImportRecipe) -> str:
    return (
        f'rows look like {{"{recipe.problem_field}": "...", "{recipe.solution_field}": "...", '
        f'"{recipe.answer_field}": "..."}} or {{"messages": [...]}}'
    )


def _record(values: Mapping[str, Any], recipe: SansuImportRecipe) -> _ImportedProblem | str:
    """A row as a record, or why it is none."""
    problem, solution = values.get(recipe.problem_field), values.get(recipe.solution_field)
    if isinstance(values.get("messages"), list):
        problem = _last_turn(values["messages"], "user") if problem is None else problem
        solution = _last_turn(values["messages"], "assistant") if solution is None else solution
    for name, text in ((recipe.problem_field, problem), (recipe.solution_field, solution)):
        if not isinstance(text, str) or not text.strip():
            return f"no text in {name!r}"
        if "\0" in text or any(0xD800 <= ord(character) < 0xE000 for character in text):
            return f"a NUL or a lone surrogate in {name!r}"
    assert isinstance(problem, str)
    assert isinstance(solution, str)
    answers = _answers(values.get(recipe.answer_field))
    if answers is None:
        return f"{recipe.answer_field!r} is no text, no number and no list of them"
    own = values.get("id")
    return _ImportedProblem(
        str(own) if isinstance(own, str) or type(own) is int else "",
        _tidy(problem),
        _tidy(solution),
        answers,
    )


def _last_turn(messages: Sequence[Any], role: str) -> object:
    turns = (m.get("content") for m in reversed(messages) if isinstance(m, Mapping))
    roles = (m.get("role") for m in reversed(messages) if isinstance(m, Mapping))
    return next((turn for turn, one in zip(turns, roles, strict=True) if one == role), None)


def _answers(given: object) -> tuple[str, ...] | None:
    """The references of a row: none, one or several; None where it is something else."""
    golds = given if isinstance(given, list) else [] if given is None else [given]
    if not all(
        isinstance(gold, str | int | float) and not isinstance(gold, bool) for gold in golds
    ):
        return None
    texts = tuple(str(gold).strip() for gold in golds)
    return tuple(text for text in texts if text)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _votes(path: Path, recipe: SansuImportRecipe) -> dict[str, tuple[str, ...]]:
    """For each problem the answer that more than half of its solutions give; none where none is."""
    votes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    texts: dict[tuple[str, str], str] = {}
    for row in read_rows(path):
        record = row.problem or _record(row.values, recipe)
        if isinstance(record, _ImportedProblem):
            said = extract_answer(record.solution)
            key = (said.value.kind, str(said.value.value)) if said.value else ("", "")
            votes[_bare(record.problem)][key] += 1
            texts.setdefault(key, said.text)
    return {
        problem: tuple(
            texts[key] for key, one in count.items() if key[0] and 2 * one > count.total()
        )
        for problem, count in votes.items()
    }


def _row(record: _ImportedProblem, recipe: SansuImportRecipe, found: Imported) -> Row | str:
    """The row of a record, or why it is dropped."""
    if recipe.trust == "vote" and not record.answers:
        return "no answer of more than half"
    if len(record.problem) < recipe.min_problem_chars:
        return f"problem shorter than {recipe.min_problem_chars} characters"
    if len(record.solution) < recipe.min_solution_chars:
        return f"solution shorter than {recipe.min_solution_chars} characters"
    style = recipe.style or None
    result = first = audited(record.problem, record.solution, record.answers, style)
    written = laid_out(record.solution, first) if style else record.solution
    if written != record.solution and len(written) >= recipe.min_solution_chars:
        after = audited(record.problem, written, record.answers, style)
        if reads_the_same(record.solution, first, written, after):
            record, result = replace(record, solution=written), after
    answer = _answer(record, recipe) or result.answer.text
    if len(record.answers) > 1:  # the row keeps one reference: its flags are those against it
        result = audited(record.problem, record.solution, (answer,), style)
    flags = flags_of(result)
    found.flags.update(flags)
    found.alone.update(flags if len(flags) == 1 else ())
    if flags and not recipe.keep_flagged:
        return f"audit: {flags[0]}"
    try:
        return imported_row(record.id, record.problem, record.solution, answer, flags, recipe)
    except TextError as error:
        return f"cannot be scored: {error.problem}"


def _answer(record: _ImportedProblem, recipe: SansuImportRecipe) -> str:
    """The reference that the solution arrives at, or the first; "" where the file gives none."""
    for answer in record.answers[1:] and record.answers:
        if not flags_of(audited(record.problem, record.solution, (answer,), recipe.style or None)):
            return answer
    return record.answers[0] if record.answers else ""


class _Known:
    """Problems taken so far, and their ids."""

    def __init__(self, recipe: SansuImportRecipe) -> None:
        self._kept: dict[str, list[Row]] = {}
        self._most = recipe.keep_per_problem
        self._near = NearDuplicates(recipe.max_similarity)
        self._ids: set[str] = set()

    def repeats(self, row: Row) -> str:
        """Which repetition this row is, or ""."""
        key = _bare(row["problem"])
        if kept := self._kept.get(key):
            if _bare(kept[0]["answer"]) != _bare(row["answer"]):
                return "exact duplicate with another answer"
            same = {_bare(one["solution"]) for one in kept}
            if self._most == 1 or _bare(row["solution"]) in same:
                return "exact duplicate"
            return "more solutions than are kept" if len(kept) == self._most else ""
        return "near-duplicate" if self._near.twin(row["problem"]) is not None else ""

    def add(self, row: Row) -> str:
        """Remember a row; gives its id: its own, if it has one that is free."""
        key = _bare(row["problem"])
        kept, name = self._kept.setdefault(key, []), row["id"]
        if not name or name in self._ids:
            text = key + _bare(row["solution"]) if kept else key
            name = f"import-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        self._ids.add(name)
        if kept:
            row["topic"] = kept[0]["topic"]  # a topic is the problem's
        else:
            self._near.add(name, row["problem"])
        kept.append(row)
        return str(name)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def split_imported(rows: Sequence[Row], seed: int) -> dict[str, list[Row]]:
    """The rows of each split, in an order that seed and ids decide.

    Problems of one topic with the same numbers, and solutions of one problem, go to one split. A few
    rows that cannot be parted without breaking that stay together in train.
    """
    groups: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    for row in rows:
        name = names.setdefault(_bare(row["problem"]), group_of(row))
        groups.setdefault(name, []).append(row)
    try:
        assigned = assign_closely(
            {name: len(group) for name, group in groups.items()}, split_sizes(len(rows)), seed
        )
    except QuotaError:
        assigned = dict.fromkeys(groups, "train")
    parts: dict[str, list[Row]] = {name: [] for name in SPLITS}
    by_id = {row["id"]: row for row in rows}
    splits = {row["id"]: assigned[name] for name, group in groups.items() for row in group}
    for name in hash_order(seed, by_id):
        parts[splits[name]].append(by_id[name])
    return parts


def group_of(row: Mapping[str, Any]) -> str:
    """What keeps a row beside others: topic and numbers, or the row alone where it has none."""
    if len(row["numbers"]) < 2:
        return str(row["id"])
    return f"{row['topic']}: {', '.join(row['numbers'])}"


def audited(
    problem: str, solution: str, answers: Sequence[str], style: str | None
) -> SolutionAudit:
    """The arithmetic and style audit of a row; without ``answers`` the stated one is held against
    what the solution arrives at.
    """
    return audit_solution(solution, answer=list(answers) or None, style=style, problem=problem)


def flags_of(found: SolutionAudit) -> list[str]:
    """Every fault once, in the order found: kinds of findings, then ``style:`` and rules.

    Notes (a rounded result) are no faults.
    """
    kinds = [finding.kind for finding in found.findings if not finding.is_note]
    return list(dict.fromkeys([*kinds, *(f"style:{finding.rule}" for finding in found.style)]))
