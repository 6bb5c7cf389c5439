"""Which 特殊算 a solution uses: those it names, and those its words give away.

A name in the solution or the problem counts as such. Without one, words that belong to a single
method are taken as its sign (鉄橋 and 列車 for 通過算). This is a label for tables, not a proof; a
solution that says nothing typical has none.
"""

from __future__ import annotations

import re

METHODS = {
    "つるかめ算": r"(?:全部|すべて|全員|みんな|\d+[枚個本匹人問]とも)[^。\n]{0,12}(?:だとする|とする|なら|と仮定|と考える)",
    "差集め算": r"(?:1人分|1個|1本|1つ)[^。\n]{0,10}差[^。\n]{0,20}全体[^。\n]{0,6}差",
    "過不足算": r"ずつ(?:配|分け|すわ|入れ)[^。]{0,40}(?:余|あま|足り|たり|不足|すわれ)",
    "和差算": r"(?:和|合計|合わせ)[^。]{0,30}(?:差|多い|多く|大きい|長い)[^。]{0,60}2倍",
    "分配算": r"(?:分ける|分け)[^。]{0,40}の\d倍より",
    "年齢算": r"(?:[才歳]|年[れ齢]い?)[^。]{0,60}(?:何年[前後]|の\d倍)",
    "倍数算": r"比[^。]{0,40}(?:あげる|あげた|もらう|もらった|使う|使った)",
    "相当算": r"残り[^。\n]{0,20}(?:あた|当た)|(?:あた|当た)る(?:から|ので)",
    "還元算": r"逆(?:に|から)[^。\n]{0,8}(?:計算|考え|たど|もど|戻)",
    "消去算": r"(?:そろえ|ひくと|差を見る)[^。\n]{0,30}(?:分|個|本|冊|人)で",
    "仕事算": r"(?:仕事量|全体の仕事|仕事全体|満水|1日の仕事|のべ)",
    "のべ算": r"のべ(?:人|日|時間)",
    "ニュートン算": r"(?:わき出|行列|生える|流れこ|流れ込)[^。]{0,60}(?:なくな|空に|からに)",
    "旅人算": r"(?:出会|追いつ|すれちが|向かい合|反対向き)",
    "流水算": r"(?:上り|下り|流れ)の(?:速さ|時速|分速)|静水",
    "通過算": r"(?:列車|電車)[^。]{0,40}(?:鉄橋|トンネル|電柱|わたり|渡り|すれちが|通り)",
    "時計算": r"(?:長針|短針)",
    "植木算": r"(?:間の数|おき(?:に|で)[^。]{0,20}(?:植|立て|打)|両はし|両端|のりしろ)",
    "方陣算": r"(?:方陣|正方形[^。]{0,20}並べ|ご石|碁石)",
    "集合算": r"(?:両方|どちらも)[^。]{0,12}(?:好き|いる|ない|でき|正解|持)",
    "平均算": r"平均",
    "濃度算": r"(?:食塩水|砂糖水|濃度|濃さ)",
    "損益算": r"(?:原価|定価|仕入れ|売り値|利益|損失)",
    "日暦算": r"曜日",
    "周期算": r"(?:周期|くり返し|繰り返し|くりかえし)",
    "場合の数": r"(?:通り|総当たり|並べ方|選び方)",
    "比と割合": r"(?:[①-⑳]|比の[和差]|割合|もとにする量|\d[%％割])",
    "平面図形の面積": r"(?:三角形|長方形|台形|円|ひし形|平行四辺形)[^。]{0,30}面積|底辺",
}
"""The methods by name, with what gives them away where they are not named."""

_NAMES = {
    "濃度": "濃度算", "損益": "損益算", "比例配分": "比と割合", "過不足": "過不足算",
    "鶴亀算": "つるかめ算", "ツルカメ算": "つるかめ算", "差集算": "差集め算", "平均": "平均算",
}  # fmt: skip
_SIGNS = {name: re.compile(sign) for name, sign in METHODS.items()}
_NAMED = re.compile(rf"{'|'.join(METHODS)}|鶴亀算|ツルカメ算|差集算")
# Words of the everyday, too: a solution that says 場合の数 may still be a 集合算.
_PLAIN = frozenset({"場合の数", "比と割合", "平面図形の面積"})
_LONGEST = 20_000


def methods_of(problem: str, solution: str) -> tuple[str, ...]:
    """The methods, named ones alone where there are any; otherwise those that words give away.

    >>> methods_of("", "旅人算で考えると、2人は5分後に出会います。")
    ('旅人算',)
    """
    text = f"{problem[:_LONGEST]}\n{solution[:_LONGEST]}"
    named = {_NAMES.get(found, found) for found in _NAMED.findall(text)}
    if not named - _PLAIN:
        named |= {name for name, sign in _SIGNS.items() if sign.search(text)}
    return tuple(name for name in METHODS if name in named)
