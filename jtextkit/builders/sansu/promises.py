"""Checks of 算数 sets, generated and imported: each promise a check of its own.

A generated set promises more: topics and grades in equal shares, plans and numbers that stand in
one split, no fault of style or arithmetic. An imported one promises that its sieves were applied, and
that the flags of what was kept are what the audit finds.

What no check of the set alone shows: a problem changed into another sound one. Building again with
the receipt's recipe does (the same bytes for the same seed).
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from jtextkit.builders.sansu.environment import split_of, topics_of
from jtextkit.builders.sansu.importing import audited, flags_of, group_of
from jtextkit.builders.sansu.problems import GRADES, STEPS, numbers_in
from jtextkit.builders.sansu.recipe import (
    GENERATED,
    IMPORTED,
    SansuImportRecipe,
    SansuRecipe,
    recipe_of,
)
from jtextkit.builders.sansu.rows import COLUMNS, LICENSE, messages_of, readabilities, steps_of
from jtextkit.builders.sansu.topics import TOPICS
from jtextkit.builders.sets.described import kinds_of
from jtextkit.builders.sets.findings import Check, CheckReport, DoesNotApply, LookedAt
from jtextkit.builders.sets.promises import (
    RECEIPT_CHECKS,
    SIGNATURE_CHECK,
    BuiltSet,
    each_row,
    in_two_splits,
    near_duplicate_checks,
    schema_checks,
    twins_within,
)
from jtextkit.builders.sets.reading import Item, TextSet
from jtextkit.builders.sets.splits import SPLITS, split_sizes
from jtextkit.core.errors import TextError
from jtextkit.core.receipts import RECEIPT
from jtextkit.metrics.answers import check_answer as judge
from jtextkit.metrics.solutions import SolutionAudit

MEDIANS: Final = {"problem_readability": (3.5, 5.5), "solution_readability": (4.5, 7.5)}
"""Where the median of a set must lie to suit grade 5 and 6.

No mapping of jReadability to school grades is published. The range of problems is the easier half of
the scale without its end, lower-intermediate and upper-elementary, around 4.58, the median of MGSM's
250 problems of primary school in Japanese. Solutions, short sums in words, are to be easier than
problems, from upper-elementary on.
"""

EASIEST_SHARE: Final = (2.5, 0.95)
"""At least this readability (upper-intermediate, or easier) in at least this share of problems."""

_ENOUGH = 100
_KINDS = {topic.name: {story.name for story in topic.stories} for topic in TOPICS}
_NEAR = 1e-9


class SansuSet(BuiltSet[SansuRecipe | SansuImportRecipe]):
    """A built set of 算数, generated or imported."""

    recipe_type = SansuRecipe
    columns = kinds_of(COLUMNS)
    required = tuple(
        name for name in COLUMNS if name not in ("topic", "kind", "grade", "plan", "teacher")
    )

    @property
    def checks(self) -> Sequence[Check[Any]]:
        return CHECKS

    def read_recipe(self) -> SansuRecipe | SansuImportRecipe:
        return recipe_of(dict(self.receipt["recipe"]))

    @property
    def generation(self) -> SansuRecipe:
        """The recipe of a generated set.

        Raises:
            DoesNotApply: the set was imported.
        """
        if isinstance(self.recipe, SansuImportRecipe):
            raise DoesNotApply("the set was imported")
        return self.recipe

    @property
    def importing(self) -> SansuImportRecipe:
        """The recipe of an imported set.

        Raises:
            DoesNotApply: the set was generated.
        """
        if isinstance(self.recipe, SansuRecipe):
            raise DoesNotApply("the set was generated")
        return self.recipe

    @property
    def solutions_of_one(self) -> int:
        """How many rows may have one problem."""
        return 1 if isinstance(self.recipe, SansuRecipe) else self.recipe.keep_per_problem

    @property
    def compared(self) -> Sequence[Item]:
        """Of rows that may have one problem, the first."""
        if self.solutions_of_one == 1:
            return self.rows
        firsts: dict[str, Item] = {}
        for item in self.rows:
            firsts.setdefault("".join(item.values["problem"].split()), item)
        return tuple(firsts.values())

    def text_of(self, item: Item) -> str:
        return str(item.values["problem"])

    @property
    def style(self) -> str | None:
        """By which profile solutions are judged."""
        return "strict" if isinstance(self.recipe, SansuRecipe) else self.recipe.style or None

    @cached_property
    def audits(self) -> Mapping[str, SolutionAudit]:
        """Every solution audited again, by the row's place."""
        found = {}
        for item in self.reported("auditing solutions"):
            row = item.values
            answers = [row["answer"]] if row["answer"] else []
            found[item.place] = audited(row["problem"], row["solution"], answers, self.style)
        return found


# Sizes and balance


def _sizes(data: SansuSet) -> Iterator[str]:
    counts = {name: sum(item.split == name for item in data.rows) for name in SPLITS}
    told = data.receipt.get("rows")
    for name, count in counts.items():
        if not isinstance(told, dict) or told.get(name) != count:
            yield f"{name}: {count} rows; the receipt says otherwise"
    if isinstance(data.recipe, SansuRecipe):
        for name, wanted in split_sizes(data.recipe.size).items():
            if counts[name] != wanted:
                yield f"{name}: {counts[name]} rows, the recipe asks for {wanted}"
    elif data.receipt.get("kept") != len(data.rows):
        yield f"all splits: {len(data.rows)} rows, by the receipt {data.receipt.get('kept')}"


def _counted(data: SansuSet) -> Iterator[str]:
    """What an import read is what it kept and what it left out."""
    _ = data.importing
    receipt = data.receipt
    try:
        whole = receipt["kept"] + receipt["bad_rows"] + sum(receipt["dropped"].values())
    except (KeyError, TypeError, AttributeError):
        yield f"{RECEIPT}: it does not count what was left out"
        return
    if receipt.get("read") != whole:
        yield f"{RECEIPT}: {receipt.get('read')} rows read, but {whole} kept or left out"


def _balance(data: SansuSet) -> Iterator[str]:
    """Topics and grades: equal shares of the set and of each split, as near as whole rows allow."""
    recipe = data.generation
    parts = {name: [item for item in data.rows if item.split == name] for name in SPLITS}
    # Rows of a split are a run of turns: at both ends a turn may be cut, for a grade three of them.
    for column, names, allowed in (
        ("topic", [one.name for one in topics_of(recipe.topics)], 1.0),
        ("grade", list(GRADES), 4.0),
    ):
        for where, items in {"all splits": data.rows, **parts}.items():
            counts = Counter(item.values[column] for item in items)
            share = len(items) / len(names)
            for name in names:
                if abs(counts[name] - share) > allowed:
                    yield f"{where}: {counts[name]} of {name}, an equal share is {share:.1f}"
            for name in counts.keys() - set(names):
                yield f"{where}: {counts[name]} of {name}, which the recipe does not have"


# Duplicates and leaks


def _duplicates(data: SansuSet) -> Iterator[str]:
    """A problem again: in another split, with the same solution, or more often than the recipe has it."""
    most = data.solutions_of_one
    seen: dict[str, list[Item]] = {}
    for item in data.rows:
        earlier = seen.setdefault("".join(item.values["problem"].split()), [])
        first = (earlier or [item])[0]
        same = any(one.values["solution"] == item.values["solution"] for one in earlier)
        if len(earlier) >= most or item.split != first.split or same:
            yield f"{item.id}: the problem of {first.id} ({first.split}) again"
        earlier.append(item)


def _numbers_across(data: SansuSet) -> Iterator[str]:
    return in_two_splits(
        data.rows, lambda item: [group_of(item.values)], "topic and numbers, or id,"
    )


def _twins_within(data: SansuSet) -> Iterator[str | LookedAt]:
    told = data.receipt.get("near_duplicates_within_splits", 0)
    if told:
        raise DoesNotApply(
            f"the receipt says that words ran out: {told:,} problems may nearly repeat others of their split"
        )
    return twins_within(data)


def _plans_across(data: SansuSet) -> Iterator[str]:
    _ = data.generation
    for item in data.rows:
        if (split := split_of(item.values["plan"] or "")) != item.split:
            yield f"{item.id}: its plan belongs to {split}"


# What a row says of itself


@each_row
def _derived(_data: SansuSet, row: Mapping[str, Any]) -> Iterator[str]:
    if tuple(row["numbers"]) != numbers_in(row["problem"]):
        yield "numbers are not those of the problem"
    if [dict(turn) for turn in row["messages"]] != messages_of(row["problem"], row["solution"]):
        yield "messages are not problem and solution"
    if row["source"] == GENERATED and row["steps"] != len(row["solution"].splitlines()) - 1:
        yield f"{row['steps']} steps, the solution has others"


def _provenance(data: SansuSet) -> Iterator[str]:
    recipe = data.recipe
    for item in data.rows:
        row = item.values
        if isinstance(recipe, SansuRecipe):
            ours: tuple[str, str | None, str] = (GENERATED, None, LICENSE)
            if not row["kind"] or not row["plan"] or row["grade"] not in GRADES:
                yield f"{item.id}: kind, grade or plan missing"
        else:
            ours = (IMPORTED, recipe.teacher, recipe.license)
        if (row["source"], row["teacher"], row["license"]) != ours:
            yield f"{item.id}: source, teacher or license is not the recipe's"
    if isinstance(recipe, SansuImportRecipe):
        card = data.folder / "README.md"
        text = card.read_text(encoding="utf-8", errors="replace") if card.is_file() else ""
        for line in recipe.terms.strip().splitlines():
            if line.strip().replace("<", "&lt;") not in text:
                yield "README.md: the card does not give the terms"
                break


@each_row
def _lengths(data: SansuSet, row: Mapping[str, Any]) -> Iterator[str]:
    recipe = data.importing
    if len(row["problem"]) < recipe.min_problem_chars:
        yield f"a problem of {len(row['problem'])} characters"
    if len(row["solution"]) < recipe.min_solution_chars:
        yield f"a solution of {len(row['solution'])} characters"


# Solutions


def _flags(data: SansuSet) -> Iterator[str]:
    recipe = data.recipe
    may_have = isinstance(recipe, SansuImportRecipe) and recipe.keep_flagged
    for item in data.rows:
        stored, found = list(item.values["flags"]), flags_of(data.audits[item.place])
        if stored and not may_have:
            yield f"{item.id}: flagged ({', '.join(stored)}), though such rows are not kept"
        elif sorted(stored) != sorted(found) and (stored or may_have):
            yield f"{item.id}: flags {', '.join(stored) or 'none'}, found {', '.join(found) or 'none'}"


def _unflagged(data: SansuSet) -> Iterator[tuple[Item, SolutionAudit]]:
    """Rows that say nothing against themselves."""
    for item in data.rows:
        if not item.values["flags"]:
            yield item, data.audits[item.place]


def _style(data: SansuSet) -> Iterator[str]:
    if data.style is None:
        raise DoesNotApply("the recipe judges no style")
    for item, found in _unflagged(data):
        for one in found.style[:1]:
            yield f"{item.id}: line {one.line}: {one.rule}: {one.text!r}"


def _arithmetic(data: SansuSet) -> Iterator[str]:
    for item, found in _unflagged(data):
        faults = [one for one in found.findings if not one.is_note]
        for one in faults[:1]:
            yield f"{item.id}: line {one.line}: {one.kind}: {one.text!r}, recomputed {one.computed}"
        if not faults and not found.equalities and item.values["source"] == GENERATED:
            yield f"{item.id}: no equation could be recomputed"


def _answers(data: SansuSet) -> Iterator[str]:
    for item, _ in _unflagged(data):
        row = item.values
        verdict = judge(row["solution"], row["answer"]) if row["answer"] else None
        if verdict is None or not verdict.correct:
            read = verdict.extracted.text if verdict else ""
            yield f"{item.id}: answer {row['answer']!r}, in the solution {read!r}"
        elif row["source"] == GENERATED and not row["solution"].endswith(
            f"\n答え：{row['answer']}"
        ):
            yield f"{item.id}: the solution's last line is not the answer {row['answer']!r}"


# Readability


def _readability(data: SansuSet) -> Iterator[str]:
    data.scored_alike()
    for item in data.reported("scoring again"):
        row = item.values
        try:
            again = readabilities(row["problem"], steps_of(row["solution"]), data.recipe.dictionary)
        except TextError:
            yield f"{item.id}: a text cannot be scored"
            continue
        for name, value in again.items():
            if abs(row[name] - value) > _NEAR:
                yield f"{item.id}: {name} is {row[name]}, scored again {value}"


def _suits(data: SansuSet) -> Iterator[str]:
    _ = data.generation
    if len(data.rows) < _ENOUGH:
        raise DoesNotApply(f"fewer than {_ENOUGH} rows")
    for name, (low, high) in MEDIANS.items():
        median = statistics.median(item.values[name] for item in data.rows)
        if not low <= median <= high:
            yield f"{name}: median {median:.2f}, not in {low}-{high}"
    least, wanted = EASIEST_SHARE
    easy = [item.values["problem_readability"] >= least for item in data.rows]
    if sum(easy) < wanted * len(easy):
        yield f"problem_readability: {sum(easy) / len(easy):.1%} from {least} on, not {wanted:.0%}"


@each_row
def _steps(data: SansuSet, row: Mapping[str, Any]) -> Iterator[str]:
    _ = data.generation
    if row["grade"] in GRADES:
        least, most = STEPS[GRADES.index(row["grade"])]
        if not least <= row["steps"] <= most:
            yield f"{row['steps']} steps, {row['grade']} has {least}-{most}"


@each_row
def _kinds(data: SansuSet, row: Mapping[str, Any]) -> Iterator[str]:
    _ = data.generation
    if row["kind"] not in _KINDS.get(row["topic"], ()):
        yield f"{row['topic']} has no kind {row['kind']}"


CHECKS: Final[tuple[Check[Any], ...]] = (
    *RECEIPT_CHECKS,
    SIGNATURE_CHECK,
    *schema_checks(),
    Check("sizes", "splits have the sizes in recipe and receipt", _sizes),
    Check("counted", "what was read was kept, or left out with a reason", _counted),
    Check("balance", "topics and grades have equal shares, in every split", _balance),
    Check("kinds", "kinds of question are those of their topic", _kinds),
    Check("steps", "solutions have as many steps as their grade says", _steps),
    Check("duplicate", "no problem stands twice", _duplicates),
    Check("numbers-in-two-splits", "topic and numbers stand in one split", _numbers_across),
    Check("plans-in-two-splits", "every plan stands in the split it belongs to", _plans_across),
    *near_duplicate_checks("problem", _twins_within),
    Check("derived-columns", "numbers, messages and steps follow from the texts", _derived),
    Check("provenance", "source, teacher, license and terms are the recipe's", _provenance),
    Check("lengths", "no record is shorter than the recipe allows", _lengths),
    Check("flags", "flags are what the audit finds", _flags),
    Check("style", "every solution keeps to the style", _style),
    Check("arithmetic", "every equation is true, and the answer follows", _arithmetic),
    Check("answer-extracted", "each solution's own answer, read from it, is the answer", _answers),
    Check("readability-recomputes", "readabilities are those of the texts", _readability),
    Check("readability-suits", "readability suits grade 5 and 6", _suits),
)


def check(data: TextSet) -> CheckReport:
    """All promises, checked."""
    return SansuSet(data).inspect()
