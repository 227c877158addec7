"""A room in which every post waits for a look: one does, one is asked for other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop.acts import care, posts, seats
from workshop.reads.posts import board

if TYPE_CHECKING:
    from tests.journeys.rooms import Rooms

NOTE = "Please leave out her name. Then everybody can read it."


def tell_care(told: Rooms) -> None:
    """Fill the room "cared", which stands at its ideas."""
    by = {"account_id": told.facilitator}
    told.do("cared", care.set_rules, care="all", word_list="old fool", **by)
    told.asked, told.witness = told.sit("cared"), "AAAA-BBBB-CCCC-5000"
    told.do("cared", seats.take_seat, group="staff", receipt=told.witness)
    _posts(told, "Ask Dr Patel’s surgery to ring us.")
    named = _posts(told, "My nurse Jane could ring us.")
    told.do("cared", care.ask_reword, post_id=named, reason="names", note=NOTE, **by)
    with told.stage.store.read() as db:
        others = board(db, told.rooms["cared"].id, ("idea",))
    told.reported, told.reportable = others[0].id, others[1].id
    given = {"seat_id": told.asked, "receipt": told.seats["cared"], "post_id": told.reported}
    told.do("cared", care.report_post, **given, concern="unkind")
    told.read("cared", told.rooms["cared"].id)


def _posts(told: Rooms, text: str) -> int:
    mine = {"seat_id": told.asked, "receipt": told.seats["cared"]}
    return int(told.do("cared", posts.post, **mine, kind="idea", text=text)["post"])
