"""Structured logs: acts and outcomes, never content, names, codes, ballots or tokens.

`event("act", kind="mark.set", ms=3.1)` is the only way to log. Its fields are a closed list and
each has a shape that free text does not fit, so that nothing a person wrote can slip in. What
libraries log is cut down to where it happened: their messages may quote anything.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, Final, TextIO

WITHHELD: Final = "withheld"
_WORD = re.compile(r"[A-Za-z][A-Za-z_]*([.:-][A-Za-z_][A-Za-z0-9_]*)*", re.ASCII)
_LONGEST_WORD: Final = 48
_ours = logging.getLogger("longtable")


def _word(value: object) -> bool:
    """A name out of the code, such as `mark.set` or `OperationalError`; never a sentence."""
    return isinstance(value, str) and len(value) <= _LONGEST_WORD and bool(_WORD.fullmatch(value))


def _number(value: object) -> bool:
    return isinstance(value, int | float)


FIELDS: Final[dict[str, Callable[[object], bool]]] = {
    "act": _word,  # the function in workshop/acts
    "audience": _word,  # phone, control, screen
    "count": _number,
    "database": _word,  # sqlite, postgresql
    "endpoint": _word,  # the route's name, never its path: paths may hold tokens
    "engine": _word,
    "error": _word,  # the class of an exception, never its message
    "kind": _word,  # of a command on the wire
    "method": _word,
    "ms": _number,
    "outcome": _word,  # accepted, refused, replayed
    "port": _number,
    "process": _number,
    "refusal": _word,  # a key of REFUSALS
    "seq": _number,
    "size": _number,  # bytes
    "status": _number,
    "workshop": _number,  # its row id; codes and addresses open doors and stay out
}


def event(name: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Log one thing that happened. A value that does not fit its field is written as withheld.

    Raises:
        TypeError: where a field is not in `FIELDS`; add it there, with the shape it may have.
    """
    unknown = sorted(fields.keys() - FIELDS.keys())
    if unknown:
        raise TypeError(f"not a field of the log: {', '.join(unknown)}")
    told = {key: value if FIELDS[key](value) else WITHHELD for key, value in fields.items()}
    _ours.log(level, name, extra={"told": told})


def _frames(record: logging.LogRecord) -> list[str]:
    """The way to an error as file, line and function, without folders and without any text."""
    if not record.exc_info or record.exc_info[2] is None:
        return []
    steps = traceback.extract_tb(record.exc_info[2])
    return [f"{PurePath(step.filename).name}:{step.lineno} {step.name}" for step in steps]


def _row(record: logging.LogRecord) -> dict[str, Any]:
    """One record as it may be written down, ours in full and a library's cut down."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    row: dict[str, Any] = {"at": at, "level": record.levelname.lower()}
    if record.name == _ours.name:
        row |= {"event": record.getMessage(), **getattr(record, "told", {})}
    else:
        row |= {"event": "library", "logger": record.name, "line": record.lineno}
    if record.exc_info and record.exc_info[0]:
        row |= {"error": record.exc_info[0].__name__, "frames": _frames(record)}
    return row


class JsonLines(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        return json.dumps(_row(record))


class Readable(logging.Formatter):
    """One short line, for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as `12:00:01 info act kind=mark.set`, frames below it."""
        row = _row(record)
        at, frames = row.pop("at")[11:19], row.pop("frames", [])
        head = f"{at} {row.pop('level')} {row.pop('event')}"
        rest = [f"{key}={value}" for key, value in row.items()]
        return "\n    ".join([" ".join([head, *rest]), *frames])


def configure(level: str = "info", *, debug: bool = False, stream: TextIO | None = None) -> None:
    """Send every log of this process to `stream` (standard error), readable on a terminal.

    Args:
        level: debug, info, warning or error; libraries speak from warning upwards.
        debug: show records whole, messages and all. The settings refuse it in production.
        stream: where to write; for tests.
    """
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    shape = Readable() if out.isatty() else JsonLines()
    handler.setFormatter(logging.Formatter(logging.BASIC_FORMAT) if debug else shape)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    _ours.setLevel(level.upper())
