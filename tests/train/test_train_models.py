"""Models and tokenizers of many makes: no code of theirs runs, encoders need no end, ends come once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from train_checks import EASY, HARD, WARNINGS, difficulty_set, sansu_set

from jtextkit.core.errors import InputError
from jtextkit.train import models
from jtextkit.train.encoder import plan_encoder, train_encoder
from jtextkit.train.encoding import TrainingExample, encode
from jtextkit.train.generation import Settings, _Sampler, generate
from jtextkit.train.models import load_config, load_model, load_tokenizer, quantization_of
from jtextkit.train.presets import configuration
from jtextkit.train.run import prepare

torch = pytest.importorskip("torch", reason="the extra train is not installed")
transformers = pytest.importorskip("transformers", reason="the extra train is not installed")
pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(one) for one in WARNINGS)]

QUICK = {"learning_rates": [0.01], "epochs": [1], "batch_size": 4, "max_length": 64}


def change_json(file: Path, **changes: Any) -> None:
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **changes}), "utf-8")


# Code that comes with a model.


@pytest.fixture
def own_code(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the model with a module beside it that leaves a mark when it is run."""
    folder = tmp_path / "own-code"
    shutil.copytree(tiny_model, folder)
    mark = tmp_path / "it-ran"
    (folder / "own.py").write_text(f"open({str(mark)!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.setenv("HF_MODULES_CACHE", str(tmp_path / "modules"))
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("a question was asked"))
    return folder


def refused(folder: Path, load: Callable[[], object]) -> None:
    with pytest.raises(InputError, match="code of its own, which is not run") as caught:
        load()
    assert caught.value.where == str(folder)
    assert not (folder.parent / "it-ran").exists()


def test_code_of_a_configuration_is_not_run(own_code: Path, small_set: Path) -> None:
    change_json(
        own_code / "config.json", model_type="own", auto_map={"AutoConfig": "own.OwnConfig"}
    )
    name = str(own_code)
    refused(own_code, lambda: load_config(name))
    refused(own_code, lambda: generate(name, None, Settings(), own_code.parent / "out.jsonl"))
    config = configuration("train/encoder", task="difficulty")
    refused(own_code, lambda: plan_encoder(small_set, name, config))


def test_code_of_a_tokenizer_is_not_run(own_code: Path) -> None:
    change_json(
        own_code / "tokenizer_config.json",
        tokenizer_class="OwnTokenizer",
        auto_map={"AutoTokenizer": ["own.OwnTokenizer", None]},
    )
    try:
        load_tokenizer(str(own_code))  # by tokenizer.json alone: that is data
    except InputError as error:
        assert "code of its own" in error.problem  # noqa: PT017 - which of the two, transformers says
    assert not (own_code.parent / "it-ran").exists()


def test_code_of_a_known_model_is_passed_over(own_code: Path) -> None:
    change_json(own_code / "config.json", auto_map={"AutoModelForCausalLM": "own.OwnModel"})
    model = load_model(str(own_code), {"bf16": False})
    assert type(model).__name__ == "LlamaForCausalLM"
    assert not (own_code.parent / "it-ran").exists()


# Encoders have no end of sequence.


def wordpiece(folder: Path, **settings: Any) -> Path:
    """A BERT with the vocabulary of its characters, and the tokenizer that ``settings`` name."""
    folder.mkdir()
    characters = sorted(set(EASY + HARD + "第0123456789-") - {" "})
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words = [*special, *characters, *(f"##{one}" for one in characters)]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    named = {"tokenizer_class": "BertTokenizer", **settings}
    (folder / "tokenizer_config.json").write_text(json.dumps(named), encoding="utf-8")
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64,
    )  # fmt: skip
    transformers.BertForMaskedLM(config).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"word_tokenizer_type": "mecab", "subword_tokenizer_type": "wordpiece"},
        {"word_tokenizer_type": "mecab", "subword_tokenizer_type": "character"},
    ],
)
def test_a_bert_is_trained(settings: dict[str, Any], tmp_path: Path) -> None:
    if settings:
        pytest.importorskip("fugashi", reason="fugashi is not installed")
        pytest.importorskip("unidic_lite", reason="unidic-lite is not installed")
        settings |= {
            "tokenizer_class": "BertJapaneseTokenizer",
            "mecab_kwargs": {"mecab_dic": "unidic_lite"},
        }
    model = wordpiece(tmp_path / "bert", **settings)
    data = difficulty_set(tmp_path / "set")
    config = {**configuration("train/encoder", task="difficulty"), **QUICK}
    plan = plan_encoder(data, str(model), config)
    assert not plan.tokens_estimated
    metrics = train_encoder(
        "difficulty", data, str(model), config, tmp_path / "run", say=lambda _: None
    )
    assert 0.0 <= metrics["judged"][0]["test"]["accuracy"] <= 1.0
    again = load_tokenizer(str(tmp_path / "run" / "model"), generating=False)
    assert (
        again("犬")["input_ids"] == load_tokenizer(str(model), generating=False)("犬")["input_ids"]
    )


def test_a_tokenizer_of_a_bert_generates_no_texts(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no end of sequence"):
        load_tokenizer(str(wordpiece(tmp_path / "bert")))


def test_an_encoder_needs_padding(tiny_model: Path, tmp_path: Path) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(tiny_model)
    bare = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer.backend_tokenizer)
    bare.save_pretrained(tmp_path / "bare")
    with pytest.raises(InputError, match="no padding"):
        load_tokenizer(str(tmp_path / "bare"), generating=False)


# Tokenizers that put an end behind every text.


@pytest.fixture(params=[0, 1, 2])
def ending(request: pytest.FixtureRequest, tiny_model: Path, tmp_path: Path) -> Path:
    """The tiny model with a tokenizer that adds so many ends by itself."""
    folder = tmp_path / "ending"
    shutil.copytree(tiny_model, folder)
    end = transformers.AutoTokenizer.from_pretrained(folder).eos_token_id
    piece = {"SpecialToken": {"id": "</s>", "type_id": 0}}
    single = [{"Sequence": {"id": "A", "type_id": 0}}, *[piece] * request.param]
    change_json(
        folder / "tokenizer.json",
        post_processor={
            "type": "TemplateProcessing",
            "single": single,
            "pair": [*single, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"</s>": {"id": "</s>", "ids": [end], "tokens": ["</s>"]}},
        },
    )
    return folder


def test_rows_end_once_and_prompts_do_not(ending: Path, tiny_model: Path) -> None:
    example = TrainingExample("問い：\n", "今日は。", 1.0)
    (row,) = encode([example], load_tokenizer(str(ending)), max_length=100).rows
    (plain,) = encode([example], load_tokenizer(str(tiny_model)), max_length=100).rows
    assert row == plain
    end = load_tokenizer(str(ending)).eos_token_id
    assert row["input_ids"].count(end) == 1
    assert row["input_ids"][-1] == row["labels"][-1] == end
    (stated,) = encode(
        [TrainingExample("問い：\n", "今日は。</s>", 1.0)],
        load_tokenizer(str(ending)),
        max_length=100,
    ).rows
    assert stated == row


def test_texts_follow_prompts_without_an_end(ending: Path, tiny_model: Path) -> None:
    settings = Settings(max_new_tokens=8)
    prompts = ["今日は", "制度設計への応用を"]
    texts = _Sampler(str(ending), None, settings).texts(prompts, 0)
    assert texts == _Sampler(str(tiny_model), None, settings).texts(prompts, 0)


# Prompts whose last token would swallow the completion's first.


def merging(folder: Path, tiny_model: Path) -> Any:
    """The tiny model's tokenizer with one more piece: the end of a line and a bracket."""
    shutil.copytree(tiny_model, folder)
    content = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    content["pre_tokenizer"]["use_regex"] = False  # a line's end and what follows are one stretch
    model = content["model"]
    line_end, bracket = "\u010a", ["ã", "Ģ", "Į"]  # as byte-level BPE writes \\n and 「
    for left, right in ((bracket[0], bracket[1]), ("".join(bracket[:2]), bracket[2])):
        model["vocab"].setdefault(left + right, len(model["vocab"]) + 10)
        model["merges"].insert(0, [left, right])
    model["vocab"][line_end + "".join(bracket)] = len(model["vocab"]) + 10
    model["merges"].insert(2, [line_end, "".join(bracket)])
    (folder / "tokenizer.json").write_text(json.dumps(content), "utf-8")
    return load_tokenizer(str(folder))


def test_prompt_and_completion_are_encoded_apart_where_they_would_merge(
    tiny_model: Path, tmp_path: Path
) -> None:
    tokenizer = merging(tmp_path / "merging", tiny_model)
    assert len(tokenizer("\n「")["input_ids"]) == 1  # the fault is there
    found = encode(
        [TrainingExample("問い\n", "「はい。」"), TrainingExample("問い\n", "はい。")],
        tokenizer,
        max_length=100,
    )
    prompt = tokenizer("問い\n")["input_ids"]  # what a model is asked with
    for row, text in zip(found.rows, ("「はい。」", "はい。"), strict=True):
        assert row["input_ids"][: len(prompt)] == prompt
        assert row["labels"][: len(prompt)] == [-100] * len(prompt)
        assert tokenizer.decode(row["labels"][len(prompt) :]) == text + tokenizer.eos_token
    assert found.merged == found.counts()["encoded_apart"] == 1


# Chat templates without a system role.

TURNS = "{% for m in messages %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}"
REFUSES = "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
DROPS = "{% for m in messages if m.role != 'system' %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}"


@pytest.mark.parametrize("template", [REFUSES + TURNS, DROPS])
def test_a_system_text_heads_the_users_turn_where_there_is_no_role_for_it(
    template: str, tiny_model: Path, tmp_path: Path
) -> None:
    tokenizer = load_tokenizer(str(tiny_model))
    tokenizer.chat_template = template
    chat = [{"role": "system", "content": "短く。"}, {"role": "user", "content": "問い"}]
    found = encode([TrainingExample(chat, "答え")], tokenizer, max_length=100)
    assert tokenizer.decode(found.rows[0]["input_ids"]).startswith("<user>短く。\n\n問い</s>")
    assert found.moved == 1
    tokenizer.chat_template = TURNS
    assert encode([TrainingExample(chat, "答え")], tokenizer, max_length=100).moved == 0
    tokenizer.chat_template = "{{ raise_exception('no chats today') }}"
    with pytest.raises(InputError, match=r"refuses a chat.*no chats today"):
        encode([TrainingExample(chat, "答え")], tokenizer, max_length=100)


def test_a_template_without_a_system_role_is_told_in_the_plan(
    tiny_model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "no-system"
    shutil.copytree(tiny_model, folder)
    for file in folder.glob("chat_template*"):
        file.unlink()
    change_json(folder / "tokenizer_config.json", chat_template=REFUSES + TURNS)
    plan = prepare(
        "sansu", sansu_set(tmp_path / "set"), str(folder), configuration("train/sansu")
    ).plan
    assert any("no system role" in one for one in plan.warnings)


def test_a_pair_is_told_apart_by_an_encoder_that_can(tmp_path: Path) -> None:
    from jtextkit.train.models import with_head

    module = with_head(
        transformers.AutoModel.from_pretrained(wordpiece(tmp_path / "bert")), 2
    ).eval()
    ids = torch.tensor([[[2, 7, 3, 8, 3]]])
    given = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    parts = torch.tensor([[[0, 0, 0, 1, 1]]])
    alone, pair = module(**given)["logits"], module(**given, token_type_ids=parts)["logits"]
    assert not torch.allclose(alone, pair)


def test_prompts_and_completions_have_their_own_limits(tiny_model: Path) -> None:
    tokenizer = load_tokenizer(str(tiny_model))
    rows = [
        TrainingExample("問" * 50, "は"),
        TrainingExample("問", "は" * 50),
        TrainingExample("問", "は"),
    ]
    limits = {"max_length": 30, "max_prompt_length": 20}
    assert len(encode(rows, tokenizer, **limits).rows) == 1
    found = encode(rows, tokenizer, **limits, cut=True)
    assert found.over_long == 2
    learnt = [sum(one >= 0 for one in row["labels"]) for row in found.rows]
    asked = [len(row["labels"]) - one for row, one in zip(found.rows, learnt, strict=True)]
    assert (max(learnt), max(asked)) == (10, 20)


# Adapters that were trained over 4 bits.


def test_an_adapter_says_how_its_base_was_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "quantization: nf4\ndouble_quantization: true\n"
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    assert quantization_of(str(tmp_path)) == {"quantization": "none"}  # no GPU, no 4 bits
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    four = {"quantization": "nf4", "double_quantization": True}
    assert quantization_of(str(tmp_path)) == four
    assert quantization_of(None) == quantization_of("OWNER/NAME") == {"quantization": "none"}


def test_texts_of_such_an_adapter_come_from_4_bits(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def loads(model: str, config: dict[str, Any]) -> Any:
        asked.append(config)
        return transformers.AutoModelForCausalLM.from_pretrained(model)

    monkeypatch.setattr(models, "load_model", loads)
    monkeypatch.setattr(models, "quantization_of", lambda _: {"quantization": "nf4"})
    _Sampler(str(tiny_model), None, Settings())
    assert [one["quantization"] for one in asked] == ["nf4"]
