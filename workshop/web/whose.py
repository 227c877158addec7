"""For whom a helper's device writes now, and for whom else it could."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import g, session
from flask_babel import gettext

from workshop.reads import identity
from workshop.rules.roles import GROUPS, SeatCard
from workshop.web.carried import helped
from workshop.web.house import house, room, who


@dataclass(frozen=True, slots=True)
class Helped:
    """One of the people on a helper's device: what they are called there, and whose turn it is."""

    seat: SeatCard
    label: str
    now: bool


def people_here() -> tuple[Helped, ...]:
    """Everybody this device holds a seat for in this room; nobody on a phone of one's own.

    Who gave no name is told by group and place in the row: the list is for one helper alone.
    """
    if "whose" not in g:
        g.whose = _found() if helped(room().slug) else ()
    return cast("tuple[Helped, ...]", g.whose)


def for_seat() -> int | None:
    """On a helper's device, the seat that the forms of this request's page are meant for."""
    if g.get("room") is None or not people_here():
        return None
    mine = who().seat
    return mine.id if mine else None


def _found() -> tuple[Helped, ...]:
    with house().store.read() as db:
        found = identity.seats(db, session, room())
    mine = who().seat
    return tuple(
        Helped(seat, seat.name or _numbered(seat, place), mine is not None and seat.id == mine.id)
        for place, seat in enumerate(found, start=1)
    )


def _numbered(seat: SeatCard, place: int) -> str:
    return f"{gettext(GROUPS[seat.group])} {place}"
