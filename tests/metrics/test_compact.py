"""The compact copy of a dictionary cuts every text into the same words."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import fugashi
import numpy as np
import pytest
import unidic_lite
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.metrics.morphology.classes import END, left_id_classes
from jtextkit.metrics.morphology.compact.copy import write_compact
from jtextkit.metrics.morphology.compact.layout import _pack, hot_units_together, use_of
from jtextkit.metrics.morphology.compact.lexicon import CompactFormatError, find, leaves_of, read
from jtextkit.metrics.morphology.dictionary import Dictionary
from jtextkit.metrics.morphology.readers import IdReader, LetterReader

IDS = 4
CLASSES = {0: 0, 1: 1, 2: 1 << 12, 3: END}
UNKNOWN = {0: 0, 1: 0, 2: 0, 3: 0}


class Entry(NamedTuple):
    surface: str
    left: int
    right: int
    cost: int


def compile_dictionary(folder: Path, entries: list[Entry], costs: list[int]) -> Path:
    """Have MeCab compile a dictionary of our own; ``costs`` connect each id with each."""
    source, target = folder / "source", folder / "compiled"
    source.mkdir()
    target.mkdir()
    lexicon = "".join(f"{e.surface},{e.left},{e.right},{e.cost},feature\n" for e in entries)
    lines = [f"{i // IDS} {i % IDS} {cost}\n" for i, cost in enumerate(costs)]
    ids = "".join(f"{i} name\n" for i in range(IDS))
    files = {
        "lex.csv": lexicon,
        "matrix.def": f"{IDS} {IDS}\n{''.join(lines)}",
        "unk.def": "DEFAULT,1,2,9,unknown\nDEFAULT,2,1,9,unknown\nSPACE,1,1,9,unknown\n"
        "MARK,1,1,9,unknown\n",
        "char.def": "DEFAULT 1 1 2\nSPACE 0 1 0\nMARK 0 0 1\n0x0020 SPACE\n0xFF0E MARK\n",
        "dicrc": "cost-factor = 700\nbos-feature = BOS\n",
        "left-id.def": ids,
        "right-id.def": ids,
        "pos-id.def": "",
        "rewrite.def": "".join(f"[{kind} rewrite]\n* *\n" for kind in ("unigram", "left", "right")),
    }
    for name, text in files.items():
        (source / name).write_text(text, encoding="utf-8")
    fugashi.build_dictionary(f"x -d {source} -o {target} -f utf-8 -t utf-8")
    shutil.copy(source / "dicrc", target)
    return target


def by_ids(folder: Path, text: str) -> list[tuple[str, int, bool]]:
    """Words of the dictionary itself: surface, class, and whether known."""
    tagger = fugashi.GenericTagger(
        rf"-r /dev/null -d {folder} -O '' -E '' -F '%m\t%phl\n' -U '%m\t?%phl\n'"
    )
    words = [line.split("\t") for line in tagger.parse(text).split("\n") if line]
    return [
        (
            surface,
            (UNKNOWN[int(name[1:])] if name[0] == "?" else CLASSES[int(name)]) & ~END
            | (END if surface in "。？！．" and name[0] != "?" else 0),
            name[0] != "?",
        )
        for surface, name in words
    ]


def by_letters(source: Path, folder: Path, text: str, sample: str) -> list[tuple[str, int, bool]]:
    """The same of its compact copy."""
    folder.mkdir()
    letters = write_compact(source, folder, CLASSES, UNKNOWN, sample)
    known, unknown = letters.known, letters.unknown
    tagger = fugashi.GenericTagger(
        rf"-r /dev/null -d {folder} -O '' -E '' -F '%m\t%H\n' -U '%m\t%H\n'"
    )
    words = [line.split("\t") for line in tagger.parse(text).split("\n") if line]
    return [
        (surface, known[name] if name in known else unknown[name], name in known)
        for surface, name in words
    ]


entry = st.builds(
    Entry,
    st.text("あいう。", min_size=1, max_size=3),
    st.integers(0, IDS - 1),
    st.integers(0, IDS - 1),
    st.integers(-2, 2),
)


@settings(max_examples=150, deadline=None)
@given(
    entries=st.lists(entry, min_size=1, max_size=40),
    costs=st.lists(st.integers(-2, 2), min_size=IDS * IDS, max_size=IDS * IDS),
    text=st.text("あいう。か", min_size=1, max_size=25),
    sample=st.text("あいう。か\0", max_size=12),
)
def test_dictionaries_full_of_ties_give_the_same_words(
    entries: list[Entry], costs: list[int], text: str, sample: str
) -> None:
    """Costs so close that many ways through a text cost the same: the first must stay the first."""
    with TemporaryDirectory() as name:
        source = compile_dictionary(Path(name), entries, costs)
        assert by_letters(source, Path(name) / "copy", text, sample) == by_ids(source, text)


SURFACES = ["あ", "あい", "あいう", "い", "いう", "。", "う", "ab", "b"]


@pytest.mark.parametrize("text", ["あ．", "．あ", "あ．い．。", "あ。", "か．．"])
def test_an_end_mark_that_the_dictionary_lacks(text: str, tmp_path: Path) -> None:
    """It is an unknown word of three bytes, and ends a sentence all the same."""
    entries = [Entry("あ", 1, 1, 1), Entry("い", 2, 2, 1), Entry("。", 3, 3, 1)]
    source = compile_dictionary(tmp_path, entries, [0] * IDS * IDS)
    target = tmp_path / "copy"
    target.mkdir()
    letters = write_compact(source, target, CLASSES, UNKNOWN)
    dictionary = Dictionary("own", "1", len(entries), source)
    by_id = IdReader(dictionary, CLASSES, UNKNOWN)
    by_letter = LetterReader(dictionary, target, letters.known, letters.unknown, by_id)
    ours, our_ends = by_letter.tally(text)
    theirs, their_ends = by_id.tally(text)
    assert (ours, our_ends()) == (theirs, their_ends())
    assert len(our_ends()) == sum(map(text.count, "。．"))


def test_what_a_sample_looks_up_is_counted(tmp_path: Path) -> None:
    entries = [Entry(surface, 1, 1, 5) for surface in SURFACES]
    units = read(compile_dictionary(tmp_path, entries, [0] * IDS * IDS) / "sys.dic").units
    use = use_of(units, "あいあ。か".encode())
    assert use.units[0] == 5  # once a character
    values = {s: int(use.values[_leaf(units, s)]) for s in SURFACES}
    assert values == {"あ": 2, "あい": 1, "い": 1, "。": 1} | dict.fromkeys(
        ["あいう", "いう", "う", "ab", "b"], 0
    )
    assert not use_of(units, b"").units.any()


def _leaf(units: np.ndarray, surface: str) -> int:
    """Where a key's value stands: the unit at the base of the unit where the key ends."""
    base = int(units["base"][0])
    for byte in surface.encode():
        base = int(units["base"][base + byte + 1])
    return base


@settings(max_examples=100, deadline=None)
@given(
    surfaces=st.lists(st.text("あいうえ学校行。ab", min_size=1, max_size=4), min_size=1),
    data=st.data(),
)
def test_a_rearranged_trie_holds_the_same_keys(surfaces: list[str], data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        entries = [Entry(surface, 1, 1, 5) for surface in surfaces]
        units = read(compile_dictionary(Path(name), entries, [0] * IDS * IDS) / "sys.dic").units
    sample = "".join(data.draw(st.lists(st.sampled_from(surfaces))))
    moved = hot_units_together(units, use_of(units, sample.encode()).units)
    tried = {surface[:end] for surface in surfaces for end in range(1, 5)} | {"ん", "ac", "\0"}
    for key in tried:
        assert find(moved, key.encode()) == find(units, key.encode()), key
    assert len(moved) > len(units)
    # A base among the old places could be that of another unit, whose children it would take.
    bases = moved["base"][moved["base"] > 0]
    assert (bases[~np.isin(bases, units["base"])] > len(units)).all()
    assert len(np.unique(bases)) == len(bases)


def test_the_entries_of_what_is_looked_up_come_first(tmp_path: Path) -> None:
    entries = [Entry(surface, 1, 1, 5) for surface in SURFACES]
    source = compile_dictionary(tmp_path, entries, [0] * IDS * IDS)
    target = tmp_path / "copy"
    target.mkdir()
    write_compact(source, target, CLASSES, UNKNOWN, "うううう。。。いう")
    copy = read(target / "sys.dic")
    firsts = {surface: find(copy.units, surface.encode()) for surface in SURFACES}
    assert [name for name, _ in sorted(firsts.items(), key=lambda one: one[1])][:3] == [
        "う",
        "。",
        "い",
    ]
    assert {number for _, number in firsts.values()} == {1}
    assert len(leaves_of(copy)[0]) == len(SURFACES)


@pytest.mark.parametrize("size", ["short", "long", "few"])
def test_connection_costs_of_another_size(size: str, tmp_path: Path) -> None:
    source = compile_dictionary(tmp_path, [Entry("あ", 3, 3, 5)], [0] * IDS * IDS)
    data = (source / "matrix.bin").read_bytes()
    few = struct.pack("<2H", 3, 3) + bytes(2 * 9)
    (source / "matrix.bin").write_bytes({"short": data[:-2], "long": data + data, "few": few}[size])
    (tmp_path / "copy").mkdir()
    with pytest.raises(CompactFormatError, match=r"matrix\.bin"):
        write_compact(source, tmp_path / "copy", CLASSES, UNKNOWN)


def header(path: Path) -> tuple[int, ...]:
    return struct.unpack("<10I", path.read_bytes()[:40])


def test_what_is_left_out_and_what_stays(tmp_path: Path) -> None:
    entries = [
        Entry("あ", 1, 1, 5),
        Entry("あ", 1, 1, 3),  # cheaper than the first
        Entry("あ", 1, 2, 9),  # other ids
        Entry("い", 1, 1, 9),  # another surface
        Entry("い", 1, 1, 9),  # its equal
        Entry("。", 2, 2, 1),
    ]
    source = compile_dictionary(tmp_path, entries, [0] * IDS * IDS)
    target = tmp_path / "copy"
    target.mkdir()
    letters = write_compact(source, target, CLASSES, UNKNOWN)
    assert header(source / "sys.dic")[3] == 6
    assert header(target / "sys.dic")[3] == 4
    assert sorted(letters.known.values()) == [0, 1, 1 << 12, (1 << 12) + END]
    assert set(letters.unknown.values()) == {0}
    assert not {*letters.known} & {*letters.unknown}
    assert len((target / "sys.dic").read_bytes()) == header(target / "sys.dic")[0] ^ 0xEF718F77


def test_most_of_unidic_is_left_out(tmp_path: Path) -> None:
    source = Path(unidic_lite.DICDIR)
    classes = left_id_classes(source)
    assert classes is not None
    letters = write_compact(source, tmp_path, *classes)
    assert (tmp_path / "sys.dic").stat().st_size < (source / "sys.dic").stat().st_size / 6
    assert header(tmp_path / "sys.dic")[3] == 735_308
    assert len(letters.known) == 9
    assert sum(value >= END for value in letters.known.values()) == 1


def _cut(data: bytes) -> bytes:
    return data[:-1]


def _short(data: bytes) -> bytes:
    return data[:50]


def _empty(data: bytes) -> bytes:
    return b""


def _longer(data: bytes) -> bytes:
    return data + b"\0"


def _version(data: bytes) -> bytes:
    return data[:4] + struct.pack("<I", 103) + data[8:]


def _odd_trie(data: bytes) -> bytes:
    trie, entries = struct.unpack("<2I", data[24:32])
    return data[:24] + struct.pack("<2I", trie + 4, entries - 4) + data[32:]


def _lost_entry(data: bytes) -> bytes:
    """A leaf that says it has one entry more than it has."""
    units = np.frombuffer(data[72:], "<i4")
    place = 72 + 4 * int(np.flatnonzero(units[: len(units) // 2 * 2 : 2] < 0)[0]) * 2
    base = struct.unpack("<i", data[place : place + 4])[0]
    return data[:place] + struct.pack("<i", base - 1) + data[place + 4 :]


@pytest.mark.parametrize("file", ["sys.dic", "unk.dic"])
@pytest.mark.parametrize("damage", [_cut, _short, _empty, _longer, _version, _odd_trie])
def test_files_that_mecab_did_not_write(
    file: str, damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    source = compile_dictionary(tmp_path, [Entry("あ", 1, 1, 5)], [0] * IDS * IDS)
    (source / file).write_bytes(damage((source / file).read_bytes()))
    (tmp_path / "copy").mkdir()
    with pytest.raises(CompactFormatError, match=file):
        write_compact(source, tmp_path / "copy", CLASSES, UNKNOWN)


def test_a_key_that_claims_entries_of_another(tmp_path: Path) -> None:
    entries = [Entry("あ", 1, 1, 5), Entry("い", 1, 1, 5)]
    source = compile_dictionary(tmp_path, entries, [0] * IDS * IDS)
    (source / "sys.dic").write_bytes(_lost_entry((source / "sys.dic").read_bytes()))
    (tmp_path / "copy").mkdir()
    with pytest.raises(CompactFormatError, match="share out"):
        write_compact(source, tmp_path / "copy", CLASSES, UNKNOWN)


@pytest.mark.parametrize("used", [1, 2])
def test_two_units_with_their_children_at_one_base(used: int, tmp_path: Path) -> None:
    entries = [Entry(surface, 1, 1, 5) for surface in SURFACES]
    units = read(compile_dictionary(tmp_path, entries, [0] * IDS * IDS) / "sys.dic").units
    root = int(units["base"][0])
    first, second = (root + byte + 1 for byte in (b"a"[0], b"b"[0]))
    use = np.zeros(len(units))
    use[[first, second][:used]] = 1
    units["base"][second] = units["base"][first]
    with pytest.raises(CompactFormatError, match="one base"):
        hot_units_together(units, use)


def test_children_share_no_place_however_many_windows_they_fill() -> None:
    random = np.random.default_rng(5)
    own = [np.sort(random.permutation(257)[: random.integers(1, 80)]) for _ in range(700)]
    borders = np.cumsum([0, *map(len, own)])
    bases, size = _pack(np.concatenate(own), borders)
    places = np.concatenate([base + codes for base, codes in zip(bases, own, strict=True)])
    assert places.max() > 3 * 4096
    assert len(np.unique(places)) == len(places)
    assert len(np.unique(bases)) == len(bases)
    assert bases.min() > 0
    assert places.max() < size


def test_the_copy_of_a_relative_folder_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_dictionary(tmp_path, [Entry("あ", 1, 1, 5)], [0] * IDS * IDS)
    monkeypatch.chdir(tmp_path)
    assert by_letters(Path("compiled"), Path("copy"), "あ", "") == [("あ", 1, True)]


@pytest.mark.parametrize("place", ["far", "before"])
def test_a_unit_where_its_parent_cannot_reach_it(place: str, tmp_path: Path) -> None:
    entries = [Entry(surface, 1, 1, 5) for surface in SURFACES]
    units = read(compile_dictionary(tmp_path, entries, [0] * IDS * IDS) / "sys.dic").units
    units = np.concatenate([units, np.zeros(600, units.dtype)])
    use = use_of(units, "あいう".encode()).units
    base = int(units["base"][np.flatnonzero(use)].max())
    units["check"][{"far": base + 300, "before": base - 1}[place]] = base
    with pytest.raises(CompactFormatError, match="cannot reach"):
        hot_units_together(units, use)


def test_ids_and_classes_that_cannot_be(tmp_path: Path) -> None:
    entries = [Entry(surface, 1, 1, 5) for surface in "あい"]
    source = compile_dictionary(tmp_path, entries, [0] * IDS * IDS)
    for number, known in enumerate([{0: 0, 2: 0}, {i: i for i in range(27)}]):
        (tmp_path / str(number)).mkdir()
        with pytest.raises(CompactFormatError, match=r"left-id\.def|letters"):
            write_compact(source, tmp_path / str(number), known, UNKNOWN)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_compact(tmp_path, tmp_path, CLASSES, UNKNOWN)
