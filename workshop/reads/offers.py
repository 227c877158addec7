"""Offers and needs as each side may see them. Details show only where both sides said yes."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workshop.rules.offers import Cover, Thing, cover, fits, is_agreed
from workshop.rules.receipts import owner_mark, token_hash
from workshop.rules.roles import GuestCard
from workshop.storage.models import Contact, Guest, Item, Match, Need, Offer, Workshop


@dataclass(frozen=True, slots=True)
class ContactCard:
    """How somebody can be reached."""

    name: str
    reach: str


@dataclass(frozen=True, slots=True)
class MatchCard:
    """An offer beside a need. `theirs` is how the other side can be reached, once both said yes.

    `offer_says` and `item_says` are one of `offers.SAYS`; `by` is the organisation that offers,
    or "" for a person.
    """

    id: int
    offer_id: int
    need_id: int
    item_id: int
    offer: str
    kind: str
    group: str
    by: str
    need: str
    item: str
    offer_says: str
    item_says: str
    theirs: ContactCard | None

    @property
    def is_agreed(self) -> bool:
        """Whether both sides have said yes."""
        return is_agreed(self.offer_says, self.item_says)


@dataclass(frozen=True, slots=True)
class NeedCard:
    """Something that an item needs, with the offers that somebody laid beside it."""

    id: int
    item_id: int
    kind: str
    text: str
    matches: tuple[MatchCard, ...]

    @property
    def is_covered(self) -> bool:
        """Whether an offer covers it."""
        return any(one.is_agreed for one in self.matches)


@dataclass(frozen=True, slots=True)
class OfferCard:
    """Something that somebody can give. `contact` is its giver's own and None for all others."""

    id: int
    kind: str
    text: str
    group: str
    by: str
    wide: bool
    matches: tuple[MatchCard, ...]
    contact: ContactCard | None = None

    @property
    def used_for(self) -> tuple[str, ...]:
        """The items that it covers a need of."""
        return tuple(one.item for one in self.matches if one.is_agreed)

    @property
    def waits(self) -> bool:
        """Whether its giver has been asked and has said nothing yet."""
        return any(not one.offer_says and one.item_says != "no" for one in self.matches)


def guest(db: Session, token: str) -> GuestCard | None:
    """The guest whose link carries this token."""
    row = db.scalar(select(Guest).where(Guest.token_hash == token_hash(token)))
    return GuestCard(row.id, row.workshop_id, row.kind, row.name) if row else None


def guests(db: Session, workshop_id: int) -> tuple[GuestCard, ...]:
    """Everybody who has a link to this workshop."""
    rows = db.scalars(select(Guest).where(Guest.workshop_id == workshop_id).order_by(Guest.id))
    return tuple(GuestCard(row.id, row.workshop_id, row.kind, row.name) for row in rows)


def needs(db: Session, items: Sequence[int]) -> dict[int, tuple[NeedCard, ...]]:
    """What each of these items needs, as the desk sees it."""
    rows = db.scalars(select(Need).where(Need.item_id.in_(items)).order_by(Need.id)).all()
    laid = _matches(db, Match.need_id.in_([row.id for row in rows]), shows="offer")
    found: dict[int, tuple[NeedCard, ...]] = {}
    for row in rows:
        beside = tuple(one for one in laid if one.need_id == row.id)
        card = NeedCard(row.id, row.item_id, row.kind, row.text, beside)
        found[row.item_id] = (*found.get(row.item_id, ()), card)
    return found


def covers(found: Mapping[int, Sequence[NeedCard]]) -> dict[int, Cover]:
    """How far the needs of each item are covered."""
    return {number: cover([one.is_covered for one in cards]) for number, cards in found.items()}


def open_to(db: Session, workshops: Sequence[int]) -> tuple[OfferCard, ...]:
    """Offers to these workshops and to the programmes that they are in, without details."""
    inside = select(Workshop.programme_id).where(Workshop.id.in_(workshops))
    beside = select(Workshop.id).where(
        Workshop.programme_id.is_not(None), Workshop.programme_id.in_(inside)
    )
    where = or_(Offer.workshop_id.in_(workshops), Offer.wide & Offer.workshop_id.in_(beside))
    rows = db.execute(
        select(Offer, Guest.name).outerjoin(Guest, Guest.id == Offer.guest_id).where(where)
    ).all()
    return _cards(db, [(row, name or "") for row, name in rows], shows="")


def of_guest(db: Session, guest_id: int) -> tuple[OfferCard, ...]:
    """A guest's own offers, with whom they may reach."""
    rows = db.scalars(select(Offer).where(Offer.guest_id == guest_id)).all()
    return _own(db, rows)


def of_receipt(db: Session, workshop_id: int, receipt: str) -> tuple[OfferCard, ...]:
    """The offers of the holder of a receipt, with whom they may reach."""
    rows = db.scalars(
        select(Offer).where(Offer.workshop_id == workshop_id, Offer.guest_id.is_(None))
    )
    mine = [row for row in rows if hmac.compare_digest(row.owner, owner_mark(receipt, row.salt))]
    return _own(db, mine)


def _own(db: Session, rows: Sequence[Offer]) -> tuple[OfferCard, ...]:
    return _cards(db, [(row, "") for row in rows], shows="item")


def item_contact(db: Session, item_id: int) -> ContactCard | None:
    """How whoever sees an item through can be reached, for the item's own side."""
    row = db.scalar(select(Contact).where(Contact.item_id == item_id))
    return ContactCard(row.name, row.reach) if row else None


def suggested(
    needed: Sequence[NeedCard], offered: Sequence[OfferCard]
) -> tuple[tuple[NeedCard, OfferCard], ...]:
    """Pairs that look like a match and that nobody has judged yet, the closest first."""
    known = {(one.need_id, one.offer_id) for need in needed for one in need.matches}
    wanted = {one.id: one for one in needed if not one.is_covered}
    given = {one.id: one for one in offered}
    pairs = fits(
        [Thing(one.id, one.kind, one.text) for one in wanted.values()],
        [Thing(one.id, one.kind, one.text) for one in offered],
    )
    return tuple(
        (wanted[need], given[offer]) for need, offer in pairs if (need, offer) not in known
    )


def _cards(db: Session, rows: Sequence[tuple[Offer, str]], *, shows: str) -> tuple[OfferCard, ...]:
    numbers = [row.id for row, _ in rows]
    laid = _matches(db, Match.offer_id.in_(numbers), shows=shows)
    own = _contacts(db, Contact.offer_id, numbers) if shows == "item" else {}
    return tuple(
        OfferCard(
            id=row.id,
            kind=row.kind,
            text=row.text,
            group=row.group,
            by=name,
            wide=row.wide,
            matches=tuple(one for one in laid if one.offer_id == row.id),
            contact=own.get(row.id),
        )
        for row, name in rows
    )


def _matches(db: Session, where: object, *, shows: str) -> list[MatchCard]:
    """Matches; `shows` is whose details go along where both sides said yes: "offer" or "item"."""
    rows = db.execute(
        select(Match, Offer, Need, Item.title, Guest.name)
        .join(Offer, Offer.id == Match.offer_id)
        .join(Need, Need.id == Match.need_id)
        .join(Item, Item.id == Need.item_id)
        .outerjoin(Guest, Guest.id == Offer.guest_id)
        .where(where)  # type: ignore[arg-type]  # a condition on a match
        .order_by(Match.id)
    ).all()
    agreed = [row for row in rows if is_agreed(row.Match.offer_says, row.Match.item_says)]
    column = Contact.offer_id if shows == "offer" else Contact.item_id
    numbers = [row.Offer.id if shows == "offer" else row.Need.item_id for row in agreed]
    reach = _contacts(db, column, numbers) if shows else {}
    return [
        MatchCard(
            id=match.id,
            offer_id=offer.id,
            need_id=need.id,
            item_id=need.item_id,
            offer=offer.text,
            kind=offer.kind,
            group=offer.group,
            by=name or "",
            need=need.text,
            item=title,
            offer_says=match.offer_says,
            item_says=match.item_says,
            theirs=reach.get(offer.id if shows == "offer" else need.item_id)
            if is_agreed(match.offer_says, match.item_says)
            else None,
        )
        for match, offer, need, title, name in rows
    ]


def _contacts(db: Session, column: object, numbers: Sequence[int]) -> dict[int, ContactCard]:
    rows = db.execute(
        select(column, Contact.name, Contact.reach).where(column.in_(numbers))  # type: ignore[call-overload,attr-defined]  # a column of Contact
    ).all()
    return {number: ContactCard(name, reach) for number, name, reach in rows}
