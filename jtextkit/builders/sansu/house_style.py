"""A solution laid out as a 算数 solution is: a numbered line a step, and a last line 答え：….

Markdown and LaTeX that only mark are taken off, steps are numbered where none are, and the answer is
said again at the end. Words, numbers and equations stay. What came out is taken only if the audit
reads the same in it: every value, every equation, every finding, and the answer.

Not handled: tables, code, LaTeX of several lines, and steps whose numbers are out of order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jtextkit.metrics.quantities import find_values
from jtextkit.metrics.solutions import SolutionAudit

LAYOUT = frozenset({"latex", "no-steps", "no-answer-line", "answer-not-at-end"})
"""Rules of a style that layout alone may break."""

_SIGNS = {
    r"\times": "×", r"\div": "÷", r"\cdot": "×", r"\approx": "≒", r"\quad": " ", r"\left": "",
    r"\right": "", r"\therefore": "よって", r"\%": "%", r"\,": "", r"\;": " ", r"\ ": " ", "{,}": ",",
    r"\(": "", r"\)": "", r"\[": "", r"\]": "", "^2": "²", "^3": "³", "^{2}": "²", "^{3}": "³",
}  # fmt: skip
_ENDS = {"\\": "(?![A-Za-z])", "^": "(?![0-9])", "{": ""}
_SIGN = re.compile("|".join(re.escape(s) + _ENDS[s[0]] * s[-1].isalnum() for s in _SIGNS))
_WRAPPED = re.compile(r"\\(?:text|textbf|mathrm|mathbf|boxed) ?\{([^{}]*)\}|\$\$?([^$\n]+)\$\$?")
_FRACTION = re.compile(r"([0-9])?(÷ *)?\\[dt]?frac ?\{ ?([0-9]+) ?\} ?\{ ?([0-9]+) ?\}")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_REFUSED = re.compile(r"^[ \u3000]*(?:\||```)|\\begin", re.MULTILINE)
_RULER = re.compile(r"[-*_=]{3,}")
_HEADING = re.compile(r"#{1,6} |\*\*[^*]+\*\*[:：]?$")
_MARK = re.compile(r"^[ \u3000]*(?:#{1,6} |[-*+•・] +)+")
_NUMBER = re.compile(r"^[ \u3000]*(?:[0-9]{1,3}[.)](?![0-9])|\([0-9]{1,3}\)|[①-⑳]) *", re.MULTILINE)
_ANSWER = re.compile(r"^(?:【?(?:答え|答|解答)】?)[：: \u3000]")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ]")
_CONTINUES = re.compile(r"(?:[=＝]|となり|となる|です|である|で、|に)")


def laid_out(solution: str, found: SolutionAudit) -> str:
    """``solution`` in house style, so far as its layout is what the style forbids.

    The caller audits what comes back, and takes it if :func:`reads_the_same`.

    Args:
        found: its audit, with a style.
    """
    broken = {finding.rule for finding in found.style}
    if not broken & LAYOUT or not found.answer.found or _REFUSED.search(solution):
        return solution
    lines = [(_plain(line), line.strip()) for line in solution.splitlines()]
    lines = [(plain, raw) for plain, raw in lines if plain and not _RULER.fullmatch(plain)]
    steps = [(plain, raw) for plain, raw in lines if not _ANSWER.match(plain)]
    answer = _plain(found.answer.text)
    said = {_ANSWER.sub("", plain).strip(" 。") for plain, _ in lines if _ANSWER.match(plain)}
    if not answer or not steps or not said <= {answer, f"{answer}です"}:
        return solution
    told = [plain for plain, _ in steps]
    if "no-steps" in broken:
        told = [f"{number}. {step}" for number, step in enumerate(_joined(steps), start=1)]
    return "\n".join([*told, f"答え：{answer}"])


def reads_the_same(
    solution: str, before: SolutionAudit, written: str, after: SolutionAudit
) -> bool:
    """Whether ``written`` says what ``solution`` says, and breaks fewer rules of the style."""
    rules = {one.rule for one in after.style} < {one.rule for one in before.style}
    return rules and _read(solution, before) == _read(written, after)


def _read(solution: str, found: SolutionAudit) -> tuple[object, ...]:
    """What must stay: the values without the answer's own line, the equations, the answer."""
    lines = (_MARK.sub("", line) for line in solution.splitlines())
    told = "\n".join(line for line in lines if not _ANSWER.match(_plain(line)))
    values = [(one.kind, one.value, one.unit) for one in find_values(_NUMBER.sub("", told))]
    answer = found.answer.value
    return (
        values,
        found.equalities,
        [(one.kind, one.stated, one.computed) for one in found.findings],
        answer and (answer.kind, answer.value, answer.unit),
    )


def _plain(line: str) -> str:
    """A line without what only marks."""
    line = _BOLD.sub(r"\1", _MARK.sub("", line))
    line = _SIGN.sub(lambda found: _SIGNS[found[0]], line)
    for _ in range(2):  # one in another: \boxed{\text{…}}
        line = _FRACTION.sub(_fraction, line)
        line = _WRAPPED.sub(lambda found: found[1] or found[2] or "", line)
    return line.strip()


def _fraction(found: re.Match[str]) -> str:
    whole, divided, above, below = found.groups(default="")
    if divided:
        return f"{whole}{divided}({above}/{below})"
    return f"{whole}と{above}/{below}" if whole else f"{above}/{below}"


def _joined(lines: list[tuple[str, str]]) -> Iterator[str]:
    """The steps: lines of a sum go with the words before them, headings with what they are of."""
    step, is_open = "", True
    for plain, raw in lines:
        words = _JAPANESE.search(plain) is not None
        continues = _CONTINUES.match(plain) is not None
        if step and not is_open and words and not continues:
            yield step
            step = ""
        between = "、" if step and not step.endswith(tuple("、。：:，,")) and not continues else ""
        step += between + plain
        if _HEADING.match(raw) and step[-1] not in "。：:":
            step += "："
        is_open = step.endswith(tuple("、：:，,"))
    if step:
        yield step
