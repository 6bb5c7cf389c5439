"""The words by which a sentence says what it does: check, note, step, conclusion, answer, ….

Each list holds what such a sentence begins with, or ends in. They are lists and not expressions,
so that a word can be looked up and added.
"""

from __future__ import annotations

import re

ROLES = (
    "thinking", "check", "note", "question", "step", "breakdown", "conclusion", "answer", "offer", "refusal", "statement",
)  # fmt: skip
"""What a sentence or a line does in its text; ``statement`` is any that does nothing else."""

_BEGINNINGS = {
    "check": (
        "検算 確かめ 答えの確かめ たしかめ 確認 検証 チェック 見直し 見直す 念のため 答え合わせ 答えの確認 "
        "実際に代入 代入して確 Check check Verif verif"
    ),
    "note": (
        "※ 注意 注記 注: 注： 注) 注） 補足 参考 備考 別解 ちなみに なお ポイント ヒント 余談 ただし 但し "
        "Note note NOTE もっとも、"
    ),
    "question": "問題: 問題： 問題】 問題文 問: 問： 設問 質問: 質問： Question Q: Q：",
    "step": (
        "ステップ 手順 まず 次に つぎに 最初に はじめに 続いて それから Step step STEP First Next 式: 式： 式は "
        "計算式"
    ),
    "breakdown": (
        "内訳 理由 解説 説明 根拠 詳細 考え方 解き方 解法 計算方法 計算過程 計算手順 計算: 計算： 計算の 途中式 "
        "推論 推理 背景 なぜなら 具体的には その理由 その根拠 これは、 これは 他の選択肢 ほかの選択肢 その他の選択肢 "
        "Explanation Reason Because because 分析"
    ),
    "conclusion": (
        "よって したがって 従って ゆえに 故に 以上より 以上から 以上のこと 以上の計算 以上により 以上を このことから "
        "これより これらより これらのこと 結局 つまり だから ですから すなわち ∴ → ⇒ => 最終的に 合計で それゆえ "
        "というわけで そのため このため それで、 結果として 結果的に その結果 まとめると まとめ 要するに 結果 "
        "Therefore therefore Hence Thus So, So the 所以 因此"
    ),
    "answer": (
        "答え 答: 答： 答は 答 こたえ コタエ 解答 正解 回答 最終回答 最終解答 最終的な答え 最終的な回答 結論 "
        "Answer answer ANSWER Final Final answer The answer The final answer #### 最終答"
    ),
    "offer": (
        "他に ほかに 何かご ご質問が ご質問や ご不明 もし他 もしほか お役に ご参考 お気軽 どうぞ さらに詳し もっと詳し 必要であれば "
        "必要に応じて ご希望 ご要望"
    ),
    "refusal": "申し訳 すみません 残念ながら お答えできません I'm sorry Sorry I cannot",
}
_ENDINGS = {
    "offer": (
        "ください くださいね 下さい ませ いかがですか いかがでしょうか お手伝いします お知らせください 幸いです 提案します"
    ),
    "refusal": (
        "お答えできません 答えられません 回答できません わかりません 分かりません 判断できません 特定できません "
        "断定できません 計算できません 計算できませんでした 求められません 決められません 解答できません 解答不可能です "
        "回答不可能です 特定不可 できかねます 難しいです 困難です"
    ),
}


def beginning(text: str, at: int) -> str | None:
    """The role of the word that stands at ``at``, or None where it is none of the list."""
    for word, role in _BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            return role
    return None


def ending(text: str, end: int) -> str | None:
    """The role of the word that ends just before ``end``, or None."""
    for word, role in _BY_LAST.get(text[end - 1 : end], ()):
        if text.endswith(word, 0, end):
            return role
    return None


def _grouped(lists: dict[str, str], at: int) -> dict[str, list[tuple[str, str]]]:
    """Words with their roles by one of their characters, the longest first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    pairs = ((word, role) for role, words in lists.items() for word in words.split())
    for word, role in sorted(pairs, key=lambda pair: -len(pair[0])):
        groups.setdefault(word[at], []).append((word, role))
    return groups


_BY_FIRST = _grouped(_BEGINNINGS, 0)
_BY_LAST = _grouped(_ENDINGS, -1)

ASKS = re.compile(
    r"[?？]$|(?:でしょう|です|ます|しょう|ません|る|た|の)か$|(?:求めよ|答えよ|なさい)$"
)
"""How a question ends, brackets and 。 behind it left out."""

MENTIONS_ANSWER = re.compile(r"答|こたえ|正解|結論|選択肢|\\boxed|[Aa]nswer")
"""Without one of these there is no marker; it saves looking for one."""

ANSWERS = re.compile(
    r"(?<!この)(?<!この解)(?:答え?|こたえ|正解|解答|回答|結論|正答|選択肢)(?:として)?(?:は|が|[:：=＝→])"
    r"|(?:が|は|こそ)(?:最終的な|正しい|求める)?(?:答え?|こたえ|正解|解答)(?:です|だ|である|に|と|。|$)"
    r"|\\boxed|<answer>|[Aa]nswer(?: is|:)"
)
"""A marker of the answer anywhere in a sentence: 「…ので、答えは」, 「…が答えです」."""
