"""The figures of FACTS.md §7 on JSQuAD's validation paragraphs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from jtextkit.metrics.fertility import measure, read_documents

# characters/token, tokens/word, boundary F1, as measured by others with the same definitions.
LLM_JP = {
    "code10K_en20K_ja30K.ver2.2.model": (1.457, 1.109, 0.879),
    "llm-jp-code10K_en20K_ja30K.ver2.2.tokenizer.json": (1.457, 1.109, 0.879),
    "code20k_en40k_ja60k.ver2.1.model": (1.605, 1.004, 0.912),
    "llm-jp-tokenizer-100k.ver3.0b1.model": (1.879, 0.869, 0.824),
    "llm-jp-tokenizer-100k.ver3.1.model": (1.815, 0.898, 0.811),
    "llm-jp-tokenizer_ver4.0_alpha1.0.model": (1.996, 0.810, 0.772),
}
MISTRAL = {
    "tokenizer.model.v1": (0.897, 1.809, 0.766),
    "tekken_240911.json": (1.272, 1.283, 0.772),
}


def test_the_table(shared: Path) -> None:
    for module in ("sentencepiece", "tokenizers", "tiktoken"):
        pytest.importorskip(
            module, reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
        )
    expected = {str(shared / "tokenizers" / name): row for name, row in LLM_JP.items()}
    package = importlib.util.find_spec("mistral_common")
    if package is not None and package.submodule_search_locations:
        data = Path(package.submodule_search_locations[0]) / "data"
        expected |= {str(data / name): row for name, row in MISTRAL.items()}
    paragraphs = shared / "eval" / "jglue" / "jsquad-v1.3__valid-v1.3.json"
    found = measure(list(expected), read_documents([paragraphs]), units=["unidic"])
    assert not found.errors
    for result in found.results:
        assert (result.documents, result.characters) == (1145, 196192)
        assert result.words == pytest.approx(120144, rel=0.001)
        characters, tokens, f1 = expected[result.tokenizer]
        assert result.characters_per_token == pytest.approx(characters, rel=0.005), result.tokenizer
        assert result.tokens_per_word == pytest.approx(tokens, rel=0.01), result.tokenizer
        assert result.boundary_f1 == pytest.approx(f1, abs=0.01), result.tokenizer
        assert result.round_trip == 1
        low, high = result.intervals["characters_per_token"]
        assert low < result.characters_per_token < high
    # One number misranks: v4.0 takes the fewest tokens, and keeps fewer words whole than v2.1.
    by_name = {Path(result.tokenizer).name: result for result in found.results}
    newest, aligned = (
        by_name["llm-jp-tokenizer_ver4.0_alpha1.0.model"],
        by_name["code20k_en40k_ja60k.ver2.1.model"],
    )
    assert newest.tokens_per_word < aligned.tokens_per_word
    assert newest.words_kept < aligned.words_kept
