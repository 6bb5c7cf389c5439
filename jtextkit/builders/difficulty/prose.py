"""Prose only: stretches of text on which a label says little, each kind by its name.

Some kinds deceive the formula (plays, katakana script, classical grammar: it takes them for easy),
others no count of words sees (dialect, blanks that a censor left).

Not handled: verse in full sentences, letters, quotations in dialect of less than three tell-tales, dialects
that are told by vocabulary alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Final

from jtextkit.builders.difficulty.recipe import PROSE_RULES
from jtextkit.metrics.readability.cautions import cautions

PLAY: Final = 0.2  # share of lines that begin with a speaker's name
DIALOGUE: Final = 0.8  # share of characters between 「 and 」, or in lines that begin with ――
DIALECT: Final = 3  # tell-tales, also of how old men, samurai and ruffians speak in fiction
_CAST: Final = 3  # lines in a row that name a person and say who that is

_SPEAKER = re.compile(
    r"^　?([^　「」『』、。，！？…―ー（）\n]{1,8})(?:　(?=\S)|（[^）\n]{1,30}）|(?=「[^\n]*」$))",
    re.MULTILINE,
)
_STAGE = re.compile(
    r"^[^　「」。\n]{1,8}　（[^）\n]+）", re.MULTILINE
)  # a speaker and what he does
_CAST_LINES = re.compile(
    rf"(?:^　?[^　「」、。（\n]{{1,10}}(?:　+|（)[^。「」！？\n]{{1,40}}$\n?){{{_CAST},}}",
    re.MULTILINE,
)
_DIALECT = re.compile(
    "まへん|[らさりなてしいえ]へん[かでの]?[。、」]|やろ[かなねが。、？」…]|や(?:ねん|がな|さかい|けど)|ねん[。、」]|さかい[に、。]|おます|[うんのお]どす"
    "|[んの]だす|だっせ|[てし]はる|[てし]はった|あかん[。」ねで、]|ほんま|なはれ|なはる|[でま]やす|わて[はがのえ、]|あんさん|そない|どない|やで[。」]"
    "|[だんる]べえ?[。、」なよ]|[だんる]っぺ|ねえだ|おら[あはがのもた、ぁ]|ずら[。、よ」]|[でん]がす|だに[。」]|だで[。」]|けんど|だども|じゃけ|んけん[。、」]|[るただい]ばい[。、」]|ちょる|ばってん"
    "|[しってん]とる[。よかんのが」]|[うるただん]けえ|け[ゃや][？。」]|[じゃ]なえ|[じゃん]でえ[。」]|[るたん]ちゅう[^国心旬止断学元間]|せにゃ|[らかさ]にゃな|ごわす"
    "|じゃ(?!な|あ|、)[。よのがろわとて」…！？]|わい[。のな」、！]|[うたるいだぬん]のう[。、」！]|ござ(?:る|ん[すせ]|りま|らぬ)|ませぬ|(?<!おじゃ)まする|おじゃる|拙者|それがし|身ども|身共|お主|そち[はのもがを、]|かたじけ|御意"
    "|やが[るれりっ]|ゃあが[るれりっ]|てめえ|べらぼう|おめえ|[らしりゃこれもでくけわ]ねえ[。、よんぞがとかやぜ」…？！]|あっし|わっち|くんねえ|くんな[。さ]|ありんす|[らか]あ[。」]|だんべ|しゃん[すせ]|なん[しす][。え]|私しゃ|あたしゃ|わしゃ|俺あ|おりゃ|おいら|ごぜえ|妾[はがのをも、]"
)
# Two characters of each tell-tale, or one. Few texts have three of these, and as each begins with a character
# and no set, a search takes a fifth of the time.
_DIALECT_CORE = re.compile(
    "へん|や(?:[ろねさけです]|が(?=[なるれりっ]))|ね[んえ]|さか|お(?:[まらめ主]|[いり](?=[らゃ])|じ(?=ゃ))|ど[すな]|だ(?:[すにでど]|っ(?=せ)|ん(?=べ))|は(?:る|っ(?=た))"
    "|あ(?:[か。」]|[んっりた](?=[さしん]))|そ(?:[なち]|れ(?=がし))|ほ(?=んま)|な(?:[はえ]|ん(?=[しす]))|わ(?:[てい]|[っし](?=[ちゃ]))|べ[え。、」なよら]|っぺ|ずら|がす|け[んえゃや]"
    "|じ(?=ゃ[け。よのがろわとて」…！？])|ば[いっ]|ち(?=ょる)|とる|でえ|ち(?=ゅう)|せ(?=にゃ)|にゃ|ご[わざぜ]|の(?=う[。、」！])|ま(?=せぬ|する)|拙者|身[ど共]|か(?=たじけ)|御意"
    "|ゃあ|て(?=めえ)|くん|し(?=ゃん)|私し|俺あ|妾"
)
_CENSORED = re.compile(  # with one set of characters in front, which a search looks for fast
    "[×✕○◯□△〇＊*](?:(?<=[×✕])[^×✕\n]{0,30}[×✕]|(?<=[○◯□△])[○◯□△]|(?<=[＊*])[＊*]"
    "|(?<=〇)(?<![〇一二三四五六七八九十百千]〇)〇(?![〇一二三四五六七八九年]))"
)
_BRACKET = re.compile("([「『」』])")


def _share_of_talk(text: str) -> float:
    depth = spoken = 0
    for line in text.split("\n"):
        dashed = line.lstrip("　").startswith("――")  # as some write what is said
        for part in _BRACKET.split(line):
            depth += part in ("「", "『")
            spoken += len(part) if dashed or depth else 0
            depth -= part in ("」", "』") and depth > 0
    return spoken / len(text)


def _is_dialect(text: str) -> bool:
    return all(len(found.findall(text)) >= DIALECT for found in (_DIALECT_CORE, _DIALECT))


def _is_play(text: str) -> bool:
    speakers = Counter(_SPEAKER.findall(text))
    return _STAGE.search(text) is not None or sum(n for n in speakers.values() if n > 1) >= PLAY * (
        text.count("\n") + 1
    )


_OWN: Final[Mapping[str, Callable[[str], bool]]] = {
    "play": _is_play,
    "cast-list": lambda text: _CAST_LINES.search(text) is not None,
    "dialogue": lambda text: _share_of_talk(text) >= DIALOGUE,
    "dialect": _is_dialect,
    "censored": lambda text: _CENSORED.search(text) is not None,
}

_CAUTIONS: Final = PROSE_RULES[len(_OWN) :]


def unfit(text: str, classical_percent: float, allowed: Collection[str]) -> str | None:
    """The first rule that a passage breaks, or None.

    Args:
        classical_percent: words of 文語 conjugation, of all words.
        allowed: names of :data:`PROSE_RULES` that are not asked for.
    """
    for name, breaks in _OWN.items():
        if name not in allowed and breaks(text):
            return name
    found = cautions(
        text=text,
        characters=len(text),
        on_scale=True,
        other_rule=0.0,
        classical=classical_percent,
    )
    raised = {caution.code for caution in found}
    return next((name for name in _CAUTIONS if name in raised and name not in allowed), None)
