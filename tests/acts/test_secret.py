"""A secret round from its opening to its seal, and the whole database searched for a way back."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.faults.recount import read, wrong
from tests.story import Person, Story, story
from workshop.acts import casting, voting
from workshop.acts.commands import do
from workshop.acts.stage import Change
from workshop.reads import ballots as published
from workshop.reads import people
from workshop.reads import voting as reading
from workshop.rules.refusals import Refused
from workshop.rules.roles import SeatCard, Who
from workshop.storage.models import Base, Command, Moment, Round
from workshop.storage.store import Store

PEOPLE = 15


def _told(store: Store, method: str = "dots", **rule: Any) -> Story:
    wishes = {"method": method, "secret": True, **rule}
    return story(store, people=PEOPLE, ideas=4, step="vote", rule=wishes)


def _casts(
    told: Story, person: Person, marks: dict[int, int | None], command_id: str = ""
) -> Change:
    """Through the same door as a phone and a form."""
    seat = SeatCard(person.seat, told.workshop, person.group, "", "en", person.receipt)
    body = {"idea_ids": list(marks), "values": list(marks.values())}
    return do(
        told.stage,
        "ballot.cast",
        body,
        who=Who(seat=seat),
        workshop_id=told.workshop,
        secret=person.receipt,
        command_id=command_id or f"command-of-{person.seat}",
    )


def _round(told: Story) -> int:
    opened = told.room().last_round
    assert opened
    return opened.id


def _own_ballot(told: Story, number: int) -> dict[int, int]:
    """A ballot that nobody else casts, so that it could be recognised."""
    spread = list(itertools.combinations_with_replacement(range(4), 4))[number]
    marks = dict.fromkeys(told.ideas, 0)
    for place in spread:
        marks[told.ideas[place]] += 1
    return marks


def _rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with store.engine.connect() as raw:
        return {
            name: [dict(row) for row in raw.execute(select(table)).mappings()]
            for name, table in Base.metadata.tables.items()
        }


def _values(row: dict[str, Any]) -> set[str]:
    """What could join a row to another: every value but those that all rows of a room share."""
    shared = {"round_id", "workshop_id", "group", "kind", "value"}
    return {str(value) for name, value in row.items() if name not in shared and value is not None}


def test_no_value_joins_a_voter_to_a_ballot_before_the_seal_or_after_it(store: Store) -> None:
    told = _told(store, budget=4, cap=4)
    arrivals = random.Random(7).sample(told.people, PEOPLE)
    for number, person in enumerate(arrivals):
        told.clock.now += 1000
        _casts(told, person, dict(_own_ballot(told, number)))
    rows = _rows(store)
    assert len(rows["elector"]) == len(rows["secret_ballot"]) == PEOPLE
    others = set().union(
        *(_values(row) for name, kept in rows.items() if name != "secret_ballot" for row in kept)
    )
    keys = [row["key"] for row in rows["secret_ballot"]]
    for row in rows["secret_ballot"]:
        assert not _values(row) - {str(row["marks"])} & others
    order = [row["seat_id"] for row in rows["elector"]]
    assert order == sorted(order)
    assert keys == sorted(keys)
    assert not rows["mark"]
    assert not rows["purse"]
    assert not rows["command"], "nothing is stored of what was sent"
    told.reveals()
    rows = _rows(store)
    assert not rows["secret_ballot"]
    assert {row["command"] for row in rows["elector"]} == {None}
    assert [row["secret_key"] for row in rows["round"]] == [None]
    assert sum(row["kind"] == "ballot" for row in rows["ledger"]) == PEOPLE
    assert wrong(read(store.engine.url.render_as_string(hide_password=False))) == []


def test_the_history_of_a_secret_round_is_the_same_whatever_was_cast(store: Store) -> None:
    told = _told(store)
    answers = [_casts(told, one, {told.ideas[n % 4]: 1}) for n, one in enumerate(told.people)]
    assert {json.dumps(change.answer) for change in answers} == {'{"received": true}'}
    with store.read() as db:
        lines = db.execute(select(Moment.kind, Moment.ref, Moment.note)).all()
    assert set(lines[-PEOPLE:]) == {("mark.first", None, "")}


@pytest.mark.services
@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_postgres_keeps_beside_no_row_which_transaction_wrote_it_apart(store: Store) -> None:
    told = _told(store)
    for person in told.people:
        _casts(told, person, {told.ideas[0]: 1})
    with store.engine.connect() as raw:
        for table in ("elector", "secret_ballot"):
            assert len(set(raw.execute(text(f"SELECT xmin::text FROM {table}")).scalars())) == 1  # noqa: S608 - two names from above


def test_a_ballot_is_cast_once_and_the_same_command_again_does_no_harm(store: Store) -> None:
    told = _told(store)
    sam = told.people[0]
    _casts(told, sam, {told.ideas[0]: 3})
    assert _casts(told, sam, {told.ideas[1]: 3}).answer == {"received": True}
    with pytest.raises(Refused, match="already_cast"):
        _casts(told, sam, {told.ideas[1]: 3}, "another command")
    told.do(voting.move_round, round_id=_round(told), to="closed")
    assert _casts(told, sam, {told.ideas[0]: 3}).answer == {"received": True}
    with pytest.raises(Refused, match="round_closed"):
        _casts(told, told.people[1], {told.ideas[0]: 3})
    told.do(voting.move_round, round_id=_round(told), to="revealed")
    with store.read() as db:
        box = published.ballot_box(db, told.workshop, _round(told))
        assert reading.has_cast(db, _round(told), sam.seat)
        assert not reading.mine(db, _round(told), sam.seat).marks
    assert [ballot.marks for ballot in box.ballots] == [{told.ideas[0]: 3}]
    with pytest.raises(Refused, match="round_closed"):
        _casts(told, told.people[1], {told.ideas[0]: 1})


@pytest.mark.parametrize(
    ("method", "values", "code"),
    [
        ("dots", (3, 3, None, None), "ballot_over"),
        ("dots", (4, None, None, None), "over_cap"),
        ("approval", (2, None, None, None), "bad_value"),
        ("score", (6, None, None, None), "bad_value"),
        ("sweep", (True, None, None, None), "bad_value"),
        ("ranked", (1, 2, 3, 1001), "bad_value"),
    ],
)
def test_a_ballot_that_breaks_the_rule_is_refused_whole(
    store: Store, method: str, values: tuple[int | None, ...], code: str
) -> None:
    told = _told(store, method)
    with pytest.raises(Refused, match=code):
        _casts(told, told.people[0], dict(zip(told.ideas, values, strict=True)))
    assert not _rows(store)["elector"]
    assert _casts(told, told.people[0], {told.ideas[0]: 1}).answer == {"received": True}


def test_single_marks_have_no_place_in_a_secret_round(store: Store) -> None:
    told = _told(store)
    with pytest.raises(Refused, match="round_closed"):
        told.votes(told.people[0], told.ideas[0], 1)
    with pytest.raises(Refused, match="round_closed"):
        told.do(voting.set_done, seat_id=told.people[0].seat, done=True)
    with pytest.raises(Refused, match="not_found"):
        _casts(told, told.people[0], {told.problems[0]: 1})
    with pytest.raises(Refused, match="bad_value"):
        told.stage.perform(
            casting.cast_ballot,
            workshop_id=told.workshop,
            seat_id=told.people[0].seat,
            command_id="some command",
            idea_ids=[told.ideas[0], told.ideas[0]],
            values=[1, 1],
        )


def test_an_open_round_takes_no_secret_ballot(store: Store) -> None:
    told = story(store, step="vote")
    with pytest.raises(Refused, match="round_closed"):
        _casts(told, told.people[0], {told.ideas[0]: 1})
    with store.read() as db:
        assert db.scalars(select(Round.secret_key)).all() == [None]
        assert not db.scalars(select(Command.key)).all()


def test_a_group_too_small_to_hide_in_is_not_on_the_ballot(store: Store) -> None:
    told = story(store, people=7, ideas=2, step="vote", rule={"method": "dots", "secret": True})
    for _ in range(4):
        told.joins("citizen")
    for person in told.people:
        _casts(told, person, {told.ideas[0]: 1})
    groups = {row["group"] for row in _rows(store)["secret_ballot"]}
    assert groups in ({"others"}, {"citizen", "others"})


def test_whoever_has_cast_a_ballot_is_not_waited_for(store: Store) -> None:
    told = _told(store)
    for person in told.people[:4]:
        _casts(told, person, dict.fromkeys(told.ideas, 0))
    with store.read() as db:
        progress = people.progress(db, told.room())
    assert progress is not None
    assert (progress.voted, progress.done, progress.people) == (4, 4, PEOPLE)
