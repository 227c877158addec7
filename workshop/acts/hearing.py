"""Leaving an email address, taking it back, and the letters that go to it, one step at a time.

A letter is written down, claimed by one process, and then sent or put off: each in a transaction of
its own, and none of them while anything is on its way.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.rules import hearing
from workshop.rules.receipts import owner_mark
from workshop.rules.refusals import Refused
from workshop.storage.models import Follower, ItemMoment, Moment, Post, Workshop


def leave_address(
    db: Session,
    *,
    now: int,  # noqa: ARG001 - every act takes the time
    workshop_id: int,
    receipt: str,
    address: str,
    language: str,
    secret_key: str,
) -> Change:
    """Keep where the holder of `receipt` wants to hear back; another address replaces the first.

    Only what happens from now on is told.

    Raises:
        Refused: `bad_email`, or `not_found` where the words of the workshop are gone.
    """
    room = enter(db, workshop_id)
    if room.swept_at is not None:
        raise Refused("not_found")
    kept = hearing.address(address)
    row = _of_receipt(db, room.id, receipt)
    if row is None:
        salt = secrets.token_hex(16)
        row = Follower(
            workshop_id=room.id,
            mark=hearing.hear_mark(receipt, room.id),
            salt=salt,
            seen_item=db.scalar(select(func.max(ItemMoment.id))) or 0,
            seen_moment=db.scalar(select(func.max(Moment.id))) or 0,
        )
    row.address, row.language = kept, language
    row.posts = _marks(db, room, row.salt, receipt, secret_key)
    db.add(row)
    return Change()


def follow_anew(
    db: Session,
    *,
    now: int,  # noqa: ARG001 - every act takes the time
    workshop_id: int,
    receipt: str,
    language: str,
    secret_key: str,
) -> Change:
    """Follow what the holder of `receipt` has posted since, in the language that they read now."""
    room = enter(db, workshop_id)
    row = _of_receipt(db, room.id, receipt)
    if row is not None:
        row.language = language
        row.posts = _marks(db, room, row.salt, receipt, secret_key)
    return Change()


def take_address_back(db: Session, *, now: int, workshop_id: int, receipt: str) -> Change:  # noqa: ARG001 - every act takes the time
    """Rub the address out; one that is gone already stays gone."""
    forget_follower(db, workshop_id, receipt)
    return Change()


def stop_letters(db: Session, *, now: int, token: str, secret_key: str) -> Change:  # noqa: ARG001 - every act takes the time
    """Rub out the address that the link of a letter names; one that is gone already stays gone.

    Raises:
        Refused: `not_found` for a link that we never gave.
    """
    number, tag = hearing.stop_target(secret_key, token)
    found = db.get(Follower, number)
    # Its number may have gone to another address since.
    if found is not None and hearing.letter_tag(found.salt) == tag:
        db.delete(found)
    return Change()


def forget_follower(db: Session, workshop_id: int, receipt: str) -> None:
    """Leave nothing of where the holder of `receipt` wanted to hear back."""
    db.execute(
        delete(Follower)
        .where(Follower.mark == hearing.hear_mark(receipt, workshop_id))
        .execution_options(synchronize_session=False)
    )


def write_letter(
    db: Session,
    *,
    now: int,
    follower_id: int,
    was: tuple[int, int],
    seen: tuple[int, int],
    letter: dict[str, Any],
) -> Change:
    """Put down what is to be told, and that it will have been.

    `was` and `seen` are the last lines of history of items and of the room, before and after. Where
    another process was quicker nothing changes.
    """
    before = db.scalar(select(Follower.late).where(Follower.id == follower_id)) or []
    values: dict[str, Any] = {
        "seen_item": seen[0],
        "seen_moment": seen[1],
        "letter": letter,
        "late": [*before, *letter["late"]],
        "due_at": now,
        "tries": 0,
    }
    found = db.execute(
        update(Follower)
        .where(
            Follower.id == follower_id,
            Follower.due_at.is_(None),
            Follower.seen_item == was[0],
            Follower.seen_moment == was[1],
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return Change(answer={"written": _rows(found)})


def claim_letter(db: Session, *, now: int, follower_id: int, due_at: int) -> Change:
    """Take on a letter that is due, for a while; of several processes one gets it."""
    found = db.execute(
        update(Follower)
        .where(Follower.id == follower_id, Follower.due_at == due_at, Follower.due_at <= now)
        .values(due_at=now + hearing.LEASE_MS, tries=Follower.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return Change(answer={"claimed": _rows(found)})


def letter_sent(db: Session, *, now: int, follower_id: int) -> Change:
    """The letter has left, and needs nobody any more."""
    _done(db, follower_id, letter=None, due_at=None, tries=0, sent_at=now)
    return Change()


def letter_failed(db: Session, *, now: int, follower_id: int, tries: int) -> Change:
    """Put the letter off, or give it up after the last try; the answer says which."""
    again = hearing.next_try(tries, now)
    if again is None:
        # As one that was sent: the next letter waits a day, and has tries of its own.
        _done(db, follower_id, letter=None, due_at=None, tries=0, sent_at=now)
    else:
        _done(db, follower_id, due_at=again)
    return Change(answer={"given_up": again is None})


def _done(db: Session, follower_id: int, **values: Any) -> None:
    db.execute(
        update(Follower)
        .where(Follower.id == follower_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _rows(found: Any) -> bool:  # noqa: ANN401 - what an UPDATE came to
    return isinstance(found, CursorResult) and found.rowcount == 1


def _of_receipt(db: Session, workshop_id: int, receipt: str) -> Follower | None:
    mark = hearing.hear_mark(receipt, workshop_id)
    query = select(Follower).where(Follower.mark == mark)
    return db.scalar(query.execution_options(populate_existing=True))


def _marks(db: Session, room: Workshop, salt: str, receipt: str, secret_key: str) -> list[str]:
    """Marks of what the holder of the receipt wrote and has not taken back."""
    here = (Post.workshop_id == room.id, Post.state != "withdrawn")
    posts = db.execute(select(Post.id, Post.owner, Post.salt).where(*here))
    mine = [
        number
        for number, owner, own_salt in posts
        if secrets.compare_digest(owner, owner_mark(receipt, own_salt))
    ]
    return hearing.post_marks(secret_key, salt, mine)
