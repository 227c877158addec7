"""Rehearsing a room: a throwaway copy of its plan, what was measured in it, and its end.

The copy is a room like any other, so that the very pages and lines are rehearsed which people will
use. It is flagged with the workshop that it rehearses, and goes with everything in it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workshop.acts.hosts import make_link
from workshop.acts.journey import draw_line
from workshop.acts.plan import planned, step_of, steps_in_order
from workshop.acts.room import enter
from workshop.acts.running import free_code, start
from workshop.acts.stage import Change, Stage
from workshop.acts.wiping import kept, wipe_ended
from workshop.rules.packs import as_fields
from workshop.rules.plans import whole
from workshop.rules.refusals import Refused
from workshop.rules.rehearsals import FEWEST, LENGTHS, MOST, OVER_SECONDS, SILENT_MS
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Host, Leg, Rehearsal, Workshop

TOOK: Final = ("service", "goal", "better_for", "place", "template", "bright", "keep_days")
"""What the copy has of its workshop."""


def begin(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    account_id: int,
    title: str,
    people: int,
    seconds: int,
    token: str,
    ground: Mapping[str, Any],
) -> Change:
    """Make the room in which a workshop’s plan is rehearsed, and start it.

    The answer is what whoever plays the people needs: the room’s name, its way in, its steps, and
    the parts of its journey. `title` says on every page of it that it is a rehearsal; `token` makes
    one browser the remote of that room, and of no other.

    Raises:
        Refused: `rehearsal_runs` while another goes on, `finished`, `not_whole`, `unknown_choice`.
    """
    room = _to_rehearse(db, workshop_id, people, seconds)
    gone = _clear(db, now)
    copy = _copy(db, room, account_id, title, now)
    lasts = (seconds + OVER_SECONDS) * 1000
    _note(db, room, copy, now, now + lasts, {"ground": dict(ground), "figures": {"asked": people}})
    _open(db, copy, account_id, token, now)
    return Change(copy.id, copy.seq, _told(db, copy), gone_room=gone)


def _to_rehearse(db: Session, workshop_id: int, people: int, seconds: int) -> Workshop:
    """The workshop, where it may be rehearsed with so many for so long."""
    room = enter(db, workshop_id)
    if room.rehearses_id is not None:
        raise Refused("not_found")
    if room.state == "finished":
        raise Refused("finished")
    whole(people, FEWEST, MOST)
    if seconds not in LENGTHS:
        raise Refused("unknown_choice")
    return room


def _note(
    db: Session, room: Workshop, copy: Workshop, now: int, ends_at: int, known: Mapping[str, Any]
) -> None:
    """Take the one place for a rehearsal that goes on; what the last one found goes."""
    db.execute(delete(Rehearsal).where(Rehearsal.workshop_id == room.id))
    times = {"started_at": now, "beat_at": now, "ends_at": ends_at}
    db.add(Rehearsal(workshop_id=room.id, room_id=copy.id, running=1, lags=[], **times, **known))
    try:
        db.flush()
    except IntegrityError as error:
        # Another process began one in the same moment: the database lets in one of the two.
        raise Refused("rehearsal_runs") from error


def _clear(db: Session, now: int) -> int | None:
    """Make way: wipe a rehearsal that its server has lost, and return the number of its room.

    Raises:
        Refused: `rehearsal_runs` where one goes on.
    """
    other = db.scalar(fresh().where(Rehearsal.running == 1))
    if other is None:
        return None
    if now - other.beat_at < SILENT_MS:
        raise Refused("rehearsal_runs")
    return _close(db, other, "broke", now)


def _copy(db: Session, room: Workshop, account_id: int, title: str, now: int) -> Workshop:
    copy = Workshop(
        **{name: getattr(room, name) for name in TOOK},
        title=clean(title[: LIMITS["title"]], LIMITS["title"]),
        slug=secrets.token_hex(5),
        facilitator_id=account_id,
        join_code=free_code(db),
        link_token=secrets.token_urlsafe(16),
        screen_token=secrets.token_urlsafe(16),
        shuffle=secrets.token_hex(8),
        seq=0,
        created_at=now,
        rehearses_id=room.id,
    )
    db.add(copy)
    db.flush()
    steps = steps_in_order(db, room)
    db.add_all(step_of(copy, place, planned(step)) for place, step in enumerate(steps))
    legs = db.scalars(select(Leg).where(Leg.workshop_id == room.id).order_by(Leg.position))
    db.add_all(Leg(workshop_id=copy.id, position=leg.position, title=leg.title) for leg in legs)
    return copy


def _open(db: Session, copy: Workshop, account_id: int, token: str, now: int) -> None:
    # Whoever may press the button may run the copy, also where they only help in the room.
    db.add(Host(workshop_id=copy.id, account_id=account_id, added_at=now))
    db.flush()
    draw_line(db, copy)
    here = {"now": now, "workshop_id": copy.id}
    make_link(db, **here, by=account_id, is_admin=False, kind="remote", token=token)
    start(db, now=now, workshop_id=copy.id)


def _told(db: Session, copy: Workshop) -> dict[str, Any]:
    steps = [planned(step) for step in steps_in_order(db, copy)]
    legs = select(Leg.id).where(Leg.workshop_id == copy.id).order_by(Leg.position)
    return {
        "room": copy.slug,
        "link": copy.link_token,
        "steps": [as_fields(step) | {"secret": step.secret} for step in steps],
        "legs": list(db.scalars(legs)),
    }


def beat(
    db: Session, *, now: int, workshop_id: int, room: str, figures: Mapping[str, Any]
) -> Change:
    """Note that a rehearsal goes on, and what it has measured.

    The answer says whether it is over: it was stopped, took too long, or is not there any more.
    """
    row = _row(db, workshop_id, room)
    if row is None:
        return Change(answer={"over": True})
    row.beat_at = now
    row.figures = {**row.figures, **figures}
    return Change(answer={"over": now >= row.ends_at})


def stop(db: Session, *, now: int, workshop_id: int) -> Change:
    """Ask a rehearsal to end now. Where none goes on, nothing changes."""
    row = db.scalar(fresh().where(Rehearsal.workshop_id == workshop_id))
    if row is not None and row.running:
        row.ends_at = now
        row.figures = {**row.figures, "outcome": "stopped"}
    return Change()


def end(db: Session, *, now: int, workshop_id: int, room: str, outcome: str) -> Change:
    """Hold what was acknowledged against what is there, and shut the room for good.

    Twice is harmless. What lies in the room is wiped by `wiping.wipe_ended`.
    """
    row = _row(db, workshop_id, room)
    return Change() if row is None else Change(gone_room=_close(db, row, outcome, now))


def _close(db: Session, row: Rehearsal, outcome: str, now: int) -> int:
    """End a rehearsal: from here on nobody comes into its room. Returns the room's number."""
    room_id = row.room_id or 0
    told = dict(row.figures)
    if told.get("outcome") != "stopped":
        told["outcome"] = outcome
    row.figures = {**told, **kept(db, room_id, told)}
    row.running, row.room_id, row.ended_at = None, None, now
    room = enter(db, room_id)
    room.state, room.doors_open, room.join_code, room.helper_token = "finished", False, None, None
    room.link_token, room.screen_token = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
    db.execute(delete(Host).where(Host.workshop_id == room_id))
    # The next rehearsal has to find the one place free.
    db.flush()
    return room_id


def _row(db: Session, workshop_id: int, room: str) -> Rehearsal | None:
    """The rehearsal of a workshop that goes on in the room of this name.

    By its name, because SQLite gives the number of a row that went to the next one that comes.
    """
    named = select(Workshop.id).where(Workshop.slug == room).scalar_subquery()
    here = (Rehearsal.workshop_id == workshop_id, Rehearsal.room_id == named)
    found: Rehearsal | None = db.scalar(fresh().where(*here))
    return found


def fresh() -> Any:  # noqa: ANN401 - a select of one table
    """Rehearsals, read anew and held until the act is committed."""
    return select(Rehearsal).with_for_update().execution_options(populate_existing=True)


def wipe_left_over(stage: Stage) -> int:
    """Wipe whatever is left of rehearsals that are over, or that their server has lost.

    Returns how many rooms those were.
    """
    with stage.store.read() as db:
        lost = db.execute(
            select(Rehearsal.workshop_id, Workshop.slug)
            .join(Workshop, Workshop.id == Rehearsal.room_id)
            .where(Rehearsal.beat_at <= stage.clock() - SILENT_MS)
        ).all()
    for workshop_id, room in lost:
        stage.perform(end, workshop_id=workshop_id, room=room, outcome="broke")
    return wipe_ended(stage)
