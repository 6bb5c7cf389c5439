"""Generated texts: seeded, resumed without one twice or lost, readable by evaluate as they are."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from train_checks import WARNINGS

from jtextkit.core.errors import DeviceError, FormatError, InputError, OutputError, UsageError
from jtextkit.core.files import only_run
from jtextkit.metrics.accuracy import judge_row
from jtextkit.metrics.accuracy.instances import Judge
from jtextkit.metrics.accuracy.ranges import ranges_of
from jtextkit.tasks import TaskRequest
from jtextkit.train import generation, models
from jtextkit.train.encoding import difficulty_prompt
from jtextkit.train.generation import Settings, generate
from jtextkit.train.presets import configuration
from jtextkit.train.run import train

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')
pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')
pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(one) for one in WARNINGS)]

FEW = Settings(per_level=5, max_new_tokens=6, batch_size=4)


@pytest.fixture(scope="module")
def whole(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("texts") / "gen.jsonl"
    generate(str(tiny_model), None, FEW, out)
    return out


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_row_says_what_made_it(whole: Path, tiny_model: Path) -> None:
    rows = rows_of(whole)
    assert [row["target"] for row in rows] == ["Simple"] * 5 + ["Complex"] * 5
    assert len({row["id"] for row in rows}) == 10
    config = configuration("train/difficulty")
    for row in rows:
        assert row["prompt"] == difficulty_prompt(config, row["target"])
        assert row["prompt"] not in row["text"]
        made = row["metadata"]
        assert made["model"] == row["model"] == str(tiny_model)
        assert made["adapter"] is None
        assert made["revision"].startswith("sha256:")
        assert made["settings"] == {
            "per_level": 5,
            "seed": 1,
            "temperature": 0.8,
            "top_p": 0.9,
            "top_k": 50,
            "repetition_penalty": 1.1,
            "max_new_tokens": 6,
            "batch_size": 4,
        }
    assert len({row["text"] for row in rows}) > 5


def test_evaluate_reads_the_rows_as_they_are(whole: Path) -> None:
    judge = Judge(ranges_of("two-levels"))
    for row in rows_of(whole):
        found = judge_row(judge, row)
        assert found.target == row["target"]


def test_the_defaults_are_the_cards() -> None:
    given = Settings().for_model()
    assert given == {
        "do_sample": True,
        "temperature": 0.8,
        "top_p": 0.9,
        "top_k": 50,
        "repetition_penalty": 1.1,
        "max_new_tokens": 200,
    }
    assert Settings().per_level == 100


def test_the_seed_decides_the_texts(whole: Path, tiny_model: Path, tmp_path: Path) -> None:
    generate(str(tiny_model), None, FEW, tmp_path / "same.jsonl")
    assert (tmp_path / "same.jsonl").read_bytes() == whole.read_bytes()
    generate(str(tiny_model), None, replace(FEW, seed=2), tmp_path / "other.jsonl")
    assert rows_of(tmp_path / "other.jsonl")[0]["text"] != rows_of(whole)[0]["text"]


def test_without_dice_the_texts_of_a_level_are_alike(tiny_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "gen.jsonl"
    generate(str(tiny_model), None, replace(FEW, temperature=0.0, per_level=2), out)
    texts = [row["text"] for row in rows_of(out)]
    assert texts[0] == texts[1]
    assert texts[2] == texts[3]


@pytest.mark.parametrize("kept", [0, 1, 3, 4, 5, 9])
@pytest.mark.parametrize("torn", [0, 1, 40])
def test_after_a_kill_no_text_is_lost_or_repeated(
    kept: int, torn: int, whole: Path, tiny_model: Path, tmp_path: Path
) -> None:
    """Whatever was written when the kill came: whole lines, and perhaps the start of one more."""
    lines = whole.read_bytes().splitlines(keepends=True)
    out = tmp_path / "gen.jsonl"
    part = tmp_path / "gen.jsonl.part"
    part.write_bytes(b"".join(lines[:kept]) + lines[kept][:torn])
    made = generate(str(tiny_model), None, FEW, out)
    assert made["new"] == 10 - kept
    assert out.read_bytes() == whole.read_bytes()
    assert not part.exists()


def test_a_kill_between_batches_resumes(
    whole: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "gen.jsonl"
    monkeypatch.setattr(generation, "failpoint", stop_at(2))
    with pytest.raises(KeyboardInterrupt):
        generate(str(tiny_model), None, FEW, out)
    assert not out.exists()
    assert len(rows_of(tmp_path / "gen.jsonl.part")) == 8
    monkeypatch.undo()
    generate(str(tiny_model), None, FEW, out)
    assert out.read_bytes() == whole.read_bytes()


def stop_at(number: int) -> Callable[[str], None]:
    seen: list[str] = []

    def reach(name: str) -> None:
        seen.append(name)
        if len(seen) == number:
            raise KeyboardInterrupt

    return reach


@pytest.mark.skipif(sys.platform == "win32", reason="a second run is not noticed there")
def test_a_second_run_beside_one_is_one_line(whole: Path, tiny_model: Path, tmp_path: Path) -> None:
    begun = b"".join(whole.read_bytes().splitlines(keepends=True)[:3]) + b'{"torn'
    part = tmp_path / "gen.jsonl.part"
    part.write_bytes(begun)
    with only_run(part), pytest.raises(OutputError, match="another run is at work there"):
        generate(str(tiny_model), None, FEW, tmp_path / "gen.jsonl")
    assert part.read_bytes() == begun  # the other's line in hand is left alone
    generate(str(tiny_model), None, FEW, tmp_path / "gen.jsonl")
    assert len({row["id"] for row in rows_of(tmp_path / "gen.jsonl")}) == 10


def test_a_file_that_is_whole_is_not_made_again(
    whole: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = whole.read_bytes()
    monkeypatch.setattr(models, "load_model", None)  # not even a model is loaded
    assert generate(str(tiny_model), None, FEW, whole)["new"] == 0
    assert whole.read_bytes() == before


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"seed": 2}, "another seed"),
        ({"temperature": 0.5, "top_p": 0.5}, "another temperature and top_p"),
        ({"batch_size": 2}, "another batch_size"),
    ],
)
def test_other_settings_are_not_mixed_in(
    changed: dict[str, Any], says: str, whole: Path, tiny_model: Path, tmp_path: Path
) -> None:
    part = tmp_path / "gen.jsonl.part"
    part.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:3]))
    with pytest.raises(UsageError, match=says):
        generate(str(tiny_model), None, replace(FEW, **changed), tmp_path / "gen.jsonl")
    assert len(rows_of(part)) == 3


@pytest.mark.parametrize("content", [b'{"text": "mine"}\n', b"mine\n", b"[]\n"])
def test_what_is_not_ours_is_told(content: bytes, tiny_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "gen.jsonl"
    out.write_bytes(content)
    with pytest.raises(FormatError, match=r"gen\.jsonl:1: no row that generate wrote"):
        generate(str(tiny_model), None, FEW, out)
    assert out.read_bytes() == content


def test_a_line_twice_is_told(whole: Path, tiny_model: Path, tmp_path: Path) -> None:
    line = whole.read_bytes().splitlines(keepends=True)[0]
    (tmp_path / "gen.jsonl.part").write_bytes(line + line)
    with pytest.raises(FormatError, match="twice"):
        generate(str(tiny_model), None, FEW, tmp_path / "gen.jsonl")


def test_an_adapter_changes_the_texts_and_is_named(
    whole: Path, tiny_model: Path, small_set: Path, tmp_path: Path
) -> None:
    settings = ["bf16=false", "lora_r=2", "learning_rate=0.3", "max_steps=2", "warmup_steps=0"]
    config = configuration("train/difficulty", None, settings)
    run = tmp_path / "run"
    train("difficulty", small_set, str(tiny_model), config, run, say=lambda _: None)
    for adapter, out in ((run, "a.jsonl"), (run / "adapter", "b.jsonl")):
        generate(str(tiny_model), str(adapter), FEW, tmp_path / out)
    one, other = rows_of(tmp_path / "a.jsonl"), rows_of(tmp_path / "b.jsonl")
    assert [row["text"] for row in one] == [row["text"] for row in other]
    assert [row["text"] for row in one] != [row["text"] for row in rows_of(whole)]
    assert one[0]["metadata"]["adapter"] == str(run)
    assert one[0]["metadata"]["adapter_revision"].startswith("sha256:")
    assert one[0]["model"] == f"{tiny_model} + {run}"


@pytest.mark.parametrize("name", ["nowhere/at/all", "empty"])
def test_an_adapter_that_is_none_is_told(name: str, tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"no such folder|no adapter"):
        generate(str(tiny_model), str(tmp_path / name), FEW, tmp_path / "gen.jsonl")


def test_too_little_memory_is_one_line(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psutil

    class Full:
        available = 1000

    monkeypatch.setattr(psutil, "virtual_memory", Full)
    with pytest.raises(DeviceError, match="choose a smaller model"):
        generate(str(tiny_model), None, FEW, tmp_path / "gen.jsonl")
    assert not list(tmp_path.iterdir())


# tasks


CHOICES = ["犬です", "公園を歩きました", "経済"]
GREEDY = replace(FEW, temperature=0.0)


def asked(prompt: Any = "今日は", **more: Any) -> TaskRequest:
    return TaskRequest("q", "jnli-1.1-0.3", prompt, {"choices": CHOICES}, **more)


@pytest.mark.parametrize("prompt", ["今日は天気がいい。", ""])
def test_likelihoods_are_those_of_the_model(prompt: str, tiny_model: Path, tmp_path: Path) -> None:
    """Each choice by itself, without padding, token by token."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    out = tmp_path / "out.jsonl"
    generate(str(tiny_model), None, GREEDY, out, requests=[asked(prompt)])
    (row,) = rows_of(out)
    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    model = AutoModelForCausalLM.from_pretrained(tiny_model)
    head = tokenizer(prompt)["input_ids"] or [tokenizer.eos_token_id]
    expected = []
    for choice in CHOICES:
        tail = tokenizer(prompt + choice)["input_ids"][len(head) if prompt else 0 :]
        ids = torch.tensor([head + tail])
        with torch.inference_mode():
            chances = model(ids).logits[0].float().log_softmax(-1)
        at = range(len(head) - 1, len(head) + len(tail) - 1)
        expected.append(sum(float(chances[i, t]) for i, t in zip(at, tail, strict=True)))
    assert row["log_likelihoods"] == pytest.approx(expected, abs=1e-4)
    assert row["text"] == CHOICES[max(range(3), key=lambda at: expected[at])]
    assert row["choices"] == CHOICES


def test_a_choice_may_be_written_instead(tiny_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    generate(str(tiny_model), None, GREEDY, out, requests=[asked()], likeliest=False)
    assert "log_likelihoods" not in rows_of(out)[0]


def test_a_reply_ends_where_the_task_says(tiny_model: Path, tmp_path: Path) -> None:
    settings = replace(GREEDY, max_new_tokens=20)
    generate(str(tiny_model), None, settings, tmp_path / "a", requests=[asked()], likeliest=False)
    whole = rows_of(tmp_path / "a")[0]["text"]
    stop = whole[len(whole) // 2]
    request = asked(stop=(stop,))
    generate(str(tiny_model), None, settings, tmp_path / "b", requests=[request], likeliest=False)
    assert rows_of(tmp_path / "b")[0]["text"] == whole.partition(stop)[0]


def test_a_chat_is_asked_with_the_models_template(tiny_model: Path, tmp_path: Path) -> None:
    chat = [{"role": "system", "content": "短く。"}, {"role": "user", "content": "今日は"}]
    plain = "<system>短く。\n<user>今日は\n<assistant>"
    for name, prompt in (("chat", chat), ("plain", plain)):
        generate(
            str(tiny_model), None, GREEDY, tmp_path / name, requests=[asked(prompt)], likeliest=False
        )  # fmt: skip
    assert rows_of(tmp_path / "chat")[0]["text"] == rows_of(tmp_path / "plain")[0]["text"]
    assert rows_of(tmp_path / "chat")[0]["prompt"] == chat


def test_a_prompt_that_is_too_long_is_one_line(tiny_model: Path, tmp_path: Path) -> None:
    long = asked("今日は" * 10_000)
    for likeliest in (True, False):
        with pytest.raises(InputError, match=r"and the model 8,192; give fewer --shots"):
            generate(
                str(tiny_model), None, GREEDY, tmp_path / "o", requests=[long], likeliest=likeliest
            )  # fmt: skip
    assert not list(tmp_path.iterdir())
