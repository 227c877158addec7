"""Rehearsals that are over, with and without something to fix, and one that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workshop.acts import rehearsals
from workshop.acts.stage import Stage
from workshop.acts.wiping import wipe_ended
from workshop.factory import server_clock

if TYPE_CHECKING:
    from tests.journeys.rooms import Rooms

HOUR_MS = 3_600_000
WELL = {"people": 30, "posts": 0, "answer": 24.0, "screen": 61.0, "write": 3.0}
BADLY = {"people": 19, "posts": 4, "answer": 2_300.0, "screen": 2_900.0, "write": 3.0}
NEAR = {"address": "http://192.168.1.20:5000", "came": "http://192.168.1.20:5000"}
HERE = {"address": "http://127.0.0.1:5000", "came": "http://127.0.0.1:5000", "clock": 240_000}


def rehearse(told: Rooms) -> None:
    """One went well, one did not, and one goes on for as long as the tests do."""
    for name, ground, figures in (("upcoming", NEAR, WELL), ("ideas", HERE, BADLY)):
        room = _begins(told, told.stage, name, ground)
        told.do(name, rehearsals.beat, room=room, figures=figures)
        told.do(name, rehearsals.end, room=room, outcome="held")
    wipe_ended(told.stage)
    # Nobody is there to note that it goes on, so it has been noted for the hour to come.
    later = Stage(told.stage.store, lambda: server_clock() + HOUR_MS)
    room = _begins(told, later, "problems", NEAR)
    told.do("problems", rehearsals.beat, room=room, figures={**WELL, "step": 2, "steps": 7})
    later.perform(rehearsals.beat, workshop_id=told.rooms["problems"].id, room=room, figures={})


def _begins(told: Rooms, stage: Stage, name: str, ground: dict[str, Any]) -> str:
    begun = stage.perform(
        rehearsals.begin,
        workshop_id=told.rooms[name].id,
        account_id=told.facilitator,
        title=f"Rehearsal: {told.rooms[name].title}",
        people=30,
        seconds=60,
        token=f"a remote of {name}",
        ground=ground,
    )
    told.read("rehearsed", begun.workshop_id or 0)
    return str(begun.answer["room"])


def rehearsal_visits(told: Rooms) -> Iterator[tuple[str, str, str, int]]:
    """The button, both verdicts, the one that goes on, and the ways into its room."""
    me = "facilitator"
    for name in ("upcoming", "ideas", "problems", "vote", "finished"):
        yield me, f"/workshops/{told.rooms[name].slug}/rehearsal", "", 200
    mine = f"/workshops/{told.rooms['upcoming'].slug}/rehearsal"
    yield me, mine, mine, 422
    yield "anybody", f"/j/{told.rooms['rehearsed'].link_token}", "", 200
    yield "projector", f"/screen/{told.rooms['rehearsed'].screen_token}", "", 200
