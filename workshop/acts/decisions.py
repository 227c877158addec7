"""A leader's answer to an item, with its reason, and what came of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.guests import voice_of
from workshop.acts.items import day_of, item_of, may_decide, not_overtaken, told, words_of
from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.acts.stages import shift
from workshop.rules.backlog import ANSWERS, STAGE_AFTER, STAGE_DONE, stage_after
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Decision, Outcome


def decide(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    account_id: int,
    answer: str,
    reason: str,
    conditions: str = "",
    change_mind: str = "",
    review_on: str | None = None,
    seen: int | None = None,
) -> Change:
    """A leader answers an item. The newest answer stands and the older ones are kept.

    `answer` is a key of `ANSWERS` and moves the item to its stage in `STAGE_AFTER`; `change_mind`
    tells what would change it; `review_on` is the day of the next look, which "not now" needs;
    `seen` is as in `backlog.edit_item`.

    Raises Refused `overtaken`, `not_allowed`, `unknown_choice`, `empty`, `stage_move`, ...
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    not_overtaken(db, item, "decided", seen)
    may_decide(db, account_id)
    db.add(
        Decision(
            item_id=item.id,
            account_id=account_id,
            answer=answer,
            reason=clean(reason, LIMITS["reason"], multiline=True),
            conditions=words_of(conditions, "condition"),
            change_mind=words_of(change_mind, "condition"),
            review_on=_next_look(answer, review_on),
            at=now,
        )
    )
    shift(db, item, stage_after(item.stage, answer), now, cause="answer")
    return told(db, room, item, "decided", now, note=answer)


def _next_look(answer: str, review_on: str | None) -> str | None:
    """The day of the next look; an answer that parks the item needs one."""
    if answer not in ANSWERS:
        raise Refused("unknown_choice")
    day = day_of(review_on)
    if STAGE_AFTER[answer] == "parked" and day is None:
        raise Refused("review_needed")
    return day


def report_outcome(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    text: str,
    done: bool,
    guest_id: int = 0,
) -> Change:
    """Tell everybody what is being done, or was. Only what is done is told in the past tense.

    `guest_id` is the partner who tells it, 0 at the desk.
    What a partner has done is told as done; whether the item is adopted stays a leader's.

    Raises:
        Refused: `answer_first` while no leader has answered the item, `empty`, `too_long`,
            `lead_over`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    by = voice_of(db, item, guest_id)
    if db.scalar(select(Decision.id).where(Decision.item_id == item.id)) is None:
        raise Refused("answer_first")
    words = clean(text, LIMITS["answer"], multiline=True)
    db.add(Outcome(item_id=item.id, text=words, done=done, by=by, at=now))
    if done and not by:
        shift(db, item, STAGE_DONE.get(item.stage, item.stage), now, cause="done")
    return told(db, room, item, "outcome", now)
