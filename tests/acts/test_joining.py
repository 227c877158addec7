"""Somebody has the same problem: their words go into the card, and stay theirs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.story import Story, story
from workshop.acts import care, joining, merging, posts, running, undoing
from workshop.reads import changes
from workshop.reads import posts as reading
from workshop.reads.posts import PostCard
from workshop.rules.refusals import Refused
from workshop.storage.store import Store


def joins(told: Story, by: int, host: int, text: str = "Me too", **more: Any) -> int:
    person = told.people[by]
    own = {"seat_id": person.seat, "receipt": person.receipt}
    return int(told.do(joining.join, **own, text=text, host_id=host, **more).answer["post"])


def card(told: Story, number: int) -> PostCard:
    with told.stage.store.read() as db:
        return reading.some(db, told.workshop, [number])[number]


def test_the_words_stand_in_the_card_and_are_still_their_authors(store: Store) -> None:
    told = story(store)
    host = told.problems[0]
    mine = joins(told, 1, host, affected="My father", often="Weekly")
    found = card(told, mine)
    assert (found.state, found.top_id, found.text, found.often) == (
        "merged",
        host,
        "Me too",
        "Weekly",
    )
    assert (card(told, host).inside, card(told, host).state) == (1, "shown")
    with store.read() as db:
        own = reading.own(db, told.workshop, told.people[1].receipt)
    assert [post.id for post in own if post.kind == "problem"] == [mine]


def test_open_pages_hear_of_the_card_alone_and_fetch_nothing_anew(store: Store) -> None:
    told = story(store)
    before = told.room().seq
    mine = joins(told, 1, told.problems[0])
    with store.read() as db:
        news = changes.since(db, told.workshop, before)
    assert news.posts == {mine, told.problems[0]}
    assert news.parts == {"meter"}


def test_the_facilitators_undo_leaves_it_and_taking_out_works(store: Store) -> None:
    told = story(store, problems=2)
    one, two = told.problems
    told.do(merging.merge, post_id=two, host_id=one)
    mine = joins(told, 2, one)
    told.do(undoing.undo)
    assert (card(told, two).state, card(told, mine).state) == ("shown", "merged")
    told.do(merging.take_out, post_id=mine)
    assert (card(told, mine).state, card(told, one).inside) == ("shown", 0)


def test_a_card_that_became_part_of_another_meanwhile_leads_there(store: Store) -> None:
    told = story(store, problems=2)
    one, two = told.problems
    told.do(merging.merge, post_id=two, host_id=one)
    assert card(told, joins(told, 2, two)).top_id == one


def test_what_cannot_be_seen_takes_nothing_in_and_nothing_is_written(store: Store) -> None:
    told = story(store, problems=1)
    told.do(posts.set_state, post_id=told.problems[0], state="hidden")
    before = told.room().seq
    for number in (told.problems[0], told.ideas[0], 9_999):
        with pytest.raises(Refused, match="not_found"):
            joins(told, 1, number)
    assert told.room().seq == before


def test_it_is_refused_where_any_problem_is(store: Store) -> None:
    told = story(store)
    told.do(running.lock_room, locked=True)
    with pytest.raises(Refused, match="locked"):
        joins(told, 1, told.problems[0])
    told.do(running.lock_room, locked=False)
    with pytest.raises(Refused, match="empty"):
        joins(told, 1, told.problems[0], text="  ")
    told.moves_to("ideas")
    with pytest.raises(Refused, match="step_closed"):
        joins(told, 1, told.problems[0])


def test_words_that_wait_for_a_look_wait_by_themselves(store: Store) -> None:
    told = story(store)
    told.do(care.set_rules, care="all", word_list="")
    mine = joins(told, 1, told.problems[0])
    assert (card(told, mine).state, card(told, mine).top_id) == ("held", None)
    assert card(told, told.problems[0]).inside == 0
    told.do(posts.set_state, post_id=mine, state="shown")
    assert card(told, mine).state == "shown"


def test_its_author_may_take_it_back_and_the_card_stays(store: Store) -> None:
    told = story(store)
    mine = joins(told, 1, told.problems[0])
    person = told.people[1]
    told.do(posts.withdraw_post, seat_id=person.seat, receipt=person.receipt, post_id=mine)
    assert (card(told, mine).text, card(told, told.problems[0]).inside) == ("", 0)
