"""Kanji by the school year that teaches them.

Sources: 学年別漢字配当表 (文部科学省告示, 2017): 1,026 kanji of grades 1 to 6; 常用漢字表 (内閣告示第2号,
2010): the other 1,110, which the years after that teach.
"""

import json
import re
from functools import cache
from pathlib import Path

KANJI_FOUND = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Finds ideographs; 々〆〇 are none."""


@cache
def kanji_classes() -> dict[str, str]:
    """Kanji to ``1`` … ``6`` (the grade) or ``jouyou``; whatever is not listed lies beyond."""
    content = json.loads((Path(__file__).parent / "kanji.json").read_text(encoding="utf-8"))
    listed = {c: name for name, members in content["classes"].items() for c in members}
    return listed | dict.fromkeys(content["variants_of_jouyou"], "jouyou")


@cache
def kanji_up_to(grade: int) -> frozenset[str]:
    """The kanji taught in grades 1 to ``grade``."""
    taught = {str(number) for number in range(1, grade + 1)}
    return frozenset(kanji for kanji, name in kanji_classes().items() if name in taught)
