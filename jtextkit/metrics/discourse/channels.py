"""Which stretches of a model's output are said, which are thought, and where the turn ends.

Known marks: ``<think>`` and its kin, ``[THINK]``, 【思考】, ``◁think▷``, ``<|channel|>analysis``
(harmony, its tokens lost or not), ``<|begin_of_thought|>``; tool calls as ``<tool_call>``, ``<function=…>``,
``<|python_tag|>``, ``[TOOL_CALLS]``; the end of a turn as ``</s>``, ``<|im_end|>``, ``<|eot_id|>``, ….
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Stretch(NamedTuple):
    """From ``start`` to ``end`` the model only thinks, or calls a tool, or else speaks."""

    start: int
    end: int
    thinking: bool


_NAMES = "think|thinking|thought|reasoning|scratchpad|analysis|tool_call|tool_calls|function_calls"
_TOKEN = re.compile(
    rf"""(?P<open><(?:{_NAMES})>|\[THINK\]|【思考】|\[思考\]|◁think▷|<function=[^<>\n]{{1,60}}>
            |<\|begin_of_thought\|>|<\|python_tag\|>|\[TOOL_CALLS\]
            |<\|channel\|>(?:analysis|commentary)[^<\n]{{0,80}}(?:<\|message\|>)?)
    |(?P<close></(?:{_NAMES}|function)>|\[/THINK\]|【/思考】|\[/思考\]|◁/think▷|<\|end_of_thought\|>
            |<\|channel\|>final(?:<\|message\|>)?|assistantfinal)
    |(?P<finish></s>|<\|(?:im_end|eot_id|endoftext|end_of_text|return|eom_id|end_of_turn)\|>
            |<end_of_turn>|<eos>|<\|start_header_id\|>user|<\|im_start\|>user)
    |(?P<skip><\|[A-Za-z_]{{2,30}}\|>(?:assistant\b)?|<s>|<bos>)""",
    re.VERBOSE | re.IGNORECASE,
)
_HINTS = ("<|", "</", "<t", "<T", "<r", "<s", "<a", "<e", "<f", "<b", "[", "【", "◁")


def stretches(text: str, start: int = 0) -> list[Stretch]:
    """The stretches of a text in order; none for what stands behind the end of the turn.

    A reasoning channel that is never closed goes on to the end. One that is closed but was never
    opened (its beginning belongs to the prompt) reaches back to the start.
    """
    if not any(hint in text for hint in _HINTS) and "assistantfinal" not in text:
        return [Stretch(start, len(text), thinking=False)]
    found: list[Stretch] = []
    at, thinking = start, False
    for token in _TOKEN.finditer(text, start):
        kind = token.lastgroup
        if kind == "finish" and not thinking and not text[at : token.start()].strip() and not found:
            kind = "skip"  # a turn that begins with an end token has not ended yet
        if kind == "close" and not thinking:
            found = [Stretch(start, token.start(), thinking=True)]
        elif token.start() > at:
            found.append(Stretch(at, token.start(), thinking))
        at = token.end()
        thinking = kind == "open" or (thinking and kind not in ("close", "finish"))
        if kind == "finish" and any(not stretch.thinking for stretch in found):
            return found
    if at < len(text):
        found.append(Stretch(at, len(text), thinking))
    return found
