"""An item moves from stage to stage, each time with a line of history and the reason."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.guests import voice_of
from workshop.acts.items import day_of, item_of, may_decide, not_overtaken, told
from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.rules.promises import today
from workshop.rules.stages import check_move, check_partner, check_ready, look_again
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Assessment, Item, StageMove, Trial


def shift(
    db: Session,
    item: Item,
    to: str,
    now: int,
    *,
    cause: str,
    reason: str = "",
    review_on: str | None = None,
    by: str = "",
) -> StageMove | None:
    """Put an item at another stage and write down why; at its own stage nothing changes.

    `cause` is one of `stages.CAUSES`; `by` names a partner.

    Raises:
        Refused: `stage_move`.
    """
    if to == item.stage:
        return None
    check_move(item.stage, to)
    move = StageMove(
        item_id=item.id,
        was=item.stage,
        now=to,
        cause=cause,
        reason=reason,
        review_on=review_on,
        by=by,
        at=now,
    )
    item.stage = to
    db.add(move)
    db.flush()
    return move


def move_stage(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    account_id: int = 0,
    guest_id: int = 0,
    to: str,
    reason: str,
    review_on: str | None = None,
    seen: int | None = None,
) -> Change:
    """A leader moves an item to another stage, with a reason that everybody may read.

    The partner who leads it (`guest_id`, 0 at the desk) may begin its pilot and nothing else.

    `review_on` is the day on which a parked item comes back; `seen` is as in `backlog.edit_item`.

    Raises:
        Refused: `overtaken`, `not_allowed`, `stage_move`, `test_first`, `pilot_first`,
            `no_scores`, `lead_over`, `leaders_decide`, `review_needed`, `review_ahead`, ...
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    not_overtaken(db, item, "staged", seen)
    by = voice_of(db, item, guest_id)
    if by:
        check_partner(item.stage, to)
    else:
        may_decide(db, account_id)
    check_move(item.stage, to)
    check_ready(to, _there(db, item))
    words = clean(reason, LIMITS["reason"], multiline=True)
    day = look_again(to, day_of(review_on), today(now))
    move = shift(db, item, to, now, cause="desk", reason=words, review_on=day, by=by)
    return told(db, room, item, "staged", now, note=str(move.id) if move else "")


def _there(db: Session, item: Item) -> set[str]:
    """The stages for which the ground is laid: scores, the plan of a test, that of a pilot."""
    kinds = set(db.scalars(select(Trial.kind).where(Trial.item_id == item.id)))
    scored = db.scalar(select(Assessment.id).where(Assessment.item_id == item.id).limit(1))
    return {
        stage
        for stage, found in (
            ("assessed", scored is not None),
            ("testing", "test" in kinds),
            ("pilot", "pilot" in kinds),
        )
        if found
    }
