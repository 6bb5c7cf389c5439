"""Kyoto University's workbook is read whole, guarded by its cells, or refused in one line."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from jtextkit.builders.jec import CELLS_SHA256, BasicSentence, read_sentences
from jtextkit.core.errors import FormatError, InputError, IntegrityError

SAMPLE = Path(str(resources.files("jtextkit.builders.sample") / "sentences.xls"))


def test_the_real_workbook(shared: Path) -> None:
    sentences, cells = read_sentences(shared / "sources/jec/JEC_basic_sentence_v1-3.xls")
    assert cells == CELLS_SHA256
    assert len(sentences) == 5304
    assert [sentences[0].sentence_id, sentences[-1].sentence_id] == ["#0001", "#5304"]
    assert sum(not sentence.has_placeholder for sentence in sentences) == 4729
    assert sum(len(sentence.japanese) for sentence in sentences) == 86_409


def test_the_sample_is_the_table_it_was_made_of(root: Path) -> None:
    """fixtures/sample/sentences.tsv is what people read and edit; the workbook must follow it."""
    sentences, _ = read_sentences(SAMPLE, cells_sha256=None)
    lines = (root / "fixtures/sample/sentences.tsv").read_text(encoding="utf-8").splitlines()
    assert [(s.sentence_id, s.japanese) for s in sentences] == [
        tuple(line.split("\t")[:2]) for line in lines
    ]


def test_other_cells_are_an_integrity_error() -> None:
    with pytest.raises(IntegrityError, match=r"210 rows whose cells are not those of") as caught:
        read_sentences(SAMPLE)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    "content",
    [b"", b"not a workbook", b"PK\x03\x04 truncated", SAMPLE.read_bytes()[:3000], b"\0" * 5000],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.xls"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"some\.xls"):
        read_sentences(path)


def test_a_missing_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_sentences(tmp_path / "none.xls")


@pytest.mark.parametrize("mark", ["X", "〜", "～"])
def test_placeholders(mark: str) -> None:
    assert BasicSentence("#1", f"彼が{mark}を見る").has_placeholder
    assert not BasicSentence("#1", "彼が空を見る").has_placeholder
