"""``report.html``: it shows the set's rows, all of them, and nothing in them breaks it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
from browser import CONTRAST, OVERHANG, browsing
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.builders import sample
from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultyRecipe, DifficultySources, build, rebuild
from jtextkit.check import audit
from jtextkit.core.errors import InputError
from jtextkit.report.difficulty import REPORT, TEXTS_A_LEVEL, report_text, write_report

SPLITS = ("train", "validation", "test")


class Page(HTMLParser):
    """Sections by heading: their words, tables and elements."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, list[str]] = {"": []}
        self.tags: Counter[str] = Counter()
        self.links: list[str] = []
        self._heading = ""
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.links += [value or "" for name, value in attrs if name == "href"]
        self._in_heading = tag == "h2"

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self._heading = data
            self.words.setdefault(data, [])
            self._in_heading = False
        elif data.strip():
            self.words[self._heading].append(data.strip())


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


def add_report(folder: Path, receipt: Mapping[str, Any]) -> None:
    write_report(folder, receipt, audit(folder))


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> DifficultySources:
    root, workbook = sample.lay_out(tmp_path_factory.mktemp("sources"))
    return DifficultySources(FolderLibrary(root), workbook, jec_sha256=None, sample=True)


@pytest.fixture(scope="module")
def built(sources: DifficultySources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "set"
    build(out, DifficultyRecipe(size=12), sources, finish=[add_report])
    return out


@pytest.fixture(scope="module")
def rows(built: Path) -> dict[str, list[dict[str, Any]]]:
    return {split: pq.read_table(built / f"{split}.parquet").to_pylist() for split in SPLITS}


@pytest.fixture(scope="module")
def receipt(built: Path) -> dict[str, Any]:
    return json.loads((built / "receipt.json").read_bytes())


@pytest.fixture(scope="module")
def page(built: Path) -> Page:
    return read((built / REPORT).read_text(encoding="utf-8"))


def test_it_stands_in_the_receipt_and_is_the_same_again(
    built: Path, sources: DifficultySources, receipt: dict[str, Any], tmp_path: Path
) -> None:
    assert REPORT in receipt["files"]
    build(tmp_path / "two", DifficultyRecipe(size=12), sources, workers=2, finish=[add_report])
    rebuild(tmp_path / "three", built, sources, finish=[add_report])
    for again in ("two", "three"):
        assert (tmp_path / again / REPORT).read_bytes() == (built / REPORT).read_bytes()


def test_every_section_is_there(page: Page, receipt: dict[str, Any]) -> None:
    assert list(page.words) == [
        "",
        "Texts",
        "Sizes",
        "Difficulty and features",
        "Second opinion",
        "Lengths",
        "Writers and years",
        "Shortcut audit",
        "How it came about",
    ]
    assert any("tell the label" in words or "tells the label" in words for words in page.words[""])
    assert receipt["signature"] in page.words["How it came about"]
    assert receipt["recipe_sha256"] in page.words["How it came about"]
    assert page.tags["script"] == 0
    assert any("This is a sample" in words for words in page.words[""])


def test_every_figure_has_its_table_and_its_groups(built: Path, page: Page) -> None:
    html = (built / REPORT).read_text(encoding="utf-8")
    figures = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
    assert len(figures) == 2 + 6 + 3 + 3 + 4 + 2 * 2
    for figure in figures:
        assert "<table>" in figure
        svg = ET.fromstring(re.findall(r"<svg[^>]*role=.*?</svg>", figure, re.DOTALL)[0])
        title, description, *_ = list(svg)
        assert (title.tag[-5:], description.tag[-4:]) == ("title", "desc")
    for words in (page.words["Difficulty and features"], page.words["Lengths"]):
        for group in ("Simple", "Complex", "train", "validation", "test", "aozora", "jec"):
            assert group in words


def test_the_figures_are_those_of_the_rows(built: Path, rows: Any) -> None:
    html = (built / REPORT).read_text(encoding="utf-8")
    every = [row for split in SPLITS for row in rows[split]]
    simple = sorted(row["difficulty"] for row in every if row["label"] == 0)
    figure = next(f for f in html.split("<figure>") if f.startswith("<figcaption>Difficulty<"))
    summary = re.findall(r"<tr><th[^>]*>Simple</th>(.*?)</tr>", figure)[0]
    cells = re.findall(r">([^<]+)</td>", summary)
    assert cells[:2] == ["12", f"{sum(simple) / 12:.2f}"]
    assert cells[4] == f"{(simple[5] + simple[6]) / 2:.2f}"
    counted = re.findall(r"<table>.*?</table>", figure)[1]
    columns = list(
        zip(
            *(
                re.findall(r'class="n">(\d+)</td>', row)
                for row in re.findall(r"<tr>(.*?)</tr>", counted)[1:]
            ),
            strict=True,
        )
    )
    assert sum(map(int, columns[0])) == 12
    assert sum(sum(map(int, column)) for column in columns) == 3 * 24  # by label, split, source


def test_the_audit_says_what_the_check_says(built: Path, page: Page) -> None:
    words = page.words["Shortcut audit"]
    found = audit(built)
    for row in found.rows:
        assert row.predictor in words
        for reading in row.readings.values():
            assert any(f"{reading.auc:.3f}" in word for word in words)


def test_five_texts_a_level_evenly_spaced_with_scores_and_thanks(page: Page, rows: Any) -> None:
    words = page.words["Texts"]
    every = [row for split in SPLITS for row in rows[split]]
    for label in (0, 1):
        ordered = sorted(
            (r for r in every if r["label"] == label), key=lambda r: (r["difficulty"], r["id"])
        )
        shown = [row for row in ordered if row["text"].strip() in words]
        assert len(shown) == TEXTS_A_LEVEL == 5
        assert ordered[0] in shown
        assert ordered[-1] in shown
        for row in shown:
            assert f"{row['difficulty']:.2f}" in words
            assert row["id"] in words
            if row["input_by"]:
                assert any(row["input_by"] in word for word in words)


def test_without_an_audit_the_rest_is_there(rows: Any, receipt: Any) -> None:
    assert "Shortcut audit" not in read(report_text(rows, receipt)).words


def test_a_small_or_empty_set_has_a_page(rows: Any, receipt: Any) -> None:
    for some in (
        {"train": rows["train"][:1], "validation": [], "test": []},
        dict.fromkeys(SPLITS, ()),
    ):
        page = read(report_text(some, receipt))
        assert "Texts" in page.words


def test_six_levels_without_pairs(sources: DifficultySources, tmp_path: Path) -> None:
    recipe = DifficultyRecipe(levels="six", pairs=False, size=1, margin=0.0, min_chars=500)
    built = build(tmp_path / "set", recipe, sources)
    rows = {s: pq.read_table(tmp_path / "set" / f"{s}.parquet").to_pylist() for s in SPLITS}
    page = read(report_text(rows, built))
    assert all(level in page.words["Texts"] for level in recipe.labels)


def test_a_split_that_cannot_be_read_is_named(built: Path, receipt: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"train\.parquet: no such file"):
        write_report(tmp_path, receipt)
    assert list(tmp_path.iterdir()) == []


NASTY = st.one_of(
    st.none(),
    st.sampled_from(
        ["</td></table><script>", "javascript:alert(1)", "\u202e\x00\ud800", "http://x/'><b>"]
    ),
    st.text(st.characters(), max_size=20),
)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.data())
def test_whatever_stands_in_a_cell_stays_there(
    rows: Any, receipt: Any, data: st.DataObject
) -> None:
    columns = (
        "title",
        "author",
        "translator",
        "writer_id",
        "first_published",
        "edition",
        "input_by",
        "proofread_by",
        "license",
        "source_url",
    )
    some = {
        split: [
            {**row, **{name: data.draw(NASTY) for name in columns}, "text": data.draw(NASTY) or ""}
            for row in rows[split][:2]
        ]
        for split in SPLITS
    }
    html = report_text(some, receipt)
    html.encode()
    page = read(html)
    assert page.tags["script"] == 0
    assert page.tags["b"] == 0
    assert all(re.match(r"#s\d|data:,|https?://", link) for link in page.links)
    for svg in re.findall(r"<svg\b.*?</svg>", html, re.DOTALL):
        ET.fromstring(svg)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with browsing(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_in_a_browser(browser: Any, built: Path, width: int, dark: bool) -> None:
    browser.open(built / REPORT, width=width, dark=dark)
    assert (browser.complaints, browser.requests) == ([], [])
    browser.ask("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert browser.ask(OVERHANG) <= 0
    assert browser.ask("window.innerWidth") == width
    assert browser.ask(CONTRAST) == []
    assert browser.ask("document.querySelectorAll('figure > svg').length") == 22


def test_printed_it_stays_small(browser: Any, built: Path) -> None:
    browser.open(built / REPORT)
    assert len(browser.pdf()) < 6_000_000
