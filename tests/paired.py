"""People who answer “which of two” as a room serves it."""

from __future__ import annotations

from collections.abc import Callable

from tests.story import Person, Story
from workshop.acts import pairing, pairs
from workshop.reads.pairs import PairCard, asked

Side = tuple[int, int]
Choose = Callable[[int, int], int | None]


def card(told: Story, person: Person) -> PairCard:
    """What the vote asks somebody now."""
    pairing.ask_next(told.stage, told.workshop, person.seat)
    with told.stage.store.read() as db:
        found = asked(db, told.room(), person.seat)
    assert found
    return found


def pair(told: Story, person: Person) -> Side | None:
    """(left, right) of the pair that somebody is asked now."""
    two = card(told, person).two
    return (two[0].id, two[1].id) if two else None


def says(told: Story, person: Person, side: Side, better: int | None) -> None:
    """Answer a pair."""
    told.do(pairs.answer, seat_id=person.seat, left_id=side[0], right_id=side[1], better_id=better)


def answers(told: Story, person: Person, choose: Choose, many: int = 1_000) -> list[Side]:
    """Answer up to `many` pairs as they are asked; the pairs."""
    had: list[Side] = []
    while len(had) < many and (side := pair(told, person)):
        says(told, person, side, choose(*side))
        had.append(side)
    return had


def begins(told: Story, person: Person) -> None:
    """The vote asks pairs: somebody has answered one and is asked the next."""
    told.plans(method="pairwise")
    answers(told, person, min, 1)
    assert pair(told, person)
