"""``jtextkit fertility`` and ``jtextkit extend-tokenizer`` as people use them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tiny_tokenizers import BPE, byte_level_json, sentencepiece_model

TEXT = "今日は晴れ。\n<b>猫</b>が「にゃあ」と鳴いたのです。\n明日は雨。\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "t.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return sentencepiece_model(tmp_path / "tiny.model", ["▁", "今日は", "晴", "れ", "。"])


def test_a_table(call, text, model) -> None:
    done = call("fertility", "-t", model, "-t", "characters", "--words", "unidic", text)
    assert done.code == 0
    assert "tiny.model" in done.out
    assert "3 documents" in done.out
    assert "fertility|tok:characters|words:unidic-lite-" in done.out
    assert "|bos:off|" in done.out


def test_json_is_a_list_in_the_order_of_the_options(call, text, model) -> None:
    done = call("fertility", "-t", "characters", "-t", model, "-t", "characters", "--json", text)
    rows = json.loads(done.out)
    assert [row["tokenizer"] for row in rows] == ["characters", str(model)]
    for row in rows:
        assert {"characters_per_token", "tokens_per_word", "boundary_f1", "signature"} <= row.keys()
        low, high = row["intervals"]["tokens_per_word"]
        assert low <= row["tokens_per_word"] <= high
        assert row["word_unit"] == "unidic"
    assert rows[0]["characters_per_token"] == 1


@pytest.mark.parametrize("by", ["script", "kanji", "level", "source"])
def test_by(call, tmp_path, by) -> None:
    rows = [
        {"text": "今日は晴れ。", "level": "easy", "source": "jec"},
        {"text": "経済の発展", "level": "hard", "source": "aozora"},
    ]
    path = tmp_path / "r.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    words = ("fertility", "-t", "bytes", "--words", "unidic", "--by", by, path)
    done = call(*words)
    expected = {"script": "hiragana", "kanji": "jouyou", "level": "easy", "source": "aozora"}[by]
    assert expected in done.out or by == "kanji"
    assert f"characters/token by {by}" in done.out
    (row,) = json.loads(call(*words, "--json").out)
    assert row[f"by_{by}"]
    if by == "level":
        assert row["by_level"]["easy"]["documents"] == 1
        assert row["by_level"]["hard"]["characters"] == 5


def test_a_built_set_by_level(call, tmp_path) -> None:
    assert call("build", "difficulty-2level", "--sample", "-o", "set").code == 0
    done = call("fertility", "-t", "characters", "--words", "unidic", "--by", "label", "set")
    assert done.code == 2  # no such choice
    done = call(
        "fertility", "-t", "characters", "--words", "unidic", "--by", "source", "set", "--json"
    )
    (row,) = json.loads(done.out)
    assert {"aozora", "jec"} == row["by_source"].keys()


def test_the_difference_of_two(call, text, model) -> None:
    words = ("fertility", "--diff", model, "characters", "--words", "unidic", text)
    done = call(*words)
    assert done.code == 0
    assert "今|日" in done.out
    rows = json.loads(call(*words, "--json").out)
    assert [row["tokenizer"] for row in rows] == [str(model), "characters"]
    assert rows[0]["difference"]["words"][0].keys() >= {
        "word",
        "occurrences",
        "pieces_a",
        "pieces_b",
    }


def test_parity(call, tmp_path) -> None:
    (tmp_path / "ja.txt").write_text("あ\nい\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("a\nbc\n", encoding="utf-8")
    done = call("fertility", "-t", "bytes", "--parallel", "ja.txt", "en.txt", "--json")
    (row,) = json.loads(done.out)
    assert row["parity"] == 2
    assert row["documents"] == 2  # the Japanese side is what is measured
    assert row["intervals"]["parity"]
    assert "parity" in call("fertility", "-t", "bytes", "--parallel", "ja.txt", "en.txt").out
    (tmp_path / "en.txt").write_text("a\n", encoding="utf-8")
    assert (
        "ends before line 2"
        in call("fertility", "-t", "bytes", "--parallel", "ja.txt", "en.txt").complaint
    )


def test_workers_change_nothing(run, tmp_path, model) -> None:
    path = tmp_path / "many.txt"
    path.write_text(TEXT * 700, encoding="utf-8")
    words = ("fertility", "-t", model, "-t", "bytes", "--words", "unidic", "--json", path)
    alone, together = run(*words), run(*words, "--workers", "2")
    assert alone.code == together.code == 0, together.err
    one, two = json.loads(alone.out), json.loads(together.out)
    for key in ("tokens", "boundary_f1", "intervals", "by_kanji"):
        assert [row[key] for row in one] == [row[key] for row in two]


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name in ("src", "onclick") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_page(call, tmp_path, text, model) -> None:
    done = call("fertility", "-t", model, "-t", "bytes", "--html", "page.html", text)
    assert done.code == 0
    written = (tmp_path / "page.html").read_text(encoding="utf-8")
    page = Page(written)
    assert page.tags.count("svg") >= 3
    assert "script" not in page.tags
    assert "b" not in page.tags  # the text's own tags are text
    assert "Tokens per word and boundary F1" in page.words
    assert '<span class="a">今日は</span><span class="b">晴</span>' in written
    assert call("fertility", "-t", model, "-t", "bytes", "--html", "page.html", text).code == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == written
    assert (
        "cannot be written"
        in call("fertility", "-t", "bytes", "--html", "no/p.html", text).complaint
    )


def test_one_bad_tokenizer_does_not_stop_the_others(call, tmp_path, text) -> None:
    pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    (tmp_path / "bad.model").write_bytes(b"no model")
    done = call("fertility", "-t", "bad.model", "-t", "bytes", "--json", text)
    assert done.code == 1
    assert [row["tokenizer"] for row in json.loads(done.out)] == ["bytes"]
    complaints = [line for line in done.err.splitlines() if line.startswith("jtextkit: ")]
    assert complaints[0].startswith("jtextkit: bad.model: no readable SentencePiece model; ")
    assert complaints[1] == "jtextkit: 1 of 2 tokenizers could not be measured"
    assert call("fertility", "-t", "bad.model", text).complaint.startswith("bad.model: ")


def test_a_tokenizer_that_gives_back_another_text_is_told_of(call, tmp_path, text) -> None:
    path = sentencepiece_model(tmp_path / "u.model", ["▁", "今日", "は"], byte_fallback=False)
    done = call("fertility", "-t", path, "--words", "unidic", "--json", text)
    assert done.code == 0
    assert "gives back another text for 100.0 % of the documents; lost: " in done.err
    (row,) = json.loads(done.out)
    assert row["round_trip"] == 0
    assert row["lost_characters"]["。"] == 3


def test_a_vocabulary_without_japanese_cannot_look_cheap(call, text, tmp_path) -> None:
    """It is cheaper than all others, which is said first, and it stands last, with its share."""
    path = sentencepiece_model(tmp_path / "en.model", ["▁", "the"], byte_fallback=False)
    done = call("fertility", "-t", path, "-t", "bytes", "--words", "unidic", text)
    first = next(line for line in done.err.splitlines() if line.startswith("note: "))
    assert "en.model has no piece for " in first
    assert "listed last" in first
    rows = [line for line in done.out.splitlines() if line.startswith(("bytes", "en.model"))]
    assert rows[0].startswith("bytes")
    assert rows[0].endswith("0.0 %")
    call("fertility", "-t", path, "-t", "bytes", "--html", "p.html", "--words", "unidic", text)
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "en.model has no piece for" in page
    plots = page[page.index("<svg") : page.index("Characters per token by script")]
    assert "bytes" in plots
    assert "en.model</text>" not in plots
    assert call("fertility", "-t", path, "--html", "p.html", "--words", "unidic", text).code == 0
    assert rows[1].endswith(f"{first.split(' has no piece for ')[1].split(' of its')[0]}")


def test_the_page_is_there_when_nobody_reads_the_table(root, text, tmp_path) -> None:
    import os
    import subprocess
    import sys

    reader, writer = os.pipe()
    os.close(reader)
    words = ["-t", "bytes", "--words", "unidic", "--html", "h.html", str(text)]
    with os.fdopen(writer, "wb") as closed:
        subprocess.run(
            [sys.executable, "-m", "jtextkit", "fertility", *words],
            stdout=closed, stderr=subprocess.DEVNULL, cwd=tmp_path, check=False,
            env={**os.environ, "PYTHONPATH": str(root)},
        )  # fmt: skip
    assert (tmp_path / "h.html").stat().st_size > 1000


def test_bad_text(call, tmp_path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "en.txt").write_text("Hello.\n")
    assert "no text to measure" in call("fertility", "-t", "bytes", "empty.txt").complaint
    assert "no Japanese" in call("fertility", "-t", "bytes", "en.txt").complaint
    assert "no such file" in call("fertility", "-t", "bytes", "none.txt").complaint
    (tmp_path / "some.jsonl").write_text('{"text": "猫。"}\n{"text": ""}\nx\n')
    done = call("fertility", "-t", "bytes", "--words", "unidic", "some.jsonl")
    assert done.code == 0
    assert "left out: 1 × blank" in done.err
    assert "left out: 1 × not JSON" in done.err


def test_extend_model(call, tmp_path) -> None:
    pytest.importorskip(
        "torch", reason='needs the extra train: python -m pip install -e ".[train]"'
    )
    from train_checks import EASY, make_tiny_model

    make_tiny_model(tmp_path / "m")
    lines = "".join(EASY.format(name) + "図書館へ行った。\n" for name in ("田中", "山田", "鈴木"))
    (tmp_path / "t.txt").write_text(lines * 5, encoding="utf-8")
    (tmp_path / "h.txt").write_text("図書館へ行った。\nAn apple.\n", encoding="utf-8")
    base = ("extend-tokenizer", "--base", "m/tokenizer.json", "--text", "t.txt")
    assert call(*base, "--add", "8", "-o", "n.json").code == 0
    words = (
        "extend-model",
        "--model",
        "m",
        "--tokenizer",
        "n.json",
        "--text",
        "h.txt",
        "-o",
        "out",
    )
    done = call(*words)
    assert done.code == 0, done.err
    assert "8 new, 0 left out" in done.out
    assert json.loads(call(*words, "--json").out)["same_texts"] == 1
    assert (tmp_path / "out" / "receipt.json").is_file()
    assert call("fertility", "-t", "out", "--words", "unidic", "t.txt").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("extend-model", "--model", "m", "--tokenizer", "n.json", "-o", "out"),
        ("extend-tokenizer", "--base", "b", "--text", "t.txt", "--add", "1", "--prune", "-o", "n"),
        ("fertility",),
        ("fertility", "t.txt"),
        ("fertility", "-t", "bytes"),
        ("fertility", "-t", "bites", "t.txt"),
        ("fertility", "-t", "bytes", "--words", "sudachi", "t.txt"),
        ("fertility", "-t", "bytes", "--by", "level", "t.txt"),
        ("fertility", "-t", "bytes", "--by", "level", "--by", "source", "t.txt"),
        ("fertility", "-t", "bytes", "--workers", "0", "t.txt"),
        ("extend-tokenizer", "--base", "b.model", "--add", "1", "-o", "n.model"),
        ("extend-tokenizer", "--base", "b.model", "--text", "t.txt", "--add", "0", "-o", "n.model"),
        ("extend-tokenizer", "--base", "b.model", "--text", "t.txt", "--add", "1", "-o", "b.model"),
    ],
)
def test_wrong_usage(call, text, words) -> None:
    done = call(*words)
    assert done.code == 2
    assert done.complaint


def test_extend(call, tmp_path) -> None:
    base = sentencepiece_model(tmp_path / "base.model", ["▁", "a", "の"], kind=BPE)
    (tmp_path / "t.txt").write_text(
        "東京都の天気は晴れ。\n大阪府の天気は雨。\n" * 30, encoding="utf-8"
    )
    words = ("extend-tokenizer", "--base", base, "--text", "t.txt", "--add", "20", "-o", "n.model")
    done = call(*words, "--hidden-size", "512", "--html", "gain.html")
    assert done.code == 0, done.err
    assert "20 pieces × 512 = 10,240 more parameters" in done.out
    assert (tmp_path / "n.model").stat().st_size > base.stat().st_size
    page = Page((tmp_path / "gain.html").read_text(encoding="utf-8"))
    assert "Gain against pieces added" in page.words
    assert page.tags.count("svg") >= 1
    got = json.loads(call(*words, "--json").out)
    assert got["ratio"] > 1
    assert got["output"] == "n.model"
    assert [gain["added"] for gain in got["curve"]][-1] == 20
    assert got["english_same"] == 1
    assert (
        json.loads(call("fertility", "-t", "n.model", "--json", "t.txt").out)[0]["round_trip"] == 1
    )


def test_extend_says_what_is_wrong(call, tmp_path) -> None:
    base = sentencepiece_model(tmp_path / "base.model", ["▁"], kind=BPE)
    (tmp_path / "one.txt").write_text("猫。\n", encoding="utf-8")
    (tmp_path / "few.txt").write_text("猫。\n犬。\n", encoding="utf-8")
    words = ("extend-tokenizer", "--base", base, "--add", "500", "-o", "n.model", "--text")
    assert "one document" in call(*words, "one.txt").complaint
    assert "--add" in call(*words, "few.txt").complaint
    json_base = byte_level_json(tmp_path / "tokenizer.json")
    done = call(
        "extend-tokenizer", "--base", json_base, "--add", "5", "-o", "n.model", "--text", "few.txt"
    )
    assert done.complaint == "the text gives 0 new pieces, not 5; give more text"
    assert not (tmp_path / "n.model").exists()


def test_the_leaderboard_of_what_is_at_hand(
    root, tmp_path, text, model, monkeypatch, capsys
) -> None:
    import importlib.util
    import shutil
    import sys

    spec = importlib.util.spec_from_file_location("leaderboard", root / "benchmarks/leaderboard.py")
    leaderboard = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(leaderboard)
    folder = tmp_path / "vocabularies"
    folder.mkdir()
    shutil.copy(model, folder / "a.model")
    shutil.copy(model, folder / "copy.model")  # the same again
    (folder / "notes.txt").write_text("no vocabulary")
    page = tmp_path / "page.html"
    monkeypatch.setattr(leaderboard, "PACKAGED", {})
    monkeypatch.setattr(leaderboard, "NAMED", ())
    words = ["leaderboard.py", "-o", str(page), "--folder", str(folder), str(text)]
    monkeypatch.setattr(sys, "argv", words)
    leaderboard.main()
    written = Page(page.read_text(encoding="utf-8")).words
    assert all(name in written for name in ("a.model", "bytes", "characters", "unknown"))
    assert "copy.model" not in written
    assert "left out: " in capsys.readouterr().out
