"""What a reveal counted stays what it counted, whatever people do afterwards."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.story import Story, story
from workshop.acts import posts, seats, voting
from workshop.reads import ballots as published
from workshop.reads import voting as reading
from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS
from workshop.storage.models import Mark, MarkDevice, Purse, Round
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
    shown = _shown(told)
    assert shown
    voters = max(row.by_group["partner"].seen for row in shown.rows)
    assert voters == 7
    _recount_is_the_stored_result(told)


def _turns(told: Story, *states: str) -> None:
    for state in states:
        told.do(voting.move_round, round_id=_round(told), to=state)


def _shown(told: Story) -> reading.ResultCard | None:
    with told.stage.store.read() as db:
        return reading.result(db, _round(told))


def test_counts_that_were_shown_can_be_covered_and_shown_again_and_are_the_same(
    store: Store,
) -> None:
    told = _voted(store, "hour")
    told.reveals()
    before = _shown(told)
    assert before
    _turns(told, "covered")
    assert _shown(told) is None
    with store.read() as db, pytest.raises(Refused, match="not_revealed"):
        published.ballot_box(db, told.workshop, _round(told))
    told.do(posts.set_state, post_id=told.ideas[0], state="removed")
    told.do(seats.change_group, seat_id=told.people[0].seat, group="staff")
    told.clock.pass_minutes(1)
    _turns(told, "revealed")
    assert _shown(told) == before
    _recount_is_the_stored_result(told)
    with store.read() as db:
        assert db.scalars(select(Round.revealed_at)).all() == [told.clock.now - 60_000]


@pytest.mark.parametrize("then", [(), ("covered",), ("covered", "revealed")])
def test_a_vote_whose_counts_were_shown_is_never_opened_again(
    store: Store, then: tuple[str, ...]
) -> None:
    told = _voted(store, "hour")
    told.reveals()
    _turns(told, *then)
    with pytest.raises(Refused, match="round_sealed"):
        _turns(told, "open")
    for state in ("closed", "removed"):
        with pytest.raises(Refused):
            _turns(told, state)
    told.moves_to("ideas")
    told.moves_to("vote")
    with pytest.raises(Refused, match="round_closed"):
        told.votes(told.people[0], told.ideas[0], 3)
    opened = told.room().last_round
    assert opened
    assert opened.state == ("revealed", *then)[-1]


def test_a_vote_is_not_covered_before_its_counts_were_shown(store: Store) -> None:
    told = _voted(store, "hour")
    for state in ("open", "closed"):
        with pytest.raises(Refused, match="round_move"):
            _turns(told, "covered")
        if state == "open":
            _turns(told, "closed")


def test_the_seal_destroys_what_joins_a_person_to_their_vote(store: Store) -> None:
    told = _voted(store, "hour")
    sam = told.people[0]
    told.votes(sam, told.ideas[0], 2, device="a phone", number=1)
    told.votes(sam, told.ideas[0], 1, device="a tablet", number=1)
    told.reveals()
    with store.read() as db:
        assert db.scalars(select(Mark.seat_id)).all() == []
        assert db.scalars(select(MarkDevice.seat_id)).all() == []
        assert set(db.scalars(select(Purse.used))) == {0}
        assert not reading.mine(db, _round(told), sam.seat).marks
