"""A reveal that goes place by place: the screen first, and everybody else after the last one."""

from __future__ import annotations

import pytest

from tests.story import Story, story
from workshop.acts import backlog, running, voting
from workshop.reads import own, phone
from workshop.reads import voting as ballots
from workshop.reads.results import shown_results
from workshop.reads.screen import screen_card
from workshop.rules.refusals import Refused
from workshop.rules.roles import SeatCard
from workshop.rules.rounds import ROWS_ON_SCREEN, still_to_come
from workshop.storage.store import Store


@pytest.fixture
def closed(store: Store) -> Story:
    """A vote over four ideas that has closed; the first idea has most votes."""
    told = story(store, people=6, ideas=4, step="vote")
    for number, person in enumerate(told.people):
        told.votes(person, told.ideas[0], 2)
        told.votes(person, told.ideas[1 + number % 2], 1)
    told.do(voting.move_round, round_id=_round(told), to="closed")
    return told


def _round(told: Story) -> int:
    opened = told.room().last_round
    assert opened is not None
    return opened.id


def _uncovers(told: Story, *, whole: bool = False) -> int:
    told.do(voting.uncover, round_id=_round(told), whole=whole)
    opened = told.room().last_round
    assert opened is not None
    return opened.under


def _told(told: Story) -> tuple[bool, bool, bool]:
    """Whether a phone, somebody's own page and the results' page have the counts."""
    person = told.people[0]
    seat = SeatCard(person.seat, told.workshop, person.group, "", "en", person.receipt)
    with told.stage.store.read() as db:
        room = told.room()
        return (
            phone.phone_card(db, room, seat).result is not None,
            any(
                stop.kind == "vote"
                for said in own.said(db, room, person.receipt)
                for stop in said.stops
            ),
            bool(shown_results(db, room)),
        )


def test_each_press_shows_one_place_more_the_last_one_first(closed: Story) -> None:
    assert [_uncovers(closed) for _ in range(4)] == [3, 2, 1, 0]
    with pytest.raises(Refused, match="round_move"):
        _uncovers(closed)


def test_nobody_but_the_screen_is_told_before_the_last_place_is_shown(closed: Story) -> None:
    while _uncovers(closed):
        assert _told(closed) == (False, False, False)
        with closed.stage.store.read() as db:
            assert ballots.result(db, _round(closed)) is None
            assert screen_card(db, closed.room()).view == "results"
    assert _told(closed) == (True, True, True)


def test_all_that_are_left_can_be_shown_at_once(closed: Story) -> None:
    assert _uncovers(closed) == 3
    assert _uncovers(closed, whole=True) == 0
    assert _told(closed) == (True, True, True)


def test_the_first_press_closes_the_ballot_for_good(closed: Story) -> None:
    _uncovers(closed)
    with pytest.raises(Refused, match="round_sealed"):
        closed.do(voting.move_round, round_id=_round(closed), to="open")


def test_a_vote_that_is_open_is_not_uncovered(store: Store) -> None:
    told = story(store, step="vote")
    with pytest.raises(Refused, match="round_move"):
        _uncovers(told)


def test_an_idea_goes_to_the_backlog_only_when_its_place_has_been_shown(closed: Story) -> None:
    _uncovers(closed)
    with pytest.raises(Refused, match="not_revealed"):
        closed.do(backlog.promote, idea_id=closed.ideas[0], round_id=_round(closed))


def test_the_screen_leaves_what_it_showed_for_the_reveal(closed: Story) -> None:
    closed.do(running.show_screen, screen="blank")
    _uncovers(closed)
    assert closed.room().screen == "auto"


def test_nothing_stays_covered_when_the_meeting_ends(closed: Story) -> None:
    _uncovers(closed)
    closed.do(running.finish)
    assert _told(closed)[2]


@pytest.mark.parametrize(("standings", "left"), [(0, 0), (1, 0), (2, 1), (6, 5), (40, 5)])
def test_a_reveal_is_never_longer_than_the_screen(standings: int, left: int) -> None:
    assert still_to_come(standings) == left < ROWS_ON_SCREEN
