"""The door: codes, seats and coming back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.visitors import Place, errors, place, words
from workshop.acts import running
from workshop.reads import people
from workshop.web import door
from workshop.web.throttle import Guesses


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(door, "WRONG_CODES", Guesses(limit=30))
    return place(tmp_path)


def seats_taken(here: Place) -> int:
    with here.longtable.store.read() as db:
        return len(people.seats(db, here.told.workshop))


def test_the_first_page_offers_the_code_and_asks_for_nothing_else(here: Place) -> None:
    page = here.browser().get("/")
    assert 'name="code"' in page
    assert "There’s a seat here for you." in words(page)


def test_a_code_typed_with_a_space_leads_to_the_seats(here: Place) -> None:
    visitor = here.browser()
    visitor.get("/")
    code = here.told.room().join_code or ""
    answer = visitor.post("/join", code=f" {code[:3]} {code[3:]} ")
    assert answer.status_code == 303
    assert "Which seat is yours today?" in words(visitor.get(answer.location))


@pytest.mark.parametrize("typed", ["", "12345", "hello", "=1+1", "9" * 10_000, "\u202e😀"])
def test_a_code_that_is_none_gets_one_sentence_and_keeps_what_was_typed(
    here: Place, typed: str
) -> None:
    visitor = here.browser()
    visitor.get("/")
    answer = visitor.post("/join", code=typed)
    assert answer.status_code == 409
    assert [sentence.endswith("on the screen.") for sentence in errors(answer)] == [True]


def test_the_code_opens_nothing_while_the_doors_are_closed(here: Place) -> None:
    here.told.do(running.set_doors, is_open=False)
    visitor = here.browser()
    visitor.get("/")
    answer = visitor.post("/join", code=here.told.room().join_code)
    assert "closed just now" in errors(answer)[0]
    assert 'name="group"' not in visitor.get(f"/j/{here.told.room().link_token}")


def test_a_right_code_passes_however_many_wrong_ones_came_from_the_same_hall(
    here: Place,
) -> None:
    visitor = here.browser()
    visitor.get("/")
    sentences = [errors(visitor.post("/join", code="000000"))[0] for _ in range(31)]
    assert "check the six numbers" in sentences[29]
    assert "That was very quick" in sentences[30]
    assert visitor.post("/join", code=here.told.room().join_code).status_code == 303
    here.clock.pass_minutes(1)
    assert "check the six numbers" in errors(visitor.post("/join", code="000000"))[0]


def test_taking_a_seat_leads_into_the_room_with_the_code_to_come_back(here: Place) -> None:
    before = seats_taken(here)
    visitor = here.browser()
    address = f"/j/{here.told.room().link_token}"
    visitor.get(address)
    answer = visitor.post(address, group="staff", name="  Ada ", language="en")
    assert (answer.status_code, answer.location) == (303, here.room)
    page = visitor.get(here.room)
    assert "Keep this code" in words(page)
    assert "You joined as: Staff" in words(page)
    assert seats_taken(here) == before + 1


def test_the_code_stays_on_top_until_it_is_kept_and_then_under_what_i_said(here: Place) -> None:
    visitor = here.browser()
    address = f"/j/{here.told.room().link_token}"
    visitor.get(address)
    visitor.post(address, group="citizen")
    assert "Keep this code" in words(visitor.get(here.room))
    visitor.post(f"{here.room}/kept")
    assert "Keep this code" not in words(visitor.get(here.room))
    assert "Keep this page" in words(visitor.get(f"{here.room}/mine"))


def test_a_double_tap_takes_one_seat(here: Place) -> None:
    before = seats_taken(here)
    visitor, twin = here.browser(), here.browser()
    address = f"/j/{here.told.room().link_token}"
    visitor.get(address)
    cookie = visitor.client.get_cookie("longtable")
    assert cookie is not None
    twin.client.set_cookie("longtable", cookie.value)
    twin.token = visitor.token
    for tab in (visitor, twin):
        assert tab.post(address, group="citizen").status_code == 303
    assert seats_taken(here) == before + 1
    assert twin.client.get(here.room).status_code == 200


def test_somebody_who_has_a_seat_goes_straight_in(here: Place) -> None:
    visitor = here.seated(here.newcomer())
    answer = visitor.client.get(f"/j/{here.told.room().link_token}")
    assert answer.location == here.room


def test_a_group_that_is_none_is_refused_beside_the_form(here: Place) -> None:
    visitor = here.browser()
    address = f"/j/{here.told.room().link_token}"
    visitor.get(address)
    answer = visitor.post(address, group="boss", name="Ada")
    assert answer.status_code == 422
    assert 'value="Ada"' in answer.get_data(as_text=True)


def test_a_resume_code_gives_the_same_seat_on_another_device(here: Place) -> None:
    person = here.newcomer("partner")
    other = here.browser()
    other.get("/resume")
    answer = other.post("/resume", code=person.receipt.lower().replace("-", " "))
    assert answer.location == here.room
    assert "You joined as: Partner" in words(other.get(here.room))


def test_a_wrong_resume_code_says_so_and_opens_nothing(here: Place) -> None:
    visitor = here.browser()
    visitor.get("/resume")
    answer = visitor.post("/resume", code="AAAA-BBBB-CCCC-DDDD")
    assert errors(answer) == [
        "Please change this: We can’t find that code. Please check each letter and try again."
    ]
    assert visitor.client.get(here.room).status_code == 302


def test_an_unknown_address_is_a_page_with_the_code_on_it(here: Place) -> None:
    answer = here.browser().client.get("/w/nowhere")
    assert answer.status_code == 404
    assert 'name="code"' in answer.get_data(as_text=True)


def test_the_colours_are_kept_and_the_way_back_stays_here(here: Place) -> None:
    visitor = here.browser()
    visitor.get("/privacy")
    back = visitor.client.post(
        "/theme",
        data={"csrf_token": visitor.token, "theme": "dark"},
        headers={"Referer": "http://localhost/privacy?x=1"},
    )
    assert back.location == "/privacy?x=1"
    assert 'data-theme="dark"' in visitor.get("/privacy")
    away = visitor.client.post(
        "/theme",
        data={"csrf_token": visitor.token, "theme": "system"},
        headers={"Referer": "http://evil.example/privacy"},
    )
    assert away.location == "/"
    assert "data-theme" not in visitor.get("/privacy").split("</head>")[0]


def test_plain_pages_for_everybody(here: Place) -> None:
    for address in ("/accessibility", "/privacy", "/resume", "/sign-in"):
        assert here.browser().client.get(address).status_code == 200
