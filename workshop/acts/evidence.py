"""What is known about an item, piece by piece with its strength, and what the desk says of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from workshop.acts.items import item_of, told, words_of
from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.rules.scoring.assessment import EVIDENCE
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Account, DeskNote, Evidence


def add_evidence(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    text: str,
    strength: int,
    source: str = "",
    counts: bool = False,
) -> Change:
    """Write down a piece of evidence.

    Args:
        strength: 0 to 5, a place in `EVIDENCE`.
        source: where it can be read, or "".
        counts: whether this is now how much is known of the item, by which its numbers are drawn.

    Raises:
        Refused: `unknown_choice`, `empty`, `too_long`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    if not 0 <= strength < len(EVIDENCE):
        raise Refused("unknown_choice")
    db.add(
        Evidence(
            item_id=item.id,
            text=clean(text, LIMITS["evidence"], multiline=True),
            source=words_of(source, "source"),
            strength=strength,
            at=now,
        )
    )
    if counts:
        item.evidence = strength
    return told(db, room, item, "evidence", now)


def say_at_desk(
    db: Session, *, now: int, workshop_id: int, item_id: int, account_id: int, text: str
) -> Change:
    """Say something about an item to the others at the desk.

    Raises:
        Refused: `not_found`, `empty`, `too_long`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    if db.get(Account, account_id) is None:
        raise Refused("not_found")
    words = clean(text, LIMITS["desk_note"], multiline=True)
    db.add(DeskNote(item_id=item.id, account_id=account_id, text=words, at=now))
    return told(db, room, item, "talk", now)
