"""立体: volumes, and how high water stands."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, root, topic

_TANKS = "tank who / 水そう あやさん / 直方体の容器 しゅんさん / ガラスの箱 もえさん"
_BASE = "a~ cm {tank}の底面のたての長さ / b~ cm {tank}の底面の横の長さ"


def _sides(dice: Dice) -> tuple[int, int]:
    return dice.rng.randint(8, 30), dice.rng.randint(10, 40)


class Sunk(Story, name="しずめた石", method="体積 水位"):
    situations = _TANKS
    facts = f"{_BASE} / before~~ cm 石を入れる前の水の深さ / after~~ cm 石をしずめたあとの水の深さ"
    wordings = """
    底面が長方形の{tank}に水が入っています。石を1つ完全にしずめると、水はあふれず、水面が上がりました。石の体積は何cm³ですか。
    {who}は、底面が長方形の{tank}の水の中に石をしずめ、水の深さの変わり方から石の体積を調べました。水はあふれていません。石の体積を求めなさい。
    底面のたてが{a}cm、横が{b}cmの{tank}に、深さ{before}cmまで水が入っています。石を完全にしずめると、深さは{after}cmになりました。石の体積は何cm³ですか。"""

    def draw(self, dice: Dice) -> None:
        self.a, self.b = _sides(dice)
        self.before = dice((6, 20), (8, 24))
        self.after = self.before + dice((1, 4), (1, 6))

    def solve(self, _w: Words) -> Steps:
        yield f"底面の面積は、{(base := n(self.a) * self.b):cm²}です。"
        yield f"上がった水の深さは、{(rise := n(self.after) - self.before):cm}です。"
        yield f"増えた分の体積が石の体積です。{(volume := base.result * rise.result):cm³}"
        return Answer.of(volume, "cm³")

    search = found(lambda self: self.a * self.b * self.after - self.a * self.b * self.before)


class Filled(Story, name="管で入れる時間", method="体積"):
    situations = _TANKS
    facts = f"{_BASE} / depth cm {{tank}}の深さ / rate mL 1分間に管から入る水の量"
    wordings = """
    直方体の形をした空の{tank}に、管で水を入れます。いっぱいになるまでに何分かかりますか。
    {who}は、空の{tank}に管で水を入れ始めました。{tank}は直方体の形をしています。満水になるまでの時間は何分ですか。
    たて{a}cm、横{b}cm、深さ{depth}cmの直方体の形をした空の{tank}に、毎分{rate}mLの割合で水を入れます。いっぱいになるまでに何分かかりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = _sides(dice)
        self.depth = 2 * dice((5, 15), (6, 20))
        whole = self.a * self.b * self.depth
        minutes = dice((4, 20), (6, 30))
        self.rate = whole // minutes
        return whole % minutes == 0 and self.rate % 10 == 0 and self.rate >= 200

    def solve(self, w: Words) -> Steps:
        yield f"{w.tank}の底面の面積は、{(base := n(self.a) * self.b):cm²}です。"
        yield f"入る水の体積は、{(whole := base.result * self.depth):cm³}です。"
        yield f"1mLは1cm³なので、かかる時間は{(minutes := whole.result / self.rate):分}です。"
        return Answer.of(minutes, "分")

    search = root(lambda self, minutes: minutes * self.rate - self.a * self.b * self.depth)


class Bored(Story, name="くりぬいた立体", method="体積"):
    situations = "thing who / 木の直方体 みおさん / ねん土の直方体 そうまさん / 発ぽうスチロールの直方体 ひなさん"
    facts = "a~ cm {thing}のたての長さ / b~ cm {thing}の横の長さ / height cm {thing}の高さ / hole cm くりぬいた正方形の1辺の長さ"
    wordings = """
    {thing}の上の面から下の面まで、底面が正方形の四角柱をまっすぐにくりぬきました。残った立体の体積は何cm³ですか。
    {who}は、{thing}に、上から下まで正方形の形のあなをまっすぐにあけました。残りの体積を求めなさい。
    たて{a}cm、横{b}cm、高さ{height}cmの{thing}から、底面が1辺{hole}cmの正方形の四角柱を、上の面から下の面までくりぬきました。残った立体の体積は何cm³ですか。"""

    def draw(self, dice: Dice) -> None:
        self.a, self.b, self.height = dice.many(3, (6, 12), (8, 20))
        self.hole = dice.rng.randint(2, min(self.a, self.b) - 3)

    def solve(self, _w: Words) -> Steps:
        yield f"もとの底面の面積は、{(base := n(self.a) * self.b):cm²}です。"
        yield f"あなの底面の面積は、{(hole := n(self.hole) * self.hole):cm²}です。"
        yield f"残った部分の底面の面積は、{(left := base.result - hole.result):cm²}です。"
        yield f"体積を求めます。{(volume := left.result * self.height):cm³}"
        return Answer.of(volume, "cm³")

    def search(self) -> Found:
        whole = self.a * self.b * self.height
        yield Fraction(whole - sum(self.hole * self.hole for _ in range(self.height)))


TOPIC = topic("立体", "rittai", Sunk, Filled, Bored)
