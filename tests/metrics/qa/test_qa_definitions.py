"""Each named definition gives what its original gives."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import UsageError
from jtextkit.metrics.qa import DEFINITIONS, measure
from jtextkit.metrics.qa.definitions import aio_normal, overlap_f1, ratio, token_sort_ratio

GOLDEN = json.loads(Path(__file__).with_name("qa_cases.json").read_text(encoding="utf-8"))
NAMES = ("jglue", "lm-harness-jp", "llm-jp-eval", "flexeval", "aio")
NEEDS = {"lm-harness-jp": ("neologdn", "emoji"), "jglue": ()}
TEXT = st.text(st.sampled_from("あ東京アA1 　。、「」()・=-ー\n½①😀é\ud800\0"), max_size=30)


def needed(name: str) -> None:
    for library in NEEDS.get(name, ("rapidfuzz",)):
        pytest.importorskip(library, reason='needs the extra qa: python -m pip install -e ".[qa]"')


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["prediction"][:12])
def test_equals_the_original(name: str, case: dict) -> None:
    needed(name)
    found = measure(name, case["prediction"], case["golds"])
    assert found == pytest.approx(case["expected"][name], abs=1e-12)


def test_the_definitions_disagree() -> None:
    """That is why they are named: one answer, one gold, four different values."""
    for library in ("neologdn", "rapidfuzz"):
        pytest.importorskip(library, reason='needs the extra qa: python -m pip install -e ".[qa]"')
    values = {
        name: list(measure(name, "東京。大阪 京都", ["京都 大阪 東京タワー"]).values())[1]
        for name in ("jglue", "lm-harness-jp", "llm-jp-eval", "flexeval")
    }
    assert len(set(values.values())) == 4


@given(TEXT, TEXT)
def test_similarities_equal_fuzzywuzzy(a: str, b: str) -> None:
    pytest.importorskip(
        "Levenshtein", reason='needs the tests\' own tools: python -m pip install -e ".[dev]"'
    )  # without it fuzzywuzzy is another metric
    fuzz = pytest.importorskip(
        "fuzzywuzzy.fuzz", reason='needs the tests\' own tools: python -m pip install -e ".[dev]"'
    )
    assert ratio(a, b) == fuzz.ratio(a, b)
    assert token_sort_ratio(a, b) == fuzz.token_sort_ratio(a, b)


@given(TEXT)
def test_aio_normalisation_equals_its_expressions(text: str) -> None:
    import unicodedata

    wanted = unicodedata.normalize("NFKC", text.replace("～", "〜")).lower()
    wanted = re.sub(r"『(.*?)』", r"\1", re.sub(r"「(.*?)」", r"\1", wanted))
    wanted = re.sub(r"\s+", "", re.sub("[・=-]", "", wanted))
    assert aio_normal(text) == re.sub(r"\((.*?)\)", "", wanted)


@given(TEXT, TEXT)
@pytest.mark.parametrize("name", NAMES)
def test_values_lie_between_0_and_1_and_equal_texts_match(name: str, a: str, b: str) -> None:
    needed(name)
    assert all(0 <= value <= 1 for value in measure(name, a, [b]).values())
    assert measure(name, a, [b, a])["exact_match"] in (0.0, 1.0)
    if "\n\n" not in a and a == a.strip():
        assert measure(name, a, [b, a])["exact_match"] == 1.0


@pytest.mark.parametrize("name", NAMES)
def test_the_best_gold_counts_wherever_it_stands(name: str) -> None:
    needed(name)
    golds = ["本州", "北海道", "四国"]
    assert measure(name, "北海道", golds) == measure(name, "北海道", golds[::-1])
    assert measure(name, "北海道", golds)["exact_match"] == 1.0


def test_overlap_is_a_bag() -> None:
    assert overlap_f1("ああ", "あ") == pytest.approx(2 / 3)
    assert overlap_f1("", "") == 0.0


def test_a_name_that_is_wrong() -> None:
    with pytest.raises(UsageError, match=r"did you mean jglue"):
        measure("jgleu", "a", ["a"])
    with pytest.raises(UsageError, match="no gold"):
        measure("jglue", "a", [])


def test_a_library_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)
    with pytest.raises(UsageError, match=r"rapidfuzz.*jtextkit\[qa\]"):
        measure("flexeval", "a", ["b"])


def test_signatures_name_what_values_depend_on() -> None:
    pytest.importorskip("neologdn", reason='needs the extra qa: python -m pip install -e ".[qa]"')
    making = dict(DEFINITIONS["lm-harness-jp"].making())
    assert list(making) == ["emoji", "neologdn", "dict"]
    assert making["dict"].startswith("unidic-lite")


@pytest.mark.parametrize("text", ["「" * 200_000, "「\n" * 100_000 + "」", "(" * 200_000 + "。"])
def test_brackets_without_partners_cost_linear_time(text: str) -> None:
    start = time.process_time()
    aio_normal(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("prediction", "gold", "value"),
    [
        ("red blue green", "red blue green", 1.0),
        ("red blue green", "red blue black", 0.5),  # one pair of two on either side
        ("red blue green white", "red blue", 0.5),  # one of three, and one of one
        ("ｒｅｄ　blue  green😀", "red blue green", 1.0),
        ("朝です。", "朝です。", 1.0),
        ("red", "red", 0.0),  # no pair at all
        ("", "red blue", 0.0),
    ],
)
def test_rouge_2_counts_pairs_of_words(prediction: str, gold: str, value: float) -> None:
    pytest.importorskip("neologdn", reason='needs the extra qa: python -m pip install -e ".[qa]"')
    assert measure("rouge-2", prediction, [gold]) == {"rouge2": pytest.approx(value)}
