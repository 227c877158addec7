"""After a rehearsal: is everything there that was acknowledged, and nothing else?"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Final

from workshop.rehearsal import load
from workshop.rehearsal.browser import Lost
from workshop.rehearsal.crowd import few_at_a_time
from workshop.rehearsal.findings import Findings
from workshop.rehearsal.hall import Hall
from workshop.rehearsal.ledger import NOTHING, Wrong, of_person
from workshop.rehearsal.person import Person

ASKING: Final = 50
"""People who ask for their own ballot at the same moment."""

COUNTING_SECONDS: Final = 60.0


def count_lines(halls: Sequence[Hall], found: Findings) -> None:
    """Note how often screens lost their connection or a message, and what people were refused."""
    screens = [screen for hall in halls for screen in hall.screens]
    found.reopened = sum(screen.reopened for screen in screens)
    # Everybody asks once when they connect and once more after each page: that is no gap.
    usual = sum(1 + screen.fetched + screen.reopened for screen in screens)
    found.caught_up = max(0, sum(screen.caught_up for screen in screens) - usual)
    refused: Counter[str] = Counter()
    for hall in halls:
        for person in hall.people:
            refused.update(person.refused)
    found.said_no = dict(refused)


async def ask_everybody(halls: Sequence[Hall]) -> Wrong:
    """Hold everybody's own ballot against what they were acknowledged.

    Raises:
        Lost: somebody could not tell theirs in time.
    """
    wrong: list[Wrong] = []
    people = [person for hall in halls for person in hall.people]

    async def ask(person: Person) -> None:
        known = await person.mine()
        wrong.append(of_person(person.marks, person.unsure, known))
        for idea in person.unsure.keys() & known.keys():
            person.marks[idea] = known[idea]

    await load.within(
        30 + 0.05 * len(people),
        few_at_a_time(people, ASKING, ask),
        lambda: f"Only {len(wrong):,} of {len(people):,} phones could tell their own ballot.",
    )
    return sum_up(wrong)


def sum_up(wrong: Sequence[Wrong]) -> Wrong:
    """All of them together."""
    return Wrong(sum(one.lost for one in wrong), sum(one.doubled for one in wrong))


async def count(halls: Sequence[Hall], found: Findings) -> None:
    """Put the phones away, reveal and count the votes, and finish the workshops.

    Raises:
        Lost: a room's votes were not counted in time.
    """
    for hall in halls:
        await hall.close()
    found.ballots = NOTHING
    for hall in halls:
        try:
            async with asyncio.timeout(COUNTING_SECONDS):
                found.ballots = sum_up([found.ballots, await hall.count()])
                if not found.plan.keep:
                    await hall.finish()
        except TimeoutError as error:
            raise Lost("The votes were not counted before time was up.") from error
