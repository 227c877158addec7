"""Ideas that grow from ideas, what people say about them, and questions made of problems."""

from __future__ import annotations

from typing import Any

import pytest

from tests.story import Story, story
from workshop.acts import posts, questions, talking
from workshop.reads import phone, trail
from workshop.reads import posts as reading
from workshop.reads.posts import PostCard
from workshop.reads.talk import sources
from workshop.rules.cards import STANCES
from workshop.rules.refusals import Refused
from workshop.rules.roles import ROOM
from workshop.storage.store import Store


def card(told: Story, number: int) -> PostCard:
    with told.stage.store.read() as db:
        return reading.some(db, told.workshop, [number])[number]


def says(told: Story, by: int, idea: int, text: str = "Who pays?", stance: str = "concern") -> int:
    person = told.people[by]
    given = {"seat_id": person.seat, "receipt": person.receipt}
    made = told.do(talking.comment, idea_id=idea, stance=stance, text=text, **given)
    return int(made.answer["post"])


def stops(told: Story, by: int, number: int) -> dict[str, Any]:
    """The stops on a trail by kind, as its author reads them."""
    with told.stage.store.read() as db:
        walk = trail.Walk(db, told.room(), told.people[by].receipt)
        return {stop.kind: stop.told for stop in trail.stops(walk, card(told, number))}


def test_what_people_say_is_counted_on_the_idea_by_what_they_think(store: Store) -> None:
    told = story(store, step="ideas")
    for by, stance in enumerate(STANCES):
        says(told, by, told.ideas[0], stance=stance)
    says(told, 0, told.ideas[0], stance="for")
    found = card(told, told.ideas[0])
    assert (found.talk_for, found.talk_concern, found.talk_build, found.talk) == (2, 1, 1, 4)
    assert card(told, told.ideas[1]).talk == 0
    assert stops(told, 0, told.ideas[0])["talk"] == {"for": 2, "concern": 1, "build": 1}


def test_a_comment_that_is_hidden_or_taken_back_counts_no_more(store: Store) -> None:
    told = story(store, step="ideas")
    hidden, gone = says(told, 0, told.ideas[0]), says(told, 1, told.ideas[0])
    told.do(posts.set_state, post_id=hidden, state="hidden")
    own = {"seat_id": told.people[1].seat, "receipt": told.people[1].receipt}
    told.do(posts.withdraw_post, post_id=gone, **own)
    assert card(told, told.ideas[0]).talk == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [({"stance": "magic"}, "unknown_choice"), ({"text": " "}, "empty")],
)
def test_a_comment_that_cannot_be_kept_is_refused(
    store: Store, more: dict[str, str], code: str
) -> None:
    told = story(store, step="ideas")
    with pytest.raises(Refused, match=code):
        says(told, 0, told.ideas[0], **more)


def test_only_an_idea_that_the_room_sees_is_talked_about_and_only_while_it_may_be(
    store: Store,
) -> None:
    told = story(store, step="ideas")
    with pytest.raises(Refused, match="not_found"):
        says(told, 0, told.problems[0])
    told.do(posts.set_state, post_id=told.ideas[0], state="hidden")
    with pytest.raises(Refused, match="not_found"):
        says(told, 0, told.ideas[0])
    told.moves_to("vote")
    says(told, 0, told.ideas[1])
    told.moves_to("results")
    with pytest.raises(Refused, match="step_closed"):
        says(told, 0, told.ideas[1])


def test_an_idea_that_grew_shares_the_credit_both_ways(store: Store) -> None:
    told = story(store, step="ideas", ideas=0)
    ann, bob = told.people[:2]
    root = told.posts(ann, "idea", "Evenings", answers_id=told.problems[0])
    grown = told.posts(bob, "idea", "And Sundays", builds_on_id=root)
    found = card(told, grown)
    assert (found.builds_on, found.builds_on_group, found.answers) == (
        "Evenings",
        "citizen",
        "Problem 1",
    )
    assert stops(told, 1, grown)["grew"] == {"from": "Evenings", "by_me": False}
    assert stops(told, 0, root)["grew"] == {"into": "And Sundays", "by_me": False}
    told.do(posts.set_state, post_id=root, state="hidden")
    assert (card(told, grown).builds_on, card(told, grown).builds_on_group) == ("", "")
    with pytest.raises(Refused, match="not_found"):
        told.posts(bob, "idea", "And Mondays", builds_on_id=root)


def test_a_question_is_made_of_problems_and_ideas_answer_it(store: Store) -> None:
    told = story(store, step="ideas", problems=2, ideas=0)
    asked = told.do(
        questions.ask_question, text="How might we be quick?", problem_ids=told.problems
    ).answer["post"]
    idea = told.posts(told.people[0], "idea", "Evenings", answers_id=asked)
    assert card(told, idea).answers == "How might we be quick?"
    assert stops(told, 0, told.problems[0])["question"] == {"question": "How might we be quick?"}
    told.do(questions.reword_question, post_id=asked, text="How might we be kind?")
    assert card(told, idea).answers == "How might we be kind?"
    with store.read() as db:
        assert {one.id for one in sources(db, told.workshop, asked)} == set(told.problems)
        assert phone.ON_THE_TABLE["ideas"] == ("problem", "question", "idea")
        for person in told.people:
            mine = reading.own(db, told.workshop, person.receipt)
            assert asked not in {one.id for one in mine}, "a question is nobody's own"
    assert card(told, asked).group == ROOM


@pytest.mark.parametrize("problems", [[], [999_999], [1] * 21])
def test_a_question_without_a_problem_is_refused(store: Store, problems: list[int]) -> None:
    told = story(store, step="ideas")
    with pytest.raises(Refused, match=r"no_problem|not_found"):
        told.do(questions.ask_question, text="How might we?", problem_ids=problems)
