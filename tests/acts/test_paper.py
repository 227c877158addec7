"""Paper counts once and by the rule of the phones; hands stand beside every count and join none."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.faults import recount
from tests.story import Story, story
from workshop.acts import handcounts, paper, seats, voting
from workshop.reads import own, people, results
from workshop.reads.ballots import ballot_box
from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS, Ballot
from workshop.storage.models import Mark, Post, Purse, Seat
from workshop.storage.store import Store


@pytest.fixture
def told(store: Store) -> Story:
    return story(store, people=6, ideas=3, step="vote")


def prints(told: Story, kind: str = "vote", many: int = 1) -> list[str]:
    codes: list[str] = told.do(paper.print_sheets, kind=kind, many=many).answer["codes"]
    return codes


def enters(told: Story, code: str, marks: dict[int, int], group: str = "citizen") -> None:
    told.do(paper.enter_ballot, code=code, receipt=f"PAPER-{code}", group=group, marks=marks)


def result(told: Story) -> results.ShownResult:
    with told.stage.store.read() as db:
        found = results.shown_result(db, told.room().step)
    assert found is not None
    return found


def points(told: Story) -> dict[int, Any]:
    return {row.row.idea_id: row.row.score for row in result(told).rows}


def test_every_sheet_has_a_code_of_its_own(told: Story) -> None:
    codes = [*prints(told, many=60), *prints(told, "problem", 60)]
    assert len(set(codes)) == 120


@pytest.mark.parametrize("many", [0, 61, -1])
def test_so_many_sheets_are_not_printed(told: Story, many: int) -> None:
    with pytest.raises(Refused, match="sheet_count"):
        prints(told, many=many)


def test_a_sheet_counts_like_a_phone(told: Story) -> None:
    first, second, third = told.ideas
    told.votes(told.people[0], first, 2)
    [code] = prints(told)
    enters(told, code, {first: 1, second: 3})
    told.reveals()
    assert points(told) == {first: 3, second: 3, third: 0}
    assert result(told).card.ballots == 2
    assert result(told).came == (("phone", 1), ("paper", 1))


def test_a_sheet_counts_once_even_when_it_is_typed_in_twice(told: Story) -> None:
    [code] = prints(told)
    enters(told, code, {told.ideas[0]: 2})
    with pytest.raises(Refused, match="sheet_used"):
        enters(told, code, {told.ideas[1]: 2})
    told.reveals()
    assert points(told)[told.ideas[1]] == 0
    assert points(told)[told.ideas[0]] == 2


def test_a_sheet_that_was_refused_is_not_used_up(told: Story) -> None:
    [code] = prints(told)
    for marks in ({told.ideas[0]: 3, told.ideas[1]: 3}, {told.ideas[0]: 4}, {10**6: 1}):
        with pytest.raises(Refused):
            enters(told, code, marks)
    enters(told, code, {told.ideas[0]: 3})
    with told.stage.store.read() as db:
        sheets = db.scalars(select(Purse).where(Purse.used == 3)).all()
    assert len(sheets) == 1


def test_a_sheet_typed_in_wrongly_is_taken_back_and_typed_in_again(told: Story) -> None:
    [code] = prints(told)
    enters(told, code, {told.ideas[0]: 3})
    told.do(paper.take_back_ballot, code=code, receipt=f"PAPER-{code}")
    with told.stage.store.read() as db:
        assert db.scalars(select(Mark)).all() == []
    enters(told, code, {told.ideas[1]: 1}, group="staff")
    told.reveals()
    assert points(told)[told.ideas[0]] == 0
    assert points(told)[told.ideas[1]] == 1
    with told.stage.store.read() as db:
        assert len(db.scalars(select(Seat).where(Seat.channel == "paper")).all()) == 1


def test_sheets_are_typed_in_after_voting_closed_and_not_after_the_reveal(told: Story) -> None:
    first, late = prints(told, many=2)
    opened = told.room().last_round
    assert opened is not None
    told.do(voting.move_round, round_id=opened.id, to="closed")
    enters(told, first, {told.ideas[0]: 1})
    told.do(voting.move_round, round_id=opened.id, to="revealed")
    before = points(told)
    for act in (
        lambda: enters(told, late, {told.ideas[0]: 1}),
        lambda: told.do(paper.take_back_ballot, code=first, receipt=f"PAPER-{first}"),
        lambda: counts_hands(told, {(told.ideas[0], "citizen"): 3}),
    ):
        with pytest.raises(Refused, match="sheet_late"):
            act()
    assert points(told) == before


def test_voting_sheets_are_printed_only_while_there_is_a_vote(store: Store) -> None:
    told = story(store, step="problems")
    with pytest.raises(Refused, match="no_vote_now"):
        prints(told)
    assert prints(told, "problem")


def test_a_code_of_another_room_or_kind_opens_nothing(told: Story) -> None:
    [code] = prints(told, "idea")
    for wrong in (code, "AAAAAA"):
        with pytest.raises(Refused, match="sheet_unknown"):
            enters(told, wrong, {})


def test_words_on_paper_are_typed_in_later_and_follow_their_writer(told: Story) -> None:
    [code] = prints(told, "problem")
    given = {"code": code, "receipt": "PAPER-SLIP", "kind": "problem", "group": "citizen"}
    change = told.do(paper.enter_post, text="The form is in tiny letters.", **given)
    with told.stage.store.read() as db:
        said = own.said(db, told.room(), "PAPER-SLIP")
        assert [one.post.id for one in said] == [change.answer["post"]]
        assert said[0].post.group == "citizen"
    with pytest.raises(Refused, match="sheet_used"):
        told.do(paper.enter_post, text="And again.", **given)
    phase = next(step for step in told.room().steps if step.phase == "problems")
    with told.stage.store.read() as db:
        assert db.get_one(Post, change.answer["post"]).step_id == phase.id


def test_paper_is_counted_apart_from_the_people_at_the_table(told: Story) -> None:
    for code in prints(told, many=3):
        enters(told, code, {told.ideas[0]: 1})
    told.votes(told.people[0], told.ideas[0], 1)
    with told.stage.store.read() as db:
        heads = people.headcount(db, told.workshop, told.room().step)
        progress = people.progress(db, told.room())
        listed = people.seats(db, told.workshop)
    assert (heads.people, heads.taken_part) == (6, 1)
    assert progress is not None
    assert (progress.voted, progress.paper, progress.done) == (1, 3, 0)
    assert len(listed) == 6


def counts_hands(told: Story, counted: dict[tuple[int, str], int]) -> None:
    opened = told.room().last_round
    assert opened is not None
    told.do(handcounts.count_hands, round_id=opened.id, counted=counted)


def test_hands_stand_beside_the_result_and_change_no_count(told: Story) -> None:
    first, second, _ = told.ideas
    told.votes(told.people[0], first, 1)
    counts_hands(told, {(second, "citizen"): 9, (second, "staff"): 8, (first, "partner"): 2})
    counts_hands(told, {(second, "citizen"): 12, (second, "staff"): 8, (first, "staff"): 0})
    told.reveals()
    shown = result(told)
    assert points(told)[second] == 0
    assert [(one.idea_id, one.hands) for one in shown.raised] == [(second, 20)]
    split = shown.raised[0].split
    assert {group: count.people for group, count in split.items() if count} == {
        "citizen": 12,
        "staff": 8,
    }


def test_few_hands_of_a_group_are_never_shown_alone(told: Story) -> None:
    counts_hands(told, {(told.ideas[0], "citizen"): 9, (told.ideas[0], "partner"): 1})
    told.reveals()
    assert "partner" not in result(told).raised[0].split


@pytest.mark.parametrize("group", ["watching", "", "everybody"])
def test_hands_belong_to_an_idea_and_a_group_of_this_room(told: Story, group: str) -> None:
    with pytest.raises(Refused, match="not_found"):
        counts_hands(told, {(told.ideas[0], group): 1})
    with pytest.raises(Refused, match="not_found"):
        counts_hands(told, {(10**6, "citizen"): 1})


def test_the_total_is_what_all_ways_of_voting_said_together_and_apart(told: Story) -> None:
    first, second, third = told.ideas
    helped = told.do(seats.take_seat, group="citizen", receipt="H", channel="helper")
    told.votes(told.people[0], first, 2)
    told.votes(told.people[1], second, 1)
    told.do(voting.set_done, seat_id=helped.answer["seat"], done=True)
    for code, marks in zip(prints(told, many=3), ({first: 1}, {first: 3}, {third: 2}), strict=True):
        enters(told, code, marks, "partner")
    told.reveals()
    card = result(told).card
    cast = [
        Ballot(str(number), "x", marks)
        for number, marks in enumerate(
            ({first: 2}, {second: 1}, {first: 1}, {first: 3}, {third: 2})
        )
    ]
    tally = METHODS["dots"].tally(card.rule, told.ideas, cast)
    assert {row.idea: row.score for row in tally.standings} == points(told)
    assert dict(card.channels) == {"paper": 3, "phone": 2}
    for row in card.rows:
        parts = card.support[str(row.idea_id)].values()
        assert sum(part.marks for part in parts) == row.score


def test_anybody_who_counts_again_counts_the_paper_too(told: Story) -> None:
    for code in prints(told, many=5):
        enters(told, code, {told.ideas[0]: 2, told.ideas[1]: 1})
    told.votes(told.people[0], told.ideas[2], 3)
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    with told.stage.store.read() as db:
        box = ballot_box(db, told.workshop, opened.id)
    assert len(box.ballots) == 6
    assert "channel" not in str(box.as_json()), "how a ballot came could tell whose it was"
    url = told.stage.store.engine.url.render_as_string(hide_password=False)
    assert recount.wrong(recount.read(url)) == []
