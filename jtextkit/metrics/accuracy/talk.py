"""Text that is no text: refusals, talk about the task, and marks of a conversation.

All are looked for outside quotations, where a story's people may say such things, and refusals and talk
only at the edges of a text, where models put them.

Not handled: a refusal that only hints, and a text that is an essay about the task.
"""

from __future__ import annotations

import re

_OPENING, _CLOSING = 160, 120
"""Characters at the beginning and the end in which models talk."""

_QUOTED = re.compile("「[^「」]*」|『[^『』]*』")
_SENTENCES = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_CANNOT = re.compile(
    "(?:でき|出来|応じられ|応えられ|答えられ|書け|作れ|お受け(?:でき)?)(?:ません|ない|かね)"
    "|(?:いた|致)しかね|かねます|お断り|控えさせて|難しい(?:です|状況|と)|差し控え|対応して(?:おり|い)ません"
    "|(?:ことは|には)(?:許されて|認められて)い(?:ません|ない)"
    "|(?:サポート|提供)して(?:おり|い)ません|能力(?:が|は)(?:あり|ござい)ません|(?:沿え|なれ|でき)ず"
)
_TASK = re.compile(
    "ご?(?:依頼|要望|要求|質問|指示|希望|期待)|リクエスト|プロンプト|ポリシー|ガイドライン|規約|お手伝い|お力"
    "|AI|ＡＩ|言語モデル|アシスタント|お(?:応え|答え|受け)"
    "|(?:この|その|そのような|こうした|具体的な)(?:内容|文章|話題|テーマ|テキスト|種類)"
    "|(?:文章|内容|物語|テキスト|作文|回答|記事)[をはの].{0,8}(?:作成|執筆|生成|提供|書|作)"
)
_SORRY = re.compile("申し訳|すみません|恐れ入り|恐縮|ごめんなさい|残念ながら|あいにく")
_REFUSED_IN_ENGLISH = re.compile(
    r"\b(?:(?:I(?:'|’)m|I am) (?:sorry|unable|not able)|I apologi[sz]e|As an AI|Unfortunately, I"
    r"|I (?:cannot|can(?:'|’)t|am unable to|won(?:'|’)t)|Sorry, (?:but )?I)\b",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"^\s*(?:(?:はい|承知|かしこまり|了解|もちろん|わかりました|分かりました)[^。！\n]{0,60}[。！:：\n]"
    "|(?:以下|次|下記)(?:は|に|が|の(?:文章|通り|とおり))[^。\n]{0,60}(?:です|ます|ました|示す|とおり|通り)[。：:\n]"
    "|(?:ご?(?:依頼|要望|指示|希望)|リクエスト)に(?:沿|応|基|従)"
    r"|(?:Sure|Certainly|Of course|Here(?:'s| is| are))\b)",
)
_CLOSED = re.compile(
    "いかがでしょうか|いかがでしたか|(?:お知らせ|お申し付け|ご連絡|ご確認|教えて|お聞かせ)ください"
    "|お気軽に|お役に立て|参考になれば|(?:ほか|他)に(?:必要|ご質問|ご要望)|修正(?:が必要|点)"
    "|(?:この|本)(?:文章|物語|お話|テキスト|作文|文)は.{0,40}(?:書かれて|書きました|向け|語彙|言葉を使|レベル|難易度)"
    r"|\bLet me know\b|\bhope this helps\b"
)
_MARKERS = re.compile(
    r"<\|[^|<>\n]{1,40}\|>|\[/?(?:EOS|BOS|INST|SEP|CLS|UNK|PAD)\]|</?s>"
    r"|<(?:eos|bos|pad|unk|start_of_turn|end_of_turn)>"
    "|^(?:#+ *)?(?:User|Assistant|Human|System|ユーザー|アシスタント|システム|指示|応答|入力|回答) *[:：]",
    re.MULTILINE | re.IGNORECASE,
)


def is_refusal(text: str) -> bool:
    """Whether one of the first sentences says that the text will not be written."""
    opening = _unquoted(text)[:_OPENING]
    if _REFUSED_IN_ENGLISH.search(opening):
        return True
    sorry = False
    for sentence in _SENTENCES.findall(opening):
        sorry = sorry or _SORRY.search(sentence) is not None
        if _CANNOT.search(sentence) and (sorry or _TASK.search(sentence)):
            return True
    return False


def talks_about_the_task(text: str) -> bool:
    """Whether the first words announce a text or the last ones ask for the reader's opinion of it."""
    bare = _unquoted(text)
    return bool(_OPENED.search(bare[:_OPENING]) or _CLOSED.search(bare[-_CLOSING:]))


def has_turn_markers(text: str) -> bool:
    """Whether special tokens or the names of a conversation's sides stand in the text."""
    return _MARKERS.search(text) is not None


def _unquoted(text: str) -> str:
    return _QUOTED.sub("", text)
