"""`longtable replay`: hold a public conversation again, through a server on this machine."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workshop.cli.asking import Asked, Start, Stop, above_zero, in_sentences, whole

if TYPE_CHECKING:
    from workshop.rehearsal.report import Report

SHOWN: Final = 20
"""Differences that are printed; the rest are counted."""


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang `replay` on the command line."""
    about = "replay a public conversation through a running server, and compare every count"
    command = commands.add_parser("replay", help=about, description=about)
    command.add_argument("format", choices=["polis"], help="what the folder holds")
    command.add_argument("path", type=Path, metavar="DIR", help="comments.csv, votes.csv, ...")
    command.add_argument("--url", default="http://127.0.0.1:5000", help="a server on this machine")
    command.add_argument(
        "--speed",
        type=above_zero,
        metavar="N",
        help="N times as fast as it happened; else as fast as the server acknowledges",
    )
    command.add_argument("--top", type=whole, default=5, metavar="K", help="ideas to the backlog")
    command.set_defaults(run=_replay)


def _replay(asked: Asked, _start: Start) -> int:
    with in_sentences():
        from workshop.cli.opening import one_time_token
        from workshop.formats import polis
        from workshop.rehearsal.browser import Lost, site_of
        from workshop.rehearsal.replay import Replay

        try:
            site = site_of(asked.url)
            conversation = polis.read(asked.path)
            replay = Replay(conversation, site, one_time_token(), asked.speed, asked.top)
            report = asyncio.run(replay.run())
        except Lost as lost:
            raise Stop(str(lost)) from lost
    for remark in conversation.remarks:
        print(f"note: {remark.words()}", file=sys.stderr)
    _print(report, site)
    return 0 if report.clean else 1


def _print(report: Report, site: str) -> None:
    times = ", ".join(f"{part} {seconds:.1f} s" for part, seconds in report.seconds.items())
    print(f"Workshop     {site}/workshops/{report.slug}")
    print(f"People       {report.seats} seats, {report.voters} of them voters")
    print(f"Statements   {report.statements}")
    print(f"Votes        {report.votes} acknowledged")
    print(f"Refused      {len(report.refused)}, and {report.waited} asked to wait")
    print(f"Backlog      {report.promoted} ideas promoted")
    print(f"Time         {times}")
    print(f"Differences  {len(report.differences)}")
    for line in (report.refused + report.differences)[:SHOWN]:
        print(f"  {line}")
