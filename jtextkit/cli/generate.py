"""``jtextkit generate``: a task asked of a model, here or behind an address, for ``evaluate``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from jtextkit.cli.output import answer, progress_bar, say
from jtextkit.cli.parameters import Local, argument, command, option, rules
from jtextkit.cli.rows import SHOWN_BAD
from jtextkit.core.errors import InputError, UsageError, printable
from jtextkit.tasks.endpoint import Endpoint, ServerSettings, ask
from jtextkit.tasks.requests import Selection, requests_of
from jtextkit.tasks.task import task_named
from jtextkit.train.generation import Settings

_GREEDY = {"temperature": 0.0, "top_p": 1.0, "top_k": 0, "repetition_penalty": 1.0}


@command("generate")
def generate_command(
    *,
    task: str = argument("TASK"),
    model: Local | None = option("A model of the Hub, or its folder.", metavar="ID|PATH"),
    adapter: Local | None = option(
        "What jtextkit train wrote: its run, or its adapter.", metavar="DIR"
    ),
    choose: str | None = option(
        "Of choices: take the likeliest, as the harness does, or read the reply."
        "  [default: likelihood with --model, reply with --endpoint]",
        type=click.Choice(("likelihood", "reply")),
    ),
    server_rules: dict[str, Any] = rules(ServerSettings),
    selection_rules: dict[str, Any] = rules(Selection),
    settings: dict[str, Any] = rules(Settings),
    output: Path = option("JSONL; a run that was interrupted goes on there.", short="-o"),
    as_json: bool = option("A JSON object: what was written."),
) -> None:
    """Ask a model a task, and keep its replies for evaluate."""
    server = ServerSettings(**server_rules)
    if (model is None) == (server.endpoint is None):
        raise UsageError("name one model", cure="give --model, or --endpoint and --model-name")
    if server.endpoint is not None and (not server.model_name or adapter):
        raise UsageError("--endpoint needs --model-name, and takes no --adapter")
    selection = Selection(**selection_rules)
    requests, source = requests_of(task, selection)
    about = {"task": requests[0].task, "data": source, "shot_seed": selection.shot_seed}
    own = {**_GREEDY, "max_new_tokens": requests[0].max_tokens}
    own |= task_named(task)[0].sampling
    with progress_bar() as progress:
        if model is not None:
            from jtextkit.train.generation import generate

            made = generate(
                model, adapter, Settings(**{**own, **settings}), output, requests=requests,
                likeliest=choose != "reply", about=about, report=progress,
            )  # fmt: skip
        else:
            # What every server knows, and what was given for this one.
            sent = {name: own[name] for name in ("temperature", "top_p")} | settings
            try:
                made = ask(
                    _endpoint(server, sent), requests, output, likeliest=choose == "likelihood",
                    concurrency=server.concurrency, about=about, report=progress,
                )  # fmt: skip
            finally:
                if output.with_name(f"{output.name}.part").exists():
                    say(f"what came is kept in {output}.part; the same command goes on there")
    told = f"{output}: {made['rows']:,} texts, {made['new']:,} of them new"
    answer(as_json, made, lambda: say(told))
    failed = made.get("failed", {})
    for name, problem in list(failed.items())[:SHOWN_BAD]:
        say(printable(f"{name}: {problem}"))
    if failed:
        raise InputError(
            f"{len(failed):,} of {len(requests):,} prompts have no reply",
            where=str(server.endpoint),
            cure=f"run this again, or evaluate {output}.part as it is",
        )


def _endpoint(server: ServerSettings, sent: dict[str, Any]) -> Endpoint:
    body = {name: value for name, value in sent.items() if name not in ("per_level", "batch_size")}
    if "max_new_tokens" in body:
        body["max_tokens"] = body.pop("max_new_tokens")
    for one in server.set:
        name, equals, value = one.partition("=")
        if not equals:
            raise UsageError("this sets nothing", where=one, cure="write --set field=value")
        try:
            body[name] = json.loads(value)
        except ValueError:
            body[name] = value
    if "max_completion_tokens" in body:  # in its place, for servers that know it
        body["max_tokens"] = None
    key = os.environ.get(server.key_variable, "").strip()
    url, name = str(server.endpoint), str(server.model_name)
    there = Endpoint(url, name, api=server.api, body=body, key=key)
    if key and not there.sends_key:
        say("the key is not sent over http to another machine")
    return there
