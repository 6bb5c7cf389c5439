"""The answer as a metric of lighteval: ``metrics=[japanese_answer]`` in a task's LightevalTaskConfig."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from lighteval.metrics.metrics_sample import SampleLevelComputation
from lighteval.metrics.utils.metric_utils import SampleLevelMetric
from lighteval.tasks.requests import Doc, SamplingMethod

from jtextkit import check_answer

if TYPE_CHECKING:
    from lighteval.models.model_output import ModelResponse


class JapaneseAnswer(SampleLevelComputation):
    """1.0 where the final answer is one of the golds."""

    def compute(self, doc: Doc, model_response: ModelResponse, **_: Any) -> float:
        text = model_response.final_text[0]
        return float(any(check_answer(text, gold).correct for gold in doc.get_golds()))


japanese_answer = SampleLevelMetric(
    metric_name="japanese_answer",
    sample_level_fn=JapaneseAnswer(),
    category=SamplingMethod.GENERATIVE,
    corpus_level_fn=np.mean,
    higher_is_better=True,
)
