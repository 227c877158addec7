"""The whole wire: every event, what it carries (commands: `bodies`), and how strictly it is read.

Unknown is refused: an event, a command, a field, or a value of another type. Text is bounded
here only by the frame; what it may say is judged by the act.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from workshop.live.bodies import BODIES
from workshop.rules.refusals import Refused
from workshop.rules.wording import LARGEST

#: What the server sends: news of the room, and a last word before a connection is closed.
OUT: Final = ("room", "bye")
#: What the browser sends.
IN: Final = ("command", "catch_up", "mine", "alike", "shown")

LONGEST_ID: Final = 64
LONGEST_DEVICE: Final = 40


@dataclass(frozen=True, slots=True)
class Envelope:
    """One command: `id` makes it count once, `n` orders the commands of one device."""

    id: str
    n: int
    device: str
    kind: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CatchUp:
    """The last sequence a page has seen."""

    seq: int


@dataclass(frozen=True, slots=True)
class Typing:
    """What somebody is writing, before they post it: the kind of post, and its words so far."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The sequence up to which a projector shows its room: said in a rehearsal alone."""

    seq: int


def envelope(data: object) -> Envelope:
    """Read a command.

    Raises:
        Refused: `bad_value` for anything that is not exactly an envelope.
    """
    read: Envelope = parse(Envelope, data)
    if not 8 <= len(read.id) <= LONGEST_ID or len(read.device) > LONGEST_DEVICE or read.n < 0:
        raise Refused("bad_value")
    return read


def body(kind: str, data: object) -> dict[str, Any]:
    """The values of a command's body, typed; details that were left out are not in it.

    Raises:
        Refused: `unknown_command`, or `bad_value`.
    """
    if kind not in BODIES:
        raise Refused("unknown_command")
    shape = BODIES[kind]
    one = parse(shape, data)
    read = {row.name: getattr(one, row.name) for row in fields(shape)}
    if kind == "post.edit":
        return {name: value for name, value in read.items() if value is not None}
    return read


def parse(shape: type, data: object) -> Any:  # noqa: ANN401 - the caller names the type it asked for
    """Read `data` as an instance of the dataclass `shape`, strictly.

    Raises:
        Refused: `bad_value` for a missing or unknown field, or a value of another type.
    """
    if not isinstance(data, Mapping):
        raise Refused("bad_value")
    hints, needed = _asked(shape)
    if not needed <= data.keys() or not data.keys() <= hints.keys():
        raise Refused("bad_value")
    for name, value in data.items():
        if not _is(value, hints[name]):
            raise Refused("bad_value")
    return shape(**data)


@cache
def _asked(shape: type) -> tuple[dict[str, Any], frozenset[str]]:
    """The type of every field of a shape, and the fields that may not be left out."""
    needed = frozenset(row.name for row in fields(shape) if row.default is MISSING)
    return get_type_hints(shape), needed


def _is(value: object, hint: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether `value` has exactly the type that is asked for; True is no number."""
    if isinstance(hint, types.UnionType):
        return any(_is(value, part) for part in get_args(hint))
    if hint is type(None):
        return value is None
    plain = getattr(hint, "__origin__", hint)
    if plain is int:
        return type(value) is int and abs(value) <= LARGEST
    if plain is list:
        (each,) = get_args(hint)
        return type(value) is list and all(_is(one, each) for one in value)
    return type(value) is plain
