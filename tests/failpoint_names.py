"""The places of ``jtextkit.core.failpoints``, by what may be caught there."""

FAILPOINTS = (
    "temporary-made", "batch-written", "step-done", "output-marked", "old-receipt-gone",
    "file-written", "file-flushed", "file-renamed", "folder-flushed",
)  # fmt: skip
"""Where an annotated shard may be caught."""

FOLDER_FAILPOINTS = (
    "folder-made", "set-file-written", "folder-written", "old-folder-aside", "new-folder-named",
)  # fmt: skip
"""Where a built folder may be caught."""
