"""Thin entrypoints that train on built sets and generate from what was trained (extra ``train``).

transformers, TRL and PEFT do the work; this package holds what they do not: presets that equal the
published recipes (:mod:`.presets`), reading a built set behind its receipt
(:mod:`.examples`, :mod:`.encoding`), class weights that weigh (:mod:`.weighting`), the honest plan of
a run (:mod:`.plan`), run folders that resume (:mod:`.folder`, :mod:`.run`, :mod:`.encoder`), and texts per level
(:mod:`.generation`).

Not handled: full fine-tuning of language models, code that comes with a model
(``trust_remote_code``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.train.encoder import plan_encoder, train_encoder
    from jtextkit.train.generation import Settings, generate
    from jtextkit.train.preparing import prepare
    from jtextkit.train.presets import PRESETS, configuration, preset_text
    from jtextkit.train.run import train
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".encoder": "plan_encoder train_encoder",
            ".generation": "Settings generate",
            ".preparing": "prepare",
            ".presets": "PRESETS configuration preset_text",
            ".run": "train",
        },
    )

__all__ = [
    "PRESETS", "Settings", "configuration", "generate", "plan_encoder", "prepare", "preset_text",
    "train", "train_encoder",
]  # fmt: skip
