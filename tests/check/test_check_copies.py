"""Copies: every pair that an exhaustive comparison finds, and what counts as a small edit."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.builders.sets import twins as module
from jtextkit.builders.sets.near_duplicates import similarity
from jtextkit.builders.sets.reading import Item
from jtextkit.builders.sets.twins import TwinsFound, find_twins
from jtextkit.check import copies
from jtextkit.check.copies import find_copies, plain
from jtextkit.core.progress import silent


def rows(*texts: tuple[str, str]) -> list[Item]:
    return [Item(split, f"{n}", {"text": text}) for n, (split, text) in enumerate(texts)]


def text_of(item: Item) -> str:
    return str(item.values["text"])


def found_in(items: list[Item], threshold: float) -> dict[str, bool]:
    """Rows with a twin, and whether it is one of another split."""
    found = find_twins(items, text_of, threshold, silent)
    assert (found.compared, found.of) == (len(items), len(items))
    for twins in found.twins:
        assert int(twins.one.place) < int(twins.other.place)
        assert twins.similarity == similarity(text_of(twins.one), text_of(twins.other))
        assert twins.similarity >= threshold
    return {twins.other.place: twins.across for twins in found.twins}


def exhaustive(items: list[Item], threshold: float) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for number, other in enumerate(items):
        near = [
            one for one in items[:number] if similarity(text_of(one), text_of(other)) >= threshold
        ]
        if near:
            found[other.place] = any(one.split != other.split for one in near)
    return found


BITS = st.text(alphabet="あいう", max_size=14)


@given(
    st.lists(st.tuples(st.sampled_from(["train", "test"]), BITS), max_size=12),
    st.sampled_from([0.2, 0.5, 0.8, 1.0]),
)
def test_what_is_found_is_what_comparing_all_pairs_finds(texts, threshold) -> None:
    once = rows(*dict.fromkeys(("".join(split), text) for split, text in texts))
    assert found_in(once, threshold) == exhaustive(once, threshold)


@pytest.mark.parametrize("seed", range(4))
def test_texts_with_edits_however_they_are_cut_into_chunks(seed, monkeypatch) -> None:
    chance = random.Random(seed)
    texts: list[tuple[str, str]] = []
    for number in range(120):
        new = "".join(chance.choices("朝昼夜犬猫雨がはをに", k=chance.randint(1, 60)))
        if texts and number % 3:
            old = list(chance.choice(texts)[1])
            for _ in range(chance.randint(1, 4)):
                old[chance.randrange(len(old))] = chance.choice("々〆")
            new = "".join(old)
        texts.append((chance.choice(["train", "validation", "test"]), new))
    items = rows(*dict.fromkeys(texts))
    expected = exhaustive(items, 0.6)
    assert len(expected) > 20
    for rows_of_chunk, block in ((7, 5), (1 << 14, 1 << 20)):
        monkeypatch.setattr(module, "_CHUNK_ROWS", rows_of_chunk)
        monkeypatch.setattr(module, "_CHUNK_CHARACTERS", 40 * rows_of_chunk)
        monkeypatch.setattr(module, "_BLOCK", block)
        assert found_in(items, 0.6) == expected


def test_of_equal_texts_in_a_split_each_has_the_first_or_the_leak() -> None:
    items = rows(
        ("train", "雨が降る日"),
        ("train", "雨が 降る日"),
        ("test", "雨が降る日"),
        ("test", "雨が降る日"),
    )
    found = find_twins(items, text_of, 0.8, silent).twins
    assert [(twins.one.place, twins.other.place) for twins in found] == [
        ("0", "1"),
        ("0", "2"),
        ("0", "3"),
    ]


def test_a_search_that_ends_early_says_how_much_it_compared(monkeypatch) -> None:
    monkeypatch.setattr(module, "PAIRS", 100)
    phrases = ["朝の道を歩く。", "夜の町へ行く。", "海の店で食べる。", "山の駅で読む。"]
    chance = random.Random(1)
    items = rows(*(("train", "".join(chance.sample(phrases * 3, 9))) for _ in range(200)))
    found = find_twins(items, text_of, 0.95, silent)
    assert 0 < found.compared < found.of == 200
    assert str([*found.told(across=True)][-1]) == f"{found.compared} of 200 texts"


def kind(one: str, other: str) -> str:
    """How ``other``, of test, repeats ``one``, of train."""
    found: TwinsFound = find_copies(rows(("train", one), ("test", other)), text_of, silent)
    return next((twins.kind.removeprefix("across splits, ") for twins in found.twins), "no copy")


SHORT = "弟は朝早く起きて庭の花に水をやった。"
LONG = "市場には海からとどいた魚が並び、妹は赤いかさをさして雨の中を走っていった。父は店の前で新聞を読んでいた。"


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (SHORT, SHORT, "equal"),
        (SHORT, SHORT.replace("。", "！"), "equal"),
        (SHORT, f"「{SHORT} 」", "equal"),
        ("ＡＢＣ順に名前を並べた。", "ABC順に名前を並べた", "equal"),
        ("ﾃﾚﾋﾞを見ながら夕食を食べた。", "テレビを見ながら夕食を食べた。", "equal"),
        (SHORT, SHORT.replace("花", "草"), "but for a character"),
        (SHORT, SHORT.replace("水", "お水"), "but for a character"),
        (SHORT, SHORT.replace("早く", "早"), "but for a character"),
        (SHORT, SHORT.replace("庭の花に", "花の庭に"), "no copy"),
        (LONG, LONG.replace("赤い", "青い"), "similar"),
        (LONG, LONG[:-4], "similar"),
        (
            "りんごが3個あります。全部で何個ですか。",
            "りんごが4個あります。全部で何個ですか。",
            "no copy",
        ),
        (
            "りんごが三個あります。全部で何個ですか。",
            "りんごが四個あります。全部で何個ですか。",
            "no copy",
        ),
        ("犬が走る。", "犬が歩る。", "no copy"),
        ("……", "。。。", "no copy"),
        ("!!", "！！", "equal"),
    ],
)
def test_small_edits(one, other, how) -> None:
    assert kind(one, other) == kind(other, one) == how


def test_a_character_is_enough_across_splits_only() -> None:
    items = rows(("train", SHORT), ("train", SHORT.replace("花", "草")))
    assert find_copies(items, text_of, silent).twins == ()


def test_copies_are_found_over_the_borders_of_blocks(monkeypatch) -> None:
    monkeypatch.setattr(copies, "_BLOCK", 2)
    texts = [f"{'春夏秋冬朝昼夜山海空'[i]}の景色を窓の外に長いあいだ見ていた" for i in range(10)]
    train = [("train", text.replace("窓", "々" * 9)) for text in texts]
    items = rows(*train, *(("test", text.replace("窓", "々" * 8)) for text in texts))
    found = find_copies(items, text_of, silent)
    assert len({twins.other.place for twins in found.twins if twins.across}) == 10


def test_parts_must_each_be_similar() -> None:
    premise = "長い机の上に赤い本が三冊と青い本が二冊、きれいに並べて置いてあります。"
    one, other = f"{premise}\0机に本がある。", f"{premise}\0椅子は壊れた。"
    assert find_twins(rows(("a", one), ("b", other)), text_of, 0.8, silent).twins == ()
    assert find_twins(rows(("a", one), ("b", premise)), text_of, 0.5, silent).twins == ()
    same = f"{premise}\0机に本がある。"
    assert len(find_twins(rows(("a", one), ("b", same)), text_of, 0.8, silent).twins) == 1


@settings(max_examples=200)
@given(st.text(), st.sampled_from("、。！「」 　\n・…"))
def test_marks_and_width_do_not_count(text, mark) -> None:
    bare = plain(text)
    assert plain(unicodedata.normalize("NFKC", text)) == bare
    if any(character.isalnum() for character in bare) and not bare[-1].isdigit():
        assert plain(f"{mark}{text}{mark}") == bare
