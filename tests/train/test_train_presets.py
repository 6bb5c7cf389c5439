"""Presets equal the published recipes, print themselves, and take only what fits them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import FormatError, InputError, JtextkitError, UsageError
from jtextkit.train.encoding import difficulty_prompt
from jtextkit.train.presets import PRESETS, configuration, preset_text

pytest.importorskip("yaml", reason='needs the extra train: python -m pip install -e ".[train]"')

CASES = json.loads((Path(__file__).parent / "seed_values.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['preset']}: {case['source']}")
def test_presets_equal_the_published_recipes(case: dict[str, Any]) -> None:
    config = configuration(case["preset"])
    assert {key: config[key] for key in case["values"]} == case["values"]


@pytest.mark.parametrize(
    ("level", "style"),
    [
        ("Simple", "基本的な語彙と簡単な文法を使用"),
        ("Complex", "複雑な語彙と高度な文法"),
    ],
)
def test_the_prompt_is_the_published_one(level: str, style: str) -> None:
    wanted = (
        f"### 指示\n難易度レベル「{level}」の日本語文章を書いてください。{style}の文章を作成してください。"
        "\n\n### 回答\n"
    )
    assert difficulty_prompt(configuration("train/difficulty"), level) == wanted


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_that_was_printed_can_be_read_again(name: str, tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(preset_text(name), encoding="utf-8")
    assert configuration(name, file) == configuration(name)


def test_what_is_ours_is_marked() -> None:
    text = preset_text("train/sansu")
    assert "ALL NUMBERS ARE OURS" in text
    assert "# ours" in preset_text("train/stx")


def test_a_setting_goes_over_a_file_over_the_preset(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("learning_rate: 5e-5\nlora_r: 8\nclass_weights: {Simple: 3}\n")
    config = configuration("train/difficulty", file, ["lora_r=4", "class_weights.Complex=0"])
    assert config["learning_rate"] == 5e-5  # YAML 1.1 reads this as text
    assert config["lora_r"] == 4
    assert config["class_weights"] == {"Simple": 3.0, "Complex": 0.0}
    assert config["lora_alpha"] == 32


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("lora_rank=8", "did you mean lora_r"),
        ("lora_r", "write --set key=value"),
        ("lora_r=eight", "lora_r is a whole number"),
        ("lora_r=0", "lora_r cannot be 0"),
        ("lora_r=1.5", "lora_r is a whole number"),
        ("learning_rate=fast", "learning_rate is a number"),
        ("learning_rate=.nan", "learning_rate is a number"),
        ("bf16=1", "bf16 is true or false"),
        ("lora_dropout=1", "lora_dropout cannot be 1"),
        ("quantization=int8", "known: nf4, none"),
        ("class_weights=2", "class_weights is a group of Simple, Complex"),
        ("class_weights.Medium=2", "unknown key 'Medium'"),
        ("class_weights.Simple=-1", "cannot be -1"),
        ("num_epochs=0", "max_steps and num_epochs are both 0"),
        ("warmup_ratio=0.1", "both set"),
        ("prompt=[1", "no YAML"),
    ],
)
def test_a_setting_that_does_not_fit_is_told(setting: str, says: str) -> None:
    with pytest.raises(UsageError) as told:
        configuration("train/difficulty", None, [setting])
    assert says in str(told.value)
    assert setting in str(told.value) or "both" in says


def test_weights_that_are_all_zero_teach_nothing() -> None:
    with pytest.raises(UsageError, match="all class weights are 0"):
        configuration("train/difficulty", None, ["class_weights={Simple: 0, Complex: 0}"])


def test_the_best_state_must_be_among_the_saved() -> None:
    with pytest.raises(UsageError, match="multiple of eval_steps"):
        configuration("train/stx", None, ["save_steps=30"])
    configuration("train/stx", None, ["save_steps=30", "keep_best=false"])


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"lora_r: [", FormatError, "my.yaml:1: no YAML"),
        (b"- a\n- b\n", FormatError, "no keys and values"),
        (b"lora_r: \xff\n", FormatError, "not UTF-8"),
        (b"a: !!python/object/apply:os.system ['true']\n", FormatError, "no YAML"),
        (b"lora_rr: 3\n", UsageError, "did you mean lora_r"),
        (None, InputError, "no such file"),
    ],
)
def test_a_file_that_does_not_fit_is_told(
    content: bytes | None, kind: type[JtextkitError], says: str, tmp_path: Path
) -> None:
    file = tmp_path / "my.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(kind) as told:
        configuration("train/difficulty", file)
    assert says in str(told.value)
    assert "my.yaml" in str(told.value)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("# nothing\n")
    assert configuration("train/stx", file) == configuration("train/stx")


def test_an_unknown_preset_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean train/sansu"):
        preset_text("train/sansuu")


@given(st.text(max_size=30))
def test_any_setting_is_taken_or_told(text: str) -> None:
    try:
        config = configuration("train/classifier", None, [text])
    except UsageError:
        return
    assert config.keys() == configuration("train/classifier").keys()


@pytest.mark.parametrize("given", ["q_proj,v_proj", "[q_proj, v_proj]", "[q_proj,v_proj]"])
def test_layers_of_an_adapter_are_a_name_or_several(given: str) -> None:
    found = configuration("train/difficulty", None, [f"lora_modules={given}"])["lora_modules"]
    assert found == ["q_proj", "v_proj"]
    assert configuration("train/difficulty")["lora_modules"] == "all-linear"
    with pytest.raises(UsageError, match="lora_modules's name is text"):
        configuration("train/difficulty", None, ["lora_modules=[1]"])


def test_what_the_card_of_stx_does_not_name_are_the_defaults_of_its_program() -> None:
    """artidoro/qlora: paged AdamW in 32 bits, 1,024 tokens of the source and 256 of the target."""
    config = configuration("train/stx")
    assert config["optimizer"] == "paged_adamw_32bit"
    assert (config["max_prompt_length"], config["max_length"]) == (1024, 1024 + 256)
    text = preset_text("train/stx")
    for key in ("optimizer", "max_length", "max_prompt_length", "over_long"):
        assert re.search(rf"^{key}: .*# qlora's", text, re.MULTILINE)
    with pytest.raises(UsageError, match="leaves no room"):
        configuration("train/stx", None, ["max_prompt_length=1280"])


def test_a_task_of_an_encoder_is_put_over_the_preset(tmp_path: Path) -> None:
    jsts = configuration("train/encoder", None, ["texts=[a, b]"], task="jsts")
    assert (jsts["target"], jsts["score"], jsts["texts"]) == ("score", "label", ["a", "b"])
    assert configuration("train/encoder", task="marc_ja")["epochs"] == [1, 2]
    with pytest.raises(UsageError, match="jcola"):
        configuration("train/encoder", task="jcolla")
    (tmp_path / "mine.yaml").write_text("labels: kind\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.yaml.*label"):
        configuration("train/encoder", task=str(tmp_path / "mine.yaml"))
