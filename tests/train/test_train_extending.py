"""A model with more pieces: rows by hand, and a loss that stays where nothing is new."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')

from tiny_tokenizers import BPE, sentencepiece_model
from train_checks import EASY, WARNINGS, make_tiny_model

from jtextkit.core.errors import InputError
from jtextkit.core.receipts import read_receipt
from jtextkit.metrics.fertility.extension import extend
from jtextkit.train.extending import extend_model

pytestmark = [pytest.mark.filterwarnings(one) for one in WARNINGS]

TRAINING = [EASY.format(name) + "図書館で本を借りた。" for name in ("田中", "山田", "鈴木")] * 5
NEW, SAME = "図書館で犬と本を借りた。", "An apple."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_model(tmp_path_factory.mktemp("model") / "m")


def larger(model: Path, output: Path, *, prune: bool = False) -> Path:
    extend(model / "tokenizer.json", output, training=TRAINING, held_out=[NEW], add=10, prune=prune)
    return output


def test_rows_losses_and_receipt(model: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = larger(model, tmp_path / "new.json")
    got = extend_model(str(model), tokenizer, tmp_path / "out", held_out=[NEW, SAME])
    assert (got.pieces_new, got.pieces_left_out) == (10, 0)
    assert got.rows_after == got.rows_before + 10
    assert got.same_texts == 1
    assert got.same_after_old_pieces == pytest.approx(got.same_before, abs=1e-5)
    assert got.same_after > got.same_before  # what the new pieces take of the probability
    before, after = (
        AutoModelForCausalLM.from_pretrained(folder).get_input_embeddings().weight
        for folder in (model, tmp_path / "out")
    )
    old, new = (AutoTokenizer.from_pretrained(folder) for folder in (model, tmp_path / "out"))
    assert torch.equal(after[: len(before)], before)
    at = len(before) + 9
    parts = old.backend_tokenizer.model.tokenize(new.convert_ids_to_tokens(at))
    assert len(parts) > 1
    assert torch.equal(after[at], before[[part.id for part in parts]].mean(0))
    receipt = read_receipt(tmp_path / "out")
    assert receipt is not None
    assert receipt["loss_after"] == got.loss_after
    assert {"model.safetensors", "tokenizer.json", "config.json"} <= receipt["files"].keys()


def test_a_pruned_vocabulary_moves_rows(model: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = larger(model, tmp_path / "new.json", prune=True)
    got = extend_model(str(model), tokenizer, tmp_path / "out", held_out=[NEW])
    assert got.pieces_left_out > 0
    assert got.rows_after == got.rows_before + 10 - got.pieces_left_out
    assert got.same_before is None
    old, new = (AutoTokenizer.from_pretrained(folder) for folder in (model, tmp_path / "out"))
    models = [AutoModelForCausalLM.from_pretrained(folder) for folder in (model, tmp_path / "out")]
    before, after = (one.get_input_embeddings().weight for one in models)
    for piece in old.get_vocab().keys() & new.get_vocab().keys():
        assert torch.equal(after[new.get_vocab()[piece]], before[old.get_vocab()[piece]])
    assert models[1].config.eos_token_id == new.eos_token_id


def test_sentencepiece_and_a_head_of_its_own(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, LlamaTokenizer

    base = sentencepiece_model(
        tmp_path / "tokenizer.model", ["▁", "a", "p", "l", "e", "n", "図", "を"], kind=BPE
    )
    tokenizer = LlamaTokenizer.from_pretrained(tmp_path)
    torch.manual_seed(0)
    rows = len(tokenizer) + 3  # as many are padded
    config = LlamaConfig(
        vocab_size=rows, hidden_size=8, intermediate_size=8, num_hidden_layers=1,
        num_attention_heads=2, tie_word_embeddings=False,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(tmp_path / "m")
    tokenizer.save_pretrained(tmp_path / "m")
    extend(base, tmp_path / "new.model", training=TRAINING, held_out=[NEW], add=10)
    got = extend_model(
        str(tmp_path / "m"), tmp_path / "new.model", tmp_path / "out", held_out=[NEW, "apple"]
    )
    assert (got.pieces_new, got.pieces_left_out, got.same_texts) == (10, 0, 1)
    assert (got.rows_before, got.rows_after) == (rows, rows + 7)
    assert got.same_after_old_pieces == pytest.approx(got.same_before, abs=1e-5)
    old, new = (
        AutoModelForCausalLM.from_pretrained(folder)
        for folder in (tmp_path / "m", tmp_path / "out")
    )
    places = LlamaTokenizer.from_pretrained(tmp_path / "out").get_vocab()
    made = next(piece for piece in places if piece not in tokenizer.get_vocab())
    parts = [token.id for token in tokenizer.backend_tokenizer.model.tokenize(made)]
    for matrix in ("get_input_embeddings", "get_output_embeddings"):
        before, after = (getattr(one, matrix)().weight for one in (old, new))
        assert torch.allclose(after[places[made]], before[parts].mean(0))


def test_bfloat16_stays(model: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    AutoModelForCausalLM.from_pretrained(model, dtype=torch.bfloat16).save_pretrained(
        tmp_path / "m"
    )
    AutoTokenizer.from_pretrained(model).save_pretrained(tmp_path / "m")
    tokenizer = larger(model, tmp_path / "new.json")
    got = extend_model(str(tmp_path / "m"), tokenizer, tmp_path / "out", held_out=[NEW, SAME])
    assert got.same_after_old_pieces == pytest.approx(got.same_before, rel=0.01)
    assert AutoModelForCausalLM.from_pretrained(tmp_path / "out").dtype == torch.bfloat16


def test_what_cannot_be_done(model: Path, tmp_path: Path) -> None:
    tokenizer = larger(model, tmp_path / "new.json")
    with pytest.raises(InputError, match="no text to measure"):
        extend_model(str(model), tokenizer, tmp_path / "out", held_out=[" "])
    tokenizer.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"new\.json"):
        extend_model(str(model), tokenizer, tmp_path / "out", held_out=[NEW])
    assert not (tmp_path / "out").exists()
