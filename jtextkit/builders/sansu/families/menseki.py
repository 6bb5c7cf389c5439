"""平面図形の面積: areas of plane figures, told in words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_PI = Fraction(314, 100)

# Paths through a field


@dataclass(frozen=True, slots=True)
class Paths:
    """A field of ``height`` by ``width`` metres, crossed by two paths ``path`` metres wide."""

    height: int
    width: int
    path: int


def _draw_paths(dice: random.Random, grade: int) -> Paths | None:
    height, width = (dice.randint(*((8, 40), (12, 90), (30, 250))[grade]) for _ in range(2))
    path = dice.randint(*((1, 4), (1, 6), (2, 15))[grade])
    return Paths(height, width, path) if height != width and path < min(height, width) - 2 else None


def _solve_paths(facts: Paths, words: Words) -> Solution:
    down, across = n(facts.height) - n(facts.path), n(facts.width) - n(facts.path)
    area = down.result * across.result
    return Solution(
        (
            f"道をはしによせると、残りは1つの長方形になります。たては{down.equation('m')}です。",
            f"横は{across.equation('m')}です。",
            f"{words['rest']}の面積を求めます。{area.equation('m²')}",
        ),
        Answer.of(area.value, "m²"),
        ("面積", "等積移動"),
    )


def _search_paths(facts: Paths) -> Iterator[tuple[int]]:
    """Count the square metres that lie on no path, strip by strip."""
    middle = facts.width // 2
    free = 0
    for row in range(facts.height):
        if row < facts.path:
            continue  # the path along the width
        free += sum(not middle - facts.path < column <= middle for column in range(facts.width))
    yield (free,)


_FIELDS: tuple[Words, ...] = (
    {"thing": "長方形の畑", "rest": "道をのぞいた畑"},
    {"thing": "長方形の公園", "rest": "しばふ"},
    {"thing": "長方形の花だん", "rest": "花を植える部分"},
)

_PATHS = Kind(
    "道のある土地",
    _draw_paths,
    _FIELDS,
    (
        lambda f, w: (
            f"たて{f.height}m、横{f.width}mの{w['thing']}に、たてと横に1本ずつ、はば{f.path}mのまっすぐな道を作りました。{w['rest']}の面積は何m²ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}の中を、はば{f.path}mの道が2本、たてと横に十字に通っています。道もふくめた土地のたては{f.height}m、横は{f.width}mです。{w['rest']}の面積を"
            "求めなさい。"
        ),
    ),
    _solve_paths,
    _search_paths,
)

# Trapezoids and triangles


@dataclass(frozen=True, slots=True)
class Trapezoid:
    """Parallel sides ``top`` and ``bottom``, ``height`` between; the area is asked, or a height."""

    top: int
    bottom: int
    height: int


def _draw_trapezoid(dice: random.Random, grade: int) -> Trapezoid | None:
    top, bottom, height = (dice.randint(*((2, 20), (4, 50), (12, 150))[grade]) for _ in range(3))
    return Trapezoid(top, bottom, height) if top < bottom else None


def _solve_trapezoid(facts: Trapezoid, _words: Words) -> Solution:
    sides = n(facts.top) + n(facts.bottom)
    area = sides.result * n(facts.height) / n(2)
    return Solution(
        (
            f"上底と下底の和は、{sides.equation('cm')}です。",
            f"台形の面積は、（上底＋下底）×高さ÷2で求めます。{area.equation('cm²')}",
        ),
        Answer.of(area.value, "cm²"),
        ("面積",),
    )


def _search_trapezoid(facts: Trapezoid) -> Iterator[tuple[Fraction]]:
    """Cut it into a rectangle and the triangles beside it, strip after strip of one centimetre."""
    strips = Fraction(0)
    for row in range(facts.height):
        # The length in the middle of each strip; between parallel sides it grows evenly.
        place = Fraction(2 * row + 1, 2 * facts.height)
        strips += facts.top + (facts.bottom - facts.top) * place
    yield (strips,)


_SHEETS: tuple[Words, ...] = (
    {"thing": "紙", "who": "まこと"},
    {"thing": "板", "who": "あかね"},
    {"thing": "布", "who": "ゆり"},
)

_TRAPEZOID = Kind(
    "台形",
    _draw_trapezoid,
    _SHEETS,
    (
        lambda f, w: (
            f"上底が{f.top}cm、下底が{f.bottom}cm、高さが{f.height}cmの台形の形をした{w['thing']}の面積は何cm²ですか。"
        ),
        lambda f, w: (
            f"{w['who']}さんは台形の{w['thing']}を切りぬきました。平行な2つの辺の長さは{f.top}cmと{f.bottom}cmで、その間のはばは{f.height}cmです。切りぬいた{w['thing']}の"
            "面積を求めなさい。"
        ),
    ),
    _solve_trapezoid,
    _search_trapezoid,
)

# A side from an area


@dataclass(frozen=True, slots=True)
class Side:
    """A triangle of ``area`` square centimetres on a base of ``base``."""

    area: int
    base: int


def _draw_side(dice: random.Random, grade: int) -> Side | None:
    base, height = (dice.randint(*((3, 40), (5, 80), (12, 250))[grade]) for _ in range(2))
    return Side(base * height // 2, base) if base * height % 2 == 0 else None


def _solve_side(facts: Side, _words: Words) -> Solution:
    twice = n(facts.area) * n(2)
    height = twice.result / n(facts.base)
    return Solution(
        (
            f"三角形の面積は底辺×高さ÷2なので、底辺×高さは面積の2倍です。{twice.equation('cm²')}",
            f"高さを求めます。{height.equation('cm')}",
        ),
        Answer.of(height.value, "cm"),
        ("面積", "還元算"),
    )


def _search_side(facts: Side) -> Iterator[tuple[int]]:
    for height in range(1, 2 * facts.area + 1):
        if Fraction(facts.base * height, 2) == facts.area:
            yield (height,)


_SIDE = Kind(
    "高さを求める",
    _draw_side,
    _SHEETS,
    (
        lambda f, w: (
            f"面積が{f.area}cm²の三角形の{w['thing']}があります。底辺が{f.base}cmのとき、高さは何cmですか。"
        ),
        lambda f, w: (
            f"{w['who']}さんは、底辺の長さが{f.base}cmの三角形をかき、面積をちょうど{f.area}cm²にしたいと考えています。{w['thing']}にかくときの"
            "高さは何cmにすればよいでしょうか。"
        ),
    ),
    _solve_side,
    _search_side,
)

# A frame round a picture


@dataclass(frozen=True, slots=True)
class BorderedField:
    """A rectangle ``height`` by ``width`` inside a frame ``wide`` all round."""

    height: int
    width: int
    wide: int


def _draw_frame(dice: random.Random, grade: int) -> BorderedField | None:
    height, width = (dice.randint(*((6, 40), (10, 90), (20, 220))[grade]) for _ in range(2))
    return BorderedField(height, width, dice.randint(*((1, 5), (1, 9), (2, 25))[grade]))


def _solve_frame(facts: BorderedField, words: Words) -> Solution:
    down = n(facts.height) + n(facts.wide) * n(2)
    across = n(facts.width) + n(facts.wide) * n(2)
    whole = down.result * across.result
    inside = n(facts.height) * n(facts.width)
    frame = whole.result - inside.result
    unit = f"{words['unit']}²"
    return Solution(
        (
            f"外側の長方形のたては{down.equation(words['unit'])}、横は{across.equation(words['unit'])}です。",
            f"外側の長方形の面積は、{whole.equation(unit)}です。",
            f"内側の長方形の面積は、{inside.equation(unit)}です。",
            f"{words['frame']}の面積を求めます。{frame.equation(unit)}",
        ),
        Answer.of(frame.value, unit),
        ("面積",),
    )


def _search_frame(facts: BorderedField) -> Iterator[tuple[int]]:
    """Two strips of the whole width, and two between them."""
    outer = sum(1 for _ in range(facts.width + 2 * facts.wide))
    yield (2 * facts.wide * outer + 2 * facts.wide * facts.height,)


_PICTURES: tuple[Words, ...] = (
    {"inner": "長方形の絵", "frame": "がくぶち", "unit": "cm", "put": "つけ"},
    {"inner": "長方形の池", "frame": "歩道", "unit": "m", "put": "作り"},
    {"inner": "長方形のしばふ", "frame": "れんがの道", "unit": "m", "put": "作り"},
)

_FRAME = Kind(
    "まわりのわく",
    _draw_frame,
    _PICTURES,
    (
        lambda f, w: (
            f"たて{f.height}{w['unit']}、横{f.width}{w['unit']}の{w['inner']}のまわりに、はば{f.wide}{w['unit']}の{w['frame']}を{w['put']}ました。{w['frame']}の面積は何"
            f"{w['unit']}²ですか。"
        ),
        lambda f, w: (
            f"{w['inner']}（たて{f.height}{w['unit']}、横{f.width}{w['unit']}）を、どこも{f.wide}{w['unit']}のはばの{w['frame']}がぐるりと囲んでいます。囲んでいる部分だけの"
            "面積を求めなさい。"
        ),
    ),
    _solve_frame,
    _search_frame,
)

# Circles


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle of ``radius`` cm cut out of a square round it."""

    radius: int


def _draw_circle(dice: random.Random, grade: int) -> Circle | None:
    return Circle(dice.randint(*((1, 60), (1, 150), (2, 400))[grade]))


def _solve_corner(facts: Circle, _words: Words) -> Solution:
    side = n(facts.radius) * n(2)
    square = side.result * side.result
    circle = n(facts.radius) * n(facts.radius) * n("3.14")
    rest = square.result - circle.result
    return Solution(
        (
            f"正方形の1辺は円の直径と同じです。{side.equation('cm')}",
            f"正方形の面積は、{square.equation('cm²')}です。",
            f"円の面積は、半径×半径×3.14で求めます。{circle.equation('cm²')}",
            f"残りの面積を求めます。{rest.equation('cm²')}",
        ),
        Answer.of(rest.value, "cm²"),
        ("面積", "円"),
    )


def _search_corner(facts: Circle) -> Iterator[tuple[Fraction]]:
    """A corner of a square on the radius is 1 - 3.14/4 of it, and there are four."""
    quarter = facts.radius * facts.radius
    corner = quarter * (1 - _PI / 4)
    yield (corner + corner + corner + corner,)


_CIRCLE = Kind(
    "正方形と円",
    _draw_circle,
    _SHEETS,
    (
        lambda f, w: (
            f"正方形の{w['thing']}から、その中にぴったり入る半径{f.radius}cmの円を切り取りました。残った部分の面積は何cm²ですか。円周率は3.14とします。"
        ),
        lambda f, w: (
            f"{w['who']}さんが半径{f.radius}cmの円をかき、その円がちょうど入る正方形を外側にかきました。正方形のうち円の外にある部分の面積を、円周率を3.14として求めなさい。"
        ),
    ),
    _solve_corner,
    _search_corner,
)

# Sectors


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of ``radius`` cm and ``angle`` degrees."""

    radius: int
    angle: int


def _draw_sector(dice: random.Random, grade: int) -> Sector | None:
    radius = dice.randint(*((2, 30), (2, 60), (4, 120))[grade])
    angle = dice.choice(
        ((90, 180, 270), (30, 45, 60, 90, 120, 135), (20, 36, 40, 72, 80, 150))[grade]
    )
    return Sector(radius, angle) if radius * radius * angle % 360 == 0 else None


def _solve_sector(facts: Sector, _words: Words) -> Solution:
    square = n(facts.radius) * n(facts.radius)
    part = square.result * n(facts.angle) / n(360)
    area = part.result * n("3.14")
    return Solution(
        (
            f"半径×半径は、{square.equation()}です。",
            f"中心角が{facts.angle}度なので、円の360分の{facts.angle}にあたります。{part.equation()}",
            f"円周率をかけて面積を求めます。{area.equation('cm²')}",
        ),
        Answer.of(area.value, "cm²"),
        ("面積", "おうぎ形"),
    )


def _search_sector(facts: Sector) -> Iterator[tuple[Fraction]]:
    """Add up slices of one degree."""
    slice_ = _PI * facts.radius * facts.radius / 360
    yield (sum((slice_ for _ in range(facts.angle)), Fraction(0)),)


_SECTOR = Kind(
    "おうぎ形",
    _draw_sector,
    _SHEETS,
    (
        lambda f, w: (
            f"半径{f.radius}cm、中心角{f.angle}度のおうぎ形の{w['thing']}の面積は何cm²ですか。円周率は3.14として計算しなさい。"
        ),
        lambda f, w: (
            f"{w['who']}さんは円い{w['thing']}を、中心から広がる形に切り分けました。1つ分の角の大きさは{f.angle}度で、円の半径は{f.radius}cmです。切り分けた1つ分の面積を"
            "求めなさい。ただし、円周率は3.14とします。"
        ),
    ),
    _solve_sector,
    _search_sector,
)

FAMILY = Family("平面図形の面積", "menseki", (_PATHS, _TRAPEZOID, _SIDE, _FRAME, _CIRCLE, _SECTOR))
