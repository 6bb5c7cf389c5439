"""``jtextkit doctor``: what is there is told with its version, what is not with what helps."""

from __future__ import annotations

import importlib.util
import json

import pytest

from jtextkit.core.errors import DictionaryError
from jtextkit.core.extras import EXTRAS
from jtextkit.metrics.morphology import analysis as morphology
from jtextkit.metrics.morphology.dictionary import find_dictionary


def findings(call) -> dict[str, dict[str, str]]:
    done = call("doctor", "--json")
    assert done.code == 0, done.err
    return {finding["name"]: finding for finding in json.loads(done.out)}


def test_the_default_dictionary_is_named_as_in_signatures(call) -> None:
    found = findings(call)["dictionary unidic-lite"]
    assert found["state"] == "ok"
    assert found["detail"] == "unidic-lite-1.0.8-756264"


def test_who_finds_the_words_is_told(call, monkeypatch) -> None:
    def fresh(name: str) -> morphology.Analyser:
        return morphology.Analyser(find_dictionary(name))

    monkeypatch.setattr(morphology, "analyser", fresh)
    opened = findings(call)["native core"]
    assert opened["detail"] in ("with AVX2", "portable") or "not compiled" in opened["detail"]
    monkeypatch.setenv("JTEXTKIT_NATIVE", "0")
    off = findings(call)["native core"]
    assert off["state"] == "absent"
    assert off["detail"] == "turned off by JTEXTKIT_NATIVE: MeCab, slower"


def test_every_extra_is_told_of_with_the_words_that_install_it(call) -> None:
    found = {
        name.removeprefix("extra "): finding
        for name, finding in findings(call).items()
        if name.startswith("extra ")
    }
    assert set(found) == set(EXTRAS)
    for name, finding in found.items():
        absent = finding["state"] == "absent"
        assert finding["cure"] == (f'python -m pip install "jtextkit[{name}]"' if absent else "")


def test_an_extra_is_there_only_with_all_of_its_packages(call, monkeypatch) -> None:
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "datatrove" else 1
    )
    found = findings(call)["extra cluster"]
    assert (found["state"], found["detail"]) == ("absent", "without datatrove")


def test_a_broken_dictionary_is_exit_code_1(call, monkeypatch) -> None:
    def broken(name: str) -> None:
        raise DictionaryError("not installed", where=name, cure="python -m pip install unidic-lite")

    monkeypatch.setattr(morphology, "analyser", broken)
    done = call("doctor")
    assert done.code == 1
    assert "broken" in done.complaint
    assert "python -m pip install unidic-lite" in done.out


def test_a_cache_that_cannot_be_written_is_exit_code_1(call, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("JTEXTKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    done = call("doctor")
    assert done.code == 1
    assert "JTEXTKIT_CACHE" in done.out


@pytest.mark.parametrize("words", [("doctor", "--help"), ("doctr",)])
def test_help_and_typos(call, words) -> None:
    done = call(*words)
    assert "doctor" in done.out + done.err
