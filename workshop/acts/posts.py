"""Posting, rewording and taking back; hiding, showing and removing."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts import details as answers
from workshop.acts.carrying import copies_of, tell_copies
from workshop.acts.deeds import log_deed
from workshop.acts.holding import arrives, reworded
from workshop.acts.merging import stand_alone
from workshop.acts.room import contributed, enter, record, running, step_now, voice
from workshop.acts.stage import Change
from workshop.acts.voting import release_marks
from workshop.rules.care import REASONS, one_of
from workshop.rules.permissions import may_write
from workshop.rules.phases import PHASES, may_post
from workshop.rules.receipts import owner_mark
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Post, Seat, Step, Theme, Workshop

LIVING = ("shown", "held", "hidden")
OWN = (*LIVING, "merged")
"""States of posts that the facilitator, and that their authors, may still change."""

LONG = frozenset({"problem", "idea"})
"""Kinds of post that may have more than one line."""


def post(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    receipt: str,
    kind: str,
    text: str,
    answers_id: int | None = None,
    builds_on_id: int | None = None,
    on_paper: bool = False,
    **details: str,
) -> Change:
    """Add a goal, a problem, an idea or a pledge.

    An idea may answer a problem or a question of the same room; it then stands under its theme.
    One that builds on another idea answers what that one answers, unless it says otherwise.
    What was written `on_paper` is typed in later: at any step, though it belongs to its own.
    The answer carries the new post's number.

    Raises:
        Refused: `empty`, `too_long`, `step_closed`, `locked`, `watching`, `others_write`, ...
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    running(room)
    step = _step_for(db, room, kind, on_paper=on_paper)
    may_write(step.posters, seat.group)
    row = written(seat, step, kind, text, receipt, now)
    answers.put(row, details)
    _tie(db, row, answers_id, builds_on_id)
    arrives(db, room, row, receipt, now)
    contributed(db, step, seat)
    # A pledge is its author's alone: the room's history does not say which one it was.
    moment, ref = ("pledge.added", None) if kind == "pledge" else ("post.added", row.id)
    return Change(room.id, record(db, room, moment, now, ref), {"post": row.id})


def _step_for(db: Session, room: Workshop, kind: str, *, on_paper: bool) -> Step:
    """The step that a post of this kind belongs to: where the room is, if it is welcome there.

    On paper it is the first step that gathers such posts, if there is one.
    """
    if not on_paper:
        step = step_now(db, room)
        may_post(kind, step.phase, locked=room.locked)
        return step
    takes = [phase.key for phase in PHASES.values() if kind in phase.accepts]
    first = select(Step).where(Step.workshop_id == room.id, Step.phase.in_(takes))
    return db.scalar(first.order_by(Step.position).limit(1)) or step_now(db, room)


def _tie(db: Session, row: Post, answers_id: int | None, builds_on_id: int | None) -> None:
    """Tie an idea to what it answers and to the idea that it builds on."""
    if builds_on_id is not None:
        root = shown(db, row.workshop_id, builds_on_id, "idea")
        row.builds_on_id, row.answers_id, row.theme_id = root.id, root.answers_id, root.theme_id
    if answers_id is not None:
        asked = shown(db, row.workshop_id, answers_id, "problem", "question")
        row.answers_id, row.theme_id = asked.id, asked.theme_id


def written(seat: Seat, step: Step, kind: str, text: str, receipt: str, now: int) -> Post:
    """A new post of the holder of `receipt`, with its smaller answers still open."""
    salt = secrets.token_hex(16)
    return Post(
        workshop_id=seat.workshop_id,
        step_id=step.id,
        kind=kind,
        text=clean(text, LIMITS[kind], multiline=kind in LONG),
        group=seat.group,
        salt=salt,
        owner=owner_mark(receipt, salt),
        language=seat.language,
        created_at=now,
        **answers.EMPTY,
    )


def shown(db: Session, workshop_id: int, post_id: int, *kinds: str) -> Post:
    """A post of one of these kinds that the room can see.

    Where it became part of another card while somebody wrote, that card is meant.

    Raises:
        Refused: `not_found`.
    """
    found = living(db, workshop_id, post_id, OWN)
    if found.top_id is not None:
        found = living(db, workshop_id, found.top_id)
    if found.kind not in kinds or found.state != "shown":
        raise Refused("not_found")
    return found


def edit_post(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    receipt: str,
    post_id: int,
    text: str,
    **details: str,
) -> Change:
    """Reword one's own post while the room is still at a step that takes its kind."""
    room, seat, row = own_post(db, workshop_id, seat_id, receipt, post_id)
    running(room)
    if row.state != "held":
        # What the facilitator asked for comes when its author can give it.
        step = step_now(db, room)
        may_post(row.kind, step.phase, locked=room.locked)
        may_write(step.posters, seat.group)
    row.text = clean(text, LIMITS[row.kind], multiline=row.kind in LONG)
    answers.put(row, details)
    reworded(db, room, row, now)
    return touched(db, room, row, now)


def withdraw_post(
    db: Session, *, now: int, workshop_id: int, seat_id: int, receipt: str, post_id: int
) -> Change:
    """Take back one's own post, at any step. Its words are gone and people get their votes back."""
    room, _, row = own_post(db, workshop_id, seat_id, receipt, post_id)
    copies = copies_of(db, [row])
    for one in (row, *copies):
        stand_alone(db, one)
        one.state = "withdrawn"
        answers.blank(db, one)
        one.note = ""
    also = tell_copies(db, copies, now)
    return replace(touched(db, room, row, now), also=also)


def set_state(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    post_id: int,
    state: str,
    reason: str = "",
    note: str = "",
    account_id: int | None = None,
) -> Change:
    """The facilitator lets a post show, hides it, or removes it from the room for good.

    Its author is told the reason (a key of `care.REASONS`) and the note; the log has the reason.

    Raises:
        Refused: `not_found`, `unknown_choice`, `too_long`.
    """
    room = enter(db, workshop_id)
    row = living(db, room.id, post_id)
    if state not in {"shown", "hidden", "removed"}:
        raise Refused("unknown_choice")
    if state == "removed":
        stand_alone(db, row)
    row.state, row.looked_at, row.held_for = state, state == "shown", ""
    row.reason = one_of(reason, REASONS)
    row.note = clean(note, LIMITS["care_note"], required=False, multiline=True)
    if state != "shown":
        release_marks(db, row.id)
    deed = f"post.{state}"
    log_deed(db, room, deed, now, account_id=account_id, post_id=row.id, reason=reason)
    return touched(db, room, row, now)


def set_theme(
    db: Session, *, now: int, workshop_id: int, post_id: int, theme_id: int | None
) -> Change:
    """Put a post under a theme, or under none."""
    room = enter(db, workshop_id)
    row = living(db, room.id, post_id)
    if theme_id is not None:
        theme = db.get(Theme, theme_id)
        if theme is None or theme.workshop_id != room.id:
            raise Refused("not_found")
    before, row.theme_id, row.version = row.theme_id, theme_id, row.version + 1
    seq = record(db, room, "post.themed", now, row.id, note=str(before or ""))
    return Change(room.id, seq)


def touched(db: Session, room: Workshop, row: Post, now: int) -> Change:
    """Tell the room that a post is not what it was."""
    row.version += 1
    return Change(room.id, record(db, room, "post.changed", now, row.id), {"post": row.id})


def own_post(
    db: Session, workshop_id: int, seat_id: int, receipt: str, post_id: int
) -> tuple[Workshop, Seat, Post]:
    """The room, the seat in it, and a living post that the holder of `receipt` wrote."""
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    row = living(db, room.id, post_id, OWN)
    if not hmac.compare_digest(row.owner, owner_mark(receipt, row.salt)):
        raise Refused("not_yours")
    return room, seat, row


def living(db: Session, workshop_id: int, post_id: int, states: Collection[str] = LIVING) -> Post:
    """A post that was neither taken back nor removed, read fresh; Refused `not_found`."""
    row = db.scalar(
        select(Post)
        .where(Post.id == post_id, Post.workshop_id == workshop_id)
        .where(Post.state.in_(states))
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Refused("not_found")
    return row
