"""Who was shown which idea while a vote is open: noted once, without a time, and gone at the seal.

A hall does this as often as it votes, so it speaks to the database plainly. It writes no line of
history: nobody's page changes. A secret round notes nothing; its ballots say what was on them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from hmac import compare_digest
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    select,
    union,
)
from sqlalchemy.orm import Session

from workshop.acts.room import hold
from workshop.acts.stage import Change
from workshop.rules.exposure import MOST_AT_ONCE
from workshop.rules.receipts import receipt_hash
from workshop.rules.refusals import Refused
from workshop.rules.voting import Ballot, Exposures
from workshop.storage.models import (
    BallotOrder,
    Base,
    Exposure,
    Mark,
    Post,
    Round,
    Seat,
    Step,
    Workshop,
)
from workshop.storage.prepared import INSERTS, Prepared

ROUND: Final = Prepared(
    lambda _: (
        select(Seat.receipt_hash, Seat.removed_at, Round.id.label("round_id"))
        .select_from(Workshop)
        .join(Seat, and_(Seat.id == bindparam("seat"), Seat.workshop_id == Workshop.id))
        .outerjoin(
            Step, and_(Step.workshop_id == Workshop.id, Step.position == Workshop.step_position)
        )
        .outerjoin(
            Round,
            and_(Round.step_id == Step.id, Round.state == "open", Round.secret.is_(False)),
        )
        .where(Workshop.id == bindparam("workshop"))
    )
)


def _note(*wanted: ColumnElement[bool]) -> Prepared:
    """Note the ideas of a room that fit `wanted` as shown to a seat in a round, each once."""

    def make(dialect: str) -> Executable:
        round_id: ColumnElement[int] = bindparam("round_id", type_=Integer)
        seat_id: ColumnElement[int] = bindparam("seat_id", type_=Integer)
        shown = select(round_id, Post.id, seat_id).where(
            Post.workshop_id == bindparam("workshop_id"),
            Post.kind == "idea",
            Post.state == "shown",
            *wanted,
        )
        insert = INSERTS[dialect](Base.metadata.tables["exposure"])
        made: Executable = insert.from_select(
            ["round_id", "idea_id", "seat_id"], shown
        ).on_conflict_do_nothing()
        return made

    return Prepared(make)


NOTE: Final = _note(Post.id == bindparam("idea_id"))
NOTE_SHEET: Final = _note(Post.created_at <= bindparam("printed_at"))


def saw(
    db: Session,
    *,
    now: int,  # noqa: ARG001 - nothing that is noted has a time
    workshop_id: int,
    seat_id: int,
    idea_ids: Sequence[object],
    receipt: str | None = None,
) -> Change:
    """Note that these ideas were on somebody's screen, where a vote that is not secret is open.

    Doing so again changes nothing. With a `receipt`, the seat must still be its holder's.

    Raises:
        Refused: `bad_value` for what is no list of numbers, `not_found`, or `removed`.
    """
    ideas = [idea for idea in idea_ids if type(idea) is int]
    if len(ideas) != len(idea_ids) or len(ideas) > MOST_AT_ONCE:
        raise Refused("bad_value")
    hold(db, workshop_id)
    found = ROUND.first(db, workshop=workshop_id, seat=seat_id)
    if found is None:
        raise Refused("not_found")
    held = receipt is None or compare_digest(found.receipt_hash, receipt_hash(receipt))
    if found.removed_at is not None or not held:
        raise Refused("removed")
    if found.round_id is not None:
        _note_all(db, found.round_id, seat_id, workshop_id, ideas)
    return Change()


def note(db: Session, row: Round, seat_id: int, ideas: Sequence[int]) -> None:
    """Note ideas that somebody has just answered about as shown to them."""
    if not row.secret:
        _note_all(db, row.id, seat_id, row.workshop_id, ideas)


def _note_all(
    db: Session, round_id: int, seat_id: int, workshop_id: int, ideas: Sequence[int]
) -> None:
    key = {"round_id": round_id, "seat_id": seat_id, "workshop_id": workshop_id}
    for idea in ideas:
        NOTE.run(db, **key, idea_id=idea)


def saw_sheet(db: Session, row: Round, seat_id: int, printed_at: int) -> None:
    """Note every idea that a voting sheet had on it as shown to its voter."""
    if row.secret:
        return
    key = {"round_id": row.id, "seat_id": seat_id, "workshop_id": row.workshop_id}
    NOTE_SHEET.run(db, **key, printed_at=printed_at)


def shown_to(
    db: Session, row: Round, cast: Sequence[Ballot], voters: Collection[str]
) -> Exposures | None:
    """How many people of each group that votes were shown each idea; None where nobody counted.

    Whoever left a mark on an idea saw it, and whoever saw an idea saw the card that it is inside.
    """
    if row.secret:
        return _on_ballots(cast)
    if not db.scalar(select(exists().where(Exposure.round_id == row.id))):
        return None
    seen = union(
        _cards(Exposure, Exposure.round_id == row.id),
        _cards(Mark, Mark.round_id == row.id, Mark.value.is_not(None)),
    ).subquery()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = db.execute(
        select(seen.c.idea, Seat.group, func.count())
        .join(Seat, Seat.id == seen.c.seat_id)
        .where(Seat.group.in_(voters))
        .group_by(seen.c.idea, Seat.group)
    )
    for idea, group, people in rows:
        found[idea][group] = people
    return found


def _cards(table: type[Any], *wanted: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Who saw which card, by what `table` knows of ideas."""
    card = func.coalesce(Post.top_id, Post.id).label("idea")
    return select(table.seat_id, card).join(Post, Post.id == table.idea_id).where(*wanted)


def _on_ballots(cast: Sequence[Ballot]) -> Exposures:
    """A secret ballot names every idea that was on it, also those it gives nothing."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for ballot in cast:
        for idea in ballot.marks:
            found[idea][ballot.group] += 1
    return found


def forget(db: Session, round_id: int) -> None:
    """Destroy who was shown what, and in which order: what is counted needs it no more."""
    for table in (Exposure, BallotOrder):
        db.execute(
            delete(table)
            .where(table.round_id == round_id)
            .execution_options(synchronize_session=False)
        )
