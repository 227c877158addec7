"""The recount finds every broken invariant: each is broken here by hand."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.faults.recount import Ack, lost, read, sealed, tally, wrong
from tests.story import Story, story
from workshop.acts import running, voting
from workshop.acts.stage import Once
from workshop.storage.store import Store

HARM = {
    "I2: a purse that is overdrawn": (
        "I2",
        "UPDATE purse SET cap = 6",
    ),
    "I3: a mark changed after it was shown": (
        "I3",
        "UPDATE ledger SET content = replace(content, '2}', '1}') WHERE kind = 'ballot'",
    ),
    "I3: a ballot that came after": (
        "I3",
        """INSERT INTO ledger
        SELECT workshop_id, number + 1, round_id, 'ballot', '{"group":"staff","marks":{}}', salt,
        committed, head FROM ledger WHERE kind = 'sealed'""",
    ),
    "I8: a sealed round that knows who voted": (
        "I8",
        """INSERT INTO mark (round_id, seat_id, idea_id, value, cost, device, number)
        SELECT round.id, 3, post.id, 0, 0, '', 0 FROM round, post WHERE post.kind = 'idea'""",
    ),
    "I9: one letter of a ballot": (
        "I9",
        "UPDATE ledger SET content = replace(content, 'others', 'staff') WHERE kind = 'ballot'",
    ),
    "I9: a line taken out of the ledger": ("I9", "DELETE FROM ledger WHERE number = 2"),
    "I4: a vote after the close": (
        "I4",
        """INSERT INTO moment (workshop_id, seq, kind, note, at)
        SELECT id, seq + 1, 'mark.set', '', 0 FROM workshop""",
        "UPDATE workshop SET seq = seq + 1",
    ),
    "I5: an answer from the future": ("I5", "UPDATE command SET seq = 1000"),
    "I6: a round that its history never closed": (
        "I6",
        "UPDATE round SET state = 'open', result = NULL",
    ),
    "I8: history that tells what a vote was": (
        "I8",
        "UPDATE moment SET ref = 1 WHERE kind = 'mark.first'",
    ),
    "I9: a hole in the history": ("I9", "DELETE FROM moment WHERE seq = 5"),
    "I10: a purse that forgot": ("I10", "UPDATE purse SET used = 1"),
}


def _voted(store: Store) -> tuple[Story, Ack]:
    """A room with two ballots, revealed; and what one voter was told."""
    told = story(store, step="vote")
    ann, sam = told.people[:2]
    once = Once(ann.receipt, "one", "mark.set", {"idea_id": told.ideas[0], "value": 2})
    change = told.votes(ann, told.ideas[0], 2, once=once)
    told.votes(sam, told.ideas[1], 3)
    told.reveals()
    return told, Ack(ann.receipt, "one", change.seq, change.answer)


def _url(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def test_an_honest_room_is_found_whole(store: Store) -> None:
    told, ack = _voted(store)
    stored = read(_url(store))
    assert wrong(stored) == []
    assert lost(stored, [ack]) == []
    assert tally(stored, stored.rounds[0][0]) == {told.ideas[0]: (2, 1), told.ideas[1]: (3, 1)}
    assert [row["score"] for row in sealed(stored)[stored.rounds[0][0]]["standings"]] == [3.0, 2.0]


def test_a_room_that_went_back_and_on_and_opened_again_is_found_whole(store: Store) -> None:
    told = story(store, step="vote")
    opened = told.room().last_round
    assert opened
    for to in ("closed", "open"):
        told.do(voting.move_round, round_id=opened.id, to=to)
    told.votes(told.people[0], told.ideas[0], 1, number=9)
    told.moves_to("ideas")
    told.moves_to("vote")
    told.votes(told.people[2], told.ideas[0], 1)
    for to in ("closed", "revealed", "covered"):
        told.do(voting.move_round, round_id=opened.id, to=to)
    told.moves_to("ideas")
    told.moves_to("vote")
    told.do(running.finish)
    assert wrong(read(_url(store))) == []


@pytest.mark.parametrize("harm", HARM)
def test_every_broken_invariant_is_found(store: Store, harm: str) -> None:
    _voted(store)
    invariant, *statements = HARM[harm]
    with store.engine.execution_options(writing=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    assert any(line.startswith(invariant) for line in wrong(read(_url(store))))


def test_a_lost_command_and_a_changed_answer_are_found(store: Store) -> None:
    _, ack = _voted(store)
    stored = read(_url(store))
    assert lost(stored, [ack._replace(command_id="two")])[0].startswith("I1")
    assert lost(stored, [ack._replace(answer={"value": 1})])[0].startswith("I5")
