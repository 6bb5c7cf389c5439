"""Reasons to take a readability score with care.

The formula answers any text with a number. These checks say when that number means little: a text
that is short, off the scale, laid out so that the sentence rule decides, in katakana script, classical
grammar or old orthography, not Japanese, or holding marks and characters that are counted as words.
The shifts that messages name are means over 200 real passages that were changed so
(``benchmarks/cautions.py``).

Not handled: what a text is about, dialect, and mixtures below the thresholds.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHORT = 400
"""Characters under which a text is short. The first 300 characters of a work differ from its first
900 with a standard deviation of 0.57 in readability."""

RULES_DIFFER = 1.0
"""Difference of the two sentence rules from which on they are reported."""

CLASSICAL = 3.0
"""Per cent of words with 文語 inflections from which on grammar is classical: 0 of 1,850 modern blocks
and 1 of 881 children's works reach it (project notes, 2026-11)."""

_DATA = json.loads((Path(__file__).parent / "cautions.json").read_text(encoding="utf-8"))

_INVISIBLE: dict[str, str] = _DATA["invisible"]
_INVISIBLE_FOUND = re.compile(f"[{''.join(_INVISIBLE)}]")
_JAPANESE_LETTER = "\u3041-\u3096\u30a1-\u30fa\u3005\u3400-\u9fff"
_SENTENCE = re.compile("[^。？！．\n]+")
_HIRAGANA = re.compile("[\u3041-\u3096]")
_KATAKANA = re.compile("[\u30a1-\u30fa]")
_PARTICLE_IN_KATAKANA = re.compile("ヲ|[\u3400-\u9fff][ハニノガトモヘデ](?![\u30a1-\u30fc])")
_LETTERS = re.compile(f"[{_JAPANESE_LETTER}]+")
_PARTED = re.compile(f"(?<=[{_JAPANESE_LETTER}、])[ \u3000]+(?=[{_JAPANESE_LETTER}])")
_LATIN_GLOSS = re.compile("[（(][A-Za-z][A-Za-z .,'’-]+[）)]")
_HALF_WIDTH_END = re.compile(f"(?<=[{_JAPANESE_LETTER}])[.!?]+(?![0-9A-Za-z])")
_FULL_WIDTH_END = re.compile("[。？！．]")
_MARKUP = {name: re.compile(mark, re.MULTILINE) for name, mark in _DATA["markup"].items()}
_COMBINING_KANA = re.compile("[\u3099\u309a]")
_JAPANESE = re.compile("[\u3041-\u30fa\u3400-\u9fff\uf900-\ufaff]")

# Kanji whose form changed in 1949 and that modern texts do not use, and spellings that the modern
# kana orthography of 1946 abolished. Single hits occur in quotations; only a density tells.
_OLD_FORM = re.compile(f"[{_DATA['old_kanji']}]")
_OLD_SPELLING = re.compile(_DATA["old_spelling"])
_OLD_PARTS: list[str] = _DATA["old_spelling_parts"]
"""Each of those spellings holds one of these, which are counted in a third of the time."""
_OLD_KINDS = 2
_OLD_DENSITY = 0.012  # finds 102 of 104 old passages of 800 characters, and 3 of 475 modern ones


@dataclass(frozen=True, slots=True)
class Caution:
    """A reason for care: ``code`` for programs, ``message`` for people."""

    code: str
    message: str

    def __str__(self) -> str:
        return self.message


def old_orthography(text: str) -> bool:
    """Whether ``text`` looks as if written in old kanji forms or historical kana spelling.

    A density of tell-tale characters and spellings, so long texts are judged better than short
    ones. Not handled: texts in modern spelling with old vocabulary.
    """
    few = _OLD_DENSITY * len(text)
    forms = _OLD_FORM.findall(text)
    if len(forms) + sum(map(text.count, _OLD_PARTS)) <= few:
        return False
    hits = old_forms(text)
    # Different ones: a modern text may repeat one name or title in its old form.
    return len(set(hits)) > _OLD_KINDS and len(hits) > few


def old_forms(text: str) -> list[str]:
    """Old forms of kanji and historical spellings that stand in ``text``."""
    return _OLD_FORM.findall(text) + _OLD_SPELLING.findall(text)


def katakana_script(text: str) -> bool:
    """Whether a fifth of the letters stand in sentences that have katakana where hiragana would be.

    Not handled: single words in katakana, which modern text is full of.
    """
    if not _PARTICLE_IN_KATAKANA.search(text):
        return False
    within = 0
    for sentence in _SENTENCE.findall(text):
        if _KATAKANA.search(sentence) and not _HIRAGANA.search(sentence):
            within += len(sentence) if _PARTICLE_IN_KATAKANA.search(sentence) else 0
    return within > 0.2 * _letters(text)


def _letters(text: str) -> int:
    return sum(map(len, _LETTERS.findall(text)))


def cautions(
    *, text: str | None, characters: int, on_scale: bool, other_rule: float, classical: float = 0.0
) -> Iterator[Caution]:
    """All that applies to a score.

    Args:
        text: what was scored; None leaves out what only the text can tell.
        characters: its length.
        on_scale: whether the score has a level.
        other_rule: absolute difference between the two sentence rules.
        classical: percent of words of 文語 conjugation, of all words, where they were counted.
    """
    if characters < SHORT:
        yield Caution(
            "short",
            f"only {characters} characters: scores of texts under {SHORT} are noisy "
            "(400 to 1,000 are recommended)",
        )
    if not on_scale:
        yield Caution("off-scale", "off the scale of 0.5 to 6.5: no level")
    if other_rule > RULES_DIFFER:
        yield Caution(
            "sentence-rule",
            f"the other sentence rule gives a score {other_rule:.2f} away: "
            "line breaks without 。 decide here",
        )
    if classical >= CLASSICAL:
        yield Caution(
            "classical-grammar",
            f"{classical:.0f} % of the words have classical inflections (文語), "
            "which the formula takes for easy",
        )
    if text is not None:
        yield from _of_script(text)
        yield from _of_marks(text)


def _of_script(text: str) -> Iterator[Caution]:
    if _JAPANESE.search(text) is None:
        yield Caution("not-japanese", "no kana or kanji: the formula is for Japanese")
    elif old_orthography(text):
        yield Caution(
            "old-orthography",
            "looks like old orthography (旧字 or 旧仮名), which the formula cannot judge",
        )
    if katakana_script(text):
        yield Caution(
            "katakana-script",
            "katakana stands where modern text has hiragana: the words are cut wrongly, and the "
            "score comes out 2.4 too easy",
        )
    if odd := set(_INVISIBLE_FOUND.findall(text)):
        names = ", ".join(name for mark, name in _INVISIBLE.items() if mark in odd)
        yield Caution("invisible", f"holds {names}, which count as words")
    if _COMBINING_KANA.search(text) and unicodedata.normalize("NFC", text) != text:
        yield Caution("not-nfc", "holds decomposed kana (NFD), which are cut into other words")


def _of_marks(text: str) -> Iterator[Caution]:
    if (parted := len(_PARTED.findall(text))) > 2 and parted > _letters(text) / 60:
        yield Caution(
            "parted-words",
            f"spaces part words ({parted} times); each 　 counts as a word, and the score comes "
            "out up to 1.8 too easy",
        )
    if marks := [name for name, mark in _MARKUP.items() if mark.search(text)]:
        yield Caution(
            "markup", f"holds {', '.join(marks)}, which count as words: take them out first"
        )
    ends = len(_HALF_WIDTH_END.findall(text))
    if ends > max(1, len(_FULL_WIDTH_END.findall(text)) / 4):
        yield Caution(
            "half-width-ends", f"{ends} half-width . ! ? end no sentence here: write 。！？"
        )
    glosses = sum(map(len, _LATIN_GLOSS.findall(text)))
    if glosses and glosses > _letters(text) / 20:
        yield Caution(
            "foreign-words",
            "foreign words in brackets count as words without origin, which make a text look easier",
        )
