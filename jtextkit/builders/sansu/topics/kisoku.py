"""規則性と数列: numbers and figures that grow by a rule."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic


class DailyMore(Story, name="等差数列の和", method="等差数列"):
    situations = "what unit first who / 貯金 円 1日目の貯金額 なつきさん / うで立てふせ 回 1日目の回数 こうたさん / 折りづる 羽 1日目に折った数 みくさん / 計算問題 問 1日目にといた数 りおさん"
    facts = "start~ {unit} {first} / step~ {unit} 前の日より毎日増やす数 / days 日 続けた日数"
    wordings = """
    {who}は毎日{what}をして、前の日より決まった数ずつ増やしていきました。全部の日を合わせると何{unit}になりますか。
    {who}が{what}を毎日続けています。2日目からは、前の日よりいつも同じ数だけ多くします。合計は何{unit}ですか。
    {who}は毎日{what}をしました。1日目は{start}{unit}で、2日目からは前の日より{step}{unit}ずつ増やしました。{days}日間の合計は何{unit}ですか。"""

    def draw(self, dice: Dice) -> None:
        self.start, self.step, self.days = (
            dice((3, 20), (5, 30)),
            dice((2, 6), (2, 9)),
            dice((5, 12), (7, 20)),
        )

    def solve(self, w: Words) -> Steps:
        yield f"最後の日までに増えるのは、{(times := n(self.days) - 1):回}です。"
        yield f"最後の日は、{(last := n(self.start) + n(self.step) * times.result):{w.unit}}です。"
        yield f"はじめの日と最後の日の和は、{(ends := n(self.start) + last.result):{w.unit}}です。"
        yield f"合計は、はじめと最後の和×日数÷2で求めます。{(total := ends.result * self.days / 2):{w.unit}}"
        return Answer.of(total, w.unit)

    search = found(
        lambda self: sum(range(self.start, self.start + self.step * self.days, self.step))
    )


class Place(Story, name="等差数列の何番目", method="等差数列"):
    situations = "what / 数 / 番号 / 整数"
    wordings = """
    {shown}、…のように、ある決まりで{what}が並んでいます。{last}は何番目の{what}ですか。
    次の{what}の列は、同じ数ずつ増えています。{shown}、…　この列の中で、{last}は左から何番目にありますか。
    {shown}、…と、同じ決まりで{what}を書いていきます。{last}を書くのは何番目ですか。"""

    def draw(self, dice: Dice) -> None:
        self.start, self.step = dice((1, 20), (2, 40)), dice((3, 9), (4, 15))
        self.last = self.start + self.step * dice((9, 30), (14, 60))
        self.shown = "、".join(str(self.start + self.step * i) for i in range(4))

    def solve(self, w: Words) -> Steps:
        yield f"となり合う{w.what}の差は、{(step := n(self.start + self.step, '数列') - n(self.start, '数列')):=}です。"
        yield f"はじめの{w.what}からは、{(more := n(self.last) - n(self.start, '数列')):=}増えています。"
        yield f"増えた回数は、{(times := more.result / step.result):回}です。"
        yield f"はじめの{w.what}もふくめて、{(place := times.result + 1):番目}です。"
        return Answer.of(place, "番目")

    def search(self) -> Found:
        place, number = 1, self.start
        while number < self.last:
            place, number = place + 1, number + self.step
        if number == self.last:
            yield place


class Matches(Story, name="図形の列", method="規則性"):
    situations = "thing / マッチぼう / ストロー / 竹ひご"
    facts = "total 本 使った{thing}の本数"
    wordings = """
    {thing}で{shape}を横に1列につなげて作ります。となり合う{shape}は1本の{thing}を共有します。{shape}は何個できましたか。
    {thing}を使って、{shape}が横につながった形を作りました。となりの{shape}とは{thing}を1本共有し、{thing}はあまりませんでした。できた{shape}は何個ですか。
    {thing}で{shape}を横に1列につなげて作ります。となり合う{shape}は1本の{thing}を共有します。{total}本の{thing}を使うと、{shape}は何個できますか。"""

    def draw(self, dice: Dice) -> None:
        self.sides = dice((3, 5), (3, 6))
        self.shape = {3: "正三角形", 4: "正方形", 5: "正五角形", 6: "正六角形"}[self.sides]
        self.total = 1 + (self.sides - 1) * dice((6, 25), (9, 40))

    def solve(self, _w: Words) -> Steps:
        yield f"1個目の{self.shape}には{self.sides}本、2個目からは{self.sides - 1}本ずつ使います。"
        yield f"1個目の{self.sides}本をのぞくと、{(rest := n(self.total) - n(self.sides, '辺の数')):本}です。"
        yield f"2個目からの{self.shape}は、{(others := rest.result / n(self.sides - 1, '増える本数')):個}です。"
        yield f"1個目と合わせて、{(total := others.result + 1):個}です。"
        return Answer.of(total, "個")

    def search(self) -> Found:
        sticks, figures = 1, 0
        while sticks < self.total:
            sticks, figures = sticks + self.sides - 1, figures + 1
        if sticks == self.total:
            yield figures


TOPIC = topic("規則性と数列", "kisoku", DailyMore, Place, Matches)
