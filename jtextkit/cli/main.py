"""The program ``jtextkit``: its commands, and how every error ends."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import ClassVar, NoReturn

import click

from jtextkit import __version__
from jtextkit.cli.group import LazyGroup, group
from jtextkit.cli.output import discard_stdout, error_text, prepare, say
from jtextkit.core.errors import JtextkitError, printable
from jtextkit.core.extras import missing
from jtextkit.core.language import translated

_EXTRAS = {
    **dict.fromkeys(("export", "extend-model", "generate", "train"), "train"),
    **dict.fromkeys(("extend-tokenizer", "fertility"), "fertility"),
    "push": "hub",
    "serve": "serve",
}
"""The extra that a command is about, if it needs more than ``build``."""


class _OutputClosed(Exception):  # noqa: N818 - no error: the reader decides how much
    """The reader of our output went away, as ``head`` does."""


class _Commands(LazyGroup):
    lazy: ClassVar = {
        "annotate": (".annotate:annotate_command", "Add scores to JSONL and Parquet of any size."),
        "aozora": (".aozora:aozora_group", "Read works of Aozora Bunko."),
        "audit-solutions": (
            ".audit:audit_command",
            "Recompute worked solutions and judge their style.",
        ),
        "build": (".build:build_group", "Build a data set from its sources."),
        "check": (".check:check_command", "Check that a set is sound."),
        "diff": (".diff:diff_command", "Show what changed between two builds."),
        "doctor": (".doctor:doctor_command", "Look at what is installed and usable."),
        "evaluate": (".evaluate:evaluate_group", "Judge texts and answers that a model wrote."),
        "export": (".train:export_group", "Write a set as another trainer's own files."),
        "extend-model": (".extend:model_command", "Give a model the rows of a larger vocabulary."),
        "extend-tokenizer": (".extend:tokenizer_command", "Add Japanese pieces to a vocabulary."),
        "fertility": (".fertility:fertility_command", "Compare tokenizers on Japanese text."),
        "generate": (".generate:generate_command", "Ask a model a task, for evaluate."),
        "prompts": (".prompts:prompts_command", "Write the prompts of a task, for any model."),
        "push": (".push:push_command", "Publish a set on the Hugging Face Hub."),
        "list": (".build:list_command", "List the data sets that can be built."),
        "score": (".score:score_command", "Measure the readability of texts."),
        "serve": (".serve:serve_command", "Serve a page for texts, or for a built set."),
        "show": (".build:show_command", "Show a data set's recipe."),
        "train": (".train:train_group", "Train a model on a built set."),
        "verify": (".verify:verify_command", "Verify a set's files, or rebuild it."),
    }
    sections: ClassVar = {
        "Measure": "score annotate fertility evaluate audit-solutions",
        "Build": "list show build aozora extend-tokenizer extend-model",
        "Prove": "check verify diff",
        "Use": "serve prompts generate train export push doctor",
    }

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would answer with exit code 1
            raise _OutputClosed from None
        except SystemExit as stop:  # and so does rich
            if isinstance(stop.__context__, BrokenPipeError):
                raise _OutputClosed from None
            raise


def _choose(_ctx: click.Context, _param: click.Parameter, language: str | None) -> None:
    if language is not None:
        os.environ["JTEXTKIT_LANG"] = language  # which worker processes inherit


@group(
    "", _Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True}
)
@click.version_option(__version__, package_name="jtextkit")
@click.option("--debug", is_flag=True, help="Show the trace of an error.")
@click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    callback=_choose,
    is_eager=True,
    expose_value=False,
    help="Language of messages and help.  [JTEXTKIT_LANG, or the locale]",
)
def program(debug: bool) -> None:
    """Build Japanese text data sets and measure their quality."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its code; every error becomes one line on stderr."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]  # taken anywhere, not only in front
    for at, word in enumerate(words):
        end = at + (2 if word == "--lang" else 1)
        if word.partition("=")[0] == "--lang" and end <= len(words):
            words = [*words[at:end], *words[:at], *words[end:]]
            break
    prepare()
    sys.unraisablehook = _interrupt_again
    hang_up = getattr(signal, "SIGHUP", signal.SIGTERM)  # Windows has none
    for number in (signal.SIGTERM, hang_up):  # so that temporary files are removed then, too
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, _terminated)
    try:
        program.main(words, prog_name="jtextkit", standalone_mode=False)
        sys.stdout.flush()
        code = 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        code = _fail(translated("interrupted; nothing was left half-written"), 130)
    except (_OutputClosed, BrokenPipeError):
        discard_stdout(sys.stdout)
        code = 0
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever went wrong ends as one line; a panic
        # in a library written in Rust is no Exception.
        if debug:
            say(traceback.format_exc().rstrip("\n"))
        code = _report(error, next((_EXTRAS[word] for word in words if word in _EXTRAS), ""))
    sys.exit(code)


def _report(error: BaseException, extra: str) -> int:
    if isinstance(error, ModuleNotFoundError):
        error = missing(error, extra) or error
    if isinstance(error, JtextkitError):
        return _fail(error_text(error), error.exit_code)
    if isinstance(error, click.ClickException):
        return _fail(translated(error.format_message().replace("\n", " ")), 2)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        discard_stdout(sys.stdout)  # what is left in its buffer cannot be written either
        place = error.filename or translated("the output or a temporary file")
        return _fail(f"{place}: {error.strerror}; {translated('free some space')}", 1)
    first_line = (str(error).splitlines() or ["no details"])[0]
    said = f"unexpected {type(error).__name__}: {first_line}; --debug shows where"
    return _fail(translated(said), 1)


def _fail(message: str, code: int) -> int:
    say(f"jtextkit: {printable(message)}")
    return code


def _interrupt_again(lost: sys.UnraisableHookArgs) -> None:
    """An interrupt that falls into a destructor (of a ZipFile, say) is lost there: send another."""
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    soon = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT))
    soon.daemon = True
    soon.start()


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
