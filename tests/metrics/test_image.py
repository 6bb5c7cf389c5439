"""Images are made once, kept for the user alone, and never believed unseen."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import fugashi
import pytest
from tiny_dictionary import IDS, Entry, compile_dictionary

from jtextkit.core.errors import OutputError
from jtextkit.metrics.morphology import analysis, image
from jtextkit.metrics.morphology.analysis import Analyser
from jtextkit.metrics.morphology.dictionary import Dictionary, find_dictionary
from jtextkit.metrics.morphology.image import NoCoreError, dictionary_digest, open_core

pytest.importorskip(
    "jtextkit.metrics.morphology._native",
    reason="the native core was not compiled: pip install -e .",
)

TEXT = "あいあう。い"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JTEXTKIT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "dictionaries"


@pytest.fixture
def dictionary(tmp_path: Path) -> Dictionary:
    entries = [
        Entry(surface, number % IDS, number % IDS, 0) for number, surface in enumerate("あいう。")
    ]
    return compile_dictionary(tmp_path, entries, [0] * IDS * IDS)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of the dictionaries of which images were made, in order."""
    folders = []
    make = image._made

    def noted(folder: Path, *rest: object) -> bytes:
        folders.append(folder)
        return make(folder, *rest)

    monkeypatch.setattr(image, "_made", noted)
    return folders


def test_an_image_is_made_once_and_belongs_to_the_user(
    dictionary: Dictionary, cache: Path, made: list[Path]
) -> None:
    first, second = (open_core(dictionary.folder) for _ in range(2))
    assert first.counts(TEXT) == second.counts(TEXT)
    assert made == [dictionary.folder]
    [kept] = cache.glob("*.image")
    if sys.platform != "win32":
        assert kept.stat().st_mode & 0o777 == 0o600
        assert cache.stat().st_mode & 0o777 == 0o700
    assert not list(cache.glob(".*"))


def test_a_list_of_words_has_an_image_of_its_own(
    dictionary: Dictionary, cache: Path, made: list[Path]
) -> None:
    bare, listed, again = (
        open_core(dictionary.folder, words) for words in ((), [("語", "名詞")], [("語", "名詞")])
    )
    content, uncommon = bare.counts(TEXT)[7:9]
    assert content == uncommon
    assert listed.counts(TEXT)[7:9] == again.counts(TEXT)[7:9] == (content, content - 2)
    assert len(made) == len(list(cache.glob("*.image"))) == 2


def test_images_that_nobody_opens_go_when_another_is_made(
    dictionary: Dictionary, cache: Path, made: list[Path]
) -> None:
    open_core(dictionary.folder)
    [kept] = cache.glob("*.image")
    left = kept.with_name(".left.image.x")
    left.write_bytes(b"of a killed process")
    long_ago = time.time() - 40 * 86_400
    os.utime(kept, (long_ago, long_ago))
    open_core(dictionary.folder)  # from here on it is in use again
    os.utime(left, (long_ago, long_ago))
    open_core(dictionary.folder, [("語", "名詞")])
    assert kept.exists()
    assert not left.exists()
    os.utime(kept, (long_ago, long_ago))
    open_core(dictionary.folder, [("文", "名詞")])
    assert not kept.exists()
    assert len(made) == 3


def _cut(data: bytes) -> bytes:
    return data[:-1]


def _empty(data: bytes) -> bytes:
    return b""


def _flipped(data: bytes) -> bytes:
    return data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]


def _strange(data: bytes) -> bytes:
    return b"#!/bin/sh\n"


@pytest.mark.parametrize("damage", [_cut, _empty, _flipped, _strange])
def test_a_damaged_image_is_thrown_away_and_made_anew(
    damage: Callable[[bytes], bytes], dictionary: Dictionary, cache: Path, made: list[Path]
) -> None:
    good = open_core(dictionary.folder).counts(TEXT)
    [kept] = cache.glob("*.image")
    content = kept.read_bytes()
    kept.write_bytes(damage(content))
    assert open_core(dictionary.folder).counts(TEXT) == good
    assert len(made) == 2
    assert kept.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="asks for permissions as POSIX has them")
def test_an_image_that_others_may_write_is_not_believed(
    dictionary: Dictionary, cache: Path, made: list[Path]
) -> None:
    open_core(dictionary.folder)
    [kept] = cache.glob("*.image")
    kept.chmod(0o666)
    open_core(dictionary.folder)
    assert len(made) == 2
    assert kept.stat().st_mode & 0o777 == 0o600


def test_no_damaged_image_is_opened(dictionary: Dictionary) -> None:
    """Any bit, anywhere; ``fuzz_native.py`` looks at what lies behind this door."""
    good = image._made(dictionary.folder, frozenset(), bytes(32))
    chance = random.Random(3)
    image._core(good, bytes(32))
    for _ in range(300):
        data = bytearray(good)
        place = chance.randrange(chance.choice((200, 5000, len(data))))
        data[place] ^= 1 << chance.randrange(8)
        with pytest.raises(ValueError, match=r"^it is |^its header|^a place"):
            image._core(bytes(data), bytes(32))
    with pytest.raises(ValueError, match="another dictionary"):
        image._core(good, b"x" * 32)
    with pytest.raises(ValueError, match="32 bytes"):
        image._core(good, b"x")


def _no_home(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    def nowhere() -> Path:
        raise OutputError("there is no home folder for the cache")

    monkeypatch.setattr(image, "cache_folder", nowhere)


def _file_in_the_way(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    cache.parent.mkdir()
    cache.write_text("", encoding="utf-8")


def _full_disk(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    def write(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(image, "_write", write)


@pytest.mark.parametrize("trouble", [_no_home, _file_in_the_way, _full_disk])
def test_where_nothing_can_be_kept_the_image_lives_in_memory(
    trouble: Callable[[pytest.MonkeyPatch, Path], None],
    dictionary: Dictionary,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = open_core(dictionary.folder).counts(TEXT)
    monkeypatch.setenv("JTEXTKIT_CACHE", str(cache.parent.parent / "other"))
    trouble(monkeypatch, cache.parent.parent / "other" / "dictionaries")
    assert open_core(dictionary.folder).counts(TEXT) == expected
    assert not list((cache.parent.parent / "other").rglob("*.image"))


@pytest.mark.slow
def test_processes_that_start_together_make_one(tmp_path: Path, root: Path) -> None:
    program = (
        "from jtextkit.metrics.morphology.analysis import analyser, count\n"
        "assert analyser().core is not None, analyser().without_core\n"
        "print(count('学校へ行く。').kango)"
    )
    environment = {**os.environ, "JTEXTKIT_CACHE": str(tmp_path)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program], cwd=root, env=environment, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    assert [process.communicate()[0] for process in running] == [b"1\n"] * 3
    assert len(list(tmp_path.rglob("*.image"))) == 1


def test_it_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    by_core = Analyser(find_dictionary())
    monkeypatch.setenv("JTEXTKIT_NATIVE", "0")
    by_mecab = Analyser(find_dictionary())
    assert by_core.core is not None
    assert by_mecab.core is None
    assert by_mecab.without_core == "turned off by JTEXTKIT_NATIVE"
    text = "「学校へ行く。」と言った。"
    assert by_mecab.count_with_longest(text) == by_core.count_with_longest(text)
    assert list(by_mecab.words(text)) == list(by_core.words(text))


def test_without_the_extension_mecab_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jtextkit.metrics.morphology._native", None)
    analyser = Analyser(find_dictionary())
    assert analyser.without_core == "not compiled when jtextkit was installed"
    assert analyser.count("学校へ行く。").words == 4


def test_a_core_that_counts_otherwise_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    count = analysis._by_core

    def wrong(text: str, found: object) -> object:
        counts, longest = count(text, found)
        return counts, longest + ("？" in text)

    monkeypatch.setattr(analysis, "_by_core", wrong)
    analyser = Analyser(find_dictionary())
    assert analyser.core is None
    assert analyser.without_core == "it counts otherwise than MeCab"


@pytest.mark.parametrize(
    "settings",
    [
        "userdic = other.dic",
        "max-grouping-size = 10",
        "unk-feature = 名詞,未知,*",
        "what-is-this=1",
    ],
)
def test_settings_that_may_change_words_leave_them_to_mecab(
    settings: str, tmp_path: Path, cache: Path
) -> None:
    plain = compile_dictionary(tmp_path, [Entry("あ", 1, 1, 0)], [0] * IDS * IDS)
    open_core(plain.folder)
    with (plain.folder / "dicrc").open("a", encoding="utf-8") as file:
        file.write(f"{settings}\n")
    with pytest.raises(NoCoreError, match=r"^dicrc sets "):
        open_core(plain.folder)


def test_a_user_dictionary_keeps_its_words(tmp_path: Path) -> None:
    folder = tmp_path / "dic"
    folder.mkdir()
    source = find_dictionary().folder
    for file in source.iterdir():
        (folder / file.name).symlink_to(file)
    features = ["名詞", "普通名詞", "一般", *["*"] * 9, "漢", *["*"] * 12]
    lines = (source / "left-id.def").read_text(encoding="utf-8").splitlines()
    ending = ",".join(features[:8]) + ",漢"
    number = next(line.split()[0] for line in lines if line.endswith(ending))
    words = tmp_path / "words.csv"
    words.write_text(
        f"ポヨメロン国,{number},{number},-5000,{','.join(features)}\n", encoding="utf-8"
    )
    fugashi.build_dictionary(f"x -d {folder} -u {tmp_path}/user.dic -f utf-8 -t utf-8 {words}")
    rules = (folder / "dicrc").read_text(encoding="utf-8")
    (folder / "dicrc").unlink()
    (folder / "dicrc").write_text(f"{rules}\nuserdic = {tmp_path}/user.dic\n", encoding="utf-8")
    analyser = Analyser(find_dictionary(str(folder)))
    assert analyser.without_core == "dicrc sets userdic"
    assert analyser.count("私はポヨメロン国へ行った。").kango == 1


@pytest.mark.parametrize("surface", ["い ", "い\t"])
def test_a_surface_that_ends_with_white_space_is_left_to_mecab(
    surface: str, tmp_path: Path, cache: Path
) -> None:
    dictionary = compile_dictionary(
        tmp_path, [Entry(surface, 1, 1, 0), Entry("あ", 1, 1, 0)], [0] * IDS * IDS
    )
    with pytest.raises(NoCoreError, match="ends with white space"):
        open_core(dictionary.folder)


@pytest.mark.parametrize("file", image._PARTS)
@pytest.mark.parametrize("damage", [_cut, _strange, bytes, lambda data: data + b"\0"])
def test_files_that_mecab_did_not_write(
    file: str, damage: Callable[[bytes], bytes], dictionary: Dictionary, cache: Path
) -> None:
    path = dictionary.folder / file
    content = damage(path.read_bytes())
    path.write_bytes(content)
    if damage is bytes:  # whole
        open_core(dictionary.folder)
    else:
        with pytest.raises(NoCoreError, match=r"of another format|too short"):
            open_core(dictionary.folder)


def test_the_digest_of_a_dictionary_is_kept_beside_what_tells_its_age(
    dictionary: Dictionary, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    real = image.sha256_of

    def noted(path: Path) -> str:
        hashed.append(path.name)
        return real(path)

    monkeypatch.setattr(image, "sha256_of", noted)
    first = dictionary_digest(dictionary.folder)
    assert dictionary_digest(dictionary.folder) == first
    assert len(hashed) == 8  # files so young are hashed again: they may change within a tick

    monkeypatch.setattr(image, "_SETTLED", -1)
    hashed.clear()
    assert [dictionary_digest(dictionary.folder) for _ in range(3)] == [first] * 3
    assert len(hashed) == 4

    [record] = cache.glob("*.json")
    record.write_bytes(record.read_bytes().replace(first[:9].encode(), b"123456789"))
    assert dictionary_digest(dictionary.folder) == first  # a damaged record is no record

    hashed.clear()
    content = (dictionary.folder / "matrix.bin").read_bytes()
    (dictionary.folder / "matrix.bin").write_bytes(content[:-2] + b"\7\0")
    assert dictionary_digest(dictionary.folder) != first
    assert hashed
