"""What the made-up outputs are about where the answer is a word: names, choices, claims."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import NamedTuple


class Subject(NamedTuple):
    """What is asked, in sentences with ``{}`` for an answer.

    Attributes:
        right: the right answer.
        others: wrong ones of the same kind.
        states: sentences that state an answer.
        facts: sentences that work towards one; they hold values that are no answer.
        against: what is said of an answer that is ruled out; or ().
        choices: label to text, where there are choices.
        after: what may be said behind the answer, and is none.
        shows: how an answer is written in a sentence, where that is not the answer itself.
        question: what was asked, or "".
    """

    right: str
    others: tuple[str, ...]
    states: tuple[str, ...]
    facts: tuple[str, ...]
    against: tuple[str, ...] = ()
    choices: Mapping[str, str] | None = None
    after: str = ""
    shows: Mapping[str, str] = {}
    question: str = ""


_PEOPLE = ("あおい", "はると", "ゆい", "そうた", "さくら", "りく", "ひなた", "いつき")
_THINGS = (
    ("最も長い川", ("東川", "北沢川", "三谷川", "大沼川"), "長さは{}km"),
    ("いちばん古い寺", ("青蓮寺", "松林寺", "円光寺", "竹雲院"), "建立は{}年"),
    ("最も背が高い選手", ("モリス", "ペレイラ", "サントス", "ケラー"), "身長は{}cm"),
    ("会場になる市", ("青浜市", "北原市", "三ツ谷市", "東台市"), "人口は{}万人"),
    ("図書室の係", ("田村さん", "小林さん", "石川さん", "西田さん"), "当番は週に{}回"),
    ("売り上げが一番多い店", ("駅前店", "中央店", "港店", "公園店"), "売り上げは{}万円"),
)
_WORDS = (
    "すると",
    "なぜなら",
    "たとえば",
    "けれども",
    "さらに",
    "ところで",
    "やはり",
    "ついに",
    "しだいに",
    "むしろ",
)


def odd_one(draw: random.Random) -> Subject:
    """One that does not belong to the others: said by denying that it does."""
    kind, names, other = draw.choice((
        ("果物", ("もも", "ぶどう", "なし"), "にんじん"), ("楽器", ("笛", "太鼓", "琴"), "机"), ("乗り物", ("電車", "バス", "飛行機"), "信号機"),
        ("動物", ("犬", "猫", "うさぎ"), "松の木"), ("文房具", ("鉛筆", "消しゴム", "定規"), "電灯"),
    ))  # fmt: skip
    body = draw.sample((*names, other), 4)
    choices = dict(zip(draw.choice(("ABCD", "1234", "アイウエ")), body, strict=True))
    right = next(label for label, name in choices.items() if name == other)
    others = [label for label in choices if label != right]
    draw.shuffle(others)
    facts = tuple(f"**{name}**：{kind}の一つです。" for name in names)
    facts += (f"それぞれが{kind}かどうかを見ます。", f"{'、'.join(names)}はどれも{kind}です。")
    states = (
        "{}が他のものと一致しません。", f"{{}}だけが{kind}ではありません。", "{}が仲間はずれです。", f"{{}}は{kind}ではないため、これが答えです。",
        f"{kind}に当てはまらないのは{{}}です。", "他の3つと異なるのは{}です。", "一致しないのは「{}」です。", "{}を選びます。", f"{{}}は{kind}ではありません。",
    )  # fmt: skip
    question = "次のうち、他のものと一致しないものはどれですか。" + "、".join(body)
    after = f"ほかの3つのうち、{draw.choice(names)}は特によく知られています。"
    return Subject(right, tuple(others), states, facts, (), choices, after, question=question)


def named(draw: random.Random) -> Subject:
    asked, names, fact = draw.choice(_THINGS)
    order = draw.sample(names, len(names))
    numbers = sorted(draw.sample(range(20, 400), len(names)), reverse=True)
    facts = tuple(f"{name}の{fact.format(n)}です。" for name, n in zip(order, numbers, strict=True))
    listed = tuple(f"{name}：{fact.format(n)}" for name, n in zip(order, numbers, strict=True))
    states = (
        f"{asked}は{{}}です。", f"{asked}は{{}}となっています。", f"{{}}が{asked}でした。", f"{asked}は{{}}であり、{{other}}より上です。", f"{asked}といえば、{{}}です。", f"{asked}は「{{}}」です。", f"{{}}が{asked}です。", f"{asked}は{{}}で、{fact.format(numbers[0])}です。",
        f"{asked}に当たるのは{{}}となります。", "{other}よりも{0}のほうが上なので、{0}です。", f"{asked}は、{{}}（{fact.format(numbers[0])}）です。",
    )  # fmt: skip
    against = ("{}は条件に当てはまりません。", "一方、{}はそれより下です。")
    after = draw.choice((
        f"2番目は{order[1]}です。", f"一方、人気では{order[1]}が上です。", f"なお、昨年は{order[1]}でした。", f"{order[2]}も有名です。", f"かつては{order[1]}と言われていました。",
        f"駅から近いのは{order[2]}です。", f"また、総合では、今年も昨年も{order[1]}が最も高く、{numbers[0]}点に達しています。", f"条件が変われば、{order[1]}のほうが有利です。", f"最後は{order[-1]}です。",
    ))  # fmt: skip
    choices = None
    if draw.random() < 0.4:
        choices = dict(zip(draw.choice(("ABCD", "1234", "アイウエ")), names, strict=True))
        where = {name: label for label, name in choices.items()}
        return Subject(
            where[order[0]],
            tuple(where[n] for n in order[1:]),
            states,
            (*facts, *listed),
            against,
            choices,
            after,
            question=f"{asked}はどれですか。",
        )
    question = f"{asked}は何ですか。"
    return Subject(
        order[0],
        tuple(order[1:]),
        states,
        (*facts, *listed),
        against,
        after=after,
        question=question,
    )


def author(draw: random.Random) -> Subject:
    """Who made a work, said in passing: 「田村和男による小説です」."""
    names = draw.sample(("田村和男", "小林春樹", "石川美代", "西田三郎", "森口文子"), 3)
    title, kind = draw.choice(
        (("白い橋", "小説"), ("秋の湖", "絵"), ("夜の汽車", "詩"), ("遠い声", "曲"))
    )
    states = (
        "作者は{}です。", f"『{title}』の作者は{{}}です。", f"{{}}による{kind}です。", f"『{title}』は{{}}によって作られた{kind}です。", f"『{title}』は、{{}}の作品です。", "{}の作です。",
        f"この{kind}を作ったのは{{}}です。", f"{{}}が発表した{kind}です。", "これは{}の代表作です。",
    )  # fmt: skip
    facts = (
        f"『{title}』は1932年に発表された{kind}です。",
        "当時の暮らしがえがかれています。",
        f"{names[1]}にも似た{kind}があります。",
        f"{names[1]}と{names[2]}は友人でした。",
    )
    after = draw.choice(
        (
            f"{names[1]}と並んで知られています。",
            f"{names[2]}の作品とよく間違えられます。",
            f"後に{names[1]}が続きを書きました。",
            "",
        )
    )
    return Subject(
        names[0],
        tuple(names[1:]),
        states,
        facts,
        after=after,
        question=f"『{title}』の作者は誰ですか。",
    )


def word(draw: random.Random) -> Subject:
    words = draw.sample(_WORDS, 4)
    choices = dict(zip(draw.choice(("ABCD", "1234", "アイウエ")), words, strict=True))
    labels = list(choices)
    draw.shuffle(labels)
    states = (
        "最も適切なのは「{}」です。", "空欄に入るのは「{}」です。", "{}が最も自然です。", "「{}」を選びます。", "「{}」が最も適した選択肢です。",
        "ここでは「{}」と入れるのがよいでしょう。", "正解は{}です。",
    )  # fmt: skip
    against = (
        "「{}」は前後の関係に合いません。", "「{}」だと意味が逆になります。", "- {}：話題を変える語なので不適切です。", "「{}」は文脈に合わないため誤りです。",
    )  # fmt: skip
    facts = (
        "空欄の前後では、予想と違う内容が述べられています。", "前の文は原因、後の文は結果です。", "筆者は二つの例を比べています。",
        "文全体の流れを考える必要があります。", "それぞれの選択肢を検討します。",
    )  # fmt: skip
    question = "空欄に入れるのに最も適切な語を選びなさい。" + "、".join(words)
    after = draw.choice(
        (
            f"「{words[1]}」は話し言葉でよく使われます。",
            f"「{words[2]}」は文の初めに置くことが多い語です。",
            "",
        )
    )
    return Subject(
        labels[0], tuple(labels[1:]), states, facts, against, choices, after, question=question
    )


def chosen(draw: random.Random) -> Subject:
    people = draw.sample(_PEOPLE, 3)
    labels = "ABC"
    choices = {label: f"{name}さん" for label, name in zip(labels, people, strict=True)}
    n = draw.sample(range(3, 60), 3)
    facts = tuple(
        f"{choices[label]}は{k}回勝ちました。" for label, k in zip(labels, n, strict=True)
    )
    facts += (
        f"{people[0]}さんと{people[1]}さんの差は{abs(n[0] - n[1])}回です。",
        "3人の記録を順に見ていきます。",
    )
    states = (
        "勝ったのは{}です。",
        "{}の勝ちです。",
        "{}のほうが多く勝っています。",
        "最も多いのは{}になります。",
        "{}が勝者です。",
        f"{{}}が{{other}}に{n[0]}勝{n[1]}敗で勝ちました。",
        "{0}が{other}より多く勝つので、{0}の勝利です。",
        "{other}よりも{}のほうが優位だと言えます。",
        f"{{0}}が{n[0]}回、{{other}}が{n[1]}回勝ち、勝ったのは{{0}}となります。",
    )
    against = ("もし{}だとすると、条件に矛盾します。", "{}は回数が足りないので違います。")
    order = draw.sample(labels, 3)
    question = f"{'、'.join(choices.values())}が勝負をしました。最も多く勝ったのは誰ですか。"
    other = choices[order[1]]
    after = draw.choice(
        (
            f"次が{other}です。",
            f"前回の優勝は{other}でした。",
            f"{other}も健闘しました。",
            f"一方、得点では{other}が一番です。",
            f"最下位は{choices[order[2]]}になります。",
        )
    )
    return Subject(
        order[0], tuple(order[1:]), states, facts, against, choices, after, question=question
    )


def claim(draw: random.Random) -> Subject:
    topic, no, yes = draw.choice((
        ("この文", "しりとりになっていません", "しりとりになっています"),
        ("その説明", "正しくありません", "正しいです"),
        ("文2", "文1の言い換えではありません", "文1の言い換えです"),
        ("この記述", "誤りです", "正しいです"),
        ("この数", "素数ではありません", "素数です"),
        ("この主張", "事実ではありません", "事実です"),
        ("この三角形", "直角三角形とは言えません", "直角三角形と言えます"),
        ("この会話", "皮肉とは言えません", "皮肉です"),
    ))  # fmt: skip
    right = draw.choice(("はい", "いいえ"))
    facts = (
        f"{topic}をよく見てみましょう。", "前半では、ある出来事が述べられています。", "似た例は2つあります。", "使われている言葉には、別の意味もあります。",
        "1998年の記録には別のことが書かれています。", "これは多くの人が知っている内容です。", "ほかに同じ例はありません。", "特に変わった点は見られません。", "2つの間に大きな差はありません。", "そのような記録は残っていません。",
        "よく使われる言い方です。", "多くの人がそう考えています。", "ここには3つの条件があります。", "順番は関係ありません。", "計算すると12になります。",
        "ただし、別の見方もできます。", "一般的な説明とは少し異なります。", "条件をすべて満たしています。", "条件の一つを満たしていません。",
        "細かい点では表現が異なります。",
    )  # fmt: skip
    said = draw.random() < 0.35
    if said:
        states = ("{}。", "{}です。", "答えは「{}」です。", "よって、{}です。")
        other = "いいえ" if right == "はい" else "はい"
        return Subject(right, (other,), states, facts, question=f"{topic}は{yes}か。")
    shows = {"はい": f"{topic}は{yes}", "いいえ": f"{topic}は{no}"}
    if draw.random() < 0.5:
        shows = {answer: f"{answer}、{sentence}" for answer, sentence in shows.items()}
    if draw.random() < 0.2:
        but = (
            "特定の文脈では、そう解釈される可能性もあると言えます",
            "別の意味にとることも可能です",
            "似た面を持つと見ることもできます",
        )
        shows["いいえ"] = f"{topic}は{no}が、{draw.choice(but)}"
    other = "いいえ" if right == "はい" else "はい"
    question = f"{topic}は{yes}か。"
    return Subject(right, (other,), ("{}。",), facts, shows=shows, question=question)
