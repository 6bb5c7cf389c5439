"""The tasks of ``evaluate answers``: how golds are published, and how an answer is judged.

==================  ============================================  =================================
task                gold file as published                        right is
==================  ============================================  =================================
``sansu``           rows with "id" and "answer"                   the final answer's value
``mgsm``            TSV: question, number (ids are line numbers)  the final answer's value
``jsquad``          JSQuAD v1.x, one JSON object                  exact match by a named definition
``jcommonsenseqa``  JSONL with choice0 … choice4 and label        the choice, by label or by text
``jnli``            JSONL with label                              the label, by its words
``marc_ja``         JSONL with label (the user's own copy)        the label, by its words
==================  ============================================  =================================
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jtextkit.core.errors import FormatError
from jtextkit.core.registry import Registry
from jtextkit.core.rows import read_rows
from jtextkit.core.text import read_text
from jtextkit.metrics.answers import check_answer
from jtextkit.metrics.qa.definitions import Definition
from jtextkit.metrics.qa.labels import LABELS, LabelSet
from jtextkit.metrics.quantities.folding import fold


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right for one id.

    Attributes:
        answers: one or more right answers, as text.
        choices: the texts to choose from, by label; empty where the task has none.
    """

    answers: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One prediction judged.

    Attributes:
        correct: whether it is right.
        parsed: whether an answer was found in it.
        read: the answer as found.
        gold: the gold that it was compared with.
        relation: of value to gold (sansu, mgsm), or "".
        flags: of form.
        values: the metrics of this one answer.
    """

    correct: bool
    parsed: bool
    read: str
    gold: str
    relation: str = ""
    flags: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "flags": list(self.flags)}


@dataclass(frozen=True, slots=True)
class AnswerTask:
    """One kind of question.

    Attributes:
        name: what the user types.
        golds: reads the gold file as it is published: pairs of id and gold.
        judge: judges a prediction; the definitions are those asked for (``jsquad`` only).
        accepts: why a gold is none for this task, or "".
        labels: the labels of a label task.
    """

    name: str
    golds: Callable[[Path], Iterator[tuple[str, Gold]]]
    judge: Callable[[str, Gold, tuple[Definition, ...]], Judged]
    accepts: Callable[[Gold], str] = lambda _gold: ""
    labels: LabelSet | None = None


def read_golds(task: AnswerTask, path: Path) -> dict[str, Gold]:
    """The golds of a file as it is published, or of rows with "id" and "answer".

    Raises:
        InputError: the file cannot be read, has no golds, an id twice, or is not of this task.
    """
    found: dict[str, Gold] = {}
    for name, gold in task.golds(path):
        if name in found:
            raise FormatError(
                f"the id {name!r} comes twice", where=str(path), cure="ids are unique"
            )
        problem = task.accepts(gold)
        if problem:
            raise FormatError(
                problem, where=f"{path}: {name}", cure=f"is this a gold file of {task.name}?"
            )
        found[name] = gold
    if not found:
        raise FormatError("no golds", where=str(path), cure=f"name a gold file of {task.name}")
    return found


def gold_of(answer: object, choices: object = None) -> Gold | None:
    """The gold of a row's "answer" (one or a list) and "choices"; None if it is none."""
    answers = answer if isinstance(answer, list) else [answer]
    if not answers or not all(
        isinstance(one, str | int | float) and not isinstance(one, bool) for one in answers
    ):
        return None
    options: dict[str, str] = {}
    if isinstance(choices, list) and all(isinstance(one, str) for one in choices):
        options = {str(index): one for index, one in enumerate(choices)}
    return Gold(tuple(str(one) for one in answers), options)


def _rows(path: Path, names: tuple[str, ...] = ("id",)) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in read_rows(path):
        if row.problem:
            raise FormatError(row.problem, where=row.place, cure="write one JSON object a line")
        name = next((row.values[key] for key in names if row.values.get(key) is not None), None)
        yield str(row.number if name is None else name), row.values


def _plain_golds(path: Path) -> Iterator[tuple[str, Gold]]:
    for name, values in _rows(path):
        gold = gold_of(values.get("answer"))
        if gold is None:
            raise FormatError(
                "no text, number or list in 'answer'", where=f"{path}: {name}", cure="give a gold"
            )
        yield name, gold


def _mgsm_golds(path: Path) -> Iterator[tuple[str, Gold]]:
    if path.suffix not in (".tsv", ".txt"):
        yield from _plain_golds(path)
        return
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        question, tab, answer = line.rpartition("\t")
        if not tab or not question:
            raise FormatError(
                "no tab between question and answer",
                where=f"{path}:{number}",
                cure="give an MGSM TSV",
            )
        yield str(number), Gold((answer.strip(),))


def _jsquad_golds(path: Path) -> Iterator[tuple[str, Gold]]:
    if path.suffix == ".jsonl":
        yield from _plain_golds(path)
        return
    try:
        content = json.loads(read_text(path))
        articles = content["data"]
        for article in articles:
            for paragraph in article["paragraphs"]:
                for question in paragraph["qas"]:
                    answers = dict.fromkeys(str(one["text"]) for one in question["answers"])
                    yield str(question["id"]), Gold(tuple(answers))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FormatError(
            "this is not laid out as JSQuAD",
            where=str(path),
            cure="name its .json file, or JSONL rows",
        ) from None


def _choice_golds(path: Path) -> Iterator[tuple[str, Gold]]:
    for name, values in _rows(path, ("id", "q_id")):
        choices = values.get("choices") or [
            values[f"choice{index}"] for index in range(5) if f"choice{index}" in values
        ]
        gold = gold_of(values.get("label", values.get("answer")), choices)
        if gold is None:
            raise FormatError(
                "no label", where=f"{path}: {name}", cure="give JCommonsenseQA's file"
            )
        yield name, gold


def _label_golds(path: Path) -> Iterator[tuple[str, Gold]]:
    for name, values in _rows(path, ("id", "sentence_pair_id", "review_id")):
        gold = gold_of(values.get("label", values.get("answer")))
        if gold is None:
            raise FormatError("no label", where=f"{path}: {name}", cure="give a file with labels")
        yield name, gold


def _by_value(prediction: str, gold: Gold, _definitions: tuple[Definition, ...]) -> Judged:
    verdict = check_answer(prediction, list(gold.answers))
    return Judged(
        correct=verdict.correct,
        parsed=verdict.extracted.found,
        read=verdict.extracted.text,
        gold=str(verdict.gold),
        relation=verdict.relation,
        flags=verdict.flags,
    )


def _by_definition(prediction: str, gold: Gold, definitions: tuple[Definition, ...]) -> Judged:
    values = {
        f"{definition.name}:{name}": value
        for definition in definitions
        for name, value in definition.best(prediction, gold.answers).items()
    }
    principal = definitions[0]
    correct = values[f"{principal.name}:{principal.values[0]}"] == 1.0
    read = prediction.strip()
    return Judged(
        correct=correct, parsed=bool(read), read=read, gold=gold.answers[0], values=values
    )


_LETTERS = "ABCDE"


def _by_choice(prediction: str, gold: Gold, _definitions: tuple[Definition, ...]) -> Judged:
    wanted = _choice_label(gold.answers[0], gold.choices)
    if not gold.choices:
        # Without the choices there is only the gold's own text or label to look for.
        verdict = check_answer(prediction, gold.answers[0])
        stated = fold(prediction).strip(" \u3000。.\n「」\"'")
        same = stated == fold(gold.answers[0]).strip()
        return Judged(
            correct=same or verdict.correct,
            parsed=bool(stated),
            read=stated[:200],
            gold=gold.answers[0],
            relation=verdict.relation,
        )
    for choices in _labellings(gold.choices):
        label = list(choices)[list(gold.choices).index(wanted)]
        verdict = check_answer(prediction, label, choices=choices)
        found = verdict.extracted
        begun = _choice_begun(prediction, found.span, gold.choices)
        if begun is not None:
            return _chosen(begun, wanted, gold)
        if found.value is not None and found.value.value in choices:
            return Judged(
                correct=verdict.correct,
                parsed=True,
                read=found.text,
                gold=wanted,
                relation=verdict.relation,
            )
    named = _named_choice(prediction, gold.choices)
    if named is not None:
        return _chosen(named, wanted, gold)
    return Judged(correct=False, parsed=False, read="", gold=wanted, relation="unparsed")


def _chosen(label: str, wanted: str, gold: Gold) -> Judged:
    right = label == wanted
    relation = "equal" if right else "unequal"
    return Judged(
        correct=right, parsed=True, read=gold.choices[label], gold=wanted, relation=relation
    )


def _choice_begun(
    prediction: str, span: tuple[int, int] | None, choices: Mapping[str, str]
) -> str | None:
    """The choice whose text goes on where a label was read: 3 of 「3Dプリンター」 is no label."""
    if span is None:
        return None
    begun = [
        label
        for label, text in choices.items()
        if len(text) > span[1] - span[0] and prediction.startswith(text, span[0])
    ]
    return max(begun, key=lambda label: len(choices[label]), default=None)


_DENIED = re.compile(r"[」』\"'）)]?(?:では?な[くい]|ではありま|じゃな|とは(?:言え|いえ)な)")


def _named_choice(prediction: str, choices: Mapping[str, str]) -> str | None:
    """The only choice whose text the prediction names and does not deny."""
    folded = fold(prediction)
    named = []
    for label, text in choices.items():
        words = fold(text)
        at = folded.find(words) if words else -1
        if at >= 0 and not _DENIED.match(folded, at + len(words)):
            named.append(label)
    return named[0] if len(named) == 1 else None


def _labellings(choices: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The choices under their own labels, then under letters."""
    yield dict(choices)
    if len(choices) <= len(_LETTERS):
        yield dict(zip(_LETTERS, choices.values(), strict=False))


def _choice_label(answer: str, choices: Mapping[str, str]) -> str:
    """The label of a gold that is a label or the choice's text."""
    if answer in choices or not choices:
        return answer
    return next((label for label, text in choices.items() if text == answer), answer)


def _choice_accepts(gold: Gold) -> str:
    if gold.choices and _choice_label(gold.answers[0], gold.choices) not in gold.choices:
        return f"the answer {gold.answers[0]!r} is none of the choices"
    return ""


def _label_task(name: str) -> AnswerTask:
    labels = LABELS[name]

    def judge(prediction: str, gold: Gold, _definitions: tuple[Definition, ...]) -> Judged:
        read, wanted = labels.read(prediction), labels.known(gold.answers[0])
        return Judged(
            correct=read is not None and read == wanted,
            parsed=read is not None,
            read=read or "",
            gold=str(wanted),
        )

    def accepts(gold: Gold) -> str:
        if labels.known(gold.answers[0]) is None:
            return f"{gold.answers[0]!r} is none of the labels {', '.join(labels.labels)}"
        return ""

    return AnswerTask(name, _label_golds, judge, accepts, labels)


TASKS: Registry[AnswerTask] = Registry("task")
"""The tasks by name."""
for _task in (
    AnswerTask("sansu", _plain_golds, _by_value),
    AnswerTask("mgsm", _mgsm_golds, _by_value),
    AnswerTask("jsquad", _jsquad_golds, _by_definition),
    AnswerTask("jcommonsenseqa", _choice_golds, _by_choice, _choice_accepts),
    _label_task("jnli"),
    _label_task("marc_ja"),
):
    TASKS.register(_task.name, _task)
