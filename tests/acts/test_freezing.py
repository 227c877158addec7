"""The rule of a round freezes at the first ballot; after that only a budget may go up, for all."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.story import Story, story
from tests.tables import laid
from workshop.acts import casting, freezing, paper, steps, voting
from workshop.reads import record
from workshop.recount import program
from workshop.rules.refusals import Refused
from workshop.storage.models import Line, Mark, Purse, Round
from workshop.storage.store import Store


def _round(told: Story) -> Round:
    with told.stage.store.read() as db:
        found = db.scalars(select(Round)).one()
        db.expunge(found)
        return found


def _edit(told: Story, **rule: Any) -> None:
    step = told.room().step
    told.do(steps.edit_step, step_id=step.id, question="Which?", minutes=5, **rule)


def _raise(told: Story, budget: int) -> None:
    told.do(freezing.raise_budget, round_id=_round(told).id, budget=budget)


def _recounted(told: Story, folder: Path) -> tuple[list[str], list[str]]:
    with told.stage.store.read() as db:
        for name, content in record.files(db, told.workshop, _round(told).id).items():
            (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return program.look(folder)


def test_an_open_round_takes_another_rule_until_somebody_votes(
    store: Store, tmp_path: Path
) -> None:
    told = story(store, people=3, step="vote")
    _edit(told, method="score", budget=0)
    assert (_round(told).method, told.room().step.method) == ("score", "score")
    with pytest.raises(Refused, match="rule_changed"):
        told.votes(told.people[0], told.ideas[0], 2, method="dots")
    told.votes(told.people[0], told.ideas[0], 4, method="score")
    with pytest.raises(Refused, match="rule_frozen"):
        _edit(told, method="dots")
    with pytest.raises(Refused, match="rule_frozen"):
        _edit(told, voters=["citizen"])
    told.reveals()
    right, wrong = _recounted(told, tmp_path)
    assert not wrong
    assert right


def test_an_empty_ballot_freezes_the_rule_too(store: Store) -> None:
    told = story(store, step="vote")
    told.do(voting.set_done, seat_id=told.people[0].seat, done=True)
    with pytest.raises(Refused, match="rule_frozen"):
        _edit(told, cap=1)


def test_printed_sheets_freeze_the_rule_they_tell(store: Store) -> None:
    told = story(store, step="vote")
    told.do(paper.print_sheets, kind="vote", many=1)
    with pytest.raises(Refused, match="sheets_printed"):
        _edit(told, cap=1)


def test_a_round_may_become_secret_before_the_first_vote_and_open_again(store: Store) -> None:
    told = story(store, step="vote")
    _edit(told, secret=True)
    assert _round(told).secret_key
    with pytest.raises(Refused, match="round_closed"):
        told.votes(told.people[0], told.ideas[0], 1)
    _edit(told, secret=False)
    assert _round(told).secret_key is None
    told.votes(told.people[0], told.ideas[0], 1)


def test_more_votes_for_everybody_keep_what_was_given(store: Store, tmp_path: Path) -> None:
    told = story(store, people=3, ideas=3, step="vote", rule={"budget": 2, "cap": 3})
    sam, ali, _ = told.people
    told.votes(sam, told.ideas[0], 2)
    with pytest.raises(Refused, match="no_votes_left"):
        told.votes(sam, told.ideas[1], 1)
    _raise(told, 4)
    assert told.votes(sam, told.ideas[1], 2).answer["left"] == 0
    assert told.votes(ali, told.ideas[2], 3).answer["left"] == 1
    assert (_round(told).raised, told.room().step.budget) == (2, 4)
    for budget in (4, 3):
        with pytest.raises(Refused, match="only_raise"):
            _raise(told, budget)
    told.do(voting.move_round, round_id=_round(told).id, to="closed")
    with pytest.raises(Refused, match="raise_late"):
        _raise(told, 6)
    told.reveals()
    with store.read() as db:
        said = [json.loads(line.content or "") for line in db.scalars(select(Line))]
    assert [line["budget"] for line in said if "budget" in line] == [2, 4]
    right, wrong = _recounted(told, tmp_path)
    assert not wrong
    assert right


def test_a_budget_stays_once_a_secret_ballot_is_cast(store: Store) -> None:
    told = story(store, step="vote", rule={"budget": 2, "secret": True})
    _raise(told, 3)
    told.do(
        casting.cast_ballot,
        seat_id=told.people[0].seat,
        command_id="c" * 32,
        idea_ids=[told.ideas[0]],
        values=[3],
    )
    with pytest.raises(Refused, match="raise_cast"):
        _raise(told, 4)


def test_another_room_cannot_raise_this_budget(store: Store) -> None:
    told = story(store, step="vote")
    with pytest.raises(Refused, match="not_found"):
        told.do(freezing.raise_budget, round_id=999, budget=9)


TAPS = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), st.integers(0, 2), st.integers(0, 2), st.integers(0, 6)),
        st.tuples(st.just("raise"), st.integers(1, 14), st.just(0), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=25)
@given(taps=TAPS, quadratic=st.booleans())
def test_nobody_ever_holds_more_than_the_budget_of_the_moment(
    taps: list[tuple[str, int, int, int]], *, quadratic: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(laid(Path(folder) / "room.sqlite3"), gather=0)
        _tapped(store, taps, quadratic=quadratic)
        store.close()


def _tapped(store: Store, taps: list[tuple[str, int, int, int]], *, quadratic: bool) -> None:
    rule = {"budget": 4, "cap": 6, "quadratic": quadratic}
    told, budget = story(store, people=3, ideas=3, step="vote", rule=rule), 4
    for kind, number, idea, value in taps:
        try:
            if kind == "raise":
                _raise(told, number)
                budget = number
            else:
                told.votes(told.people[number], told.ideas[idea], value)
        except Refused:
            continue
    with store.read() as db:
        for purse in db.scalars(select(Purse)).all():
            marks = db.scalars(select(Mark.value).where(Mark.seat_id == purse.seat_id))
            spent = sum((value or 0) ** (2 if quadratic else 1) for value in marks)
            assert (spent, purse.cap) == (purse.used, budget)
            assert spent <= budget
