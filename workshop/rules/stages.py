"""Where a backlog item may go next, what has to be there first, and when parking ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from workshop.rules.refusals import N_, Refused

MOVES: Final[dict[str, tuple[str, ...]]] = {
    "candidate": ("assessed", "testing", "pilot", "parked", "stopped"),
    "assessed": ("testing", "pilot", "parked", "stopped"),
    "testing": ("assessed", "pilot", "adopted", "parked", "stopped"),
    "pilot": ("testing", "adopted", "parked", "stopped"),
    "adopted": ("pilot", "stopped"),
    "parked": ("candidate", "assessed", "testing", "pilot", "stopped"),
    "stopped": ("candidate", "assessed", "testing", "pilot", "parked"),
}
"""From each stage, the stages that an item may go to. Nothing is out for good."""

CAUSES: Final = ("desk", "scored", "answer", "done")
"""Why an item moved: by whoever leads it, with its first score, an answer, or its outcome."""

ENDED: Final = frozenset({"parked", "stopped"})
"""Stages at which nothing is being done about an item, which people are told with the reason."""

FIRST: Final[dict[str, str]] = {
    "assessed": "no_scores",
    "testing": "test_first",
    "pilot": "pilot_first",
}
"""Stages that a leader moves an item to only when something is there, with the refusal if not."""

PARTNER_BEGINS: Final = frozenset({"candidate", "assessed", "testing"})
"""Stages from which a partner who leads an item may begin its pilot. All else leaders decide."""

STAGE_HINTS: Final[dict[str, str]] = {
    "candidate": N_("Nobody has scored it yet."),
    "assessed": N_("It has been scored. It waits for a decision."),
    "testing": N_("Somebody tries the cheapest thing that would teach us more."),
    "pilot": N_("It runs in one place, with a day when we look at it."),
    "adopted": N_("It’s how things are done now."),
    "stopped": N_("Nobody works on it. The reason stays for all to read."),
    "parked": N_("Not now. It comes back on a day that you set."),
}
"""What each stage means, in words for the one who moves an item there."""


def check_move(was: str, to: str) -> None:
    """Raise unless an item may go from stage `was` to stage `to`.

    Raises:
        Refused: `stage_move`.
    """
    if to not in MOVES.get(was, ()):
        raise Refused("stage_move")


def check_partner(was: str, to: str) -> None:
    """Raise unless a partner who leads an item may move it so: it begins a pilot, no more.

    Raises:
        Refused: `leaders_decide`.
    """
    if to != "pilot" or was not in PARTNER_BEGINS:
        raise Refused("leaders_decide")


def check_ready(to: str, there: Collection[str]) -> None:
    """Raise unless what a stage rests on is there.

    Args:
        to: the stage that a leader picks.
        there: those stages of `FIRST` whose ground is laid.

    Raises:
        Refused: `no_scores`, `test_first`, `pilot_first`.
    """
    if to in FIRST and to not in there:
        raise Refused(FIRST[to])


def look_again(to: str, review_on: str | None, day: date) -> str | None:
    """The day on which a parked item comes back; at other stages there is none.

    Raises:
        Refused: `review_needed` where it is missing, `review_ahead` where it is not to come.
    """
    if to != "parked":
        return None
    if review_on is None:
        raise Refused("review_needed")
    if date.fromisoformat(review_on) <= day:
        raise Refused("review_ahead")
    return review_on


def choices(was: str, *, scored: bool) -> tuple[str, ...]:
    """The stages to pick from: an item that was scored goes back to `assessed`, others do not."""
    gone = "candidate" if scored else "assessed"
    return tuple(to for to in MOVES[was] if to != gone)
