"""`longtable recount FOLDER`: count a published vote again, and see whether its chain is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workshop.cli.asking import Asked, Start, Stop

ABOUT = "count the published files of a vote again, by another program than ours"


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang the command on the command line."""
    command = commands.add_parser("recount", help=ABOUT, description=ABOUT)
    command.add_argument("folder", type=Path, metavar="FOLDER", help="tally.json and ledger.json")
    command.set_defaults(run=_recount)


def _recount(asked: Asked, _start: Start) -> int:
    from workshop.recount.program import look

    try:
        right, wrong = look(asked.folder)
    except ValueError as error:
        raise Stop(str(error)) from error
    print(*right, *wrong, sep="\n")
    return 1 if wrong else 0
