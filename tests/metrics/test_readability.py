"""The formula's value becomes level, difficulty, label, frame columns and warnings."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import TextError, UsageError
from jtextkit.metrics.morphology.analysis import Counts, count
from jtextkit.metrics.readability import (
    COEFFICIENTS,
    COLUMNS,
    INTERCEPT,
    PROFILE_COLUMNS,
    difficulty_of,
    label_of,
    level_of,
    score,
    score_counts,
    score_frame,
)
from jtextkit.metrics.readability.cautions import old_orthography

STORY = "今日は朝からよく晴れていた。母が台所で魚を焼いている。私は犬と川まで歩いた。"
STATUTE = "当該事業者は、前項の規定による届出を行った後、所管行政庁の認可を受けなければならない。"


@pytest.mark.parametrize(
    ("readability", "level"),
    [
        (0.49, None),
        (0.5, "upper-advanced"),
        (math.nextafter(1.5, 0), "upper-advanced"),
        (1.5, "lower-advanced"),
        (2.5, "upper-intermediate"),
        (3.5, "lower-intermediate"),
        (4.5, "upper-elementary"),
        (5.5, "lower-elementary"),
        (math.nextafter(6.5, 0), "lower-elementary"),
        (6.5, None),
        (-246.0, None),
        (8.3, None),
    ],
)
def test_levels_are_half_open(readability: float, level: str | None) -> None:
    assert level_of(readability) == level


@pytest.mark.parametrize(
    ("readability", "difficulty", "label"),
    [(6.5, 0.0, "Simple"), (0.5, 1.0, "Complex"), (3.5, 0.5, "Complex"), (8.3, -0.3, "Simple")],
)
def test_difficulty_and_label(readability: float, difficulty: float, label: str) -> None:
    assert difficulty_of(readability) == pytest.approx(difficulty, abs=1e-12)
    assert label_of(difficulty_of(readability)) == label


def test_just_below_the_border_is_simple() -> None:
    assert label_of(difficulty_of(math.nextafter(3.5, 4))) == "Simple"


def test_a_score_has_every_column_by_its_name() -> None:
    result = score(STORY)
    row = result.to_dict()
    assert list(row) == [*COLUMNS, "warnings", "signature"]
    assert row["sentences"] == 3
    assert row["words"] == result.counts.words
    assert row["characters"] == len(STORY)
    assert row["label"] == "Simple"


def test_the_terms_add_up_to_the_value() -> None:
    result = score(STATUTE)
    total = INTERCEPT + sum(
        coefficient * getattr(result, feature) for feature, coefficient in COEFFICIENTS.items()
    )
    assert result.readability == pytest.approx(total, abs=1e-9)


def test_hard_text_scores_lower_than_easy_text() -> None:
    assert score(STATUTE).readability < score(STORY).readability - 2


def test_the_signature_names_every_choice() -> None:
    assert score(STORY).signature.startswith(
        "jreadability|dict:unidic-lite-1.0.8-756264|sent:punct"
    )
    assert "|norm:none|" in score(STORY).signature
    assert "|sent:newline|" in score(STORY, sentences="newline").signature
    assert "|norm:bom+lf|" in score(STORY, normalised="bom+lf").signature


def test_counts_of_parts_merge() -> None:
    parts = [count(STORY), count(STATUTE)]
    merged = score_counts(sum(parts, Counts()), "parts")
    assert merged.words == score(STORY).words + score(STATUTE).words
    assert merged.sentences == 4
    assert merged.readability == pytest.approx(score(STORY + STATUTE).readability, abs=0.05)
    assert merged.warnings[0].code == "short"


def test_counts_without_words_have_no_score() -> None:
    with pytest.raises(TextError, match="no words"):
        score_counts(Counts(), "none")


def test_the_newline_rule_is_a_choice() -> None:
    poem = "春が来た\n山に来た\n里に来た\n野にも来た"
    assert score(poem).sentences == 1
    assert score(poem, sentences="newline").sentences == 4
    assert score(poem).readability_newline == score(poem, sentences="newline").readability
    assert score(poem, sentences="newline").readability_punct == score(poem).readability


def test_an_unknown_rule_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="did you mean newline"):
        score(STORY, sentences="newlines")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", " ", "　\n\t", "a\0b", "あ\ud800い"])
def test_what_cannot_be_measured_is_refused(text: str) -> None:
    with pytest.raises(TextError):
        score(text)


LONG = STORY * 12


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (STORY, "short"),
        ("あのね。" * 150, "off-scale"),
        ("\n".join(["春が来た山に来た"] * 60), "sentence-rule"),
        ("さういふ事は思ひもよらぬことでせう。國語を學ぶといふのはいい。" * 15, "old-orthography"),
        ("This is not Japanese at all. " * 20, "not-japanese"),
        (LONG.replace("。", "。\u200b"), "invisible"),
        (LONG.replace("。", "。\r\n"), "invisible"),
        ("か\u3099っこうへ行く。" * 60, "not-nfc"),
    ],
)
def test_warnings(text: str, code: str) -> None:
    assert code in {caution.code for caution in score(text).warnings}


@pytest.mark.parametrize(
    "spelling",
    [
        "ゐ",
        "ゑ",
        "いつた",
        "かつて",
        "まつち",
        "思ふ",
        "でせう",
        "ませう",
        "やうに",
        "やうな",
        "さうし",
        "といふ",
        "さういふ",
        "かういふ",
        "どういふ",
        "へば、",
        "ぢや",
        "づつ",
        "來",
    ],
)
def test_every_old_spelling_counts(spelling: str) -> None:
    """Three of them tip a text of 300 characters with two other old forms."""
    text = "國と學の話。" + STORY * 10
    assert not old_orthography(text[:300])
    assert old_orthography((f"{spelling}。" * 3 + text)[:300])
    assert not old_orthography(f"{spelling}。" * 3 + text + STORY * 10)
    assert not old_orthography(f"{spelling}。" * 60)  # one kind, however often


def test_an_ordinary_text_has_no_warnings() -> None:
    assert score(LONG).warnings == ()


@given(st.text(min_size=1, max_size=60))
def test_a_score_never_breaks_its_own_definitions(text: str) -> None:
    try:
        result = score(text)
    except TextError:
        return
    assert result.words >= 1
    assert 1 <= result.sentences <= result.words
    assert result.difficulty == (6.5 - result.readability) / 6.0
    assert (result.level is None) == (not 0.5 <= result.readability < 6.5)
    for name in ("kango_percent", "wago_percent", "verb_percent", "particle_percent"):
        assert 0 <= getattr(result, name) <= 100
    assert result.warnings is not None


TEXTS: list[Any] = [STORY, None, "", STATUTE, "a\0b"]


def test_score_frame_polars_keeps_rows_order_and_columns() -> None:
    frame = pl.DataFrame({"id": [1, 2, 3, 4, 5], "text": TEXTS})
    scored = score_frame(frame)
    assert scored.columns == ["id", "text", *PROFILE_COLUMNS, "signature", "problem"]
    assert scored["id"].to_list() == [1, 2, 3, 4, 5]
    assert scored["readability"].to_list() == [
        score(STORY).readability,
        None,
        None,
        score(STATUTE).readability,
        None,
    ]
    assert scored["problem"].to_list()[1:3] == ["the text is missing", "the text is empty"]
    assert scored.schema["words"] == pl.Int64
    assert scored.schema["opinions_agree"] == pl.Boolean


def test_score_frame_pandas_keeps_the_index() -> None:
    frame = pd.DataFrame({"body": TEXTS, "n": range(5)}, index=list("edcba"))
    scored = score_frame(frame, "body")
    assert list(scored.index) == list("edcba")
    assert scored["readability"]["e"] == score(STORY).readability
    assert scored["words"].isna().tolist() == [False, True, True, False, True]
    assert scored["problem"]["a"].startswith("NUL")


def test_both_frames_agree() -> None:
    rows = {"text": [STORY, STATUTE]}
    from_polars = score_frame(pl.DataFrame(rows)).to_dicts()
    from_pandas = score_frame(pd.DataFrame(rows)).to_dict("records")
    for a, b in zip(from_polars, from_pandas, strict=True):
        assert {k: v for k, v in a.items() if v is not None} == {
            k: v for k, v in b.items() if not pd.isna(v)
        }


def test_an_empty_frame_gets_the_columns_too() -> None:
    scored = score_frame(pl.DataFrame({"text": []}, schema={"text": pl.String}))
    assert scored.schema["readability"] == pl.Float64
    assert scored.height == 0


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pl.DataFrame({"txt": ["a"]}), "did you mean txt"),
        (pl.DataFrame({"text": ["a"], "level": [1]}), "already has level"),
        ([{"text": "a"}], "cannot score a list"),
        (pl.LazyFrame({"text": ["a"]}), "collect"),
    ],
)
def test_frames_that_cannot_be_scored(frame: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        score_frame(frame)
