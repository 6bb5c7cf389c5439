"""One self-contained HTML page: readable on a phone, in dark mode, printed, and without a network.

>>> from jtextkit.report.page import Section, page
>>> html = page("Levels hit", [Section("Accuracy", ["30 texts a level.", "Wilson intervals."])])
>>> "<h2>Accuracy</h2>" in html and "<p>30 texts a level.</p>" in html
True

A section holds text (a paragraph each, escaped) and markup (:mod:`jtextkit.core.markup`,
:mod:`.tables`, :mod:`.plots`). There are no scripts, and the page's own policy forbids any request. The bytes depend on
what is given alone: encode it as UTF-8 and write it with ``newline="\\n"``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources

from jtextkit import __version__
from jtextkit.core.language import language, translated
from jtextkit.core.markup import Markup, joined, tag
from jtextkit.report.tables import in_language

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it: markup, or text that becomes a paragraph."""

    title: str
    content: Sequence[object] = field(default_factory=tuple)


def page(
    title: str, sections: Sequence[Section], *, lead: Sequence[object] = (), style: str = ""
) -> str:
    """The whole page.

    Args:
        title: heading and the window's title.
        sections: each an entry in the contents, from three on.
        lead: what stands between the title and the first section, as in a section.
        style: CSS of one's own after the page's.
    """
    title = translated(title)
    sheet = resources.files("jtextkit.report").joinpath("style.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content=f"jtextkit {__version__}"),
        tag("link", rel="icon", href="data:,"),  # or browsers ask the server for one
        tag("title", title),
        tag("style", Markup(f"\n{sheet}{style}")),
    )
    entries, parts = [], []
    for number, one in enumerate(sections, 1):
        name = translated(one.title)
        entries.append(tag("li", tag("a", name, href=f"#s{number}")))
        content = (tag("h2", name), *map(_block, one.content))
        parts += ["\n", tag("section", *content, id=f"s{number}")]
    contents = tag("nav", tag("ol", *entries), aria_label=translated("Contents"))
    header = tag("header", tag("h1", title), *map(_block, lead))
    many = len(sections) > 2
    body = tag("body", header, "\n", contents if many else "", tag("main", *parts), "\n")
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=language())}\n"


def grid(*figures: Markup) -> Markup:
    """Figures side by side where there is room."""
    return tag("div", *figures, class_="grid")


def _block(part: object) -> Markup:
    return joined("\n", part if isinstance(part, Markup) else tag("p", in_language(part)))
