"""The log holds acts and outcomes, and no way is open for what people wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from workshop.logs import FIELDS, WITHHELD, configure, event

CANARY = "My mother’s name is Anne"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What goes to the log; the root logger is put back afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    configure(stream=stream)
    yield stream
    root.handlers[:], root.level = before


def rows(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json(written: io.StringIO) -> None:
    event("act", kind="mark.set", workshop=7, ms=3.5)
    (row,) = rows(written)
    assert row.pop("at").endswith("+00:00")
    assert row == {"level": "info", "event": "act", "kind": "mark.set", "workshop": 7, "ms": 3.5}


def test_an_unknown_field_is_refused(written: io.StringIO) -> None:
    with pytest.raises(TypeError, match="text"):
        event("act", text="anything")
    assert written.getvalue() == ""


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("secret", [CANARY, "482913", "a/b", "eyJhbGciOiJ9.x_y", "x" * 80, [1]])
def test_what_does_not_fit_a_field_is_withheld(
    written: io.StringIO, field: str, secret: object
) -> None:
    told: dict[str, Any] = {field: secret}
    event("act", **told)
    assert rows(written)[0][field] == WITHHELD


def test_what_a_library_says_is_cut_down_to_where_it_happened(written: io.StringIO) -> None:
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("flask.app").exception("on /mine/%s", CANARY)
    (row,) = rows(written)
    assert row["error"] == "ValueError"
    assert row["frames"][-1].startswith("test_logs.py:")
    assert CANARY not in written.getvalue()


def test_libraries_are_quiet_below_a_warning(written: io.StringIO) -> None:
    logging.getLogger("engineio").info("packet %s", CANARY)
    assert written.getvalue() == ""


def test_a_terminal_gets_a_readable_line(written: io.StringIO) -> None:
    del written
    terminal = Terminal()
    configure(stream=terminal)
    event("act", kind="mark.set")
    assert terminal.getvalue()[8:] == " info act kind=mark.set\n"


def test_debug_shows_a_record_whole() -> None:
    stream = io.StringIO()
    configure(debug=True, stream=stream)
    logging.getLogger("flask.app").warning("on %s", CANARY)
    assert CANARY in stream.getvalue()
    configure()
