"""The counts of a whole corpus, added up from the receipts of its shards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jtextkit.core.addresses import is_address
from jtextkit.core.errors import IntegrityError, UsageError
from jtextkit.core.secrets import redact
from jtextkit.corpus.annotate import RECEIPT_SUFFIX, Making, receipt_in
from jtextkit.corpus.batches import RowTally
from jtextkit.corpus.remote import Shard
from jtextkit.corpus.shards import is_shard_name
from jtextkit.corpus.storage import LocalFolder, RemoteFolder
from jtextkit.metrics.readability.formula import Readability, score_counts
from jtextkit.metrics.readability.profiles import Profile


@dataclass(frozen=True, slots=True)
class Summary:
    """What a folder of annotated shards holds.

    Attributes:
        shards: how many.
        making: what all of them have in common: signature, dictionary, options.
        tally: their rows, problems and counts.
    """

    shards: int
    making: Making
    tally: RowTally

    @property
    def score(self) -> Readability | None:
        """Of all scored rows as one text; None where there is no word."""
        if not self.tally.counts.words:
            return None
        return score_counts(
            self.tally.counts, self.making["signature"], sentences=self.making["sentences"]
        )

    @property
    def profile(self) -> Profile | None:
        """The same with its error and the second opinion; None where no column asked for them."""
        score = self.score
        if score is None or not self.tally.profile.visible:
            return None
        return Profile(score, self.tally.profile, score.signature)

    def to_dict(self) -> dict[str, Any]:
        score, profile = self.score, self.profile
        return {
            "shards": self.shards,
            **self.making,
            **self.tally.to_dict(),
            "readability": score.readability if score else None,
            "difficulty": score.difficulty if score else None,
            "readability_se": profile.readability_se if profile else None,
            "harder_than_percent": profile.harder_than_percent if profile else None,
        }


def merge(folder: Path | str, expected: Iterable[Shard] = (), *, verify: bool = False) -> Summary:
    """Add up the receipts in a folder.

    Args:
        folder: where :func:`~jtextkit.corpus.run.annotate_shards` wrote, on any number of machines.
        expected: shards that must be among them.
        verify: hash the files, too; otherwise their sizes alone are compared.

    Raises:
        UsageError: there are no receipts.
        IntegrityError: a receipt is none, is made otherwise than the others, or does not describe
            the file beside it; a shard has no receipt.
    """
    place = RemoteFolder.at(str(folder)) if is_address(folder) else LocalFolder(Path(folder))
    sizes = place.sizes()
    names = [
        name.removesuffix(RECEIPT_SUFFIX) for name in sorted(sizes) if name.endswith(RECEIPT_SUFFIX)
    ]
    if not names:
        cure = "name the folder given to -o"
        raise UsageError("no receipts here", where=redact(str(folder)), cure=cure)
    wanted = {path.name for path in expected} | set(filter(is_shard_name, sizes))
    if missing := sorted(wanted - set(names)):
        problem = f"{len(missing)} shard{'s have' if len(missing) > 1 else ' has'} no receipt yet"
        cure = "annotate them first: the same command does what is left"
        raise IntegrityError(problem, where=place.place(missing[0]), cure=cure)
    tally = RowTally()
    making: Making | None = None
    first = f"{names[0]}{RECEIPT_SUFFIX}"
    for name in names:
        receipt = receipt_in(place, name)
        assert receipt is not None
        if making is None:
            making = receipt["making"]
        elif receipt["making"] != making:
            other = sorted(
                key for key, value in making.items() if receipt["making"].get(key) != value
            )
            problem = f"made otherwise than {first} ({', '.join(other)})"
            cure = "what is made differently does not add up: annotate all shards alike"
            raise IntegrityError(problem, where=place.place(f"{name}{RECEIPT_SUFFIX}"), cure=cure)
        size, made = sizes.get(name), receipt["output"]
        if size != made["bytes"] or (verify and place.sha256(name) != made["sha256"]):
            # A receipt whose file is gone or another counts rows that do not exist.
            there = (
                "the file is missing" if size is None else "not the file that its receipt describes"
            )
            raise IntegrityError(there, where=place.place(name), cure="annotate its shard again")
        tally.add(RowTally.from_dict(receipt["tally"]))
    assert making is not None
    return Summary(len(names), making, tally)
