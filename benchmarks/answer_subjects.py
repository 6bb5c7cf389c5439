"""What the made-up outputs of ``answer_discourse.py`` are about: sums, pairs, equations, dates, words."""

from __future__ import annotations

import random

from answer_word_subjects import Subject, author, chosen, claim, named, odd_one, word

_COUNTED = (
    ("りんご", "個"), ("えんぴつ", "本"), ("折り紙", "枚"), ("子ども", "人"), ("本", "冊"), ("おつり", "円"), ("道のり", "km"),
    ("重さ", "kg"), ("時間", "分"), ("日数", "日"), ("ページ数", "ページ"), ("水", "L"), ("割合", "%"), ("点数", "点"), ("身長", "cm"), ("部屋", "室"),
)  # fmt: skip
_WEEK = "月火水木金土日"


def _sum(draw: random.Random) -> Subject:
    thing, unit = draw.choice(_COUNTED)
    a, b, c = draw.randint(2, 40), draw.randint(2, 40), draw.randint(2, 9)
    total = a + b * c
    others = tuple(
        f"{n}{unit}" for n in {a + b, b * c, abs(total - c), total + 1, total * 2} - {total}
    )
    times, plus = draw.choice("×*"), draw.choice("＋+")
    facts = (
        f"最初の{thing}は{a}{unit}です。", f"1つの箱に{b}{unit}ずつ、箱は{c}箱あります。", f"{b}{times}{c}＝{b * c}{unit}になります。",
        f"{a}{plus}{b * c}={total}", f"\\( {b} \\times {c} = {b * c} \\)", f"1箱あたり{b}{unit}と考えます。", f"{b * c}{unit}と{a}{unit}を合わせます。",
        f"あとから加わった分は {b} × {c} = {b * c}{unit} です。", f"比べると{a}{unit}のほうが少ないです。",
        f"{b}{times}{c}＝{b * c}（{unit}）", f"□＋{a}＝{total}", f"□＝{total}－{a}＝{b * c}", f"{b * c}÷{c}＝{b}", f"箱の数は{c}箱なので、{b * c}{unit}増えます。",
        f"{a}{unit}あり、{b * c}{unit}もらったので、{a}+{b * c}で計算できます。", f"{b}×{c}という式で求めます。",
    )  # fmt: skip
    states = (
        f"{thing}は全部で{{}}です。", "合計は{}です。", "合わせて{}になります。", "答えは{}です。", f"求める{thing}は{{}}となります。",
        f"{thing}は{{}}です。", f"{a} + {b * c} を計算して、{{}}です。", "{}必要です。", "{}であることがわかります。",
        f"{{}}の{thing}があることになります。", f"{c}箱で合計{b * c}{unit}です。これに{a}{unit}を足すと、{{}}になります。", f"{thing}は{a}{unit}、もう一方は{b * c}{unit}で、全体は{{}}です。", f"1日目が{a}{unit}、2日目が{b * c}{unit}、合計{{}}です。",
        "はじめに{}あったことがわかります。", f"全部で{a} + {b * c} = {{}}の{thing}を持っていることになります。",
        "{}残ります。", "{}かかります。", "{}ですね。", "{}になるでしょう。", f"{a}＋{b * c}＝{{}}", f"{thing}＝{{}}", "{}となり、これが求めるものです。",
        "So, the answer is {}.", f"{thing}は約{{}}です。", f"{a}と{b * c}を足すと、{{}}のはずです。", "{}だ。", f"{thing}は{{}}であり、これで全部です。", "{}使うことになる。", f"{a}{plus}{b * c}={{}}",
    )  # fmt: skip
    after = (
        f"最も多い日は{{}}、最も少ない日は{c}{unit}でした。", f"そのうち{{}}は昨日の分で、残りは{c}{unit}です。", "この計算は{}を3つに分けたものです。",
        "このとき、残りは{}です。", "1週間なら{}になります。", "もし箱がもう1つあれば{}です。", "なお、平均は{}です。", "これは{}より多いです。",
        "{}もお得ですね！", "その次は{}です。", "4回目は{}になります。", "予備を入れると{}です。", "{}も増えるので、とてもよいですね！", "1箱あたりに直すと{}分になります。", "平年であれば{}が答えになります。", "翌年には{}に増えています。",
        "昨年は2015年以来の多さで、{}でした。", "元の量より{}も多くなりました。", "別の店では{}で、もっと多いです。", f"**ポイント**\n- 昨年：{{}}\n- 一昨年：{c}{unit}", f"**内訳**\n- 前半：{{}}\n- 後半：{c}{unit}", "残りの{}は別の分です。", "消費税を入れると{}です。",
        "ちなみに、半分は{}です。", "{}ではありません。", "よくある間違いは{}です。", "このとき、もう一方は{}になっています。",
    )  # fmt: skip
    amount = f"{draw.choice((total + b, total * 7, total // 2, a))}{unit}"
    question = draw.choice(
        (
            f"{thing}は全部で何{unit}ですか。",
            f"{thing}は合わせて何{unit}になりますか。",
            f"全部で何{unit}の{thing}がありますか。",
        )
    )
    question = f"{thing}が{a}{unit}あります。1箱に{b}{unit}入った箱を{c}箱買いました。{question}"
    return Subject(
        f"{total}{unit}",
        others,
        states,
        facts,
        after=draw.choice(after).format(amount),
        question=question,
    )


def _pair(draw: random.Random) -> Subject:
    """Two amounts, of which the one that is asked for mostly is told first."""
    one, two = draw.sample(
        ("兄", "弟", "赤玉", "白玉", "大人", "子ども", "みかん", "りんご", "A班", "B班"), 2
    )
    unit = draw.choice(("円", "個", "人", "点", "枚"))
    a, b = draw.sample(range(3, 90), 2)
    facts = (
        f"2つの合計は{a + b}{unit}です。", f"差は{abs(a - b)}{unit}です。", f"{a + b}－{b}＝{a}", f"({a + b} + {abs(a - b)}) ÷ 2 = {max(a, b)}",
        f"{two}を□{unit}とします。", f"{two}は{one}より{abs(a - b)}{unit}ちがいます。", f"もし全部が{two}なら{2 * (a + b)}{unit}になります。",
    )  # fmt: skip
    states = (
        f"{one}は{{}}、{two}は{b}{unit}です。", f"{one}が{{}}で、{two}が{b}{unit}となります。", f"{one}は{{}}です。{two}は{b}{unit}になります。",
        f"{one}は{{}}です。全体では{a + b}{unit}になります。", f"{one}は{{}}、{two}は{b}{unit}持っています。", f"{one}の分は{{}}です（{two}は{b}{unit}）。",
        f"{one}は{{}}で、{two}より{abs(a - b)}{unit}ちがいます。", f"{two}の{b}{unit}に対して、{one}は{{}}です。",
    )  # fmt: skip
    question = f"{one}と{two}は合わせて{a + b}{unit}で、ちがいは{abs(a - b)}{unit}です。{one}は何{unit}ですか。"
    others = tuple(f"{n}{unit}" for n in {b, a + b, a + 1} - {a})
    return Subject(f"{a}{unit}", others, states, facts, question=question)


def _of_two(draw: random.Random) -> Subject:
    """One of two things of a kind, the other of which is told beside it: 開会式 and 閉会式."""
    (one, two), unit = draw.choice((
        (("開会式", "閉会式"), "日"), (("融点", "沸点"), "℃"), (("小さいほうの角", "大きいほうの角"), "度"), (("売値", "割引額"), "円"),
        (("男子の人数", "女子の人数"), "人"), (("行きの時間", "帰りの時間"), "分"), (("1番目の数", "次の数"), ""), (("前半の得点", "後半の得点"), "点"),
        (("面積", "周りの長さ"), "m"), (("日本の人口", "隣国の人口"), "万人"), (("3回目の記録", "4回目の記録"), "cm"), (("建設が始まった年", "完成した年"), "年"),
    ))  # fmt: skip
    if draw.random() < 0.5:
        one, two = two, one
    a, b = draw.sample(range(2, 28), 2)
    show = (lambda n: f"7月{n}日") if unit == "日" else (lambda n: f"{n}{unit}")
    facts = (
        f"{one}と{two}を順に見ます。", "表から読み取ります。", f"{two}は{show(b)}です。", f"{two}とのちがいは{abs(a - b)}です。",
    )  # fmt: skip
    states = (
        f"{one}は{{}}です。", f"{one}は{{}}でした。", f"{one}が{{}}になります。", f"{one}：{{}}", f"{one}は{{}}で、{two}は{show(b)}です。", f"{two}は{show(b)}ですが、{one}は{{}}です。",
    )  # fmt: skip
    after = draw.choice(
        (
            f"{two}は{show(b)}です。",
            f"{two}は{show(b)}になります。",
            f"なお、{two}は{show(b)}でした。",
            f"{two}のほうは{show(b)}です。",
            "",
        )
    )
    asked = "いつ" if unit == "日" else f"何{unit}" if unit else "いくつ"
    others = (
        tuple(show(n) for n in {b, a + 1, a + 30} - {a})
        if unit != "日"
        else (show(b), show(a % 28 + 1))
    )
    return Subject(show(a), others, states, facts, after=after, question=f"{one}は{asked}ですか。")


def _equation(draw: random.Random) -> Subject:
    """A number without a unit, found by equations, as school books write them."""
    a, b, n = draw.randint(2, 9), draw.randint(2, 40), draw.randint(2, 60)
    x = draw.choice(("□", "x", "$x$", "\\(x\\)", "n", "f(2)", "S"))
    others = tuple(str(k) for k in {n + 1, n * a, a * n + b, n * 10, b} - {n})
    facts = (
        f"{x}×{a}＋{b}＝{a * n + b}", f"{x}×{a}＝{a * n}", f"両辺から{b}を引きます。", f"{a * n + b}－{b}＝{a * n}", f"{a * n}を{a}で割ります。",
        f"求める数を{x}とすると、", f"もし{x}が{n + 2}なら、{a}倍は{a * (n + 2)}です。", f"$${a}{x.strip('$')} = {a * n}$$", f"最大のものは{n + b}です。",
    )  # fmt: skip
    states = (
        f"{x}＝{{}}", f"{x} = {{}}", "{}", "答え　{}", "求める数は{}です。", f"よって {x} は {{}}", f"{a * n}÷{a}＝{{}}", f"{x}＝{a * n}÷{a}＝{{}}",
        "この数は{}となる。", "$$= {}$$", "なので、{}。", "Therefore, the result is {}.", f"\\[ {x.strip('$')} = {{}} \\]", "値は{}だとわかる。",
    )  # fmt: skip
    after = (
        f"このとき、{a}倍は{{}}です。",
        "次の数は{}です。",
        "間違えやすいのは{}とすることです。",
        "{}ではありません。",
    )
    return Subject(
        str(n), others, states, facts, after=draw.choice(after).format(draw.choice(others))
    )


def _country(draw: random.Random) -> Subject:
    """A rule that every country has for itself: asked in Japanese, it is that of Japan."""
    asked, unit = draw.choice(
        (("運転免許が取れる年齢", "歳"), ("消費税", "%"), ("義務教育の年数", "年"), ("祝日", "日"))
    )
    n = draw.sample(range(5, 25), 4)
    lands = draw.sample(("アメリカ", "フランス", "ドイツ", "韓国", "カナダ", "イギリス"), 3)
    facts = tuple(f"{land}では{k}{unit}です。" for land, k in zip(lands, n[1:], strict=True))
    if draw.random() < 0.5:
        facts = tuple(
            f"{mark} **{land}**：{k}{unit}です。"
            for mark, land, k in zip(("2.", "3.", "4."), lands, n[1:], strict=True)
        )
    facts += (
        f"{asked}は国によって異なります。",
        f"多くの国では{n[1]}{unit}ですが、{n[2]}{unit}の国もあります。",
    )
    others = tuple(f"{k}{unit}" for k in n[1:])
    states = (
        "日本では{}です。",
        f"日本の{asked}は{{}}です。",
        "**日本**：{}",
        "1. **日本**：{}です。",
        "* **日本:** {}",
        "- 日本：{}と定められています。",
        f"日本の場合、{asked}は{{}}となっています。",
    )
    question = f"{asked}は{'何歳' if unit == '歳' else 'どれだけ'}ですか。"
    return Subject(f"{n[0]}{unit}", others, states, facts, question=question)


def _weekday(draw: random.Random) -> Subject:
    start, days = draw.randrange(7), draw.randint(2, 30)
    right = _WEEK[(start + days) % 7]
    others = tuple(f"{d}曜日" for d in draw.sample(_WEEK, 4) if d != right)
    facts = (
        f"今日は{_WEEK[start]}曜日です。", f"{days}÷7の余りは{days % 7}です。", "1週間は7日間です。", f"{_WEEK[start]}曜日の次の日は{_WEEK[(start + 1) % 7]}曜日です。",
        f"{days}日後を数えます。", f"{_WEEK[start]}曜日 → {_WEEK[(start + 1) % 7]}曜日 → {_WEEK[(start + 2) % 7]}曜日",
    )  # fmt: skip
    states = (
        f"{_WEEK[start]}曜日の{days}日後は{{}}です。",
        "{}になります。",
        "その日は{}です。",
        "答えは{}です。",
    )
    question = f"{_WEEK[start]}曜日の{days}日後は何曜日ですか。"
    after = draw.choice(
        (
            "その翌日は{}です。",
            "1週間前は{}でした。",
            "数え方を間違えると{}になってしまいます。",
            "31日後なら{}になります。",
            "しあさっては{}になります。",
        )
    )
    return Subject(
        f"{right}曜日", others, states, facts, after=after.format(others[0]), question=question
    )


def _date(draw: random.Random) -> Subject:
    month, day, year = draw.randint(1, 12), draw.randint(1, 28), draw.randint(2001, 2030)
    others = (f"{month}月{day % 28 + 1}日", f"{month % 12 + 1}月{day}日")
    facts = (
        f"この行事は{year - 60}年に始まりました。", f"毎年{month}月の第2日曜日に行われます。", f"{year}年の暦を見ます。", f"準備は{month}月{max(1, day - 3)}日に始まります。",
        "昨年は1日早い日でした。",
    )  # fmt: skip
    states = (
        f"{year}年の祭りは{{}}です。",
        "{}に行われます。",
        "その日は{}です。",
        f"{year}年は、{{}}となります。",
        "答えは{}です。",
    )
    question = f"{year}年の祭りは何月何日ですか。"
    after = draw.choice(
        (
            "前の年は{}でした。",
            "片づけは{}に終わります。",
            "平年であれば{}が答えになります。",
            "次の祭りは{}です。",
            "雨の場合は{}に延期されます。",
            f"{month}月にはほかに{day % 28 + 1}日の行事もあります。",
        )
    )
    return Subject(
        f"{month}月{day}日", others, states, facts, after=after.format(others[0]), question=question
    )


SUBJECTS = (
    _sum,
    _sum,
    _sum,
    _sum,
    _sum,
    _pair,
    _of_two,
    _of_two,
    odd_one,
    _equation,
    _country,
    named,
    named,
    author,
    word,
    chosen,
    claim,
    claim,
    claim,
    _weekday,
    _date,
)
"""What makes a subject; the more often it stands here, the more often it is drawn."""
