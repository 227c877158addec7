"""How long a hall takes to be back: `python tests/load/bench_restart.py --phones 1000`.

Fills a hall, has it vote, kills the server with `kill -9` in the middle of it, and starts it again
on the same port and database. Phones come back after the waits that the browser's library makes,
with their unanswered commands in hand. Everybody is back once their connection stands and the room
has told them what they missed, and right once every acknowledged vote is in their own ballot.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp

from tests.faults.restartable import Restartable, running
from tests.load.standing import GENERATOR_CORE, QUIET, SERVER_CORE, fill, stay_on
from workshop.rehearsal import afterwards, figures, load
from workshop.rehearsal.browser import Browser
from workshop.rehearsal.hall import Hall, make_halls, rule_for
from workshop.rehearsal.ledger import Wrong
from workshop.rehearsal.listener import Listener
from workshop.rehearsal.machine import Machine, make_room
from workshop.rehearsal.person import Person
from workshop.rehearsal.visit import Street

BACK_SECONDS: Final = 15.0
"""In which a thousand phones are back and right after a restart."""

GIVE_UP_SECONDS: Final = 120.0
METHOD: Final = "dots"
VOTING_SECONDS: Final = 6.0


@dataclass
class Restart:
    """One hall through one restart. Seconds count from the moment the server was killed.

    Attributes:
        answers: when the server answered again.
        back: when each screen was connected and had caught up, as a spread.
        last: when the last of them was.
        right: when everybody's own ballot had been asked for and compared as well.
        behind: screens that were not back when we gave up, or do not show the newest sequence.
    """

    server: Restartable
    phones: int
    answers: float = 0.0
    back: list[float] = field(default_factory=list)
    last: float = 0.0
    right: float = 0.0
    acknowledged: int = 0
    unanswered: int = 0
    behind: int = 0
    wrong: Wrong = field(default_factory=Wrong)

    async def hold(self) -> None:
        """Fill the hall, kill the server while people vote, and wait until all is right.

        Raises:
            Lost: the hall could not be filled, or the room did not answer in the end.
        """
        make_room(self.phones)
        connector = aiohttp.TCPConnector(limit=0)
        browser = Browser(self.server.url, connector)
        halls: list[Hall] = []
        try:
            halls = await make_halls(1, METHOD, browser, self.server.one_time_token())
            await halls[0].furnish(Street(self.server.url))
            await halls[0].move_to("vote")
            await fill(halls[0], self.server.url, range(self.phones))
            await self._restart(halls[0])
        finally:
            for hall in halls:
                await hall.close()
            await browser.close()
            await connector.close()

    async def _restart(self, hall: Hall) -> None:
        voting = asyncio.create_task(self._vote(hall))
        await asyncio.sleep(VOTING_SECONDS / 2)
        before = {id(screen): screen.returned for screen in hall.screens}
        killed = time.perf_counter()
        self.server.kill()
        starting = asyncio.create_task(asyncio.to_thread(self._start, killed))
        await self._wait(hall, before, killed)
        await starting
        await voting
        await load.shown([hall])
        newest = max(hall.votes.seqs, default=0)
        self.behind += sum(screen.seq < newest for screen in hall.screens)
        self.wrong = await afterwards.ask_everybody([hall])
        self.right = time.perf_counter() - killed

    def _start(self, killed: float) -> None:
        # The new server starts on the server's core, whichever thread starts it.
        stay_on(SERVER_CORE)
        self.server.start()
        self.answers = time.perf_counter() - killed

    async def _wait(self, hall: Hall, before: dict[int, int], killed: float) -> None:
        """Note when each screen is back, until all are or we give up."""
        waiting: list[Listener] = list(hall.screens)
        while waiting and time.perf_counter() - killed < GIVE_UP_SECONDS:
            await asyncio.sleep(0.02)
            still = [one for one in waiting if one.returned == before[id(one)]]
            now = time.perf_counter() - killed
            self.back += [now] * (len(waiting) - len(still))
            waiting = still
        self.behind = len(waiting)
        self.last = max(self.back, default=GIVE_UP_SECONDS)

    async def _vote(self, hall: Hall) -> None:
        """Votes before, during and after: whoever waits for an answer sends the same again."""
        rule = rule_for(METHOD)

        async def vote(_: Hall, person: Person, _number: int) -> None:
            await person.vote(rule, hall.ideas, hall.votes)

        due = load.by_chance(round(self.phones / 10 * VOTING_SECONDS), VOTING_SECONDS)
        run = await load.tap([hall], due, load.anybody([hall]), vote, Machine(()), "votes")
        self.acknowledged, self.unanswered = len(hall.votes.sent), run.unanswered

    def told(self) -> dict[str, Any]:
        """What was found, as plain JSON values."""
        found = self.behind + self.unanswered + self.wrong.lost + self.wrong.doubled
        return {
            "phones": self.phones,
            "server_answers_s": round(self.answers, 2),
            "back_s": asdict(figures.spread(self.back)),
            "last_back_s": round(self.last, 2),
            "right_s": round(self.right, 2),
            "acknowledged": self.acknowledged,
            "unanswered": self.unanswered,
            "behind": self.behind,
            **self.wrong._asdict(),
            "sound": not found,
            "goal_s": BACK_SECONDS,
            "met": not found and self.last <= BACK_SECONDS,
        }


def main() -> int:
    """Print what was found as JSON; 1 where something was lost, doubled or not back."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--engine", default="eventlet")
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    stay_on(SERVER_CORE)
    given = {"engine": asked.engine, "more": QUIET} | ({"port": asked.port} if asked.port else {})
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), **given) as server:
        stay_on(GENERATOR_CORE)
        restart = Restart(server, asked.phones)
        asyncio.run(restart.hold())
    told = restart.told()
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 0 if told["sound"] else 1


if __name__ == "__main__":
    sys.exit(main())
