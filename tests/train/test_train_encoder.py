"""The classifier: parts that leak nothing, a grid that is chosen on validation, runs that go on."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from train_checks import WARNINGS, difficulty_rows, difficulty_set, make_tiny_encoder

from jtextkit.core.errors import FormatError, InputError
from jtextkit.core.files import sha256_of
from jtextkit.train import encoder as encoders
from jtextkit.train.encoder import train_encoder
from jtextkit.train.encoder_task import EncoderTask, Protocol, groups_of_rows, protocol_of
from jtextkit.train.presets import configuration

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')
pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')
pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(one) for one in WARNINGS)]

SHORT = ("bf16=false", "learning_rates=[1e-2, 1e-9]", "epochs=[1]", "seeds=2", "folds=2",
         "max_length=48", "batch_size=4", "warmup_ratio=0")  # fmt: skip


@pytest.fixture(scope="module")
def encoder(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_encoder(tmp_path_factory.mktemp("models") / "encoder", tiny_model)


@pytest.fixture(scope="module")
def finished(small_set: Path, encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("runs") / "encoder"
    go(small_set, encoder, out)
    return out


def go(
    data: Path, model: Path, out: Path, *settings: str, task: str = "difficulty", **options: Any
) -> dict[str, Any]:
    config = configuration("train/encoder", None, [*SHORT, *settings], task=task)
    return train_encoder(task, data, str(model), config, out, say=lambda _: None, **options)


def protocol(sizes: dict[str, int], *settings: str) -> Protocol:
    start, splits = 0, {}
    for name, size in sizes.items():
        splits[name] = difficulty_rows(size, start)
        start += 1000
    return protocol_of(splits, configuration("train/encoder", None, settings))


def writers_and_pairs(found: Protocol, places: list[int]) -> set[str]:
    rows = [found.rows[place] for place in places]
    return {row[key] for row in rows for key in ("writer_id", "pair_id") if row[key]}


def test_a_set_with_its_splits_is_trained_with_five_seeds() -> None:
    found = protocol({"train": 12, "validation": 4, "test": 4})
    assert found.name == "seeds"
    assert [seed for seed, _, _ in found.parts] == [1, 2, 3, 4, 5]
    assert all((len(learns), len(chooses)) == (12, 4) for _, learns, chooses in found.parts)
    assert found.test == [16, 17, 18, 19]


@pytest.mark.parametrize("sizes", [{"train": 80}, {"train": 60, "validation": 8}])
def test_a_set_without_is_put_in_folds_that_share_no_writer_and_no_pair(
    sizes: dict[str, int],
) -> None:
    found = protocol(sizes)
    assert found.name == "folds"
    assert len(found.parts) == 5
    chosen = [place for _, _, chooses in found.parts for place in chooses]
    rest = sorted(set(range(len(found.rows))) - set(found.test))
    assert sorted(chosen) == rest  # each row chooses once
    for _, learns, chooses in found.parts:
        assert sorted(learns + chooses) == rest
        parts = [writers_and_pairs(found, part) for part in (learns, chooses, found.test)]
        assert all(not one & other for one, other in itertools.combinations(parts, 2))
        labels = [found.rows[place]["label"] for place in chooses]
        assert sum(labels) == len(labels) / 2  # whole pairs are balanced
    if "validation" in sizes:
        assert found.test == list(range(60, 68))
    else:
        assert 4 <= len(found.test) <= 12  # a tenth, as whole groups allow


def test_all_splits_together_can_be_put_in_folds() -> None:
    found = protocol({"train": 60, "validation": 10, "test": 10}, "protocol=folds")
    assert found.name == "folds"
    assert len(found.rows) == 80
    assert found.test != list(range(70, 80))
    learns, chooses = found.parts[0][1:]
    assert sorted([*learns, *chooses, *found.test]) == list(range(80))


def test_folds_depend_on_the_seed_alone() -> None:
    assert protocol({"train": 80}).parts == protocol({"train": 80}).parts
    assert protocol({"train": 80}).parts != protocol({"train": 80}, "seed=2").parts


def test_too_few_writers_for_the_folds_are_told() -> None:
    with pytest.raises(InputError, match="cannot be put in 10 folds"):
        protocol({"train": 8})


@given(st.lists(st.tuples(st.sampled_from([None, *"abcd"]), st.sampled_from([None, *"wxyz"]))))
def test_groups_hold_writers_and_pairs_together(rows: list[tuple[str | None, str | None]]) -> None:
    groups = groups_of_rows([{"writer_id": writer, "pair_id": pair} for writer, pair in rows])
    # An independent count: the parts of the graph of rows that share a writer or a pair.
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    near = np.array(
        [
            [any(a and a == b for a, b in zip(one, other, strict=True)) for other in rows]
            for one in rows
        ]
    ).reshape(len(rows), len(rows))
    number, parts = connected_components(near, directed=False) if rows else (0, [])
    assert len(set(groups)) == number
    assert len({(group, part) for group, part in zip(groups, parts, strict=True)}) == number


@pytest.mark.parametrize(
    ("logits", "found"),
    [
        ([[2, 0], [1, 0], [0, 1], [0, 2]], {"accuracy": 1.0, "spearman": 1.0}),
        ([[0, 2], [0, 1], [1, 0], [2, 0]], {"accuracy": 0.0, "spearman": -1.0}),
        ([[0, 0]] * 4, {"accuracy": 0.5, "spearman": 0.0}),  # says Simple of all
        ([[0.1], [0.4], [0.5], [0.9]], {"spearman": 1.0}),
        ([[0.1], [0.4], [0.4], [0.4]], {"spearman": pytest.approx(0.7746, abs=1e-4)}),
    ],
)
def test_scores(logits: list[list[float]], found: dict[str, float]) -> None:
    rows = [{"label": label, "d": d} for label, d in ((0, 0.1), (0, 0.3), (1, 0.6), (1, 0.8))]
    task = EncoderTask(("text",), (), "label", "d", len(logits[0]) == 1, (0, 1))
    assert task.scores(logits, rows) == found


def test_the_head_is_linear_gelu_linear_on_the_first_token(encoder: Path) -> None:
    import torch
    from transformers import AutoModel

    from jtextkit.train.models import with_head

    torch.manual_seed(1)
    module = with_head(AutoModel.from_pretrained(encoder), 2).eval()
    ids = torch.tensor([[[1, 5, 6, 7]]])
    given = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    first = module.encoder(**{name: one[0] for name, one in given.items()}).last_hidden_state[:, 0]
    one, other = module.head[0], module.head[3]
    by_hand = (
        torch.nn.functional.gelu(first @ one.weight.T + one.bias) @ other.weight.T + other.bias
    )
    found = module(**given, labels=torch.tensor([1]))
    assert torch.allclose(found["logits"], by_hand)
    assert torch.allclose(found["loss"], -torch.log_softmax(by_hand, -1)[0, 1])


def test_the_best_setting_is_chosen_on_validation_and_judged_on_test(finished: Path) -> None:
    metrics = json.loads((finished / "metrics.json").read_text())
    assert metrics["protocol"] == "seeds"
    assert len(metrics["runs"]) == 2 * 1 * 2
    assert all("test" not in run for run in metrics["runs"])
    means = {one["learning_rate"]: one["validation_mean"] for one in metrics["settings"]}
    assert means[metrics["best"]["learning_rate"]] == max(means.values())
    assert len(metrics["judged"]) == 2
    mean = sum(run["test"]["accuracy"] for run in metrics["judged"]) / 2
    assert metrics["summary"]["test accuracy, mean of 2 seeds"] == pytest.approx(mean)


def test_no_setting_is_trained_twice(
    small_set: Path, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained = encoders._Grid._trained
    begun: list[object] = []
    monkeypatch.setattr(
        encoders._Grid, "_trained", lambda *given: begun.append(given) or trained(*given)
    )
    metrics = go(small_set, encoder, tmp_path / "out")
    assert len(begun) == len(metrics["runs"]) == 2 * 1 * 2


def test_the_folder_holds_the_model_that_chose_best(finished: Path, encoder: Path) -> None:
    from safetensors.torch import load_file
    from transformers import AutoModel

    assert {path.name for path in (finished / "model").iterdir()} >= {
        "config.json",
        "head.safetensors",
    }
    assert not list((finished / "runs").glob("*-model"))
    assert load_file(finished / "model" / "head.safetensors")["3.weight"].shape == (2, 16)
    AutoModel.from_pretrained(finished / "model")
    assert (finished / "receipt.json").is_file()
    assert "imitates a formula" in (finished / "README.md").read_text().replace("\n", " ")


def test_a_grid_that_was_interrupted_goes_on(
    finished: Path, small_set: Path, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    trained = encoders._Grid._trained
    begun: list[object] = []

    def interrupted(self: Any, *given: Any) -> Any:
        begun.append(given)
        if len(begun) == 3:
            raise KeyboardInterrupt
        return trained(self, *given)

    monkeypatch.setattr(encoders._Grid, "_trained", interrupted)
    with pytest.raises(KeyboardInterrupt):
        go(small_set, encoder, out)
    assert len(list((out / "runs").glob("*.json"))) == 2
    go(small_set, encoder, out, resume=True)
    assert len(begun) == 3 + 2  # the one that was lost, and the rest of the grid
    assert json.loads((out / "metrics.json").read_text()) == json.loads(
        (finished / "metrics.json").read_text()
    )
    weights = Path("model") / "model.safetensors"
    assert sha256_of(out / weights) == sha256_of(finished / weights)


def test_the_score_is_learnt_by_regression(tmp_path: Path, encoder: Path) -> None:
    data = difficulty_set(tmp_path / "set", train=24, validation=0, test=0)
    settings = ("target=score", "test_share=0.34", "learning_rates=[1e-2]")
    metrics = go(data, encoder, tmp_path / "out", *settings)
    assert (metrics["protocol"], metrics["target"]) == ("folds", "score")
    from safetensors.torch import load_file

    head = load_file(tmp_path / "out" / "model" / "head.safetensors")
    assert head["3.weight"].shape == (1, 16)
    assert -1 <= metrics["summary"]["test spearman, mean of 2 folds"] <= 1


def test_a_set_without_scores_is_told(tmp_path: Path, encoder: Path) -> None:
    from train_checks import stx_set

    with pytest.raises(
        FormatError, match=r"train\.parquet:1: no row for this task: text, label; its"
    ):
        go(stx_set(tmp_path / "set"), encoder, tmp_path / "out")


# Other tasks than difficulty.

NAMES = {0: "犬", 1: "猫", 2: "鳥"}


def jglue(folder: Path, task: str) -> Path:
    """Rows of our own in the columns of JGLUE's files: train and validation, as it is published."""
    folder.mkdir()
    for split, number in (("train-v1.3", 12), ("valid-v1.3", 6)):
        rows = []
        for at in range(number):
            place = at % 3
            pair = {"sentence1": f"{NAMES[place]}がいる。", "sentence2": f"{NAMES[at % 2]}がいる。"}
            rows.append(
                {
                    "jnli": {**pair, "label": ["entailment", "neutral", "contradiction"][place]},
                    "jsts": {**pair, "label": float(at % 6)},
                    "jcola": {"sentence": f"{NAMES[place]}が走る。", "label": at % 2},
                    "marc_ja": {
                        "text": f"{NAMES[place]}の本。",
                        "label": ["positive", "negative"][at % 2],
                    },
                    "jcommonsenseqa": {
                        "question": f"{NAMES[place]}はどれか。",
                        **{f"choice{n}": f"{NAMES[n % 3]}と公園" for n in range(5)},
                        "label": at % 5,
                    },
                }[task]
            )
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        (folder / f"{split}.json").write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("task", "outputs", "figures"),
    [
        ("jnli", 3, {"accuracy"}),
        ("jsts", 1, {"spearman"}),
        ("jcola", 2, {"accuracy"}),
        ("marc_ja", 2, {"accuracy"}),
        ("jcommonsenseqa", 1, {"accuracy"}),
    ],
)
def test_the_tasks_of_jglue(
    task: str, outputs: int, figures: set[str], encoder: Path, tmp_path: Path
) -> None:
    from safetensors.torch import load_file

    settings = ("learning_rates=[1e-2]", "epochs=[1]")
    metrics = go(jglue(tmp_path / task, task), encoder, tmp_path / "out", *settings, task=task)
    assert metrics["protocol"] == "folds"  # validation judges
    assert metrics["summary"]["test rows"] == 6
    assert metrics["judged"][0]["test"].keys() == figures
    head = load_file(tmp_path / "out" / "model" / "head.safetensors")
    assert head["3.weight"].shape == (outputs, 16)
    assert "without a receipt" in (tmp_path / "out" / "README.md").read_text()


def test_choices_are_read_behind_the_question_and_the_likeliest_wins() -> None:
    row = {"question": "どれか。", "a": "犬", "b": "猫", "label": 1}
    task = EncoderTask(("question",), ("a", "b"), "label", "", numbers=False)
    assert task.inputs(row) == [("どれか。", "犬"), ("どれか。", "猫")]
    assert task.scores([[0.1, 0.7], [0.8, 0.2]], [row, row]) == {"accuracy": 0.5}


def test_a_signal_is_learnt(encoder: Path, tmp_path: Path) -> None:
    """Two classes that one character tells apart, in columns of one's own: not by chance."""
    rows = [{"body": f"第{n}の{NAMES[n % 2]}です。", "kind": NAMES[n % 2]} for n in range(60)]
    data, task = tmp_path / "mine.jsonl", tmp_path / "mine.yaml"
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    data.write_text("".join(lines), encoding="utf-8")
    task.write_text("texts: [body]\nlabel: kind\n", encoding="utf-8")
    settings = ("learning_rates=[1e-2]", "epochs=[8]", "test_share=0.2")
    metrics = go(data, encoder, tmp_path / "out", *settings, task=str(task))
    assert metrics["classes"] == ["犬", "猫"]
    assert metrics["summary"]["test accuracy, mean of 2 folds"] > 0.9


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (("texts=[title]",), "no row for this task: title; its columns are text, label"),
        (("target=score", "score=label"), "no row for this task: label"),
        (("texts=[text, text, text]",), "a text or a pair"),
        (("label=text",), None),
    ],
)
def test_columns_that_do_not_fit_are_told(
    settings: tuple[str, ...], says: str | None, tmp_path: Path
) -> None:
    from jtextkit.builders.sets.reading import open_set
    from jtextkit.train.encoder_task import task_of

    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "犬", "label": "a"}\n{"text": "猫", "label": "b"}\n', "utf-8")
    config = configuration("train/encoder", None, settings, task="text")
    if says is None:
        assert task_of(open_set(file), config).classes == ("犬", "猫")
        return
    with pytest.raises(InputError, match=says):
        task_of(open_set(file), config)


def test_the_published_files_of_jglue_are_read(shared: Path, encoder: Path) -> None:
    for name, rows in (("jnli", 2434), ("jcommonsenseqa", 1119)):
        file = shared / "eval" / "jglue" / f"{name}-v1.3__valid-v1.3.json"
        if not file.is_file():
            pytest.skip("JGLUE's files are not there: see JTEXTKIT_SHARED")
        config = configuration("train/encoder", None, ["max_length=48"], task=name)
        from jtextkit.builders.sets.reading import read_set
        from jtextkit.train.encoder_task import task_of

        found = task_of(read_set(file, tables=True), config)
        assert len(read_set(file, tables=True).rows) == rows
        assert found.classes in ((), ("contradiction", "entailment", "neutral"))
