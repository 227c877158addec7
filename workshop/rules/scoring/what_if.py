"""What other weights or other lines would change. Nothing here is kept, and nothing is decided.

Rewards are drawn anew with the same random numbers as the stored ones, so that the stored weights
and lines give exactly the stored classes. Risk does not hang on weights: it stays as it was drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from workshop.rules.refusals import Refused
from workshop.rules.scoring.appraisal import SEED
from workshop.rules.scoring.draws import reward_draws, stream, weight_draws
from workshop.rules.scoring.joint import Draws, Measured
from workshop.rules.scoring.panel import expected
from workshop.rules.scoring.portfolio import DEFAULTS, Candidate, Placed, Thresholds, place
from workshop.rules.scoring.sensitivity import steady_range
from workshop.rules.scoring.simulation import DRAWS, TOP, Outlook, spread, worth_of_knowing
from workshop.rules.scoring.weights import normalised, reward
from workshop.rules.scoring.yardstick import Yardstick


@dataclass(frozen=True, slots=True)
class Moved:
    """An idea before and after: its class and code, and its place by reward alone, 1 for first."""

    key: str
    was: Placed
    now: Placed
    was_place: int
    now_place: int

    @property
    def changes_class(self) -> bool:
        """Whether the advice would be another."""
        return self.was.advice != self.now.advice

    @property
    def changes(self) -> bool:
        """Whether the advice or the place would be another."""
        return self.changes_class or self.was_place != self.now_place

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Sorts other advice first, then other places, then by place."""
        return (not self.changes_class, not self.changes, self.now_place)


@dataclass(frozen=True, slots=True)
class Steady:
    """The first idea keeps its place while `criterion` weighs between two shares, 0 to 1."""

    criterion: str
    low: float
    high: float

    @property
    def always(self) -> bool:
        """Whether no weight of it changes who is first."""
        return self.low <= 0 and self.high >= 1


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be other.

    Attributes:
        moved: every idea that was asked about, in the order of the new list.
        kept: so many of the `top` first by reward would stay among them.
        first: the idea with most reward that no gate stops, or "" where there is none.
        steady: for each criterion that weighs something, how far `first` stays first.
        dropped: ideas without an answer on any criterion that weighs something.
    """

    moved: tuple[Moved, ...]
    kept: int
    top: int
    first: str
    steady: tuple[Steady, ...]
    dropped: tuple[str, ...]

    @property
    def reclassed(self) -> int:
        """How many ideas would have another class."""
        return sum(one.changes_class for one in self.moved)

    @property
    def changed(self) -> int:
        """How many would have another class or another place."""
        return sum(one.changes for one in self.moved)


def wished(yard: Yardstick, weights: Mapping[str, float], lines: Thresholds) -> Yardstick:
    """`yard` with other weights of its ranked criteria, and other lines; no version is made of it.

    Raises Refused as `weights.normalised`.
    """
    shares = normalised(weights, yard.criteria)
    criteria = {
        key: replace(row, weight=shares.get(key, 0.0)) if key in yard.ranked else row
        for key, row in yard.criteria.items()
    }
    return replace(yard, criteria=criteria, lines=lines)


def what_if(
    ideas: Sequence[Measured],
    stored: Mapping[str, Candidate],
    yard: Yardstick,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
) -> WhatIf:
    """Measure `ideas` by `yard` and say what moves. Slow: about 3 ms an idea at 5,000 draws.

    Args:
        ideas: those that are asked about, with what they were measured by.
        stored: every idea that the reader sees, by key, in the order in which they came; ideas
            level on reward keep it. Those that are not asked about stay as they are.
        yard: from `wished`.
        seed: of the stored draws.
        draws: of the stored draws.
    """
    found, dropped = _candidates(ideas, stored, yard, seed, draws)
    now = place([found.get(key, one) for key, one in stored.items()], DEFAULTS)
    was = {one.candidate.key: one for one in place(list(stored.values()), DEFAULTS)}
    old, new = _places([stored[key] for key in found]), _places(list(found.values()))
    moved = tuple(
        Moved(key, was[key], one, old[key], new[key])
        for one in now
        if (key := one.candidate.key) in found
    )
    top = min(TOP, len(found))
    kept = sum(one.was_place <= top and one.now_place <= top for one in moved)
    first, steady = _first([one for one in ideas if one.case.key in found], found, yard)
    return WhatIf(moved, kept, top, first, steady, tuple(dropped))


def _candidates(
    ideas: Sequence[Measured],
    stored: Mapping[str, Candidate],
    yard: Yardstick,
    seed: int,
    draws: int,
) -> tuple[dict[str, Candidate], list[str]]:
    """The same ideas with new rewards, and those that these weights say nothing about."""
    rows: dict[tuple[tuple[str, float], ...], Draws] = {}
    found: dict[str, Candidate] = {}
    dropped: list[str] = []
    by_key = {one.case.key: one.case for one in ideas}
    for key, before in stored.items():
        if key not in by_key:
            continue
        case = by_key[key]
        try:
            shares = yard.shares(case.assessments)
        except Refused:
            dropped.append(key)
            continue
        terms = tuple(shares.items())
        if terms not in rows:
            rows[terms] = weight_draws(seed, shares, draws)
        rng = stream(seed, key)
        drawn = reward_draws(rng, case.assessments, case.facts.evidence, shares, rows[terms])
        outlook = _with_reward(before.outlook, drawn, yard.lines.reward)
        found[key] = replace(before, outlook=outlook, lines=yard.lines)
    return found, dropped


def _with_reward(outlook: Outlook, drawn: Draws, line: float) -> Outlook:
    """An outlook with another reward. How often it is among the best is not asked anew."""
    return replace(
        outlook,
        reward=spread(drawn),
        mean=float(drawn.mean()),
        p_reward=float(np.mean(drawn >= line)),
        evpi=worth_of_knowing(drawn, line),
    )


def _places(ideas: Sequence[Candidate]) -> dict[str, int]:
    """Places by median reward; level ideas keep their order."""
    ranked = sorted(ideas, key=lambda one: -one.outlook.reward.p50)
    return {one.key: at for at, one in enumerate(ranked, start=1)}


_ALONE: Final = 2
"""Below so many ideas, nobody is first of anything."""


def _first(
    ideas: Sequence[Measured], found: Mapping[str, Candidate], yard: Yardstick
) -> tuple[str, tuple[Steady, ...]]:
    """Who has most reward by expected values, and between which weights that stays so.

    Only ideas that no gate stops and that answered every criterion with a weight are compared.
    """
    shares = normalised(yard.weights, yard.criteria)
    values = {
        one.case.key: expected(one.case.assessments, shares, one.case.facts.evidence, yard.criteria)
        for one in ideas
        if not found[one.case.key].gates
        and yard.shares(one.case.assessments).keys() == shares.keys()
    }
    if len(values) < _ALONE:
        return "", ()
    first = max(values, key=lambda key: reward(values[key], shares, yard.criteria))
    return first, tuple(
        Steady(key, *steady_range(values, first, key, shares, yard.criteria)) for key in shares
    )


def lines_of(yard: Yardstick, *, reward: float, risk: float, quick: float) -> Thresholds:
    """The yardstick's lines with three of them moved. Raises Refused `bad_threshold`."""
    return replace(yard.lines, reward=reward, risk=risk, quick=quick)
