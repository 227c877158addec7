"""The Method of Equal Shares: everybody gets the same share of the budget to buy ideas with.

Source: Peters, Pierczyński and Skowron, "Proportional participatory budgeting with additive
utilities" (2021). Amounts are doubles compared within `CLOSE`; costs and budgets stay exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from workshop.rules.fairness.plain import Key
from workshop.rules.fairness.profiles import CLOSE, Floats, Profile


@dataclass(frozen=True, slots=True)
class Purchase:
    """One idea that was bought: its place in the profile, and the lowest and highest price paid."""

    idea: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Purchases:
    """What one run bought, in order, and (kinds,) the money each kind of voter has left."""

    bought: tuple[Purchase, ...]
    left: Floats


@dataclass(frozen=True, slots=True)
class Receipt:
    """Why an idea was chosen or not, in the unit of the budget.

    Attributes:
        supporters: people who support it.
        needed: its cost.
        had: what its supporters had left for it when buying ended, 0 for an idea that was bought.
        least: the lowest price one of its supporters paid, None where it was not bought.
        most: the highest price one of its supporters paid, None where it was not bought.
        chosen: whether it is on the list, bought or added by the completion.
    """

    idea: Key
    supporters: int
    needed: Fraction
    had: float
    least: float | None
    most: float | None
    chosen: bool


def buy(profile: Profile, share: float) -> Purchases:
    """Run Equal Shares once, without completion, giving everybody `share`.

    Again and again the idea with the smallest rho is bought that solves
    sum over supporters of min(b_i, rho * u_ic) = cost_c; each supporter pays min(b_i, rho * u_ic).
    """
    left = np.full(len(profile.people), share)
    rhos = _cheapest_conceivable(profile)
    bought = [Purchase(idea, 0.0, 0.0) for idea in profile.supported() if not profile.costs[idea]]
    bought.sort(key=lambda free: profile.preference(free.idea))
    while (best := _next(profile, left, rhos)) is not None:
        kinds = profile.supporters[best]
        paid = np.minimum(left[kinds], rhos.pop(best) * profile.utilities[best])
        left[kinds] -= paid
        bought.append(Purchase(best, float(paid.min()), float(paid.max())))
    return Purchases(tuple(bought), left)


def receipts(profile: Profile, run: Purchases, chosen: frozenset[int]) -> tuple[Receipt, ...]:
    """Explain every idea of the profile after `run`, where `chosen` made the list in the end."""
    prices = {purchase.idea: purchase for purchase in run.bought}
    return tuple(
        Receipt(
            idea=key,
            supporters=profile.votes[idea],
            needed=profile.costs[idea],
            had=0.0 if idea in prices else _money(profile, idea, run.left),
            least=prices[idea].least if idea in prices else None,
            most=prices[idea].most if idea in prices else None,
            chosen=idea in chosen,
        )
        for idea, key in enumerate(profile.ideas)
    )


def _cheapest_conceivable(profile: Profile) -> dict[int, float]:
    """Bound each rho from below: what it would be if no supporter could run out of money."""
    return {
        idea: float(profile.costs[idea])
        / float(profile.people[profile.supporters[idea]] @ profile.utilities[idea])
        for idea in profile.supported()
        if profile.costs[idea]
    }


def _next(profile: Profile, left: Floats, rhos: dict[int, float]) -> int | None:
    """Find the idea to buy next, None where nothing is affordable.

    A rho never falls while money is spent, so the last known value is a lower bound: ideas are
    looked at by it, and the search ends where the bound passes the best. `rhos` is updated, and
    loses the ideas that can no longer be paid for.
    """
    level: list[int] = []
    smallest = np.inf
    for idea in sorted(rhos, key=rhos.__getitem__):
        if rhos[idea] > smallest * (1 + CLOSE):
            break
        rho = _rho(profile, idea, left)
        if rho is None:
            del rhos[idea]
            continue
        rhos[idea] = rho
        level.append(idea)
        smallest = min(smallest, rho)
    level = [idea for idea in level if rhos[idea] <= smallest * (1 + CLOSE)]
    return min(level, key=profile.preference, default=None)


def _rho(profile: Profile, idea: int, left: Floats) -> float | None:
    """Solve for the price per utility at which supporters can pay; None where they cannot."""
    cost = float(profile.costs[idea])
    kinds, worth = profile.supporters[idea], profile.utilities[idea]
    people, purse = profile.people[kinds], left[kinds]
    if people @ purse < cost * (1 - CLOSE):
        return None
    limits = purse / worth
    rho = cost / float(people @ worth)
    if rho <= limits.min():
        return rho
    # Those with the least money for their liking pay all they have; the others share the rest.
    order = np.argsort(limits)
    spent = np.concatenate(([0.0], np.cumsum((people * purse)[order])[:-1]))
    sharing = np.cumsum((people * worth)[order][::-1])[::-1]
    prices = (cost - spent) / sharing
    enough = np.flatnonzero(prices <= limits[order] * (1 + CLOSE))
    return float(prices[enough[0]]) if len(enough) else float(limits.max())


def _money(profile: Profile, idea: int, left: Floats) -> float:
    kinds = profile.supporters[idea]
    return float(profile.people[kinds] @ left[kinds])
