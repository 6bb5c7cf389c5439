"""Sets built deliberately wrong and signed again: each flaw is found by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from wrong_sets import Edited, score_again

from jtextkit.builders.difficulty.promises import CHECKS
from jtextkit.check import CheckReport, check_set

SIGNED = {"file-hash", "file-missing", "file-extra", "recipe-hash", "rows-hash", "lock-texts"}
"""Checks of hashes: none of these may be what finds a flaw here."""


def of_aozora(row: dict) -> bool:
    return row["source"] == "aozora"


def of_kyoto(row: dict) -> bool:
    return row["source"] == "jec"


def checked(edited: Edited, folder: Path) -> CheckReport:
    report = check_set(edited.write(folder / "wrong"))
    assert not report.ok
    assert not SIGNED & set(report.failed)
    return report


def test_the_set_itself_is_sound_also_when_signed_again(built, tmp_path) -> None:
    for folder in (built, Edited(built).write(tmp_path / "again")):
        report = check_set(folder)
        assert report.failed == ()
        assert report.ok
        assert {finding.name for finding in report.findings} == {check.name for check in CHECKS}
        assert all(finding.found == 0 for finding in report.findings)


def one_source_a_label(edited: Edited) -> None:
    for row in edited.each():
        row["source"] = "jec" if row["label"] else "aozora"


def balanced_over_the_set_only(edited: Edited) -> None:
    """A writer's Simple text of one pair and the Complex one of another change their splits."""
    test = edited.first(of_aozora, "validation")
    train = edited.first(lambda row: of_aozora(row) and row["label"] == 0)
    for row in (test, edited.partner(test), train, edited.partner(train)):
        row["writer_id"] = "000001"
    simple, complex_ = sorted((test, edited.partner(test)), key=lambda row: row["label"])
    edited.exchange(complex_, train)
    assert edited.split_of(simple) == edited.split_of(train) == "validation"


def writer_in_two_splits(edited: Edited) -> None:
    one, other = edited.first(of_aozora), edited.first(of_aozora, "validation")
    for row in (one, edited.partner(one)):
        row["writer_id"] = other["writer_id"]


def work_in_two_splits(edited: Edited) -> None:
    edited.first(of_aozora)["work_id"] = edited.first(of_aozora, "validation")["work_id"]


def swapped_label(edited: Edited) -> None:
    row = edited.first(of_aozora)
    row["label"] = 1 - row["label"]


def swapped_labels_of_a_pair(edited: Edited) -> None:
    row = edited.first(of_aozora)
    for one in (row, edited.partner(row)):
        one["label"] = 1 - one["label"]


def edited_text(edited: Edited) -> None:
    row = edited.first(of_aozora)
    row["text"] = row["text"].replace("。", "、", 1)


def edited_text_of_another_length(edited: Edited) -> None:
    row = edited.first(of_aozora)
    row["text"] += "これは付け足した一文です。"


def score_off_by_a_hundredth(edited: Edited) -> None:
    edited.first(of_aozora)["readability"] += 0.01


def newline_score_off(edited: Edited) -> None:
    edited.first(of_aozora)["readability_newline"] -= 0.01


def feature_off(edited: Edited) -> None:
    edited.first(of_aozora)["verb_percent"] += 0.1


def difficulty_off(edited: Edited) -> None:
    edited.first(of_aozora)["difficulty"] += 0.001


def wrong_level(edited: Edited) -> None:
    edited.first(of_aozora)["level"] = "upper-advanced"
    edited.first(lambda row: of_aozora(row) and row["level"] != "upper-advanced")["level"] = (
        "upper-advanced"
    )


def kyoto_sentence_twice(edited: Edited) -> None:
    """The sentence's line stands in the other text too, and all that follows from it is right."""
    one = edited.first(of_kyoto)
    other = edited.first(lambda row: of_kyoto(row) and row["pair_id"] != one["pair_id"])
    lines = other["text"].split("\n")
    lines[0] = one["text"].split("\n")[0]
    other["text"] = "\n".join(lines)
    other["source_items"] = [one["source_items"][0], *other["source_items"][1:]]
    score_again(other)


def near_duplicate_across_splits(edited: Edited) -> None:
    one, other = edited.first(of_aozora), edited.first(of_aozora, "validation")
    other["text"] = one["text"].replace("。", "！", 1)
    score_again(other)


def near_duplicate_in_split(edited: Edited) -> None:
    one = edited.first(of_aozora)
    other = edited.first(lambda row: of_aozora(row) and row["pair_id"] != one["pair_id"])
    other["text"] = one["text"].replace("。", "！", 1)
    score_again(other)


def pair_of_unlike_lengths(edited: Edited) -> None:
    row = edited.first(of_aozora)
    half = row["text"][: len(row["text"]) // 2].rpartition("。")[0] + "。"
    row["text"] += half
    score_again(row)


def pair_of_two_writers(edited: Edited) -> None:
    edited.first(of_aozora)["writer_id"] = "999999"


def pair_in_two_splits(edited: Edited) -> None:
    test = edited.first(of_aozora, "validation")
    edited.exchange(
        test, edited.first(lambda row: of_aozora(row) and row["label"] == test["label"])
    )


def pair_without_its_other_half(edited: Edited) -> None:
    edited.first(of_aozora)["pair_id"] = None


def id_twice(edited: Edited) -> None:
    edited.rows["train"][1]["id"] = edited.rows["train"][0]["id"]


def row_lost(edited: Edited) -> None:
    del edited.lock[edited.rows["train"].pop()["id"]]


def another_recipe(edited: Edited) -> None:
    edited.receipt["recipe"]["size"] = 13


def stricter_recipe(edited: Edited) -> None:
    edited.receipt["recipe"]["min_chars"] = 620


def overlap(edited: Edited) -> None:
    one = edited.first(of_aozora)
    other = edited.first(lambda row: of_aozora(row) and row["work_id"] != one["work_id"])
    other["work_id"] = one["work_id"]
    other["char_start"] = one["char_start"] + 5
    other["char_end"] = other["char_start"] + len(other["text"])


def too_many_of_a_work(edited: Edited) -> None:
    work = edited.first(of_aozora)["work_id"]
    for number, row in enumerate(row for row in edited.rows["train"] if of_aozora(row)):
        row["work_id"] = work
        row["char_start"] = number * 2000
        row["char_end"] = row["char_start"] + len(row["text"])


def too_many_of_a_writer(edited: Edited) -> None:
    edited.receipt["recipe"]["max_per_writer"] = 1
    pairs = [row["pair_id"] for row in edited.rows["train"] if of_aozora(row)]
    for row in edited.each():
        if row["pair_id"] in pairs:
            row["writer_id"] = "000001"


def no_author(edited: Edited) -> None:
    edited.first(of_aozora)["author"] = None


def unknown_source(edited: Edited) -> None:
    edited.first(of_aozora)["source"] = "web"


def opinion_off(edited: Edited) -> None:
    edited.first(of_aozora)["uncommon_words_percent"] += 0.1


def hard_words_called_simple(edited: Edited) -> None:
    edited.first(lambda row: of_aozora(row) and row["label"] == 0)["harder_than_percent"] = 90.0


def pair_that_the_second_opinion_turns(edited: Edited) -> None:
    row = edited.first(lambda row: row["label"] == 0)
    edited.partner(row)["harder_than_percent"] = row["harder_than_percent"] - 0.1


def a_play(edited: Edited) -> None:
    row = edited.first(of_aozora)
    row["text"] = (
        "太郎　もう行くのか。\n花子　ええ。\n太郎　手紙をくれ。\n花子　はい。\n" + row["text"]
    )


def flag_lost(edited: Edited) -> None:
    edited.first(of_aozora)["content_flags"] = ["violence"]


def firm_without_a_reason(edited: Edited) -> None:
    row = edited.first(of_aozora)
    row["label_firm"] = not row["label_firm"]


def another_signature(edited: Edited) -> None:
    edited.receipt["signature"] = edited.receipt["signature"].replace("v:", "v:9.")


FLAWS: list[tuple[Callable[[Edited], None], set[str]]] = [
    (one_source_a_label, {"source-by-label", "shortcut-source", "pair-writer"}),
    (balanced_over_the_set_only, {"writer-by-label", "writer-in-two-splits"}),
    (writer_in_two_splits, {"writer-in-two-splits"}),
    (work_in_two_splits, {"work-in-two-splits"}),
    (swapped_label, {"label-follows-score", "pair-complete"}),
    (swapped_labels_of_a_pair, {"label-follows-score"}),
    (edited_text, {"text-matches-counts", "score-recomputes"}),
    (edited_text_of_another_length, {"text-matches-counts", "provenance"}),
    (score_off_by_a_hundredth, {"score-recomputes", "difficulty-follows-score"}),
    (newline_score_off, {"score-recomputes-newline"}),
    (feature_off, {"text-matches-counts"}),
    (difficulty_off, {"difficulty-follows-score"}),
    (wrong_level, {"difficulty-follows-score"}),
    (kyoto_sentence_twice, {"kyoto-sentence-twice"}),
    (near_duplicate_across_splits, {"near-duplicate-across-splits"}),
    (near_duplicate_in_split, {"near-duplicate-in-split"}),
    (pair_of_unlike_lengths, {"pair-lengths"}),
    (pair_of_two_writers, {"pair-writer", "writer-by-label"}),
    (pair_in_two_splits, {"pair-in-two-splits", "writer-in-two-splits"}),
    (pair_without_its_other_half, {"pair-complete"}),
    (id_twice, {"unique-ids"}),
    (row_lost, {"sizes", "pair-complete"}),
    (another_recipe, {"sizes"}),
    (stricter_recipe, {"ranges"}),
    (overlap, {"passage-overlap"}),
    (too_many_of_a_work, {"texts-per-work"}),
    (too_many_of_a_writer, {"texts-per-writer"}),
    (no_author, {"provenance"}),
    (unknown_source, {"provenance"}),
    (another_signature, {"signature"}),
    (opinion_off, {"opinion-recomputes"}),
    (hard_words_called_simple, {"second-opinion"}),
    (pair_that_the_second_opinion_turns, {"second-opinion", "pair-order"}),
    (a_play, {"prose-only"}),
    (flag_lost, {"flags-and-firmness"}),
    (firm_without_a_reason, {"flags-and-firmness"}),
]


@pytest.mark.parametrize(("flaw", "names"), FLAWS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_flaw_is_found_by_its_name(flaw, names, built, tmp_path) -> None:
    edited = Edited(built)
    flaw(edited)
    report = checked(edited, tmp_path)
    assert names <= set(report.failed)
    for name in names:
        finding = next(one for one in report.findings if one.name == name)
        assert finding.found
        assert finding.examples


def test_a_score_off_by_a_hundredth_touches_no_check_of_the_text(built, tmp_path) -> None:
    """With all that follows from the score changed too, recomputing alone finds it."""
    edited = Edited(built)
    row = edited.first(of_aozora)
    row["readability"] += 0.01
    row["difficulty"] = (6.5 - row["readability"]) / 6.0
    report = checked(edited, tmp_path)
    assert report.failed == ("score-recomputes",)
    (finding,) = [one for one in report.findings if one.name == "score-recomputes"]
    assert finding.examples[0].startswith(f"{row['id']}: readability is ")


def test_scores_of_another_version_are_not_compared(built, tmp_path) -> None:
    edited = Edited(built)
    edited.receipt["signature"] = edited.receipt["signature"].replace("0.1.0", "0.0.1")
    edited.receipt["jtextkit"] = "0.0.1"
    edited.first(of_aozora)["words"] += 1
    report = check_set(edited.write(tmp_path / "old"))
    skipped = {one.name: one.examples[0] for one in report.findings if one.found is None}
    recomputed = {"score-recomputes", "score-recomputes-newline", "opinion-recomputes"}
    assert set(skipped) == {"text-matches-counts", *recomputed}
    assert all("do not compare" in reason for reason in skipped.values())
    assert report.ok
    assert set(report.to_dict()["not_applicable"]) == set(skipped)
