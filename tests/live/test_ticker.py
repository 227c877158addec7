"""The ticker: one message for many changes, each audience its own, nothing to empty rooms."""

from __future__ import annotations

from contextlib import AbstractContextManager
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from tests.story import Story, story
from workshop.live.connections import Connection, channel
from workshop.live.ticker import Ticker
from workshop.reads.people import Headcount
from workshop.reads.posts import PostCard
from workshop.storage.store import Store


class Wire:
    """Stands where the Socket.IO server does and keeps what it is told to send."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, dict[str, Any]]] = []
        self.closed: list[str] = []

    def emit(self, name: str, data: dict[str, Any], room: str = "", to: str = "") -> None:
        self.sent.append((name, room or to, data))

    @property
    def manager(self) -> Wire:
        return self

    @property
    def eio(self) -> Wire:
        return self

    @property
    def sockets(self) -> dict[str, object]:
        return {}

    def eio_sid_from_sid(self, sid: str, _namespace: str) -> str:
        return sid

    def leave_room(self, _sid: str, _room: str) -> None:
        """Nobody is in a room here."""

    def disconnect(self, sid: str) -> None:
        self.closed.append(sid)

    def send(self, room: str, name: str, message: dict[str, Any]) -> int:
        self.emit(name, message, room)
        return 0

    def keep_alive(self) -> None:
        """Nobody here has to be pinged."""

    def start_background_task(self, _task: object) -> None:
        """The tests tell the room themselves."""


class Cards:
    """Stands where the fragments do: a card is its words."""

    def live_card(self, post: PostCard, _slug: str, audience: str, _locale: str) -> dict[str, Any]:
        return {"id": post.id, "html": post.text, "for": audience}

    def speaking(self, _locale: str) -> AbstractContextManager[None]:
        app = Flask("test")
        Babel(app)
        return app.test_request_context()

    def slot(self, name: str, _locale: str, **values: Any) -> str:
        if name != "meter":
            return name
        heads: Headcount = values["heads"]
        return f"{heads.taken_part} of {heads.people}"


@pytest.fixture
def told(sqlite_store: Store) -> Story:
    return story(sqlite_store, step="problems", problems=0, ideas=0)


def _connected(told: Story, *audiences: str) -> tuple[Ticker, Wire]:
    wire = Wire()
    ticker = Ticker(wire, told.stage.store, Cards(), told.clock, fanout=wire)  # type: ignore[arg-type]  # stand-ins
    told.stage.herald = ticker
    for number, audience in enumerate(audiences):
        seat = told.people[number].seat if audience == "phone" else None
        page = Connection(
            f"sid-{number}", told.workshop, "slug", audience, "en", {}, seat, None, "citizen"
        )
        ticker.connections.add(page)
        ticker.welcome(told.workshop, told.room().seq)
    return ticker, wire


def test_many_changes_become_one_message_for_each_audience(told: Story) -> None:
    ticker, wire = _connected(told, "phone", "control", "screen")
    before = told.room().seq
    for number in range(5):
        told.posts(told.people[0], "problem", f"Problem {number}")
    ticker.tell(told.workshop, set())
    by_room = {room: message for _, room, message in wire.sent}
    assert by_room.keys() == {
        channel(told.workshop, audience, "en") for audience in ("phone", "control", "screen")
    }
    phone = by_room[channel(told.workshop, "phone", "en")]
    assert (phone["from"], phone["to"]) == (before, before + 5)
    assert [card["html"] for card in phone["cards"]] == [f"Problem {n}" for n in range(5)]
    assert phone["slots"] == {"meter": "1 of 3"}
    assert by_room[channel(told.workshop, "screen", "en")]["slots"] == {"stage": "stage"}


def test_messages_follow_each_other_without_a_gap(told: Story) -> None:
    ticker, wire = _connected(told, "phone")
    for number in range(3):
        told.posts(told.people[0], "problem", f"Problem {number}")
        ticker.tell(told.workshop, set())
    edges = [(message["from"], message["to"]) for _, _, message in wire.sent]
    assert all(before[1] == after[0] for before, after in pairwise(edges))


def test_a_late_page_is_told_what_it_missed(told: Story) -> None:
    ticker, _ = _connected(told, "phone")
    before = told.room().seq
    told.posts(told.people[0], "problem", "Missed")
    message = ticker.missed.since(told.workshop, before, "phone", "en")
    assert [card["html"] for card in message["cards"]] == ["Missed"]
    assert ticker.missed.since(told.workshop, 10_000, "phone", "en")["page"] is True


def test_an_answer_that_was_kept_still_tells_the_time_it_is(told: Story) -> None:
    ticker, _ = _connected(told, "phone")
    before = told.room().seq
    told.moves_to("ideas")
    first = ticker.missed.since(told.workshop, before, "phone", "en")
    told.clock.pass_minutes(3)
    again = ticker.missed.since(told.workshop, before, "phone", "en")
    assert again["clock"]["now"] == first["clock"]["now"] + 3 * 60_000
    told.posts(told.people[0], "idea", "Later")
    assert ticker.missed.since(told.workshop, before, "phone", "en")["to"] == told.room().seq


def test_a_step_moves_every_page_and_its_clock(told: Story) -> None:
    ticker, wire = _connected(told, "phone")
    told.moves_to("ideas")
    ticker.tell(told.workshop, set())
    message = wire.sent[-1][2]
    assert message["page"] is True
    assert message["clock"] == {
        "ends": told.room().timer_ends_at,
        "left": None,
        "now": told.clock.now,
    }


def test_a_pledge_is_told_to_nobody(told: Story) -> None:
    ticker, wire = _connected(told, "phone", "control")
    told.moves_to("next")
    ticker.tell(told.workshop, set())
    told.posts(told.people[0], "pledge", "I will ring my mother")
    ticker.tell(told.workshop, set())
    assert "ring my mother" not in repr(wire.sent)


def test_no_message_carries_a_count_or_an_idea_voted_for_while_voting(told: Story) -> None:
    told.moves_to("ideas")
    idea = told.posts(told.people[0], "idea", "Evenings")
    told.moves_to("vote")
    ticker, wire = _connected(told, "phone", "control")
    told.votes(told.people[0], idea, 3)
    ticker.tell(told.workshop, set())
    for _, _, message in wire.sent:
        assert message["cards"] == []
        assert message["counts"] == {}


def test_a_vote_paints_only_who_has_voted_and_only_the_first_time(told: Story) -> None:
    told.moves_to("ideas")
    idea = told.posts(told.people[0], "idea", "Evenings")
    told.moves_to("vote")
    ticker, wire = _connected(told, "phone", "control", "screen")
    for value in (1, 2):
        told.votes(told.people[0], idea, value)
        ticker.tell(told.workshop, set())
    painted = {room.split(":")[1]: set(message["slots"]) for _, room, message in wire.sent[:3]}
    assert painted == {"phone": {"meter"}, "control": {"people", "voted"}, "screen": {"seats"}}
    for _, _, message in wire.sent[3:]:
        assert message["slots"] == {}
        assert message["to"] == told.room().seq


def test_whoever_comes_or_goes_is_news_for_the_control_room_alone(told: Story) -> None:
    ticker, wire = _connected(told, "phone", "control", "screen")
    ticker.tell(told.workshop, {"online"})
    assert [(room, set(message["slots"])) for _, room, message in wire.sent] == [
        (channel(told.workshop, "control", "en"), {"people"})
    ]


def test_a_room_is_read_anew_when_it_changed(told: Story) -> None:
    ticker, wire = _connected(told, "phone")
    told.posts(told.people[0], "problem", "Doors")
    ticker.tell(told.workshop, set())
    told.moves_to("ideas")
    told.posts(told.people[0], "idea", "Ramps")
    ticker.tell(told.workshop, set())
    told.posts(told.people[1], "idea", "Bells")
    ticker.tell(told.workshop, set())
    assert wire.sent[-1][2]["slots"] == {"meter": "2 of 3"}


def test_a_removed_person_loses_every_connection_at_once(told: Story) -> None:
    ticker, wire = _connected(told, "phone", "phone")
    ticker.seat_gone(told.people[0].seat)
    assert wire.closed == ["sid-0"]
    assert [name for name, page, _ in wire.sent if page == "sid-0"] == ["bye"]


def test_two_devices_of_one_person_are_one_person(told: Story) -> None:
    ticker, _ = _connected(told, "phone")
    seat = told.people[0].seat
    ticker.connections.add(
        Connection("tablet", told.workshop, "slug", "phone", "en", {}, seat, None, "citizen")
    )
    assert ticker.online(told.workshop)["citizen"] == 1
    ticker.connections.remove("tablet")
    assert ticker.online(told.workshop)["citizen"] == 1
