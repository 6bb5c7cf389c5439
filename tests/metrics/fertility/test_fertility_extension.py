"""Adding pieces: what is promised of the new model, and what it brings."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from tiny_tokenizers import BPE, UNIGRAM, sentencepiece_model

from jtextkit.core.errors import InputError, OutputError, TokenizerError, UsageError
from jtextkit.metrics.fertility.extension import ENGLISH, Extension, extend

TRAINING = ["東京都の天気は晴れ。ABC社の天気は雨。", "大阪府の天気は雨、東京都は晴れ。"] * 20
HELD_OUT = ["東京都の天気は雨。", "大阪府の天気はよい。"]


def loaded(path: Path) -> Any:
    sentencepiece = pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def extended(base: Path, output: Path, **changes: Any) -> Extension:
    options = {"training": TRAINING, "held_out": HELD_OUT, "add": 25, **changes}
    return extend(base, output, **options)


@pytest.mark.parametrize(("kind", "add"), [(BPE, 24), (UNIGRAM, 8)])
def test_promises(tmp_path: Path, kind: int, add: int) -> None:
    base = sentencepiece_model(
        tmp_path / "base.model",
        ["▁", "e", "t", "h", "th", "the", "▁the", "の", "は", "。"],
        kind=kind,
    )
    output = tmp_path / "new.model"
    got = extended(base, output, add=add)
    before, after = loaded(base), loaded(output)
    size = before.get_piece_size()
    assert after.get_piece_size() == size + add == got.vocabulary_after
    assert [after.id_to_piece(i) for i in range(size)] == [
        before.id_to_piece(i) for i in range(size)
    ]
    assert [after.get_score(i) for i in range(size)] == [before.get_score(i) for i in range(size)]
    new = [after.id_to_piece(i) for i in range(size, size + add)]
    assert len(set(new)) == add
    assert not any(c.isascii() or c == "▁" for piece in new for c in piece)
    assert got.ratio > 1
    assert got.after == pytest.approx(got.before * got.ratio)
    for text in (*HELD_OUT, *ENGLISH):
        assert after.decode(after.encode(text)) == text
    for text in ENGLISH:
        assert list(after.encode(text)) == list(before.encode(text))
    assert (got.english_same, got.round_trip) == (1, 1)
    assert got.english_before == got.english_after
    assert [gain.added for gain in got.curve] == [add // 8, add // 4, add // 2, 3 * add // 4, add]
    assert got.curve[-1].ratio == got.ratio
    assert got.parameters == {"input": add * 4096, "output": add * 4096}
    assert json.loads(json.dumps(got.to_dict()))["added"] == add


def test_counted_by_hand(tmp_path: Path) -> None:
    """▁ + 2 characters of 3 bytes are 7 tokens; with two characters as pieces, 3."""
    base = sentencepiece_model(tmp_path / "base.model", ["▁"], kind=BPE)
    got = extended(
        base,
        tmp_path / "n.model",
        training=["猫犬", "犬猫"] * 9,
        held_out=["猫犬"],
        add=2,
        hidden_size=3,
    )
    assert got.before == 2 / 7
    assert got.after == 2 / 3
    assert got.parameters["input"] == 6


def test_pieces_are_of_text_as_the_base_sees_it(tmp_path: Path) -> None:
    """A base that normalises by NFKC never sees ！ or ﾃ: a piece with them would be of no use."""
    import io

    sentencepiece = pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["ab 12 !の"] * 20),
        model_writer=written,
        vocab_size=275,
        model_type="bpe",
        byte_fallback=True,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=3,
    )
    base = tmp_path / "nfkc.model"
    base.write_bytes(written.getvalue())
    extended(base, tmp_path / "n.model", training=["天気！", "ﾃﾝｷ"] * 20, held_out=["天気"], add=5)
    after = loaded(tmp_path / "n.model")
    size = after.get_piece_size()
    new = {after.id_to_piece(i) for i in range(size - 5, size)}
    assert {"天", "気", "テ"} < new
    assert not new & {"！", "ﾃ", "天気！"}


def test_the_same_every_time(tmp_path: Path) -> None:
    base = sentencepiece_model(tmp_path / "base.model", ["▁", "の"], kind=BPE)
    one = extended(base, tmp_path / "1.model")
    other = extended(base, tmp_path / "2.model")
    assert one == other
    assert (tmp_path / "1.model").read_bytes() == (tmp_path / "2.model").read_bytes()


def test_what_cannot_be_done(tmp_path: Path) -> None:
    base = sentencepiece_model(tmp_path / "base.model", ["▁", "の"], kind=BPE)
    output = tmp_path / "n.model"
    with pytest.raises(InputError, match=r"--add \d+|smaller --add"):
        extended(base, output, add=5000)
    with pytest.raises(InputError, match="no Japanese"):
        extended(base, output, training=["only English"])
    with pytest.raises(InputError, match="no text to measure"):
        extended(base, output, held_out=[])
    with pytest.raises(UsageError, match="at least 1"):
        extended(base, output, add=0)
    (tmp_path / "cut.model").write_bytes(base.read_bytes()[:50] + b"\xff")
    with pytest.raises(TokenizerError, match="no readable SentencePiece"):
        extended(tmp_path / "cut.model", output)
    with pytest.raises(TokenizerError, match="words or characters"):
        extended(
            sentencepiece_model(tmp_path / "w.model", ["▁"], kind=3, byte_fallback=False), output
        )
    assert not output.exists()
    with pytest.raises(OutputError):
        extended(base, tmp_path / "no" / "n.model")


def test_mistral_on_jsquad(shared: Path, tmp_path: Path) -> None:
    """The published case, 32,000 + 16,000 pieces, on articles that were not trained on."""
    pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    package = importlib.util.find_spec("mistral_common")
    if package is None or not package.submodule_search_locations:
        pytest.skip("needs mistral-common: python -m pip install mistral-common")
    base = Path(package.submodule_search_locations[0]) / "data" / "tokenizer.model.v1"
    content = json.loads((shared / "eval/jglue/jsquad-v1.3__valid-v1.3.json").read_bytes())
    articles = [
        [p["context"].rsplit("[SEP]", 1)[-1].strip() for p in article["paragraphs"]]
        for article in content["data"]
    ]
    english = [
        line.split("\t")[0]
        for line in (shared / "eval" / "mgsm_en.tsv").read_text(encoding="utf-8").splitlines()
    ]
    got = extend(
        base,
        tmp_path / "new.model",
        training=[
            text for number, article in enumerate(articles) if number % 5 for text in article
        ],
        held_out=[text for article in articles[::5] for text in article],
        english=english,
        add=16_000,
    )
    assert got.vocabulary_after == 48_000
    assert got.ratio >= 1.65
    assert got.english_after == pytest.approx(got.english_before, rel=0.005)
    assert got.round_trip == 1
    assert loaded(tmp_path / "new.model").get_piece_size() == 48_000
