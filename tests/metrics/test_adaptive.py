"""After a while a copy of the dictionary is used, alone or shared, and nothing but speed changes."""

from __future__ import annotations

import errno
import math
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import fugashi
import pytest

from jtextkit.core.errors import WorkerError
from jtextkit.metrics.morphology import adaptive
from jtextkit.metrics.morphology.adaptive import AdaptiveReader, expecting, scoring_pool
from jtextkit.metrics.morphology.analysis import Analyser, analyser, count
from jtextkit.metrics.morphology.classes import left_id_classes
from jtextkit.metrics.morphology.compact import copy, lexicon
from jtextkit.metrics.morphology.dictionary import find_dictionary
from jtextkit.metrics.morphology.readers import IdReader

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows stays with ids")


def sentence(number: int) -> str:
    return f"第{number}の町で本を読み、友達と話した。"


@pytest.fixture(scope="module")
def by_id() -> IdReader:
    classes = left_id_classes(find_dictionary().folder)
    assert classes is not None
    return IdReader(find_dictionary(), *classes)


@pytest.fixture
def reader(by_id: IdReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AdaptiveReader:
    """One that changes over after 100 characters."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(adaptive, "PAYS", 100)
    return AdaptiveReader(find_dictionary(), by_id)


def test_on_its_own(reader: AdaptiveReader, by_id: IdReader, tmp_path: Path) -> None:
    ways = []
    for number in range(12):
        ways.append(reader.reads_letters)
        ours, theirs = reader.tally(sentence(number)), by_id.tally(sentence(number))
        assert (ours[0], ours[1]()) == (theirs[0], theirs[1]())
    assert ways == sorted(ways)
    assert not ways[0]
    assert ways[-1]
    assert not list(tmp_path.iterdir())  # mapped, and gone from the folder
    assert not reader._sample


def test_of_a_long_text_the_sample_keeps_the_start(by_id: IdReader) -> None:
    reader = AdaptiveReader(find_dictionary(), by_id)
    reader.tally("本を読む。\n" * 40_000)
    assert sum(map(len, reader._sample)) == 100_000


@pytest.mark.parametrize(
    ("characters", "after"),
    [(adaptive.MUCH, adaptive.PAYS_MANY), (adaptive.MUCH - 1, None), (0, None)],
)
def test_who_knows_how_much_is_to_come_decides_by_that(
    characters: int,
    after: int | None,
    by_id: IdReader,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    reader = AdaptiveReader(find_dictionary(), by_id)
    text = sentence(1) * 2500
    read = 0
    with expecting(characters):
        while not reader.reads_letters and read < adaptive.PAYS + len(text):
            reader.tally(text)
            read += len(text)
    if after is None:
        assert not reader.reads_letters
    else:
        assert after <= read < after + len(text)


def test_nothing_is_expected_any_more_afterwards() -> None:
    with expecting(10):
        with expecting(adaptive.MUCH):
            assert adaptive._pays() == adaptive.PAYS_MANY
        assert adaptive._pays() == math.inf
    assert adaptive._pays() == adaptive.PAYS


def _no_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))


def _full_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def write(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(copy, "write", write)


def _other_format(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lexicon, "_VERSION", 103)


def _no_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def read(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(copy, "read", read)


def _on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


def _other_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(copy, "_END_MARKS", "。、！．")


@pytest.mark.parametrize(
    "trouble", [_no_place, _full_disk, _no_memory, _other_format, _on_windows, _other_counts]
)
def test_without_a_copy_it_goes_on_by_ids(
    trouble: Callable[[pytest.MonkeyPatch, Path], None],
    by_id: IdReader,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(adaptive, "PAYS", 10)
    trouble(monkeypatch, tmp_path)
    reader = AdaptiveReader(find_dictionary(), by_id)
    for number in range(3):
        assert reader.tally(sentence(number))[0] == by_id.tally(sentence(number))[0]
    assert not reader.reads_letters
    assert not list(tmp_path.iterdir())


def test_processes_of_one_run_share_a_copy(
    by_id: IdReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adaptive, "_shared", tmp_path)
    monkeypatch.setattr(adaptive, "PAYS", 100)
    monkeypatch.setattr(adaptive, "_AGAIN", 50)
    first, second, third = (AdaptiveReader(find_dictionary(), by_id) for _ in range(3))
    monkeypatch.setattr(AdaptiveReader, "_made", lambda self, folder: None)
    read_until(third, 1)  # claims the making of one, and fails
    assert not third.reads_letters
    read_until(second, 1)
    assert not second.reads_letters
    assert second._undecided  # it waits for the one who claimed it
    monkeypatch.undo()

    monkeypatch.setattr(adaptive, "_shared", tmp_path)
    monkeypatch.setattr(adaptive, "PAYS", 100)
    monkeypatch.setattr(adaptive, "_AGAIN", 50)
    [claimed] = tmp_path.iterdir()
    first._made(claimed)
    read_until(second, 1)
    assert second.reads_letters
    assert second.tally(sentence(1))[0] == by_id.tally(sentence(1))[0]
    assert [path.name for path in tmp_path.iterdir()] == [claimed.name]


def test_who_waits_for_a_copy_keeps_no_more_than_the_sample(
    by_id: IdReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adaptive, "_shared", tmp_path)
    monkeypatch.setattr(adaptive, "_SAMPLE", 100)
    monkeypatch.setattr(adaptive, "PAYS", 100)
    monkeypatch.setattr(adaptive, "_AGAIN", 60)
    monkeypatch.setattr(AdaptiveReader, "_made", lambda self, folder: None)
    first, second = (AdaptiveReader(find_dictionary(), by_id) for _ in range(2))
    looks = []
    find = AdaptiveReader._found_or_made

    def look(self: AdaptiveReader, place: Path) -> None:
        looks.append(self._read)
        find(self, place)

    monkeypatch.setattr(AdaptiveReader, "_found_or_made", look)
    text = "本" * 20
    for _ in range(5):
        first.tally(text)
    assert looks == [100]
    for _ in range(20):
        second.tally(text)
    assert looks == [100, 100, 160, 220, 280, 340, 400]
    assert sum(map(len, second._sample)) == 100


def test_a_user_dictionary_keeps_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "dic"
    folder.mkdir()
    source = find_dictionary().folder
    for file in source.iterdir():
        (folder / file.name).symlink_to(file)
    features = ["名詞", "普通名詞", "一般", *["*"] * 9, "漢", *["*"] * 12]
    lines = (source / "left-id.def").read_text(encoding="utf-8").splitlines()
    number = next(
        line.split()[0] for line in lines if line.endswith(",".join(features[:8]) + ",漢")
    )
    words = tmp_path / "words.csv"
    words.write_text(
        f"ポヨメロン国,{number},{number},-5000,{','.join(features)}\n", encoding="utf-8"
    )
    fugashi.build_dictionary(f"x -d {folder} -u {tmp_path}/user.dic -f utf-8 -t utf-8 {words}")
    settings = (folder / "dicrc").read_text(encoding="utf-8")
    (folder / "dicrc").unlink()
    (folder / "dicrc").write_text(f"{settings}\nuserdic = {tmp_path}/user.dic\n", encoding="utf-8")
    monkeypatch.setattr(adaptive, "PAYS", 10)
    scorer = Analyser(find_dictionary(str(folder)))
    before, after = (scorer.count("私はポヨメロン国へ行った。") for _ in range(2))
    assert before.kango == 1
    assert after == before


def test_the_working_directory_may_change(
    by_id: IdReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "its own 'dictionary'").symlink_to(find_dictionary().folder)
    monkeypatch.chdir(tmp_path)
    scorer = AdaptiveReader(find_dictionary("its own 'dictionary'"), by_id)
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    monkeypatch.setattr(adaptive, "PAYS", 100)
    read_until(scorer, 1)
    assert scorer.reads_letters
    assert scorer.tally(sentence(1))[0] == by_id.tally(sentence(1))[0]


def test_each_dictionary_has_a_copy_of_its_own(
    by_id: IdReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adaptive, "_shared", tmp_path)
    monkeypatch.setattr(adaptive, "PAYS", 100)
    made = []
    monkeypatch.setattr(AdaptiveReader, "_made", lambda self, folder: made.append(folder))
    one = find_dictionary()
    for folder in (one.folder, tmp_path / "other", one.folder):
        read_until(AdaptiveReader(replace(one, folder=folder), by_id), 1)
    assert len(set(made)) == len(made) == 2


def test_what_cannot_be_written_takes_no_space(
    by_id: IdReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adaptive, "_shared", tmp_path)
    monkeypatch.setattr(adaptive, "PAYS", 100)
    _full_disk(monkeypatch, tmp_path)
    first, second = (AdaptiveReader(find_dictionary(), by_id) for _ in range(2))
    read_until(first, 1)
    read_until(second, 1)
    assert not first.reads_letters
    assert not second.reads_letters
    [claimed] = tmp_path.iterdir()
    assert not list(claimed.iterdir())  # the connection costs had been written


def read_until(reader: AdaptiveReader, times: int) -> None:
    for number in range(10 * times):
        reader.tally(sentence(number))


def _score(numbers: range) -> tuple[int, bool, list[object]]:
    found = [count(sentence(number)) for number in numbers]
    reader = analyser()._reader
    assert isinstance(reader, AdaptiveReader)
    return os.getpid(), reader.reads_letters, found


def _hurry(numbers: range) -> tuple[int, bool, list[object]]:
    adaptive.PAYS = 1000
    return _score(numbers)


def test_a_pool_makes_one_copy_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    blocks = [range(start, start + 200) for start in range(0, 8000, 200)]
    with scoring_pool(2) as pool:
        done = list(pool.map(_hurry, blocks))
        [place] = tmp_path.iterdir()
        assert len(list(place.iterdir())) == 1
    assert not list(tmp_path.iterdir())
    assert any(letters for _, letters, _ in done)
    assert [one for _, _, block in done for one in block] == [
        count(sentence(number)) for number in range(8000)
    ]


def _pays_of(_: object) -> float:
    return adaptive._pays()


@pytest.mark.parametrize(
    ("characters", "pays"),
    [(None, adaptive.PAYS), (1e9, adaptive.PAYS_MANY), (1000, math.inf)],
)
def test_processes_know_how_much_their_run_reads(characters: float | None, pays: float) -> None:
    with scoring_pool(1, characters) as pool:
        assert list(pool.map(_pays_of, [0])) == [pays]


def _die(_: object) -> None:
    os._exit(9)


def test_what_a_dead_worker_left_goes_with_the_pool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(WorkerError), scoring_pool(2) as pool:
        list(pool.map(_die, range(3)))
    assert not list(tmp_path.iterdir())


def test_a_pool_without_a_place_for_copies_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    _works_without_copies()


def test_a_pool_without_any_folder_for_temporary_files_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    _works_without_copies()


def _works_without_copies() -> None:
    with scoring_pool(1) as pool:
        [(_, _, found)] = pool.map(_hurry, [range(200)])
    assert found == [count(sentence(number)) for number in range(200)]
