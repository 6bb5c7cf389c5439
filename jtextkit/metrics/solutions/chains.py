"""Chains of equality in a solution: ``a = b = c``, cut out of its sentences.

A chain goes on over a line break where the next line begins with an equals sign. Words before the
first value, between an operator and its value (``底辺14cm×高さ9cm``) and in brackets behind a value
(``40（のべ人数）``) belong to nothing; words between a value and an operator (``80円のペン×3``) make
that part one that cannot be computed. Two values with nothing between begin a new chain.
"""

from collections.abc import Callable

from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.solutions.arithmetic import EqualityChain, Part
from jtextkit.metrics.solutions.patterns import PATTERNS
from jtextkit.metrics.solutions.tokens import OPERANDS, Token, Tokens, with_rest

_LONGEST_WORDS = 12
_EQUALS = frozenset(("equals", "about"))
_SIGNS = _EQUALS | {"op"}
_BEGINS = OPERANDS - {"close", "postfix"} | {"open", "prefix"}  # a chain, a part, a term
_CONTENT = frozenset(("value", "circled", "name", "op", "blank"))
_END = Token("break", -1, -1)
_BEFORE = -1
"""What a handler answers where the chain ends before its token."""


class ChainReader:
    """A state machine over the tokens: what the current chain holds, and what may come next."""

    def __init__(self, read: Tokens) -> None:
        self.tokens = [*read.tokens, *[_END] * 4]  # so many are looked at behind one, or before
        self.letters = read.letters
        self.brackets = _brackets(read.tokens)
        self.found: list[EqualityChain] = []
        self.parts: list[Part] = []
        self.part = Part()
        self.inner: list[int] = []  # where the brackets of the current part that are open end
        self.named = 0  # where the name of the current chain would begin
        self.name, self.start = "", 0
        # Each answers where to go on (None: at the next token), or that the chain ends before.
        self.handlers: dict[str, Callable[[int, Token], int | None]] = {
            "value": self._operand, "circled": self._operand, "name": self._operand,
            "blank": self._blank, "op": self._op, "postfix": self._op, "prefix": self._operand,
            "open": self._open, "close": self._close, "equals": self._equals, "about": self._equals,
            "dots": self._dots, "word": self._word, "ratio": self._ratio,
        }  # fmt: skip

    def chains(self) -> list[EqualityChain]:
        """Every chain of the text, in order of where it ends."""
        index = 0
        while index < len(self.tokens) - 3:
            token = self.tokens[index]
            if not (token.kind == "line" and self._goes_on(index)):
                jump = self.handlers.get(token.kind, self._ends)(index, token)
                if jump == _BEFORE:
                    self._flush()
                    if token.kind in _BEGINS:
                        continue  # again, as the first of a new chain
                elif jump is not None:
                    index = jump
                    continue
                if token.kind in {"line", "break"}:
                    self.named = index + 1
            index += 1
        return self.found

    def _put(self, *tokens: Token) -> int | None:
        self.part.tokens += tokens
        return None

    def _ends(self, *_: object) -> int | None:
        """The chain ends before the token, if one has begun."""
        return _BEFORE if self.part.tokens or self.parts or not self.part.known else None

    def _operand(self, _index: int, token: Token) -> int | None:
        if self._after_operand():
            last = self.part.tokens[-1]
            if _is_english(token) and last.value is not None:
                return None  # 5 apples + 3 apples
            if token.kind == "value" and token.text[0] in "+-":  # 5個のりんご ＋ 3個のりんご
                self._put(_sign("+", token))
            elif self._multiplies(last, token):
                self._put(_sign(".", token))
            else:
                return _BEFORE
        return self._put(token)

    def _multiplies(self, last: Token, token: Token) -> bool:
        """Whether two operands side by side are a product: 2x, ab, (3+4)x."""
        if token.value and last.value and token.value.form == last.value.form == "counted":
            return last.end == token.start  # 2!3!
        unit = last.value is not None and last.value.unit is not None
        if token.kind not in {"name", "prefix"} or unit:
            return False
        surely = token.text in self.letters or "_" in token.text or token.text[0] in "\\√"
        room = 1 if last.kind in {"name", "close"} or surely else 0
        return token.start - last.end <= room and last.kind != "circled"

    def _blank(self, _index: int, _token: Token) -> int | None:
        self.part.known = False
        return None

    def _op(self, _index: int, token: Token) -> int | None:
        return self._put(token)

    def _ratio(self, index: int, token: Token) -> int | None:
        r"""A colon between two terms of a ratio, not behind 手順3 or in \(x = 3\): \(9 - 3 = 6\)."""
        word, before, behind = (self.tokens[index + step] for step in (-2, -1, 1))
        apart = token.start - before.end > 1 and behind.start - token.end > 1
        titled = not self.parts and word.kind in {"word", "name"} and word.end == before.start
        terms = self._after_operand() and not self.inner and behind.kind in _BEGINS
        return self._ends() if apart or titled or not terms else self._put(token)

    def _open(self, index: int, token: Token) -> int | None:
        if index not in self.brackets:
            return self._ends()
        end, held, equation = self.brackets[index]
        if equation:
            self._flush()
            return index + 1
        if self._after_operand():
            first = self.tokens[index + 1]
            words = first.kind == "word" or _is_english(first)  # 2（英語0-9）, 25 (at first)
            if not words and self._factor(index, token, held):
                self._put(_sign(".", token))
            else:  # 30（円）, 7(匹): an annotation
                last, rest = self.part.tokens[-1], self.tokens[index + 2].value
                if PATTERNS["left-over"].fullmatch(first.text) and last.value and rest:
                    self.part.tokens[-1] = last._replace(value=with_rest(last.value, rest))
                within = Part(self.tokens[index : end + 1])
                if len(self.part.tokens) == 1 and not self.parts and _explains(within, last):
                    self.found.append(EqualityChain((within, Part([last])), "explained"))
                return end + 1
        elif not held:  # nothing to compute in it: (ア), (個); but \\text{田} + 300 is a sum
            self.part.known &= self.tokens[end + 1].kind != "op"
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
        return held > 1 or within.value is None or within.value.unit is None

    def _close(self, index: int, token: Token) -> int | None:
        if not self.inner or self.inner[-1] != index:
            return self._ends()
        self.inner.pop()
        return self._put(token)

    def _equals(self, index: int, token: Token) -> int | None:
        first, named = self.part, self.tokens[self.named : index]
        if not self.parts and named and not (first.known and first.tokens and not first.names):
            self.name, self.start = "".join(one.text for one in named), named[0].start
        self.parts.append(self.part)
        self.part = Part(about=token.kind == "about")
        return None

    def _dots(self, _index: int, _token: Token) -> int | None:
        last = self.part.tokens[-1] if self.part.tokens else _END
        self.part.dots |= last.value is not None
        self.part.known &= last.kind != "op"  # 1+2+…+10
        return None if last.value is not None or last.kind == "op" else self._ends()

    def _word(self, index: int, token: Token) -> int | None:
        following = self.tokens[index + 1].kind
        if following == "value" and self.tokens[index + 1].text[0] in "+-":
            following = "op"  # 田 + 9800
        if self._after_operand():
            return self._word_behind(index, token, following)
        if following in _SIGNS or following == "word":
            return self._blank(index, token)
        passed = len(token.text) <= _LONGEST_WORDS and following in _BEGINS - {"prefix"}
        return None if passed and (self.part.tokens or self.parts) else self._ends()

    def _word_behind(self, index: int, token: Token, following: str) -> int | None:
        """A word behind an operand."""
        last = self.part.tokens[-1].value
        if PATTERNS["of-a-kind"].match(token.text):
            self.part.known = False  # 0週間と5日余り, 12 = 4の倍数
            return _BEFORE
        if token.text in UNITS and (last is None or last.unit is None):
            return None  # **20** 円, (3+5)cm
        if following in _SIGNS:
            counted = last is not None and last.unit is not None
            self.part.known &= counted and PATTERNS["things"].fullmatch(token.text) is not None
            return None
        if token.text in ("の", "of") and last is not None and last.kind == "percent":
            return self._put(_sign("*", token))  # 50%の20
        result, units = self.tokens[index + 1].value, {value.unit for value in self.part.values}
        if token.text == "→" and result and result.unit not in {None, *units}:
            return _BEFORE  # 大人2 + 子ども3 → 2900円
        if self._says_result(index) and PATTERNS["says"].fullmatch(token.text):
            return self._equals(index, token)
        return _BEFORE

    def _says_result(self, index: int) -> bool:
        """Whether 「60÷5で12です」 goes on with the result of what was computed."""
        single = self.part.single  # 30400/48 は 640 です
        quotient = single is not None and single.form == "fraction" and single.value >= 1
        computes = self.part.operators or quotient
        if any(part.tokens for part in self.parts) or not computes or self.inner:
            return False
        result, behind = self.tokens[index + 1 : index + 3]
        said = behind.kind == "word" and PATTERNS["result-ends"].match(behind.text)
        ends = said or behind.kind in {"break", "line", "close", "open"}
        return bool(ends) and result.kind == "value"

    def _goes_on(self, index: int) -> bool:
        """Whether a line break lies inside a chain: a sign follows it."""
        at = index + 1
        while self.tokens[at].kind == "line" and at - index < 3:
            at += 1
        token = self.tokens[at]
        spaced = token.kind == "op" and at == index + 1 and token.end < self.tokens[at + 1].start
        term = PATTERNS["term"].match(token.text) is not None
        return self._ends() == _BEFORE and (spaced or term or token.kind in _EQUALS)

    def _flush(self) -> None:
        """End the current chain."""
        if self.parts:
            first, *others = (*self.parts, self.part)
            if ":" in first.operators and ":" not in others[0].operators:  # 手順1: 5 - 3 = 2
                first = first.terms[-1]
                first.known &= bool(first.operators)  # 1:2 = 0.5
            self.found.append(EqualityChain((first, *others), self.name, self.start))
        self.parts, self.part, self.inner = [], Part(), []
        self.name, self.start = "", 0

    def _after_operand(self) -> bool:
        return bool(self.part.tokens) and self.part.tokens[-1].kind in OPERANDS


def _brackets(tokens: list[Token]) -> dict[int, tuple[int, int, bool]]:
    """By where a bracket opens: where it closes on its line, how much counts in it, an equals sign."""
    found: dict[int, tuple[int, int, bool]] = {}
    opened: list[tuple[int, int, int]] = []
    held = equals = 0
    for index, token in enumerate(tokens):
        if token.kind == "line":
            opened.clear()
        elif token.kind == "open":
            opened.append((index, held, equals))
        elif token.kind == "close" and opened:
            start, held_before, equals_before = opened.pop()
            found[start] = index, held - held_before, equals > equals_before
        held += token.kind in _CONTENT
        equals += token.kind in _EQUALS
    return found


def _is_english(token: Token) -> bool:
    """Whether a name is a word of a sentence rather than a letter that stands for a number."""
    return token.kind == "name" and len(token.text) > 2 and token.text.isalpha()


def _explains(part: Part, token: Token) -> bool:
    """Whether what stands in brackets behind a value computes it: 35分（5＋20）."""
    value = token.value
    if value is None or value.unit is None or value.value == 1:
        return False
    units = {one.unit for one in part.values}
    sums = not {"+", "*", "/"}.isdisjoint(part.operators) or units != {None}  # 3点（2-1）
    same = value.kind == "percent" or units <= {None, value.unit}  # 1箱（6個×4）
    return sums and same and part.numbers[:1] > [0]


def _sign(sign: str, token: Token) -> Token:
    """An operator that is not written, before a token."""
    return Token("op", token.start, token.start, sign)
