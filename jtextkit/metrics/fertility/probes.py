"""Short texts that show what corpora seldom hold: every tokenizer is tried on the same ones.

All were written for this project. They are few and show kinds of behaviour; their figures are not
estimates for any kind of text.
"""

from __future__ import annotations

from typing import Any

from jtextkit.metrics.fertility.adapters import Adapter

NUMBERS = ("2026", "3.14", "1,234,567", "２０２６", "50％", "12月3日", "午前10時30分")
"""Numbers as they stand in text: cut into digits, threes, or kept whole."""

ROUND_TRIPS = {
    "½": "小さじ½杯",
    "②": "設問②へ",
    "㎝": "幅は30㎝",
    "～": "3～5個",
    "－": "10－3＝7",
    "full-width": "Ａ４とＢ５",
    "half-width katakana": "ﾊﾟﾝを買う",
    "U+3000": "山田　太郎",
    "newline": "一行目\n二行目",
    "two newlines": "一段落\n\n二段落",
    "CRLF": "一行目\r\n二行目",
    "tab": "名前\t年齢",
    "two spaces": "a  b",
    "space in front": " 東京",
    "space behind": "東京 ",
    "NFD": "か\u3099くせい",
    "variation selector": "葛\U000e0100城",
    "emoji": "家族\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "beyond the BMP": "\U00020bb7野家",
}
"""Text that normalising tokenizers change."""

REGISTERS = {
    "plain": (
        "先生は明日、大学へ来る。",
        "社長はもう資料を見た。",
        "この件は私が説明する。",
        "何を食べるか。",
        "先にここで待ってくれ。",
        "先生の言うとおりだ。",
        "客が三時に帰った。",
        "名前を教えてほしい。",
    ),
    "polite": (
        "先生は明日、大学へ来ます。",
        "社長はもう資料を見ました。",
        "この件は私が説明します。",
        "何を食べますか。",
        "先にここで待ってください。",
        "先生の言うとおりです。",
        "お客さんが三時に帰りました。",
        "名前を教えてください。",
    ),
    "honorific": (
        "先生は明日、大学へいらっしゃいます。",
        "社長はもう資料をご覧になりました。",
        "この件はわたくしがご説明申し上げます。",
        "何を召し上がりますか。",
        "先にこちらでお待ちくださいませ。",
        "先生のおっしゃるとおりでございます。",
        "お客様が三時にお帰りになりました。",
        "お名前をお聞かせいただけますでしょうか。",
    ),
    "mixed": (
        "このPDFをメールでsendしておいてください。",
        "GitHubのissueにコメントを書いた。",
        "Pythonのlist comprehensionは便利だ。",
        "来週のmeetingは10時からZoomで行います。",
        "JavaScriptのframeworkとしてReactを使う。",
        "API keyを.envに保存する。",
        "彼は「Let's go!」と叫んだ。",
        "new modelのaccuracyは92.5%だった。",
    ),
}
"""The same eight sentences plain, polite and honorific, and eight that mix in English."""


def probe(tokenizer: Adapter) -> dict[str, Any]:
    """What a tokenizer does with the probes.

    Returns:
        ``numbers``: each with its pieces; ``round_trip_losses``: the probes of
        :data:`ROUND_TRIPS` that come back as another text, each with ``text`` and ``returned``;
        ``registers``: by register ``tokens``, ``characters_per_token`` and, for polite and
        honorific, ``to_plain``, the tokens that the same content takes over those of plain forms.

    Raises:
        TokenizerError: it failed on one of them.
    """
    losses = {}
    for name, text in ROUND_TRIPS.items():
        returned = tokenizer.round_trip(text)
        if returned != text:
            losses[name] = {"text": text, "returned": returned}
    registers: dict[str, dict[str, float]] = {}
    for name, sentences in REGISTERS.items():
        tokens = int(tokenizer.cut(sentences).counts.sum())
        row = {"tokens": tokens, "characters_per_token": sum(map(len, sentences)) / tokens}
        if name in ("polite", "honorific"):
            row["to_plain"] = tokens / registers["plain"]["tokens"]
        registers[name] = row
    return {
        "numbers": {number: tokenizer.pieces(number) for number in NUMBERS},
        "round_trip_losses": losses,
        "registers": registers,
    }
