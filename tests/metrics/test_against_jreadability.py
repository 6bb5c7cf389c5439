"""Scores equal those of the package jreadability 1.1.5 to the last bit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import unidic_lite
from fugashi import Tagger
from hypothesis import given, settings
from hypothesis import strategies as st
from jreadability import compute_readability

from jtextkit.builders.aozora import read_path
from jtextkit.core.errors import TextError
from jtextkit.metrics.readability.formula import score

PASSAGES = json.loads((Path(__file__).parent / "passages.json").read_text(encoding="utf-8"))
REAL_PASSAGES = 3000


@pytest.fixture(scope="module")
def tagger() -> Any:
    return Tagger(f"-d {unidic_lite.DICDIR}")


@pytest.mark.parametrize("case", PASSAGES, ids=lambda case: case["name"])
def test_own_passages(case: dict[str, Any], tagger: Any) -> None:
    value = score(case["text"]).readability
    assert value == compute_readability(case["text"], tagger)
    if "readability" in case:
        assert value == case["readability"]


def test_real_passages(shared: Path, tagger: Any) -> None:
    works = sorted((shared / "sources/aozora/cards").glob("*/files/*.zip"))
    compared = 0
    for path in works[:: max(1, len(works) // 1200)]:
        text = read_path(path).plain.text
        for start in range(0, min(len(text), 8_000), 800):
            passage = text[start : start + 800]
            if not passage.strip():
                continue
            assert score(passage).readability == compute_readability(passage, tagger), path
            compared += 1
        if compared >= REAL_PASSAGES:
            break
    assert compared >= REAL_PASSAGES


JAPANESE = st.text(
    st.one_of(
        st.sampled_from("。？！．!?.、「」『』（）…―　\n\r\t Aａ1１ー々〆ゝ"),
        st.characters(min_codepoint=0x3041, max_codepoint=0x30FF),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
    ),
    min_size=1,
    max_size=80,
)


@settings(max_examples=300, deadline=None)
@given(JAPANESE)
def test_any_text(text: str) -> None:
    """Whatever the text: the package's value, or our error where it divides by zero."""
    try:
        value = score(text).readability
    except TextError:
        assert not text.strip()
        return
    try:
        assert value == compute_readability(text, Tagger(f"-d {unidic_lite.DICDIR}"))
    except ZeroDivisionError:
        pytest.fail("a text without words was scored")
