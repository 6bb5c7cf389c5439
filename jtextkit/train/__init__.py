"""Thin entrypoints that train on built sets and generate from what was trained (extra ``train``).

transformers, TRL and PEFT do the work; this package holds what they do not: presets that equal the
published recipes (:mod:`.presets`), reading a built set behind its receipt
(:mod:`.encoding`), class weights that weigh (:mod:`.weighting`), the honest plan of
a run (:mod:`.plan`), run folders that resume (:mod:`.folder`, :mod:`.run`, :mod:`.encoder`), and texts per level
(:mod:`.generation`).

Not handled: full fine-tuning of language models, code that comes with a model
(``trust_remote_code``).
"""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
