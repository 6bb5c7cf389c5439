"""Kinds of tokenizers that lie without a tokenizer.json: BERT's, tiktoken's, folders and the Hub."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_tokenizers import byte_level_json, sentencepiece_model, tekken_json

from jtextkit.core.errors import TokenizerError, UsageError
from jtextkit.metrics.fertility import formats
from jtextkit.metrics.fertility.loading import FILES, load_tokenizer

tiktoken = pytest.importorskip(
    "tiktoken", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
)

PIECES = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
    "今日", "は", "晴れ", "##れ", "晴", "。", "a", "##bc", "A", "た", "今", "日", "れ", "1",
]  # fmt: skip
TEXTS = ["今日は晴れた。", "Abc　今日\n㍿", " 今日 ", "１日は abc abC", "𠮷野家"]


def bert(folder: Path, **config: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


JAPANESE = {"word_tokenizer_type": "mecab", "mecab_kwargs": {"mecab_dic": "unidic_lite"}}


@pytest.mark.parametrize(
    "config",
    [
        {**JAPANESE, "subword_tokenizer_type": "wordpiece"},
        {**JAPANESE, "subword_tokenizer_type": "character", "do_lower_case": True},
        {**JAPANESE, "mecab_kwargs": {"normalize_text": False}},
        {"word_tokenizer_type": "basic"},
    ],
)
def test_japanese_bert_agrees_with_transformers(tmp_path: Path, config: dict[str, Any]) -> None:
    transformers = pytest.importorskip(
        "transformers", reason='needs the extra train: python -m pip install -e ".[train]"'
    )
    folder = bert(tmp_path / "bert", **config)
    theirs = transformers.BertJapaneseTokenizer.from_pretrained(folder)
    cut = load_tokenizer(str(folder)).cut(TEXTS)
    ids = [theirs.convert_tokens_to_ids(theirs.tokenize(text)) for text in TEXTS]
    assert cut.ids.tolist() == [i for part in ids for i in part]
    assert cut.counts.tolist() == [len(part) for part in ids]


def test_japanese_bert_by_hand(tmp_path: Path) -> None:
    tokenizer = load_tokenizer(str(bert(tmp_path / "bert", **JAPANESE)))
    assert tokenizer.kind == "wordpiece"
    assert tokenizer.pieces("今日は晴れ。") == ["今日", "は", "晴れ", "。"]
    cut = tokenizer.cut(["今日は晴れ。", "猫"])
    assert cut.returned == {0: "今日 は 晴れ 。", 1: "[UNK]"}  # spaces between words: no round trip
    assert tokenizer.unknown[cut.ids].tolist() == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        ({"word_tokenizer_type": "jumanpp"}, "jumanpp"),
        ({**JAPANESE, "subword_tokenizer_type": "sentencepiece"}, "sentencepiece"),
        ({**JAPANESE, "mecab_kwargs": {"mecab_dic": "mine"}}, "dictionary mine"),
        ({"unk_token": "<unk>"}, "without <unk>"),
    ],
)
def test_what_of_bert_is_refused(tmp_path: Path, config: dict[str, Any], complaint: str) -> None:
    with pytest.raises(TokenizerError, match=complaint):
        load_tokenizer(str(bert(tmp_path / "bert", **config)))


def test_a_dictionary_that_is_not_installed(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ipadic", None)
    config = {**JAPANESE, "mecab_kwargs": {"mecab_dic": "ipadic"}}
    with pytest.raises(UsageError, match="pip install ipadic"):
        load_tokenizer(str(bert(tmp_path / "bert", **config)))


def ranks(number: int) -> dict[bytes, int]:
    """All bytes, two words, and as many pieces that never occur."""
    made = [bytes([byte]) for byte in range(256)] + ["今".encode()[:2], "今".encode(), b"12"]
    made += [b"\xff\xff" + at.to_bytes(3) for at in range(number - len(made))]
    return {piece: rank for rank, piece in enumerate(made)}


def tiktoken_file(path: Path, number: int) -> Path:
    lines = (
        f"{base64.b64encode(piece).decode()} {rank}\n" for piece, rank in ranks(number).items()
    )
    path.write_text("".join(lines), encoding="ascii")
    return path


def test_a_tiktoken_file_by_any_name(tmp_path: Path) -> None:
    """Llama 3's is called tokenizer.model; digits by threes, then one by one for Qwen."""
    (tmp_path / "llama").mkdir()
    tiktoken_file(tmp_path / "llama" / "tokenizer.model", 128_000)
    tokenizer = load_tokenizer(str(tmp_path / "llama"))
    assert (tokenizer.kind, tokenizer.vocabulary_size) == ("tiktoken", 128_000)
    assert tokenizer.pieces("今12日") == ["今", "12", "⟨E6⟩", "⟨97⟩", "⟨A5⟩"]
    (tmp_path / "q").mkdir()
    tiktoken_file(tmp_path / "q" / "any.tiktoken", 151_643)
    assert load_tokenizer(str(tmp_path / "q")).pieces("今12") == ["今", "1", "2"]


def test_a_tiktoken_file_of_unknown_pattern(tmp_path: Path) -> None:
    path = tiktoken_file(tmp_path / "own.tiktoken", 1000)
    with pytest.raises(TokenizerError, match="1,000 pieces, whose pattern for text is not known"):
        load_tokenizer(str(path))
    path.write_text("IQ== 0\nIg== x\n")
    with pytest.raises(TokenizerError, match=r"no readable \.tiktoken file"):
        load_tokenizer(f"{path.parent}/./{path.name}")


@given(
    text=st.text(
        st.characters(codec="utf-8") | st.sampled_from("aÀǅ'sLL 12３\r\n\t/._今ー\u3000"),
        max_size=40,
    )
)
@pytest.mark.parametrize(
    ("name", "number"), [("r50k_base", 50_256), ("cl100k_base", 100_256), ("o200k_base", 199_998)]
)
def test_patterns_are_those_of_tiktoken(name: str, number: int, text: str) -> None:
    import regex
    import tiktoken_ext.openai_public as public

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(public, "load_tiktoken_bpe", lambda *_, **__: {})
        theirs = getattr(public, name)()["pat_str"]
    ours = formats.patterns()[number]
    assert regex.findall(ours, text) == regex.findall(theirs, text)


def test_encodings_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    small = tiktoken.Encoding("o", pat_str=".+", mergeable_ranks=ranks(300), special_tokens={})
    monkeypatch.setattr(tiktoken, "get_encoding", {"o200k_base": small}.__getitem__)
    load_tokenizer.cache_clear()
    assert load_tokenizer("o200k_base").identity == "tiktoken-o200k_base"
    assert load_tokenizer("o200k_base").pieces("今") == ["今"]
    load_tokenizer.cache_clear()

    def offline(_: str) -> None:
        raise ConnectionError("no route to it")

    monkeypatch.setattr(tiktoken, "get_encoding", offline)
    with pytest.raises(TokenizerError, match="cannot fetch this encoding") as caught:
        load_tokenizer("cl100k_base")
    assert "\n" not in str(caught.value)


def test_folders_of_each(tmp_path: Path) -> None:
    makers: dict[str, Any] = {
        "tokenizer.json": byte_level_json,
        "tokenizer.model": lambda path: sentencepiece_model(path, ["今"]),
        "spiece.model": lambda path: sentencepiece_model(path, ["今"]),
        "sentencepiece.bpe.model": lambda path: sentencepiece_model(path, ["今"]),
        "tekken.json": lambda path: tekken_json(path, ["今".encode()]),
        "qwen.tiktoken": lambda path: tiktoken_file(path, 151_643),
        "vocab.txt": lambda path: bert(path.parent),
    }
    assert tuple(makers) == FILES
    for name, make in reversed(makers.items()):  # a name that comes before wins
        make(tmp_path / name)
        load_tokenizer.cache_clear()
        tokenizer = load_tokenizer(str(tmp_path))
        assert tokenizer.identity.startswith(f"{name}-")
        assert tokenizer.cut(["今"]).counts.sum() >= 1


def test_a_space_that_decoding_loses_is_no_round_trip(tmp_path: Path) -> None:
    """The pieces' bytes are the text; the library gives it back without the space in front."""
    from sentencepiece import sentencepiece_model_pb2

    path = sentencepiece_model(tmp_path / "s.model", ["▁", "今日", "は"])
    model = sentencepiece_model_pb2.ModelProto.FromString(path.read_bytes())
    model.normalizer_spec.remove_extra_whitespaces = True
    path.write_bytes(model.SerializeToString())
    assert load_tokenizer(str(path)).cut([" 今日は", "今日は"]).returned == {0: "今日は"}
