"""はい or いいえ: said outright, by a judgement (正しい, 誤り), or by stating or denying the matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jtextkit.metrics.discourse import Sentence
from jtextkit.metrics.quantities.values import Value

_EDGES = " \u3000*_「『【(（\"'`"
_YES_NO = re.compile(
    r"(?P<yes>はい|うん|ええ|そうです|その通り|そのとおり|○|〇|◯|まる|[Yy]es|YES|[Tt]rue|TRUE)"
    r"|(?P<no>いいえ|いや|ちがう|違う|違います|ちがいます|×|✕|✗|ばつ|[Nn]o\b|NO\b|[Ff]alse|FALSE)"
)
_RIGHT = r"正し|正確|正解|事実|合って|本当|真実|妥当|適切|可能|当てはま|あてはま|成り立|一致し|含意"
_WRONG = r"事実と異な|事実に反|誤り|誤って|誤った|間違|不正確|不正解|不適切|嘘|虚偽|不可能|矛盾"
_JUDGED = re.compile(
    rf"(?:(?P<wrong>{_WRONG})|(?:{_RIGHT}))"
    r"(?=い?(?:です|だ|で[すあはなし、]|と[言い考は]|[。」』*)！!、]|$|く|いで|える|えま|って|い[まる]|いま|り|る|ます|ません|の)|い(?:よう|と))"
)
"""A judgement as the predicate: 正しいです, 正しくありません; not 正しい答え, 正確な情報."""
_DENIAL = re.compile(
    r"ではな|じゃな|でな[いく]|ではあり(?:ま|得|え)せ?|でありません|ません|ありえ|わけで(?:は|も)|とは(?:言|い)え[なま]|"
    r"くな[いく]|しな[いく]|してい?な[いく]|できな[いく]|(?<=[かさたなまらわ])な[いく]|はな[いく]|もな[いく]|がな[いく]|とは異な|見当たり"
)
_AFFIRMS = re.compile(
    r"(?:です|ます|だ|である|ました|でした|た|る|い|言えます|いえます)[。.!！」』）)*_`” \u3000]*$"
)
_STOPS = ("", *"、。,.!！*）)」』 \n:")
_OTHER = re.compile(r"^(?:もし|例えば|たとえば|ただし|なお|ちなみに|一方|例[:：])")


def polarity_of(s: str, text: str, sentence: Sentence) -> Iterator[tuple[Value, tuple[str, ...]]]:
    """What a sentence says to a yes-no question: at most its first word and its last predicate."""
    start, end = sentence.start, sentence.end
    at = start
    while at < end and s[at] in _EDGES:
        at += 1
    if word := _YES_NO.match(s, at, end):
        behind = s[word.end() : min(end, word.end() + 1)]
        if behind in _STOPS or s.startswith(("です", "で、"), word.end()):
            yield _truth(word.span(), text, value=word["yes"] is not None), ("outright",)
            at = word.end()
    else:
        for found in _YES_NO.finditer(s, at, end):
            before, behind = s[found.start() - 1], s[found.end() : found.end() + 1]
            if before in "「『*:はが (【{" and behind in "」』*。】)}" + "で":
                yield _truth(found.span(), text, value=found["yes"] is not None), ("outright",)
                break
    last = s.rfind("、", at, end) + 1
    judged = next(reversed(list(_JUDGED.finditer(s, at, end))), None)
    denial = _DENIAL.search(s, judged.end() if judged else max(at, end - 18), end)
    if judged is not None and judged.start() >= min(last or at, end - 24):
        wrong = (judged["wrong"] is not None) != (denial is not None)
        yield _truth(judged.span(), text, value=not wrong), ("judged",)
    elif denial is not None:
        yield _truth(denial.span(), text, value=False), ("denied_matter",)
    elif end - at >= 4 and _AFFIRMS.search(s, at, end) and not _OTHER.match(s[at:end]):
        yield _truth((max(at, end - 6), end), text, value=True), ("stated_matter",)


def _truth(span: tuple[int, int], text: str, *, value: bool) -> Value:
    return Value("truth", value, span, text[slice(*span)], form="truth")
