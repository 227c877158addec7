"""Replays a public conversation through a running server, as the room would have held it.

Everybody comes in by the doors that people use: seats are taken over HTTP, statements and votes
travel over the live connection, each from its own person's seat, and the facilitator's steps are
forms. Nothing is put into the database from behind.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from workshop.formats.conversations import Conversation, VoteEvent
from workshop.rehearsal import comparing
from workshop.rehearsal.browser import Browser
from workshop.rehearsal.crowd import few_at_a_time
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.phone import Phone, TurnedDown
from workshop.rehearsal.progress import Progress
from workshop.rehearsal.report import Report
from workshop.rules.templates import TEMPLATES
from workshop.rules.wording import LIMITS

TEMPLATE: Final = "sweep"
JOINING: Final = 16
"""People who come through the door at the same moment."""

IN_FLIGHT: Final = 200
"""Votes that may be on their way at once; as many as share one commit."""


@dataclass
class Replay:
    """One replay of one conversation.

    Attributes:
        site: the server's scheme, host and port.
        token: a one-time token that signs a facilitator in.
        speed: how many times faster than it happened; None for as fast as acknowledged.
        top: how many ideas go to the backlog.
    """

    conversation: Conversation
    site: str
    token: str
    speed: float | None = None
    top: int = 5
    report: Report = field(default_factory=Report)
    phones: dict[int, Phone] = field(default_factory=dict)
    ideas: dict[int, int] = field(default_factory=dict)
    _said: dict[int, dict[int, int]] = field(default_factory=dict)
    _file: dict[str, Any] = field(default_factory=dict)

    async def run(self) -> Report:
        """Hold the whole workshop and compare it with the files.

        Raises:
            Lost: the server could not be reached, or its pages are not as they should be.
        """
        connector = aiohttp.TCPConnector(limit=0)
        leader = Facilitator(Browser(self.site, connector))
        try:
            await self._timed("joining", self._join(leader, connector))
            await leader.move_to(_place("ideas"))
            await self._timed("statements", self._post())
            await leader.move_to(_place("vote"))
            await self._timed("votes", self._vote())
            await leader.close_vote()
            # The reveal destroys what ties votes to people, so each is asked before it.
            await self._timed("asking", self._ask())
            await leader.reveal()
            await self._timed("comparing", self._compare(leader))
            await self._promote(leader)
        finally:
            await asyncio.gather(*(phone.close() for phone in self.phones.values()))
            await leader.browser.close()
            await connector.close()
        self.report.waited = sum(phone.waited for phone in self.phones.values())
        return self.report

    async def _timed(self, part: str, work: Awaitable[None]) -> None:
        started = time.monotonic()
        await work
        self.report.seconds[part] = time.monotonic() - started

    async def _join(self, leader: Facilitator, connector: aiohttp.TCPConnector) -> None:
        """Everybody who voted or wrote something takes a seat of their own."""
        await leader.sign_in(self.token)
        link = await leader.make_workshop(TEMPLATE, _about(self.conversation))
        self.report.slug = leader.slug
        voters = {person.key for person in self.conversation.participants}
        voters |= {event.voter for event in self.conversation.events}
        people = sorted(voters | {one.author for one in self.conversation.statements})
        self.report.voters, self.report.seats = len(voters), len(people)
        bar = Progress("joined", len(people))

        async def join(person: int) -> None:
            phone = Phone(Browser(self.site, connector), name=f"replay-{person}")
            self.phones[person] = phone
            await phone.join(link)
            bar.step()

        await few_at_a_time(people, JOINING, join)

    async def _post(self) -> None:
        """Each author posts their own statements, in the order in which they were written."""
        written: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for one in self.conversation.statements:
            written[one.author].append((one.written, one.key, one.body))
        bar = Progress("statements", len(self.conversation.statements))

        async def post_all(author: int) -> None:
            for _, key, body in sorted(written[author]):
                try:
                    made = await self.phones[author].command("idea.post", {"text": body})
                    self.ideas[key] = int(made["post"])
                except TurnedDown as no:
                    self.report.refused.append(f"Statement {key}: {no}")
                bar.step()

        await few_at_a_time(list(written), IN_FLIGHT, post_all)
        self.report.statements = len(self.ideas)

    async def _vote(self) -> None:
        """Every vote event in its order, each from its voter's own seat."""
        events = [one for one in self.conversation.events if one.statement in self.ideas]
        bar = Progress("votes", len(events))
        started = time.monotonic()

        async def vote(event: VoteEvent) -> None:
            body = {"idea_id": self.ideas[event.statement], "value": event.vote}
            try:
                await self.phones[event.voter].command("mark.set", body)
            except TurnedDown as no:
                self.report.refused.append(f"Voter {event.voter}: {no}")
            bar.step()

        async def in_time(event: VoteEvent) -> VoteEvent:
            if self.speed:
                due = (event.at - events[0].at) / 1000 / self.speed
                await asyncio.sleep(max(0.0, started + due - time.monotonic()))
            return event

        await few_at_a_time(events, IN_FLIGHT, vote, in_time)
        self.report.votes = bar.done

    async def _ask(self) -> None:
        """Ask every voter's own page what they voted."""
        statements = self._statements

        async def ask(person: int) -> None:
            marks = (await self.phones[person].mine())["marks"]
            self._said[person] = {statements[int(idea)]: value for idea, value in marks.items()}

        await few_at_a_time(list(self.phones), JOINING, ask)

    @property
    def _statements(self) -> dict[int, int]:
        """Idea -> the statement it was posted from."""
        return {idea: key for key, idea in self.ideas.items()}

    async def _compare(self, leader: Facilitator) -> None:
        """Hold what every voter's page said and the room's ballots against the files."""
        statements = self._statements
        self._file = await leader.ballots()
        counted = comparing.of_ballots(self._file)
        found = {statements[idea]: one for idea, one in counted.items() if idea in statements}
        self.report.differences += comparing.differences(self.conversation, self._said, found)

    async def _promote(self, leader: Facilitator) -> None:
        """Take the best ideas to the backlog."""
        ranked = sorted(self._file["ideas"], key=lambda idea: (idea["place"], idea["id"]))
        best = [int(idea["id"]) for idea in ranked[: self.top]]
        if best:
            await leader.promote(best)
        self.report.promoted = len(best)


def _place(phase: str) -> int:
    """The position of the first step of this phase in the replay's template."""
    steps = TEMPLATES[TEMPLATE].steps
    return next(position for position, step in enumerate(steps) if step.phase == phase)


def _about(conversation: Conversation) -> dict[str, str]:
    """What the workshop is about, from the export's own summary."""
    topic = conversation.summary.get("topic") or "A public conversation"
    title = topic[: LIMITS["title"]]
    return {
        "title": title,
        "service": title,
        "goal": "See where people agree, and where they do not.",
        "better_for": "Everybody who took part in this conversation",
    }
