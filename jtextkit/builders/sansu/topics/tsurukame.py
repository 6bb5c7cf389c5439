"""つるかめ算: two kinds of things, how many there are and what they come to."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic


class Mixed(Story, name="足の数"):
    situations = "LOW HIGH counter unit place / つる かめ ひき 本 池のまわり / はと うさぎ ひき 本 小屋の中 / あひる やぎ ひき 本 牧場 / すずめ ねこ ひき 本 庭"
    facts = "count {counter} {LOW}と{HIGH}を合わせた数 / total {unit} {LOW}と{HIGH}の足の数の合計"
    wordings = """
    {place}に{LOW}と{HIGH}がいます。{LOW}と{HIGH}はそれぞれ何びきいますか。
    {place}にいる{LOW}と{HIGH}について、頭の数と足の数を調べました。{LOW}の数と{HIGH}の数を求めなさい。
    {LOW}と{HIGH}が合わせて{count}ひきいます。足の数を数えると、全部で{total}本でした。{LOW}と{HIGH}はそれぞれ何びきいますか。"""

    def draw(self, dice: Dice) -> None:
        low, high = dice.many(2, (3, 20), (6, 40))
        self.low, self.high, self.count, self.total = 2, 4, low + high, 2 * low + 4 * high

    def solve(self, w: Words) -> Steps:
        """All are taken for the lesser kind; each exchange adds the difference."""
        yield f"{self.count}{w.counter}が全部{w.LOW}だと考えます。{(assumed := n(self.low) * self.count):{w.unit}}"
        yield f"実際との差を求めます。{(short := n(self.total) - assumed.result):{w.unit}}"
        yield f"{w.LOW}を{w.HIGH}に1{w.counter}とりかえるごとに、{(step := n(self.high) - self.low):{w.unit}}ずつ増えます。"
        yield f"とりかえる数が{w.HIGH}の数です。{(highs := short.result / step.result):{w.counter}}"
        yield f"残りが{w.LOW}です。{(lows := n(self.count) - highs.result):{w.counter}}"
        return Answer.parts((w.LOW, lows, w.counter), (w.HIGH, highs, w.counter))

    def search(self) -> Found:
        """Try every division of the count."""
        for low in range(1, self.count):
            high = self.count - low
            if low * self.low + high * self.high == self.total:
                yield low, high


class Prices(Story, name="代金"):
    situations = "LOW HIGH counter unit shop / えん筆 ボールペン 本 円 文ぼう具店 / みかん りんご 個 円 くだもの屋 / クッキー ドーナツ 個 円 おかし屋 / 絵はがき 切手シート 枚 円 ゆうびん局"
    facts = "low~ 円 {LOW}1{counter}のねだん / high~ 円 {HIGH}1{counter}のねだん / count {counter} 買った{LOW}と{HIGH}を合わせた数 / total 円 代金の合計"
    wordings = """
    {shop}で{LOW}と{HIGH}を何{counter}かずつ買いました。{HIGH}を何{counter}買いましたか。
    ゆみさんは{shop}で、{LOW}と{HIGH}を合わせていくつか買いました。買った{HIGH}の数を求めなさい。
    1{counter}{low}円の{LOW}と1{counter}{high}円の{HIGH}を合わせて{count}{counter}買ったところ、代金は{total}円でした。{HIGH}は何{counter}買いましたか。
    {shop}で買い物をしました。買ったのは{LOW}と{HIGH}だけで、数は合計{count}{counter}、代金の合計は{total}円です。{HIGH}を何{counter}買ったでしょうか。"""
    asides = "{shop}では、ノートも1冊{130-190}円で売っています / {shop}は家から歩いて{4-9}分のところにあります"

    def draw(self, dice: Dice) -> None:
        self.low = 10 * dice((3, 9), (4, 12))
        self.high = self.low + 10 * dice((1, 8), (2, 12))
        lows, highs = dice.many(2, (2, 9), (3, 14))
        self.count, self.total = lows + highs, lows * self.low + highs * self.high

    def solve(self, w: Words) -> Steps:
        yield f"{self.count}{w.counter}が全部{w.LOW}だと考えます。{(assumed := n(self.low) * self.count):円}"
        yield f"実際との差を求めます。{(short := n(self.total) - assumed.result):円}"
        yield f"{w.LOW}を{w.HIGH}に1{w.counter}かえるごとに、代金は{(step := n(self.high) - self.low):円}ずつ増えます。"
        yield f"{w.HIGH}の数は、{(highs := short.result / step.result):{w.counter}}です。"
        return Answer.of(highs, w.counter)

    search = root(lambda self, high: (self.count - high) * self.low + high * self.high - self.total)


class Way(Story, name="速さ", method="つるかめ算 速さ"):
    situations = "who start goal plain past / ひろしさん 家 駅 走る 走った / なおみさん 学校 図書館 走る 走った / 兄 家 公園 自転車で進む 自転車で進んだ"
    facts = "metres m {start}から{goal}までの道のり / minutes 分 {start}から{goal}までにかかった時間 / slow~ 分速 {who}の歩く速さ / fast~ 分速 {who}の{plain}速さ"
    wordings = """
    {who}は{start}から{goal}まで行くのに、はじめは歩き、とちゅうから{plain}ことにしました。{past}時間は何分ですか。
    {who}が{start}から{goal}まで、休まずに進みました。歩いたところと{past}ところがあります。{past}時間を求めなさい。
    {who}は{start}から{metres}mはなれた{goal}まで行くのに、はじめは分速{slow}mで歩き、とちゅうから分速{fast}mで進んで、全部で{minutes}分かかりました。{past}のは何分間ですか。"""
    asides = "{goal}には{who}の友だちが{2-5}人待っています"

    def draw(self, dice: Dice) -> None:
        self.slow = 5 * dice((10, 14), (10, 16))
        self.fast = self.slow + 10 * dice((4, 9), (5, 12))
        walking, running = dice.many(2, (2, 10), (3, 15))
        self.minutes = walking + running
        self.metres = self.slow * walking + self.fast * running

    def solve(self, w: Words) -> Steps:
        yield f"{self.minutes}分間ずっと歩いたと考えます。{(walked := n(self.slow) * self.minutes):m}"
        yield f"実際の道のりに足りない分は、{(short := n(self.metres) - walked.result):m}です。"
        yield f"歩くのを1分間{w.plain}のに変えると、進む道のりは{(step := n(self.fast) - self.slow):m}のびます。"
        yield f"{w.past}時間は、{(running := short.result / step.result):分}です。"
        return Answer.of(running, "分")

    def search(self) -> Found:
        for running in range(self.minutes + 1):
            places = (
                self.fast if minute < running else self.slow for minute in range(self.minutes)
            )
            if sum(places) == self.metres:
                yield running


TOPIC = topic("つるかめ算", "tsurukame", Mixed, Prices, Way)
