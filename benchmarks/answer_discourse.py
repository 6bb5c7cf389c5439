"""Outputs as chat models write them, made up: answer first, elimination, correction, refusal, ….

Every sentence is of our own writing. A text is drawn from a manner (where the answer stands), a
subject (what is asked) and what else is said; its final answer is known because it was put there.
The ranker of ``jtextkit.metrics.answers`` is fitted on these beside real outputs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from answer_subjects import SUBJECTS

if TYPE_CHECKING:
    from answer_word_subjects import Subject


class Made(NamedTuple):
    """One output that was made up.

    Attributes:
        prediction: the text.
        answer: the gold answer, which the text may miss.
        choices: the choices, or None.
        final: what the text commits to, or None.
        manner: where the answer stands, as in :data:`MANNERS`.
    """

    prediction: str
    answer: str
    choices: Mapping[str, str] | None
    final: str | None
    manner: str
    question: str = ""


MANNERS = (
    "last",
    "first",
    "both",
    "marked",
    "boxed",
    "bold",
    "heading",
    "corrected",
    "weighed",
    "breakdown",
    "bare",
    "listed",
    "thought",
    "cut off",
    "refused",
    "left open",
    "beside the point",
)
_SILENT = MANNERS[-4:]


def made(number: int, seed: int = 0) -> Iterator[Made]:
    """So many outputs; the same ones for the same seed."""
    draw = random.Random(seed)
    for i in range(number):
        subject = draw.choice(SUBJECTS)(draw)
        silent = i % 18 == 17  # a text in eighteen has no answer
        yield _told(draw, subject, draw.choice(_SILENT if silent else MANNERS[: -len(_SILENT)]))


def _told(draw: random.Random, one: Subject, manner: str) -> Made:
    said = one.right if draw.random() < 0.5 or not one.others else draw.choice(one.others)
    other = draw.choice([o for o in (*one.others, one.right) if o != said] or [said])
    against = [
        sentence.format(_show(one, answer))
        for sentence, answer in zip(one.against, one.others, strict=False)
        if answer != said
    ]
    facts = draw.sample(one.facts, min(len(one.facts), draw.randint(1, 4)))
    parts = _Parts(
        state=_shown(draw, one, said),
        again=_shown(draw, one, said),
        shown=_show(one, said),
        rejected=_shown(draw, one, other),
        other=_show(one, other),
        facts=_laid_out(draw, facts),
        against=against,
        so=draw.choice(
            (
                "したがって、",
                "よって、",
                "以上より、",
                "つまり、",
                "そのため、",
                "結果として、",
                "最後に、",
                "次に、",
                "",
            )
        ),
    )
    if manner in _SILENT:
        return Made(
            _without_answer(draw, parts, _show(one, other), manner),
            one.right,
            one.choices,
            None,
            manner,
            one.question,
        )
    if manner == "weighed" and one.shows:  # whole sentences: nobody says 「…ですになりそうですが」
        manner = "last"
    body = _with_answer(draw, parts, manner)
    if one.after and manner not in ("weighed", "thought") and draw.random() < 0.2:
        body += draw.choice(("", "\n")) + one.after
    return Made(
        body + _tail(draw, one, _show(one, other)),
        one.right,
        one.choices,
        said,
        manner,
        one.question,
    )


class _Parts(NamedTuple):
    """The sentences that an output is put together from."""

    state: str
    again: str
    shown: str
    rejected: str
    other: str
    facts: list[str]
    against: list[str]
    so: str

    @property
    def working(self) -> str:
        return "\n".join((*self.against[:1], *self.facts))

    def reasons(self, draw: random.Random) -> str:
        head = (
            "理由は次のとおりです。",
            "**理由：**",
            "### 解説",
            "理由：",
            "以下、考え方です。",
            "その理由を説明します。",
            "",
        )
        return "\n".join([draw.choice(head), *self.facts, *self.against]).lstrip("\n")


def _with_answer(draw: random.Random, one: _Parts, manner: str) -> str:
    state, so, shown, working, gap = (
        one.state,
        one.so,
        one.shown,
        one.working,
        draw.choice(("", "\n", "\n\n")),
    )
    if manner == "first":
        return f"{state}{gap}{one.reasons(draw)}"
    if manner == "both":
        return f"{state}{gap}{one.reasons(draw)}\n\n{so}{one.again}"
    if manner == "marked":
        mark = draw.choice(
            (
                "答え：{}",
                "答えは{}です。",
                "**答え：{}**",
                "正解は「{}」です。",
                "【答え】{}",
                "最終回答: {}",
                "#### {}",
                "Answer: {}",
                "回答：{}",
            )
        )
        return f"{working}\n\n{mark.format(shown)}" + draw.choice(
            ("", "", f"\n\n{one.reasons(draw)}")
        )
    if manner == "boxed":
        return f"{working}\n\n{draw.choice(('', so + state))}\n\\[ \\boxed{{{shown}}} \\]"
    if manner == "bold":
        end = draw.choice((" です。", " となります。", ""))
        return f"{working}\n\n{so}**{shown}**{end}\n{draw.choice(('', one.reasons(draw)))}"
    if manner == "heading":
        return f"### 考え方\n{working}\n\n### {draw.choice(('答え', '結論', '最終的な答え', '回答'))}\n{state}"
    if manner == "corrected":
        back = draw.choice(
            (
                "いや、間違えました。",
                "すみません、訂正します。",
                "いや、数え直すと違いました。",
                "失礼しました。正しくは次のとおりです。",
            )
        )
        return f"{working}\n{one.rejected}{gap}{back}{draw.choice(one.facts)}\n{so}{state}"
    if manner == "weighed":
        other = one.other
        return draw.choice((
            f"{working}\n{other}になりそうですが、{state}", f"{other}と思うかもしれませんが、{state}\n{working}", f"{working}\n{other}ではありません。{so}{state}",
            f"{working}\n{so}{other}ではなく、{state}", f"{state}{gap}{other}ではありません。", f"{working}\nもし条件が違えば{other}ですが、{state}",
            f"{working}\n{other}とする人も多いですが、{state}", f"{other}も考えられますが、{state}{gap}{one.reasons(draw)}", f"{other}に見えますが、{so}{state}", f"{other}のように思われがちですが、{state}\n{working}",
            f"{state}なお、{other}とする答えは正しくありません。", f"{working}\n{other}としたくなりますが、これは誤りです。{state}",
        ))  # fmt: skip
    if manner == "breakdown":
        head = draw.choice(("内訳：", "**内訳**", "計算方法：", "根拠：", "くわしい説明："))
        return f"{state}\n\n{head}\n" + "\n".join(f"- {f}" for f in (*one.facts, *one.against))
    if manner == "bare":
        return shown + draw.choice(
            (
                "",
                "。",
                "です。",
                f"\n\n{one.reasons(draw)}",
                f"。{one.facts[0]}",
                f"です。\n{draw.choice(one.facts)}",
            )
        )
    if manner == "listed":
        head = draw.choice(("以下のようにまとめます。", "整理すると次のようになります。"))
        return f"{head}\n" + "\n".join(f"- {fact}" for fact in one.facts) + f"\n\n{so}{state}"
    if manner == "thought":
        return f"<think>\n{one.rejected}いや、どうだろう。\n{working}\n</think>\n{state}"
    return f"{working}{gap}{so}{state}"


def _without_answer(draw: random.Random, one: _Parts, other: str, manner: str) -> str:
    if manner == "cut off":
        body = "\n".join((one.working, *one.facts))
        return body[: max(10, len(body) - draw.randint(4, 12))]
    if manner == "beside the point" and not other[:1].isdigit():
        return "".join(one.facts) if draw.random() < 0.5 else "\n".join(one.facts)
    if manner == "refused":
        sorry = draw.choice((
            "申し訳ありませんが、情報が足りないため答えられません。", "与えられた条件だけでは判断できません。", "残念ながら、この問題は特定できません。",
            "必要な情報が示されていないので、解答できません。",
        ))  # fmt: skip
        example = (
            f"{sorry}\n\n例えば、{one.facts[0]}\nという条件があれば、答えは{other}となります。"
        )
        told = (sorry, f"{one.working}\n\n{sorry}", f"{sorry}\n\n{one.working}")
        return draw.choice(told if other.endswith(("です", "ません", "ます")) else (*told, example))
    return draw.choice((
        f"{one.working}\n\n{one.shown}または{other}のどちらかだと考えられますが、一概には言えません。",
        f"{one.working}\n\n{one.shown}とも{other}とも言えます。どちらかに決めることは難しいです。",
        f"{other}の可能性があります。\n{one.working}\nただし、{one.shown}の可能性もあり、断定できません。",
    ))  # fmt: skip


def _tail(draw: random.Random, one: Subject, other: str) -> str:
    """What comes behind everything: a check, an offer, a note, an end token; mostly nothing."""
    kind = draw.random()
    if kind < 0.15:
        return draw.choice(
            ("\n\n検算：", "\n\n確かめ：", "\n\n**確認**\n", "\n念のため確かめると、")
        ) + draw.choice(one.facts)
    if kind < 0.32:
        return draw.choice((
            "\n\nほかに質問があればお知らせください！", "\n\n※条件が変わると結果も変わります。", "\n\nお役に立てれば幸いです。",
            f"\n\nちなみに、{draw.choice(one.facts)}", f"\n\nもし条件が違えば{other}になることもあります。",
            f"\n\nただし、見方によっては{other}とする人もいます。", f"（{draw.choice(one.facts).rstrip('。')}）",
        ))  # fmt: skip
    return draw.choice(("<|im_end|>", "</s>", "<|eot_id|>")) if kind < 0.37 else ""


def _show(one: Subject, answer: str) -> str:
    """An answer as it is written: a choice by label, by text, or both, fixed for each pair."""
    if one.choices is None:
        return one.shows.get(answer, answer)
    text = one.choices[answer]
    return (text, f"{answer}) {text}", f"「{text}」", text)[(len(text) + ord(answer[0])) % 4]


def _shown(draw: random.Random, one: Subject, answer: str) -> str:
    state = draw.choice(one.states)
    shown = _show(one, answer)
    if "「" in state:
        shown = shown.strip("「」")
    elif "**" not in state and draw.random() < 0.3:
        shown = f"**{shown}**"
    others = [other for other in (*one.others, one.right) if other != answer]
    return state.format(shown, other=_show(one, draw.choice(others)) if others else "")


def _laid_out(draw: random.Random, facts: list[str]) -> list[str]:
    style = draw.randrange(5)
    if style == 0:
        return [f"{i}. {fact}" for i, fact in enumerate(facts, 1)]
    if style == 1:
        return [f"- {fact}" for fact in facts]
    if style == 2:
        return [
            f"{word}{fact}"
            for word, fact in zip(("まず、", "次に、", "さらに、", "また、"), facts, strict=False)
        ]
    if style == 3:
        words = ("したがって、", "よって、", "つまり、", "これは", "", "")
        return [draw.choice(words) + fact for fact in facts]
    return facts
