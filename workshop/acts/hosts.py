"""Who runs a room: asking others to help, handing it over, taking it back, and leaving."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workshop.acts.accounts import new_account
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.hosting import LINKS, MAY_HOST, leads, owns
from workshop.rules.receipts import token_hash
from workshop.rules.refusals import Refused
from workshop.storage.models import Account, Host, HostLink, Workshop


def _led(db: Session, workshop_id: int, by: int, *, is_admin: bool) -> Workshop:
    """The room, where `by` may decide who runs it."""
    room = enter(db, workshop_id)
    owner, lead = room.facilitator_id, room.lead_id
    leads(account_id=by, owner_id=owner, lead_id=lead, is_admin=is_admin)
    return room


def add_host(
    db: Session, *, now: int, workshop_id: int, by: int, is_admin: bool, email: str
) -> Change:
    """Make the account with this address a co-facilitator.

    Raises:
        Refused: `not_lead`, or `no_such_host` where nobody with it may run a room.
    """
    room = _led(db, workshop_id, by, is_admin=is_admin)
    found = db.scalar(select(Account).where(Account.email == email.strip().lower()))
    if found is None or found.role not in MAY_HOST:
        raise Refused("no_such_host")
    _join(db, room, found.id, now)
    return Change(room.id, record(db, room, "hosts.changed", now))


def _join(db: Session, room: Workshop, account_id: int, now: int) -> None:
    """Beside the owner, who runs the room anyway; twice is harmless."""
    here = {"workshop_id": room.id, "account_id": account_id}
    if account_id != room.facilitator_id and db.get(Host, here) is None:
        db.add(Host(**here, added_at=now))


def make_link(
    db: Session, *, now: int, workshop_id: int, by: int, is_admin: bool, kind: str, token: str
) -> Change:
    """Keep the hash of a link that works once: for a co-facilitator, or for one's own phone.

    Raises:
        Refused: `not_lead` for a co-facilitator's link by somebody who does not lead.
    """
    if kind == "remote":
        room = enter(db, workshop_id)
    else:
        room = _led(db, workshop_id, by, is_admin=is_admin)
    db.add(
        HostLink(
            workshop_id=room.id,
            kind=kind,
            account_id=by if kind == "remote" else None,
            token_hash=token_hash(token),
            expires_at=now + LINKS[kind],
        )
    )
    return Change(room.id, record(db, room, "link.made", now))


def _spend(db: Session, kind: str, token: str, now: int) -> HostLink:
    """Use a link up.

    Raises:
        Refused: `pass_used` for a link that is unknown, used or too old.
    """
    spent = db.execute(
        update(HostLink)
        .where(HostLink.token_hash == token_hash(token), HostLink.kind == kind)
        .where(HostLink.used_at.is_(None), HostLink.expires_at > now)
        .values(used_at=now)
        .returning(HostLink.id)
    ).first()
    if spent is None:
        raise Refused("pass_used")
    return db.get_one(HostLink, spent.id)


def accept(db: Session, *, now: int, token: str, account_id: int) -> Change:
    """Somebody who is signed in takes a co-facilitator's link."""
    room = enter(db, _spend(db, "cohost", token, now).workshop_id)
    _join(db, room, account_id, now)
    return Change(room.id, record(db, room, "hosts.changed", now), {"account": account_id})


def accept_anew(
    db: Session, *, now: int, token: str, email: str, name: str, password_hash: str
) -> Change:
    """Somebody without an account takes such a link; theirs is for rooms they are asked to help in.

    Raises:
        Refused: `pass_used`, `bad_email`, `email_taken`.
    """
    room = enter(db, _spend(db, "cohost", token, now).workshop_id)
    made = new_account(db, now, "cofacilitator", email, name, password_hash)
    _join(db, room, made.id, now)
    return Change(room.id, record(db, room, "hosts.changed", now), {"account": made.id})


def use_remote(db: Session, *, now: int, token: str) -> Change:
    """A phone becomes the remote of whoever made this link. The answer says whose it is."""
    link = _spend(db, "remote", token, now)
    account = db.get_one(Account, link.account_id or 0)
    room = enter(db, link.workshop_id)
    answer = {"account": account.id, "epoch": account.epoch, "slug": room.slug}
    return Change(room.id, record(db, room, "link.used", now), answer)


def remove_host(
    db: Session, *, now: int, workshop_id: int, by: int, is_admin: bool, account_id: int
) -> Change:
    """A co-facilitator runs this room no more, and their pages of it close.

    Anybody may go by themselves.

    Raises:
        Refused: `not_lead`, or `not_found` where they do not run it.
    """
    room = enter(db, workshop_id)
    if by != account_id:
        room = _led(db, workshop_id, by, is_admin=is_admin)
    gone = delete(Host).where(Host.workshop_id == room.id, Host.account_id == account_id)
    if db.execute(gone.returning(Host.account_id)).first() is None:
        raise Refused("not_found")
    if room.lead_id == account_id:
        room.lead_id = None
    seq = record(db, room, "hosts.changed", now)
    return Change(room.id, seq, gone_hosts=((room.id, account_id),))


def hand_over(
    db: Session, *, now: int, workshop_id: int, by: int, is_admin: bool, account_id: int
) -> Change:
    """Let somebody who runs the room lead it from now on.

    Raises:
        Refused: `not_lead`, or `not_found` where they do not run it.
    """
    room = _led(db, workshop_id, by, is_admin=is_admin)
    beside = db.get(Host, (room.id, account_id), populate_existing=True)
    if beside is None and account_id != room.facilitator_id:
        raise Refused("not_found")
    room.lead_id = None if account_id == room.facilitator_id else account_id
    return Change(room.id, record(db, room, "hosts.changed", now))


def reclaim(db: Session, *, now: int, workshop_id: int, by: int, is_admin: bool) -> Change:
    """The owner leads again.

    Raises:
        Refused: `not_owner`.
    """
    room = enter(db, workshop_id)
    owns(account_id=by, owner_id=room.facilitator_id, is_admin=is_admin)
    room.lead_id = None
    return Change(room.id, record(db, room, "hosts.changed", now))
