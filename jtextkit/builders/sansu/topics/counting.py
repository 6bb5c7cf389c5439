"""Choices and comparisons whose steps depend on how many there are."""

from __future__ import annotations

import itertools

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.scripts import Steps
from jtextkit.builders.sansu.stories import Dice, Story, Words, found


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


# 論理と推理: what must be so, from what is said.
_NAMES = "ABCDEFG"


class Order(Story, name="順に比べる"):
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
