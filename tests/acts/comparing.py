"""Whether a stored room is what the oracle says: read past the product, and through its reads."""

from __future__ import annotations

import sqlite3
from typing import Any

from tests.acts.oracle import Room, Vote
from workshop.reads import ballots, people, posts, rooms, voting
from workshop.storage.store import Store

Rows = list[tuple[Any, ...]]


def stored(raw: sqlite3.Connection, workshop: int, room: Room, answered: int) -> None:
    """Compare the file itself, and hold it to the promises by their numbers."""

    def rows(query: str) -> Rows:
        return list(raw.execute(query, (workshop,)))

    now = rows("SELECT seq, state, step_position, locked, doors_open FROM workshop WHERE id = ?")
    assert now == [(room.seq, room.state, room.position, room.locked, room.doors)]
    # I9: the history has no holes.
    history = rows("SELECT seq FROM moment WHERE workshop_id = ? ORDER BY seq")
    assert history == [(seq,) for seq in range(1, room.seq + 1)]
    # I5: one line for each command that was taken, however often it came.
    assert rows("SELECT count(*) FROM command WHERE workshop_id = ?") == [(answered,)]
    papers = rows(
        'SELECT id, kind, text, "group", state, version, theme_id, answers_id FROM post'
        " WHERE workshop_id = ? ORDER BY id"
    )
    assert papers == [
        (p.number, p.kind, p.text, p.group, p.state, p.version, p.theme, p.answers)
        for _, p in sorted(room.papers.items())
    ]
    states = rows("SELECT id, state FROM round WHERE workshop_id = ? ORDER BY id")
    assert states == sorted((vote.number, vote.state) for vote in room.votes.values())
    for vote in room.votes.values():
        _spent(raw, vote)


def _spent(raw: sqlite3.Connection, vote: Vote) -> None:
    """Every mark, and what it cost: I2 nobody over budget, I10 what is spent is what is marked."""
    marks = "SELECT seat_id, idea_id, value, cost FROM mark WHERE round_id = ? ORDER BY 1, 2"
    found = list(raw.execute(marks, (vote.number,)))
    assert found == [
        (seat, idea, value, vote.costs[seat, idea])
        for (seat, idea), value in sorted(vote.marks.items())
    ]
    purses = list(
        raw.execute(
            "SELECT seat_id, used, cap, done, (SELECT coalesce(sum(cost), 0) FROM mark"
            " WHERE mark.round_id = purse.round_id AND mark.seat_id = purse.seat_id)"
            " FROM purse WHERE round_id = ? ORDER BY seat_id",
            (vote.number,),
        )
    )
    assert all(0 <= used <= cap and used == spent for _, used, cap, _, spent in purses)
    assert [row[:4] for row in purses] == [
        (seat, vote.used(seat), vote.purse, done) for seat, done in sorted(vote.done.items())
    ]


def shown(store: Store, workshop: int, room: Room, receipts: dict[int, str]) -> None:
    """Compare what pages are built from: boards, own posts, ballots, headcount, results."""
    with store.read() as db:
        card = rooms.by_id(db, workshop)
        assert card is not None
        for kind in ("goal", "problem", "idea"):
            board = posts.board(db, workshop, {kind})
            assert [(one.id, one.text, one.theme_id) for one in board] == _board(room, kind)
        heads = people.headcount(db, workshop, card.step)
        assert heads.joined == room.table()
        assert heads.contributed == room.table(room.step.taken_part)
        for seat, receipt in receipts.items():
            own = {one.id for one in posts.own(db, workshop, receipt)}
            assert own == {
                p.number
                for p in room.papers.values()
                if p.author == seat and p.state != "withdrawn"
            }
        for vote in room.votes.values():
            for seat in receipts:
                _mine(voting.mine(db, vote.number, seat), vote, seat)
            _result(voting.result(db, vote.number), vote)
            if vote.state == "revealed":
                _recount(ballots.ballot_box(db, workshop, vote.number), vote)


def _board(room: Room, kind: str) -> Rows:
    return sorted(
        (
            (p.number, p.text, p.theme)
            for p in room.papers.values()
            if p.kind == kind and p.state == "shown"
        ),
        reverse=True,
    )


def _mine(mine: voting.Mine, vote: Vote, seat: int) -> None:
    marks = {
        idea: value
        for (whose, idea), value in vote.marks.items()
        if whose == seat and value is not None
    }
    assert dict(mine.marks) == marks
    assert (mine.left, mine.budget) == (vote.purse - vote.used(seat), vote.purse)
    assert mine.done == vote.done.get(seat, False)


def _result(card: voting.ResultCard | None, vote: Vote) -> None:
    """I4: nothing before the reveal, and after it the same for ever."""
    if vote.state != "revealed" or vote.sealed is None:
        assert card is None
        return
    assert card is not None
    assert card.ballots == vote.sealed["ballots"]
    rows = {row.idea_id: (row.place, row.tied, row.score, row.breadth) for row in card.rows}
    assert rows.keys() == vote.sealed["rows"].keys()
    for idea, (place, tied, score, people_for) in vote.sealed["rows"].items():
        assert rows[idea][:2] == (place, tied)
        assert rows[idea][2] is None if score is None else abs(rows[idea][2] - score) < 1e-9
        assert rows[idea][3] == people_for


def _recount(box: ballots.BallotBox, vote: Vote) -> None:
    """I3: the ballots that anybody may count again are those that were counted."""
    assert vote.sealed is not None
    published = sorted(tuple(sorted(ballot.marks.items())) for ballot in box.ballots)
    assert published == vote.sealed["marks"]
    for told in box.as_json()["ideas"]:
        marks = [marks[told["id"]] for marks in map(dict, published) if told["id"] in marks]
        assert told["agree"] == sum(1 for mark in marks if mark > 0)
        if vote.step.method == "dots":
            assert told["marks"] == told["score"] == sum(marks)
