"""UniDic dictionaries: finding one, naming it exactly, and opening MeCab on it.

A dictionary is always named explicitly: ``fugashi.Tagger()`` alone takes the package ``unidic``
whenever it can be imported, downloaded or not. Three kinds of name are accepted: ``unidic-lite``
(the default, installed with jtextkit), ``unidic`` (extra), and any folder that holds a compiled
UniDic (``sys.dic``), such as Debian's ``/var/lib/mecab/dic/unidic``.
"""

import importlib
import os
import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jtextkit.core.errors import DictionaryError

DEFAULT_DICTIONARY = "unidic-lite"

DICTIONARIES = {"unidic-lite": "unidic_lite", "unidic": "unidic"}
_CURES = {
    "unidic-lite": "python -m pip install unidic-lite",
    "unidic": 'python -m pip install "jtextkit[unidic]" && python -m unidic download',
}
# pos1, pos2 and goshu (語種) in UniDic's features; unknown words have no twelfth feature.
_PROBE = r'-F "%f[0],%f[1],%f[12]\n" -U "%f[0],%f[1],\n"'


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A compiled UniDic that opens.

    Attributes:
        name: ``unidic-lite``, ``unidic``, or the name of the folder.
        version: of the package, or what the folder's ``version`` file says; ``0`` where unsaid.
        entries: number of entries of the system dictionary.
        folder: where it lies (no part of its identity).
    """

    name: str
    version: str
    entries: int
    folder: Path

    @property
    def identity(self) -> str:
        """The short form for signatures: name, version and number of entries."""
        return f"{self.name}-{self.version}-{self.entries}"

    def tagger(self, formats: str) -> Any:
        """A new ``fugashi.GenericTagger`` that prints with ``formats`` (MeCab options -F -U -E)."""
        return _open_tagger(self.folder, formats)


@cache
def find_dictionary(name: str = DEFAULT_DICTIONARY) -> Dictionary:
    """Locate and try the dictionary called ``name``, or lying in the folder ``name``.

    Raises:
        DictionaryError: it is not installed, was never downloaded, is no folder with ``sys.dic``,
            or is a dictionary other than UniDic. The message holds the command that helps.
    """
    folder, version = _locate(name)
    tagger = _open_tagger(folder, _PROBE)
    probe = tagger.parse("学校へ行く。")
    if not probe.startswith("名詞,普通名詞,漢\n助詞,格助詞,和\n動詞,"):
        raise DictionaryError(
            "this is not a UniDic dictionary: it has no 語種 (word origin) where UniDic has it",
            where=name,
            cure="use unidic-lite, unidic, or a folder with a compiled UniDic 2.1 or later",
        )
    label = name if name in DICTIONARIES else _clean(folder.name)
    entries = sum(part["size"] for part in tagger.dictionary_info)
    # Absolute: it is opened again later, when the working directory may be another.
    return Dictionary(label, version, entries, folder.absolute())


def _locate(name: str) -> tuple[Path, str]:
    if name in DICTIONARIES:
        try:
            package = importlib.import_module(DICTIONARIES[name])
            beside = f"{package.__name__}-*.dist-info"  # for importlib.metadata takes 15 ms
            found = list(Path(package.__path__[0]).parent.glob(beside))
            version = found[0].stem.partition("-")[2] if len(found) == 1 else _installed(name)
        except ImportError:
            raise DictionaryError("not installed", where=name, cure=_CURES[name]) from None
        folder = Path(package.DICDIR)
    else:
        folder = Path(name)
        if not folder.is_dir():
            known = " or ".join(DICTIONARIES)
            raise DictionaryError(
                "no such dictionary", where=name, cure=f"use {known}, or a folder with sys.dic"
            )
        version = _version_file(folder)
    if not (folder / "sys.dic").is_file():
        raise DictionaryError(
            "the dictionary was never downloaded"
            if name in DICTIONARIES
            else "the folder holds no compiled dictionary (sys.dic)",
            where=name,
            cure=_CURES.get(name, "name the folder that mecab-dict-index wrote"),
        )
    return folder, version


def _installed(name: str) -> str:
    from importlib.metadata import version

    return version(name)


def _version_file(folder: Path) -> str:
    try:
        return _clean((folder / "version").read_text(encoding="utf-8").strip()) or "0"
    except (OSError, UnicodeDecodeError):
        return "0"


def _clean(text: str) -> str:
    """Keep a name from breaking the one-line, bar-separated signature."""
    return "".join(c if c.isalnum() or c in "._-" else "_" for c in text)[:40]


def _open_tagger(folder: Path, formats: str) -> Any:
    from fugashi import GenericTagger

    # An empty mecabrc keeps the machine's own settings out; an empty -O and -E make the
    # dictionary's own output format give way to ours.
    settings = f"-r {os.devnull} -d {shlex.quote(str(folder))} -O '' -E '' {formats}"
    try:
        return GenericTagger(settings)
    except RuntimeError as error:
        raise DictionaryError(
            "MeCab cannot open this dictionary", where=str(folder), cure="install it anew"
        ) from error
