"""The promise of an answer: kept, open until a day, or late, by the calendar of today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

SOON_DAYS: Final = 14
"""From so many days before it is due, an open promise is pointed out."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Where the promise of an answer stands.

    Attributes:
        state: "none" promised nothing; "open", "soon" and "late" wait for an answer; "answered".
        due: the day of the next answer or the next look, or None.
        days: days late, or days until it is due; 0 where there is no such day.
    """

    state: str
    due: date | None = None
    days: int = 0

    @property
    def is_late(self) -> bool:
        """Whether the promised day has gone by."""
        return self.state == "late"

    @property
    def waits(self) -> bool:
        """Whether somebody is waiting for an answer now."""
        return self.state in {"open", "soon", "late"}


def today(now: int) -> date:
    """The calendar day of a time in milliseconds since 1970."""
    return datetime.fromtimestamp(now / 1000, UTC).date()


def promise(
    answer_by: str | None, *, answered: bool, review_on: str | None, done: bool, day: date
) -> Promise:
    """Say where a promise stands on `day`. Days are written as in "2026-01-16".

    Until there is an answer, its day counts; afterwards the day of the next look, unless all is
    done. A look that is overdue is late as an answer would be.
    """
    due = _day(review_on if answered else answer_by)
    if answered and (done or due is None or due >= day):
        return Promise("answered", None if done else due, 0)
    if due is None:
        return Promise("none")
    if due < day:
        return Promise("late", due, (day - due).days)
    left = (due - day).days
    return Promise("soon" if left <= SOON_DAYS else "open", due, left)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the promises of a workshop stand together.

    Attributes:
        promised: how many answers were promised by a day.
        answered: to how many of them there is an answer, and no later look is overdue.
        late: how many of them are overdue, the longest by `days`.
        next: the first day that is still to come, or None.
    """

    promised: int
    answered: int
    late: int
    days: int
    next: date | None


def tally(promises: Iterable[Promise]) -> Tally:
    """Count promises that were made: each with a day by which an answer was due."""
    made = tuple(promises)
    late = [one.days for one in made if one.is_late]
    ahead = [one.due for one in made if one.waits and not one.is_late and one.due]
    return Tally(
        promised=len(made),
        answered=sum(one.state == "answered" for one in made),
        late=len(late),
        days=max(late, default=0),
        next=min(ahead, default=None),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
