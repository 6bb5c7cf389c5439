"""通過算: trains that have a length, before poles, on bridges, in tunnels and beside each other."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_MOST = 2000


def _train(dice: random.Random, grade: int) -> tuple[int, int]:
    """A train's length in metres and its speed in metres a second."""
    step = (10, 5, 1)[grade]
    length = step * dice.randint(*((6, 25), (12, 60), (60, 400))[grade])
    speed = dice.randint(*((10, 30), (10, 36), (10, 45))[grade])
    return length, speed


_TRAINS: tuple[Words, ...] = (
    {"train": "電車", "bridge": "鉄橋", "tunnel": "トンネル", "pole": "ふみ切りに立つ人"},
    {"train": "急行列車", "bridge": "橋", "tunnel": "トンネル", "pole": "電柱"},
    {"train": "貨物列車", "bridge": "鉄橋", "tunnel": "地下の区間", "pole": "信号機"},
    {"train": "特急列車", "bridge": "長い橋", "tunnel": "トンネル", "pole": "線路わきの木"},
)

# Over a bridge: how long


@dataclass(frozen=True, slots=True)
class Bridge:
    """A train ``train`` metres long crosses ``bridge`` metres at ``speed`` metres a second."""

    train: int
    bridge: int
    speed: int


def _draw_bridge(dice: random.Random, grade: int) -> Bridge | None:
    train, speed = _train(dice, grade)
    seconds = dice.randint(*((10, 60), (15, 90), (20, 150))[grade])
    bridge = speed * seconds - train
    return Bridge(train, bridge, speed) if bridge >= 50 else None


def _solve_bridge(facts: Bridge, words: Words) -> Solution:
    way = n(facts.bridge) + n(facts.train)
    seconds = way.result / n(facts.speed)
    return Solution(
        (
            f"{words['train']}がわたり始めてからわたり終わるまでに進む道のりは、{words['bridge']}と{words['train']}の"
            f"長さの和です。{way.equation('m')}",
            f"かかる時間を求めます。{seconds.equation('秒')}",
        ),
        Answer.of(seconds.value, "秒"),
        ("通過算",),
    )


def _search_bridge(facts: Bridge) -> Iterator[tuple[int]]:
    """Second by second: where is the last car?"""
    tail = -facts.train
    for seconds in range(1, _MOST):
        tail += facts.speed
        if tail == facts.bridge:
            yield (seconds,)
        if tail >= facts.bridge:
            return


_CROSS = Kind(
    "橋をわたる時間",
    _draw_bridge,
    _TRAINS,
    (
        lambda f, w: (
            f"長さ{f.train}mの{w['train']}が、秒速{f.speed}mで長さ{f.bridge}mの{w['bridge']}をわたります。わたり始めてからわたり終わるまでに何秒"
            "かかりますか。"
        ),
        lambda f, w: (
            f"{w['bridge']}の長さは{f.bridge}m、そこを通る{w['train']}の長さは{f.train}mです。1秒間に{f.speed}m進む{w['train']}の先頭が{w['bridge']}に"
            f"さしかかってから、最後の車両が{w['bridge']}をはなれるまでの時間を求めなさい。"
        ),
        lambda f, w: (
            f"毎秒{f.speed}mで走る{w['train']}があります。この{w['train']}は先頭から最後部まで{f.train}mあり、{f.bridge}mの{w['bridge']}を通過中です。"
            f"{w['bridge']}に入ってから完全に出るまでは何秒でしょうか。"
        ),
    ),
    _solve_bridge,
    _search_bridge,
)

# Hidden in a tunnel


@dataclass(frozen=True, slots=True)
class Tunnel:
    """A train ``train`` metres long is hidden for ``hidden`` seconds in ``tunnel`` metres."""

    train: int
    tunnel: int
    hidden: int


def _draw_tunnel(dice: random.Random, grade: int) -> Tunnel | None:
    train, speed = _train(dice, grade)
    hidden = dice.randint(*((8, 50), (10, 80), (15, 150))[grade])
    return Tunnel(train, train + speed * hidden, hidden)


def _solve_tunnel(facts: Tunnel, words: Words) -> Solution:
    way = n(facts.tunnel) - n(facts.train)
    speed = way.result / n(facts.hidden)
    return Solution(
        (
            f"{words['train']}が全部かくれている間に進む道のりは、{words['tunnel']}と{words['train']}の長さの差です。"
            f"{way.equation('m')}",
            f"速さを求めます。秒速{speed.equation('m')}",
        ),
        Answer((speed.value,), f"秒速{speed.result}m"),
        ("通過算",),
    )


def _search_tunnel(facts: Tunnel) -> Iterator[tuple[int]]:
    """Try every speed: how long are both ends inside?"""
    for speed in range(1, facts.tunnel):
        head = facts.train  # the tail has just gone in
        head += speed * facts.hidden
        if head == facts.tunnel:
            yield (speed,)


_HIDDEN = Kind(
    "かくれている時間",
    _draw_tunnel,
    _TRAINS,
    (
        lambda f, w: (
            f"長さ{f.train}mの{w['train']}が{f.tunnel}mの{w['tunnel']}を通りぬけるとき、全体がかくれて見えない時間が{f.hidden}秒ありました。"
            f"この{w['train']}の速さは秒速何mですか。"
        ),
        lambda f, w: (
            f"{w['train']}の最後の車両が{w['tunnel']}に入ってから、先頭が出口に着くまでに{f.hidden}秒かかりました。{w['train']}は{f.train}m、"
            f"{w['tunnel']}は{f.tunnel}mの長さです。1秒間に進んだ道のりを求め、秒速で答えなさい。"
        ),
        lambda f, w: (
            f"{f.tunnel}mの{w['tunnel']}の中に、{f.train}mの{w['train']}がすっぽり入っているのは{f.hidden}秒間でした。{w['train']}は一定の速さで走って"
            "います。秒速何mで走っているでしょうか。"
        ),
    ),
    _solve_tunnel,
    _search_tunnel,
)

# Length and speed from two passings


@dataclass(frozen=True, slots=True)
class Both:
    """A pole takes ``pole`` seconds, a bridge of ``bridge`` metres ``seconds``."""

    pole: int
    bridge: int
    seconds: int


def _draw_both(dice: random.Random, grade: int) -> Both | None:
    speed = dice.randint(*((10, 25), (10, 36), (10, 45))[grade])
    pole = dice.randint(*((3, 10), (4, 15), (4, 20))[grade])
    more = dice.randint(*((10, 40), (12, 60), (15, 100))[grade])
    return Both(pole, speed * more, pole + more)


def _solve_both(facts: Both, words: Words) -> Solution:
    more = n(facts.seconds) - n(facts.pole)
    speed = n(facts.bridge) / more.result
    length = speed.result * n(facts.pole)
    return Solution(
        (
            f"{words['bridge']}のほうが長くかかるのは、{words['bridge']}の長さの分だけ多く進むからです。"
            f"{more.equation('秒')}",
            f"{facts.bridge}mを{more.result}秒で進むので、速さは秒速{speed.equation('m')}です。",
            f"{words['train']}の長さは、{facts.pole}秒で進む道のりです。{length.equation('m')}",
        ),
        Answer.parts(*[("速さ 秒速", speed.value, "m"), ("長さ", length.value, "m")]),
        ("通過算",),
    )


def _search_both(facts: Both) -> Iterator[tuple[int, int]]:
    for speed in range(1, facts.bridge):
        length = speed * facts.pole
        if length + facts.bridge == speed * facts.seconds:
            yield speed, length


_LENGTH = Kind(
    "長さと速さ",
    _draw_both,
    _TRAINS,
    (
        lambda f, w: (
            f"{w['train']}が{w['pole']}の前を通り過ぎるのに{f.pole}秒、{f.bridge}mの{w['bridge']}をわたり終わるのに{f.seconds}秒かかりました。"
            f"{w['train']}の速さは秒速何mで、長さは何mですか。"
        ),
        lambda f, w: (
            f"一定の速さの{w['train']}があります。{f.bridge}mの{w['bridge']}にさしかかってから通りぬけるまでは{f.seconds}秒ですが、{w['pole']}の前なら"
            f"{f.pole}秒で通過します。この{w['train']}の秒速と長さを求めなさい。"
        ),
    ),
    _solve_both,
    _search_both,
)

# Two trains


@dataclass(frozen=True, slots=True)
class TwoTrains:
    """Lengths and speeds of two trains, the second slower."""

    one: int
    fast: int
    two: int
    slow: int


def _draw_pass(dice: random.Random, grade: int) -> TwoTrains | None:
    (one, fast), (two, slow) = _train(dice, grade), _train(dice, grade)
    if slow == fast:
        return None
    slow, fast = min(slow, fast), max(slow, fast)
    return TwoTrains(one, fast, two, slow) if (one + two) % (fast + slow) == 0 else None


def _solve_pass(facts: TwoTrains, _words: Words) -> Solution:
    way, speed = n(facts.one) + n(facts.two), n(facts.fast) + n(facts.slow)
    seconds = way.result / speed.result
    return Solution(
        (
            f"出会ってからはなれるまでに、2つの列車の長さの和だけ進みます。{way.equation('m')}",
            f"向かい合って走るので、1秒間に合わせて{speed.equation('m')}進みます。",
            f"すれちがう時間を求めます。{seconds.equation('秒')}",
        ),
        Answer.of(seconds.value, "秒"),
        ("通過算", "旅人算"),
    )


def _search_pass(facts: TwoTrains) -> Iterator[tuple[int]]:
    """The heads meet; second by second, until the tails meet."""
    tail, other = -facts.one, facts.two
    for seconds in range(1, _MOST):
        tail, other = tail + facts.fast, other - facts.slow
        if tail == other:
            yield (seconds,)
        if tail >= other:
            return


_PAIRS: tuple[Words, ...] = (
    {"a": "上り列車", "b": "下り列車"},
    {"a": "急行", "b": "普通電車"},
    {"a": "列車A", "b": "列車B"},
)

_PASS = Kind(
    "すれちがい",
    _draw_pass,
    _PAIRS,
    (
        lambda f, w: (
            f"長さ{f.one}m、秒速{f.fast}mの{w['a']}と、長さ{f.two}m、秒速{f.slow}mの{w['b']}が、向かい合って走ってきました。出会ってからはなれるまでに"
            "何秒かかりますか。"
        ),
        lambda f, w: (
            f"となり合う線路を反対の向きに走る{w['a']}と{w['b']}があります。{w['b']}は長さが{f.two}mで毎秒{f.slow}m、{w['a']}は長さが{f.one}mで毎秒"
            f"{f.fast}m進みます。2つの列車がすれちがい始めてから終わるまでの時間を求めなさい。"
        ),
    ),
    _solve_pass,
    _search_pass,
)


def _draw_overtake(dice: random.Random, grade: int) -> TwoTrains | None:
    (one, fast), (two, slow) = _train(dice, grade), _train(dice, grade)
    slow, fast = min(slow, fast), max(slow, fast)
    fits = fast > slow and (one + two) % (fast - slow) == 0
    return TwoTrains(one, fast, two, slow) if fits else None


def _solve_overtake(facts: TwoTrains, _words: Words) -> Solution:
    way, speed = n(facts.one) + n(facts.two), n(facts.fast) - n(facts.slow)
    seconds = way.result / speed.result
    return Solution(
        (
            f"追いついてから追いこすまでに、2つの列車の長さの和だけ多く進みます。{way.equation('m')}",
            f"1秒間に{speed.equation('m')}ずつ多く進みます。",
            f"追いこすのにかかる時間を求めます。{seconds.equation('秒')}",
        ),
        Answer.of(seconds.value, "秒"),
        ("通過算", "旅人算"),
    )


def _search_overtake(facts: TwoTrains) -> Iterator[tuple[int]]:
    tail, head = -facts.one, facts.two
    for seconds in range(1, _MOST):
        tail, head = tail + facts.fast, head + facts.slow
        if tail == head:
            yield (seconds,)
        if tail >= head:
            return


_OVERTAKE = Kind(
    "追いこし",
    _draw_overtake,
    _PAIRS,
    (
        lambda f, w: (
            f"秒速{f.fast}mで走る長さ{f.one}mの{w['a']}が、前を秒速{f.slow}mで走る長さ{f.two}mの{w['b']}に追いつきました。それから完全に追いこすまでに何秒"
            "かかりますか。"
        ),
        lambda f, w: (
            f"{w['a']}の先頭が{w['b']}の最後部に並んだときから、{w['a']}の最後部が{w['b']}の先頭に並ぶまでの時間を考えます。{w['a']}の長さは{f.one}mで"
            f"1秒に{f.fast}m、{w['b']}の長さは{f.two}mで1秒に{f.slow}m進み、同じ向きに走っています。この時間は何秒でしょうか。"
        ),
    ),
    _solve_overtake,
    _search_overtake,
)

FAMILY = Family("通過算", "tsuka", (_CROSS, _HIDDEN, _LENGTH, _PASS, _OVERTAKE))
