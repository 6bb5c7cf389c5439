"""Drawings: sound XML that shows letters of the problem and none of its numbers."""

from __future__ import annotations

import random
import re
from xml.etree import ElementTree as ET

import pytest

from jtextkit import sansu
from jtextkit.builders.sansu.composing import compose
from jtextkit.builders.sansu.drawings import DRAWINGS, drawing_of
from jtextkit.builders.sansu.problems import Problem
from jtextkit.builders.sansu.topics import TOPICS

AXES = ("時間", "道のり")


def problems(kind: str) -> list[Problem]:
    topic = next(one for one in TOPICS if kind in {story.name for story in one.stories})
    rng = random.Random(kind)
    made = (compose(topic, 1, rng) for _ in range(200))
    return [one for one in made if isinstance(one, Problem) and one.kind == kind]


@pytest.mark.parametrize("kind", DRAWINGS)
def test_a_drawing_says_nothing_that_the_words_do_not(kind: str) -> None:
    for problem in problems(kind)[:20]:
        root = ET.fromstring(problem.figure)
        _, _, wide, high = map(float, root.attrib["viewBox"].split())
        letters = [element.text or "" for element in root.iter() if element.text]
        assert letters
        for letter in letters:
            assert letter in problem.text or letter in AXES
            assert not re.search(r"\d", letter)
        for line in root.iter("{http://www.w3.org/2000/svg}polyline"):
            for point in line.attrib["points"].split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= wide
                assert 0 <= y <= high


def test_lines_stand_in_the_ratio_that_is_told() -> None:
    root = ET.fromstring(drawing_of("切り取った残りの面積", {"x": 1, "y": 3, "s": 2, "t": 1}))
    *_, cut = root.iter("{http://www.w3.org/2000/svg}polyline")
    (_, d), (_, e) = (map(float, point.split(",")) for point in cut.attrib["points"].split())
    assert (d - 24) / (146 - d) == pytest.approx(1 / 3, abs=0.02)
    assert (e - 24) / (146 - e) == pytest.approx(2, abs=0.05)


def test_most_kinds_have_none_and_an_item_passes_it_on() -> None:
    assert drawing_of("両はしにある", {}) == ""
    source = sansu.create(topics=["立体"], grade="標準")
    assert source[0].figure.startswith("<svg ")
