"""What stands around the package: the action, the hook, the site's contents, the notebook."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest

import jtextkit
from jtextkit.cli.serve import serve_command

yaml = pytest.importorskip("yaml", reason='python -m pip install -e ".[dev]" brings PyYAML')

ROOT = Path(__file__).resolve().parent.parent
EASY = "朝です。ぼくは学校へ行きます。友だちが門で待っています。\n"
HARD = "はじめに。\n経済政策の効果を検証する研究は、統計的手法の発展とともに急速に進展し、制度設計への応用が期待される。\n"


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path",
    sorted(
        [
            *ROOT.glob(".github/**/*.yml"),
            *ROOT.glob(".pre-commit-*.yaml"),
            ROOT / "action.yml",
            ROOT / "CITATION.cff",
        ]
    ),
    ids=lambda path: path.name,
)
def test_it_is_yaml(path: Path) -> None:
    assert read(str(path.relative_to(ROOT)))


def test_ci_runs_what_anybody_runs() -> None:
    steps = read(".github/workflows/ci.yml")["jobs"]["all"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["bash .ci/run"]


def test_what_stands_beside_the_code_is_packaged_and_what_is_packaged_stands_there() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]
    packaged = {*(ROOT / "jtextkit").rglob("*.pyi")}
    for package, patterns in setuptools["package-data"].items():
        for pattern in patterns if package != "*" else ():
            found = {*(ROOT / package.replace(".", "/")).glob(pattern)}
            assert found, f"{package}: {pattern} is nothing"
            packaged |= found
    built = {".py", ".pyc", ".c", ".so", ".pyd"}
    there = (one for one in (ROOT / "jtextkit").rglob("[!.]*") if one.is_file())
    assert not {one for one in there if one.suffix not in built} - packaged


def test_the_citation_is_of_this_version() -> None:
    assert read("CITATION.cff")["version"] == jtextkit.__version__


@pytest.mark.parametrize(
    "name",
    [
        "SECURITY.md",
        ".github/pull_request_template.md",
        ".github/ISSUE_TEMPLATE/idea.yml",
        ".github/ISSUE_TEMPLATE/config.yml",
    ],
)
def test_it_speaks_both_languages(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.search("[ぁ-ん]{2}", text)
    assert re.search("[a-z]{4}", text)


def test_both_reports_of_faults_ask_the_same() -> None:
    english, japanese = (
        [part["id"] for part in read(f".github/ISSUE_TEMPLATE/{name}.yml")["body"]]
        for name in ("bug", "bug.ja")
    )
    assert english == japanese


@pytest.mark.parametrize(("text", "code"), [(EASY, 0), (HARD, 3)], ids=["easy", "hard"])
def test_the_hook_holds_a_document_under_its_limit(text: str, code: int, tmp_path: Path) -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    program, *words = shlex.split(hook["entry"])
    assert program == "jtextkit"
    done = subprocess.run(
        [sys.executable, "-m", program, *words, *hook["args"], "a.txt"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode()


def action(folder: Path, files: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    """The last step of the action, in the environment that its inputs make."""
    step = read("action.yml")["runs"]["steps"][-1]
    inputs = {"files": files, "max-difficulty": "0.5", "lang": language}
    made = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], value)
        for name, value in step["env"].items()
    }
    places = {"GITHUB_ACTION_PATH": str(ROOT), "PYTHONPATH": str(ROOT)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **made, **places, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_action_puts_advice_beside_lines(tmp_path: Path) -> None:
    (tmp_path / "easy.txt").write_text(EASY, encoding="utf-8")
    folder = tmp_path / "deep"
    folder.mkdir()
    (folder / "hard,1.txt").write_text(HARD, encoding="utf-8")
    done = action(tmp_path, "*.txt **/*.txt")
    assert done.returncode == 3, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("::")]
    error, *warnings = lines
    assert error.startswith("::error file=deep/hard%2C1.txt::")
    assert warnings
    assert all(line.startswith("::warning file=deep/hard%2C1.txt,line=2::") for line in warnings)
    assert "easy.txt: 0." in done.stdout
    assert "語に入っていません" in action(tmp_path, "deep/*", "ja").stdout


@pytest.mark.parametrize(("files", "code"), [("easy.txt", 0), ("none*.txt", 2)])
def test_the_action_passes_easy_documents_and_refuses_none(files, code, tmp_path: Path) -> None:
    (tmp_path / "easy.txt").write_text(EASY, encoding="utf-8")
    assert action(tmp_path, files).returncode == code


def test_every_page_is_in_the_contents_of_the_site() -> None:
    listed = re.findall(r"[\w/-]+\.md", json.dumps(read("mkdocs.yml")["nav"]))
    pages = [str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")]
    assert sorted(listed) == sorted(pages)


def test_the_notebook_shows_what_it_computes() -> None:
    path = ROOT / "examples" / "notebook" / "measuring.ipynb"
    names: dict[str, Any] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop()
            assert isinstance(last, ast.Expr)
            exec(compile(tree, path.name, "exec"), names)
            value = eval(compile(ast.Expression(last.value), path.name, "eval"), names)
            shown = {"text/plain": repr(value)}
            if hasattr(value, "_repr_html_"):
                shown["text/html"] = value._repr_html_()
            (output,) = cell["outputs"]
            assert {kind: "".join(text) for kind, text in output["data"].items()} == shown


def test_the_space_serves_on_the_port_that_it_names() -> None:
    """Docker itself is not run here; its last command's words are those of the program."""
    _, front, _ = (ROOT / "examples/space/README.md").read_text(encoding="utf-8").split("---\n", 2)
    said = yaml.safe_load(front)
    assert said["sdk"] == "docker"
    docker = (ROOT / "examples/space/Dockerfile").read_text(encoding="utf-8")
    assert f"EXPOSE {said['app_port']}\n" in docker
    command = json.loads(docker.rpartition("CMD ")[2])[-1]
    words = shlex.split(command)
    assert words[:3] == ["exec", "jtextkit", "serve"]
    options = serve_command.make_parser(click.Context(serve_command)).parse_args(words[3:])[0]
    assert options["port"] == str(said["app_port"])
    assert options["allowed"] == ["$SPACE_HOST"]
