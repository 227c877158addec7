"""What to do with money that Equal Shares leaves: Add1, or sequential Phragmén.

Sources: the practice of Wieliczka and Aarau for Add1; Brill, Freeman, Janson and Lackner,
"Phragmén's voting methods and justified representation" (2017) for sequential Phragmén.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from workshop.rules.fairness.equal_shares import Purchases, Receipt, buy, receipts
from workshop.rules.fairness.plain import Key
from workshop.rules.fairness.profiles import CLOSE, Floats, Profile

PHRAGMEN = "phragmen"
ADD1 = "add1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished list.

    Attributes:
        chosen: in the order in which ideas were chosen.
        bought: how many of them were bought by their supporters; the rest are the completion's.
        share: what everybody had to spend in the run that counts.
        runs: how many runs it took.
        receipts: one for each idea.
    """

    chosen: tuple[Key, ...]
    bought: int
    share: Fraction
    runs: int
    receipts: tuple[Receipt, ...]


def with_phragmen(profile: Profile, budget: Fraction) -> Outcome:
    """Buy with shares of budget/voters, then fill up by sequential Phragmén.

    Where every idea costs 1 and the budget is k this is the shortlist of k.
    """
    share = budget / max(profile.voters, 1)
    run = buy(profile, float(share))
    chosen = [purchase.idea for purchase in run.bought]
    more = phragmen(profile, budget - _cost(profile, chosen), -run.left, chosen)
    return _outcome(profile, run, [*chosen, *more], share, 1)


def with_add1(
    profile: Profile,
    budget: Fraction,
    unit: Fraction,
    start: Fraction,
    *,
    most: int | None = None,
) -> Outcome:
    """Raise everybody's share from `start` by `unit` and rerun; keep the last list that fits.

    It ends on overspending only, or when every idea with a supporter is chosen: a later run may
    fit the budget again better than the first one that leaves nothing affordable. `most` ends it
    after so many runs, for places where somebody waits.
    """
    share, runs = start, 0
    kept, kept_share = Purchases((), np.zeros(len(profile.people))), start
    while most is None or runs < most:
        run = buy(profile, float(share))
        runs += 1
        chosen = [purchase.idea for purchase in run.bought]
        if _cost(profile, chosen) > budget:
            break
        kept, kept_share = run, share
        if len(chosen) == len(profile.supported()):
            break
        share += unit
    chosen = [purchase.idea for purchase in kept.bought]
    return _outcome(profile, kept, chosen, kept_share, runs)


def phragmen(
    profile: Profile, budget: Fraction, loads: Floats, chosen: Collection[int] = ()
) -> list[int]:
    """Choose more ideas by sequential Phragmén until nothing with a supporter fits the budget.

    Every idea lays its cost on its supporters, evened out; the one that leaves them least loaded
    comes next: load = (cost + sum of its supporters' loads) / supporters.

    Args:
        profile: the vote.
        budget: what may be spent here.
        loads: (kinds,) where everybody starts: zero, or minus the money left from Equal Shares.
        chosen: ideas that are on the list already.
    """
    loads = loads.copy()
    waiting = [idea for idea in profile.supported() if idea not in chosen]
    more: list[int] = []
    while waiting := [idea for idea in waiting if profile.costs[idea] <= budget]:
        reached = {idea: _load(profile, idea, loads) for idea in waiting}
        least = min(reached.values())
        close = CLOSE * max(abs(least), 1.0)
        level = [idea for idea in waiting if reached[idea] <= least + close]
        best = min(level, key=profile.preference)
        loads[profile.supporters[best]] = reached[best]
        budget -= profile.costs[best]
        waiting.remove(best)
        more.append(best)
    return more


def _load(profile: Profile, idea: int, loads: Floats) -> float:
    kinds = profile.supporters[idea]
    borne = float(profile.people[kinds] @ loads[kinds])
    return (float(profile.costs[idea]) + borne) / profile.votes[idea]


def _cost(profile: Profile, chosen: Collection[int]) -> Fraction:
    return sum((profile.costs[idea] for idea in chosen), Fraction(0))


def _outcome(
    profile: Profile, run: Purchases, chosen: list[int], share: Fraction, runs: int
) -> Outcome:
    return Outcome(
        chosen=tuple(profile.ideas[idea] for idea in chosen),
        bought=len(run.bought),
        share=share,
        runs=runs,
        receipts=receipts(profile, run, frozenset(chosen)),
    )
