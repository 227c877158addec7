"""Voting and results on a phone without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.visitors import Place, place, words

Telling = Callable[..., Place]


@pytest.fixture
def tell(tmp_path: Path) -> Telling:
    return lambda **told: place(tmp_path, **told)


def form_of(page: str, action: str) -> dict[str, str]:
    """The buttons' values of every form on `page` that posts to `action`, by idea and name."""
    forms = re.findall(rf'<form[^>]*action="[^"]*/{action}"[^>]*>.*?</form>', page, re.DOTALL)
    return {
        found.group(1): form
        for form in forms
        if (found := re.search(r'name="idea_id" value="(\d+)"', form))
    }


def test_votes_are_absolute_and_lead_back_to_their_idea(tell: Telling) -> None:
    here = tell(step="vote", ideas=3)
    visitor = here.seated(here.newcomer())
    idea = here.told.ideas[0]
    for value in (1, 2, 2):
        answer = visitor.post(f"{here.room}/marks", idea_id=idea, value=value)
        assert answer.location == f"{here.room}#idea-{idea}"
        here.clock.now += 1
    page = visitor.get(here.room)
    assert "3 of 5 votes left" in words(page)
    controls = form_of(page, "marks")[str(idea)]
    assert re.findall(r'name="value" value="(\d+)"', controls) == ["1", "3"]


def test_a_vote_by_a_plain_form_counts_although_the_clock_stepped_back(tell: Telling) -> None:
    here = tell(step="vote", ideas=3)
    visitor = here.seated(here.newcomer())
    idea = here.told.ideas[0]
    visitor.post(f"{here.room}/marks", idea_id=idea, value=3)
    for minutes, left in ((0, 4), (-60, 3), (60, 2)):
        here.clock.pass_minutes(minutes)
        visitor.post(f"{here.room}/marks", idea_id=idea, value=5 - left)
        assert f"{left} of 5 votes left" in words(visitor.get(here.room))


def test_a_plain_form_and_the_script_of_one_person_follow_each_other(tell: Telling) -> None:
    """What the script had counted to is not forgotten because a form came in between."""
    here = tell(step="vote", ideas=3)
    person, idea = here.newcomer(), here.told.ideas[0]
    visitor = here.seated(person)
    here.told.votes(person, idea, 3, device="phone", number=7)
    visitor.post(f"{here.room}/marks", idea_id=idea, value=1)
    here.told.votes(person, idea, 2, device="phone", number=6)
    assert "4 of 5 votes left" in words(visitor.get(here.room))
    here.told.votes(person, idea, 2, device="phone", number=8)
    assert "3 of 5 votes left" in words(visitor.get(here.room))


def test_a_spent_purse_says_no_beside_the_very_idea(tell: Telling) -> None:
    here = tell(step="vote", ideas=3)
    visitor = here.seated(here.newcomer())
    first, second, third = here.told.ideas
    for idea, value in ((first, 3), (second, 2)):
        visitor.post(f"{here.room}/marks", idea_id=idea, value=value)
    answer = visitor.post(f"{here.room}/marks", idea_id=third, value=1)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    row = page[page.index(f'id="idea-{third}"') :]
    assert "You’ve used all your votes." in words(row[: row.index("</li>")])
    assert "0 of 5 votes left" in words(page)


@pytest.mark.parametrize(
    "mark",
    [
        {"idea_id": "abc", "value": "1"},
        {"idea_id": "1", "value": "NaN"},
        {"idea_id": "99999", "value": "1"},
        {"value": "1"},
        {"idea_id": "2", "value": "-1"},
        {"idea_id": "2", "value": "4"},
    ],
)
def test_a_mark_that_is_none_changes_nothing(tell: Telling, mark: dict[str, Any]) -> None:
    here = tell(step="vote")
    visitor = here.seated(here.newcomer())
    answer = visitor.post(f"{here.room}/marks", **mark)
    assert 400 <= answer.status_code < 500
    assert "5 of 5 votes left" in words(visitor.get(here.room))


def test_everybody_meets_the_ideas_in_an_order_of_their_own(tell: Telling) -> None:
    here = tell(step="vote", ideas=8)
    orders = set()
    for _ in range(3):
        visitor = here.seated(here.newcomer())
        first = re.findall(r'id="idea-(\d+)"', visitor.get(here.room))
        assert first == re.findall(r'id="idea-(\d+)"', visitor.get(here.room))
        assert sorted(map(int, first)) == here.told.ideas
        orders.add(tuple(first))
    assert len(orders) > 1


def test_saying_that_one_is_done_and_taking_it_back(tell: Telling) -> None:
    here = tell(step="vote")
    visitor = here.seated(here.newcomer())
    visitor.post(f"{here.room}/done", done="1")
    assert "Not done yet" in words(visitor.get(here.room))
    visitor.post(f"{here.room}/done", done="")
    assert "I’m done" in words(visitor.get(here.room))


def test_the_sweep_and_approval_have_their_own_ballots(tell: Telling) -> None:
    here = tell(step="vote", template="sweep")
    visitor = here.seated(here.newcomer())
    idea = here.told.ideas[0]
    visitor.post(f"{here.room}/marks", idea_id=idea, value=-1)
    controls = form_of(visitor.get(here.room), "marks")[str(idea)]
    pressed = re.findall(r'value="(-?\d)" aria-pressed="(\w+)"', controls)
    assert pressed == [("1", "false"), ("0", "false"), ("-1", "true")]


def test_counts_appear_at_the_reveal_and_not_before(tell: Telling) -> None:
    here = tell(step="vote", people=12, ideas=2)
    for person in here.told.people:
        here.told.votes(person, here.told.ideas[0], 2)
    visitor = here.seated(here.newcomer())
    here.told.moves_to("results")
    hidden = words(visitor.get(here.room))
    assert "The counts stay hidden" in hidden
    assert "24 votes" not in hidden
    here.told.reveals()
    assert "24 votes, from 12 people" in words(visitor.get(here.room))


def test_level_ideas_share_their_place(tell: Telling) -> None:
    here = tell(step="vote", ideas=2)
    for person, idea in zip(here.told.people, here.told.ideas, strict=False):
        here.told.votes(person, idea, 1)
    here.told.moves_to("results")
    here.told.reveals()
    page = here.seated(here.newcomer()).get(here.room)
    assert words(page).count("Place 1=") == 2


def test_a_group_of_less_than_five_is_never_shown_alone(tell: Telling) -> None:
    here = tell(step="vote", people=3, ideas=1)
    for person in here.told.people:
        here.told.votes(person, here.told.ideas[0], 1)
    here.told.moves_to("results")
    here.told.reveals()
    page = words(here.seated(here.newcomer()).get(here.room))
    assert "1 of 1" not in page
    assert "Groups of fewer than five people are counted together." in page
