"""The command line: one family of commands in each file, listed in `commands.FAMILIES`."""

from workshop.cli.commands import main

__all__ = ["main"]
