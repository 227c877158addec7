"""The next pair for somebody whose page asks pairs: chosen before the page is made."""

from __future__ import annotations

from dataclasses import replace

from workshop.acts.pairing import ask_next
from workshop.reads.pairs import pair_card
from workshop.reads.phone import PhoneCard
from workshop.web.house import house, room, who


def with_a_pair(card: PhoneCard, *, votes: bool) -> PhoneCard:
    """The card with the pair that this person is asked now, where the vote asks pairs."""
    seat = who().seat
    if card.pair is None or card.pair.two or not votes or seat is None:
        return card
    ask_next(house().stage, room().id, seat.id)
    with house().store.read() as db:
        return replace(card, pair=pair_card(db, room(), seat.id, card.ideas))
