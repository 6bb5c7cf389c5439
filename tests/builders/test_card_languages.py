"""Cards and reports in Japanese: all that people read is, and nothing that programs read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jtextkit.builders.sets.card import in_language
from jtextkit.core.language import speaking
from jtextkit.core.receipts import read_receipt

BUILDS = {
    "difficulty-2level": ["--sample"],
    "stx": ["--sample"],
    "sansu": ["--size", "45"],
}


def program(folder: Path, language: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jtextkit", "--lang", language, *words],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


@pytest.fixture(scope="module", params=BUILDS)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the set as English and as Japanese users build it."""
    folder = tmp_path_factory.mktemp("languages")
    for language in ("en", "ja"):
        program(folder, language, "build", request.param, *BUILDS[request.param], "-o", language)
    return folder


def prose(card: str) -> list[str]:
    """The lines of a card that are for people: neither its head nor commands."""
    body = card.partition("\n---\n")[2]
    return re.sub(r"^```.*?^```\n", "", body, flags=re.DOTALL | re.MULTILINE).splitlines()


def test_the_japanese_card_holds_no_english_sentence(both: Path) -> None:
    lines = prose((both / "ja" / "README.md").read_text("utf-8"))
    english = re.compile(r"(?:\b[a-z]{2,} ){3}")
    assert [line for line in lines if english.search(re.sub("`[^`]*`", "", line))] == []
    assert any(re.search("[ぁ-ん]{3}", line) for line in lines)


def test_head_commands_and_numbers_are_the_same(both: Path) -> None:
    english, japanese = ((both / one / "README.md").read_text("utf-8") for one in ("en", "ja"))
    assert english.partition("\n---\n")[0] == japanese.partition("\n---\n")[0]
    blocks = re.compile(r"^```.*?^```\n", re.DOTALL | re.MULTILINE)
    assert blocks.findall(english) == blocks.findall(japanese) != []
    for line in prose(japanese):
        if line.startswith("|---"):
            assert line in english
    numbers = re.compile(r"\| ([\d.,]+%?) \|")
    assert sorted(numbers.findall(english)) == sorted(numbers.findall(japanese))


def test_rows_do_not_know_the_language_and_the_receipt_does(both: Path) -> None:
    english, japanese = (read_receipt(both / one) for one in ("en", "ja"))
    assert english is not None
    assert japanese is not None
    assert english["rows_sha256"] == japanese["rows_sha256"]
    assert japanese["written_with"]["language"] == "ja"
    assert "language" not in english["written_with"]
    for name in ("train", "validation", "test"):
        path = f"{name}.parquet"
        assert (both / "en" / path).read_bytes() == (both / "ja" / path).read_bytes()


def test_the_set_is_sound_and_the_same_in_either_language(both: Path) -> None:
    for language in ("en", "ja"):
        assert program(both, language, "check", "ja").returncode == 0
    if (both / "ja" / "lock.jsonl").exists():
        assert "language: ja then" in program(both, "en", "verify", "ja", "--rebuild").stdout
        assert "language" not in program(both, "ja", "verify", "ja", "--rebuild").stdout


def test_the_report_speaks_japanese(both: Path) -> None:
    report = both / "ja" / "report.html"
    if not report.exists():
        return
    html = re.sub(
        r"<(style|code|blockquote|desc)\b.*?</\1>", "", report.read_text("utf-8"), flags=re.DOTALL
    )
    assert '<html lang="ja">' in html
    shown = re.findall(r">([^<>]+)<", html)
    english = re.compile(r"(?:\b[A-Za-z]{2,} ){3}")
    assert [words for words in shown if english.search(words)] == []


CARD = """---
license: x
---
# Limits

> one
> two

1. A text
   goes on.
- Another
| task | a |
|---|---|
| | 1 |

```bash
# Limits
```
"""


def test_a_card_keeps_its_form() -> None:
    with speaking("en"):
        assert in_language(CARD) == CARD
    joined = CARD.replace("one\n> two", "one two").replace("text\n   goes", "text goes")
    with speaking("ja"):
        wanted = joined.replace("# Limits\n\n", "# 限界\n\n").replace("task", "タスク")
        assert in_language(CARD) == wanted
