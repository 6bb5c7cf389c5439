"""``train``, ``generate`` and ``show train/…`` as users meet them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from train_checks import WARNINGS, difficulty_set, make_tiny_model, sansu_set, stx_set

from jtextkit.train.presets import preset_text

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')
pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')
pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(one) for one in WARNINGS)]

SHORT = ["--set", "bf16=false", "--set", "warmup_steps=0", "--set", "max_steps=2",
         "--set", "gradient_accumulation_steps=1"]  # fmt: skip
KEYS = (
    "trainable_parameters",
    "total_parameters",
    "steps",
    "warmup_steps",
    "tokens_per_epoch",
    "memory_bytes",
    "warnings",
)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return difficulty_set(tmp_path / "set")


@pytest.fixture
def shape(tmp_path: Path) -> Path:
    """A folder with a configuration and nothing else."""
    folder = tmp_path / "shape"
    folder.mkdir()
    (folder / "config.json").write_text(
        '{"model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "vocab_size": 1000,'
        ' "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 4}'
    )
    return folder


@pytest.mark.parametrize("name", ["difficulty", "stx", "sansu", "encoder"])
def test_presets_print_themselves(name, call) -> None:
    done = call("show", f"train/{name}")
    assert (done.code, done.out) == (0, preset_text(f"train/{name}"))


def test_show_answers_an_unknown_preset(call) -> None:
    done = call("show", "train/sanzu")
    assert done.code == 2
    assert "did you mean train/sansu" in done.only_line


@pytest.mark.parametrize("task", ["difficulty", "stx", "sansu", "encoder"])
def test_help_has_examples(task, call) -> None:
    done = call("train", task, "--help")
    assert done.code == 0
    assert f"jtextkit train {task}" in done.out
    for option in ("--data", "--model", "--config", "--set", "--dry-run", "--resume", "--json"):
        assert option in done.out


@pytest.mark.parametrize("task", ["difficulty", "stx", "sansu"])
def test_a_dry_run_says_what_the_run_will_be(task, call, shape, tmp_path) -> None:
    data = {"difficulty": difficulty_set, "stx": stx_set, "sansu": sansu_set}[task](tmp_path / "s")
    done = call("train", task, "--data", data, "--model", shape, "--dry-run", "--json")
    assert done.code == 0, done.err
    plan = json.loads(done.out)
    assert set(KEYS) <= plan.keys()
    assert plan["tokens_estimated"] is True
    assert sorted(path.name for path in shape.iterdir()) == ["config.json"]
    people = call("train", task, "--data", data, "--model", shape, "--dry-run")
    assert f"{plan['trainable_parameters']:,}" in people.out
    assert people.err.count("warning: ") == len(plan["warnings"]) > 0


def test_the_published_schedule_is_warned_of(call, shape, tmp_path) -> None:
    """1,275 rows at 16 a step, three times, are 240 steps; the preset's warm-up takes 200."""
    data = difficulty_set(tmp_path / "large", 1275, 159, 160)
    words = ["train", "difficulty", "--data", data, "--model", shape, "--dry-run"]
    plan = json.loads(call(*words, "--json").out)
    assert (plan["steps"], plan["warmup_steps"]) == (240, 200)
    assert plan["rows"]["train"]["groups"] == {"Complex": 637, "Simple": 638}
    assert "warning: the run is 240 steps, of which 200 (83%) are warm-up" in call(*words).err


def test_the_whole_way_from_a_set_to_figures(call, data, model, tmp_path) -> None:
    done = call("train", "difficulty", "--data", data, "--model", model, "-o", "run", *SHORT)
    assert done.code == 0, done.err
    assert "last loss" in done.out
    assert "no GPU" in done.err
    again = call("train", "difficulty", "--data", data, "--model", model, "-o", "run", *SHORT)
    assert again.code == 2
    assert "--resume" in again.complaint
    same = call(
        "train", "difficulty", "--data", data, "--model", model, "-o", "run", *SHORT, "--resume", "--json"
    )  # fmt: skip
    assert json.loads(same.out)["summary"]["steps"] == 2

    words = ["--model", model, "--per-level", "2", "--max-new-tokens", "20"]
    done = call("generate", "difficulty", *words, "-o", "base.jsonl")
    assert (done.code, done.out) == (0, "")
    done = call("generate", "difficulty", *words, "--adapter", "run", "-o", "tuned.jsonl", "--json")
    assert json.loads(done.out)["rows"] == 4
    done = call("evaluate", "difficulty", "tuned.jsonl", "--against", "base.jsonl", "--json")
    assert done.code == 0, done.err
    judged = json.loads(done.out)
    assert judged["bad_rows"] == 0
    assert judged["comparison"]["bad_rows"] == 0


def test_an_encoder(call, data, model, tmp_path) -> None:
    from train_checks import make_tiny_encoder

    encoder = make_tiny_encoder(tmp_path / "encoder", model)
    words = ["--task", "difficulty", "--data", data, "--model", encoder]
    short = ["--set", "learning_rates=1e-3", "--set", "epochs=1", "--set", "seeds=1", "--set", "bf16=false"]  # fmt: skip
    plan = json.loads(call("train", "encoder", *words, *short, "--dry-run", "--json").out)
    assert set(KEYS) <= plan.keys()
    assert plan["runs"] == 1
    done = call("train", "encoder", *words, *short, "-o", "run", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["best"] == {"learning_rate": 0.001, "epochs": 1}


def test_a_changed_set_is_an_integrity_error(call, data, model) -> None:
    (data / "train.parquet").write_bytes(b"PAR1")
    for more in (["--dry-run"], ["-o", "run"]):
        done = call("train", "difficulty", "--data", data, "--model", model, *more)
        assert done.code == 4
        assert "train.parquet: not the file that the receipt names" in done.only_line


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--set", "lora=8", "--dry-run"], 2, "unknown key 'lora'"),
        (["--config", "none.yaml", "--dry-run"], 1, "none.yaml: no such file"),
        ([], 2, "name it with -o, or use --dry-run"),
        (["--model", "./nowhere", "--dry-run"], 1, "no such folder"),
        (["--data", "nowhere", "--dry-run"], 1, "no such file or folder"),
        (["--set", "quantization=nf4", "-o", "run"], 1, "no GPU"),
    ],
)
def test_what_is_wrong_is_one_line(words, code, says, call, data, model) -> None:
    import torch

    if "nf4" in str(words) and torch.cuda.is_available():
        pytest.skip("there is a GPU: set CUDA_VISIBLE_DEVICES to nothing")
    done = call("train", "difficulty", "--data", data, "--model", model, *words)
    assert done.code == code
    assert says in done.complaint
    assert done.out == ""


def test_a_model_without_weights_cannot_run(call, data, shape) -> None:
    done = call("train", "difficulty", "--data", data, "--model", shape, "-o", "run")
    assert done.code == 1
    assert "shape: the folder holds no model that can be read" in done.complaint


@pytest.mark.parametrize("command", ["train", "generate"])
def test_a_missing_extra_is_one_line(command, call, data, model, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    words = ["--data", data] if command == "train" else []
    done = call(command, "difficulty", *words, "--model", model, "-o", "out")
    assert done.code == 2
    assert 'python -m pip install "jtextkit[train]"' in done.only_line


class _Hub(BaseHTTPRequestHandler):
    """A hub that has one gated model, and no other."""

    def do_HEAD(self) -> None:
        gated = self.path.startswith("/someone/gated/")
        self.send_response(403 if gated else 404)
        self.send_header("X-Error-Code", "GatedRepo" if gated else "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment in which the hub is the one above."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hub) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield {
            "HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}",
            "HF_HOME": str(tmp_path / "hf"),
            "HF_HUB_OFFLINE": "0",
            "HF_HUB_DISABLE_XET": "1",
            "OMP_NUM_THREADS": "1",
        }
        server.shutdown()


@pytest.mark.parametrize(
    ("name", "says"),
    [("someone/gated", "this model is gated"), ("someone/nothing", "no such model on the Hub")],
)
def test_a_model_that_cannot_be_had_is_one_line(name, says, run, data, hub) -> None:
    done = run("train", "difficulty", "--data", data, "--model", name, "--dry-run", env=hub)
    assert done.code == 1
    assert says in done.only_line
    assert "hf auth login" in done.only_line


def test_without_a_network_a_model_cannot_be_had(run, data, hub) -> None:
    offline = {**hub, "HF_HUB_OFFLINE": "1"}
    done = run("train", "difficulty", "--data", data, "--model", "a/b", "--dry-run", env=offline)
    assert done.code == 1
    assert "a/b: not in the Hub's cache, and HF_HUB_OFFLINE is set" in done.only_line
