"""Unfinished files: taken up only if their bytes are what was recorded; otherwise begun anew."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from jtextkit.core.errors import OutputError
from jtextkit.core.partial import PREFIX, STATE, Partial, Validator

DATA = random.Random(5).randbytes(600_000)
VALIDATOR = Validator('"v1"', "Sun, 09 Sep 2001 01:46:40 GMT")


def begin(folder: Path, data: bytes = DATA, validator: Validator | None = VALIDATOR) -> None:
    """An unfinished download, as a run leaves it that ends in an ordinary way."""
    with Partial(folder) as part:
        part.restart(validator, 1_000_000)
        for start in range(0, len(data), 65536):
            part.write(data[start : start + 65536])


def unfinished(folder: Path) -> Path:
    (path,) = folder.glob(f"{PREFIX}*")
    return path


def test_what_was_written_is_taken_up(tmp_path: Path) -> None:
    begin(tmp_path)
    with Partial(tmp_path) as part:
        assert (part.size, part.total, part.validator) == (600_000, 1_000_000, VALIDATOR)
        assert part.resumed
        part.write(b"the rest")
        assert part.sha256() == hashlib.sha256(DATA + b"the rest").hexdigest()
        part.publish(tmp_path / "whole")
    assert (tmp_path / "whole").read_bytes() == DATA + b"the rest"
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]


def test_without_a_validator_nothing_is_kept(tmp_path: Path) -> None:
    begin(tmp_path, validator=None)
    assert list(tmp_path.iterdir()) == []


def test_nothing_written_is_nothing_to_take_up(tmp_path: Path) -> None:
    begin(tmp_path, b"")
    with Partial(tmp_path) as part:
        assert (part.size, part.validator) == (0, None)
    assert list(tmp_path.iterdir()) == []


def test_bytes_after_the_last_that_are_sure_are_dropped(tmp_path: Path) -> None:
    begin(tmp_path)
    with unfinished(tmp_path).open("ab") as file:
        file.write(b"\0" * 5000)  # as a power cut may leave it
    with Partial(tmp_path) as part:
        assert part.size == 600_000
        part.publish(tmp_path / "whole")
    assert (tmp_path / "whole").read_bytes() == DATA


def set_state(folder: Path, **fields: object) -> None:
    state = json.loads((folder / STATE).read_bytes())
    (folder / STATE).write_text(json.dumps({**state, **fields}))


def flip(folder: Path) -> None:
    data = bytearray(unfinished(folder).read_bytes())
    data[77] ^= 1
    unfinished(folder).write_bytes(data)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a bit": flip,
    "zeros": lambda folder: unfinished(folder).write_bytes(bytes(600_000)),
    "cut": lambda folder: os.truncate(unfinished(folder), 599_999),
    "gone": lambda folder: unfinished(folder).unlink(),
    "no record": lambda folder: (folder / STATE).unlink(),
    "record cut": lambda folder: os.truncate(folder / STATE, 30),
    "record empty": lambda folder: (folder / STATE).write_bytes(b""),
    "record a list": lambda folder: (folder / STATE).write_text("[1]"),
    "record too deep": lambda folder: (folder / STATE).write_text("[" * 100_000),
    "record without hash": lambda folder: (folder / STATE).write_text('{"file": ".part-1"}'),
    "of another size": lambda folder: set_state(folder, bytes=599_999),
    "of no size": lambda folder: set_state(folder, bytes=0),
    "of less than no size": lambda folder: set_state(folder, bytes=-1),
    "of endless size": lambda folder: set_state(folder, bytes=float("inf")),
    "of a size that is none": lambda folder: set_state(folder, bytes="many"),
    "a total that is none": lambda folder: set_state(folder, total=[]),
    "a header that breaks": lambda folder: set_state(folder, etag='"a"\r\nX: y'),
    "a header that is none": lambda folder: set_state(folder, last_modified=5),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_what_is_damaged_is_begun_anew(name: str, tmp_path: Path) -> None:
    begin(tmp_path)
    DAMAGE[name](tmp_path)
    with Partial(tmp_path) as part:
        assert (part.size, part.resumed, part.validator, part.total) == (0, False, None, None)
        assert part.sha256() == hashlib.sha256().hexdigest()
        assert list(tmp_path.iterdir()) == []
        part.restart(VALIDATOR, 4)
        part.write(b"good")
        part.publish(tmp_path / "whole")
    assert (tmp_path / "whole").read_bytes() == b"good"
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "whole", "", ".part-/../secret", "\0"]
)
def test_a_record_cannot_lead_out_of_the_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(DATA)
    folder = tmp_path / "folder"
    folder.mkdir()
    begin(folder)
    set_state(folder, file=name)
    with Partial(folder) as part:
        assert part.size == 0
    assert (tmp_path / "secret").read_bytes() == DATA


def test_every_unfinished_file_has_a_name_of_its_own(tmp_path: Path) -> None:
    names = set()
    for _ in range(20):
        with Partial(tmp_path) as part:
            part.restart(VALIDATOR, 5)
            part.write(b"x")
            names.add(unfinished(tmp_path).name)
    assert len(names) == 20


def test_what_killed_runs_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (".part-0", ".part-zz", ".part.json.new"):
        (tmp_path / name).write_bytes(b"x")
    for name in (".entry.json", ".lock", "0123-part"):
        (tmp_path / name).write_bytes(b"y")
    begin(tmp_path)
    left = {path.name for path in tmp_path.iterdir()} - {unfinished(tmp_path).name}
    assert left == {".entry.json", ".lock", "0123-part", STATE}


def test_it_is_on_record_while_it_comes_and_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (flushed.append(1), real(number)))
    with Partial(tmp_path) as part:
        part.restart(VALIDATOR, None)
        part.write(bytes(200_000))
        assert not (tmp_path / STATE).exists()
        part.write(bytes(100_000))
        assert json.loads((tmp_path / STATE).read_bytes())["bytes"] == 300_000
        before = len(flushed)
        for _ in range(1000):
            part.write(bytes(65536))
        assert 10 < len(flushed) - before < 40  # of 65 MB


def test_an_error_of_the_disk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="No space left on device"):
        begin(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fails_at_the_very_end_only_costs_what_had_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_number: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    begin(tmp_path, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with Partial(tmp_path / "none") as part, pytest.raises(OutputError, match="--cache"):
        part.restart(VALIDATOR, None)
