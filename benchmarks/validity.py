"""What tells easy Japanese from hard: formula, second opinion, and plain baselines, on what you bring.

    python benchmarks/validity.py --matcha DIR --jades FILE --jalecon DIR --aozora DIR

``--matcha``   ``matcha.comp`` and ``matcha.simp``, line by line: originals and simplifications.
``--jades``    ``jades_manual_scores.json``: ``sentence_origin`` and ``sentence_reference``.
``--jalecon``  ``ck.txt`` and ``non_ck.txt``: how hard readers found each word, by first language.
``--aozora``   a copy of Aozora Bunko: children's fiction (NDC K913) against adult fiction (913), one
               passage a work, at most ten works of a writer in each class. The list of common words
               is made of the other half of the writers, so that nobody's own words are in it.

AUC: how often, of one hard and one easy text, the hard one has the higher value (.5 knows nothing);
intervals hold 95 %, whole groups (pairs, blocks, writers) kept together. *pairs*: how often the original
of a pair has the higher value, ties counting half. JaLeCoN: Spearman's ρ between the value of a sentence
and the mean complexity of its words.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from profile_data import Text, common_words, first_of_each, of_classes, passage, texts
from scipy.stats import spearmanr

from jtextkit.core.errors import TextError
from jtextkit.metrics.intervals import wilson
from jtextkit.metrics.kanji import KANJI_FOUND
from jtextkit.metrics.morphology.classes import Lemma
from jtextkit.metrics.readability.profiles import Profile, count_profile, profile_counts
from jtextkit.metrics.shortcuts.auc import auc
from jtextkit.metrics.shortcuts.validity import fiction_class

MOST = 10
BLOCK = 15

MEASURES: dict[str, Callable[[str, Profile], float]] = {
    "words per sentence": lambda _, found: found.score.words_per_sentence,
    "share of kanji": lambda text, _: len(KANJI_FOUND.findall(text)) / len(text),
    "kanji above grade 4": lambda _, found: found.kanji_above_grade4_percent,
    "uncommon words": lambda _, found: found.uncommon_words_percent or 0.0,
    "formula": lambda _, found: -found.readability,
    "second opinion": lambda _, found: found.harder,
}

Values = list[float]


def values(text: str, common: frozenset[Lemma] | None = None) -> Values | None:
    """Every measure of a text; None where it cannot be scored."""
    try:
        found = profile_counts(count_profile(text, common=common), "")
    except TextError:
        return None
    return [measure(text, found) for measure in MEASURES.values()]


def print_auc(name: str, rows: Sequence[tuple[Values, bool, str]]) -> None:
    """A line a measure. ``rows``: values, whether the text is hard, and its group."""
    print(f"\n{name}: {len(rows):,} texts, {sum(hard for _, hard, _ in rows):,} hard")
    for place, measure in enumerate(MEASURES):
        found = auc(
            [row[0][place] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
        )
        if found is not None:
            print(f"  {measure:22} {found.auc:.3f} ({found.low:.3f}-{found.high:.3f})")


def print_pairs(name: str, pairs: Sequence[tuple[Values, Values]]) -> None:
    """How often the original of a pair has the higher value."""
    print(f"\n{name}: {len(pairs):,} pairs")
    for place, measure in enumerate(MEASURES):
        right = sum(
            1.0 if hard[place] > easy[place] else 0.5 * (hard[place] == easy[place])
            for hard, easy in pairs
        )
        interval = wilson(round(right), len(pairs))
        print(f"  {measure:22} {right / len(pairs):.3f} ({interval.low:.3f}-{interval.high:.3f})")


def simplified(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Originals against simplifications: single ones, blocks of fifteen, pairs."""
    measured = [(values(hard), values(easy)) for hard, easy in pairs if hard != easy]
    known = [(hard, easy) for hard, easy in measured if hard and easy]
    rows = [
        row
        for place, (hard, easy) in enumerate(known)
        for row in ((hard, True, str(place)), (easy, False, str(place)))
    ]
    print_auc(f"{name}, sentences", rows)
    print_pairs(f"{name}, pairs", known)
    blocks: list[tuple[Values, bool, str]] = []
    for place, block in enumerate(batched_pairs(pairs)):
        for side, hard in ((0, True), (1, False)):
            found = values("\n".join(ended(pair[side]) for pair in block))
            if found:
                blocks.append((found, hard, str(place)))
    print_auc(f"{name}, blocks of {BLOCK}", blocks)


def batched_pairs(pairs: Sequence[tuple[str, str]]) -> Iterable[Sequence[tuple[str, str]]]:
    """Whole blocks only."""
    return [pairs[i : i + BLOCK] for i in range(0, len(pairs) - BLOCK + 1, BLOCK)]


def ended(sentence: str) -> str:
    """The sentence with an end mark, or one after another would be one endless sentence."""
    return sentence if sentence.rstrip().endswith(("。", "？", "！", "．")) else f"{sentence}。"


def matcha(folder: Path) -> list[tuple[str, str]]:
    """Pairs of original and simplification."""
    hard, easy = (
        (folder / f"matcha.{kind}").read_text(encoding="utf-8").splitlines()
        for kind in ("comp", "simp")
    )
    return list(zip(hard, easy, strict=True))


def jades(file: Path) -> list[tuple[str, str]]:
    """Pairs of original and reference, each once."""
    content = json.loads(file.read_text(encoding="utf-8"))
    rows = (row for part in content.values() for row in part)
    return list(dict.fromkeys((row["sentence_origin"], row["sentence_reference"]) for row in rows))


def jalecon(file: Path) -> list[tuple[str, float]]:
    """Sentences with the mean complexity of their words; those without a judged word are left out."""
    found = []
    for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
        first, *words = block.split("\n")
        judged = [float(c) for c in (line.rsplit("\t", 1)[-1] for line in words) if c != "-"]
        if judged:
            sentence = first.split("\t")[2].replace("|", "")
            found.append((sentence, sum(judged) / len(judged)))
    return found


def print_correlations(name: str, rows: Sequence[tuple[str, float]]) -> None:
    """Spearman's ρ of every measure."""
    measured = [(values(sentence), hard) for sentence, hard in rows]
    known = [(found, hard) for found, hard in measured if found]
    print(f"\n{name}: {len(known):,} sentences")
    for place, measure in enumerate(MEASURES):
        found = spearmanr([row[0][place] for row in known], [hard for _, hard in known])
        print(f"  {measure:22} {found.statistic:+.2f}")


def fiction(root: Path) -> list[tuple[Values, bool, str]]:
    """A passage of each work, with words judged by a list that the writer has no part in."""
    found = texts(root)
    taken: Counter[tuple[str, str | None]] = Counter()
    halves: list[list[Text]] = [[], []]
    for one in first_of_each(of_classes(found, "K")):
        halves[int(one[0].writer.person_id) % 2].append(one)
    lists = [frozenset(common_words(half)) for half in halves]
    rows = []
    for work, text in of_classes(found, "913", "K913"):
        kind, writer = fiction_class(work.ndc), work.writer.person_id
        part = passage(work, text)
        taken[writer, kind] += part is not None
        if part is None or taken[writer, kind] > MOST:
            continue
        if measured := values(part, lists[1 - int(writer) % 2]):
            rows.append((measured, kind == "913", writer))
    return rows


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("matcha", "jades", "jalecon", "aozora"):
        parser.add_argument(f"--{name}", type=Path)
    options = parser.parse_args()
    if options.matcha:
        simplified("MATCHA", matcha(options.matcha))
    if options.jades:
        simplified("JADES", jades(options.jades))
    if options.jalecon:
        print_correlations(
            "JaLeCoN, other first languages", jalecon(options.jalecon / "non_ck.txt")
        )
        print_correlations("JaLeCoN, Chinese and Korean", jalecon(options.jalecon / "ck.txt"))
    if options.aozora:
        print_auc(f"K913 against 913, at most {MOST} works a writer", fiction(options.aozora))


if __name__ == "__main__":
    main()
