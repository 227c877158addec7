"""Offers, needs, consent of both sides, and partners that lead; on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.revealed import Revealed, revealed
from tests.story import Person, story
from workshop.acts import erasing, guests, needs, offers
from workshop.acts.offers import Giver
from workshop.reads import offers as reading
from workshop.reads.backlog import backlog
from workshop.reads.item_card import ItemCard
from workshop.reads.offers import MatchCard, NeedCard, OfferCard
from workshop.rules.offers import MOST_GUESTS_A_MINUTE
from workshop.rules.refusals import Refused
from workshop.storage.models import Contact, Match, Offer
from workshop.storage.store import Store

ROOM = {"kind": "room", "text": "A room with a couch", "name": "Ann", "reach": "0161 496 0000"}


@pytest.fixture
def room(store: Store) -> Revealed:
    return revealed(store)


@pytest.fixture
def item(room: Revealed) -> int:
    return room.promotes()


def giver(person: Person) -> Giver:
    return {"seat_id": person.seat, "receipt": person.receipt, "guest_id": 0}


def offers_something(room: Revealed, who: Giver, **given: Any) -> int:
    number: int = room.do(offers.make_offer, giver=who, **{**ROOM, **given}).answer["offer"]
    return number


def needed(room: Revealed, item: int) -> tuple[NeedCard, ...]:
    with room.told.stage.store.read() as db:
        return reading.needs(db, [item]).get(item, ())


def mine(room: Revealed, person: Person) -> tuple[OfferCard, ...]:
    with room.told.stage.store.read() as db:
        return reading.of_receipt(db, room.told.workshop, person.receipt)


def card(room: Revealed, item: int) -> ItemCard:
    with room.told.stage.store.read() as db:
        cards = backlog(db, now=room.told.clock())
    return next(one for one in cards if one.id == item)


def matched(room: Revealed, item: int, person: Person) -> MatchCard:
    """A need of the item with this person's offer laid beside it, and both sides' details known."""
    room.do(needs.add_need, item_id=item, kind="room", text="A room")
    offer = offers_something(room, giver(person))
    (need,) = needed(room, item)
    room.do(needs.lay_beside, item_id=item, need_id=need.id, offer_id=offer, fits=True)
    room.do(needs.set_contact, item_id=item, name="Tomasz", reach="tomasz@example.org")
    return needed(room, item)[0].matches[0]


def says(room: Revealed, person: Person, match: MatchCard, answer: str) -> None:
    room.do(offers.answer_match, giver=giver(person), match_id=match.id, answer=answer)


def item_says(room: Revealed, item: int, match: MatchCard, answer: str) -> None:
    room.do(needs.answer_for_item, item_id=item, match_id=match.id, answer=answer)


def test_details_show_to_each_side_only_while_both_say_yes(room: Revealed, item: int) -> None:
    ann = room.told.people[0]
    match = matched(room, item, ann)

    def seen() -> tuple[bool, bool]:
        (theirs,) = mine(room, ann)[0].matches
        return needed(room, item)[0].matches[0].theirs is not None, theirs.theirs is not None

    assert seen() == (False, False)
    says(room, ann, match, "yes")
    assert seen() == (False, False)
    assert card(room, item).cover.have == 0
    item_says(room, item, match, "yes")
    assert seen() == (True, True)
    assert card(room, item).cover.can_start
    says(room, ann, match, "no")
    assert seen() == (False, False)
    says(room, ann, match, "yes")
    item_says(room, item, match, "no")
    assert seen() == (False, False)


def test_a_yes_without_details_is_asked_for_them_first(room: Revealed, item: int) -> None:
    ann = room.told.people[0]
    match = matched(room, item, ann)
    own = {"giver": giver(ann), "offer_id": match.offer_id}
    says(room, ann, match, "yes")
    room.do(offers.change_contact, **own)
    assert mine(room, ann)[0].matches[0].offer_says == ""
    with pytest.raises(Refused, match="contact_first"):
        says(room, ann, match, "yes")
    room.do(needs.set_contact, item_id=item, name="", reach="")
    with pytest.raises(Refused, match="contact_first"):
        item_says(room, item, match, "yes")


def test_taking_an_offer_back_removes_everything_of_it(room: Revealed, item: int) -> None:
    ann = room.told.people[0]
    match = matched(room, item, ann)
    room.do(offers.withdraw_offer, giver=giver(ann), offer_id=match.offer_id)
    with room.told.stage.store.read() as db:
        left = [db.scalar(select(func.count()).select_from(table)) for table in (Offer, Match)]
        reach = db.scalars(select(Contact.reach)).all()
    assert (left, reach) == ([0, 0], ["tomasz@example.org"])
    assert needed(room, item)[0].matches == ()


def test_rubbing_out_takes_offers_and_details_along(room: Revealed, item: int) -> None:
    ann = room.told.people[0]
    matched(room, item, ann)
    other = offers_something(room, giver(room.told.people[1]))
    room.do(erasing.rub_out, seat_id=ann.seat, receipt=ann.receipt)
    with room.told.stage.store.read() as db:
        assert db.scalars(select(Offer.id)).all() == [other]
        assert db.scalars(select(Contact.offer_id).where(Contact.offer_id.is_not(None))).all() == [
            other
        ]


def test_nobody_touches_what_somebody_else_offers(room: Revealed, item: int) -> None:
    ann, bea = room.told.people[:2]
    match = matched(room, item, ann)
    for act, more in (
        (offers.withdraw_offer, {"offer_id": match.offer_id}),
        (offers.change_contact, {"offer_id": match.offer_id, "reach": "me"}),
        (offers.answer_match, {"match_id": match.id, "answer": "yes"}),
    ):
        for who in (giver(bea), Giver(seat_id=ann.seat, receipt="", guest_id=1)):
            with pytest.raises(Refused, match="not_found"):
                room.do(act, giver=who, **more)


def test_somebody_who_watches_offers_nothing(room: Revealed) -> None:
    watching = room.told.joins("watching")
    with pytest.raises(Refused, match="watching"):
        offers_something(room, giver(watching))


def test_an_idea_brings_its_needs_along_and_they_go_with_its_words(store: Store) -> None:
    told = story(store, people=6, ideas=0, step="ideas")
    ann = told.people[0]
    idea = told.posts(ann, "idea", "Ring people", need_room="A quiet room", need_money="A phone")
    told.ideas.append(idea)
    told.moves_to("vote")
    told.votes(ann, idea, 1)
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    room = Revealed(told, 0, opened.id)
    item = room.promotes()
    assert [(one.kind, one.text) for one in needed(room, item)] == [
        ("room", "A quiet room"),
        ("money", "A phone"),
    ]
    room.do(erasing.rub_out, seat_id=ann.seat, receipt=ann.receipt)
    assert {one.text for one in needed(room, item)} == {"Words that were rubbed out"}


def test_a_pair_that_somebody_judged_is_not_suggested_again(room: Revealed, item: int) -> None:
    room.do(needs.add_need, item_id=item, kind="room", text="A room with a couch")
    offer = offers_something(room, giver(room.told.people[0]))

    def pairs() -> int:
        with room.told.stage.store.read() as db:
            given = reading.open_to(db, [room.told.workshop])
        return len(reading.suggested(needed(room, item), given))

    assert pairs() == 1
    (need,) = needed(room, item)
    room.do(needs.lay_beside, item_id=item, need_id=need.id, offer_id=offer, fits=False)
    assert pairs() == 0


def partner(room: Revealed, name: str = "Quay Pharmacy", kind: str = "partner") -> int:
    made = room.do(guests.make_guest, kind=kind, name=name, token=f"token of {name}")
    number: int = made.answer["guest"]
    return number


def test_a_partner_leads_an_item_once_a_leader_agrees(room: Revealed, item: int) -> None:
    quay, other = partner(room), partner(room, "Mind")
    wish = {"item_id": item, "why": "We open until eight."}
    for one in (quay, other):
        room.do(guests.ask_to_lead, guest_id=one, **wish)
    answer = {"item_id": item, "account_id": room.leader, "reason": "They know people."}
    with pytest.raises(Refused, match="not_allowed"):
        room.do(
            guests.answer_lead,
            adoption_id=1,
            agree=True,
            **{**answer, "account_id": room.told.facilitator},
        )
    room.do(guests.answer_lead, adoption_id=1, agree=True, **answer)
    assert (card(room, item).led_by, card(room, item).owner) == ("Quay Pharmacy", "Quay Pharmacy")
    with pytest.raises(Refused, match="is_led"):
        room.do(guests.answer_lead, adoption_id=2, agree=True, **answer)
    with pytest.raises(Refused, match="is_led"):
        room.do(guests.ask_to_lead, guest_id=other, **wish)
    room.do(guests.answer_lead, adoption_id=1, agree=False, **answer)
    assert (card(room, item).led_by, card(room, item).owner) == ("", "")


def test_a_guest_offers_and_one_of_the_staff_leads_nothing(room: Revealed, item: int) -> None:
    quay, nurse = partner(room), partner(room, "Podiatry", "staff")
    offers_something(room, {"seat_id": 0, "receipt": "", "guest_id": quay})
    with room.told.stage.store.read() as db:
        (offer,) = reading.open_to(db, [room.told.workshop])
    assert (offer.by, offer.group, offer.contact) == ("Quay Pharmacy", "partner", None)
    with pytest.raises(Refused, match="not_found"):
        room.do(guests.ask_to_lead, guest_id=nurse, item_id=item, why="We would.")


def test_a_public_page_lets_only_so_many_come_in_a_minute(room: Revealed) -> None:
    def comes(number: int) -> None:
        room.do(guests.make_guest, kind="partner", name="Helping Hands", token=f"token-{number}")

    for number in range(MOST_GUESTS_A_MINUTE):
        comes(number)
    with pytest.raises(Refused, match="too_fast"):
        comes(MOST_GUESTS_A_MINUTE)
    room.told.clock.pass_minutes(1)
    comes(MOST_GUESTS_A_MINUTE)
