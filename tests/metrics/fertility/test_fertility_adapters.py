"""Adapters against the libraries themselves, and what is refused."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_tokenizers import BPE, byte_level_json, sentencepiece_model, tekken_json, word_json

import jtextkit.core.guarded as guarded_module
from jtextkit.core.errors import InputError, TokenizerError, UsageError
from jtextkit.metrics.fertility.adapters import Adapter
from jtextkit.metrics.fertility.loading import load_tokenizer

CHANGED = [
    "小さじ½杯", "設問②へ", "幅は30㎝", "3～5個", "10－3＝7", "Ａ４とＢ５", "ﾊﾟﾝを買う", "山田\u3000太郎",
    "一行目\n二行目", "一段落\n\n二段落", "一行目\r\n二行目", "名前\t年齢", "a  b", " 東京", "東京 ",
    "か\u3099くせい", "葛\U000e0100城", "家族\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U00020bb7野家",
]  # fmt: skip
"""What tokenizers that normalise do not give back."""

TEXTS = st.lists(
    st.text(
        st.characters(codec="utf-8") | st.sampled_from("今日は晴れ。▁ \n\u3000ab12"),
        min_size=1,
        max_size=25,
    ),
    min_size=1,
    max_size=5,
)
ANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def consistent(tokenizer: Adapter, texts: list[str]) -> None:
    """Cuts stand in order inside their texts, and agree with one text cut at a time."""
    cut = tokenizer.cut(texts)
    assert len(cut.ids) == len(cut.starts) == len(cut.ends) == cut.counts.sum()
    assert (cut.starts <= cut.ends).all()
    first = base = 0
    for index, text in enumerate(texts):
        size, number = len(text.encode()), int(cut.counts[index])
        alone = tokenizer.cut([text])
        mine = slice(first, first + number)
        assert alone.ids.tolist() == cut.ids[mine].tolist()
        assert (alone.starts + base).tolist() == cut.starts[mine].tolist()
        assert (alone.ends + base).tolist() == cut.ends[mine].tolist()
        assert alone.returned.get(0, text) == cut.returned.get(index, text)
        assert all(0 <= a <= b <= size for a, b in zip(alone.starts, alone.ends, strict=True))
        first, base = first + number, base + size


@ANY
@given(texts=TEXTS)
def test_sentencepiece_agrees_with_its_library(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "tiny.model"
    if not path.exists():
        sentencepiece_model(path, ["▁", "今日", "は", "▁a", "ab", "a", "b", "晴"])
    import sentencepiece

    library = sentencepiece.SentencePieceProcessor(model_file=str(path))
    tokenizer = load_tokenizer(str(path))
    consistent(tokenizer, texts)
    cut = tokenizer.cut(texts)
    ids = [list(part) for part in library.encode(texts, out_type=int)]
    assert cut.ids.tolist() == [i for part in ids for i in part]
    assert {
        i: back for i, back in enumerate(map(library.decode, ids)) if back != texts[i]
    } == cut.returned


@ANY
@given(texts=TEXTS)
def test_byte_level_agrees_with_its_library(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "tokenizer.json"
    if not path.exists():
        byte_level_json(path, [("ä", "»"), ("ä»", "Ĭ"), ("Ġ", "a")])
    import tokenizers

    library = tokenizers.Tokenizer.from_file(str(path))
    tokenizer = load_tokenizer(str(path))
    consistent(tokenizer, texts)
    cut = tokenizer.cut(texts)
    assert cut.ids.tolist() == [i for text in texts for i in library.encode(text).ids]
    assert not cut.returned
    assert cut.ends[-1] == sum(len(text.encode()) for text in texts)


@ANY
@given(texts=TEXTS)
def test_tekken_cuts_every_byte(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "tekken.json"
    if not path.exists():
        tekken_json(path, ["今".encode(), "今日".encode(), "は".encode()[1:]])
    tokenizer = load_tokenizer(str(path))
    consistent(tokenizer, texts)
    cut = tokenizer.cut(texts)
    assert not cut.returned
    assert (cut.ids >= 10).all()
    assert cut.starts[1:].tolist() == cut.ends[:-1].tolist()


@ANY
@given(texts=TEXTS.filter(lambda texts: all(text.split() for text in texts)))
def test_offsets_decide_where_pieces_are_not_the_text(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "tokenizer.json"
    if not path.exists():
        word_json(path, ["ab", "今日は"])
    consistent(load_tokenizer(str(path)), texts)


@ANY
@given(texts=TEXTS)
def test_baselines(texts: list[str]) -> None:
    for name in ("bytes", "characters"):
        tokenizer = load_tokenizer(name)
        consistent(tokenizer, texts)
        assert [tokenizer.decode(tokenizer.encode([text])[0].tolist()) for text in texts] == texts


def test_normalisation_and_dropped_spaces_by_sentencepiece_offsets(tmp_path: Path) -> None:
    """NFKC of ½ and of the space: trained on the spot, since such tables cannot be written by hand."""
    sentencepiece = pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    import io

    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["ab 12 今日は"] * 20),
        model_writer=written,
        vocab_size=275,
        byte_fallback=True,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=3,
    )
    path = tmp_path / "nfkc.model"
    path.write_bytes(written.getvalue())
    tokenizer = load_tokenizer(str(path))
    texts = ["小さじ½", "a  b", "今日は", "①Ａ"]
    consistent(tokenizer, texts)
    cut = tokenizer.cut(texts)
    assert cut.returned == {0: "小さじ1⁄2", 1: "a b", 3: "1A"}
    assert cut.ends.max() == sum(len(text.encode()) for text in texts)


def test_a_decoder_that_is_missing_is_noticed(tmp_path: Path) -> None:
    """The pieces' bytes are the text, but the library gives back GPT-2's letters with spaces."""
    tokenizer = load_tokenizer(str(byte_level_json(tmp_path / "tokenizer.json", decoder=None)))
    assert tokenizer.cut(["今"]).returned == {0: "ä » Ĭ"}


def test_truncation_and_padding_of_the_file_are_switched_off(tmp_path: Path) -> None:
    truncation = {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0}
    path = byte_level_json(tmp_path / "tokenizer.json", truncation=truncation)
    assert load_tokenizer(str(path)).cut(["今日"]).counts.tolist() == [6]


def test_bpe_models_and_pieces_for_people(tmp_path: Path) -> None:
    path = sentencepiece_model(tmp_path / "b.model", ["▁", "今", "日", "は", "今日"], kind=BPE)
    tokenizer = load_tokenizer(str(path))
    assert tokenizer.pieces("今日は晴") == ["今日", "は", "⟨E6⟩", "⟨99⟩", "⟨B4⟩"]
    assert tokenizer.pieces("") == []
    assert tokenizer.kind == "sentencepiece"
    assert tokenizer.identity.startswith("b.model-")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "empty"),
        (b"\x0a\xff\x00rubbish", "no readable SentencePiece model"),
        (b'{"model": {', "not JSON to its end"),
        (b'{"a": 1}', "no readable tokenizer.json"),
        (b'{"config": {}, "vocab": []}', "no readable tekken"),
        (b"[1, 2]", "no readable SentencePiece model"),
    ],
)
def test_broken_files(tmp_path: Path, content: bytes, complaint: str) -> None:
    pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    pytest.importorskip(
        "tokenizers", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    pytest.importorskip(
        "tiktoken", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    path = tmp_path / "broken.model"
    path.write_bytes(content)
    with pytest.raises(TokenizerError, match=complaint) as caught:
        load_tokenizer(str(path))
    assert str(path) in str(caught.value)


def word_level(vocabulary: dict[str, int]) -> dict[str, object]:
    return {"version": "1.0", "added_tokens": [], "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"}}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        word_level({"a": 0, "[UNK]": 4_000_000_000}),
        {"config": {"pattern": ".", "default_num_special_tokens": 4_000_000_000, "default_vocab_size": 4_000_000_002}, "vocab": [{"rank": 0, "token_bytes": "YQ=="}, {"rank": 1, "token_bytes": "Yg=="}]},
    ],
    ids=["tokenizer.json", "tekken"],
)  # fmt: skip
def test_an_id_that_asks_for_gigabytes(tmp_path: Path, content: dict[str, object]) -> None:
    for library in ("tokenizers", "tiktoken"):
        pytest.importorskip(
            library, reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
        )
    path = tmp_path / "bomb.json"
    path.write_text(json.dumps(content))
    with pytest.raises(TokenizerError, match="id 4,000,000,000 among 2 pieces"):
        load_tokenizer(str(path))


@pytest.mark.parametrize("end", ["os.abort()", "__import__('time').sleep(60)"])
def test_a_file_that_kills_its_parser(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies alone, and in one line; one that waits for ever is ended."""
    good = sentencepiece_model(tmp_path / "good.model", ["今日"])
    program = tmp_path / "guarded.py"
    source = Path(guarded_module.__file__).read_text(encoding="utf-8")
    program.write_text(source.replace("processor.encode(_PROBE)", end), encoding="utf-8")
    monkeypatch.setattr(guarded_module, "__file__", str(program))
    monkeypatch.setattr(guarded_module, "_SECONDS", 5)
    with pytest.raises(TokenizerError, match="its parser died of it"):
        load_tokenizer(str(good))


def test_every_cut_short_model_is_refused_or_whole(tmp_path: Path) -> None:
    whole = sentencepiece_model(tmp_path / "whole.model", ["▁", "今日"]).read_bytes()
    for size in range(1, len(whole), 97):
        path = tmp_path / f"{size}.model"
        path.write_bytes(whole[:size])
        try:
            load_tokenizer(str(path)).cut(["今日は"])
        except TokenizerError:
            continue


def test_names_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_tokenizer(str(tmp_path / "none.model"))
    with pytest.raises(UsageError, match="bytes or characters"):
        load_tokenizer("bites")
    with pytest.raises(TokenizerError, match=r"no tokenizer\.json"):
        load_tokenizer(str(tmp_path))
    (tmp_path / "m").mkdir()
    byte_level_json(tmp_path / "m" / "tokenizer.json")
    assert load_tokenizer(str(tmp_path / "m")).kind == "tokenizer.json"


def test_a_library_that_is_missing_is_missed_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentencepiece", None)
    (tmp_path / "a.model").write_bytes(b"x")
    with pytest.raises(UsageError, match=r"jtextkit\[fertility\]"):
        load_tokenizer(str(tmp_path / "a.model"))


def mistral(name: str) -> Path:
    spec = importlib.util.find_spec("mistral_common")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("needs mistral-common: python -m pip install mistral-common")
    return Path(spec.submodule_search_locations[0]) / "data" / name


def test_mistral_common_agrees() -> None:
    path = mistral("tekken_240911.json")
    pytest.importorskip(
        "tiktoken", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    from mistral_common.tokens.tokenizers.tekken import Tekkenizer

    texts = [*CHANGED, "東京は今日も晴れ。", "Let's go! 2026"]
    theirs = Tekkenizer.from_file(path)
    cut = load_tokenizer(str(path)).cut(texts)
    assert cut.ids.tolist() == [
        i for text in texts for i in theirs.encode(text, bos=False, eos=False)
    ]
    assert not cut.returned
    assert load_tokenizer(str(path)).vocabulary_size == theirs.n_words


def test_mistral_common_agrees_on_its_sentencepiece_model() -> None:
    path = mistral("tokenizer.model.v1")
    pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    from mistral_common.tokens.tokenizers.sentencepiece import SentencePieceTokenizer

    texts = [*CHANGED, "東京は今日も晴れ。", "Let's go! 2026"]
    theirs = SentencePieceTokenizer(path)
    cut = load_tokenizer(str(path)).cut(texts)
    assert cut.ids.tolist() == [
        i for text in texts for i in theirs.encode(text, bos=False, eos=False)
    ]


def test_real_vocabularies_agree_with_their_libraries(shared: Path) -> None:
    sentencepiece = pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    tokenizers = pytest.importorskip(
        "tokenizers", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    texts = [*CHANGED, "東京は今日も晴れ。\n𠮷野家で牛丼を食べた。", "▁ a ▁b"]
    model = shared / "tokenizers" / "code10K_en20K_ja30K.ver2.2.model"
    library = sentencepiece.SentencePieceProcessor(model_file=str(model))
    cut = load_tokenizer(str(model)).cut(texts)
    assert cut.ids.tolist() == [i for text in texts for i in library.encode(text)]
    path = shared / "tokenizers" / "llm-jp-code10K_en20K_ja30K.ver2.2.tokenizer.json"
    other = tokenizers.Tokenizer.from_file(str(path))
    cut = load_tokenizer(str(path)).cut(texts)
    ids = [other.encode(text, add_special_tokens=False).ids for text in texts]
    assert cut.ids.tolist() == [i for part in ids for i in part]
    assert cut.returned == {
        i: back
        for i, part in enumerate(ids)
        if (back := other.decode(part, skip_special_tokens=False)) != texts[i]
    }
    assert json.loads(path.read_bytes())["model"]["type"] == "Unigram"
