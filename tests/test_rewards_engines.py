"""Rewards and the answer checker inside the libraries that call them, each as examples/rewards has it."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "rewards"
RIGHT, WRONG = "①4×3＝12で、12個。\n答え　12個", "たぶん12個か13個です。"

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def needs(module: str, package: str) -> Any:
    return pytest.importorskip(
        module, reason=f"{package} is not installed: pip install {package}", exc_type=ImportError
    )


def test_verl_loads_and_calls_its_file() -> None:
    reward = needs("verl.trainer.ppo.reward", "verl")
    omegaconf = needs("omegaconf", "verl")
    chosen = {"path": str(EXAMPLES / "verl_reward.py"), "name": "compute_score"}
    config = omegaconf.OmegaConf.create({"reward": {"custom_reward_function": chosen}})
    score = reward.get_custom_reward_fn(config)
    for text, worth in ((RIGHT, 1.0), (WRONG, 0.0)):
        # By name, and all four, as verl's reward managers call it.
        given = {"data_source": "sansu", "solution_str": text, "ground_truth": "12個"}
        assert score(**given, extra_info={"num_turns": 1}) == worth


def test_verifiers_scores_a_trace() -> None:
    vf = needs("verifiers.v1", "verifiers")
    module = example("verifiers_task")
    data = module.ProblemData(idx=0, prompt="全部で何個？", answer="12個")
    task = module.ProblemTask(data)
    for text, worth in ((RIGHT, 1.0), (WRONG, 0.0)):
        trace = SimpleNamespace(last_reply=text)
        assert asyncio.run(task.right(trace)) == worth
        assert asyncio.run(task.stepwise(trace)) == worth
    assert {one.__name__ for one in task.hooks("reward")} == {"right", "stepwise"}
    assert issubclass(module.ProblemTask, vf.Task)


def test_inspect_scores_a_state() -> None:
    needs("inspect_ai.scorer", "inspect-ai")
    from inspect_ai.model import ModelOutput
    from inspect_ai.scorer import Target
    from inspect_ai.solver import TaskState

    score = example("inspect_scorer").japanese_answer()
    asked = {"sample_id": 1, "epoch": 1, "input": "4人に3個ずつ配る。全部で何個？", "messages": []}
    for text, worth, read in ((RIGHT, 1.0, "12個"), (WRONG, 0.0, None)):
        state = TaskState("mockllm/model", **asked, output=ModelOutput.from_content("m", text))
        found = asyncio.run(score(state, Target("12個")))
        assert found.value == worth
        assert found.answer == read or worth == 0.0


def test_lighteval_computes_its_metric() -> None:
    needs("lighteval.metrics.metrics_sample", "lighteval")
    from lighteval.models.model_output import ModelResponse
    from lighteval.tasks.requests import Doc

    metric = example("lighteval_metric").japanese_answer
    doc = Doc(query="全部で何個？", choices=["12個"], gold_index=0)
    found = [
        metric.compute_sample(doc=doc, model_response=ModelResponse(text=[text]))
        for text in (RIGHT, WRONG)
    ]
    assert found == [{"japanese_answer": 1.0}, {"japanese_answer": 0.0}]
    assert metric.get_corpus_aggregations()["japanese_answer"]([1.0, 0.0]) == 0.5


def test_the_harness_runs_a_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs("lm_eval", "lm-eval")
    import lm_eval
    from lm_eval.api.model import LM
    from lm_eval.tasks import TaskManager

    class Answers(LM):  # type: ignore[misc]  # the harness is not there to check
        """Says what it is told to say."""

        def generate_until(self, requests: list[Any], **_: Any) -> list[str]:
            return [RIGHT if request.doc["id"] == 0 else WRONG for request in requests]

        def loglikelihood(self, requests: list[Any], **_: Any) -> list[tuple[float, bool]]:
            raise NotImplementedError

        loglikelihood_rolling = loglikelihood

    rows = [
        {"id": n, "question": "4人に3個ずつ配る。全部で何個？", "answer": "12個"} for n in range(2)
    ]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (tmp_path / "sums.jsonl").write_text("".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    manager = TaskManager(include_path=str(EXAMPLES), include_defaults=False)
    found = lm_eval.simple_evaluate(
        model=Answers(), tasks=["sums"], task_manager=manager, bootstrap_iters=0
    )
    assert found["results"]["sums"]["acc,none"] == 0.5
