"""植木算: things at equal distances; the trap is one more, one fewer, or as many as the gaps."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_PLANT = {"masu": "植えます", "plain": "植える", "te": "植えて", "past": "植えた"}
_RAISE = {"masu": "立てます", "plain": "立てる", "te": "立てて", "past": "立てた"}
_PLACE = {"masu": "置きます", "plain": "置く", "te": "置いて", "past": "置いた"}


@dataclass(frozen=True, slots=True)
class PlantedRow:
    """Things at every ``gap`` metres along ``length`` metres."""

    length: int
    gap: int


def _draw_row(dice: random.Random, grade: int) -> PlantedRow | None:
    gap = dice.randint(*((2, 12), (3, 25), (4, 48))[grade])
    gaps = dice.randint(*((6, 99), (12, 150), (40, 400))[grade])
    return PlantedRow(gap * gaps, gap)


def _walk(length: int, gap: int) -> list[int]:
    """The places that somebody who walks the whole length comes by at every ``gap`` metres."""
    return [place for place in range(length + 1) if place % gap == 0]


# Both ends

_STREETS: tuple[Words, ...] = (
    {"place": "まっすぐな道", "thing": "桜の木", "counter": "本", **_PLANT},
    {"place": "川の土手", "thing": "柳の木", "counter": "本", **_PLANT},
    {"place": "公園の通路", "thing": "街灯", "counter": "本", **_RAISE},
    {"place": "校庭の南側の直線", "thing": "旗", "counter": "本", **_RAISE},
    {"place": "駅前の遊歩道", "thing": "ベンチ", "counter": "台", **_PLACE},
)


def _solve_both(facts: PlantedRow, words: Words) -> Solution:
    gaps = n(facts.length) / n(facts.gap)
    things = gaps.result + n(1)
    return Solution(
        (
            f"{words['thing']}と{words['thing']}の間がいくつあるかを求めます。{gaps.equation('か所')}",
            f"両はしにもあるので、{words['thing']}の数は間の数より1だけ多くなります。"
            f"{things.equation(words['counter'])}",
        ),
        Answer.of(things.value, words["counter"]),
        ("植木算",),
    )


_BOTH = Kind(
    "両はしにある",
    _draw_row,
    _STREETS,
    (
        lambda f, w: (
            f"長さ{f.length}mの{w['place']}の片側に、はしからはしまで{f.gap}mおきに{w['thing']}を"
            f"{w['masu']}。両はしにも{w['plain']}とき、{w['thing']}は全部で何{w['counter']}いりますか。"
        ),
        lambda f, w: (
            f"{w['place']}の一方のはしからもう一方のはしまでは{f.length}mあります。ここに{w['thing']}を"
            f"{f.gap}mの間かくで{w['te']}いくことにしました。どちらのはしにも1{w['counter']}ずつ"
            f"{w['plain']}とすると、用意する{w['thing']}は何{w['counter']}ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}を{w['plain']}計画があります。場所は{f.length}mの{w['place']}で、となり合う"
            f"{w['thing']}の間は{f.gap}mにそろえ、最初と最後の{w['thing']}はちょうど両はしに来るように"
            f"します。必要な{w['thing']}の数を求めなさい。"
        ),
    ),
    _solve_both,
    lambda f: [(len(_walk(f.length, f.gap)),)],
)

# Neither end

_BETWEEN: tuple[Words, ...] = (
    {"left": "図書館", "right": "体育館", "thing": "木", "counter": "本", **_PLANT},
    {"left": "鳥居", "right": "本殿", "thing": "灯ろう", "counter": "基", **_RAISE},
    {"left": "正門", "right": "校舎", "thing": "花の鉢", "counter": "個", **_PLACE},
    {"left": "交番", "right": "郵便局", "thing": "街路樹", "counter": "本", **_PLANT},
)


def _solve_neither(facts: PlantedRow, words: Words) -> Solution:
    gaps = n(facts.length) / n(facts.gap)
    things = gaps.result - n(1)
    return Solution(
        (
            f"{words['left']}と{words['right']}の間を{facts.gap}mずつに区切ると、区切りの間は"
            f"{gaps.equation('か所')}できます。",
            f"両はしには{words['thing']}がないので、{words['thing']}の数は間の数より1だけ少なくなります。"
            f"{things.equation(words['counter'])}",
        ),
        Answer.of(things.value, words["counter"]),
        ("植木算",),
    )


_NEITHER = Kind(
    "両はしにない",
    _draw_row,
    _BETWEEN,
    (
        lambda f, w: (
            f"{f.length}mはなれた{w['left']}と{w['right']}の間に、{f.gap}mおきに{w['thing']}を{w['masu']}。"
            f"{w['left']}と{w['right']}のところには{w['thing']}はいりません。{w['thing']}は何{w['counter']}"
            "必要でしょうか。"
        ),
        lambda f, w: (
            f"{w['left']}から{w['right']}まで歩くと{f.length}mあります。その道にそって、どの間も{f.gap}mに"
            f"なるように{w['thing']}を{w['plain']}ことになりました。ただし、道の両はしには建物があるので"
            f"何も置けません。{w['thing']}を何{w['counter']}用意すればよいですか。"
        ),
        lambda f, w: (
            f"となりとの間が{f.gap}mになるように{w['thing']}を並べたところ、{w['left']}から最初の{w['thing']}"
            f"までも、最後の{w['thing']}から{w['right']}までも、ちょうど{f.gap}mになりました。{w['left']}と"
            f"{w['right']}の間の道のりが{f.length}mのとき、並べた{w['thing']}は何{w['counter']}ですか。"
        ),
    ),
    _solve_neither,
    lambda f: [(sum(0 < place < f.length for place in _walk(f.length, f.gap)),)],
)

# Round a pond

_ROUND: tuple[Words, ...] = (
    {"place": "池", "thing": "くい", "counter": "本", **_RAISE},
    {"place": "円形の広場", "thing": "いちょうの木", "counter": "本", **_PLANT},
    {"place": "湖", "thing": "案内板", "counter": "枚", **_RAISE},
    {"place": "グラウンドのトラック", "thing": "コーン", "counter": "個", **_PLACE},
)


def _solve_round(facts: PlantedRow, words: Words) -> Solution:
    gaps = n(facts.length) / n(facts.gap)
    return Solution(
        (
            f"まわりを{facts.gap}mずつに区切ります。{gaps.equation('か所')}",
            f"ひとまわりして元にもどるので、{words['thing']}の数は間の数と同じです。"
            f"よって、{gaps.result}{words['counter']}です。",
        ),
        Answer.of(gaps.value, words["counter"]),
        ("植木算",),
    )


def _search_round(facts: PlantedRow) -> Iterator[tuple[int]]:
    """Go round once and put one wherever none stands yet."""
    standing = {place % facts.length for place in range(0, 2 * facts.length, facts.gap)}
    yield (len(standing),)


_POND = Kind(
    "まわりにある",
    _draw_row,
    _ROUND,
    (
        lambda f, w: (
            f"まわりの長さが{f.length}mの{w['place']}があります。そのまわりに{f.gap}mおきに{w['thing']}を"
            f"{w['plain']}と、{w['thing']}は何{w['counter']}いりますか。"
        ),
        lambda f, w: (
            f"{w['place']}を1周すると{f.length}mです。1周にわたって{w['thing']}を同じ間かくで{w['te']}"
            f"いきます。間かくを{f.gap}mとするとき、{w['thing']}の数を答えなさい。"
        ),
        lambda f, w: (
            f"たろうさんは{w['place']}のまわりに{w['thing']}を{w['te']}回りました。{f.gap}m進むごとに1"
            f"{w['counter']}ずつ{w['plain']}と、最後はちょうど出発点の1{w['counter']}目のところにもどりました。"
            f"まわりの長さは{f.length}mです。たろうさんが使った{w['thing']}は何{w['counter']}ですか。"
        ),
    ),
    _solve_round,
    _search_round,
)

# The gap, or the length, is asked for


@dataclass(frozen=True, slots=True)
class Count:
    """``things`` in a row from end to end of ``length`` metres."""

    things: int
    length: int


def _draw_count(dice: random.Random, grade: int) -> Count | None:
    things = dice.randint(*((5, 40), (8, 90), (25, 200))[grade])
    gap = dice.randint(*((2, 30), (3, 40), (6, 60))[grade])
    return Count(things, (things - 1) * gap)


_COUNTED: tuple[Words, ...] = (
    {"who": "町内会の人たち", "thing": "もみじの木", "counter": "本", "place": "通り", **_PLANT},
    {"who": "工事の人", "thing": "電柱", "counter": "本", "place": "線路ぞいの道", **_RAISE},
    {"who": "係の児童", "thing": "カラーコーン", "counter": "個", "place": "校庭", **_PLACE},
)


def _solve_gap(facts: Count, words: Words) -> Solution:
    gaps = n(facts.things) - n(1)
    gap = n(facts.length) / gaps.result
    return Solution(
        (
            f"両はしに{words['thing']}があるので、間の数は{words['thing']}の数より1だけ少なくなります。"
            f"{gaps.equation('か所')}",
            f"全体の長さを間の数でわります。{gap.equation('m')}",
        ),
        Answer.of(gap.value, "m"),
        ("植木算",),
    )


def _search_gap(facts: Count) -> Iterator[tuple[int]]:
    """Try every gap until the last thing stands at the far end."""
    for gap in range(1, facts.length + 1):
        if 1 + facts.length // gap == facts.things and facts.length % gap == 0:
            yield (gap,)


_GAP = Kind(
    "間の長さを求める",
    _draw_count,
    _COUNTED,
    (
        lambda f, w: (
            f"{w['who']}が、{f.length}mの{w['place']}のはしからはしまでに{f.things}{w['counter']}の{w['thing']}を"
            f"等しい間かくで{w['past']}そうです。両はしにも{w['thing']}があります。間かくは何mですか。"
        ),
        lambda f, w: (
            f"{w['thing']}が1列に{f.things}{w['counter']}並んでいます。1{w['counter']}目から最後の1"
            f"{w['counter']}までの長さをはかると{f.length}mで、となりとの間はどこも同じでした。"
            "となりとの間は何mでしょうか。"
        ),
        lambda f, w: (
            f"用意した{f.things}{w['counter']}の{w['thing']}を全部使い、{w['place']}の{f.length}mの区間に、"
            f"両はしをふくめて同じ間をあけて{w['plain']}には、{w['thing']}と{w['thing']}の間を何mにすれば"
            "よいですか。"
        ),
    ),
    _solve_gap,
    _search_gap,
)

# Cutting: as many cuts as pieces, less one; the rest after the last cut is the trap


@dataclass(frozen=True, slots=True)
class Cuts:
    """A stick cut into ``pieces``; ``minutes`` a cut, ``rest`` minutes of rest between two."""

    pieces: int
    minutes: int
    rest: int


def _draw_cuts(dice: random.Random, grade: int) -> Cuts | None:
    pieces = dice.randint(*((4, 18), (6, 30), (8, 45))[grade])
    minutes = dice.randint(*((2, 12), (3, 18), (4, 24))[grade])
    rest = dice.randint(*((1, 6), (1, 8), (2, 12))[grade])
    return Cuts(pieces, minutes, rest)


_LOGS: tuple[Words, ...] = (
    {"who": "大工さん", "thing": "丸太", "part": "丸太", "one": "1本"},
    {"who": "工場の人", "thing": "鉄の棒", "part": "棒", "one": "1本"},
    {"who": "おじいさん", "thing": "竹", "part": "竹", "one": "1本"},
)


def _solve_cuts(facts: Cuts, _words: Words) -> Solution:
    cuts = n(facts.pieces) - n(1)
    rests = cuts.result - n(1)
    work = n(facts.minutes) * cuts.result
    pauses = n(facts.rest) * rests.result
    total = work.result + pauses.result
    return Solution(
        (
            f"{facts.pieces}本に分けるために切る回数は、本数より1だけ少なくなります。{cuts.equation('回')}",
            f"休むのは切るときと切るときの間だけなので、休む回数はさらに1少なくなります。"
            f"{rests.equation('回')}",
            f"切っている時間を求めます。{work.equation('分')}",
            f"休んでいる時間を求めます。{pauses.equation('分')}",
            f"合わせると、{total.equation('分')}です。",
        ),
        Answer.of(total.value, "分"),
        ("植木算",),
    )


def _search_cuts(facts: Cuts) -> Iterator[tuple[int]]:
    """Work minute after minute until there are enough pieces."""
    clock, pieces = 0, 1
    while pieces < facts.pieces:
        if pieces > 1:
            clock += facts.rest
        clock += facts.minutes
        pieces += 1
    yield (clock,)


_CUTTING = Kind(
    "切り分ける",
    _draw_cuts,
    _LOGS,
    (
        lambda f, w: (
            f"{w['one']}の{w['thing']}を{f.pieces}本に切り分けます。1回切るのに{f.minutes}分かかり、1回切る"
            f"ごとに{f.rest}分ずつ休みます。切り始めてから切り終わるまでに何分かかりますか。"
            "ただし、最後に切ったあとは休みません。"
        ),
        lambda f, w: (
            f"{w['who']}が長い{w['thing']}をのこぎりで切っています。どこも1か所切るのに{f.minutes}分かかり、"
            f"次を切る前には必ず{f.rest}分休けいします。同じ長さの{w['part']}を{f.pieces}本作り終えるのは、"
            "始めてから何分後ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}を{w['who']}が{f.pieces}等分することになりました。切る時間は1回につき{f.minutes}分"
            f"です。切ったあとは{f.rest}分休んでから次にうつりますが、全部切れたらそこで仕事は終わりです。"
            "この仕事にかかる時間は何分ですか。"
        ),
    ),
    _solve_cuts,
    _search_cuts,
)

FAMILY = Family("植木算", "ueki", (_BOTH, _NEITHER, _POND, _GAP, _CUTTING))
