"""What a question asks for and gives, and whether words are about what it asks."""

import re
from functools import lru_cache
from typing import NamedTuple

from jtextkit.metrics.quantities.finding import find_values
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import Value

MAX_QUESTION = 20_000
"""Characters of a question that are read, counted from its end."""

_ASKS = (
    re.compile("何|なん|いくら|いくつ|どれ|どこ|どちら|どの|誰|だれ|いつ"),
    re.compile("求め|答え|選"),
)
"""What tells the clause that asks, the surer words first."""
_PERSON = re.compile("誰|だれ|(?:作者|著者|人物|人の名前|氏名)[はを]")
_PAUSE = re.compile(r"[、。?？!\n「」『』]")
_STOP = re.compile(rf"{_PAUSE.pattern}|で(?=[^すし])")
"""What ends a clause."""
_WORD = re.compile(
    r"[0-9]+(?:位|番|回|[一-鿿]{2,})|あたり|おつり|あまり|(?!何)[一-鿿々]+|[ァ-ヴー]{2,}|[A-Za-z]+"
)
"""A word that means something: kanji, katakana, Latin letters, a place in an order."""
_TOPIC = re.compile(r"(?![これそあ][れのこち]|よって|したが)([ぁ-ん]{2,8}?)[はが]")
_EMPTY = frozenset((
    "答", "答案", "解", "解答", "正解", "結論", "結果", "最終的", "以上", "以下", "次", "場合", "計算", "式", "数", "値",
    "値段", "金額", "人数", "個数", "枚数", "本数", "求", "問題", "必要", "実際", "正確", "言",
))  # fmt: skip
"""Words that are about any question."""
_QUOTED = 12
"""Characters of a sentence from which on it repeats the question and does not happen to say so."""
_BEHIND = 24
"""Characters of a clause that are read before and behind a value."""


class Asked(NamedTuple):
    """What a question asks for and gives."""

    question: str = ""  # folded
    given: tuple[Value, ...] = ()
    words: frozenset[str] = frozenset()  # of the clause that asks (女子は何人: 女子)
    all_words: frozenset[str] = frozenset()
    person: bool = False  # whether it asks for a person


@lru_cache(maxsize=512)
def asked_by(question: str) -> Asked:
    """What a question asks for, and what it gives."""
    question = question[-MAX_QUESTION:]
    folded = fold(question)
    clauses = _STOP.split(folded)
    asking = next(filter(None, ([c for c in clauses if asks.search(c)] for asks in _ASKS)), [])
    all_words = _words(folded)
    words = _words(re.sub("何[一-鿿]?", " ", asking[-1])) if asking else all_words
    person = _PERSON.search(folded) is not None
    return Asked(folded, tuple(find_values(question)), words, all_words, person)


def _words(text: str) -> frozenset[str]:
    """The words of a text, and a topic in hiragana with which it begins: かめ of 「かめは4匹」."""
    topic = _TOPIC.match(text)
    return frozenset([*_WORD.findall(text), *(topic.groups() if topic else ())]) - _EMPTY


def about(folded: str, value: Value, within: tuple[int, int], asked: Asked) -> list[str]:
    """Whether the clause around a value speaks of what is asked, or of what no question named.

    Of a statement that means yes or no, the last word counts: 哺乳類 of 「クジラは哺乳類です」.
    """
    (a, b), (start, end) = value.span, within
    if end - start >= _QUOTED and folded[start:end] in asked.question:
        return ["quotes_question"]
    if value.kind == "truth":
        said = [word for word in _WORD.findall(folded, start, b) if word not in _EMPTY][-1:]
        words, about_it = frozenset(said), asked.all_words
    else:
        before = _STOP.split(folded[max(start, a - _BEHIND) : a])[-1]
        words = _words(before) | _words(_PAUSE.split(folded[b : min(end, b + _BEHIND)])[0])
        about_it = asked.words
    places = {word for word in about_it if word[0].isdigit()}  # 2位 of 「2位は誰」
    if places and any(word[0].isdigit() and word not in places for word in words):
        return ["of_something_else"]
    new = any(word not in asked.question for word in words)
    if any(each in word or (len(word) > 1 and word in each) for word in words for each in about_it):
        at_place = ["of_that_place"] if places & words else []  # 2位は森さん
        return ["asked_about", *at_place, *(["more_than_asked"] if new else [])]
    return ["of_something_else"] if new else []
