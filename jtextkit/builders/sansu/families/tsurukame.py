"""つるかめ算: two kinds of things, how many there are and what they come to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


@dataclass(frozen=True, slots=True)
class Mixed:
    """``count`` things, some worth ``low`` and some worth ``high`` each, ``total`` in all."""

    low: int
    high: int
    count: int
    total: int


def _search(facts: Mixed) -> Iterator[tuple[int, int]]:
    """Try every division of the count."""
    for low in range(1, facts.count):
        high = facts.count - low
        if low * facts.low + high * facts.high == facts.total:
            yield low, high


def _assume_low(facts: Mixed, words: Words) -> Solution:
    """All are taken for the lesser kind; each exchange adds the difference."""
    low, high, counter, unit = words["low"], words["high"], words["counter"], words["unit"]
    assumed = n(facts.low) * n(facts.count)
    short = n(facts.total) - assumed.result
    step = n(facts.high) - n(facts.low)
    highs = short.result / step.result
    lows = n(facts.count) - highs.result
    return Solution(
        (
            f"{facts.count}{counter}が全部{low}だと考えます。{assumed.equation(unit)}",
            f"実際との差を求めます。{short.equation(unit)}",
            f"{low}を{high}に1{counter}とりかえるごとに、{step.equation(unit)}ずつ増えます。",
            f"とりかえる数が{high}の数です。{highs.equation(counter)}",
            f"残りが{low}です。{lows.equation(counter)}",
        ),
        Answer.parts(*[(low, lows.value, counter), (high, highs.value, counter)]),
        ("つるかめ算",),
    )


# Legs

_ANIMALS: tuple[Words, ...] = (
    {"low": "つる", "high": "かめ", "counter": "ひき", "unit": "本"},
    {"low": "にわとり", "high": "うさぎ", "counter": "ひき", "unit": "本"},
    {"low": "あひる", "high": "やぎ", "counter": "ひき", "unit": "本"},
    {"low": "すずめ", "high": "ねこ", "counter": "ひき", "unit": "本"},
)


def _draw_legs(dice: random.Random, grade: int) -> Mixed | None:
    low, high = (dice.randint(*((3, 60), (10, 120), (30, 300))[grade]) for _ in range(2))
    return Mixed(2, 4, low + high, 2 * low + 4 * high)


_LEGS = Kind(
    "足の数",
    _draw_legs,
    _ANIMALS,
    (
        lambda f, w: (
            f"{w['low']}と{w['high']}が合わせて{f.count}ひきいます。足の数を数えると、全部で{f.total}本でした。"
            f"{w['low']}と{w['high']}はそれぞれ何びきいますか。"
        ),
        lambda f, w: (
            f"ある牧場の小屋をのぞくと、{w['low']}と{w['high']}の頭が{f.count}個、足が{f.total}本見えました。"
            f"小屋の中の{w['low']}の数と{w['high']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"けんたさんは{w['low']}と{w['high']}の世話をしています。{w['low']}の足は2本、{w['high']}の足は4本で、"
            f"足の合計は{f.total}本です。世話をしている生き物は{f.count}ひきだそうです。どちらを何びきずつ"
            "世話しているでしょうか。"
        ),
    ),
    _assume_low,
    _search,
)

# Prices

_GOODS: tuple[Words, ...] = (
    {"low": "えん筆", "high": "ボールペン", "counter": "本", "unit": "円", "shop": "文ぼう具店"},
    {"low": "みかん", "high": "りんご", "counter": "個", "unit": "円", "shop": "くだもの屋さん"},
    {"low": "クッキー", "high": "ドーナツ", "counter": "個", "unit": "円", "shop": "おかし屋さん"},
    {"low": "絵はがき", "high": "切手シート", "counter": "枚", "unit": "円", "shop": "ゆうびん局"},
)


def _draw_prices(dice: random.Random, grade: int) -> Mixed | None:
    step = (10, 10, 5)[grade]
    low = step * dice.randint(*((3, 9), (4, 16), (9, 50))[grade])
    high = low + step * dice.randint(*((1, 8), (2, 15), (3, 40))[grade])
    lows, highs = (dice.randint(*((2, 9), (4, 20), (8, 45))[grade]) for _ in range(2))
    return Mixed(low, high, lows + highs, lows * low + highs * high)


_PRICES = Kind(
    "代金",
    _draw_prices,
    _GOODS,
    (
        lambda f, w: (
            f"1{w['counter']}{f.low}円の{w['low']}と1{w['counter']}{f.high}円の{w['high']}を合わせて{f.count}"
            f"{w['counter']}買ったところ、代金は{f.total}円でした。それぞれ何{w['counter']}買いましたか。"
        ),
        lambda f, w: (
            f"{w['shop']}で{f.total}円をちょうど使い切って買い物をしました。買ったのは{w['low']}と{w['high']}だけで、"
            f"数は合計{f.count}{w['counter']}です。{w['low']}は1{w['counter']}{f.low}円、{w['high']}は1"
            f"{w['counter']}{f.high}円です。{w['low']}と{w['high']}をそれぞれ何{w['counter']}買ったでしょうか。"
        ),
        lambda f, w: (
            f"{w['high']}のねだんは{f.high}円、{w['low']}のねだんは{f.low}円です。ゆみさんは2種類をまぜて"
            f"{f.count}{w['counter']}のつめ合わせを作ってもらい、{f.total}円はらいました。箱の代金はかかりません。"
            f"つめ合わせに入っている{w['low']}と{w['high']}の数を、それぞれ答えなさい。"
        ),
        lambda f, w: (
            f"子ども会のために{w['low']}と{w['high']}を{f.count}{w['counter']}用意します。{w['low']}ばかりなら1"
            f"{w['counter']}{f.low}円、{w['high']}なら1{w['counter']}{f.high}円かかります。予算の{f.total}円をぴったり"
            f"使うには、{w['low']}と{w['high']}を何{w['counter']}ずつにすればよいですか。"
        ),
    ),
    _assume_low,
    _search,
)

# Points won and lost: the difference is the sum


@dataclass(frozen=True, slots=True)
class Game:
    """``rounds``, each winning ``win`` points or losing ``lose``, from ``start`` to ``end``."""

    rounds: int
    win: int
    lose: int
    start: int
    end: int


def _draw_game(dice: random.Random, grade: int) -> Game | None:
    win = dice.randint(*((2, 6), (3, 10), (4, 15))[grade])
    lose = dice.randint(*((1, 4), (1, 7), (2, 12))[grade])
    wins, losses = (dice.randint(*((3, 12), (5, 25), (10, 60))[grade]) for _ in range(2))
    start = 10 * dice.randint(*((2, 10), (5, 20), (30, 90))[grade])
    end = start + win * wins - lose * losses
    return (
        Game(wins + losses, win, lose, start, end) if end > 0 and start >= lose * losses else None
    )


_GAMES: tuple[Words, ...] = (
    {
        "who": "あきら",
        "game": "じゃんけんゲーム",
        "good": "勝つ",
        "won": "勝った",
        "bad": "負ける",
        "unit": "点",
    },
    {
        "who": "さくら",
        "game": "クイズ大会",
        "good": "正解する",
        "won": "正解した",
        "bad": "まちがえる",
        "unit": "点",
    },
    {
        "who": "りく",
        "game": "的当て",
        "good": "当たる",
        "won": "当たった",
        "bad": "はずれる",
        "unit": "点",
    },
)


def _solve_game(facts: Game, words: Words) -> Solution:
    best = n(facts.start) + n(facts.win) * n(facts.rounds)
    gap = best.result - n(facts.end)
    step = n(facts.win) + n(facts.lose)
    losses = gap.result / step.result
    wins = n(facts.rounds) - losses.result
    return Solution(
        (
            f"{facts.rounds}回とも{words['good']}と考えると、{best.equation('点')}になります。",
            f"実際との差は、{gap.equation('点')}です。",
            f"1回{words['bad']}と、{words['good']}ときとくらべて{step.equation('点')}少なくなります。",
            f"{words['bad']}回数は、{losses.equation('回')}です。",
            f"{words['good']}回数を求めます。{wins.equation('回')}",
        ),
        Answer.of(wins.value, "回"),
        ("つるかめ算",),
    )


def _search_game(facts: Game) -> Iterator[tuple[int]]:
    for wins in range(facts.rounds + 1):
        points = facts.start
        for turn in range(facts.rounds):
            points += facts.win if turn < wins else -facts.lose
        if points == facts.end:
            yield (wins,)


_POINTS = Kind(
    "得点と失点",
    _draw_game,
    _GAMES,
    (
        lambda f, w: (
            f"{w['who']}さんは{f.start}点を持って{w['game']}を始めました。{w['good']}と{f.win}点もらえ、{w['bad']}と"
            f"{f.lose}点ひかれます。{f.rounds}回終わったとき、持ち点は{f.end}点でした。{w['won']}のは"
            "何回ですか。ただし、引き分けはありません。"
        ),
        lambda f, w: (
            f"{w['game']}を{f.rounds}回しました。はじめの持ち点は{f.start}点で、1回{w['good']}ごとに{f.win}点増え、1回"
            f"{w['bad']}ごとに{f.lose}点減ります。最後に{w['who']}さんの持ち点が{f.end}点になっていたとすると、"
            f"持ち点が増えたのは{f.rounds}回のうち何回でしょうか。"
        ),
        lambda f, w: (
            f"持ち点が{f.start}点から始まる{w['game']}で、{w['who']}さんは最後に{f.end}点を持っていました。回数は全部で"
            f"{f.rounds}回、{w['good']}と{f.win}点増え、{w['bad']}と{f.lose}点減り、どちらでもない回は"
            "ありませんでした。点をもらった回数を求めなさい。"
        ),
    ),
    _solve_game,
    _search_game,
)

# Speed: two ways of going


@dataclass(frozen=True, slots=True)
class Way:
    """``metres`` in ``minutes``, partly at ``slow`` and partly at ``fast`` metres a minute."""

    slow: int
    fast: int
    minutes: int
    metres: int


def _draw_way(dice: random.Random, grade: int) -> Way | None:
    slow = 5 * dice.randint(*((10, 14), (10, 18), (10, 20))[grade])
    fast = slow + 10 * dice.randint(*((4, 10), (3, 14), (3, 20))[grade])
    walking, running = (dice.randint(*((2, 15), (3, 25), (5, 50))[grade]) for _ in range(2))
    return Way(slow, fast, walking + running, slow * walking + fast * running)


_WAYS: tuple[Words, ...] = (
    {"who": "ひろし", "start": "家", "goal": "駅", "fast": "走り", "plain": "走る", "past": "走った"},
    {"who": "なおみ", "start": "学校", "goal": "図書館", "fast": "走り", "plain": "走る", "past": "走った"},
    {"who": "兄", "start": "家", "goal": "公園", "fast": "自転車で進み", "plain": "自転車で進む", "past": "自転車で進んだ"},
)  # fmt: skip


def _solve_way(facts: Way, words: Words) -> Solution:
    walked = n(facts.slow) * n(facts.minutes)
    short = n(facts.metres) - walked.result
    step = n(facts.fast) - n(facts.slow)
    running = short.result / step.result
    return Solution(
        (
            f"{facts.minutes}分間ずっと歩いたと考えます。{walked.equation('m')}",
            f"実際の道のりに足りない分は、{short.equation('m')}です。",
            f"歩くのを1分間{words['plain']}のに変えると、進む道のりは{step.equation('m')}のびます。",
            f"{words['past']}時間は、{running.equation('分')}です。",
        ),
        Answer.of(running.value, "分"),
        ("つるかめ算",),
    )


def _search_way(facts: Way) -> Iterator[tuple[int]]:
    for running in range(facts.minutes + 1):
        place = sum(
            facts.fast if minute < running else facts.slow for minute in range(facts.minutes)
        )
        if place == facts.metres:
            yield (running,)


_WAYS_OF_GOING = Kind(
    "速さ",
    _draw_way,
    _WAYS,
    (
        lambda f, w: (
            f"{w['who']}さんは{w['start']}から{f.metres}mはなれた{w['goal']}まで行くのに、はじめは分速{f.slow}mで歩き、"
            f"とちゅうから分速{f.fast}mで{w['fast']}、全部で{f.minutes}分かかりました。{w['past']}のは何分間ですか。"
        ),
        lambda f, w: (
            f"{w['start']}と{w['goal']}の間の道のりは{f.metres}mです。{w['who']}さんがこの道を{f.minutes}分で行きました。"
            f"歩いたところでは1分間に{f.slow}m、{w['past']}ところでは1分間に{f.fast}m進みました。"
            f"{w['past']}時間を求めなさい。"
        ),
        lambda f, w: (
            f"歩く速さが分速{f.slow}m、{w['plain']}速さが分速{f.fast}mの{w['who']}さんがいます。{w['goal']}に着くまでの"
            f"{f.minutes}分間に{f.metres}m進みましたが、休むことはありませんでした。そのうち歩いていなかった時間は"
            "何分間でしょうか。"
        ),
    ),
    _solve_way,
    _search_way,
)

FAMILY = Family("つるかめ算", "tsurukame", (_LEGS, _PRICES, _POINTS, _WAYS_OF_GOING))
