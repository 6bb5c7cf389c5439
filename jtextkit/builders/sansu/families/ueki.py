"""植木算: things at equal distances; the trap is one more, one fewer, or as many as the gaps."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _walk(length: int, gap: int) -> list[int]:
    """The places that somebody who walks the whole length comes by at every ``gap`` metres."""
    return [place for place in range(length + 1) if place % gap == 0]


class PlantedRow(Story, name="両はしにある"):
    situations = """place thing counter masu plain te past
        まっすぐな道 桜の木 本 植えます 植える 植えて 植えた
        川の土手 柳の木 本 植えます 植える 植えて 植えた
        公園の通路 街灯 本 立てます 立てる 立てて 立てた
        校庭の南側の直線 旗 本 立てます 立てる 立てて 立てた
        駅前の遊歩道 ベンチ 台 置きます 置く 置いて 置いた"""
    wordings = """
    長さ{length}mの{place}の片側に、はしからはしまで{gap}mおきに{thing}を{masu}。
      両はしにも{plain}とき、{thing}は全部で何{counter}いりますか。
    {place}の一方のはしからもう一方のはしまでは{length}mあります。ここに{thing}を{gap}mの間かくで{te}いくことにしました。
      どちらのはしにも1{counter}ずつ{plain}とすると、用意する{thing}は何{counter}ですか。
    {thing}を{plain}計画があります。場所は{length}mの{place}で、となり合う{thing}の間は{gap}mにそろえ、
      最初と最後の{thing}はちょうど両はしに来るようにします。必要な{thing}の数を求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """Things at every ``gap`` metres along ``length`` metres."""
        self.gap = dice((2, 12), (3, 25), (4, 48))
        gaps = dice((6, 99), (12, 150), (40, 400))
        self.length = self.gap * gaps

    def solve(self, w: Words) -> Steps:
        yield f"{w.thing}と{w.thing}の間がいくつあるかを求めます。{(gaps := n(self.length) / self.gap):か所}"
        yield f"両はしにもあるので、{w.thing}の数は間の数より1だけ多くなります。{(things := gaps.result + 1):{w.counter}}"
        return Answer.of(things, w.counter)

    def search(self) -> Found:
        yield len(_walk(self.length, self.gap))


class BetweenEnds(PlantedRow, name="両はしにない"):
    situations = """left right thing counter masu plain te past
        図書館 体育館 木 本 植えます 植える 植えて 植えた
        鳥居 本殿 灯ろう 基 立てます 立てる 立てて 立てた
        正門 校舎 花の鉢 個 置きます 置く 置いて 置いた
        交番 郵便局 街路樹 本 植えます 植える 植えて 植えた"""
    wordings = """
    {length}mはなれた{left}と{right}の間に、{gap}mおきに{thing}を{masu}。{left}と{right}のところには{thing}はいりません。
      {thing}は何{counter}必要でしょうか。
    {left}から{right}まで歩くと{length}mあります。その道にそって、どの間も{gap}mになるように{thing}を{plain}ことになりました。
      ただし、道の両はしには建物があるので何も置けません。{thing}を何{counter}用意すればよいですか。
    となりとの間が{gap}mになるように{thing}を並べたところ、{left}から最初の{thing}までも、最後の{thing}から{right}までも、
      ちょうど{gap}mになりました。{left}と{right}の間の道のりが{length}mのとき、並べた{thing}は何{counter}ですか。"""

    def solve(self, w: Words) -> Steps:
        yield f"{w.left}と{w.right}の間を{self.gap}mずつに区切ると、区切りの間は{(gaps := n(self.length) / self.gap):か所}できます。"
        yield f"両はしには{w.thing}がないので、{w.thing}の数は間の数より1だけ少なくなります。{(things := gaps.result - 1):{w.counter}}"
        return Answer.of(things, w.counter)

    def search(self) -> Found:
        yield sum(0 < place < self.length for place in _walk(self.length, self.gap))


class PlantedRound(PlantedRow, name="まわりにある"):
    situations = """place thing counter masu plain te past
        池 くい 本 立てます 立てる 立てて 立てた
        円形の広場 いちょうの木 本 植えます 植える 植えて 植えた
        湖 案内板 枚 立てます 立てる 立てて 立てた
        グラウンドのトラック コーン 個 置きます 置く 置いて 置いた"""
    wordings = """
    まわりの長さが{length}mの{place}があります。そのまわりに{gap}mおきに{thing}を{plain}と、{thing}は何{counter}いりますか。
    {place}を1周すると{length}mです。1周にわたって{thing}を同じ間かくで{te}いきます。
      間かくを{gap}mとするとき、{thing}の数を答えなさい。
    たろうさんは{place}のまわりに{thing}を{te}回りました。{gap}m進むごとに1{counter}ずつ{plain}と、最後はちょうど出発点の
      1{counter}目のところにもどりました。まわりの長さは{length}mです。たろうさんが使った{thing}は何{counter}ですか。"""

    def solve(self, w: Words) -> Steps:
        yield f"まわりを{self.gap}mずつに区切ります。{(gaps := n(self.length) / self.gap):か所}"
        yield f"ひとまわりして元にもどるので、{w.thing}の数は間の数と同じです。よって、{gaps.result}{w.counter}です。"
        return Answer.of(gaps, w.counter)

    def search(self) -> Found:
        """Go round once and put one wherever none stands yet."""
        standing = {place % self.length for place in range(0, 2 * self.length, self.gap)}
        yield len(standing)


class Count(Story, name="間の長さを求める"):
    situations = """who thing counter place masu plain te past
        町内会の人たち もみじの木 本 通り 植えます 植える 植えて 植えた
        工事の人 電柱 本 線路ぞいの道 立てます 立てる 立てて 立てた
        係の児童 カラーコーン 個 校庭 置きます 置く 置いて 置いた"""
    wordings = """
    {who}が、{length}mの{place}のはしからはしまでに{things}{counter}の{thing}を等しい間かくで{past}そうです。
      両はしにも{thing}があります。間かくは何mですか。
    {thing}が1列に{things}{counter}並んでいます。1{counter}目から最後の1{counter}までの長さをはかると{length}mで、
      となりとの間はどこも同じでした。となりとの間は何mでしょうか。
    用意した{things}{counter}の{thing}を全部使い、{place}の{length}mの区間に、両はしをふくめて同じ間をあけて{plain}には、
      {thing}と{thing}の間を何mにすればよいですか。"""

    def draw(self, dice: Dice) -> None:
        """``things`` in a row from end to end of ``length`` metres."""
        self.things = dice((5, 40), (8, 90), (25, 200))
        gap = dice((2, 30), (3, 40), (6, 60))
        self.length = (self.things - 1) * gap

    def solve(self, w: Words) -> Steps:
        yield f"両はしに{w.thing}があるので、間の数は{w.thing}の数より1だけ少なくなります。{(gaps := n(self.things) - 1):か所}"
        yield f"全体の長さを間の数でわります。{(gap := n(self.length) / gaps.result):m}"
        return Answer.of(gap, "m")

    def search(self) -> Found:
        """Try every gap until the last thing stands at the far end."""
        for gap in range(1, self.length + 1):
            if 1 + self.length // gap == self.things and self.length % gap == 0:
                yield gap


class Cuts(Story, name="切り分ける"):
    situations = """who thing part one
        大工さん 丸太 丸太 1本
        工場の人 鉄の棒 棒 1本
        おじいさん 竹 竹 1本"""
    wordings = """
    {one}の{thing}を{pieces}本に切り分けます。1回切るのに{minutes}分かかり、1回切るごとに{rest}分ずつ休みます。
      切り始めてから切り終わるまでに何分かかりますか。ただし、最後に切ったあとは休みません。
    {who}が長い{thing}をのこぎりで切っています。どこも1か所切るのに{minutes}分かかり、次を切る前には必ず{rest}分休けいします。
      同じ長さの{part}を{pieces}本作り終えるのは、始めてから何分後ですか。
    {thing}を{who}が{pieces}等分することになりました。切る時間は1回につき{minutes}分です。
      切ったあとは{rest}分休んでから次にうつりますが、全部切れたらそこで仕事は終わりです。この仕事にかかる時間は何分ですか。"""

    def draw(self, dice: Dice) -> None:
        """A stick cut into ``pieces``; ``minutes`` a cut, ``rest`` minutes of rest between two."""
        self.pieces = dice((4, 18), (6, 30), (8, 45))
        self.minutes = dice((2, 12), (3, 18), (4, 24))
        self.rest = dice((1, 6), (1, 8), (2, 12))

    def solve(self, _w: Words) -> Steps:
        yield f"{self.pieces}本に分けるために切る回数は、本数より1だけ少なくなります。{(cuts := n(self.pieces) - 1):回}"
        yield f"休むのは切るときと切るときの間だけなので、休む回数はさらに1少なくなります。{(rests := cuts.result - 1):回}"
        yield f"切っている時間を求めます。{(work := n(self.minutes) * cuts.result):分}"
        yield f"休んでいる時間を求めます。{(pauses := n(self.rest) * rests.result):分}"
        yield f"合わせると、{(total := work.result + pauses.result):分}です。"
        return Answer.of(total, "分")

    def search(self) -> Found:
        """Work minute after minute until there are enough pieces."""
        clock, pieces = 0, 1
        while pieces < self.pieces:
            if pieces > 1:
                clock += self.rest
            clock += self.minutes
            pieces += 1
        yield clock


FAMILY = family("植木算", "ueki", PlantedRow, BetweenEnds, PlantedRound, Count, Cuts)
