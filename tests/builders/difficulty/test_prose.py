"""Prose only: each rule finds its kind of text, by its name, and leaves ordinary narration alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.builders.difficulty.flags import WORDS, content_flags
from jtextkit.builders.difficulty.passages import judge
from jtextkit.builders.difficulty.prose import _DIALECT, _DIALECT_CORE, unfit
from jtextkit.builders.difficulty.recipe import PROSE_RULES, DifficultyRecipe
from jtextkit.core.errors import UsageError
from jtextkit.metrics.readability.profiles import profile

NARRATION = (
    "　朝早く、花子は駅まで歩いて行った。空は青く、風はまだ少し冷たかった。\n"
    "「おはよう。今日は早いね。」\n"
    "　駅の前で、太郎が手を振っている。花子は笑って、「あなたこそ」と答えた。\n"
    "　二人は並んで電車を待った。一九〇〇年に建ったという古い駅舎の屋根で、鳩が鳴いていた。\n"
)

KINDS = {
    "play": "太郎　もう行くのか。\n花子　ええ、汽車が来ますから。\n太郎　手紙をくれるね。\n花子　きっと書きます。\n（花子、去る。）\n",
    "cast-list": "　春子　花屋の娘\n　夏夫（その兄、船員）\n　秋山老人　隣の家の主人\n" + NARRATION,
    "dialogue": "「もう行くの。」\n「うん、汽車が来るから。」\n「手紙をくれるわね。」\n「きっと書くよ。待っていて。」\n　去った。\n",
    "dialect": "「そないなこと言うても、あかんで。うちはもう行かへんで。」\n　母は首を振った。\n"
    "「ほんまに、はよ帰りなはれ。雨が降るさかい、傘を持って行きや。」\n" + NARRATION,
    "censored": NARRATION + "　その年の春、××連隊は××へ移された。\n",
    "classical-grammar": "　春の夜なりき。花は散りぬ。我は独り庭に立ちたり。月は高く、風は静かなりけり。"
    "遠き里に鐘の音聞こえ、人は皆眠りぬ。\n",
    "katakana-script": "　私ハ昨日東京ヘ行キマシタ。空ハ青ク、風ハ冷タカッタ。駅デ友人ヲ待チマシタ。\n",
    "parted-words": "　きょうは　とても　よい　てんきです。いぬが　にわで　あそんで　います。ねこは　やねで　ねて　います。\n",
}


@pytest.mark.parametrize("rule", KINDS)
def test_each_kind_is_found_by_its_name_unless_it_is_allowed(rule: str) -> None:
    text = KINDS[rule]
    classical = profile(text).classical_percent
    assert unfit(text, classical, ()) == rule
    assert unfit(text, classical, [rule]) != rule


@given(st.from_regex(_DIALECT, fullmatch=True))
def test_each_tell_tale_holds_what_texts_are_sifted_by(tell_tale: str) -> None:
    assert _DIALECT_CORE.search(tell_tale)


def test_ordinary_narration_breaks_no_rule() -> None:
    assert unfit(NARRATION, profile(NARRATION).classical_percent, ()) is None


@pytest.mark.parametrize(
    "text",
    [
        "　雨じゃない、雪だ。雨じゃないか。雪じゃなかった。雨じゃあるまい。\n" * 3 + NARRATION,
        NARRATION + "　値は２×３で、×は掛けるしるしである。\n".replace("×は", "それは"),
        NARRATION + "　一九〇〇年と二〇〇〇年の間に、町は大きくなった。\n",
        "　月曜日　晴れ。\n" + NARRATION,
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert unfit(text, 0.0, ()) is None


@given(st.text("「」『』　×太郎、。\n（）", min_size=1), st.sets(st.sampled_from(PROSE_RULES)))
def test_only_rules_that_are_asked_for_are_named(text: str, allowed: set[str]) -> None:
    assert unfit(text, 0.0, allowed) in {None, *PROSE_RULES} - allowed


def test_a_rule_that_there_is_not_cannot_be_allowed() -> None:
    with pytest.raises(UsageError, match="allow has no rule plays"):
        DifficultyRecipe(allow=("plays",))


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("敵を殺し、死体を埋めた。", ["violence"]),
        ("彼は自殺を思いとどまった。", ["self-harm"]),
        ("客が殺到した。殺風景な部屋だ。忙殺される。", []),
        ("気ちがいと呼ばれ、身を投げた。", ["discriminatory", "self-harm"]),
        ("遊廓の灯が見えた。", ["sexual"]),
        ("心中おだやかでない。", []),
    ],
)
def test_flags_say_which_lists_have_a_word_here(text: str, flags: list[str]) -> None:
    assert content_flags(text) == flags
    assert set(flags) <= set(WORDS)


def test_flagged_texts_are_left_out_where_asked_for() -> None:
    text = "犬が走る。猫も走る。鳥が鳴く。花が咲く。雨が降る。虎が兎を殺す。"
    loose = DifficultyRecipe(simple_below=100, complex_above=0)
    assert not isinstance(judge(text, loose), str)
    strict = DifficultyRecipe(simple_below=100, complex_above=0, exclude_flagged=True)
    assert judge(text, strict) == "flagged"


@pytest.mark.parametrize(
    ("below", "above", "rule"), [(25.0, 60.0, None), (0.001, 60.0, "second-opinion")]
)
def test_both_opinions_must_call_a_text_simple(
    below: float, above: float, rule: str | None
) -> None:
    text = "犬が走る。猫も走る。鳥が鳴く。花が咲く。雨が降る。風がふく。"
    found = judge(text, DifficultyRecipe(simple_below=below, complex_above=above))
    assert (found if isinstance(found, str) else None) == rule
