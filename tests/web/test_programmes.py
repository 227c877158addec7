"""Programmes on their pages, as plain form posts, and ideas that come along."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.story import Story
from tests.web.desk import Desk, desk
from workshop.acts import programmes, running
from workshop.reads import rooms
from workshop.reads.posts import board

__all__ = ["desk"]

ABOUT = {
    "title": "The second meeting",
    "service": "Checks",
    "goal": "Nobody waits.",
    "better_for": "People who work",
    "template": "hour",
}


def begun(desk: Desk) -> tuple[Story, FlaskClient, str]:
    """A workshop with two ideas in a programme, and the programme's address."""
    told = desk.story(people=3, ideas=2, step="ideas")
    client = desk.visitor(told.facilitator)
    answer = client.post("/programmes", data={"title": "A year", "service": "Checks"})
    assert answer.status_code == 303
    address: str = answer.location
    client.post(f"{address}/workshops", data={"workshop": told.workshop})
    return told, client, address


def second(desk: Desk, client: FlaskClient, address: str) -> Any:  # noqa: ANN401 - a room card
    """The next workshop of the programme, made from its page."""
    number = address.rsplit("/", 1)[1]
    page = client.get(f"/workshops/new?programme={number}").text
    assert "It becomes part of the programme “A year”." in page
    assert 'value="Checks"' in page
    made = client.post(f"/workshops/new?programme={number}", data=ABOUT)
    with desk.stage.store.read() as db:
        room = rooms.by_slug(db, made.location.split("/")[2])
    assert room is not None
    return room


def test_a_programme_shows_its_workshops_in_order(desk: Desk) -> None:
    told, client, address = begun(desk)
    room = second(desk, client, address)
    page = client.get(address).text
    assert page.index(told.room().title) < page.index(room.title)
    assert "2 ideas" in page
    assert "Bring ideas along" in page
    assert "A year" in client.get("/programmes").text


def test_picked_ideas_come_along_and_say_so(desk: Desk) -> None:
    told, client, address = begun(desk)
    room = second(desk, client, address)
    carry = f"/workshops/{room.slug}/carry"
    assert "Idea 1" in client.get(carry).text
    assert client.post(carry, data={}).status_code == 422
    answer = client.post(carry, data={"idea_id": [told.ideas[0], told.ideas[1]]})
    assert answer.status_code == 303
    page = client.get(carry).text
    assert "2 ideas came along." in page
    assert page.count("here already") == 2
    with desk.stage.store.read() as db:
        assert {post.origin for post in board(db, room.id, ("idea",))} == {told.room().title}


def test_an_idea_that_is_gone_meanwhile_is_said_and_the_picks_stay(desk: Desk) -> None:
    told, client, address = begun(desk)
    room = second(desk, client, address)
    carry = f"/workshops/{room.slug}/carry"
    answer = client.post(carry, data={"idea_id": [told.ideas[0], 10**6]})
    assert answer.status_code == 409
    assert f'value="{told.ideas[0]}" checked' in answer.text


def test_a_phone_shows_where_an_idea_came_from_and_its_author_where_it_went(desk: Desk) -> None:
    told, client, address = begun(desk)
    room = second(desk, client, address)
    client.post(f"/workshops/{room.slug}/carry", data={"idea_id": told.ideas[0]})
    there = Story(desk.stage, told.clock, room.id, told.facilitator)
    there.do(running.start)
    there.joins("citizen")
    there.moves_to("ideas")
    phone = desk.product.app.test_client()
    with phone.session_transaction() as cookie:
        cookie["seats"] = {room.slug: "RECEIPT-0"}
    assert f"From the workshop “{told.room().title}”" in phone.get(f"/w/{room.slug}?problem=0").text
    author = desk.product.app.test_client()
    with author.session_transaction() as cookie:
        cookie["seats"] = {told.room().slug: told.people[0].receipt}
    assert "The second meeting" in author.get(f"/w/{told.room().slug}/mine").text


def test_a_workshop_is_put_in_and_taken_out(desk: Desk) -> None:
    told, client, address = begun(desk)
    assert told.room().programme_id is not None
    client.post(f"{address}/workshops", data={"workshop": told.workshop, "out": "1"})
    assert told.room().programme_id is None
    assert "No workshop in it yet" in client.get(address).text


def test_words_that_cannot_be_taken_stay_on_the_page(desk: Desk) -> None:
    _, client, address = begun(desk)
    for place in ("/programmes", address):
        answer = client.post(place, data={"title": "x" * 200, "service": "Checks"})
        assert answer.status_code == 422
        assert "x" * 200 in answer.text


def test_nobody_elses_programme_or_workshop_is_found(desk: Desk) -> None:
    told, client, address = begun(desk)
    other = desk.visitor(desk.account("facilitator"))
    number = address.rsplit("/", 1)[1]
    for place in (address, f"/workshops/new?programme={number}"):
        assert other.get(place).status_code == 404
    assert other.post(address, data={"title": "T", "service": "S"}).status_code == 404
    assert other.post(f"{address}/workshops", data={"workshop": told.workshop}).status_code == 404
    made = desk.stage.perform(
        programmes.make_programme, account_id=desk.account("administrator"), title="T", service="S"
    )
    own = f"/programmes/{made.answer['programme']}/workshops"
    assert client.post(own, data={"workshop": told.workshop}).status_code == 404
