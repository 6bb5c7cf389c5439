"""Features, ids and the native core are three ways to the same counts."""

from __future__ import annotations

import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jtextkit.builders.aozora import read_path
from jtextkit.metrics.morphology.analysis import FeatureReader, IdReader, LineReader, agree
from jtextkit.metrics.morphology.classes import left_id_classes
from jtextkit.metrics.morphology.dictionary import find_dictionary
from jtextkit.metrics.morphology.image import open_core

Core = pytest.importorskip(
    "jtextkit.metrics.morphology._native",
    reason="the native core was not compiled: pip install -e .",
).Core


@pytest.fixture(scope="module")
def by_features() -> FeatureReader:
    return FeatureReader(find_dictionary())


@pytest.fixture(scope="module")
def by_id() -> IdReader:
    classes = left_id_classes(find_dictionary().folder)
    assert classes is not None
    return IdReader(find_dictionary(), classes)


@pytest.fixture(scope="module")
def core() -> Core:
    return open_core(find_dictionary().folder)


Found = tuple[int, tuple[int, ...], int, int]


def found(reader: LineReader | Core, text: str) -> Found:
    """Words, classes, words after the last end of a sentence, and of the longest sentence."""
    if isinstance(reader, Core):
        counted = reader.counts(text)
        assert counted is not None
        return counted[0], counted[1:5], counted[11], counted[14]
    words, classes, ends = reader.tally(text)
    borders = [-1, *ends, words - 1]
    longest = max(b - a for a, b in pairwise(borders))
    return words, classes, borders[-1] - borders[-2], longest


TEXTS = [
    "学校へ走っています。",
    "終わり",
    "一．二．",
    "第１．２節 (v1.2)!",
    "そう?いや！？",
    "Ｕ．Ｓ．Ａ．は遠い．",
    "｡と･と｢｣",
    "ヌモラピッチャと†と☃と\U00020089",
    "。" * 30,
    "\x01\x02a3;A3;b\t",
    "　。　",
    "\n\n。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_three_ways_count_alike(
    text: str, by_features: FeatureReader, by_id: IdReader, core: Core
) -> None:
    assert found(by_features, text) == found(by_id, text) == found(core, text)


@settings(max_examples=300, deadline=None)
@example("。" * 5_000)
@given(
    st.text(
        st.one_of(
            st.sampled_from("。？！．!?.,｡「」 　\t\nAaあ1１学校行見る事物のはが†\U0001f600"),
            st.characters(min_codepoint=0x3041, max_codepoint=0x30FF),
            st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
            st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
        ),
    ).filter(str.strip)  # blank text is refused
)
def test_three_ways_count_any_text_alike(
    by_features: FeatureReader, by_id: IdReader, core: Core, text: str
) -> None:
    assert found(by_features, text) == found(by_id, text) == found(core, text)


def test_many_words(by_id: IdReader, core: Core) -> None:
    text = "学校へ走っています。†だ．\n" * 4_000
    assert found(core, text) == found(by_id, text)
    assert core.counts(text)[0] == 40_000


def test_real_works(shared: Path, by_id: IdReader, core: Core) -> None:
    """One in 25 of the shared works, whole; ``benchmarks/agreement.py`` takes them all."""
    works = [
        path
        for path in (shared / "sources/aozora").glob("cards/*/files/*.zip")
        if zlib.crc32(path.name.encode()) % 25 == 0
    ]
    assert len(works) > 100
    for path in works:
        for text in read_path(path).plain.text.split("\n\n"):
            for part in (text[i : i + 5000] for i in range(0, len(text), 5000)):
                assert found(core, part) == found(by_id, part), path.name


def test_a_way_that_counts_otherwise_is_noticed(
    by_features: FeatureReader, by_id: IdReader
) -> None:
    lying = dict.fromkeys(by_id.table, 0)
    assert agree(by_id, by_features)
    assert not agree(IdReader(find_dictionary(), lying), by_features)


def test_an_id_that_the_table_lacks_is_a_disagreement(
    by_features: FeatureReader, by_id: IdReader
) -> None:
    few = dict(list(by_id.table.items())[:1000])
    assert not agree(IdReader(find_dictionary(), few), by_features)
