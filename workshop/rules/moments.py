"""The kinds of history a room has, and which parts of an open page each one touches."""

from __future__ import annotations

from typing import Final

#: Parts: "card" (the post it names), "page" (everything), "clock", "here" (who came),
#: "meter" (how many have taken part in this step), "screen" (the projector alone).
MOMENTS: Final[dict[str, frozenset[str]]] = {
    "workshop.made": frozenset({"page"}),
    "workshop.changed": frozenset({"page"}),
    "workshop.started": frozenset({"page"}),
    "workshop.finished": frozenset({"page"}),
    "seat.taken": frozenset({"here", "meter"}),
    "seat.changed": frozenset({"here", "meter"}),
    "seat.left": frozenset({"here", "meter"}),
    "step.moved": frozenset({"page"}),
    "timer.set": frozenset({"clock"}),
    "room.locked": frozenset({"page"}),
    "room.doors": frozenset({"page"}),
    "screen.shown": frozenset({"screen"}),
    "post.added": frozenset({"card", "meter"}),
    "post.changed": frozenset({"card"}),
    "pledge.added": frozenset({"meter"}),
    "theme.changed": frozenset({"page"}),
    "mark.first": frozenset({"meter"}),
    "mark.set": frozenset(),
    "ballot.done": frozenset({"meter"}),
    "round.moved": frozenset({"page"}),
    "item.promoted": frozenset({"page"}),
    "item.changed": frozenset(),
    "assessor.added": frozenset(),
}
