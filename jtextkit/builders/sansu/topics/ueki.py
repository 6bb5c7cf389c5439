"""植木算: things at equal distances; the trap is one more, one fewer, or as many as the gaps."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic


def _walk(length: int, gap: int) -> list[int]:
    """The places that somebody who walks the whole length comes by at every ``gap`` metres."""
    return [place for place in range(length + 1) if place % gap == 0]


_FACTS = "length m {place}の長さ / gap m {thing}と{thing}の間かく"


class PlantedRow(Story, name="両はしにある"):
    situations = "place thing counter plain te / まっすぐな道 桜の木 本 植える 植えて / 川の土手 柳の木 本 植える 植えて / 公園の通路 街灯 本 立てる 立てて / 校庭の南側の直線 旗 本 立てる 立てて / 駅前の遊歩道 植木ばち 個 置く 置いて"
    goods = "{thing} 800-3000"
    facts = _FACTS
    wordings = """
    {place}の片側に、はしからはしまで同じ間かくで{thing}を{plain}ことになりました。両はしにも{plain}とき、{thing}は全部で何{counter}いりますか。
    {place}のはしからはしまで、等しい間かくで{thing}を{te}いきます。どちらのはしにも1{counter}ずつ{plain}とすると、{thing}は何{counter}必要ですか。
    長さ{length}mの{place}の片側に、はしからはしまで{gap}mおきに{thing}を{plain}ことになりました。両はしにも{plain}とき、{thing}は全部で何{counter}いりますか。
    {thing}を{plain}計画があります。場所は{length}mの{place}で、最初と最後の{thing}はちょうど両はしに来るようにします。必要な{thing}の数を求めなさい。"""
    asides = "{thing}1{counter}の高さは{2-5}mです / {place}のはばは{3-9}mです"

    def draw(self, dice: Dice) -> None:
        self.gap = dice((2, 12), (3, 20))
        self.length = self.gap * dice((6, 40), (12, 60))

    def solve(self, w: Words) -> Steps:
        yield f"{w.thing}と{w.thing}の間がいくつあるかを求めます。{(gaps := n(self.length) / self.gap):か所}"
        yield f"両はしにもあるので、{w.thing}の数は間の数より1だけ多くなります。{(things := gaps.result + 1):{w.counter}}"
        return Answer.of(things, w.counter)

    search = found(lambda self: len(_walk(self.length, self.gap)))


class BetweenEnds(PlantedRow, name="両はしにない"):
    situations = "left right thing counter plain / 図書館 体育館 木 本 植える / 鳥居 本殿 灯ろう 基 立てる / 正門 校舎 花の鉢 個 置く / 交番 郵便局 街路樹 本 植える"
    facts = "length m {left}と{right}の間の道のり / gap m {thing}と{thing}の間かく"
    wordings = """
    {left}と{right}の間に、同じ間かくで{thing}を{plain}ことになりました。{left}と{right}のところには{thing}はいりません。{thing}は何{counter}必要ですか。
    {left}から{right}までのまっすぐな道にそって、{thing}を等しい間かくで{plain}予定です。{left}の前と{right}の前には{plain}ことができません。用意する{thing}は何{counter}ですか。
    {length}mはなれた{left}と{right}の間に、{gap}mおきに{thing}を{plain}ことになりました。{left}と{right}のところには{thing}はいりません。{thing}は何{counter}必要ですか。"""
    asides = "{thing}は1{counter}の重さが{4-9}kgです"

    def solve(self, w: Words) -> Steps:
        yield f"{w.left}と{w.right}の間を{self.gap}mずつに区切ると、区切りの間は{(gaps := n(self.length) / self.gap):か所}できます。"
        yield f"両はしには{w.thing}がないので、{w.thing}の数は間の数より1だけ少なくなります。{(things := gaps.result - 1):{w.counter}}"
        return Answer.of(things, w.counter)

    search = found(
        lambda self: sum(0 < place < self.length for place in _walk(self.length, self.gap))
    )


class PlantedRound(PlantedRow, name="まわりにある"):
    situations = "place thing counter plain te / 池 くい 本 立てる 立てて / 円形の広場 いちょうの木 本 植える 植えて / 湖 案内板 枚 立てる 立てて / グラウンド コーン 個 置く 置いて"
    goods = ""
    facts = "length m {place}のまわりの長さ / gap m {thing}と{thing}の間かく / price 円 {thing}1{counter}のねだん"
    wordings = """
    {place}のまわりに、1周にわたって同じ間かくで{thing}を{plain}ことになりました。{thing}の代金は全部で何円ですか。
    {place}のまわりに、等しい間かくで{thing}を{te}いき、ちょうど1周しました。{thing}を買うのにかかった金額を求めなさい。
    まわりの長さが{length}mの{place}があります。そのまわりに{gap}mおきに{thing}を{plain}ことにしました。{thing}の代金は全部で何円かかりますか。"""
    asides = "{place}のまわりには、ベンチが{3-9}台あります"

    def draw(self, dice: Dice) -> None:
        super().draw(dice)
        self.price = 50 * dice((6, 24), (6, 60))

    def solve(self, w: Words) -> Steps:
        yield f"まわりを{self.gap}mずつに区切ります。{(gaps := n(self.length) / self.gap):か所}"
        yield f"ひとまわりして元にもどるので、{w.thing}の数は間の数と同じ{gaps.result}{w.counter}です。"
        yield f"代金を求めます。{(money := n(self.price) * gaps.result):円}"
        return Answer.of(money, "円")

    def search(self) -> Found:
        """Go round once and put one wherever none stands yet."""
        standing = {place % self.length for place in range(0, 2 * self.length, self.gap)}
        yield self.price * len(standing)


class Cuts(Story, name="切り分ける"):
    situations = "who thing part / 大工さん 丸太 丸太 / 工場の人 鉄の棒 棒 / おじいさん 竹 竹"
    facts = "pieces 本 切り分けてできる{part}の本数 / minutes~ 分 1回切るのにかかる時間 / rest~ 分 1回の休けいの時間"
    wordings = """
    {who}が1本の{thing}を、何本かの{part}に切り分けます。1回切ったら次を切る前に必ず休けいしますが、最後に切ったあとは休みません。切り始めてから切り終わるまでに何分かかりますか。
    1本の{thing}を同じ長さの{part}に切り分けます。切るときと切るときの間には休けいを入れます。全部切り終わるまでにかかる時間は何分ですか。
    1本の{thing}を{pieces}本に切り分けます。1回切るのに{minutes}分かかり、1回切るごとに{rest}分ずつ休みます。最後に切ったあとは休みません。切り始めてから切り終わるまでに何分かかりますか。"""

    def draw(self, dice: Dice) -> None:
        self.pieces = dice((4, 12), (6, 20))
        self.minutes = dice((2, 9), (3, 15))
        self.rest = dice((1, 5), (1, 8))

    def solve(self, _w: Words) -> Steps:
        yield f"{self.pieces}本に分けるために切る回数は、本数より1だけ少なくなります。{(cuts := n(self.pieces) - 1):回}"
        yield f"休むのは切るときと切るときの間だけなので、休む回数はさらに1少なくなります。{(rests := cuts.result - 1):回}"
        yield f"切っている時間は{(work := n(self.minutes) * cuts.result):分}、休んでいる時間は{(pauses := n(self.rest) * rests.result):分}です。"
        yield f"合わせると、{(total := work.result + pauses.result):分}です。"
        return Answer.of(total, "分")

    def search(self) -> Found:
        """Work minute after minute until there are enough pieces."""
        clock, pieces = 0, 1
        while pieces < self.pieces:
            clock += self.minutes + (self.rest if pieces > 1 else 0)
            pieces += 1
        yield clock


TOPIC = topic("植木算", "ueki", PlantedRow, BetweenEnds, PlantedRound, Cuts)
