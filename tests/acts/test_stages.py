"""An item goes from stage to stage, with reasons; its tests and pilots; what is known of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.revealed import Revealed, revealed, risks, scores
from workshop.acts import assessments, assessors, decisions, evidence, stages, trials
from workshop.reads.backlog import backlog
from workshop.reads.item_card import ItemCard
from workshop.reads.items import item_page
from workshop.reads.told import Told
from workshop.rules.refusals import Refused
from workshop.storage.models import StageMove
from workshop.storage.store import Store

PILOT = {
    "kind": "pilot",
    "place": "Elm Road",
    "who": "40 people",
    "works_if": "7 in 10 come",
    "stop_if": "Eyes wait 6 weeks",
    "begins_on": "2026-10-01",
    "ends_on": "2026-12-01",
}
TEST = {"kind": "test", "what": "Ring ten people", "who": "Tomasz", "ends_on": "2026-10-01"}
DAY_MINUTES = 24 * 60


@pytest.fixture
def room(store: Store) -> Revealed:
    return revealed(store)


@pytest.fixture
def item(room: Revealed) -> int:
    return room.promotes()


def card(room: Revealed, item: int) -> ItemCard:
    with room.told.stage.store.read() as db:
        cards = backlog(db, now=room.told.clock())
    return next(one for one in cards if one.id == item)


def moves(room: Revealed, item: int, to: str, **given: Any) -> None:
    words = {"reason": f"Now {to}.", "account_id": room.leader, **given}
    room.do(stages.move_stage, item_id=item, to=to, **words)


def test_every_move_is_kept_with_its_reason(room: Revealed, item: int) -> None:
    moves(room, item, "parked", review_on="2027-01-01", reason="No room before spring.")
    moves(room, item, "stopped")
    with room.told.stage.store.read() as db:
        rows = db.scalars(select(StageMove).order_by(StageMove.id)).all()
        kept = [(row.was, row.now, row.cause, row.reason, row.review_on) for row in rows]
        page = item_page(db, backlog(db, now=room.told.clock()), item, now=room.told.clock())
    assert kept == [
        ("candidate", "parked", "desk", "No room before spring.", "2027-01-01"),
        ("parked", "stopped", "desk", "Now stopped.", None),
    ]
    assert page is not None
    told = [(line.moved.to, line.moved.reason) for line in page.history if line.moved]
    assert told == [("stopped", "Now stopped."), ("parked", "No room before spring.")]


def test_answers_scores_and_outcomes_move_an_item_by_the_same_table(
    room: Revealed, item: int
) -> None:
    joined = room.do(assessors.join_assessors, account_id=room.leader, standing="leader")
    said = {"scores": scores(), "risks": risks(), "still": risks()}
    room.do(assessments.assess, item_id=item, assessor_id=joined.answer["assessor"], **said)
    answer = {"item_id": item, "account_id": room.leader, "reason": "We want it."}
    room.do(decisions.decide, answer="yes", **answer)
    room.do(decisions.report_outcome, item_id=item, text="All do it.", done=True)
    with room.told.stage.store.read() as db:
        kept = db.execute(select(StageMove.now, StageMove.cause).order_by(StageMove.id)).all()
    assert [tuple(row) for row in kept] == [
        ("assessed", "scored"),
        ("pilot", "answer"),
        ("adopted", "done"),
    ]
    room.do(decisions.decide, answer="yes", **answer)
    assert card(room, item).stage == "adopted"
    with pytest.raises(Refused, match="stage_move"):
        room.do(decisions.decide, answer="test", **answer)
    assert card(room, item).answer is not None


@pytest.mark.parametrize(
    ("to", "given", "code"),
    [
        ("adopted", {}, "stage_move"),
        ("nowhere", {}, "stage_move"),
        ("candidate", {}, "stage_move"),
        ("assessed", {}, "no_scores"),
        ("testing", {}, "test_first"),
        ("pilot", {}, "pilot_first"),
        ("parked", {}, "review_needed"),
        ("parked", {"review_on": "2026-01-01"}, "review_ahead"),
        ("parked", {"review_on": "soon"}, "bad_date"),
        ("stopped", {"reason": " "}, "empty"),
    ],
)
def test_a_move_that_may_not_be_changes_nothing(
    room: Revealed, item: int, to: str, given: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        moves(room, item, to, **given)
    assert card(room, item).stage == "candidate"
    assert card(room, item).moved is None


def test_only_who_answers_for_the_organisation_moves_an_item(room: Revealed, item: int) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        moves(room, item, "stopped", account_id=room.told.facilitator)


def test_of_two_leaders_at_once_the_second_looks_again(room: Revealed, item: int) -> None:
    moves(room, item, "stopped", seen=0)
    with pytest.raises(Refused, match="overtaken"):
        moves(room, item, "parked", review_on="2027-01-01", seen=0)


def test_a_parked_item_that_is_not_looked_at_on_its_day_is_late(room: Revealed, item: int) -> None:
    moves(room, item, "parked", review_on="2026-10-01")
    assert card(room, item).promise.state in {"answered", "open", "soon"}
    room.told.clock.pass_minutes(30 * DAY_MINUTES)
    assert card(room, item).promise.is_late


def test_a_planned_test_lets_an_item_go_into_testing(room: Revealed, item: int) -> None:
    room.do(trials.plan_trial, item_id=item, **TEST)
    moves(room, item, "testing")
    found = card(room, item)
    assert (found.stage, found.next_test) == ("testing", "Ring ten people")


def test_a_pilot_is_planned_once_and_changed_until_it_begins(room: Revealed, item: int) -> None:
    room.do(trials.plan_trial, item_id=item, **PILOT)
    room.do(trials.plan_trial, item_id=item, **{**PILOT, "works_if": "8 in 10 come"})
    (one,) = card(room, item).trials
    assert one.works_if == "8 in 10 come"
    room.told.clock.pass_minutes(20 * DAY_MINUTES)
    with pytest.raises(Refused, match="pilot_begun"):
        room.do(trials.plan_trial, item_id=item, **PILOT)
    room.do(trials.plan_trial, item_id=item, **{**PILOT, "works_if": "8 in 10 come", "who": "50"})
    assert card(room, item).trials[0].who == "50"


def ends(room: Revealed, item: int, outcome: str, **given: Any) -> None:
    (one, *_) = card(room, item).trials
    said = {"happened": "Few came.", "learned": "Mornings don’t suit.", **given}
    room.do(trials.end_trial, item_id=item, trial_id=one.id, outcome=outcome, **said)


def test_what_came_of_a_pilot_is_told_once(room: Revealed, item: int) -> None:
    room.do(trials.plan_trial, item_id=item, **PILOT)
    for given, code in (({"learned": ""}, "empty"), ({"happened": " "}, "empty")):
        with pytest.raises(Refused, match=code):
            ends(room, item, "failed", **given)
    with pytest.raises(Refused, match="unknown_choice"):
        ends(room, item, "maybe")
    ends(room, item, "failed")
    with pytest.raises(Refused, match="not_found"):
        ends(room, item, "worked")
    room.do(trials.plan_trial, item_id=item, **PILOT)
    assert [one.outcome for one in card(room, item).trials] == ["", "failed"]


def test_a_trial_of_another_item_is_not_found(room: Revealed, item: int) -> None:
    room.do(trials.plan_trial, item_id=item, **PILOT)
    (one,) = card(room, item).trials
    said = {"outcome": "worked", "happened": "All.", "learned": "Much."}
    with pytest.raises(Refused, match="not_found"):
        room.do(trials.end_trial, item_id=room.promotes(1), trial_id=one.id, **said)


def test_a_pilot_that_failed_is_told_until_something_follows(room: Revealed, item: int) -> None:
    room.do(trials.plan_trial, item_id=item, **PILOT)
    assert Told(card(room, item), "").kind == "waiting"
    moves(room, item, "pilot")
    assert Told(card(room, item), "").kind == "doing"
    room.told.clock.pass_minutes(1)
    ends(room, item, "failed")
    assert Told(card(room, item), "").kind == "tried"
    room.told.clock.pass_minutes(1)
    moves(room, item, "stopped")
    told = Told(card(room, item), "")
    assert (told.kind, told.reason) == ("no", "Now stopped.")


def test_evidence_has_a_strength_and_counts_where_somebody_says_so(
    room: Revealed, item: int
) -> None:
    said = {"item_id": item, "text": "Next door it helped."}
    room.do(evidence.add_evidence, strength=3, source="A report", **said)
    assert card(room, item).evidence == 0
    room.do(evidence.add_evidence, strength=4, counts=True, **said)
    assert card(room, item).evidence == 4
    for wrong in (-1, 6):
        with pytest.raises(Refused, match="unknown_choice"):
            room.do(evidence.add_evidence, strength=wrong, **said)
    with room.told.stage.store.read() as db:
        page = item_page(db, backlog(db, now=room.told.clock()), item, now=room.told.clock())
    assert page is not None
    assert [one.strength for one in page.evidence] == [4, 3]


def test_the_desk_talks_under_names(room: Revealed, item: int) -> None:
    said = {"item_id": item, "account_id": room.leader, "text": "Ask podiatry first."}
    room.do(evidence.say_at_desk, **said)
    with pytest.raises(Refused, match="empty"):
        room.do(evidence.say_at_desk, **{**said, "text": ""})
    with room.told.stage.store.read() as db:
        page = item_page(db, backlog(db, now=room.told.clock()), item, now=room.told.clock())
    assert page is not None
    assert [(one.by, one.text) for one in page.desk] == [("Nadia", "Ask podiatry first.")]
