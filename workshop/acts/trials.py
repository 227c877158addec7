"""Tests and pilots: saying beforehand what would count as working, and telling what came of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.guests import voice_of
from workshop.acts.items import day_of, item_of, told
from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.rules.promises import today
from workshop.rules.refusals import Refused
from workshop.rules.trials import JUDGED_BY, has_begun, keep_judgement, outcome_of, plan
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Item, Trial


def plan_trial(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    kind: str,
    begins_on: str | None = None,
    ends_on: str | None = None,
    guest_id: int = 0,
    **words: str,
) -> Change:
    """Say what a test or a pilot will be, or say it anew while it has not ended.

    `words` are fields of `TRIAL_WORDS`. A test is also the item's next test, where lists show it.
    `guest_id` is the partner who plans it, 0 at the desk.

    Raises:
        Refused: what `trials.plan` refuses, `bad_date`, `pilot_begun`, `lead_over`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    by = voice_of(db, item, guest_id)
    found = plan(kind, words, day_of(begins_on), day_of(ends_on))
    row = _open(db, item, kind)
    if row is None:
        row = Trial(item_id=item.id, kind=kind, created_at=now)
        db.add(row)
    else:
        before = {name: getattr(row, name) for name in JUDGED_BY}
        keep_judgement(before, found, begun=has_begun(row.begins_on, today(now)))
    for name, text in found.words.items():
        setattr(row, name, text)
    row.begins_on, row.ends_on, row.planned_by = found.begins_on, found.ends_on, by
    if kind == "test":
        item.next_test = found.words["what"]
    return told(db, room, item, f"{kind}.planned", now)


def end_trial(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    trial_id: int,
    outcome: str,
    happened: str,
    learned: str,
    guest_id: int = 0,
) -> Change:
    """Tell what came of a test or a pilot, and what was learned. It is told once and stays.

    `guest_id` is the partner who tells it, 0 at the desk.

    Raises:
        Refused: `not_found` for one that is not of this item or has ended, `unknown_choice`,
            `empty`, `lead_over`, ...
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    by = voice_of(db, item, guest_id)
    row = db.get(Trial, trial_id, populate_existing=True)
    if row is None or row.item_id != item.id or row.ended_at is not None:
        raise Refused("not_found")
    row.outcome = outcome_of(outcome)
    row.happened = clean(happened, LIMITS["happened"], multiline=True)
    row.learned = clean(learned, LIMITS["learned"], multiline=True)
    row.ended_at, row.told_by = now, by
    return told(db, room, item, f"{row.kind}.ended", now, note=outcome)


def _open(db: Session, item: Item, kind: str) -> Trial | None:
    """The test or pilot of an item that has not ended yet."""
    return db.scalar(
        select(Trial)
        .where(Trial.item_id == item.id, Trial.kind == kind, Trial.ended_at.is_(None))
        .execution_options(populate_existing=True)
    )
