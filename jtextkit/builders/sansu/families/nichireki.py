"""日暦算: days, weeks and months."""

from datetime import date, timedelta
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_WEEK = "月火水木金土日"
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COMMON = 2026
_EVENTS = """event who
    運動会 はるき
    遠足 ここな
    音楽会 ゆうま
    お祭り りん"""


class After(Story, name="何日後の曜日", method="日暦算 周期算"):
    situations = _EVENTS
    wordings = """
    今日は{weekday}曜日です。今日から{days}日後は何曜日ですか。
    {event}までちょうど{days}日あります。今日が{weekday}曜日だとすると、{event}の日は何曜日になりますか。
    {who}さんは{weekday}曜日に日記をつけ始め、その日を0日目として毎日数えています。{days}日目にあたるのは何曜日でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Today is weekday ``today`` (0 Monday); ``days`` from now."""
        self.days = dice((20, 400), (100, 1000), (500, 5000))
        if not self.days % 7:
            return False
        self.today = dice.rng.randrange(7)
        self.weekday = _WEEK[self.today]
        return True

    def solve(self, _w: Words) -> Steps:
        weeks, rest = divmod(self.days, 7)
        yield f"曜日は7日ごとにくり返します。{self.days}÷7＝{weeks}あまり{rest}"
        day = _WEEK[(self.today + rest) % 7]
        yield f"{weeks}週間後も{self.weekday}曜日なので、そこからさらに{rest}日進めると{day}曜日です。"
        return Answer((Fraction((self.today + rest) % 7),), f"{day}曜日")

    def search(self) -> Found:
        """Turn the calendar day by day."""
        day = date(2024, 1, 1) + timedelta(days=self.today)  # a Monday, and on
        yield (day + timedelta(days=self.days)).weekday()


class DateSpan(Story, name="何月何日の曜日"):
    situations = _EVENTS
    wordings = """
    ある年の{month}月{day}日は{weekday}曜日でした。同じ年の{last_month}月{last_day}日は何曜日ですか。
      ただし、うるう年ではありません。
    カレンダーで{month}月{day}日を見ると{weekday}曜日です。{event}はその年の{last_month}月{last_day}日に開かれます。
      2月が28日までの年だとすると、{event}は何曜日になりますか。
    {who}さんは{last_month}月{last_day}日の曜日を知りたいと思いました。
      わかっているのは、その年がうるう年ではないことと、{month}月{day}日が{weekday}曜日であることです。何曜日か求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """From one date of a common year to another, months and days counted from 1."""
        self.month = dice.rng.randint(1, 11)
        self.last_month = self.month + dice((1, 2), (1, 4), (1, 11))
        if self.last_month > 12:
            return False
        self.day = dice.rng.randint(1, _LENGTHS[self.month - 1])
        self.last_day = dice.rng.randint(1, _LENGTHS[self.last_month - 1])
        self.today = dice.rng.randrange(7)
        self.weekday = _WEEK[self.today]
        return True

    def solve(self, _w: Words) -> Steps:
        length = _LENGTHS[self.month - 1]
        rest = n(length) - self.day
        days = n(int(rest.value))
        between = range(self.month + 1, self.last_month)
        for month in between:
            days = days + n(_LENGTHS[month - 1])
        days = days + n(self.last_day)
        total = int(days.value)
        weeks, over = divmod(total, 7)
        yield f"{self.month}月は{length}日までなので、{self.month}月の残りは{rest:日}です。"
        day = _WEEK[(self.today + over) % 7]
        names = "、".join(f"{month}月は{_LENGTHS[month - 1]}日" for month in between)
        if names:
            yield f"間の月の日数は、{names}です。"
        yield f"{self.last_month}月{self.last_day}日までの日数を合わせます。{days:日}"
        yield f"曜日は7日ごとにくり返します。{total}÷7＝{weeks}あまり{over}"
        yield f"{self.weekday}曜日から{over}日進めると{day}曜日です。"
        return Answer((Fraction((self.today + over) % 7),), f"{day}曜日")

    def search(self) -> Found:
        """Count the days on a calendar of a common year."""
        start = date(_COMMON, self.month, self.day)
        end = date(_COMMON, self.last_month, self.last_day)
        weekday = self.today
        while start < end:
            start, weekday = start + timedelta(days=1), (weekday + 1) % 7
        yield weekday


class Days(Story, name="何日間", method="日暦算 植木算"):
    situations = _EVENTS
    wordings = """
    {month}月{day}日から{last_month}月{last_day}日までは、最初の日と最後の日もふくめて何日間ありますか。
      うるう年ではない年で考えます。
    {who}さんは{event}の練習を{month}月{day}日に始め、{last_month}月{last_day}日まで1日も休みませんでした。
      練習した日数を求めなさい。ただし、2月は28日までとします。
    写真展が{month}月{day}日に始まり、{last_month}月{last_day}日が最終日です。
      毎日開かれるとすると、開かれる日は全部で何日間でしょうか。この年の2月は28日まであります。"""

    def draw(self, dice: Dice) -> bool:
        """The days from a date to a date, both counted."""
        span = DateSpan()
        fits = span.draw(dice)
        if fits:
            self.month, self.day = span.month, span.day
            self.last_month, self.last_day = span.last_month, span.last_day
        return fits

    def solve(self, _w: Words) -> Steps:
        length = _LENGTHS[self.month - 1]
        first = n(length) - self.day + 1
        total = first.result
        between = range(self.month + 1, self.last_month)
        for month in between:
            total = total + n(_LENGTHS[month - 1])
        total = total + n(self.last_day)
        yield f"{self.month}月は、{self.day}日もふくめて{first:日}あります。"
        names = "、".join(f"{month}月が{_LENGTHS[month - 1]}日" for month in between)
        if names:
            yield f"間の月は、{names}あります。"
        yield f"{self.last_month}月の{self.last_day}日までを合わせます。{total:日}"
        return Answer.of(total, "日間")

    def search(self) -> Found:
        """Cross the days off, one after the other."""
        day = date(_COMMON, self.month, self.day)
        end = date(_COMMON, self.last_month, self.last_day)
        crossed = 0
        while day <= end:
            day, crossed = day + timedelta(days=1), crossed + 1
        yield crossed


class Weekdays(Story, name="曜日の回数", method="日暦算 周期算"):
    situations = _EVENTS
    wordings = """
    {first_day}曜日から始まる{days}日間に、{asked_day}曜日は何回ありますか。
    {who}さんは毎週{asked_day}曜日にプールへ行きます。今日は{first_day}曜日で、今日もふくめて{days}日間この習慣を続けると、
      プールへ行くのは何回でしょうか。
    {event}まで、今日を1日目として{days}日あります。{asked_day}曜日ごとに集まって準備をすることになりました。
      今日が{first_day}曜日であるとき、集まる回数を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """In ``days`` days that begin on ``first``, how many are ``asked``?"""
        self.days = dice((20, 120), (60, 400), (200, 2000))
        if not self.days % 7:
            return False
        self.first, self.asked = dice.rng.randrange(7), dice.rng.randrange(7)
        self.first_day = _WEEK[self.first]
        self.asked_day = _WEEK[self.asked]
        return True

    def solve(self, _w: Words) -> Steps:
        weeks, rest = divmod(self.days, 7)
        yield f"1週間の中に{self.asked_day}曜日は1回あります。{self.days}÷7＝{weeks}あまり{rest}"
        last = [_WEEK[(self.first + i) % 7] for i in range(rest)]
        more = 1 if self.asked_day in last else 0
        word = "ふくまれます" if more else "ふくまれません"
        yield f"あまりの{rest}日は{'、'.join(last)}曜日で、{self.asked_day}曜日は{word}。"
        yield f"全部の回数を求めます。{(total := n(weeks) + more):回}"
        return Answer.of(total, "回")

    def search(self) -> Found:
        yield sum((self.first + i) % 7 == self.asked for i in range(self.days))


FAMILY = family("日暦算", "nichireki", After, DateSpan, Days, Weekdays)
