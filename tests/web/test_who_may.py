"""Every route and every persona: each answers as its row in the policy table says, or 404."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.personas import (
    ASSESSOR_TOKEN,
    GUEST_TOKEN,
    HOST_LINKS,
    OUT_OF_SIGHT,
    PASSES,
    ROLES,
    World,
    world,
)
from tests.web.foreign import foreign_numbers
from tests.web.page_forms import NAMES
from workshop.rules.hearing import stop_token
from workshop.rules.policies import ROUTES

SIGNABLE: Final = frozenset({"account", "facilitator", "leader", "administrator", "host"})


TOKENS: Final = {
    "door.set_up": PASSES["setup"],
    "door.accept_invitation": PASSES["invite"],
    "door.robot": PASSES["robot"],
    **dict(zip(("door.become_host", "door.open_remote"), HOST_LINKS.values(), strict=True)),
    "assessor.welcome": ASSESSOR_TOKEN,
    "guest.welcome": GUEST_TOKEN,
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = world(tmp_path_factory.mktemp("who_may"))
    made.product.app.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _as_it_was(here: World) -> Iterator[None]:
    yield
    here.restore()


@dataclass(frozen=True)
class Door:
    """One method of one route."""

    method: str
    rule: Rule

    @property
    def name(self) -> str:
        return str(self.rule.endpoint)

    def address(self, here: World, **other: Any) -> str:
        """Where it is; `other` values lead elsewhere than to this room's own things."""
        room = here.here.told.room()
        own = {
            "screen.projector": room.screen_token,
            "helping.come_in": room.helper_token,
            "public.stop_letters": stop_token(here.product.settings.secret_key, 1, "a salt"),
        }
        values = {
            "slug": room.slug,
            "token": (TOKENS | own).get(self.name, room.link_token),
            "item_id": here.item,
            "code": here.sheet,
            "step_id": room.step.id,
            "post_id": here.here.told.problems[0],
            "seat_id": here.here.told.people[1].seat,
            "round_id": here.here.round,
            "idea_id": here.here.told.ideas[0],
            "question_id": here.question,
            "fmt": "csv",
            "plan_id": here.plan,
            "programme_id": here.programme,
            "trial_id": here.trial,
            "change_id": here.change,
            "kind": "test",
            "filename": "none.css",
        } | {"key": "0", **other}
        # Flask's own map: the test asks it for addresses without a request.
        adapter = here.product.app.url_map.bind("localhost")
        return adapter.build(self.name, {n: values[n] for n in self.rule.arguments})

    def knock(self, here: World, persona: str, address: str) -> TestResponse:
        return here.browser(persona).open(address, method=self.method)


def doors(here: World) -> list[Door]:
    """Every method of every route."""
    return [
        Door(method, rule)
        for rule in here.product.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def _refused(door: Door, roles: frozenset[str], answer: TestResponse) -> str:
    """What is wrong with an answer that should be a no; "" if nothing is."""
    policy = ROUTES[door.name]
    if door.name == "participant.room":
        right = (answer.status_code, answer.location) == (302, "/")
    elif policy & SIGNABLE and "account" not in roles and "seat" not in roles & policy:
        asks = answer.status_code == 302 and "/sign-in" in answer.location
        right = asks if door.method == "GET" else answer.status_code == 401
    else:
        right = answer.status_code == 403
    return "" if right else f"{answer.status_code} {answer.location}"


def _let_in(door: Door, persona: str, answer: TestResponse) -> str:
    """What is wrong with an answer that should be more than a no; "" if nothing is."""
    status = answer.status_code
    if (door.name, persona) in OUT_OF_SIGHT or door.name in {"static", "participant.picture"}:
        return "" if status == 404 else str(status)
    asks = "/sign-in" in (answer.location or "")
    right = status < 400 if door.method == "GET" else status < 400 or status in {409, 422}
    return "" if right and not asks else f"{status} {answer.location}"


@pytest.mark.parametrize("persona", ROLES)
def test_every_route_answers_as_its_policy_says(here: World, persona: str) -> None:
    roles, wrong, every = ROLES[persona], [], doors(here)
    for door in every:
        before = here.version()
        answer = door.knock(here, persona, door.address(here))
        welcome = bool(ROUTES[door.name] & roles)
        fault = _let_in(door, persona, answer) if welcome else _refused(door, roles, answer)
        wrote = here.version() != before
        if wrote and (door.method == "GET" or not welcome):
            fault += " and something was written"
        if fault:
            wrong.append(f"{door.method} {door.name}: {fault}")
        if wrote:
            here.restore()
    assert (len(every) >= len(ROUTES), wrong) == (True, [])


@pytest.mark.parametrize("persona", ROLES)
def test_a_room_that_is_not_there_is_not_found_by_anybody(here: World, persona: str) -> None:
    strange = itertools.cycle(["no-such-room", "0", "x" * 300, "%00", "ಡ"])
    found = {}
    for door in doors(here):
        if "slug" in door.rule.arguments:
            answer = door.knock(here, persona, door.address(here, slug=next(strange)))
            found[f"{door.method} {door.name}"] = answer.status_code
    assert {name: status for name, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("persona", ROLES)
def test_the_other_room_is_closed_to_everybody_without_a_role_there(
    here: World, persona: str
) -> None:
    may = ROLES[persona] & {"anyone", "account", "facilitator", "leader", "administrator"}
    if persona == "administrator":
        may |= {"host"}
    if persona == "seat of another room":
        may |= {"seat", "voice"}
    if persona == "another facilitator":
        may |= {"host"}
    wrong = []
    for door in doors(here):
        if "slug" not in door.rule.arguments or ROUTES[door.name] & may:
            continue
        answer = door.knock(here, persona, door.address(here, slug=here.there.room().slug))
        fault = _refused(door, may, answer)
        if fault:
            wrong.append(f"{door.method} {door.name}: {fault}")
    assert wrong == []


@pytest.mark.parametrize("persona", ["facilitator of this room", "administrator", "leader"])
def test_numbers_of_other_rooms_and_of_nothing_are_not_found(here: World, persona: str) -> None:
    wrong = []
    for door in doors(here):
        if not ROUTES[door.name] & ROLES[persona]:
            continue
        for place, numbers in foreign_numbers(here).items():
            if place not in door.rule.arguments:
                continue
            for number in numbers:
                before = here.version()
                answer = door.knock(here, persona, door.address(here, **{place: number}))
                if answer.status_code != 404 or here.version() != before:
                    wrong.append(f"{door.method} {door.name} {number}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize(
    "token", ["nothing", "x" * 500, "%00", "../../etc/passwd", "' OR 1=1 --", "ಡ"]
)
def test_tokens_that_were_never_given_open_nothing(here: World, token: str) -> None:
    wrong = []
    for door in doors(here):
        if "token" in door.rule.arguments:
            answer = door.knock(here, "visitor", door.address(here, token=token))
            if answer.status_code not in {404, 409}:
                wrong.append(f"{door.method} {door.name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("persona", ["seat", "administrator"])
@pytest.mark.parametrize(
    "value", ["", "1" * 30, "-1", "1e999", "NaN", "\x00", "<b>", "null", "٣", "x" * 20_000]
)
def test_no_form_however_it_is_filled_in_breaks_a_page(
    here: World, persona: str, value: str
) -> None:
    wrong = []
    for door in doors(here):
        if door.method != "POST" or not ROUTES[door.name] & ROLES[persona]:
            continue
        form, before = dict.fromkeys(NAMES, value), here.version()
        answer = here.browser(persona).post(door.address(here), data=form)
        if answer.status_code >= 500:
            wrong.append(f"{door.name}: {answer.status_code}")
        if here.version() != before:
            here.restore()
    assert wrong == []


def test_a_form_without_its_token_changes_nothing(here: World) -> None:
    app, wrong = here.product.app, []
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for persona in ROLES:
            for door in doors(here):
                before = here.version()
                if door.method == "POST" and (
                    door.knock(here, persona, door.address(here)).status_code >= 500
                    or here.version() != before
                ):
                    wrong.append(f"{persona}: {door.name}")
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert wrong == []
