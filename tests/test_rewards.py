"""Rewards pay for what was asked for, nothing for what only looks like it, and never fail on a text."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit import rewards
from jtextkit.core.errors import UsageError
from jtextkit.rewards import (
    DifficultyReward,
    StyleReward,
    answer_reward,
    combine,
    difficulty_reward,
    steps_reward,
    style_reward,
)

PROMPT = "1本80円の鉛筆を3本と、120円のノートを1冊買いました。代金は全部でいくらですか。"
SOLVED = "①鉛筆の代金は 80×3＝240 で、240円。\n②ノートをたして、240＋120＝360\n答え　360円"
EASY = (
    "　朝、母が台所で魚を焼いていた。私は犬と川まで歩いた。水はまだ冷たい。\n「おはよう。」と、橋の"
    "上でとなりのおじさんが手をふった。私も手をふった。犬は水の音を聞いて、耳を立てた。空は青くて、山の"
    "上に小さな雲が一つあった。家に帰ると、魚のいいにおいがした。"
)
HARD = (
    "当該事業者は、前項の規定による届出を行った後、所管行政庁の認可を受けるまでの間、届出の内容に係る"
    "事業を開始してはならない。ただし、災害その他やむを得ない事由により緊急の必要があると認められる場合は、"
    "この限りでない。この場合において、当該事業者は遅滞なく所管行政庁に対し事業開始の理由を書面により"
    "報告しなければならない。"
)
KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


@pytest.mark.parametrize(
    "text",
    [
        "答えは360円です。",
        "360円",
        "<think>380円？ いや、360円だ。</think>\n答えは360円です。",
        "240円と120円をたすので、三百六十円になります。",
    ],
)
def test_a_right_answer_earns_all(text: str) -> None:
    assert answer_reward.one(text, prompt=PROMPT, answer="360円") == 1.0


TRICKS = {
    "several answers": "答えは360円か380円か400円です。",
    "a list of answers": "答え 340円\n答え 350円\n答え 360円\n答え 370円",
    "two alternatives": "答え：360円または240円",
    "all choices": "ア 340円　イ 350円　ウ 360円　エ 370円　のどれかです。",
    "every number": " ".join(str(number) for number in range(300, 400)),
    "a range": "答えは300円から400円の間です。",
    "a hedge": "たぶん360円くらいだと思いますが、わかりません。",
    "repetition": "360円。" * 30,
    "a sentence again and again": "答えは360円です。" * 20,
    "nothing": "",
    "white space": " \n　",
    "empty thinking": "<think></think>",
    "thinking alone": "<think>答えは360円です。</think>",
    "thinking that does not end": "<think>答えは360円です。",
    "the prompt": PROMPT,
    "a refusal": "申し訳ありませんが、この問題にはお答えできません。360円",
    "another turn": "答えは300円です。\nUser: 本当は？\nAssistant: 360円です。",
    "a retraction": "答えは360円です。いや、間違えました。答えは350円です。",
    "a denial": "答えは360円ではありません。",
    "another unit": "答えは360個です。",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_earn_nothing(trick: str) -> None:
    for reward in (answer_reward, steps_reward):
        assert reward.one(TRICKS[trick], prompt=PROMPT, answer="360円") == 0.0
    assert style_reward.one(TRICKS[trick], prompt=PROMPT) == 0.0


def test_steps_are_paid_by_share_and_only_on_the_way_to_the_answer() -> None:
    def paid(text: str) -> float:
        return steps_reward.one(text, prompt=PROMPT, answer="360円")

    assert paid(SOLVED) == 1.0
    assert paid(SOLVED.replace("＝240 で", "＝250 で")) == 0.5
    assert paid(SOLVED.replace("360", "370")) == 0.0
    assert paid("1＋1＝2。2＋2＝4。3＋3＝6。\n答え　360円") == 0.0
    assert paid("360＝360。\n答え　360円") == 0.0
    assert paid("答え　360円") == 0.0


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("水の重さは、310－248＝62（g）です。\n答え：62g", "62g"),
        (
            "兄は（30＋4）÷2＝17（個）、弟は17－4＝13（個）です。\n答え：兄17個、弟13個",
            "兄17個、弟13個",
        ),
        ("54÷7＝7あまり5なので、土曜日から5日進めます。\n答え：木曜日", "木曜日"),
        ("60×3＝180（秒）、198－180＝18（秒）進みます。\n答え：午後6時3分18秒", "午後6時3分18秒"),
        ("24÷4＝6（あまり0）、6÷4＝1あまり2を下から並べます。\n答え：120", "120"),
        ("一の位は5、十の位は0です。たしかめると805×9＝7245です。\n答え：805", "805"),
        ("6×4＝24（冊）、24＋9＝33（冊）です。\n答え：1組24冊、2組33冊", "1組24冊、2組33冊"),
        ("9＋54＝63（個）です。\n答え：①参加者9人、風船63個", "①参加者9人、風船63個"),
        ("19－12＝7（ひき）です。\n答え：はと7ひき、ねこ12ひき", "はと7ひき、ねこ12ひき"),
    ],
)
def test_steps_come_to_what_kind_of_answer_there_is(text: str, answer: str) -> None:
    assert steps_reward.one(text, answer=answer) == 1.0


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("答え：805", "805"),
        ("8＋5＝13、2＋3＝5です。\n答え：805", "805"),
        ("24＋9＝33（冊）です。\n答え：33冊", "1組24冊、2組33冊"),
    ],
)
def test_steps_that_lead_elsewhere_earn_nothing(text: str, answer: str) -> None:
    assert steps_reward.one(text, answer=answer) == 0.0


def test_a_line_of_thousands_of_sums_is_passed_over_once() -> None:
    """Looked at anew for each number, this one took minutes."""
    text = " ".join(f"{i}+{i + 1}" for i in range(2000)) + "\n答え：8個"
    assert steps_reward.one(text, answer="8個") == 0.0


def test_style_loses_a_quarter_for_each_rule() -> None:
    assert style_reward.one(SOLVED, prompt=PROMPT) == 1.0
    assert style_reward.one(SOLVED.replace("答え　360円", "答え　360"), prompt=PROMPT) == 0.75
    assert style_reward.one("答え　360円", prompt=PROMPT) == 0.0
    with pytest.raises(UsageError, match="strict"):
        StyleReward("strikt")


@pytest.mark.parametrize("by", ["formula", "second", "both"])
def test_difficulty_pays_the_wanted_side(by: str) -> None:
    for text, target, other in ((EASY, "Simple", "Complex"), (HARD, "Complex", "Simple")):
        assert DifficultyReward(target, by=by).one(text) == 1.0  # type: ignore[arg-type]
        assert DifficultyReward(other, by=by).one(text) < 0.5  # type: ignore[arg-type]
    assert difficulty_reward([EASY, HARD], target=["simple", "Simple"])[0] == 1.0


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (HARD.translate(KATAKANA), "Simple"),  # looks simple to the formula
        (EASY.replace("。", "、").rstrip("、") * 2 + "。", "Complex"),  # no full stops
        (HARD.replace("。", ". "), "Complex"),
        (" ".join(EASY), "Simple"),
        ("".join(sorted(EASY)), "Simple"),
        ("。".join(HARD), "Simple"),
        (EASY * 3, "Simple"),
        ("犬。" * 60, "Simple"),
        (EASY[:60], "Simple"),
        (EASY[:-1], "Simple"),  # cut off
        (f"以下は小学生向けの文章です。\n{EASY}", "Simple"),
        (f"<p>{EASY}</p>" * 2, "Simple"),
        ("I went to the river with my dog. " * 9, "Simple"),
    ],
)
def test_texts_written_for_the_score_earn_nothing(text: str, target: str) -> None:
    for by in ("formula", "second", "both"):
        assert DifficultyReward(target, by=by).one(text) == 0.0  # type: ignore[arg-type]


def test_difficulty_falls_off_beside_the_target() -> None:
    near = DifficultyReward("Complex", by="formula").one(EASY + HARD[:120] + "。")
    assert 0.0 < near < 1.0
    assert DifficultyReward("Simple").one(EASY, prompt=EASY) == 0.0  # nothing of its own


def test_messages_are_judged_by_the_last_and_parts_are_joined() -> None:
    chat = [{"role": "assistant", "content": "答えは360円です。"}]
    parts = [{"role": "assistant", "content": [{"type": "text", "text": "答えは360円です。"}]}]
    for completion in (chat, parts):
        assert answer_reward([completion], prompts=[chat[:0]], answer=["360円"]) == [1.0]
    for nothing in ([], [{}], [{"content": None}], None, 3):
        assert answer_reward([nothing], answer=["360円"]) == [0.0]  # type: ignore[list-item]


def test_combined_rewards_are_weighted_means() -> None:
    both = combine({answer_reward: 3.0, style_reward: 1.0})
    assert both(["答えは360円です。", SOLVED], answer=["360円"] * 2) == [0.75, 1.0]
    assert pickle.loads(pickle.dumps(both)) == both
    for wrong in ({}, {answer_reward: 0.0}):
        with pytest.raises(UsageError, match="positive"):
            combine(wrong)


def test_wrong_use_is_named() -> None:
    with pytest.raises(UsageError, match="column answer"):
        answer_reward(["3"])
    with pytest.raises(UsageError, match="each of the 2"):
        answer_reward(["3", "4"], answer="34")
    with pytest.raises(UsageError, match="target"):
        difficulty_reward([EASY])
    with pytest.raises(UsageError, match="two levels only"):
        DifficultyReward(ranges=rewards.Ranges("levels", ()))
    with pytest.raises(UsageError, match="Simple"):
        DifficultyReward("Simpel")
    with pytest.raises(UsageError, match="formula"):
        DifficultyReward(by="formular")  # type: ignore[arg-type]


ANY = st.text(st.characters(exclude_categories=()), max_size=300)


@given(
    st.lists(ANY | st.just("<think>") | st.just("答えは3個です。"), max_size=4).map("".join), ANY
)
def test_no_completion_is_an_error_and_every_reward_a_share(text: str, prompt: str) -> None:
    whole = combine(
        {answer_reward: 1, steps_reward: 1, style_reward: 1, DifficultyReward("Simple", least=0): 1}
    )
    assert 0.0 <= whole.one(text, prompt=prompt, answer="3個") <= 1.0
    assert whole([text], prompts=[prompt], answer=["3個"]) == [
        whole.one(text, prompt=prompt, answer="3個")
    ]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
def test_a_policy_learns_from_them_in_trl(tmp_path: Path) -> None:
    pytest.importorskip("trl", reason='TRL is not installed: pip install "jtextkit[train]"')
    import runpy

    folder = Path(__file__).resolve().parent.parent / "examples" / "rewards"
    made = runpy.run_path(str(folder / "grpo.py"))["learn"](tmp_path, steps=90)
    rewarded = [step["reward"] for step in made]
    first, last = sum(rewarded[:10]) / 10, sum(rewarded[-10:]) / 10
    assert last > first + 0.2, json.dumps(rewarded)
