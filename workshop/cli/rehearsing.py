"""`longtable rehearse`: fill a room with simulated people, and see whether it holds."""

from __future__ import annotations

import argparse
import asyncio
import json
from typing import TYPE_CHECKING, Any

from workshop.cli.asking import (
    SUPPRESS,
    Asked,
    Parser,
    Start,
    Stop,
    above_zero,
    in_sentences,
    whole,
)

if TYPE_CHECKING:
    from workshop.rehearsal.findings import Findings, Plan


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang `rehearse` on the command line."""
    from workshop.rules.templates import VOTED

    about = "fill a throwaway room of a running server with people who join, vote and read"
    command = commands.add_parser("rehearse", help=about, description=about)
    command.add_argument("--url", default="http://127.0.0.1:5000", help="a server on this machine")
    command.add_argument("--phones", type=_some, default=100, metavar="N", help="in each room")
    command.add_argument(
        "--rate", type=above_zero, metavar="R", help="votes a second in each room; else N/10"
    )
    command.add_argument("--seconds", type=above_zero, default=20, metavar="S", help="of voting")
    command.add_argument(
        "--posts-per-second",
        type=above_zero,
        default=0,
        metavar="P",
        help="post ideas for S seconds before the vote",
    )
    command.add_argument("--method", choices=sorted(VOTED), default="dots")
    command.add_argument(
        "--join-seconds",
        type=above_zero,
        metavar="J",
        help="people come in over J seconds; else as fast as it goes",
    )
    command.add_argument(
        "--burst", action="store_true", help="everybody votes once, within 2 s of “open”"
    )
    command.add_argument("--rooms", type=_some, default=1, metavar="R")
    command.add_argument(
        "--server-pid",
        type=_some,
        action="append",
        metavar="PID",
        help="a process of the server; else found by its port",
    )
    _more(command)
    command.set_defaults(run=_rehearse)


def _more(command: Parser) -> None:
    """How it is told and left; and how a server rehearses a room of its own."""
    command.add_argument("--json", action="store_true", help="print JSON and nothing else")
    command.add_argument("--keep", action="store_true", help="leave the workshop open")
    # What to do comes on standard input then.
    command.add_argument("--ordered", action="store_true", help=SUPPRESS)


def _some(text: str) -> int:
    """A whole number above zero."""
    number = whole(text)
    if not number:
        raise argparse.ArgumentTypeError("it takes one at least")
    return number


def _ordered() -> int:
    from workshop.rehearsal.order import read_order, tell
    from workshop.rehearsal.walk import Walk

    return 0 if asyncio.run(Walk(read_order(), tell).run()) == "held" else 1


def _rehearse(asked: Asked, _start: Start) -> int:
    if asked.ordered:
        return _ordered()
    with in_sentences():
        from workshop.cli.opening import one_time_token
        from workshop.rehearsal.browser import Lost, site_of
        from workshop.rehearsal.rehearse import Rehearsal

        try:
            site = site_of(asked.url)
            pids = tuple(asked.server_pid or ())
            found = asyncio.run(Rehearsal(_plan(asked), site, one_time_token(), pids).run())
        except Lost as lost:
            raise Stop(str(lost)) from lost
    _print(found, as_json=asked.json)
    return 0 if found.sound else 1


def _plan(asked: Asked) -> Plan:
    from workshop.rehearsal.findings import TEN, Plan

    return Plan(
        phones=asked.phones,
        rate=asked.rate or max(1.0, asked.phones / TEN),
        seconds=asked.seconds,
        posts=asked.posts_per_second,
        method=asked.method,
        join_seconds=asked.join_seconds,
        burst=asked.burst,
        rooms=asked.rooms,
        keep=asked.keep,
    )


def _print(found: Findings, *, as_json: bool) -> None:
    from workshop.rehearsal import table

    if as_json:
        print(json.dumps(table.as_json(found)))
        return
    print("\n".join(table.lines(found)))
    left = "left open" if found.plan.keep else "finished: its doors are shut and its code is free"
    for slug in found.slugs:
        print(f"Workshop   {found.site}/workshops/{slug} stays in the database, {left}.")
