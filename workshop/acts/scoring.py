"""Scoring moves from one private round through talk to the next, and people say why."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.assessors import assessor_of
from workshop.acts.items import day_of, item_of, told
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.promises import today
from workshop.rules.refusals import Refused
from workshop.rules.scoring.rounds import FIRST, STATES, require_day, require_talk
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Assessment, Item, Reason, Scoring, Workshop
from workshop.storage.panel import states
from workshop.storage.yardsticks import of_workshop


def move_scoring(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    was: str,
    to: str,
    item_id: int | None = None,
    until: str | None = None,
) -> Change:
    """Move one item, or every item of the workshop that stands at `was`, on to the state `to`.

    Items that nobody has scored stay in their first round. `until` is the day on which a private
    round ends by itself. The answer carries the numbers of the items that moved.

    Raises:
        Refused: `overtaken` where none stands at `was` any more, `no_scores_yet`,
            `unknown_choice`, `bad_date`, `review_ahead`.
    """
    room = enter(db, workshop_id)
    if was not in STATES or to not in STATES[was].then:
        raise Refused("unknown_choice")
    day = day_of(until)
    require_day(day, today(now))
    standing = _standing_at(db, room, was, item_id, now)
    moved = [one for one in standing if was != FIRST or _is_scored(db, one)]
    if not moved:
        raise Refused("no_scores_yet")
    for one in moved:
        _keep(db, one.id, to, day)
        told(db, room, one, "scoring", now, note=to)
    seq = record(db, room, "scoring.moved", now)
    return Change(room.id, seq, {"items": [one.id for one in moved]})


def set_scoring_day(
    db: Session, *, now: int, workshop_id: int, was: str, until: str | None
) -> Change:
    """Say by which day a private round ends by itself, for every item that stands in it.

    Raises:
        Refused: `overtaken`, `unknown_choice` for a state in which nobody scores, `bad_date`,
            `review_ahead`.
    """
    room = enter(db, workshop_id)
    if was not in STATES or not STATES[was].scores:
        raise Refused("unknown_choice")
    day = day_of(until)
    require_day(day, today(now))
    for one in _standing_at(db, room, was, None, now):
        _keep(db, one.id, was, day)
    return Change(room.id, record(db, room, "scoring.moved", now))


def give_reason(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    assessor_id: int,
    question: str,
    text: str,
    unnamed: bool = False,
) -> Change:
    """Say something about one question of an item; `unnamed` leaves no trace of who did.

    `question` is a criterion or a risk factor.

    Raises:
        Refused: `no_talk_now`, `unknown_criterion`, `empty`, `too_long`, `not_found`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    assessor = assessor_of(db, room, assessor_id)
    require_talk(states(db, [item.id], today(now))[item.id])
    yard = of_workshop(db, room.id)
    if question not in {**yard.criteria, **yard.factors}:
        raise Refused("unknown_criterion")
    words = clean(text, LIMITS["evidence"], multiline=True)
    whose = None if unnamed else assessor.id
    db.add(Reason(item_id=item.id, assessor_id=whose, question=question, text=words))
    return Change(room.id, record(db, room, "reason.given", now))


def _standing_at(
    db: Session, room: Workshop, was: str, item_id: int | None, now: int
) -> Sequence[Item]:
    """The items of this workshop, or the one, that stand at `was` today; Refused `overtaken`."""
    if item_id is None:
        query = select(Item).where(Item.workshop_id == room.id).order_by(Item.id)
        items: Sequence[Item] = db.scalars(query).all()
    else:
        items = [item_of(db, room, item_id)]
    found = states(db, [one.id for one in items], today(now))
    standing = [one for one in items if found[one.id].key == was]
    if not standing:
        raise Refused("overtaken")
    return standing


def _is_scored(db: Session, item: Item) -> bool:
    first = select(Assessment.id).where(Assessment.item_id == item.id).limit(1)
    return db.scalar(first) is not None


def _keep(db: Session, item_id: int, state: str, until: str | None) -> None:
    row = db.get(Scoring, item_id, populate_existing=True)
    if row is None:
        row = Scoring(item_id=item_id, state=state)
        db.add(row)
    row.state, row.until = state, until
