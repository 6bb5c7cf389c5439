"""An encoder with a head linear–GELU–linear on its first token, and the trainer that it needs."""

from __future__ import annotations

from inspect import signature
from typing import Any

from jtextkit.core.extras import require

WEIGHTS = "head.safetensors"


def head(hidden: int, outputs: int, dropout: float = 0.0) -> Any:
    """Linear (hidden to hidden), GELU, linear (hidden to ``outputs``), with dropout between."""
    nn = require("torch").nn
    return nn.Sequential(
        nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, outputs)
    )


def with_head(encoder: Any, outputs: int, dropout: float = 0.0, *, choices: bool = False) -> Any:
    """A module that takes (rows, choices, tokens) of an encoder's inputs, and ``labels``.

    The head sees the last hidden state of the first token, which is ``<s>`` for encoders without
    next-sentence prediction, and ``[CLS]`` for BERT. Several outputs: cross-entropy of the classes; one:
    mean squared error of a number, or with ``choices`` cross-entropy of the one output of each.

    Returns:
        A ``torch.nn.Module`` whose call gives ``loss`` (where there are labels) and ``logits``,
        (rows, outputs), or (rows, choices).
    """
    torch = require("torch")
    module: Any = torch.nn.Module
    functional = torch.nn.functional
    # Of a pair, as BERT does.
    tells_parts = "token_type_ids" in signature(encoder.forward).parameters

    class WithHead(module):  # type: ignore[misc]  # torch is not there to check
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.head = head(encoder.config.hidden_size, outputs, dropout)

        def forward(
            self,
            input_ids: Any,
            attention_mask: Any,
            token_type_ids: Any = None,
            labels: Any = None,
        ) -> dict[str, Any]:
            rows = len(input_ids)
            given = {"input_ids": input_ids, "attention_mask": attention_mask}
            if tells_parts and token_type_ids is not None:
                given["token_type_ids"] = token_type_ids
            flat = {name: one.flatten(0, 1) for name, one in given.items()}
            states = self.encoder(**flat).last_hidden_state
            logits = self.head(states[:, 0]).float().reshape(rows, -1)
            if labels is None:
                return {"logits": logits}
            if outputs == 1 and not choices:
                loss = functional.mse_loss(logits[:, 0], labels.float())
            else:
                loss = functional.cross_entropy(logits, labels)
            return {"loss": loss, "logits": logits}

    return WithHead()
