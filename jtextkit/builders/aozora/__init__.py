"""Aozora Bunko (青空文庫): its catalogue, its zips, and its notation as plain text."""

from jtextkit.builders.aozora.archive import Member, locate, read_member
from jtextkit.builders.aozora.catalogue import (
    Filters,
    Person,
    Work,
    Writers,
    find_writers,
    read_catalogue,
)
from jtextkit.builders.aozora.encoding import decode
from jtextkit.builders.aozora.library import FolderLibrary, Library, SiteLibrary
from jtextkit.builders.aozora.notation import PlainText, WorkText, read_path, read_text
from jtextkit.builders.aozora.spans import SPAN_KINDS, SourceSpan, render, spans

__all__ = [
    "SPAN_KINDS", "Filters", "FolderLibrary", "Library", "Member", "Person", "PlainText",
    "SiteLibrary", "SourceSpan", "Work", "WorkText", "Writers", "decode", "find_writers",
    "locate", "read_catalogue", "read_member", "read_path", "read_text", "render",
    "spans",
]  # fmt: skip
