"""Signing in and out, and the links that work once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.visitors import Place, errors, place, words
from workshop.acts import accounts
from workshop.web import signing
from workshop.web.throttle import Guesses

PASSWORD = "four words in a row"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(signing, "WRONG_PASSWORDS", Guesses(limit=10))
    return place(tmp_path)


def first_account(here: Place) -> None:
    here.told.stage.perform(
        accounts.make_pass, kind="setup", role="administrator", token="first-link"
    )
    visitor = here.browser()
    visitor.get("/setup/first-link")
    answer = visitor.post(
        "/setup/first-link", name="Ada", email="Ada@Example.org", password=PASSWORD
    )
    assert answer.status_code == 303


def test_the_set_up_link_makes_one_account_and_works_once(here: Place) -> None:
    first_account(here)
    answer = here.browser().client.get("/setup/first-link")
    assert answer.status_code == 409
    assert "used or is too old" in words(answer.get_data(as_text=True))


def test_a_short_password_is_refused_beside_its_field_and_spends_no_link(here: Place) -> None:
    here.told.stage.perform(accounts.make_pass, kind="invite", role="leader", token="link")
    visitor = here.browser()
    visitor.get("/invitation/link")
    answer = visitor.post("/invitation/link", name="Bo", email="bo@example.org", password="short")
    assert "at least 12" in errors(answer)[0]
    assert here.browser().client.get("/invitation/link").status_code == 200


def test_signing_in_and_out(here: Place) -> None:
    first_account(here)
    visitor = here.browser()
    visitor.get("/sign-in")
    answer = visitor.post("/sign-in", email=" ada@example.org", password=PASSWORD)
    assert answer.status_code == 303
    visitor.get(answer.location)
    assert visitor.post("/sign-out").status_code == 303
    assert visitor.client.post("/sign-out", data={"csrf_token": visitor.token}).status_code == 401


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_email_sound_the_same(here: Place, email: str) -> None:
    first_account(here)
    visitor = here.browser()
    visitor.get("/sign-in")
    answer = visitor.post("/sign-in", email=email, password="not the password")
    assert "don’t match" in errors(answer)[0]


def test_guessing_a_password_is_slowed_down_for_that_account_alone(here: Place) -> None:
    first_account(here)
    signing.WRONG_PASSWORDS.limit = 1
    visitor = here.browser()
    visitor.get("/sign-in")
    guesses = [
        visitor.post("/sign-in", email="ada@example.org", password="guess") for _ in range(2)
    ]
    assert guesses[-1].status_code == 429
    assert visitor.post("/sign-in", email="ada@example.org", password=PASSWORD).status_code == 429
    here.clock.pass_minutes(1)
    visitor.get("/sign-in")
    assert visitor.post("/sign-in", email="ada@example.org", password=PASSWORD).status_code == 303


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(here: Place, elsewhere: str) -> None:
    first_account(here)
    visitor = here.browser()
    visitor.get("/sign-in")
    answer = visitor.client.post(
        "/sign-in",
        query_string={"next": elsewhere},
        data={"csrf_token": visitor.token, "email": "ada@example.org", "password": PASSWORD},
    )
    assert "evil" not in answer.location


def test_a_robot_link_signs_in_once_and_only_by_its_button(here: Place) -> None:
    here.told.stage.perform(accounts.make_pass, kind="robot", role="facilitator", token="robo")
    robot = here.browser()
    robot.get("/robot/robo")
    robot.get("/robot/robo")
    answer = robot.post("/robot/robo")
    assert (answer.status_code, robot.client.get(answer.location).status_code) == (303, 200)
    assert here.browser().client.get("/robot/robo").status_code == 409
