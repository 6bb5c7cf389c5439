"""Where the final answer stands in free text: the last statement of it wins.

Rules (closed list, :data:`RULES`), in order of precedence:

``boxed``          ``\\boxed{…}``, or a marker: whichever of the two comes later
``marker``         答え, 答, こたえ, 解答, 正解, 【答え】, 答え：, 結論, Answer, ####, … and what follows
``reversed``       「18ドルが答えです」: what stands before the marker
``bold``           the only bold value, or the last of several, unless a conclusion follows
``conclusion``     よって, したがって, ゆえに, 以上より, …: the last such sentence with a value
``first_line``     a first line that is nothing but a value, with the explanation after it
``sentence``       the last sentence that ends in です, ます, だ, … and has a value
``last_line``      the last line with a value
``last_quantity``  the last value of the text, where only check lines have one

Where choices are given, the text of one counts as its label under every rule.

Left out on the way: thinking sections (``<think>…</think>``), check lines (検算, 確かめ, …) and what
follows them, notes (補足, ※, …), questions (「答えは何本？」), step numbers and labels, 1個あたり.

Limits: of a very long text the last 20,000 characters are read, of a line the last 500.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jtextkit.core.display import Displayed
from jtextkit.core.text import check_is_text
from jtextkit.metrics.answers.statements import choice_label, read_answer, read_statement
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import Value

CONFIDENCE = {
    "boxed": 0.99,
    "marker": 0.97,
    "reversed": 0.95,
    "bold": 0.85,
    "conclusion": 0.85,
    "first_line": 0.7,
    "sentence": 0.75,
    "last_line": 0.6,
    "last_quantity": 0.3,
}
"""How far each rule is to be trusted: an order, not a probability that was measured."""

RULES = tuple(CONFIDENCE)
"""The name of every rule."""

Choices = Mapping[str, str] | Sequence[str]

MAX_TEXT = 20_000
MAX_LINE = 500
MAX_TRIES = 40

_THINKING = re.compile(
    r"</(?:think|thinking|thought|reasoning|scratchpad)>|【/思考】|\[/思考\]", re.IGNORECASE
)
_OPEN_THINKING = re.compile(r"<(?:think|thinking|thought|reasoning|scratchpad)>", re.IGNORECASE)
_MARK = re.compile(
    r"答(?:え)?|こたえ|コタエ|正解|結論|[Aa]nswer|ANSWER|\\boxed ?\{|####|(?:解|求める(?:値|数|もの))(?=[ \u3000]*[:：はが=＝])"
    r"|[AＡ](?:[:：]|[.．](?=[ \u3000]*[-−0-9０-９¥￥$]))"
)  # every branch begins with a literal, which lets the search run at full speed
_B_FOLLOWS = re.compile(r"[^\n]{0,200}\n[ \u3000*]*[BＢ]")
_BEFORE_MARK = re.compile(r"(?:(?:この|本|当)[解回]|問い?に|に|応|返|名|即|を|口|想定問)$")
_NO_MARK = re.compile(
    r"(?:合わせ|あわせ|が?合(?!計)|欄|方|用|を(?!書|ま|示|言|い)|に(?!な)|の(?!値|数|単位は)|も|で(?!す|あ|し)|まで|から(?![言い述])|だけ|など"
    r"|案|者|率|られ|る|た|よ|なさい|ましょう|が(?:出|求|わか|分か|正し|合|あ|違|変)|と(?:して|一致|同|な|い|合|比)(?!は)|か?どうか"
    r"|s\b|ed|ing)"
)
_GLUE = re.compile(
    r"(?:[ .．\u3000*_`'\"◆◇■●★☆▶►▼▷✅👉✨➡◎〈〉《》〔［\[<】\]』」）)>:：=＝|、,，→⇒]|[-–—─―](?=[ \u3000>])|#+|例|は(?!い(?:[。、 \u3000\n]|$|で))|が|として(?:は)?|となるのは|から(?:言うと|いうと|述べると)|を(?:書く|まとめる|示す|言う|いう)と"
    r"|の(?:値|数)(?:は)?|\((?:最終|final)[^)]{0,10}\)|is|IS|次の(?:通り|とおり|よう(?:に|な|です)?)(?:です|になります|となります|だ)?"
    r"|以下の(?:通り|とおり|よう(?:に|な)?)(?:です|になります|となります)?|です[:：]|選択肢(?=[はが:：]))*"
)
_STRONG = re.compile(r"[】\]』」）):：=＝→|\n]")
_REVERSED = re.compile(
    r"[ \u3000*]*(?:です|だ|である|でした|となり|にな|とな|と(?:言|い)え|。|$|\n|でしょう)"
)
_BEFORE_REVERSED = re.compile(
    r"(?:が|は|こそ|も)[、 \u3000]*(?:これが|それが)?(?:求める|最終的な|この問題の|正しい|、)*[ \u3000*「『]*$"
)
_NOT_AN_ANSWER = re.compile(
    r"(?:合って|あって|正し|正確|一致|間違|次の|以下|上の|上記|同じ|出[るまたて]|求め|変わ|確か|たしか|OK|これ|それ|この|その|どう|わか|分か|単位)"
)
_QUESTION = re.compile(
    r"(?:[?？][」』）)*_` ]*$|(?:何|いくつ|いくら|どれ|どの|どちら|だれ|誰|どこ|いつ)[^。\n]{0,12}(?:か|[?？])[。」』）)* ]*$"
    r"|(?:でしょう|です|ます|る|た)か[。」』）)* ]*$|(?:求めよ|求めなさい|答えなさい|答えよ|なさい|求めましょう)[。」』）)* ]*$)"
)
_ASKS = re.compile(r"(?:何|いくつ|いくら|どれ|どちら|だれ|誰)")
_CHECK = re.compile(
    r"[ \u3000\t・*>#\-(（【［\[〈《✓✔☑✅※]*(?:検算|(?:答えの)?確かめ|たしかめ|確認|検証|チェック|見直し|念のため|答え合わせ"
    r"|[Cc]heck|[Vv]erif|CHECK)"
)
_NOTE = re.compile(
    r"[ \u3000\t・*>#\-(（【［\[〈《]*(?:※|注(?![文目])|補足|参考|備考|別解|ちなみに|なお|ポイント|ヒント|質問|他に|ほかに|ご質問|ご不明"
    r"|[Nn]ote|NOTE|問題|【問|(?:理由|解説|説明|根拠)[:：])"
)
_CONCLUSION = re.compile(
    r"[ \u3000\t・*>#\-]*(?:よって|したがって|従って|ゆえに|故に|以上(?:より|から|のこと|の計算|により)|このことから|これより|結局|つまり"
    r"|だから|ですから|すなわち|∴|→|⇒|[Tt]herefore|[Hh]ence|[Ss]o,|最終的に|合計で|それゆえ|というわけで|そのため)"
)
_IN_PARENTHESES = re.compile(
    r"[ \u3000]*[（(][^（）()\n]{0,80}[はがをも。][^（）()\n]{0,80}[）)][ \u3000]*$"
)
"""A line that is an aside: （12や18も当てはまる。）, but not （40本）."""
_GIVES_REASON = re.compile(r"(?:から|ため)(?:です|だ|である|でした)?[。.!！」）) \u3000]*$")
_ELABORATION = re.compile(
    r"[ \u3000\t・*>#\-]*(?:もし|仮に|たとえば|例えば|このとき|そのとき|このうち|なぜなら|理由は|これ[はをにで]|この|また|それ[はを]|なお|ただし|ちなみに)"
)
_POLITE_END = re.compile(
    r"(?:です|ます|だ|である|でした|ました|なる|いる|ある|ません|ない|した|る|う|円|だった)[。.!！」』）)*_`$ \u3000]*$"
)
_BOLD = re.compile(
    r"\*\*([^*\n]{1,60})\*\*|__([^_\n]{1,60})__|<(?:b|strong)>([^<\n]{1,60})</(?:b|strong)>"
)
_HEADING = re.compile(
    r"[ \u3000]*(?:#|ステップ|手順|[Ss]tep|STEP|[0-9０-９①-⑳]+[.．)）:：、]|[(（][0-9０-９]+[)）]|解説|考え方|式|計算|方法|問題|図|表|注意)"
)
_LABEL_HEAD = re.compile(
    r"[ \u3000\t・*\-|]*(?:[(（](?:[0-9０-９]{1,2}|[ア-ンa-zA-Z])[)）]|[①-⑳]|[ア-コ](?=[ \u3000:：.、)）=…0-9０-９])|[A-EＡ-Ｅ](?=[ \u3000:：.、)）=…])"
    r"|[・\-] ?[^\n]{1,20}[:：])"
)
_RULE_ROW = re.compile(r"[ |:\-+\u3000]+$")
_ASIDE = re.compile(
    r"[、,。 \u3000(（]*(?:解説|理由|説明|検算|確かめ|たしかめ|なぜなら|根拠)|, ?\""
)
_REASON = re.compile(
    r"[0-9０-９一-鿿ァ-ヺ](で(?:す|あり)(?:ので|から|が|、)|(?:で|だから|なので|となり|になり)、"
    r"(?=[^\n]{0,40}(?:なら|だと|場合|とすると|すれば|にすると|換算)))"
)
_DESCRIBES = re.compile(r"(?:数|値|もの|数字)[。」 \u3000]*$")
_FIRST_LINE = re.compile(r"[^。\n]{1,20}(?:です|だ|である)?[。.!！]?[ \u3000]*$", re.MULTILINE)
_SENTENCE_LIKE = re.compile(
    r"[?？:：]|。.|(?:ます|ません|ましょう|ました|ない|ください|よう|[うくすつるた])[。.!！ \u3000]*$"
)
_SENTENCES = re.compile(r"[^。？?\n]+[。？?]?")


@dataclass(frozen=True, slots=True, repr=False)
class Extraction(Displayed):
    """What was found as the answer.

    Attributes:
        verdict: ``found`` or ``nothing found``.
        span: offsets (from, to) of the answer in the text, or None.
        text: what stands there, or "".
        rule: one of :data:`RULES`, or None.
        value: what it was read as, or None.
        confidence: of the rule, from 0 to 1; 0.0 where nothing was found.
    """

    verdict: str
    span: tuple[int, int] | None = None
    text: str = ""
    rule: str | None = None
    value: Value | None = None
    confidence: float = 0.0

    def _facts(self) -> dict[str, Any]:
        return {"text": self.text, "rule": self.rule, "confidence": self.confidence}

    @property
    def found(self) -> bool:
        return self.value is not None

    def __bool__(self) -> bool:
        """Whether an answer was found."""
        return self.value is not None


NOTHING = Extraction("nothing found")


def extract_answer(text: str, *, choices: Choices | None = None) -> Extraction:
    """The final answer of a free text.

    Args:
        text: anything; an answer alone is fine too.
        choices: the choices of the question, as label to text, or as texts (labelled 1, 2, …); the
            text of a choice is then an answer too, and its value the label.

    >>> found = extract_answer("16－3－4＝9、9×2＝18。\\n答え：１８ドル\\n検算：18÷2＝9")
    >>> found.text, found.rule, found.span
    ('１８ドル', 'marker', (20, 24))
    """
    check_is_text(text, "extract_answer", "for many, [extract_answer(text) for text in texts]")
    offset = max(0, len(text) - MAX_TEXT)
    begin = offset
    if "<" in text or "思考】" in text or "思考]" in text:
        begin, end = _beside_thinking(text, offset)
    else:
        end = len(text)
    body = text[begin:end]
    found = _marked(body, choices)
    if found is None:
        found = _unmarked(body, choices)
    if found is None:
        return NOTHING
    rule, value = found
    value = value.moved(begin, text)
    return Extraction("found", value.span, value.text, rule, value, CONFIDENCE[rule])


def _beside_thinking(text: str, offset: int) -> tuple[int, int]:
    """Where the answer's text begins and ends, thinking sections left out."""
    closed = [match.end() for match in _THINKING.finditer(text, offset)]
    begin = closed[-1] if closed else offset
    opened = _OPEN_THINKING.search(text, begin)
    return begin, opened.start() if opened is not None else len(text)


# ------------------------------------------------------------------------------- with a marker


def _marked(body: str, choices: Choices | None) -> tuple[str, Value] | None:
    marks = list(_MARK.finditer(body))
    if not marks:
        return None
    fallback: tuple[str, Value] | None = None
    for mark in marks[: -MAX_TRIES - 1 : -1]:
        if mark.group().startswith("\\"):
            found = _boxed(body, mark.end(), choices)
            if found is not None:
                return "boxed", found
            continue
        found_here = _at_mark(body, mark, choices)
        if found_here is None:
            continue
        if found_here[1].kind == "text":
            fallback = fallback or found_here
            continue
        if fallback is not None and fallback[1].span[0] > mark.end():
            return fallback
        return found_here
    return fallback


def _boxed(body: str, start: int, choices: Choices | None) -> Value | None:
    depth, end = 1, start
    limit = min(len(body), start + 300)
    while end < limit and depth:
        depth += {"{": 1, "}": -1}.get(body[end], 0)
        end += 1
    content = body[start : end - 1 if not depth else end]
    inner = re.match(r"\s*\\(?:text|mathrm|textbf|mathbf)\{([^{}]*)\}\s*$", content)
    if inner is not None:
        start, content = start + inner.start(1), inner[1]
    value = _chosen(content, choices) or read_statement(content)
    if value is None:
        value = read_answer(content)
        if not value.value:
            return None
    return value.moved(start, body)


def _line_start(body: str, at: int) -> int:
    return body.rfind("\n", max(0, at - MAX_LINE), at) + 1 or max(0, at - MAX_LINE)


def _at_mark(body: str, mark: re.Match[str], choices: Choices | None) -> tuple[str, Value] | None:
    start, behind = mark.span()
    line = _line_start(body, start)
    if body[start] in "AＡ" and behind - start == 2:
        if body[line:start].strip(" \u3000*#>") or _B_FOLLOWS.match(body, behind):
            return None  # one of several choices
        line = behind
    if start - line < 40 and _CHECK.match(body, line) and not _CHECK.match(body, start):
        return None
    if _CHECK.match(body, start):  # 答えの確かめ, 答え合わせ
        return None
    spoken = body[start] in "答こコ正" and _BEFORE_MARK.search(body[max(0, start - 4) : start])
    if spoken and not body.startswith((":", "："), behind):  # 問いに答える, 回答する
        return None
    if _REVERSED.match(body, behind):
        value = _before_mark(body, line, start, choices)
        if value is not None:
            return "reversed", value
    if _NO_MARK.match(body, behind):
        return None
    glue = _GLUE.match(body, behind)
    at = glue.end() if glue is not None else behind
    strong = bool(_STRONG.search(body[behind:at]))
    statement, at, below = _statement(body, at)
    if not statement:
        return None
    value = _chosen(statement, choices)
    if value is None:
        if _QUESTION.search(statement) or _NOT_AN_ANSWER.match(statement):
            return None
        if body[start] == "求" and _DESCRIBES.search(statement):
            return None
        value = read_statement(statement)
    if value is not None:
        if below and body[start - 1 : start] == "解" and _working(body, statement, at, value):
            return None
        return "marker", value.moved(at, body)
    if (
        not (strong or below or (at > behind and _POLITE_END.search(statement)))
        or len(statement) > 80
    ):
        return None
    plain = read_answer(statement)
    return ("marker", plain.moved(at, body)) if plain.value else None


def _statement(body: str, at: int) -> tuple[str, int, bool]:
    """What is said from ``at`` on: (text, where it begins, whether on a later line).

    The rest of the line up to 。, or the next line that is not blank; labelled parts may go on over
    several lines.
    """
    below = False
    n = len(body)
    for _ in range(4):
        end = body.find("\n", at, at + MAX_LINE)
        end = min(n, at + MAX_LINE) if end < 0 else end
        if body[at:end].strip(" \u3000*_|:：#`$-「【\\[]()="):
            break
        if end >= n:
            return "", at, below
        at, below = end + 1, True
        while at < n and body[at] in " \u3000\t":
            at += 1
        if (
            (row := _RULE_ROW.match(body, at, min(n, at + MAX_LINE)))
            and row.end() < n
            and body[row.end()] == "\n"
        ):
            at = row.end()
    stop = body.find("。", at, end)
    several = _LABEL_HEAD.match(body, at)
    if stop >= 0 and not several:
        end = stop
    elif several:
        for _ in range(12):
            following = end + 1
            if following >= n or not _LABEL_HEAD.match(body, following):
                break
            stop = body.find("\n", following, following + MAX_LINE)
            end = min(n, following + MAX_LINE) if stop < 0 else stop
    statement = body[at:end]
    if (aside := _ASIDE.search(statement)) and aside.start():
        statement = statement[: aside.start()]
    if reason := _REASON.search(statement):  # 答えは18ドルですので、…
        statement = statement[: reason.start(1)]
    question = statement.find("?") if "?" in statement else statement.find("？")
    if question >= 0:
        statement = statement[: question + 1]
    return statement, at, below


def _working(body: str, statement: str, at: int, value: Value) -> bool:
    """Whether 解答 heads a worked solution: the line below says more than a value, and goes on."""
    return 2 * len(value.text) < len(statement) and bool(body[at + len(statement) :].strip(" 。\n"))


def _before_mark(body: str, line: int, start: int, choices: Choices | None) -> Value | None:
    sentence = max(body.rfind("。", line, start) + 1, line)
    statement = body[sentence:start]
    match = _BEFORE_REVERSED.search(statement)
    if match is None or _ASKS.search(statement):
        return None
    statement = statement[: match.start()]
    value = _chosen(statement, choices) or read_statement(statement)
    return None if value is None else value.moved(sentence, body)


# --------------------------------------------------------------------------- without a marker


def _unmarked(body: str, choices: Choices | None) -> tuple[str, Value] | None:
    lines = _lines(body)
    if not lines:
        return None
    found = _last_statement(body, _without_checks(body, lines), choices)
    if found is not None or choices is not None:
        return found
    for start, end in reversed(lines):
        line = body[start:end]
        value = None if _QUESTION.search(line[-40:]) else read_statement(line)
        if value is not None:
            return "last_quantity", value.moved(start, body)
    return _bare_word(body, lines)


def _bare_word(body: str, lines: list[tuple[int, int]]) -> tuple[str, Value] | None:
    """A text of one short line that is no sentence: 「偶数」."""
    start, end = lines[0]
    line = body[start:end]
    if len(lines) > 1 or len(line) > 60 or _SENTENCE_LIKE.search(line):
        return None
    word = read_answer(line)
    return ("last_line", word.moved(start, body)) if word.kind == "text" and word.value else None


def _lines(body: str) -> list[tuple[int, int]]:
    """The last lines that are not blank, as (from, to), in order."""
    lines: list[tuple[int, int]] = []
    end = len(body)
    while end > 0 and len(lines) < MAX_TRIES:
        start = body.rfind("\n", 0, end) + 1
        if body[start:end].strip():
            lines.append((max(start, end - MAX_LINE), end))
        end = start - 1
    lines.reverse()
    return lines


def _without_checks(body: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines without checks and what follows them, notes, and questions.

    Behind a check only a conclusion counts.
    """
    kept: list[tuple[int, int]] = []
    checking = False
    for start, end in lines:
        if _CHECK.match(body, start):
            checking = True
            continue
        if checking and not _CONCLUSION.match(body, start):
            continue
        if kept and _IN_PARENTHESES.match(body, start, end):
            continue
        if _NOTE.match(body, start) or _QUESTION.search(body[max(start, end - 40) : end]):
            continue
        kept.append((start, end))
    return kept


def _last_statement(
    body: str, lines: list[tuple[int, int]], choices: Choices | None
) -> tuple[str, Value] | None:
    if (block := _labelled_block(body, lines)) is not None:
        return "last_line", block
    bold = _last_bold(body, lines) if "**" in body or "__" in body or "<" in body else None
    bare: Value | None = None
    sentence: Value | None = None
    spare: Value | None = None
    for at, stop in _pieces(body, lines):
        if sentence is not None and (bold is None or at < bold.span[0]):
            break
        value = _said(body[at:stop], choices)
        if value is None:
            continue
        if _CONCLUSION.match(body, at):
            if bold is not None and at <= bold.span[0]:
                break
            return "conclusion", value.moved(at, body)
        if _ELABORATION.match(body, at) or _GIVES_REASON.search(body, max(at, stop - 20), stop):
            spare = spare or value.moved(at, body)
        elif _POLITE_END.search(body, max(at, stop - 20), stop):
            sentence = sentence or value.moved(at, body)
        elif sentence is None:
            bare = bare or value.moved(at, body)
    if bold is not None:
        return "bold", bold
    last = bare or sentence or spare
    if last is None:
        return None
    if (first := _first_line(body, last)) is not None:
        return "first_line", first
    return "last_line" if last is bare else "sentence", last


def _pieces(body: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences of the lines, last first."""
    for start, end in reversed(lines):
        if not any(body.find(mark, start, end - 1) >= 0 for mark in "。？?"):
            yield start, end
            continue
        yield from reversed([match.span() for match in _SENTENCES.finditer(body, start, end)])


def _said(piece: str, choices: Choices | None) -> Value | None:
    """The value that a sentence states, unless it asks or checks."""
    value = _chosen(piece, choices)
    if value is not None:
        return value
    if _QUESTION.search(piece[-30:]) or _CHECK.match(piece):
        return None
    value = read_statement(piece)
    if value is None or (value.kind == "label" and value.text != piece.strip()):
        return None
    return value


def _first_line(body: str, last: Value) -> Value | None:
    """The value that alone makes the first line, unless the last line is such a one too."""
    start = len(body) - len(body.lstrip())
    match = _FIRST_LINE.match(body, start)
    if match is None or "\n" not in body[match.end() : match.end() + 2]:
        return None
    value = read_statement(match.group())
    if value is None or not isinstance(value.value, Fraction) or value.kind == "label":
        return None
    rest = re.sub(r"(?:です|だ|である)?[。.!！ \u3000」]*$", "", match.group()).strip(" \u3000「")
    if rest != value.text:
        return None
    at = last.span[0]
    end = body.find("\n", at)
    line = body[body.rfind("\n", 0, at) + 1 : end if end >= 0 else len(body)]
    alone = line.strip(" \u3000。").removesuffix("です") == last.text
    return None if alone or _CONCLUSION.match(line) else value.moved(start, body)


def _labelled_block(body: str, lines: list[tuple[int, int]]) -> Value | None:
    """The parts that the last lines state, where each of two or more begins with its label."""
    first = len(lines)
    while (
        first
        and lines[first - 1][1] - lines[first - 1][0] <= 40
        and _LABEL_HEAD.match(body, lines[first - 1][0])
    ):
        first -= 1
    if len(lines) - first < 2:
        return None
    start = lines[first][0]
    value = read_statement(body[start : lines[-1][1]])
    return None if value is None or value.kind != "parts" else value.moved(start, body)


def _last_bold(body: str, lines: list[tuple[int, int]]) -> Value | None:
    for start, end in reversed(lines):
        matches = list(_BOLD.finditer(body, start, end))
        for match in reversed(matches):
            group = match.lastindex or 1
            content = match[group]
            if _HEADING.match(content) or _NOTE.match(content) or _QUESTION.search(content):
                continue
            value = read_statement(content)
            if value is not None and value.kind != "label":
                return value.moved(match.start(group), body)
    return None


def extract_parts(text: str, labels: Sequence[str]) -> Extraction | None:
    """The answers of a text that solves its parts one by one, each under its label.

    None unless every label stands in the text, in order, and an answer behind each.
    """
    body = text[-MAX_TEXT:]
    offset = len(text) - len(body)
    s = fold(body)
    starts: list[int] = []
    for label in labels:
        at = _label_place(s, label, starts[-1] + 1 if starts else 0)
        if at < 0:
            return None
        starts.append(at)
    found = []
    for i, start in enumerate(starts):
        begin = start + len(labels[i])
        end = starts[i + 1] if i + 1 < len(starts) else len(body)
        part = extract_answer(body[begin:end])
        if part.value is None:
            return None
        found.append(part.value.moved(offset + begin, text))
    span = (found[0].span[0], found[-1].span[1])
    value = Value("parts", tuple(part.value for part in found), span, text[span[0] : span[1]],
                  form="parts", parts=tuple(found), labels=tuple(labels))  # fmt: skip
    return Extraction("found", span, value.text, "marker", value, CONFIDENCE["sentence"])


_HIRAGANA = {i + 0x60: i for i in range(0x3041, 0x3097)}


def _label_place(s: str, label: str, start: int) -> int:
    """Where a part's label stands from ``start`` on, or -1."""
    if not label.isdecimal():
        places = [s.find(label, start), s.find(label.translate(_HIRAGANA), start)]
        return min((place for place in places if place >= 0), default=-1)
    circled = chr(0x245F + int(label)) if len(label) < 3 and 1 <= int(label) <= 20 else "\0"
    places = [s.find(f"({label})", start), s.find(circled, start)]
    return min((place for place in places if place >= 0), default=-1)


# ------------------------------------------------------------------------------------ choices


def labelled(choices: Choices) -> dict[str, str]:
    """Choices as label to text, labels in one spelling."""
    if isinstance(choices, Mapping):
        return {choice_label(fold(label).strip()): body for label, body in choices.items()}
    return {str(i): body for i, body in enumerate(choices, 1)}


def _chosen(statement: str, choices: Choices | None) -> Value | None:
    """The one choice that a statement names, by its label or by its text."""
    if choices is None:
        return None
    names = labelled(choices)
    s = fold(statement)
    plain = read_answer(statement)
    for reading in (plain, *plain.readings):
        label = str(reading.value)
        if (
            reading.kind == "choice" or (reading.form == "integer" and reading.unit in (None, "番"))
        ) and label in names:
            return Value("choice", label, reading.span, reading.text, form="choice")
    found = [
        (s.find(body), label) for label, text in names.items() if (body := fold(text)) and body in s
    ]
    # 「青」 and 「青信号」: the longer one is meant where both fit.
    found = [
        (at, label)
        for at, label in found
        if not any(
            other != label and fold(names[label]) in fold(names[other]) for _, other in found
        )
    ]
    if len(found) != 1:
        return None
    at, label = found[0]
    span = (at, at + len(names[label]))
    return Value("choice", label, span, statement[span[0] : span[1]], form="choice")
