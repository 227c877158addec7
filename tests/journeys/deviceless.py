"""People without a phone of their own in the rooms: at a helper's device, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop.acts import paper, seats

if TYPE_CHECKING:
    from tests.journeys.rooms import Rooms


def helped(told: Rooms) -> None:
    """Helpers' devices: two with people of three groups on them, and one without anybody."""
    for name in ("problems", "vote", "empty"):
        told.do(name, seats.set_helpers, welcome=True)
        told.read(name, told.rooms[name].id)
        for number, group in enumerate(() if name == "empty" else ("citizen", "staff", "watching")):
            receipt = f"HELP-{name}-{number}"
            sits = {"name": "Rosa with a rather long name" if not number else "", "group": group}
            told.do(name, seats.take_seat, receipt=receipt, channel="helper", **sits)
            told.helped.setdefault(name, []).append(receipt)


def printed(told: Rooms) -> None:
    """Sheets of paper: two of each kind; of those for a vote one is typed in."""
    for name in ("vote", "sweep", "approval", "ideas"):
        kind = "idea" if name == "ideas" else "vote"
        codes = told.sheets[name] = told.do(name, paper.print_sheets, kind=kind, many=2)["codes"]
        if kind == "vote":
            typed = {"group": "staff", "marks": {}, "receipt": f"PAPER-{name}"}
            told.do(name, paper.enter_ballot, code=codes[1], **typed)
