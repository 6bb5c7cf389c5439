"""損益算: cost, marked price, discount, gain and loss."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, percent
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_SHOPS = "shop thing counter / かばん屋 かばん 個 / 家具店 いす きゃく / 時計店 うで時計 個 / 洋服店 シャツ 枚"


def _tenths(value: int) -> str:
    """Tenths in words of trade: 25 (per cent) is 2割5分."""
    tens, ones = divmod(value, 10)
    return f"{f'{tens}割' if tens else ''}{f'{ones}分' if ones else ''}"


def _cost(dice: Dice) -> int:
    return 100 * dice((8, 40), (8, 80))


class Sale(Story, name="利益と損失"):
    situations = _SHOPS
    facts = "cost 円 {thing}1{counter}の仕入れね"
    wordings = """
    {shop}が{thing}に仕入れねの{profit}の利益を見こんで定価をつけましたが、売れないので定価の{discount}引きで売りました。／{thing}1{counter}の{word}は何円ですか。
    {shop}では、{thing}に仕入れねの{up}%増しの定価をつけました。大売り出しの日に、定価から{off}%わり引いて売りました。／{thing}1{counter}についての{word}の金額を求めなさい。
    {cost}円で仕入れた{thing}に{profit}の利益を見こんで定価をつけましたが、売れないので定価の{discount}引きで売りました。／{word}は何円ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.cost = _cost(dice)
        self.up, self.off = 5 * dice((2, 10), (3, 12)), 5 * dice((2, 5), (2, 7))
        sold = Fraction(self.cost * (100 + self.up) * (100 - self.off), 10000)
        self.profit, self.discount = _tenths(self.up), _tenths(self.off)
        self.word = "利益" if sold > self.cost else "損失"
        return sold.denominator == 1 and sold != self.cost

    def solve(self, _w: Words) -> Steps:
        yield f"定価は仕入れねの{100 + self.up}%です。{(marked := n(self.cost) * (n(1) + percent(self.up))):円}"
        yield f"売りねは定価の{100 - self.off}%です。{(sold := marked.result * (n(1) - percent(self.off))):円}"
        gain = sold.value > self.cost
        yield f"{self.word}は、売りねと仕入れねの差です。{(change := sold.result - self.cost if gain else n(self.cost) - sold.result):円}"
        return Answer.of(change, "円")

    def search(self) -> Found:
        """In hundredths of a yen: mark the price up by per cent after per cent, then take them off."""
        price = self.cost * 10000
        marked = price + sum(price // 100 for _ in range(self.up))
        sold = marked - sum(marked // 100 for _ in range(self.off))
        yield Fraction(abs(sold - price), 10000)


class Cost(Story, name="仕入れねを求める", method="損益算 相当算"):
    situations = _SHOPS
    facts = "off~ 円 定価からわり引いた金額 / gain~ 円 {thing}1{counter}を売って得た利益"
    wordings = """
    {shop}では{thing}に仕入れねの{profit}の利益を見こんで定価をつけ、定価より安くして売りました。／{thing}1{counter}の仕入れねは何円ですか。
    {shop}の{thing}の定価は、原価の{up}%増しです。今日は定価から少しまけて売り、それでも利益がありました。原価を求めなさい。
    ある{thing}に仕入れねの{profit}の利益を見こんで定価をつけ、定価より{off}円安く売ったところ、{gain}円の利益がありました。仕入れねは何円ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.up = 5 * dice((3, 10), (3, 12))
        self.profit = _tenths(self.up)
        self.off = 10 * dice((3, 30), (5, 60))
        gain = Fraction(_cost(dice) * self.up, 100) - self.off
        self.gain = int(gain)
        return gain >= 20 and gain.denominator == 1

    def solve(self, _w: Words) -> Steps:
        yield f"わり引かなければ、利益は{(hoped := n(self.gain) + self.off):円}になるはずでした。"
        yield f"これは仕入れねの{self.up}%にあたります。仕入れねを求めます。{(cost := hoped.result / percent(self.up)):円}"
        return Answer.of(cost, "円")

    def search(self) -> Found:
        for cost in range(1, 20 * (self.gain + self.off) + 1):
            marked = cost * (100 + self.up)
            if marked - 100 * self.off - 100 * cost == 100 * self.gain:
                yield cost


class Discount(Story, name="何%引き"):
    situations = _SHOPS
    facts = "cost~ 円 {thing}1{counter}の仕入れね / marked~ 円 {thing}1{counter}の定価"
    wordings = """
    {shop}で、{thing}を定価よりわり引いて売り、仕入れねの{gain}%の利益を得ようと思います。／定価の何%引きで売ればよいですか。
    {shop}が{thing}をセールで安く売りました。あとで計算すると、利益は仕入れねのちょうど{gain}%でした。／セールのわり引きは定価の何%でしたか。
    仕入れねが{cost}円で定価が{marked}円の{thing}を、定価の何%引きで売ると、仕入れねの{gain}%の利益になりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.cost, self.gain = _cost(dice), 5 * dice((1, 6), (1, 8))
        self.marked = self.cost * (100 + 5 * dice((4, 12), (4, 16))) // 100
        off = 1 - Fraction(self.cost * (100 + self.gain), 100 * self.marked)
        return off > 0 and (off * 100).denominator == 1 and off < Fraction(1, 2)

    def solve(self, _w: Words) -> Steps:
        yield f"{self.gain}%の利益を得る売りねは、{(sold := n(self.cost) * (n(1) + percent(self.gain))):円}です。"
        yield f"定価から引く金額は、{(less := n(self.marked) - sold.result):円}です。"
        yield f"これが定価の何%かを求めます。{(rate := less.result / self.marked * 100):%}"
        return Answer.of(rate, "%")

    search = root(lambda self, off: self.marked * (100 - off) - (self.cost * (100 + self.gain)))


TOPIC = topic("損益算", "soneki", Sale, Cost, Discount)
