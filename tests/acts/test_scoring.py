"""Two private rounds with talk between: who may move them on, and what is kept of each."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.revealed import Revealed, revealed, risks, scores
from workshop.acts import appraisals, assessments, assessors, scoring
from workshop.acts.stage import Change
from workshop.reads import backlog
from workshop.rules.promises import today
from workshop.rules.refusals import Refused
from workshop.rules.scoring.rounds import STATES, state_on
from workshop.storage import panel
from workshop.storage.models import Assessment, ItemMoment, Reason
from workshop.storage.store import Store

DAY = 24 * 60


@pytest.fixture
def room(store: Store) -> Revealed:
    return revealed(store, people=3, ideas=2)


def invites(room: Revealed, token: str = "a", standing: str = "citizen") -> int:
    words = {"name": "Grace", "standing": standing, "lived": True}
    number: int = room.do(assessors.invite_assessor, token=token, **words).answer["assessor"]
    return number


def assesses(room: Revealed, item: int, assessor: int, likely: int = 70, **more: Any) -> Change:
    answer = {"scores": scores(likely - 10, likely, likely + 10), "risks": risks()}
    answer |= {"still": risks(band=4, impact=4), **more}
    return room.do(assessments.assess, item_id=item, assessor_id=assessor, **answer)


def moves(room: Revealed, was: str, to: str, **more: Any) -> Change:
    return room.do(scoring.move_scoring, was=was, to=to, **more)


def likely(room: Revealed, item: int, counts: int) -> list[float]:
    with room.told.stage.store.read() as db:
        return [one.scores["equity"].likely for one in panel.assessments(db, item, counts)]


def test_both_rounds_are_kept_and_the_second_counts_where_it_is_given(room: Revealed) -> None:
    item, grace, ruth = room.promotes(), invites(room), invites(room, "b", "staff")
    assesses(room, item, grace, 60)
    assesses(room, item, ruth, 80)
    moves(room, "alone", "talk")
    moves(room, "talk", "again")
    assesses(room, item, grace, 40)
    assesses(room, item, grace, 50)
    assert likely(room, item, 0) == []
    assert likely(room, item, 1) == [60, 80]
    assert likely(room, item, 2) == [50, 80]
    with room.told.stage.store.read() as db:
        rows = db.scalars(select(Assessment.round).order_by(Assessment.id)).all()
    assert rows == [1, 1, 2]


def test_no_number_is_worked_out_or_seen_before_the_first_round_is_closed(room: Revealed) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace)
    appraisals.work_out(room.told.stage)
    with room.told.stage.store.read() as db:
        (card,) = backlog.backlog(db, now=room.told.clock())
    assert (card.appraisal, card.advice, card.scoring) == (None, "", "alone")


def test_the_second_round_stays_private_until_it_is_closed(room: Revealed) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace, 60)
    moves(room, "alone", "talk")
    moves(room, "talk", "again")
    assesses(room, item, grace, 20)
    for was, reward in (("again", 60), ("closed", 20)):
        if was == "closed":
            moves(room, "again", "closed")
        appraisals.work_out(room.told.stage)
        with room.told.stage.store.read() as db:
            (card,) = backlog.backlog(db, now=room.told.clock())
        assert card.appraisal is not None
        assert card.appraisal.standing == {"citizen": pytest.approx(reward)}


@pytest.mark.parametrize(
    ("ways", "code"),
    [((), "scoring_talks"), (("again", "closed"), "scoring_closed")],
)
def test_nobody_scores_while_people_talk_or_once_it_is_closed(
    room: Revealed, ways: tuple[str, ...], code: str
) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace)
    was = "alone"
    for to in ("talk", *ways):
        moves(room, was, to)
        was = to
    with pytest.raises(Refused, match=code):
        assesses(room, item, grace, 30)
    assert likely(room, item, 2) == [70]


def test_a_form_of_the_first_round_is_not_taken_for_the_second(room: Revealed) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace, round_now=1)
    moves(room, "alone", "talk")
    moves(room, "talk", "again")
    with pytest.raises(Refused, match="overtaken"):
        assesses(room, item, grace, 30, round_now=1)


def test_two_people_who_close_a_round_at_once_close_it_once(room: Revealed) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace)
    moves(room, "alone", "talk")
    with pytest.raises(Refused, match="overtaken"):
        moves(room, "alone", "talk")
    with room.told.stage.store.read() as db:
        lines = select(ItemMoment.note).where(ItemMoment.kind == "scoring")
        assert db.scalars(lines).all() == ["talk"]
    assert item


def test_an_idea_nobody_has_scored_stays_where_it_is(room: Revealed) -> None:
    first, second = room.promotes(), room.promotes(1)
    with pytest.raises(Refused, match="no_scores_yet"):
        moves(room, "alone", "talk")
    assesses(room, first, invites(room))
    assert moves(room, "alone", "talk").answer["items"] == [first]
    with pytest.raises(Refused, match="no_scores_yet"):
        moves(room, "alone", "talk", item_id=second)


@pytest.mark.parametrize(("was", "to"), [("talk", "alone"), ("alone", "again"), ("x", "talk")])
def test_a_round_never_goes_back_to_private(room: Revealed, was: str, to: str) -> None:
    with pytest.raises(Refused, match="unknown_choice"):
        moves(room, was, to)


def test_a_round_ends_by_itself_after_its_day(room: Revealed) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace)
    day = today(room.told.clock()).isoformat()
    room.do(scoring.set_scoring_day, was="alone", until=day)
    assesses(room, item, grace, 65)
    room.told.clock.pass_minutes(DAY)
    with pytest.raises(Refused, match="scoring_talks"):
        assesses(room, item, grace, 30)
    appraisals.work_out(room.told.stage)
    with room.told.stage.store.read() as db:
        (card,) = backlog.backlog(db, now=room.told.clock())
    assert (card.scoring, card.appraisal is not None) == ("talk", True)
    with pytest.raises(Refused, match="overtaken"):
        room.do(scoring.set_scoring_day, was="alone", until=None)
    assert moves(room, "talk", "again").answer["items"] == [item]


@pytest.mark.parametrize(("until", "code"), [("2001-01-01", "review_ahead"), ("soon", "bad_date")])
def test_a_day_that_is_over_or_none_is_refused(room: Revealed, until: str, code: str) -> None:
    room.promotes()
    with pytest.raises(Refused, match=code):
        room.do(scoring.set_scoring_day, was="alone", until=until)


def test_a_day_means_nothing_where_nobody_scores() -> None:
    day = today(0)
    assert state_on("talk", "1960-01-01", day) == STATES["talk"]
    assert state_on("alone", None, day) == STATES["alone"]
    assert state_on("again", "1969-12-31", day) == STATES["closed"]


def says(room: Revealed, item: int, assessor: int, **more: Any) -> Change:
    words = {"question": "equity", "text": "Two buses an hour.", **more}
    return room.do(scoring.give_reason, item_id=item, assessor_id=assessor, **words)


def test_a_reason_without_a_name_leaves_no_trace_of_who_gave_it(room: Revealed) -> None:
    item, grace = room.promotes(), invites(room)
    assesses(room, item, grace)
    with pytest.raises(Refused, match="no_talk_now"):
        says(room, item, grace)
    moves(room, "alone", "talk")
    says(room, item, grace)
    says(room, item, grace, unnamed=True, question="safeguarding")
    with pytest.raises(Refused, match="unknown_criterion"):
        says(room, item, grace, question="charm")
    with room.told.stage.store.read() as db:
        rows = db.execute(select(Reason.assessor_id, Reason.question).order_by(Reason.id)).all()
    assert rows == [
        (grace, "equity"),
        (None, "safeguarding"),
    ]
