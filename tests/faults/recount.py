"""What the database says, worked out again by code that shares nothing with the application.

Plain SQL through the databases' own drivers, no model, no rule and no act of ours. Three questions:

    stored = read("sqlite:////tmp/room.sqlite3")    # or postgresql://...: one consistent look
    wrong(stored)                                    # every broken invariant, as sentences
    lost(stored, acks)                               # acknowledged commands that are not there

The invariants of TRUST, as far as a database can break them: I2 purses within their caps; I3 a
shown tally is what the marks say; I4 nothing was taken while a round was closed, by the room's own
history; I5 one answer for one command; I6 the history, replayed, ends where the rounds stand; I8 no
line of history says who or what a vote was; I9 no holes in the history; I10 what a purse spent is
what its marks cost. For I4's other half (a tally never changes after the seal) hold `sealed` of an
earlier look against a later one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.faults import chain

QUERIES = {
    "workshops": "SELECT id, seq, state FROM workshop",
    "steps": "SELECT id, workshop_id, position FROM step",
    "rounds": "SELECT id, workshop_id, step_id, method, budget, cap, state, result FROM round",
    "purses": "SELECT round_id, seat_id, cap, used FROM purse",
    "marks": "SELECT round_id, seat_id, idea_id, value, cost FROM mark",
    "moments": "SELECT workshop_id, seq, kind, ref, note FROM moment ORDER BY workshop_id, seq",
    "ledger": "SELECT workshop_id, number, round_id, kind, content, salt, committed, head"
    " FROM ledger ORDER BY workshop_id, number",
    "commands": "SELECT key, workshop_id, seq, answer FROM command",
}
VOTES = {"mark.first", "mark.set", "ballot.done"}
"""The kinds of history that only an open round has."""
ORPHANS = "PRAGMA foreign_key_check"
FREE = {"sweep"}
"""Ways of voting in which a mark costs nothing."""


class Ack(NamedTuple):
    """A command that somebody was told is kept, and the answer they were given."""

    secret: str
    command_id: str
    seq: int
    answer: dict[str, Any]

    @property
    def key(self) -> str:
        """Under which the answer must be stored."""
        text = f"command:{self.command_id}"
        return hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()


class Stored(NamedTuple):
    """One consistent look at the tables: plain rows, in the order of `QUERIES`."""

    workshops: list[tuple[Any, ...]]
    steps: list[tuple[Any, ...]]
    rounds: list[tuple[Any, ...]]
    purses: list[tuple[Any, ...]]
    marks: list[tuple[Any, ...]]
    moments: list[tuple[Any, ...]]
    ledger: list[tuple[Any, ...]]
    commands: list[tuple[Any, ...]]
    damage: tuple[str, ...] = ()


def read(database: str) -> Stored:
    """Everything that the checks need, in one transaction of a connection of its own."""
    return _read_sqlite(database) if database.startswith("sqlite") else _read_postgres(database)


def _read_sqlite(database: str) -> Stored:
    connection = sqlite3.connect(database.removeprefix("sqlite:///"), timeout=30)
    try:
        connection.execute("BEGIN")
        whole = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        damage = [line for line in whole if line != "ok"]
        damage += [f"a row of {row[0]} points nowhere" for row in connection.execute(ORPHANS)]
        rows = {name: connection.execute(sql).fetchall() for name, sql in QUERIES.items()}
        return Stored(**rows, damage=(*damage,))
    finally:
        connection.close()


def _read_postgres(database: str) -> Stored:
    import psycopg  # noqa: PLC0415 - an extra that a machine with SQLite alone does without

    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rows = {name: connection.execute(sql).fetchall() for name, sql in QUERIES.items()}
        return Stored(**rows, damage=())


def wrong(stored: Stored) -> list[str]:
    """Every invariant that is broken, as a sentence that says where."""
    checks = (_purses, _tallies, _history, _replayed, _answers)
    return [
        *stored.damage,
        *chain.broken(stored.ledger),
        *(line for check in checks for line in check(stored)),
    ]


def lost(stored: Stored, acks: Iterable[Ack]) -> list[str]:
    """Acknowledged commands that are not stored, or stored with another answer (I1, I5)."""
    there = {key: (seq, _plain(answer)) for key, _, seq, answer in stored.commands}
    found = []
    for ack in acks:
        kept = there.get(ack.key)
        if kept is None:
            found.append(f"I1: command {ack.command_id} was acknowledged and is not there")
        elif kept != (ack.seq, ack.answer):
            found.append(f"I5: command {ack.command_id} was told {ack.answer}, stored is {kept}")
    return found


def tally(stored: Stored, round_id: int) -> dict[int, tuple[int, int]]:
    """Idea -> (sum of its marks, how many people gave it more than nothing).

    By the marks while a round goes on, and by the ballots of the ledger once it is sealed.
    """
    counts: dict[int, tuple[int, int]] = {}
    marks = [(idea, value) for of, _, idea, value, _ in stored.marks if of == round_id]
    for ballot in chain.ballots(stored.ledger, round_id):
        marks += [(int(idea), value) for idea, value in ballot["marks"].items()]
    for idea, value in marks:
        if value is not None:
            score, breadth = counts.get(idea, (0, 0))
            counts[idea] = score + value, breadth + (value > 0)
    return counts


def sealed(stored: Stored) -> dict[int, dict[str, Any]]:
    """The published result of every revealed round."""
    return {row[0]: _plain(row[7]) for row in stored.rounds if row[6] == "revealed"}


def _plain(value: Any) -> Any:  # noqa: ANN401 - a JSON column is text in one database
    return json.loads(value) if isinstance(value, str) else value


def _purses(stored: Stored) -> Iterator[str]:
    """Hold purses against marks, and marks against the rule of their round (I2, I10)."""
    rules = {row[0]: row for row in stored.rounds}
    spent: Counter[tuple[int, int]] = Counter()
    for round_id, seat, idea, value, cost in stored.marks:
        _, _, _, method, budget, cap, *_ = rules[round_id]
        counted = method not in FREE and not (method == "approval" and budget == 0)
        where = f"round {round_id}, seat {seat}, idea {idea}"
        if cost != (value if counted and value is not None else 0):
            yield f"I10: {where}: a mark of {value} cost {cost}"
        if method == "dots" and value is not None and not 0 <= value <= cap:
            yield f"I2: {where}: a mark of {value} where {cap} is the most"
        spent[round_id, seat] += cost
    purses = {(round_id, seat): (cap, used) for round_id, seat, cap, used in stored.purses}
    for key in spent.keys() | purses.keys():
        cap, used = purses.get(key, (0, 0))
        if used != spent[key]:
            yield f"I10: round and seat {key}: the purse says {used}, the marks {spent[key]}"
        if not 0 <= spent[key] <= cap:
            yield f"I2: round and seat {key}: spent {spent[key]} of {cap}"
        if rules[key[0]][3] == "dots" and cap > rules[key[0]][4]:
            yield f"I2: round and seat {key}: a purse of {cap}, the round gives {rules[key[0]][4]}"


def _tallies(stored: Stored) -> Iterator[str]:
    """Hold what a room was shown against what the marks say (I3)."""
    methods = {row[0]: row[3] for row in stored.rounds}
    for round_id, shown in sealed(stored).items():
        counted = tally(stored, round_id)
        cast = chain.ballots(stored.ledger, round_id)
        if any(row[0] == round_id for row in stored.marks):
            yield f"I8: round {round_id} is sealed, and still knows whose votes were whose"
        if shown["ballots"] != len(cast):
            yield f"I3: round {round_id} shows {shown['ballots']} ballots, stored are {len(cast)}"
        for row in shown["standings"]:
            score, breadth = counted.get(row["idea"], (0, 0))
            # A sweep ranks by agreement between groups; its supporters are counted all the same.
            same = methods[round_id] in FREE or row["score"] == score
            if not same or row["breadth"] != breadth:
                yield f"I3: round {round_id}: shown {row}, but the marks say {score}, {breadth}"


def _history(stored: Stored) -> Iterator[str]:
    """Every number from 1 to the room's own, once; and votes that tell nothing (I8, I9)."""
    numbers: dict[int, list[int]] = defaultdict(list)
    for workshop, seq, kind, ref, note in stored.moments:
        numbers[workshop].append(seq)
        if kind in VOTES and (ref is not None or note):
            yield f"I8: room {workshop}, line {seq} tells more than that somebody voted"
    for workshop, seq, _ in stored.workshops:
        if numbers[workshop] != list(range(1, seq + 1)):
            yield f"I9: room {workshop} is at {seq}, its history has {len(numbers[workshop])} lines"


def _replayed(stored: Stored) -> Iterator[str]:
    """Go through each history: votes only while open, and the rounds end as stored (I4, I6)."""
    for workshop, *_ in stored.workshops:
        rounds = {row[2]: row for row in stored.rounds if row[1] == workshop}
        steps = {step: position for step, of, position in stored.steps if of == workshop}
        lines = [row for row in stored.moments if row[0] == workshop]
        states, refused = _walk(lines, rounds, steps)
        yield from (
            f"I4: room {workshop}, line {seq}: a vote while none was open" for seq in refused
        )
        for step, row in rounds.items():
            if states.get(step) != row[6]:
                yield f"I6: round {row[0]} is {row[6]}, its history says {states.get(step)}"


def _walk(
    lines: list[tuple[Any, ...]], rounds: dict[int, tuple[Any, ...]], steps: dict[int, int]
) -> tuple[dict[int, str], list[int]]:
    """The state in which each step's round ends, and the votes taken while it was not open."""
    step_of = {row[0]: step for step, row in rounds.items()}
    states: dict[int, str] = {}
    refused: list[int] = []
    here = next((step for step, position in steps.items() if position == 0), 0)
    for _, seq, kind, ref, note in lines:
        if kind in VOTES and states.get(here) != "open":
            refused.append(seq)
        elif kind == "round.moved":
            states[step_of[ref]] = note
        elif kind in {"step.moved", "workshop.started", "workshop.finished"}:
            there = ref if kind == "step.moved" else here
            if states.get(here) == "open" and (there != here or kind == "workshop.finished"):
                states[here] = "closed"
            arrives = there != here or kind == "workshop.started"
            here = there
            if arrives and here in rounds and states.get(here) not in {"revealed", "covered"}:
                states[here] = "open"
    return states, refused


def _answers(stored: Stored) -> Iterator[str]:
    """No answer tells of a state that the room has not reached (I5)."""
    at = {workshop: seq for workshop, seq, _ in stored.workshops}
    for key, workshop, seq, _ in stored.commands:
        if workshop is not None and seq > at[workshop]:
            yield f"I5: command {key[:8]} was answered at {seq}, its room is at {at[workshop]}"
