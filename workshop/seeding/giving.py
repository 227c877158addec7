"""Who comes to a story's items from outside: what people offer, and partners who lead."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from workshop.acts import guests, needs, offers
from workshop.acts.offers import Giver
from workshop.reads import adoptions
from workshop.reads import offers as given
from workshop.seeding.teller import Teller


def guest(teller: Teller, told: Mapping[str, Any]) -> None:
    """Somebody gets a link of their own to the workshop."""
    token = secrets.token_urlsafe(24)
    made = teller.do(guests.make_guest, kind=told["kind"], name=told["name"], token=token)
    teller.numbers["guests", told["key"]] = made["guest"]


def giver(teller: Teller, name: str) -> Giver:
    """A guest of the story by key, or somebody who was in the room."""
    if ("guests", name) in teller.numbers:
        return Giver(seat_id=0, receipt="", guest_id=teller.numbers["guests", name])
    seat = teller.numbers["people", name]
    return Giver(seat_id=seat, receipt=teller.receipts[name], guest_id=0)


def item(teller: Teller, told: Mapping[str, Any]) -> int:
    """The item that a table of the story is about."""
    return teller.numbers["items", told["item"]]


def offer(teller: Teller, told: Mapping[str, Any]) -> None:
    """Somebody offers something, and where it fits an item's need they are asked."""
    made = teller.do(
        offers.make_offer,
        giver=giver(teller, told["by"]),
        kind=told["kind"],
        text=told["text"],
        name=told.get("name", ""),
        reach=told.get("reach", ""),
    )
    if "item" in told:
        need = _need(teller, told)
        teller.do(
            needs.lay_beside,
            item_id=item(teller, told),
            need_id=need.id,
            offer_id=made["offer"],
            fits=True,
        )
        laid = _need(teller, told).matches[-1]
        teller.numbers["matches", told["text"]] = laid.id


def _need(teller: Teller, told: Mapping[str, Any]) -> given.NeedCard:
    number = item(teller, told)
    cards = given.needs(teller.db, [number])[number]
    return next(card for card in cards if card.kind == told["kind"])


def agree(teller: Teller, told: Mapping[str, Any], agreed: Mapping[str, Any]) -> None:
    """Both sides say yes to passing their details on, so that the need is covered."""
    number, match = item(teller, told), teller.numbers["matches", told["text"]]
    teller.do(needs.set_contact, item_id=number, name=agreed["name"], reach=agreed["reach"])
    teller.do(needs.answer_for_item, item_id=number, match_id=match, answer="yes")
    teller.do(offers.answer_match, giver=giver(teller, told["by"]), match_id=match, answer="yes")


def lead(teller: Teller, told: Mapping[str, Any]) -> None:
    """A partner asks to lead an item."""
    guest = teller.numbers["guests", told["by"]]
    teller.do(guests.ask_to_lead, item_id=item(teller, told), guest_id=guest, why=told["why"])


def answer_lead(teller: Teller, told: Mapping[str, Any], answered: Mapping[str, Any]) -> None:
    """The leader agrees that a partner leads an item, or declines."""
    number = item(teller, told)
    guest = teller.numbers["guests", told["by"]]
    asked = next(one for one in adoptions.of_guest(teller.db, guest) if one.item_id == number)
    teller.do(
        guests.answer_lead,
        item_id=number,
        adoption_id=asked.id,
        account_id=teller.cast.leader,
        agree=answered["agree"],
        reason=answered["reason"],
    )
