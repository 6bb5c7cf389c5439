"""つるかめ算: two kinds of things, how many there are and what they come to."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


class Mixed(Story, name="足の数"):
    situations = """LOW HIGH counter unit
        つる かめ ひき 本
        にわとり うさぎ ひき 本
        あひる やぎ ひき 本
        すずめ ねこ ひき 本"""
    wordings = """
    {LOW}と{HIGH}が合わせて{count}ひきいます。足の数を数えると、全部で{total}本でした。{LOW}と{HIGH}はそれぞれ何びきいますか。
    ある牧場の小屋をのぞくと、{LOW}と{HIGH}の頭が{count}個、足が{total}本見えました。小屋の中の{LOW}の数と{HIGH}の数を求めなさい。
    けんたさんは{LOW}と{HIGH}の世話をしています。{LOW}の足は2本、{HIGH}の足は4本で、足の合計は{total}本です。
      世話をしている生き物は{count}ひきだそうです。どちらを何びきずつ世話しているでしょうか。"""

    def draw(self, dice: Dice) -> None:
        """``count`` things, some worth ``low`` and some worth ``high`` each, ``total`` in all."""
        low, high = dice.many(2, (3, 60), (10, 120), (30, 300))
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


class Prices(Mixed, name="代金"):
    situations = """LOW HIGH counter unit shop
        えん筆 ボールペン 本 円 文ぼう具店
        みかん りんご 個 円 くだもの屋さん
        クッキー ドーナツ 個 円 おかし屋さん
        絵はがき 切手シート 枚 円 ゆうびん局"""
    wordings = """
    1{counter}{low}円の{LOW}と1{counter}{high}円の{HIGH}を合わせて{count}{counter}買ったところ、代金は{total}円でした。
      それぞれ何{counter}買いましたか。
    {shop}で{total}円をちょうど使い切って買い物をしました。買ったのは{LOW}と{HIGH}だけで、数は合計{count}{counter}です。
      {LOW}は1{counter}{low}円、{HIGH}は1{counter}{high}円です。{LOW}と{HIGH}をそれぞれ何{counter}買ったでしょうか。
    {HIGH}のねだんは{high}円、{LOW}のねだんは{low}円です。ゆみさんは2種類をまぜて{count}{counter}のつめ合わせを作ってもらい、
      {total}円はらいました。箱の代金はかかりません。つめ合わせに入っている{LOW}と{HIGH}の数を、それぞれ答えなさい。
    子ども会のために{LOW}と{HIGH}を{count}{counter}用意します。{LOW}ばかりなら1{counter}{low}円、{HIGH}なら
      1{counter}{high}円かかります。予算の{total}円をぴったり使うには、{LOW}と{HIGH}を何{counter}ずつにすればよいですか。"""

    def draw(self, dice: Dice) -> None:
        step = dice.pick(10, 10, 5)
        self.low = step * dice((3, 9), (4, 16), (9, 50))
        self.high = self.low + step * dice((1, 8), (2, 15), (3, 40))
        lows, highs = dice.many(2, (2, 9), (4, 20), (8, 45))
        self.count, self.total = lows + highs, lows * self.low + highs * self.high


class Game(Story, name="得点と失点"):
    situations = """who game good won bad unit
        あきら じゃんけんゲーム 勝つ 勝った 負ける 点
        さくら クイズ大会 正解する 正解した まちがえる 点
        りく 的当て 当たる 当たった はずれる 点"""
    wordings = """
    {who}さんは{start}点を持って{game}を始めました。{good}と{win}点もらえ、{bad}と{lose}点ひかれます。
      {rounds}回終わったとき、持ち点は{end}点でした。{won}のは何回ですか。ただし、引き分けはありません。
    {game}を{rounds}回しました。はじめの持ち点は{start}点で、1回{good}ごとに{win}点増え、1回{bad}ごとに{lose}点減ります。
      最後に{who}さんの持ち点が{end}点になっていたとすると、持ち点が増えたのは{rounds}回のうち何回でしょうか。
    持ち点が{start}点から始まる{game}で、{who}さんは最後に{end}点を持っていました。回数は全部で{rounds}回、{good}と{win}点増え、
      {bad}と{lose}点減り、どちらでもない回はありませんでした。点をもらった回数を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``rounds``, each winning ``win`` points or losing ``lose``, from ``start`` to ``end``."""
        self.win = dice((2, 6), (3, 10), (4, 15))
        self.lose = dice((1, 4), (1, 7), (2, 12))
        wins, losses = dice.many(2, (3, 12), (5, 25), (10, 60))
        self.start = 10 * dice((2, 10), (5, 20), (30, 90))
        self.end = self.start + self.win * wins - self.lose * losses
        self.rounds = wins + losses
        return self.end > 0 and self.start >= self.lose * losses

    def solve(self, w: Words) -> Steps:
        yield f"{self.rounds}回とも{w.good}と考えると、{(best := n(self.start) + n(self.win) * self.rounds):点}になります。"
        yield f"実際との差は、{(gap := best.result - self.end):点}です。"
        yield f"1回{w.bad}と、{w.good}ときとくらべて{(step := n(self.win) + self.lose):点}少なくなります。"
        yield f"{w.bad}回数は、{(losses := gap.result / step.result):回}です。"
        yield f"{w.good}回数を求めます。{(wins := n(self.rounds) - losses.result):回}"
        return Answer.of(wins, "回")

    def search(self) -> Found:
        for wins in range(self.rounds + 1):
            points = self.start
            for turn in range(self.rounds):
                points += self.win if turn < wins else -self.lose
            if points == self.end:
                yield wins


class Way(Story, name="速さ"):
    situations = """who start goal FAST plain past
        ひろし 家 駅 走り 走る 走った
        なおみ 学校 図書館 走り 走る 走った
        兄 家 公園 自転車で進み 自転車で進む 自転車で進んだ"""
    wordings = """
    {who}さんは{start}から{metres}mはなれた{goal}まで行くのに、はじめは分速{slow}mで歩き、とちゅうから分速{fast}mで{FAST}、
      全部で{minutes}分かかりました。{past}のは何分間ですか。
    {start}と{goal}の間の道のりは{metres}mです。{who}さんがこの道を{minutes}分で行きました。
      歩いたところでは1分間に{slow}m、{past}ところでは1分間に{fast}m進みました。{past}時間を求めなさい。
    歩く速さが分速{slow}m、{plain}速さが分速{fast}mの{who}さんがいます。{goal}に着くまでの{minutes}分間に{metres}m進みましたが、
      休むことはありませんでした。そのうち歩いていなかった時間は何分間でしょうか。"""

    def draw(self, dice: Dice) -> None:
        """``metres`` in ``minutes``, partly at ``slow`` and partly at ``fast`` metres a minute."""
        self.slow = 5 * dice((10, 14), (10, 18), (10, 20))
        self.fast = self.slow + 10 * dice((4, 10), (3, 14), (3, 20))
        walking, running = dice.many(2, (2, 15), (3, 25), (5, 50))
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
            place = sum(
                self.fast if minute < running else self.slow for minute in range(self.minutes)
            )
            if place == self.metres:
                yield running


FAMILY = family("つるかめ算", "tsurukame", Mixed, Prices, Game, Way)
