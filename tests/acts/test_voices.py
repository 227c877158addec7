"""Speaking time as it is tapped: whole, on the server's clock, and of groups alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.story import Story, story
from workshop.acts import running, voices
from workshop.reads.people import headcount
from workshop.reads.voices import voices as voices_of
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.storage.models import Speaking
from workshop.storage.store import Store


def _spoken(told: Story) -> dict[str, int]:
    with told.stage.store.read() as db:
        rows = db.execute(select(Speaking.group, Speaking.ms))
        return {group: ms for group, ms in rows if ms}


def test_time_is_kept_for_the_group_that_spoke(store: Store) -> None:
    told = story(store)
    for group, minutes in (("staff", 2), ("citizen", 1), ("staff", 3), ("", 9)):
        told.do(voices.set_speaker, group=group)
        told.clock.pass_minutes(minutes)
    assert _spoken(told) == {"staff": 300_000, "citizen": 60_000}
    assert told.room().speaker is None


@pytest.mark.parametrize("end", ["move", "finish"])
def test_nobody_goes_on_speaking_when_the_room_moves_on_or_ends(store: Store, end: str) -> None:
    told = story(store)
    told.do(voices.set_speaker, group="staff")
    told.clock.pass_minutes(1)
    if end == "move":
        told.moves_to("ideas")
    else:
        told.do(running.finish)
    told.clock.pass_minutes(5)
    assert (_spoken(told), told.room().speaker) == ({"staff": 60_000}, None)


def test_only_a_group_that_takes_part_can_speak(store: Store) -> None:
    told = story(store)
    for group in ("watching", "leader"):
        with pytest.raises(Refused, match="unknown_choice"):
            told.do(voices.set_speaker, group=group)


def test_the_balance_counts_what_the_room_can_see(store: Store) -> None:
    told = story(store, people=15, problems=6, ideas=3)
    with told.stage.store.read() as db:
        room = told.room()
        found = voices_of(db, room, headcount(db, room.id, room.step))
    assert found is not None
    assert [(voice.group, voice.people, voice.posts) for voice in found.voices] == [
        (group, 5, 3) for group in VOICES
    ]


@pytest.fixture
def table(sqlite_store: Store) -> Story:
    return story(sqlite_store)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taps=st.lists(st.tuples(st.sampled_from(["", *VOICES]), st.integers(0, 30)), max_size=12))
def test_all_time_between_taps_belongs_to_whoever_was_speaking(
    table: Story, taps: list[tuple[str, int]]
) -> None:
    table.do(voices.set_speaker, group="")
    wanted = dict(_spoken(table))
    for group, minutes in taps:
        table.do(voices.set_speaker, group=group)
        table.clock.pass_minutes(minutes)
        if group and minutes:
            wanted[group] = wanted.get(group, 0) + minutes * 60_000
    table.do(voices.set_speaker, group="")
    assert _spoken(table) == wanted
