"""The parts of an open page that are painted anew: after which news, and from what is read.

A vote is news a hundred times a second, so nothing is read or rendered that it does not touch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from workshop.reads import screen
from workshop.reads.news import Reading


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of a page: `templates/slots/_NAME.html`, painted into `data-slot="NAME"`.

    Attributes:
        after: the parts of `rules.moments` that change it.
        needs: what its template is given, by the names of `Reading`.
        at: the one phase at which the page has it; "" for every phase.
    """

    name: str
    after: frozenset[str]
    needs: tuple[str, ...]
    at: str = ""


def _slot(name: str, after: str, needs: str, at: str = "") -> Slot:
    return Slot(name, frozenset(after.split()), tuple(needs.split()), at)


SLOTS: Final[dict[str, tuple[Slot, ...]]] = {
    "phone": (
        _slot("meter", "here meter", "room heads"),
        _slot("hand", "hands", "hands"),
        _slot("nudge", "nudge", "room"),
    ),
    "control": (
        _slot("people", "here meter online", "room heads online"),
        _slot("hands", "hands", "room hands"),
        _slot("voices", "card here speaking", "room voices"),
        _slot("voted", "here meter done", "progress"),
        _slot("few", "here meter done", "few", at="vote"),
        _slot("heading", "card", "sizes"),
        _slot("promises", "pledges", "promises", at="next"),
        _slot("journey", "card", "journey", at="journey"),
        _slot("sees", "card pledges joining", "card"),
        _slot("seats", "here meter", "room heads"),
        _slot("queue", "card queue", "room queue"),
        _slot("meter", "here meter", "room heads"),
    ),
    "screen": (
        _slot("stage", "page screen clock card pledges joining", "card"),
        _slot("seats", "here meter", "room heads"),
    ),
}

Painted = tuple[str, str, dict[str, Any]]
"""A slot's name on the page, the name of its template, and what the template is given."""


def touched(audience: str, reading: Reading) -> list[Painted]:
    """The slots of an audience's page that the news touches, with what they are painted from."""
    parts = reading.changes.parts | ({"card"} if reading.changes.posts else frozenset())
    if "here" in parts and screen.invites(reading.room):
        parts |= {"joining"}  # The view that shows how to join draws the whole table.
    here = {"", reading.room.step.phase}
    found = [slot for slot in SLOTS[audience] if slot.after & parts and slot.at in here]
    if any(slot.name in {"stage", "sees"} for slot in found):
        found = [slot for slot in found if slot.name != "seats"]  # The whole view holds them.
    painted: list[Painted] = [
        (slot.name, slot.name, {need: getattr(reading, need) for need in slot.needs})
        for slot in found
    ]
    return painted + (_theme_sizes(reading) if audience == "control" and "card" in parts else [])


def _theme_sizes(reading: Reading) -> list[Painted]:
    """How much stands under each heading of the facilitator's board."""
    sizes = reading.sizes
    return [
        (f"size-{theme_id}", "size", {"kind": sizes.kind, "size": size})
        for theme_id, size in sizes.by_theme.items()
    ]
