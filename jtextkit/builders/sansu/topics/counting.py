"""Sets, means, arrangements, inference."""

from __future__ import annotations

import itertools
import math

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, root, topic

# 集合算: those who like one, the other, both, or neither.


class Venn(Story, name="両方の人数"):
    search = root(
        lambda self, both: (self.a - both) + (self.b - both) + both + self.known - self.people
    )

    def draw(self, dice: Dice) -> None:
        only_a, only_b, both, self.known = dice.many(4, (3, 15), (4, 30))
        self.people = only_a + only_b + both + self.known
        self.a, self.b = only_a + both, only_b + both

    def solve(self, w: Words) -> Steps:
        yield f"少なくとも一方にあてはまる人は、{(some := n(self.people) - self.known):人}です。"
        yield f"{w.A}の人数と{w.B}の人数をたすと、{(twice := n(self.a) + self.b):人}です。"
        yield f"両方の人は2回数えられているので、その差が両方の人数です。{(both := twice.result - some.result):人}"
        return Answer.of(both, "人")


class Bounds(Story, name="最も少ない人数"):
    search = found(
        lambda self: min(n for n in range(self.a + 1) if self.a + self.b - n <= self.people)
    )

    def draw(self, dice: Dice) -> bool:
        self.people = dice((20, 60), (30, 120))
        self.a, self.b = (dice.rng.randint(self.people // 3, self.people - 2) for _ in range(2))
        return self.a + self.b > self.people and self.a != self.b

    def solve(self, w: Words) -> Steps:
        yield f"最も少ないのは、どちらでもない人がいないときです。{w.A}と{w.B}の人数をたすと{(twice := n(self.a) + self.b):人}です。"
        yield f"全体より多い分が両方の人数です。{(least := twice.result - self.people):人}"
        return Answer.of(least, "人")


# 平均算: averages, and what moves them.
class Groups(Story, name="2つの組の平均", method="平均算 面積図"):
    search = root(
        lambda self, mean: (self.mean_one - mean) * self.one + (self.mean_two - mean) * self.two
    )

    def draw(self, dice: Dice) -> bool:
        self.one, self.two = dice.many(2, (12, 24), (14, 36))
        self.mean_one, self.mean_two = dice.many(2, (50, 95), (60, 95))
        total = self.one * self.mean_one + self.two * self.mean_two
        return self.mean_one != self.mean_two and total % (self.one + self.two) == 0

    def solve(self, w: Words) -> Steps:
        yield f"{w.a}の合計は{(one := n(self.mean_one) * self.one):{w.unit}}、{w.b}の合計は{(two := n(self.mean_two) * self.two):{w.unit}}です。"
        yield f"全体の合計は、{(total := one.result + two.result):{w.unit}}です。"
        yield f"全体の人数は、{(number := n(self.one) + self.two):人}です。"
        yield f"全体の平均を求めます。{(mean := total.result / number.result):{w.unit}}"
        return Answer.of(mean, w.unit)


class UnknownGroup(Story, name="人数を求める", method="平均算 つるかめ算"):
    search = root(
        lambda self, group: (
            (self.high - self.mean) * group - (self.mean - self.low) * (self.people - group)
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.people, self.low = dice((10, 40), (20, 60)), dice((40, 70), (40, 72))
        self.high = self.low + dice((3, 20), (4, 22))
        group = dice.rng.randint(self.people // 4, self.people * 3 // 4)
        total = self.high * group + self.low * (self.people - group)
        self.mean = total // self.people
        return total % self.people == 0

    def solve(self, w: Words) -> Steps:
        yield f"全員が{self.low}点だとすると、平均は実際より{(short := n(self.mean) - self.low):点}低くなります。"
        yield f"合計では、{(more := short.result * self.people):点}の差になります。"
        yield f"{w.a}は1人につき{(each := n(self.high) - self.low):点}多いです。"
        yield f"{w.a}の人数を求めます。{(number := more.result / each.result):人}"
        return Answer.of(number, "人")


# 場合の数: in how many ways.
def _down(start: int, factors: int) -> Expression:
    """``5×4×3``: so many factors, each one less than the one before."""
    product = n(start)
    for factor in range(start - 1, start - factors, -1):
        product = product * n(factor, "1少ない数")
    return product


class Choose(Story, name="選び方"):
    search = found(
        lambda self: sum(1 for _ in itertools.combinations(range(self.number), self.take))
    )

    def draw(self, dice: Dice) -> bool:
        self.number, self.take = dice((5, 12), (6, 20)), dice((2, 2), (2, 3))
        return self.take < self.number <= (20 if self.take == 2 else 10)

    def solve(self, w: Words) -> Steps:
        ordered = n(self.number)
        for taken in range(1, self.take):
            ordered = ordered * (n(self.number) - taken).result
        again = _down(self.take, self.take)
        yield f"順番をつけて{self.take}{w.counter}選ぶと、{ordered:通り}です。"
        yield f"同じ組み合わせが、順番のちがいで{again:回}ずつ数えられています。"
        yield f"選び方を求めます。{(ways := ordered.result / again.result):通り}"
        return Answer.of(ways, "通り")


class League(Story, name="総当たり"):
    search = found(
        lambda self: sum(self.minutes for _ in itertools.combinations(range(self.teams), 2))
    )

    def draw(self, dice: Dice) -> None:
        self.teams, self.minutes = dice((4, 8), (5, 10)), 5 * dice((1, 4), (2, 6))

    def solve(self, w: Words) -> Steps:
        yield f"どの{w.one}も、自分をのぞいた{(each := n(self.teams) - 1):=}の相手があります。"
        yield f"同じ組を2回数えているので半分にします。{(pairs := n(self.teams) * each.result / 2):{w.unit}}"
        yield f"全部の時間を求めます。{(total := n(self.minutes) * pairs.result):分}"
        return Answer.of(total, "分")


class Outfits(Story, name="組み合わせ"):
    search = found(
        lambda self: sum(1 for _ in itertools.product(range(self.a), range(self.b), range(self.c)))
    )

    def draw(self, dice: Dice) -> None:
        self.a, self.b, self.c = dice.many(3, (2, 8), (3, 12))

    def solve(self, w: Words) -> Steps:
        yield f"{w.A}1つに対して{w.B}の選び方があるので、2つの選び方は{(two := n(self.a) * self.b):通り}です。"
        yield f"そのそれぞれに{w.C}の選び方があるので、全部で{(ways := two.result * self.c):通り}です。"
        return Answer.of(ways, "通り")


# 論理と推理: what must be so, from what is said.
_NAMES = "ABCDEFG"


class Draws(Story, name="引き分けの数", method="推理 つるかめ算"):
    search = root(lambda self, draws: 3 * math.comb(self.number, 2) - draws - self.points)

    def draw(self, dice: Dice) -> None:
        self.number = dice((4, 5), (4, 7))
        self.teams = self.number
        games = self.number * (self.number - 1) // 2
        self.points = 3 * games - dice.rng.randint(1, games - 1)

    def solve(self, w: Words) -> Steps:
        yield f"どの{w.team}もほかの{self.number - 1}{w.many}と対戦するので、試合の数は{(games := n(self.number) * (n(self.number) - 1).result / 2):試合}です。"
        yield f"引き分けがなければ、勝ち点の合計は{(most := games.result * n(3, '勝ち点')):点}です。"
        yield f"実際との差は、{(less := most.result - self.points):点}です。"
        yield f"引き分けが1試合あると、3点が2点になり{(one := n(3, '勝ち点') - n(2)):点}へるので、引き分けは{(draws := less.result / one.result):試合}です。"
        return Answer.of(draws, "試合")


class Order(Story, name="順に比べる", method="推理"):
    search = found(lambda self: max(itertools.accumulate(self.steps, initial=self.base)))

    def draw(self, dice: Dice) -> bool:
        self.number = dice.pick(3, 4, 6)
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


TOPICS = (
    topic("集合算", "shugo", Venn, Bounds),
    topic("平均算", "heikin", Groups, UnknownGroup),
    topic("場合の数", "baai", Choose, League, Outfits),
    topic("論理と推理", "suiri", Draws, Order),
)
