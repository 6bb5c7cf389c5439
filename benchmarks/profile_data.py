"""Make the data of the second opinion on difficulty from a copy of Aozora Bunko's whole library.

    python benchmarks/profile_data.py --aozora DIR

writes three files of ``jtextkit/metrics``; the same library and dictionary give the same bytes:

``morphology/common_words.tsv``
    the 3,000 content words (lemma and part of speech) that most children's stories have: of works of
    a children's class (NDC K…), at most 20 a writer and 8,000 characters a work, ranked by the share of
    works plus the share of writers that use the word. The second share keeps the vocabulary of one
    prolific writer out.
``accuracy/rare_pairs.tsv``
    pairs of parts of speech that hardly follow each other in one passage of each work of four fifths
    of the writers (persons whose number five does not divide).
``readability/reference.json``
    means and standard deviations of the three parts over passages of Aozora Bunko's fiction (NDC 913
    and K913, one passage of 600 to 1,000 characters a work), and the quantiles of their sum. No label
    of difficulty is used. Passages with hardly any full stop are left in: they make the formula's
    deviation wide, so that it weighs about half, which is what tells children's fiction best (a
    deviation of 0.85, without them: AUC .814; 1.9: .829; the formula left out: .828).

DIR is laid out like the site or its mirror of plain texts. Only works that difficulty-2level may use
count: public domain in Japan, modern orthography.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path

from jtextkit.builders.aozora import Filters, FolderLibrary, Work, read_catalogue, read_path
from jtextkit.core.errors import JtextkitError
from jtextkit.core.progress import silent
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.classes import Lemma
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability import opinion, profiles

WORDS = 3000
WORKS_A_WRITER = 20
CHARACTERS_A_WORK = 8000
SHORTEST, LONGEST = 600, 1000
QUANTILES = 200
EXPECTED = 40
"""How often chance must make a pair for its absence to say something."""

Text = tuple[Work, str]


def texts(root: Path) -> list[Text]:
    """Every work that may be used, with its text; what cannot be read is left out."""
    library = FolderLibrary(root)
    rules = Filters()
    works = [
        work
        for work in read_catalogue(library.catalogue())
        if rules.reason(work) is None and work.path
    ]
    files = library.works([work.path or "" for work in works], report=silent)
    found = []
    for work in sorted(works, key=lambda work: work.work_id):
        if work.path in files:
            try:
                found.append((work, read_path(files[work.path], gaiji="geta").plain.text))
            except JtextkitError:
                continue
    return found


def of_classes(found: Iterable[Text], *wanted: str) -> list[Text]:
    """Texts of a class that begins with one of ``wanted``."""
    return [one for one in found if any(name.startswith(wanted) for name in one[0].ndc_classes)]


def first_of_each(found: Iterable[Text]) -> Iterator[Text]:
    """The first works of each writer."""
    taken: Counter[str] = Counter()
    for work, text in found:
        taken[work.writer.person_id] += 1
        if taken[work.writer.person_id] <= WORKS_A_WRITER:
            yield work, text


def content_words(text: str) -> set[Lemma]:
    """The content words of a text; words that the dictionary lacks have no lemma."""
    words = profiles.tokens(text, DEFAULT_DICTIONARY)
    return {word.lemma for word in words if word.is_content and word.lemma[0]}


def common_words(found: Sequence[Text]) -> list[Lemma]:
    """The most common content words, by works and writers."""
    works: Counter[Lemma] = Counter()
    writers: dict[Lemma, set[str]] = defaultdict(set)
    for work, text in found:
        for word in content_words(text[:CHARACTERS_A_WORK]):
            works[word] += 1
            writers[word].add(work.writer.person_id)
    people = len({work.writer.person_id for work, _ in found})
    # works/len(found) + writers/people, in whole numbers
    rank = {word: n * people + len(writers[word]) * len(found) for word, n in works.items()}
    return sorted(rank, key=lambda word: (-rank[word], word))[:WORDS]


def passage(work: Work, text: str) -> str | None:
    """A passage that begins at a paragraph picked by the work's id, and ends at one."""
    if len(text) < LONGEST:
        return None
    digest = hashlib.sha256(work.work_id.encode()).digest()
    wanted = int.from_bytes(digest[:8], "big") % (len(text) - SHORTEST)
    start = text.rfind("\n", 0, wanted) + 1
    end = text.find("\n", start + SHORTEST)
    found = text[start : end if end >= 0 else len(text)]
    return found if SHORTEST <= len(found) <= LONGEST else None


def rare_pairs(found: Iterable[Text]) -> list[tuple[str, ...]]:
    """Pairs of parts of speech that stand less than a tenth as often as chance would have it."""
    alone: Counter[tuple[str, str]] = Counter()
    pairs: Counter[tuple[tuple[str, str], tuple[str, str]]] = Counter()
    for work, text in found:
        part = passage(work, text)
        if part is not None and int(work.writer.person_id) % 5:
            classes = [(word.pos1, word.pos2) for word in analyser().words(part)]
            alone.update(classes)
            pairs.update(pairwise(classes))
    total = alone.total()
    rare = []
    for first, second in product(alone, alone):
        expected = alone[first] * alone[second] / total
        if expected >= EXPECTED and pairs[first, second] < expected / 10:
            rare.append((*first, *second))
    return sorted(rare)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--aozora", type=Path, required=True, metavar="DIR")
    parser.add_argument("-o", "--output", type=Path, default=profiles.DATA.parent, metavar="DIR")
    options = parser.parse_args()
    found = texts(options.aozora)
    stories = list(first_of_each(of_classes(found, "K")))
    words = common_words(stories)
    table = "".join(f"{lemma}\t{pos}\n" for lemma, pos in words)
    (options.output / "morphology" / "common_words.tsv").write_text(
        table, encoding="utf-8", newline="\n"
    )
    pairs = "".join("\t".join(pair) + "\n" for pair in rare_pairs(found))
    place = options.output / "accuracy" / "rare_pairs.tsv"
    place.write_text(pairs, encoding="utf-8", newline="\n")
    passages = [passage(work, text) for work, text in of_classes(found, "913", "K913")]
    counts = [profiles.count_profile(text, common=frozenset(words)) for text in passages if text]
    parts = [opinion.parts_of((one.counts.sentences, *one.totals)) for one in counts]
    scale = {
        name: (statistics.fmean(values), statistics.pstdev(values))
        for name, values in zip(opinion.PARTS, zip(*parts, strict=True), strict=True)
    }
    pairs = [value for pair in scale.values() for value in pair]
    sums = sorted(opinion.sum_of_parts(values, pairs) for values in parts)
    last = len(sums) - 1
    reference = {
        "passages": len(sums),
        "scale": {name: [round(value, 5) for value in pair] for name, pair in scale.items()},
        "quantiles": [round(sums[round(last * i / QUANTILES)], 4) for i in range(QUANTILES + 1)],
    }
    (options.output / "readability" / "reference.json").write_text(
        json.dumps(reference, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    print(f"{len(words):,} words of {len(stories):,} children's works; {len(sums):,} passages")


if __name__ == "__main__":
    main()
