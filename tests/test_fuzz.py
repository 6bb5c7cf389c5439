"""The kept inputs of the fuzzer, and a few changes of each: nothing but a JtextkitError, whatever is given."""

from __future__ import annotations

import random

import pytest
from fuzz import attempt, changed, seeds

KEPT = seeds()
NEEDS = {
    "card": "huggingface_hub", "shards.parquet": "pyarrow", "tokenizers": "tokenizers", "tokenizers.model": "sentencepiece",
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_kept_inputs_and_changes_of_them(name: str) -> None:
    if name in NEEDS:
        pytest.importorskip(
            NEEDS[name], reason='needs the extra dev: python -m pip install -e ".[dev]"'
        )
    chance = random.Random(1)
    for one in KEPT[name]:
        attempt(name, one)
    for _ in range(6 if name.startswith("tokenizers") else 60):
        attempt(name, changed(chance, chance.choice(KEPT[name]), KEPT[name]))
