"""The pages in a real browser: nothing wrong, nothing fetched, readable everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CONTRAST, OVERHANG, Browser, browsing

from jtextkit.metrics.accuracy import judge_texts
from jtextkit.metrics.readability import profile, score
from jtextkit.report.accuracy import accuracy_page
from jtextkit.report.page import Section, grid, page
from jtextkit.report.plots import Estimate, Point, bars, histogram, intervals, scatter
from jtextkit.report.text import text_page

SIX = ("A", "B", "C", "D", "E", "F")
TEXT = (
    "「朝です！」とぼくは言った。学校へ行きます。\n国際的な制度改革は、統計的手法の発展とともに急速に"
    "進展し、経済政策の効果を検証する研究への応用がとても強く期待されるメールだったので、友だちが門で"
    "待っていて二人で歌を歌いながら静かに歩いて帰り、夕方には新しい図書館で三十分ほど本を読んだ。<b>?\n"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def gallery() -> str:
    """Every plot with every series, and names that are too long."""
    values = {name: [number + at / 7 for at in range(20)] for number, name in enumerate(SIX)}
    long = "a-name-that-is-much-longer-than-any-phone-is-wide-" * 3
    plots = [
        histogram("Histogram", {"all": values, long: values}, x="value"),
        bars("Bars", ["one", long], {name: [3.0, 5.5] for name in SIX}, x="value"),
        bars("Stacked", ["one", "two"], {name: [3, 5] for name in SIX}, x="value", stacked=True),
        intervals(
            "Intervals", [Estimate(n, 0.5, 0.4, 0.6, n) for n in SIX], x="AUC", band=(0.45, 0.55)
        ),
        scatter("Scatter", [Point(n + long, i, i * i, n) for i, n in enumerate(SIX)], x="x", y="y"),
    ]
    words = ["A paragraph with a word that does not end: " + "x" * 400]
    return page(
        "A gallery " + "語" * 100, [Section("Plots", [grid(*plots)]), Section("Words", words)]
    )


def judged() -> str:
    """The page of ``evaluate difficulty`` with a baseline and bad rows."""
    hard = TEXT.partition("\n")[2]
    this = judge_texts(["朝です。犬が走る。", hard, ""], ["Simple", "Complex", "Complex"])
    return accuracy_page(this, judge_texts([hard] * 3, ["Simple", "Complex", "Complex"]), bad=2)


PAGES = {
    "gallery": gallery,
    "text": lambda: text_page("a/b <c>.txt", TEXT, profile(TEXT)),
    "accuracy": judged,
}


@pytest.fixture(scope="module", params=PAGES)
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = PAGES[request.param]()
    path = tmp_path_factory.mktemp("pages") / "page.html"
    path.write_text(made, encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1200])
def test_nothing_is_wrong_fetched_or_wider_than_the_screen(
    browser: Browser, shown: Path, width: int, dark: bool
) -> None:
    browser.open(shown, width=width, dark=dark)
    assert browser.complaints == []
    assert browser.requests == []
    # Tables open too: they may scroll, the page may not.
    browser.ask("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert browser.ask(OVERHANG) <= 0
    assert browser.ask("window.innerWidth") == width


def test_a_page_that_is_too_wide_would_be_found(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "wide.html"
    path.write_text(page("x", [], style="h1 { width: 400px; }"), encoding="utf-8")
    browser.open(path, width=360)
    assert browser.ask(OVERHANG) > 0


def test_a_request_or_an_error_would_be_found(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "asking.html"
    path.write_text("<img src='other.png'><script>console.error('x'); throw 1;</script>")
    browser.open(path)
    assert [url.rpartition("/")[2] for url in browser.requests] == ["other.png"]
    assert len(browser.complaints) >= 2


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out(browser: Browser, shown: Path, dark: bool) -> None:
    browser.open(shown, width=1200, dark=dark)
    browser.ask("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert browser.ask("document.body.innerText.length") > 200
    assert browser.ask(CONTRAST) == []


def test_a_contrast_that_is_too_low_would_be_found(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "pale.html"
    path.write_text(page("x", [], style="h1 { color: #999; }"), encoding="utf-8")
    browser.open(path)
    assert len(browser.ask(CONTRAST)) == 1


def test_dark_mode_turns_paper_ink_and_plots(browser: Browser, shown: Path) -> None:
    colours = []
    for dark in (False, True):
        browser.open(shown, dark=dark)
        colours.append(
            browser.ask(
                "['body', 'figure', 'svg .row, svg .tick', '.b1'].map((q) => { const s ="
                " getComputedStyle(document.querySelector(q)); return [s.backgroundColor, s.color, s.fill]; })"
            )
        )
    for light, dark_ones in zip(*colours, strict=True):
        assert light != dark_ones


def test_print_is_light_and_shows_every_table(browser: Browser, shown: Path) -> None:
    browser.open(shown, width=1200, dark=True, media="print")
    paper = browser.ask("getComputedStyle(document.documentElement).getPropertyValue('--paper')")
    assert paper.strip() == "#ffffff"
    tables = "[...document.querySelectorAll('details table')].every((t) => t.checkVisibility({contentVisibilityAuto: true}) && t.getBoundingClientRect().height > 10)"
    assert browser.ask(tables) is True
    browser.open(shown, width=1200)
    assert browser.ask(tables) is False  # closed on a screen
    pdf = browser.pdf()
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 1


def test_every_plot_speaks(browser: Browser, shown: Path) -> None:
    browser.open(shown)
    plots = browser.ask(
        "[...document.querySelectorAll('figure > svg')].map((s) => [s.getAttribute('role'),"
        " s.querySelector('title').textContent, s.querySelector('desc').textContent])"
    )
    assert plots
    for role, title, description in plots:
        assert role == "img"
        assert title
        assert len(description) > 20


def test_marks_differ_without_colour(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "text.html"
    path.write_text(text_page("x", TEXT, profile(TEXT)), encoding="utf-8")
    browser.open(path)
    forms = browser.ask(
        "['w','k','g','x','p','v','a','d','j','h','n'].map((k) => { const s = getComputedStyle("
        "document.querySelector(`.key .${k}`)); return [s.textDecorationLine, s.textDecorationStyle,"
        " s.textDecorationThickness, s.fontWeight, s.borderLeftStyle, s.boxShadow.replace(/rgba?\\(.*?\\)/, '')].join(); })"
    )
    assert len(set(forms)) == len(forms) == 11
    # The number after a sentence says what its shade says.
    numbers = browser.ask(
        "[...document.querySelectorAll('.text .q')].map((q) => [q.className, getComputedStyle(q, '::after').content])"
    )
    assert len(numbers) == score(TEXT).sentences
    assert len({kind for kind, _ in numbers}) > 1
    for kind, number in numbers:
        assert (kind == "q q1") == (number == "none") == (not re.search(r"\+\d", number))


def test_the_text_on_the_page_is_the_text(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "text.html"
    path.write_text(text_page("x", TEXT, profile(TEXT)), encoding="utf-8")
    browser.open(path)
    assert browser.ask("document.querySelector('.text').textContent") == TEXT


def test_a_long_text_opens_at_once_and_prints_whole(browser: Browser, tmp_path: Path) -> None:
    text = "国際的な制度の改革は必要だと彼は言った。\n" * 4000
    path = tmp_path / "long.html"
    path.write_text(text_page("x", text, profile(text)), encoding="utf-8")
    browser.open(path)
    last = "document.querySelector('.text > div:last-child')"
    skipped = f"!{last}.firstChild.checkVisibility({{contentVisibilityAuto: true}})"
    assert browser.ask(skipped) is True  # far below the screen: not laid out
    assert browser.ask("document.querySelector('.text').textContent") == text
    browser.open(path, media="print")
    assert browser.ask(f"getComputedStyle({last}).contentVisibility") == "visible"
