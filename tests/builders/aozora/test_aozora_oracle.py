"""All shared works against what an independent converter made of them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jtextkit.builders.aozora import (
    PlainText,
    decode,
    read_member,
    read_path,
    read_text,
    render,
    spans,
)

# Works in which the converter loses or adds text, by the rule that it breaks.
DIFFERENCES: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "oracle_differences.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, dict[str, Any]]:
    with gzip.open(shared / "sources" / "aozora_expected.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {f"cards/{row['person']}/files/{row['stem']}.zip": row for row in rows}


@pytest.fixture(scope="module")
def works(shared: Path) -> dict[str, PlainText]:
    root = shared / "sources" / "aozora"
    paths = sorted(root.glob("cards/*/files/*.zip"))
    return {path.relative_to(root).as_posix(): read_path(path).plain for path in paths}


def test_every_work_but_the_listed_ones(shared: Path, expected: dict[str, dict[str, Any]]) -> None:
    other = set()
    for path, row in expected.items():
        member = read_member(shared / "sources" / "aozora" / path, where=path)
        text = read_text(decode(member.data, where=path), gaiji="geta").text
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            other.add(row["stem"])
    listed = [stem for stems in DIFFERENCES.values() for stem in stems]
    assert len(set(listed)) == len(listed)
    assert other == set(listed)
    assert len(expected) - len(other) >= 5_350


def test_the_documentation_names_them_all_by_rule(root: Path) -> None:
    page = (root / "docs" / "aozora.md").read_text(encoding="utf-8")
    for rule, stems in DIFFERENCES.items():
        row = next(line for line in page.splitlines() if f"| {rule} |" in line)
        assert row.startswith(f"| {len(stems)} |")
        assert row.rpartition("|")[0].rpartition("|")[2].split() == stems


def test_what_holds_for_every_work(works: dict[str, PlainText]) -> None:
    assert len(works) > 5_000
    for plain in works.values():
        assert plain.lines
        assert len(plain.kinds) == len(plain.lines)
        assert all(0 < gap < len(plain.lines) for gap in plain.gaps)
        assert not any(mark in plain.text for mark in ("［＃", "\r", "\n\n", "底本：「"))


def test_the_spans_of_every_work(works: dict[str, PlainText], shared: Path) -> None:
    for path, plain in works.items():
        member = read_member(shared / "sources" / "aozora" / path, where=path)
        source = decode(member.data, where=path)
        end = 0
        for span in (found := spans(source)):
            assert span.start == end < span.end, path
            end = span.end
        assert end == len(source), path
        assert render(found) == plain.text, path


def test_hardly_anything_is_left_unresolved(works: dict[str, PlainText]) -> None:
    kinds: Counter[str] = Counter()
    notation: Counter[str] = Counter()
    for plain in works.values():
        notation.update(plain.notation)
        for what, count in plain.unresolved.items():
            kinds[what.split(":")[0]] += count
    assert kinds == {
        "gaiji": 241,
        "note": 175,
        "left ｜": 9,
        "unclosed block": 6,
        "left ＃": 2,
    }
    alarms = [what.split(":")[0] for plain in works.values() for what in plain.alarms]
    assert Counter(alarms) == {"long note": 2, "long ruby": 1}
    assert notation["ruby"] > 885_000
    assert notation["gaiji_code"] + notation["gaiji_unicode"] > 7_900
    named = [notation[f"gaiji_{kind}"] for kind in ("described", "composed", "similar")]
    assert sum(named) >= 490
    assert notation["gaiji_unresolved"] == kinds["gaiji"]
    assert notation["note_unknown"] == kinds["note"]


def test_prose_is_mostly_paragraphs(works: dict[str, PlainText]) -> None:
    kinds = Counter("".join(plain.kinds for plain in works.values()))
    assert kinds["p"] > 0.85 * kinds.total()
    assert kinds["h"] > 9_000
    assert kinds["b"] > 20_000


@pytest.mark.parametrize(
    "source",
    [
        "山《やま》と川《かわ》。",
        "丘の｜上の家《いえ》まで行く。",
        "それ［＃「それ」に傍点］だけ。",
        "※［＃「てへん＋劣」、第3水準1-84-77］る。",
        "［＃太字］朝［＃太字終わり］の市場。",
        "［＃３字下げ］題辞",
        "ふつうの文に記号はない。",
    ],
)
def test_an_independent_parser_agrees(source: str) -> None:
    aozora_py = pytest.importorskip("aozora_py", reason="aozora-py has no wheel here")
    html = aozora_py.Document(source).to_html()
    assert plain_text_of(html) == read_text(f"題\n\n{source}").text


def plain_text_of(html: str) -> str:
    html = re.sub("<rt>.*?</rt>|<rp>.*?</rp>|<span[^>]* hidden>.*?</span>", "", html)
    return re.sub("<[^>]*>", "", html).strip("\n")
