"""A real browser for tests: Chromium without a window, spoken to over a pipe, nothing to install.

``--remote-debugging-pipe`` takes commands of the DevTools protocol on file descriptor 3 and answers
on 4, messages ending with NUL. So no driver and no WebSocket library is needed.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--remote-debugging-pipe",
)


OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how much a page is wider than its window."""

CONTRAST = """
(() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = (c) => {
    const [r, g, b] = c.map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > .99) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || e.closest('title, desc, style')) continue;
    const style = getComputedStyle(e);
    const ink = parse(e.closest('svg') ? style.fill : style.color);
    const [a, b] = [light(ink), light(behind(e))].sort((x, y) => y - x);
    found.push([(a + .05) / (b + .05), e.outerHTML.slice(0, 90)]);
  }
  return found.filter((f) => f[0] < 4.5);
})()
"""
"""Texts on the page whose contrast with what is behind them is below 4.5 : 1 (WCAG AA)."""


class Browser:
    """One Chromium with one tab; ``events`` is all that it told since the page was opened."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = write, read
        self._number = 0
        self._buffer = b""
        self.events: list[dict[str, Any]] = []
        target = self._command("Target.createTarget", url="about:blank")["targetId"]
        self._session = None
        self._session = self._command("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._command(f"{domain}.enable")

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = os.read(self._read, 1 << 16)
            if not part:
                raise EOFError("the browser ended")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def _command(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        words: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if getattr(self, "_session", None):
            words["sessionId"] = self._session
        os.write(self._write, json.dumps(words).encode() + b"\0")
        while (message := self._message()).get("id") != self._number:
            self.events.append(message)
        assert "error" not in message, message
        return message["result"]

    def open(
        self,
        page: Path | str,
        *,
        width: int = 360,
        height: int = 740,
        dark: bool = False,
        media: str = "screen",
    ) -> None:
        """Show a file or an address as a phone (or a wider screen) would."""
        self.events.clear()
        self._command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.show_as(media, dark=dark)
        self._command("Page.navigate", url=page if isinstance(page, str) else page.as_uri())
        until = time.monotonic() + 30
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            assert time.monotonic() < until, "the page does not load"
            self.events.append(self._message())

    def show_as(self, media: str, *, dark: bool = False) -> None:
        """Show the page on a ``screen``, or as it is in ``print``."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._command("Emulation.setEmulatedMedia", media=media, features=scheme)

    def ask(self, expression: str) -> Any:
        """What JavaScript answers."""
        answer = self._command("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until JavaScript answers with what is true."""
        end = time.monotonic() + 30
        while not self.ask(expression):
            assert time.monotonic() < end, expression
            time.sleep(0.02)

    def write(self, text: str) -> None:
        """Put ``text`` where the cursor is, as pasting does."""
        self._command("Input.insertText", text=text)

    def press(self, key: str, code: int = 0, text: str = "") -> None:
        """Press and release a key, by its name and number (``Tab``, 9)."""
        words = {"key": key, "code": key, "windowsVirtualKeyCode": code, "text": text}
        self._command("Input.dispatchKeyEvent", type="keyDown", **words)
        self._command("Input.dispatchKeyEvent", type="keyUp", key=key, code=key)

    def point(self, x: float, y: float) -> None:
        """Move the pointer."""
        self._command("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def pdf(self) -> bytes:
        """The page as it is printed."""
        return base64.b64decode(self._command("Page.printToPDF", printBackground=False)["data"])

    @property
    def complaints(self) -> list[str]:
        """Errors and warnings on the console, and exceptions."""
        self.ask("0")  # whatever was said before is in events now
        kinds = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        return [json.dumps(e["params"]) for e in self.events if e["method"] in kinds]

    @property
    def requests(self) -> list[str]:
        """Addresses that the page asked for, itself and its data: URLs left out."""
        self.ask("0")
        asked = [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in asked[1:] if not url.startswith("data:")]


@contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """A browser with a fresh profile; the test is skipped where there is none."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium)")
    command_read, command_write = os.pipe()
    answer_read, answer_write = os.pipe()

    # Chromium reads descriptor 3 and writes 4; bash puts the pipes there.
    start = f'exec "$0" "$@" 3<&{command_read} 4>&{answer_write}'
    process = subprocess.Popen(
        ["bash", "-c", start, program, *FLAGS, f"--user-data-dir={profile}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(command_read, answer_write),
    )
    os.close(command_read)
    os.close(answer_write)
    try:
        yield Browser(command_write, answer_read)
    finally:
        os.close(command_write)
        os.close(answer_read)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
