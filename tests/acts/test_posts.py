"""Posting: whose it is, when it is welcome, and what becomes of it."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select

from tests.story import story
from workshop.acts import posts, running, seats
from workshop.reads import people as reading_people
from workshop.reads import posts as reading
from workshop.rules.refusals import Refused
from workshop.storage.models import Post
from workshop.storage.store import Store


def test_a_post_is_found_by_its_author_and_by_nobody_else(store: Store) -> None:
    told = story(store, step="problems", problems=0, ideas=0)
    ann, bob = told.people[:2]
    number = told.posts(ann, "problem", "I wait three weeks")
    with store.read() as db:
        assert [post.id for post in reading.own(db, told.workshop, ann.receipt)] == [number]
        assert reading.own(db, told.workshop, bob.receipt) == ()


def test_no_column_of_a_post_leads_to_its_author(store: Store) -> None:
    told = story(store, step="problems", problems=0, ideas=0)
    ann = told.people[0]
    told.posts(ann, "problem", "One")
    told.posts(ann, "problem", "Two")
    columns = {column["name"] for column in inspect(store.engine).get_columns("post")}
    assert not columns & {"seat_id", "author_id", "account_id", "receipt"}
    with store.read() as db:
        owners = db.scalars(select(Post.owner)).all()
    assert len(set(owners)) == 2


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "a" * 501])
def test_words_that_cannot_be_kept_are_refused(store: Store, text: str) -> None:
    told = story(store, step="problems", problems=0, ideas=0)
    with pytest.raises(Refused, match=r"empty|too_long"):
        told.posts(told.people[0], "problem", text)


@pytest.mark.parametrize(
    "text", ["=1+1", "<script>alert(1)</script>", "مرحبا بالعالم", "👩‍👩‍👧 family", "a" * 500]
)
def test_odd_but_honest_words_are_kept_as_they_are(store: Store, text: str) -> None:
    told = story(store, step="problems", problems=0, ideas=0)
    number = told.posts(told.people[0], "problem", text)
    with store.read() as db:
        assert reading.some(db, told.workshop, [number])[number].text == text


def test_an_idea_answers_a_problem_of_the_same_room(store: Store) -> None:
    told = story(store, step="ideas")
    number = told.posts(told.people[0], "idea", "Evenings", answers_id=told.problems[0])
    with store.read() as db:
        assert reading.some(db, told.workshop, [number])[number].answers == "Problem 1"
    with pytest.raises(Refused, match="not_found"):
        told.posts(told.people[0], "idea", "Evenings", answers_id=told.ideas[0])


def test_a_step_takes_only_its_own_kind_of_post(store: Store) -> None:
    told = story(store, step="ideas")
    with pytest.raises(Refused, match="step_closed"):
        told.posts(told.people[0], "problem", "Too late")


def test_a_locked_room_takes_no_posts_until_it_is_opened_again(store: Store) -> None:
    told = story(store, step="problems")
    told.do(running.lock_room, locked=True)
    with pytest.raises(Refused, match="locked"):
        told.posts(told.people[0], "problem", "Now")
    told.do(running.lock_room, locked=False)
    told.posts(told.people[0], "problem", "Now")


def test_only_the_author_may_change_or_take_back_a_post(store: Store) -> None:
    told = story(store, step="problems", problems=0, ideas=0)
    ann, bob = told.people[:2]
    number = told.posts(ann, "problem", "I wait", often="Every year")
    for act, more in ((posts.edit_post, {"text": "Mine now"}), (posts.withdraw_post, {})):
        with pytest.raises(Refused, match="not_yours"):
            told.do(act, seat_id=bob.seat, receipt=bob.receipt, post_id=number, **more)
    told.do(
        posts.edit_post, seat_id=ann.seat, receipt=ann.receipt, post_id=number, text="I wait long"
    )
    with store.read() as db:
        post = reading.some(db, told.workshop, [number])[number]
    assert (post.text, post.often, post.version) == ("I wait long", "Every year", 2)


def test_taking_a_post_back_takes_its_words_out_of_the_database(store: Store) -> None:
    told = story(store, step="problems", problems=0, ideas=0)
    ann = told.people[0]
    number = told.posts(ann, "problem", "CANARY-WORDS", affected="CANARY-PEOPLE")
    told.do(posts.withdraw_post, seat_id=ann.seat, receipt=ann.receipt, post_id=number)
    with store.read() as db:
        assert reading.own(db, told.workshop, ann.receipt) == ()
        row = db.get_one(Post, number)
        assert (row.text, row.affected, row.state) == ("", "", "withdrawn")


def test_a_card_keeps_who_does_what_and_what_it_needs(store: Store) -> None:
    told = story(store, step="ideas", problems=0, ideas=0)
    ann = told.people[0]
    number = told.posts(
        ann,
        "idea",
        "Evening checks",
        who_2="The pharmacist",
        does_2="looks  at feet",
        need_money="A lamp",
        need_time="Two evenings",
        language="cy",
    )
    with store.read() as db:
        card = reading.some(db, told.workshop, [number])[number]
    assert card.does == (("The pharmacist", "looks at feet"),)
    assert card.needs == (("time", "Two evenings"), ("money", "A lamp"))
    assert (card.language, card.fields["who_1"], card.fields["need_time"]) == (
        "cy",
        "The pharmacist",
        "Two evenings",
    )
    change = {"post_id": number, "text": "Checks", "need_time": "", "does_1": "helps"}
    told.do(posts.edit_post, seat_id=ann.seat, receipt=ann.receipt, **change)
    with store.read() as db:
        card = reading.some(db, told.workshop, [number])[number]
    assert (card.does, card.needs) == ((("The pharmacist", "helps"),), (("money", "A lamp"),))
    told.do(posts.withdraw_post, seat_id=ann.seat, receipt=ann.receipt, post_id=number)
    with store.read() as db:
        row = db.get_one(Post, number)
        assert (row.does, row.needs) == ((), ())


@pytest.mark.parametrize("wrong", [{"evidence": "magic"}, {"language": "xx"}])
def test_a_choice_that_is_not_on_the_list_is_refused(store: Store, wrong: dict[str, str]) -> None:
    told = story(store, step="problems", problems=0, ideas=0)
    with pytest.raises(Refused, match="unknown_choice"):
        told.posts(told.people[0], "problem", "I wait", **wrong)
    assert told.posts(told.people[0], "problem", "I wait", evidence="seen", language="")


def test_a_post_of_another_room_is_not_found(store: Store) -> None:
    told = story(store, step="problems")
    with pytest.raises(Refused, match="not_found"):
        told.do(posts.set_state, post_id=999_999, state="hidden")


def test_watching_people_see_and_do_not_post(store: Store) -> None:
    told = story(store, step="problems")
    watcher = told.joins("watching")
    with pytest.raises(Refused, match="watching"):
        told.posts(watcher, "problem", "I'd like to")
    told.do(seats.change_group, seat_id=watcher.seat, group="citizen")
    told.posts(watcher, "problem", "I'd like to")


def test_a_removed_person_can_do_nothing_more(store: Store) -> None:
    told = story(store, step="problems")
    ann = told.people[0]
    change = told.do(seats.remove_seat, seat_id=ann.seat)
    assert change.gone_seats == (ann.seat,)
    with pytest.raises(Refused, match="removed"):
        told.posts(ann, "problem", "Still here")


def test_nobody_sits_down_behind_closed_doors(store: Store) -> None:
    told = story(store, step="problems")
    told.do(running.set_doors, is_open=False)
    with pytest.raises(Refused, match="doors_closed"):
        told.joins("citizen")


def test_the_meter_counts_people_not_posts(store: Store) -> None:
    told = story(store, step="problems", problems=0, ideas=0)
    for _ in range(3):
        told.posts(told.people[0], "problem", "Again")
    room = told.room()
    with store.read() as db:
        heads = reading_people.headcount(db, room.id, room.step)
    assert (heads.people, heads.taken_part) == (3, 1)
