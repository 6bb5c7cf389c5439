"""The page for texts in a real browser: typed, pasted, compared, printed, without a mouse, at any width."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CONTRAST, OVERHANG, Browser, browsing
from page_server import Server, serving

EASY = "朝です。犬がいる。ねこもいる。"
HARD = (
    "国際的な制度改革は、統計的手法の発展とともに急速に進展し、研究への応用が強く期待されている。"
)
LEVEL = "document.querySelector('.level')?.innerText"
IDLE = "document.querySelector('#result').getAttribute('aria-busy') === 'false'"
COUNT_REQUESTS = (
    "performance.getEntriesByType('resource').filter((e) => e.name.includes('/score')).length"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def fill(browser: Browser, text: str, box: str = "text-a") -> None:
    """Select what stands in a box and paste over it."""
    browser.ask(f"document.querySelector('#{box}').focus(); document.activeElement.select()")
    browser.write(text)


def shown(browser: Browser, text: str) -> None:
    """Wait until the answer is that to ``text``."""
    wanted = json.dumps(text)
    browser.until(f"document.querySelector('.text')?.textContent === {wanted} && {IDLE}")


def compared(browser: Browser) -> None:
    browser.ask("document.querySelector('#mode-two').click()")
    fill(browser, HARD)
    fill(browser, EASY, "text-b")
    browser.until("document.querySelectorAll('.compared .text').length === 2")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 800, 1280])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("two", [False, True], ids=["one", "two"])
def test_nothing_is_wrong_pale_or_wider_than_the_screen(
    browser: Browser, server: Server, width: int, dark: bool, lang: str, two: bool
) -> None:
    browser.open(f"{server.address}?lang={lang}", width=width, dark=dark)
    assert browser.ask(OVERHANG) <= 0
    assert browser.ask(CONTRAST) == []
    if two:
        compared(browser)
    else:
        fill(browser, HARD)
        shown(browser, HARD)
    browser.ask("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for view in ("plain", "origin", "part", "rarity"):
        browser.ask(f"document.querySelector('.marked [value={view}]').click()")
        assert browser.ask(OVERHANG) <= 0
        assert browser.ask(CONTRAST) == []
    assert browser.complaints == []
    assert all(url.startswith(server.address) for url in browser.requests)


def test_no_other_host_could_be_asked(browser: Browser, server: Server) -> None:
    browser.open(server.address)
    browser.ask("new Image().src = 'http://127.0.0.1:9/x.png'; fetch('http://localhost:9/')")
    browser.until("true")
    assert any("Content Security Policy" in said for said in browser.complaints)


def test_the_answer_follows_the_typing_and_stale_ones_are_dropped(
    browser: Browser, server: Server
) -> None:
    browser.open(server.address)
    browser.ask("document.querySelector('#text-a').focus()")
    typed = ""
    for letter in HARD + EASY:
        browser.write(letter)
        typed += letter
    shown(browser, typed)
    assert browser.ask(COUNT_REQUESTS) < len(typed) / 2  # it waited for a rest
    # An old answer that comes late is not shown: the first request is held back until the second is.
    browser.ask("""
      window.real = window.fetch;
      window.fetch = (url, options) => {
        const late = options.body.includes('遅い');
        options = { ...options, signal: undefined };
        return real(url, options).then((a) => late ? new Promise((go) => { window.release = () => go(a); }) : a);
      };
    """)
    fill(browser, "遅い文章です。")
    browser.until("!!window.release")
    fill(browser, EASY)
    shown(browser, EASY)
    browser.ask("release()")
    browser.ask("new Promise((done) => setTimeout(done, 300))")
    assert browser.ask("document.querySelector('.text').textContent") == EASY


def test_while_an_answer_is_awaited_the_old_one_stays(browser: Browser, server: Server) -> None:
    browser.open(server.address, width=1280)
    fill(browser, HARD)
    shown(browser, HARD)
    browser.ask("""
      document.querySelector('.marked [value=origin]').click();
      document.querySelector('.why details').open = true;
      window.gone = 0;
      new MutationObserver(() => { gone += !document.querySelector('.level'); })
        .observe(document.querySelector('#result'), { childList: true, subtree: true });
    """)
    for letter in EASY:
        browser.write(letter)
    shown(browser, HARD + EASY)
    assert browser.ask("gone") == 0
    assert browser.ask("document.querySelector('.marked :checked').value") == "origin"
    assert browser.ask("document.querySelector('.why details').open") is True


def test_twenty_thousand_characters_are_pasted(browser: Browser, server: Server) -> None:
    sentences = [f"{number}番目の人は、国際的な制度改革を急いで進めた。" for number in range(1000)]
    text = "".join(sentences)[:20_000]
    browser.open(server.address, width=1280)
    fill(browser, text)
    shown(browser, text)
    assert browser.ask("document.querySelector('.count').textContent") == "20,000"
    # A card still leads to its place, far below.
    browser.ask("document.querySelector('.cards a').click()")
    place = "document.querySelector(':target').getBoundingClientRect().top"
    browser.until(f"{place} > 0 && {place} < innerHeight")


def test_too_much_text_is_said_and_nothing_is_sent(browser: Browser, server: Server) -> None:
    browser.open(server.address)
    browser.ask(
        "const box = document.querySelector('#text-a'); box.value = '朝'.repeat(100001);"
        " box.dispatchEvent(new Event('input'))"
    )
    browser.until("document.querySelector('#status').textContent.includes('100,000')")
    assert browser.ask(COUNT_REQUESTS) == 0


def test_what_is_emptied_is_empty_again(browser: Browser, server: Server) -> None:
    browser.open(server.address)
    fill(browser, HARD)
    shown(browser, HARD)
    browser.ask("document.querySelector('#text-a').select()")
    browser.press("Backspace", 8)
    browser.until("!!document.querySelector('.empty')")
    assert browser.ask("document.querySelector('.result')") is None


def test_two_texts_stand_side_by_side_with_what_changed(browser: Browser, server: Server) -> None:
    browser.open(server.address, width=1280)
    compared(browser)
    assert "easier" in browser.ask("document.querySelector('.changed').innerText")
    tops = "[...document.querySelectorAll('.compared article')].map((a) => a.getBoundingClientRect().top)"
    assert len(set(browser.ask(tops))) == 1
    assert browser.ask("document.querySelectorAll('.compared mark').length") > 5
    ids = browser.ask("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    browser.ask("document.querySelector('#mode-one').click()")
    shown(browser, HARD)


def test_without_a_mouse(browser: Browser, server: Server) -> None:
    """Tab reaches everything that can be used; arrow keys reach every word."""
    browser.open(server.address, width=1280)
    browser.ask("document.querySelector('#text-a').focus()")
    browser.write(HARD + EASY)
    shown(browser, HARD + EASY)
    reached = []
    for _ in range(30):
        browser.press("Tab", 9)
        focused = browser.ask(
            "((e) => e === document.body ? '' : e.className || e.id || e.type || e.tagName)(document.activeElement)"
        )
        reached.append(focused)
        ring = "((s) => s.outlineStyle !== 'none' || s.opacity === '0' || s.clipPath !== 'none')(getComputedStyle(document.activeElement))"
        assert not focused or browser.ask(ring), focused
        if focused == "text":
            break
    assert "text" in reached
    assert "button" in reached  # the example
    words = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "End", "ArrowLeft", "Home"):
        browser.press(key)
        words.append(browser.ask("document.activeElement.textContent"))
        assert browser.ask("document.querySelector('#word').hidden") is False
        described = browser.ask("document.activeElement.getAttribute('aria-describedby')")
        assert described == "word"
    assert words == ["国際", "的", "朝", "国際", "。", "いる", "国際"]
    said = browser.ask("document.querySelector('#word').innerText")
    for part in ("漢語", "名詞", "国: grade 2", "際: grade 5", "common words"):
        assert part in said
    browser.press("Escape", 27)
    assert browser.ask("document.querySelector('#word').hidden") is True


def test_a_word_under_the_pointer_is_explained_inside_the_window(
    browser: Browser, server: Server
) -> None:
    browser.open(f"{server.address}?lang=ja", width=320, height=1600)
    fill(browser, HARD)
    shown(browser, HARD)
    browser.ask("document.querySelector('.text').scrollIntoView()")
    places = browser.ask(
        "[...document.querySelectorAll('.text .q span')].map((w) => w.getClientRects()[0]).map((r) => [r.left + 2, r.top + 5])"
    )
    for x, y in places[::4]:
        browser.point(x, y)
        browser.until("!document.querySelector('#word').hidden")
        left, right = browser.ask(
            "((r) => [r.left, r.right])(document.querySelector('#word').getBoundingClientRect())"
        )
        assert 0 <= left < right <= 320
    browser.point(1, 1)
    browser.until("document.querySelector('#word').hidden")


def test_those_who_hear_the_page_are_told_the_verdict(browser: Browser, server: Server) -> None:
    browser.open(f"{server.address}?lang=ja")
    assert browser.ask("document.querySelector('#status').getAttribute('role')") == "status"
    fill(browser, HARD)
    browser.until("document.querySelector('#status').textContent.includes('青空文庫')")
    level = browser.ask("document.querySelector('.level strong').textContent")
    assert level in browser.ask("document.querySelector('#status').textContent")
    unnamed = browser.ask(
        "[...document.querySelectorAll('button, input, textarea, a')].filter((e) =>"
        " !(e.labels?.length || e.textContent.trim() || e.getAttribute('aria-label'))).length"
    )
    assert unnamed == 0


@pytest.mark.parametrize("coded", ["utf-8", "shift_jis"])
def test_a_file_is_dropped(browser: Browser, server: Server, coded: str) -> None:
    browser.open(server.address)
    drop = """
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(BYTES)], 'a.txt'));
      document.querySelector('#text-a').dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    """
    browser.ask(f"(() => {{ {drop.replace('BYTES', str(list(HARD.encode(coded))))} }})()")
    shown(browser, HARD)
    browser.ask(f"(() => {{ {drop.replace('BYTES', '[0xff, 0xfe, 0, 0xff]')} }})()")
    browser.until("document.querySelector('#status').textContent.includes('neither')")
    assert browser.ask("document.querySelector('#text-a').value") == HARD


def test_printed_it_is_a_handout(browser: Browser, server: Server) -> None:
    browser.open(f"{server.address}?lang=ja", width=1280, dark=True)
    fill(browser, HARD)
    shown(browser, HARD)
    browser.show_as("print")
    for hidden in (".boxes", ".controls", "footer", "#word", ".marked label", ".why"):
        assert browser.ask(f"document.querySelector('{hidden}').checkVisibility()") is False, hidden
    for seen in (".level", ".gauge svg", ".text .q", ".cards li"):
        assert browser.ask(f"document.querySelector('{seen}').checkVisibility()") is True, seen
    assert browser.ask("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(re.findall(rb"/Type\s*/Page\b", browser.pdf())) == 1


def test_a_set_is_looked_through(browser: Browser, tmp_path: Path) -> None:
    rows = [
        {"id": f"{n}", "pair_id": f"p{n // 2}", "label": 1 - n % 2, "text": f"{HARD}{EASY}{n}" * 2}
        for n in range(40)
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    with serving(str(path)) as server:
        for width, dark in ((320, True), (1280, False)):
            browser.open(server.address, width=width, dark=dark)
            browser.ask("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
            assert browser.ask(OVERHANG) <= 0
            assert browser.ask(CONTRAST) == []
            assert browser.complaints == []
        tops = browser.ask(
            "[...document.querySelector('.group').children].map((a) => a.getBoundingClientRect().top)"
        )
        assert len(tops) == 2
        assert len(set(tops)) == 1
        first = browser.ask("[...document.querySelectorAll('.group h2')].map((h) => h.innerText)")
        assert first[:4] == ["1", "0", "3", "2"]  # Simple first
        browser.ask("document.querySelector('[name=\"has:id\"]').value = '39'")
        browser.ask("document.querySelector('form button').click()")
        browser.until("document.querySelectorAll('article').length === 2")
        assert browser.ask("location.search").startswith("?")
