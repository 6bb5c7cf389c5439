"""Counting how tokenizers cut a batch of texts, against where words end.

Everything is counted on arrays over a batch of texts joined together. *Borders* are positions
between characters; white space belongs to no word and to no token here (a token ``▁the`` starts at
its t), and the borders at a text's own start and end are left out, since no tokenizer can miss
them. A cut in the middle of a character is no border; it is counted by itself.

Not handled: documents without anything but white space, and lone surrogates: the reader of
documents (:mod:`.documents`) leaves them out and counts them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import count

import numpy as np

from jtextkit.core.errors import JtextkitError, TokenizerError
from jtextkit.metrics.fertility.adapters import Adapter, Cut, Flags, Floats, Ints
from jtextkit.metrics.fertility.counts import WORD_SCRIPTS, BatchCounts, CountingPlan, Document
from jtextkit.metrics.fertility.loading import load_tokenizer
from jtextkit.metrics.fertility.scripts import CLASSES, SCRIPTS, classes_of, script_of
from jtextkit.metrics.fertility.words import segment


class _Texts:
    """A batch of texts joined, with what every tokenizer and word unit is compared on."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        self.tops = np.cumsum(self.sizes)
        self.bottoms = self.tops - self.sizes
        self.codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
        self.classes = classes_of(self.codes)
        self.scripts = script_of(self.classes)
        self.number = len(self.codes)
        self.ink = self.scripts != SCRIPTS.index("space")
        self.inks = _before(self.ink)
        places = np.arange(self.number + 1)
        inked = np.concatenate((self.ink, [True]))
        self.next_ink = np.minimum.accumulate(np.where(inked, places, self.number)[::-1])[::-1]
        self.last_ink_end = np.concatenate(
            ([0], np.maximum.accumulate(np.where(self.ink, places[1:], 0)))
        )

    @cached_property
    def document(self) -> Ints:
        """The document of each character."""
        return np.repeat(np.arange(len(self.texts)), self.sizes)

    @cached_property
    def byte_at(self) -> Ints:
        """Where each character starts in UTF-8, and where the last one ends."""
        codes = self.codes
        sizes = 1 + (codes >= 0x80).astype(np.int64) + (codes >= 0x800) + (codes >= 0x10000)
        return np.concatenate(([0], np.cumsum(sizes)))

    @cached_property
    def character_of(self) -> Ints:
        """The character that each byte belongs to."""
        return np.repeat(np.arange(self.number), np.diff(self.byte_at))

    @cached_property
    def outer(self) -> Ints:
        """The borders before a document's first and behind its last ink."""
        return np.concatenate((self.next_ink[self.bottoms], self.last_ink_end[self.tops]))

    def by_document(self, values: Flags | Ints) -> Floats:
        """Sums over the characters of each document."""
        return np.add.reduceat(values.astype(np.float64), self.bottoms)

    def by_class(self, values: Floats | None = None) -> Floats:
        """Sums over the characters of each class, a row a document."""
        size = len(CLASSES)
        keys = self.document * size + self.classes
        sums = np.bincount(keys, values, minlength=len(self.texts) * size)
        return sums.astype(np.float64).reshape(-1, size)


class _Words:
    """The words of a batch by one unit."""

    def __init__(self, texts: _Texts, found: tuple[list[str], Ints]) -> None:
        surfaces, ends = found
        lengths = np.fromiter(map(len, surfaces), np.int64, len(surfaces))
        starts = ends - lengths
        inked = texts.inks[ends] > texts.inks[starts]
        if not inked.all():
            surfaces = [s for s, keep in zip(surfaces, inked.tolist(), strict=True) if keep]
            starts, ends = starts[inked], ends[inked]
        self.starts = texts.next_ink[starts]
        self.ends = texts.last_ink_end[ends]
        self.document = texts.document[self.starts]
        self.borders = _flags(texts.number + 1, self.starts, self.ends)
        changes = _before(np.concatenate(([False], texts.scripts[1:] != texts.scripts[:-1])))
        mixed = changes[self.ends] > changes[self.starts + 1]
        self.script = np.where(mixed, len(WORD_SCRIPTS) - 1, texts.scripts[self.starts])
        self.inner = self.borders.copy()
        self.inner[texts.outer] = False
        self.before = _before(self.borders)
        index = defaultdict[str, int](count().__next__)  # numbers, as they occur
        self.types = np.fromiter(map(index.__getitem__, surfaces), np.int64, len(surfaces))
        self.names = [name.strip() for name in index]

    def by_script(self, number: int, chosen: Flags | None = None) -> Floats:
        size = len(WORD_SCRIPTS)
        keys = self.document * size + self.script
        keys = keys if chosen is None else keys[chosen]
        return np.bincount(keys, minlength=number * size).astype(np.float64).reshape(-1, size)


def _before(flags: Flags | Ints) -> Ints:
    """How many flags stand before each place, and in all."""
    return np.concatenate(([0], np.cumsum(flags, dtype=np.int64)))


def _flags(size: int, *places: Ints) -> Flags:
    flags = np.zeros(size, bool)
    for some in places:
        flags[some] = True
    return flags


def count_batch(plan: CountingPlan, first: int, documents: Sequence[Document]) -> BatchCounts:
    """Count a batch of documents, none of them blank; ``first`` is the first one's number.

    A tokenizer that cannot be opened or fails on a text is left out and its error reported.

    Raises:
        UsageError: a library of the extra is missing; DictionaryError: UniDic is.
    """
    texts = _Texts([document.text for document in documents])
    found = segment(plan.units, texts.texts, plan.dictionary)
    units = {unit: _Words(texts, found[unit]) for unit in plan.units}
    number = len(documents)
    columns = [
        np.ones(number),
        texts.sizes.astype(np.float64),
        np.diff(texts.byte_at[np.concatenate(([0], texts.tops))]).astype(np.float64),
        *texts.by_class().T,
    ]
    for words in units.values():
        columns.append(np.bincount(words.document, minlength=number).astype(np.float64))
        columns.append(texts.by_document(words.inner[:-1]))
    for words in units.values():
        columns += [*words.by_script(number).T]
    tokens: dict[str, Floats] = {}
    lost: dict[str, Counter[str]] = {}
    errors: dict[str, JtextkitError] = {}
    pieces: dict[str, Ints] = {}
    for name in plan.tokenizers:
        try:
            tokenizer = load_tokenizer(name)
            cut = tokenizer.cut(texts.texts)
        except TokenizerError as error:
            errors[name] = error
            continue
        tokens[name], pieces[name] = _count_tokens(texts, units, tokenizer, cut)
        gone = (Counter(texts.texts[at]) - Counter(back) for at, back in cut.returned.items())
        lost[name] = sum(gone, Counter())
    first_unit = units[plan.units[0]]
    labels, table = [document.label for document in documents], np.column_stack(columns)
    names, often = first_unit.names, np.bincount(first_unit.types)
    return BatchCounts(first, labels, table, tokens, names, often, pieces, lost, errors)


def _count_tokens(
    texts: _Texts, units: Mapping[str, _Words], tokenizer: Adapter, cut: Cut
) -> tuple[Floats, Ints]:
    """A row of :func:`token_columns` a document, and the pieces of each type of the first unit."""
    number = len(texts.texts)
    real = cut.ends > cut.starts
    document = np.repeat(np.arange(number), cut.counts)
    known = len(tokenizer.fallback) > 0
    byte = tokenizer.fallback[cut.ids] if known else np.zeros(len(cut.ids), bool)
    unknown = tokenizer.unknown[cut.ids] if known else np.zeros(len(cut.ids), bool)
    byte, starts, ends = byte[real], cut.starts[real], cut.ends[real]
    its_document = document[real]
    first = texts.character_of[starts]
    last = texts.character_of[ends - 1]
    starts_on = texts.byte_at[first] == starts
    ends_on = texts.byte_at[last + 1] == ends
    inked = texts.inks[last + 1] > texts.inks[first]
    core_start = texts.next_ink[first]
    core_end = texts.last_ink_end[last + 1]
    whole = starts_on & ends_on
    fallback = byte | ~whole
    borders = _flags(
        texts.number + 1,
        core_start[inked & (starts_on | (core_start > first))],
        core_end[inked & (ends_on | (core_end <= last))],
    )
    inner = borders.copy()
    inner[texts.outer] = False
    cuts = np.bincount(last[~ends_on], minlength=texts.number)
    as_bytes = _flags(texts.number, first[fallback], last[fallback])
    exact = np.ones(number)
    exact[list(cut.returned)] = 0

    def counted(flags: Flags) -> Floats:
        return np.bincount(its_document[flags], minlength=number).astype(np.float64)

    columns: list[Floats] = [
        cut.counts.astype(np.float64),
        counted(inked),
        counted(fallback),
        np.bincount(document[unknown], minlength=number).astype(np.float64),
        exact,
        texts.by_document(inner[:-1]),
        *texts.by_class(_shares(texts, first, last, whole, starts, ends)).T,
        *texts.by_class(as_bytes.astype(np.float64)).T,
    ]
    border_count = _before(borders)
    cut_count = _before(cuts)
    kept_by_script: list[Floats] = []
    pieces: Ints | None = None
    for words in units.values():
        extra = border_count[words.ends] - border_count[words.starts + 1]
        extra += cut_count[words.ends] - cut_count[words.starts]
        split = extra > 0
        kept = ~split & borders[words.starts] & borders[words.ends]
        crossing = inked & (
            words.before[core_end] > words.before[np.minimum(core_start + 1, core_end)]
        )
        columns += [
            texts.by_document((inner & words.inner)[:-1]),
            np.bincount(words.document[kept], minlength=number).astype(np.float64),
            np.bincount(words.document[split], minlength=number).astype(np.float64),
            counted(crossing),
        ]
        kept_by_script += [*words.by_script(number, kept).T]
        if pieces is None:
            pieces = np.bincount(words.types, extra + 1).astype(np.int64)
    assert pieces is not None
    return np.column_stack([*columns, *kept_by_script]), pieces


def _shares(
    texts: _Texts, first: Ints, last: Ints, whole: Flags, starts: Ints, ends: Ints
) -> Floats:
    """For each character the part of a token, or the tokens, that it takes.

    A token of whole characters is divided among them evenly; a token with a part of a character,
    among its bytes. The shares of all characters are the number of tokens that cover something.
    """
    lengths = (last - first + 1)[whole]
    where = np.repeat(first[whole] - np.cumsum(lengths) + lengths, lengths)
    where += np.arange(int(lengths.sum()))
    shares = np.bincount(where, np.repeat(1 / lengths, lengths), minlength=texts.number)
    if not whole.all():
        parts = ~whole
        sizes = (ends - starts)[parts]
        places = np.repeat(starts[parts] - np.cumsum(sizes) + sizes, sizes)
        places += np.arange(int(sizes.sum()))
        weights = np.repeat(1 / sizes, sizes)
        shares = shares + np.bincount(texts.character_of[places], weights, minlength=texts.number)
    return shares.astype(np.float64)
