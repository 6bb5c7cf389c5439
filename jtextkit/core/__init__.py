"""The ground that everything stands on: errors, strict text, atomic files, downloads, receipts, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.core.cache import Cache
    from jtextkit.core.download import Request
    from jtextkit.core.errors import (
        ArchiveError,
        DeviceError,
        DictionaryError,
        DownloadError,
        EncodingError,
        FormatError,
        HubError,
        InputError,
        IntegrityError,
        JtextkitError,
        NotFoundError,
        OfflineError,
        OutputError,
        QuotaError,
        TextError,
        ThresholdError,
        TokenizerError,
        TooLargeError,
        UnavailableError,
        UsageError,
        WorkerError,
    )
    from jtextkit.core.receipts import digest
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "ArchiveError": "jtextkit.core.errors",
            "Cache": "jtextkit.core.cache",
            "DeviceError": "jtextkit.core.errors",
            "DictionaryError": "jtextkit.core.errors",
            "DownloadError": "jtextkit.core.errors",
            "EncodingError": "jtextkit.core.errors",
            "FormatError": "jtextkit.core.errors",
            "HubError": "jtextkit.core.errors",
            "InputError": "jtextkit.core.errors",
            "IntegrityError": "jtextkit.core.errors",
            "JtextkitError": "jtextkit.core.errors",
            "NotFoundError": "jtextkit.core.errors",
            "OfflineError": "jtextkit.core.errors",
            "OutputError": "jtextkit.core.errors",
            "QuotaError": "jtextkit.core.errors",
            "Request": "jtextkit.core.download",
            "TextError": "jtextkit.core.errors",
            "ThresholdError": "jtextkit.core.errors",
            "TokenizerError": "jtextkit.core.errors",
            "TooLargeError": "jtextkit.core.errors",
            "UnavailableError": "jtextkit.core.errors",
            "UsageError": "jtextkit.core.errors",
            "WorkerError": "jtextkit.core.errors",
            "digest": "jtextkit.core.receipts",
        },
    )

__all__ = [
    "ArchiveError",
    "Cache",
    "DeviceError",
    "DictionaryError",
    "DownloadError",
    "EncodingError",
    "FormatError",
    "HubError",
    "InputError",
    "IntegrityError",
    "JtextkitError",
    "NotFoundError",
    "OfflineError",
    "OutputError",
    "QuotaError",
    "Request",
    "TextError",
    "ThresholdError",
    "TokenizerError",
    "TooLargeError",
    "UnavailableError",
    "UsageError",
    "WorkerError",
    "digest",
]
