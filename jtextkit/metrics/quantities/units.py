"""Units and counters: their spellings, what they measure and how they convert.

A :class:`Unit` has a symbol (one for all spellings), a dimension and a factor to that dimension's
base. Two units of one dimension convert exactly; counters (本, 個, 人, …) all have the dimension
``count`` and do not convert: 5本 and 5個 are the same number with another counter.

Dimensions: ``length`` (m), ``area`` (m²), ``volume`` (m³), ``mass`` (g), ``time`` (秒), ``months``,
``money:X`` for each currency X, ``angle``, ``temperature``, ``degree`` (度: any of the two),
``rate`` (%, 割, 倍: of one), ``data`` (バイト), ``energy``, ``count``, and ``A/B`` for speeds and
other rates (``length/time``). Not handled: old Japanese measures (尺, 貫), derived SI units, the
conversion of money, of months to days, and of temperatures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a counter.

    Attributes:
        symbol: the one spelling it is known by, such as ``cm²``, ``m/分``, ``本``.
        dimension: what it measures.
        factor: how many of the dimension's base units one of it is; 1 for counters.
    """

    symbol: str
    dimension: str
    factor: Fraction = Fraction(1)


UNITS: dict[str, Unit] = {}
"""Every spelling, folded, with its unit."""


def _add(symbol: str, dimension: str, factor: Fraction | int | str, *spellings: str) -> None:
    unit = Unit(symbol, dimension, Fraction(factor))
    for spelling in (symbol, *spellings):
        UNITS[spelling] = unit


_MEASURES = {
    "area": (("a", "100", "アール"), ("ha", "10000", "ヘクタール", "㌶")),
    "area:坪": (("坪", "1"),),
    "volume": (
        ("kL", "1", "kl", "キロリットル", "㎘"), ("L", "1/1000", "l", "ℓ", "リットル", "㍑", "リッター"),
        ("dL", "1/10000", "dl", "dℓ", "デシリットル", "㎗"), ("mL", "1/1000000", "ml", "mℓ", "ミリリットル", "㎖"),
        ("cL", "1/100000", "cl", "センチリットル"), ("ガロン", "0.003785411784"),
    ),
    "mass": (
        ("t", "1000000", "トン", "㌧"), ("kg", "1000", "㎏", "キログラム", "Kg", "KG"),
        ("g", "1", "グラム", "㌘"), ("mg", "1/1000", "㎎", "ミリグラム"),
        ("ポンド", "453.59237"), ("オンス", "28.349523125"),
    ),
    "time": (
        ("秒", "1", "秒間", "s", "sec", "second", "seconds"),
        ("分", "60", "分間", "min", "ふん", "minute", "minutes"),
        ("時間", "3600", "h", "hr", "hour", "hours"), ("日", "86400", "日間", "day", "days"),
        ("週間", "604800", "週", "week", "weeks"),
    ),
    "months": (
        ("か月", "1", "ヶ月", "カ月", "箇月", "か月間", "ヶ月間", "カ月間", "個月"), ("年", "12", "年間", "か年", "ヶ年"),
    ),
    "clock": (("時", "60"),), "month": (("月", "1"),), "degree": (("度", "1"),),
    "money:ドル": (("セント", "1/100"), ("ペニー", "1/100")),
    "angle": (("°", "1", "^\\circ", "^{\\circ}", "\\degree"),),
    "temperature": (("℃", "1", "°C", "度C"),), "temperature:℉": (("℉", "1", "°F"),),
    "rate": (
        ("%", "1/100", "\\%", "パーセント", "パー", "ﾊﾟｰｾﾝﾄ", "㌫", "percent", "per cent", "vol%", "wt%", "pct"),
        ("‰", "1/1000", "パーミル"), ("割", "1/10"), ("厘", "1/1000"), ("倍", "1"),
        ("掛け", "1/10", "がけ"),  # 7掛け, of a price
    ),
    "data": (
        ("バイト", "1"), ("KB", "1000", "kB", "キロバイト"), ("MB", "1000000", "メガバイト"),
        ("GB", "1000000000", "ギガバイト", "ギガ"), ("TB", "1000000000000", "テラバイト", "テラ"),
    ),
    "energy": (("kcal", "1", "キロカロリー"), ("cal", "1/1000", "カロリー")),
    "kilo": (("キロ", "1"),), "milli": (("ミリ", "1"),),
}  # fmt: skip
"""By dimension: symbol, factor, other spellings."""


def _measures() -> None:
    lengths = (
        ("km", "1000", "㎞", "キロメートル", "キロメーター"),
        ("m", "1", "メートル", "メーター", "㍍"),
        ("cm", "1/100", "㎝", "センチメートル", "センチ", "㌢"),
        ("mm", "1/1000", "㎜", "ミリメートル", "㍉"),
        ("μm", "1/1000000", "µm", "マイクロメートル"),
        ("nm", "1/1000000000", "ナノメートル"),
        ("インチ", "0.0254"), ("フィート", "0.3048", "フット"), ("ヤード", "0.9144"),
        ("マイル", "1609.344"), ("海里", "1852"),
    )  # fmt: skip
    for symbol, factor, *spellings in lengths:
        _add(symbol, "length", factor, *spellings)
        squared = [f"平方{word}" for word in (symbol, *spellings)]
        cubed = [f"立方{word}" for word in (symbol, *spellings)]
        squared += [f"{word}²" for word in spellings]
        cubed += [f"{word}³" for word in spellings]
        latin = symbol.isascii() or symbol == "μm"
        if latin:
            squared += [f"{symbol}^2", f"{symbol}^{{2}}", f"{symbol}2"]
            cubed += [f"{symbol}^3", f"{symbol}^{{3}}", f"{symbol}3"]
        squared += {"km": ["㎢"], "m": ["㎡", "平米"], "cm": ["㎠"], "mm": ["㎟"]}.get(symbol, [])
        cubed += {"km": ["㎦"], "m": ["㎥", "立米"], "mm": ["㎣"]}.get(symbol, [])
        cubed += ["㎤", "cc", "cc."] if symbol == "cm" else []
        _add(f"{symbol}²", "area", Fraction(factor) ** 2, *squared)
        _add(f"{symbol}³", "volume", Fraction(factor) ** 3, *cubed)
    for dimension, rows in _MEASURES.items():
        for symbol, factor, *spellings in rows:
            _add(symbol, dimension, factor, *spellings)
    for symbol, *spellings in (
        ("円", "圓", "えん", "JPY", "yen"), ("ユーロ", "EUR", "€"), ("元",), ("ウォン",),
        ("ルピー",), ("フラン",), ("ペソ",), ("銭",), ("ポイント", "pt"), ("ドル", "米ドル", "USD", "弗"),
    ):  # fmt: skip
        _add(symbol, f"money:{symbol}", 1, *spellings)
    for symbol, *spellings in (
        ("W", "ワット"), ("kW", "キロワット"), ("V", "ボルト"), ("A", "アンペア"), ("Hz", "ヘルツ"),
        ("ヘクトパスカル", "hPa"), ("dB", "デシベル"), ("J", "ジュール"), ("N", "ニュートン"),
    ):  # fmt: skip
        _add(symbol, f"other:{symbol}", 1, *spellings)


COUNTERS = frozenset(
    """
    本 個 人 枚 匹 冊 歳 才 通り とおり 回 台 頭 羽 杯 皿 脚 着 足 切れ 束 箱 袋 缶 瓶 点 番
    番目 位 等 等賞 階 号 組 班 件 社 店 校 軒 棟 戸 室 部屋 席 名 名様 人前 曲 語 字 文字 文 行
    列 段 ページ 頁 題 問 歩 周 往復 票 球 打 試合 勝 敗 種類 種 色 世代 代 桁 けた ペア セット
    ケース パック カップ 粒 滴 玉 房 株 輪 巻 面 辺 角形 角 頂点 か所 箇所 カ所 ヶ所 か国 ヶ国
    カ国 ヶ国語 か国語 両 編成 便 隻 艘 機 基 体 発 丁 丁目 膳 客 張 畳 斤 片 枝 層 画 句 首 幕
    章 節 項 項目 条 口 揃い そろい 通 つ こ ひき ほん まい にん さつ 人目 度目 家族 世帯 クラス
    グループ チーム 目盛り 目もり 倍数 学年 年生 年度 世紀 区画 品 品目 単位 隊 団 党 派 門 門下
    鉢 樽 壺 本立て 部 戦 局 連 連勝 投 票差 拍 小節 楽章 夜 泊 晩 食 皿分 口分 周期 周目 駅
    か条 ヶ条 か月目 対 膳分 校時 時限 限 限目 限り 路線 区 市 町 村 県 国 都市 島 山 川 寸 尺
    合 升 里 貫 斗 毛 両目 車線 車両 号車 号室 番地 番線 合目 回転 回目 段階 段目 列目 行目 日目
    年目 週目 枚目 個目 本目 匹目 冊目 台目 つ目 才児 歳児 人組 人家族 人乗り 人掛け 人分 名分
    個分 枚分 杯分 日分 食分 本分 回分 倍分 袋分 か国分
    """.split()  # noqa: SIM905 - a list to be read
)
"""Words that count things. Unknown katakana words after a number are counters too."""
_WEAK = frozenset(
    """
    毛 限 代 連 国 市 町 村 県 山 川 島 派 党 団 門 品 夜 晩 種 角 面
    """.split()  # noqa: SIM905 - a list to be read
)
"""Counters that make ordinary words with a kanji digit (三角, 四国, 一面): not after a lone one."""


def _counters() -> None:
    for word in COUNTERS:
        UNITS.setdefault(word, Unit(word, "count"))
    for short, word in {
        "才": "歳", "とおり": "通り", "頁": "ページ", "ヶ所": "か所", "カ所": "か所", "箇所": "か所",
        "ヶ国": "か国", "カ国": "か国", "けた": "桁", "名": "名", "こ": "個", "ひき": "匹",
        "ほん": "本", "ぽん": "本", "ぼん": "本", "ぴき": "匹", "びき": "匹", "さい": "歳", "かい": "回", "まい": "枚", "にん": "人", "さつ": "冊", "そろい": "揃い",
    }.items():  # fmt: skip
        UNITS[short] = Unit(word, "count")
    for word in ("人", "名", "個", "枚", "杯", "食", "本", "回", "袋", "皿", "口", "膳", "か国"):
        UNITS[f"{word}分"] = Unit(word, "count")  # 3人分 is as many as 3人
    UNITS["日分"] = UNITS["日"]
    for kana, spelling in {
        "えん": "円", "ふん": "分", "ぷん": "分", "びょう": "秒", "じかん": "時間", "にち": "日", "ど": "度",
    }.items():  # fmt: skip
        UNITS[kana] = UNITS[spelling]


_measures()
_counters()


_LENGTHS: dict[str, list[int]] = {}
for _size, _first in sorted({(len(spelling), spelling[0]) for spelling in UNITS}, reverse=True):
    _LENGTHS.setdefault(_first, []).append(_size)
UNIT_STARTS = (
    frozenset(_LENGTHS) | frozenset(" \u3000\\~") | frozenset(map(chr, range(0x30A1, 0x30FB)))
)
"""What a unit can begin with, katakana and what parts it from its number included."""
_LATIN = re.compile(r"[A-Za-zμµ]")
_WRAPPED = re.compile(
    r"(?:\\[,;: !]|~|\{\}| )*\\(?:text|mathrm|textrm|rm|mbox|operatorname)\s?\{ ?(?:\\[,;: ])?"
    r"([^{}\\$]{1,20}?) ?\}(?:\^(?:\{([23])\}|([23])))?"
)
_GAP = re.compile(r"(?: |\u3000|\\[,;: !]|~)?")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,12}")
_NOT_COUNTERS = ("プラス", "マイナス", "カケル", "タス", "ヒク", "ワル", "イコール", "メモ")
_DENIED = {
    # Where one of these follows, the character is not the unit that it looks like.
    "分": ("の一", "の二", "の三", "し", "さ", "離", "類", "解", "析", "割", "布", "担", "数", "子", "母"),
    "日": ("本",), "円": ("形", "周", "柱", "すい", "盤", "グラフ", "錐"), "角": ("形", "度"),
    "度": ("数",), "回": ("答", "収", "復"), "体": ("積", "重", "育", "験", "温"), "人": ("間", "口", "物"),
    "本": ("当", "日", "書", "人"), "個": ("人", "性"), "面": ("積", "白"), "時": ("速", "代"),
    "掛け": ("る", "算", "て", "た", "合", "ま"), "点": ("数", "検", "P", "Q", "A", "B"), "割": ("り算", "る", "れ", "り切", "りき", "り当", "っ", "合"),
    "倍": ("数",), "歩": ("合",), "色": ("紙",), "品": ("物",), "位": ("置",), "等": ("分", "辺", "し", "号", "式", "価", "間", "速", "差"), "号": ("令",),
    "枚": ("方",), "年": ("齢",), "組": ("み", "合"), "通": ("学", "過", "う", "っ", "じ"),
    "束": ("ね",), "着": ("い", "く", "き", "け"), "足": ("す", "し", "さ", "せ", "り"), "打": ("っ", "つ", "ち"),
    "切れ": ("る", "な", "ま"), "勝": ("っ", "ち", "つ"), "敗": ("れ",),
    "口": ("座",), "こ": ("と", "の", "れ", "こ", "ち", "え"), "行": ("く", "き", "っ", "う", "わ", "い"),
    "画": ("面", "用"), "合": ("う", "わ", "計", "っ", "い", "同"), "つ": ("ま", "い", "な", "か", "く"),
    "部": ("分", "屋"), "食": ("べ",), "連": ("続",), "投": ("げ",), "張": ("り", "っ"),
    "文": ("章", "化"), "元": ("の", "に", "が", "気", "々"), "段": ("落",), "秒": ("速",), "銭": ("湯",), "条": ("件",), "語": ("る", "っ"), "片": ("方", "道"),
    "国": ("語",), "席": ("順",), "問": ("題", "い", "う", *"0123456789"), "代": ("金", "わ", "表"),
    "周": ("り", "囲"), "種": ("目",), "両": ("方", "親", "側"), "発": ("見", "車", "表"),
    "基": ("本", "準"), "機": ("械", "会"), "番": ("号",), "玉": ("ねぎ",), "客": ("席",),
    "限": ("ら", "る", "定", "界"), "区": ("別", "間"), "列": ("車",),
    "首": ("都", "相"), "泊": ("ま",), "夜": ("中",), "里": ("芋",),
    "とおり": ("に",), "ど": ("こ", "う", "の", "れ", "ん", "ち"), "かい": ("て", "た"), "さい": ("ご",),
    "えん": ("ぴ",),
}  # fmt: skip


def read_unit(s: str, i: int, *, lone: bool = False, gap: bool = True) -> tuple[Unit, int] | None:
    """The unit that begins at ``i`` of folded text, and the position behind it.

    Args:
        s: folded text.
        i: where the number ended.
        lone: the number is one kanji digit, which makes many words: 三角, 四国, 一面.
        gap: whether a blank may stand between.
    """
    if s[i : i + 1] not in UNIT_STARTS:
        return None
    if gap and s[i] in " \u3000\\~":
        if match := _WRAPPED.match(s, i):
            power = match[2] or match[3]
            found = _spelled(match[1] + (f"^{power}" if power else ""), 0, lone=False)
            return None if found is None else (found[0], match.end())
        behind = _GAP.match(s, i)
        start = behind.end() if behind else i
        found = _spelled(s, start, lone=lone)
        # A blank divides: behind it only what can be nothing else counts.
        unsure = found is not None and s[start] in "とかこつ" and found[1] - start == 1
        return None if unsure and start > i else found
    return _spelled(s, i, lone=lone)


def _spelled(s: str, i: int, *, lone: bool) -> tuple[Unit, int] | None:
    c = s[i : i + 1]
    for size in _LENGTHS.get(c, ()):
        word = s[i : i + size]
        unit = UNITS.get(word)
        if unit is None:
            continue
        end = i + len(word)
        follow = s[end : end + 1]
        last = word[-1]
        if _LATIN.match(last) and follow and follow.isascii() and follow.isalpha():
            continue
        if last in "23" and word[0].isascii() and "^" not in word and follow.isalnum():
            continue
        if size <= 2 and (denied := _DENIED.get(word)) and s.startswith(denied, end):
            continue
        if lone and word in _WEAK:
            return None
        if "ァ" <= c <= "ヺ" and ("ァ" <= follow <= "ヺ" or follow == "ー"):
            # A longer katakana word that only begins like this unit.
            whole = _KATAKANA.match(s, i)
            if whole is not None and whole.group() not in UNITS:
                return Unit(whole.group(), "count"), whole.end()
            continue
        return _with_denominator(s, unit, end)
    match = _KATAKANA.match(s, i) if "ァ" <= c <= "ヺ" else None
    if match is None or match.group() in _NOT_COUNTERS:
        return None
    return Unit(match.group(), "count"), match.end()


_TIMES = {"分": "分", "秒": "秒", "時間": "時間", "時": "時間", "h": "時間", "s": "秒", "min": "分",
          "日": "日", "sec": "秒", "hour": "時間", "週": "週間", "年": "年", "月": "か月"}  # fmt: skip
_PER = re.compile(r"(?: ?/ ?|毎)(時間|時|分|秒|日|週|年|月|hour|h|min|sec|s)(?![A-Za-z間0-9])")
_SHARED_OUT = frozenset(("kg", "g", "m", "L", "cm³", "km"))
"""Measures, besides time and counters, that a rate may be of."""


def _with_denominator(s: str, unit: Unit, end: int) -> tuple[Unit, int]:
    if s[end : end + 1] not in ("/", " ", "毎"):
        return unit, end
    if match := _PER.match(s, end):
        return per(unit, UNITS[_TIMES[match[1]]]), match.end()
    if s[end] == "/" and (other := _spelled(s, end + 1, lone=False)):
        base, behind = other
        whole = base.dimension == "count" or base.symbol in _SHARED_OUT
        if whole and s[behind : behind + 1] not in ("²", "³", "^"):
            return per(unit, base), behind
    return unit, end


def per(unit: Unit, base: Unit) -> Unit:
    """The unit of a rate: m per 分 is m/分, with a factor, so that 80m/分 equals 4.8km/時間."""
    if unit.symbol == "キロ":  # 時速60キロ
        unit = UNITS["km"]
    return Unit(
        f"{unit.symbol}/{base.symbol}",
        f"{unit.dimension}/{base.dimension}",
        unit.factor / base.factor,
    )
