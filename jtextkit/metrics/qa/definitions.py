"""Exact match and F1 of an answer, by the definitions of five tools; the package says which is which.

Not handled: unanswerable questions (JSQuAD has none), and llm-jp-eval's extraction of an answer from a
text, by task: give it the extracted one.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from jtextkit.core.errors import UsageError
from jtextkit.core.extras import require
from jtextkit.core.registry import Registry
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY, find_dictionary

Making = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to compare an answer with a gold.

    Attributes:
        name: what the user types.
        values: the names of what it gives, the principal one first.
        pair: prediction and gold to the values, each from 0 to 1.
        making: the choices and library versions that the values depend on, for signatures.
    """

    name: str
    values: tuple[str, ...]
    pair: Callable[[str, str], tuple[float, ...]]
    making: Callable[[], Making] = tuple

    def best(self, prediction: str, golds: Sequence[str]) -> dict[str, float]:
        """The largest of each value over all golds (each by itself, as the originals do).

        Raises:
            UsageError: there are no golds, or a library is missing.
        """
        if not golds:
            raise UsageError("no gold answer to compare with", cure="give at least one")
        prediction = _encodable(prediction)
        found = [self.pair(prediction, _encodable(gold)) for gold in golds]
        return {
            name: max(values[index] for values in found) for index, name in enumerate(self.values)
        }


def _encodable(text: str) -> str:
    """Lone surrogates, on which the originals end with an error, become ?."""
    return text.encode(errors="replace").decode()


# JGLUE
#
# Source: github.com/yahoojapan/JGLUE, fine-tuning/patch/transformers-4.24.0_jglue-1.1.0.patch, which
# changes transformers' squad_metrics.py: text is lowered, 。 taken off its end and white space made
# single; punctuation stays; F1 counts characters, not words.


def overlap_f1(prediction: Sequence[str], gold: Sequence[str]) -> float:
    """F1 of two bags of items; 0 where they share none."""
    same = sum((Counter(prediction) & Counter(gold)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(prediction), same / len(gold)
    return 2 * precision * recall / (precision + recall)


def _jglue(prediction: str, gold: str) -> tuple[float, float]:
    # In this order: 「答え。 」 keeps its 。, as it does in the original.
    a, b = (" ".join(text.lower().rstrip("。").split()) for text in (prediction, gold))
    exact = float(a == b)
    return exact, overlap_f1(a, b) if a and b else exact


# Stability-AI's harness
#
# Source: Stability-AI/lm-evaluation-harness (branch jp-stable), lm_eval/jasquad/evaluate.py. Both texts
# lose their emoji, pass neologdn with its defaults (which change meaning: 3〜5個 becomes 35個) and get
# single spaces; exact match compares what is left (punctuation stays); F1 counts MeCab's words that are no
# punctuation. The original takes whatever dictionary fugashi finds; here it is always unidic-lite, and
# the signature says so.

# Emoticons, pictographs, transport, flags, dingbats: the definition's ranges.
_MORE_EMOJI = re.compile(
    "[\U0001f600-\U0001f64f\U0001f300-\U0001f5ff\U0001f680-\U0001f6ff"
    "\U0001f1e0-\U0001f1ff\u2702-\u27b0]+"
)
_PUNCTUATION = frozenset(
    "！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃》「」『』【】"
    "〔〕〖〗〘〙〚〛〜〝〞〟〰〾〿–—‘’‛“”„‟…‧﹏." + string.punctuation
)


@cache
def _tagger() -> Any:
    return find_dictionary(DEFAULT_DICTIONARY).tagger("-Owakati")


def _harness_normal(text: str) -> str:
    is_emoji = require("emoji").is_emoji
    text = "".join(character for character in text if not is_emoji(character))
    return " ".join(require("neologdn").normalize(_MORE_EMOJI.sub("", text)).split())


def _harness_words(normal: str) -> list[str]:
    return [word for word in _tagger().parse(normal).split() if word not in _PUNCTUATION]


def _harness(prediction: str, gold: str) -> tuple[float, float]:
    a, b = _harness_normal(prediction), _harness_normal(gold)
    return float(a == b), overlap_f1(_harness_words(a), _harness_words(b))


def _rouge_2(prediction: str, gold: str) -> tuple[float]:
    """F1 of pairs of words, as rouge_score counts them; punctuation stays, as in the harness."""
    pairs = []
    for text in (prediction, gold):
        words = _tagger().parse(_harness_normal(text)).split()
        pairs.append([f"{a} {b}" for a, b in pairwise(words)])
    return (overlap_f1(*pairs),)


def _harness_making() -> Making:
    from importlib.metadata import version

    for name in ("emoji", "neologdn"):
        require(name)
    return (
        ("emoji", version("emoji")),
        ("neologdn", version("neologdn")),
        ("dict", find_dictionary(DEFAULT_DICTIONARY).identity),
    )


# llm-jp-eval and flexeval: two "character F1" that are similarities of strings, and no F1
#
# Both are fuzzywuzzy's scores with python-Levenshtein installed: 100 × the normalised Indel similarity,
# rounded to a whole number, over 100. Two equal strings are 1, even two empty ones. Without
# python-Levenshtein fuzzywuzzy falls back to difflib and gives other numbers; flexeval requires it.
# Sources: llm-jp-eval 1.x, evaluator.py and utils.py (NFKC; the output up to the first empty line,
# stripped); flexeval 0.18, core/metric/char_f1.py and exact_match.py (no normalisation).

_NO_WORD = re.compile(r"\W")
_INDEL = (("similarity", "indel"),)
_LATIN_1 = dict.fromkeys(range(0x80, 0x100))


def ratio(a: str, b: str) -> int:
    """Fuzzywuzzy's ``ratio``: 0 to 100.

    Raises:
        UsageError: rapidfuzz is not installed.
    """
    if a == b:
        return 100
    if not a or not b:
        return 0
    similarity: float = require("rapidfuzz.distance").Indel.normalized_similarity(a, b)
    return round(100 * similarity)


def token_sort_ratio(a: str, b: str) -> int:
    """Fuzzywuzzy's ``token_sort_ratio``: 0 to 100.

    It drops U+0080–U+00FF, makes all but letters and digits spaces, lowers, and sorts what stands
    between spaces.
    """

    def tokens(text: str) -> str:
        return " ".join(sorted(_NO_WORD.sub(" ", text.translate(_LATIN_1)).lower().split()))

    return ratio(tokens(a), tokens(b))


def _llm_jp_eval(prediction: str, gold: str) -> tuple[float, float]:
    prediction = unicodedata.normalize("NFKC", prediction.split("\n\n", maxsplit=1)[0].strip())
    gold = unicodedata.normalize("NFKC", gold)
    return float(prediction == gold), token_sort_ratio(prediction, gold) / 100


def _flexeval(prediction: str, gold: str) -> tuple[float, float]:
    return float(prediction == gold), ratio(prediction, gold) / 100


# AI王, the quiz competition
#
# Source of the normalisation: cl-tohoku/aio4-bpr-baseline, compute_score.py (the official script), as
# flexeval 0.18 has it in core/string_processor/aio.py: ～ to 〜, NFKC, lower case, 「」 and 『』 opened,
# ・ = - and white space dropped, what stands in parentheses dropped. The competition counts exact
# matches; the similarity is flexeval's addition.


def aio_normal(text: str) -> str:
    """The form in which AI王 compares answers.

    >>> aio_normal("「蛹化(ようか)」"), aio_normal("ジョン・スミス")
    ('蛹化', 'ジョンスミス')
    """
    text = unicodedata.normalize("NFKC", text.replace("～", "〜")).lower()
    for opening, closing in ("「」", "『』"):
        text = _without(text, opening, closing, keep=True)
    for dropped in "・=-":
        text = text.replace(dropped, "")
    return _without("".join(text.split()), "(", ")", keep=False)


def _without(text: str, opening: str, closing: str, *, keep: bool) -> str:
    """``text`` with each pair's brackets dropped, and what they hold too unless ``keep``.

    A pair is an opening bracket and the next closing one on its line. Behind a line's last closing
    bracket none is looked for, so this is linear on any text.
    """
    pair = re.compile(f"{re.escape(opening)}([^{closing}]*){re.escape(closing)}")
    parts = (line.rpartition(closing) for line in text.split("\n"))
    held = r"\1" if keep else ""
    return "\n".join(pair.sub(held, head + mark) + tail for head, mark, tail in parts)


def _aio(prediction: str, gold: str) -> tuple[float, float]:
    a, b = aio_normal(prediction), aio_normal(gold)
    return float(a == b), ratio(a, b) / 100


DEFINITIONS: Registry[Definition] = Registry("QA metric")
"""The definitions by name."""
for _definition in (
    Definition("jglue", ("exact_match", "f1"), _jglue),
    Definition("lm-harness-jp", ("exact_match", "f1"), _harness, _harness_making),
    Definition("rouge-2", ("rouge2",), _rouge_2, _harness_making),
    Definition("llm-jp-eval", ("exact_match", "char_f1"), _llm_jp_eval, lambda: _INDEL),
    Definition("flexeval", ("exact_match", "char_f1"), _flexeval, lambda: _INDEL),
    Definition("aio", ("exact_match", "char_f1"), _aio, lambda: _INDEL),
):
    DEFINITIONS.register(_definition.name, _definition)


def measure(name: str, prediction: str, golds: list[str]) -> dict[str, float]:
    """One prediction against all its golds, by the definition called ``name``.

    >>> measure("jglue", "東アジア。", ["東アジアの広範囲", "東アジア"])
    {'exact_match': 1.0, 'f1': 1.0}

    Raises:
        UsageError: there is no such definition, there are no golds, or the definition needs a
            library that is not installed (``python -m pip install "jtextkit[qa]"``).
    """
    return DEFINITIONS[name].best(prediction, golds)
