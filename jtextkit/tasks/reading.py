"""Where a task's data lies, and its rows by id, as the wordings name their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jtextkit.builders.stx.hub import fetch, hub_name
from jtextkit.builders.tables import TABLE_SUFFIXES, read_table
from jtextkit.core.errors import FormatError, InputError
from jtextkit.core.rows import read_rows
from jtextkit.core.text import read_text

Values = Mapping[str, Any]

TRAIN, HELD_OUT = ("train",), ("test", "valid", "dev")
"""How the names of files begin that hold examples, and questions."""

_JAQKET_PASSAGES = 5


def data_files(place: str, splits: tuple[str, ...]) -> tuple[list[Path], str]:
    """The files of ``place``, and what tells them from others: the name, or the commit on the Hub.

    Args:
        place: a file; a folder, of which the files of the first of ``splits`` that it has are taken; or
            a set on the Hub, ``USER/NAME[@REVISION][:FILES]``, fetched as files.

    Raises:
        InputError: there is nothing there, or no file of these splits.
        DownloadError: the Hub does not give it.
    """
    path = Path(place)
    if path.is_file():
        return [path], place
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.name.endswith(TABLE_SUFFIXES))
        for split in splits:
            if found := [one for one in files if one.name.startswith(split)]:
                return found, place
        problem = f"no file in it begins with {' or '.join(splits)}"
        raise InputError(problem, where=place, cure="name the file")
    name = hub_name(place)
    if name is None or "/" not in name.repo:
        raise InputError("no such file or folder", where=place, cure="check the name")
    fetched = fetch(name)
    return list(fetched.files.values()), f"{fetched.repo}@{fetched.commit}"


def shaped_rows(path: Path, form: str, ids: tuple[str, ...]) -> Iterator[tuple[str, Values]]:
    """The rows of a file in a task's form, by the first of ``ids`` that they have or their number.

    Raises:
        InputError: the file cannot be read, is not laid out so, or a row of it is none.
    """
    shape = _SHAPES.get(form, dict)
    published = form == "mgsm" and path.suffix in (".tsv", ".txt")
    for number, values in _mgsm(path) if published else _rows(path, form):
        name = next((values[key] for key in ids if values.get(key) is not None), number)
        yield str(name), shape(values)


def _rows(path: Path, form: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of any table; the integers of a ClassLabel are given as the label's name."""
    # JGLUE's .json files are JSONL, but for JSQuAD's, which nests as SQuAD does.
    table = (".csv", ".tsv", ".xlsx", ".xls", *([".json"] if form == "jsquad" else []))
    for row in (read_table if path.suffix.lower() in table else read_rows)(path):
        if row.problem:
            raise FormatError(row.problem, where=row.place, cure="write one JSON object a line")
        values = dict(row.values)
        for column, names in row.labels.items():
            number = values.get(column)
            if isinstance(number, int) and 0 <= number < len(names):
                values[column] = names[number]
        yield row.number, values


def _mgsm(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        question, tab, answer = line.rpartition("\t")
        if line.strip() and not (tab and question):
            problem = "no tab between question and answer"
            raise FormatError(problem, where=f"{path}:{number}", cure="give an MGSM TSV")
        if tab:
            yield number, {"question": question, "answer": answer.strip()}


def _jsquad_row(values: dict[str, Any]) -> Values:
    """The passage without its title; SQuAD's answers, records or lists by member, as texts."""
    answers = values.get("answers")
    texts = answers.get("text") if isinstance(answers, dict) else answers
    if isinstance(texts, list):
        texts = [one.get("text") if isinstance(one, dict) else one for one in texts]
        values["answer"] = list(dict.fromkeys(map(str, texts)))
    values["context"] = str(values.get("context") or "").split("[SEP]")[-1].strip()
    return values


def _jcommonsenseqa_row(values: dict[str, Any]) -> Values:
    choices = values.get("choices") or [
        values[f"choice{at}"] for at in range(5) if f"choice{at}" in values
    ]
    listed = {"listed": "\n".join(f"- {one}" for one in choices), "in_a_row": ", ".join(choices)}
    return {**values, "choices": choices, **listed}


def _jaqket_row(values: dict[str, Any]) -> Values:
    """The first five passages; for an example the first that holds the answer."""
    given = values.get("ctxs") or {}
    if isinstance(given, list):
        given = {key: [one.get(key) for one in given] for key in ("title", "text", "has_answer")}
    texts = [str(one) for one in given.get("text", ())]
    titled = [
        f"[題名]:{title}\n[問題]:{text}"
        for title, text in zip(given.get("title", ()), texts, strict=False)
    ]
    first = _JAQKET_PASSAGES
    shown = {"passages": "\n".join(texts[:first]), "titled": "\n".join(titled[:first])}
    held = [at for at, yes in enumerate(given.get("has_answer", ())) if yes]
    if held:
        values["example"] = {"passages": texts[held[0]], "titled": titled[held[0]]}
    return {**_jsquad_row(values), **shown}


def _xwinograd_row(values: dict[str, Any]) -> Values:
    if "sentence1" not in values:
        return values
    sentences = [str(values.get(f"sentence{number}")) for number in "12"]
    right = {"1": sentences[0], "2": sentences[1]}.get(str(values.get("answer")))
    return {**values, "choices": sentences, "answer": right}


def _mgsm_row(values: dict[str, Any]) -> Values:
    """The problem without its mark; as an example's reply the steps, where there are some."""
    reply = values.get("answer") or values.get("answer_number")
    values["reply"] = str(reply).replace("ステップごとの答え：", "")
    values["question"] = str(values.get("question", "")).replace("問題：", "")
    return values


_SHAPES: dict[str, Callable[[dict[str, Any]], Values]] = {
    "jsquad": _jsquad_row,
    "jcommonsenseqa": _jcommonsenseqa_row,
    "marc_ja": lambda values: {"sentence": values.get("text"), **values},  # JGLUE's, and the Hub's
    "jaqket": _jaqket_row,
    "xwinograd": _xwinograd_row,
    "mgsm": _mgsm_row,
}
