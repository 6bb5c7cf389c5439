"""The native core finds the words that MeCab finds, whatever the dictionary and the text."""

from __future__ import annotations

import json
import random
from itertools import combinations_with_replacement, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tiny_dictionary import CHARACTERS, IDS, Entry, compile_dictionary

from jtextkit.metrics.morphology import image
from jtextkit.metrics.morphology.analysis import END_MARKS, FeatureReader, _open_lines
from jtextkit.metrics.morphology.classes import (
    CONTENT,
    counted,
    flags,
    mark,
)
from jtextkit.metrics.morphology.dictionary import Dictionary, find_dictionary
from jtextkit.metrics.morphology.image import NoCoreError

native = pytest.importorskip(
    "jtextkit.metrics.morphology._native",
    reason="the native core was not compiled: pip install -e .",
)

NAME = bytes(32)


def made(dictionary: Dictionary, words: frozenset[bytes] = frozenset()) -> bytes:
    return image._made(dictionary.folder, words, NAME)


def by_mecab(reader: FeatureReader, text: str) -> tuple[object, list[str]]:
    if not text or text.isspace():
        return None, []
    pairs = reader.surfaces(text)
    surfaces = [surface for surface, _ in pairs]
    classes = counted(reader.table[printed] for _, printed in pairs)
    ends = [place for place, surface in enumerate(surfaces) if surface in END_MARKS]
    borders = [-1, *ends, len(pairs) - 1]
    longest = max(b - a for a, b in pairwise(borders))
    counts = (len(pairs), (*classes, len(ends)), borders[-1] - borders[-2], longest)
    return counts, surfaces


def by_core(core: Any, text: str) -> tuple[object, list[str]]:
    found = core.counts(text)
    if found is None:
        assert not text or text.isspace()
        return None, []
    words, *classes = found[:5]
    ends, rest, longest = found[9], found[11], found[14]
    numbers = memoryview(core.words(text)).cast("I")
    surfaces = [text[a:b] for a, b in zip(numbers[::3], numbers[1::3], strict=True)]
    return (words, (*classes, ends), rest, longest), surfaces


def summed(core: Any, text: str) -> tuple[int, ...]:
    """What `sums` gives for a dictionary without a list, from the words and their features."""
    kinds = json.loads(core.meta)
    numbers = memoryview(core.words(text)).cast("I")
    sentences = [[0] * 9]
    classical = ends = 0
    for start, end, kind in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        pos1, pos2, goshu = kinds[kind % len(kinds)]
        bits = flags(pos1, pos2, goshu, classical=False, listed=False)
        seen = [mark(c) & 3 for c in text[start:end]]
        content = bits >> CONTENT & 1
        row = (1, *(bits >> i & 1 for i in range(4)), sum(m & 1 for m in seen),
               sum(m >> 1 for m in seen), content, content)  # fmt: skip
        sentences[-1] = [a + b for a, b in zip(sentences[-1], row, strict=True)]
        classical += (pos1, goshu) == ("動詞", "和")  # of 文語 conjugation in tiny dictionaries
        if text[start:end] in END_MARKS:
            sentences.append([0] * 9)
            ends += 1
    totals = (sum(column) for column in zip(*sentences, strict=True))
    longest = max(row[0] for row in sentences)
    products = (
        sum(row[i] * row[j] for row in sentences)
        for i, j in combinations_with_replacement(range(9), 2)
    )
    lines = _open_lines(text)
    return (*totals, ends, classical, sentences[-1][0], *lines, longest, *products)


entry = st.builds(
    Entry,
    st.text("あいう。．aab .", min_size=1, max_size=4).filter(
        lambda s: s[0] != " " and s[-1] != " "
    ),
    st.integers(0, IDS - 1),
    st.integers(0, IDS - 1),
    st.integers(-2, 2),
    st.just("語"),
)
costs = st.lists(st.integers(-2, 2), min_size=IDS * IDS, max_size=IDS * IDS)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    entries=st.lists(entry, min_size=1, max_size=40),
    joins=st.one_of(costs, st.lists(st.integers(-32768, 32767), min_size=16, max_size=16)),
    unknown=st.lists(st.integers(0, IDS - 1), min_size=1, max_size=3),
    letters=st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 4)),
    texts=st.lists(st.text("あいう。．か ab\t\n　憂\U00020089\uffff", max_size=40), max_size=8),
)
def test_dictionaries_full_of_ties(
    entries: list[Entry],
    joins: list[int],
    unknown: list[int],
    letters: tuple[int, int, int],
    texts: list[str],
) -> None:
    """Costs so close that many ways through a text cost the same: MeCab's must be the one taken."""
    with TemporaryDirectory() as name:
        dictionary = compile_dictionary(
            Path(name), entries, joins, unknown=unknown, letters=letters
        )
        reader = FeatureReader(dictionary)
        for portable in (False, True):
            core = native.Core(made(dictionary), NAME, portable=portable)
            for text in texts:
                assert by_core(core, text) == by_mecab(reader, text), text
                assert core.sums(text) == (summed(core, text) if text.strip() else None), text


@pytest.fixture(scope="module")
def reader() -> FeatureReader:
    return FeatureReader(find_dictionary())


@pytest.fixture(scope="module", params=["vectors", "portable"])
def core(request: pytest.FixtureRequest) -> Any:
    opened = image.open_core(find_dictionary().folder)
    if request.param == "vectors" and not opened.vectorised:
        pytest.skip("this processor has no AVX2")
    if request.param == "vectors":
        return opened
    return native.Core(made(find_dictionary()), NAME, portable=True)


BLOCKS = [
    (start, min(start + 0x80, 0x110000))
    for start in range(0, 0x30000, 0x80)
    if not 0xD800 <= start < 0xE000
]


@settings(max_examples=300, deadline=None)
@example("本" * 26 + "a" * 25 + "ア" * 26)
@example("1" * 24 + " " + "1" * 25)
@given(
    st.lists(
        st.one_of(
            st.text(
                "。？！．!?.,｡「」 　\t\nAaあ1１学校行見る事物のはが†\U0001f600\uffff", max_size=9
            ),
            st.text("ｦｧｨｱｲｳﾞﾟｰ", max_size=9),
            st.builds(
                str.__mul__,
                st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
                st.integers(1, 60),
            ),
            st.sampled_from(BLOCKS).flatmap(
                lambda block: st.text(
                    st.characters(
                        min_codepoint=max(1, block[0]),
                        max_codepoint=block[1] - 1,
                        exclude_categories=("Cs",),
                    ),
                    max_size=6,
                )
            ),
        ),
        max_size=8,
    ).map("".join)
)
def test_hostile_texts(core: Any, reader: FeatureReader, text: str) -> None:
    assert by_core(core, text) == by_mecab(reader, text)


def test_every_character_alone_and_between_others(core: Any, reader: FeatureReader) -> None:
    for code in [
        *range(1, 0x3400),
        *range(0x3400, 0xFFFF, 7),
        0xFFFF,
        *range(0x10000, 0x110000, 97),
    ]:
        if not 0xD800 <= code < 0xE000:
            text = f"本{chr(code)}だ"
            assert by_core(core, text) == by_mecab(reader, text), hex(code)


def test_long_texts_are_read_in_stretches(core: Any, reader: FeatureReader) -> None:
    chance = random.Random(4)
    text = "".join(
        chance.choice(["学校へ走っています。", "abc", " ", "\n", "ｱｲｳ", "だ．", "１２", "†", "本"])
        for _ in range(60_000)
    )
    assert len(text) > 3 * 32_768
    assert by_core(core, text) == by_mecab(reader, text)


@pytest.mark.slow
def test_where_no_place_is_decided_for_long(tmp_path: Path) -> None:
    """Two ways that never meet: a first word decides which, and changing over costs much."""
    apart = [0, 0, 0, 0, 0, -5, 9000, 0, 0, 9000, -5, 0, 0, 0, 0, 0]
    entries = [
        Entry("あ", 1, 1, 1),
        Entry("あ", 2, 2, 1),
        Entry("い", 1, 1, 1),
        Entry("い", 2, 2, 1),
    ]
    entries.append(Entry("。", 2, 2, 0))
    dictionary = compile_dictionary(tmp_path, entries, apart)
    text = "あい" * 40_000 + "。" + "あい" * 9_000
    for portable in (False, True):
        core = native.Core(made(dictionary), NAME, portable=portable)
        assert by_core(core, text) == by_mecab(FeatureReader(dictionary), text)
        assert core.sums(text) == summed(core, text)


def test_white_space_that_is_seen_in_words_alone_is_left_to_mecab(tmp_path: Path) -> None:
    entries = [Entry("あ", 0, 0, 0), Entry("あÐあ", 0, 0, 0)]
    characters = CHARACTERS + "0x00D0 SPACE\n"
    with pytest.raises(NoCoreError, match="white space that is seen"):
        made(compile_dictionary(tmp_path, entries, [0] * IDS * IDS, characters=characters))
    (tmp_path / "other").mkdir()
    other = compile_dictionary(
        tmp_path / "other", entries[:1], [0] * IDS * IDS, characters=characters
    )
    core = native.Core(made(other), NAME)
    assert core.sums("あÐÐあ")[:1] == (2,)
    assert core.sums("あÐÐあ")[5] == 2


def test_where_white_space_is_longer_than_mecab_takes_it_is_left_to_mecab(core: Any) -> None:
    assert core.counts("本" + " " * 15_000 + "本") is not None
    assert core.counts("本" + " " * 15_001 + "本") is None
    assert core.words("本" + "\n" * 15_001 + "本") is None


def test_threads_count_at_once(core: Any) -> None:
    texts = [
        f"第{number}の町で本を読み、友達と話した。" * (1 + number % 50) for number in range(400)
    ]
    expected = [core.counts(text) for text in texts]
    found: list[list[object]] = [[] for _ in range(4)]

    def count(place: int) -> None:
        found[place] = [(core.counts(text), core.words(text))[0] for text in texts]

    threads = [Thread(target=count, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_what_the_formula_does_not_count_has_bits_of_its_own(tmp_path: Path) -> None:
    entries = [
        Entry("あ", 0, 0, 0, "語-five"),  # 名詞
        Entry("い", 1, 1, 0, "文"),  # 動詞 of 文語 conjugation
        Entry("う", 2, 2, 0, "語"),  # 助詞: no content word
    ]
    dictionary = compile_dictionary(tmp_path, entries, [0] * IDS * IDS)
    listed = frozenset({"語\t名詞".encode(), "語\t助詞".encode(), "文\t名詞".encode()})
    counted = native.Core(made(dictionary, listed), NAME).counts("あいうあい")
    assert counted[0] == 5
    assert counted[7:9] == (4, 2)  # content words, and those that are not listed
    assert counted[10] == 2


def test_surfaces_that_end_sentences_are_exactly_four(core: Any) -> None:
    for one in "。？！．":
        assert one in END_MARKS
        assert core.counts(one)[9] == 1
    for other in "!?.｡、…":
        assert core.counts(other)[9] == 0


@pytest.mark.parametrize("text", ["", " ", "\n \t"])
def test_nothing_to_find(core: Any, text: str) -> None:
    assert core.counts(text) is None
    assert core.words(text) == b""


@pytest.mark.parametrize("wrong", ["\0", chr(0xD800), chr(0xDFFF)])
def test_what_no_text_may_hold(core: Any, wrong: str) -> None:
    for text in (wrong, "本" + wrong, "本" * 70_000 + wrong):
        assert core.counts(text) is core.sums(text) is core.words(text) is None


@given(st.lists(st.sampled_from("あ、，。」） \u3000\n\r\x85漢?"), max_size=30).map("".join))
def test_ends_of_lines(core: Any, text: str) -> None:
    assert (core.counts(text) or (0,) * 15)[12:14] == _open_lines(text)


def test_only_text_is_taken(core: Any) -> None:
    for wrong in (b"text", None, 3):
        with pytest.raises(TypeError):
            core.counts(wrong)
        with pytest.raises(TypeError):
            core.words(wrong)
