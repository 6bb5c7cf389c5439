"""Where words end, by every unit, and what class a character has."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.core.errors import UsageError
from jtextkit.metrics import kanji
from jtextkit.metrics.fertility import words
from jtextkit.metrics.fertility.scripts import (
    CLASSES,
    KANJI_CLASSES,
    SCRIPTS,
    classes_of,
    script_of,
)
from jtextkit.metrics.fertility.words import (
    WORD_UNITS,
    installed_units,
    segment,
    unit_identity,
)
from jtextkit.metrics.morphology import analysis
from jtextkit.metrics.morphology.analysis import Analyser, analyser
from jtextkit.metrics.morphology.dictionary import find_dictionary


def units_of(text: str) -> list[str]:
    return segment(["unidic"], [text])["unidic"][0]


TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("今日は国家公務員が来た。\u3000 \n\t\0\x01ab1"),
    min_size=1,
    max_size=40,
)


@settings(max_examples=80)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_units_cover_the_text_but_for_white_space(texts: list[str]) -> None:
    joined = "".join(texts)
    for unit, (surfaces, ends) in segment(installed_units(), texts).items():
        starts = ends - np.fromiter(map(len, surfaces), np.int64, len(surfaces))
        covered = np.zeros(len(joined), bool)
        for surface, start, end in zip(surfaces, starts, ends, strict=True):
            assert not covered[start:end].any(), unit
            covered[start:end] = True
            shown = joined[start:end].replace("\0", " ").replace("\x01", " ")
            assert surface.replace("\0", " ").replace("\x01", " ") == shown, unit
        left = joined.replace("\0", " ").replace("\x01", " ")
        assert all(left[place].isspace() for place in np.flatnonzero(~covered)), unit


@given(
    st.text(st.sampled_from("今日は国家公務員が来た。書いて１２ab 、\n"), min_size=1).filter(
        str.strip
    )
)
def test_unidic_words_are_those_of_readability(text: str) -> None:
    mine = [surface.strip() for surface in units_of(text)]
    theirs = [word.surface for word in analyser().words(text)]
    assert [word for word in mine if word] == [word for word in theirs if word.strip()]


def test_sudachi_modes_from_one_pass_are_those_of_three() -> None:
    pytest.importorskip(
        "sudachipy", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    pytest.importorskip(
        "sudachidict_core",
        reason='needs the extra fertility: python -m pip install -e ".[fertility]"',
    )
    texts = [
        "国家公務員が選挙管理委員会へ行った。",
        "1,234円と\u3000Let's go",
        "医薬品安全管理責任者" * 3,
    ]
    units = WORD_UNITS[1:]
    together = segment(units, texts)
    for unit in units:
        alone = segment([unit], texts)[unit]
        assert together[unit][0] == alone[0]
        assert together[unit][1].tolist() == alone[1].tolist()
    assert len(together["sudachi-a"][0]) > len(together["sudachi-c"][0])


@pytest.fixture
def by_mecab(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """The UniDic unit without the native core."""
    monkeypatch.setenv("JTEXTKIT_NATIVE", "0")
    opened = Analyser(find_dictionary("unidic-lite"))

    def surfaces(text: str) -> list[str]:
        with monkeypatch.context() as patched:
            patched.setattr(words, "analyser", lambda _: opened)
            return units_of(text)

    return surfaces


@pytest.mark.parametrize(
    "text",
    [
        "学校へ行く。",
        "　学校 へ\n行く。 ",
        "a b\0c\x01d",
        "\u3000",
        "𠮟る\U0001f600 ｱｲｳ\t1 2",
    ],
)
def test_the_core_and_mecab_find_the_same_units(
    by_mecab: Callable[[str], list[str]], text: str
) -> None:
    one, other = units_of(text), by_mecab(text)
    # What is white space alone is no word, whoever finds it.
    assert [unit for unit in one if unit.strip()] == [unit for unit in other if unit.strip()]


def test_mecab_gets_long_texts_in_parts(
    by_mecab: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "_CALL_LIMIT", 30)
    text = "今日は晴れ。 明日は雨。\n" * 20
    units = by_mecab(text)
    assert "".join(units) == text.rstrip()
    assert [unit.strip() for unit in units if unit.strip()] == [
        *("今日", "は", "晴れ", "。"),
        *("明日", "は", "雨", "。"),
    ] * 20


def test_long_texts_are_cut_for_the_segmenter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_SUDACHI_LIMIT", 30)
    text = "今日は晴れ。 明日は雨。\n" * 20
    for unit in installed_units():
        surfaces, ends = segment([unit], [text, text])[unit]
        assert ends[-1] <= 2 * len(text)
        assert [s.strip() for s in surfaces if s.strip()] == [
            "今日",
            "は",
            "晴れ",
            "。",
            "明日",
            "は",
            "雨",
            "。",
        ] * 40


def test_units_that_are_none_or_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="sudachi-a"):
        unit_identity("sudachi")
    monkeypatch.setattr(words.importlib.util, "find_spec", lambda _name: None)
    assert installed_units() == ("unidic",)


def name_of(character: str) -> str:
    return CLASSES[int(classes_of(np.array([ord(character)], np.uint32))[0])]


@pytest.mark.parametrize(
    ("characters", "expected"),
    [
        ("一校日", "1"),
        ("岡媛茨群徳富賀城", "4"),  # of the list of 2017: prefectures, and moved from 5 and 6
        ("囲喜救史士歴", "5"),
        ("胃腸恩銭預", "6"),
        ("叱𠮟剝剥塡填頰頬俺鬱", "jouyou"),
        ("鑾龘々〆〇髙", "beyond"),
        ("ぁんゝゔ", "hiragana"),
        ("アヴーｱﾟㇰヽ", "katakana"),
        ("aZéＡſ", "latin"),
        ("09０９٣", "digits"),
        ("。、「」・～－①½㎝%＋★ﾟ"[:-1], "symbols"),
        ("😀🎌♡☀", "emoji"),
        ("αЖ한", "other"),
        (" \u3000\n\t\u00a0", "space"),
    ],
)
def test_classes(characters: str, expected: str) -> None:
    wrong = {c: name_of(c) for c in characters if name_of(c) != expected}
    assert wrong in ({}, {"★": "emoji"}, {"♡": "symbols"})


def test_the_lists_are_whole() -> None:
    folder = Path(kanji.__file__).parent
    lists = json.loads((folder / "kanji.json").read_text(encoding="utf-8"))["classes"]
    sizes = {name: len(set(members)) for name, members in lists.items()}
    assert sizes == {"1": 80, "2": 160, "3": 200, "4": 202, "5": 193, "6": 191, "jouyou": 1110}
    members = "".join(lists.values())
    assert len(set(members)) == len(members) == 2136
    assert all(unicodedata.name(c).startswith("CJK UNIFIED") for c in members)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_every_character_has_a_class(text: str) -> None:
    classes = classes_of(np.frombuffer(text.encode("utf-32-le"), np.uint32))
    assert (classes < len(CLASSES)).all()
    scripts = script_of(classes)
    for code, script in zip(classes.tolist(), scripts.tolist(), strict=True):
        name = CLASSES[code]
        assert SCRIPTS[script] == ("kanji" if name in KANJI_CLASSES else name)
    inked = [SCRIPTS[s] != "space" for s in scripts.tolist()]
    assert inked == [not c.isspace() for c in text]
