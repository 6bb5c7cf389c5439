"""What measuring tokenizers costs over encoding with each and one pass of each word segmenter."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import sentencepiece
import sudachipy
import tokenizers
import unidic_lite
from fugashi import GenericTagger

from jtextkit.metrics.fertility import load_tokenizer, measure, read_documents
from jtextkit.metrics.fertility.words import installed_units, segment

ROUNDS = 5


def each(call: Callable[[str], Any], texts: Sequence[str]) -> None:
    for text in texts:
        call(text)


def encoder(name: str) -> Callable[[str], Any]:
    """The library's own call for one text."""
    adapter = load_tokenizer(name)
    if adapter.kind == "sentencepiece":
        return sentencepiece.SentencePieceProcessor(model_file=name).encode
    if adapter.kind == "tokenizer.json":
        library = tokenizers.Tokenizer.from_file(name)
        return partial(library.encode, add_special_tokens=False)
    return lambda text: adapter.encode([text])


def segmenting(unit: str) -> Callable[[str], Any]:
    if unit == "unidic":
        return GenericTagger(f"-r /dev/null -d {unidic_lite.DICDIR} -O wakati").parse
    opened = sudachipy.Dictionary(dict="core")
    make = opened.tokenizer if hasattr(opened, "tokenizer") else opened.create
    return make(getattr(sudachipy.SplitMode, unit[-1].upper())).tokenize


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-t", dest="tokenizers", action="append", required=True)
    parser.add_argument("--words", action="append", choices=installed_units())
    parser.add_argument("texts", nargs="+")
    options = parser.parse_args()
    units = tuple(options.words or installed_units())
    documents = list(read_documents(options.texts))
    texts = [document.text for document in documents]
    segment(units, ["暖機"])
    bare = [encoder(name) for name in options.tokenizers] + [segmenting(unit) for unit in units]
    ratios, seconds = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        for call in bare:
            each(call, texts)
        middle = time.process_time()
        measure(options.tokenizers, documents, units=units)
        end = time.process_time()
        ratios.append((end - middle) / (middle - start))
        seconds.append((middle - start, end - middle))
    encoding, measuring = (statistics.median(part) for part in zip(*seconds, strict=True))
    print(
        f"{len(texts):,} documents, {sum(map(len, texts)):,} characters, {len(options.tokenizers)}"
    )
    print(f"tokenizers, {', '.join(units)}; medians of {ROUNDS} rounds, process time")
    print(f"encoding and segmenting alone {encoding:.2f} s, measuring {measuring:.2f} s")
    print(f"ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
