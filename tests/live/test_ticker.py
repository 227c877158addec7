"""The ticker: one message for many changes, each audience its own, nothing to empty rooms."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.live.telling import connected
from tests.story import Story, facilitator, story
from workshop.acts import hosts, seats
from workshop.acts.stage import Silence
from workshop.live.connections import Connection, channel
from workshop.storage.store import Store


@pytest.fixture
def told(sqlite_store: Store) -> Story:
    return story(sqlite_store, step="problems", problems=0, ideas=0)


def test_many_changes_become_one_message_for_each_audience(told: Story) -> None:
    ticker, wire = connected(told, "phone", "control", "screen")
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
    ticker, wire = connected(told, "phone")
    for number in range(3):
        told.posts(told.people[0], "problem", f"Problem {number}")
        ticker.tell(told.workshop, set())
    edges = [(message["from"], message["to"]) for _, _, message in wire.sent]
    assert all(before[1] == after[0] for before, after in pairwise(edges))


def test_a_late_page_is_told_what_it_missed(told: Story) -> None:
    ticker, _ = connected(told, "phone")
    before = told.room().seq
    told.posts(told.people[0], "problem", "Missed")
    message = ticker.missed.since(told.workshop, before, "phone", "en")
    assert [card["html"] for card in message["cards"]] == ["Missed"]
    assert ticker.missed.since(told.workshop, 10_000, "phone", "en")["page"] is True


def test_an_answer_that_was_kept_still_tells_the_time_it_is(told: Story) -> None:
    ticker, _ = connected(told, "phone")
    before = told.room().seq
    told.moves_to("ideas")
    first = ticker.missed.since(told.workshop, before, "phone", "en")
    told.clock.pass_minutes(3)
    again = ticker.missed.since(told.workshop, before, "phone", "en")
    assert again["clock"]["now"] == first["clock"]["now"] + 3 * 60_000
    told.posts(told.people[0], "idea", "Later")
    assert ticker.missed.since(told.workshop, before, "phone", "en")["to"] == told.room().seq


def test_a_step_moves_every_page_and_its_clock(told: Story) -> None:
    ticker, wire = connected(told, "phone")
    told.moves_to("ideas")
    ticker.tell(told.workshop, set())
    message = wire.sent[-1][2]
    assert message["page"] is True
    assert message["clock"] == {
        "ends": told.room().timer_ends_at,
        "left": None,
        "now": told.clock.now,
    }


def test_what_could_not_be_told_is_told_a_little_later(
    told: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticker, wire = connected(told, "phone")
    told.posts(told.people[0], "problem", "Doors")
    monkeypatch.setattr(ticker, "tell", _fails)
    for workshop_id, parts in ticker._due():
        ticker._tell_safely(workshop_id, parts)
    assert wire.sent == []
    assert ticker._due() == []
    assert ticker._patience() is not None
    monkeypatch.undo()
    ticker._rest_until.clear()
    for workshop_id, parts in ticker._due():
        ticker._tell_safely(workshop_id, parts)
    assert [card["html"] for card in wire.sent[0][2]["cards"]] == ["Doors"]


def _fails(_workshop_id: int, _parts: set[str]) -> None:
    raise ConnectionError


def test_a_room_whose_last_page_has_gone_is_forgotten(told: Story) -> None:
    ticker, _ = connected(told, "phone")
    told.posts(told.people[0], "problem", "Doors")
    ticker.connections.remove("sid-0")
    ticker.came_or_went(told.workshop)
    assert ticker._due() == []
    assert not ticker._told


def test_a_pledge_is_told_to_nobody(told: Story) -> None:
    ticker, wire = connected(told, "phone", "control")
    told.moves_to("next")
    ticker.tell(told.workshop, set())
    told.posts(told.people[0], "pledge", "I will ring my mother")
    ticker.tell(told.workshop, set())
    assert "ring my mother" not in repr(wire.sent)


def test_no_message_carries_a_count_or_an_idea_voted_for_while_voting(told: Story) -> None:
    told.moves_to("ideas")
    idea = told.posts(told.people[0], "idea", "Evenings")
    told.moves_to("vote")
    ticker, wire = connected(told, "phone", "control")
    told.votes(told.people[0], idea, 3)
    ticker.tell(told.workshop, set())
    for _, _, message in wire.sent:
        assert message["cards"] == []
        assert message["counts"] == {}


def test_a_removed_person_loses_every_connection_at_once(told: Story) -> None:
    ticker, wire = connected(told, "phone", "phone")
    ticker.seat_gone(told.people[0].seat)
    assert wire.closed == ["sid-0"]
    assert [name for name, page, _ in wire.sent if page == "sid-0"] == ["bye"]


def test_a_farewell_that_was_lost_between_processes_is_said_at_the_next_look(told: Story) -> None:
    """Another process asked somebody to leave, and its hint never came."""
    ticker, wire = connected(told, "phone", "phone")
    told.stage.herald = Silence()
    told.do(seats.remove_seat, seat_id=told.people[1].seat)
    assert wire.closed == []
    ticker._lookout.look()
    assert wire.closed == ["sid-1"]


def test_a_host_who_was_removed_by_another_process_is_found_at_the_next_look(told: Story) -> None:
    ticker, wire = connected(told)
    olu = facilitator(told.stage, "olu@example.org")
    by = {"by": told.facilitator, "is_admin": False}
    told.do(hosts.add_host, email="olu@example.org", **by)
    for sid, account in (("own", told.facilitator), ("beside", olu)):
        page = Connection(
            sid, told.workshop, "s", "control", "en", {"epoch": 0}, None, account, None
        )
        ticker.connections.add(page)
    ticker._lookout.look()
    assert wire.closed == []
    told.stage.herald = Silence()
    told.do(hosts.remove_host, account_id=olu, **by)
    ticker._lookout.look()
    assert wire.closed == ["beside"]


def test_two_devices_of_one_person_are_one_person(told: Story) -> None:
    ticker, _ = connected(told, "phone")
    seat = told.people[0].seat
    ticker.connections.add(
        Connection("tablet", told.workshop, "slug", "phone", "en", {}, seat, None, "citizen")
    )
    assert ticker.online(told.workshop)["citizen"] == 1
    ticker.connections.remove("tablet")
    assert ticker.online(told.workshop)["citizen"] == 1
