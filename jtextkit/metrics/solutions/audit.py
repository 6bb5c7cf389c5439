"""A worked solution audited: every equation recomputed, its answer compared, its style judged."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from operator import attrgetter
from typing import Any

from jtextkit.core.display import Displayed
from jtextkit.core.text import check_is_text
from jtextkit.metrics.answers import Extraction, Verdict, check_answer, compare, extract_answer
from jtextkit.metrics.discourse import segment
from jtextkit.metrics.discourse.segments import stretches
from jtextkit.metrics.quantities import Value, find_values, read_unit
from jtextkit.metrics.quantities.finding import find_in_folded
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.solutions.arithmetic import EqualityChain
from jtextkit.metrics.solutions.chains import ChainReader
from jtextkit.metrics.solutions.equations import carried_on, check_chain, contradictions
from jtextkit.metrics.solutions.findings import STEPS, SolutionFinding, place_of
from jtextkit.metrics.solutions.patterns import PATTERNS
from jtextkit.metrics.solutions.phrases import read_phrases
from jtextkit.metrics.solutions.style import StyleFinding, judge_style, methods_of
from jtextkit.metrics.solutions.tokens import Tokens, as_meant


@dataclass(frozen=True, slots=True, repr=False)
class SolutionAudit(Displayed):
    """What was found in one solution.

    Attributes:
        findings: what is wrong in its arithmetic and its answer, in the order of the text.
        equalities: how many equalities were read and recomputed; an equation with letters counts
            where it holds for whatever they stand for, or contradicts the line before it.
        relation: of the stated answer to the reference (:data:`jtextkit.metrics.answers.RELATIONS`),
            or None where there is no reference.
        answer: the stated answer.
        last_result: what the last equality states, or "".
        style: what the profile forbids; empty where no profile was asked for.
        methods: the 特殊算 it names or uses, as far as recognised.
    """

    findings: tuple[SolutionFinding, ...]
    equalities: int
    relation: str | None
    answer: Extraction
    last_result: str
    style: tuple[StyleFinding, ...] = ()
    methods: tuple[str, ...] = ()

    def _facts(self) -> dict[str, Any]:
        return {
            "clean": self.clean,
            "findings": tuple(finding.kind for finding in self.findings),
            "style": tuple(finding.rule for finding in self.style),
            "equalities": self.equalities,
            "answer": self.answer.text,
        }

    def _rows(self) -> Iterable[tuple[str, Any]]:
        yield from (("clean", self.clean), ("equalities", self.equalities))
        yield from (("answer", self.answer.text), ("relation", self.relation))
        for finding in self.findings:
            right = f": {finding.computed}" if finding.computed else ""
            yield f"line {finding.line}: {finding.kind}", f"{finding.text}{right}"
        yield from (("style", finding.rule) for finding in self.style)

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong; notes do not count."""
        return not self.style and all(finding.is_note for finding in self.findings)

    @property
    def holding(self) -> int:
        """How many of the equalities hold."""
        return max(0, self.equalities - sum(one.kind in STEPS for one in self.findings))

    @property
    def share_holding(self) -> float | None:
        """The share of equalities that hold, from 0 to 1; None where none was recomputed."""
        return self.holding / self.equalities if self.equalities else None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "clean": self.clean,
            "findings": list(map(asdict, self.findings)),
            "style": list(map(asdict, self.style)),
            "equalities": self.equalities,
            "holding": self.holding,
            "answer": self.answer.text,
            "relation": self.relation,
            "last_result": self.last_result,
            "methods": list(self.methods),
        }


def audit_solution(
    solution: str,
    *,
    answer: str | list[str] | None = None,
    style: str | None = None,
    problem: str = "",
) -> SolutionAudit:
    """Audit a worked solution.

    Args:
        solution: the text, of any length; never an error, whatever it holds.
        answer: the reference answer, or several.
        style: ``strict`` or ``grade6``: judge by that profile too.
        problem: the problem's text, from which a 特殊算 may be recognised.

    Raises:
        UsageError: there is no style of that name, or ``solution`` is no ``str``.

    >>> found = audit_solution("60×3＝180、180＋20＝210。答え　210円", answer="200円")
    >>> [(one.kind, one.stated, one.computed) for one in found.findings]
    [('false-step', '210', '200'), ('answer', '210円', '200円')]
    """
    check_is_text(solution, "audit_solution", "for many, call it for each, or audit-solutions")
    folded = as_meant(fold(solution))
    values = find_in_folded(folded, solution)
    fenced = "```" in solution or "~~~" in solution
    marked = fenced or any(stretch.thinking for stretch in stretches(solution))
    lines = segment(solution).lines if marked else ()
    aside = [one[:2] for one in lines if one.block == "code" or one.role == "thinking"]

    def claimed(chain: EqualityChain) -> bool:
        at = max(part.end for part in chain.parts)
        said = not any(start < at <= end for start, end in aside)
        return said and PATTERNS["denied"].match(solution, at) is None

    equations = [each for each in ChainReader(Tokens(folded, values)).chains() if claimed(each)]
    phrases = [each for each in read_phrases(folded, values) if claimed(each)]
    cut_off = PATTERNS["cuts-off"].search(solution) is not None
    findings = list(contradictions(equations, solution))
    equalities = len(findings)
    for chain in (*equations, *carried_on(equations, solution), *phrases):
        found, recomputed = check_chain(chain, solution, cut_off=cut_off)
        findings += found
        equalities += recomputed
    golds = [answer] if isinstance(answer, str) else answer
    relation = None
    if golds is None:
        stated = extract_answer(solution)
        wrong, right = _against_results(stated, [*equations, *phrases], values)
        missing = PATTERNS["answered"].search(folded) is None
    else:
        verdict = check_answer(solution, golds)
        relation, wrong = _against_reference(solution, verdict, golds, problem)
        stated, right, missing = verdict.extracted, str(verdict.gold), bool(wrong)
    if wrong if stated.found else missing:
        at = place_of(solution, *(stated.span or (len(solution), len(solution))))
        findings.append(
            SolutionFinding(wrong if stated.found else "no-answer", *at, stated.text, right)
        )
    # A sentence and an equation in it may both tell of one step.
    once = {(one.kind, one.end): one for one in sorted(findings, key=_PLACE, reverse=True)}
    ends = (chain.parts[-1].single for chain in (*equations, *phrases))
    last = max((value for value in ends if value), key=lambda value: value.span[0], default=None)
    judged = () if style is None else judge_style(solution, values, stated, style, problem, golds)
    return SolutionAudit(
        tuple(sorted(once.values(), key=_PLACE)), equalities, relation, stated,
        last.text if last else "", tuple(judged), methods_of(problem, solution),
    )  # fmt: skip


_PLACE = attrgetter("start", "end")


def _against_reference(
    solution: str, verdict: Verdict, golds: list[str], problem: str
) -> tuple[str, str]:
    """How the answer relates to the reference, and the kind of finding ("": none)."""
    gold, stated = str(verdict.gold), verdict.extracted
    end = stated.span[1] if stated.span else 0
    line = solution.split("\n")[solution.count("\n", 0, end)]
    relation = verdict.relation if verdict.correct else "equal"
    if any(_says_all(line, each) for each in golds) or _minutes_of(stated, golds, problem):
        return relation, ""
    if not verdict.correct and verdict.relation != "unit_other":  # a wrong unit is told as such
        return verdict.relation, "answer"
    if verdict.correct and stated.value and not stated.value.parts and len(_wanted(gold)) > 1:
        return "unequal", "answer"  # reading took the last; all must be said
    if not {"unit_missing", "unit_other"} & {verdict.relation, *verdict.flags}:
        return verdict.relation, ""
    units = {value.measure for value in find_values(gold)}
    # The unit may follow the answer's box or bold.
    read = read_unit(PATTERNS["box-ends"].sub("", fold(solution[end : end + 40]), 1), 0)
    fine = units == {None} or (read is not None and read[0] in units)
    return verdict.relation, "" if fine else "answer-unit"


def _wanted(gold: str) -> list[Value]:
    return find_values(PATTERNS["aside"].sub("", gold))


def _says_all(line: str, gold: str) -> bool:
    """Whether a line gives every value of a reference of several, in their order."""
    wanted, rest = _wanted(gold), iter(find_values(line))
    said = (any(compare(value, other).relation in _SAME for other in rest) for value in wanted)
    return len(wanted) > 1 and all(said)


def _minutes_of(stated: Extraction, golds: list[str], problem: str) -> bool:
    """Whether 3時16と4/11分 answers 「3時何分ですか」, which asks for 16と4/11分."""
    hour = PATTERNS["hour"].match(fold(stated.text))
    if hour is None or (problem and f"{hour[1]}時" not in fold(problem)):
        return False
    minutes = (gold for gold in golds if "分" in gold and "時" not in gold)
    return any(compare(stated.text[hour.end() :], gold).relation == "equal" for gold in minutes)


_NUMBERS = frozenset({"integer", "decimal", "fraction", "mixed", "percent"})
_SAME = frozenset({"equal", "equal_converted"})
_ASIDES = frozenset({"total", "explained"})  # chains that no answer need come from


def _against_results(
    stated: Extraction, chains: list[EqualityChain], values: list[Value]
) -> tuple[str, str]:
    """Where no reference is given, the answer should be something that the solution arrives at.

    That is the result of an equation, or the last value said before it: 「1番目の数字は8です。」
    The kind of finding, or "", and the last result.
    """
    ends = [one.single for each in chains if each.name not in _ASIDES for one in each.parts[1:]]
    results = [value for value in ends if value is not None]
    if not (results and stated.value and stated.span and stated.value.kind in _NUMBERS):
        return "", ""
    before = [value for value in values if value.span[1] <= stated.span[0]]
    bare = replace(stated.value, unit=None, measure=None)
    for value in (*before[-1:], *reversed(results)):
        without = replace(value, unit=None, measure=None)
        if compare(stated.value, value).correct or compare(bare, without).correct:
            return "", ""
    return "answer-not-last", max(results, key=attrgetter("span")).text
