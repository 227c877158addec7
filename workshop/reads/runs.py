"""The newest run over the portfolio: how it was made, if it is still true, and who beats whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.promises import today
from workshop.storage.basis import basis
from workshop.storage.models import PortfolioRun


@dataclass(frozen=True, slots=True)
class RunCard:
    """One run.

    Attributes:
        seed, version, draws: with the answers and the yardsticks, these give the same numbers anew.
        top: among how many places P(top) asks.
        at: when it was made.
        fresh: whether nothing has changed since.
        better: P(the first item > the second) for pairs of items that were told.
    """

    seed: int
    version: str
    draws: int
    top: int
    at: int
    fresh: bool
    items: tuple[int, ...]
    better: tuple[tuple[float, ...], ...]

    def chance(self, one: int, other: int) -> float | None:
        """P(item `one` has more reward than item `other`), or None where it was not told."""
        if one not in self.items or other not in self.items:
            return None
        return self.better[self.items.index(one)][self.items.index(other)]


def newest_run(db: Session, *, now: int) -> RunCard | None:
    """The newest run, or None before the first."""
    row = db.scalar(select(PortfolioRun).order_by(PortfolioRun.id.desc()).limit(1))
    if row is None:
        return None
    told = row.numbers
    return RunCard(
        seed=row.seed,
        version=row.rule_version,
        draws=told["draws"],
        top=told["top"],
        at=row.at,
        fresh=row.basis == basis(db, today(now)),
        items=tuple(int(key.removeprefix("item-")) for key in told["keys"]),
        better=tuple(tuple(line) for line in told["better"]),
    )


def is_fresh(db: Session, *, now: int) -> bool:
    """Whether the numbers are those of the answers as they stand; so too while there is nothing."""
    kept = db.scalar(select(PortfolioRun.basis).order_by(PortfolioRun.id.desc()).limit(1))
    wanted = basis(db, today(now))
    return kept == wanted or (kept is None and wanted.endswith("/"))
