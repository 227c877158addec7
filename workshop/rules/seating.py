"""Who is drawn where at the table: seats mixed as people sit, never a list of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.rules.roles import VOICES


@dataclass(frozen=True, slots=True)
class Chair:
    """One seat in a drawing of the table.

    Attributes:
        group: the group of whoever sits there.
        state: "" has taken part, "open" not yet, "away" is not connected now.
    """

    group: str
    state: str


def around(
    joined: Mapping[str, int],
    taken_part: Mapping[str, int],
    online: Mapping[str, int] | None = None,
) -> tuple[Chair, ...]:
    """Draw one chair for everybody who posts and votes, the groups spread evenly.

    The counts do not say who is who, so those who are away are drawn among the people who have
    not taken part. Without `online` nobody is drawn as away.
    """
    placed: list[tuple[float, int, Chair]] = []
    for place, group in enumerate(VOICES):
        people = joined.get(group, 0)
        done = min(taken_part.get(group, 0), people)
        gone = max(0, people - online.get(group, 0)) if online is not None else 0
        away = min(gone, people - done)
        states = [""] * done + ["open"] * (people - done - away) + ["away"] * away
        placed += [
            ((seat + 0.5) / people, place, Chair(group, state)) for seat, state in enumerate(states)
        ]
    return tuple(chair for _, _, chair in sorted(placed, key=lambda one: one[:2]))
