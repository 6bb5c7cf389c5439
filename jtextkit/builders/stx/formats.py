"""The formats in which the sources of STX are published: columns by name, and what a row means.

A format is known by its columns, however they are ordered and whatever stands beside them. Names
are compared without regard to case, surrounding spaces and full-width forms.

TyDi QA counts in *bytes* of UTF-8. Offsets are therefore tried as bytes (and, for SQuAD's
``answer_start``, as characters first); where they do not give the answer's text, the text is looked
for in the passage, and that is counted.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jtextkit.builders.stx.tasks import SourceExample
from jtextkit.core.errors import FormatError


class Dropped(Exception):  # noqa: N818 - no error: the message is the reason that is counted
    """A row that gives no example."""


Found = tuple[SourceExample, str]
"""An example, and what is counted about how it was found ("" for nothing)."""

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Format:
    """One published format.

    Attributes:
        name: as in the receipt.
        required: field to the names that its column may have.
        optional: the same for columns that may be missing.
        make: an example from the fields of a row; raises :class:`Dropped`.
    """

    name: str
    required: Mapping[str, Sequence[str]]
    optional: Mapping[str, Sequence[str]]
    make: Callable[[Values], Found]

    def fields(self, row: Values) -> Values | None:
        """The row by fields, or None where a required column is not there."""
        columns = {_plain(name): name for name in row}
        found: dict[str, Any] = {}
        for field, names in {**self.required, **self.optional}.items():
            column = next((columns[_plain(one)] for one in names if _plain(one) in columns), None)
            if column is not None:
                found[field] = row[column]
            elif field in self.required:
                return None
        return found


def format_of(task: str, row: Values, *, where: str) -> Format:
    """The format of a file of the task, by one of its rows."""
    for known in FORMATS[task]:
        if known.fields(row) is not None:
            return known
    expected = " or ".join(
        f"{', '.join('/'.join(names) for names in known.required.values())} ({known.name})"
        for known in FORMATS[task]
    )
    there = ", ".join(str(name) for name in row) or "none"
    raise FormatError(
        f"these are not the columns of a source for {task} (found: {there[:200]})",
        where=where,
        cure=f"expected: {expected}",
    )


def _plain(name: object) -> str:
    return unicodedata.normalize("NFKC", str(name)).strip().casefold()


# SNOW


def _snow(row: Values) -> Found:
    original = _line(row["original"], "the original sentence")
    simple = _line(row["simple"], "the simple sentence")
    return SourceExample("simplification", original, None, simple, _name(row.get("id")) or ""), ""


# TyDi QA

_LANGUAGES = (
    "arabic|bengali|english|finnish|indonesian|korean|russian|swahili|kiswahili|telugu|thai"
)
_OTHER = re.compile(rf"({_LANGUAGES})\b", re.IGNORECASE)


def _gold(row: Values) -> Found:
    source_id = _name(row.get("id")) or ""
    _japanese_only(row.get("language"), source_id)
    passage = _text(row["passage"], "the passage")
    problem = "no answer"
    for answer in _answers(row["answers"]):
        text = answer.get("text")
        if not isinstance(text, str) or not text.strip():
            continue
        start, exact = _locate(passage, text, answer)
        if start is not None:
            note = "" if exact else "offset wrong"
            return _answered(row, passage, start, start + len(text), source_id), note
        problem = "the answer is not in the passage"
    raise Dropped(problem)


def _primary(row: Values) -> Found:
    source_id = _name(row.get("id")) or ""
    _japanese_only(row.get("language"), source_id)
    document = _text(row["document"], "the document").encode()
    candidates = _records(row["candidates"])
    problem = "no minimal answer"
    for note in _records(row["annotations"]):
        chosen = _member(
            note, "passage_answer", "candidate_index", "passage_answer_candidate_index"
        )
        start = _member(
            note, "minimal_answer", "plaintext_start_byte", "minimal_answers_start_byte"
        )
        end = _member(note, "minimal_answer", "plaintext_end_byte", "minimal_answers_end_byte")
        if chosen < 0 or start < 0 or end <= start:
            if chosen >= 0 and str(note.get("yes_no_answer", "NONE")).upper() in ("YES", "NO"):
                problem = "answered by yes or no"
            continue
        if chosen >= len(candidates):
            problem = "no such passage"
            continue
        first, last = (
            _member(candidates[chosen], "", name, name)
            for name in ("plaintext_start_byte", "plaintext_end_byte")
        )
        if not 0 <= first <= start < end <= last <= len(document):
            problem = "the answer is not in the passage"
            continue
        try:
            before, answer, after = (
                document[a:b].decode() for a, b in ((first, start), (start, end), (end, last))
            )
        except UnicodeDecodeError:
            problem = "the span cuts a character"
            continue
        if answer.strip():
            passage = before + answer + after
            end = len(before) + len(answer)
            return _answered(row, passage, len(before), end, source_id), ""
    raise Dropped(problem)


def _answered(row: Values, passage: str, start: int, end: int, source_id: str) -> SourceExample:
    """The example, with white space around passage and answer taken off and the offset moved."""
    answer = passage[start:end]
    before = passage[: start + len(answer) - len(answer.lstrip())]
    lead = len(_lf(passage)) - len(_lf(passage).lstrip())
    return SourceExample(
        "qa",
        _lf(passage).strip(),
        _line(row["question"], "the question"),
        _lf(answer).strip(),
        source_id,
        _name(row.get("title")),
        _name(row.get("url")),
        len(_lf(before)) - lead,
    )


def _locate(passage: str, text: str, answer: Values) -> tuple[int | None, bool]:
    """Where the answer starts, in characters, and whether the offsets said so."""
    data, wanted = passage.encode(), text.encode()
    for name in ("start_byte", "answer_start"):
        offset = answer.get(name)
        if not isinstance(offset, int) or isinstance(offset, bool) or offset < 0:
            continue
        if name == "answer_start" and passage.startswith(text, offset):
            return offset, True
        if data.startswith(wanted, offset):
            # What matches whole characters begins at one.
            return len(data[:offset].decode()), True
    start = passage.find(text)
    return (start if start >= 0 else None), False


def _answers(value: Any) -> Iterator[Values]:
    """The answers, however they are kept: records, lists by member, JSON in a cell, or a text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = {"text": value}
        if not isinstance(value, (dict, list)):  # a number, say, which is an answer too
            value = {"text": str(value)}
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        value = [value]
    for answer in _records(value):
        yield answer if "text" in answer else {}


def _records(value: Any) -> list[Values]:
    """A list of records; those that Parquet and ``datasets`` keep as lists by member, turned."""
    if isinstance(value, dict):
        lists = {name: list(one) for name, one in value.items() if isinstance(one, (list, tuple))}
        if len({len(one) for one in lists.values()}) > 1:
            raise Dropped("lists of different lengths")
        rows = zip(*lists.values(), strict=True)
        return [dict(zip(lists, row, strict=True)) for row in rows]
    if isinstance(value, list):
        return [one if isinstance(one, dict) else {"text": one} for one in value]
    raise Dropped("no list where one is expected")


def _member(record: Values, nest: str, inner: str, flat: str) -> int:
    """A number of a record: nested as the release has it, or flat as ``datasets`` has it."""
    nested = record.get(nest)
    value = nested.get(inner) if isinstance(nested, dict) else record.get(flat)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _japanese_only(language: Any, source_id: str) -> None:
    if isinstance(language, str) and language.strip():
        if _plain(language) not in ("japanese", "ja", "jpn", "日本語"):
            raise Dropped("another language")
    elif _OTHER.match(source_id):
        raise Dropped("another language")


# XL-Sum


def _xlsum(row: Values) -> Found:
    article = _lf(_text(row["article"], "the article")).strip()
    summary = _line(row["summary"], "the summary")
    about = (_name(row.get("id")) or "", _name(row.get("title")), _name(row.get("url")))
    return SourceExample("summarisation", article, None, summary, *about), ""


# Values


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Dropped(f"{what} is missing")
    _check_characters(value)
    return value


def _line(value: Any, what: str) -> str:
    """A text on one line."""
    return re.sub(r"\s*[\r\n]\s*", " ", _text(value, what).strip())


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _name(value: Any) -> str | None:
    """An id, title or address as text; None where there is none."""
    text = "" if value is None else " ".join(str(value).split())
    _check_characters(text)
    return text or None


def _check_characters(text: str) -> None:
    """NUL would cut the text short where it is scored; a lone surrogate has no UTF-8 form."""
    if "\0" in text or _SURROGATE.search(text):
        raise Dropped("NUL or a lone surrogate")


_SURROGATE = re.compile("[\ud800-\udfff]")

_READERS = {"snow": _snow, "primary": _primary, "gold": _gold, "xlsum": _xlsum}


def _formats() -> dict[str, list[Format]]:
    found: dict[str, list[Format]] = {}
    for one in tomllib.loads((files(__package__) / "formats.toml").read_text("utf-8"))["format"]:
        task, reader = one.pop("task"), one.pop("reader")
        found.setdefault(task, []).append(Format(**one, make=_READERS[reader]))
    return found


FORMATS: Mapping[str, Sequence[Format]] = _formats()
"""By task, in the order in which they are tried."""
