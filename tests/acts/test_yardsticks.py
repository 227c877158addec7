"""Changing what ideas are measured by: versions, words that stay, numbers that follow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.revealed import Revealed, revealed, risks, scores
from tests.story import facilitator
from workshop.acts import appraisals, assessments, assessors, programmes, scoring, yardsticks
from workshop.acts.stage import Change
from workshop.reads import backlog
from workshop.reads.item_card import ItemCard
from workshop.reads.yardsticks import yardstick_page
from workshop.rules.refusals import Refused
from workshop.rules.scoring.criteria import ANCHOR_POINTS, CRITERIA
from workshop.rules.scoring.yardstick import BUILT_IN, as_stored, from_stored
from workshop.storage.store import Store
from workshop.storage.yardsticks import of_workshop


@pytest.fixture
def room(store: Store) -> Revealed:
    return revealed(store, people=3, ideas=2)


def question(key: str, weigh: float = 20, **more: Any) -> dict[str, Any]:
    row = CRITERIA.get(key)
    words = [row.label, row.question] if row else ["Warmth", "Would people feel welcome?"]
    anchors = list(row.anchors) if row else [f"Words at {at}" for at in ANCHOR_POINTS]
    name = key if row else ""
    return {"key": name, "words": words, "anchors": anchors, "weigh": weigh, **more}


def changes(room: Revealed, *criteria: dict[str, Any], **more: Any) -> Change:
    every = {key: question(key) for key in BUILT_IN.ranked}
    every |= {one["key"] or "new": one for one in criteria}
    given: dict[str, Any] = {
        "criteria": list(every.values()),
        "factors": [],
        "way": "points",
        "lines": {},
    }
    given |= {"why": "We talked.", "account_id": room.leader, "programme_id": None, **more}
    return room.told.stage.perform(yardsticks.change_yardstick, **given)


def scored(room: Revealed) -> int:
    item = room.promotes()
    for token, standing, likely in (("a", "citizen", 60), ("b", "staff", 70), ("c", "leader", 80)):
        words = {"name": "Grace", "standing": standing, "token": token}
        number = room.do(assessors.invite_assessor, **words).answer["assessor"]
        answer = {"scores": scores(likely - 10, likely, likely + 10)}
        answer |= {"risks": risks(), "still": risks()}
        room.do(assessments.assess, item_id=item, assessor_id=number, **answer)
    room.do(scoring.move_scoring, was="alone", to="talk")
    return item


def card(room: Revealed) -> ItemCard:
    appraisals.work_out(room.told.stage)
    with room.told.stage.store.read() as db:
        (found,) = backlog.backlog(db, now=room.told.clock())
    return found


def test_every_change_is_a_new_version_with_who_when_and_why(room: Revealed) -> None:
    assert changes(room, question("outcome", 60), seen=0).answer == {"version": 1}
    changes(room, question("outcome", 80), why="Outcome first.", seen=1)
    with room.told.stage.store.read() as db:
        page = yardstick_page(db, None)
    assert [(one.version, one.why) for one in page.versions] == [
        (2, "Outcome first."),
        (1, "We talked."),
    ]
    assert page.yard.weights["outcome"] == 0.5
    assert sum(page.yard.weights.values()) == pytest.approx(1)


def test_a_stored_result_names_its_version_seed_and_rule_and_follows_the_newest(
    room: Revealed,
) -> None:
    scored(room)
    before = card(room).appraisal
    changes(room, question("outcome", 80), lines={"reward": 90})
    after = card(room)
    assert before is not None
    assert after.appraisal is not None
    assert (before.yardstick, after.appraisal.yardstick) == ("server, 0", "server, 1")
    assert (after.appraisal.seed, after.appraisal.version) == (482_915, "scoring-1")
    assert after.appraisal.lines.reward == 90
    assert (after.appraisal.weights["outcome"], after.advice) == (0.5, "stop")


def test_a_renamed_question_keeps_its_answers(room: Revealed) -> None:
    scored(room)
    before = card(room).appraisal
    weights = {key: question(key, CRITERIA[key].weight) for key in BUILT_IN.ranked}
    named = {**weights["equity"], "words": ["Fairness, 100%", "Is it fair?"]}
    changes(room, *{**weights, "equity": named}.values())
    after = card(room).appraisal
    assert before is not None
    assert after is not None
    assert after.expected == before.expected
    assert after.outlook == before.outlook


def test_a_question_that_is_taken_out_is_retired_and_old_answers_stay(room: Revealed) -> None:
    item = scored(room)
    changes(room, question("learning", out=True))
    after = card(room).appraisal
    assert after is not None
    assert "learning" not in after.weights
    with room.told.stage.store.read() as db:
        yard = of_workshop(db, room.told.workshop)
    assert "learning" in yard.criteria
    assert "learning" not in yard.asked
    room.do(scoring.move_scoring, was="talk", to="again")
    answer = {"scores": scores(), "risks": risks(), "still": risks()}
    with pytest.raises(Refused, match="unknown_criterion"):
        room.do(assessments.assess, item_id=item, assessor_id=1, **answer)


def test_a_question_that_came_later_waits_for_answers_and_holds_nothing_up(room: Revealed) -> None:
    scored(room)
    changes(room, question("warmth", 100))
    after = card(room).appraisal
    assert after is not None
    assert after.uncounted == ("c7",)
    assert sum(after.weights.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"criteria": [question(key, 0) for key in BUILT_IN.ranked]}, "weights_zero"),
        ({"criteria": [question("outcome", -1)]}, "bad_weight"),
        ({"criteria": [question("outcome", float("nan"))]}, "bad_weight"),
        ({"criteria": [question("outcome", out=True), question("equity")]}, "outcome_stays"),
        ({"criteria": [question("outcome", 101)], "way": "swing"}, "score_range"),
        (
            {"criteria": [question("outcome", 1), question("equity", 1)], "way": "order"},
            "order_gaps",
        ),
        ({"way": "dice"}, "unknown_choice"),
        ({"why": " "}, "empty"),
        ({"lines": {"reward": 101}}, "bad_threshold"),
        ({"lines": {"quick": float("inf")}}, "bad_threshold"),
        ({"seen": 4}, "overtaken"),
        (
            {"factors": [{"key": "legal", "words": ["Law", "A?", "B?"], "out": True}]},
            "gate_stays",
        ),
        ({"criteria": [question("new one", 5) for _ in range(9)]}, "too_many_questions"),
    ],
)
def test_what_cannot_be_used_has_its_sentence_and_saves_nothing(
    room: Revealed, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        changes(room, **given)
    with room.told.stage.store.read() as db:
        assert yardstick_page(db, None).yard == BUILT_IN


def test_a_programme_has_its_own_and_others_go_by_the_servers(room: Revealed) -> None:
    own: dict[str, Any] = {"account_id": room.told.facilitator}
    made = room.told.stage.perform(
        programmes.make_programme, **own, title="Checks", service="Checks"
    )
    number = made.answer["programme"]
    changes(room, question("outcome", 60))
    room.do(programmes.put_in_programme, **own, programme_id=number)
    with room.told.stage.store.read() as db:
        assert of_workshop(db, room.told.workshop).name == "server, 1"
    changes(room, question("outcome", 10), programme_id=number, **own)
    with room.told.stage.store.read() as db:
        assert of_workshop(db, room.told.workshop).name == f"programme-{number}, 1"


def test_only_leaders_change_the_servers_and_only_its_owner_or_they_a_programmes(
    room: Revealed,
) -> None:
    stranger = facilitator(room.told.stage, "sam@example.org")
    made = room.told.stage.perform(
        programmes.make_programme,
        account_id=room.told.facilitator,
        title="Checks",
        service="Checks",
    )
    with pytest.raises(Refused, match="not_allowed"):
        changes(room, account_id=room.told.facilitator)
    with pytest.raises(Refused, match="not_found"):
        changes(room, account_id=stranger, programme_id=made.answer["programme"])


def test_order_and_swing_give_the_weights_of_their_methods(room: Revealed) -> None:
    places = [question(key, place) for place, key in enumerate(BUILT_IN.ranked, start=1)]
    changes(room, *places, way="order")
    with room.told.stage.store.read() as db:
        weights = yardstick_page(db, None).yard.weights
    assert weights["outcome"] == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5) / 5)


def test_a_yardstick_comes_back_from_storage_as_it_went_in() -> None:
    assert from_stored(as_stored(BUILT_IN), version=0, place="server") == BUILT_IN
