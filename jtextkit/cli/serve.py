"""``jtextkit serve``: a page for texts, and one for a set, on this machine."""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress

import click

from jtextkit.cli.output import progress_bar, say
from jtextkit.cli.parameters import Local, argument, command, option
from jtextkit.core.errors import UsageError


@command("serve")
def serve_command(
    *,
    place: Local | None = argument("[DIR|REPO]"),
    port: int = option("0 takes a free one.", 8000, type=click.IntRange(0, 65535)),
    host: str = option("Address to listen at; 0.0.0.0 is all.", "127.0.0.1"),
    allowed: tuple[str, ...] = option(
        "A name under which others reach this machine; repeatable.",
        flag="--allow-host",
        metavar="NAME",
    ),
) -> None:
    """Serve a page to paste texts into, or one to look through a built set."""
    import uvicorn

    from jtextkit.serve import LOOPBACK, make_app

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            (error.strerror or "no such address").partition(" (while")[0],
            where=f"{host}:{port}",
            cure="choose another --port (0 takes a free one) or --host",
        ) from None
    # Ctrl-C is the way in which it is ended.
    with suppress(KeyboardInterrupt), ExitStack() as open_things:
        open_things.enter_context(listening)
        browsed = None
        if place is not None:
            from jtextkit.serve import browse  # which needs the extra build, too

            with progress_bar() as report:
                browsed = open_things.enter_context(browse(place, report=report))
        app = make_app({*LOOPBACK, host, *filter(None, allowed)}, browsed)
        options = uvicorn.Config(
            app, http="h11", ws="none", lifespan="off", access_log=False, server_header=False,
            log_level="warning", timeout_graceful_shutdown=2,
        )  # fmt: skip
        shown = f"[{host}]" if ":" in host else host
        say(f"serving http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)")
        uvicorn.Server(options).run(sockets=[listening])
