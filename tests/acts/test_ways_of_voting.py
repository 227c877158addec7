"""Every way of voting in a room: what its marks cost, what it refuses, and what it counts."""

from __future__ import annotations

import pytest

from tests.paired import answers
from tests.story import Story, story
from workshop.reads import results
from workshop.reads import voting as reading
from workshop.rules.refusals import Refused
from workshop.rules.rounds import ROOM_METHODS, rule_of
from workshop.rules.voting import METHODS
from workshop.storage.store import Store


def _mine(told: Story) -> reading.Mine:
    opened = told.room().last_round
    assert opened
    with told.stage.store.read() as db:
        return reading.mine(db, opened.id, told.people[0].seat)


def _shown(told: Story) -> results.ShownResult:
    told.reveals()
    with told.stage.store.read() as db:
        found = results.shown_results(db, told.room())
    return found[0]


def test_two_votes_on_one_idea_cost_four_points(store: Store) -> None:
    rule = {"method": "dots", "budget": 9, "cap": 3, "quadratic": True}
    told = story(store, ideas=3, step="vote", rule=rule)
    sam = told.people[0]
    assert told.votes(sam, told.ideas[0], 2).answer["left"] == 5
    assert told.votes(sam, told.ideas[1], 2).answer["left"] == 1
    with pytest.raises(Refused, match="no_votes_left"):
        told.votes(sam, told.ideas[2], 2)
    assert told.votes(sam, told.ideas[0], 1).answer["left"] == 4
    assert (_mine(told).budget, _mine(told).left) == (9, 4)


def test_a_score_of_zero_counts_and_one_that_was_taken_back_does_not(store: Store) -> None:
    told = story(store, ideas=2, step="vote", rule={"method": "score"})
    for person, value in zip(told.people, (0, 5, None), strict=True):
        told.votes(person, told.ideas[0], 3)
        told.votes(person, told.ideas[0], value)
    with pytest.raises(Refused, match="bad_value"):
        told.votes(told.people[0], told.ideas[1], 6)
    first, second = _shown(told).rows
    assert (first.row.idea_id, first.points) == (told.ideas[0], 2.5)
    assert second.points is None


def test_a_ranking_holds_as_many_ideas_as_it_has_places(store: Store) -> None:
    told = story(store, ideas=3, step="vote", rule={"method": "ranked", "budget": 2})
    sam, (first, second, third) = told.people[0], told.ideas
    for idea in (second, third):
        told.votes(sam, idea, 1)
    with pytest.raises(Refused, match="no_votes_left"):
        told.votes(sam, first, 2)
    with pytest.raises(Refused, match="bad_value"):
        told.votes(sam, second, 3)
    told.votes(sam, third, 0)
    told.votes(sam, first, 2)
    shown = _shown(told)
    assert [(one.row.idea_id, one.place) for one in shown.rows] == [
        (second, "1"),
        (first, "2"),
        (third, "3"),
    ]
    assert shown.card.table[second] == {first: 1, second: 0, third: 1}


@pytest.mark.parametrize("method", ROOM_METHODS)
def test_each_way_of_voting_goes_from_the_plan_into_the_round_and_its_result(
    store: Store, method: str
) -> None:
    told = story(store, people=6, ideas=3, step="vote", rule={"method": method})
    favourite = told.ideas[1]
    for person in told.people:
        if method == "pairwise":
            answers(told, person, lambda *two: favourite if favourite in two else None)
        else:
            told.votes(person, favourite, 1)
    shown = _shown(told)
    assert shown.card.rule == rule_of(method, 5, 3)
    assert shown.card.ballots == 6
    assert shown.rows[0].row.idea_id == told.ideas[1]
    assert bool(shown.card.table) == (METHODS[method].table((), ()) is not None)
