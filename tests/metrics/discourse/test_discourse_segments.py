"""A text of a model cut into lines and sentences: what is thought, said, checked, asked and offered."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.discourse import BLOCKS, ROLES, segment, segments


def told(text: str) -> list[tuple[str, str]]:
    """Every sentence with its role."""
    return [(one.role, text[one.start : one.end]) for one in segment(text).sentences]


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("答えは12本です。", "answer"),
        ("足すと12なので、答えは12本です。", "answer"),
        ("**最終回答：** 12本", "answer"),
        ("12本が答えです。", "answer"),
        ("\\boxed{12}", "answer"),
        ("したがって、12本になります。", "conclusion"),
        ("∴ 12本", "conclusion"),
        ("検算：12－5＝7", "check"),
        ("念のため、足してみます。", "check"),
        ("※端数は切り捨てます。", "note"),
        ("なお、同じ色も数えます。", "note"),
        ("全部で何本ですか？", "question"),
        ("はじめに何本あったでしょうか。", "question"),
        ("まず、箱の数を数えます。", "step"),
        ("理由は次のとおりです。", "breakdown"),
        ("なぜなら、偶数だからです。", "breakdown"),
        ("ほかにご質問があればお知らせください。", "offer"),
        ("与えられた条件だけでは判断できません。", "refusal"),
        ("赤は7本です。", "statement"),
        ("この解答は三つの段階から成ります。", "statement"),
    ],
)
def test_a_sentence_is_told_what_it_does(sentence: str, role: str) -> None:
    assert told(sentence) == [(role, sentence)]


def test_sentences_end_at_their_marks_and_not_inside_numbers_or_factorials() -> None:
    assert [text for _, text in told("12本です！次は5! = 120です。約3.5倍？はい。")] == [
        "12本です！",
        "次は5! = 120です。",
        "約3.5倍？",
        "はい。",
    ]


@pytest.mark.parametrize(
    ("line", "block", "mark", "said"),
    [
        ("## 答え", "heading", "##", "答え"),
        ("**結論：**", "heading", "", "**結論：**"),
        ("- 赤は3本", "item", "-", "赤は3本"),
        ("  2) 青は4本", "item", "2)", "青は4本"),
        ("(3) 緑", "item", "(3)", "緑"),
        ("①黄", "item", "①", "黄"),
        ("-5度", "paragraph", "", "-5度"),
        ("*少し*違う", "paragraph", "", "*少し*違う"),
        ("1.5倍", "paragraph", "", "1.5倍"),
        ("③", "paragraph", "", "③"),
        ("#### 18", "paragraph", "", "#### 18"),
        ("| 合計 | 12本 |", "row", "", "| 合計 | 12本 |"),
        ("> 12本とある", "quote", "", "12本とある"),
        ("□＝6", "paragraph", "", "□＝6"),
    ],
)
def test_a_line_is_told_its_place_in_the_layout(
    line: str, block: str, mark: str, said: str
) -> None:
    (found,) = segment(line).lines
    assert (found.block, found.mark, line[found.start : found.end]) == (block, mark, said)


def test_code_and_displayed_formulas_are_blocks_of_several_lines() -> None:
    text = "式は\n\\[\n7+5=12\n\\]\n```python\nprint(12)\n```\n終わり"
    blocks = [line.block for line in segment(text).lines]
    assert blocks == ["paragraph", "formula", "formula", "formula", "code", "paragraph"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>7かな。</think>\n12本です。", ["12本です。"]),
        ("7かな。</think>12本です。", ["12本です。"]),
        ("<think>7かな。", []),
        ("【思考】7かな。【/思考】12本です。", ["12本です。"]),
        ("[THINK]7かな。[/THINK]12本です。", ["12本です。"]),
        (
            "<|channel|>analysis<|message|>7?<|end|><|channel|>final<|message|>12本です。",
            ["12本です。"],
        ),
        ('<tool_call>{"x": 7}</tool_call>\n12本です。', ["12本です。"]),
        ("12本です。<|im_end|>\n7本です。", ["12本です。"]),
        ("12本です。</s>", ["12本です。"]),
        ("<|im_start|>assistant\n12本です。", ["12本です。"]),
    ],
)
def test_channels_and_special_tokens(text: str, said: list[str]) -> None:
    assert [sentence for role, sentence in told(text) if role != "thinking"] == said


def test_a_heading_gives_its_role_to_the_lines_below() -> None:
    text = "### 検算\n12－5＝7\n7＋5＝12\n### 答え\n12本"
    assert [role for role, _ in told(text)] == ["check", "check", "check", "answer", "answer"]


def test_a_short_introduction_holds_for_its_list_and_no_longer() -> None:
    text = "12本です。\n\n内訳：\n- 赤：7本\n- 青：5本\n\n合わせて数えました。"
    assert [role for role, _ in told(text)] == [
        "statement",
        "breakdown",
        "breakdown",
        "breakdown",
        "statement",
    ]


PIECES = st.lists(
    st.sampled_from(
        ["答え", "は", "：", "\n", "。", "です", "31", "**", "#", "- ", "\\[", "$$", "```", "<think>", "</think>",
         "検算", "(1)", "①", "？", "|", "<|im_end|>", "</s>", " ", "　", "!", "\\boxed{"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), PIECES))
def test_any_text_is_segmented_in_order_and_nothing_said_is_said_twice(text: str) -> None:
    found = segment(text)
    end = 0
    for one in found.sentences:
        assert one.role in ROLES
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        assert 0 <= one.line < len(found.lines)
        end = one.end
    for line in found.lines:
        assert line.block in BLOCKS
        assert line.start <= line.end


SIGNS = st.text("ab 1２.!?！。）」*=×\t\u3000>#-(①・答\n", max_size=40)


@given(SIGNS)
def test_sentences_end_at_these_signs(text: str) -> None:
    """The expression begins with all its signs in one set, for speed; here each stands for itself."""
    japanese = "[。！？]+[」』）)】*_”]*"
    marked = r"[!?]+[」』）)*_”]*(?![ \u3000]*[=＝×÷+/*)-])(?=[\s\u3000ぁ-ん一-鿿ァ-ヺ]|$)"
    latin = r"(?<=[a-z0-9)])\.(?=\ [A-Z])"
    ends = [one.span() for one in re.finditer(f"{japanese}|{marked}|{latin}", text)]
    assert [one.span() for one in segments._END.finditer(text)] == ends


@pytest.mark.parametrize(
    "piece", ["(", "**", "# ", "<think>", "</s>", "。", "答え", "- \n", "|", "\\["]
)
def test_time_grows_with_the_length_and_no_more(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        segment(text)
        return time.process_time() - start

    cost(20_000)
    assert cost(200_000) < 25 * max(cost(20_000), 0.004)
