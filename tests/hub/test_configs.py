"""Configs of the card on the Hub survive ours."""

from __future__ import annotations

from typing import Any

import pytest
from huggingface_hub import DatasetCard

from jtextkit.hub.folder import with_configs_of

OURS = """---
language: ja
license: cc-by-4.0
configs:
- config_name: default
  data_files:
  - split: train
    path: train.parquet
---

# 集まり

---
a rule above
"""


def theirs(configs: str, more: str = "") -> str:
    return f"---\nlicense: mit\n{more}configs:\n{configs}---\n# Theirs\n"


def head(card: str) -> dict[str, Any]:
    content: dict[str, Any] = DatasetCard(card).data.to_dict()
    return content


MORE = "- config_name: more\n  default: true\n  data_files:\n  - split: train\n    path: more/*\n"
DEFAULT = "- config_name: default\n  data_files: old.parquet\n"


@pytest.mark.parametrize(
    "there",
    [
        "",
        "# no head\n",
        "---\n: [\n---\n",
        "---\nlicense: mit\n---\n",
        theirs(DEFAULT),
        "---\nconfigs: nonsense\n---\n",
        OURS,
    ],
)
def test_where_nothing_is_to_be_kept_ours_stays_to_the_byte(there: str) -> None:
    assert with_configs_of(OURS, there) == (OURS, [])


def test_what_only_theirs_has_is_added() -> None:
    info = "dataset_info:\n- config_name: more\n  features: []\n- config_name: default\n  features: []\n"
    text, kept = with_configs_of(OURS, theirs(MORE + DEFAULT, info))
    assert kept == ["more"]
    content = head(text)
    assert [config["config_name"] for config in content["configs"]] == ["default", "more"]
    assert content["configs"][0] == head(OURS)["configs"][0]
    assert "default" not in content["configs"][1]  # one default, and that is ours
    assert content["configs"][1]["data_files"] == [{"split": "train", "path": "more/*"}]
    assert [entry["config_name"] for entry in content["dataset_info"]] == ["more"]
    assert content["license"] == "cc-by-4.0"
    assert text.endswith("# 集まり\n\n---\na rule above\n")
    assert with_configs_of(OURS, text) == (text, ["more"])


def test_a_config_whose_files_go_goes_with_them() -> None:
    old = "- config_name: old\n  data_files:\n  - split: train\n    path: [a.parquet, b.parquet]\n"
    assert with_configs_of(OURS, theirs(old), gone=["a.parquet", "b.parquet"]) == (OURS, [])
    assert with_configs_of(OURS, theirs(old), gone=["a.parquet"])[1] == ["old"]
