"""What people offer, what items need, who said yes to whom; contact details stand apart."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.offers import ADOPTION_STATES, GUEST_KINDS, NEED_KINDS, OFFER_KINDS, SAYS
from workshop.rules.roles import VOICES
from workshop.storage.models.base import Base, Id, Instant, Key, one_of


class Guest(Base):
    """Somebody who comes by a link of their own: an organisation, a person, a member of staff.

    Only the hash of the link's token is kept.
    """

    __tablename__ = "guest"
    __table_args__ = (one_of("kind", GUEST_KINDS),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Instant]


class Offer(Base):
    """Something that somebody can give. Taking it back removes the row and all that hangs on it.

    It is a guest's, or a seat's: then `owner` is a mark under the person's receipt, as on a post.
    `wide` offers it to every workshop of the programme.
    """

    __tablename__ = "offer"
    __table_args__ = (
        one_of("kind", OFFER_KINDS),
        one_of('"group"', VOICES),
        CheckConstraint("(guest_id IS NULL) = (owner <> '')", name="one_giver"),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    wide: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    group: Mapped[str] = mapped_column(String(16))
    guest_id: Mapped[int | None] = mapped_column(Key, ForeignKey("guest.id"), index=True)
    salt: Mapped[str] = mapped_column(String(32), default="")
    owner: Mapped[str] = mapped_column(String(64), default="")


class Need(Base):
    """Something that an item needs. `from_idea` while it stands as the idea's author wrote it."""

    __tablename__ = "need"
    __table_args__ = (one_of("kind", NEED_KINDS),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    from_idea: Mapped[bool] = mapped_column(default=False)


class Match(Base):
    """An offer laid beside a need, and what each side says to passing its details on."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("need_id", "offer_id"),
        one_of("offer_says", SAYS),
        one_of("item_says", SAYS),
    )

    id: Mapped[Id]
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    offer_says: Mapped[str] = mapped_column(String(16), default="")
    item_says: Mapped[str] = mapped_column(String(16), default="")


class Contact(Base):
    """How one side of a match can be reached: who offers, or who sees the item through."""

    __tablename__ = "contact"
    __table_args__ = (CheckConstraint("(offer_id IS NULL) <> (item_id IS NULL)", name="one_side"),)

    id: Mapped[Id]
    offer_id: Mapped[int | None] = mapped_column(Key, ForeignKey("offer.id"), unique=True)
    item_id: Mapped[int | None] = mapped_column(Key, ForeignKey("item.id"), unique=True)
    name: Mapped[str] = mapped_column(Text)
    reach: Mapped[str] = mapped_column(Text)


class Adoption(Base):
    """A partner's wish to lead an item, and what a leader said to it."""

    __tablename__ = "adoption"
    __table_args__ = (one_of("state", ADOPTION_STATES),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id"), index=True)
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default="asked")
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Instant]
