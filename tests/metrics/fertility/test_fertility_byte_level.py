"""Adding pieces to byte-level BPE: every one can be reached, nothing else is cut anew; pruning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_tokenizers import BPE, byte_level_json, sentencepiece_model, word_json

from jtextkit.core.errors import InputError, TokenizerError
from jtextkit.metrics.fertility.extension import Extension, extend

tokenizers = pytest.importorskip(
    "tokenizers", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
)

TRAINING = ["東京都の天気は晴れ。ABC社の天気は雨。", "大阪府の天気は雨、東京都は晴れ。"] * 20
HELD_OUT = ["東京都の天気は雨。", "大阪府の天気はよい。"]
ENGLISH = ["the end", "Then they went there."]
MERGES = [("t", "h"), ("th", "e"), ("Ġ", "the"), ("ã", "ģ"), ("x", "y"), ("xy", "z")]
SPECIAL = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}  # fmt: skip


def base_json(path: Path, *, joint: bool = False) -> Path:
    """With a special token behind the vocabulary, which a template puts in front of each text."""
    content = json.loads(byte_level_json(path, MERGES).read_text(encoding="utf-8"))
    at = len(content["model"]["vocab"])
    content["added_tokens"] = [{"id": at, "content": "<s>", **SPECIAL}]
    sequence = [
        {"SpecialToken": {"id": "<s>", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
    ]
    content["post_processor"] = {
        "type": "TemplateProcessing",
        "single": sequence,
        "pair": [*sequence, {"Sequence": {"id": "B", "type_id": 0}}],
        "special_tokens": {"<s>": {"id": "<s>", "ids": [at], "tokens": ["<s>"]}},
    }
    if joint:
        content["model"]["merges"] = [" ".join(pair) for pair in MERGES]
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def grown(base: Path, output: Path, **changes: Any) -> Extension:
    options = {"training": TRAINING, "held_out": HELD_OUT, "english": ENGLISH, "add": 20, **changes}
    return extend(base, output, **options)


@pytest.mark.parametrize("joint", [False, True])
def test_promises(tmp_path: Path, joint: bool) -> None:
    base = base_json(tmp_path / "tokenizer.json", joint=joint)
    output = tmp_path / "new.json"
    got = grown(base, output)
    before, after = (tokenizers.Tokenizer.from_file(str(file)) for file in (base, output))
    old, new = before.get_vocab(), after.get_vocab()
    assert old.items() <= new.items()  # <s> among them
    assert sorted(new.values()) == list(range(len(old) + 20))
    assert got.vocabulary_after == len(old) + 20
    assert got.ratio > 1
    assert (got.english_same, got.round_trip) == (1, 1)
    for piece, at in new.items():
        text = after.decode([at])
        if piece in old or "\ufffd" in text:
            continue
        assert after.encode(text, add_special_tokens=False).ids == [at]
        assert not text.isascii()
    for text in (*HELD_OUT, *ENGLISH):
        assert after.decode(after.encode(text).ids) == text
        assert after.encode(text).ids[0] == old["<s>"]


def shared_with_japanese(character: str) -> bool:
    """Blocks whose characters begin with the bytes of Japanese ones."""
    return (
        "\u3000" <= character < "\ua000"
        or "\uf900" <= character <= "\uffff"
        or character >= "\U00020000"
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8").filter(lambda c: not shared_with_japanese(c))))
def test_other_scripts_are_cut_as_before(tmp_path: Path, text: str) -> None:
    base, output = tmp_path / "tokenizer.json", tmp_path / "new.json"
    if not output.exists():
        grown(base_json(base), output)
    before, after = (tokenizers.Tokenizer.from_file(str(file)) for file in (base, output))
    assert before.encode(text).ids == after.encode(text).ids


def test_counted_by_hand(tmp_path: Path) -> None:
    """猫 is 3 bytes: two merges make it one token, a third joins it to the next."""
    base = byte_level_json(tmp_path / "tokenizer.json")
    got = grown(base, tmp_path / "n.json", training=["猫猫"] * 2, held_out=["猫猫猫"], add=3)
    assert (got.before, got.after) == (3 / 9, 3 / 2)
    content = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    assert [len(pair.replace(" ", "")) for pair in content["model"]["merges"]] == [2, 3, 6]


def test_pruned_pieces_are_those_that_no_text_needs(tmp_path: Path) -> None:
    base = base_json(tmp_path / "tokenizer.json")
    whole, less = tmp_path / "whole.json", tmp_path / "less.json"
    grown(base, whole)
    got = grown(base, less, prune=True)
    all_of_it, pruned = (tokenizers.Tokenizer.from_file(str(file)) for file in (whole, less))
    left_out = all_of_it.get_vocab().keys() - pruned.get_vocab().keys()
    assert {"xy", "xyz"} <= left_out
    assert not {"th", "<s>", "ã"} & left_out  # on the way to the, special, a byte
    assert sorted(pruned.get_vocab().values()) == list(range(got.vocabulary_after))
    for text in (*TRAINING, *HELD_OUT, *ENGLISH):
        assert pruned.encode(text).tokens == all_of_it.encode(text).tokens
        assert pruned.encode(text).ids[0] == pruned.token_to_id("<s>")


def test_pruned_pieces_of_sentencepiece(tmp_path: Path) -> None:
    sentencepiece = pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    pieces = ["▁", "t", "h", "e", "th", "the", "▁the", "x", "y", "xy", "の"]
    base = sentencepiece_model(tmp_path / "base.model", pieces, kind=BPE)
    whole, less = tmp_path / "whole.model", tmp_path / "less.model"
    grown(base, whole)
    grown(base, less, prune=True)
    all_of_it, pruned = (
        sentencepiece.SentencePieceProcessor(model_file=str(f)) for f in (whole, less)
    )
    names = {pruned.id_to_piece(at) for at in range(pruned.get_piece_size())}
    assert "xy" not in names
    assert {"th", "<unk>", "<0xE6>", "x", "の"} <= names
    for text in (*TRAINING, *HELD_OUT, *ENGLISH):
        assert pruned.encode(text, out_type=str) == all_of_it.encode(text, out_type=str)


def test_what_cannot_be_done(tmp_path: Path) -> None:
    with pytest.raises(TokenizerError, match="no byte-level BPE"):
        grown(word_json(tmp_path / "w.json", ["東京"]), tmp_path / "n.json")
    with pytest.raises(InputError, match=r"gives \d+ new pieces, not 5,000; .*--add \d+"):
        grown(base_json(tmp_path / "tokenizer.json"), tmp_path / "n.json", add=5000)
    assert not (tmp_path / "n.json").exists()
