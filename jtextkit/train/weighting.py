"""Per-sample loss weights in TRL's trainer, which has none (as of 1.16).

TRL divides the sum of the tokens' losses by the number of tokens that are learnt, over all
micro-batches of a step and all processes. Here each row's token losses are first multiplied by the
row's weight, and nothing else changes: with weights of 1 the numbers are those of the stock trainer
to the last bit, twice the weight is twice the gradient, and accumulation and data parallelism are
TRL's own. Rows of weight 0 are masked altogether, so they do not count in the denominator either.
"""

from functools import cache
from typing import Any

from jtextkit.core.extras import require

WEIGHT = "loss_weight"
"""The column of the weights; an evaluation set without it is weighed evenly."""

_IGNORED = -100


@cache
def weighted_trainer() -> Any:
    """The class: TRL's ``SFTTrainer``, with :data:`WEIGHT` heeded.

    Its data set is tokenised already (``input_ids``, ``labels``), its collator one of
    :func:`weighting_collator`.

    Raises:
        UsageError: the extra ``train`` is not installed.
    """
    stock: Any = require("trl").SFTTrainer

    class WeightedSFTTrainer(stock):  # type: ignore[misc]  # TRL is not there to check
        """``SFTTrainer`` with a weight for each row."""

        _signature_columns: Any

        def _set_signature_columns_if_needed(self) -> None:
            # Columns that the model does not take are dropped before the collator sees them, and
            # the weights would silently do nothing.
            super()._set_signature_columns_if_needed()
            if WEIGHT not in self._signature_columns:
                self._signature_columns = [*self._signature_columns, WEIGHT]

        def compute_loss(
            self, model: Any, inputs: dict[str, Any], *args: Any, **options: Any
        ) -> Any:
            weights = inputs.pop(WEIGHT, None)
            if weights is None:
                return super().compute_loss(model, inputs, *args, **options)

            # The loss follows from the log-probabilities: scaling them here weighs it without a copy
            # of TRL's method, which would age with every release.
            def weighed(**arguments: Any) -> Any:
                outputs = model(**arguments)
                if arguments.get("fused_lm_head"):
                    # (rows, tokens) times (rows, 1), in the log-probabilities' own precision
                    by_row = weights.to(outputs.log_probs)[:, None]
                    outputs.log_probs = outputs.log_probs * by_row
                return outputs

            return super().compute_loss(weighed, inputs, *args, **options)

    return WeightedSFTTrainer


def weighting_collator(pad_token_id: int, **options: Any) -> Any:
    """TRL's collator, with the rows' weights carried along; rows of weight 0 are masked.

    Args:
        options: for ``DataCollatorForLanguageModeling``; not ``padding_free``, which joins rows.
    """
    torch = require("torch")
    module = require("trl.trainer.sft_trainer")
    collate = module.DataCollatorForLanguageModeling(pad_token_id=pad_token_id, **options)

    def with_weights(rows: list[dict[str, Any]]) -> dict[str, Any]:
        weights = [row.get(WEIGHT) for row in rows]
        batch: dict[str, Any] = collate(rows)
        if all(weight is None for weight in weights):
            return batch
        batch[WEIGHT] = torch.tensor(weights, dtype=torch.float32)
        batch["labels"][batch[WEIGHT] == 0] = _IGNORED
        return batch

    return with_weights
