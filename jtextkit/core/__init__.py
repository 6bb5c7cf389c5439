"""The ground that everything stands on: errors, strict text, atomic files, downloads, receipts, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.core.cache import Cache
    from jtextkit.core.download import Request
    from jtextkit.core.receipts import digest
else:
    __getattr__, __dir__ = lazy_names(
        __name__, {".cache": "Cache", ".download": "Request", ".receipts": "digest"}
    )

__all__ = ["Cache", "Request", "digest", "errors"]
