"""One mark: the act a hall performs a hundred times a second, so it speaks to the database plainly.

The room is held, one look reads everything it judges, one guarded statement spends, one writes.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Executable,
    Integer,
    Select,
    and_,
    bindparam,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from workshop.acts.merged_marks import end_inside, held_inside, stands
from workshop.acts.room import PURSE, TOOK_PART, hold, write_line
from workshop.acts.stage import Change
from workshop.rules.permissions import may_vote
from workshop.rules.receipts import receipt_hash
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.rules.rounds import as_asked, rule_of, takes_marks
from workshop.rules.voting import METHODS, RoundRule
from workshop.storage.models import (
    Base,
    Mark,
    MarkDevice,
    Post,
    Purse,
    Round,
    Seat,
    Step,
    Workshop,
)
from workshop.storage.prepared import INSERTS, Prepared


def _look() -> Select[*tuple[Any, ...]]:
    """Everything that a mark is judged by, in one row."""
    seat_id: BindParameter[int] = bindparam("seat")
    idea_id: BindParameter[int] = bindparam("idea")
    idea = and_(
        Post.id == idea_id,
        Post.workshop_id == Workshop.id,
        Post.kind == "idea",
        or_(Post.state == "shown", Post.state == "merged"),
    )
    here = and_(Step.workshop_id == Workshop.id, Step.position == Workshop.step_position)
    purse = and_(Purse.round_id == Round.id, Purse.seat_id == seat_id)
    mark = and_(Mark.round_id == Round.id, Mark.seat_id == seat_id, Mark.idea_id == idea_id)
    before = and_(
        MarkDevice.round_id == Round.id,
        MarkDevice.seat_id == seat_id,
        MarkDevice.idea_id == idea_id,
        MarkDevice.device == bindparam("device"),
    )
    room = (Workshop.seq, Workshop.state, Step.id.label("step_id"), Step.voters)
    seat = (Seat.group, Seat.removed_at, Seat.receipt_hash)
    vote = (Round.id.label("round_id"), Round.state.label("round_state"), Round.method)
    rule = (Round.budget, Round.cap, Round.quadratic, MarkDevice.number.label("reached"))
    purse_now = (Purse.cap.label("purse"), Purse.used, Purse.done)
    card = (Post.id.label("idea"), Post.inside, Post.top_id)
    mine = (Mark.value, Mark.cost, Mark.device, Mark.number)
    return (
        select(*room, *seat, *vote, *rule, *purse_now, *card, *mine)
        .select_from(Workshop)
        .outerjoin(Seat, and_(Seat.id == seat_id, Seat.workshop_id == Workshop.id))
        .outerjoin(Step, here)
        .outerjoin(Round, and_(Round.step_id == Step.id, Round.secret.is_(False)))
        .outerjoin(Post, idea)
        .outerjoin(Purse, purse)
        .outerjoin(Mark, mark)
        .outerjoin(MarkDevice, before)
        .where(Workshop.id == bindparam("workshop"))
        .with_for_update(of=Workshop)
    )


LOOK: Final = Prepared(lambda _: _look())
SPEND: Final = Prepared(
    lambda _: (
        update(Purse)
        .where(Purse.round_id == bindparam("round_id"), Purse.seat_id == bindparam("seat_id"))
        .where(Purse.used + bindparam("change", type_=Integer) <= Purse.cap)
        .values(used=Purse.used + bindparam("change", type_=Integer))
        .returning(Purse.used)
    )
)


def _upsert(name: str, *changes: str) -> Prepared:
    """Write a row of a table, or change these columns of the one that is there already."""
    table = Base.metadata.tables[name]

    def make(dialect: str) -> Executable:
        written = INSERTS[dialect](table)
        written = written.values({one.key: bindparam(one.key) for one in table.c})
        over = {change: written.excluded[change] for change in changes}
        made: Executable = written.on_conflict_do_update(
            index_elements=[one.key for one in table.primary_key], set_=over
        )
        return made

    return Prepared(make)


PUT: Final = _upsert("mark", "value", "cost", "device", "number")
REACHED: Final = _upsert("mark_device", "number")
"""Written only where a mark goes over to another device, which is seldom."""


def set_mark(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    idea_id: int,
    value: int | None,
    device: str = "",
    number: int = 0,
    method: str = "",
    receipt: str | None = None,
) -> Change:
    """Set one person's absolute mark on one idea; None takes a sweep answer back.

    What a `device` numbered no higher than a mark of its own before is late and changes nothing;
    without one a mark counts as it arrives. The answer carries what stands and is left. `method` is
    what the sender's page asks. With a `receipt`, the seat must still be its holder's.

    Raises:
        Refused: `round_closed`, `no_votes_left`, `over_cap`, `bad_value`, `not_found`, ...
    """
    hold(db, workshop_id)
    seen = LOOK.first(db, workshop=workshop_id, seat=seat_id, idea=idea_id, device=device)
    _may_vote(seen, receipt, method)
    rule = rule_of(seen.method, seen.budget, seen.cap, quadratic=seen.quadratic)
    purse = METHODS[rule.method].purse(rule) if seen.purse is None else seen.purse
    answer = {"idea": idea_id, "budget": purse, "done": bool(seen.done)}
    if _late(seen, device, number):
        stood = {"value": _now_there(db, rule, seen, seat_id), "left": purse - (seen.used or 0)}
        return Change(workshop_id, seen.seq, {**answer, **stood})
    cost, key = _cost(rule, value), {"round_id": seen.round_id, "seat_id": seat_id}
    if seen.used is None:
        PURSE.run(db, **key, cap=purse, used=0, done=False)
        TOOK_PART.run(db, step_id=seen.step_id, seat_id=seat_id)
    used = _spend(db, key, cost - _held(db, key, seen), seen.used or 0)
    mark = {"value": value, "cost": cost, "device": device, "number": number}
    _put(db, {**key, "idea_id": idea_id}, mark, seen)
    seq = write_line(db, workshop_id, "mark.first" if seen.used is None else "mark.set", now)
    return Change(workshop_id, seq, {**answer, "value": value, "left": purse - used})


def _may_vote(seen: Any, receipt: str | None, method: str) -> None:  # noqa: ANN401 - a row of LOOK, or none
    """Raise where this person may not mark this idea now."""
    if seen is None or seen.group is None:
        raise Refused("not_found")
    if seen.removed_at is not None:
        raise Refused("removed")
    if receipt is not None and not compare_digest(seen.receipt_hash, receipt_hash(receipt)):
        raise Refused("removed")
    if seen.group not in VOICES:
        raise Refused("watching")
    if seen.state != "running":
        raise Refused("not_started" if seen.state == "upcoming" else "finished")
    if seen.round_id is None:
        raise Refused("round_closed")
    takes_marks(seen.round_state)
    may_vote(seen.voters, seen.group)
    if seen.idea is None:
        raise Refused("not_found")
    if seen.top_id is not None:
        raise Refused("merged_away")
    as_asked(method, seen.method)
    if not METHODS[seen.method].by_mark:
        raise Refused("bad_value")


def _late(seen: Any, device: str, number: int) -> bool:  # noqa: ANN401 - a row of LOOK
    """Whether this device has marked this very idea with this number or a higher one before."""
    reached = seen.number if seen.device == device else seen.reached
    return bool(device) and reached is not None and number <= reached


def _now_there(db: Session, rule: RoundRule, seen: Any, seat_id: int) -> int | None:  # noqa: ANN401 - a row of LOOK
    """The mark that stands: on a merged card, what this person gave to all that is inside it."""
    if not seen.inside:
        value: int | None = seen.value
        return value
    return stands(db, rule, seen.round_id, seat_id, seen.idea)


def _cost(rule: RoundRule, value: int | None) -> int:
    method = METHODS[rule.method]
    if value is None:
        return 0
    method.check(rule, value)
    return method.cost(rule, value)


def _put(db: Session, key: dict[str, int], mark: dict[str, Any], seen: Any) -> None:  # noqa: ANN401 - a row of LOOK
    """Write the mark; how far another device had counted before it is kept beside it."""
    if seen.device and seen.device != mark["device"]:
        REACHED.run(db, **key, device=seen.device, number=seen.number)
    PUT.run(db, **key, **mark)
    if seen.inside:
        end_inside(db, key["round_id"], key["seat_id"], key["idea_id"])


def _held(db: Session, key: dict[str, int], seen: Any) -> int:  # noqa: ANN401 - a row of LOOK
    """What the purse holds for this idea, and for all that was merged into it."""
    inside = held_inside(db, **key, card=seen.idea) if seen.inside else 0
    return (seen.cost or 0) + inside


def _spend(db: Session, key: dict[str, int], change: int, used: int) -> int:
    """Take `change` out of the purse in one guarded statement and return what is used now.

    Raises:
        Refused: `no_votes_left` where the purse does not hold it.
    """
    if not change:
        return used
    spent = SPEND.first(db, **key, change=change)
    if spent is None:
        raise Refused("no_votes_left")
    left: int = spent.used
    return left
