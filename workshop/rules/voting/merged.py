"""What one person gave to ideas that are one card now: one voice, however many of them it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from workshop.rules.voting import METHODS, RoundRule


def together(rule: RoundRule, card: int, kept: Iterable[tuple[int, int | None]]) -> int | None:
    """What one person's (idea, mark) pairs on a card come to; None where they gave none."""
    own, others = None, []
    for idea, value in kept:
        if idea == card:
            own = value
        elif value is not None:
            others.append(value)
    if own is None and not others:
        return None
    return METHODS[rule.method].together(rule, own, others) if others else own


def on_cards(rule: RoundRule, marks: Mapping[int, int], cards: Mapping[int, int]) -> dict[int, int]:
    """One person's marks by card, where `cards` says in which card an idea stands.

    Marks on ideas that stand in none of them are left out.
    """
    kept: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for idea, mark in marks.items():
        if idea in cards:
            kept[cards[idea]].append((idea, mark))
    found = {card: together(rule, card, pairs) for card, pairs in kept.items()}
    return {card: mark for card, mark in found.items() if mark is not None}
