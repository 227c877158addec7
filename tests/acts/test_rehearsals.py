"""A rehearsal's room is a room like any other, is in no list, and leaves nothing behind."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.acts.rehearsing import CANARY, begins, card, copy_of, counts, ends, found, plays
from tests.acts.test_erasing import _files, _tables
from tests.story import facilitator, story
from workshop.acts import rehearsals, running
from workshop.acts.shown import show
from workshop.acts.wiping import wipe_ended, wipe_slice
from workshop.reads import rooms
from workshop.reads.rehearsals import is_busy
from workshop.rules.refusals import Refused
from workshop.rules.rehearsals import OVER_SECONDS, SILENT_MS
from workshop.storage.models import Rehearsal, Workshop
from workshop.storage.store import Store


def test_the_copy_has_the_plan_and_its_doors_are_open(store: Store) -> None:
    told = story(store)
    told.plans(method="dots", budget=7, cap=2, voters=["citizen"])
    begun = begins(told)
    copy = copy_of(told, begun).room()
    assert (copy.state, copy.doors_open, copy.position) == ("running", True, 0)
    plan = [(s.phase, s.question, s.budget, s.cap, s.voters) for s in told.room().steps]
    assert [(s.phase, s.question, s.budget, s.cap, s.voters) for s in copy.steps] == plan
    assert begun.answer["room"] == copy.slug
    assert [step["phase"] for step in begun.answer["steps"]] == [s.phase for s in copy.steps]


def test_the_copy_is_in_no_list(store: Store) -> None:
    told = story(store)
    before = counts(store)["workshop"]
    begins(told)
    assert counts(store)["workshop"] == before + 1
    with store.read() as db:
        every = (
            *rooms.hosted_by(db, told.facilitator),
            *rooms.hosted_by(db, 0, everyone=True),
            *rooms.all_rooms(db, ("upcoming", "running", "finished")),
        )
    assert {one.id for one in every} == {told.workshop}


def test_nothing_of_it_is_left_in_any_table_or_file_and_nothing_else_went(store: Store) -> None:
    told = story(store, people=3, ideas=2, step="vote")
    told.votes(told.people[0], told.ideas[0], 1)
    before, rows = counts(store), told.room()
    copy = copy_of(told, begins(told))
    plays(copy)
    assert CANARY in _tables(store)
    ends(told, copy)
    store.scrub()
    assert CANARY not in _tables(store)
    assert CANARY.encode() not in _files(store)
    assert counts(store) == {**before, "rehearsal": 1}
    assert told.room() == rows, "the real room has not heard of it"
    with store.read() as db:
        assert not db.scalar(select(Workshop.id).where(Workshop.rehearses_id.is_not(None)))


def test_what_was_measured_stays_with_its_workshop_and_its_time(store: Store) -> None:
    told = story(store)
    copy = copy_of(told, begins(told))
    plays(copy)
    figures = {"people": 30, "posts": 4, "votes": 1, "answer": 12.0}
    beat = told.do(rehearsals.beat, room=copy.slug, figures=figures)
    assert beat.answer == {"over": False}
    told.clock.pass_minutes(1)
    ends(told, copy)
    seen = card(told)
    assert (seen.room, seen.ended_at) == (None, told.clock())
    assert (seen.figures.posts, seen.figures.lost, seen.figures.doubled) == (4, 0, 0)
    assert seen.is_ready
    assert [one.code for one in seen.findings] == ["projector_away"]


@pytest.mark.parametrize(("posts_told", "lost", "doubled"), [(6, 2, 0), (3, 0, 1), (4, 0, 0)])
def test_acknowledged_posts_are_held_against_those_that_are_there(
    store: Store, posts_told: int, lost: int, doubled: int
) -> None:
    told = story(store)
    copy = copy_of(told, begins(told))
    plays(copy)
    figures = {"people": 30, "posts": posts_told}
    told.do(rehearsals.beat, room=copy.slug, figures=figures)
    ends(told, copy)
    assert (card(told).figures.lost, card(told).figures.doubled) == (lost, doubled)


def test_somebody_who_came_in_by_themselves_is_counted_as_a_real_phone(store: Store) -> None:
    told = story(store)
    copy = copy_of(told, begins(told, people=10))
    for number in range(11):
        copy.joins("citizen" if number else "watching")
    told.do(rehearsals.beat, room=copy.slug, figures={"people": 10, "posts": 0})
    ends(told, copy)
    assert card(told).figures.phones == 1


def test_one_goes_on_at_a_time_and_a_crash_frees_it(store: Store) -> None:
    told = story(store)
    other = facilitator(told.stage, "olu@example.org")
    first = copy_of(told, begins(told))
    with pytest.raises(Refused, match="rehearsal_runs"):
        begins(told, account_id=other)
    told.clock.now += SILENT_MS - 1
    told.do(rehearsals.beat, room=first.slug, figures={})
    told.clock.now += SILENT_MS - 1
    with store.read() as db:
        assert is_busy(db, told.clock())
    with pytest.raises(Refused, match="rehearsal_runs"):
        begins(told)
    told.clock.now += 1
    with store.read() as db:
        assert not is_busy(db, told.clock())
    assert card(told).figures.outcome == "broke", "before anybody has wiped it"
    second = copy_of(told, begins(told))
    assert second.slug != first.slug
    assert wipe_ended(told.stage) == 1, "the first one alone"
    assert second.room().slug == second.slug
    with pytest.raises(Refused, match="rehearsal_runs"):
        second.do(wipe_slice)
    late = told.do(rehearsals.beat, room=first.slug, figures={"people": 99})
    assert late.answer == {"over": True}, "whoever held the first one hears that it is over"
    ends(told, first)
    assert card(told).room is not None, "and ends nothing but its own"


def test_a_sweep_wipes_what_a_broken_rehearsal_left_and_nothing_that_goes_on(store: Store) -> None:
    told = story(store)
    plays(copy_of(told, begins(told)))
    assert rehearsals.wipe_left_over(told.stage) == 0
    told.clock.now += SILENT_MS
    assert rehearsals.wipe_left_over(told.stage) == 1
    assert CANARY not in _tables(store)
    assert [one.code for one in card(told).findings] == ["broke", "projector_away"]
    assert rehearsals.wipe_left_over(told.stage) == 0


def test_it_is_over_when_it_was_stopped_or_took_too_long(store: Store) -> None:
    told = story(store)
    copy = copy_of(told, begins(told))
    told.clock.now += (60 + OVER_SECONDS) * 1000
    assert told.do(rehearsals.beat, room=copy.slug, figures={}).answer == {"over": True}
    ends(told, copy, "late")
    assert card(told).figures.outcome == "late"
    copy = copy_of(told, begins(told))
    told.do(rehearsals.stop)
    assert told.do(rehearsals.beat, room=copy.slug, figures={}).answer == {"over": True}
    ends(told, copy, "late")
    assert card(told).figures.outcome == "stopped"
    told.do(rehearsals.stop)
    assert card(told).figures.outcome == "stopped", "nothing to stop, nothing changes"


def test_a_projector_is_judged_from_when_it_came(store: Store) -> None:
    told = story(store)
    copy = copy_of(told, begins(told))
    copy.do(show, seq=copy.room().seq)
    assert card(told).watched
    told.clock.now += 5_000
    copy.moves_to("problems")
    at = copy.room().seq
    told.clock.now += 80
    copy.do(show, seq=at)
    copy.do(show, seq=1)
    copy.do(show, seq=99_999)
    with store.read() as db:
        assert db.get_one(Rehearsal, told.workshop).lags == [80]
    ends(told, copy)
    assert [one.code for one in card(told).findings] == ["some_out"], "nothing of the projector"
    told.do(show, seq=1)  # A real room notes nothing.


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"people": 9}, "not_whole"),
        ({"people": 301}, "not_whole"),
        ({"seconds": 7}, "unknown_choice"),
    ],
)
def test_a_number_out_of_range_is_refused(store: Store, more: dict[str, int], code: str) -> None:
    told = story(store)
    with pytest.raises(Refused, match=code):
        begins(told, **more)
    assert found(told) is None


def test_what_is_over_and_what_is_a_rehearsal_cannot_be_rehearsed(store: Store) -> None:
    told = story(store)
    copy = copy_of(told, begins(told))
    with pytest.raises(Refused, match="not_found"):
        begins(copy)
    ends(told, copy)
    told.do(running.finish)
    with pytest.raises(Refused, match="finished"):
        begins(told)


def test_a_real_room_is_never_wiped_this_way(store: Store) -> None:
    told = story(store, people=1, step="problems")
    mine = told.room()
    told.do(rehearsals.end, room=mine.slug, outcome="held")
    with store.read() as db:
        assert rooms.by_id(db, told.workshop) == mine
    with pytest.raises(Refused, match="not_found"):
        told.do(wipe_slice)
    assert told.room() == mine
    told.posts(told.people[0], "problem", "still here")
