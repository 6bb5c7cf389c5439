"""What the site needs beside the pages: links that leave docs/ lead to the repository."""

import re

REPOSITORY = "https://github.com/jtextkit/jtextkit/blob/main/"


def on_page_markdown(markdown: str, page, **_: object) -> str:
    """Called by MkDocs for every page."""
    up = "../" * (page.file.src_uri.count("/") + 1)
    return re.sub(rf"\]\({re.escape(up)}(?!\.\.)", f"]({REPOSITORY}", markdown)
