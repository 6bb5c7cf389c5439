"""The tasks that models are asked: prompts by published version, data, few-shot examples, replies.

One TOML file a task, read when the task is asked for (:func:`task_named`). The wordings 0.0 to 0.3 of a
task's name are those of Stability-AI's lm-evaluation-harness (branch jp-stable), so that figures
can be laid beside published ones.

Not handled: the harness's wordings 0.4 to 0.6 (formats of three models), its shortening of prompts that
are longer than a model's context, and the stratified drawing of JNLI 1.3's examples.
"""

from jtextkit.core.lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
