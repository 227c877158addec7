"""The seal of a round: its ballots are counted, written into the ledger, and nobody's any more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from workshop.acts import exposing, ledger, pairs, secret
from workshop.acts.patterns import at_the_seal
from workshop.rules.permissions import named
from workshop.rules.rounds import rule_of
from workshop.rules.voting import METHODS, Ballot, RoundRule, Tally
from workshop.storage.arrivals import set_aside
from workshop.storage.cards import hands_of
from workshop.storage.models import Mark, MarkDevice, Pair, Post, Purse, Round, Seat, Step


def rule_for(row: Round) -> RoundRule:
    """The rule under which the ballots of `row` are cast and counted."""
    return rule_of(row.method, row.budget, row.cap, quadratic=row.quadratic)


def seal_round(db: Session, row: Round) -> dict[str, Any]:
    """Count `row` for good and return the result as plain JSON values.

    The ballots go into the ledger without their voters; what said whose they were is destroyed.
    Somebody who voted and then moved to a group that may not vote at this step has no ballot in it,
    nor has anybody whose votes a facilitator set aside.
    """
    rule, voters = rule_for(row), named(db.get_one(Step, row.step_id).voters)
    aside = set(map(str, set_aside(db, row.id)))
    ideas = db.scalars(
        select(Post.id)
        .where(Post.workshop_id == row.workshop_id, Post.kind == "idea", Post.state == "shown")
        .order_by(Post.id)
    ).all()
    method, everybody = METHODS[rule.method], _cast(db, row, frozenset(ideas), voters)
    cast = [one for one in everybody if one.voter not in aside]
    exposures = exposing.shown_to(db, row, cast, voters)
    result = as_result(method.tally(rule, ideas, cast, exposures), row.seed)
    if exposures is not None:
        result["shown"] = {str(i): sum(exposures.get(i, {}).values()) for i in ideas}
    if not row.secret:
        result |= _by_channel(db, row.id, rule, ideas, cast)
    result["electorate"] = electorate(db, row, voters)
    result["aside"] = at_the_seal(db, row, frozenset(one.voter for one in everybody))
    ledger.sealed(db, row, cast, summary(result))
    _forget_whose(db, row.id)
    exposing.forget(db, row.id)
    secret.forget(db, row)
    table = method.table(ideas, cast)
    if table is not None:
        result["table"] = [list(ideas), table.tolist()]
    return {**result, **method.details(ideas, table)}


def _cast(db: Session, row: Round, ideas: frozenset[int], voters: Collection[str]) -> list[Ballot]:
    if row.secret:
        return secret.ballots(db, row, rule_for(row), ideas)
    made = ballots if METHODS[row.method].by_mark else pairs.ballots
    return made(db, row.id, ideas, voters)


def _by_channel(
    db: Session, round_id: int, rule: RoundRule, ideas: Sequence[int], cast: Sequence[Ballot]
) -> dict[str, Any]:
    """The same ballots by how they came, and the hands, which are in no tally.

    "channels": channel -> ballots; "support": idea -> channel -> count; "hands": card -> group ->
    hands; "hands_at_least": the cards whose hands were counted before they were merged. All but the
    first are there only where they say more than the tally does.
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
    return told | _hands(db, round_id)


def _channels(db: Session, round_id: int) -> dict[str, str]:
    rows = db.execute(
        select(Seat.id, Seat.channel)
        .join(Purse, Purse.seat_id == Seat.id)
        .where(Purse.round_id == round_id)
    )
    return {str(seat): channel for seat, channel in rows}


def _hands(db: Session, round_id: int) -> dict[str, Any]:
    raised = hands_of(db, round_id)
    told = {"hands": {str(card): found.people for card, found in raised.items()}}
    parts = {"hands_at_least": [card for card, found in raised.items() if found.at_least]}
    return {name: value for name, value in (told | parts).items() if value}


def electorate(db: Session, row: Round, voters: Collection[str]) -> int:
    """How many people of the groups `voters` are here now."""
    here = (Seat.workshop_id == row.workshop_id, Seat.removed_at.is_(None))
    voices = select(func.count()).select_from(Seat).where(*here, Seat.group.in_(voters))
    return db.scalar(voices) or 0


def summary(result: dict[str, Any]) -> dict[str, Any]:
    """What the last line of a round says: the count in short, without a word of an idea."""
    short = ("rule_name", "rule_version", "seed", "ballots", "electorate")
    rows = [
        {name: line[name] for name in ("idea", "place", "tied", "score")}
        for line in result["standings"]
    ]
    return {**{name: result[name] for name in short}, "standings": rows}


def _forget_whose(db: Session, round_id: int) -> None:
    """Destroy what joins a person to their vote. That they are done, and took part, may stay."""
    for table in (MarkDevice, Mark, Pair):
        db.execute(
            delete(table)
            .where(table.round_id == round_id)
            .execution_options(synchronize_session=False)
        )
    db.execute(
        update(Purse)
        .where(Purse.round_id == round_id)
        .values(used=0)
        .execution_options(synchronize_session=False)
    )


def ballots(
    db: Session, round_id: int, ideas: frozenset[int], voters: Collection[str]
) -> list[Ballot]:
    """Every ballot of a round that is not sealed yet, its marks on these ideas alone.

    There is one for each seat that left any mark; its group is the one the person is in now.
    """
    marks: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    rows = db.execute(
        select(Mark.seat_id, Seat.group, Mark.idea_id, Mark.value)
        .join(Seat, Seat.id == Mark.seat_id)
        .where(Mark.round_id == round_id, Mark.value.is_not(None), Seat.group.in_(voters))
    )
    for seat_id, group, idea_id, value in rows:
        given = marks[seat_id, group]
        if value is not None and idea_id in ideas:
            given[idea_id] = value
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
