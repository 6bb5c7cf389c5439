"""JSQuAD and JAQKET as Stability-AI's harness scores them (branch jp-stable).

Source: Stability-AI/lm-evaluation-harness, ``lm_eval/jasquad/evaluate.py``. Both texts lose their
emoji, pass neologdn with its defaults and get single spaces; exact match compares what is left
(punctuation stays); F1 counts MeCab's words that are no punctuation.

The words depend on the dictionary: the original takes whatever fugashi finds (``unidic`` where it
is installed, else ``unidic-lite``); here it is always unidic-lite, and the signature says so.

Not handled: neologdn's defaults change meaning (3〜5個 becomes 35個); they are the definition.
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Any

from jtextkit.core.extras import require
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY, find_dictionary
from jtextkit.metrics.qa.definition import Definition
from jtextkit.metrics.qa.jglue import overlap_f1

_NAME = "lm-harness-jp"
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
def _libraries() -> tuple[Any, Any]:
    return require("emoji"), require("neologdn")


@cache
def _tagger() -> Any:
    return find_dictionary(DEFAULT_DICTIONARY).tagger("-Owakati")


def _normal(text: str) -> str:
    emoji, neologdn = _libraries()
    text = "".join(character for character in text if not emoji.is_emoji(character))
    return " ".join(neologdn.normalize(_MORE_EMOJI.sub("", text)).split())


def _words(normal: str) -> list[str]:
    return [word for word in _tagger().parse(normal).split() if word not in _PUNCTUATION]


def pair(prediction: str, gold: str) -> tuple[float, float]:
    """Exact match and word F1 of one prediction and one gold."""
    a, b = _normal(prediction), _normal(gold)
    return float(a == b), overlap_f1(_words(a), _words(b))


def _making() -> tuple[tuple[str, str], ...]:
    from importlib.metadata import version

    _libraries()
    return (
        ("emoji", version("emoji")),
        ("neologdn", version("neologdn")),
        ("dict", find_dictionary(DEFAULT_DICTIONARY).identity),
    )


LM_HARNESS_JP = Definition(
    _NAME,
    ("exact_match", "f1"),
    "github.com/Stability-AI/lm-evaluation-harness (jp-stable), lm_eval/jasquad/evaluate.py",
    pair,
    _making,
)
