"""A ModernBERT with random weights and the tokenizer of a tiny language model.

python tiny_encoder.py MODEL FOLDER
"""

from __future__ import annotations

import sys


def make(model: str, folder: str) -> None:
    """Write config, weights and tokenizer to ``folder``."""
    import torch
    from transformers import AutoTokenizer, ModernBertConfig, ModernBertModel

    tokenizer = AutoTokenizer.from_pretrained(model)
    torch.manual_seed(0)
    config = ModernBertConfig(
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        vocab_size=len(tokenizer),
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=None,
        cls_token_id=None,
        sep_token_id=None,
    )
    ModernBertModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    make(*sys.argv[1:])
