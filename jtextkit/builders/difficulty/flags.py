"""Content flags: words in a text that some users want to know of, by short lists.

A flag says that a word of a list stands in the text; it judges neither text nor writer. Most of these
works were printed before 1950, with the words of their time. Kanji and kana are both listed where
both are common.

Not handled: what is meant without these words, and words that are harmless where they stand.
"""

from __future__ import annotations

import re
from typing import Final

WORDS: Final = {
    "discriminatory": (
        "気ちがい 気違い 気狂い 狂人 白痴 低能 めくら 盲目 つんぼ 聾 唖 びっこ 跛 ちんば せむし 片輪 かたわ者 不具 癩 文盲 "
        "乞食 非人 穢多 屠殺 土人 野蛮人 蛮人 黒ん坊 黒奴 ニグロ 毛唐 支那 鮮人 露助 あいのこ 混血児 女のくせに"
    ),
    "sexual": (
        "乳房 裸体 全裸 素っ裸 情欲 情慾 肉欲 肉慾 色欲 性欲 性慾 性交 強姦 凌辱 姦通 密通 淫 春画 陰部 愛撫 娼婦 女郎 遊女 "
        "遊郭 遊廓 売春 売笑"
    ),
    "violence": (
        "(?<![自屠抹忙])殺(?!風景|到) 死体 死骸 屍 拷問 斬[っらりる] 血まみれ 血みどろ 血だらけ 首を[絞し] 殴 銃殺 虐待 リンチ "
        "爆撃 空襲"
    ),
    "self-harm": (
        "自殺 自害 自決 自刃 切腹 割腹 情死 無理心中 心中し 首を[吊つ] 首吊り 首くくり 縊死 身投げ 身を投げ 入水 投身 服毒 毒を[飲の]"
    ),
}
"""Flag to its words, as regular expressions; 自殺 and 屠殺 have flags other than that of 殺."""

_FOUND = {flag: re.compile("|".join(words.split())) for flag, words in WORDS.items()}


def content_flags(text: str) -> list[str]:
    """The flags of a text, in the order of :data:`WORDS`.

    >>> content_flags("敵を殺すより、自殺を止めたい。"), content_flags("犬が走る。")
    (['violence', 'self-harm'], [])
    """
    return [flag for flag, found in _FOUND.items() if found.search(text)]
