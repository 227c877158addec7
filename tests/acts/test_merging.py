"""Merging: one card, every author kept, a tree of what is inside, and every step undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests.acts.merged import kept, merges, mine, parts
from tests.story import Story, story
from workshop.acts import merging, posts, running, suggestions, undoing, workshops
from workshop.acts.stage import Change
from workshop.reads import own as private
from workshop.reads import posts as reading
from workshop.rules.refusals import Refused
from workshop.storage.models import Post, Theme
from workshop.storage.store import Store


def test_one_from_the_middle_takes_along_only_what_was_its_own(store: Store) -> None:
    told = story(store, ideas=4, step="ideas")
    a, b, c, d = told.ideas
    merges(told, c, b)
    merges(told, b, a)
    merges(told, d, a)
    parts(told, c)
    with store.read() as db:
        cards = reading.some(db, told.workshop, told.ideas)
    assert {n: (cards[n].state, cards[n].top_id, cards[n].inside) for n in told.ideas} == {
        a: ("shown", None, 2),
        b: ("merged", a, 0),
        c: ("shown", None, 0),
        d: ("merged", a, 0),
    }


def test_what_a_card_holds_outlives_the_author_of_its_words(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, three = told.ideas
    told.votes(told.people[0], two, 2)
    told.votes(told.people[0], one, 1)
    merges(told, two, one)
    merges(told, three, one)
    author = told.people[0]
    told.do(posts.withdraw_post, seat_id=author.seat, receipt=author.receipt, post_id=one)
    with store.read() as db:
        cards = reading.some(db, told.workshop, told.ideas)
    assert [cards[n].state for n in told.ideas] == ["withdrawn", "shown", "shown"]
    assert (mine(told, 0).marks[two], mine(told, 0).left) == (2, 3)


def test_an_author_may_take_back_what_is_inside_a_card(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, three = told.ideas
    merges(told, three, two)
    merges(told, two, one)
    told.votes(told.people[1], one, 2)
    author = told.people[1]
    told.do(posts.withdraw_post, seat_id=author.seat, receipt=author.receipt, post_id=two)
    with store.read() as db:
        cards = reading.some(db, told.workshop, told.ideas)
    assert (cards[two].state, cards[two].text) == ("withdrawn", "")
    assert (cards[one].inside, cards[three].merged_id, cards[three].top_id) == (1, one, one)
    assert mine(told, 1).marks[one] == 2


def test_only_what_is_shown_and_alike_in_kind_is_merged(store: Store) -> None:
    told = story(store, problems=2, ideas=2, step="ideas")
    one, two = told.ideas
    elsewhere = story_beside(told)
    for code, post, host in (
        ("merge_itself", one, one),
        ("merge_unlike", told.problems[0], one),
        ("not_found", 9_999, one),
        ("not_found", elsewhere, one),
    ):
        with pytest.raises(Refused, match=code):
            merges(told, post, host)
    told.do(posts.set_state, post_id=two, state="hidden")
    with pytest.raises(Refused, match="not_found"):
        merges(told, two, one)
    with pytest.raises(Refused, match="not_found"):
        parts(told, one)
    with pytest.raises(Refused, match="not_found"):
        told.do(merging.take_all_out, post_id=one)


def story_beside(told: Story) -> int:
    """The number of a post in another room of the same house."""
    made = told.stage.perform(
        workshops.create_workshop,
        account_id=told.facilitator,
        template="hour",
        title="Another",
        service="Another",
        goal="Another",
        better_for="Others",
    )
    assert made.workshop_id
    other = Story(told.stage, told.clock, made.workshop_id, told.facilitator)
    other.do(running.start)
    other.moves_to("ideas")
    person = other.joins("citizen")
    return other.posts(person, "idea", "Elsewhere")


def test_every_author_reads_where_their_words_went(store: Store) -> None:
    told = story(store, ideas=3, step="ideas")
    one, two, _ = told.ideas
    merges(told, two, one)
    with store.read() as db:
        said = private.said(db, told.room(), told.people[1].receipt)
    moved = next(thing for thing in said if thing.post.id == two)
    assert (moved.post.state, moved.post.within) == ("merged", "Idea 1")


def test_an_idea_answers_the_card_that_its_problem_became_part_of(store: Store) -> None:
    told = story(store, problems=2, ideas=0, step="problems")
    one, two = told.problems
    merges(told, two, one)
    told.moves_to("ideas")
    idea = told.posts(told.people[0], "idea", "An answer", answers_id=two)
    with store.read() as db:
        assert reading.some(db, told.workshop, [idea])[idea].answers_id == one


def test_everything_that_sorts_the_board_is_undone_one_after_the_other(store: Store) -> None:
    told = story(store, problems=4, ideas=0, step="themes")
    a, b, c, d = told.problems
    states = [kept(told)]

    def does(act: Callable[..., Change], **given: Any) -> None:
        told.do(act, **given)
        states.append(kept(told))

    does(suggestions.gather, title="Letters", post_ids=[a, b])
    theme = told.do(workshops.add_theme, title="Waiting").answer["theme"]
    does(posts.set_theme, post_id=c, theme_id=theme)
    does(merging.merge, post_id=b, host_id=a)
    does(merging.merge, post_id=a, host_id=c)
    does(merging.take_out, post_id=b)
    does(merging.merge, post_id=d, host_id=c)
    does(merging.take_all_out, post_id=c)
    does(suggestions.ignore, post_ids=[a, d])
    for before in reversed(states[:-1]):
        told.do(undoing.undo)
        assert kept(told) == before
    with pytest.raises(Refused, match="nothing_to_undo"):
        told.do(undoing.undo)
    with store.read() as db:
        assert db.scalars(select(Theme.title)).all() == ["Waiting"]
        assert set(db.scalars(select(Post.theme_id))) == {None}


def test_what_cannot_be_undone_any_more_is_said(store: Store) -> None:
    told = story(store, problems=0, ideas=2, step="ideas")
    one, two = told.ideas
    merges(told, two, one)
    told.moves_to("vote")
    told.reveals()
    with pytest.raises(Refused, match="undo_too_late"):
        told.do(undoing.undo)


def test_a_gathering_needs_words_and_posts_of_this_room(store: Store) -> None:
    told = story(store, problems=2, ideas=0, step="themes")
    elsewhere = story_beside(told)
    for code, title, numbers in (
        ("empty", " ", told.problems),
        ("pick_some", "Letters", []),
        ("pick_some", "Letters", [elsewhere]),
    ):
        with pytest.raises(Refused, match=code):
            told.do(suggestions.gather, title=title, post_ids=numbers)
    with pytest.raises(Refused, match="not_found"):
        told.do(suggestions.ignore, post_ids=[told.problems[0], elsewhere])
    told.do(suggestions.gather, title="Letters", post_ids=[*told.problems, elsewhere])
    with store.read() as db:
        (theme,) = reading.themes(db, told.workshop)
        board = reading.board(db, told.workshop, {"problem"})
        assert {post.theme_id for post in board} == {theme.id}
