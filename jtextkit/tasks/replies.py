"""Replies: appended to a file that resumes by id, and read in whatever form they came back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from jtextkit.core.chat import last_text
from jtextkit.core.errors import FormatError, UsageError
from jtextkit.core.files import flush, only_run, output_errors, replacing_file
from jtextkit.core.rows import Row
from jtextkit.tasks.requests import TaskRequest

Values = Mapping[str, Any]


class Replies:
    """The file of replies that one run writes.

    Attributes:
        done: the ids whose replies are in it.
        whole: whether all are.
    """

    def __init__(self, done: set[str], wanted: int, file: IO[str] | None = None) -> None:
        self.done = done
        self._wanted = wanted
        self._file = file

    @property
    def whole(self) -> bool:
        return len(self.done) == self._wanted

    def add(self, rows: Iterable[Values]) -> None:
        """Append rows, which are on the disk when this returns; those that are there are not."""
        assert self._file is not None
        for row in rows:
            if row["id"] not in self.done:
                self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
                self.done.add(row["id"])
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def replies_to(
    output: Path, requests: Sequence[TaskRequest], metadata: Values
) -> Iterator[Replies]:
    """The replies to requests: a run that was interrupted goes on in ``NAME.part``, under a lock.

    The file takes its name when all are there, in the order of the requests. A line that a kill cut off
    is removed.

    Raises:
        UsageError: it was begun with other settings, or is whole and lacks some ids.
        FormatError: it is no file of replies.
        OutputError: it cannot be written, or another run writes it.
    """
    prompts = {one.id: one.prompt for one in requests}
    if output.exists():
        replies = Replies(set(_written(output, prompts, metadata)), len(prompts))
        if not replies.whole:
            problem = f"only {len(replies.done):,} of {len(prompts):,} texts are in it"
            cure = "choose another place with -o, or remove it"
            raise UsageError(problem, where=str(output), cure=cure)
        yield replies
        return
    part = output.with_name(f"{output.name}.part")
    with output_errors(part):
        part.touch()
    with only_run(part):
        done = set(_written(part, prompts, metadata))
        try:
            with output_errors(part), part.open("a", encoding="utf-8", newline="\n") as file:
                replies = Replies(done, len(prompts), file)
                yield replies
        finally:
            if not done:
                part.unlink()
        if replies.whole:
            lines = _written(part, prompts, metadata)
            with replacing_file(output) as sorted_file:
                sorted_file.write_bytes(b"".join(lines[name] + b"\n" for name in prompts))
            with output_errors(part):
                part.unlink()
                flush(output.parent)


def _written(file: Path, prompts: Values, metadata: Values) -> dict[str, bytes]:
    """The whole lines of ``file`` by id; a last line that was cut off is removed from it."""
    with output_errors(file):
        content = file.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]  # a killed run may have cut the last line
        if len(whole) < len(content):
            with file.open("r+b") as torn:
                torn.truncate(len(whole))
    found: dict[str, bytes] = {}
    now = _flat(metadata)
    lines = whole.splitlines()
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            found[row["id"]] = line
            begun = _flat(row["metadata"])
            same = row["id"] not in prompts or row["prompt"] == prompts[row["id"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            problem = "no row that generate wrote"
            cure = "choose another place with -o, or remove the file"
            raise FormatError(problem, where=f"{file}:{number}", cure=cure) from None
        other = [key for key in now | begun if begun.get(key) != now.get(key)]
        if other or not same:
            problem = f"begun with another {' and '.join(other or ['prompt'])}"
            cure = "repeat those settings, choose another place with -o, or remove the file"
            raise UsageError(problem, where=str(file), cure=cure)
    if len(found) < len(lines) or not found.keys() <= prompts.keys():
        raise FormatError("ids twice or unknown", where=str(file), cure="remove the file")
    return found


def _flat(metadata: Values) -> dict[str, Any]:
    """What a run depends on, its settings by their own names."""
    settings = metadata.get("settings")
    rest = {name: value for name, value in metadata.items() if name != "settings"}
    return {**rest, **settings} if isinstance(settings, dict) else rest


def chosen(choices: Sequence[str], likelihoods: Sequence[float]) -> dict[str, Any]:
    """What is kept of a choice by likelihood: the likeliest, and all log-likelihoods."""
    best = max(range(len(choices)), key=lambda at: likelihoods[at])
    return {"text": choices[best], "log_likelihoods": list(likelihoods)}


def cut_at(text: str, stop: Sequence[str]) -> str:
    """``text`` up to the first of ``stop``."""
    return text[: min((at for one in stop if (at := text.find(one)) >= 0), default=len(text))]


def reply_in(body: Any) -> tuple[str, str] | None:
    """The text and the reason of its end in an OpenAI-compatible answer; None where there is none.

    Content that is null is a reply without text.
    """
    try:
        first = body["choices"][0]
        message = first["message"] if "message" in first else {"content": first["text"]}
        text = "" if message["content"] is None else last_text([message])
        return text, str(first.get("finish_reason") or "")
    except (KeyError, IndexError, TypeError, AttributeError):
        return None


def reply_row(values: Values) -> Values:
    """A row with "id" and "prediction", of one as it came back from anywhere.

    Known are rows of ``generate`` ("text"), a batch of OpenAI's ("custom_id", "response"), and
    "prediction" itself; what is neither stays without a prediction.
    """
    if "custom_id" in values:
        response = values.get("response")
        found = reply_in(response.get("body") if isinstance(response, dict) else None)
        reply = {} if found is None else {"prediction": found[0]}
        return {"id": values["custom_id"], **reply}
    if "prediction" not in values and "text" in values:
        return {**values, "prediction": values["text"]}
    return values


def rejoined(
    rows: Iterable[Row], asked: Mapping[str, Values] | None, missing: list[str]
) -> Iterator[tuple[str, Row]]:
    """Rows as they came back, by id: each with what was asked of it, and its reply as "text".

    A row without a reply, whose id was not asked or has come before, is a bad one.

    Args:
        asked: the rows of requests by id; None takes any id.
        missing: receives the ids without a reply, at the end.
    """
    seen: set[str] = set()
    for row in rows:
        reply = reply_row(row.values)
        name = str(row.number if reply.get("id") is None else reply["id"])
        problem = row.problem
        if not problem and asked is not None and name not in asked:
            problem = f"no question with the id {name!r}"
        elif not problem and not isinstance(reply.get("prediction"), str):
            problem = "no text in 'prediction'"
        elif name in seen:
            problem = problem or f"the id {name!r} comes twice"
        if problem:
            yield name, Row(row.number, problem=problem, source=row.source)
            continue
        seen.add(name)
        values = {**reply, **(asked or {}).get(name, {}), "text": reply["prediction"]}
        yield name, Row(row.number, values, source=row.source)
    missing += [name for name in asked or () if name not in seen]
