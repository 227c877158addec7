"""One device, many people: each with a seat, words, a ballot and a code of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.live.line import exchange, token
from tests.web.visitors import Browser, Place, place, words
from workshop.acts import seats
from workshop.reads import identity, posts
from workshop.rules.receipts import receipt_hash
from workshop.storage.models import Seat

RECEIPT = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}")
PRESSED = re.compile(r'name="seat" value="(\d+)" class="whose__one" aria-pressed="(\w+)"')


@pytest.fixture
def here(tmp_path: Path) -> Place:
    made = place(tmp_path, step="problems")
    made.told.do(seats.set_helpers, welcome=True)
    return made


def helper_of(here: Place) -> Browser:
    """A device that has opened the helpers' link."""
    visitor = here.browser()
    answer = visitor.client.get(f"/help/{here.told.room().helper_token}")
    assert answer.location == f"{here.room}/people"
    visitor.get(f"{here.room}/people")
    return visitor


def seats_somebody(here: Place, device: Browser, name: str, group: str = "citizen") -> str:
    """Give somebody a seat on this device; the code they can take home."""
    device.get(f"{here.room}/people/new")
    answer = device.post(f"{here.room}/people/new", group=group, name=name, language="en")
    assert answer.location == here.room
    found = RECEIPT.search(device.get(here.room))
    assert found
    return found[0]


def on_device(page: str) -> dict[str, bool]:
    """The seats that a page offers, and which of them it writes for."""
    return {number: pressed == "true" for number, pressed in PRESSED.findall(page)}


def switches_to(here: Place, device: Browser, seat: str) -> str:
    assert device.post(f"{here.room}/people/switch", seat=seat).status_code == 303
    return device.get(here.room)


def own(here: Place, receipt: str) -> list[str]:
    with here.longtable.store.read() as db:
        return [post.text for post in posts.own(db, here.told.workshop, receipt)]


def test_each_person_on_a_device_has_their_own_words_and_code(here: Place) -> None:
    device = helper_of(here)
    rosa = seats_somebody(here, device, "Rosa")
    ola = seats_somebody(here, device, "Ola", "partner")
    assert rosa != ola
    first, second = on_device(device.get(here.room))
    device.post(f"{here.room}/problems", text="Nobody answers the phone", for_seat=second)
    page = switches_to(here, device, first)
    assert on_device(page) == {first: True, second: False}
    assert "Nobody answers the phone" not in page.split('data-list="problems"')[0]
    device.post(f"{here.room}/problems", text="The bus stops at six", for_seat=first)
    assert (own(here, rosa), own(here, ola)) == (
        ["The bus stops at six"],
        ["Nobody answers the phone"],
    )


def test_people_at_a_helpers_device_are_marked_as_such_and_others_are_not(here: Place) -> None:
    rosa = seats_somebody(here, helper_of(here), "Rosa")
    with here.longtable.store.read() as db:
        found = {row.receipt_hash: row.channel for row in db.query(Seat)}
    assert found.pop(receipt_hash(rosa)) == "helper"
    assert set(found.values()) == {"phone"}


def test_words_meant_for_one_person_are_not_taken_for_the_next(here: Place) -> None:
    """A page that was open when the device went over to somebody else is older than the switch."""
    device = helper_of(here)
    rosa, ola = (seats_somebody(here, device, name) for name in ("Rosa", "Ola"))
    first, second = on_device(device.get(here.room))
    switches_to(here, device, first)
    answer = device.post(f"{here.room}/problems", text="Ola said this", for_seat=second)
    assert answer.status_code == 409
    page = words(answer.text)
    assert "This device is on another person’s seat now." in page
    assert "Ola said this" in page, "nothing that was typed is lost"
    assert own(here, rosa) == own(here, ola) == []


def test_the_switch_shows_nobody_elses_words_or_votes(here: Place) -> None:
    device = helper_of(here)
    seats_somebody(here, device, "Rosa")
    device.post(f"{here.room}/problems", text="Rosa's own words")
    seats_somebody(here, device, "Ola")
    people = words(device.get(f"{here.room}/people"))
    assert "Rosa" in people
    assert "Rosa's own words" not in people
    mine = words(device.get(f"{here.room}/mine"))
    assert "Rosa's own words" not in mine


def test_a_connection_of_one_person_is_refused_once_the_device_is_anothers(here: Place) -> None:
    device, floor = helper_of(here), exchange(here.longtable, here.clock)
    seats_somebody(here, device, "Rosa")
    old = re.search(r'data-token="([^"]+)"', device.get(here.room))
    assert old
    assert floor.open("rosa", device.client, old[1])
    seats_somebody(here, device, "Ola")
    assert not floor.open("late", device.client, old[1])
    fresh = token(here.longtable, device.client, here.told.room().slug, "phone")
    assert floor.open("fresh", device.client, fresh)


def test_somebody_is_taken_off_and_comes_back_on_a_phone_of_their_own(here: Place) -> None:
    device = helper_of(here)
    rosa = seats_somebody(here, device, "Rosa")
    seats_somebody(here, device, "Ola")
    first, second = on_device(device.get(here.room))
    answer = device.post(f"{here.room}/people/off", seat=second)
    assert answer.status_code == 303
    assert on_device(device.get(here.room)) == {first: True}
    device.post(f"{here.room}/people/off", seat=first)
    assert "Nobody sits here yet" in device.get(f"{here.room}/people")
    own_phone = here.browser()
    own_phone.get("/resume")
    assert own_phone.post("/resume", code=rosa).location == here.room
    assert "whose__one" not in own_phone.get(here.room)


def test_when_the_facilitator_closes_the_link_no_device_helps_any_more(here: Place) -> None:
    device = helper_of(here)
    seats_somebody(here, device, "Rosa")
    old = here.told.room().helper_token
    here.told.do(seats.set_helpers, welcome=False)
    assert device.client.get(f"{here.room}/people").status_code == 403
    assert here.browser().client.get(f"/help/{old}").status_code == 404
    here.told.do(seats.set_helpers, welcome=True)
    assert here.told.room().helper_token != old
    assert device.client.get(f"{here.room}/people").status_code == 403


def test_a_device_takes_no_more_people_than_it_can_hold(here: Place) -> None:
    device = helper_of(here)
    for number in range(12):
        seats_somebody(here, device, f"Person {number}")
    device.get(f"{here.room}/people/new")
    answer = device.post(f"{here.room}/people/new", group="citizen", name="One more")
    assert answer.status_code == 409
    assert "This device has 12 people already." in words(answer.text)
    assert "One more" in answer.text
    cookie = device.client.get_cookie("longtable")
    assert cookie
    assert len(cookie.value) < 3_500, "browsers take four kilobytes"


def test_a_person_signs_out_every_other_device_and_stays_on_this_one(here: Place) -> None:
    person = here.newcomer()
    old, new = here.seated(person), here.seated(person)
    old.post(f"{here.room}/problems", text="Written on the old phone")
    new.get(f"{here.room}/move")
    assert new.post(f"{here.room}/others").status_code == 303
    assert "Only this device is on your seat now." in words(new.get(f"{here.room}/move"))
    assert old.client.get(here.room).status_code == 302
    assert "Written on the old phone" in new.get(f"{here.room}/mine")
    again = here.seated(person)
    assert again.client.get(f"{here.room}/mine").status_code == 200, "the code still opens the seat"


def test_signing_out_others_closes_their_connections(here: Place) -> None:
    person, floor = here.newcomer(), exchange(here.longtable, here.clock)
    old = here.seated(person)
    live = token(here.longtable, old.client, here.told.room().slug, "phone")
    assert floor.open("old", old.client, live)
    change = here.told.do(seats.sign_out_others, seat_id=person.seat)
    assert change.gone_seats == (person.seat,)
    assert not floor.open("old again", old.client, live)


def test_a_device_knows_only_the_epochs_of_seats_that_it_holds(here: Place) -> None:
    person = here.newcomer()
    here.told.do(seats.sign_out_others, seat_id=person.seat)
    phone = here.seated(person)
    with phone.client.session_transaction() as cookie:
        assert cookie["epochs"] == {person.receipt: 1}
    phone.post(f"{here.room}/leave")
    other = here.newcomer()
    phone.get("/resume")
    phone.post("/resume", code=other.receipt)
    with phone.client.session_transaction() as cookie:
        assert cookie["epochs"] == {}
    with here.longtable.store.read() as db:
        assert identity.seat(db, here.told.workshop, person.receipt) is None
