"""The whole wire on one page: every event, every command, and exactly what each may carry.

Unknown is refused: an event, a command, a field, or a value of another type. Text is bounded
here only by the frame; what it may say is judged by the act.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, Final, get_args, get_type_hints

from workshop.rules.refusals import Refused

#: What the server sends: news of the room, and a last word before a connection is closed.
OUT: Final = ("room", "bye")
#: What the browser sends.
IN: Final = ("command", "catch_up", "mine")

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
class Say:
    """A goal or a pledge."""

    text: str


@dataclass(frozen=True, slots=True)
class PostProblem:
    """A problem card."""

    text: str
    affected: str = ""
    often: str = ""
    better: str = ""


@dataclass(frozen=True, slots=True)
class PostIdea:
    """An idea, and the problem it answers."""

    text: str
    answers_id: int | None = None
    better_for: str = ""


@dataclass(frozen=True, slots=True)
class EditPost:
    """New words for one's own post; a detail that is left out stays as it was."""

    post_id: int
    text: str
    affected: str | None = None
    often: str | None = None
    better: str | None = None
    better_for: str | None = None


@dataclass(frozen=True, slots=True)
class OnePost:
    """A post by its number."""

    post_id: int


@dataclass(frozen=True, slots=True)
class SetMark:
    """An absolute mark on an idea; None takes an answer back."""

    idea_id: int
    value: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """Whether one is done voting."""

    done: bool


@dataclass(frozen=True, slots=True)
class MoveStep:
    """The position of the step to go to, counted from 0."""

    position: int


@dataclass(frozen=True, slots=True)
class SetTimer:
    """What to do with the timer."""

    action: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Lock:
    """Whether posting is paused."""

    locked: bool


@dataclass(frozen=True, slots=True)
class Doors:
    """Whether new people may come in."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class ShowScreen:
    """What the projector shows."""

    screen: str
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class ThemePost:
    """A post and the theme it goes under, or none."""

    post_id: int
    theme_id: int | None = None


@dataclass(frozen=True, slots=True)
class AddTheme:
    """A new theme."""

    title: str


@dataclass(frozen=True, slots=True)
class RenameTheme:
    """A theme and its new words."""

    theme_id: int
    title: str


@dataclass(frozen=True, slots=True)
class RemoveTheme:
    """A theme by its number."""

    theme_id: int


@dataclass(frozen=True, slots=True)
class MoveRound:
    """A round and the state it goes to."""

    round_id: int
    to: str


@dataclass(frozen=True, slots=True)
class RemoveSeat:
    """A seat by its number."""

    seat_id: int


BODIES: Final[dict[str, type]] = {
    "goal.post": Say,
    "problem.post": PostProblem,
    "idea.post": PostIdea,
    "pledge.post": Say,
    "post.edit": EditPost,
    "post.withdraw": OnePost,
    "mark.set": SetMark,
    "ballot.done": Done,
    "step.move": MoveStep,
    "timer.set": SetTimer,
    "room.lock": Lock,
    "room.doors": Doors,
    "screen.show": ShowScreen,
    "post.hide": OnePost,
    "post.show": OnePost,
    "post.remove": OnePost,
    "post.theme": ThemePost,
    "theme.add": AddTheme,
    "theme.rename": RenameTheme,
    "theme.remove": RemoveTheme,
    "round.move": MoveRound,
    "seat.remove": RemoveSeat,
}


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
    read = asdict(parse(BODIES[kind], data))
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
    hints = get_type_hints(shape)
    names = {row.name for row in fields(shape)}
    needed = {row.name for row in fields(shape) if row.default is MISSING}
    if not needed <= data.keys() or not data.keys() <= names:
        raise Refused("bad_value")
    for name, value in data.items():
        if not _is(value, hints[name]):
            raise Refused("bad_value")
    return shape(**data)


def _is(value: object, hint: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether `value` has exactly the type that is asked for; True is no number."""
    if isinstance(hint, types.UnionType):
        return any(_is(value, part) for part in get_args(hint))
    if hint is type(None):
        return value is None
    plain = getattr(hint, "__origin__", hint)
    if plain is int:
        return type(value) is int and abs(value) < 2**53
    return type(value) is plain
