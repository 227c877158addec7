"""A secret ballot: cast whole and once, and from then on nobody's.

What says that somebody has voted and what says how stand in two tables that share no value, no time
and no order. The act answers a command that comes again by itself: a stored answer, or a hash of
what was sent, would join the two.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from workshop.acts.counting import rule_for
from workshop.acts.room import contributed, enter, record, running, step_now, voice
from workshop.acts.stage import Change
from workshop.rules.fairness.folding import folding
from workshop.rules.permissions import may_vote
from workshop.rules.refusals import Refused
from workshop.rules.rounds import as_asked, takes_marks
from workshop.rules.voting import METHODS, Ballot, RoundRule
from workshop.storage.cards import cards_of
from workshop.storage.models import Base, Elector, Round, Seat, SecretBallot, Step

RECEIVED = {"received": True}
"""All that anybody is ever told of a secret ballot."""


def cast_ballot(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    command_id: str,
    idea_ids: Sequence[object],
    values: Sequence[object],
    method: str = "",
) -> Change:
    """Cast one person's whole ballot. It can't be changed, and nobody can find it again.

    Args:
        idea_ids, values: the ideas on the ballot and, in the same order, the mark on each; None
            leaves an idea out.
        method: how the page said to vote; nothing where it did not say.

    Raises:
        Refused: `already_cast`, `ballot_over`, `round_closed`, `bad_value`, `not_found`, ...
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    running(room)
    step = step_now(db, room)
    row = _secret_round(db, step)
    known = _known(row, command_id)
    elector = db.get(Elector, (row.id, seat.id), populate_existing=True)
    if elector is not None and elector.command == known:
        return Change(room.id, room.seq, dict(RECEIVED))
    takes_marks(row.state)
    as_asked(method, row.method)
    may_vote(step.voters, seat.group)
    if elector is not None:
        raise Refused("already_cast")
    marks = _marks(db, room.id, rule_for(row), idea_ids, values)
    _put(db, row, seat, known, marks)
    contributed(db, step, seat)
    # The same line as anybody's first mark: the history does not tell a secret ballot apart.
    return Change(room.id, record(db, room, "mark.first", now), dict(RECEIVED))


def _secret_round(db: Session, step: Step) -> Round:
    row = db.scalar(
        select(Round)
        .where(Round.step_id == step.id, Round.secret.is_(True))
        .execution_options(populate_existing=True)
    )
    if row is None or row.secret_key is None:
        raise Refused("round_closed")
    return row


def _known(row: Round, command_id: str) -> str:
    """What a command is known by until the seal."""
    key = (row.secret_key or "").encode()
    return hmac.new(key, command_id.encode(), hashlib.sha256).hexdigest()


def _put(db: Session, row: Round, seat: Seat, known: str, marks: dict[str, int]) -> None:
    """Note in one table that this person has voted, and in the other what was cast."""
    db.add(Elector(round_id=row.id, seat_id=seat.id, command=known))
    group = _unremarkable(db, row.workshop_id, seat.group)
    db.add(SecretBallot(key=secrets.token_hex(16), round_id=row.id, group=group, marks=marks))
    db.flush()
    _blur(db, row.id)


def _marks(
    db: Session,
    workshop_id: int,
    rule: RoundRule,
    idea_ids: Sequence[object],
    values: Sequence[object],
) -> dict[str, int]:
    """The marks of a ballot that the rule allows, blank ones left out."""
    if len(idea_ids) != len(values) or len(set(idea_ids)) != len(idea_ids):
        raise Refused("bad_value")
    marks: dict[int, int] = {}
    for idea, value in zip(idea_ids, values, strict=True):
        if type(idea) is not int or not (value is None or type(value) is int):
            raise Refused("bad_value")
        if value is not None:
            METHODS[rule.method].check(rule, value)
            marks[idea] = value
    if not METHODS[rule.method].valid(rule, Ballot("", "", marks)):
        raise Refused("ballot_over")
    # Whoever filled in a ballot before ideas were merged has said something of each of them.
    if not marks.keys() <= cards_of(db, workshop_id).keys():
        raise Refused("not_found")
    return {str(idea): mark for idea, mark in sorted(marks.items())}


def _unremarkable(db: Session, workshop_id: int, group: str) -> str:
    """The group that a ballot names: "others" where so few sit in it that it would tell who."""
    sizes = select(Seat.group, func.count()).where(
        Seat.workshop_id == workshop_id, Seat.removed_at.is_(None)
    )
    here = dict(db.execute(sizes.group_by(Seat.group)).all())
    return folding(here)[group]


def _blur(db: Session, round_id: int) -> None:
    """Write all rows anew where PostgreSQL keeps, beside each, when it came.

    Its rows lie in the order in which they were written, and know the transaction that wrote them.
    """
    if db.get_bind().dialect.name == "sqlite":
        return
    for made in (Elector, SecretBallot):
        table = Base.metadata.tables[made.__tablename__]
        gone = delete(table).where(table.c.round_id == round_id).returning(table).cte()
        in_order = select(gone).order_by(*(gone.c[key.name] for key in table.primary_key))
        db.execute(insert(table).from_select([one.name for one in table.c], in_order))
