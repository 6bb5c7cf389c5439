"""Small faults planted in the reader: a case written by hand must catch each."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import jtextkit.builders.aozora as package

HERE = Path(__file__).parent
NAMES = [name for _, name, _ in pkgutil.iter_modules(package.__path__)]
MODULES = {name: importlib.import_module(f"{package.__name__}.{name}") for name in NAMES}


class Fault(NamedTuple):
    module: str
    right: str
    wrong: str


FAULTS = {
    "the nested case is dropped": Fault(
        "brackets", "        place, found, left_open = _nested", "        return\n        place, found, left_open = _nested"
    ),
    "a quoted ］ closes its note": Fault("brackets", "］(?!」)|(?<!「)］|", "］|"),
    "an inner gaiji is not read": Fault("brackets", 'if parts[-1].endswith("※")', "if not parts"),
    "a line end is eaten": Fault("brackets", "            place = sign.start()\n", "            place = sign.end()\n"),
    "notes after an unclosed one vanish": Fault("brackets", "        yield from found", "        yield from found[:0] if left_open else found"),
    "two rows of gaiji are swapped": Fault("gaiji", "0xA0 + ku, 0xA0 + ten", "0xA0 + {84: 85, 85: 84}.get(ku, ku), 0xA0 + ten"),
    "the planes are swapped": Fault("gaiji", "if men == 1", "if men == 2"),
    "a page and line is a code": Fault("gaiji", r"(?<![\d-])([12])", r"([12])"),
    "controls are characters": Fault("gaiji", r"\0-\x1f", r"\0-\x01"),
    "reserved characters come back too soon": Fault("reader", "            char = RESERVED[char]\n", ""),
    "reserved characters never come back": Fault("notation", "    if reader.hidden:", "    if False:"),
    "an empty 《》 is a ruby": Fault("notation", "{{1,40}}", "{{0,40}}"),
    "a ruby needs no base": Fault("notation", "《(?<=[^{NO_BASE}]《)[^《》\\n]+", "《[^《》\\n]+"),
    "a ruby spans lines": Fault("notation", "《)[^《》\\n]+", "《)[^《》]+"),
    "long rubies raise no alarm": Fault("notation", "{{41,}}", "{{4100,}}"),
    "long rubies stay": Fault("notation", '_RUBY.subn("", marked)\n            for', '_USUAL_RUBY.subn("", marked)\n            for'),
    "every ｜ goes": Fault("notation", "(?=《[^《》\\n]+》)(?:(?<=[^{NO_BASE}])|(?<=[^{NO_BASE}]｜))", ""),
    "｜ without a base goes": Fault("notation", "(?<=[^{NO_BASE}]｜)", "(?<=｜)"),
    "only one repeat mark is read": Fault("notation", '"／゛＼": "〴〵", ', ""),
    "voiced repeat marks lose their voice": Fault("notation", '"／″＼": "〴〵"', '"／″＼": "〳〵"'),
    "accents without brackets": Fault("accents", '"〔[^〔〕\\n]*〕"', '"[^〔〕\\n]+"'),
    "accents go over lines": Fault("accents", "[^〔〕\\n]*", "[^〔〕]*"),
    "every 〔〕 goes": Fault("accents", "            if pairs:\n", "            if True:\n"),
    "an accent is another": Fault("accents", "ACCENTS[pair[0]]", 'ACCENTS[pair[0]].replace("é", "è")'),
    "返り点 stay": Fault("notes", 'effect="delete"', 'effect=""'),
    "割り注 always gets parentheses": Fault("reader", 'self._last == "（"', 'self._last == "x"'),
    "割り注 gets no closing parenthesis": Fault("reader", 'self._body.startswith("）", end)', 'self._body.startswith("x", end)'),
    "a correction replaces the text": Fault("notes", ' and "底本" not in wording', ""),
    "quoted words decide": Fault("notes", "        wording = shorter", "        break"),
    "a target may stand anywhere": Fault("targets", "tail.endswith(target)", "target in tail"),
    "a target has no ruby": Fault("targets", '"(?:《[^《》]*》)?"', '""'),
    "lines of notes stay": Fault("layout", " or (spaces and number in noted)", ""),
    "lines of notes leave a gap": Fault("layout", "gap |= number not in noted", "gap = True"),
    "page breaks leave no gap": Fault("layout", 'note.mark == "gap"', 'note.mark == "no gap"'),
    "a block never ends": Fault("layout", "            if not opened and block_start >= 0:", "            if False:"),
    "rules are paragraphs": Fault("layout", " or (ruled and _RULE.fullmatch(line))", ""),
    "hiragana and katakana are one class": Fault("targets", '"ぁ-ゖゝゞ"', '"ぁ-ヺーゝゞ"'),
    "ヶ is no kanji": Fault("targets", "〆〇ヶ", "〆〇"),
    "a base is one character": Fault("targets", "if wanted == _ALONE", "if True"),
    "blank line ends stay": Fault("spans", '((start, end, "blank", ""))', '((start, end, "blank", None))'),
    "edits are off by one": Fault("segments", "                s = cut + stop - a\n", "                s = cut + stop - a + 1\n"),
}  # fmt: skip


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return found


NOTATION = cases("notation_cases.json")
SPANS = cases("span_cases.json")


def caught() -> Iterator[str]:
    """The rules of the cases that fail now."""
    for case in NOTATION:
        try:
            plain = MODULES["notation"].read_text(f"題\n作者\n\n{case['source']}\n")
        except Exception:  # noqa: BLE001 - a fault may break anything
            yield case["rule"]
            continue
        expected = [case["lines"]]
        found: list[object] = [list(plain.lines)]
        for name in ("kinds", "notation", "unresolved", "alarms"):
            if name in case:
                expected.append(case[name])
                found.append(getattr(plain, name))
        if "gaps" in case:
            expected.append(case["gaps"])
            found.append(sorted(plain.gaps))
        if found != expected:
            yield case["rule"]
    for case in SPANS:
        source = f"題\n作者\n\n{case['source']}"
        try:
            spans = MODULES["spans"].spans(source)[1:]
        except Exception:  # noqa: BLE001 - a fault may break anything
            yield case["rule"]
            continue
        shown = [[span.kind, source[span.start : span.end], span.text] for span in spans]
        if shown != [[*one, one[1]][:3] for one in case["spans"]]:
            yield case["rule"]


def plant(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put what the faulty source defines wherever the right definitions are used."""
    module = MODULES[fault.module]
    assert module.__file__
    source = Path(module.__file__).read_text(encoding="utf-8")
    assert source.count(fault.right) == 1, "the fault fits nowhere, or in several places"
    broken = ModuleType(module.__name__)
    monkeypatch.setitem(sys.modules, "broken", broken)
    exec(compile(source.replace(fault.right, fault.wrong), "broken", "exec"), vars(broken))
    right = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    for user in MODULES.values():
        for name, value in list(vars(user).items()):
            if name in right and value is right[name]:
                monkeypatch.setattr(user, name, vars(broken)[name])


@pytest.fixture(autouse=True)
def _fresh_notes() -> Iterator[None]:
    """Nothing that was read by a faulty reader, or before it, is remembered."""
    remembered = [MODULES["notes"].read_note, MODULES["notes"]._note_that_says]
    remembered.append(MODULES["gaiji"].resolve)
    for function in remembered:
        function.cache_clear()
    yield
    for function in remembered:
        function.cache_clear()


def test_nothing_is_caught_without_a_fault() -> None:
    assert not list(caught())


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(FAULTS[name], monkeypatch)
    assert next(caught(), None) is not None
