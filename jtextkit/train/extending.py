"""A model that takes another vocabulary: its embeddings and head with a row for each piece of it.

A piece that the old vocabulary has keeps its row; another begins as the mean of the rows of the pieces
that the old tokenizer cuts it into. Rows that belong to no piece (padding of the matrix) stay while no
piece is left out.

On a text that uses no new piece the old pieces' logits are the same as before, and so is the loss among
them, which is checked. The whole loss grows by what the new pieces take of the probability: that is the
price before training, and told apart.

Not handled: tokenizers that exist as Python code only, and slow ones; models whose embedding is no plain
matrix; training, which is the next step.
"""

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jtextkit.core.errors import InputError, TokenizerError
from jtextkit.core.extras import require
from jtextkit.core.files import replacing_folder, sha256_of
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import write_receipt
from jtextkit.core.signatures import signature
from jtextkit.train import models

_TOLERANCE = (1e-4, 1e-2)  # nats a character, then in bfloat16: sums may take another order
_LONGEST = 1024  # tokens of a text that the loss is measured on


@dataclass(frozen=True, slots=True)
class ExtendedModel:
    """What became of a model. Losses are in nats for each character of the held-out text.

    Attributes:
        base, tokenizer: as the user named them.
        pieces_kept, pieces_new, pieces_left_out: of the vocabularies.
        rows_before, rows_after: of the embedding.
        loss_before, loss_after: over all texts, with the old tokenizer and the new one.
        same_texts: how many texts use no new piece, nor one that was left out.
        same_before, same_after: their loss.
        same_after_old_pieces: the same among the old pieces alone, equal to ``same_before``.
        signature: how it was made.
    """

    base: str
    tokenizer: str
    pieces_kept: int
    pieces_new: int
    pieces_left_out: int
    rows_before: int
    rows_after: int
    loss_before: float
    loss_after: float
    same_texts: int
    same_before: float | None
    same_after: float | None
    same_after_old_pieces: float | None
    signature: str


def extend_model(
    model: str, tokenizer: Path, output: Path, *, held_out: Sequence[str], report: Progress = silent
) -> ExtendedModel:
    """Give ``model`` the vocabulary of ``tokenizer`` and write it, its tokenizer and a receipt.

    Args:
        model: a causal language model, an id of the Hub or a folder.
        tokenizer: a ``tokenizer.json`` or SentencePiece ``.model``, as ``extend-tokenizer`` writes.
        output: the folder to write.
        held_out: texts to measure the loss on; of each the first 1,024 tokens.

    Raises:
        InputError, NotFoundError, DeviceError: the model cannot be had, or there is no text.
        TokenizerError: the tokenizer cannot stand in the old one's place, or the loss on texts that use
            no new piece is another one than before (which would be our mistake).
        OutputError: ``output`` cannot be written.
    """
    texts = [text for text in held_out if text.strip()]
    if not texts:
        raise InputError("no text to measure the loss on", cure="name some with --text")
    with models.quiet(), replacing_folder(output) as folder:
        old = models.load_tokenizer(model, generating=False)
        new = _tokenizer(old, tokenizer, folder)
        torch = require("torch")
        bf16 = models.load_config(model).dtype == torch.bfloat16  # which it stays
        network = models.load_model(model, {"bf16": bf16}).eval()
        rows_before = int(network.get_input_embeddings().weight.shape[0])
        pieces, known = new.get_vocab(), old.get_vocab()
        fresh = {at for piece, at in pieces.items() if piece not in known}
        left_out = len(known.keys() - pieces.keys())
        report("measuring the loss before", 0, 0)
        before = [_loss(network, old, text, [*known.values()]) for text in texts]
        size = max(pieces.values()) + 1
        cut = old.backend_tokenizer.model.tokenize
        sources = {  # the old ids whose rows a piece begins as the mean of
            at: [known[piece]] if piece in known else [token.id for token in cut(piece)]
            for piece, at in pieces.items()
        }
        _resize(network, size if left_out else max(size, rows_before), sources)
        for role in ("bos", "eos", "pad") if left_out else ():  # those behind have moved up
            for config in (network.config, network.generation_config):
                setattr(config, f"{role}_token_id", getattr(new, f"{role}_token_id"))
        report("measuring the loss after", 0, 0)
        after = [_loss(network, new, text, [*pieces.values()]) for text in texts]
        same = [at for at, text in enumerate(texts) if fresh.isdisjoint(_ids(new, text))]
        kept = sorted(set(pieces.values()) - fresh)
        among = [_loss(network, new, texts[at], kept) for at in same]
        worst = max((abs(before[at] - one) for at, one in zip(same, among, strict=True)), default=0)
        tolerance = _TOLERANCE[bf16] * max(map(len, texts))
        if not left_out and worst > tolerance:
            raise TokenizerError(
                "texts without new pieces have another loss than before", where=str(tokenizer)
            )
        network.save_pretrained(folder)

        def rate(losses: Sequence[float], places: Sequence[int]) -> float | None:
            characters = sum(len(texts[at]) for at in places)
            return sum(losses) / characters if places else None

        everything = range(len(texts))
        found = ExtendedModel(
            base=model,
            tokenizer=str(tokenizer),
            pieces_kept=len(known) - left_out,
            pieces_new=len(fresh),
            pieces_left_out=left_out,
            rows_before=rows_before,
            rows_after=int(network.get_input_embeddings().weight.shape[0]),
            loss_before=rate(before, everything) or 0.0,
            loss_after=rate(after, everything) or 0.0,
            same_texts=len(same),
            same_before=rate([before[at] for at in same], same),
            same_after=rate([after[at] for at in same], same),
            same_after_old_pieces=rate(among, same),
            signature=signature(
                "extended-model",
                base=models.revision_of(model, network.config).rpartition(":")[2][:12],
                tok=f"{tokenizer.name}-{sha256_of(tokenizer)[:12]}",
                rows="mean-of-old-pieces",
            ),
        )
        write_receipt(folder, asdict(found))
    return found


def _tokenizer(old: Any, file: Path, folder: Path) -> Any:
    """The old tokenizer with another vocabulary, written to ``folder`` and read from there."""
    transformers = require("transformers")
    old.save_pretrained(folder)
    is_json = file.suffix == ".json"
    (folder / "tokenizer.json").unlink(missing_ok=True)
    shutil.copyfile(file, folder / ("tokenizer.json" if is_json else "tokenizer.model"))
    with models.model_errors(str(file)):
        new = transformers.AutoTokenizer.from_pretrained(folder, **models.NO_CODE)
    if not (getattr(old, "is_fast", False) and getattr(new, "is_fast", False)):
        raise TokenizerError("no tokenizer that the library tokenizers can read", where=str(file))
    return new


def _resize(network: Any, size: int, sources: dict[int, list[int]]) -> None:
    def parts() -> list[Any]:
        head = network.get_output_embeddings()
        found = (network.get_input_embeddings().weight, head.weight, getattr(head, "bias", None))
        return [part for part in found if part is not None]

    olds = [part.detach().clone() for part in parts()]
    network.resize_token_embeddings(size, mean_resizing=False)
    with require("torch").no_grad():
        for part, was in zip(parts(), olds, strict=True):
            part[: len(was)] = was[: len(part)]
            for at, places in sources.items():
                part[at] = was[places].float().mean(0)


def _ids(tokenizer: Any, text: str) -> list[int]:
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])[:_LONGEST]


def _loss(network: Any, tokenizer: Any, text: str, pieces: Sequence[int]) -> float:
    """Nats of a text, among some pieces, behind the beginning of sequence or the end of another."""
    torch = require("torch")
    start = tokenizer.bos_token_id
    start = tokenizer.eos_token_id if start is None else start
    ids = torch.tensor([[*([] if start is None else [start]), *_ids(tokenizer, text)]])
    with torch.inference_mode():
        logits = network(ids.to(network.device)).logits[0, :-1].float()
        chosen = logits.gather(1, ids[0, 1:, None].to(logits.device)).sum()
        return float(logits[:, pieces].logsumexp(-1).sum() - chosen)
