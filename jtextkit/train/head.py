"""An encoder with a head linear–GELU–linear on its first token, and the trainer that it needs."""

from __future__ import annotations

from typing import Any

from jtextkit.core.extras import require

WEIGHTS = "head.safetensors"


def head(hidden: int, outputs: int, dropout: float = 0.0) -> Any:
    """Linear (hidden to hidden), GELU, linear (hidden to ``outputs``), with dropout between."""
    nn = require("torch").nn
    return nn.Sequential(
        nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, outputs)
    )


def with_head(encoder: Any, outputs: int, dropout: float = 0.0) -> Any:
    """A module that takes ``input_ids``, ``attention_mask`` and ``labels``.

    The head sees the last hidden state of the first token, which is ``<s>`` for encoders without
    next-sentence prediction, and ``[CLS]`` for BERT. Two outputs: cross-entropy of labels 0 and 1;
    one: mean squared error of a number.

    Returns:
        A ``torch.nn.Module`` whose call gives ``loss`` (where there are labels) and ``logits``,
        (rows, outputs).
    """
    torch = require("torch")
    module: Any = torch.nn.Module

    class WithHead(module):  # type: ignore[misc]  # torch is not there to check
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.head = head(encoder.config.hidden_size, outputs, dropout)

        def forward(
            self, input_ids: Any, attention_mask: Any, labels: Any = None
        ) -> dict[str, Any]:
            states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
            logits = self.head(states.last_hidden_state[:, 0]).float()
            if labels is None:
                return {"logits": logits}
            if outputs == 1:
                loss = torch.nn.functional.mse_loss(logits[:, 0], labels.float())
            else:
                loss = torch.nn.functional.cross_entropy(logits, labels)
            return {"loss": loss, "logits": logits}

    return WithHead()
