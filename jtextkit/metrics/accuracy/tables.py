"""How an evaluation is said, on screen and in reports alike: its sentences, and tables as heads and rows of cells."""

from collections.abc import Iterator, Mapping

from jtextkit.metrics.accuracy.counts import AccuracyDifference, Proportion
from jtextkit.metrics.accuracy.flags import FLAGS
from jtextkit.metrics.accuracy.ranges import TWO_LEVELS
from jtextkit.metrics.accuracy.result import DifficultyAccuracy
from jtextkit.metrics.intervals import needed
from jtextkit.metrics.readability.cautions import SHORT

Rows = list[list[str | int | None]]
Figures = tuple[tuple[str, ...], Rows]
Differences = Mapping[str, AccuracyDifference]


def accuracies(this: DifficultyAccuracy, differences: Differences | None) -> Figures:
    """Overall and by target, beside the baseline's where there is one."""
    names = row_names(this)
    if differences is None:
        return ("Metric", "Accuracy"), [[name, percent(share.accuracy)] for name, share in names]
    rows: Rows = []
    for (name, _), key in zip(names, ("", *this.ranges.names), strict=True):
        one = differences[key]
        rows.append([name, percent(one.base), percent(one.accuracy), points(one.difference)])
    return ("Metric", "Baseline", "Fine-tuned", "Improvement"), rows


def sureness(this: DifficultyAccuracy) -> Figures:
    """Every share of hits with its interval, and where those off the scale on the right side count."""
    shares = {"overall": this.accuracy.overall, **this.accuracy.targets}
    if this.second_opinion is not None and this.both_opinions is not None:
        shares |= {
            "by the second opinion": this.second_opinion.overall,
            "by both opinions": this.both_opinions.overall,
        }
    if len(this.models) > 1:
        shares |= {f"model {name}": share for name, share in this.models.items()}
    rows: Rows = []
    for name, one in shares.items():
        clipped = (percent(one.clipped_accuracy), interval_of(one, clipped=True))
        rows.append([name, one.n, one.hits, percent(one.accuracy), interval_of(one), *clipped])
    rows.append(["macro mean", None, None, percent(this.accuracy.macro_accuracy)])
    heads = ("", "texts", "hits", "accuracy", "95 % interval", "clipped", "95 % interval")
    return heads, rows


def difficulties(this: DifficultyAccuracy) -> Figures:
    """How difficulty spreads, by target."""
    cuts = {"5": "5 %", "25": "25 %", "50": "median", "75": "75 %", "95": "95 %"}
    rows: Rows = []
    for name, one in this.difficulty.items():
        ends = one.interval and f"{one.interval.low:.2f} to {one.interval.high:.2f}"
        found = one.quantiles or {}
        numbers = [one.deviation, *(found.get(cut) for cut in cuts)]
        rows.append([name, one.n, _decimal(one.mean), ends or "-", *map(_decimal, numbers)])
    return ("difficulty", "scored", "mean", "95 % interval", "SD", *cuts.values()), rows


def _decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def tests(this: DifficultyAccuracy, differences: Differences) -> Figures:
    """The test of each difference, and the smallest one that so many texts show."""
    rows: Rows = []
    for name in ("", *this.ranges.names):
        one = differences[name]
        p = "-" if one.p is None else p_value(one.p)
        only, shown = (one.only_this, one.only_base), points(one.detectable_difference).lstrip("+")
        rows.append([name or "overall", points(one.difference), p, test_name(one), *only, shown])
    heads = ("difference", "points", "p", "test", "only here", "only baseline", "shown from")
    return heads, rows


def places(this: DifficultyAccuracy) -> Figures:
    """Texts by the level in which they lie and by target."""
    levels = next(iter(this.levels.values()))
    rows: Rows = [[one, *(this.levels[name][one] for name in this.ranges.names)] for one in levels]
    return ("where the texts lie", *this.ranges.names), rows


def by_length(this: DifficultyAccuracy) -> Figures:
    """Accuracy by characters of a text."""
    rows: Rows = []
    for band in this.by_length:
        end = "and more" if band.high is None else f"to {band.high:,}"
        share = band.share
        rows.append([f"{band.low:,} {end}", share.n, percent(share.accuracy), interval_of(share)])
    return ("characters", "texts", "accuracy", "95 % interval"), rows


def flags(this: DifficultyAccuracy) -> Figures:
    """Texts with each flag."""
    rows: Rows = [
        [flag, one["n"], one["hits"], percent(one["accuracy_without"]), FLAGS[flag]]
        for flag, one in this.flags.items()
    ]
    return ("flag", "texts", "of them hits", "accuracy without", "what it says"), rows


def interval_of(share: Proportion, *, clipped: bool = False) -> str:
    """The interval in percent, or ``-`` for none."""
    found = share.clipped_interval if clipped else share.interval
    return "-" if found is None else f"{100 * found.low:.1f}–{100 * found.high:.1f}"


def p_value(p: float) -> str:
    """A test's p with four digits; never 0, which no test can show."""
    return "< 0.0001" if p < 0.0001 else f"{p:.4f}"


def left_out(bad: int, whose: str = "") -> str:
    """How many rows were left out as bad; ``whose`` follows the number."""
    rows = "bad row (no text, no target)" if bad == 1 else "bad rows (no text, no target)"
    return f"{bad:,} {rows}{whose} {'is' if bad == 1 else 'are'} left out."


def percent(share: float | None) -> str:
    """``93.3%``, or ``-`` for none."""
    return "-" if share is None else f"{100 * share:.1f}%"


def points(difference: float | None) -> str:
    """``+26.7%`` in points, or ``-`` for none."""
    return "-" if difference is None else f"{100 * difference:+.1f}%"


def test_name(one: AccuracyDifference) -> str:
    """The test that was done and on what."""
    if one.test == "mcnemar":
        return f"McNemar, {one.pairs:,} pairs"
    return "Fisher" if one.test else "none"


def row_names(this: DifficultyAccuracy) -> list[tuple[str, Proportion]]:
    """The rows of the accuracy table: overall, then the targets."""
    suffix = " Text" if this.ranges is TWO_LEVELS else ""
    rows = [("Overall Accuracy", this.accuracy.overall)]
    return rows + [(f"{name}{suffix}", share) for name, share in this.accuracy.targets.items()]


def reservations(
    this: DifficultyAccuracy, differences: Differences | None, *, bad: int = 0, precision: float
) -> Iterator[str]:
    """What to know before the figures are believed, a sentence each."""
    if bad:
        yield left_out(bad)
    if unscored := sum(this.flags[flag]["n"] for flag in ("empty", "unscorable")):
        yield f"{unscored:,} texts cannot be scored; they count as wrong."
    if short := this.flags["too-short"]["n"]:
        yield f"{short:,} texts are shorter than --min-chars; they count as wrong."
    if noisy := sum(one.characters < SHORT for one in this.instances):
        yield (
            f"{noisy:,} of {len(this.instances):,} texts have fewer than {SHORT} characters, "
            "where scores are noisy; they count."
        )
    texts = min(share.n for share in this.accuracy.targets.values())
    yield (
        f"± {100 * precision:g} points (95 %) needs {needed(precision):,} texts a target; "
        f"the smallest target here has {texts:,}."
    )
    if differences is None:
        found = this.detectable_difference["overall"]
        yield (
            "So few texts cannot tell two systems apart."
            if found is None
            else f"A second system with as many texts would have to differ by "
            f"{points(found).lstrip('+')} overall to be told apart in 80 % of cases."
        )
    changed = this.label_changes
    if changed.n:
        yield (
            f"{percent(changed.accuracy)} of texts ({changed.hits:,} of {changed.n:,}) lie in another "
            "range under the other sentence rule."
        )
    pearson, spearman = this.correlation["pearson"], this.correlation["spearman"]
    if pearson is not None and spearman is not None:
        yield f"Target and difficulty correlate with r = {pearson:.2f} (Spearman {spearman:.2f})."
    clean = this.clean_hits.accuracy
    if clean != this.accuracy.accuracy:
        yield (
            f"Where a flagged hit (other than truncated) counts as wrong, accuracy is {percent(clean)}."
        )
