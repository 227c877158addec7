"""What fits into so many person-months: a page to think with. Nothing on it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from flask import Blueprint, render_template, request

from workshop.reads.choosing import Votes, votes_behind
from workshop.reads.item_card import ItemCard
from workshop.rules.fairness.plain import Key
from workshop.rules.findings.capacity import Cast, Fit, capacity_of, exact, fit, worth
from workshop.rules.refusals import N_, Refused
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.portfolio import ADVICE
from workshop.rules.stages import ENDED
from workshop.web.errors import words
from workshop.web.filtering import asked_for, choices
from workshop.web.house import house
from workshop.web.reach import cards

ASIDE: Final[dict[str, str]] = {
    "settled": N_("Settled already: adopted, stopped or parked"),
    "gate": N_("A gate is closed. No support can open it."),
    "effort": N_("Nobody has said how much work it is"),
    "ballots": N_("No ballots that can be counted again"),
}
"""Why an idea is left aside, in the order in which it is asked."""

KEPT: Final = 8
"""So many answers are kept for whoever asks the same again; each holds its ballots."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """One choice: `aside` names what is left aside by reason; `fit` is None before a capacity.

    `free` says by way how much capacity stays free, and `room` the next idea by support that would
    still fit in there, or None.
    """

    cards: Mapping[int, ItemCard]
    aside: Mapping[str, tuple[ItemCard, ...]]
    open: int
    fit: Fit | None
    free: Mapping[str, Fraction]
    room: Mapping[str, ItemCard | None]


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages this route."""
    pages.add_url_rule("/backlog/choose", view_func=choose)


def choose() -> tuple[str, int]:
    """Choose under a capacity, in two ways side by side, by what the address of the page says."""
    everything, filters = cards(), asked_for()
    shown = [card for card in everything if filters.keep(card)]
    typed, capacity, refused = request.args.get("months", "").strip(), None, ""
    if typed:
        try:
            capacity = capacity_of(typed)
        except Refused as refusal:
            refused = words(refusal)
    with house().store.read() as db:
        votes = votes_behind(db, shown)
    page = render_template(
        "leader/choose.html",
        found=_choosing(shown, votes, capacity),
        typed=typed,
        capacity=capacity,
        refused=refused,
        filters=filters,
        choices=choices(everything),
        total=len(everything),
        ASIDE=ASIDE,
        ADVICE=ADVICE,
        GATES=GATES,
    )
    return page, 422 if refused else 200


def _choosing(shown: Sequence[ItemCard], votes: Votes, capacity: Fraction | None) -> Choosing:
    aside: dict[str, list[ItemCard]] = {key: [] for key in ASIDE}
    costs: dict[Key, Fraction] = {}
    for card in shown:
        why = _why_aside(card, votes)
        if why:
            aside[why].append(card)
        else:
            costs[card.id] = exact(card.effort or 0.0)
    made = _fit(votes, costs, capacity) if capacity is not None and costs else None
    by_id = {card.id: card for card in shown}
    ways = {"plain": made.plain, "fair": made.fair} if made and capacity is not None else {}
    free = {name: (capacity or Fraction(0)) - way.months for name, way in ways.items()}
    return Choosing(
        by_id,
        {key: tuple(found) for key, found in aside.items() if found},
        len(costs),
        made,
        free,
        {
            name: _next(made, way.chosen, costs, free[name], by_id) if made else None
            for name, way in ways.items()
        },
    )


def _why_aside(card: ItemCard, votes: Votes) -> str:
    """A key of `ASIDE`, or "" where it may be chosen."""
    holds = {
        "settled": card.stage in {*ENDED, "adopted"},
        # Whom it is scored by says which gates are closed; before that the facts may be unfinished.
        "gate": card.advice == "stop",
        "effort": card.effort is None,
        "ballots": card.id not in votes.counted,
    }
    return next((key for key in ASIDE if holds[key]), "")


def _fit(votes: Votes, costs: Mapping[Key, Fraction], capacity: Fraction) -> Fit:
    ballots: tuple[tuple[str, tuple[tuple[Key, Fraction], ...]], ...] = tuple(
        (voter.group, tuple(worth(voter.rule, voter.wish, costs).items())) for voter in votes.voters
    )
    return _kept(ballots, tuple(costs.items()), capacity)


@lru_cache(maxsize=KEPT)
def _kept(
    ballots: tuple[tuple[str, tuple[tuple[Key, Fraction], ...]], ...],
    costs: tuple[tuple[Key, Fraction], ...],
    capacity: Fraction,
) -> Fit:
    cast: list[Cast] = [(group, dict(wish)) for group, wish in ballots]
    found: Fit = house().offload(fit, cast, dict(costs), capacity)
    return found


def _next(
    made: Fit,
    chosen: Sequence[Key],
    costs: Mapping[Key, Fraction],
    free: Fraction,
    by_id: Mapping[int, ItemCard],
) -> ItemCard | None:
    """The idea with most supporters that would still fit."""
    fits = [
        key
        for key, months in costs.items()
        if key not in chosen and months <= free and made.supporters[key]
    ]
    best = max(fits, key=lambda key: made.supporters[key], default=None)
    return None if best is None else by_id[int(best)]
