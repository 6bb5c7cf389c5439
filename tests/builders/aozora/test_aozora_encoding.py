"""Bytes to text: strict, wider only where it must be, and never guessing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.builders.aozora import decode
from jtextkit.core.errors import EncodingError


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("山\r\n川\r\n".encode("shift_jis"), "山\n川\n"),
        ("山\r川\r".encode("shift_jis"), "山\n川\n"),
        ("山\n川".encode("shift_jis"), "山\n川"),
        ("山\r\r\n川\n\r谷".encode("shift_jis"), "山\n\n川\n\n谷"),
        ("〜‖−".encode("shift_jis"), "〜‖−"),
        ("ｱｲｳ\\~".encode("shift_jis"), "ｱｲｳ\\~"),
        (b"", ""),
    ],
)
def test_line_ends_and_strict_characters(data: bytes, text: str) -> None:
    assert decode(data, where="x") == text


def test_a_pair_that_only_cp932_knows_does_not_change_the_others() -> None:
    # cp932 reads the wave dash as another character; only the failing pair may be read so.
    data = "〜".encode("shift_jis") + "Ⅰ髙".encode("cp932") + "〜\r\n".encode("shift_jis")
    assert decode(data, where="x") == "〜Ⅰ髙〜\n"


def test_a_pair_that_only_shift_jis_2004_knows() -> None:
    data = "山".encode("shift_jis") + "𠀋".encode("shift_jis_2004")
    assert decode(data, where="x") == "山𠀋"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"ab\r\ncd\x80ef", "f.txt: byte 6 (80 65) is not Shift_JIS"),
        (b"\x82", "f.txt: byte 0 (82) is not Shift_JIS"),
        (b"\r\n\r\n\x82\x0a", "f.txt: byte 4 (82 0A) is not Shift_JIS"),
        (b"ab\0", "f.txt: byte 2 is NUL"),
        ("日本語の文".encode(), "f.txt: this is UTF-8"),
        ("題名\r\n作者\r\n".encode("utf-8-sig"), "f.txt: this is UTF-8"),
        (b"ab\xa0cd\x82", "f.txt: byte 2 (A0 63) is not Shift_JIS"),
        ("日本".encode("utf-16"), "f.txt: byte 0 (FF FE) is not Shift_JIS"),
        ("日".encode("euc_jp") + b"\xfd\xfd", "f.txt: byte "),
    ],
)
def test_other_bytes_are_refused_with_their_place(data: bytes, message: str) -> None:
    with pytest.raises(EncodingError) as caught:
        decode(data, where="f.txt")
    assert str(caught.value).startswith(message)
    assert "; " in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    try:
        text = decode(data, where="x")
    except EncodingError:
        return
    assert "\r" not in text
    assert "\0" not in text


@given(st.text(alphabet="山川かなカナＡa、。\n", max_size=200))
def test_what_shift_jis_writes_is_read_back(text: str) -> None:
    for end in ("\n", "\r\n", "\r"):
        assert decode(text.replace("\n", end).encode("shift_jis"), where="x") == text
