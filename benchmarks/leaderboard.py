"""A page of all tokenizers at hand: those inside installed packages, in folders, by name, baselines.

    python benchmarks/leaderboard.py -o leaderboard.html [--folder FOLDER] TEXT...

Two files of the same content are measured once. What cannot be had (tiktoken's encodings without a
network) is told of and left out.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from jtextkit.cli.fertility import fertility_command
from jtextkit.core.errors import JtextkitError
from jtextkit.metrics.fertility import load_tokenizer

PACKAGED = {
    "mistral_common": ("data/tokenizer.model.v*", "data/tekken_*.json"),
    "whisper": ("assets/*.tiktoken",),
    "dashscope": ("resources/*.tiktoken",),
    "litellm": ("litellm_core_utils/tokenizers/*_tokenizer.json",),
}
"""Packages of PyPI that hold vocabularies, and where."""
NAMED = ("gpt2", "cl100k_base", "o200k_base")
BASELINES = ("bytes", "characters")


def files(folders: list[Path]) -> Iterator[Path]:
    """The vocabularies that lie on this machine."""
    for package, patterns in PACKAGED.items():
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            for pattern in patterns:
                yield from sorted(Path(place).glob(pattern))
    for folder in folders:
        yield from (path for path in sorted(folder.iterdir()) if path.is_file() or path.is_dir())


def usable(found: Iterator[str]) -> Iterator[str]:
    """Those that can be opened, each content once."""
    seen = set()
    for name in found:
        path = Path(name)
        content = hashlib.sha256(path.read_bytes()).digest() if path.is_file() else name
        if content in seen:
            continue
        seen.add(content)
        try:
            load_tokenizer(name)
        except JtextkitError as error:
            print(f"left out: {error}")
        else:
            yield name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", dest="output", required=True)
    parser.add_argument("--folder", dest="folders", type=Path, action="append", default=[])
    parser.add_argument("texts", nargs="+")
    options = parser.parse_args()
    names = [*usable(iter([*map(str, files(options.folders)), *NAMED])), *BASELINES]
    words = [word for name in names for word in ("-t", name)]
    fertility_command.main(
        [*words, "--html", options.output, "--by", "script", *options.texts], standalone_mode=False
    )


if __name__ == "__main__":
    main()
