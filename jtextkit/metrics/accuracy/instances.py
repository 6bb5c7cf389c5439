"""One text judged: its score, whether it hit its target, and what accuracy does not see in it."""

from dataclasses import asdict, dataclass
from typing import Any

from jtextkit.core.errors import TextError, UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.accuracy import flags
from jtextkit.metrics.accuracy.copies import Copies
from jtextkit.metrics.accuracy.ranges import TWO_LEVELS, Ranges
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.classes import words_identity
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.formula import SentenceRule, signature_of
from jtextkit.metrics.readability.profiles import MIDDLE, Profile, profile


@dataclass(frozen=True, slots=True)
class Instance:
    """A judged text.

    Attributes:
        target: the name of the range that it should lie in.
        hit: whether it does; False for what cannot be scored or is too short.
        clipped_hit: the same where off the scale on the target's side counts.
        readability: the formula's value; None where it cannot be scored.
        difficulty: (6.5 − readability) / 6.0, or None.
        level: one of the six levels, or None off the scale or without a score.
        found: the range that it lies in, clipped to the outermost ones; None in a gap.
        found_by_other_rule: the same under the other sentence rule.
        characters: its length.
        distinct_2: different pairs of characters as a share of all, or None.
        distinct_4: the same for four characters.
        longest_repeat: characters of the longest stretch that comes twice.
        train_overlap: share of its 20-character runs in the training set; None without one.
        flags: keys of :data:`~jtextkit.metrics.accuracy.flags.FLAGS`.
        id, prompt, model: as they were given, or None.
        place: where it was read, such as ``FILE:LINE``, or "".
        harder_than_percent: the second opinion, or None where it cannot be scored.
        hit_by_second_opinion: whether the target's side of the 50th percentile is hit; None for
            other targets than Simple and Complex.
    """

    target: str
    hit: bool
    clipped_hit: bool
    readability: float | None
    difficulty: float | None
    level: str | None
    found: str | None
    found_by_other_rule: str | None
    characters: int
    distinct_2: float | None
    distinct_4: float | None
    longest_repeat: int
    train_overlap: float | None
    flags: tuple[str, ...]
    id: str | None = None
    prompt: str | None = None
    model: str | None = None
    place: str = ""
    harder_than_percent: float | None = None
    hit_by_second_opinion: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """All attributes by name, the flags as a list."""
        return {**asdict(self), "flags": list(self.flags)}


class Judge:
    """Judges texts one by one under one set of choices.

    Args:
        ranges: what the targets mean.
        sentences: the sentence rule of the score.
        dictionary: as for :func:`~jtextkit.metrics.readability.formula.score`.
        min_chars: a shorter text counts as wrong, and is flagged ``too-short``.
        train: the training set's texts, to find copies.
        normalised: what was done to the texts before, for the signature.
    """

    def __init__(
        self,
        ranges: Ranges = TWO_LEVELS,
        *,
        sentences: SentenceRule = "punct",
        dictionary: str = DEFAULT_DICTIONARY,
        min_chars: int = 0,
        train: Copies | None = None,
        normalised: str = "none",
    ) -> None:
        if min_chars < 0:
            raise UsageError(f"a least length of {min_chars}", cure="give 0 or more")
        self.ranges = ranges
        self._sentences = sentences
        self._dictionary = dictionary
        self._min_chars = min_chars
        self._train = train
        # jreadability|dict:…|sent:…|norm:…|words:…|v:…, with the choices of this metric before the version.
        made = signature_of(analyser(dictionary), sentences, normalised, words_identity())
        head, _, version = made.rpartition("|")
        least = f"|min:{min_chars}" if min_chars else ""
        self.signature = f"{head}|ranges:{ranges.name_of_all}{least}|{version}"

    def judge(
        self,
        text: str,
        target: str,
        *,
        id: str | None = None,  # noqa: A002 - the column's name
        prompt: str | None = None,
        model: str | None = None,
        place: str = "",
    ) -> Instance:
        """Judge one text; any text is judged, what cannot be scored is wrong.

        Raises:
            UsageError: there is no such target.
        """
        name = self.ranges.name(target)
        if name is None:
            raise unknown_name("target", target, self.ranges.names)
        repeats = flags.repetition(text)
        earned = list(flags.text_flags(text, repeats))
        whole: Profile | None = None
        try:
            whole = profile(text, sentences=self._sentences, dictionary=self._dictionary)
            if whole.is_classical and name == self.ranges.names[0]:
                earned.append("classical")
            rare = flags.rare_pair_share(text, dictionary=self._dictionary)
            if (rare or 0.0) >= flags.RARE_SHARE:
                earned.append("word-order")
        except TextError:
            if "empty" not in earned:
                earned.append("unscorable")
        if prompt is not None and flags.is_prompt_copied(text, prompt):
            earned.append("prompt-copied")
        overlap = None if self._train is None else self._train.share(text)
        if overlap is not None and overlap >= flags.TRAIN_SHARE:
            earned.append("train-copied")
        if len(text) < self._min_chars:
            earned.append("too-short")
        score = None if whole is None else whole.score
        counted = score if len(text) >= self._min_chars else None
        other = None
        if score is not None:
            by_mark = self._sentences == "punct"
            other = score.readability_newline if by_mark else score.readability_punct
        second = None
        if self.ranges is TWO_LEVELS:
            hard = whole is not None and whole.harder_than_percent >= MIDDLE
            second = counted is not None and hard == (name == "Complex")
        hit, clipped_hit = (
            counted is not None and self.ranges.holds(name, counted.readability, clipped=clipped)
            for clipped in (False, True)
        )
        return Instance(
            target=name,
            hit=hit,
            clipped_hit=clipped_hit,
            readability=None if score is None else score.readability,
            difficulty=None if score is None else score.difficulty,
            level=None if score is None else score.level,
            found=None if score is None else self.ranges.where(score.readability),
            found_by_other_rule=None if other is None else self.ranges.where(other),
            harder_than_percent=None if whole is None else whole.harder_than_percent,
            hit_by_second_opinion=second,
            characters=len(text),
            distinct_2=repeats.distinct_2,
            distinct_4=repeats.distinct_4,
            longest_repeat=repeats.longest,
            train_overlap=overlap,
            flags=tuple(earned),
            id=id,
            prompt=prompt,
            model=model,
            place=place,
        )
