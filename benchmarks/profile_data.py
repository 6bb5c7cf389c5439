"""Make the data of the second opinion on difficulty from a copy of Aozora Bunko's whole library.

    python benchmarks/profile_data.py --aozora DIR

writes two files beside ``jtextkit.metrics.readability.profile``; the same library and dictionary give
the same bytes:

``common_words.tsv``
    the 3,000 content words (lemma and part of speech) that most children's stories have: of works of
    a children's class (NDC K…), at most 20 a writer and 8,000 characters a work, ranked by the share of
    works plus the share of writers that use the word. The second share keeps the vocabulary of one
    prolific writer out.
``reference.json``
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
from pathlib import Path

from jtextkit.builders.aozora import Filters, FolderLibrary, Work, read_catalogue, read_path
from jtextkit.core.errors import JtextkitError
from jtextkit.core.progress import silent
from jtextkit.metrics.readability import profile

WORDS = 3000
WORKS_A_WRITER = 20
CHARACTERS_A_WORK = 8000
SHORTEST, LONGEST = 600, 1000
QUANTILES = 200

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
                found.append((work, read_path(files[work.path]).plain.text))
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


def common_words(found: Sequence[Text]) -> list[profile.Lemma]:
    """The most common content words, by works and writers."""
    works: Counter[profile.Lemma] = Counter()
    writers: dict[profile.Lemma, set[str]] = defaultdict(set)
    for work, text in found:
        for word in set(profile.content_words(text[:CHARACTERS_A_WORK])):
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


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--aozora", type=Path, required=True, metavar="DIR")
    parser.add_argument("-o", "--output", type=Path, default=profile.DATA, metavar="DIR")
    options = parser.parse_args()
    found = texts(options.aozora)
    stories = list(first_of_each(of_classes(found, "K")))
    words = common_words(stories)
    table = "".join(f"{lemma}\t{pos}\n" for lemma, pos in words)
    (options.output / "common_words.tsv").write_text(table, encoding="utf-8", newline="\n")
    passages = [passage(work, text) for work, text in of_classes(found, "913", "K913")]
    parts = [profile.parts_of(text, frozenset(words)) for text in passages if text]
    scale = {
        name: (statistics.fmean(values), statistics.pstdev(values))
        for name, values in zip(profile.PARTS, zip(*parts, strict=True), strict=True)
    }
    sums = sorted(profile.sum_of_parts(values, scale) for values in parts)
    last = len(sums) - 1
    reference = {
        "passages": len(sums),
        "scale": {name: [round(value, 5) for value in pair] for name, pair in scale.items()},
        "quantiles": [round(sums[round(last * i / QUANTILES)], 4) for i in range(QUANTILES + 1)],
    }
    (options.output / "reference.json").write_text(
        json.dumps(reference, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    print(f"{len(words):,} words of {len(stories):,} children's works; {len(sums):,} passages")


if __name__ == "__main__":
    main()
