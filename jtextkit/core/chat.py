"""What a completion says, whether it is a text or a chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Completion = str | Sequence[Mapping[str, Any]]
"""A completion or a prompt: text, or the messages of a chat, of which the last one counts."""


def last_text(completion: Completion) -> str:
    """The text of a completion; nothing where it is neither text nor messages.

    A message's content is a text, or parts as of multimodal chats, whose texts are joined.
    """
    content: Any = completion
    if not isinstance(completion, str):
        try:
            content = completion[-1]["content"]
        except (TypeError, KeyError, IndexError):
            return ""
        if isinstance(content, Sequence) and not isinstance(content, str):
            parts = [part.get("text") for part in content if isinstance(part, Mapping)]
            content = "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""
