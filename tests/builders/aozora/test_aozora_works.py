"""Works from disk: found, read, and failing with their place."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

import jtextkit.builders.aozora as package
from jtextkit.builders.aozora import locate, read_path
from jtextkit.core.errors import ArchiveError, EncodingError

SOURCE = "題\r\n作者\r\n\r\n　山《やま》へ行く。\r\n\r\n底本：「本」\r\n"
DATA = SOURCE.encode("shift_jis")
PATH = "cards/000010/files/1_ruby_2.zip"


def put_zip(root: Path, data: bytes) -> Path:
    path = root / PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("name.txt", data)
    return path


def test_a_work_from_the_site_and_from_the_mirror(tmp_path: Path) -> None:
    site, mirror = tmp_path / "site", tmp_path / "mirror"
    put_zip(site, DATA)
    text = mirror / PATH.removesuffix(".zip") / "1_ruby_2.txt"
    text.parent.mkdir(parents=True)
    text.write_bytes(DATA)
    files = [locate(root, PATH) for root in (site, mirror)]
    assert files == [site / PATH, text]
    found = read_path(site / PATH)
    assert found == read_path(text)
    assert found.plain.lines == ("　山へ行く。",)
    assert found.member_sha256 == hashlib.sha256(DATA).hexdigest()
    assert found.member_bytes == len(DATA)
    assert locate(tmp_path, PATH) is None


def test_a_path(tmp_path: Path) -> None:
    path = tmp_path / "anything.txt"
    path.write_bytes(DATA)
    assert read_path(path) == read_path(put_zip(tmp_path, DATA))


def test_errors_name_the_work_and_the_member(tmp_path: Path) -> None:
    path = put_zip(tmp_path, b"ab\x82")
    with pytest.raises(EncodingError, match=rf"^{PATH}: name\.txt: byte 2 \(82\)"):
        read_path(path, where=PATH)
    with pytest.raises(EncodingError, match=r"1_ruby_2\.zip: name\.txt: byte 2 \(82\)"):
        read_path(path)
    path.write_bytes(b"x")
    with pytest.raises(ArchiveError, match=f"^{PATH}: the zip is broken"):
        read_path(path, where=PATH)


def test_the_exported_names() -> None:
    for name in package.__all__:
        assert getattr(package, name).__doc__, name
    assert len(set(package.__all__)) == len(package.__all__)


def test_a_real_work(shared: Path) -> None:
    path = shared / "sources/aozora/cards/000005/files/5_ruby_21311.zip"
    found = read_path(path)
    assert len(found.plain.text) == 9_142
    assert found.plain.kinds == "b" + "p" * 75
    assert found.plain.notation == {"gaiji_code": 2, "note_layout": 2, "ruby": 137}
    assert not found.plain.unresolved
