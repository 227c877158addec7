"""From idea to item, its facts, its answer and its outcome."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.revealed import Revealed, revealed, risks, scores
from tests.story import story
from workshop.acts import assessments, assessors, backlog, decisions, merging, posts, voting
from workshop.rules.backlog import headline
from workshop.rules.refusals import Refused
from workshop.storage.models import Decision, Item, ItemMoment, Moment
from workshop.storage.store import Store


@pytest.fixture
def room(store: Store) -> Revealed:
    return revealed(store)


def item(room: Revealed, item_id: int) -> Item:
    with room.told.stage.store.read() as db:
        found = db.get_one(Item, item_id)
        db.expunge(found)
        return found


def moments(room: Revealed, item_id: int) -> list[tuple[int, str]]:
    with room.told.stage.store.read() as db:
        rows = db.scalars(
            select(ItemMoment).where(ItemMoment.item_id == item_id).order_by(ItemMoment.id)
        )
        return [(row.id, row.kind) for row in rows]


def answers(room: Revealed, found: int, **given: Any) -> None:
    words = {"answer": "test", "reason": "People want it.", **given}
    room.do(decisions.decide, item_id=found, account_id=room.leader, **words)


def test_an_item_carries_everything_that_led_to_it(room: Revealed) -> None:
    lineage = item(room, room.promotes()).lineage
    assert lineage["idea"]["text"] == "Idea 1"
    assert lineage["workshop"]["service"] == "Diabetes checks"
    assert lineage["round"]["rule_name"] == "dots"
    assert lineage["round"]["ballots"] == 13
    votes = lineage["votes"]
    assert (votes["place"], votes["tied"], votes["score"], votes["marks"]) == (1, False, 26.0, 26)


def test_the_problem_an_idea_answers_comes_along(store: Store) -> None:
    told = story(store, people=1, ideas=0, step="ideas")
    idea = told.posts(told.people[0], "idea", "Ring people", answers_id=told.problems[0])
    told.ideas.append(idea)
    told.moves_to("vote")
    told.votes(told.people[0], idea, 1)
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    room = Revealed(told, 0, opened.id)
    problem = item(room, room.promotes()).lineage["problem"]
    assert (problem["text"], problem["group"]) == ("Problem 1", "citizen")


def test_the_split_by_group_is_kept_only_as_it_may_be_shown(room: Revealed) -> None:
    by_group = item(room, room.promotes()).lineage["votes"]["by_group"]
    people = {group: count and count["people"] for group, count in by_group.items()}
    assert people == {"citizen": 5, "others": 8}


def test_promoting_twice_gives_the_same_item_and_one_line_of_history(room: Revealed) -> None:
    assert room.promotes() == room.promotes()
    with room.told.stage.store.read() as db:
        kinds = db.scalars(select(Moment.kind)).all()
    assert kinds.count("item.promoted") == 1


def test_what_changes_later_in_the_room_does_not_change_the_item(room: Revealed) -> None:
    found = room.promotes()
    room.do(posts.set_state, post_id=room.told.ideas[0], state="removed")
    room.do(voting.move_round, round_id=room.round, to="covered")
    assert item(room, found).lineage["idea"]["text"] == "Idea 1"
    assert room.promotes() == found


def test_no_item_is_made_before_the_room_has_seen_the_counts(room: Revealed) -> None:
    room.do(voting.move_round, round_id=room.round, to="covered")
    with pytest.raises(Refused, match="not_revealed"):
        room.promotes()


def test_a_problem_or_a_round_that_is_not_there_is_not_found(room: Revealed) -> None:
    for idea, number in ((room.told.problems[0], room.round), (room.told.ideas[0], 999)):
        with pytest.raises(Refused, match="not_found"):
            room.do(backlog.promote, idea_id=idea, round_id=number)


def test_a_long_idea_gets_a_title_that_ends_between_words() -> None:
    assert headline("word " * 60).endswith("word…")
    assert len(headline("x" * 400)) == 120
    assert headline("First line\nSecond") == "First line"


def test_facts_are_written_and_what_is_left_out_is_emptied(room: Revealed) -> None:
    found = room.promotes()
    room.do(
        backlog.edit_item, item_id=found, title="Check-up", owner="Tomasz", effort=2.5, evidence=3
    )
    room.do(backlog.edit_item, item_id=found, title="Check-up", answer_by="2026-10-01")
    row = item(room, found)
    assert (row.title, row.owner, row.effort, row.answer_by) == ("Check-up", "", None, "2026-10-01")
    assert [kind for _, kind in moments(room, found)] == ["promoted", "edited", "edited"]


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ({"effort": -1.0}, "bad_effort"),
        ({"effort": float("nan")}, "bad_effort"),
        ({"evidence": 6}, "unknown_choice"),
        ({"reversible": "never"}, "unknown_choice"),
        ({"facet": "shiny"}, "unknown_choice"),
        ({"answer_by": "next week"}, "bad_date"),
        ({"savings": "Fewer letters"}, "outcome_first"),
        ({"owner": "x" * 121}, "too_long"),
        ({"title": " "}, "empty"),
    ],
)
def test_a_wrong_fact_is_refused_and_nothing_is_half_saved(
    room: Revealed, fact: dict[str, Any], code: str
) -> None:
    found = room.promotes()
    with pytest.raises(Refused, match=code):
        room.do(backlog.edit_item, item_id=found, **{"title": "New words", "owner": "Ana", **fact})
    assert (item(room, found).title, item(room, found).owner) == ("Idea 1", "")


def test_savings_may_be_told_once_somebody_has_scored_the_outcome(room: Revealed) -> None:
    found = room.promotes()
    joined = room.do(assessors.join_assessors, account_id=room.leader, standing="leader")
    answer = {"scores": scores(), "risks": risks(), "still": risks()}
    room.do(assessments.assess, item_id=found, assessor_id=joined.answer["assessor"], **answer)
    room.do(backlog.edit_item, item_id=found, title="Check-up", savings="Fewer repeat letters")
    assert item(room, found).savings == "Fewer repeat letters"


def test_whoever_saves_second_is_asked_to_look_again(room: Revealed) -> None:
    found = room.promotes()
    room.do(backlog.edit_item, item_id=found, title="First", seen=0)
    with pytest.raises(Refused, match="overtaken"):
        room.do(backlog.edit_item, item_id=found, title="Second", seen=0)
    room.do(backlog.edit_item, item_id=found, title="Second", seen=moments(room, found)[-1][0])
    answers(room, found, seen=0)
    with pytest.raises(Refused, match="overtaken"):
        answers(room, found, answer="no", seen=0)


@pytest.mark.parametrize(
    ("answer", "stage"),
    [("yes", "pilot"), ("test", "testing"), ("later", "parked"), ("no", "stopped")],
)
def test_an_answer_moves_the_item_on(room: Revealed, answer: str, stage: str) -> None:
    found = room.promotes()
    answers(room, found, answer=answer, review_on="2027-01-01")
    assert item(room, found).stage == stage


def test_the_newest_answer_stands_and_the_older_is_kept(room: Revealed) -> None:
    found = room.promotes()
    answers(room, found, answer="no")
    answers(room, found, answer="yes")
    with room.told.stage.store.read() as db:
        assert list(db.scalars(select(Decision.answer).order_by(Decision.id))) == ["no", "yes"]
    assert item(room, found).stage == "pilot"


def test_an_answer_needs_a_reason_and_not_now_needs_a_day(room: Revealed) -> None:
    found = room.promotes()
    for given, code in (
        ({"reason": ""}, "empty"),
        ({"answer": "later"}, "review_needed"),
        ({"answer": "perhaps"}, "unknown_choice"),
        ({"review_on": "soon"}, "bad_date"),
    ):
        with pytest.raises(Refused, match=code):
            answers(room, found, **given)


def test_a_facilitator_cannot_answer_for_the_leaders(room: Revealed) -> None:
    found = room.promotes()
    with pytest.raises(Refused, match="not_allowed"):
        room.do(
            decisions.decide,
            item_id=found,
            account_id=room.told.facilitator,
            answer="yes",
            reason="We want it.",
        )


def test_an_outcome_waits_for_an_answer_and_a_finished_pilot_is_adopted(room: Revealed) -> None:
    found = room.promotes()
    news = {"item_id": found, "text": "Two surgeries began.", "done": False}
    with pytest.raises(Refused, match="answer_first"):
        room.do(decisions.report_outcome, **news)
    answers(room, found, answer="yes")
    room.do(decisions.report_outcome, **news)
    assert item(room, found).stage == "pilot"
    room.do(decisions.report_outcome, item_id=found, text="All do it now.", done=True)
    assert item(room, found).stage == "adopted"
    assert [kind for _, kind in moments(room, found)][-2:] == ["outcome", "outcome"]


def test_every_note_that_led_to_an_idea_comes_along(store: Store) -> None:
    told = story(store, people=2, ideas=0, step="ideas", template="hour")
    ann, sam = told.people
    first = told.posts(sam, "idea", "Ring people")
    idea = told.posts(ann, "idea", "Ring at six", answers_id=told.problems[0], builds_on_id=first)
    inside = told.posts(sam, "idea", "Ring after work")
    told.ideas.append(idea)
    told.moves_to("themes")
    told.do(merging.merge, post_id=inside, host_id=idea)
    told.moves_to("vote")
    told.votes(ann, idea, 1)
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    found = item(room := Revealed(told, 0, opened.id), room.promotes()).lineage["notes"]
    assert [(note["how"], note["text"]) for note in found] == [
        ("grew", "Ring people"),
        ("problem", "Problem 1"),
    ]
