"""Hidden gems: what goes to the protected shelf instead of out. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workshop.rules.exposure import minimum_exposures
from workshop.rules.fairness.agreement import SURE
from workshop.rules.fairness.certainty import wilson
from workshop.rules.refusals import N_

REASONS: Final[dict[str, str]] = {
    "too_few_saw_it": N_("Too few people have seen it yet."),
    "still_in_reach": N_("With more votes it could still make the list."),
    "one_group": N_("One group is sure about it."),
    "high_reward": N_("An assessor sees a high reward in it."),
}
"""Why an idea is protected, by key, in the order in which reasons are told."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """An idea below the cut line, and what is known of it.

    Attributes:
        supporters: distinct people who support it.
        seen: people who were shown it; in methods where silence says nothing, who answered.
        sure: group -> probability that the group really supports it.
        highest_reward: the highest reward estimate of any assessor, None before assessments.
        shown: people who were shown it, where more than answered; None where that is `seen`.
    """

    supporters: int
    seen: int
    sure: Mapping[str, float]
    highest_reward: float | None = None
    shown: int | None = None


def line(shares: Mapping[int, tuple[int, int]], winners: int) -> float:
    """Share of supporters that the last idea above the cut has; 0 where all are above it.

    `shares` is idea -> (supporters, seen); ideas nobody saw have no share and are not above it.
    """
    rates = sorted((k / n for k, n in shares.values() if n), reverse=True)
    return rates[winners - 1] if 0 < winners <= len(rates) else 0.0


def reasons(idea: Prospect, *, cut: float, room: int, least_reward: float) -> tuple[str, ...]:
    """Say why `idea` is protected: keys of `REASONS`, empty where it goes out.

    Args:
        idea: what is known of it.
        cut: the share of supporters at the cut line, see `line`.
        room: how many people are in the room.
        least_reward: the reward from which leaders call an idea rewarding (R*).
    """
    shown = idea.seen if idea.shown is None else idea.shown
    holds = {
        "too_few_saw_it": shown < minimum_exposures(room),
        "still_in_reach": wilson(idea.supporters, idea.seen)[1] >= cut,
        "one_group": any(chance >= SURE for chance in idea.sure.values()),
        "high_reward": idea.highest_reward is not None and idea.highest_reward > least_reward,
    }
    return tuple(key for key, holding in holds.items() if holding)
