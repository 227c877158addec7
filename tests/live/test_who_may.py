"""Every live event and command for every persona: answered as its row in the policy says."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Final, get_args, get_type_hints

import pytest

from tests.live.line import Exchange, exchange, token
from tests.personas import ROLES, World, world
from workshop.live.bodies import BODIES
from workshop.reads import posts
from workshop.rules.policies import COMMANDS, EVENTS

NEEDED: Final = {"phone": "seat", "control": "host", "screen": "screen"}
REFUSED: Final = frozenset({"not_allowed", "watching", "sign_in", "removed"})
VALUES: Final[dict[type, Any]] = {int: 1, str: "words", bool: True, list[int]: [1, 2]}
QUESTIONS: Final = [
    ("catch_up", {"seq": 0}),
    ("mine", {}),
    ("alike", {"kind": "idea", "text": "Open in the evening"}),
]
CELLS: Final = [(who, audience) for who in ROLES for audience in NEEDED]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = world(tmp_path_factory.mktemp("who_may_live"))
    yield made
    made.close()


@pytest.fixture
def floor(here: World) -> Iterator[Exchange]:
    yield exchange(here.product, here.clock)
    here.restore()


def _filled(kind: str) -> dict[str, Any]:
    """A body that is well formed, whatever it is about."""
    hints = get_type_hints(BODIES[kind])

    def value(hint: Any) -> object:  # noqa: ANN401 - any annotation of a field
        return VALUES[get_args(hint)[0] if isinstance(hint, types.UnionType) else hint]

    return {row.name: value(hints[row.name]) for row in fields(BODIES[kind])}


def _sent(kind: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    given = _filled(kind) if body is None else body
    return {"id": f"one of {kind}", "n": 1, "device": "here", "kind": kind, "body": given}


def _opens(here: World, floor: Exchange, who: str, audience: str) -> bool:
    client = here.browser(who)
    slug = here.here.told.room().slug
    return floor.open("page", client, token(here.product, client, slug, audience))


@pytest.mark.parametrize(("who", "audience"), CELLS)
def test_a_page_is_let_in_by_the_role_its_audience_needs(
    here: World, floor: Exchange, who: str, audience: str
) -> None:
    """Even with a good token: its bearer may have lost the role since it was made."""
    role = NEEDED[audience]
    assert role in EVENTS["connect"]
    assert _opens(here, floor, who, audience) is (role in ROLES[who])
    assert floor.ticker.connections.size(here.here.told.workshop) == (role in ROLES[who])


@pytest.mark.parametrize(("who", "audience"), CELLS)
def test_every_command_answers_as_its_policy_says(
    here: World, floor: Exchange, who: str, audience: str
) -> None:
    _opens(here, floor, who, audience)
    wrong = []
    for kind, command in COMMANDS.items():
        let_in = NEEDED[audience] in ROLES[who]
        may = let_in and bool(command.roles & ROLES[who]) and bool(EVENTS["command"] & ROLES[who])
        before = here.version()
        answer = floor.ask("page", "command", _sent(kind))
        no = answer.get("code") in (REFUSED if let_in else {"server_busy"})
        wrote = here.version() != before
        fault = let_in and answer.get("code") == "server_busy"
        if no is may or fault or (wrote and not answer["ok"]):
            wrong.append((kind, may, answer))
        if wrote:
            here.restore()
    assert wrong == []


@pytest.mark.parametrize(("who", "audience"), CELLS)
@pytest.mark.parametrize(("event", "data"), QUESTIONS)
def test_every_question_answers_as_its_policy_says(
    here: World, floor: Exchange, who: str, audience: str, event: str, data: dict[str, Any]
) -> None:
    let_in = _opens(here, floor, who, audience)
    before = here.version()
    answer = floor.ask("page", event, data)
    assert answer["ok"] is (let_in and bool(EVENTS[event] & ROLES[who]))
    assert here.version() == before


def test_things_of_another_room_are_not_found_by_their_numbers(
    here: World, floor: Exchange
) -> None:
    there = here.there.room()
    opened = there.last_round
    assert opened is not None
    numbers = {
        "post_id": here.there.problems[0],
        "seat_id": here.there.people[0].seat,
        "round_id": opened.id,
        "theme_id": _theme(here),
        "to": "closed",
        "screen": "spotlight",
    }
    found = {}
    assert _opens(here, floor, "facilitator of this room", "control")
    before = here.version()
    for kind, command in COMMANDS.items():
        body = _filled(kind)
        if "host" in command.roles and any(name.endswith("_id") for name in body):
            body |= {name: numbers[name] for name in body if name in numbers}
            found[kind] = floor.ask("page", "command", _sent(kind, body))["code"]
    assert found == dict.fromkeys(found, "not_found")
    assert {"post.hide", "post.theme", "seat.remove", "round.move"} <= found.keys()
    assert here.version() == before


def _theme(here: World) -> int:
    with here.product.store.read() as db:
        return posts.themes(db, here.there.workshop)[0].id


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "words",
        7,
        {},
        {"id": "1" * 8},
        {"id": b"\x00", "n": 1, "device": "", "kind": "goal.post", "body": {}},
        {"id": "1" * 8, "n": True, "device": "", "kind": "goal.post", "body": {"text": "x"}},
        {"id": "1" * 8, "n": float("nan"), "device": "", "kind": "goal.post", "body": {}},
        {"id": "1" * 8, "n": 1, "device": "", "kind": ["goal.post"], "body": {}},
        {"id": "1" * 8, "n": 1, "device": "", "kind": "no.such", "body": {}},
        {"id": "1" * 8, "n": 1, "device": "", "kind": "goal.post", "body": {"seat_id": 1}},
        {"id": "1" * 8, "n": 1, "device": "", "kind": "mark.set", "body": {"idea_id": 2**70}},
    ],
)
def test_what_is_malformed_is_answered_with_a_sentence(
    here: World, floor: Exchange, data: object
) -> None:
    assert _opens(here, floor, "seat", "phone")
    before = here.version()
    answer = floor.ask("page", "command", data)
    assert answer["code"] in {"bad_value", "unknown_command"}
    assert answer["message"].endswith(".")
    assert answer["again"] is None
    assert here.version() == before
