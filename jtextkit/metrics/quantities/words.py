"""Which kanji numerals are numbers, and which are parts of words: 三本 but 三角形, 一人 but 一般.

A numeral of Arabic digits is always a number. One written in kanji is taken for one

- if it is not one of the words below, found where the numeral stands; and
- if a unit or counter follows; or it has two characters or more; or else it stands free, with no
  kanji before it that is not on a short list and none behind it.

何百, 数十, 幾千 are no numbers, as nobody can say which.
"""

from __future__ import annotations

import re

_WORDS = """
一番 一緒 一般 一部 一方 一体 一定 一生 一見 一応 一度も 四万十 一丁前 二度手間 三振 三塁 二塁 一塁 一升瓶 三河 三河屋 五反田 一橋 三鷹 三越 三木 二条城 三条 四条 五条 七条 八条 九条葱 一切 一斉 一気 一致 一種 一層 一旦 一瞬 一概 一様 一律 一因
一環 一括 一貫 一挙 一郎 一家 一族 一同 一帯 一覧 一例 一連 一流 一転 一端 一向 一息 一筋 一重 一際 一昨 一助
一員 一躍 一途 一変 一新 一任 一礼 一読 一首 一喜一憂 一石二鳥 一期一会 一所懸命 一生懸命 一目 一口 一言 一時
一休み 一風 一味 一式 一理 一心 一身 一通り 一通 一思い 一安心 一苦労 一文無し 一面的 一義 一次 一元 一直線 一握り 一触
一昔 一人前 一人一人 一人ひとり 一つ一つ 一つひとつ 一歩一歩 一日中 一度に 一杯に 一晩中 一年中 一朝 一夜 一昼夜
二度と 二郎 二次 二等辺 二重 二酸化 二枚目 二進 二者 二世 二元 二宮 二条 二十四節気 二毛作 二股 二の足
三角 三郎 三次 三重 三日月 三味線 三平方 三脚 三原色 三者 三輪 三浦 三島 三田 三井 三菱 三宅 三権 三毛 三流 三唱
四角 四季 四国 四方 四捨五入 四則 四肢 四球 四面 四苦八苦 四月馬鹿 四辺形 四分位 四半 四郎 四天王 四重
五輪 五月雨 五感 五十音 五角 五郎 五目 五分五分 五線 五重 五穀 五月人形 五里霧中
六本木 六角 六法 六甲 六面体 六郎 七夕 七面鳥 七五三 七味 七福神 七転 七宝 七草
八百屋 八百長 八百八町 八百万の神 八王子 八幡 八方 八つ当たり 八角 八戸 八重 八景 八丁堀 九州 九九 九月九日 九十九里 九死
十分 十字 十二支 十二分 十進 十八番 十中八九 十干 十文字 十人十色 十和田 十勝 十郎
三位一体 百貨 百科 千分率 万分率 千分比 百姓 百合 百足 百獣 百済 百人一首 百分率 百分比 百葉箱 百花 百戦 百聞 百日紅 百薬 百万遍 百点満点
千葉 千代 千切 千羽鶴 千歳 千秋 千鳥 千変万化 千里眼 千手 千差万別 千尋 千本ノック 千夏 千春 千尋 千佳
万一 万能 万年筆 万歳 万全 万国 万葉 万事 万有 万引
零細 零下 零度以下 零戦 拾得 拾遺 参加 参考 参照 参る 参観 参列 参上 参入 陸上 陸地 陸軍 伍長 漆黒 漆器 漆喰
三つ編み 三つ葉 三つ子 四つ角 四つ葉 二つ返事 一つには 七つ道具 八つ橋 一から 一人歩き 一人暮らし 一人娘 一人息子 一人っ子
二人三脚 三人寄れ 一本気 一本道 一本化 一本調子 二言 二人称 三人称 一人称 一位的 二階堂 百年目の 千載 十日夜
一にも二にも 一か八か 一も二もなく 二つとない 三々五々 一辺倒 一回り 一役 一皮 一難 一線 一角 一派 一隅 一泡 一波 一行目
一代 一枚岩 一段と 一層の 一面に 一斉に 一言で 一段落 一服 一筆 一席 一策 一計 一考 一興 一句 一献 一杯食 一目散 一目瞭然
一石 一昨年 一昨日 一両日 一刻 一角獣 一眼 一命 一存 一抹 一縷 一翼 一掃 一蹴 一喝 一帯 一審 二審 三審 二乗 三乗 二乗して 四乗
二次方程式 一次関数 二次関数 三次元 二次元 四次元 二等分 三等分 四等分 五等分 六等分 十等分 一元 二元 二項 三項 多項
""".split()  # noqa: SIM905 - a list to be read
_EXCEPT = {
    "一時": ("間", "半", "ごろ", "頃", "過", "発", "着", "、", *"0123456789一二三四五十"),
    # The word is a quantity after all where one of these follows.
    "一番": ("目", "線", "地"), "十分": ("で着", "で行", "で歩", "で走", "で終", "で届", "で進", "間", "後", "前", "以", "か", "ほど", "くらい", "ぐらい", "の", "遅", "早", "経"),
    "一通": ("の手", "ず"), "一口": ("ず",), "一首": ("詠",), "一目": ("盛",), "一句": ("詠",), "一行": ("目",), "一部": ("ず",),
    "一人前": ("の値", "を作", "で", "は"), "二世": ("帯",),
    "一通り": ("し", "だけ", "で", "。"),
}  # fmt: skip

_BY_FIRST: dict[str, list[str]] = {}
for _word in dict.fromkeys(_WORDS):
    _BY_FIRST.setdefault(_word[0], []).append(_word)
_NUMERALS = "〇一二三四五六七八九十百千万億兆零"
_BEFORE = frozenset(
    "約計第各毎全合数答値差和積商金残他上下前後翌満年月日時分秒円個本人枚回倍割度歳第式正負正解案号"
)
"""Kanji after which a free numeral may stand: 合計三, 答五."""
_AFTER = frozenset("以未超強弱余位台目未個本人枚")
"""Kanji that may stand behind one: 三以上."""
_PREFIXES = ("万が", "日本", "世界", "天下", "今", "いま", "もう", "ここ")
"""What makes a word with 一 behind it: 万が一, 日本一, もう一度."""
_ENDS_IN_ONE = frozenset("統同均画専純逐不準健浩誠賢憲孝裕洋晃光真敬栄")
"""Kanji that end a word with 一, so that 統一人 is not one man."""
_FROM_ZERO = re.compile("(?:から|、|と|・)[一二三四五六七八九十]")
"""What tells a lone 〇 that is zero from one that is a blank."""
_NEVER_BEFORE = frozenset("数何幾統唯均随択単")


def _is_kanji(c: str) -> bool:
    return "一" <= c <= "鿿"


def word_end(s: str, start: int, end: int, *, joined: bool) -> int:
    """Where the word ends that the kanji numeral ``s[start:end]`` only begins; 0 if there is none."""
    if s.startswith("の位", end) and end - start <= 2:  # 十の位
        return end + 2
    for word in _BY_FIRST.get(s[start], ()):
        if not s.startswith(word, start) or _goes_on(word, end - start):
            continue
        after = _EXCEPT.get(word)
        if not joined and not (after and s.startswith(after, start + len(word))):
            return start + len(word)
    return end if s[start] == "一" and s[max(0, start - 2) : start].endswith(_PREFIXES) else 0


def is_number(s: str, start: int, end: int, *, unit: int, joined: bool) -> bool:
    """Whether the kanji numeral ``s[start:end]``, which begins no word, is a number.

    Args:
        s: folded text.
        start: where the numeral begins.
        end: where it ends.
        unit: characters of the unit or counter that follows; 0 for none.
        joined: another value, a sign, 約, 第 or the like ends where it begins.
    """
    before = s[start - 1 : start]
    if before in _NEVER_BEFORE and before:
        return False
    after = s[end : end + 1]
    if after in ("数", "々"):  # 十数人, 三々五々
        return False
    size = end - start
    if joined or size >= 2:
        return True
    if unit:
        # 統一人 is not one man: 一 after a kanji word needs a reason.
        return s[start] != "一" or unit > 1 or before not in _ENDS_IN_ONE
    if s[start] == "〇" and _FROM_ZERO.match(s, end):
        return True
    if s[start] in "〇陸漆伍捌玖肆拾参":
        return False
    if _is_kanji(after) and after not in _AFTER:
        return False
    return not _is_kanji(before) or before in _BEFORE


def _goes_on(word: str, size: int) -> bool:
    """Whether the numeral in the text is longer than the one the word begins with."""
    return size > len(word) - len(word.lstrip(_NUMERALS))
