"""What every command shares: how it is asked, how it stops, and how a mistake is worded."""

from __future__ import annotations

import argparse
import difflib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NoReturn, Protocol

SUPPRESS: Final = argparse.SUPPRESS
"""The help of an option that is for the program itself."""

Asked = argparse.Namespace
"""One command as it was asked for; its fields are the options of its parser."""


@dataclass(frozen=True, slots=True)
class Start:
    """What app.py prepared: the engine's name, and where slow work goes."""

    engine: str
    offload: Callable[..., Any]


class Commands(Protocol):
    """Where a family hangs its commands."""

    def add_parser(self, name: str, **options: Any) -> Parser:
        """A parser for one command."""


class Family(Protocol):
    """One file of commands."""

    def add(self, commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
        """Hang every command of this family on `commands`."""


class Stop(Exception):
    """End the command with one sentence for each wrong thing.

    Attributes:
        code: the exit code; 2 is a wrong input.
    """

    def __init__(self, *sentences: str, code: int = 2) -> None:
        super().__init__("\n".join(sentences))
        self.code = code


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with room for each command's sentence on one line."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, **{"max_help_position": 16, "width": 100, **options})


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes are one sentence each.

    Attributes:
        known: the commands there are, to suggest the one that was meant.
    """

    def __init__(self, name: str = "", **options: Any) -> None:
        options.setdefault("formatter_class", Formatter)
        options.setdefault("prog", name)
        super().__init__(**options, allow_abbrev=False)
        self.known: tuple[str, ...] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - argparse's own loose signature
        """Parse, after saying what was meant where the command itself is unknown."""
        first = next((word for word in args or () if not word.startswith("-")), None)
        if self.known and first is not None and first not in self.known:
            raise Stop(unknown("command", first, self.known))
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Stop with argparse's finding as a sentence, and where to read more."""
        said = message[:1].upper() + message[1:]
        raise Stop(f"{said.rstrip('.')}. See: {self.prog} --help")


def unknown(what: str, given: str, known: Iterable[str]) -> str:
    """A sentence about a name that is none of `known`, with the likely one."""
    names = list(known)
    near = difflib.get_close_matches(given, names, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There is: {', '.join(names)}."
    return f"There is no {what} “{given}”. {hint}"


def above_zero(text: str) -> float:
    """A number above zero."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number above zero")
    return value


def whole(text: str) -> int:
    """A whole number, zero or more."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number")
    return int(text)


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turn what our own floors refuse into a stop with their sentences."""
    from workshop.formats.files import BadFile
    from workshop.rules.refusals import Refused
    from workshop.storage.engines import UnsafeDatabase
    from workshop.storage.upgrade import DatabaseUnfit

    try:
        yield
    except Refused as no:
        raise Stop(no.words()) from no
    except (BadFile, UnsafeDatabase, DatabaseUnfit) as wrong:
        raise Stop(str(wrong)) from wrong


def environ(**given: object) -> dict[str, str]:
    """The environment, with what was said on the command line put over it."""
    said = {name: value for name, value in given.items() if value is not None}
    over = {f"LONGTABLE_{name.upper()}": str(value) for name, value in said.items()}
    return {**os.environ, **over}
