"""`longtable run` and `longtable demo`: get everything ready, say where to go, serve."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from workshop.cli.asking import SUPPRESS, Asked, Parser, Start, environ, in_sentences, whole


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang `run` and `demo` on the command line."""
    for name, run, about in (
        ("run", _run, "serve your own workshops"),
        ("demo", _demo, "serve, with three stories told and a link for everybody"),
    ):
        command = commands.add_parser(name, help=about, description=about)
        command.add_argument("--host", help="the address to listen on")
        command.add_argument("--port", type=whole, help="the port to listen on")
        command.set_defaults(run=run)
        if name == "run":
            _more(command)


def _more(command: Parser) -> None:
    """What only `run` takes: several processes."""
    about = "serve with so many processes behind nginx; needs PostgreSQL and Redis"
    command.add_argument("--processes", type=whole, metavar="N", help=about)
    about = "what keeps to one process: each room (the default), or each person of one huge room"
    command.add_argument("--keep-together", choices=("room", "person"), default="room", help=about)
    # One of several: whoever started it has brought the tables up to date and told the links.
    command.add_argument("--worker", action="store_true", help=SUPPRESS)


def _run(asked: Asked, start: Start) -> int:
    if asked.processes is not None:
        from workshop.cli import processes

        return processes.run(asked, start)
    if asked.worker:
        return _serve(asked, start, None)
    from workshop.cli import addresses

    return _serve(asked, start, addresses.of_an_installation)


def _demo(asked: Asked, start: Start) -> int:
    from workshop.cli import addresses

    return _serve(asked, start, addresses.of_the_stories)


def _serve(asked: Asked, start: Start, links: Any) -> int:  # noqa: ANN401 - one of those above, or none
    """Open the database, build the house, print its links and serve until told to stop."""
    with in_sentences():
        from workshop import logs
        from workshop.cli import ready
        from workshop.cli.opening import settings_of

        settings = settings_of(environ(host=asked.host, port=asked.port))
        logs.configure(settings.log_level, debug=settings.debug)
        ready.claim(settings)
        house = ready.built(settings, start, upgraded=links is None)
        told = links(house) if links else None
    if told is not None:
        ready.say(settings, told)
    from workshop.cli import servers

    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _stop if links else _leave)
    servers.run(start.engine, house)
    return 0


def _stop(_signal: int, _frame: object) -> None:
    """Leave at once: what was acknowledged is on disk, and pages connect again by themselves.

    Waiting for open connections would take as long as their people stay.
    """
    sys.stdout.write("\nLongtable has stopped. Everything that was said is saved.\n")
    sys.stdout.flush()
    os._exit(0)


def _leave(_signal: int, _frame: object) -> None:
    """Leave at once and without a word: whoever started this process speaks for all."""
    os._exit(0)
