"""One short line that says how a number was made.

The habit is sacrebleu's: two numbers are comparable only if their signatures are equal. A signature
reads ``jreadability|dict:unidic-lite-1.0.8-756264|sent:punct|norm:none|v:0.1.0``.
"""

from __future__ import annotations

from dataclasses import dataclass

from jtextkit import __version__


@dataclass(frozen=True, slots=True)
class Signature:
    """The name of a metric and the choices that its value depends on, in a fixed order.

    ``str()`` gives the one-line form. The version of jtextkit is always its last field.
    """

    metric: str
    choices: tuple[tuple[str, str], ...]
    version: str = __version__

    def __str__(self) -> str:
        parts = [self.metric, *(f"{key}:{value}" for key, value in self.choices)]
        return "|".join((*parts, f"v:{self.version}"))
