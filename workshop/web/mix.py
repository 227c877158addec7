"""What kinds of ideas are listed, who stands behind them, and whom the chosen ones leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workshop.reads.choosing import Votes
from workshop.reads.item_card import ItemCard
from workshop.rules.findings.lists import left_out
from workshop.rules.roles import MANY, VOICES
from workshop.rules.scoring.mix import Share, balance, facets, gains, mirror

CHOSEN: Final = frozenset({"testing", "pilot", "adopted"})
"""Stages at which something is being done about an idea, or has been."""


@dataclass(frozen=True, slots=True)
class Mix:
    """The mix of some items.

    Attributes:
        facets: items by facet; `balance` is a key of `mix.SENTENCES`.
        mirror: the 70/20/10 mirror.
        gains: ideas that each group surely stands behind; of `known` ideas it can be told.
        worse_off: items that make somebody worse off.
        chosen: how many items are being done, or have been.
        left_out: of everybody who voted, how many have none of theirs among the chosen: "all" and
            "groups", or None where nothing is chosen or no ballot can be read.
    """

    facets: Mapping[str, int]
    balance: str
    mirror: Sequence[Share]
    gains: Mapping[str, int]
    known: int
    worse_off: tuple[ItemCard, ...]
    chosen: int
    left_out: Mapping[str, Any] | None


def mix(cards: Sequence[ItemCard], votes: Votes) -> Mix:
    """The mix of these items, with the votes behind them."""
    scored = [card for card in cards if card.advice]
    chosen = {card.id for card in cards if card.stage in CHOSEN}
    told = bool(votes.voters and chosen & votes.counted)
    ballots = [(voter.group, voter.wish) for voter in votes.voters]
    return Mix(
        facets=facets(card.facet for card in cards),
        balance=balance([card.advice for card in scored], [card.facet for card in scored]),
        mirror=mirror(card.advice for card in scored),
        gains=gains(votes.backers.values(), {group: MANY[group] for group in VOICES}),
        known=len(votes.backers),
        worse_off=tuple(card for card in cards if card.worse_off.strip()),
        chosen=len(chosen),
        left_out=left_out(ballots, chosen) if told else None,
    )
