"""縮尺: maps, and what they stand for."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, root, topic

_MAPS = "p q who / 駅 市役所 まどかさん / 学校 図書館 つばささん / 家 病院 いつきさん / 公園 ゆうびん局 しおりさん"
_SCALES = (1000, 2000, 2500, 5000, 10000, 20000, 25000, 50000)


def _scale(dice: Dice) -> int:
    return dice.rng.choice(_SCALES)


class Real(Story, name="実際の長さ", method="縮尺"):
    situations = _MAPS
    facts = "shown mm 地図の上の{p}から{q}までの長さ"
    wordings = """
    縮尺が1：{scale}の地図があります。{p}から{q}までの実際のきょりは何mですか。
    {who}は、縮尺が1/{scale}の地図で{p}から{q}までの長さをはかりました。実際には何mはなれていますか。
    縮尺が1：{scale}の地図で{p}から{q}までの長さをはかると、{shown}mmでした。実際のきょりは何mですか。"""

    def draw(self, dice: Dice) -> bool:
        self.scale, self.shown = _scale(dice), dice((20, 90), (25, 160))
        return (
            self.scale * self.shown % 1000 == 0 and 200 <= self.scale * self.shown // 1000 <= 6000
        )

    def solve(self, _w: Words) -> Steps:
        yield f"実際の長さは、地図の上の長さの{self.scale}倍です。{(real := n(self.shown) * n(self.scale, '縮尺')):mm}"
        yield f"1mは1000mmなので、{(metres := real.result / 1000):m}です。"
        return Answer.of(metres, "m")

    search = root(lambda self, metres: Fraction(metres * 1000, self.scale) - self.shown)


class Walk(Story, name="歩く時間", method="縮尺 速さ"):
    situations = _MAPS
    facts = "shown cm 地図の上の{p}から{q}までの道の長さ / pace 分速 {who}の歩く速さ"
    wordings = """
    縮尺が1：{scale}の地図で道の長さを調べて、{who}が{p}から{q}まで歩きます。何分かかりますか。
    {who}は縮尺が1/{scale}の地図を見ながら、{p}から{q}まで歩きました。かかった時間は何分ですか。
    縮尺が1：{scale}の地図で、{p}から{q}までの道の長さは{shown}cmです。{who}が分速{pace}mで歩くと、何分かかりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.scale, self.shown, self.pace = (
            _scale(dice),
            dice((3, 15), (4, 24)),
            5 * dice((10, 16), (10, 18)),
        )
        way = self.scale * self.shown // 100
        return way % self.pace == 0 and 4 <= way // self.pace <= 60

    def solve(self, _w: Words) -> Steps:
        yield f"実際の道のりは、地図の上の長さの{self.scale}倍です。{(real := n(self.shown) * n(self.scale, '縮尺')):cm}"
        yield f"1mは100cmなので、{(way := real.result / 100):m}です。"
        yield f"かかる時間を求めます。{(minutes := way.result / self.pace):分}"
        return Answer.of(minutes, "分")

    search = root(lambda self, minutes: minutes * self.pace * 100 - self.shown * self.scale)


class Plot(Story, name="実際の面積", method="縮尺 面積"):
    situations = (
        "thing who / 長方形の公園 まどかさん / 長方形の畑 つばささん / 長方形の広場 いつきさん"
    )
    facts = "a~ cm 地図の上の{thing}のたての長さ / b~ cm 地図の上の{thing}の横の長さ"
    wordings = """
    縮尺が1：{scale}の地図に、{thing}がかかれています。{thing}の実際の面積は何m²ですか。
    {who}は、縮尺が1/{scale}の地図で、{thing}のたてと横の長さをはかりました。実際の面積を求めなさい。
    縮尺が1：{scale}の地図で、{thing}のたては{a}cm、横は{b}cmです。実際の面積は何m²ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.scale = dice.rng.choice((500, 1000, 1500, 2000))
        self.a, self.b = dice.many(2, (2, 9), (2, 12))
        return self.a < self.b

    def solve(self, w: Words) -> Steps:
        yield f"地図の1cmは、実際には{(one := n(self.scale, '縮尺') / 100):m}です。"
        yield f"{w.thing}のたては、実際には{(down := one.result * self.a):m}です。"
        yield f"横は、実際には{(across := one.result * self.b):m}です。"
        yield f"面積を求めます。{(area := down.result * across.result):m²}"
        return Answer.of(area, "m²")

    search = found(lambda self: self.a * self.b * self.scale * self.scale // 10_000)


TOPIC = topic("縮尺", "shukushaku", Real, Walk, Plot)
