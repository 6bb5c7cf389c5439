"""Words and sentences are counted by stated rules, whatever the dictionary and the path."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import unidic_lite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jtextkit.core.errors import DictionaryError
from jtextkit.metrics.morphology import analysis as morphology
from jtextkit.metrics.morphology.analysis import Analyser, Counts, analyser, count
from jtextkit.metrics.morphology.dictionary import find_dictionary

DEBIAN_UNIDIC = Path("/var/lib/mecab/dic/unidic")


@pytest.mark.parametrize(
    ("text", "punct", "newline"),
    [
        ("終わり。", 1, 1),
        ("終わり", 1, 1),
        ("一。二", 2, 2),
        ("一\n二", 1, 2),
        ("一。\n二。", 2, 2),
        ("「一。」\n「二」", 2, 2),  # 」 after the mark belongs to its sentence
        ("「一。」と二。\n三", 3, 3),
        ("一\n\n　\n二", 1, 2),
        ("一！？\n二", 3, 3),  # each mark is a word, and ends one
        ("一!\n二?", 1, 2),  # half-width marks end nothing, line breaks do
        ("一…\n二。", 1, 2),
        ("一、\n二。", 1, 2),
        ("「\n一。\n」", 2, 2),
        ("」", 1, 1),
        ("一．二．", 2, 2),
        ("一。\r二。", 2, 2),
    ],
)
def test_sentences_under_both_rules(text: str, punct: int, newline: int) -> None:
    counts = count(text)
    assert (counts.sentences, counts.sentences_newline) == (punct, newline)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("庭に出ると、\n雪だった", 1),
        ("庭に出ると，\n\n　雪だった", 1),  # over blank lines too
        ("庭に出ると、\n雪だった\nおしまい", 2),
        ("雪だった\nおしまい", 2),
        ("庭に出ると、", 1),  # nothing follows
        ("庭に出ると、\n雪だった。\n風、\n", 2),
        ("「庭に出ると、」\n雪だった", 2),  # a closed quotation ends the line
        ("庭に出ると、\n」\n雪だった", 2),
    ],
)
def test_lines_that_go_on_under_the_rule_of_the_site(text: str, number: int) -> None:
    assert count(text).sentences_site == number


def test_word_classes_of_a_sentence_counted_by_hand() -> None:
    # 学校(漢) へ(助詞) 走っ(動詞) て(助詞) い(動詞,非自立可能) ます 。
    assert count("学校へ走っています。") == Counts(
        characters=10,
        words=7,
        sentences=1,
        sentences_newline=1,
        sentences_site=1,
        kango=1,
        wago=5,
        verbs=1,
        particles=2,
    )


def test_punctuation_and_wide_spaces_are_words() -> None:
    assert count("「あ」").words == 3
    assert count("　あ").words == 2
    assert count(" あ").words == 1


def test_unknown_words_have_no_origin() -> None:
    counts = count("ヌモラピッチャ")
    assert (counts.words, counts.kango, counts.wago) == (1, 0, 0)


def test_counts_add_and_subtract() -> None:
    one, two = count("学校へ行く。"), count("家に帰る。")
    assert (one + two) - two == one
    assert sum([one, two], Counts()) == one + two


def test_words_agree_with_counts() -> None:
    text = "「もう帰ろう。」と弟が言った。Pythonは速い！　そうか……"
    words = list(analyser().words(text))
    counts = count(text)
    assert len(words) == counts.words
    assert sum(word.goshu == "漢" for word in words) == counts.kango
    assert sum(word.ends_sentence for word in words) + 1 == counts.sentences
    assert words[0].surface == "「"


def test_left_ids_are_used_where_they_fit() -> None:
    assert not analyser().reads_features


def test_without_left_ids_features_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "dictionary"
    shutil.copytree(unidic_lite.DICDIR, folder, copy_function=_link)
    (folder / "left-id.def").unlink()
    by_features = Analyser(find_dictionary(str(folder)))
    assert by_features.reads_features
    assert by_features.count("学校へ行く。") == count("学校へ行く。")


def test_a_left_id_table_that_lies_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "dictionary"
    shutil.copytree(unidic_lite.DICDIR, folder, copy_function=_link)
    table = (folder / "left-id.def").read_text(encoding="utf-8")
    (folder / "left-id.def").unlink()
    (folder / "left-id.def").write_text(table.replace(",漢", ",和"), encoding="utf-8")
    lying = Analyser(find_dictionary(str(folder)))
    assert lying.reads_features
    assert lying.count("学校へ行く。") == count("学校へ行く。")


def _link(source: str, target: str) -> None:
    Path(target).symlink_to(source)


def test_a_folder_is_named_without_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "my|dic"
    shutil.copytree(unidic_lite.DICDIR, folder, copy_function=_link)
    assert find_dictionary(str(folder)).identity == "my_dic-2.1.2-756264"


@pytest.mark.slow
@pytest.mark.skipif(
    not DEBIAN_UNIDIC.is_dir(), reason="no UniDic of Debian here: apt-get install unidic-mecab"
)
def test_debians_unidic_opens_as_a_folder() -> None:
    other = analyser(str(DEBIAN_UNIDIC))
    assert other.reads_features  # it comes without left-id.def
    assert other.dictionary.entries > 800_000
    assert other.count("学校へ行っています。") == count("学校へ行っています。")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("unidic-light", "use unidic-lite or unidic, or a folder"),
        ("/nowhere/at/all", "no such dictionary"),
    ],
)
def test_dictionaries_that_are_not_there(name: str, message: str) -> None:
    with pytest.raises(DictionaryError, match=message):
        find_dictionary(name)


def test_an_empty_folder_is_no_dictionary(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match=r"no compiled dictionary \(sys.dic\)"):
        find_dictionary(str(tmp_path))


def test_a_broken_dictionary(tmp_path: Path) -> None:
    for name in ("sys.dic", "dicrc", "unk.dic", "matrix.bin", "char.bin"):
        (tmp_path / name).write_bytes(b"\0" * 100)
    with pytest.raises(DictionaryError, match="cannot open"):
        find_dictionary(str(tmp_path))


def test_a_package_that_was_never_downloaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "unidic"
    package.mkdir()
    (package / "__init__.py").write_text(f"DICDIR = {str(package / 'dicdir')!r}\n")
    info = tmp_path / "unidic-1.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: unidic\nVersion: 1.1.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        with pytest.raises(DictionaryError, match="python -m unidic download"):
            find_dictionary("unidic")
    finally:
        sys.modules.pop("unidic", None)  # else fugashi would take it for the real one


@pytest.fixture
def by_mecab(monkeypatch: pytest.MonkeyPatch) -> Analyser:
    """An analyser without the native core, which cuts no text."""
    monkeypatch.setenv("JTEXTKIT_NATIVE", "0")
    return Analyser(find_dictionary())


def test_mecab_counts_a_long_text_in_parts(
    by_mecab: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "学校へ行く。\n家に帰る！\nそれから寝た\n" * 40
    monkeypatch.setattr(morphology, "_CALL_LIMIT", 100)
    assert by_mecab.count(text) == count(text)


def test_a_long_text_without_any_border(
    by_mecab: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(morphology, "_CALL_LIMIT", 10)
    assert by_mecab.count("あ" * 95).characters == 95


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text("行本く。？！．.!?「」\n　Ａx", min_size=1, max_size=60).filter(str.strip))
@pytest.mark.parametrize("limit", [500_000, 7])
def test_the_longest_sentence_is_found_in_the_same_pass(
    by_mecab: Analyser, limit: int, text: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(morphology, "_CALL_LIMIT", limit)
        for one in (by_mecab, analyser()):
            longest = current = 0
            for word in one.words(text):
                current += 1
                longest = max(longest, current)
                if word.ends_sentence:
                    current = 0
            assert one.count_with_longest(text) == (one.count(text), longest)


NOVEL_WORDS = """
import random
from pathlib import Path
from jtextkit.metrics.readability.formula import score

def resident():
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) / 1000

chance = random.Random(1)
signs = [chr(code) for code in (*range(0x30A1, 0x30FB), *range(0x4E00, 0x9FA0))]
for number in range(1, 16001):
    score("".join("".join(chance.choices(signs, k=5)) + "を届けた。" for _ in range(20)))
    if number in (12000, 16000):  # after the copy of the dictionary was made
        print(resident())
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks into Linux's /proc")
def test_memory_stays_flat_over_novel_words(root: Path) -> None:
    """Handed out as nodes, these words would take 40 MB: fugashi keeps the surface of each."""
    done = subprocess.run(
        [sys.executable, "-c", NOVEL_WORDS], cwd=root, capture_output=True, text=True, check=True
    )
    early, late = map(float, done.stdout.split())
    assert late - early < 8


@pytest.mark.parametrize("letter", ["a", "1"])
def test_a_run_that_would_crash_mecab_is_cut(letter: str, by_mecab: Analyser) -> None:
    text = "朝です。" + letter * 250_000
    for one in (by_mecab, analyser()):
        found = one.count(text)
        assert found.characters == len(text)
        assert found.sentences == 2
