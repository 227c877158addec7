"""Promises and the question back: asked from a day, answered by their author, counted by group."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.story import Person, Story, story
from workshop.acts import erasing, pledges, posts, running
from workshop.reads import own
from workshop.reads.pledges import pledges_card, what_helped
from workshop.rules.refusals import Refused
from workshop.storage.models import PledgeAnswer
from workshop.storage.store import Store

DAY = 24 * 60
ON = "2026-10-01"
"""Nine days after the meeting."""


def promised(store: Store, people: int = 3) -> tuple[Story, list[int]]:
    told = story(store, people=people, step="next")
    numbers = [
        told.posts(person, "pledge", f"I will ring {n}") for n, person in enumerate(told.people)
    ]
    told.do(pledges.set_ask_day, day=ON)
    return told, numbers


def says(told: Story, person: Person, number: int, outcome: str, helped: str = "") -> None:
    told.do(
        pledges.answer,
        seat_id=person.seat,
        receipt=person.receipt,
        post_id=number,
        outcome=outcome,
        helped=helped,
    )


def test_nobody_is_asked_before_the_day(store: Store) -> None:
    told, numbers = promised(store)
    with pytest.raises(Refused, match="not_asked"):
        says(told, told.people[0], numbers[0], "yes")
    told.clock.pass_minutes(10 * DAY)
    says(told, told.people[0], numbers[0], "yes")
    told.do(pledges.set_ask_day, day="")
    with pytest.raises(Refused, match="not_asked"):
        says(told, told.people[0], numbers[0], "partly")


def test_an_answer_is_its_author_s_and_may_change_after_the_end(store: Store) -> None:
    told, numbers = promised(store)
    told.do(running.finish)
    told.clock.pass_minutes(10 * DAY)
    ann, bob = told.people[:2]
    with pytest.raises(Refused, match="not_yours"):
        says(told, bob, numbers[0], "yes")
    says(told, ann, numbers[0], "not_yet", "No bus")
    says(told, ann, numbers[0], "partly", "A lift")
    with store.read() as db:
        said = own.said(db, told.room(), ann.receipt)
        assert pledges_card(db, told.workshop).answered == 1
        assert what_helped(db, told.workshop) == ("A lift",)
    kept = next(one.kept for one in said if one.post.id == numbers[0])
    assert kept == {"outcome": "partly", "helped": "A lift"}


@pytest.mark.parametrize(
    ("outcome", "helped", "code"), [("maybe", "", "unknown_choice"), ("yes", "x" * 301, "too_long")]
)
def test_an_answer_that_is_none_is_refused(
    store: Store, outcome: str, helped: str, code: str
) -> None:
    told, numbers = promised(store)
    told.clock.pass_minutes(10 * DAY)
    with pytest.raises(Refused, match=code):
        says(told, told.people[0], numbers[0], outcome, helped)


def test_only_a_promise_is_asked_about_and_the_day_is_a_day(store: Store) -> None:
    told, _ = promised(store)
    told.clock.pass_minutes(10 * DAY)
    with pytest.raises(Refused, match="not_found"):
        says(told, told.people[0], told.problems[0], "yes")
    with pytest.raises(Refused, match="bad_date"):
        told.do(pledges.set_ask_day, day="next week")


def test_groups_show_once_they_are_large_enough(store: Store) -> None:
    told, numbers = promised(store, people=15)
    told.clock.pass_minutes(10 * DAY)
    for person, number in zip(told.people[:4], numbers, strict=False):
        says(told, person, number, "yes")
    with store.read() as db:
        assert pledges_card(db, told.workshop).groups == ()
    for person, number in zip(told.people, numbers, strict=True):
        says(told, person, number, "partly" if person.group == "staff" else "yes")
    with store.read() as db:
        card = pledges_card(db, told.workshop)
    assert {kept.group: dict(kept.outcomes) for kept in card.groups} == {
        "citizen": {"yes": 5, "partly": 0, "not_yet": 0},
        "staff": {"yes": 0, "partly": 5, "not_yet": 0},
        "partner": {"yes": 5, "partly": 0, "not_yet": 0},
    }


@pytest.mark.parametrize("way", ["withdraw", "erase"])
def test_an_answer_goes_with_its_promise(store: Store, way: str) -> None:
    told, numbers = promised(store)
    told.clock.pass_minutes(10 * DAY)
    ann = told.people[0]
    says(told, ann, numbers[0], "yes", "CANARY-HELPED")
    own_ = {"seat_id": ann.seat, "receipt": ann.receipt}
    if way == "withdraw":
        told.do(posts.withdraw_post, post_id=numbers[0], **own_)
    else:
        told.do(erasing.rub_out, **own_)
    with store.read() as db:
        assert db.scalars(select(PledgeAnswer)).all() == []
