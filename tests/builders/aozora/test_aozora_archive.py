"""Zips: one text each, and nothing that could do harm."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.builders.aozora import archive, locate, read_member
from jtextkit.core.errors import ArchiveError, InputError

TEXT = "題\r\n\r\n本文\r\n".encode("shift_jis")


def zipped(
    *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members:
            file.writestr(name, data, compress_type=method)
    return buffer.getvalue()


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_the_one_text(method: int) -> None:
    member = read_member(zipped(("sakuhin.txt", TEXT), method=method), where="x")
    assert member.name == "sakuhin.txt"
    assert member.data == TEXT
    assert member.sha256 == hashlib.sha256(TEXT).hexdigest()


def test_images_may_stand_beside_it() -> None:
    data = zipped(("fig1.png", b"\x89PNG"), ("A.TXT", TEXT), ("fig2.JPG", b"\xff\xd8"))
    assert read_member(data, where="x").name == "A.TXT"


def test_a_path_to_a_zip_and_to_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("a.txt", TEXT)))
    (tmp_path / "b.txt").write_bytes(TEXT)
    from_zip = read_member(tmp_path / "a.zip", where="a")
    from_text = read_member(tmp_path / "b.txt", where="b")
    assert from_zip.data == from_text.data
    assert from_zip.sha256 == from_text.sha256
    assert from_text.name == "b.txt"


def damaged(data: bytes, place: int, value: bytes) -> bytes:
    return data[:place] + value + data[place + len(value) :]


def lying(declared: int) -> bytes:
    """A zip whose two directories claim another size than the text has."""
    data = zipped(("a.txt", TEXT * 50))
    central = data.index(b"PK\x01\x02")
    size = struct.pack("<I", declared)
    return damaged(damaged(data, 22, size), central + 24, size)


def encrypted() -> bytes:
    data = zipped(("a.txt", TEXT))
    central = data.index(b"PK\x01\x02")
    return damaged(damaged(data, 6, b"\x01\x00"), central + 8, b"\x01\x00")


def unknown_method() -> bytes:
    data = zipped(("a.txt", TEXT))
    central = data.index(b"PK\x01\x02")
    return damaged(damaged(data, 8, b"\x63\x00"), central + 10, b"\x63\x00")


BAD: dict[str, tuple[bytes, str]] = {
    "no zip": (b"<html>not found</html>", "is broken"),
    "empty file": (b"", "is broken"),
    "cut short": (zipped(("a.txt", TEXT * 99))[:-30], "is broken"),
    "broken data": (damaged(zipped(("a.txt", TEXT * 99)), 40, b"\xff" * 20), "is broken"),
    "empty zip": (zipped(), "holds 0 (none)"),
    "only an image": (zipped(("a.png", b"x")), "holds 0"),
    "two texts": (zipped(("a.txt", TEXT), ("b.txt", TEXT)), "holds 2 ('a.txt', 'b.txt')"),
    "a web page": (zipped(("a.txt", TEXT), ("a.html", b"x")), "is neither .txt nor an image"),
    "a zip in the zip": (zipped(("a.zip", zipped(("a.txt", TEXT)))), "is neither .txt"),
    "a folder": (zipped(("d/", b""), ("a.txt", TEXT)), "is or lies in a folder"),
    "in a folder": (zipped(("d/a.txt", TEXT)), "is or lies in a folder"),
    "climbing": (zipped(("../a.txt", TEXT)), "points outside"),
    "climbing inside": (zipped(("d/../../a.txt", TEXT)), "points outside"),
    "climbing, backslash": (zipped(("..\\a.txt", TEXT)), "points outside"),
    "absolute": (zipped(("/etc/a.txt", TEXT)), "points outside"),
    "absolute, drive": (zipped(("C:\\a.txt", TEXT)), "points outside"),
    "a link": (zipped((entry("a.txt", stat.S_IFLNK | 0o777), b"/etc/passwd")), "symbolic link"),
    "encrypted": (encrypted(), "member 'a.txt' is encrypted;"),
    "unknown method": (unknown_method(), "is broken"),
    "claims less": (lying(10), "is broken"),
    "claims more": (lying(10_000_000), "claims 10,000,000"),
    "bomb": (zipped(("a.txt", bytes(100_000_000))), "unpacks to more than 33,554,432 bytes"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_zips(name: str, tmp_path: Path) -> None:
    data, problem = BAD[name]
    path = tmp_path / "work.zip"
    path.write_bytes(data)
    for source in (data, path):
        with pytest.raises(ArchiveError) as caught:
            read_member(source, where="cards/work.zip")
        message = str(caught.value)
        assert problem in message
        assert message.startswith("cards/work.zip: ")
        assert message.endswith("fetch it again from its source")
        assert "\n" not in message


def test_the_limit_is_on_what_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", len(TEXT))
    assert read_member(zipped(("a.txt", TEXT)), where="x").data == TEXT
    monkeypatch.setattr(archive, "MAX_BYTES", len(TEXT) - 1)
    with pytest.raises(ArchiveError):
        read_member(zipped(("a.txt", TEXT)), where="x")


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    monkeypatch.setattr(archive, "MAX_BYTES", 5)
    with pytest.raises(ArchiveError, match="more than the 5 bytes accepted"):
        read_member(tmp_path / "a.txt", where="x")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "d.txt").mkdir()
    for name in ("no.zip", "no.txt", "d.txt"):
        with pytest.raises(InputError, match="cannot be read") as caught:
            read_member(tmp_path / name, where=name)
        assert not isinstance(caught.value, ArchiveError)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_is_an_archive_error_or_harmless(data: st.DataObject) -> None:
    good = zipped(("a.txt", TEXT * 20), ("b.png", b"x" * 40))
    place = data.draw(st.integers(0, len(good) - 1))
    value = data.draw(st.binary(min_size=1, max_size=8))
    try:
        member = read_member(damaged(good, place, value), where="x")
    except ArchiveError:
        return
    assert member.data == TEXT * 20


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    with pytest.raises(ArchiveError):
        read_member(data, where="x")


# --- where a work lies ---------------------------------------------------------------------------


def test_the_site_comes_before_the_mirror(tmp_path: Path) -> None:
    path = "cards/000001/files/1_ruby_2.zip"
    assert locate(tmp_path, path) is None
    text = tmp_path / "cards/000001/files/1_ruby_2/1_ruby_2.txt"
    text.parent.mkdir(parents=True)
    text.write_bytes(TEXT)
    assert locate(tmp_path, path) == text
    (tmp_path / path).write_bytes(zipped(("a.txt", TEXT)))
    assert locate(tmp_path, path) == tmp_path / path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "../cards/000001/files/1.zip",
        "cards/000001/files/../1.zip",
        "/cards/000001/files/1.zip",
        "cards/1/files/1.zip",
        "cards/000001/files/1.txt",
        "cards/000001/files/a/b.zip",
        "cards/000001/files/1.zip\n",
        "cards/００００01/files/1.zip",
    ],
)
def test_paths_that_are_not_the_sites(tmp_path: Path, path: str) -> None:
    assert locate(tmp_path, path) is None
