"""The page around the texts: boxes to paste into, and where the answer goes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from jtextkit import __version__
from jtextkit.core.language import language, translated
from jtextkit.core.markup import Markup, joined, tag
from jtextkit.report.marking import ORIGINS, PARTS

ASSETS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "page.css": (("report/style.css", "report/text.css", "serve/page.css"), "text/css"),
    "page.js": (("serve/page.js",), "text/javascript"),
    "icon.svg": (("serve/icon.svg",), "image/svg+xml"),
}
"""Each file that a page asks for: what it is made of, and its type."""

_EXAMPLES = (
    "平素より本校の教育活動に御理解と御協力を賜り、厚く御礼申し上げます。さて、今年度第二回の避難訓練を下記のとおり"
    "実施いたします。今回の訓練は、大規模地震の発生に伴う家庭科室からの出火を想定し、児童が自らの判断で安全を確保する"
    "態度の育成を目的としております。訓練終了後は、緊急時における児童の引き渡しの手順を確認するため、保護者の皆様に"
    "来校いただく必要がございます。御多忙のところ誠に恐縮ですが、当日午後二時までに体育館へ御参集くださいますよう"
    "お願い申し上げます。なお、自家用車での来校は近隣住民の通行の妨げとなりますので、公共交通機関の利用に御協力ください。"
    "荒天の場合は翌週の同じ曜日に延期し、延期の決定については、当日午前七時までに電子メールで連絡いたします。"
    "緊急時の連絡先に変更のある御家庭は、引き渡し票の該当欄を修正のうえ、担任に提出してください。"
    "御不明な点がございましたら、教頭まで遠慮なくお問い合わせください。\n",
    "いつも学校を手伝ってくださって、ありがとうございます。今年二回目のひなん訓練をします。ひなん訓練は、火事や地震の"
    "ときに、安全なところへ行く練習です。今回は、大きな地震のあとで火事が起きたときの練習です。子どもたちは、どうすれば"
    "安全か、自分で考えて動きます。\n訓練のあとで、おうちの方と子どもがいっしょに帰る練習もします。午後二時までに、学校の"
    "体育館に来てください。いそがしいときに、すみません。車で来ないでください。近くの道がこんで、みんながこまります。"
    "バスか電車で来てください。雨や風が強い日は、しません。次の週の同じ曜日にします。その日の朝七時までに、メールで"
    "お知らせします。いつもとちがうことがあったら、すぐに電話をします。電話番号が変わった人は、カードに新しい番号を書いて、先生にわたしてください。家にいないことが多い人は、"
    "ほかの家族の番号も書いてください。分からないことは、教頭先生に聞いてください。\n",
)


def document(title: str, *content: object, script: bool = False) -> str:
    """A whole page of the server, in the reader's language."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("link", rel="icon", href="icon.svg"),
        tag("link", rel="stylesheet", href="page.css"),
        tag("title", title),
        tag("script", src="page.js", defer=True) if script else "",
    )
    body = tag("body", *content)
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=language())}\n"


def header(*controls: object) -> Markup:
    """Name, what it does, and what can be chosen."""
    other, name = ("en", "English") if language() == "ja" else ("ja", "日本語")
    links = tag("a", name, href=f"?lang={other}", lang=other, hreflang=other)
    return tag(
        "header",
        tag("h1", "jtextkit", tag("span", translated("How hard is this Japanese text?"))),
        tag("div", *controls, links, class_="controls"),
        class_="top",
    )


def text_shell(most: int, beside_a_set: bool) -> str:
    """The page for texts.

    Args:
        most: characters of a text that the server takes.
        beside_a_set: whether the server shows a set, too.
    """
    modes = []
    for value, label in (("one", "One text"), ("two", "Before and after")):
        first = True if value == "one" else None
        choice = {"type": "radio", "name": "mode", "value": value, "class_": "choice"}
        modes.append(tag("input", id=f"mode-{value}", checked=first, **choice))
        modes.append(tag("label", translated(label), for_=f"mode-{value}"))
    what = translated("Number of texts")
    choosing = tag("div", *modes, role="group", aria_label=what)
    back = tag("a", translated("The set"), href="./") if beside_a_set else ""
    printing = tag("button", translated("Print"), type="button", id="print")
    boxes = tag(
        "form",
        _box("a", (("one", "Text"), ("two", "Before")), _EXAMPLES[0]),
        _box("b", (("two", "After"),), _EXAMPLES[1]),
        tag("p", translated("Nothing leaves this machine and nothing is kept."), class_="note"),
        id="boxes",
        class_="boxes",
        data_most=most,
        data_failed=translated("The server does not answer."),
        data_long=translated(f"At most {most:,} characters; jtextkit score takes any length."),
        data_coded=translated("This file is neither UTF-8 nor Shift_JIS text."),
    )
    empty = tag(
        "div",
        tag("h2", translated("Paste a text, and see at once")),
        tag(
            "ul",
            *(
                tag("li", translated(said))
                for said in (
                    "its level, and how sure that is",
                    "which sentences weigh most, and which words are rare",
                    "what would make it easier",
                )
            ),
        ),
        class_="empty",
    )
    main = tag(
        "main",
        boxes,
        tag(
            "div",
            tag("p", "", id="status", role="status"),
            tag("div", empty, id="result", aria_busy="false"),
            class_="answer",
        ),
    )
    names = {kind: name for kind, name, _ in (*ORIGINS.values(), *PARTS.values())} | {
        key: translated(said)
        for key, said in (
            ("o", "one of the 3,000 common words"),
            ("u", "not one of the 3,000 common words"),
            ("grade", "grade {}"),
            ("J", "junior high school"),
            ("X", "outside the 常用漢字"),
            ("sentence", "sentence of {} words"),
            ("harder", "{} levels harder than the rest"),
        )
    }
    about = tag(
        "div",
        "",
        id="word",
        role="tooltip",
        hidden=True,
        data_names=json.dumps(names, ensure_ascii=False),
    )
    foot = tag("footer", tag("p", f"jtextkit {__version__}", class_="note"))
    return document("jtextkit", header(choosing, printing, back), main, about, foot, script=True)


def _box(name: str, titles: Sequence[tuple[str, str]], example: str) -> Markup:
    file = tag("input", type="file", accept="text/plain,.txt,.md", class_="unseen")
    tools = joined(
        tag("span", "0", class_="count", aria_live="off"),
        tag("label", file, tag("span", translated("Open a file")), class_="tool"),
        tag("button", translated("Example"), type="button", class_="tool", data_example=example),
    )
    return tag(
        "div",
        tag(
            "label",
            *(tag("span", translated(title), class_=f"of-{mode}") for mode, title in titles),
            for_=f"text-{name}",
        ),
        tag(
            "textarea",
            "",
            id=f"text-{name}",
            lang="ja",
            spellcheck="false",
            placeholder=translated("Paste or drop a text here"),
        ),
        tag("div", tools, class_="tools"),
        class_=f"box box-{name}",
    )
