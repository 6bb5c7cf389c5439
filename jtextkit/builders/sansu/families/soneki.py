"""損益算: cost, marked price, discount, gain and loss."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _tenths(value: int) -> str:
    """Tenths in words of trade: 25 (per cent) is 2割5分."""
    tens, ones = divmod(value, 10)
    return f"{f'{tens}割' if tens else ''}{f'{ones}分' if ones else ''}"


def _rate(percent: int) -> str:
    return number_text(Fraction(percent, 100))


_SHOPS = """shop thing counter
    かばん屋 かばん 個
    家具店 いす きゃく
    時計店 うで時計 個
    洋服店 シャツ 枚"""


class Sale(Story, name="利益と損失"):
    situations = _SHOPS
    wordings = """
    {cost}円で仕入れた{thing}に{profit}の利益を見こんで定価をつけましたが、売れないので定価の{discount}引きで売りました。
      利益または損失は何円ですか。
    {shop}が、仕入れね{cost}円の{thing}に、仕入れねの{up}%増しの定価をつけました。
      大売り出しの日に定価から{off}%わり引いて売ったときの、もうけ、または損の金額を求めなさい。
    {thing}1{counter}の原価は{cost}円です。原価の{profit}増しで定価を決め、お客さんには定価の{discount}を引いた金額で売りました。
      {shop}は、この{thing}1{counter}でいくらの得、または損をしたでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Bought for ``cost``, marked up ``up`` per cent, sold ``off`` per cent below that."""
        self.cost = dice.pick(100, 50, 20) * dice((4, 60), (8, 200), (20, 900))
        self.up = dice.pick(10, 5, 5) * dice((2, 6), (2, 14), (2, 16))
        self.off = dice.pick(10, 5, 5) * dice((1, 3), (1, 7), (1, 8))
        sold = Fraction(self.cost) * (100 + self.up) * (100 - self.off) / 10000
        marked = Fraction(self.cost * (100 + self.up), 100)
        self.profit = _tenths(self.up)
        self.discount = _tenths(self.off)
        return sold.denominator == 1 and marked.denominator == 1 and sold != self.cost

    def solve(self, _w: Words) -> Steps:
        yield f"定価は仕入れねの{100 + self.up}%です。{(marked := n(self.cost) * (n(1) + n(_rate(self.up)))):円}"
        yield f"売りねは定価の{100 - self.off}%です。{(sold := marked.result * (n(1) - n(_rate(self.off)))):円}"
        gain = sold.value > self.cost
        word = "利益" if gain else "損失"
        yield f"{word}は、売りねと仕入れねの差です。{(change := sold.result - self.cost if gain else n(self.cost) - sold.result):円}"
        return Answer((change.value,), f"{change.result}円の{word}")

    def search(self) -> Found:
        """In hundredths of a yen: mark the price up by per cent after per cent, then take them off."""
        price = self.cost * 10000
        marked = price + sum(price // 100 for _ in range(self.up))
        sold = marked - sum(marked // 100 for _ in range(self.off))
        yield Fraction(abs(sold - price), 10000)


class Cost(Story, name="仕入れねを求める", method="損益算 相当算"):
    situations = _SHOPS
    wordings = """
    ある{thing}に仕入れねの{profit}の利益を見こんで定価をつけ、定価より{off}円安く売ったところ、{gain}円の利益がありました。
      仕入れねは何円ですか。
    {shop}では{thing}の定価を原価の{up}%増しにしています。
      今日はこの定価から{off}円まけて売り、それでも1{counter}につき{gain}円もうかりました。原価を求めなさい。
    {thing}を1{counter}売って{gain}円の利益を得ました。売りねは、原価に{profit}を加えたねだんから{off}円を引いたものです。
      この{thing}の原価は何円だったでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Marked up ``up`` per cent, then ``off`` yen less: the gain is ``gain``."""
        cost = dice.pick(100, 50, 20) * dice((4, 60), (8, 200), (20, 900))
        self.up = dice.pick(10, 5, 5) * dice((2, 6), (2, 14), (2, 16))
        self.off = 10 * dice((1, 40), (1, 150), (2, 500))
        gain = Fraction(cost * self.up, 100) - self.off
        self.gain = int(gain)
        self.profit = _tenths(self.up)
        return gain > 0 and gain.denominator == 1

    def solve(self, _w: Words) -> Steps:
        yield f"わり引かなければ、利益は{(hoped := n(self.gain) + self.off):円}になるはずでした。"
        yield f"これは仕入れねの{self.up}%にあたります。"
        yield f"仕入れねを求めます。{(cost := hoped.result / n(_rate(self.up))):円}"
        return Answer.of(cost, "円")

    def search(self) -> Found:
        """Try every cost, in yen."""
        for cost in range(1, 20 * (self.gain + self.off) + 1):
            marked = cost * (100 + self.up)
            if marked - 100 * self.off - 100 * cost == 100 * self.gain:
                yield cost


class Lot(Story, name="たくさん仕入れる"):
    situations = """shop thing counter why
        くだもの屋 メロン 個 いたみそうな
        パン屋 パン 個 閉店まぎわの
        花屋 花束 束 夕方の"""
    wordings = """
    1{counter}{cost}円で{number}{counter}仕入れた{thing}を、1{counter}{price}円で{sold}{counter}売り、
      残りは1{counter}{cheap}円にして全部売りました。利益は全部で何円ですか。
    {shop}は{thing}を{number}{counter}用意しました。原価は1{counter}あたり{cost}円です。
      {price}円で売れたのは{sold}{counter}で、{why}ものは{cheap}円に下げて売り切りました。1日のもうけを求めなさい。
    {thing}の売り上げの記録を見ると、{price}円のものが{sold}{counter}、ね下げした{cheap}円のものがその残り全部となっています。
      仕入れた数は{number}{counter}、仕入れねはどれも{cost}円でした。{shop}の利益はいくらでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``number`` at ``cost``; ``sold`` at ``price``, the rest at ``cheap``."""
        self.number = dice.pick(10, 5, 1) * dice((2, 12), (6, 40), (40, 400))
        self.cost = 10 * dice((3, 30), (5, 50), (8, 80))
        self.price = self.cost + 10 * dice.rng.randint(1, max(2, self.cost // 8))
        self.cheap = 10 * dice.rng.randint(max(1, self.cost // 20), self.price // 10 - 1)
        self.sold = dice.rng.randint(self.number // 2, self.number - 1)
        got = self.sold * self.price + (self.number - self.sold) * self.cheap
        return got > self.number * self.cost

    def solve(self, w: Words) -> Steps:
        yield f"仕入れにかかったお金は、{(paid := n(self.cost) * self.number):円}です。"
        yield f"はじめのねだんでの売り上げは、{(full := n(self.price) * self.sold):円}です。"
        yield f"残りは{(left := n(self.number) - self.sold):{w.counter}}で、その売り上げは{(rest := n(self.cheap) * left.result):円}です。"
        yield f"売り上げの合計は、{(got := full.result + rest.result):円}です。"
        yield f"利益を求めます。{(gain := got.result - paid.result):円}"
        return Answer.of(gain, "円")

    def search(self) -> Found:
        """Sell one after the other, and look at the till."""
        till = 0
        for number in range(self.number):
            till += (self.price if number < self.sold else self.cheap) - self.cost
        yield till


class Discount(Story, name="何%引き"):
    situations = _SHOPS
    wordings = """
    仕入れねが{cost}円で定価が{marked}円の{thing}を、定価の何%引きで売ると、仕入れねの{gain}%の利益になりますか。
    {shop}の{thing}には{marked}円の定価がついています。原価は{cost}円です。
      原価に対して{gain}%のもうけが残るようにわり引くとすると、わり引きは定価の何%にできるでしょうか。
    定価{marked}円の{thing}をセールで安く売りました。あとで計算すると、利益は原価{cost}円のちょうど{gain}%でした。
      セールのわり引きの割合を百分率で求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """Cost ``cost``, marked ``marked``, sold with ``gain`` per cent gain on the cost."""
        self.cost = dice.pick(100, 50, 20) * dice((4, 80), (8, 250), (20, 900))
        up = 5 * dice((4, 16), (4, 20), (4, 30))
        self.gain = 5 * dice((1, 8), (1, 12), (1, 20))
        marked = Fraction(self.cost * (100 + up), 100)
        sold = Fraction(self.cost * (100 + self.gain), 100)
        off = (1 - sold / marked) * 100
        whole = marked.denominator == sold.denominator == 1
        self.marked = int(marked)
        return whole and off > 0 and off.denominator == 1

    def solve(self, _w: Words) -> Steps:
        yield f"{self.gain}%の利益を得る売りねは、{(sold := n(self.cost) * (n(1) + n(_rate(self.gain)))):円}です。"
        yield f"定価から引く金額は、{(less := n(self.marked) - sold.result):円}です。"
        yield f"これが定価の何%かを求めます。{(percent := less.result / self.marked * 100):%}"
        return Answer((percent.value,), f"{percent.result}%")

    def search(self) -> Found:
        for percent in range(1, 100):
            if self.marked * (100 - percent) == self.cost * (100 + self.gain):
                yield percent


FAMILY = family("損益算", "soneki", Sale, Cost, Lot, Discount)
