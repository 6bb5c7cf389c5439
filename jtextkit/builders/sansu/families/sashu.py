"""差集め算: small differences, each the same, that add up to a large one."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_SHOPPING = """LOW HIGH counter unit who
    赤えん筆 ボールペン 本 円 みさき
    みかん なし 個 円 だいち
    画用紙 色画用紙 枚 円 はるか
    ノート 日記帳 冊 円 そうた"""


class PricedTwice(Story, name="同じ数ずつ買う"):
    situations = _SHOPPING
    wordings = """
    1{counter}{low}円の{LOW}と1{counter}{high}円の{HIGH}を同じ数ずつ買ったところ、{HIGH}の代金のほうが{gap}円高くなりました。
      それぞれ何{counter}ずつ買いましたか。
    {who}さんは{LOW}を何{counter}か買うつもりでしたが、気が変わって同じ数の{HIGH}を買いました。{LOW}は1{counter}{low}円、
      {HIGH}は1{counter}{high}円なので、予定より{gap}円多くかかりました。買った数は何{counter}でしょうか。
    {LOW}を1{counter}{low}円、{HIGH}を1{counter}{high}円で売る店があります。
      今日は両方が同じ数だけ売れ、売り上げのちがいは{gap}円でした。売れた{LOW}の数を求めなさい。
    2つのふくろに{LOW}と{HIGH}が別々に入っていて、数はどちらも同じです。ねだんは1{counter}につき{LOW}が{low}円、
      {HIGH}が{high}円で、ふくろごとの合計には{gap}円の差があります。1つのふくろには何{counter}入っていますか。"""

    def draw(self, dice: Dice) -> None:
        """As many of a thing at ``low`` as of one at ``high``; the totals differ by ``gap``."""
        step = dice.pick(10, 5, 1)
        self.low = step * dice((3, 12), (8, 60), (40, 400))
        each = step * dice((1, 6), (1, 12), (3, 60))
        self.high = self.low + each
        self.gap = each * dice((3, 25), (6, 60), (12, 90))

    def solve(self, w: Words) -> Steps:
        yield f"1{w.counter}あたりの差を求めます。{(each := n(self.high) - self.low):{w.unit}}"
        yield f"この差が集まって全体の差になるので、数は全体の差を1{w.counter}あたりの差でわった数です。{(number := n(self.gap) / each.result):{w.counter}}"
        return Answer.of(number, w.counter)

    def search(self) -> Found:
        """Buy one of each again and again until the totals differ as told."""
        cheap = dear = number = 0
        while dear - cheap < self.gap:
            cheap, dear, number = cheap + self.low, dear + self.high, number + 1
        if dear - cheap == self.gap:
            yield number


class DailyGap(PricedTwice, name="毎日の差"):
    situations = """fast slow does unit done
        姉 妹 ページずつ本を読み ページ 読んだ
        兄 弟 円ずつ貯金し 円 貯金した
        A班 B班 個ずつ空きかんを集め 個 集めた"""
    wordings = """
    {fast}は1日に{high}{does}、{slow}は1日に{low}{does}ます。
      同じ日に始めると、{done}数の差が{gap}{unit}になるのは何日続けたときですか。
    {slow}と{fast}が同時に始めて、{slow}は毎日{low}{does}、{fast}は毎日{high}{does}ました。
      ある日までにつけた記録をくらべたら、{fast}が{gap}{unit}上回っていました。記録は何日分ですか。
    毎日の目標は{fast}が{high}{unit}、{slow}が{low}{unit}です。2つの記録がちょうど{gap}{unit}ちがったところでやめることに
      しました。1日も休まず目標どおりに進んだとすると、やめるまでに何日かかったでしょうか。"""

    def solve(self, w: Words) -> Steps:
        yield f"1日に{(each := n(self.high) - self.low):{w.unit}}ずつ差がつきます。"
        yield f"差が{self.gap}{w.unit}になるまでの日数を求めます。{(days := n(self.gap) / each.result):日}"
        return Answer.of(days, "日")


class SameMoney(Story, name="同じ金額で買う"):
    situations = _SHOPPING
    wordings = """
    {who}さんが持っているお金をちょうど全部使うと、1{counter}{high}円の{HIGH}を買うときより、
      1{counter}{low}円の{LOW}を買うときのほうが{more}{counter}多く買えます。持っているお金は何円ですか。
    {LOW}だけを買っても、{HIGH}だけを買っても、ふくろの中のお金はぴったりなくなります。ただし買える数は{LOW}のほうが
      {more}{counter}多いです。ねだんは{LOW}が{low}円、{HIGH}が{high}円です。ふくろの中には何円入っているでしょうか。
    ねだんが{low}円の{LOW}を何{counter}か買えるだけのお金で、かわりに{high}円の{HIGH}を買うと、数は{more}{counter}へりますが、
      おつりは出ません。このお金は全部で何円になりますか。"""

    def draw(self, dice: Dice) -> bool:
        """``more`` more of the thing at ``low`` than of that at ``high``, for the same money."""
        step = dice.pick(10, 10, 5)
        self.low = step * dice((3, 12), (4, 30), (8, 90))
        self.high = self.low + step * dice((1, 12), (1, 20), (2, 60))
        self.more = dice((1, 12), (2, 20), (3, 40))
        number, over = divmod(self.low * self.more, self.high - self.low)
        return over == 0 and number >= 2

    def solve(self, w: Words) -> Steps:
        yield f"{w.LOW}を{w.HIGH}と同じ数にすると、{self.more}{w.counter}分の代金があまります。{(extra := n(self.low) * self.more):円}"
        yield f"1{w.counter}あたりのねだんの差は、{(each := n(self.high) - self.low):円}です。"
        yield f"{w.HIGH}の数は、{(number := extra.result / each.result):{w.counter}}です。"
        yield f"持っているお金は、{(money := n(self.high) * number.result):円}です。"
        return Answer.of(money, "円")

    def search(self) -> Found:
        """Count up the money that buys whole numbers of both, and see whether the numbers fit."""
        for dear in range(1, self.low * self.more + 1):
            money = dear * self.high
            if money % self.low == 0 and money // self.low - dear == self.more:
                yield money


class Late(Story, name="早く着く・おくれる"):
    situations = """who goal
        ゆい 学校
        たくみ 駅
        あおい 市民プール"""
    wordings = """
    {who}さんは家から{goal}まで行きます。分速{slow}mで歩くと約束の時こくに{late}分おくれ、
      分速{fast}mで歩くと{early}分早く着きます。家から{goal}までは何mありますか。
    待ち合わせの場所は{goal}です。今すぐ家を出て分速{fast}mで歩けば{early}分の余ゆうがありますが、
      分速{slow}mでは{late}分のちこくになってしまいます。{who}さんの家から{goal}までの道のりを求めなさい。
    {goal}に集まる時こくが決まっています。{who}さんの計算では、1分間に{slow}m進む歩き方だと着くのが{late}分おそく、
      1分間に{fast}m進む歩き方だと着くのが{early}分早いそうです。{who}さんが歩く道のりは何mでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """At ``slow`` metres a minute ``late`` minutes late, at ``fast`` as many ``early``."""
        self.slow = 5 * dice((8, 13), (8, 15), (8, 18))
        self.fast = self.slow + 5 * dice((2, 6), (2, 9), (1, 14))
        self.late, self.early = dice.many(2, (1, 6), (1, 9), (2, 15))
        apart = self.late * self.slow + self.early * self.fast
        minutes, over = divmod(apart, self.fast - self.slow)
        return over == 0 and self.early + 1 < minutes <= 90

    def solve(self, w: Words) -> Steps:
        yield f"約束の時こくに、分速{self.slow}mならあと{(behind := n(self.slow) * self.late):m}残っています。"
        yield f"分速{self.fast}mなら、{(ahead := n(self.fast) * self.early):m}先まで行ける計算です。"
        yield f"同じ時間に進む道のりの差は、{(gap := behind.result + ahead.result):m}です。"
        yield f"1分ごとに{(each := n(self.fast) - self.slow):m}ずつ差がつくので、約束の時こくまでの時間は{(minutes := gap.result / each.result):分}です。"
        yield f"{w.goal}までの道のりを求めます。{(way := n(self.slow) * (n(minutes.value) + self.late)):m}"
        return Answer.of(way, "m")

    def search(self) -> Found:
        """Try every time until the appointment, in whole minutes: do both walks cover the same way?"""
        for promised in range(self.early + 1, 400):
            slowly = self.slow * (promised + self.late)
            if slowly == self.fast * (promised - self.early):
                yield slowly


FAMILY = family("差集め算", "sashu", PricedTwice, DailyGap, SameMoney, Late)
