"""Who was shown what counts once for each person and idea, and is gone at the seal."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.story import Person, Story, story
from workshop.acts import casting, erasing, exposing, merging, ordering, paper, posts, voting
from workshop.acts.commands import do
from workshop.acts.findings import work_out
from workshop.reads import exposure, people
from workshop.reads import voting as reading
from workshop.rules.refusals import Refused
from workshop.rules.roles import SeatCard, Who
from workshop.storage.models import BallotOrder, Command, Exposure, Moment, Round
from workshop.storage.store import Store


def _sees(told: Story, person: Person, *ideas: int) -> None:
    told.do(exposing.saw, seat_id=person.seat, idea_ids=list(ideas))


def _lays(told: Story, person: Person) -> list[int]:
    ideas: list[int] = told.do(ordering.lay_out, seat_id=person.seat).answer["ideas"]
    return ideas


def _rows(store: Store, table: type) -> int:
    with store.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def _round(told: Story) -> int:
    opened = told.room().last_round
    assert opened
    return opened.id


def _result(told: Story) -> dict[int, reading.ResultRow]:
    told.reveals()
    with told.stage.store.read() as db:
        card = reading.result(db, _round(told))
    assert card
    return {row.idea_id: row for row in card.rows}


def test_seen_counts_each_person_once_and_voters_always(store: Store) -> None:
    told = story(store, people=6, ideas=3, step="vote")
    first, second, third = told.ideas
    for person in told.people[:4]:
        _sees(told, person, first, second)
        _sees(told, person, first)
    told.votes(told.people[0], first, 2)
    told.votes(told.people[5], third, 1)
    told.votes(told.people[1], second, 1)
    rows = _result(told)
    assert {idea: rows[idea].seen for idea in told.ideas} == {first: 4, second: 4, third: 1}
    assert {idea: rows[idea].breadth for idea in told.ideas} == {first: 1, second: 1, third: 1}


def test_the_seal_leaves_counts_and_nobody_behind_them(store: Store) -> None:
    told = story(store, people=3, ideas=2, step="vote")
    _sees(told, told.people[0], *told.ideas)
    _lays(told, told.people[0])
    told.votes(told.people[0], told.ideas[0], 1)
    _result(told)
    assert (_rows(store, Exposure), _rows(store, BallotOrder)) == (0, 0)


def test_seeing_is_no_line_of_history_and_leaves_no_answer_behind(store: Store) -> None:
    told = story(store, people=1, ideas=2, step="vote")
    person, lines = told.people[0], _rows(store, Moment)
    seat = SeatCard(person.seat, told.workshop, person.group, "", "en", person.receipt)
    answer = do(
        told.stage,
        "ideas.seen",
        {"idea_ids": told.ideas},
        who=Who(seat=seat),
        workshop_id=told.workshop,
        secret=person.receipt,
        command_id="a" * 32,
    )
    assert answer.workshop_id is None
    assert (_rows(store, Moment), _rows(store, Command)) == (lines, 0)
    assert _rows(store, Exposure) == 2


def test_what_is_no_idea_here_is_not_noted_and_nonsense_is_refused(store: Store) -> None:
    told = story(store, people=1, ideas=1, step="vote")
    _sees(told, told.people[0], told.ideas[0], told.problems[0], 999)
    assert _rows(store, Exposure) == 1
    for nonsense in (["one"], [True], [1] * 2_000):
        with pytest.raises(Refused, match="bad_value"):
            told.do(exposing.saw, seat_id=told.people[0].seat, idea_ids=nonsense)
    with pytest.raises(Refused, match="removed"):
        told.do(exposing.saw, seat_id=told.people[0].seat, idea_ids=[], receipt="ANOTHER")
    with pytest.raises(Refused, match="not_found"):
        told.do(exposing.saw, seat_id=99, idea_ids=[])


def test_a_closed_or_secret_round_notes_nothing(store: Store) -> None:
    told = story(store, people=1, ideas=1, step="vote", rule={"secret": True})
    _sees(told, told.people[0], told.ideas[0])
    with pytest.raises(Refused, match="round_closed"):
        _lays(told, told.people[0])
    assert (_rows(store, Exposure), _rows(store, BallotOrder)) == (0, 0)


def test_a_secret_ballot_itself_says_what_was_on_it(store: Store) -> None:
    told = story(store, people=6, ideas=2, step="vote", rule={"secret": True})
    for number, person in enumerate(told.people):
        on_it = told.ideas if number else told.ideas[:1]
        told.do(
            casting.cast_ballot,
            seat_id=person.seat,
            command_id=f"command-{number}",
            idea_ids=on_it,
            values=[1] + [0] * (len(on_it) - 1),
        )
    rows = _result(told)
    assert [rows[idea].seen for idea in told.ideas] == [6, 5]


def test_a_sheet_shows_what_was_there_when_it_was_printed(store: Store) -> None:
    told = story(store, people=2, ideas=2, step="vote")
    code = told.do(paper.print_sheets, kind="vote", many=1).answer["codes"][0]
    told.clock.pass_minutes(1)
    late = _late(told)
    told.do(
        paper.enter_ballot, code=code, receipt="PAPER", group="citizen", marks={told.ideas[0]: 1}
    )
    with store.read() as db:
        seen = set(db.scalars(select(Exposure.idea_id)))
    assert seen == set(told.ideas)
    assert late not in seen


def _late(told: Story) -> int:
    """An idea that comes while people vote: written before, and let through now."""
    told.moves_to("ideas")
    number = told.posts(told.people[0], "idea", "A late idea")
    told.moves_to("vote")
    return number


def test_whoever_saw_an_idea_saw_the_card_it_became_part_of(store: Store) -> None:
    told = story(store, people=3, ideas=3, step="vote")
    card, inside, other = told.ideas
    _sees(told, told.people[0], card, inside)
    _sees(told, told.people[1], inside)
    told.votes(told.people[2], other, 1)
    told.do(merging.merge, post_id=inside, host_id=card)
    rows = _result(told)
    assert rows[card].seen == 2


def test_rubbing_out_takes_what_one_was_shown_along(store: Store) -> None:
    told = story(store, people=2, ideas=2, step="vote")
    for person in told.people:
        _sees(told, person, *told.ideas)
        _lays(told, person)
    mine = told.people[0]
    told.do(erasing.rub_out, seat_id=mine.seat, receipt=mine.receipt)
    with store.read() as db:
        assert set(db.scalars(select(Exposure.seat_id))) == {told.people[1].seat}
        assert set(db.scalars(select(BallotOrder.seat_id))) == {told.people[1].seat}


def test_an_order_stays_and_late_ideas_come_next(store: Store) -> None:
    told = story(store, people=4, ideas=6, step="vote")
    sam = told.people[0]
    before = _lays(told, sam)
    assert sorted(before) == sorted(told.ideas)
    _sees(told, sam, before[0], before[2])
    for person in told.people[1:]:
        _sees(told, person, *told.ideas)
    assert _lays(told, sam) == before
    late = _late(told)
    assert _lays(told, sam) == [*before[:3], late, *before[3:]]
    told.do(posts.set_state, post_id=before[1], state="hidden")
    told.do(posts.set_state, post_id=before[1], state="shown")
    assert _lays(told, sam) == [*before[:3], late, *before[3:]]


def test_whoever_comes_later_meets_what_few_have_seen_first(store: Store) -> None:
    told = story(store, people=30, ideas=2, step="vote")
    seen, unseen = told.ideas
    for person in told.people[:20]:
        _sees(told, person, seen)
    firsts = [_lays(told, person)[0] for person in told.people[20:]]
    assert firsts.count(unseen) >= 8


def test_too_few_are_told_and_put_first_for_whoever_has_not_seen_them(store: Store) -> None:
    told = story(store, people=6, ideas=4, step="vote")
    few, *rest = told.ideas
    orders = {person.seat: _lays(told, person) for person in told.people}
    for person in told.people:
        _sees(told, person, *rest)
    _sees(told, told.people[0], few)
    with store.read() as db:
        room = told.room()
        heads = people.headcount(db, room.id, room.counted_step)
        found = exposure.few(db, room, heads)
    assert found == exposure.Few(unseen=1, needed=5, ideas=4)
    assert found.tells
    told.do(ordering.top_up, round_id=_round(told))
    assert _lays(told, told.people[0]) == orders[told.people[0].seat]
    assert _lays(told, told.people[1])[0] == few
    for person in told.people[1:]:
        _sees(told, person, few)
    with pytest.raises(Refused, match="seen_enough"):
        told.do(ordering.top_up, round_id=_round(told))
    told.do(voting.move_round, round_id=_round(told), to="closed")
    with pytest.raises(Refused, match="round_closed"):
        told.do(ordering.top_up, round_id=_round(told))
    with pytest.raises(Refused, match="not_found"):
        told.do(ordering.top_up, round_id=99)


def test_an_idea_that_too_few_saw_goes_to_the_protected_shelf(store: Store) -> None:
    told = story(store, people=12, ideas=6, step="vote", rule={"method": "approval", "budget": 0})
    *known, late = told.ideas
    for person in told.people:
        _sees(told, person, *known)
        for idea in known[:4]:
            told.votes(person, idea, 1)
    _sees(told, told.people[0], late)
    told.reveals()
    work_out(told.stage, _round(told), 3, workshop_id=told.workshop)
    with store.read() as db:
        made = db.get_one(Round, _round(told)).findings or {}
    assert made["ideas"][str(late)]["band"] == "out"
    assert "too_few_saw_it" in made["ideas"][str(late)]["gem"]
    assert "too_few_saw_it" not in made["ideas"][str(known[4])]["gem"]
