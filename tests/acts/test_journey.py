"""Lived experience: moments on a line, and the problems made of them."""

from __future__ import annotations

import pytest

from tests.story import Person, Story, story
from workshop.acts import journey, posts, running, workshops
from workshop.reads import own
from workshop.reads.journey import journey_card, legs
from workshop.reads.posts import PostCard, board, some
from workshop.rules.journey import LEGS
from workshop.rules.refusals import Refused
from workshop.storage.store import Store


def lived(store: Store, people: int = 3) -> Story:
    return story(store, people=people, problems=0, ideas=0, step="journey", template="lived")


def places(told: Story, person: Person, leg: int, feeling: int, text: str = "We waited.") -> int:
    with told.stage.store.read() as db:
        numbers = [one.id for one in legs(db, told.workshop)]
    change = told.do(
        journey.place,
        seat_id=person.seat,
        receipt=person.receipt,
        leg_id=numbers[leg],
        feeling=feeling,
        text=text,
    )
    return int(change.answer["post"])


def card(told: Story, number: int) -> PostCard:
    with told.stage.store.read() as db:
        return some(db, told.workshop, [number])[number]


def raises(told: Story, person: Person, moment: int) -> int:
    change = told.do(
        journey.raise_problem, seat_id=person.seat, receipt=person.receipt, post_id=moment
    )
    return int(change.answer["post"])


def test_the_line_is_there_when_the_room_comes_to_it(store: Store) -> None:
    told = lived(store)
    with store.read() as db:
        assert [leg.title for leg in legs(db, told.workshop)] == list(LEGS)
    told.moves_to("welcome")
    told.moves_to("journey")
    with store.read() as db:
        assert len(legs(db, told.workshop)) == len(LEGS)


def test_a_moment_stands_on_its_part_with_its_feeling(store: Store) -> None:
    told = lived(store)
    ann = told.people[0]
    number = places(told, ann, 2, 1)
    with store.read() as db:
        map_ = journey_card(db, told.room())
        said = own.said(db, told.room(), ann.receipt)
    assert [leg.total for leg in map_.legs] == [0, 0, 1, 0, 0]
    assert map_.legs[2].moments[1] == 1
    assert map_.room.means == (None, None, 1.0, None, None)
    assert map_.groups[0].means == (None,) * 5, "one moment tells of nobody"
    stops = {stop.kind: stop.told for stop in said[0].stops}
    assert stops["lived"] == {"leg": LEGS[2], "feeling": 1}
    assert card(told, number).kind == "experience"


@pytest.mark.parametrize(
    ("leg", "feeling", "code"), [(2, 0, "unknown_choice"), (2, 6, "unknown_choice")]
)
def test_a_feeling_off_the_scale_is_refused(
    store: Store, leg: int, feeling: int, code: str
) -> None:
    told = lived(store)
    with pytest.raises(Refused, match=code):
        places(told, told.people[0], leg, feeling)


def test_a_moment_waits_for_its_step_and_knows_its_own_room_s_line(store: Store) -> None:
    told = lived(store)
    with pytest.raises(Refused, match="not_found"):
        told.do(
            journey.place,
            seat_id=told.people[0].seat,
            receipt=told.people[0].receipt,
            leg_id=10**6,
            feeling=3,
            text="Elsewhere",
        )
    told.moves_to("ideas")
    with pytest.raises(Refused, match="step_closed"):
        places(told, told.people[0], 0, 3)


def test_a_hidden_or_withdrawn_moment_is_on_no_map(store: Store) -> None:
    told = lived(store)
    ann = told.people[0]
    hidden, withdrawn = places(told, ann, 0, 1), places(told, ann, 1, 1)
    told.do(posts.set_state, post_id=hidden, state="hidden")
    told.do(posts.withdraw_post, seat_id=ann.seat, receipt=ann.receipt, post_id=withdrawn)
    with store.read() as db:
        assert journey_card(db, told.room()).total == 0
    assert card(told, withdrawn).feeling is None


def test_a_person_makes_a_problem_of_their_own_moment_once(store: Store) -> None:
    told = lived(store)
    ann, bob = told.people[:2]
    moment = places(told, ann, 2, 1, "Nobody told me.")
    with pytest.raises(Refused, match="not_yours"):
        raises(told, bob, moment)
    problem = raises(told, ann, moment)
    assert raises(told, ann, moment) == problem
    made = card(told, problem)
    assert (made.kind, made.text, made.answers, made.group) == (
        "problem",
        "Nobody told me.",
        "Nobody told me.",
        ann.group,
    )
    with store.read() as db:
        trails = {one.post.id: one.stops for one in own.said(db, told.room(), ann.receipt)}
    assert "raised" in {stop.kind for stop in trails[moment]}
    assert "answers" in {stop.kind for stop in trails[problem]}


def test_what_the_facilitator_makes_of_a_moment_stays_its_author_s(store: Store) -> None:
    told = lived(store)
    ann, bob = told.people[:2]
    moment = places(told, ann, 2, 1)
    problem = told.do(journey.pick_problem, post_id=moment).answer["post"]
    told.moves_to("problems")
    edit = {"post_id": problem, "text": "No word for 50 minutes."}
    with pytest.raises(Refused, match="not_yours"):
        told.do(posts.edit_post, seat_id=bob.seat, receipt=bob.receipt, **edit)
    told.do(posts.edit_post, seat_id=ann.seat, receipt=ann.receipt, **edit)
    assert card(told, problem).text == "No word for 50 minutes."
    with store.read() as db:
        assert journey_card(db, told.room()).problems == 1


def test_hidden_words_come_back_through_no_problem(store: Store) -> None:
    told = lived(store)
    ann = told.people[0]
    moment = places(told, ann, 2, 1, "My nurse Jane was rude.")
    problem = raises(told, ann, moment)
    told.moves_to("problems")
    told.do(
        posts.edit_post, seat_id=ann.seat, receipt=ann.receipt, post_id=problem, text="Rudeness"
    )
    told.do(posts.set_state, post_id=moment, state="hidden")
    assert card(told, problem).answers == ""
    with pytest.raises(Refused, match="not_found"):
        told.do(journey.pick_problem, post_id=moment)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda told: told.moves_to("vote"), "step_closed"),
        (lambda told: told.do(running.lock_room, locked=True), "locked"),
        (lambda told: told.do(running.finish), "finished"),
    ],
)
def test_a_moment_becomes_a_problem_only_while_problems_are_made(
    store: Store, change: object, code: str
) -> None:
    told = lived(store)
    moment = places(told, told.people[0], 2, 1)
    assert callable(change)
    change(told)
    with pytest.raises(Refused, match=code):
        told.do(journey.pick_problem, post_id=moment)


def test_parts_are_named_anew_and_moments_stay(store: Store) -> None:
    told = lived(store)
    moment = places(told, told.people[0], 0, 2)
    before = card(told, moment).leg_id
    told.do(journey.set_line, lines="At home\nGoing in\nAfter\nGoing home")
    with store.read() as db:
        now = [(leg.id, leg.title) for leg in legs(db, told.workshop)]
    assert [title for _, title in now] == ["At home", "Going in", "After", "Going home"]
    assert now[0][0] == before == card(told, moment).leg_id


def test_parts_may_swap_names(store: Store) -> None:
    told = lived(store)
    told.do(journey.set_line, lines="A\nB")
    with store.read() as db:
        before = {leg.title: leg.id for leg in legs(db, told.workshop)}
    told.do(journey.set_line, lines="B\nA")
    with store.read() as db:
        assert {leg.title: leg.id for leg in legs(db, told.workshop)} == before


def test_a_part_that_holds_moments_is_not_dropped(store: Store) -> None:
    told = lived(store)
    places(told, told.people[0], 4, 2)
    with pytest.raises(Refused) as no:
        told.do(journey.set_line, lines="Before\nGoing in")
    assert no.value.words() == "“After” holds moments. Please keep it, or give it another name."
    with store.read() as db:
        assert [leg.title for leg in legs(db, told.workshop)] == list(LEGS)


def test_a_line_can_be_named_before_the_day(store: Store) -> None:
    told = lived(store)
    made = told.stage.perform(
        workshops.create_workshop,
        account_id=told.facilitator,
        template="lived",
        title="Another",
        service="Foot care",
        goal="Feet that carry people.",
        better_for="Everybody",
    )
    told.stage.perform(journey.set_line, workshop_id=made.workshop_id, lines="Door\nDesk")
    told.stage.perform(running.start, workshop_id=made.workshop_id)
    told.stage.perform(running.move_step, workshop_id=made.workshop_id, position=1)
    assert made.workshop_id is not None
    with store.read() as db:
        assert [leg.title for leg in legs(db, made.workshop_id)] == ["Door", "Desk"]
        assert board(db, made.workshop_id, {"experience"}) == ()
