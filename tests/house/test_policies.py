"""Every door has a row that says who may knock, and every row has a door."""

from __future__ import annotations

import pytest
from flask import Flask

from workshop.factory import Longtable, build
from workshop.rules.policies import COMMANDS, EVENTS, ROUTES
from workshop.rules.roles import AccountCard, AssessorCard, GuestCard, SeatCard, Who
from workshop.settings import Settings


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Longtable:
    """A whole house with doors of every kind and nobody in it."""
    file = tmp_path_factory.mktemp("policies") / "doors.sqlite3"
    address = f"sqlite:///{file}"
    return build(Settings(database_url=address, secret_key="k" * 40, engine="threading"))


@pytest.fixture(scope="module")
def app(house: Longtable) -> Flask:
    return house.app


def roles() -> frozenset[str]:
    """Every role that somebody can have at a door."""
    seat = SeatCard(1, 1, "citizen", "", "en", "")
    guests = [
        Who(
            account=AccountCard(1, "", "administrator"),
            hosts=True,
            screens=True,
            helps=True,
            seat=seat,
        ),
        Who(account=AccountCard(1, "", "cofacilitator")),
        Who(assessor=AssessorCard(1, 1, "", "citizen")),
        Who(guest=GuestCard(1, 1, "staff", "")),
    ]
    return frozenset().union(*(who.roles for who in guests))


def test_every_route_has_a_policy_and_every_policy_a_route(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert routes == ROUTES.keys()


def test_every_live_event_has_a_policy_and_every_policy_an_event(house: Longtable) -> None:
    handlers = vars(house.socketio)["server"].handlers["/"]
    # "*" is the door for names that nobody knows: it refuses.
    assert handlers.keys() - {"*"} == EVENTS.keys()


def test_every_policy_names_roles_that_somebody_can_have() -> None:
    named = frozenset().union(*ROUTES.values(), *EVENTS.values())
    assert named <= roles(), named - roles()


def test_no_door_is_open_to_nobody() -> None:
    assert [name for name, who in {**ROUTES, **EVENTS}.items() if not who] == []


def test_every_live_command_is_also_a_plain_form_post(app: Flask) -> None:
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert {command.endpoint for command in COMMANDS.values()} <= posted


def test_nothing_changes_on_a_get(app: Flask) -> None:
    twins = {command.endpoint for command in COMMANDS.values()}
    read = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert twins & read == set()
