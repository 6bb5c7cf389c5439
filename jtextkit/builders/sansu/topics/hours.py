"""Clocks and calendars."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from fractions import Fraction

from jtextkit.builders.sansu.expressions import Expression, n, number_text
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.scripts import Steps
from jtextkit.builders.sansu.stories import Dice, Story, Words, found

# 時計算: the hands of a clock, and the angle between them.
_HALF = 180


def _text(minutes: Fraction) -> str:
    return number_text(minutes, mixed=True, decimals=False)


class Angle(Story, name="何時何分"):
    search = found(
        lambda self: min(
            m
            for m in (
                Fraction(2 * (30 * self.hour + turn), 11) for turn in (self.angle, -self.angle)
            )
            if m > 0
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.hour = dice.rng.randint(1, 6)
        self.next_hour = self.hour + 1
        self.angle = dice.rng.choice(range(0, 181, 10))
        self.shape = {0: "ぴったり重なる", _HALF: "一直線になる"}.get(
            self.angle, f"{self.angle}度の角をつくる"
        )
        return 30 * self.hour - self.angle > 0

    def solve(self, _w: Words) -> Steps:
        yield f"{self.hour}時のとき、短針は長針より{(ahead := n(30) * self.hour):度}進んでいます。"
        yield f"長針は短針より1分に{(speed := n(6) - n('0.5')):度}ずつ多く進みます。"
        way = ahead.result
        if self.angle:
            yield f"角が{self.angle}度になるまでに、長針は{(less := ahead.result - self.angle):度}だけ多く進みます。"
            way = less.result
        minutes = way / speed.result
        yield f"かかる時間を求めます。{way}÷{speed.result}＝{_text(minutes.value)}（分）"
        return Answer((minutes.value,), f"{self.hour}時{_text(minutes.value)}分")


class Twice(Angle, name="1回目から2回目まで"):
    search = found(lambda self: Fraction(2 * 2 * self.angle, 11))

    def draw(self, dice: Dice) -> bool:
        fine = super().draw(dice) and 0 < self.angle < _HALF
        return fine and dice.grade > 0 and 30 * self.hour + self.angle < 330

    def solve(self, w: Words) -> Steps:
        once = yield from super().solve(w)
        first = n(once.values[0], "分")
        yield f"2回目は、長針が短針を追いこして{self.angle}度先に進んだときです。{(way := n(30) * self.hour + self.angle):度}"
        yield f"2回目までの時間は、{way.result}÷5.5＝{_text((second := way.result / n('5.5')).value)}（分）です。"
        gap = second.value - first.value
        yield f"1回目からの時間を求めます。{_text(second.value)}－{_text(first.value)}＝{_text(gap)}（分）"
        return Answer((gap,), f"{_text(gap)}分")


# 日暦算: days, weeks and months.
_WEEK = "月火水木金土日"
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COMMON = 2026


class DateSpan(Story, name="何月何日の曜日"):
    search = found(lambda self: (self.today + self._days() - 1) % 7)

    def draw(self, dice: Dice) -> bool:
        self.month = dice.rng.randint(1, 11)
        self.last_month = self.month + dice((1, 2), (2, 4))
        if self.last_month > 12:
            return False
        self.day = dice.rng.randint(1, _LENGTHS[self.month - 1] - 1)
        self.last_day = dice.rng.randint(1, _LENGTHS[self.last_month - 1])
        self.today = dice.rng.randrange(7)
        self.weekday = _WEEK[self.today]
        return self._days() % 7 != 1

    @property
    def _between(self) -> str:
        """The whole months."""
        first, last = self.month + 1, self.last_month - 1
        return f"{first}月" if first == last else f"{first}月から{last}月まで"

    def _days(self) -> int:
        """From the first to the last, both counted."""
        return (self._end() - self._start()).days + 1

    def _start(self) -> date:
        return date(_COMMON, self.month, self.day)

    def _end(self) -> date:
        return date(_COMMON, self.last_month, self.last_day)

    def solve(self, _w: Words) -> Steps:
        length = _LENGTHS[self.month - 1]
        yield f"{self.month}月は{length}日までなので、{self.month}月の残りは{(rest := n(length, '月の日数') - self.day):日}です。"
        days = rest.result
        for month in range(self.month + 1, self.last_month):
            days = days + n(_LENGTHS[month - 1], "月の日数")
        if self.last_month > self.month + 1:
            yield f"{self._between}の日数も合わせると、{days:日}になります。"
        yield f"{self.last_month}月{self.last_day}日までの日数は、{(total := days.result + self.last_day):日}です。"
        yield f"曜日は7日ごとにくり返します。{total.result.remainder(7)}"
        over = int(total.value) % 7
        day = _WEEK[(self.today + over) % 7]
        yield f"{self.weekday}曜日から{over}日進めると{day}曜日です。"
        return Answer((Fraction((self.today + over) % 7),), f"{day}曜日")


class Days(DateSpan, name="何日間"):
    search = found(lambda self: self.each * self._days())

    def draw(self, dice: Dice) -> bool:
        self.each = dice((3, 12), (4, 15))
        return super().draw(dice)

    def _span(self) -> Generator[str, None, Expression]:
        """How many days there are, the first and the last among them."""
        length = _LENGTHS[self.month - 1]
        yield f"{self.month}月は{length}日までなので、{self.day}日もふくめて{(first := n(length, '月の日数') - self.day + 1):日}あります。"
        total = first.result
        for month in range(self.month + 1, self.last_month):
            total = total + n(_LENGTHS[month - 1], "月の日数")
        if self.last_month > self.month + 1:
            yield f"{self._between}の日数も合わせると、{total:日}になります。"
        yield f"{self.last_month}月{self.last_day}日までを合わせます。{(whole := total.result + self.last_day):日}"
        return whole

    def solve(self, _w: Words) -> Steps:
        whole = yield from self._span()
        yield f"全部の問題の数は、{(solved := n(self.each) * whole.result):問}です。"
        return Answer.of(solved, "問")


class RestDays(Days, name="休みのある毎日"):
    search = found(
        lambda self: sum(self.each for day in range(self._days()) if (self.today + day) % 7 != 6)
    )

    def draw(self, dice: Dice) -> bool:
        fine = super().draw(dice) and dice.grade > 0 and self.today != 6
        return fine and self._days() % 7 > 0

    def solve(self, _w: Words) -> Steps:
        whole = yield from self._span()
        yield f"日曜日は7日に1回あります。{whole.result.remainder(7)}"
        weeks, over = divmod(int(whole.value), 7)
        rests = n(weeks, "週") + n(int(self.today + over > 6), "回")
        yield f"あまりの{over}日は{self.weekday}曜日から始まります。その中の日曜日も数えると、休みは{rests:日}です。"
        yield f"計算問題をとく日数は、{(days := whole.result - rests.result):日}です。"
        yield f"全部の問題の数は、{(solved := n(self.each) * days.result):問}です。"
        return Answer.of(solved, "問")


class Weekdays(Story, name="毎週の習い事"):
    search = found(
        lambda self: sum(
            self.each for day in range(self.days) if (self.first + day) % 7 == self.asked
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.days, self.each = dice((20, 60), (30, 120)), 50 * dice((2, 10), (4, 20))
        self.first, self.asked = dice.rng.randrange(7), dice.rng.randrange(7)
        self.first_day, self.asked_day = _WEEK[self.first], _WEEK[self.asked]
        return self.days % 7 != 0

    def solve(self, _w: Words) -> Steps:
        weeks, rest = divmod(self.days, 7)
        yield f"1週間の中に{self.asked_day}曜日は1回あります。{n(self.days).remainder(7)}"
        last = [_WEEK[(self.first + i) % 7] for i in range(rest)]
        word = "ふくまれます" if self.asked_day in last else "ふくまれません"
        yield f"あまりの{rest}日は{'、'.join(last)}曜日で、{self.asked_day}曜日は{word}。"
        yield f"泳ぐ回数は、{(times := n(weeks, '週') + n(int(self.asked_day in last), '回')):回}です。"
        yield f"泳ぐ長さを求めます。{(total := n(self.each) * times.result):m}"
        return Answer.of(total, "m")
