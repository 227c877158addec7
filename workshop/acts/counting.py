"""Counting a round's ballots into the result that is stored at its reveal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from workshop.rules.permissions import named
from workshop.rules.rounds import rule_of
from workshop.rules.voting import METHODS, Ballot, RoundRule, Tally
from workshop.storage.models import HandCount, Mark, Post, Purse, Round, Seat, Step


def rule_for(row: Round) -> RoundRule:
    """The rule under which the ballots of `row` are cast and counted."""
    return rule_of(row.method, row.budget, row.cap, quadratic=row.quadratic)


def count_round(db: Session, row: Round, rule: RoundRule) -> dict[str, Any]:
    """Tally `row` and return it as plain JSON values: the rule, seed, version and standings.

    The group of every ballot is written beside it first: what anybody counts again later is what
    is counted here, whoever has changed seats by then. Somebody who voted and then moved to a group
    that may not vote at this step has no ballot in it.
    """
    _keep_groups(db, row)
    ideas = db.scalars(
        select(Post.id)
        .where(Post.workshop_id == row.workshop_id, Post.kind == "idea", Post.state == "shown")
        .order_by(Post.id)
    ).all()
    method, cast = METHODS[rule.method], ballots(db, row.id)
    told = as_result(method.tally(rule, ideas, cast), row.seed)
    told |= _by_channel(db, row.id, rule, ideas, cast)
    table = method.table(ideas, cast)
    return told if table is None else {**told, "table": [list(ideas), table.tolist()]}


def _by_channel(
    db: Session, round_id: int, rule: RoundRule, ideas: Sequence[int], cast: Sequence[Ballot]
) -> dict[str, Any]:
    """The same ballots by how they came, and the hands, which are in no tally.

    "channels": channel -> ballots; "support": idea -> channel -> count; "hands": idea -> group ->
    hands. The last two are there only where they say more than the tally does.
    """
    came = _channels(db, round_id)
    sides = [replace(one, group=came[one.voter]) for one in cast]
    told: dict[str, Any] = {"channels": dict(sorted(Counter(one.group for one in sides).items()))}
    if len(told["channels"]) > 1:
        split = METHODS[rule.method].counts(ideas, sides)
        told["support"] = {
            str(idea): {name: asdict(count) for name, count in sorted(split[idea].items())}
            for idea in ideas
        }
    if raised := _hands(db, round_id):
        told["hands"] = raised
    return told


def _channels(db: Session, round_id: int) -> dict[str, str]:
    rows = db.execute(
        select(Seat.id, Seat.channel)
        .join(Purse, Purse.seat_id == Seat.id)
        .where(Purse.round_id == round_id)
    )
    return {str(seat): channel for seat, channel in rows}


def _hands(db: Session, round_id: int) -> dict[str, dict[str, int]]:
    raised: dict[str, dict[str, int]] = defaultdict(dict)
    rows = db.execute(
        select(HandCount.idea_id, HandCount.group, HandCount.people)
        .where(HandCount.round_id == round_id)
        .order_by(HandCount.idea_id, HandCount.group)
    )
    for idea, group, people in rows:
        raised[str(idea)][group] = people
    return dict(raised)


def _keep_groups(db: Session, row: Round) -> None:
    voters = named(db.get_one(Step, row.step_id).voters)
    now = select(Seat.group).where(Seat.id == Purse.seat_id, Seat.group.in_(voters))
    db.execute(
        update(Purse)
        .where(Purse.round_id == row.id)
        .values(counted_as=now.scalar_subquery())
        .execution_options(synchronize_session=False)
    )


def ballots(db: Session, round_id: int) -> list[Ballot]:
    """Every ballot of a round whose groups are kept, one for each seat that left any mark."""
    marks: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    rows = db.execute(
        select(Mark.seat_id, Purse.counted_as, Mark.idea_id, Mark.value)
        .join(Purse, and_(Purse.round_id == Mark.round_id, Purse.seat_id == Mark.seat_id))
        .where(Mark.round_id == round_id, Mark.value.is_not(None))
    )
    for seat_id, group, idea_id, value in rows:
        if value is not None and group is not None:
            marks[seat_id, group][idea_id] = value
    return [Ballot(str(seat), group, given) for (seat, group), given in marks.items()]


def as_result(tally: Tally, seed: int) -> dict[str, Any]:
    """A tally as it is stored and shown again."""
    return {
        "rule": asdict(tally.rule),
        "rule_name": tally.rule_name,
        "rule_version": tally.rule_version,
        "seed": seed,
        "ballots": tally.ballots_cast,
        "standings": [
            {
                "idea": standing.idea,
                "place": standing.place,
                "tied": standing.tied,
                "score": standing.score,
                "breadth": standing.breadth,
                "seen": standing.seen,
                "by_group": {
                    group: asdict(count) for group, count in sorted(standing.by_group.items())
                },
            }
            for standing in tally.standings
        ],
    }
