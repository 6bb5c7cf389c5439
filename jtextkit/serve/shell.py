"""What stands around every page of the server, and the page that texts are pasted into.

``page.html`` holds the latter: what stands in ``[…]`` is a message, what stands in ``{…}`` a value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources

from jtextkit import __version__
from jtextkit.core.language import language, translated
from jtextkit.core.markup import Markup, escape, joined, tag
from jtextkit.report.marking import MARKS

ASSETS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "page.css": (("report/style.css", "report/text.css", "serve/page.css"), "text/css"),
    "page.js": (("serve/page.js",), "text/javascript"),
    "icon.svg": (("serve/icon.svg",), "image/svg+xml"),
}
"""Each file that a page asks for: what it is made of, and its type."""

MESSAGE = re.compile(r"\[([^\]]+)\]")
"""A message in ``page.html``."""


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
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', *content), lang=language())}\n"


def other_language() -> Markup:
    """The link to the same page in the other language."""
    other, name = ("en", "English") if language() == "ja" else ("ja", "日本語")
    return tag("a", name, href=f"?lang={other}", lang=other, hreflang=other)


def text_shell(most: int, *, beside_a_set: bool) -> str:
    """The page for texts.

    Args:
        most: characters of a text that the server takes.
        beside_a_set: whether the server shows a set, too.
    """
    of_words = {
        "o": translated("one of the 3,000 common words"),
        "u": translated("not one of the 3,000 common words"),
        "grade": translated("grade {}"),
        "J": translated("junior high school"),
        "X": translated("outside the 常用漢字"),
        "sentence": translated("sentence of {} words"),
        "harder": translated("{} levels harder than the rest"),
    }
    names = of_words | {
        one.kind: one.name if language() == "ja" else f"{one.name} {one.meaning.partition(' (')[0]}"
        for one in MARKS
        if one.view != "rarity"
    }
    back = tag("a", translated("The set"), href="./") if beside_a_set else ""
    values = {
        "most": most,
        "links": joined(back, other_language()),
        "names": json.dumps(names, ensure_ascii=False),
        "version": __version__,
    }
    template = resources.files("jtextkit.serve").joinpath("page.html").read_text("utf-8")
    page = MESSAGE.sub(lambda found: escape(translated(found[1])), template)
    page = re.sub(r"\{(\w+)\}", lambda found: escape(values[found[1]]), page)
    return document("jtextkit", Markup(page), script=True)
