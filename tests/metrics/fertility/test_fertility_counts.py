"""Every measure on cases small enough for paper; counts that add up however text is dealt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_tokenizers import byte_level_json, sentencepiece_model, tekken_json, word_json

from jtextkit.core.errors import InputError, TokenizerError
from jtextkit.metrics.fertility import (
    CountingPlan,
    Document,
    Fertility,
    Totals,
    count_batch,
    measure,
    parity,
)
from jtextkit.metrics.fertility.counts import GROUPS, difference
from jtextkit.metrics.fertility.measures import resamples

TEXT = "今日は晴れ。"  # UniDic: 今日|は|晴れ|。


def measured(tokenizer: Path | str, *texts: str, units: Sequence[str] = ("unidic",)) -> Fertility:
    found = measure([str(tokenizer)], [Document(text) for text in texts], units=units)
    assert not found.errors, found.errors
    return found.results[0]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return sentencepiece_model(tmp_path / "tiny.model", ["▁", "今日は", "晴", "れ", "。"])


def test_all_measures_by_hand(model: Path) -> None:
    """▁|今日は|晴|れ|。 against 今日|は|晴れ|。"""
    got = measured(model, TEXT)
    assert (got.tokens, got.characters, got.bytes, got.words) == (5, 6, 18, 4)
    assert got.characters_per_token == 6 / 5
    assert got.bytes_per_token == 18 / 5
    assert got.tokens_per_word == 4 / 4  # ▁ covers nothing
    # Borders inside: words 今日|は|晴れ|。, tokens 今日は|晴|れ|。; two are the same.
    assert got.boundary_precision == pytest.approx(2 / 3)
    assert got.boundary_recall == pytest.approx(2 / 3)
    assert got.boundary_f1 == pytest.approx(2 / 3)
    assert (got.words_kept, got.words_split, got.words_merged) == (1 / 4, 1 / 4, 2 / 4)
    assert got.tokens_crossing == 1 / 4  # 今日は
    assert (got.byte_fallback, got.unknown) == (0, 0)
    assert got.round_trip == 1
    assert got.vocabulary_size == 264
    assert got.by_script["kanji"]["characters_per_token"] == pytest.approx(3 / (2 / 3 + 1))
    assert got.by_script["hiragana"]["characters_per_token"] == pytest.approx(2 / (1 / 3 + 1))
    assert got.by_script["symbols"]["characters_per_token"] == 1
    assert got.by_script["kanji"]["words"] == 1
    assert got.by_script["kanji"]["words_kept"] == 0
    assert got.by_script["symbols"]["words_kept"] == 1
    assert got.by_script["mixed"] == {
        "words": 1,
        "words_kept": 0,
        "intervals": {"words_kept": None},
    }
    assert {k: v["characters"] for k, v in got.by_kanji.items()} == {"1": 1, "2": 2}  # 日; 今晴
    assert got.intervals["characters_per_token"] is None  # of one document


def test_bytes_and_cuts_inside_characters(tmp_path: Path) -> None:
    """▁|今|<E6>|<97>|<A5>: 日 is not in the vocabulary."""
    got = measured(sentencepiece_model(tmp_path / "b.model", ["▁", "今"]), "今日")
    assert got.tokens == 5
    assert got.byte_fallback == 3 / 5
    assert (got.words_kept, got.words_split) == (0, 1)
    assert got.round_trip == 1
    assert got.by_script["kanji"]["characters_per_token"] == 2 / 4
    assert got.by_script["kanji"]["byte_fallback"] == 1 / 2


def test_a_word_all_in_bytes_is_split_and_a_border_on_it_counts(tmp_path: Path) -> None:
    """晴 by three bytes: no border inside 晴, but it is no whole word of one token either."""
    got = measured(sentencepiece_model(tmp_path / "b.model", ["▁", "今日", "は"]), "今日は晴")
    assert got.words_kept == 2 / 3
    assert got.boundary_f1 == 1


def test_byte_level_pieces_with_parts_of_characters(tmp_path: Path) -> None:
    """Bytes E4 BB 8A E6 97 A5 with one merge E4 BB: 今 is cut once inside, 日 twice."""
    path = byte_level_json(tmp_path / "tokenizer.json", [("ä", "»")])
    got = measured(path, "今日")
    assert got.tokens == 5
    assert got.byte_fallback == 1
    assert got.by_script["kanji"]["characters_per_token"] == 2 / 5


def test_unknown_characters_and_what_is_lost(tmp_path: Path) -> None:
    path = sentencepiece_model(tmp_path / "u.model", ["▁", "今日", "は"], byte_fallback=False)
    got = measured(path, "今日は晴")
    assert got.tokens == 4
    assert got.unknown == 1 / 4
    assert got.round_trip == 0
    assert got.lost_characters == {"晴": 1}


def test_white_space_is_no_word_and_no_token(tmp_path: Path) -> None:
    """▁|日|▁|▁|の: two words, two tokens with ink; the cut at the gap is right on both sides."""
    got = measured(sentencepiece_model(tmp_path / "s.model", ["▁", "日", "の"]), "日  の")
    assert got.tokens == 5
    assert got.tokens_per_word == 1
    assert (got.boundary_f1, got.words_kept) == (1, 1)
    assert got.by_script["space"]["characters"] == 2


def test_leading_space_of_a_piece_is_no_part_of_the_word(tmp_path: Path) -> None:
    got = measured(
        sentencepiece_model(tmp_path / "s.model", ["▁", "の", "▁the", "日"]), "日 the 日の"
    )
    assert got.words_kept == 1
    assert got.boundary_f1 == 1


def test_text_that_is_only_one_word_has_no_borders(tmp_path: Path) -> None:
    got = measured(sentencepiece_model(tmp_path / "o.model", ["▁今日"]), "今日")
    assert got.boundary_f1 is None
    assert got.words_kept == 1


def test_baselines() -> None:
    both = measure(["bytes", "characters"], [Document(TEXT)], units=["unidic"]).results
    as_bytes, characters = both
    assert as_bytes.characters_per_token == 1 / 3
    assert as_bytes.tokens_per_word == 18 / 4
    assert as_bytes.boundary_recall == 1
    assert as_bytes.words_kept == 0
    assert characters.characters_per_token == 1
    assert characters.words_kept == 2 / 4  # は and 。
    assert characters.boundary_precision == pytest.approx(3 / 5)


def test_a_dropping_tokenizer_is_measured_by_its_offsets(tmp_path: Path) -> None:
    """White space is dropped and letters are lowered: the text does not come back."""
    path = word_json(tmp_path / "tokenizer.json", ["nasa", "です"])
    got = measured(path, "NASA です 日")
    assert got.tokens == 3
    assert got.unknown == pytest.approx(1 / 3)
    assert got.words_kept == 1
    assert got.round_trip == 0
    assert got.lost_characters == {"A": 2, "S": 1, "日": 1}  # an N came back in [UNK]


def test_tekken(tmp_path: Path) -> None:
    path = tekken_json(tmp_path / "tekken.json", ["今".encode()[:2], "今".encode()])
    got = measured(path, "今日")
    assert got.tokens == 1 + 3
    assert got.vocabulary_size == 10 + 256 + 2
    assert got.byte_fallback == 3 / 4


def test_word_units_differ_and_each_has_its_own_figures() -> None:
    pytest.importorskip(
        "sudachipy", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    pytest.importorskip(
        "sudachidict_core",
        reason='needs the extra fertility: python -m pip install -e ".[fertility]"',
    )
    text = "国家公務員が来た。"
    got = measured("characters", text, units=("unidic", "sudachi-a", "sudachi-b", "sudachi-c"))
    words = {unit: row["words"] for unit, row in got.by_unit.items()}
    assert words["sudachi-a"] > words["sudachi-b"] > words["sudachi-c"]
    assert got.word_unit == "unidic"
    assert got.tokens_per_word == got.by_unit["unidic"]["tokens_per_word"]
    assert got.by_unit["sudachi-c"]["tokens_per_word"] == len(text) / words["sudachi-c"]


def test_parity_by_hand() -> None:
    """Bytes: あ is 3, い is 3; "a" 1, "bc" 2."""
    got = parity("bytes", [("あ", "a"), ("い", "bc")])
    assert got["parity"] == 6 / 3
    assert (got["tokens_ja"], got["tokens_en"], got["pairs"]) == (6, 3, 2)
    low, high = got["interval"]
    assert 1.5 <= low <= 2 <= high <= 3
    with pytest.raises(InputError, match="no pairs"):
        parity("bytes", [])


def test_the_difference_of_two(model: Path) -> None:
    names = [str(model), "characters"]
    found = measure(names, [Document(TEXT)] * 3, units=["unidic"])
    got = difference(found.totals, *names)
    assert [(word.word, word.occurrences, word.pieces_a, word.pieces_b) for word in got.words] == [
        ("今日", 3, 3, 6)
    ]
    assert got.words[0].saved == -3
    assert got.words[0].cut_b == ["今", "日"]


TEXTS = st.text(
    st.sampled_from("今日は晴れ。\u3000 \n\tab1２é😀\u3099カー々𠮷\x00\x01①½"),
    min_size=1,
    max_size=30,
).filter(lambda text: not text.isspace())


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.data())
def test_counts_of_parts_add_up(texts: list[str], data: st.DataObject) -> None:
    plan = CountingPlan(("bytes", "characters"))
    documents = [Document(text, label) for text, label in zip(texts, "abababab", strict=False)]
    border = data.draw(st.integers(0, len(texts)))
    whole, parts = Totals(plan), Totals(plan)
    whole.add(count_batch(plan, 0, documents))
    if border:
        parts.add(count_batch(plan, 0, documents[:border]))
    if border < len(texts):
        parts.add(count_batch(plan, border, documents[border:]))
    np.testing.assert_array_equal(parts.whole.text, whole.whole.text)
    assert parts.documents == whole.documents
    assert parts.slices.keys() == whole.slices.keys()
    for name in plan.tokenizers:
        np.testing.assert_allclose(parts.whole.tokens[name], whole.whole.tokens[name], rtol=1e-12)
    mine, theirs = (
        dict(zip(one.words.index, one.words.rows.tolist(), strict=False)) for one in (parts, whole)
    )
    assert mine == theirs


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_what_holds_for_any_text(texts: list[str]) -> None:
    plan = CountingPlan(("bytes", "characters"))
    totals = Totals(plan)
    totals.add(count_batch(plan, 0, [Document(text) for text in texts]))
    from jtextkit.metrics.fertility.counts import text_columns, token_columns

    text = dict(zip(text_columns(plan.units), totals.whole.text.sum(axis=0), strict=True))
    assert text["characters"] == sum(map(len, texts))
    assert text["bytes"] == sum(len(t.encode()) for t in texts)
    for name in plan.tokenizers:
        c = dict(zip(token_columns(plan.units), totals.whole.tokens[name].sum(axis=0), strict=True))
        assert c["exact"] == len(texts)
        shares = sum(value for key, value in c.items() if key.startswith("tokens:"))
        assert shares == pytest.approx(c["tokens"])
        assert c["unidic:kept"] + c["unidic:split"] <= text["unidic:words"]
        assert c["unidic:hits"] <= min(c["borders"], text["unidic:borders"])
    assert c["tokens"] == text["characters"]
    assert c["unidic:hits"] == text["unidic:borders"]  # characters miss no border


def test_intervals_are_the_same_every_time_and_hold_the_value() -> None:
    documents = [Document(TEXT * n + "NASA" * (n % 3)) for n in range(1, 30)]
    one = measure(["characters", "bytes"], documents, units=["unidic"]).results
    other = measure(["characters", "bytes"], iter(documents), units=["unidic"]).results
    assert [result.to_dict() for result in one] == [result.to_dict() for result in other]
    low, high = one[1].intervals["characters_per_token"]
    assert low < one[1].characters_per_token < high


def test_resamples_leave_empty_groups_out() -> None:
    weights = resamples(np.array([2.0, 0, 1, 0]))
    assert weights.shape == (1000, 4)
    assert (weights.sum(axis=1) == 2).all()
    assert not weights[:, [1, 3]].any()


def test_more_documents_than_groups() -> None:
    number = GROUPS + 10
    got = measure(["characters"], (Document("猫。") for _ in range(number)), units=["unidic"])
    assert got.results[0].documents == number
    assert got.results[0].intervals["characters_per_token"] == (1, 1)


def test_a_failing_tokenizer_does_not_stop_the_others(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jtextkit.metrics.fertility import load_tokenizer

    def fail(texts: Sequence[str]) -> None:
        if any("晴" in text for text in texts):
            raise RuntimeError("no weather")

    tokenizer = load_tokenizer(str(model))
    whole = tokenizer.encode
    monkeypatch.setattr(tokenizer, "encode", lambda texts: fail(texts) or whole(texts))
    found = measure(
        [str(model), "characters"], [Document("猫。"), Document(TEXT)], units=["unidic"]
    )
    assert [result.tokenizer for result in found.results] == ["characters"]
    assert isinstance(found.errors[str(model)], TokenizerError)
    assert "no weather" in str(found.errors[str(model)])


def test_what_cannot_be_measured() -> None:
    with pytest.raises(InputError, match="no text"):
        measure(["bytes"], [], units=["unidic"])
    with pytest.raises(InputError, match="no Japanese"):
        measure(["bytes"], [Document("hello")], units=["unidic"])
    with pytest.raises(InputError, match="more than 64"):
        measure(
            ["bytes"], [Document("猫", str(n)) for n in range(70)], units=["unidic"], slices="level"
        )
