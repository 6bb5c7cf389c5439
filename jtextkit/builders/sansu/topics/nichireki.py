"""日暦算: days, weeks and months."""

from datetime import date, timedelta
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic

_WEEK = "月火水木金土日"
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COMMON = 2026
_EVENTS = "event who / 運動会 はるきさん / 遠足 ここなさん / 音楽会 ゆうまさん / お祭り りんさん"


class After(Story, name="何日後の曜日", method="日暦算 周期算"):
    situations = _EVENTS
    facts = "days 日 今日から{event}の日までの日数"
    wordings = """
    今日は{weekday}曜日で、{who}は{event}を楽しみにしています。今日の次の日を1日目と数えるとき、{event}の日は何曜日ですか。
    {event}の日が決まりました。今日は{weekday}曜日です。明日を1日目として数えると、{event}は何曜日になりますか。
    今日は{weekday}曜日です。{event}は今日から{days}日後にあります。{event}の日は何曜日ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.days = dice((20, 90), (40, 200))
        self.today = dice.rng.randrange(7)
        self.weekday = _WEEK[self.today]
        return self.days % 7 != 0

    def solve(self, _w: Words) -> Steps:
        weeks, rest = divmod(self.days, 7)
        yield f"曜日は7日ごとにくり返します。{n(self.days).remainder(7)}"
        day = _WEEK[(self.today + rest) % 7]
        yield f"{weeks}週間後も{self.weekday}曜日なので、そこからさらに{rest}日進めると{day}曜日です。"
        return Answer((Fraction((self.today + rest) % 7),), f"{day}曜日")

    def search(self) -> Found:
        day = self.today
        for _ in range(self.days):
            day = 0 if day == 6 else day + 1
        yield day


class DateSpan(Story, name="何月何日の曜日"):
    situations = _EVENTS
    wordings = """
    ある年の{month}月{day}日は{weekday}曜日でした。うるう年ではありません。{event}のある{last_month}月{last_day}日は、同じ年の何曜日ですか。
    カレンダーで{month}月{day}日を見ると{weekday}曜日です。{event}は同じ年の{last_month}月{last_day}日に開かれます。2月は28日までです。{event}は何曜日になりますか。
    {who}は{event}のある{last_month}月{last_day}日の曜日を知りたいと思いました。同じ年の{month}月{day}日は{weekday}曜日で、うるう年ではありません。{last_month}月{last_day}日は何曜日ですか。"""
    asides = "{who}の学校では、{event}の練習を{3-9}回します"

    def draw(self, dice: Dice) -> bool:
        self.month = dice.rng.randint(1, 11)
        self.last_month = self.month + dice((1, 2), (2, 4))
        if self.last_month > 12:
            return False
        self.day = dice.rng.randint(1, _LENGTHS[self.month - 1] - 1)
        self.last_day = dice.rng.randint(1, _LENGTHS[self.last_month - 1])
        self.today = dice.rng.randrange(7)
        self.weekday = _WEEK[self.today]
        return (self._end() - self._start()).days % 7 != 0

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
            yield f"{self.month + 1}月から{self.last_month - 1}月までの日数も合わせると、{days:日}になります。"
        yield f"{self.last_month}月{self.last_day}日までの日数は、{(total := days.result + self.last_day):日}です。"
        yield f"曜日は7日ごとにくり返します。{total.result.remainder(7)}"
        over = int(total.value) % 7
        day = _WEEK[(self.today + over) % 7]
        yield f"{self.weekday}曜日から{over}日進めると{day}曜日です。"
        return Answer((Fraction((self.today + over) % 7),), f"{day}曜日")

    def search(self) -> Found:
        """Tear off one sheet of a calendar after the other."""
        today, day = self._start(), self.today
        while today < self._end():
            today, day = today + timedelta(days=1), (day + 1) % 7
        yield day


class Days(DateSpan, name="何日間", method="日暦算 植木算"):
    facts = "each 問 1日にとく計算問題の数"
    wordings = """
    {who}は計算問題を{month}月{day}日にとき始め、同じ年の{last_month}月{last_day}日まで、毎日同じ数ずつときました。1日も休まず、2月は28日までとします。といた計算問題は全部で何問ですか。
    {who}は、{month}月{day}日から同じ年の{last_month}月{last_day}日まで、毎日欠かさず同じ数の計算問題をときます。最初の日と最後の日もとき、この年はうるう年ではありません。全部で何問とくことになりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.each = dice((3, 12), (4, 30))
        return super().draw(dice)

    def solve(self, _w: Words) -> Steps:
        length = _LENGTHS[self.month - 1]
        yield f"{self.month}月は{length}日までなので、{self.day}日もふくめて{(first := n(length, '月の日数') - self.day + 1):日}あります。"
        total = first.result
        for month in range(self.month + 1, self.last_month):
            total = total + n(_LENGTHS[month - 1], "月の日数")
        if self.last_month > self.month + 1:
            yield f"{self.month + 1}月から{self.last_month - 1}月までの日数も合わせると、{total:日}になります。"
        yield f"{self.last_month}月{self.last_day}日までを合わせます。{(whole := total.result + self.last_day):日}"
        yield f"全部の問題の数は、{(solved := n(self.each) * whole.result):問}です。"
        return Answer.of(solved, "問")

    def search(self) -> Found:
        today, count = self._start(), 1
        while today < self._end():
            today, count = today + timedelta(days=1), count + 1
        yield self.each * count


class Weekdays(Story, name="毎週の習い事", method="日暦算 周期算"):
    situations = _EVENTS
    facts = "days 日 今日をふくめて{event}の日までの日数 / each m プールで1回に泳ぐ長さ"
    wordings = """
    {who}は{event}の日まで、毎週{asked_day}曜日にプールで泳ぎます。今日は{first_day}曜日です。今日や{event}の日が{asked_day}曜日なら、その日も泳ぎます。全部で何m泳ぐことになりますか。
    今日は{first_day}曜日です。{who}は{event}の日まで、{asked_day}曜日が来るたびにプールで同じ長さを泳ぎます。今日と{event}の日もふくめて考えると、泳ぐ長さは合わせて何mでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        self.days, self.each = dice((20, 60), (30, 120)), 50 * dice((2, 12), (4, 20))
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

    search = found(
        lambda self: sum(
            self.each for day in range(self.days) if (self.first + day) % 7 == self.asked
        )
    )


TOPIC = topic("日暦算", "nichireki", After, DateSpan, Days, Weekdays)
