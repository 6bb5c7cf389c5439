"""Google's object storage as far as gcsfs asks for it, on this machine, with its conditions heeded.

An object is made only where there is none (``ifGenerationMatch=0``), decided under a lock; refusals are
those of the JSON API. Not handled: uploads in parts, buckets, rights.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BUCKET = "corpus"


@dataclass
class Store:
    """What is there, by name, each with its generation; and how many were refused for a condition."""

    url: str = ""
    objects: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    refused: int = 0
    generation: int = 1000
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, name: str, data: bytes, wanted: str | None = None) -> bool:
        with self.lock:
            there = self.objects.get(name, (b"", 0))[1]
            if wanted is not None and int(wanted) != there:
                self.refused += 1
                return False
            self.generation += 1
            self.objects[name] = data, self.generation
            return True

    def info(self, name: str) -> dict[str, Any]:
        data, generation = self.objects[name]
        return {
            "kind": "storage#object",
            "bucket": BUCKET,
            "name": name,
            "size": str(len(data)),
            "generation": str(generation),
            "etag": f"etag-{generation}",
            "md5Hash": base64.b64encode(hashlib.md5(data).digest()).decode(),
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: Store

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        name, query = self._asked()
        if not name:
            self._list(query)
        elif name not in self.store.objects:
            self._refuse(404, "No such object")
        elif query.get("alt") == "media" or "/download/" in self.path:
            data = self.store.objects[name][0]
            start, _, end = (
                self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")
            )
            part = data[int(start) : int(end) + 1 if end else None]
            self._answer(part, 206 if "Range" in self.headers else 200)
        else:
            self._answer(self.store.info(name))

    def do_POST(self) -> None:
        _, query = self._asked()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head, _, rest = body.partition(b"\n--==0==\n")
        name = json.loads(head.partition(b"\n\n")[2])["name"]
        data = rest.partition(b"\n\n")[2].removesuffix(b"\n--==0==--")
        if self.store.put(name, data, query.get("ifGenerationMatch")):
            self._answer(self.store.info(name))
        else:
            self._refuse(412, "At least one of the pre-conditions you specified did not hold.")

    def do_DELETE(self) -> None:
        name, _ = self._asked()
        with self.store.lock:
            gone = self.store.objects.pop(name, None)
        if gone is None:
            self._refuse(404, "No such object")
        else:
            self._answer(b"", 204)

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        name = unquote(parts.path.partition(f"/b/{BUCKET}/o")[2].removeprefix("/"))
        return name, {key: values[0] for key, values in parse_qs(parts.query).items()}

    def _list(self, query: dict[str, str]) -> None:
        prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
        items, folders = [], set()
        for name in sorted(self.store.objects):
            inner = name.removeprefix(prefix)
            if not name.startswith(prefix):
                continue
            if delimiter and delimiter in inner:
                folders.add(f"{prefix}{inner.partition(delimiter)[0]}{delimiter}")
            else:
                items.append(self.store.info(name))
        self._answer({"kind": "storage#objects", "items": items, "prefixes": sorted(folders)})

    def _refuse(self, code: int, message: str) -> None:
        self._answer({"error": {"code": code, "message": message}}, code)

    def _answer(self, body: object, code: int = 200) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def gcs() -> Iterator[Store]:
    """A running store; its address is for ``STORAGE_EMULATOR_HOST``."""
    store = Store()
    handler = type("Handler", (_Handler,), {"store": store})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        store.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield store
        finally:
            server.shutdown()
