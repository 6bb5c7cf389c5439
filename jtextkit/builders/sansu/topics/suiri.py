"""論理と推理: what must be so, from what is said."""

import itertools

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic

_NAMES = "ABCDEFG"


class Draws(Story, name="引き分けの数", method="推理 つるかめ算"):
    situations = "event team / サッカー大会 チーム / ドッジボール大会 組 / 将ぎの大会 選手"
    facts = "points 点 全部の{team}の勝ち点の合計"
    wordings = """
    {teams}の{team}が総当たり戦をしました。どの2つの{team}も1回ずつ対戦します。勝つと3点、引き分けると両方に1点の勝ち点がつき、負けると0点です。／引き分けは何試合ありましたか。
    {event}では、{teams}の{team}がたがいに1回ずつ対戦しました。勝った{team}には3点、引き分けのときは両方の{team}に1点ずつの勝ち点があたえられます。／引き分けの試合の数を求めなさい。"""

    def draw(self, dice: Dice) -> None:
        self.number = dice((4, 5), (4, 7))
        self.teams = f"{self.number}つ"
        games = self.number * (self.number - 1) // 2
        self.points = 3 * games - dice.rng.randint(1, games - 1)

    def solve(self, w: Words) -> Steps:
        yield f"どの{w.team}もほかの{self.number - 1}つと対戦するので、試合の数は{(games := n(self.number) * (n(self.number) - 1).result / 2):試合}です。"
        yield f"引き分けがなければ、勝ち点の合計は{(most := games.result * n(3, '勝ち点')):点}です。"
        yield f"実際との差は、{(less := most.result - self.points):点}です。"
        yield f"引き分けが1試合あると、3点が2点になり{(one := n(3, '勝ち点') - n(2)):点}へるので、引き分けは{(draws := less.result / one.result):試合}です。"
        return Answer.of(draws, "試合")

    def search(self) -> Found:
        games = len(list(itertools.combinations(range(self.number), 2)))
        for draws in range(games + 1):
            if 3 * (games - draws) + 2 * draws == self.points:
                yield draws


class Order(Story, name="順に比べる", method="推理"):
    situations = (
        "what more unit / テストの点 高い 点 / なわとびの回数 多い 回 / カードの枚数 多い 枚"
    )
    facts = "base {unit} Aさんの{what}"
    wordings = """
    {names}の{number}人の{what}をくらべました。{told}／{what}がいちばん{more}人は何{unit}ですか。
    {number}人（{names}）の{what}について、次のことがわかっています。{told}／{number}人のうち、{what}がいちばん{more}人は何{unit}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        self.number = dice.pick(3, 4, 5)
        self.base = dice((60, 90), (60, 95))
        self.steps = tuple(
            dice.rng.choice((-1, 1)) * dice.rng.randint(1, 9) for _ in range(self.number - 1)
        )
        self.names = "、".join(f"{name}さん" for name in _NAMES[: self.number])
        places = list(itertools.accumulate(self.steps, initial=self.base))
        return len(set(places)) == len(places) and places[0] < max(places) <= 100

    def tell(self, w: Words) -> dict[str, object]:
        less = {"高い": "低い", "多い": "少ない"}[w.more]
        lines = [
            f"{_NAMES[i + 1]}さんは{_NAMES[i]}さんより{abs(step)}{w.unit}{w.more if step > 0 else less}です。"
            for i, step in enumerate(self.steps)
        ]
        return {"told": "".join(lines)}

    def solve(self, w: Words) -> Steps:
        place, places = n(self.base), [self.base]
        for i, step in enumerate(self.steps):
            found = place + n(step, "差") if step > 0 else place - n(-step, "差")
            yield f"{_NAMES[i + 1]}さんは、{found:{w.unit}}です。"
            place = found.result
            places.append(int(place.value))
        most = max(places)
        yield f"いちばん{w.more}のは{_NAMES[places.index(most)]}さんで、{most}{w.unit}です。"
        return Answer.of(most, w.unit)

    def search(self) -> Found:
        """Try every amount of the last, and go back along the chain."""
        for last in range(1, 200):
            places = [last]
            for step in reversed(self.steps):
                places.append(places[-1] - step)
            if places[-1] == self.base:
                yield max(places)


TOPIC = topic("論理と推理", "suiri", Draws, Order)
