"""The three tasks of STX: what each asks, how its prompt is written, and whose texts it is made of.

The templates are the published ones of openorca_stx, to the character. Each can be read back: from
a prompt follow the text (sentence, passage, article) and the question that it was made of.
"""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class StxTask:
    """One task.

    Attributes:
        name: as in the column ``task``.
        option: what names its source on the command line.
        source: short name of the source, as in the column ``source``.
        title: the source by its full name.
        hub: where the Hub has it.
        license: of the source, by the Hub's name.
        license_from: who says so, and what is not sure about it.
        before: what a prompt begins with.
        after: what it ends with.
        takes_question: whether the text is followed by a question.
    """

    name: str
    option: str
    source: str
    title: str
    hub: str
    license: str
    license_from: str
    before: str = ""
    after: str = ""
    takes_question: bool = False


_TABLE = (files(__package__) / "tasks.toml").read_text(encoding="utf-8")
TASKS = tuple(StxTask(**one) for one in tomllib.loads(_TABLE)["task"])
"""In the order of the name: S, T, X."""


@dataclass(frozen=True, slots=True)
class SourceExample:
    """What a source holds of one row.

    Attributes:
        task: name of its task.
        text: the original sentence, the passage, or the article.
        question: on one line; None for tasks without.
        completion: the simple sentence, the answer, or the summary.
        source_id: the source's own id, or "".
        title: of the page or article; None where there is none.
        url: of the page or article; None where there is none.
        answer_start: offset of the answer in ``text``, in characters; None for other tasks.
    """

    task: str
    text: str
    question: str | None
    completion: str
    source_id: str = ""
    title: str | None = None
    url: str | None = None
    answer_start: int | None = None

    @property
    def prompt(self) -> str:
        return prompt_of(task_named(self.task), self.text, self.question)


def task_named(name: str) -> StxTask:
    """The task of this name; a KeyError for any other."""
    return _BY_NAME[name]


def prompt_of(task: StxTask, text: str, question: str | None = None) -> str:
    r"""The prompt by the task's template.

    >>> prompt_of(TASKS[0], "本を閲覧する。")
    '元の日本語：\n本を閲覧する。\n\nシンプルな日本語：'
    """
    asked = f"\n\n{question}" if task.takes_question else ""
    return f"{task.before}{text}{asked}{task.after}"


def parse_prompt(task: StxTask, prompt: str) -> tuple[str, str | None] | None:
    """Text and question of a prompt; None where it does not follow the template.

    >>> parse_prompt(TASKS[1], "門は朝に開く。\\n\\n門はいつ開きますか。")
    ('門は朝に開く。', '門はいつ開きますか。')
    """
    if not prompt.startswith(task.before) or not prompt.endswith(task.after):
        return None
    body = prompt[len(task.before) : len(prompt) - len(task.after)]
    question = None
    if task.takes_question:
        body, gap, question = body.rpartition("\n\n")
        if not gap or not question or "\n" in question:
            return None
    return (body, question) if body and body == body.strip() else None


def group_of(text: str) -> str:
    """A name for a text that other spacing and other widths of letters do not change.

    >>> group_of("ＮＨＫ の 番組") == group_of("NHKの番組")
    True
    """
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    return hashlib.sha256(bare.encode()).hexdigest()[:16]


_BY_NAME = {task.name: task for task in TASKS}
