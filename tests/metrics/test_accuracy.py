"""Accuracy of difficulty control: the published numbers, what must always hold, every flag."""

from __future__ import annotations

import json
import math
import random
import time
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.core.errors import InputError, UsageError
from jtextkit.metrics.accuracy import (
    CONFUSION,
    FLAGS,
    SIX_LEVELS,
    TWO_LEVELS,
    Copies,
    DifficultyAccuracy,
    Hits,
    Instance,
    Judge,
    accuracy_of,
    added,
    compare_counts,
    judge_frame,
    judge_row,
    judge_texts,
    paired,
    ranges_of,
)
from jtextkit.metrics.accuracy.copies import distinct, longest_repeat
from jtextkit.metrics.accuracy.flags import is_prompt_copied
from jtextkit.metrics.readability.formula import score

EASY = "朝です。ぼくは学校へ行きます。友だちが門で待っています。二人で歌を歌いました。"
HARD = "経済政策の効果を検証する研究は、統計的手法の発展とともに急速に進展し、制度設計への応用が期待される。"
CASES = json.loads((Path(__file__).parent / "accuracy_cases.json").read_text(encoding="utf-8"))


def counts_of(given_counts: dict[str, list[int]]) -> dict[str, Hits]:
    return {name: Hits(*numbers) for name, numbers in given_counts.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden_counts(case) -> None:
    this, base = counts_of(case["this"]), counts_of(case["base"])
    differences = compare_counts(this, base)
    for name in ("", *this):
        one = differences[name]
        assert round(100 * one.base, 1) == case["base_percent"][name]
        assert round(100 * one.accuracy, 1) == case["this_percent"][name]
        assert round(100 * one.difference, 1) == case["gain_percent"][name]
    for counts, intervals in ((base, "base_interval"), (this, "this_interval")):
        found = accuracy_of(counts)
        shares = {"": found.overall, **found.targets}
        for name, (low, high) in case[intervals].items():
            assert 100 * shares[name].interval.low == pytest.approx(low, abs=0.06)
            assert 100 * shares[name].interval.high == pytest.approx(high, abs=0.06)
    # 15 texts a level: the gain on Complex is real, the one on Simple shows nothing.
    assert differences["Complex"].p < 0.05 < differences["Simple"].p
    assert differences["Complex"].test == "fisher"


def test_macro_is_the_mean_of_targets_whatever_their_size() -> None:
    found = accuracy_of({"Simple": Hits(100, 90), "Complex": Hits(10, 1), "Empty": Hits()})
    assert found.accuracy == 91 / 110
    assert found.macro_accuracy == pytest.approx((0.9 + 0.1) / 2)
    assert found.targets["Empty"].accuracy is None
    assert found.overall.clipped_accuracy is None  # nobody counted it


@pytest.mark.parametrize("numbers", [(1, 2), (3, -1), (3, 2, 1), (3, 1, 4)])
def test_impossible_hits_are_refused(numbers) -> None:
    with pytest.raises(UsageError):
        Hits(*numbers)


hits = st.integers(0, 50).flatmap(
    lambda n: st.integers(0, n).flatmap(
        lambda h: st.builds(Hits, st.just(n), st.just(h), st.integers(h, n))
    )
)


@given(st.lists(st.dictionaries(st.sampled_from(["Simple", "Complex"]), hits), max_size=4))
def test_counts_of_parts_add_to_the_whole(parts) -> None:
    whole = added(*parts)
    assert sum(part.n for part in whole.values()) == sum(
        h.n for part in parts for h in part.values()
    )
    assert added(added(*parts[:2]), added(*parts[2:])) == whole
    for name, found in whole.items():
        assert found.clipped == sum(part[name].clipped for part in parts if name in part)


# The borders: readability 6.5 is difficulty 0, 3.5 is 0.5, 0.5 is 1.


@pytest.mark.parametrize(
    ("readability", "simple", "complex_", "clipped_simple", "clipped_complex"),
    [
        (6.6, False, False, True, False),
        (6.5, True, False, True, False),
        (3.6, True, False, True, False),
        (3.5, False, True, False, True),
        (0.5, False, True, False, True),
        (0.4, False, False, False, True),
        (-246.0, False, False, False, True),
    ],
)
def test_the_seed_s_ranges(readability, simple, complex_, clipped_simple, clipped_complex) -> None:
    assert TWO_LEVELS.holds("Simple", readability) is simple
    assert TWO_LEVELS.holds("Complex", readability) is complex_
    assert TWO_LEVELS.holds("Simple", readability, clipped=True) is clipped_simple
    assert TWO_LEVELS.holds("Complex", readability, clipped=True) is clipped_complex


@given(st.floats(-300, 20))
def test_a_readability_lies_in_one_range_and_clipping_only_adds(readability) -> None:
    for some in (TWO_LEVELS, SIX_LEVELS, ranges_of("a=0:0.3,b=0.3:0.7,c=0.7:1")):
        inside = [name for name in some.names if some.holds(name, readability)]
        clipped = [name for name in some.names if some.holds(name, readability, clipped=True)]
        assert len(inside) <= 1
        assert set(inside) <= set(clipped)
        assert clipped == [some.where(readability)]


def test_own_ranges() -> None:
    own = ranges_of("hard = 0.66:1, easy=0:0.33 ,mid=0.4:0.66")
    assert own.names == ("easy", "mid", "hard")
    assert own.name(" HARD ") == "hard"
    assert own.name("Simple") is None
    assert own.where(6.5 - 6 * 0.36) is None  # the gap between 0.33 and 0.4
    assert ranges_of("levels") is SIX_LEVELS
    assert ranges_of("two-levels") is TWO_LEVELS
    assert SIX_LEVELS.names[0] == "lower-elementary"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "easy",
        "easy=0",
        "easy=0:x",
        "easy=0.5:0.2",
        "=0:1",
        "a=0:0.5,A=0.5:1",
        "a=0:nan",
        "a=0:0.5,",
    ],
)
def test_wrong_ranges_say_what_is_right(wrong) -> None:
    with pytest.raises(UsageError):
        ranges_of(wrong)


# Texts


def test_texts_are_judged_and_each_has_an_instance() -> None:
    found = judge_texts([EASY, HARD, EASY, ""], ["simple", "COMPLEX", "Complex", "Simple"])
    assert [one.hit for one in found.instances] == [True, True, False, False]
    assert found.accuracy.accuracy == 0.5  # the empty text stays in the denominator
    assert found.counts == {"Simple": Hits(2, 1, 1), "Complex": Hits(2, 1, 1)}
    first, *_, last = found.instances
    assert first.readability == score(EASY).readability
    assert first.characters == len(EASY)
    assert (last.readability, last.difficulty, last.level, last.flags) == (
        None,
        None,
        None,
        ("empty",),
    )
    assert found.levels["Simple"]["no score"] == 1
    assert found.levels["Complex"][score(HARD).level] == 1
    assert found.signature.startswith("jreadability|dict:")
    assert "|ranges:two-levels|v:" in found.signature


def test_off_the_scale_is_wrong_and_clipped_right() -> None:
    very_hard = "国際経済政策研究機構理事会決議事項" * 4
    assert score(very_hard).difficulty > 1
    found = judge_texts([very_hard], "Complex")
    assert (found.accuracy.accuracy, found.accuracy.overall.clipped_accuracy) == (0.0, 1.0)
    assert found.levels["Complex"]["harder than the scale"] == 1


def test_confusion_has_every_text_once() -> None:
    found = judge_texts([EASY, HARD, "", "あ" * 50, HARD], ["Simple"] * 3 + ["Complex"] * 2)
    assert all(tuple(row) == CONFUSION for row in found.levels.values())
    assert sum(sum(row.values()) for row in found.levels.values()) == 5


def test_six_levels() -> None:
    level = score(EASY).level
    found = judge_texts([EASY, HARD], [level.upper(), level], ranges="levels")
    assert [one.hit for one in found.instances] == [True, False]


def test_a_required_length_makes_short_texts_wrong() -> None:
    found = judge_texts([EASY, EASY * 10], "Simple", min_chars=len(EASY) + 1)
    assert [one.hit for one in found.instances] == [False, True]
    assert found.instances[0].flags == ("too-short",)
    assert f"|min:{len(EASY) + 1}|" in found.signature


def test_lengths_shown_apart() -> None:
    found = judge_texts([EASY, HARD, EASY * 6, EASY * 30], ["Simple"] * 4)
    bands = {band.low: band.share for band in found.by_length}
    assert (bands[0].n, bands[0].hits) == (2, 1)
    assert bands[200].n == 1
    assert bands[1001].n == 1
    assert sum(band.share.n for band in found.by_length) == 4


def test_a_band_of_lengths_begins_with_its_first_number() -> None:
    found = judge_texts(["あ" * 399, "あ" * 400, "あ" * 1000, "あ" * 1001], "simple")
    assert {band.low: band.share.n for band in found.by_length} == {
        0: 0, 100: 0, 200: 1, 400: 2, 1001: 1,
    }  # fmt: skip


def test_the_other_sentence_rule() -> None:
    lines = EASY.replace("。", "\n") * 5
    found = judge_texts([lines, EASY], "Complex")
    assert found.instances[0].found == "Complex"
    assert found.instances[0].found_by_other_rule == "Simple"
    assert (found.label_changes.hits, found.label_changes.n) == (1, 2)
    other = judge_texts([lines], "Complex", sentences="newline")
    assert (other.instances[0].found, other.instances[0].found_by_other_rule) == (
        "Simple",
        "Complex",
    )


def test_correlation_of_target_and_score() -> None:
    good = judge_texts(
        [EASY, EASY + "空です。", HARD, HARD + "空です。"], ["Simple"] * 2 + ["Complex"] * 2
    )
    assert good.correlation["pearson"] > 0.8
    swapped = judge_texts(
        [HARD, HARD + "空です。", EASY, EASY + "空です。"], ["Simple"] * 2 + ["Complex"] * 2
    )
    assert swapped.correlation["pearson"] == pytest.approx(-good.correlation["pearson"])
    assert judge_texts([EASY] * 3, "Simple").correlation == {"pearson": None, "spearman": None}


def test_distribution() -> None:
    found = judge_texts([EASY, HARD, ""], "Simple").difficulty["Simple"]
    values = sorted([score(EASY).difficulty, score(HARD).difficulty])
    assert found.n == 2
    assert found.mean == pytest.approx(sum(values) / 2)
    assert found.quantiles["50"] == pytest.approx(found.mean)
    assert (found.quantiles["0"], found.quantiles["100"]) == pytest.approx(tuple(values))
    assert found.deviation == pytest.approx((values[1] - values[0]) / math.sqrt(2))
    none = judge_texts([""], "Simple").difficulty["Simple"]
    assert (none.n, none.mean, none.interval) == (0, None, None)


# Flags


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("", "empty"),
        (" \n　", "empty"),
        ("a\0b", "unscorable"),
        ("あ\ud800。", "unscorable"),
        ("申し訳ありませんが、そのご要望にはお答えできません。", "refused"),
        ("AIである私には文章を書くことができません。", "refused"),
        ("I'm sorry, but I can't write that.", "refused"),
        ("This is a text in English, not in Japanese.", "not-japanese"),
        ("我们今天去学校学习中文和历史。", "not-japanese"),
        ("とても楽しいです。" * 10, "repetition"),
        ("朝です。ぼくは学校へ", "truncated"),
        ("そこで私は「行こう", "truncated"),
    ],
)
def test_flags(text, flag) -> None:
    assert flag in judge_texts([text], "Simple").instances[0].flags


@pytest.mark.parametrize(
    "text",
    [
        EASY,
        HARD,
        "「申し訳ない。」と彼は言って、静かに部屋を出ていった。外は雨だった。",
        "AIとして有名なこの機械は、毎日工場で働いている。",
        "私は言った。「もう帰ろう。」",
        "すごい！楽しい（本当に）。",
        "そして春が来た……",
        "東京都千代田区",
    ],
)
def test_good_texts_have_no_flag_but_perhaps_truncated(text) -> None:
    assert set(judge_texts([text], "Simple").instances[0].flags) <= {"truncated"}


def test_few_different_grams_are_repetition() -> None:
    """No stretch of 30 characters comes twice; less than half of the runs of four are different."""
    text = "".join(random.Random(9).choices("あい", k=40))
    assert 0.4 < distinct(text, 4) < 0.45
    assert longest_repeat(text) < 30
    assert "repetition" in judge_texts([text], "simple").instances[0].flags
    text = "".join(random.Random(3).choices("あいう", k=90))
    assert 0.5 <= distinct(text, 4) < 0.75
    assert "repetition" not in judge_texts([text], "simple").instances[0].flags


def test_a_copied_prompt() -> None:
    prompt = "難易度レベル「Simple」の日本語文章を書いてください。"
    found = judge_texts([prompt + EASY, EASY], "Simple", prompts=[prompt, prompt])
    assert ["prompt-copied" in one.flags for one in found.instances] == [True, False]
    assert is_prompt_copied("犬と猫の短い話です。それは昔の話。", "犬と猫の短い話で")
    assert not is_prompt_copied("猫は寝る。", "猫")  # a word is no copy


def test_copies_of_the_training_set() -> None:
    new = "夕方になると、港の市場では漁師たちが魚を並べ、客は値段を聞きながら歩いた。"
    found = judge_texts([EASY, new, HARD[:30] + new * 3], "Simple", train=[EASY + HARD])
    overlaps = [one.train_overlap for one in found.instances]
    assert overlaps[0] == 1.0
    assert overlaps[1] == 0.0
    assert 0 < overlaps[2] < 0.5
    assert "train-copied" in found.instances[0].flags
    assert "train-copied" not in found.instances[1].flags
    spaced = "　\n".join(EASY)  # white space does not hide a copy
    assert Copies([EASY]).share(spaced) == 1.0
    assert Copies([]).share(EASY) == 0.0
    assert judge_texts([EASY], "Simple").instances[0].train_overlap is None


def test_flags_are_counted_and_nothing_is_dropped() -> None:
    found = judge_texts(["", "朝です。学校へ", EASY], ["Simple", "Simple", "Complex"])
    assert list(found.flags) == list(FLAGS)
    assert found.flags["empty"] == {
        "n": 1,
        "hits": 0,
        "accuracy_without": 1 / 3,
        "targets": {"Simple": 1, "Complex": 0},
    }
    assert found.flags["truncated"]["n"] == 1
    assert found.accuracy.n == 3


def test_flagged_hits_can_be_taken_away() -> None:
    prompt = EASY[:30]
    found = judge_texts([EASY, EASY], "Simple", prompts=[prompt, None])
    assert found.accuracy.accuracy == 1.0
    assert found.clean_hits.accuracy == 0.5


def test_a_hit_that_is_cut_off_is_no_flagged_hit() -> None:
    found = judge_texts([EASY, EASY.rstrip("。")], "simple")
    assert [one.flags for one in found.instances] == [(), ("truncated",)]
    assert found.clean_hits.accuracy == found.accuracy.accuracy == 1.0


def repeat_by_hand(text: str) -> int:
    best = 0
    for length in range(1, len(text)):
        stretches = [text[i : i + length] for i in range(len(text) - length + 1)]
        if len(set(stretches)) < len(stretches):
            best = length
    return best


@given(st.text(st.sampled_from("ab猫\U0001f600\ud800"), max_size=40))
def test_the_longest_repeat_is_that_found_by_trying(text) -> None:
    assert longest_repeat(text) == repeat_by_hand(text)


@given(st.text(st.sampled_from("ab猫"), max_size=40), st.integers(1, 5))
def test_distinct_is_the_share_of_different_grams(text, n) -> None:
    grams = [text[i : i + n] for i in range(len(text) - n + 1)]
    expected = len(set(grams)) / len(grams) if grams else None
    assert distinct(text, n) == expected


@given(st.text(max_size=120), st.text(max_size=120))
def test_copies_are_those_found_by_trying(known, text) -> None:
    bare, source = "".join(text.split()), "".join(known.split())
    runs = [bare[i : i + 20] for i in range(len(bare) - 19)]
    expected = sum(run in source for run in runs) / len(runs) if runs else 0.0
    assert Copies([known]).share(text) == pytest.approx(expected)


@pytest.mark.parametrize("unit", ["a", "ab", "あいうえおかきくけこさしすせそ、"])
def test_hostile_text_takes_no_longer_than_it_must(unit) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    assert longest_repeat(text) > 90_000
    distinct(text, 4)
    assert Copies([text]).share(text) == 1.0
    assert time.process_time() - start < 10  # seconds of work would be the failure, not a second


# Always


def fake(
    target: str, readability: float | None, number: int, other: float | None = None
) -> Instance:
    hit = readability is not None and TWO_LEVELS.holds(target, readability)
    clipped = readability is not None and TWO_LEVELS.holds(target, readability, clipped=True)
    difficulty = None if readability is None else (6.5 - readability) / 6
    return Instance(
        target, hit, clipped, readability, difficulty, None,
        None if readability is None else TWO_LEVELS.where(readability),
        None if other is None else TWO_LEVELS.where(other),
        number * 37 % 1300, 0.9, None, number, None,
        ("truncated",) if number % 3 else (), f"i{number}", f"p{number}", "m",
    )  # fmt: skip


def made(*rows: tuple[str, float | None]) -> DifficultyAccuracy:
    found = tuple(fake(target, value, at, value) for at, (target, value) in enumerate(rows))
    return DifficultyAccuracy(found, "s")


row = st.tuples(
    st.sampled_from(["Simple", "Complex"]), st.none() | st.floats(-5, 9).map(lambda v: round(v, 3))
)


@settings(max_examples=40)
@given(st.lists(row, max_size=25), st.randoms(), st.integers(0, 25))
def test_neither_order_nor_parts_matter(rows, random, cut) -> None:
    whole = made(*rows)
    shuffled = list(whole.instances)
    random.shuffle(shuffled)
    figures = whole.to_dict()
    assert DifficultyAccuracy(tuple(shuffled), "s").to_dict() == figures
    head = DifficultyAccuracy(whole.instances[:cut], "s")
    tail = DifficultyAccuracy(whole.instances[cut:], "s")
    assert (head + tail).to_dict() == figures
    assert added(head.counts, tail.counts) == whole.counts
    json.dumps(figures, allow_nan=False)


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_judged(text) -> None:
    one = judge_texts([text], "Simple", prompts=[text], train=[text]).instances[0]
    assert set(one.flags) <= set(FLAGS)
    assert one.characters == len(text)
    assert one.hit <= one.clipped_hit
    assert (one.readability is None) == bool({"empty", "unscorable"} & set(one.flags))


# Comparing


def test_pairs_are_tested_by_mcnemar() -> None:
    base = made(*[("Simple", 1.0)] * 8, *[("Complex", 1.0)] * 4)
    this = made(*[("Simple", 5.0)] * 8, *[("Complex", 1.0)] * 4)
    found = this.compare(base)
    assert (found["Simple"].test, found["Simple"].pairs) == ("mcnemar", 8)
    assert (found["Simple"].only_this, found["Simple"].only_base) == (8, 0)
    assert found["Simple"].p == pytest.approx(2 / 2**8)
    assert found["Complex"].p == 1.0
    assert found[""].difference == pytest.approx(8 / 12)
    assert this.compare(this)[""].p == 1.0


def test_other_prompts_or_samples_of_one_prompt_are_not_paired() -> None:
    this = judge_texts([EASY] * 3, "Simple", prompts=["同じ指示です"] * 3)
    base = judge_texts([HARD] * 3, "Simple", prompts=["同じ指示です"] * 3)
    assert paired(this.instances, base.instances) == []
    assert this.compare(base)[""].test == "fisher"
    without = judge_texts([HARD] * 3, "Simple")
    assert without.compare(this)[""].test == "fisher"


@pytest.mark.parametrize(("texts", "test"), [(4, "mcnemar"), (5, "fisher")])
def test_partners_for_half_of_the_texts_are_enough(texts, test) -> None:
    this = judge_texts([EASY] * texts, "Simple", prompts=["a", "b", *"xyz"[: texts - 2]])
    base = judge_texts([EASY] * texts, "Simple", prompts=["a", "b", *"uvw"[: texts - 2]])
    assert len(paired(this.instances, base.instances)) == 2
    assert this.compare(base)[""].test == test


def test_prompts_pair_where_ids_do_not_meet() -> None:
    judge = Judge()
    this = [judge.judge(EASY, "Simple", id=f"tuned-{i}", prompt=f"p{i}") for i in range(4)]
    base = [judge.judge(EASY, "Simple", id=f"base-{i}", prompt=f"p{i}") for i in range(4)]
    assert [(a.prompt, b.prompt) for a, b in paired(this, base)] == [
        (f"p{i}",) * 2 for i in range(4)
    ]


def test_what_was_made_differently_is_not_compared() -> None:
    one, other = judge_texts([EASY], "Simple"), judge_texts([EASY], "Simple", sentences="newline")
    with pytest.raises(UsageError, match="made differently"):
        one.compare(other)
    with pytest.raises(UsageError, match="made differently"):
        one + other


# Rows and frames


@pytest.mark.parametrize("frame", [pl.DataFrame, pd.DataFrame])
def test_frames(frame) -> None:
    rows = {"text": [EASY, HARD, None], "label": [0, 1, 1], "id": ["a", "b", "c"]}
    with pytest.raises(InputError, match=r"row 2: the text is missing"):
        judge_frame(frame(rows))
    bad: list[int] = []
    found = judge_frame(frame(rows), bad=lambda at, error: bad.append(at))
    assert bad == [2]
    assert found.accuracy.accuracy == 1.0
    assert [one.id for one in found.instances] == ["a", "b"]
    with pytest.raises(UsageError, match="did you mean"):
        judge_frame(frame(rows), "texts")
    with pytest.raises(UsageError, match="cannot judge a list"):
        judge_frame([rows])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_row", "problem"),
    [
        ({"target": "Simple"}, "the text is missing"),
        ({"text": None, "target": "Simple"}, "the text is missing"),
        ({"text": 3, "target": "Simple"}, "not text"),
        ({"text": EASY}, "the target is missing"),
        ({"text": EASY, "target": None}, "the target is missing"),
        ({"text": EASY, "target": "medium"}, "no such target"),
        ({"text": EASY, "target": 2}, "no such target"),
        ({"text": EASY, "target": True}, "no such target"),
        ({"text": EASY, "target": ["Simple"]}, "no such target"),
    ],
)
def test_bad_rows(given_row, problem) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        judge_row(Judge(), given_row, place="f:3")
    assert str(caught.value).startswith("f:3: ")


def test_a_chat_is_a_prompt_and_target_comes_before_label() -> None:
    prompt = [{"role": "user", "content": "やさしい文章をお願いします。犬と猫の話です。"}]
    one = judge_row(
        Judge(), {"text": EASY, "target": "simple", "label": 1, "prompt": prompt, "id": 7}
    )
    assert one.target == "Simple"
    assert json.loads(one.prompt) == prompt
    assert one.id == "7"


def test_wrong_calls() -> None:
    with pytest.raises(UsageError, match="1 texts, 2 targets"):
        judge_texts([EASY], ["Simple", "Simple"])
    with pytest.raises(UsageError, match="did you mean"):
        judge_texts([EASY], "Simpel")
    with pytest.raises(UsageError):
        Judge(min_chars=-1)
