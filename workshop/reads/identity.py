"""Who somebody is: accounts by their cookie or email, seats by their receipt."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from workshop.reads import rooms
from workshop.reads.rooms import RoomCard, RoomKey
from workshop.rules.receipts import receipt_hash, token_hash
from workshop.rules.roles import AccountCard, AssessorCard, SeatCard, Who
from workshop.storage.models import Account, Assessor, Pass, Seat
from workshop.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Login:
    """What a sign-in is checked against."""

    account_id: int
    password_hash: str
    epoch: int


def account(db: Session, account_id: int, epoch: int) -> AccountCard | None:
    """The account, unless it was signed out everywhere since `epoch`."""
    row = db.get(Account, account_id)
    if row is None or row.epoch != epoch:
        return None
    return AccountCard(row.id, row.name, row.role)


def login(db: Session, email: str) -> Login | None:
    """What the password typed beside `email` is checked against."""
    row = db.scalar(select(Account).where(Account.email == email.strip().lower()))
    return Login(row.id, row.password_hash, row.epoch) if row else None


def account_count(db: Session) -> int:
    """How many accounts there are; none means that nobody has set this place up yet."""
    return db.scalar(select(func.count()).select_from(Account)) or 0


def gone(
    db: Session, workshop_ids: Collection[int], signed_in: Mapping[int, int]
) -> tuple[set[int], set[int]]:
    """Seats of these workshops whose people were asked to leave, and accounts that signed out.

    Args:
        signed_in: account -> the epoch it signed in at.
    """
    removed = select(Seat.id).where(
        Seat.workshop_id.in_(workshop_ids), Seat.removed_at.is_not(None)
    )
    now = db.execute(select(Account.id, Account.epoch).where(Account.id.in_(signed_in)))
    epochs = dict(now.all())
    out = {one for one, epoch in signed_in.items() if epochs.get(one) != epoch}
    return set(db.scalars(removed)), out


def accounts(db: Session) -> tuple[AccountCard, ...]:
    """Everybody who can sign in, by name."""
    rows = db.scalars(select(Account).order_by(Account.name, Account.id))
    return tuple(AccountCard(row.id, row.name, row.role) for row in rows)


def pass_role(db: Session, kind: str, token: str, now: int) -> str | None:
    """The role that a one-time link still gives, or None."""
    return db.scalar(
        select(Pass.role).where(
            Pass.token_hash == token_hash(token),
            Pass.kind == kind,
            Pass.used_at.is_(None),
            Pass.expires_at > now,
        )
    )


SEAT: Final = Prepared(
    lambda _: (
        select(Seat.id, Seat.workshop_id, Seat.group, Seat.name, Seat.language)
        .where(Seat.workshop_id == bindparam("workshop"))
        .where(Seat.receipt_hash == bindparam("receipt"), Seat.removed_at.is_(None))
    )
)


def seat(db: Session, workshop_id: int, receipt: str) -> SeatCard | None:
    """The seat whose receipt this is, unless its person was asked to leave."""
    row = SEAT.first(db, workshop=workshop_id, receipt=receipt_hash(receipt))
    return SeatCard(**row._asdict(), receipt=receipt) if row else None


def workshop_of_receipt(db: Session, receipt: str) -> int | None:
    """The workshop in which this receipt has a seat: how a resume code alone finds its room."""
    return db.scalar(
        select(Seat.workshop_id).where(
            Seat.receipt_hash == receipt_hash(receipt),
            Seat.removed_at.is_(None),
        )
    )


def assessor(db: Session, token: str) -> AssessorCard | None:
    """The assessor whose personal link carries this token."""
    row = db.scalar(select(Assessor).where(Assessor.token_hash == token_hash(token)))
    return AssessorCard(row.id, row.workshop_id, row.name, row.standing) if row else None


def find(db: Session, cookie: Mapping[str, Any], room: RoomCard | RoomKey | None) -> Who:
    """Everything a browser's signed cookie says about its bearer that the database confirms.

    The cookie's keys: "account" and "epoch" (somebody signed in), "seats" (slug -> receipt),
    "screens" (slug -> projector token) and "assessor" (token).
    """
    who = _account(db, cookie)
    token = cookie.get("assessor")
    return Who(
        account=who,
        seat=_seat(db, cookie, room),
        assessor=assessor(db, token) if isinstance(token, str) else None,
        hosts=hosts(who, room),
        screens=bool(room and cookie.get("screens", {}).get(room.slug) == room.screen_token),
    )


def bearer(
    db: Session, cookie: Mapping[str, Any], workshop_id: int, slug: str, audience: str
) -> Who:
    """The same for one live page, reading only what its audience needs: it runs on every event."""
    if audience == "phone":
        receipt = cookie.get("seats", {}).get(slug)
        return Who(seat=seat(db, workshop_id, receipt) if receipt else None)
    return find(db, cookie, rooms.key(db, workshop_id))


def hosts(who: AccountCard | None, room: RoomCard | RoomKey | None) -> bool:
    """Whether this account runs this workshop; an administrator may step in anywhere."""
    if who is None or room is None:
        return False
    own = who.role == "facilitator" and room.facilitator_id == who.id
    return own or who.role == "administrator"


def _account(db: Session, cookie: Mapping[str, Any]) -> AccountCard | None:
    account_id, epoch = cookie.get("account"), cookie.get("epoch")
    if not isinstance(account_id, int) or not isinstance(epoch, int):
        return None
    return account(db, account_id, epoch)


def _seat(
    db: Session, cookie: Mapping[str, Any], room: RoomCard | RoomKey | None
) -> SeatCard | None:
    receipt = cookie.get("seats", {}).get(room.slug) if room else None
    return seat(db, room.id, receipt) if room and receipt else None
