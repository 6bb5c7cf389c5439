"""Works from disk: found, read, and failing with their place."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import jtextkit.builders.aozora as package
from jtextkit.builders.aozora import Work, read_path, read_work
from jtextkit.core.errors import ArchiveError, EncodingError, InputError

SOURCE = "題\r\n作者\r\n\r\n　山《やま》へ行く。\r\n\r\n底本：「本」\r\n"
DATA = SOURCE.encode("shift_jis")
PATH = "cards/000010/files/1_ruby_2.zip"
WORK = Work(
    work_id="000001",
    title="題",
    subtitle="",
    authors=(),
    translators=(),
    others=(),
    ndc="",
    orthography="新字新仮名",
    public_domain=True,
    first_published="",
    edition="",
    publisher="",
    input_by="",
    proofread_by="",
    card_url="",
    text_url="",
    path=PATH,
)


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
    found = read_work(site, WORK)
    assert found == read_work(mirror, WORK)
    assert found.plain.lines == ("　山へ行く。",)
    assert found.member_sha256 == hashlib.sha256(DATA).hexdigest()
    assert found.characters_source == len(SOURCE.replace("\r\n", "\n"))


def test_a_path(tmp_path: Path) -> None:
    path = tmp_path / "anything.txt"
    path.write_bytes(DATA)
    assert read_path(path) == read_path(put_zip(tmp_path, DATA))


def test_a_work_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=rf"^{PATH}: no such file under .*; fetch it"):
        read_work(tmp_path, WORK)


def test_a_work_without_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^work 000001: the work has no text"):
        read_work(tmp_path, replace(WORK, path=None))


def test_errors_name_the_work_and_the_member(tmp_path: Path) -> None:
    path = put_zip(tmp_path, b"ab\x82")
    with pytest.raises(EncodingError, match=rf"^{PATH}: name\.txt: byte 2 \(82\)"):
        read_work(tmp_path, WORK)
    with pytest.raises(EncodingError, match=r"1_ruby_2\.zip: name\.txt: byte 2 \(82\)"):
        read_path(path)
    path.write_bytes(b"x")
    with pytest.raises(ArchiveError, match=f"^{PATH}: the zip is broken"):
        read_work(tmp_path, WORK)


def test_the_exported_names() -> None:
    for name in package.__all__:
        assert getattr(package, name).__doc__, name
    assert len(set(package.__all__)) == len(package.__all__)


def test_a_real_work(shared: Path) -> None:
    path = shared / "sources/aozora/cards/000005/files/5_ruby_21311.zip"
    found = read_path(path)
    assert found.characters_source == 10_392
    assert len(found.plain.text) == 9_142
    assert found.plain.kinds == "b" + "p" * 75
    assert found.plain.notation == {"gaiji_code": 2, "note_layout": 2, "ruby": 137}
    assert not found.plain.unresolved
