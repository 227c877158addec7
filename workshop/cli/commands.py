"""All the commands there are, and how one of them is run.

A command that serves is started by app.py with its engine patched in already, so this floor
imports what a command needs only when that command runs: `longtable version` loads nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from workshop.cli import (
    accounts,
    doctor,
    exporting,
    files,
    recounting,
    rehearsing,
    replaying,
    serving,
    stories,
    sweeping,
)
from workshop.cli.asking import Family, Parser, Start, Stop

FAMILIES: tuple[Family, ...] = (
    serving,
    stories,
    exporting,
    replaying,
    rehearsing,
    files,
    recounting,
    accounts,
    sweeping,
    doctor,
)

ABOUT = """\
Longtable: live workshops in which citizens, staff and partners redesign a public service.

  longtable demo      try it out: three stories, the server, and a link for everybody
  longtable run       serve your own workshops
  longtable doctor    see whether everything is as it should be
"""
INTERRUPTED = 130
MORE = "Settings come from the environment: docs/settings.md. One command: longtable COMMAND --help"


def main(argv: list[str], engine: str, offload: Callable[..., Any]) -> int:
    """Run one command and return its exit code.

    Args:
        argv: the words after the program's name.
        engine: what carries connections; already patched in where the command serves.
        offload: `offload(function, *values)` runs slow work where it holds up nobody.

    Returns:
        What the command says: 0 for well, 1 for a finding (a difference, something ill), and 2
        for a wrong input, with one sentence for each wrong thing on standard error.
    """
    parser = _parser()
    try:
        asked = parser.parse_args(argv or ["--help"])
        return int(asked.run(asked, Start(engine, offload)))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    except SystemExit as help_was_shown:
        return int(help_was_shown.code or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has read enough: `longtable export ... | head`.
        sys.stderr.close()
        return 0


def _parser() -> Parser:
    parser = Parser("longtable", description=ABOUT, epilog=MORE)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", required=True)
    for family in FAMILIES:
        family.add(commands)
    parser.known = tuple(commands.choices)
    return parser
