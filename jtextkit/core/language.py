"""Messages in the reader's language: English where they are made, translated where they are shown.

A message is an English sentence until it reaches a person, so that JSON, columns and Python stay as they
are. The catalogue ``locale/ja.po`` (gettext's format) holds it with ``{}`` for each value; what a message
says is found by matching it against these templates. In a translation ``{0}`` is the first value, and
``{0:t}`` the first value translated too.

Not handled: other plurals than English has, which Japanese does not need.
"""

from __future__ import annotations

import json
import locale
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources

_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.MULTILINE)


_asked: ContextVar[str] = ContextVar("_asked", default="")


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Take ``name`` (ja or en) for the reader's language: one server answers readers of both."""
    before = _asked.set(name)
    try:
        yield
    finally:
        _asked.reset(before)


def language() -> str:
    """The reader's: as :func:`speaking`, ``JTEXTKIT_LANG`` or the locale says; English where all
    are silent.
    """
    if asked := _asked.get():
        return asked
    names = (os.environ.get(name) for name in ("JTEXTKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    found = next(filter(None, names), None) or locale.getlocale()[0] or "en"  # Windows sets none
    return "ja" if found.lower().startswith("ja") else "en"


def translated(message: str) -> str:
    """``message`` in the reader's language; as it is where the catalogue lacks it.

    Its values stay what they are, unless the translation asks for them in its language.
    """
    if language() == "en":
        return message
    sentences, templates = catalogue()
    if message in sentences:
        return sentences[message]
    for template, translation in templates:
        if match := template.fullmatch(message):
            return translation.format(*map(_Value, match.groups()))
    return message


@cache
def catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """The Japanese catalogue: whole sentences, and templates, those that say most first."""
    text = resources.files("jtextkit").joinpath("locale/ja.po").read_text(encoding="utf-8")
    entries = {_unquoted(found[1]): _unquoted(found[2]) for found in _ENTRY.finditer(text)}
    del entries[""]  # the file's own head
    templates = sorted((one for one in entries if "{}" in one), key=len, reverse=True)
    return entries, [(_pattern(one), entries[one]) for one in templates]


def _unquoted(lines: str) -> str:
    return "".join(map(json.loads, lines.splitlines()))


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, template.split("{}"))), re.DOTALL)


class _Value(str):
    """A value of a message: ``{:t}`` stands for its translation, or that of a list's entries."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        if how != "t":
            return str(self)
        whole = translated(str(self))
        return "、".join(map(translated, self.split(", "))) if whole == self else whole
