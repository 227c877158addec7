"""One room of a rehearsal: its facilitator, its projector, and everybody in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from workshop.rehearsal import ledger
from workshop.rehearsal.browser import Browser, Lost
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.figures import Heard, Taps
from workshop.rehearsal.ledger import Wrong
from workshop.rehearsal.listener import Listener
from workshop.rehearsal.person import Person
from workshop.rehearsal.visit import Street, Visit
from workshop.rules.rounds import rule_of
from workshop.rules.templates import TEMPLATES, WorkshopTemplate
from workshop.rules.voting import METHODS, RoundRule

IDEAS: Final = 12
"""Ideas on the ballot; one person posts them before the others come."""

_SCREEN: Final = re.compile(r"/screen/[A-Za-z0-9_-]+")


def template_for(method: str) -> WorkshopTemplate:
    """The first plan that votes this way."""
    return next(
        plan for plan in TEMPLATES.values() if any(step.method == method for step in plan.steps)
    )


def rule_for(method: str) -> RoundRule:
    """The rule of the first vote of that plan."""
    step = next(step for step in template_for(method).steps if step.method == method)
    return rule_of(method, step.budget, step.cap)


@dataclass
class Hall:
    """A throwaway workshop and the screens in it.

    Attributes:
        link: where people join.
        staff: the control room and the projector, which follow like everybody.
        posts, votes: what was sent and acknowledged.
    """

    leader: Facilitator
    method: str
    link: str = ""
    ideas: list[int] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    staff: list[Listener] = field(default_factory=list)
    posts: Taps = field(default_factory=Taps)
    votes: Taps = field(default_factory=Taps)

    @property
    def screens(self) -> Sequence[Listener]:
        """Every open page."""
        return [*self.people, *self.staff]

    @property
    def heard(self) -> Sequence[Heard]:
        """What each open page heard, and when."""
        return [screen.heard for screen in self.screens]

    async def make(self, number: int) -> None:
        """Make the workshop, open its doors and go to the step where ideas are posted.

        Raises:
            Lost: a page is not as it should be.
        """
        about = {
            "title": f"Rehearsal {number + 1}",
            "service": "A service that is only there to rehearse",
            "goal": "See whether this room holds so many people.",
            "better_for": "Everybody who will be in the room",
        }
        self.link = await self.leader.make_workshop(template_for(self.method).key, about)
        await self.move_to("ideas")

    async def move_to(self, phase: str) -> None:
        """Move everybody to the first step of this phase."""
        steps = template_for(self.method).steps
        await self.leader.move_to([step.phase for step in steps].index(phase))

    async def furnish(self, street: Street) -> None:
        """Open the control room and the projector, and have somebody post the ideas.

        Raises:
            Lost: a page or a connection did not come.
        """
        browser = self.leader.browser
        plan = await browser.get(f"/workshops/{self.leader.slug}/plan")
        screen = _SCREEN.search(plan.text)
        if not screen:
            raise Lost("The plan shows no link for the projector.")
        desk = Visit(street, {one.key: one.value for one in browser.session.cookie_jar})
        control = Listener(desk, f"/workshops/{self.leader.slug}")
        self.staff = [control, Listener(Visit(street), screen[0])]
        for one in self.staff:
            await one.open()
        author = Person(Visit(street), "author")
        try:
            await author.join(self.link, "citizen")
            for number in range(IDEAS):
                words = {"text": f"Idea {number + 1}: show the next free desk on the door"}
                made = await author.command("idea.post", words)
                self.ideas.append(int(made["answer"]["post"]))
        finally:
            await author.close()

    async def count(self) -> Wrong:
        """Close the vote, reveal it, and hold every ballot against everybody's own.

        Everybody has told their own marks before, and put their phone away.
        """
        await self.leader.close_vote()
        await self.leader.reveal()
        return ledger.of_ballots(
            (person.marks for person in self.people), await self.leader.ballots()
        )

    async def finish(self) -> None:
        """End the workshop; it is offered at its last step."""
        await self.leader.move_to(len(template_for(self.method).steps) - 1)
        await self.leader.finish()

    async def close(self) -> None:
        """Put every screen away."""
        for screen in self.screens:
            await screen.close()


async def make_halls(rooms: int, method: str, browser: Browser, token: str) -> list[Hall]:
    """Sign in with the one-time token, and make that many workshops.

    Raises:
        Lost: the server does not know the token, or a page is not as it should be.
    """
    if method not in METHODS:
        raise Lost(f"There is no way of voting called {method}.")
    leader = Facilitator(browser)
    await leader.sign_in(token)
    halls = [Hall(Facilitator(browser), method) for _ in range(rooms)]
    for number, hall in enumerate(halls):
        await hall.make(number)
    return halls
