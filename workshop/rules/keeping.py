"""How long what people wrote is kept, and when it goes by itself."""

from __future__ import annotations

from typing import Final

from workshop.rules.refusals import N_, Refused

DAY_MS: Final = 86_400_000

#: Days after a workshop has ended, as they may be chosen.
PERIODS: Final[dict[int, str]] = {
    30: N_("30 days"),
    90: N_("90 days"),
    180: N_("6 months"),
    365: N_("1 year"),
    730: N_("2 years"),
}
DEFAULT: Final = 365
"""The period of a new workshop. One made before there were any has none until one is chosen."""


def ends(days: int | None, ended_at: int) -> int | None:
    """When words go, where the workshop ended at `ended_at`; None where no period was chosen."""
    return None if days is None else ended_at + days * DAY_MS


def is_over(days: int | None, *, finished_at: int | None, last_at: int, now: int) -> bool:
    """Whether the words of a workshop must go now.

    Args:
        last_at: when anything last happened in it, or is planned to: one that nobody ever ended
            counts from there.
    """
    end = ends(days, finished_at if finished_at is not None else last_at)
    return end is not None and now >= end


def chosen(days: int, before: int | None, *, told: bool) -> int:
    """`days`, where that period may be chosen now.

    Args:
        before: the period so far.
        told: whether anybody has taken a seat, and so was told that period.

    Raises:
        Refused: `unknown_choice`, or `keep_longer` where people were promised less.
    """
    if days not in PERIODS:
        raise Refused("unknown_choice")
    if told and before is not None and days > before:
        raise Refused("keep_longer")
    return days
