"""What a reveal counted stays what it counted, whatever people do afterwards."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.story import Story, story
from workshop.acts import seats
from workshop.reads import ballots as published
from workshop.reads import voting as reading
from workshop.rules.voting import METHODS
from workshop.storage.models import Purse
from workshop.storage.store import Store


def _round(told: Story) -> int:
    opened = told.room().last_round
    assert opened
    return opened.id


def _voted(store: Store, template: str) -> Story:
    """Six people of each group, who do not agree."""
    told = story(store, people=18, ideas=3, step="vote", template=template)
    for number, person in enumerate(told.people):
        for place, idea in enumerate(told.ideas):
            told.votes(person, idea, 1 if (number + place) % 3 else 0)
    return told


def _recount_is_the_stored_result(told: Story) -> None:
    with told.stage.store.read() as db:
        shown = reading.result(db, _round(told))
        box = published.ballot_box(db, told.workshop, _round(told))
    assert shown
    again = METHODS[shown.rule.method].tally(shown.rule, sorted(told.ideas), box.ballots)
    assert {row.idea_id: (row.place, row.score, row.by_group) for row in shown.rows} == {
        line.idea: (line.place, line.score, line.by_group) for line in again.standings
    }


@pytest.mark.parametrize("template", ["hour", "sweep"])
def test_ballots_keep_the_group_that_the_reveal_counted(store: Store, template: str) -> None:
    told = _voted(store, template)
    told.reveals()
    _recount_is_the_stored_result(told)
    for person in [one for one in told.people if one.group == "citizen"][:3]:
        told.do(seats.change_group, seat_id=person.seat, group="staff")
    _recount_is_the_stored_result(told)


def test_a_ballot_is_counted_in_the_group_that_its_person_had_at_the_reveal(store: Store) -> None:
    told = _voted(store, "hour")
    sam = told.people[0]
    told.do(seats.change_group, seat_id=sam.seat, group="partner")
    told.reveals()
    told.do(seats.change_group, seat_id=sam.seat, group="staff")
    with store.read() as db:
        purses = select(Purse.counted_as).where(Purse.seat_id == sam.seat)
        assert db.scalars(purses).all() == ["partner"]
    _recount_is_the_stored_result(told)


def test_no_group_is_written_beside_a_purse_before_the_reveal(store: Store) -> None:
    _voted(store, "hour")
    with store.read() as db:
        assert set(db.scalars(select(Purse.counted_as))) == {None}
