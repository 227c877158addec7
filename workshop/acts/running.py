"""Running the room: start, move on and back, timer, lock, doors, the projector, finish."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.acts.hands import take_down
from workshop.acts.journey import draw_line
from workshop.acts.patterns import at_the_end, place_mark
from workshop.acts.room import enter, record, running, step_now
from workshop.acts.stage import Change
from workshop.acts.voices import hush
from workshop.acts.voting import close_round, open_round, uncover_all
from workshop.rules.refusals import Refused
from workshop.storage.models import Post, Round, Step, Workshop

MEANING: Final = ("bands", "lists")
"""What the projector may show of a revealed vote: how sure its places are, and the two lists."""

SCREENS: Final = ("auto", "join", "blank", "spotlight", *MEANING)
"""What the projector may show: the step's own view, how to join, nothing, or one idea."""

MINUTE_MS: Final = 60_000
LONGEST_TIMER_MS: Final = 600 * MINUTE_MS
CODES: Final = 1_000_000


def start(db: Session, *, now: int, workshop_id: int, address: str = "") -> Change:
    """Open the doors and begin at the first step.

    Where this is done from, the room is: many people behind that `address` are no pattern.
    """
    room = enter(db, workshop_id)
    if room.state != "upcoming":
        raise Refused("round_move")
    room.state, room.doors_open = "running", True
    room.venue = place_mark(room, "place", address)
    _arrive(db, room, step_now(db, room), now)
    return Change(room.id, record(db, room, "workshop.started", now))


def finish(db: Session, *, now: int, workshop_id: int) -> Change:
    """End the meeting: rounds close, the doors shut, the code is free for another room."""
    room = enter(db, workshop_id)
    running(room)
    end(db, room, now)
    return Change(room.id, record(db, room, "workshop.finished", now))


def end(db: Session, room: Workshop, now: int) -> None:
    """End a meeting, whoever or whatever does it."""
    close_round(db, step_now(db, room), now)
    uncover_all(db, room)
    take_down(db, room)
    hush(db, room, now)
    room.state, room.doors_open, room.join_code = "finished", False, None
    room.timer_ends_at = room.timer_left = None
    room.finished_at = now
    at_the_end(db, room)


def move_step(db: Session, *, now: int, workshop_id: int, position: int) -> Change:
    """Move everybody to the step at `position`, on or back. Nothing that was said is lost.

    Raises:
        Refused: `not_started`, `finished`, or `not_found` where there is no such step.
    """
    room = enter(db, workshop_id)
    running(room)
    step = db.scalar(select(Step).where(Step.workshop_id == room.id, Step.position == position))
    if step is None:
        raise Refused("not_found")
    if position != room.step_position:
        close_round(db, step_now(db, room), now)
        room.step_position = position
        _arrive(db, room, step, now)
    return Change(room.id, record(db, room, "step.moved", now, step.id), {"position": position})


def _arrive(db: Session, room: Workshop, step: Step, now: int) -> None:
    room.locked = False
    room.nudged_at = None
    hush(db, room, now)
    room.screen, room.spotlight_id = "auto", None
    room.timer_left = None
    room.timer_ends_at = now + step.minutes * MINUTE_MS if step.minutes else None
    if step.method is not None:
        open_round(db, room, step, now)
    if step.phase == "journey":
        draw_line(db, room)


def set_timer(db: Session, *, now: int, workshop_id: int, action: str, minutes: int = 0) -> Change:
    """Pause, go on, add or take minutes, or start the countdown afresh.

    Args:
        action: "pause", "resume", "add" (`minutes`, may be negative) or "start" (`minutes`).
    """
    room = enter(db, workshop_id)
    running(room)
    left = _left(room, now)
    if action == "pause":
        room.timer_ends_at, room.timer_left = None, left
    elif action == "resume":
        room.timer_ends_at, room.timer_left = now + left, None
    elif action in {"add", "start"}:
        wanted = minutes * MINUTE_MS + (left if action == "add" else 0)
        length = max(0, min(wanted, LONGEST_TIMER_MS))
        paused = room.timer_left is not None and action == "add"
        room.timer_ends_at = None if paused else now + length
        room.timer_left = length if paused else None
    else:
        raise Refused("unknown_choice")
    return Change(room.id, record(db, room, "timer.set", now))


def _left(room: Workshop, now: int) -> int:
    if room.timer_left is not None:
        return room.timer_left
    return max(0, room.timer_ends_at - now) if room.timer_ends_at is not None else 0


def lock_room(db: Session, *, now: int, workshop_id: int, locked: bool) -> Change:
    """Pause posting for everybody, or let it go on."""
    room = enter(db, workshop_id)
    running(room)
    room.locked = locked
    return Change(room.id, record(db, room, "room.locked", now))


def set_doors(db: Session, *, now: int, workshop_id: int, is_open: bool) -> Change:
    """Open or shut the doors: whether new people may take a seat."""
    room = enter(db, workshop_id)
    if room.state == "finished":
        raise Refused("finished")
    room.doors_open = is_open
    return Change(room.id, record(db, room, "room.doors", now))


def show_screen(
    db: Session, *, now: int, workshop_id: int, screen: str, post_id: int | None = None
) -> Change:
    """Choose what the projector shows."""
    room = enter(db, workshop_id)
    if screen not in SCREENS:
        raise Refused("unknown_choice")
    if screen == "spotlight":
        found = db.scalar(
            select(Post.id).where(
                Post.id == post_id, Post.workshop_id == room.id, Post.state == "shown"
            )
        )
        if found is None:
            raise Refused("not_found")
    if screen in MEANING:
        _shown_whole(db, room)
    room.screen = screen
    room.spotlight_id = post_id if screen == "spotlight" else None
    return Change(room.id, record(db, room, "screen.shown", now))


def _shown_whole(db: Session, room: Workshop) -> None:
    """Raise `Refused("screen_waits")` unless a vote was revealed down to its first place."""
    shown = select(Round.id).where(
        Round.workshop_id == room.id, Round.state == "revealed", Round.under == 0
    )
    if db.scalar(shown.limit(1)) is None:
        raise Refused("screen_waits")


def set_bright(db: Session, *, now: int, workshop_id: int, bright: bool) -> Change:
    """Make the room's screen light, for a bright room, or dark again."""
    room = enter(db, workshop_id)
    room.bright = bright
    return Change(room.id, record(db, room, "screen.shown", now))


def free_code(db: Session) -> str:
    """A six-digit code that no other room has now.

    Raises:
        Refused: `server_busy` in the unlikely case that a thousand draws were all taken.
    """
    for _ in range(1000):
        code = f"{secrets.randbelow(CODES):06d}"
        taken = select(func.count()).select_from(Workshop).where(Workshop.join_code == code)
        if not db.scalar(taken):
            return code
    raise Refused("server_busy", again=1.0)
