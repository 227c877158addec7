"""What ideas are measured by, and how it came to be so."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.scoring.yardstick import Yardstick, place_of
from workshop.storage.models import Account, Programme
from workshop.storage.models import Yardstick as Row
from workshop.storage.yardsticks import of_programme, of_workshop

__all__ = ["of_workshop"]


@dataclass(frozen=True, slots=True)
class Version:
    """One change: its number, who made it, when, and why."""

    version: int
    by: str
    at: int
    why: str


@dataclass(frozen=True, slots=True)
class YardstickPage:
    """A yardstick with its history, the newest version first.

    `own` is the number of the last version of this very place, 0 while it goes by the server's.
    """

    yard: Yardstick
    own: int
    service: str
    versions: tuple[Version, ...]


def yardstick_page(db: Session, programme_id: int | None) -> YardstickPage:
    """The yardstick of a programme, or of the server (None)."""
    rows = db.execute(
        select(Row, Account.name)
        .join(Account, Account.id == Row.account_id)
        .where(Row.place == place_of(programme_id))
        .order_by(Row.version.desc())
    ).all()
    versions = tuple(Version(row.version, name, row.at, row.why) for row, name in rows)
    programme = db.get(Programme, programme_id) if programme_id is not None else None
    return YardstickPage(
        yard=of_programme(db, programme_id),
        own=versions[0].version if versions else 0,
        service=programme.service if programme else "",
        versions=versions,
    )


def owner(db: Session, programme_id: int) -> int | None:
    """The account whose programme this is, or None where there is no such programme."""
    return db.scalar(select(Programme.account_id).where(Programme.id == programme_id))


def programme_of(db: Session, workshop_id: int) -> int | None:
    """The programme by whose yardstick a workshop goes, or None where it goes by the server's."""
    place = of_workshop(db, workshop_id).place
    return int(place.removeprefix("programme-")) if place.startswith("programme-") else None
