"""Strict text input: what is read, what is refused, and what the refusal advises."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.core.errors import (
    EncodingError,
    InputError,
    JtextkitError,
    TextError,
    UsageError,
)
from jtextkit.core.text import check_text, decode, read_bytes, read_text

SENTENCES = (
    "きょうは、とてもよい天気ですね。",
    "経済政策の効果を検証する研究は、急速に進展した。",
    "カタカナとひらがなと漢字をまぜて書く。",
    "図書館では、静かに本を読みましょう。\n二階には、外国の新聞もあります。\n",
    "あ",
)
ENCODINGS = ("shift_jis", "euc_jp", "utf-16")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_become_lf(ends: str) -> None:
    assert decode(f"一{ends}二{ends}{ends}三".encode()) == "一\n二\n\n三"


def test_one_byte_order_mark_goes_and_nothing_else() -> None:
    assert decode(b"\xef\xbb\xbf" + "　あ\u200b ".encode()) == "　あ\u200b "
    assert decode("\ufeff\ufeffあ".encode()) == "\ufeffあ"
    assert decode("あ\ufeffい".encode()) == "あ\ufeffい"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_the_mark_of_every_unicode_encoding_goes(encoding: str) -> None:
    mark = "" if encoding in ("utf-16", "utf-32", "utf-8-sig") else "\ufeff"
    assert decode((mark + "あ\r\nい").encode(encoding), encoding) == "あ\nい"


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_usual_encoding_is_refused_by_name_and_reads_when_named(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    with pytest.raises(EncodingError) as caught:
        decode(data, where="a.txt")
    advice = str(caught.value)
    assert advice.startswith("a.txt: not utf-8: byte 0x")
    # A text may be valid in two of them; then the one that was meant is still what is advised.
    assert advice.endswith(f"try --encoding {encoding}"), advice
    assert decode(data, encoding) == text


def test_a_character_of_windows_is_answered_with_cp932() -> None:
    data = "①番線の髙橋さん".encode("cp932")
    with pytest.raises(EncodingError, match=r"not shift_jis: .*try --encoding cp932"):
        decode(data, "shift_jis")


def test_garbage_is_refused_with_its_offset() -> None:
    with pytest.raises(EncodingError) as caught:
        decode("正しい".encode() + b"\xff\x00\xfe\x81", where="x")
    assert "byte 0xFF at offset 9" in str(caught.value)
    assert "--encoding" in str(caught.value)


def test_utf8_read_as_another_encoding_is_refused() -> None:
    with pytest.raises(EncodingError, match="not ascii: byte 0xE3 at offset 0"):
        decode("あ".encode(), "ascii")


@pytest.mark.parametrize("name", ["no-such", "rot13", "base64", "zlib", "hex", "", "utf-8\0", "あ"])
def test_what_names_no_text_encoding_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        decode(b"abc", name, where="a.txt")
    assert caught.value.exit_code == 2
    assert "utf-8" in caught.value.cure


@pytest.mark.parametrize(("text", "problem"), [("", "empty"), (" \n\t　\r\n", "blank")])
def test_text_without_a_word_is_refused(text: str, problem: str) -> None:
    with pytest.raises(TextError, match=f"^a.txt: the text is {problem}; "):
        check_text(text, where="a.txt")


def test_nul_is_refused_with_its_line() -> None:
    with pytest.raises(TextError, match=r"^a\.txt: NUL character in line 3; "):
        check_text("一。\n二。\n三\0。", where="a.txt")


@pytest.mark.parametrize("code", [0xD800, 0xDC80, 0xDFFF])
def test_a_lone_surrogate_is_refused_with_its_line(code: int) -> None:
    with pytest.raises(TextError, match=f"lone surrogate U\\+{code:04X} in line 2"):
        check_text(f"一。\n二{chr(code)}。")


def test_odd_but_sound_text_passes() -> None:
    for text in ("。", "a", "\ufeff", "\u200b", "😀", "か\u3099", "𠮟る", "\x07"):
        check_text(text)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "全角　空白 と\n改行.txt"
    file.write_bytes(b"\xef\xbb\xbf" + "一行目。\r\n二行目。".encode())
    assert read_text(file) == "一行目。\n二行目。"
    assert read_bytes(str(file)).startswith(b"\xef\xbb\xbf")


def test_missing_file_folder_and_file_used_as_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("あ")
    for path, problem in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "this is a folder"),
        (file / "below", "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read"),
        ("a\0b", "cannot be read"),
    ):
        with pytest.raises(InputError, match=problem) as caught:
            read_text(path)
        assert caught.value.where == str(path)
        assert caught.value.cure


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="Linux only")
def test_a_file_that_fails_while_it_is_read() -> None:
    with pytest.raises(InputError, match=r"^/proc/self/mem: cannot be read \(.+\); "):
        read_text("/proc/self/mem")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all: run as another user"
)
def test_an_unreadable_file(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("あ")
    file.chmod(0)
    with pytest.raises(InputError, match=r"cannot be read \(Permission denied\)"):
        read_text(file)


def test_errors_of_content_name_the_file(tmp_path: Path) -> None:
    for name, data, kind in (
        ("empty", b"", TextError),
        ("blank", b" \r\n", TextError),
        ("nul", b"a\0b", TextError),
        ("sjis", "漢字".encode("shift_jis"), EncodingError),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(kind) as caught:
            read_text(tmp_path / name)
        assert caught.value.where == str(tmp_path / name)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def feed(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    feed("あ。\r\n".encode("euc_jp"))
    assert read_text("-", "euc_jp") == "あ。\n"
    feed(b"")
    with pytest.raises(TextError, match=r"^standard input: the text is empty"):
        read_text("-")
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match=r"^standard input: "):
        read_text("-")


SOME_ENCODINGS = st.sampled_from(
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-32",
        "utf-7",
        "ascii",
        "latin-1",
        "shift_jis",
        "cp932",
        "shift_jisx0213",
        "euc_jp",
        "euc_jis_2004",
        "iso2022_jp",
        "iso2022_jp_3",
        "punycode",
        "idna",
        "hz",
        "big5",
        "no-such",
        "rot13",
    ]
)


@settings(deadline=None, max_examples=400)
@given(st.binary(max_size=60), SOME_ENCODINGS)
def test_any_bytes_give_text_or_one_of_our_errors(data: bytes, encoding: str) -> None:
    outcome: str | JtextkitError
    try:
        outcome = decode(data, encoding, where="f")
    except JtextkitError as error:
        outcome = error
    if isinstance(outcome, str):
        assert "\r" not in outcome
    else:
        assert isinstance(outcome, EncodingError | UsageError)
        assert str(outcome).startswith("f: ")
        assert len(str(outcome).splitlines()) == 1


JAPANESE = st.text(
    st.sampled_from("あいうえおかんアイウエオーヴ漢字仮名交文学山川本日。、「」！？ 　\n0aZ々〆〇"),
    max_size=60,
)


@settings(deadline=None)
@given(JAPANESE, st.sampled_from(["utf-8", "shift_jis", "cp932", "euc_jp", "utf-16", "iso2022_jp"]))
def test_what_was_encoded_is_read_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), encoding) == text
    assert decode(text.replace("\n", "\r\n").encode(encoding), encoding) == text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_unicode_survives_utf8_but_for_mark_and_line_ends(text: str) -> None:
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert decode(text.encode()) == normal


@settings(deadline=None)
@given(st.text(st.characters() | st.sampled_from("\0\ud800\n ")))
def test_text_that_passes_has_a_character_no_nul_and_a_utf8_form(text: str) -> None:
    sound = bool(text.strip()) and "\0" not in text
    sound = sound and not any("\ud800" <= character <= "\udfff" for character in text)
    try:
        check_text(text)
    except TextError:
        assert not sound
    else:
        assert sound
