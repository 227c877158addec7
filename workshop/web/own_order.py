"""Everybody’s own order of the ideas of a vote, kept; and what a page without a script shows."""

from __future__ import annotations

from dataclasses import replace

from flask import request

from workshop.acts import ordering
from workshop.reads import changes, phone
from workshop.reads.exposure import placed
from workshop.reads.phone import PhoneCard
from workshop.rules.exposure import MOST_AT_ONCE
from workshop.rules.refusals import Refused
from workshop.web.commands import perform
from workshop.web.house import house, room, who


def in_kept_order(card: PhoneCard, *, votes: bool) -> PhoneCard:
    """The card with its ideas in the order that is kept for this person, made where it is not yet.

    Where the order cannot be kept just now the page shows the ideas all the same.
    """
    seat = who().seat
    if card.order.kept or not votes or seat is None:
        return card
    try:
        made = house().stage.perform(ordering.lay_out, workshop_id=room().id, seat_id=seat.id)
    except Refused:
        return card
    return replace(card, order=placed(card.order, made.answer["ideas"], card.order.asked))


def note_page() -> None:
    """Note the ideas on a page that somebody has just sent a form of, without a script.

    The form says at which sequence its page was made. What has changed on the table since was
    not on it, as far as anybody can know.
    """
    seat, made_at = who().seat, request.form.get("page", type=int)
    if seat is None or made_at is None:
        return
    with house().store.read() as db:
        since = changes.since(db, room().id, made_at)
        ideas = [idea.id for idea in phone.phone_card(db, room(), seat).ideas]
    if "page" not in since.parts:
        seen = [idea for idea in ideas if idea not in since.posts]
        perform("ideas.seen", {"idea_ids": seen[:MOST_AT_ONCE]})
