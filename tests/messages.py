"""The messages of the program's source, as the catalogue spells them: ``{}`` for each value."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

TAKERS = {  # what is called with messages, and at which places
    "Builder": (0,),
    "Caution": (0, 1),
    "UsageError": (0,),
    "_fail": (0,),
    "add_column": (0,),
    "announce": (2,),
    "echo": (),
    "memory_option": (0,),
    "option": (0,),
    "print": (0,),
    "report": (0,),
    "rule": (0,),
    "say": (0,),
    "tell": (0,),
    "translated": (0,),
    "print_table": (0,),
    "table_of": (0,),
}
KEYWORDS = {"help", "cure", "good"}


def messages(path: Path) -> Iterator[str]:
    """Every message of a module: of options, commands, errors, tables and cautions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.FunctionDef) and node.name.endswith(("_command", "_group")):
            yield from paragraphs(ast.get_docstring(node) or "")
        elif isinstance(node, ast.Assign) and _name(node.targets[0]) in {
            "message",
            "said",
            "hint",
            "part",
            "heads",
            "looked_at",
            "FEATURES",
        }:
            yield from _texts(node.value)
        elif isinstance(node, ast.AnnAssign) and _name(node.target) == "lazy":
            values = node.value.values if isinstance(node.value, ast.Dict) else []
            yield from (text for one in values for text in _texts(one.elts[1]))  # type: ignore[attr-defined]
        elif isinstance(node, ast.FunctionDef) and node.name in {"disagreement", "problem"}:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield from _texts(inner.value)


def paragraphs(help_text: str) -> Iterator[str]:
    """What is looked up of a command's help: paragraphs, and in blocks heads and comments."""
    for part in inspect.cleandoc(help_text).split("\n\n"):
        lines = part.split("\n")
        if lines[0] != "\b":
            yield " ".join(line.strip() for line in lines)
            continue
        for line in lines[1:]:
            _, bracket, comment = line.partition("   (")
            if bracket:
                yield comment.removesuffix(")")
            elif not line.startswith(" "):
                yield line


def _of_call(node: ast.Call) -> Iterator[str]:
    name = _name(node.func) if not _is_clicks(node.func) else ""
    places = TAKERS.get(name, (0,) if name.endswith("Error") else ())
    for place in places:
        if place < len(node.args):
            yield from _texts(node.args[place])
    for keyword in node.keywords:
        if keyword.arg in KEYWORDS or (keyword.arg == "where" and name == "ThresholdError"):
            yield from _texts(keyword.value)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if any(c.isalpha() for c in node.value):
            yield node.value.partition("  [")[0]
    elif isinstance(node, ast.JoinedStr):
        parts = [p.value if isinstance(p, ast.Constant) else "{}" for p in node.values]
        text = "".join(map(str, parts))
        if any(c.isalpha() for c in text):
            yield text.partition("  [")[0]
        for part in node.values:
            if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.IfExp):
                yield from (one for one in _texts(part.value) if len(one) > 1)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Dict | ast.List):
        for value in node.values if isinstance(node, ast.Dict) else node.elts:
            yield from _texts(value)


def _is_clicks(node: ast.expr) -> bool:
    """``click.option`` begins with flags, ours with its help."""
    return (
        isinstance(node, ast.Attribute) and _name(node.value) == "click" and node.attr == "option"
    )


def _name(node: ast.expr) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))
