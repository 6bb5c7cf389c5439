"""One short line that says how a number was made.

The habit is sacrebleu's: two numbers are comparable only if their signatures are equal. A signature
reads ``jreadability|dict:unidic-lite-1.0.8-756264|sent:punct|norm:none|v:0.1.0``.
"""

from __future__ import annotations

from jtextkit import __version__


def signature(metric: str, /, **choices: str) -> str:
    """The signature of a metric, with the choices that its value depends on in the order given.

    The version of jtextkit is always its last field.
    """
    return "|".join(
        [metric, *(f"{key}:{value}" for key, value in choices.items()), f"v:{__version__}"]
    )
