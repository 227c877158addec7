"""The facilitator of a rehearsal: signs in by a one-time link and runs the room by its forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from workshop.rehearsal.browser import Browser, Form, Lost, Page

_SLUG = re.compile(r"^/workshops/([0-9a-f]+)")
_JOIN = re.compile(r"/j/[A-Za-z0-9_-]+")


@dataclass
class Facilitator:
    """Somebody who runs one workshop; `slug` is its name in addresses once it is made."""

    browser: Browser
    slug: str = ""

    async def sign_in(self, token: str) -> None:
        """Sign in with a one-time token.

        Raises:
            Lost: the server does not know the token, or nobody answers.
        """
        page = await self.browser.get(f"/robot/{token}")
        if page.status != 200:
            raise Lost(
                "The server doesn’t know our one-time token. Start this with the server’s "
                "own LONGTABLE_DATABASE_URL, or give it a fresh LONGTABLE_TOKEN."
            )
        signed = await self.browser.send(page, page.form(_same_place, "to sign in"))
        if signed.status != 200:
            raise Lost(f"Signing in did not work (status {signed.status}).")

    async def take_the_remote(self, token: str) -> None:
        """Become the remote of one room by its one-time link, as a facilitator's phone does.

        Raises:
            Lost: the server does not know the link, or nobody answers.
        """
        page = await self.browser.get(f"/remote/{token}")
        if page.status != 200:
            raise Lost(f"The remote can’t be opened (status {page.status}).")
        await self.browser.send(page, page.form(_same_place, "to take the remote"))

    async def make_workshop(self, template: str, about: Mapping[str, str]) -> str:
        """Make a workshop, open its doors, and return its join link.

        Raises:
            Lost: a page is not as it should be.
        """
        page = await self.browser.get("/workshops/new")
        form = page.form(lambda one: "title" in one.fields, "to make a workshop")
        plan = await self.browser.send(page, form, template=template, **about)
        found = _SLUG.match(urlsplit(plan.url).path)
        if not found:
            raise Lost(f"The workshop could not be made (status {plan.status}).")
        self.slug = found[1]
        await self.browser.send(plan, plan.form(_ending("/start"), "to start the workshop"))
        link = _JOIN.search(plan.text)
        if not link:
            raise Lost("The plan shows no join link.")
        return link[0]

    async def move_to(self, position: int) -> None:
        """Move everybody to the step at `position`, counted from 0."""
        await self._press("step.move", position=str(position))

    async def close_vote(self) -> None:
        """Close the round that is open."""
        await self._press("round.move", to="closed")

    async def reveal(self) -> None:
        """Show the counts of the round that was closed."""
        await self._press("round.move", to="revealed")

    async def ballots(self) -> dict[str, Any]:
        """The latest revealed round as its JSON file tells it."""
        return dict(await self.browser.json(f"/workshops/{self.slug}/ballots"))

    async def promote(self, ideas: Sequence[int]) -> None:
        """Take these ideas into the backlog.

        Raises:
            Lost: the results page does not offer it.
        """
        page = await self.browser.get(f"/workshops/{self.slug}/results")
        form = page.form(_ending("/results/promote"), "to take ideas into the backlog")
        done = await self.browser.send(page, form, idea_id=[str(idea) for idea in ideas])
        if done.status != 200:
            raise Lost(f"The ideas did not reach the backlog (status {done.status}).")

    async def finish(self) -> None:
        """End the meeting: rounds close, the doors shut, and the code is free again.

        Raises:
            Lost: the control room does not offer it, as it does at the last step only.
        """
        page = await self._control()
        await self.browser.send(page, page.form(_ending("/finish"), "to end the meeting"))

    async def _control(self) -> Page:
        page = await self.browser.get(f"/workshops/{self.slug}")
        if page.status != 200:
            raise Lost(f"The control room can’t be opened (status {page.status}).")
        return page

    async def _press(self, command: str, **given: str) -> None:
        """Send the form of a command, of several the one that means exactly what is given."""
        page = await self._control()
        forms = [one for one in page.forms if one.command == command]
        exact = [one for one in forms if given.items() <= one.fields.items()]
        if not forms:
            raise Lost(f"The control room has no form for {command}.")
        await self.browser.send(page, (exact or forms)[0], **given)


def _same_place(form: Form) -> bool:
    return not form.action or any(one in form.action for one in ("/robot/", "/remote/"))


def _ending(end: str) -> Any:  # noqa: ANN401 - a test of one form
    return lambda form: urlsplit(form.action).path.endswith(end)
