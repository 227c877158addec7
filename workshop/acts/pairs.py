"""Which of two: answering the pair one is asked, taking an answer back, and the ballots they make.

A person is asked one pair at a time, and the server keeps which: an answer to any other is not
taken, so nobody can choose what they are asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, aliased

from workshop.acts.exposing import note
from workshop.acts.room import PURSE, contributed, enter, record, running, step_now, voice
from workshop.acts.stage import Change
from workshop.rules.permissions import may_vote
from workshop.rules.refusals import Refused
from workshop.rules.rounds import takes_marks
from workshop.rules.voting import Ballot
from workshop.rules.voting.pairwise import agreed
from workshop.storage.models import Pair, Post, Purse, Round, Seat, Step, Workshop


def open_round(db: Session, room: Workshop) -> tuple[Step, Round]:
    """The step the room is at, and its round while it asks pairs.

    Raises:
        Refused: `not_started`, `finished`, or `round_closed`.
    """
    running(room)
    step = step_now(db, room)
    row = db.scalar(
        select(Round)
        .where(Round.step_id == step.id, Round.method == "pairwise")
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Refused("round_closed")
    takes_marks(row.state)
    return step, row


def answer(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    left_id: int,
    right_id: int,
    better_id: int | None,
) -> Change:
    """Say which of two ideas is better; None says that one cannot say.

    Raises:
        Refused: `pair_gone` for a pair that this person is not asked now, `bad_value`, ...
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    step, row = open_round(db, room)
    may_vote(step.voters, seat.group)
    if better_id not in {left_id, right_id, None}:
        raise Refused("bad_value")
    pair = _pair(db, row.id, seat.id, left_id, right_id)
    said = 0 if better_id is None else 1 if better_id == pair.low_id else -1
    if pair.answer == said:
        return Change(room.id, room.seq)
    if pair.answer is not None or pair.left_id != left_id:
        raise Refused("pair_gone")
    first = db.get(Purse, (row.id, seat.id), populate_existing=True) is None
    PURSE.run(db, round_id=row.id, seat_id=seat.id, cap=0, used=0, done=False)
    contributed(db, step, seat)
    pair.answer = said
    note(db, row, seat.id, (left_id, right_id))
    return Change(room.id, record(db, room, "mark.first" if first else "mark.set", now))


def take_back(
    db: Session, *, now: int, workshop_id: int, seat_id: int, left_id: int, right_id: int
) -> Change:
    """Take the answer on a pair back: this person is asked it again.

    Raises:
        Refused: `pair_gone` for a pair that they never had, `round_closed`, ...
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    _, row = open_round(db, room)
    pair = _pair(db, row.id, seat.id, left_id, right_id)
    if pair.answer is None:
        return Change(room.id, room.seq)
    forget_asked(db, row.id, seat.id)
    pair.answer = None
    db.flush()
    return Change(room.id, record(db, room, "mark.set", now))


def _pair(db: Session, round_id: int, seat_id: int, one: int, other: int) -> Pair:
    key = (round_id, seat_id, min(one, other), max(one, other))
    found = db.get(Pair, key, populate_existing=True)
    if found is None:
        raise Refused("pair_gone")
    return found


def forget_asked(db: Session, round_id: int, seat_id: int) -> None:
    """Ask somebody nothing for the moment."""
    db.execute(
        delete(Pair)
        .where(Pair.round_id == round_id, Pair.seat_id == seat_id, Pair.answer.is_(None))
        .execution_options(synchronize_session=False)
    )


def ask(
    db: Session,
    *,
    now: int,  # noqa: ARG001 - a question has no time
    workshop_id: int,
    seat_id: int,
    left_id: int,
    right_id: int,
) -> Change:
    """Ask somebody this pair, unless they had it, or are asked another by now.

    Nobody else's page changes, so this is no line of history.
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    _, row = open_round(db, room)
    mine = (Pair.round_id == row.id, Pair.seat_id == seat.id)
    low, high = min(left_id, right_id), max(left_id, right_id)
    asked = db.scalar(select(Pair.low_id).where(*mine, Pair.answer.is_(None)))
    if asked is None and db.get(Pair, (row.id, seat.id, low, high)) is None:
        number = (db.scalar(select(func.max(Pair.number)).where(*mine)) or 0) + 1
        key = {"round_id": row.id, "seat_id": seat.id, "low_id": low, "high_id": high}
        db.add(Pair(**key, left_id=left_id, answer=None, number=number))
        db.flush()
    return Change(None, room.seq)


def ask_anew(db: Session, *, now: int, workshop_id: int, seat_id: int) -> Change:  # noqa: ARG001 - as above
    """Drop the pair that somebody is asked: one of its ideas has left the ballot."""
    room = enter(db, workshop_id)
    _, row = open_round(db, room)
    forget_asked(db, row.id, seat_id)
    return Change(None, room.seq)


def ballots(
    db: Session, round_id: int, ideas: frozenset[int], voters: Collection[str]
) -> list[Ballot]:
    """Every ballot of pairs that is not sealed yet: of these ideas, each pair once."""
    low, high = aliased(Post), aliased(Post)
    rows = db.execute(
        select(
            Pair.seat_id,
            Seat.group,
            func.coalesce(low.top_id, low.id),
            func.coalesce(high.top_id, high.id),
            Pair.answer,
        )
        .join(Seat, Seat.id == Pair.seat_id)
        .join(low, low.id == Pair.low_id)
        .join(high, high.id == Pair.high_id)
        .where(Pair.round_id == round_id, Pair.answer.is_not(None), Seat.group.in_(voters))
    )
    said: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for seat_id, group, one, other, given in rows:
        pairs = said[seat_id, group]
        if given and {one, other} <= ideas:
            pairs.append((one, other) if given > 0 else (other, one))
    return [Ballot(str(seat), group, {}, agreed(pairs)) for (seat, group), pairs in said.items()]
