"""What comes out of counts: slices, scripts, forgotten words, workers, signatures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_tokenizers import BPE, sentencepiece_model

from jtextkit.metrics.fertility import (
    CountingPlan,
    Document,
    Totals,
    count_batch,
    counts,
    measure,
    measures,
)
from jtextkit.metrics.fertility.adapters import _shared
from jtextkit.metrics.fertility.counts import SLICE_GROUPS, WordTable, difference
from jtextkit.metrics.fertility.measurement import parity

EASY = ["今日は晴れ。", "猫が鳴く。", "花が咲く。"]
HARD = ["経済の発展に関する研究。", "統計的手法の適用。"]


def labelled() -> list[Document]:
    return [Document(text, "easy") for text in EASY] + [Document(text, "hard") for text in HARD]


def test_a_slice_is_what_measuring_it_alone_gives() -> None:
    whole = measure(["characters"], labelled(), units=["unidic"], slices="level").results[0]
    alone = measure(["characters"], [Document(text) for text in HARD], units=["unidic"]).results[0]
    part = whole.by_level["hard"]
    for name in (
        "characters_per_token",
        "tokens_per_word",
        "boundary_f1",
        "words_kept",
        "tokens_crossing",
    ):
        assert part[name] == pytest.approx(getattr(alone, name)), name
    assert part["documents"] == 2
    low, high = part["intervals"]["tokens_per_word"]
    assert low <= part["tokens_per_word"] <= high
    assert whole.by_level.keys() == {"easy", "hard"}


def test_slices_come_in_the_order_of_their_names_and_only_when_asked_for() -> None:
    documents = labelled()[::-1]
    found = measure(["bytes"], documents, units=["unidic"], slices="source").results[0]
    assert list(found.by_source) == ["easy", "hard"]
    assert not hasattr(measure(["bytes"], documents[:1], units=["unidic"]).results[0], "by_source")


def test_more_documents_of_a_slice_than_it_has_groups() -> None:
    documents = [Document("猫が鳴く。", "easy")] * (SLICE_GROUPS + 3)
    row = (
        measure(["bytes"], documents, units=["unidic"], slices="level").results[0].by_level["easy"]
    )
    assert row["documents"] == SLICE_GROUPS + 3
    assert row["characters_per_token"] == 1 / 3


def test_scripts_add_up_to_the_whole() -> None:
    got = measure(["bytes"], labelled(), units=["unidic"]).results[0]
    assert sum(row.get("characters", 0) for row in got.by_script.values()) == got.characters
    tokens = sum(
        row["characters"] / row["characters_per_token"]
        for row in got.by_script.values()
        if row.get("characters")
    )
    assert tokens == pytest.approx(got.tokens)
    assert sum(row.get("words", 0) for row in got.by_script.values()) == got.words
    assert (
        sum(row["characters"] for row in got.by_kanji.values())
        == got.by_script["kanji"]["characters"]
    )


def test_rare_words_are_forgotten_beyond_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "_WORDS_KEPT", 3)
    found = measure(["characters"], [Document("猫が鳴く。犬が吠える。")], units=["unidic"])
    assert list(found.totals.words.index) == ["が", "。"]  # which occur twice
    assert found.results[0].words == 8  # no figure changes


WORDS = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.integers(1, 5), st.integers(0, 5)), max_size=30
)


@given(WORDS, WORDS)
def test_word_tables_are_counters(
    one: list[tuple[str, int, int]], other: list[tuple[str, int, int]]
) -> None:
    table = WordTable(1)
    expected: Counter[str] = Counter()
    pieces: Counter[str] = Counter()
    for rows in (one, other):
        numbers = np.array([row[1:] for row in rows], np.int64).reshape(-1, 2)
        table.add([word for word, _, _ in rows], numbers)
        for word, number, cut in rows:
            expected[word] += number
            pieces[word] += cut
    whole = {word: [number, pieces[word]] for word, number in expected.items()}
    assert dict(zip(table.index, table.rows.tolist(), strict=False)) == whole
    left = table.without_rarest()
    kept = {word: row for word, row in whole.items() if row[0] > 1}
    assert dict(zip(left.index, left.rows.tolist(), strict=False)) == kept


@given(st.data())
def test_tokens_that_share_a_stretch_divide_it(data: st.DataObject) -> None:
    runs = data.draw(
        st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4)), min_size=1, max_size=6)
    )
    offsets: list[tuple[int, int]] = []
    at = 0
    for size, number in runs:
        offsets += [(at, at + size)] * number
        at += size
    starts, ends = _shared(offsets, at, "t")
    assert starts[0] == 0
    assert ends[-1] == at
    assert (starts[1:] == ends[:-1]).all()
    assert (starts <= ends).all()


def test_offsets_outside_the_text_are_refused() -> None:
    from jtextkit.core.errors import TokenizerError

    for offsets in ([(0, 5)], [(-1, 2)], [(3, 2)]):
        with pytest.raises(TokenizerError, match="do not fit the text"):
            _shared(offsets, 4, "t")


def test_counts_stay_the_same_size_however_much_text() -> None:
    plan = CountingPlan(("bytes",))
    totals = Totals(plan)
    sizes = []
    for first in range(0, 6000, 1000):
        totals.add(count_batch(plan, first, [Document("猫が鳴く。", "a")] * 1000))
        whole = totals.whole
        sizes.append((whole.text.nbytes, whole.tokens["bytes"].nbytes, len(totals.words.index)))
    assert len(set(sizes)) == 1
    assert totals.documents == 6000


def test_the_signature_names_every_choice(tmp_path: Path) -> None:
    model = sentencepiece_model(tmp_path / "m.model", ["▁", "猫"])
    one, other = measure([str(model), "bytes"], [Document("猫。")], units=["unidic"]).results
    assert one.signature.startswith("fertility|tok:m.model-")
    assert "|words:unidic-lite-" in one.signature
    assert "|bos:off|ci:bootstrap-1000-1-" in one.signature
    (tmp_path / "other").mkdir()
    changed = sentencepiece_model(tmp_path / "other" / "m.model", ["▁", "犬"])
    assert (
        measure([str(changed)], [Document("猫。")], units=["unidic"]).results[0].signature
        != one.signature
    )
    assert other.signature.startswith("fertility|tok:bytes|")


def test_a_result_is_json_and_answers_by_name() -> None:
    got = measure(["bytes"], labelled(), units=["unidic"], slices="level").results[0]
    row = json.loads(json.dumps(got.to_dict(), allow_nan=False))
    assert row["tokenizer"] == "bytes"
    assert row["tokens_per_word"] == got.tokens_per_word
    with pytest.raises(AttributeError):
        _ = got.no_such_measure


def test_intervals_narrow_with_more_documents() -> None:
    def width(number: int) -> float:
        documents = [Document("猫が鳴く。" + "図書館" * (n % 4)) for n in range(number)]
        low, high = (
            measure(["bytes"], documents, units=["unidic"]).results[0].intervals["tokens_per_word"]
        )
        return high - low

    assert width(200) < width(20)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Documents of 1 or 3 characters, as likely: a byte each and 1 token, mean 2."""
    random = np.random.default_rng(1)
    held = 0
    for _ in range(60):
        table = np.ones((80, 2))
        table[:, 1] = random.choice((1, 3), 80)
        samples = measures.resamples(table[:, 0]) @ table
        low, high = measures.intervals({"mean": samples[:, 1] / samples[:, 0]})["mean"] or (0, 0)
        held += low <= 2 <= high
    assert 50 <= held <= 60


def test_undefined_resamples_give_no_interval() -> None:
    found = measures.intervals({"a": np.array([1.0, np.nan]), "b": np.array([1.0, 1.0])})
    assert found == {"a": None, "b": (1, 1)}
    assert measures.intervals({}) == {}


def test_a_tokenizer_that_is_no_use_for_english_has_no_parity(tmp_path: Path) -> None:
    """Every side needs a token; a model always gives one."""
    model = sentencepiece_model(tmp_path / "m.model", ["▁", "猫", "▁cat"], kind=BPE)
    got = parity(str(model), [("猫", "cat")])
    assert got["pairs"] == 1
    assert got["interval"] is None
    assert got["parity"] == got["tokens_ja"] / got["tokens_en"]


def test_equal_tokenizers_do_not_differ(tmp_path: Path) -> None:
    one = sentencepiece_model(tmp_path / "a.model", ["▁", "今日は"])
    other = sentencepiece_model(tmp_path / "b.model", ["▁", "今日は"])
    found = measure([str(one), str(other)], [Document("今日は晴れ。")], units=["unidic"])
    got = difference(found.totals, str(one), str(other))
    assert got.words == []
