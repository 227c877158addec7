"""Whoever checks the checker: a small good history, and one bad thing done to it at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.faults import history_checks, history_replay
from tests.faults.history import Answer, Command, History, View
from tests.faults.history_checks import Kept

TABLES = """
CREATE TABLE workshop (seq INTEGER);
CREATE TABLE step (id INTEGER, position INTEGER, phase TEXT);
CREATE TABLE post (id INTEGER, kind TEXT, text TEXT, state TEXT, version INTEGER);
CREATE TABLE round (id INTEGER, step_id INTEGER, state TEXT, budget INTEGER, cap INTEGER,
                    result TEXT);
CREATE TABLE purse (round_id INTEGER, seat_id INTEGER, used INTEGER, cap INTEGER);
CREATE TABLE mark (round_id INTEGER, seat_id INTEGER, idea_id INTEGER, value INTEGER,
                   cost INTEGER, device TEXT, number INTEGER);
CREATE TABLE ledger (round_id INTEGER, kind TEXT, content TEXT);
CREATE TABLE moment (seq INTEGER, kind TEXT, ref INTEGER, note TEXT);
INSERT INTO workshop VALUES (6);
INSERT INTO step VALUES (1, 0, 'ideas'), (2, 1, 'vote');
INSERT INTO post VALUES (7, 'idea', 'A desk', 'shown', 1);
INSERT INTO round VALUES (3, 2, 'revealed', 5, 3, '{"standings": [{"idea": 7, "score": 2}]}');
INSERT INTO purse VALUES (3, 11, 2, 5);
INSERT INTO mark VALUES (3, 11, 7, 2, 2, 'phone', 2);
INSERT INTO ledger VALUES (3, 'ballot', '{"marks": {"7": 2}}');
INSERT INTO moment VALUES (1, 'post.added', 7, ''), (2, 'step.moved', 2, ''),
    (3, 'mark.set', NULL, ''), (4, 'round.moved', 3, 'closed'),
    (5, 'round.moved', 3, 'revealed'), (6, 'room.doors', NULL, '');
"""
VOTE = {"idea_id": 7, "value": 2}


def _said(known: str, kind: str, body: dict[str, Any], at: float, seq: int, **says: Any) -> Command:
    answer = Answer(at + 1, ok=True, seq=seq, says=says)
    seat = 0 if kind in {"round.move", "step.move"} else 11
    return Command(known, "a phone", seat, kind, body, int(at), at, 1, [answer])


def _history() -> History:
    said = [
        _said("post", "idea.post", {"text": "A desk"}, 0, 1, post=7),
        _said("go", "step.move", {"position": 1}, 1, 2),
        _said("vote", "mark.set", VOTE, 2, 3, value=2, left=3),
        _said("close", "round.move", {"round_id": 3, "to": "closed"}, 4, 4),
        _said("show", "round.move", {"round_id": 3, "to": "revealed"}, 6, 5),
    ]
    words = {"post-7": "A desk"}
    views = {"a phone": View(6, words, dict(words))}
    return History({one.id: one for one in said}, views, {7: 2})


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "room.sqlite3")) as made:
        made.executescript(TABLES)
        yield made


def _wrong(db: sqlite3.Connection, history: History) -> list[str]:
    db.commit()
    kept = Kept(Path(db.execute("PRAGMA database_list").fetchone()[2]))
    return history_checks.check(history, kept) + history_replay.check(history, kept)


def test_a_good_history_has_nothing_wrong_with_it(db: sqlite3.Connection) -> None:
    assert _wrong(db, _history()) == []


STORED = {
    "I1: acknowledged vote": "UPDATE mark SET seat_id = 12",
    "I1: acknowledged post": "DELETE FROM post",
    "I1: the words of post": "UPDATE post SET text = 'Another desk'",
    "I1: the mark of seat": "UPDATE mark SET value = 1, cost = 1",
    "I1: mark.set": "UPDATE moment SET kind = 'timer.set' WHERE seq = 3",
    "I2: seat 11 gave idea": "UPDATE mark SET value = 4, cost = 4",
    "I2: seat 11 gave 6 of 5": "INSERT INTO mark VALUES (3, 11, 8, 4, 4, 'phone', 9)",
    "I3: idea 7 is stored": "UPDATE round SET result = '{\"standings\": []}'",
    "I4: line 6 is a vote": "UPDATE moment SET kind = 'mark.set' WHERE seq = 6",
    "I4: line 6 is a new idea": "UPDATE moment SET kind = 'post.added', ref = 7 WHERE seq = 6",
    "I5: post post is there 2 times": ("INSERT INTO post VALUES (9, 'idea', 'A desk', 'shown', 1)"),
    "I5: nobody asked for the words": "INSERT INTO post VALUES (9, 'idea', 'B', 'shown', 1)",
    "I5: the mark of seat 12": "INSERT INTO mark VALUES (3, 12, 7, 0, 0, 'phone', 1)",
    "I5: 2 votes took effect": "UPDATE moment SET kind = 'mark.set' WHERE seq = 6 ",
    "I6: a phone stands at 6": "UPDATE workshop SET seq = 7",
    "I9: the history is not": "DELETE FROM moment WHERE seq = 6",
    "I10: purse": "UPDATE purse SET used = 3",
    "I10: a mark of 2 cost": "UPDATE mark SET cost = 1",
}


@pytest.mark.parametrize("sentence", STORED)
def test_what_the_database_has_wrong_is_found(db: sqlite3.Connection, sentence: str) -> None:
    db.execute(STORED[sentence])
    found = _wrong(db, _history())
    assert any(line.startswith(sentence) for line in found), found


def _two_answers(history: History) -> None:
    history.commands["post"].answers.append(Answer(9, ok=True, seq=1, says={"post": 8}))


def _yes_then_no(history: History) -> None:
    history.commands["vote"].answers.append(Answer(9, ok=False, code="round_closed"))


def _shared_line(history: History) -> None:
    history.commands["twin"] = _said("twin", "post.show", {"post_id": 1}, 8, 1)


def _vote_after_the_close(history: History) -> None:
    history.commands["vote"].at = 5.5
    history.commands["vote"].answers[:] = [Answer(5.9, ok=True, seq=3, says={"value": 2})]


def _refused_and_there(history: History) -> None:
    history.commands["vote"].answers[:] = [Answer(3, ok=False, code="round_closed")]


def _removed_and_busy(history: History) -> None:
    history.commands["out"] = _said("out", "seat.remove", {"seat_id": 11}, 0.1, 6)


def _another_screen(history: History) -> None:
    history.views["a phone"].fresh = {"post-7": "Two desks"}


def _another_tally(history: History) -> None:
    history.tally = {7: 3}


def _taken_back_and_there(history: History) -> None:
    history.commands["back"] = _said("back", "post.withdraw", {"post_id": 7}, 8, 6)


HEARD: dict[str, Callable[[History], None]] = {
    "I5: idea.post post was answered in different ways": _two_answers,
    "I5: mark.set vote was acknowledged and then refused": _yes_then_no,
    "I5: 2 commands share line 1": _shared_line,
    "I4: vote vote was accepted after the close": _vote_after_the_close,
    "I5: the mark of seat 11 on idea 7 counts although": _refused_and_there,
    "I4: mark.set vote was done by somebody who had been": _removed_and_busy,
    "I6: a phone shows": _another_screen,
    "I3: idea 7 was shown with 3": _another_tally,
    "I1: post 7 was acknowledged to be gone": _taken_back_and_there,
}


@pytest.mark.parametrize("sentence", HEARD)
def test_what_people_heard_wrong_is_found(db: sqlite3.Connection, sentence: str) -> None:
    history = _history()
    HEARD[sentence](history)
    found = _wrong(db, history)
    assert any(line.startswith(sentence) for line in found), found


def test_a_vote_whose_answer_never_came_may_stand_and_may_not(db: sqlite3.Connection) -> None:
    history = _history()
    history.commands["vote"].answers.clear()
    assert _wrong(db, history) == []
    for table in ("mark", "purse", "ledger"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from above
    db.execute('UPDATE round SET result = \'{"standings": [{"idea": 7, "score": 0}]}\'')
    db.execute("UPDATE moment SET kind = 'timer.set' WHERE seq = 3")
    history.tally = {7: 0}
    assert _wrong(db, history) == []
