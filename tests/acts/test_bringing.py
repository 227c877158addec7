"""A backlog that goes out comes in again as it was, on both databases, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.acts.saved_rows import saved
from tests.formats.backlog_rows import FULL
from tests.revealed import revealed, risks, scores
from tests.story import Clock, facilitator
from workshop.acts import appraisals, assessments, assessors, backlog, bringing, decisions, scoring
from workshop.acts.stage import Stage
from workshop.formats.backlog_brought import read_brought_backlog
from workshop.formats.files import BadFile
from workshop.formats.flat import flat
from workshop.formats.json_file import write_json
from workshop.formats.rows import BacklogRow
from workshop.reads import backlog as reads
from workshop.reads.told import told_room
from workshop.rules.brought import NUMBERS, OWN_GATES
from workshop.rules.refusals import Refused
from workshop.rules.scoring.gates import GATES
from workshop.storage.models import Item, Workshop
from workshop.storage.store import Store

SAID: dict[str, Any] = {
    "untitled": "A file",
    "goal": "Go on",
    "better_for": "Everybody",
    "moved": "It came so.",
}
GOOD = replace(FULL, reason="People want it.")
OWN = ("number", "code", "figures")
"""What an import gives anew: numbers of our own, no place in our order, and the mark of a file."""


def desk_of(store: Store) -> tuple[Stage, int]:
    stage = Stage(store, Clock())
    return stage, facilitator(stage, "ruth@example.org", role="leader")


def brings(stage: Stage, leader: int, rows: Sequence[BacklogRow]) -> list[BacklogRow]:
    """The rows, written, read, stored, and as they would be saved again."""
    found = read_brought_backlog(write_json(rows))
    made = stage.perform(bringing.bring_backlog, account_id=leader, items=found, **SAID)
    with stage.store.read() as db:
        slugs = set(made.answer["slugs"])
        cards = reads.backlog(db, now=stage.clock())
        # Everything that people may read of it can be drawn, whatever stage it came at.
        assert all(told_room(db, slug, now=stage.clock()) for slug in slugs)
    return [flat(card) for card in cards if card.slug in slugs]


def carried(rows: Sequence[BacklogRow]) -> list[dict[str, Any]]:
    """What an import carries of rows."""
    names = [field.name for field in fields(BacklogRow) if field.name not in OWN]
    return [{name: getattr(row, name) for name in names} for row in rows]


@given(given_rows=st.lists(saved(), min_size=1, max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_goes_out_comes_in_as_it_was(store: Store, given_rows: list[BacklogRow]) -> None:
    stage = Stage(store, Clock())
    with store.read() as db:
        known = db.scalar(select(func.count()).select_from(Workshop)) or 0
    leader = 1 if known else facilitator(stage, "ruth@example.org", role="leader")
    once = brings(stage, leader, given_rows)
    assert carried(once) == carried(given_rows)
    twice = brings(stage, leader, once)
    assert carried(twice) == carried(once)
    for row in (*once, *twice):
        has = row.advice or any(getattr(row, name) is not None for name in NUMBERS)
        assert (row.figures, row.code) == ("imported" if has else "", "")


def test_a_backlog_that_people_made_comes_in_as_it_was(store: Store) -> None:
    room = revealed(store)
    items = [room.promotes(place) for place in range(3)]
    for standing in ("citizen", "staff", "leader"):
        asked = {"name": f"A {standing}", "standing": standing, "token": f"link-{standing}"}
        person = room.do(assessors.invite_assessor, **asked).answer["assessor"]
        told = {"scores": scores(), "risks": risks(4, 5), "still": risks(3, 4)}
        room.do(assessments.assess, item_id=items[0], assessor_id=person, **told)
    room.do(scoring.move_scoring, item_id=items[0], was="alone", to="talk")
    facts = {"owner": "Tomasz", "savings": "Fewer letters", "evidence": 2, "unlawful": True}
    more = {"effort": 1.5, "answer_by": "2027-01-16", "reach": "900"}
    room.do(backlog.edit_item, item_id=items[0], title="One check-up", **facts, **more)
    terms = {"reason": "It helps.", "conditions": "On Fridays", "change_mind": "Six weeks"}
    room.do(decisions.decide, item_id=items[0], account_id=room.leader, answer="test", **terms)
    later = {"answer": "later", "reason": "No room.", "review_on": "2027-03-01"}
    room.do(decisions.decide, item_id=items[1], account_id=room.leader, **later)
    appraisals.work_out(room.told.stage)
    with store.read() as db:
        rows = [flat(card) for card in reads.backlog(db, now=room.told.clock())]
    assert rows[0].reward is not None
    assert {"unlawful", "safeguarding"} <= set(rows[0].gates)
    assert carried(brings(room.told.stage, room.leader, rows)) == carried(rows)


def test_figures_of_a_file_rank_nothing_and_are_told_apart(store: Store) -> None:
    stage, leader = desk_of(store)
    brings(stage, leader, [GOOD])
    with store.read() as db:
        (card,) = reads.backlog(db, now=stage.clock())
    assert (card.appraisal, card.advice, card.code) == (None, "", "")
    assert card.imported is not None
    assert card.imported["reward"]["p50"] == 73.04


def test_a_gate_that_was_shut_elsewhere_is_shut_here(store: Store) -> None:
    stage, leader = desk_of(store)
    shut = tuple(code for code in GATES if code != "no_owner")
    (row,) = brings(stage, leader, [replace(GOOD, gates=shut)])
    assert row.gates == shut
    assert set(shut) - OWN_GATES, "some gates do not follow from what a file says"


def test_savings_that_came_along_do_not_keep_anybody_from_writing(store: Store) -> None:
    stage, leader = desk_of(store)
    brings(stage, leader, [replace(GOOD, savings="Fewer letters")])
    with store.read() as db:
        (card,) = reads.backlog(db, now=stage.clock())
    which: dict[str, Any] = {"workshop_id": card.workshop_id, "item_id": card.id}
    stage.perform(backlog.edit_item, **which, title="Anew", savings="Fewer letters")
    with pytest.raises(Refused, match="outcome_first"):
        stage.perform(backlog.edit_item, **which, title="Anew", savings="A million")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": "  "}, "Item 2, “title”: Please write something first."),
        (
            {"owner": "x" * 121},
            "Item 2, “owner”: That’s too long. Please use 120 letters",
        ),
        ({"answer_by": "soon"}, "Item 2, “answer_by”: Please give a day, as in 2026-01-16."),
        ({"answer": "later", "reason": "x"}, "Item 2, “review_on”: Please say when you’ll look"),
        ({"answer": "no"}, "Item 2, “reason”: Please write something first."),
        (
            {"answer": "", "reason": "x"},
            "Item 2: “reason” belongs to an answer, and there is none.",
        ),
        ({"votes": {"dragons": 2}}, "Item 2: we can’t read “votes”."),
        ({"needs": ("x",) * 21}, "Item 2, “needs”: It has 20 needs already."),
    ],
)
def test_a_bad_item_is_named_and_nothing_is_stored(
    store: Store, wrong: dict[str, Any], said: str
) -> None:
    stage, leader = desk_of(store)
    rows = [GOOD, replace(GOOD, **({"answer": "", "reason": ""} | wrong))]
    with pytest.raises(BadFile) as bad:
        brings(stage, leader, rows)
    assert bad.value.remark.words().startswith(said)
    with store.read() as db:
        assert not db.scalar(select(func.count()).select_from(Item))
        assert not db.scalar(select(func.count()).select_from(Workshop))


def test_too_many_items_or_workshops_are_refused() -> None:
    row = replace(FULL, answer="", reason="")
    with pytest.raises(BadFile, match="501 items"):
        read_brought_backlog(write_json([row] * 501))
    many = [replace(row, workshop=f"Table {n}") for n in range(51)]
    with pytest.raises(BadFile, match="51 workshops"):
        read_brought_backlog(write_json(many))
    with pytest.raises(BadFile, match="no item"):
        read_brought_backlog(write_json([]))


def test_only_a_leader_brings_answers_in(store: Store) -> None:
    stage = Stage(store, Clock())
    nadia = facilitator(stage)
    with pytest.raises(Refused, match="not_allowed"):
        brings(stage, nadia, [GOOD])
    with store.read() as db:
        assert not db.scalar(select(func.count()).select_from(Workshop))


def test_an_item_without_its_wording_says_that_it_was_taken_back(store: Store) -> None:
    stage, leader = desk_of(store)
    (row,) = brings(stage, leader, [replace(GOOD, wording="")])
    assert row.wording == ""
    with store.read() as db:
        slug = db.scalars(select(Workshop.slug)).one()
        room = told_room(db, slug, now=stage.clock())
    assert room is not None
    assert room.told[0].said == ""
