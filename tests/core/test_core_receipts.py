"""Receipts: complete, repeatable, and refused where they are broken."""

from __future__ import annotations

import hashlib
import json
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.core.errors import IntegrityError
from jtextkit.core.receipts import (
    RECEIPT,
    canonical_json,
    digest,
    file_entries,
    read_receipt,
    sealed,
    unsealed,
    write_receipt,
)


def test_canonical_json_is_one_sorted_unescaped_line() -> None:
    value = {"ろ": [1, 2.5, None], "い": {"b": "改\n行", "a": True}}
    assert canonical_json(value) == '{"い":{"a":true,"b":"改\\n行"},"ろ":[1,2.5,null]}'


def test_digest_is_that_of_the_canonical_form() -> None:
    assert digest({"b": 1, "a": 2}) == hashlib.sha256(b'{"a":2,"b":1}').hexdigest()
    assert digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})
    assert digest([1, 2]) != digest([2, 1])
    assert digest("あ") == hashlib.sha256('"あ"'.encode()).hexdigest()


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(JSON_VALUES)
def test_canonical_json_loses_nothing_and_stays_one_line(value: object) -> None:
    line = canonical_json(value)
    assert "\n" not in line
    assert json.loads(line) == value
    assert canonical_json(json.loads(line)) == line


def filled(folder: Path) -> Path:
    (folder / "below").mkdir(parents=True)
    (folder / "b.txt").write_bytes("い".encode())
    (folder / "a.txt").write_bytes(b"")
    (folder / "below" / "c.txt").write_bytes(b"c")
    return folder


def test_every_file_but_the_receipt_is_entered(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / RECEIPT).write_text("{}")
    (tmp_path / "below" / RECEIPT).write_text("{}")  # of somebody else
    assert file_entries(tmp_path) == {
        "a.txt": {"bytes": 0, "sha256": hashlib.sha256(b"").hexdigest()},
        "b.txt": {"bytes": 3, "sha256": hashlib.sha256("い".encode()).hexdigest()},
        "below/c.txt": {"bytes": 1, "sha256": hashlib.sha256(b"c").hexdigest()},
        "below/receipt.json": {"bytes": 2, "sha256": hashlib.sha256(b"{}").hexdigest()},
    }


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    whole = write_receipt(filled(tmp_path), {"recipe": {"seed": 1}, "名": "前"})
    assert whole == {"recipe": {"seed": 1}, "名": "前", "files": file_entries(tmp_path)}
    assert read_receipt(tmp_path) == whole


def test_a_receipt_is_the_same_wherever_and_whenever_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = filled(tmp_path / "first"), filled(tmp_path / "second" / "deeper")
    write_receipt(first, {"z": 1, "a": 2})
    monkeypatch.setattr("time.time", lambda: 4e9)
    write_receipt(second, {"a": 2, "z": 1})
    data = (first / RECEIPT).read_bytes()
    assert data == (second / RECEIPT).read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"}\n")
    for secret in (str(tmp_path), tmp_path.name, socket.gethostname()):
        assert secret.encode() not in data


def test_no_receipt_is_none(tmp_path: Path) -> None:
    assert read_receipt(tmp_path) is None
    assert read_receipt(tmp_path / "none") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"files"',
        b'{"recipe": {}}',
        b'{"files": []}',
        b'{"files": null}',
        "{'名': 1}".encode("shift_jis"),
        b"[" * 100_000,
        b"\0" * 10,
    ],
    ids=range(11),
)
def test_a_broken_receipt_is_an_integrity_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / RECEIPT).write_bytes(content)
    with pytest.raises(IntegrityError, match="not a jtextkit receipt") as caught:
        read_receipt(tmp_path)
    assert caught.value.where == str(tmp_path / RECEIPT)
    assert caught.value.cure
    assert caught.value.exit_code == 4


def test_a_folder_in_place_of_a_receipt(tmp_path: Path) -> None:
    (tmp_path / RECEIPT).mkdir()
    with pytest.raises(IntegrityError):
        read_receipt(tmp_path)


def test_every_flipped_bit_of_sealed_state_is_noticed_or_changes_nothing() -> None:
    content = {"b": {"words": 1203, "share": 0.25, "none": None}, "a": ["改", True, ""]}
    data = sealed(content).encode()
    assert unsealed(data, dict) == content
    noticed = 0
    for bit in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            assert unsealed(bytes(flipped), dict) == content
        except ValueError:
            noticed += 1
    assert noticed > 7 * len(data)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON_VALUES, max_size=4))
def test_what_is_sealed_comes_back(content: dict[str, object]) -> None:
    assert unsealed(sealed(content).encode(), dict) == content


@pytest.mark.parametrize("data", [b"", b"[]", b"3", b"{}", b"[" * 99_999, b"\xff", b"null"])
def test_what_nobody_sealed_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        unsealed(data, dict)
