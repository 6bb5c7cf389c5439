"""Japanese and English: what people see is whole in both, and what programs read is the same."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from messages import messages, paragraphs

from jtextkit.builders.registry import BUILDERS
from jtextkit.builders.sets.recipe import _KINDS
from jtextkit.cli.group import _manual
from jtextkit.cli.main import program
from jtextkit.core import language
from jtextkit.core.language import catalogue, translated
from jtextkit.metrics.readability.cautions import _INVISIBLE, _MARKUP
from jtextkit.metrics.readability.formula import LEVELS
from jtextkit.serve.shell import MESSAGE

COVERED = [
    "cli",
    "core",
    "check",
    "corpus",
    "hub",
    "report/comparison.py",
    "report/gauge.py",
    "report/marking.py",
    "report/text.py",
    "tasks",
    "serve",
    "builders/registry.py",
    "builders/difficulty/recipe.py",
    "builders/sansu/recipe.py",
    "builders/stx/recipe.py",
    "metrics/morphology/dictionary.py",
    "metrics/readability/cautions.py",
    "metrics/readability/explanation.py",
    "metrics/readability/profiles.py",
]
"""Modules, and folders of modules, whose messages are all in the catalogue."""

NOT_FOR_PEOPLE = {
    "jtextkit: {}",
    'python -m pip install "jtextkit[{}]"',
    "a {} named {} is already registered",  # by a programmer
    "module {} has no attribute {}",
    "The first of the groups that the row is in, or the row itself.",  # no command
    "{}, recomputed {}",  # both are data
    "no {}{}",  # the catalogue has what it comes to
    "Simple",  # labels, as data have them
    "Complex",
    "auxiliary",  # a part of speech by its class
    "s have",
    " has",
    "",
}


COMPOSED = """
{} is not a valid float.
{} is not a valid integer.
build command
no row with a solution{}
no row that can be judged{}
{} is no label
no problem nearly repeats one elsewhere
no problem nearly repeats one beside it
difficulty-2level: Simple and Complex Japanese texts
Simple and Complex Japanese texts (difficulty-2level)
**A look from outside.** Readability tells
AUC of the label from each thing alone; cross-validated in 5 folds
columns, types and label names are those of the set
columns and types are those of the set
{} by kanji
repeats 20 characters of its prompt
""".strip().splitlines()
"""How messages begin that stand in no one place of the source, being put together of names and numbers."""


def commands(command: click.Command = program, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command by its words."""
    yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            assert under is not None
            yield from commands(under, *path, name)


COMMANDS = dict(commands())
READ_FIRST = ["", "build", "build difficulty-2level", "check", "doctor", "list", "score", "verify"]
CLICKS_OWN = """
Show this message and exit.
Show the version and exit.
No such option {}.
No such option {}. Did you mean {}?
No such option {}. (Did you mean one of: {}?)
Missing argument '{}'.
Missing option '{}'.
Missing command.
Option {} requires an argument.
Invalid value for {}: {}
{} is not one of {}.
""".strip().splitlines()


def of_modules() -> set[str]:
    root = Path(language.__file__).parent.parent
    paths = (path for name in COVERED for path in [*(root / name).glob("*.py"), root / name])
    files = (path for path in paths if path.is_file())
    shell = (root / "serve/page.html").read_text("utf-8")
    found = {one for file in files for one in messages(file)}
    return (found | {*MESSAGE.findall(shell)}) - NOT_FOR_PEOPLE


def test_every_message_of_the_covered_modules_is_in_the_catalogue() -> None:
    wanted = of_modules() | {*CLICKS_OWN, *_INVISIBLE.values(), *_MARKUP}
    missing = wanted - set(catalogue()[0])
    assert not missing, "add to jtextkit/locale/ja.po:\n" + "\n".join(map(repr, sorted(missing)))


def test_every_message_of_the_catalogue_is_said_somewhere() -> None:
    root = Path(language.__file__).parent.parent
    said = "\n".join(
        " ".join(text.split())
        for folder in (root, Path(click.__file__).parent)
        for path in folder.rglob("*")
        for text in constants(path)
    )
    unsaid = {
        message: part
        for message in catalogue()[0]
        for part in re.split(r"\{\}|[.;:,()\n'\"*]", message)
        if len(part.strip()) > 2 and " ".join(part.split()) not in said
    }
    left = [one for one in unsaid if not one.startswith(tuple(COMPOSED))]
    assert not left, "remove from jtextkit/locale/ja.po:\n" + "\n".join(map(repr, left))
    assert all(any(one.startswith(begun) for one in unsaid) for begun in COMPOSED)


def constants(path: Path) -> list[str]:
    """The texts in a file of the source."""
    if path.suffix == ".md":  # without the conditions and marks of quotation that begin lines
        return [re.sub(r"(?m)^(?:\[[^\]\n]*\] ?|> ?)+", "", path.read_text("utf-8"))]
    if path.suffix in {".html", ".json", ".toml", ".tsv"} or path.name == "help.txt":
        return [path.read_text("utf-8").replace("\\\n", "")]  # TOML's lines that go on
    nodes = ast.walk(ast.parse(path.read_text("utf-8"))) if path.suffix == ".py" else ()
    found = (node.value for node in nodes if isinstance(node, ast.Constant))
    return [text for text in found if isinstance(text, str)]


@pytest.mark.parametrize("words", COMMANDS)
def test_every_line_of_help_is_in_the_catalogue(words: str) -> None:
    command = COMMANDS[words]
    texts = {*paragraphs(command.help or "")}
    texts |= {option.help or "" for option in command.params if isinstance(option, click.Option)}
    unknown = {
        one for text in texts if translated_in_japanese(one := text.partition("  [")[0]) == one
    }
    assert unknown - {""} == set()


def test_every_part_of_the_help_file_is_of_a_command() -> None:
    assert _manual().keys() <= COMMANDS.keys()


def translated_in_japanese(message: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JTEXTKIT_LANG", "ja")
        return translated(message)


def test_a_translation_asks_only_for_values_that_there_are() -> None:
    for message, japanese in catalogue()[0].items():
        values = [language._Value("X")] * message.count("{}")
        if not values:
            continue  # it stands as it is, and may hold braces
        assert "{" not in japanese.format(*values), message
        assert len(re.findall(r"\{\d?(?::t)?\}", japanese)) >= 1, message


@given(st.lists(st.integers(0, 10**6), min_size=9, max_size=9))
def test_every_message_is_known_again_whatever_its_values(values: list[int]) -> None:
    sentences, templates = catalogue()
    for message, japanese in sentences.items():
        first, *rest = message.split("{}")
        shown = first + "".join(f"{value}{part}" for value, part in zip(values, rest, strict=False))
        found = next((text for template, text in templates if template.fullmatch(shown)), japanese)
        assert shown in sentences or found == japanese, message


def test_what_a_value_should_be_is_told_in_the_readers_language() -> None:
    said = [translated_in_japanese(f"seed is 'x', not {kind}") for kind in _KINDS.values()]
    assert not [one for one in said if re.search("not|number|text|list", one)]


def test_the_levels_are_called_as_their_site_calls_them() -> None:
    names = [translated_in_japanese(name) for name, _ in LEVELS]
    assert names == [  # jreadability.net, questions and answers
        "上級後半・とてもむずかしい",
        "上級前半・むずかしい",
        "中級後半・ややむずかしい",
        "中級前半・ふつう",
        "初級後半・やさしい",
        "初級前半・とてもやさしい",
    ]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja_JP.eucJP"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "JTEXTKIT_LANG": "en"}, "en"),
        ({"LANG": "C", "JTEXTKIT_LANG": "ja"}, "ja"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
    ids=str,
)
def test_the_language_is_that_of_the_variable_or_the_locale(
    variables, expected, monkeypatch
) -> None:
    for name in ("JTEXTKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert language.language() == expected


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "ja", "list"],
        ["list", "--lang", "ja"],
        ["--lang=ja", "list"],
        ["list", "--lang=ja"],
    ],
    ids=" ".join,
)
def test_the_language_may_be_given_anywhere(words, call) -> None:
    assert "青空文庫" in call(*words).out
    assert "Aozora" in call("list", "--lang", "en").out


def test_bad_rows_are_named_in_the_readers_language(call, tmp_path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"solution": "3+4=7なので、答えは7個。"}\n{"id": 2}\nx\n', encoding="utf-8")
    said = call("--lang", "ja", "audit-solutions", str(file)).err
    assert f"{file}:2: 'solution' に文がありません; 除きました" in said
    assert f"{file}:3: JSON ではありません; 除きました" in said


def test_an_unknown_language_is_wrong_usage(call) -> None:
    done = call("list", "--lang", "fr")
    assert done.code == 2
    assert "ja" in done.only_line


@pytest.mark.parametrize(
    "words",
    [
        ["score", "{}", "{}"],
        ["score", "{}"],
        ["score", "--explain", "{}"],
        ["list"],
        ["nothing"],
        ["score", "none.txt"],
        ["score", "--max-difficulty", "0", "{}"],
        ["score", "--sentences", "lines", "{}"],
        ["score", "--explian", "{}"],
        *([*words.split(), "--help"] for words in READ_FIRST),
    ],
    ids=" ".join,
)
def test_nothing_english_is_left_in_japanese(words, call, hard) -> None:
    done = call("--lang", "ja", *(word.format(hard.name) for word in words))
    shown = "\n".join(
        line
        for line in (done.out + done.err).splitlines()
        if "|" not in line and not line.startswith("    jtextkit")  # signatures, examples
    )
    shown = re.sub(r"\[既定は[^]]*\]", "", shown)
    known = {*WORDS.split(), *words, *program.list_commands(click.Context(program)), *BUILDERS}
    left = set(re.findall(r"(?<![\w./=-])[A-Za-z][a-z]{2,}(?![\w./-])", shown)) - known
    assert left == set(), shown
    assert re.search("[ぁ-ん]", shown)


WORDS = (
    "jtextkit jReadability UniDic Parquet Hub Hugging Face Python Jaccard SentencePiece Sum "
    "Simple Complex train validation test prompt completion problem solution answer messages "
    "punct newline site lock receipt seed ueki hard"
)
"""What stands so in Japanese too: names of things, of columns and of values."""


def test_what_programs_read_is_in_no_language(call, easy, hard) -> None:
    for words in (["score", "--json", "--explain", easy, hard], ["list", "--json"]):
        english, japanese = (call("--lang", one, *words).out for one in ("en", "ja"))
        assert json.loads(english) == json.loads(japanese)


def test_the_catalogue_is_read_by_other_programs_too() -> None:
    """Gettext's form: every line is a comment, a keyword with a string, a string, or empty."""
    path = Path(language.__file__).parent.parent / "locale" / "ja.po"
    for line in path.read_text(encoding="utf-8").splitlines():
        keyword = re.fullmatch(r'(?:(?:msgid|msgstr) )?(".*")|#.*|', line)
        assert keyword, line
        if keyword[1]:
            assert isinstance(ast.literal_eval(keyword[1]), str)


def test_the_page_of_a_text_is_in_the_readers_language(call, hard) -> None:
    pages = []
    for one in ("en", "ja"):
        call("--lang", one, "score", "--html", f"{one}.html", hard.name)
        pages.append((hard.parent / f"{one}.html").read_text(encoding="utf-8"))
    english, japanese = pages
    assert '<html lang="en">' in english
    assert "What would make it easier" in english
    assert '<html lang="ja">' in japanese
    for words in (
        "こうすればやさしくなる",
        "よく使う 3,000 語に入っていません",
        "大きいほどやさしい",
    ):
        assert words in japanese
    text = re.compile('<div class="text".*?</div></div>', re.DOTALL)
    assert text.findall(english) == text.findall(japanese) != []
