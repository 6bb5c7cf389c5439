"""What speaks for a candidate, and what against it: evidence, each piece with a name.

Nothing here knows what a piece is worth: ``weights.json`` does, by its name. Evidence comes from four places: the sentence, the words around the candidate, the other
candidates, and what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jtextkit.metrics.answers.candidates import Candidate
from jtextkit.metrics.discourse import Discourse

_SAYS = {
    "hedged": r"かもしれ|可能性|と思われ|と思い|だと思う|推測|ようです|と考えられ|でしょう。|おそらく|たぶん|見え[まる]|仮説|仮定",
    "hypothesis": r"^(?:もし|仮に|かりに)|とすると|とすれば|だとしたら|と仮定|(?<![こそ]の)場合|なら[ば、]|とします",
    "example": r"^(?:例えば|たとえば|例[:：])|などが?(?:あ|考え)",
    "corrects": r"^(?:いや|訂正|正しくは|実際には|修正|やはり|失礼|すみません|あ、|待って|でも、)",
    "contrast": r"^(?:一方|しかし|ただ|ですが|だが|とはいえ|逆に|反対に)",
    "others": r"(?:他|ほか|その他)の|それ以外|以外",
    "superlative": r"最も|もっとも|一番|いちばん|最大|最高|最小",
    "chooses": r"選[びぶん択]|適切|最適|ふさわし|相応し|適し|自然|のほうが|の方が|当てはま|あてはま|該当",
    "eliminates": r"不適切|不自然|合わ(?:ない|ず|な)|合いません|誤り|間違|異な[るり]|違[いう]|ふさわしくな|適して(?:い|お)?(?:ませ|な)|除外|当てはまら|あてはまら|関係(?:ない|あり)|逆で|不十分|弱い",
    "denies": r"(?:ない|ません|ず|なかった|ませんでした|とは言え|とはいえ)[^。]{0,6}[。」）)* ]*$",
    "totals": r"合計|全部で|全体で|合わせて|総数|総額|最終的",
    "results": r"ことになり|ことになる|ことがわか|と分か|とわか|が求め|のようになり|得られ",
    "extends": r"^(?:このとき|そのとき|これは|1週間|もう一方|また|なお|同様に|ちなみに)",
    "about_the_matter": r"^(?:はい、?|いいえ、?|[*]*)(?:この|その|元の|上記の|与えられた|文[0-9])[^。、]{1,20}[はも]",
    "explains_how": r"計算(?:でき|し|す)|式(?:は|で|に)|で求め|方法",
    "gives_reason": r"(?:から|ため)(?:です|だ|である|でした)?[。.!！」）) ]*$",
    "introduces": r"[:：]\W*$|(?:通り|とおり)(?:です|になります)?[。]?$",
    "aside": r"^[(（].*[)）][。]?$",
    "open_end": r"断定|一概|どちらとも|いずれも|とも言え|場合によ|によって異な|特定(?:でき|不可)|明確な",
}
_SENTENCE = {name: re.compile(pattern) for name, pattern in _SAYS.items()}
_ADDS = re.compile(r"(?:もし|仮に|このとき|そのとき|1週間|もう一方|[(（][^()（）]*[)）]$)")
"""How a sentence begins that adds to what was said before it."""
_RETRACTS = re.compile(
    r"^[*「（( ]*(?:いや|訂正|修正|失礼|すみません|申し訳|間違えま|まちがえま|待って|あっ?、|違いま|ちがいま|やり直|計算し直|数え直)|間違(?:え|って|い)(?:まし|てい|でし)"
)
_BREAKS_OFF = re.compile(r"(?:[はがをにへとのや、,]|[^です]で|から|まで|[+×÷(「『])$")
"""How a text ends that was cut off in the middle of a sentence."""
_CLOSERS = re.compile(r"[」』）)*_`'’\"”\]}$\s\\】》>]*")
_BEHIND = {
    "copula": r"(?:です|でした|だ(?![かけろ])|である|であり|になり|となり|になる|となる|で、|、です|に決|と(?:言|い)え|を選|にあ[りる]|に位置|と呼ば)",
    "ends": r"(?:が?(?:答え?|正解))?[。.!！…😊]*\s*$",
    "denied": r"(?:では?|じゃ|とは|にはなら?)(?:[な無][くい]|(?:あり|言え|いえ)[得え]?(?:ませ|な)|異な|ませ)|は(?:誤|間違|不適|違い|合わ|正し(?:く|いとは)|適切ではな|適してい?な|当てはまら|除)|も(?:誤|間違|不適|違|合わ)",
    "per": r"(?:あたり|当たり|当り|につき|ごと|おき|ずつ)",
    "cause": r"(?:な?ので|から(?!な)|なら|の場合|だと|とすると|とした|だから|ですので|ですが|だが|であれば)",
    "subject": r"(?:は|が|も)(?!か)",
    "counts": r"の[^、。はがをに\d]{1,12}(?:を|が|に|で)",
    "object": r"(?:を|に(?![なあ])|の|と(?!な)|へ|より|まで|から|や)",
    "alternative": r"(?:または|もしくは|あるいは|又は|か(?=[「 ]))",
    "operand": r"[+\-×÷*/=＋－＝−]|\\times|\\div|(?:足|引|掛|割)",
}
_AFTER = {name: re.compile(pattern) for name, pattern in _BEHIND.items()}
_LAND = re.compile(
    r"(日本)|(?:アメリカ|米国|イギリス|英国|ドイツ|フランス|中国|韓国|カナダ|他の国|外国|諸国|各国|海外|世界|多くの国|部の国)"
)
"""A question asked in Japanese is about Japan, if it is about one country."""
_OR = ("または", "もしくは", "あるいは", "又は", "とも", "、か")
_OPENERS = ' \u3000*_「『（([$`"“【\\{'
_LEADS = {
    "は": "after_topic", "が": "after_ga", "も": "after_mo", ":": "after_colon", "=": "after_equals",
    "、": "after_comma", "→": "after_arrow", "⇒": "after_arrow", "≈": "after_equals", "≒": "after_equals",
    "で": "after_de", "と": "after_and", **dict.fromkeys("+-×÷*/", "after_operator"),
}  # fmt: skip
_MAX_SAID = 400
_LOOP, _LOOPS = 16, 4
_FAR, _ROUNDS = 60, 3
"""Characters at the end of a text that, said so often before, show that it ran in circles."""
_SIDE_ROLES = ("thinking", "check", "note", "question", "offer")


def holding(**evidence: bool) -> list[str]:
    """The names of what holds."""
    return [name for name, holds in evidence.items() if holds]


def sentence_evidence(
    found: Discourse, folded: str, wanted: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """For each of these sentences, what holds for every candidate in it."""
    sentences, lines = found.sentences, found.lines
    main = [i for i, one in enumerate(sentences) if one.role not in _SIDE_ROLES]
    main = main or [i for i, one in enumerate(sentences) if one.role != "thinking"] or [0]
    while len(main) > 1 and _ADDS.match(folded, sentences[main[-1]].start, sentences[main[-1]].end):
        main.pop()
    first, last = main[0], main[-1]
    refused = min(
        (i for i, one in enumerate(sentences) if one.role == "refusal"), default=len(sentences)
    )
    out: dict[int, tuple[str, ...]] = {}
    for i in wanted:
        one = sentences[i]
        line = lines[one.line]
        said = folded[one.start : min(one.end, one.start + _MAX_SAID)]
        # a step that ends the text is its result
        role = "statement" if one.role == "step" and i == last else one.role
        here = [f"in_{role}", f"in_{line.block}"]
        if line.section:
            here.append(f"under_{line.section}")
        here += holding(
            first_sentence=i == first and not found.start,
            first_line=one.line == sentences[first].line and not found.start,
            last_sentence=i == last,
            last_line=one.line == sentences[last].line,
            after_refusal=i > refused,
            near_end=i in main[-3:-1],
        )
        if i + 1 < len(sentences):
            after = sentences[i + 1]
            listed = i == first and lines[after.line].block == "item"
            here += holding(
                retracted=bool(_RETRACTS.search(folded[after.start : after.start + 40])),
                explained_after=after.role == "breakdown" or listed,
            )
        here += [name for name, pattern in _SENTENCE.items() if pattern.search(said)]
        out[i] = tuple(here)
    return out


def surroundings(folded: str, candidate: Candidate, start: int, end: int) -> list[str]:
    """What the characters right before and behind a candidate say."""
    a, b = candidate.value.span
    behind = _behind_closers(folded, b, end)
    close = folded.find(")", behind, min(end, behind + 40))
    if close > 0 and folded[behind] == "(":
        behind = _behind_closers(folded, close + 1, end)
    here = [name for name, pattern in _AFTER.items() if pattern.match(folded, behind, end)]
    at = a
    while at > start and folded[at - 1] in _OPENERS:
        at -= 1
    if folded.endswith(_OR, start, at):
        here.append("alternative")
    here.append("begins" if at == start else _LEADS.get(folded[at - 1], "after_other"))
    if "ends" in here and "begins" in here:
        here.append("whole")
    if lands := _LAND.findall(folded, start, a):
        here.append("of_japan" if lands[-1] else "of_abroad")
    opening = folded.rfind("(", start, a)
    inside = opening >= 0 and folded.rfind(")", start, a) < opening
    here += holding(
        in_parentheses=inside and folded[opening - 1 : opening] != "\\",
        quoted=a > start and folded[a - 1] in "「『",
    )
    if folded[a - 2 : a] == "**" or folded[b : b + 2] == "**":
        here.append("in_bold" if folded.find("**", b, end) >= 0 else "cut_off")
    return here


def _behind_closers(folded: str, at: int, end: int) -> int:
    closers = _CLOSERS.match(folded, at, end)
    return closers.end() if closers is not None else at


def silence(found: Discourse, folded: str, number: int) -> list[str]:
    """What speaks for there being no answer at all.

    Args:
        found: the text, segmented.
        folded: the same text, folded.
        number: of candidates.
    """
    shown = [one for one in found.sentences if one.role != "thinking"]
    if not shown:
        return ["no_answer"]
    refusals = [one.role == "refusal" for one in shown]
    last = shown[-1]
    cut = _BREAKS_OFF.search(folded, max(0, last.end - 12), last.end) is not None
    cut = cut and found.lines[last.line].block != "heading"
    tail = folded[shown[-min(3, len(shown))].start : last.end]
    end = folded[max(0, last.end - _LOOP) : last.end]
    repeats = folded.count(end, max(0, last.end - 30 * _LOOP), last.end)
    return holding(
        no_answer=True,
        refuses_late=any(refusals[-4:]),
        refuses_first=refusals[0],
        refuses=any(refusals),
        breaks_off=cut,
        breaks_off_long=cut and len(shown) > 12,
        left_open=bool(_SENTENCE["open_end"].search(tail)),
        hedged_end=bool(_SENTENCE["hedged"].search(tail)),
        ends_in_question=last.role == "question",
        loops_far=folded.count(folded[max(0, last.end - _FAR) : last.end]) >= _ROUNDS,
        loops=len(end) == _LOOP and repeats >= _LOOPS,
        many_candidates=number > 12,
        one_candidate=number == 1,
    )
