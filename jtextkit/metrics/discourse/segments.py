"""A text cut into lines and sentences, each told once what it is.

Reasoning channels are known as ``<think>`` and its kin, ``[THINK]``, 【思考】, ``◁think▷``,
``<|channel|>analysis`` (harmony, its tokens lost or not), ``<|begin_of_thought|>``; tool calls as
``<tool_call>``, ``<function=…>``, ``<|python_tag|>``, ``[TOOL_CALLS]``; the end of a turn as ``</s>``,
``<|im_end|>``, ``<|eot_id|>``, ….

``cues.tsv`` lists what sentences of each role begin with or end in (``_`` is a blank).

What is not handled: nested lists are flat; a table's cells are not cut apart; a sentence that goes
on over a line end is two.
"""

import re
from pathlib import Path
from typing import NamedTuple

ROLES = (
    "thinking", "check", "note", "question", "step", "breakdown", "conclusion", "answer", "offer", "refusal", "statement",
)  # fmt: skip
"""What a sentence or a line does in its text; ``statement`` is any that does nothing else."""


def _listed(place: str) -> dict[str, str]:
    """The words that are listed for this place, the longest first, with their roles."""
    rows = (line.split("\t") for line in _CUES.splitlines())
    roles = {
        word.replace("_", " "): role
        for where, role, words in rows if where == place for word in words.split(" ")
    }  # fmt: skip
    return dict(sorted(roles.items(), key=lambda pair: -len(pair[0])))


_CUES = Path(__file__).with_name("cues.tsv").read_text(encoding="utf-8")
_BEGINS, _ENDS = _listed("begins"), _listed("ends")
_BEGINNING = re.compile("|".join(map(re.escape, _BEGINS)))
_ENDINGS = tuple(_ENDS)


def _beginning(text: str, at: int) -> str | None:
    """The role of the word that stands at ``at``, or None where it is none of the list."""
    word = _BEGINNING.match(text, at)
    return None if word is None else _BEGINS[word[0]]


def _ending(text: str, end: int) -> str | None:
    """The role of the word that ends just before ``end``, or None."""
    if not text.endswith(_ENDINGS, 0, end):
        return None
    return next(role for word, role in _ENDS.items() if text.endswith(word, 0, end))


_ASKS = re.compile(
    r"[?？]$|(?:でしょう|です|ます|しょう|ません|る|た|の)か$|(?:求めよ|答えよ|なさい)$"
)
"""How a question ends, brackets and 。 behind it left out."""

_MENTIONS_ANSWER = re.compile(r"答|こたえ|正解|結論|選択肢|\\boxed|Answer|answer")
"""Without one of these there is no marker; it saves looking for one."""
_ANSWERS = re.compile(
    r"(?<!この)(?<!この解)(?:答え?|こたえ|正解|解答|回答|結論|正答|選択肢)(?:として)?(?:は|が|[:：=＝→])"
    r"|(?:が|は|こそ)(?:最終的な|正しい|求める)?(?:答え?|こたえ|正解|解答)(?:です|だ|である|に|と|。|$)"
    r"|\\boxed|<answer>|[Aa]nswer(?: is|:)"
)
"""A marker of the answer anywhere in a sentence: 「…ので、答えは」, 「…が答えです」."""


class Stretch(NamedTuple):
    """From ``start`` to ``end`` the model only thinks, or calls a tool, or else speaks."""

    start: int
    end: int
    thinking: bool


_NAMES = "think|thinking|thought|reasoning|scratchpad|analysis|tool_call|tool_calls|function_calls"
_TOKEN = re.compile(
    rf"""(?P<open><(?:{_NAMES})>|\[THINK\]|【思考】|\[思考\]|◁think▷|<function=[^<>\n]{{1,60}}>
            |<\|begin_of_thought\|>|<\|python_tag\|>|\[TOOL_CALLS\]
            |<\|channel\|>(?:analysis|commentary)[^<\n]{{0,80}}(?:<\|message\|>)?)
    |(?P<close></(?:{_NAMES}|function)>|\[/THINK\]|【/思考】|\[/思考\]|◁/think▷|<\|end_of_thought\|>
            |<\|channel\|>final(?:<\|message\|>)?|assistantfinal)
    |(?P<finish></s>|<\|(?:im_end|eot_id|endoftext|end_of_text|return|eom_id|end_of_turn)\|>
            |<end_of_turn>|<eos>|<\|start_header_id\|>user|<\|im_start\|>user)
    |(?P<skip><\|[A-Za-z_]{{2,30}}\|>(?:assistant\b)?|<s>|<bos>)""",
    re.VERBOSE | re.IGNORECASE,
)
_HINT = re.compile(r"<[|/tTrsaefb]|\[|【|◁|assistantfinal")
"""How every such token begins; most texts have none of it."""


def stretches(text: str, start: int = 0) -> list[Stretch]:
    """The stretches of a text in order; none for what stands behind the end of the turn.

    A reasoning channel that is never closed goes on to the end. One that is closed but was never
    opened (its beginning belongs to the prompt) reaches back to the start.
    """
    if not _HINT.search(text, start):
        return [Stretch(start, len(text), thinking=False)]
    found: list[Stretch] = []
    at, thinking = start, False
    for token in _TOKEN.finditer(text, start):
        kind = token.lastgroup
        if kind == "finish" and not thinking and not text[at : token.start()].strip() and not found:
            kind = "skip"  # a turn that begins with an end token has not ended yet
        if kind == "close" and not thinking:
            found = [Stretch(start, token.start(), thinking=True)]
        elif token.start() > at:
            found.append(Stretch(at, token.start(), thinking))
        at = token.end()
        thinking = kind == "open" or (thinking and kind not in ("close", "finish"))
        if kind == "finish" and any(not stretch.thinking for stretch in found):
            return found
    if at < len(text):
        found.append(Stretch(at, len(text), thinking))
    return found


BLOCKS = ("paragraph", "heading", "item", "row", "quote", "code", "formula")
"""What a line is in the layout: one of these."""


class Sentence(NamedTuple):
    """One sentence, or the piece of one that stands on a line."""

    start: int  # where it begins in the text, list mark and indentation left out
    end: int  # where it ends, its 。 included, blanks left out
    role: str  # one of :data:`ROLES`
    line: int  # the index of its line


class Line(NamedTuple):
    """One line that is not blank."""

    start: int  # where it begins in the text, indentation and list mark (``mark``) left out
    end: int  # where it ends, blanks left out
    mark: str  # ``-``, ``1.``, ``(2)``, ``①``, ``###`` as written, or ""
    block: str  # one of :data:`BLOCKS`
    role: str  # of its first sentence
    section: str  # the role that the heading above it gives, or ""


class Discourse(NamedTuple):
    """A text with its lines and sentences, both in order; ``start`` is where reading began."""

    text: str
    lines: list[Line]
    sentences: list[Sentence]
    start: int = 0


_LINE = re.compile(r"[^\n]*\S[^\n]*")
_MARK = re.compile(
    r"""[ \t\u3000]*(?:>\ ?)*[ \t\u3000]*           # indentation and quotation
    ((?!\#{4}\ [-−$¥￥]?[0-9０-９][^\s。]{0,20}$)\#{1,6}(?=[ \u3000])  # a heading; "#### 18" is an answer
    |[-*+](?=[ \u3000])|[•●◆◇■▶►‣・]              # a bullet; -5 is a number and *x* is emphasis
    |[0-9０-９]{1,2}[.．)）、:：](?![0-9０-９])        # 1. 2) but not 1.5 or 2:3
    |(?:[(（][0-9０-９]{1,2}[)）]|[①-⑳])(?!で[すあ]|[だはがをの])
    )?[ \t\u3000]*""",
    re.VERBOSE | re.MULTILINE,
)
_RULE_ROW = re.compile(r"[ |:\-+*_=\u3000]+$")
_FORMULA = re.compile(r"[ \t]*(\\\[|\$\$|\\begin\{|\\\]|\\end\{)")
_CLOSED = re.compile(r"\\\]|\$\$|\\end\{")
_END = re.compile(
    # One set of characters in front, as a search for any of a set is the fastest there is.
    r"[。！？!?.](?:(?<=[。！？])[。！？]*[」』）)】*_”]*"
    r"|(?<=[!?])[!?]*[」』）)*_”]*(?![ \u3000]*[=＝×÷+/*)-])(?=[\s\u3000ぁ-ん一-鿿ァ-ヺ]|$)"  # 5! = 120 is no exclamation
    r"|(?<=[a-z0-9)]\.)(?=\ [A-Z]))"
)
_OPENING = " \u3000\t*_「『（(【［[〈《<#✅👉・:：、→✨☆★"
_CLOSING = '。.！!…」』）)*_`"” \u3000\t'
_REFUSES = (
    "できません", "かりません", "かねます", "ございません", "がありません", "できませんでした",
)  # fmt: skip
_MAY_ANSWER = ("statement", "conclusion", "step", "breakdown")
_HEADING = re.compile(r"(?:\*\*[^*]{1,40}\*\*|【[^】]{1,30}】|<[^<>]{1,30}>)[ \u3000:：]*$")
_INTRODUCTION = re.compile(r"[^。!！?？=＝\n]{1,30}[:：][ \u3000*]*$")
_SECTIONS = ("check", "note", "question", "step", "breakdown", "conclusion", "answer")


def segment(text: str, start: int = 0) -> Discourse:
    """Cut a text into lines and sentences and tell what each does. Never fails.

    What stands in a reasoning channel, or calls a tool, is kept with the role ``thinking``; what a
    model writes behind its end-of-turn token is left out, and so are the special tokens.

    Args:
        text: anything.
        start: where to begin reading; offsets stay those of the whole text.

    >>> found = segment("16－7＝9\\n**答え：9個**です。\\n\\n検算：9＋7＝16")
    >>> [(s.role, found.text[s.start:s.end]) for s in found.sentences]
    [('statement', '16－7＝9'), ('answer', '**答え：9個**です。'), ('check', '検算：9＋7＝16')]
    """
    lines: list[Line] = []
    sentences: list[Sentence] = []
    for stretch in stretches(text, start):
        if not stretch.thinking:
            _speech(text, stretch, lines, sentences)
            continue
        for match in _LINE.finditer(text, stretch.start, stretch.end):
            sentences.append(Sentence(*match.span(), "thinking", len(lines)))
            lines.append(Line(*match.span(), "", "paragraph", "thinking", ""))
    return Discourse(text, lines, sentences, start)


def _speech(text: str, stretch: Stretch, lines: list[Line], sentences: list[Sentence]) -> None:
    section, lasting, code, formula = "", False, False, False
    last_end = stretch.start
    for match in _LINE.finditer(text, stretch.start, stretch.end):
        begin, end = match.span()
        after_blank = text.count("\n", last_end, begin) > 1
        last_end = end
        while text[end - 1] in " \u3000\t\r":
            end -= 1
        mark, at = _marked(text, begin, end)
        if text.startswith(("```", "~~~"), at):
            code = not code
            continue
        if not code and _RULE_ROW.match(text, begin, end):
            continue
        start = at
        opens = _FORMULA.match(text, at, end)
        if opens is not None:
            closed = _CLOSED.search(text, opens.end(), end)
            formula = opens[1] in ("\\[", "$$", "\\begin{") and not closed
        block = "code" if code else "formula" if formula or opens else ""
        block = block or _block(text, match.start(), at, end, mark)
        introduces = text[end - 1] in ":：*" and _INTRODUCTION.match(text, at, end) is not None
        cuts = [found.end() for found in _END.finditer(text, at, end)]
        if not cuts or cuts[-1] < end:
            cuts.append(end)
        first = len(sentences)
        role = _role(text, at, cuts[0])
        if block == "heading" or introduces:
            section = role if role in _SECTIONS else ""
            lasting = block == "heading"
        elif role == "answer" or (section == "check" and role == "conclusion"):
            section = ""  # the answer is no part of a check or an explanation above it
        elif section and not lasting and after_blank and block != "item":
            section = ""
        for cut in cuts:
            while at < cut and text[at].isspace():
                at += 1
            if at < cut:
                here = role if len(sentences) == first else _role(text, at, cut)
                here = section if section and here == "statement" else here
                sentences.append(Sentence(at, cut, here, len(lines)))
            at = cut
        role = sentences[first].role if len(sentences) > first else role
        lines.append(Line(start, end, mark, block, role, section))
        if role == "check" and not section:
            section, lasting = "check", False


def _marked(text: str, begin: int, end: int) -> tuple[str, int]:
    """The mark of a line, or "", and where its words begin."""
    head = _MARK.match(text, begin, end)
    assert head is not None  # every part of it may be missing
    if head[1] and head.end() >= end:  # 「③」 alone is what is said, not a mark
        return "", head.start(1)
    return head[1] or "", head.end()


def _block(text: str, begin: int, start: int, end: int, mark: str) -> str:
    if mark:
        return "heading" if mark[0] == "#" else "item"
    first = text[start : start + 1]
    if first == "|":
        return "row"
    if first in "*【<" and _HEADING.match(text, start, end):
        return "heading"
    return "quote" if ">" in text[begin:start] else "paragraph"


def _role(text: str, start: int, end: int) -> str:
    """What the sentence does, by its beginning, its ending and its marker of an answer."""
    at = start
    while at < end and text[at] in _OPENING:
        at += 1
    begins = _beginning(text, at) or _beginning(text, start) or "statement"
    last = end
    while last > at and text[last - 1] in _CLOSING:
        last -= 1
    if begins == "refusal" and not text.endswith(_REFUSES, at, last):
        behind = text.find("が、", at, last)  # 申し訳ありませんが、その文は正しくありません
        begins = "refusal" if behind < 0 else _beginning(text, behind + 2) or "statement"
    asking = begins != "check" and text[last - 1] in "?？かよい"
    if asking and _ASKS.search(text, max(at, last - 6), last):
        return "question"
    if (role := _ending(text, last)) is not None:
        return role
    may_answer = begins in _MAY_ANSWER and _MENTIONS_ANSWER.search(text, at, end)
    answers = may_answer and _ANSWERS.search(text, at, end)
    return "answer" if answers else begins
