"""Who somebody is: accounts by their cookie or email, seats by their receipt."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from workshop.reads import room_key
from workshop.reads.offers import guest
from workshop.reads.room_key import RoomKey
from workshop.reads.rooms import RoomCard
from workshop.rules.receipts import receipt_hash, token_hash
from workshop.rules.roles import AccountCard, AssessorCard, GuestCard, SeatCard, Who
from workshop.storage.models import Account, Assessor, Host, Pass, Seat, Workshop
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
        select(Seat.id, Seat.workshop_id, Seat.group, Seat.name, Seat.language, Seat.epoch)
        .add_columns(Seat.hand_at.is_not(None).label("hand"))
        .where(Seat.workshop_id == bindparam("workshop"))
        .where(Seat.receipt_hash == bindparam("receipt"), Seat.removed_at.is_(None))
    )
)


def seat(db: Session, workshop_id: int, receipt: str, epoch: int = 0) -> SeatCard | None:
    """The seat whose receipt this is, unless its person was asked to leave.

    A device whose `epoch` is not the seat's was signed out from another one.
    """
    row = SEAT.first(db, workshop=workshop_id, receipt=receipt_hash(receipt))
    if row is None or row.epoch != epoch:
        return None
    shown = row.id, row.workshop_id, row.group, row.name, row.language
    return SeatCard(*shown, receipt, hand=bool(row.hand))


def seats(db: Session, cookie: Mapping[str, Any], room: RoomCard) -> tuple[SeatCard, ...]:
    """Everybody for whom a helper's device holds a seat in `room`, in the order they came."""
    held = cookie.get("helped", {}).get(room.slug, [])
    found = (seat(db, room.id, receipt, _epoch(cookie, receipt)) for receipt in held)
    return tuple(one for one in found if one is not None)


def _epoch(cookie: Mapping[str, Any], receipt: str) -> int:
    """How often this person had signed other devices out when this one was shown the receipt."""
    epoch: int = cookie.get("epochs", {}).get(receipt, 0)
    return epoch


def place_of_receipt(db: Session, receipt: str) -> tuple[int, int] | None:
    """The workshop in which this receipt has a seat, and the seat's epoch: a resume code alone."""
    found = db.execute(
        select(Seat.workshop_id, Seat.epoch).where(
            Seat.receipt_hash == receipt_hash(receipt),
            Seat.removed_at.is_(None),
        )
    ).first()
    return (found[0], found[1]) if found else None


def seat_of_receipt(db: Session, receipt: str) -> tuple[int, int] | None:
    """(workshop, seat) of this receipt, even where its person was asked to leave."""
    found = db.execute(
        select(Seat.workshop_id, Seat.id).where(Seat.receipt_hash == receipt_hash(receipt))
    ).first()
    return (found.workshop_id, found.id) if found else None


def assessor(db: Session, token: str) -> AssessorCard | None:
    """The assessor whose personal link carries this token."""
    row = db.scalar(select(Assessor).where(Assessor.token_hash == token_hash(token)))
    return AssessorCard(row.id, row.workshop_id, row.name, row.standing) if row else None


def find(db: Session, cookie: Mapping[str, Any], room: RoomCard | RoomKey | None) -> Who:
    """Everything a browser's signed cookie says about its bearer that the database confirms.

    The cookie's keys: "account" and "epoch" (somebody signed in), "remote" (the one slug
    that a phone is the remote of), "seats" (slug -> receipt), "epochs" (receipt -> epoch),
    "screens" (slug -> projector token), "helpers" (slug -> helpers' token), "assessor" (token) and
    "guest" (token).
    """
    who = _account(db, cookie)
    hosting, only = hosts(db, who, room), cookie.get("remote")
    if who and only is not None:
        # A phone that is a remote may run that one room, and is nobody anywhere else.
        who, hosting = (
            replace(who, role="remote"),
            hosting and room is not None and room.slug == only,
        )
    token = cookie.get("assessor")
    return Who(
        account=who,
        seat=_seat(db, cookie, room),
        assessor=assessor(db, token) if isinstance(token, str) else None,
        guest=_guest(db, cookie.get("guest")),
        hosts=hosting,
        screens=bool(room and cookie.get("screens", {}).get(room.slug) == room.screen_token),
        helps=helps(cookie, room),
    )


def _guest(db: Session, token: object) -> GuestCard | None:
    return guest(db, token) if isinstance(token, str) else None


def bearer(
    db: Session, cookie: Mapping[str, Any], workshop_id: int, slug: str, audience: str
) -> Who:
    """The same for one live page, reading only what its audience needs: it runs on every event."""
    if audience == "phone":
        receipt = cookie.get("seats", {}).get(slug)
        here = seat(db, workshop_id, receipt, _epoch(cookie, receipt)) if receipt else None
        return Who(seat=here)
    return find(db, cookie, room_key.key(db, workshop_id))


def hosts(db: Session, who: AccountCard | None, room: RoomCard | RoomKey | None) -> bool:
    """Whether this account runs this workshop; an administrator may step in anywhere."""
    if who is None or room is None:
        return False
    if who.role == "administrator" or (who.role == "facilitator" and room.facilitator_id == who.id):
        return True
    return (room.id, who.id) in beside(db, {(room.id, who.id)})


def beside(db: Session, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of these (workshop, account) pairs that are co-facilitators."""
    found = db.execute(
        select(Host.workshop_id, Host.account_id).where(
            tuple_(Host.workshop_id, Host.account_id).in_(pairs)
        )
    )
    return {(workshop_id, account_id) for workshop_id, account_id in found}


def no_longer_host(db: Session, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of these (workshop, account) pairs that do not run that workshop any more."""
    if not pairs:
        return set()
    owners = select(Workshop.id, Workshop.facilitator_id).where(
        Workshop.id.in_({workshop_id for workshop_id, _ in pairs})
    )
    chiefs = select(Account.id).where(
        Account.role == "administrator", Account.id.in_({account_id for _, account_id in pairs})
    )
    owned, chief = {(row[0], row[1]) for row in db.execute(owners)}, set(db.scalars(chiefs))
    own = {pair for pair in pairs if pair in owned or pair[1] in chief}
    return pairs - own - beside(db, pairs)


def helps(cookie: Mapping[str, Any], room: RoomCard | RoomKey | None) -> bool:
    """Whether this browser is a helper's device in `room`."""
    if room is None or room.helper_token is None:
        return False
    return bool(cookie.get("helpers", {}).get(room.slug) == room.helper_token)


def _account(db: Session, cookie: Mapping[str, Any]) -> AccountCard | None:
    account_id, epoch = cookie.get("account"), cookie.get("epoch")
    if not isinstance(account_id, int) or not isinstance(epoch, int):
        return None
    return account(db, account_id, epoch)


def _seat(
    db: Session, cookie: Mapping[str, Any], room: RoomCard | RoomKey | None
) -> SeatCard | None:
    receipt = cookie.get("seats", {}).get(room.slug) if room else None
    return seat(db, room.id, receipt, _epoch(cookie, receipt)) if room and receipt else None
