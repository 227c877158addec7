"""What a room's news paints: only what it touches, for those who see it."""

from __future__ import annotations

import pytest

from tests.live.telling import connected
from tests.story import Story, story
from workshop.acts import steps
from workshop.live.connections import channel
from workshop.storage.store import Store


@pytest.fixture
def told(sqlite_store: Store) -> Story:
    return story(sqlite_store, step="problems", problems=0, ideas=0)


def test_a_vote_paints_only_who_has_voted_and_only_the_first_time(told: Story) -> None:
    told.moves_to("ideas")
    idea = told.posts(told.people[0], "idea", "Evenings")
    told.moves_to("vote")
    ticker, wire = connected(told, "phone", "control", "screen")
    for value in (1, 2):
        told.votes(told.people[0], idea, value)
        ticker.tell(told.workshop, set())
    painted = {room.split(":")[1]: set(message["slots"]) for _, room, message in wire.sent[:3]}
    assert painted == {
        "phone": {"meter"},
        "control": {"people", "voted", "few", "seats", "meter"},
        "screen": {"seats"},
    }
    for _, _, message in wire.sent[3:]:
        assert message["slots"] == {}
        assert message["to"] == told.room().seq


def test_whoever_comes_or_goes_is_news_for_the_control_room_alone(told: Story) -> None:
    ticker, wire = connected(told, "phone", "control", "screen")
    ticker.tell(told.workshop, {"online"})
    assert [(room, set(message["slots"])) for _, room, message in wire.sent] == [
        (channel(told.workshop, "control", "en"), {"people"})
    ]


def test_a_room_is_read_anew_when_it_changed(told: Story) -> None:
    ticker, wire = connected(told, "phone")
    told.posts(told.people[0], "problem", "Doors")
    ticker.tell(told.workshop, set())
    told.moves_to("ideas")
    told.posts(told.people[0], "idea", "Ramps")
    ticker.tell(told.workshop, set())
    told.posts(told.people[1], "idea", "Bells")
    ticker.tell(told.workshop, set())
    assert wire.sent[-1][2]["slots"] == {"meter": "2 of 3"}


def test_where_phones_show_only_ones_own_nobody_elses_words_travel_to_them(told: Story) -> None:
    step = told.room().step
    new = {"question": step.question, "minutes": 5, "view": "own"}
    told.do(steps.edit_step, step_id=step.id, **new)
    ticker, wire = connected(told, "phone", "control")
    told.posts(told.people[0], "problem", "Doors")
    ticker.tell(told.workshop, set())
    cards = {room.split(":")[1]: message["cards"] for _, room, message in wire.sent}
    assert cards["phone"] == []
    assert [card["html"] for card in cards["control"]] == ["Doors"]
