"""The server over a real socket: whom it answers, what it refuses, how it ends."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from page_server import Server, serving
from wrong_sets import Edited

TEXT = "朝です。国際的な制度改革は急速に進展した。犬がいる。"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def ask(
    server: Server, path: str, body: bytes | str | None = None, **headers: str
) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        method = "GET" if body is None else "POST"
        data = body.encode() if isinstance(body, str) else body
        connection.request(
            method, path, data, {key.replace("_", "-"): value for key, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    finally:
        connection.close()


def texts(*given: str) -> str:
    return json.dumps({"texts": given}, ensure_ascii=False)


def test_one_text_is_answered_with_the_fragment_of_score_html(server: Server) -> None:
    status, html, headers = ask(server, "/score", texts(TEXT))
    assert status == 200
    assert headers["Content-Security-Policy"] == "default-src 'self'"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert html.startswith('<article class="result"')
    assert 'class="gauge"' in html
    assert "制度" in html


def test_two_texts_are_compared(server: Server) -> None:
    status, html, _ = ask(server, "/score", texts(TEXT, "朝です。きまりが新しくなった。"))
    assert status == 200
    assert "What changed" in html
    assert "<mark>" in html


@pytest.mark.parametrize("path", ["/", "/page.css", "/page.js", "/icon.svg", "/text"])
def test_every_answer_may_ask_this_server_alone(server: Server, path: str) -> None:
    status, body, headers = ask(server, path)
    assert status == 200
    assert headers["Content-Security-Policy"] == "default-src 'self'"
    assert "style=" not in body
    assert "<style" not in body
    assert "http://" not in body.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in body


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({"Host": "localhost:8000"}, True),
        ({"Host": "LOCALHOST"}, True),
        ({"Host": "[::1]:8000"}, True),
        ({"Host": "evil.example"}, False),
        ({"Host": "127.0.0.1.evil.example"}, False),
        ({"Host": "localhost.evil.example:80"}, False),
        ({"Host": "[::1"}, False),
        ({"Host": ""}, False),
        ({"Origin": "http://localhost:8000"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
    ],
    ids=str,
)
def test_only_those_who_name_this_machine_are_answered(
    server: Server, headers: dict[str, str], answered: bool
) -> None:
    for path, body in (("/", None), ("/score", texts(TEXT)), ("/page.js", None)):
        status, said, _ = ask(server, path, body, **headers)
        assert status == (200 if answered else 421)
        assert answered or TEXT not in said


def test_a_name_that_was_allowed_is_answered() -> None:
    with serving("--allow-host", "texts.example.org", "--allow-host", "") as server:
        assert ask(server, "/", Host="texts.example.org")[0] == 200
        assert ask(server, "/", Host="other.example.org")[0] == 421


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (texts(""), 400, "the text is empty"),
        (texts(" \n　"), 400, "the text is blank"),
        (texts(), 400, "one text or two"),
        (texts("朝。", "朝。", "朝。"), 400, "one text or two"),
        ("", 400, "one text or two"),
        ("[]", 400, "one text or two"),
        ("[" * 100_000, 400, "one text or two"),
        ('{"texts": [1]}', 400, "one text or two"),
        ('{"texts": "朝です。"}', 400, "one text or two"),
        (texts("朝です。").encode("shift_jis"), 400, "not UTF-8"),
        (r'{"texts": ["朝\ud800"]}', 400, "lone surrogate"),
        (r'{"texts": ["朝\u0000"]}', 400, "NUL"),
        (texts("朝" * 100_001), 400, "100,000 characters"),
        ("朝" * 400_000, 413, "too much"),
    ],
    ids=range(14),
)
def test_what_is_no_text_is_refused_in_one_line(
    server: Server, body: bytes | str, status: int, said: str
) -> None:
    found, line, _ = ask(server, "/score", body)
    assert found == status
    assert said in line
    assert "\n" not in line
    japanese = ask(server, "/score?lang=ja", body)[1]
    assert japanese != line


def test_a_body_without_end_is_cut_off(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as stream:
        stream.sendall(
            b"POST /score HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        part = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        try:
            for _ in range(200):
                stream.sendall(part)
        except OSError:
            pass  # it hung up
        assert b" 413 " in stream.recv(4096)


def test_many_at_once_are_all_answered_with_their_own(server: Server) -> None:
    given = [f"{'犬が走る。' * (number + 1)}" for number in range(24)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda text: ask(server, "/score", texts(text))[:2], given))
    for text, (status, html) in zip(given, answers, strict=True):
        assert status == 200
        assert html.count("走る") >= text.count("走る")
        assert f"<dd>{len(text)}</dd>" in html


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/", "ja,en;q=0.5", "ja"),
        ("/", "en-GB,en;q=0.9,ja;q=0.8", "en"),
        ("/", "fr,ja;q=0.3,en;q=0.2", "ja"),
        ("/", "fr;q=x", "en"),
        ("/?lang=ja", "en", "ja"),
        ("/?lang=xx", "ja", "ja"),
    ],
)
def test_the_browser_says_which_language(
    server: Server, path: str, accepted: str, language: str
) -> None:
    html = ask(server, path, Accept_Language=accepted)[1]
    assert f'<html lang="{language}">' in html
    assert ("文章を貼ると" in html) == (language == "ja")


def test_what_the_program_was_told_comes_before_the_browser() -> None:
    with serving("--lang", "ja") as server:
        assert '<html lang="ja">' in ask(server, "/", Accept_Language="en")[1]
        assert '<html lang="en">' in ask(server, "/?lang=en", Accept_Language="ja")[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_without_a_complaint(number: int) -> None:
    with serving() as server:
        assert ask(server, "/score", texts(TEXT))[0] == 200
        assert server.end(number) == 0
        assert server.said.count("\n") == 1


def program(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "jtextkit", "serve", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_a_port_in_use_is_one_line_with_the_cure(server: Server) -> None:
    code, said = program("--port", str(server.port))
    assert code == 2
    assert said.count("\n") == 1
    assert "in use" in said
    assert "--port 0" not in said
    assert "--port (0 takes a free one)" in said


def test_a_set_that_is_not_there_is_one_line() -> None:
    code, said = program("--port", "0", "nowhere")
    assert (code, said.count("\n")) == (1, 1)
    assert "nowhere" in said


def test_for_texts_the_extra_serve_is_enough() -> None:
    program = """
import sys
from jtextkit.core.extras import EXTRAS
for extra, modules in EXTRAS.items():
    if extra != "serve":
        sys.modules.update({module.partition(".")[0]: None for module in modules})
from jtextkit.serve import make_app
from jtextkit.serve.app import _scored
make_app()
print(len(_scored(None, b'{"texts": ["\\u671d\\u3002", "\\u591c\\u3002"]}')))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1000


ROWS = [
    {
        "id": f"r{n}",
        "text": f"{'朝です。犬がいる。ねこもいる。' * 5}{n}",
        "year": 1900 + n,
        "kind": "ab"[n % 2],
    }
    for n in range(25)
]


@pytest.fixture(scope="module")
def anybodys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sets")
    lines = [json.dumps({**row, "<b>": None}, ensure_ascii=False) for row in ROWS]
    lines.append("no row")
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with serving("rows.jsonl", folder=folder) as server:
        yield server


@pytest.mark.parametrize(
    ("query", "found", "here"),
    [
        ("", 25, 10),
        ("?page=3", 25, 5),
        ("?page=99", 25, 5),
        ("?page=-1", 25, 10),
        ("?page=٣", 25, 10),
        ("?is:kind=b", 12, 10),
        ("?from:year=1905&to:year=1907", 3, 3),
        ("?from:year=nan", 0, 0),
        ("?from:year=x", 25, 10),
        ("?has:id=r2&is:kind=a", 4, 4),
        ("?has:text=です。犬&has:none=1&what:id=2", 25, 10),
        ("?is:kind=a&page=2", 13, 3),
        ("?findings=1", 0, 0),
    ],
)
def test_rows_are_filtered_by_any_column_and_paged(
    anybodys: Server, query: str, found: int, here: int
) -> None:
    status, html, _ = ask(anybodys, f"/{quote(query, safe='?&=')}")
    assert status == 200
    assert f"{found} of 25 rows" in html
    assert html.count("<article>") == here


def test_columns_with_odd_names_stay_text(anybodys: Server) -> None:
    html = ask(anybodys, "/?has:id=<script>")[1]
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "<script>" not in html


def test_what_is_no_row_is_told(anybodys: Server) -> None:
    assert "rows.jsonl:26: not JSON" in ask(anybodys, "/")[1]


def test_beside_a_set_texts_are_scored_too(anybodys: Server) -> None:
    assert "Paste a text" in ask(anybodys, "/text")[1]
    assert ask(anybodys, "/score", texts(TEXT))[0] == 200


def test_a_set_that_jtextkit_did_not_build_is_shown_unchecked(anybodys: Server) -> None:
    while "at work" in (html := ask(anybodys, "/")[1]):
        time.sleep(0.1)
    assert "Not checked" in html


def test_findings_stand_beside_the_rows_that_they_are_about(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "jtextkit", "build", "difficulty-2level", "--sample"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    edited = Edited(tmp_path / "difficulty-2level")
    row = edited.first(lambda row: row["label"] == 1)
    row["readability"] += 0.25
    edited.write(tmp_path / "wrong")
    with serving("wrong", folder=tmp_path) as server:
        while "at work" in (html := ask(server, "/?findings=1")[1]):
            time.sleep(0.1)
        assert "not sound" in html
        about = [part for part in html.split("<article>") if f"<h2>{row['id']}</h2>" in part]
        assert len(about) == 1
        assert "scored again" in about[0].partition("<blockquote")[0]
        assert html.count("<article>") == 2  # its pair
        assert server.end() == 0
