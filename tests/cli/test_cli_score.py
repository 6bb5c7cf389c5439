"""``jtextkit score``: numbers, gates, and what is said of files that cannot be scored."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from jtextkit.cli.score import score_command

COLUMNS = [  # the table in DESIGN.md
    "readability",
    "level",
    "difficulty",
    "label",
    "readability_se",
    "kanji_above_grade4_percent",
    "uncommon_words_percent",
    "harder_than_percent",
    "harder_se",
    "opinions_agree",
    "classical_percent",
    "words_per_sentence",
    "kango_percent",
    "wago_percent",
    "verb_percent",
    "particle_percent",
    "characters",
    "words",
    "sentences",
    "readability_newline",
]
KEYS = ["path", *COLUMNS, "warnings", "signature"]
WEIGHTS = {
    "words_per_sentence": -0.056,
    "kango_percent": -0.126,
    "wago_percent": -0.042,
    "verb_percent": -0.145,
    "particle_percent": -0.044,
}


def test_json_has_the_designed_names_and_they_agree(run, easy) -> None:
    done = run("score", "--json", easy)
    assert (done.code, done.err) == (0, "")
    row = json.loads(done.out)
    assert list(row) == KEYS
    assert row["path"] == str(easy)
    text = easy.read_text(encoding="utf-8")
    assert row["characters"] == len(text)
    assert row["sentences"] == text.count("。") == 5
    assert row["words_per_sentence"] == row["words"] / 5
    formula = 11.724 + sum(weight * row[name] for name, weight in WEIGHTS.items())
    assert row["readability"] == pytest.approx(formula, abs=1e-9)
    assert row["difficulty"] == pytest.approx((6.5 - row["readability"]) / 6)
    assert row["label"] == "Simple"
    assert "short" in row["warnings"]
    assert row["signature"].startswith("jreadability|dict:unidic-lite-")
    assert "|sent:punct|norm:bom+lf|words:3000-" in row["signature"]
    assert "やさしい" in done.out  # Japanese as it is, where stdout is UTF-8


def test_a_hard_text_is_harder(call, easy, hard) -> None:
    simple, difficult = json.loads(call("score", "--json", easy, hard).out)
    assert simple["readability"] > difficult["readability"]
    assert (simple["label"], difficult["label"]) == ("Simple", "Complex")


def test_people_see_the_numbers_that_programs_get(call, easy) -> None:
    row = json.loads(call("score", "--json", easy).out)
    done = call("score", easy)
    assert (done.code, done.err) == (0, "")
    first, headline, *lines = done.out.splitlines()
    assert first.strip() == str(easy)
    assert headline == (
        f"readability {row['readability']:.1f} ± {row['readability_se']:.1f} ({row['level']}) · "
        f"kanji above grade 4: {row['kanji_above_grade4_percent']:.1f} % · "
        f"uncommon words: {row['uncommon_words_percent']:.0f} % · "
        f"harder than {row['harder_than_percent']:.0f} % of Aozora passages"
    )
    shown = {line[:27].strip(): line[27:].split() for line in lines}
    assert shown["difficulty"][0] == f"{row['difficulty']:.2f}"
    assert shown["difficulty"][-1] == row["label"]
    assert f"{row['words']} words, 5 sentences" in done.out
    assert row["warnings"]["short"] in done.out
    assert lines[-1] == row["signature"]
    assert "\x1b" not in done.out


def test_several_files_make_a_table_in_their_order(call, easy, hard) -> None:
    done = call("score", hard.name, easy.name, hard.name)
    assert done.code == 0
    head, *rows, signature = done.out.splitlines()
    assert head.split() == ["file", "readability", "level", "harder", "than", "characters", "notes"]
    assert [row.split("  ")[0].strip() for row in rows] == [hard.name, easy.name, hard.name]
    assert signature.startswith("jreadability|")


def test_json_lines_are_the_objects_of_json(call, easy, hard) -> None:
    objects = json.loads(call("score", "--json", easy, hard).out)
    lines = call("score", "--jsonl", easy, hard).out.splitlines()
    assert [json.loads(line) for line in lines] == objects
    assert [json.loads(line) for line in call("score", "--jsonl", easy).out.splitlines()] == (
        objects[:1]
    )


def test_standard_input_scores_as_the_file(run, easy) -> None:
    row = json.loads(run("score", "--json", "-", stdin=easy.read_bytes()).out)
    assert row.pop("path") == "-"
    other = json.loads(run("score", "--json", easy).out)
    other.pop("path")
    assert row == other


def test_sentences_by_line_breaks(call, tmp_path) -> None:
    file = tmp_path / "poem.txt"
    file.write_text(
        "春の海が青く光る\n白い船が沖を行く\n遠い島が小さく見える\n風も静かに吹く\n静かな朝だ。\n",
        encoding="utf-8",
    )
    punct = json.loads(call("score", "--json", file).out)
    newline = json.loads(call("score", "--json", "--sentences", "newline", file).out)
    assert (punct["sentences"], newline["sentences"]) == (1, 5)
    assert newline["readability"] == newline["readability_newline"] == punct["readability_newline"]
    assert newline["readability"] > punct["readability"]
    assert "sent:newline" in newline["signature"]
    assert "sentence-rule" in punct["warnings"]
    assert newline["readability_se"] is None
    assert newline["harder_than_percent"] == punct["harder_than_percent"]


def test_advice_names_lines_and_effects(call, easy, hard) -> None:
    found = json.loads(call("score", "--json", "--advice", hard).out)["advice"]
    assert 0 < len(found) <= 5
    text = hard.read_text(encoding="utf-8")
    for remark in found:
        assert text[remark["start"] : remark["end"]] == remark["text"]
    shown = call("score", "--advice", hard).out
    assert all(remark["message"] in shown for remark in found)
    assert "nothing stands out" in call("score", "--advice", easy).out


def test_opinions_that_disagree_say_so_in_words(call, tmp_path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("蹂躙は罪だ。驕慢は毒だ。忸怩たる思いだ。怨嗟の声だ。\n", encoding="utf-8")
    assert "the opinions disagree: the sentences are simple" in call("score", file).out
    assert "opinions disagree" in call("score", file, file).out


def test_terms_add_up_to_the_score(call, easy) -> None:
    row = json.loads(call("score", "--json", "--explain", easy).out)
    assert list(row) == [*KEYS, "terms", "sentence_weights", "advice"]
    assert {term["feature"]: term["coefficient"] for term in row["terms"]} == WEIGHTS
    total = 11.724 + sum(term["contribution"] for term in row["terms"])
    assert total == pytest.approx(row["readability"], abs=1e-9)
    for term in row["terms"]:
        assert term["value"] == row[term["feature"]]
        assert term["contribution"] == pytest.approx(term["value"] * term["coefficient"])
    weights = row["sentence_weights"]
    assert sorted(sentence["number"] for sentence in weights) == [1, 2, 3, 4, 5]
    assert sum(sentence["words"] for sentence in weights) == row["words"]
    sizes = [abs(sentence["weight"]) for sentence in weights]
    assert sizes == sorted(sizes, reverse=True)


def test_the_weight_of_a_sentence_is_what_the_score_gains_without_it(call, easy, tmp_path) -> None:
    row = json.loads(call("score", "--json", "--explain", easy).out)
    heaviest = row["sentence_weights"][0]
    rest = easy.read_text(encoding="utf-8").replace(heaviest["text"], "")
    (tmp_path / "rest.txt").write_text(rest, encoding="utf-8")
    without = json.loads(call("score", "--json", tmp_path / "rest.txt").out)
    assert without["readability"] - row["readability"] == pytest.approx(heaviest["weight"])


def test_an_explanation_for_people(call, easy, hard) -> None:
    out = call("score", "--explain", easy, hard).out
    assert out.count("sentences that weigh most") == 1  # the hard text is one sentence
    assert out.count("constant") == 2
    assert "+11.724" in out


# Gates


@pytest.mark.parametrize(
    ("option", "limit", "code"),
    [
        ("--min-readability", "1", 0),
        ("--min-readability", "9", 3),
        ("--min-readability", "nan", 3),
        ("--max-difficulty", "0.9", 0),
        ("--max-difficulty", "-1", 3),
        ("--max-difficulty", "nan", 3),
    ],
)
def test_a_gate_answers_with_its_exit_code(option, limit, code, call, easy) -> None:
    done = call("score", "--json", option, limit, easy)
    assert done.code == code
    assert json.loads(done.out)["label"] == "Simple"  # the numbers are printed all the same
    if code:
        assert done.complaint.startswith(f"threshold not met: {easy}: ")
    else:
        assert done.err == ""


def test_a_gate_at_the_very_score_is_met(call, easy) -> None:
    row = json.loads(call("score", "--json", easy).out)
    exactly = ("--min-readability", row["readability"], "--max-difficulty", row["difficulty"])
    assert call("score", *map(repr, exactly[1::2]), easy).code == 1  # no such files
    assert call("score", *(str(word) for word in exactly), easy).code == 0


def test_a_gate_names_each_file_that_misses_it(call, easy, hard) -> None:
    done = call("score", "--max-difficulty", "0.5", easy, hard)
    assert done.code == 3
    assert str(hard) in done.complaint
    assert str(easy) not in done.complaint


# Encodings


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-16", "cp932", "iso2022_jp"])
def test_a_named_encoding_scores_as_utf8(encoding, call, easy, tmp_path) -> None:
    text = easy.read_text(encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_bytes(text.encode(encoding))
    rows = [
        json.loads(call("score", "--json", easy).out),
        json.loads(call("score", "--json", "--encoding", encoding, other).out),
    ]
    for row in rows:
        row.pop("path")
    assert rows[0] == rows[1]


def test_a_mark_and_windows_line_ends_move_no_score(call, hard, tmp_path) -> None:
    text = hard.read_text(encoding="utf-8") * 3
    (tmp_path / "unix").write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "windows").write_text(text, encoding="utf-8-sig", newline="\r\n")
    (tmp_path / "mac").write_text(text, encoding="utf-8", newline="\r")
    done = call("score", "--json", "unix", "windows", "mac")
    rows = [{**row, "path": ""} for row in json.loads(done.out)]
    assert rows[0] == rows[1] == rows[2]


def test_an_encoding_that_does_not_exist_is_wrong_usage(call, easy) -> None:
    done = call("score", "--encoding", "shiftjiss", easy)
    assert done.code == 2
    assert "'shiftjiss' does not name a text encoding; use one such as utf-8" in done.only_line


# Files that cannot be scored

BAD = {
    "empty": (b"", "the text is empty"),
    "blank": ("　\r\n \t".encode(), "the text is blank"),
    "nul": ("一。\n二\0。".encode(), "NUL character in line 2"),
    "sjis": ("漢字とかな".encode("shift_jis"), "try --encoding shift_jis"),
    "euc": ("漢字とかな".encode("euc_jp"), "try --encoding euc_jp"),
    "utf16": ("漢字とかな".encode("utf-16"), "try --encoding utf-16"),
    "garbage": (bytes(range(128, 256)), "--encoding"),
    "surrogate": (b"a\xed\xa0\x80", "not utf-8"),
    "half": ("漢字".encode()[:-1], "byte 0xE5 at offset 3"),
}


@pytest.mark.parametrize("form", [[], ["--json"], ["--jsonl"], ["--explain"]], ids=str)
@pytest.mark.parametrize("name", [*BAD, "missing", "folder"])
def test_a_bad_file_is_one_line_with_file_and_cure(name, form, call, tmp_path) -> None:
    file = tmp_path / name
    problem = {"missing": "no such file; check the name", "folder": "this is a folder"}.get(name)
    if name == "folder":
        file.mkdir()
    elif problem is None:
        data, problem = BAD[name]
        file.write_bytes(data)
    done = call("score", *form, name)
    assert done.code == 1
    assert done.only_line.startswith(f"{name}: ")
    assert problem in done.only_line
    assert "; " in done.only_line  # a cure


def test_a_bad_file_end_to_end(run, tmp_path) -> None:
    (tmp_path / "sjis").write_bytes("漢字とかな".encode("shift_jis"))
    done = run("score", "sjis")
    assert done.code == 1
    assert done.only_line == (
        "sjis: not utf-8: byte 0x8A at offset 0; it reads as shift_jis: try --encoding shift_jis"
    )


def test_bad_files_among_good_ones_do_not_stop_the_others(call, easy, hard, tmp_path) -> None:
    (tmp_path / "bad").write_bytes(b"\xff")
    for form in ("--json", "--jsonl", None):
        files = [easy.name, "bad", hard.name, "missing"]
        done = call("score", *([form] if form else []), *files)
        assert done.code == 1
        lines = done.err.splitlines()
        assert [line.split(": ")[1] for line in lines[:2]] == ["bad", "missing"]
        assert lines[2:] == ["jtextkit: 2 of 4 files could not be scored"]
        if form == "--json":
            paths = [row["path"] for row in json.loads(done.out)]
        elif form == "--jsonl":
            paths = [json.loads(line)["path"] for line in done.out.splitlines()]
        else:
            paths = [path for path in (easy.name, hard.name) if path in done.out]
        assert paths == [easy.name, hard.name]


def test_nothing_but_bad_files(call) -> None:
    done = call("score", "--json", "no1", "no2")
    assert done.code == 1
    assert json.loads(done.out) == []
    assert len(done.err.splitlines()) == 3


def test_a_dictionary_that_does_not_exist(call, easy) -> None:
    done = call("score", "--dictionary", "unidic-litle", easy)
    assert done.code == 1
    assert done.only_line.startswith("unidic-litle: no such dictionary; use unidic-lite")


# Names of files


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a b.txt", "a b.txt"),
        ("日本語　名前.txt", "日本語　名前.txt"),
        ("-dash.txt", "-dash.txt"),
        ("[red]x[bold].txt", "[red]x[bold].txt"),
        ("line\nbreak.txt", r"line\nbreak.txt"),
        ("\x1b[31mred.txt", r"\x1b[31mred.txt"),
        ("bad\udcff.txt", r"bad\udcff.txt"),
    ],
)
def test_any_name_is_scored_and_shown_on_one_line(name, shown, run, easy, tmp_path) -> None:
    try:
        easy.rename(tmp_path / name)
    except (OSError, UnicodeError):
        pytest.skip("not a name on this file system")
    done = run("score", "--", name)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].strip() == shown
    as_json = run("score", "--json", "--", name)
    assert json.loads(as_json.out)["path"] == name
    (tmp_path / name).write_bytes(b"\xff")
    assert run("score", "--", name).only_line.startswith(f"{shown}: not utf-8")


# Usage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scor", "a"], "unknown command 'scor'; did you mean score"),
        (["score", "--explian", "a"], "--explain"),
        (["score", "--jsno", "a"], "--json"),
        (["score", "--json", "--jsonl", "a"], "--json and --jsonl exclude each other"),
        (["score"], "FILE"),
        (["score", "--sentences", "lines", "a"], "punct"),
        (["score", "--min-readability", "easy", "a"], "--min-readability"),
        (["score", "--min-readability"], "--min-readability"),
        (["score", "--bad\nname\x1b[31m", "a"], r"\x1b[31m"),
        (["--nothing"], "--nothing"),
    ],
    ids=str,
)
def test_wrong_usage_is_one_line_and_exit_code_2(words, said, call) -> None:
    done = call(*words)
    assert done.code == 2
    assert said in done.only_line


def test_a_wrong_option_is_answered_with_the_nearest(call) -> None:
    line = call("score", "--explian", "a").only_line.lower()
    assert "did you mean" in line
    assert "--explain" in line


@pytest.mark.parametrize("words", [["--debug", "score", "none"], ["score", "none", "--debug"]])
def test_debug_shows_the_trace_from_anywhere(words, call) -> None:
    done = call(*words)
    assert done.code == 1
    assert done.err.startswith("Traceback (most recent call last):\n")
    assert done.err.endswith("jtextkit: none: no such file; check the name\n")


def test_what_nobody_expected_is_one_line_with_a_hint(call, easy, monkeypatch) -> None:
    class PanicError(BaseException):
        """As libraries in Rust raise them: not an Exception."""

    for error in (ZeroDivisionError("first\nsecond\x1b"), PanicError("index out of range")):

        def fail(*_: object, error: BaseException = error, **__: object) -> None:
            raise error

        monkeypatch.setitem(score_command.callback.__globals__, "profile", fail)
        done = call("score", easy)
        assert done.code == 1
        first = str(error).splitlines()[0]
        assert done.err == (
            f"jtextkit: unexpected {type(error).__name__}: {first}; --debug shows where\n"
        )


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="Linux only")
def test_a_file_that_fails_while_it_is_read(call) -> None:
    done = call("score", "/proc/self/mem")
    assert done.code == 1
    assert done.only_line.startswith("/proc/self/mem: cannot be read (")


# --html


def page_of(call, path, *words) -> str:
    """The page that is written beside what is printed."""
    done = call("score", "--html", path.parent / "page.html", *words, path)
    assert done.code == 0, done.err
    assert done.out == call("score", *words, path).out
    return (path.parent / "page.html").read_text(encoding="utf-8")


def test_html_is_one_page_with_score_signature_and_text(call, easy) -> None:
    row = json.loads(call("score", "--json", easy).out)
    html = page_of(call, easy)
    assert html.startswith("<!DOCTYPE html>\n")
    assert html.endswith("</html>\n")
    assert f"<strong>{row['readability']:.2f}</strong>" in html
    assert row["signature"] in html
    for warning in row["warnings"].values():
        assert warning in html
    assert html.count('data-n="') == row["sentences"]
    assert "<script" not in html
    assert str(easy) in html
    assert page_of(call, easy) == html


@pytest.mark.parametrize("other", ["--json", "--jsonl", "--explain", "--advice"])
def test_html_goes_with_whatever_is_printed(call, easy, other) -> None:
    assert page_of(call, easy, other) == page_of(call, easy)


def test_html_escapes_the_text_and_the_name(call, tmp_path) -> None:
    path = tmp_path / "<b>&.txt"
    path.write_text("</div><script>alert('x')</script>です。\u202e\n", encoding="utf-8")
    html = page_of(call, path)
    assert "<script" not in html
    assert "<b>&" not in html
    assert "script" in html


def test_html_from_stdin_and_in_utf8_whatever_stdout_is(run, tmp_path) -> None:
    done = run(
        *("score", "--html", "page.html", "-"),
        stdin="友だちです。".encode(),
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert done.code == 0
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<h1>standard input</h1>" in html
    assert "友だち" in html


def test_html_still_keeps_a_gate_and_the_sentence_rule(call, tmp_path) -> None:
    path, page = tmp_path / "lines.txt", tmp_path / "page.html"
    path.write_text("題名\n本文です。\n", encoding="utf-8")
    for rule, sentences in (("punct", 1), ("newline", 2)):
        done = call("score", "--html", page, "--sentences", rule, "--max-difficulty", "-9", path)
        assert done.code == 3
        assert page.read_text(encoding="utf-8").count('data-n="') == sentences


def test_html_shows_one_text_and_replaces_none(call, easy, hard) -> None:
    done = call("score", "--html", "page.html", easy, hard)
    assert done.code == 2
    assert "name one file" in done.only_line
    done = call("score", "--html", easy, easy)
    assert done.code == 2
    assert "a file of its own" in done.only_line
    done = call("score", "--html", "page.html", "missing.txt")
    assert done.code == 1
    assert "missing.txt" in done.only_line


@pytest.mark.slow
def test_html_of_a_megabyte_is_whole(call, tmp_path) -> None:
    line = "国際的な制度の改革は、「本当に」必要だと彼は言った。  友だちと歌う！\n"
    path = tmp_path / "long.txt"
    path.write_text(line * (1_000_000 // len(line.encode())), encoding="utf-8")
    html = page_of(call, path)
    within = html.partition('class="text"')[2].partition("Why it scores so")[0]
    assert within.count("制度</span>") == path.read_text("utf-8").count("制度")
    assert len(html) < 20_000_000


@pytest.mark.slow
def test_html_of_one_endless_sentence(call, tmp_path) -> None:
    path = tmp_path / "endless.txt"
    path.write_text("とても長い文で、" * 20_000, encoding="utf-8")
    html = page_of(call, path)
    assert html.count('data-n="') == 1
    assert 20_000 <= html.count("長い") < 20_010  # a card shows where it begins
