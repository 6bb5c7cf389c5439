"""A language model with random weights and a tokenizer for a built set, made in a second or two.

    python tiny_model.py SET FOLDER

It knows nothing. With the real thing, name a model of the Hub instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

CHAT = (
    "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% if m.role == 'assistant' %}{{ eos_token }}"
    "{% endif %}\n{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}"
)


def make(folder: Path, texts: Iterable[str], *, hidden: int = 64, layers: int = 2) -> Path:
    """Write config, weights and a byte-level BPE tokenizer of ``texts`` to ``folder``."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=2000,
        special_tokens=["<pad>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bpe.train_from_iterator(texts, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bpe, eos_token="</s>", pad_token="<pad>", chat_template=CHAT
    )
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=hidden,
        intermediate_size=2 * hidden,
        num_hidden_layers=layers,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=8192,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        tie_word_embeddings=True,
        initializer_range=0.2,  # larger than usual: embeddings stay as they are under LoRA
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


if __name__ == "__main__":
    from jtextkit.core.rows import read_rows

    source, target = map(Path, sys.argv[1:])
    rows = [row.values.values() for row in read_rows(source / "train.parquet")]
    make(target, [text for row in rows for text in row if isinstance(text, str)], hidden=64)
