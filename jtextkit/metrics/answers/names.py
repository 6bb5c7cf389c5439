"""Answers that are words: names and short spans where Japanese puts an answer, and はい or いいえ.

「最も古いのは松本城です」, 「松本城が最も古い」, 「**松本城**」, 「答え：松本城」, 「城の名前：松本城」; yes and no are
said outright, by a judgement (正しい, 誤り), or by stating or denying the matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jtextkit.metrics.discourse import Sentence
from jtextkit.metrics.quantities.values import Value

Found = tuple[Value, tuple[str, ...]]
"""A value in its place, and the evidence that finding it there gave."""

_NAME = r"[^\s。、,は:()「」『』【】*]{1,24}?"
_SLOTS = {
    "bold": re.compile(r"\*\*「?([^*\n]{1,40}?)」?\*\*"),
    "quoted": re.compile(r"[「『]([^「」『』\n]{1,40})[」』]"),
    "copula": re.compile(
        rf"(?:は|が|、|:|\bis) ?[*「『]*({_NAME})[*」』]*(?: ?\([^()]*\))?[*」』]*"
        r"(?=です|でした|であり|で、|である|だ。|だと|になり|となり|に(?:あり|位置し|所在し|(?:ある|位置する)(?:。|$))|と呼ば|といい|という|、(?=[^、。は]{1,12}は)|。|,|$)"
    ),
    "called": re.compile(
        r"([一-鿿ァ-ヺー・A-Za-z]{1,24})[」』*]*(?:\([^()]*\))?[」』*]*という(?!こと|の|よう|わけ|理由)"
    ),
    "agent": re.compile(
        rf"(?:^|[、はが]) ?[*「『]*({_NAME})[*」』]*(?:\([^()]*\))?[*」』]*(?:によ(?:る(?!と)|って(?![は、]|異な|変わ|違))|の(?:作品|作(?![者家品])|著作?))"
    ),
    "subject": re.compile(rf"(?:^|、|は) ?[*「『]*({_NAME})[*」』]*(?:が|こそ)(?!.*は)"),
    "field": re.compile(r"^[^:。\n]{1,20}: ?[*「『]*([^。\n:*]{1,30})"),
    "marked": re.compile(
        r"(?:答え?|こたえ|正解|解答|回答|結論|[Aa]nswer(?: is)?)[*】」)]* ?(?:は|が|[:=→])?[ *「『【]*([^\s。、は()「」『』*:]{1,30}?)"
        r"[*」』】]*(?:です|だ|である|でした|となり|になり|[。(、.]|$)"
    ),
    "whole": re.compile(r"^[*「『【 ]*([^。、:は\n]{1,30}?)[*」』】 ]*(?:です|だ|である)?[。.!]?$"),
}
_PARENTHESES = re.compile(r"\([^()]*\)[*」』】。 ]*$")
_EDGE = " \u3000*_「」『』【】()（）。、.,:：`\"'"
_NOT_A_NAME = re.compile(
    r"以下|次の|上記|下記|それ|これ|この|その|通り|とおり|ため|から|ので|こと|もの|よう|可能性|理由|場合|です|ます|ください|した|する|しい$|ない$|いの$|より|によ[るり]|が[0-9]|[高多少長短早速強弱広重軽]い$|[きさ]い$"
)
_PLACE_END = "県都府道市区町村国郡人日語"


def names_in(
    s: str, text: str, sentence: Sentence, golds: Sequence[str], *, person: bool = False
) -> Iterator[Found]:
    """The names of a sentence in such places; and every mention of a gold name, wherever it is.

    A place that holds more than the gold name (警視正（けいしせい）, 長野県松本市) counts as the name.
    """
    start, end = sentence.start, sentence.end
    line = s[start:end]
    numbers = any(gold[:1].isdigit() for gold in golds)
    found: dict[tuple[int, int], list[str]] = {}
    named: dict[tuple[int, int], str] = {}
    for gold in golds:
        for at, stop in _mentions(line, gold, person=person):
            before = at > 0 and glued(line[at - 1], line[at])  # not 警視 in 警視総監
            behind = line[stop - 1] not in _PLACE_END and glued(
                line[stop - 1], line[stop : stop + 1]
            )
            if not (before or behind):
                found[at, stop] = []
                named[at, stop] = gold
    for how, slot in _SLOTS.items():
        for match in slot.finditer(line):
            a, b = match.span(1)
            if _cuts_quotation(line, a, b):
                continue
            held = (
                said
                for (x, y), said in found.items()
                if a <= x
                and y <= b
                and (x, y) in named
                and (b <= a + y - x + 8 or "は" in line[a:x])
            )
            if (said := next(held, None)) is not None:
                said.append(how)
                continue
            a, b = _trimmed(line, max(a, line.rfind("は", a, b) + 1), b)
            counts = line[a:b][:1].isdigit() and not numbers
            if a < b and not counts and not _NOT_A_NAME.search(line, a, b):
                found.setdefault((a, b), []).append(how)
    for (a, b), how_found in sorted(found.items()):
        span = (start + a, start + b)
        value = Value.said("text", named.get((a, b), line[a:b]), span, text)
        if is_alternative(s, *span, start):
            how_found.append("alternative")
        yield value, tuple(dict.fromkeys(how_found))


def _mentions(line: str, gold: str, *, person: bool) -> Iterator[tuple[int, int]]:
    """Where a name stands, also as 夏目 漱石 for 夏目漱石, and a foreign one by its last part."""
    last = gold.rpartition("・")[2]
    if last == gold and person and len(gold) > 3:
        last = gold[2:]  # 漱石 for 夏目漱石
    if not gold or not (gold in line or " " in line or last in line):
        return
    whole = " ?・? ?".join(re.escape(letter) for letter in gold.replace("・", "").replace(" ", ""))
    alone = rf"|(?<![ァ-ヺー・]){re.escape(last)}(?![ァ-ヺー・])" if last != gold else ""
    for match in re.finditer(whole + alone, line):
        yield match.span()


def _cuts_quotation(line: str, a: int, b: int) -> bool:
    """Whether a stretch is a part of what stands in quotation marks: 猫 in 『吾輩は猫である』."""
    opened, closed = (max(line.rfind(mark, 0, a) for mark in marks) for marks in ("「『(", "」』)"))
    whole = not line[opened + 1 : a].strip("* ") and line[b:].lstrip("* ")[:1] in ("」", "』", ")")
    return opened > closed and not whole


def _trimmed(line: str, a: int, b: int) -> tuple[int, int]:
    if tail := _PARENTHESES.search(line, a, b):
        b = tail.start()
    while a < b and line[a] in _EDGE:
        a += 1
    while a < b and line[b - 1] in _EDGE:
        b -= 1
    return a, b


def glued(x: str, y: str) -> bool:
    """Whether two characters side by side belong to one word: kanji, katakana, Latin."""
    if not x or not y:
        return False
    alike = any(low <= x <= high and low <= y <= high for low, high in ("一鿿", "ァヿ"))
    return alike or (x.isascii() and y.isascii() and x.isalnum() and y.isalnum())


def places(s: str, word: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a word stands in ``s[start:end]``, from and to; nowhere if it is empty."""
    at = s.find(word, start, end) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = s.find(word, at + len(word), end)


_OR = ("または", "もしくは", "あるいは", "又は", "か、", "か「")


def is_alternative(s: str, a: int, b: int, start: int) -> bool:
    """Whether 「または」 or the like stands beside ``s[a:b]``, of what begins at ``start``."""
    return s.startswith(_OR, b) or s.startswith(_OR, b + 1) or s.endswith(_OR, start, a)


_EDGES = " \u3000*_「『【(（\"'`"
_YES_NO = re.compile(
    r"(?P<yes>はい|うん|ええ|そうです|その通り|そのとおり|○|〇|◯|まる|[Yy]es|YES|[Tt]rue|TRUE)"
    r"|(?P<no>いいえ|いや|ちがう|違う|違います|ちがいます|×|✕|✗|ばつ|[Nn]o\b|NO\b|[Ff]alse|FALSE)"
)
_RIGHT = r"正し|正確|正解|事実|合って|本当|真実|妥当|適切|可能|当てはま|あてはま|成り立|一致し|含意"
_WRONG = r"事実と異な|事実に反|誤り|誤って|誤った|間違|不正確|不正解|不適切|嘘|虚偽|不可能|矛盾"
_JUDGED = re.compile(
    rf"(?:(?P<wrong>{_WRONG})|(?:{_RIGHT}))"
    r"(?=い?(?:です|だ|で[すあはなし、]|し(?=ま|て|た)|と[言い考は]|[。」』*)！!、]|$|く|いで|える|えま|って(?:い[るまな]|お)|い[まる]|いま|り|る|ます|ません|の)|い(?:よう|と)|い?[はが](?:あり|な|見))"
)
"""A judgement as the predicate: 正しいです, 正しくありません; not 正しい答え, 正確な情報."""
_DENIAL = re.compile(
    r"ではな|じゃな|でな[いく]|ではあり(?:ま|得|え)せ?|でありません|ません|ありえ|わけで(?:は|も)|とは(?:言|い)え[なま]|"
    r"くな[いく]|しな[いく]|してい?な[いく]|できな[いく]|(?<=[かさたなまらわ])な[いく]|はな[いく]|もな[いく]|がな[いく]|とは異な|見当たり"
)
_DENIED_BUT = re.compile(
    r"(?:ません|ない(?:です)?|なかった(?:です)?|ませんでした)(?:が|けれど|けど|もの)"
)
_POSSIBLY = re.compile("可能|場合も|こともあ|かもしれ|とも言え|余地|一種|要素|近い")
"""What makes a statement behind a denial no more than a concession."""
_AFFIRMS = re.compile(
    r"(?:です|ます|だ|である|ました|でした|た|る|い|言えます|いえます)[。.!！」』）)*_`” \u3000]*$"
)
_SAYS_NO_MORE = re.compile(
    r"[」』*】)}。]*(?:です|だ|である|と?なります|になります)?[」』*】)}。.!！\s]*$"
)
_STOPS = ("", *"、。,.!！*（(）)」』 \n:")
_OTHER = re.compile(
    r"^(?:もし|例えば|たとえば|ただし|なお|ちなみに|一方|例[:：])|と(?:述べ|書かれ|書いてあ)|によ(?:ります|る)。?$|によって(?:異な|変わ|違)"
)


def polarity_of(s: str, text: str, sentence: Sentence) -> Iterator[Found]:
    """What a sentence says to a yes-no question: at most its first word and its last predicate."""
    start, end = sentence.start, sentence.end
    at = start
    while at < end and s[at] in _EDGES:
        at += 1
    for word in _YES_NO.finditer(s, at, end):
        first, before, behind = word.start() == at, s[word.start() - 1], s[word.end() : end][:1]
        if first and s.startswith(("、とは", "とは"), word.end()):
            return  # 「いいえ、とは言い切れません」
        if s.startswith("ではな", word.end()):
            continue  # 「いいえ」ではなく
        stops = behind in _STOPS or s.startswith(("です", "で、"), word.end())
        if stops if first else before in "「『*:はが、 (【{" and behind in "」』*。、】)}で":
            yield Value.said("truth", word["yes"] is not None, word.span(), text), ("outright",)
            if _SAYS_NO_MORE.match(s, word.end(), end):
                return
            at = word.end() if first else at
            break
    if tail := _PARENTHESES.search(s, at, end):
        end = max(tail.start(), at)
    if denied := _DENIED_BUT.search(s, at, end):
        yield Value.said("truth", value=False, span=denied.span(), text=text), ("denied_before",)
    last = s.rfind("、", at, end) + 1
    maybe = ("possibly",) if _POSSIBLY.search(s, last or at, end) else ()
    judged = next(reversed(list(_JUDGED.finditer(s, at, end))), None)
    denial = _DENIAL.search(s, judged.end() if judged else max(at, end - 18), end)
    if judged is not None and judged.start() >= min(last or at, end - 24):
        wrong = (judged["wrong"] is not None) != (denial is not None)
        span = (judged.start(), (denial or judged).end())
        yield Value.said("truth", value=not wrong, span=span, text=text), ("judged", *maybe)
    elif denial is not None:
        twice = s.startswith(("とは", "わけ"), denial.end()) or s.startswith(
            ("いとは", "いわけ"), denial.end()
        )
        twice = twice and _DENIAL.search(s, denial.end(), end) is not None
        yield (
            Value.said("truth", value=twice, span=denial.span(), text=text),
            ("denied_matter", *maybe),
        )
    elif end - at >= 4 and _AFFIRMS.search(s, at, end) and not _OTHER.search(s[at:end]):
        span = (max(at, end - 6), end)
        yield Value.said("truth", value=True, span=span, text=text), ("stated_matter", *maybe)
