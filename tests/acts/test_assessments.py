"""Scoring an item: who may, what is refused, and the numbers that follow."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.revealed import Revealed, revealed, risks, scores
from workshop.acts import appraisals, assessments, assessors, backlog, scoring
from workshop.acts.stage import Change
from workshop.reads import identity
from workshop.rules.promises import today
from workshop.rules.refusals import Refused
from workshop.rules.scoring.appraisal import SEED, Appraisal, as_stored, from_stored
from workshop.rules.scoring.assessment import ItemFacts
from workshop.rules.scoring.joint import Measured, Portfolio, draw_portfolio
from workshop.rules.scoring.simulation import Case
from workshop.storage import panel
from workshop.storage.basis import basis
from workshop.storage.measured import key_of
from workshop.storage.models import Appraisal as Stored
from workshop.storage.models import Assessment, Base, Item, Score
from workshop.storage.store import Store


@pytest.fixture
def room(store: Store) -> Revealed:
    return revealed(store, people=3, ideas=2)


def invites(room: Revealed, token: str = "a-long-token", **given: Any) -> int:
    words = {"name": "Grace", "standing": "citizen", "lived": True, **given}
    change = room.do(assessors.invite_assessor, token=token, **words)
    number: int = change.answer["assessor"]
    return number


def assesses(room: Revealed, item: int, assessor: int, **given: Any) -> Change:
    answer = {"scores": scores(), "risks": risks(), "still": risks(band=4, impact=4), **given}
    return room.do(assessments.assess, item_id=item, assessor_id=assessor, **answer)


def numbers(room: Revealed, item: int) -> Appraisal:
    with room.told.stage.store.read() as db:
        stored = db.get_one(Stored, item)
        return from_stored(stored.numbers)


def portfolio(room: Revealed, item: int) -> Portfolio:
    """The numbers of one item as a run by itself would have them."""
    with room.told.stage.store.read() as db:
        answers = panel.assessments(db, item, 1)
    case = Case(key_of(item), ItemFacts(0, "months"), answers)
    return draw_portfolio([Measured(case)])


def closes(room: Revealed, item: int, *ways: str) -> None:
    """Close the first round of an item, and go on as far as `ways` says."""
    for was, to in pairwise(("alone", "talk", *ways)):
        room.do(scoring.move_scoring, item_id=item, was=was, to=to)


def count(room: Revealed, table: type[Base]) -> int:
    with room.told.stage.store.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_an_invited_assessor_is_known_by_their_link_alone(room: Revealed) -> None:
    number = invites(room, token="the-link")
    with room.told.stage.store.read() as db:
        found = identity.assessor(db, "the-link")
        assert identity.assessor(db, "another") is None
    assert found is not None
    assert (found.id, found.name, found.standing) == (number, "Grace", "citizen")


def test_an_account_becomes_an_assessor_once(room: Revealed) -> None:
    given = {"account_id": room.leader, "standing": "leader"}
    first = room.do(assessors.join_assessors, **given)
    assert room.do(assessors.join_assessors, **given).answer == first.answer


def test_a_standing_that_is_none_is_refused(room: Revealed) -> None:
    with pytest.raises(Refused, match="unknown_choice"):
        invites(room, standing="visitor")


def test_scoring_again_replaces_the_whole_answer(room: Revealed) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace)
    assesses(room, item, grace, scores=scores(10, 20, 30))
    assert count(room, Assessment) == 1
    with room.told.stage.store.read() as db:
        (found,) = panel.assessments(db, item, 2)
    assert {score.likely for score in found.scores.values()} == {20}
    assert found.risks["delivery"].bearers == ("staff",)
    assert found.still["legal"].band == 4


def test_the_first_score_moves_the_item_on(room: Revealed) -> None:
    item = room.promotes()
    assesses(room, item, invites(room))
    with room.told.stage.store.read() as db:
        assert db.get_one(Item, item).stage == "assessed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"scores": scores(80, 70, 90)}, "low_over_likely"),
        ({"scores": scores(60, 95, 90)}, "likely_over_high"),
        ({"scores": scores(60, 70, 101)}, "score_range"),
        ({"scores": {"outcome": scores()["outcome"]}}, "missing_scores"),
        ({"scores": {**scores(), "charm": scores()["outcome"]}}, "unknown_criterion"),
        ({"scores": {**scores(), "savings": {"low": 0, "likely": 1, "high": 2}}}, "savings_how"),
        ({"risks": {"delivery": risks()["delivery"]}}, "missing_scores"),
        ({"still": {}}, "missing_scores"),
        ({"risks": risks(band=6)}, "unknown_choice"),
    ],
)
def test_a_wrong_answer_is_refused_whole(room: Revealed, wrong: dict[str, Any], code: str) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace)
    with pytest.raises(Refused, match=code):
        assesses(room, item, grace, **wrong)
    with room.told.stage.store.read() as db:
        assert set(db.scalars(select(Score.likely))) == {70}


def test_an_assessor_of_another_workshop_is_not_found(room: Revealed) -> None:
    with pytest.raises(Refused, match="not_found"):
        assesses(room, room.promotes(), 999)


def test_the_numbers_follow_the_answers(room: Revealed) -> None:
    item = room.promotes()
    for token, standing in (("a", "citizen"), ("b", "staff"), ("c", "leader")):
        assesses(room, item, invites(room, token=token, standing=standing))
    closes(room, item)
    appraisals.work_out(room.told.stage)
    found = numbers(room, item)
    assert 60 < found.outlook.reward.p10 < found.outlook.reward.p50 < found.outlook.reward.p90
    assert found.outlook.still is not None
    assert found.outlook.still.p50 > found.outlook.risk.p50
    assert found.standing == {"citizen": 70, "staff": 70, "leader": 70}
    assert (found.assessors, found.seed, found.bearers) == (3, SEED, ("staff",))
    assert from_stored(as_stored(found)) == found


def test_an_item_that_nobody_scored_has_no_numbers(room: Revealed) -> None:
    room.promotes()
    appraisals.work_out(room.told.stage)
    assert count(room, Stored) == 0


def test_numbers_that_come_late_do_not_replace_newer_ones(room: Revealed) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace)
    closes(room, item, "again")
    store, day = room.told.stage.store, today(room.told.clock())
    with store.read() as db:
        before, old = basis(db, day), portfolio(room, item)
    assesses(room, item, grace, scores=scores(10, 20, 30))
    room.do(scoring.move_scoring, item_id=item, was="again", to="closed")
    appraisals.work_out(room.told.stage)
    room.told.stage.perform(appraisals.save_run, made=old, rests_on=before)
    assert numbers(room, item).outlook.reward.p50 < 40


def test_lasting_harm_that_one_assessor_sees_closes_a_gate(room: Revealed) -> None:
    item = room.promotes()
    room.do(backlog.edit_item, item_id=item, title="Check-up", owner="Tomasz")
    assesses(room, item, invites(room, token="a"))
    assesses(room, item, invites(room, token="b"), risks=risks(band=2, impact=5))
    closes(room, item)
    appraisals.work_out(room.told.stage)
    assert numbers(room, item).gates == ("safeguarding", "legal")
