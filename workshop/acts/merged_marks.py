"""What people gave to merged ideas: kept idea by idea, counted once on the card they became.

Every idea keeps the mark that it was given, so that it can be taken out again as it was. A purse
holds only what the card costs: votes above the cap come back to whoever gave them. Whoever marks
the card anew has said all that they say of it, and their marks inside it end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from workshop.acts.counting import rule_for
from workshop.rules.rounds import SEALED
from workshop.rules.voting import METHODS, RoundRule
from workshop.rules.voting.merged import together
from workshop.storage.models import Base, Mark, Post, Purse, Round
from workshop.storage.prepared import Prepared

MARK: Final = Base.metadata.tables["mark"]


@dataclass(slots=True)
class Kept:
    """One person's mark on one idea of a card, and what of their purse is held for it."""

    idea: int
    value: int | None
    cost: int


# ---------------------------------------------------------------------- while people vote

INSIDE: Final = select(Post.id).where(Post.top_id == bindparam("card")).scalar_subquery()
HELD: Final = Prepared(
    lambda _: select(func.coalesce(func.sum(Mark.cost), 0).label("held")).where(
        Mark.round_id == bindparam("round_id"),
        Mark.seat_id == bindparam("seat_id"),
        Mark.idea_id.in_(INSIDE),
    )
)
END: Final = Prepared(
    lambda _: (
        update(MARK)
        .where(MARK.c.round_id == bindparam("in_round"), MARK.c.seat_id == bindparam("of_seat"))
        .where(MARK.c.idea_id.in_(INSIDE))
        .values(value=None, cost=0)
    )
)


def held_inside(db: Session, round_id: int, seat_id: int, card: int) -> int:
    """What is held of a purse for marks on the ideas inside a card."""
    row = HELD.first(db, round_id=round_id, seat_id=seat_id, card=card)
    held: int = row.held
    return held


def end_inside(db: Session, round_id: int, seat_id: int, card: int) -> None:
    """Somebody has marked the card itself: what they gave to the ideas inside it ends."""
    END.run(db, in_round=round_id, of_seat=seat_id, card=card)


def stands(db: Session, rule: RoundRule, round_id: int, seat_id: int, card: int) -> int | None:
    """What one person's marks on a card come to now."""
    rows = db.execute(
        select(Mark.idea_id, Mark.value)
        .join(Post, Post.id == Mark.idea_id)
        .where(Mark.round_id == round_id, Mark.seat_id == seat_id)
        .where(or_(Post.id == card, Post.top_id == card))
    )
    return together(rule, card, [(idea, value) for idea, value in rows])


# ---------------------------------------------------------------------- when cards change


def settle(db: Session, workshop_id: int, cards: Sequence[int]) -> None:
    """Hold in every purse what its marks on these cards come to, in every vote not yet counted.

    Cards are settled in this order. A purse that no longer holds what a card cost before it was
    merged gives as much as it has: votes that came back may have been given elsewhere since.
    """
    rounds = select(Round).where(Round.workshop_id == workshop_id, Round.state.not_in(SEALED))
    for row in db.scalars(rounds.execution_options(populate_existing=True)).all():
        rule = rule_for(row)
        for card in cards:
            for seat_id, kept in _kept(db, row.id, card).items():
                _hold(db, rule, (row.id, seat_id), card, kept)


def _kept(db: Session, round_id: int, card: int) -> dict[int, list[Kept]]:
    """Everybody's marks on a card and what is inside it: seat -> the card's own mark first."""
    found: dict[int, list[Kept]] = defaultdict(list)
    rows = db.execute(
        select(Mark.seat_id, Mark.idea_id, Mark.value, Mark.cost)
        .join(Post, Post.id == Mark.idea_id)
        .where(Mark.round_id == round_id, or_(Post.id == card, Post.top_id == card))
        .order_by(Mark.seat_id, case((Mark.idea_id == card, 0), else_=1), Mark.idea_id)
    )
    for seat_id, idea, value, cost in rows:
        found[seat_id].append(Kept(idea, value, cost))
    return found


def _hold(
    db: Session, rule: RoundRule, purse: tuple[int, int], card: int, kept: list[Kept]
) -> None:
    """Hold what one person's marks on a card come to; the first idea bears as much as it costs."""
    round_id, seat_id = purse
    mine = Purse.round_id == round_id, Purse.seat_id == seat_id
    free = db.scalar(select(Purse.cap - Purse.used).where(*mine)) or 0
    held = sum(mark.cost for mark in kept)
    before = [(mark.idea, mark.value, mark.cost) for mark in kept]
    wanted = _within(rule, card, kept, held + free)
    for mark in kept:
        mark.cost = min(wanted, METHODS[rule.method].cost(rule, mark.value or 0))
        wanted -= mark.cost
    for mark, was in zip(kept, before, strict=True):
        if (mark.idea, mark.value, mark.cost) != was:
            _write(db, round_id, seat_id, mark)
    change = sum(mark.cost for mark in kept) - held
    if change:
        more = update(Purse).where(*mine).values(used=Purse.used + change)
        db.execute(more.execution_options(synchronize_session=False))


def _within(rule: RoundRule, card: int, kept: list[Kept], purse: int) -> int:
    """What the marks cost together, the last of them made smaller until a purse holds it."""
    method = METHODS[rule.method]
    while True:
        value = together(rule, card, ((mark.idea, mark.value) for mark in kept))
        cost = 0 if value is None else method.cost(rule, value)
        if cost <= purse:
            return cost
        last = next(mark for mark in reversed(kept) if mark.value)
        last.value = (last.value or 0) - 1


def _write(db: Session, round_id: int, seat_id: int, mark: Kept) -> None:
    changed = update(Mark).where(
        Mark.round_id == round_id, Mark.seat_id == seat_id, Mark.idea_id == mark.idea
    )
    values = changed.values(value=mark.value, cost=mark.cost)
    db.execute(values.execution_options(synchronize_session=False))


# ---------------------------------------------------------------------- when a vote is counted


def join_for_good(db: Session, round_id: int, rule: RoundRule) -> None:
    """Write what everybody's marks on each merged card come to onto the card itself.

    From the reveal on, a round's marks are what was counted, whatever becomes of its cards.
    """
    tops = select(Post.top_id).join(Mark, Mark.idea_id == Post.id).distinct()
    merged = tops.where(Mark.round_id == round_id, Post.top_id.is_not(None))
    for card in db.scalars(merged).all():
        if card is None:
            continue
        for seat_id, kept in _kept(db, round_id, card).items():
            _join(db, rule, (round_id, seat_id), card, kept)


def _join(
    db: Session, rule: RoundRule, purse: tuple[int, int], card: int, kept: list[Kept]
) -> None:
    value = together(rule, card, ((mark.idea, mark.value) for mark in kept))
    cost = sum(mark.cost for mark in kept)
    for mark in kept:
        if mark.idea != card:
            _write(db, *purse, Kept(mark.idea, None, 0))
    if kept[0].idea == card:
        _write(db, *purse, Kept(card, value, cost))
    else:
        row = {"round_id": purse[0], "seat_id": purse[1], "idea_id": card}
        db.execute(MARK.insert().values(**row, value=value, cost=cost, device="", number=0))
