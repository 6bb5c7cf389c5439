"""The embedded sample: texts written for jtextkit, in the formats in which the sources come.

Fourteen pairs of sentences (CSV with a byte order mark, as SNOW's sheets are saved), fourteen questions
(JSONL of TyDi QA's primary task, spans in bytes) and twelve articles (JSONL of XL-Sum). Places, people
and events are invented.
"""

from __future__ import annotations

from pathlib import Path

from jtextkit.builders.stx.sources import StxSources

__all__ = ["SIZE", "sample_sources"]

SIZE = 30
"""Rows of the set that is built from the sample where no size is asked for."""

_HERE = Path(__file__).parent


def sample_sources() -> StxSources:
    """The sample's three files."""
    return StxSources(
        simplification=(str(_HERE / "snow.csv"),),
        qa=(str(_HERE / "tydiqa.jsonl"),),
        summarisation=(str(_HERE / "xlsum.jsonl"),),
        sample=True,
    )
