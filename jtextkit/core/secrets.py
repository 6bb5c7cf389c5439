"""Keep tokens and passwords out of everything that is printed.

Libraries put what they sent into their errors (an illegal header with its value, an address with
its password), and a trace prints errors whole. So what goes to a person passes :func:`redact`.

Not handled: a secret of fewer than eight characters, which would mask ordinary words; one that was
cut or encoded before it got here.
"""

from __future__ import annotations

import os
import re

MASK = "***"

_VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
_SHORTEST = 8

_PATTERNS = (
    (re.compile(r"\bhf_[A-Za-z0-9]{8,}"), MASK),
    (re.compile(r"(?i)(\bbearer\s+)[^\s'\"]+"), rf"\1{MASK}"),
    (re.compile(r"(?<=://)[^/\s@]+@"), f"{MASK}@"),
    (
        re.compile(
            r"(?i)([?&](?:x-amz-[a-z-]+|signature|policy|key-pair-id|token|access_token)=)[^&\s'\"]+"
        ),
        rf"\1{MASK}",
    ),
)
"""A token of the Hub, an authorization header, user and password in an address, a signed address."""

_hidden: set[str] = set()


def hide(secret: str) -> None:
    """Mask ``secret`` from now on wherever it would be printed."""
    if len(secret) >= _SHORTEST:
        _hidden.add(secret)


def redact(text: str) -> str:
    """``text`` without any secret that is known, or that looks like one.

    >>> redact("Authorization: Bearer abc")
    'Authorization: Bearer ***'
    >>> redact("https://me:word@hub.example/x?X-Amz-Signature=ab12&part=1")
    'https://***@hub.example/x?X-Amz-Signature=***&part=1'
    """
    given = {os.environ.get(name, "").strip() for name in _VARIABLES}
    for secret in sorted(_hidden | given, key=len, reverse=True):
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, MASK)
    for pattern, mask in _PATTERNS:
        text = pattern.sub(mask, text)
    return text
