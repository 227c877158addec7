"""A room with moments on the line of a journey."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from workshop.acts import journey
from workshop.reads.journey import legs
from workshop.seeding import Story, read

if TYPE_CHECKING:
    from tests.journeys.rooms import Rooms


def lived(told: Rooms, tell: Callable[[Rooms, str, Story], None]) -> None:
    """Everybody has placed a moment, and somebody whom the test knows one more."""
    whole = read("leaving-hospital")
    moments = [
        {"by": by, "leg": place % 5, "feeling": place % 4 + 1, "text": f"Moment {place}: a wait."}
        for place, by in enumerate(whole.people)
    ]
    story = replace(whole, template="lived", until="journey", parts={"moments": moments})
    tell(told, "journey", story)
    seat = told.sit("journey")
    with told.stage.store.read() as db:
        first = legs(db, told.rooms["journey"].id)[0].id
    given = {"seat_id": seat, "receipt": told.seats["journey"], "leg_id": first, "feeling": 5}
    told.do("journey", journey.place, text="The porter sang to me.", **given)
