"""HTML and SVG as text that nothing can break out of: whatever is not :class:`Markup` is escaped.

>>> tag("td", "a < b", class_="n")
'<td class="n">a &lt; b</td>'

Characters that XML does not allow (controls, lone surrogates, U+FFFE) are shown as �, so SVG stays
well-formed and any text can be encoded. Not handled: attribute and element names, which our own code
writes.
"""

from __future__ import annotations

import html
import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")

_EMPTY = {"br", "circle", "input", "line", "link", "meta", "path", "rect"}
"""Elements that end where they begin; every other one is closed by its name."""


class Markup(str):
    """Text that is HTML already: :func:`tag` takes it as it is."""

    __slots__ = ()


def escape(value: object) -> Markup:
    """``value`` as text inside HTML or SVG, in an attribute too; markup stays as it is."""
    if isinstance(value, Markup):
        return value
    return Markup(html.escape(_NOT_XML.sub("\ufffd", str(value)).replace("\r", "\n")))


def joined(*parts: object) -> Markup:
    """Parts one after the other, each escaped unless it is markup."""
    return Markup("".join(map(escape, parts)))


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element; ``class_`` and ``aria_label`` become ``class`` and ``aria-label``.

    An attribute that is None is left out; True stands alone, as in ``<details open="">``.
    """
    words = [name]
    for key, value in attributes.items():
        if value is not None:
            shown = "" if value is True else escape(str(value))
            words.append(f'{key.rstrip("_").replace("_", "-")}="{shown}"')
    if name in _EMPTY:
        return Markup(f"<{' '.join(words)}/>")
    return Markup(f"<{' '.join(words)}>{joined(*children)}</{name}>")


def japanese(text: object, element: str = "span", **attributes: object) -> Markup:
    """Text that is Japanese, so that browsers choose its glyphs and voices."""
    return tag(element, text, lang="ja", **attributes)
