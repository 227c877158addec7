"""Offers and needs through the real pages: a phone, a link, the public page, the desk."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel

__all__ = ["desk"]

ROOM = {"kind": "room", "text": "A room with a couch", "name": "Ann", "reach": "0161 496 0000"}


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


def phone(here: Panel) -> FlaskClient:
    client = here.desk.visitor()
    with client.session_transaction() as kept:
        kept["seats"] = {here.slug: here.room.told.people[0].receipt}
    return client


def between(text: str, before: str, after: str = '"') -> str:
    return text.split(before)[1].split(after, maxsplit=1)[0]


def test_from_an_offer_on_a_phone_to_both_sides_reaching_each_other(here: Panel) -> None:
    ann, desk = phone(here), f"/backlog/{here.item}/needs"
    mine = f"/w/{here.slug}/offers"
    assert ann.post(mine, data=ROOM).status_code == 303
    need = {"kind": "room", "text": "A room for mornings"}
    assert here.leader.post(desk, data=need).status_code == 303
    page = here.leader.get("/offers").text
    assert "These look like a match" in page
    assert "0161" not in page
    pair = {name: between(page, f'name="{name}" value="') for name in ("need_id", "offer_id")}
    asked = {**pair, "deed": "fits", "back": "offers"}
    assert here.leader.post(f"{desk}/change", data=asked).status_code == 303
    match = between(ann.get(mine).text, 'name="match_id" value="')
    assert ann.post(f"{mine}/change", data={"match_id": match, "deed": "yes"}).status_code == 303
    assert "0161" not in here.leader.get(desk).text
    answer = {"match_id": match, "deed": "yes"}
    refused = here.leader.post(f"{desk}/change", data=answer)
    assert (refused.status_code, "Please say first how to reach you." in refused.text) == (
        409,
        True,
    )
    reach = {"deed": "reach", "name": "Tomasz", "reach": "tomasz@example.org"}
    here.leader.post(f"{desk}/change", data=reach)
    assert "tomasz@example.org" not in ann.get(mine).text
    here.leader.post(f"{desk}/change", data=answer)
    assert "0161 496 0000" in here.leader.get(desk).text
    assert "tomasz@example.org" in ann.get(mine).text
    assert "1 of 1 needs covered: can start" in here.leader.get("/offers").text
    ann.post(f"{mine}/change", data={"match_id": match, "deed": "no"})
    assert "0161" not in here.leader.get(desk).text
    assert "tomasz@example.org" not in ann.get(mine).text


def test_an_offer_that_is_refused_keeps_its_words(here: Panel) -> None:
    sent = phone(here).post(f"/w/{here.slug}/offers", data={**ROOM, "kind": ""})
    assert sent.status_code == 422
    assert "A room with a couch" in sent.text
    assert "Please pick one from the list." in sent.text


def test_anybody_offers_on_the_public_page_and_keeps_a_link(here: Panel) -> None:
    visitor = here.desk.visitor()
    address = f"/changes/{here.slug}/offer"
    sent = visitor.post(address, data=ROOM)
    assert sent.status_code == 422
    assert "A room with a couch" in sent.text
    given = {**ROOM, "organisation": "Quay Pharmacy", "command_id": "one"}
    first = visitor.post(address, data=given).text
    link = between(first, 'value="https://table.example')
    assert link in visitor.post(address, data=given).text
    assert "Quay Pharmacy" in here.leader.get("/offers").text
    guest = here.desk.visitor()
    assert guest.get("/guest").status_code == 403
    assert guest.get(link).status_code == 303
    page = guest.get("/guest").text
    assert page.count("A room with a couch</h2>") == 1
    assert "0161 496 0000" in page


def test_a_partner_leads_an_idea_and_everybody_reads_its_name(here: Panel) -> None:
    made = here.leader.post(
        f"/workshops/{here.slug}/guests", data={"kind": "partner", "name": "Quay Pharmacy"}
    ).text
    guest = here.desk.visitor()
    guest.get(between(made, 'value="https://table.example'))
    wish = {"item_id": str(here.item), "why": ""}
    empty = guest.post("/guest/lead", data=wish)
    assert (empty.status_code, "Please write something first." in empty.text) == (409, True)
    assert guest.post("/guest/lead", data={**wish, "why": "Open late."}).status_code == 303
    assert "Quay Pharmacy" not in here.desk.visitor().get(f"/changes/{here.slug}").text
    needs = here.leader.get(f"/backlog/{here.item}/needs").text
    number = between(needs, 'name="adoption_id" value="')
    answer = {"adoption_id": number, "agree": "yes", "reason": "They know people."}
    lead = f"/backlog/{here.item}/lead"
    assert here.facilitator.post(lead, data=answer).status_code == 403
    assert here.leader.post(lead, data=answer).status_code == 303
    here.leader.post(
        f"/backlog/{here.item}/answer", data={"answer": "yes", "reason": "Good.", "seen": "0"}
    )
    assert "Quay Pharmacy leads it" in here.desk.visitor().get(f"/changes/{here.slug}").text
    assert "They know people." in guest.get("/guest").text


def test_a_stranger_finds_nobody_elses_offers(here: Panel) -> None:
    phone(here).post(f"/w/{here.slug}/offers", data=ROOM)
    for address in ("/offers", "/guest", f"/w/{here.slug}/offers"):
        assert "A room with a couch" not in here.desk.visitor().get(address).text


def led(here: Panel) -> FlaskClient:
    """Somebody of an organisation that leads the item."""
    made = here.leader.post(
        f"/workshops/{here.slug}/guests", data={"kind": "partner", "name": "Quay Pharmacy"}
    ).text
    guest = here.desk.visitor()
    guest.get(between(made, 'value="https://table.example'))
    guest.post("/guest/lead", data={"item_id": str(here.item), "why": "Open late."})
    answers(here, "yes")
    return guest


def answers(here: Panel, agree: str) -> None:
    needs = here.leader.get(f"/backlog/{here.item}/needs").text
    number = between(needs, 'name="adoption_id" value="')
    said = {"adoption_id": number, "agree": agree, "reason": "They know people."}
    assert here.leader.post(f"/backlog/{here.item}/lead", data=said).status_code == 303


PILOT = {
    "place": "Quay Pharmacy",
    "who": "20 people",
    "begins_on": "2026-01-10",
    "ends_on": "2026-03-10",
    "works_if": "15 of 20 come back",
    "stop_if": "Somebody gets the wrong box",
}


def test_whoever_leads_an_idea_pilots_it_by_their_own_link(here: Panel) -> None:
    guest, base = led(here), f"/guest/lead/{here.item}"
    assert base in guest.get("/guest").text
    bare = guest.post(f"{base}/pilot", data={**PILOT, "stop_if": ""})
    assert (bare.status_code, "15 of 20 come back" in bare.text) == (422, True)
    turned = guest.post(f"{base}/pilot", data={**PILOT, "ends_on": "2026-01-01"})
    assert (turned.status_code, "can’t come before the first" in turned.text) == (409, True)
    early = guest.post(f"{base}/begin", data={"reason": "We begin."})
    assert (early.status_code, "Please plan the pilot first" in early.text) == (409, True)
    assert guest.post(f"{base}/pilot", data=PILOT).status_code == 303
    assert guest.post(f"{base}/begin", data={"reason": "Shelves are up."}).status_code == 303
    came = {"outcome": "stopped", "happened": "Two wrong boxes.", "learned": "Check names."}
    assert guest.post(f"{base}/result", data=came).status_code == 303
    seen = here.leader.get(f"/backlog/{here.item}").text
    for words in ("Planned by Quay Pharmacy", "Told by Quay Pharmacy", "We stopped it early"):
        assert words in seen


def test_a_lead_that_has_ended_says_nothing_more_and_reads_why(here: Panel) -> None:
    guest, base = led(here), f"/guest/lead/{here.item}"
    answers(here, "no")
    page = guest.get(base).text
    assert "You don’t lead it any more." in page
    assert "They know people." in page
    turned = guest.post(f"{base}/pilot", data=PILOT)
    assert (turned.status_code, "You don’t lead this idea now" in turned.text) == (409, True)
    assert "15 of 20 come back" in turned.text


def test_nobody_else_finds_the_page_of_whoever_leads(here: Panel) -> None:
    led(here)
    made = here.leader.post(
        f"/workshops/{here.slug}/guests", data={"kind": "partner", "name": "Mind"}
    ).text
    other, base = here.desk.visitor(), f"/guest/lead/{here.item}"
    assert other.get(base).status_code == 403
    other.get(between(made, 'value="https://table.example'))
    assert other.get(base).status_code == 404
    assert other.post(f"{base}/pilot", data=PILOT).status_code == 404
