"""Chains of equality in a solution: ``a = b = c``, cut out of its sentences.

A chain goes on over a line break where the next line begins with an equals sign. Words before the
first value, between an operator and its value (``底辺14cm×高さ9cm``) and in brackets behind a value
(``40（のべ人数）``) belong to nothing; words between a value and an operator (``80円のペン×3``) make
that part one that cannot be computed. Two values with nothing between begin a new chain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.solutions.operands import with_rest
from jtextkit.metrics.solutions.parts import Part
from jtextkit.metrics.solutions.tokens import OPERANDS, Token, Tokens

_LONGEST_WORDS = 12
_SAYS = re.compile(
    r"は|で|が|では|だと|すなわち|つまり|is|equals|を計算すると|を計算して|の答えは|の計算で"
)
_THAT_IS = frozenset(("つまり", "すなわち", "よって", "したがって"))
# 5個のりんご ＋ 3個のりんご counts apples; 5個の代金 is another quantity.
_THINGS = re.compile("の[^の]{1,8}(?<![金額段代さ積率数量分間差和計倍])|入り|ずつ|分")
_FOR_EACH = frozenset(("あたり", "当たり", "につき"))
_FUNCTIONS = frozenset(("log", "ln", "sin", "cos", "tan", "max", "min"))
_LEFT_OVER = ("余り", "あまり", "余る")
_OF_A_KIND = ("の倍数", "の約数", "の公")
_DATES = frozenset(("年", "月"))
_RESULT_ENDS = re.compile(
    r"です|でし|で\Z|に(?:な|は|\Z)|とな|な[のりる]|だ(?!け)|が(?:\Z|[出残求])|よ\Z"
)
_BEGINS = OPERANDS - {"close", "postfix"} | {"open", "prefix"}  # a chain, a part, a term
_SIGNS = frozenset(("op", "equals", "about"))
_TERM = re.compile("[+-][ \u3000]")  # behind a line break, where it is no mark of a list
_END = Token("break", -1, -1)


@dataclass(frozen=True, slots=True)
class EqualityChain:
    """Parts that are said to be equal, in order."""

    parts: tuple[Part, ...]  # two or more
    name: str = ""  # before the first equals sign, if it is no number: 合計
    start: int = 0  # where that name begins

    @property
    def end(self) -> int:
        return max(part.end for part in self.parts)


def _is_english(token: Token) -> bool:
    """Whether a name is a word of a sentence rather than a letter that stands for a number."""
    return token.kind == "name" and len(token.text) > 2 and token.text.isalpha()


_BEFORE = -1
"""What a handler answers where the chain ends before its token."""


class ChainReader:
    """A state machine over the tokens: what the current chain holds, and what may come next."""

    def __init__(self, read: Tokens) -> None:
        self.tokens = read.tokens
        self.partner = read.partner
        self.letters = read.letters
        self.found: list[EqualityChain] = []
        self.parts: list[Part] = []
        self.part = Part()
        self.inner: list[int] = []  # where the brackets of the current part that are open end
        self.line: list[Token] = []  # what stands on the line before the current token
        self.name, self.start = "", 0
        self.explained = (_END, -1)  # a value, and where the bracket behind it ends
        self.half_read = False  # whether what stands before the chain belongs to its first part
        self.equals = self._counted({"equals", "about"})
        # Two or more of these in brackets are an expression.
        self.content = self._counted({"value", "circled", "name", "op", "blank"})
        # Each answers where to go on (None: at the next token), or that the chain ends before.
        self.handlers: dict[str, Callable[[int, Token], int | None]] = {
            "value": self._operand, "circled": self._operand, "name": self._operand,
            "blank": self._blank, "op": self._op, "postfix": self._op, "prefix": self._prefix,
            "open": self._open, "close": self._close, "equals": self._equals, "about": self._equals,
            "dots": self._dots, "word": self._word, "ratio": self._ratio,
        }  # fmt: skip

    def chains(self) -> list[EqualityChain]:
        """Every chain of the text, in order of where it ends."""
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            parts = token.kind in {"line", "break"}
            if parts and self._ends() is None:
                self.line.clear()
                self.half_read = False
            elif not (token.kind == "line" and self._goes_on(index)):
                jump = self.handlers.get(token.kind, self._break)(index, token)
                if parts:
                    self.line.clear()
                if jump == _BEFORE:
                    self._flush()
                    if token.kind in _BEGINS:
                        continue  # again, as the first of a new chain
                elif jump is not None:
                    index = jump
                    continue
                if not parts:
                    self.line.append(token)
            index += 1
        self._flush()
        return self.found

    def _put(self, *tokens: Token) -> int | None:
        self.part.tokens += tokens
        return None

    def _ends(self) -> int | None:
        """The chain ends before the token, if one has begun."""
        return _BEFORE if self.part.tokens or self.parts or not self.part.known else None

    def _operand(self, _index: int, token: Token) -> int | None:
        if self._after_operand():
            last = self.part.tokens[-1]
            if _is_english(token) and last.value is not None:
                return None  # 5 apples + 3 apples
            if last.text.lstrip("\\").partition("_")[0] in _FUNCTIONS:
                return self._blank(_index, token)
            if token.kind == "value" and token.text[0] in "+-":  # 5個のりんご ＋ 3個のりんご
                self._put(_sign("+", token))
            elif self._multiplies(last, token):
                self._put(_sign(".", token))
            elif token.start - last.end <= 1 and self._names_place(token):
                self.part.tokens.pop()  # ＋ 2階50m²: the second floor's 50
            else:
                if last.value and last.value.unit in _DATES and last.end == token.start:
                    self.part.known = False  # ＝5月10日
                return _BEFORE
        return self._put(token)

    def _multiplies(self, last: Token, token: Token) -> bool:
        """Whether two operands side by side are a product: 2x, ab, (3+4)x."""
        if token.value and last.value and token.value.form == last.value.form == "counted":
            return last.end == token.start  # 2!3!
        if token.kind != "name" or (last.value is not None and last.value.unit is not None):
            return False
        surely = token.text in self.letters or "_" in token.text or token.text[0] == "\\"
        room = 1 if last.kind in {"name", "close"} or surely else 0
        return token.start - last.end <= room and last.kind != "circled"

    def _names_place(self, following: Token, *, unit: bool = False) -> bool:
        """Whether the operand before only tells of what the following one is; 2勝4敗 does not."""
        before, last = self.part.tokens[-2:-1], self.part.tokens[-1].value
        if not before or before[0].kind != "op" or last is None or last.measure is None:
            return False
        measure = following.value.measure if following.value else None
        if measure is None:
            return following.kind == "open" or (following.kind == "value" and not unit)
        return measure.dimension not in {"count", "rate"}

    def _blank(self, _index: int, _token: Token) -> int | None:
        self.part.known = False
        return None

    def _op(self, _index: int, token: Token) -> int | None:
        self.part.known &= bool(self.part.tokens) or token.text in "+-"  # or words stand before it
        return self._put(token)

    def _ratio(self, index: int, token: Token) -> int | None:
        """A colon between two terms of a ratio, or behind a title."""
        before = self.parts[-1] if self.parts else self.part
        terms = self._after_operand() and not self.inner and self._kind(index + 1) in _BEGINS
        if not terms or self._only_parts(index, first=before is self.part):
            return self._break(index, token)
        named = not before.known or not before.tokens  # by words
        if before is self.part or named or ":" in before.operators:
            return self._put(token)
        self.part.known, self.half_read = False, True  # 5b = 3a : 2: neither term is a side
        return _BEFORE

    def _only_parts(self, index: int, *, first: bool) -> bool:
        r"""Whether a colon stands behind 手順3, or between formulas: \(x = 3\): \(9 - 3 = 6\)."""
        before, colon, behind = self.tokens[index - 1 : index + 2]
        left, right = colon.start - before.end, behind.start - colon.end
        titled = index > 1 and self.tokens[index - 2].kind in {"word", "name"}
        title = (not left and right) or (titled and self.tokens[index - 2].end == before.start)
        return (left > 1 and right > 1) or bool(first and title)

    def _prefix(self, _index: int, token: Token) -> int | None:
        if self._after_operand():
            last = self.part.tokens[-1]
            if token.start - last.end > 1 or (last.value and last.value.unit):
                return _BEFORE
            self._put(_sign(".", token))
        return self._put(token)

    def _open(self, index: int, token: Token) -> int | None:
        end = self.partner.get(index)
        if end is None or end < index:
            return _BEFORE if self.part.tokens or self.parts else None
        if self.equals[end] != self.equals[index]:  # an equation of its own in brackets
            self._flush()
            return index + 1
        held = self.content[end] - self.content[index]
        if self._after_operand():
            first = self.tokens[index + 1]
            words = first.kind == "word" or _is_english(first)  # 2（英語0-9）, 25 (at first)
            if not words and self._factor(index, token, held):
                self._put(_sign(".", token))
            else:  # 30（円）, 7(匹): an annotation
                last, rest = self.part.tokens[-1], self._token(index + 2).value
                if first.text in _LEFT_OVER and last.value and rest:  # 3 (余り 1)
                    self.part.tokens[-1] = last._replace(value=with_rest(last.value, rest))
                if words or held < 2:
                    return end + 1
                self.explained = (last, end) if len(self.part.tokens) == 1 else (_END, -1)
                return _BEFORE
        elif not held:  # nothing to compute in it: (ア), (個); but \\text{田} + 300 is a sum
            self.part.known &= self._kind(end + 1) != "op"
            return end + 1
        self.inner.append(end)
        return self._put(token)

    def _factor(self, index: int, token: Token, held: int) -> bool:
        """Whether a bracket right behind an operand multiplies it: 2(3+4), x(3), 9(2) = 18."""
        last, within = self.part.tokens[-1], self.tokens[index + 1]
        bare = last.value is None or last.value.unit is None or last.value.text[0] in "$¥\\"
        if token.text == "|":
            return bare
        fraction = last.value is not None and last.value.form == "fraction"
        room = 1 if (fraction or last.kind in {"name", "close"}) and held > 1 else 0
        if not bare or not held or token.start - last.end > room:
            return False
        return held > 1 or within.kind in {"name", "prefix"} or (
            within.value is not None and within.value.unit is None
            and within.value.kind in {"integer", "label", "decimal", "fraction"}
        )  # fmt: skip

    def _close(self, index: int, token: Token) -> int | None:
        if not self.inner or self.inner[-1] != index:
            return self._ends()
        self.inner.pop()
        self._put(token)
        value, end = self.explained
        if index == end and not self.parts and _explains(self.part, value):
            self.found.append(EqualityChain((self.part, Part([value])), "explained"))
        return None

    def _equals(self, _index: int, token: Token) -> int | None:
        if self.inner:
            self.part.known = False
            self.inner.clear()
        first = self.part
        if not self.parts and self.line and not (first.known and first.tokens and not first.names):
            self.name, self.start = "".join(one.text for one in self.line), self.line[0].start
        self.parts.append(self.part)
        self.part = Part(about=token.kind == "about")
        return None

    def _dots(self, _index: int, _token: Token) -> int | None:
        last = self.part.tokens[-1] if self.part.tokens else None
        if last is not None and last.kind in OPERANDS and last.value is not None:
            self.part.dots = True
        elif last is not None and last.kind == "op":  # 1+2+…+10
            self.part.known = False
        else:
            return self._ends()
        return None

    def _word(self, index: int, token: Token) -> int | None:
        following = self._kind(index + 1)
        if following == "value" and self.tokens[index + 1].text[0] in "+-":
            following = "op"  # 田 + 9800
        if self._after_operand():
            return self._word_behind(index, token, following)
        if following in _SIGNS or following == "word":
            return self._blank(index, token)
        short = len(token.text) <= _LONGEST_WORDS and following in {
            "value", "circled", "open", "name",
        }  # fmt: skip
        return None if short and (self.part.tokens or self.parts) else self._ends()

    def _word_behind(self, index: int, token: Token, following: str) -> int | None:
        """A word behind an operand."""
        last = self.part.tokens[-1].value
        if token.text.startswith((*_LEFT_OVER, *_OF_A_KIND)):
            self.part.known = False  # 0週間と5日余り, 12 = 4の倍数
            return _BEFORE
        if token.text in UNITS and (last is None or last.unit is None):
            return None  # **20** 円, (3+5)cm
        if following in _SIGNS:
            counted = last is not None and last.unit is not None
            self.part.known &= counted and _THINGS.fullmatch(token.text) is not None
            return None
        if token.text[0] == "の" and self._names_place(self._token(index + 1), unit=True):
            self.part.tokens.pop()  # ＋ 2階の床面積（50m²）
            return None
        if token.text in _FOR_EACH and self.part.operators and following == "value":
            self.part.tokens.pop()  # 3箱 × 1箱あたり5個
            return None
        if token.text in ("の", "of") and last is not None and last.kind == "percent":
            return self._put(_sign("*", token))  # 50%の20
        if self._says_result(index) and _SAYS.fullmatch(token.text):
            return self._equals(index, token)
        return _BEFORE

    def _says_result(self, index: int) -> bool:
        """Whether 「60÷5で12です」 goes on with the result of what was computed."""
        single = self.part.single  # 30400/48 は 640 です
        quotient = single is not None and single.form == "fraction" and single.value >= 1
        computes = self.part.operators or quotient
        if any(part.tokens for part in self.parts) or not computes or self.inner:
            return False
        at = index + 1
        at += self._token(at).text in (",", "、")
        if self._kind(at) != "value":
            return False
        behind = self._token(at + 1)
        if behind.kind in {"break", "line", "close"}:
            return behind.text != "|"
        return behind.kind == "open" or (
            behind.kind == "word" and _RESULT_ENDS.match(behind.text) is not None
        )

    def _break(self, index: int, token: Token) -> int | None:
        says = self._after_operand() and self._says_result(index + (token.text in (",", "、")))
        following = self.tokens[index + 1] if says else token
        if token.text == "→" and following.value and self.part.operators:
            if following.value.unit in {None, *(value.unit for value in self.part.values)}:
                return self._equals(index, token)  # 38万 + 116万 → 154万
        elif says and following.kind == "word" and following.text in _THAT_IS:
            self._equals(index, token)
            return index + 2  # 50－18、つまり32個です
        self.half_read = False
        return _BEFORE

    def _goes_on(self, index: int) -> bool:
        """Whether a line break lies inside a chain: a sign follows it."""
        at = index + 1
        while self._kind(at) == "line" and at - index < 3:
            at += 1
        op = self._kind(at) == "op" and self._kind(at + 1) == "open" and at == index + 1
        spaced = op and self.tokens[at].end < self.tokens[at + 1].start
        term = _TERM.match(self._token(at).text) is not None
        return self._ends() == _BEFORE and (spaced or term or self._kind(at) in {"equals", "about"})

    def _flush(self) -> None:
        """End the current chain."""
        if self._ends() == _BEFORE:
            unfinished = self.part.tokens and self.part.tokens[-1].kind in {"op", "prefix"}
            self.part.known &= not unfinished and not self.inner
            parts = (*self.parts, self.part)
            if len(parts) > 1 and ":" not in parts[1].operators:  # 手順1: 5 - 3 = 2
                last = parts[0].terms[-1]
                last.known &= last is parts[0] or bool(last.operators)  # 1:2 = 0.5
                parts = (last, *parts[1:])
            self.parts, self.part = [], Part(known=not self.half_read)
            self.half_read = False
            if len(parts) > 1:
                self.found.append(EqualityChain(parts, self.name, self.start))
            self.name, self.start = "", 0
        self.inner.clear()

    def _after_operand(self) -> bool:
        return bool(self.part.tokens) and self.part.tokens[-1].kind in OPERANDS

    def _token(self, index: int) -> Token:
        return self.tokens[index] if index < len(self.tokens) else _END

    def _kind(self, index: int) -> str:
        return self._token(index).kind

    def _counted(self, kinds: set[str]) -> list[int]:
        """How many tokens of these kinds have come up to each."""
        return list(accumulate(token.kind in kinds for token in self.tokens))


def _explains(part: Part, token: Token) -> bool:
    """Whether what stands in brackets behind a value computes it: 35分（5＋20）."""
    value = token.value
    if value is None or value.unit is None or value.value == 1 or not part.known:
        return False
    units = {one.unit for one in part.values}
    sums = not {"+", "*", "/"}.isdisjoint(part.operators) or units != {None}  # 3点（2-1）
    same = value.kind == "percent" or units <= {None, value.unit}  # 1箱（6個×4）
    return sums and same and part.numbers[:1] > (0,)


def _sign(sign: str, token: Token) -> Token:
    """An operator that is not written, before a token."""
    return Token("op", token.start, token.start, sign)
