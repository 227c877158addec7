"""What a rehearsal found: figures for people and for machines, and which promises were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from workshop.rehearsal.figures import Screens, Spread, Taps, spread
from workshop.rehearsal.goals import (
    BURST_SECONDS,
    MEMORY_KIB,
    Held,
    goal_for,
    join_goal,
)
from workshop.rehearsal.ledger import NOTHING, Wrong
from workshop.rehearsal.load import Run
from workshop.rehearsal.usage import Usage, strained, usage

MS: Final = 1000.0
TEN: Final = 10
"""Phones for each vote a second, where no rate is asked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for.

    Attributes:
        phones: phones in each room.
        rate, posts: votes and ideas a second in each room.
        seconds: how long each of both goes on.
        join_seconds: over which people come in; None for a few at a time, as fast as it goes.
        burst: everybody taps once within two seconds of "open", instead of at a rate.
        keep: leave the workshops open.
    """

    phones: int
    rate: float
    seconds: float
    posts: float = 0.0
    method: str = "dots"
    join_seconds: float | None = None
    burst: bool = False
    rooms: int = 1
    keep: bool = False

    @property
    def everybody(self) -> int:
        """All phones of all rooms."""
        return self.phones * self.rooms


@dataclass(frozen=True, slots=True)
class Joining:
    """How everybody came in.

    Attributes:
        each: seconds from the link to the live board, of each phone; page: of these, until the
            room's page was there; socket: from there on.
        seconds: until the whole hall was in.
        kib: what one more connection made the server hold, in KiB, once it was warm.
        warm: phones that came first and made the server warm; they do not count for `kib`.
        mib: what the server held before anybody came, once it was warm, and with everybody in.
    """

    each: Spread
    page: Spread
    socket: Spread
    seconds: float
    used: Usage
    kib: float | None
    warm: int
    mib: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Flow:
    """What one run of taps came to. Times are in milliseconds.

    Attributes:
        ack: from a tap to its acknowledgement.
        screen: from a tap to each of `sampled` screens; last: to the last of all `screens`.
        late: how late the generator itself began its taps.
        messages, size: room messages and their bytes, for each screen and second.
        cpu: processor seconds of the server for a thousand acknowledged taps.
        tail: milliseconds from the last tap to the last answer.
        held: taps that nobody was free to make; unseen: pairs of a tap and a screen without it.
        strained: whether the generator was a bottleneck, so that the times are partly its own.
    """

    acknowledged: int
    ack: Spread
    screen: Spread
    last: Spread
    late: Spread
    messages: float
    size: float
    used: Usage
    cpu: float | None
    tail: float
    held: int
    refused: int
    unanswered: int
    unseen: int
    screens: int
    sampled: int
    strained: bool


def flow(run: Run, taps: Sequence[Taps], screens: Screens, listeners: int) -> Flow:
    """The figures of one run over all rooms."""
    count = sum(len(one.sent) for one in taps)
    used = usage(run.before, run.after)
    ack = spread([wait for one in taps for wait in one.waits()], MS)
    late = spread(run.late, MS)
    shared = max(1e-9, run.after.at - run.before.at) * max(1, listeners)
    return Flow(
        acknowledged=count,
        ack=ack,
        screen=spread(screens.each, MS),
        last=spread(screens.last, MS),
        late=late,
        messages=round(run.messages / shared, 2),
        size=round(run.size / shared, 1),
        used=used,
        cpu=None if used.seconds is None or not count else round(1000 * used.seconds / count, 3),
        tail=round(run.tail * MS, 1),
        held=run.held,
        refused=run.refused,
        unanswered=run.unanswered,
        unseen=screens.missed,
        screens=listeners,
        sampled=screens.sampled,
        strained=strained(used, late, ack),
    )


@dataclass
class Findings:
    """Everything that a rehearsal found.

    Attributes:
        slugs: the workshops' names in addresses.
        said_no: how often the room said no to something, by code, "wait a little" among them.
        reopened, caught_up: connections that broke and were opened again, and how often a screen
            beyond its first had to ask for what it missed.
        wrong: marks that were lost or doubled; ballots: the same of whole ballots.
    """

    plan: Plan
    site: str
    slugs: list[str] = field(default_factory=list)
    joining: Joining | None = None
    posts: Flow | None = None
    votes: Flow | None = None
    said_no: dict[str, int] = field(default_factory=dict)
    reopened: int = 0
    caught_up: int = 0
    wrong: Wrong = NOTHING
    ballots: Wrong = NOTHING

    @property
    def sound(self) -> bool:
        """Whether nothing was lost or doubled, and every acknowledged tap is on every screen."""
        unseen = sum(one.unseen + one.unanswered for one in (self.posts, self.votes) if one)
        return not any((*self.wrong, *self.ballots, unseen))

    @property
    def held(self) -> list[Held]:
        """Every promise that this rehearsal can speak of."""
        votes, joining = self.votes, self.joining
        # The lines of the table have a vote a second for every ten phones; faster counts as larger.
        size = max(self.plan.phones, round(TEN * self.plan.rate))
        goal = goal_for(size, self.plan.rooms)
        held = []
        if joining:
            held += [
                Held("joining", joining.seconds, join_goal(self.plan.everybody), "s"),
                Held("memory a connection", joining.kib, MEMORY_KIB, "KiB"),
            ]
        if votes and self.plan.burst:
            held.append(Held("last answer", votes.tail / MS, BURST_SECONDS, "s"))
        elif votes:
            held += [
                Held("ack p95", votes.ack.p95, goal.ack, "ms"),
                Held("tap to every screen p95", votes.last.p95, goal.screen, "ms"),
                Held("server", votes.used.cores, goal.cores, "core"),
            ]
        return held
