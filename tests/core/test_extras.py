"""Extras: each brings what is said, and whoever lacks one is told in a line, never in a trace."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib

import pytest

from jtextkit.core.errors import UsageError
from jtextkit.core.extras import EXTRAS, missing, require

# Runs the program as if nothing but the light core were installed.
LIGHT = """
import sys
from jtextkit.core.extras import EXTRAS
for modules in EXTRAS.values():
    sys.modules.update({module.partition(".")[0]: None for module in modules})
from jtextkit.cli.main import main
main(sys.argv[1:])
"""

ROWS = {
    "text.txt": "犬が走る。猫も走る。\n",
    "answers.jsonl": '{"id": "1", "prediction": "答えは12です。", "answer": "12"}\n',
    "labels.jsonl": '{"id": "1", "prediction": "含意", "answer": "entailment"}\n',
    "spans.jsonl": '{"id": "1", "prediction": "大阪市", "answer": "大阪"}\n',
    "solutions.jsonl": '{"id": "1", "solution": "3+4=7なので、答えは7個。", "answer": "7"}\n',
}


def light(tmp_path, root, *words: str) -> subprocess.CompletedProcess[str]:
    for name, content in ROWS.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", LIGHT, *words],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "", "JTEXTKIT_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        "score text.txt",
        "score --explain text.txt",
        "score --json text.txt",
        "score --html text.html text.txt",
        "list",
        "show difficulty-2level",
        "show sansu",
        "show stx",
        "show train/difficulty",
        "doctor",
        "evaluate answers answers.jsonl --task sansu --against answers.jsonl",
        "evaluate answers labels.jsonl --task jnli",
        "evaluate answers spans.jsonl --task jsquad",
        "audit-solutions solutions.jsonl --style strict --drop-failing kept.jsonl",
    ],
)
def test_the_light_core_does_this_alone(tmp_path, root, words) -> None:
    done = light(tmp_path, root, *words.split())
    assert done.returncode == 0, done.stderr
    assert done.stdout or "kept.jsonl" in words


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        ("build difficulty-2level --sample", "build"),
        ("check text.txt", "build"),
        ("annotate answers.jsonl -o annotated --text-column prediction", "build"),
        ("evaluate difficulty text.txt --target simple", "build"),
        ("evaluate answers spans.jsonl --task jsquad --metric flexeval", "qa"),
        ("fertility text.txt", "fertility"),
        ("extend-tokenizer --base text.txt --text text.txt --add 9 -o new.model", "fertility"),
        ("generate difficulty --model none -o texts.jsonl", "train"),
    ],
)
def test_a_command_that_lacks_an_extra_names_it_in_one_line(tmp_path, root, words, extra) -> None:
    done = light(tmp_path, root, *words.split())
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(
        rf'jtextkit: \w+ is not installed; python -m pip install "jtextkit\[{extra}\]"',
        done.stderr.splitlines()[-1],
    )


def test_the_list_is_that_of_pyproject(root) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = importlib.metadata.packages_distributions()
    extras = declared["optional-dependencies"]
    assert set(extras) == {*EXTRAS, "all", "dev", "docs"}
    for extra, modules in EXTRAS.items():
        names = {
            normal(re.match(r"[\w.-]+", requirement)[0])
            for requirement in extras[extra]
            if not requirement.startswith("jtextkit[")
        }
        for module in modules:
            package = module.partition(".")[0]
            known = {normal(name) for name in packages.get(package, [])}
            # Where it is not installed, the name of the package tells what it is.
            spelled = {normal(package), {"yaml": "pyyaml"}.get(package, "")}
            assert names & (known or spelled), (extra, module)
        assert len(modules) <= len(names), extra
    assert set(re.findall(r"[\w]+", extras["all"][0])) == {*EXTRAS, "jtextkit"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_lacks_is_named_with_the_extra_that_the_work_is_about(monkeypatch) -> None:
    for name in ("numpy", "numpy.linalg"):
        assert '"jtextkit[build]"' in str(missing(ModuleNotFoundError(name=name)))
        assert '"jtextkit[fertility]"' in str(missing(ModuleNotFoundError(name=name), "fertility"))
        assert '"jtextkit[build]"' in str(missing(ModuleNotFoundError(name=name), "qa"))
    assert missing(ModuleNotFoundError(name="jtextkit.nowhere")) is None
    monkeypatch.setitem(sys.modules, "emoji", None)
    with pytest.raises(UsageError, match=r'^emoji is not installed; .* "jtextkit\[qa\]"$'):
        require("emoji")
    assert require("json") is json
