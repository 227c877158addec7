"""Choosing the next pair for somebody: from strengths that a room fits once in a while.

The fit is kept for each room in this process. It is made anew when a twentieth more answers have
come, or other ideas; between two fits many people are asked, so pairs that are nearly as good as
the best one count as equal and each person's own seed picks among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from workshop.acts.pairs import ask, ask_anew
from workshop.acts.stage import Stage
from workshop.rules.refusals import Refused
from workshop.rules.voting.bradley_terry import Strengths, strengths
from workshop.rules.voting.pairwise import next_pair
from workshop.storage.models import Pair, Post, Round, Step, Workshop

NEAR: Final = 0.1
"""How far below the best a pair may be and still be asked."""

ANEW: Final = 20
"""A fit is made anew when one in so many answers more has come."""

# Made once: an alias learns its columns when it is first asked, which takes longer than a question.
_LOW, _HIGH = aliased(Post), aliased(Post)


@dataclass(frozen=True, slots=True)
class Fit:
    """Strengths of the ideas of a round, and how many answers they were fitted to."""

    ideas: tuple[int, ...]
    answers: int
    fitted: Strengths


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a question is chosen by: the round, its ideas, and what this person has had."""

    round_id: int
    ideas: tuple[int, ...]
    answers: int
    had: frozenset[frozenset[int]]
    asked: frozenset[int]
    seed: str


def ask_next(stage: Stage, workshop_id: int, seat_id: int) -> None:
    """Ask somebody the next pair, where an open round asks pairs and they are asked none."""
    with stage.store.read() as db:
        seen = _look(db, workshop_id, seat_id)
        if seen is None or (seen.asked and seen.asked <= set(seen.ideas)):
            return
        fit: Fit | None = stage.made.get(("fit", seen.round_id))
        wins = None if fit and _holds(fit, seen) else _wins(db, seen)
    if fit is None or wins is not None:
        fit = Fit(seen.ideas, seen.answers, stage.offload(strengths, wins))
        stage.made["fit", seen.round_id] = fit
    pair = next_pair(fit.ideas, fit.fitted, seen.had, seen.seed, NEAR)
    perform = partial(stage.perform, workshop_id=workshop_id, seat_id=seat_id)
    try:
        if seen.asked:
            perform(ask_anew)
        if pair:
            perform(ask, left_id=pair[0], right_id=pair[1])
    except Refused:
        return  # The vote closed meanwhile, or this person may not vote: there is nothing to ask.


def after_answer(stage: Stage, given: Mapping[str, Any]) -> None:
    """Ask whoever has just answered the next pair."""
    ask_next(stage, given["workshop_id"], given["seat_id"])


def _holds(fit: Fit, seen: _Seen) -> bool:
    more = abs(seen.answers - fit.answers)
    return fit.ideas == seen.ideas and more <= fit.answers // ANEW


def _look(db: Session, workshop_id: int, seat_id: int) -> _Seen | None:
    here = db.execute(
        select(Round.id, Workshop.shuffle)
        .join(Step, Step.id == Round.step_id)
        .join(Workshop, Workshop.id == Step.workshop_id)
        .where(Workshop.id == workshop_id, Step.position == Workshop.step_position)
        .where(Round.state == "open", Round.method == "pairwise")
    ).first()
    if here is None:
        return None
    ideas = db.scalars(
        select(Post.id)
        .where(Post.workshop_id == workshop_id, Post.kind == "idea", Post.state == "shown")
        .order_by(Post.id)
    )
    mine = db.execute(
        select(
            func.coalesce(_LOW.top_id, _LOW.id).label("one"),
            func.coalesce(_HIGH.top_id, _HIGH.id).label("other"),
            _LOW.id.label("low"),
            _HIGH.id.label("high"),
            Pair.answer,
        )
        .join(_LOW, _LOW.id == Pair.low_id)
        .join(_HIGH, _HIGH.id == Pair.high_id)
        .where(Pair.round_id == here.id, Pair.seat_id == seat_id)
    ).all()
    answered = select(func.count()).select_from(Pair).where(Pair.round_id == here.id)
    return _Seen(
        round_id=here.id,
        ideas=tuple(ideas),
        answers=db.scalar(answered.where(Pair.answer.is_not(None))) or 0,
        had=frozenset(frozenset((row.one, row.other)) for row in mine if row.answer is not None),
        asked=frozenset(idea for row in mine if row.answer is None for idea in (row.low, row.high)),
        seed=f"{here.shuffle}:{seat_id}:{len(mine)}",
    )


def _wins(db: Session, seen: _Seen) -> npt.NDArray[np.int64]:
    """(ideas, ideas) how often the row's idea was preferred, over everybody."""
    one, other = func.coalesce(_LOW.top_id, _LOW.id), func.coalesce(_HIGH.top_id, _HIGH.id)
    better = case((Pair.answer > 0, one), else_=other)
    worse = case((Pair.answer > 0, other), else_=one)
    rows = db.execute(
        select(better, worse, func.count())
        .join(_LOW, _LOW.id == Pair.low_id)
        .join(_HIGH, _HIGH.id == Pair.high_id)
        .where(Pair.round_id == seen.round_id, Pair.answer != 0)
        .group_by(better, worse)
    )
    return _table(seen.ideas, [tuple(row) for row in rows])


def _table(ideas: Sequence[int], rows: Sequence[tuple[int, ...]]) -> npt.NDArray[np.int64]:
    place = {idea: number for number, idea in enumerate(ideas)}
    wins = np.zeros((len(ideas), len(ideas)), dtype=np.int64)
    for one, other, times in rows:
        if one in place and other in place and one != other:
            wins[place[one], place[other]] += times
    return wins
