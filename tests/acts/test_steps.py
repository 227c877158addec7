"""Changing a plan: before the day, and while people are in the room."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.story import Story, story
from workshop.acts import running, steps, workshops
from workshop.acts.stage import Change
from workshop.reads import plans, rooms
from workshop.rules.plans import MOST_STEPS
from workshop.rules.refusals import Refused
from workshop.storage.models import Contribution, Mark, Post, Round, Step
from workshop.storage.store import Store


def planned(store: Store) -> Story:
    """A workshop whose doors have not been open yet."""
    told = story(store, people=0, problems=0, ideas=0)
    made = told.stage.perform(
        workshops.create_workshop,
        account_id=told.facilitator,
        template="hour",
        title="Foot care",
        service="Podiatry",
        goal="Feet that carry people.",
        better_for="Everybody who walks",
    )
    told.workshop = made.answer["workshop"]
    return told


def phases(told: Story) -> list[str]:
    return [step.phase for step in told.room().steps]


def at(told: Story, position: int) -> int:
    return told.room().steps[position].id


def test_a_step_is_added_behind_the_one_that_is_named(store: Store) -> None:
    told = planned(store)
    told.do(steps.add_step, phase="ideas", after=at(told, 1))
    assert phases(told)[:4] == ["welcome", "problems", "ideas", "themes"]
    told.do(steps.add_step, phase="vote")
    last = told.room().steps[-1]
    assert (last.phase, last.method) == ("vote", "dots")
    assert [step.position for step in told.room().steps] == list(range(9))


def test_a_copy_stands_right_behind_and_is_a_step_of_its_own(store: Store) -> None:
    told = planned(store)
    told.do(
        steps.edit_step,
        step_id=at(told, 3),
        question="What now?",
        minutes=3,
        posters=["staff"],
        view="own",
    )
    told.do(steps.copy_step, step_id=at(told, 3))
    there, copy = told.room().steps[3:5]
    assert there.id != copy.id
    for name in ("phase", "question", "minutes", "posters", "view"):
        assert getattr(copy, name) == getattr(there, name)


def test_a_step_that_was_taken_out_is_put_back_as_it_was(store: Store) -> None:
    told = planned(store)
    step = told.room().steps[2]
    told.do(steps.take_out, step_id=step.id)
    assert "themes" not in phases(told)
    with store.read() as db:
        assert [one.id for one in plans.aside(db, told.workshop)] == [step.id]
    with pytest.raises(Refused, match="not_found"):
        told.do(steps.edit_step, step_id=step.id, question="?", minutes=1)
    told.do(steps.put_back, step_id=step.id)
    assert told.room().steps[-1].question == step.question
    before = told.room()
    told.do(steps.put_back, step_id=step.id)
    assert told.room() == before, "it is there already"


def test_the_last_step_stays_and_there_are_never_too_many(store: Store) -> None:
    told = planned(store)
    for _ in range(6):
        told.do(steps.take_out, step_id=at(told, 0))
    with pytest.raises(Refused, match="last_step"):
        told.do(steps.take_out, step_id=at(told, 0))
    for _ in range(MOST_STEPS - 7):
        told.do(steps.add_step, phase="ideas")
    with pytest.raises(Refused, match="too_many_steps"):
        told.do(steps.copy_step, step_id=at(told, 0))


def test_where_the_room_has_been_keeps_its_place(store: Store) -> None:
    told = story(store, step="themes")
    for step_id, to in ((at(told, 1), 5), (at(told, 2), 3), (at(told, 5), 2), (at(told, 5), 0)):
        with pytest.raises(Refused, match="step_passed"):
            told.do(steps.move_in_plan, step_id=step_id, position=to)
    with pytest.raises(Refused, match="step_passed"):
        told.do(steps.take_out, step_id=at(told, 2))
    told.do(steps.add_step, phase="ideas", after=at(told, 0))
    assert phases(told)[:4] == ["welcome", "problems", "themes", "ideas"]
    assert told.room().step.phase == "themes"


def test_a_step_that_people_used_is_not_taken_out_after_going_back(store: Store) -> None:
    told = story(store, ideas=1, step="vote")
    told.votes(told.people[0], told.ideas[0], 1)
    told.moves_to("problems")
    for phase in ("ideas", "vote"):
        step = next(one for one in told.room().steps if one.phase == phase)
        with pytest.raises(Refused, match="step_holds"):
            told.do(steps.take_out, step_id=step.id)
    told.do(steps.take_out, step_id=next(s.id for s in told.room().steps if s.phase == "next"))


def test_after_the_end_the_plan_is_history(store: Store) -> None:
    told = story(store, step="next")
    step = told.room().step.id
    told.do(running.finish)
    acts: list[tuple[Callable[..., Change], dict[str, Any]]] = [
        (steps.add_step, {"phase": "ideas"}),
        (steps.copy_step, {"step_id": step}),
        (steps.edit_step, {"step_id": step, "question": "?", "minutes": 1}),
        (steps.move_in_plan, {"step_id": step, "position": 0}),
        (steps.take_out, {"step_id": step}),
        (steps.put_back, {"step_id": step}),
    ]
    for act, given_ in acts:
        with pytest.raises(Refused, match="finished"):
            told.do(act, **given_)


def test_steps_of_another_workshop_are_not_found(store: Store) -> None:
    told = story(store, step="welcome")
    made = told.stage.perform(
        workshops.create_workshop,
        account_id=told.facilitator,
        template="hour",
        title="Another",
        service="S",
        goal="G",
        better_for="B",
    )
    with store.read() as db:
        there = rooms.by_id(db, made.answer["workshop"])
    assert there is not None
    strange = there.steps[3].id
    for act in (steps.copy_step, steps.take_out, steps.put_back):
        with pytest.raises(Refused, match="not_found"):
            told.do(act, step_id=strange)
    with pytest.raises(Refused, match="not_found"):
        told.do(steps.add_step, phase="ideas", after=strange)


def kept(db: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a session, whose type tests need not name
    """Everything that belongs to a step, by the step it belongs to."""
    rows = (
        select(Post.id, Post.step_id).order_by(Post.id),
        select(Round.id, Round.step_id, Round.state, Round.method).order_by(Round.id),
        select(Contribution.step_id, func.count()).group_by(Contribution.step_id),
        select(func.sum(Mark.value)),
    )
    return tuple(tuple(map(tuple, db.execute(query))) for query in rows)


@pytest.fixture
def voted(sqlite_store: Store) -> Story:
    """A room in which one person has given two of their votes."""
    told = story(sqlite_store, step="vote")
    told.votes(told.people[0], told.ideas[0], 2)
    return told


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["add", "copy", "move", "out", "back"]),
        st.integers(0, 9),
        st.integers(-2, 12),
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, back=st.integers(0, 4))
def test_no_history_of_edits_moves_what_happened_or_leaves_a_hole(
    voted: Story, edits: list[tuple[str, int, int]], back: int
) -> None:
    # One room for all histories: each begins where the one before it ended.
    told, store = voted, voted.stage.store
    told.do(running.move_step, position=back)
    passed = [step.id for step in told.room().steps[: back + 1]]
    with store.read() as db:
        before = kept(db)
    for name, which, to in edits:
        _edit(told, name, which, to)
        room = told.room()
        assert [step.position for step in room.steps] == list(range(len(room.steps)))
        assert [step.id for step in room.steps[: back + 1]] == passed
        assert (room.position, room.step.id) == (back, passed[-1])
    with store.read() as db:
        assert kept(db) == before
        held = set(db.scalars(select(Round.step_id))) | set(db.scalars(select(Post.step_id)))
        assert db.scalar(select(Step).where(Step.id.in_(held), Step.position.is_(None))) is None


def _edit(told: Story, name: str, which: int, to: int) -> None:
    """One edit, refused or not."""
    with told.stage.store.read() as db:
        gone = plans.aside(db, told.workshop)
    here = told.room().steps
    step = here[which % len(here)].id
    given_: dict[str, tuple[Callable[..., Change], dict[str, Any]]] = {
        "add": (steps.add_step, {"phase": "ideas", "after": step}),
        "copy": (steps.copy_step, {"step_id": step}),
        "move": (steps.move_in_plan, {"step_id": step, "position": to}),
        "out": (steps.take_out, {"step_id": step}),
        "back": (steps.put_back, {"step_id": gone[0].id if gone else 0}),
    }
    act, more = given_[name]
    with suppress(Refused):
        told.do(act, **more)
