"""Patterns that one person with many seats would leave, and that honest people leave as well.

They are shown to a facilitator, who looks and decides; nothing here counts or drops a vote. A
helper's device writes for many by design and is never looked at. Behind the Wi-Fi of a venue sits
the whole hall, so the place where the room was opened, and any place to which people keep coming,
are no pattern.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address
from math import prod
from typing import Final

KINDS: Final = ("device", "place", "alike")
"""Seats that came from one browser, from one address, or with one and the same ballot."""

DECISIONS: Final = ("aside", "left")
"""What a facilitator may do: set the votes aside, with a reason for everybody, or leave them in."""

FEWEST: Final[dict[str, int]] = {"device": 3, "place": 8, "alike": 5}
"""From how many seats on something is a pattern, by kind."""

WITHIN_MS: Final[dict[str, int]] = {"device": 60_000, "place": 10_000, "alike": 60_000}
"""How close together they came, by kind."""

LIVED_IN: Final = 3
"""In so many other minutes people came from a place where people are."""

BY_CHANCE: Final = 1.0
"""A ballot that chance alone would have had more people cast is simply a popular one."""

MINUTE_MS: Final = 60_000
DIGITS: Final = 16
"""Of a keyed mark: enough to tell two apart, too few to be anything else."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One seat that somebody took on a phone of their own.

    Attributes:
        at: when, in milliseconds since 1970.
        place, device: keyed marks of the address and the browser; "" where there is none.
    """

    seat: int
    at: int
    place: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Seats that something joins, and within how many seconds they came."""

    kind: str
    seats: frozenset[int]
    seconds: int

    @property
    def key(self) -> str:
        """A name by which the same pattern is found again; another one where a seat is more."""
        joined = ",".join(map(str, sorted(self.seats)))
        return f"{self.kind}-{hashlib.sha256(joined.encode()).hexdigest()[:DIGITS]}"


def mark_of(key: str, kind: str, value: str) -> str:
    """A mark under the workshop's own key by which the same address or browser is known again.

    Without the key nobody can say which address it was; an IPv6 address counts by its network.
    """
    if not key or not value:
        return ""
    known = _network(value) if kind == "place" else value
    signed = hmac.new(key.encode(), f"{kind}:{known}".encode(), hashlib.sha256)
    return signed.hexdigest()[:DIGITS]


def _network(address: str) -> str:
    """A household has one IPv6 network and thousands of addresses in it."""
    try:
        return str(int(IPv6Address(address)) >> 64)
    except (AddressValueError, ValueError):
        return address


def arrivals_together(arrivals: Sequence[Arrival], venue: str) -> list[Pattern]:
    """Seats that came in a burst from one browser, or from one place that is not the room's own.

    Args:
        venue: the mark of the place where the room was opened, "" where nobody knows it.
    """
    found = [
        pattern
        for came in _by(arrivals, lambda one: one.device)
        for pattern in _bursts("device", came)
        if came[0].device
    ]
    known = {seat for pattern in found for seat in pattern.seats}
    for came in _by(arrivals, lambda one: one.place):
        if came[0].place not in {"", venue}:
            bursts = [one for one in _bursts("place", came) if not one.seats <= known]
            found += [one for one in bursts if not _is_lived_in(came, one)]
    return found


Ballot = tuple[tuple[int, int], ...]
"""The marks of one seat by idea; an empty one says nothing."""


def ballots_alike(arrivals: Sequence[Arrival], ballots: Mapping[int, Ballot]) -> list[Pattern]:
    """People who came close together with one and the same ballot, which chance does not explain.

    How many would cast it by chance follows from how many gave each idea that very mark.
    """
    cast = [one for one in arrivals if ballots.get(one.seat)]
    given = Counter(mark for one in cast for mark in ballots[one.seat])
    marked = Counter(idea for one in cast for idea, _ in ballots[one.seat])
    return [
        pattern
        for same in _by(cast, lambda one: ballots[one.seat])
        if _by_chance(ballots[same[0].seat], given, marked, len(cast)) < BY_CHANCE
        for pattern in _bursts("alike", same)
    ]


def _by_chance(
    ballot: Ballot, given: Mapping[tuple[int, int], int], marked: Mapping[int, int], people: int
) -> float:
    """How many of `people` would cast this ballot if each mark had nothing to do with the others.

    `given` counts who gave an idea that mark, `marked` who gave it any.
    """
    told = dict(ballot)
    shares = (
        given[idea, told[idea]] / people if idea in told else 1 - marked[idea] / people
        for idea in marked
    )
    return people * prod(shares)


def _by(
    arrivals: Iterable[Arrival], share: Callable[[Arrival], Hashable]
) -> Iterable[list[Arrival]]:
    """Arrivals by what they share, each list in the order in which they came."""
    told: dict[Hashable, list[Arrival]] = defaultdict(list)
    for one in sorted(arrivals, key=lambda one: (one.at, one.seat)):
        told[share(one)].append(one)
    return told.values()


def _bursts(kind: str, came: Sequence[Arrival]) -> list[Pattern]:
    """Stretches in which enough came close together; those that touch are one."""
    fewest, within = FEWEST[kind], WITHIN_MS[kind]
    close = [
        (start, start + fewest - 1)
        for start in range(len(came) - fewest + 1)
        if came[start + fewest - 1].at - came[start].at <= within
    ]
    stretches: list[tuple[int, int]] = []
    for start, end in close:
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return [
        Pattern(
            kind,
            frozenset(one.seat for one in came[start : end + 1]),
            -(-(came[end].at - came[start].at) // 1000),
        )
        for start, end in stretches
    ]


def _is_lived_in(came: Sequence[Arrival], pattern: Pattern) -> bool:
    """Whether people came from this place in other minutes as well, as into a hall or an office."""
    others = {one.at // MINUTE_MS for one in came if one.seat not in pattern.seats}
    return len(others) >= LIVED_IN
