"""The numbers of the portfolio, brought up to date: read, draw outside a transaction, store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workshop.acts.stage import Change, Stage, at_once
from workshop.rules.promises import today
from workshop.rules.scoring.appraisal import as_stored
from workshop.rules.scoring.joint import Measured, Portfolio, draw_portfolio
from workshop.storage.basis import basis, counted
from workshop.storage.measured import measured
from workshop.storage.models import Appraisal as Stored
from workshop.storage.models import PortfolioRun

AT_ONCE: Final = 10
"""So many items are read before others get a turn."""


def work_out(
    stage: Stage,
    offload: Callable[..., Any] = at_once,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    breathe: Callable[[], None] = lambda: None,
) -> None:
    """Bring the numbers of every item whose scores may be seen up to date, all in one run.

    Args:
        offload: `offload(function, *values)` runs the draws where they hold up nobody.
        progress: hears how many items are done, of how many.
        breathe: lets others have a turn while the answers are read.
    """
    now = stage.clock()
    with stage.store.read() as db:
        rests_on = basis(db, today(now))
        states = counted(db, today(now))
    items: list[Measured] = []
    numbers = list(states)
    for first in range(0, len(numbers), AT_ONCE):
        some = {item: states[item].counts for item in numbers[first : first + AT_ONCE]}
        with stage.store.read() as db:
            items += measured(db, some)
        breathe()
    progress(0, len(items))
    made = offload(_draw, items, lambda done: progress(done, len(items)))
    stage.perform(save_run, made=made, rests_on=rests_on)


def _draw(items: Sequence[Measured], progress: Callable[[int], None]) -> Portfolio:
    return draw_portfolio(items, progress=progress)


def save_run(db: Session, *, now: int, made: Portfolio, rests_on: str) -> Change:
    """Keep the numbers of a run, unless a newer run came first.

    Every item's own numbers and the pairs are replaced together. No line of history is written:
    nobody did anything, and the rule, the seed and the basis stand beside the numbers.
    """
    before = db.scalar(select(PortfolioRun).order_by(PortfolioRun.id.desc()).limit(1))
    if before is not None and basis(db, today(now)) == before.basis != rests_on:
        return Change()
    db.execute(delete(PortfolioRun))
    db.add(
        PortfolioRun(
            rule_version=made.version,
            seed=made.seed,
            basis=rests_on,
            numbers={
                "keys": list(made.keys),
                "better": [list(row) for row in made.better],
                "draws": made.draws,
                "top": made.top,
            },
            at=now,
        )
    )
    _keep_items(db, made, now)
    return Change()


def _keep_items(db: Session, made: Portfolio, now: int) -> None:
    db.execute(delete(Stored))
    db.add_all(
        Stored(
            item_id=int(key.removeprefix("item-")),
            rule_version=one.version,
            seed=one.seed,
            numbers=as_stored(one),
            at=now,
        )
        for key, one in made.appraisals.items()
    )
